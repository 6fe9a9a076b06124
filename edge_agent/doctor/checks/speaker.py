"""The speaker: a device, a voice in both languages, and with `--speak` a tone in the room."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, ok, skipped, warn

TEXTS: Final = {"ko": "안녕하세요", "en": "hello"}
TONE_HZ: Final = 1_000
TONE_S: Final = 1.0
RATE_HZ: Final = 16_000
HEARD_DB: Final = 10.0
"""The tone's own band must rise by this much."""

_INT16 = 8  # pyaudio.paInt16


class SpeakerCheck:
    name = "speaker"
    limit_s = 70.0

    async def run(self, visit: Visit) -> Finding:
        command = list(visit.config.speaker.command)
        if command and (faults := await apart(look_at_program, command, limit_s=35)):
            told = "; ".join(f"{language}: {why}" for language, why in faults.items())
            return warn(f"speaker.command does not speak ({told}); espeak-ng does", _PROGRAM)
        voices = await apart(look_at_voices, limit_s=15)
        if missing := [language for language, note in voices.items() if note]:
            told = "; ".join(f"no voice for {one}: {voices[one]}" for one in missing)
            return fail(told, "apt install espeak-ng espeak-ng-data", voices=voices)
        if visit.config.speaker.output == "silent":
            return skipped("voices for ko and en; speaker.output is silent, nothing is played")
        hear = visit.hear and not visit.agents
        device = visit.config.microphone.device if hear else None
        try:
            seen = await apart(look, visit.speak or hear, device, limit_s=15)
        except Unseen as problem:
            return fail(str(problem), _CONNECT)
        return judge(seen, asked_to_hear=visit.hear)


async def look_at_program(command: list[str]) -> dict[str, str]:
    """Runs apart: for each language that `command` cannot speak, why."""
    from edge_agent.errors import DeviceError
    from edge_agent.kiosk.voices import CommandVoice

    found = {}
    for language, text in TEXTS.items():
        try:
            await CommandVoice(command).render(text, language)
        except DeviceError as error:
            found[language] = error.problem
    return found


async def look_at_voices() -> dict[str, str]:
    """Runs apart: for each language why it cannot be spoken; empty where it can."""
    from edge_agent.errors import DeviceError
    from edge_agent.kiosk.espeak import render

    found = {}
    for language, text in TEXTS.items():
        try:
            pcm, rate_hz = await render(text, language)
            found[language] = "" if len(pcm) > 0.1 * rate_hz else "espeak-ng rendered nothing"
        except DeviceError as error:
            found[language] = error.problem
    return found


def look(
    play: bool, hear_with: str | None, make_audio: Callable[[], Any] | None = None
) -> dict[str, Any]:
    """Runs apart. Plays the tone where `play`, and records meanwhile with the named microphone."""
    from edge_agent.capture.portaudio import open_portaudio

    audio = (make_audio or open_portaudio)()
    try:
        every = [audio.get_device_info_by_index(n) for n in range(audio.get_device_count())]
        outputs = [str(one["name"]) for one in every if one["maxOutputChannels"] > 0]
        seen: dict[str, Any] = {"outputs": outputs, "played": False, "rise_db": None}
        if outputs and play:
            wanted = (hear_with or "").lower()
            inputs = [
                int(one["index"])
                for one in every
                if one["maxInputChannels"] > 0 and wanted in str(one["name"]).lower()
            ]
            listen = inputs[0] if hear_with is not None and inputs else None
            seen["rise_db"] = _play(audio, listen)
            seen["played"] = True
        return seen
    finally:
        audio.terminate()


def _play(audio: Any, listen: int | None) -> float | None:
    """The tone; how much its band rose at the input `listen`, in dB."""
    import numpy as np

    at_s = np.arange(round(TONE_S * RATE_HZ)) / RATE_HZ
    tone = (np.sin(2 * np.pi * TONE_HZ * at_s) * 8_000).astype("<i2")
    heard: list[bytes] = []

    def callback(data: bytes, _count: int, _time: Any, _status: int) -> tuple[None, int]:
        heard.append(data)
        return None, 0

    form = {"rate": RATE_HZ, "channels": 1, "format": _INT16}
    ear = None
    if listen is not None:
        ear = audio.open(**form, input=True, input_device_index=listen, stream_callback=callback)
        time.sleep(0.7)
    before = b"".join(heard)
    heard.clear()
    mouth = audio.open(**form, output=True)
    mouth.write(tone.tobytes())
    mouth.close()
    if ear is None:
        return None
    ear.close()
    return rise_db(np.frombuffer(before, "<i2"), np.frombuffer(b"".join(heard), "<i2"))


def rise_db(before: Any, after: Any) -> float:
    """How much louder the tone's frequency is in `after` than in `before` (Goertzel, 100 ms blocks)."""
    import numpy as np

    def loudest(pcm: Any) -> float:
        block = RATE_HZ // 10
        wave = np.exp(-2j * np.pi * TONE_HZ * np.arange(block) / RATE_HZ)
        blocks = [pcm[n : n + block] for n in range(0, len(pcm) - block + 1, block)]
        return max((abs(np.dot(one, wave)) / block for one in blocks), default=0.0)

    return round(float(20 * np.log10((loudest(after) + 0.1) / (loudest(before) + 0.1))), 1)


def judge(seen: dict[str, Any], *, asked_to_hear: bool) -> Finding:
    """What follows from the figures of `look`."""
    if not seen["outputs"]:
        return fail("this PC has no loudspeaker", _CONNECT, **seen)
    told = f"{seen['outputs'][0]}; voices for ko and en"
    rise = seen["rise_db"]
    if asked_to_hear and rise is None:
        todo = "stop the agent, which has the microphone, or set microphone.device"
        return warn(f"{told}; the tone could not be measured", todo, **seen)
    if rise is not None and rise < HEARD_DB:
        todo = "raise the volume (`alsamixer`), check the cable, move the microphone nearer"
        return fail(f"{told}; the microphone does not hear the tone ({rise:+.0f} dB)", todo, **seen)
    if rise is not None:
        return ok(f"{told}; the microphone hears the tone ({rise:+.0f} dB)", **seen)
    if seen["played"]:
        return ok(f"{told}; a tone was played: was it heard?", **seen)
    return ok(f"{told}; not played (--speak plays a tone)", **seen)


_PROGRAM: Final = (
    "try the program by hand: a text on its standard input, WAV on its standard output"
)
_CONNECT: Final = (
    "connect a loudspeaker; the user of the agent must be in the group audio; or set speaker.output to "
    '"silent", and candidates read the questions'
)
