"""The demo candidate: a video with a face, spoken answers, and a script of what is true in it.

    python -m tests.story.candidate OUT.mp4 [--language ko]

Beside the video lies `OUT.mp4.json`: a hold before each answer, what the candidate presses, and
`truth` in media seconds. Reports are checked against that truth.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.story.face import HEIGHT, WIDTH, Look, Portrait

FPS = 30
RATE_HZ = 16_000
ANSWERS = (
    (
        "In my last project I found a memory problem in our server. I measured every part of it, "
        "found the cause in two days, and wrote a test so that it never came back."
    ),
    (
        "Once I disagreed with a friend on my team about the design. I listened to him first, then we "
        "tested both ideas together and took the one with better results."
    ),
    (
        "First I would tell the manager early that we are going to be late. Then I would look at what "
        "is most important, do that first, and move the rest to the next month."
    ),
    (
        "I work best in a small team where people help each other and share what they know. I like "
        "clear goals, honest talk, and a leader who trusts the team."
    ),
)
"""To: a hard problem, a disagreement, a deadline that cannot be met, the team you work best in."""
ANSWERS_KO = (
    (
        "지난 프로젝트에서 서버의 메모리 문제를 찾았습니다. "
        "모든 부분을 측정해서 이틀 만에 원인을 찾고 시험을 썼습니다."
    ),
    (
        "한번은 팀 동료와 설계에 대해 생각이 달랐습니다. "
        "먼저 이야기를 듣고 두 방법을 함께 시험한 뒤 더 나은 것을 골랐습니다."
    ),
    (
        "먼저 늦어질 것 같다고 관리자에게 일찍 말하겠습니다. "
        "그리고 가장 중요한 일부터 하고 나머지는 다음 달로 옮기겠습니다."
    ),
    (
        "서로 돕고 아는 것을 나누는 작은 팀에서 가장 잘 일합니다. "
        "분명한 목표와 솔직한 대화를 좋아합니다."
    ),
)
_VOICES = {"en": ("en-us+f2", "130"), "ko": ("ko+f2", "150")}
_VERSION = "1"
_INTRO_S, _BEFORE_S, _AFTER_S = 2.0, 1.2, 1.3
_AWAY_DEG, _AWAY_S, _RISE_S = 26.0, 1.6, 0.25
_BLINK_EVERY_S, _BLINK_S = 3.1, 0.20

Sound = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Span:
    """Media seconds; what happens is in `note`."""

    from_s: float
    to_s: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """The whole script, before a picture is drawn."""

    duration_s: float
    holds_s: tuple[float, ...]
    answers: tuple[Span, ...]
    absences: tuple[Span, ...]
    look_aways: tuple[Span, ...]
    blinks: tuple[Span, ...]


def make(out: Path, answers: Sequence[str] = ANSWERS, *, language: str = "en") -> Path:
    """Renders the video and its sidecar; again at once where the same was made before."""
    key = hashlib.sha256(
        json.dumps([_VERSION, language, list(answers), _source_digest()]).encode()
    ).hexdigest()
    sidecar = out.with_name(out.name + ".json")
    if out.is_file() and sidecar.is_file() and json.loads(sidecar.read_text()).get("key") == key:
        return out
    spoken = [_speak(text, language) for text in answers]
    play = write_play(answers, [len(sound) / RATE_HZ for sound in spoken])
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = out.with_name(f"{out.stem}.part.mp4")
    _encode(scratch, play, _sound(play, spoken))
    scratch.replace(out)
    sidecar.write_text(json.dumps(_sidecar(play, key), ensure_ascii=False, indent=1))
    return out


def write_play(answers: Sequence[str], lengths_s: Sequence[float]) -> Play:
    """What happens when. Looks away in every answer but the second, in which the candidate is gone
    for one second; nothing but the face at rest in the second before a hold.
    """
    holds, said, away, gone, at_s = [], [], [], [], _INTRO_S
    for k, (text, length_s) in enumerate(zip(answers, lengths_s, strict=True)):
        holds.append(_on_frame(at_s))
        start_s = _on_frame(at_s + _BEFORE_S)
        said.append(Span(start_s, start_s + length_s, text))
        middle_s = _on_frame(start_s + length_s * 0.45)
        if k == 1:
            gone.append(Span(middle_s, middle_s + 1.0))
        else:
            side = "left" if k % 2 == 0 else "right"
            away.append(Span(middle_s, middle_s + _AWAY_S, side))
        at_s = start_s + length_s + _AFTER_S
    end_s = _on_frame(at_s + 1.0)
    busy = [*away, *gone]
    blinks = [
        Span(t, t + _BLINK_S)
        for t in (_on_frame(_BLINK_EVERY_S * (n + 0.7)) for n in range(int(end_s)))
        if t + 1.0 < end_s and not any(s.from_s - 0.5 < t < s.to_s + 0.5 for s in busy)
    ]
    return Play(end_s, tuple(holds), tuple(said), tuple(gone), tuple(away), tuple(blinks))


def look_at(play: Play, at_s: float, loudness: float) -> Look:
    """The face at a media time; the mouth follows the sound."""
    if any(s.from_s <= at_s + 1e-6 < s.to_s for s in play.absences):
        return Look(present=False)
    yaw = 3.0 * math.sin(at_s * 0.9) + 1.2 * math.sin(at_s * 2.3)
    pitch = 2.0 * math.sin(at_s * 0.7 + 1.0) + 2.5 * loudness * math.sin(at_s * 5.0)
    for span in play.look_aways:
        sign = 1.0 if span.note == "left" else -1.0
        yaw += sign * _AWAY_DEG * _bump(at_s, span)
    closed = max((_lids(at_s, span) for span in play.blinks), default=0.0)
    return Look(yaw, pitch, 1.5 * math.sin(at_s * 0.5), closed, loudness)


def _bump(at_s: float, span: Span) -> float:
    """0 outside, 1 inside, smooth over 250 ms at both ends."""
    edge = min(at_s - span.from_s, span.to_s - at_s) / _RISE_S
    ratio = min(max(edge, 0.0), 1.0)
    return ratio * ratio * (3 - 2 * ratio)


def _lids(at_s: float, span: Span) -> float:
    ratio = (at_s - span.from_s) / (span.to_s - span.from_s)
    return min(1.0, 1.6 * math.sin(math.pi * ratio)) if 0.0 <= ratio <= 1.0 else 0.0


def _on_frame(at_s: float) -> float:
    return round(at_s * FPS) / FPS


def _speak(text: str, language: str) -> Sound:
    import av

    voice, pace = _VOICES[language]
    command = ["espeak-ng", "-v", voice, "-s", pace, "--stdout", text]
    wave = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
    with av.open(io.BytesIO(wave)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
        frames += resampler.resample(None)
    sound = np.concatenate([np.asarray(frame.to_ndarray()[0], np.int16) for frame in frames])
    loud = np.flatnonzero(np.abs(sound) > 200)
    return sound[loud[0] : loud[-1] + 1]


def _sound(play: Play, spoken: Sequence[Sound]) -> Sound:
    # A room is never digitally silent: a faint hiss, the same each time.
    hiss = np.random.default_rng(7).normal(0, 6, round(play.duration_s * RATE_HZ))
    whole = hiss.astype(np.int16)
    for span, sound in zip(play.answers, spoken, strict=True):
        first = round(span.from_s * RATE_HZ)
        whole[first : first + len(sound)] += (sound * 0.8).astype(np.int16)
    return whole


def _loudness(sound: Sound) -> npt.NDArray[np.float64]:
    """Per frame of picture, 0 to 1, smooth enough for a jaw."""
    size = RATE_HZ // FPS
    frames = sound[: len(sound) // size * size].reshape(-1, size).astype(np.float64)
    level = np.sqrt((frames**2).mean(axis=1))
    level = np.convolve(level, [0.25, 0.5, 0.25], mode="same")
    quiet = level < 60.0
    ratio = np.clip(level / max(float(np.percentile(level[~quiet], 90)), 1.0), 0.0, 1.0)
    return np.where(quiet, 0.0, ratio)


def _encode(path: Path, play: Play, sound: Sound) -> None:
    import av

    portrait, loudness = Portrait(), _loudness(sound)
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.options = {"preset": "superfast", "crf": "20", "g": "60"}
        audio: Any = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        for n in range(round(play.duration_s * FPS)):
            loud = float(loudness[n]) if n < len(loudness) else 0.0
            picture = portrait.render(look_at(play, n / FPS, loud))
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, FPS)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        whole = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
        whole.sample_rate, whole.pts, whole.time_base = RATE_HZ, 0, Fraction(1, RATE_HZ)
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE_HZ, frame_size=1024)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))


def _sidecar(play: Play, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "holds": [{"at_s": hold_s} for hold_s in play.holds_s],
        "hands": {
            "check_in": True,
            "consent": {"recording": True, "ai_scoring": True},
            "skip_calibration": True,
        },
        "truth": {
            "duration_s": play.duration_s,
            "fps": FPS,
            "answers": [{"from_s": s.from_s, "to_s": s.to_s, "text": s.note} for s in play.answers],
            "absences": [{"from_s": s.from_s, "to_s": s.to_s} for s in play.absences],
            "look_aways": [
                {"from_s": s.from_s, "to_s": s.to_s, "side": s.note} for s in play.look_aways
            ],
            "blinks": [asdict(s) for s in play.blinks],
        },
    }


def _source_digest() -> str:
    folder = Path(__file__).parent
    code = b"".join((folder / name).read_bytes() for name in ("candidate.py", "face.py"))
    return hashlib.sha256(code).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.story.candidate", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", choices=sorted(_VOICES), default="en")
    wanted = parser.parse_args()
    answers = ANSWERS_KO if wanted.language == "ko" else ANSWERS
    print(make(wanted.out, answers, language=wanted.language))


if __name__ == "__main__":
    main()
