"""A known sentence through speaker, microphone, uplink and recogniser, where `--hear` allows it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import asdict
from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, first_of, skipped, warn
from edge_agent.doctor.sentence_kept import keep
from edge_agent.doctor.way import recognise, told
from edge_agent.errors import EdgeError

LANGUAGES: Final = ("ko", "en")
PLAY_LIMIT_S: Final = 30.0
QUIET_SNR_DB: Final = 10.0
SLOW_MS: Final = 500
CLIPPED_RATIO: Final = 0.001
MOST_ERROR: Final = 0.5
"""More wrong than right: whatever reads it does not understand this room."""


class SentenceCheck:
    name = "sentence"
    limit_s = 120.0

    async def run(self, visit: Visit) -> Finding:
        config = visit.config
        if not visit.hear:
            return skipped("not played (--hear says a sentence and listens to it)")
        if config.replay.file is not None or config.speaker.output == "silent":
            return skipped("this room has no sound of its own: a film, or a silent speaker")
        if visit.agents:
            return skipped(f"the running agent ({visit.agents[0]}) has the microphone; stop it")
        seen: dict[str, Any] = {}
        for language in LANGUAGES:
            settings = {"language": language, "device": config.microphone.device}
            try:
                seen[language] = await apart(look, settings, limit_s=PLAY_LIMIT_S)
            except Unseen as problem:
                return fail(f"{language}: {problem}", _SOUND)
            sound = seen[language].pop("sound")
            if seen[language]["latency_ms"] is not None:
                seen[language] |= await _read(visit, language, sound)
        keep(config.central.identity.parent, seen, time.time_ns())
        return judge(seen)


async def _read(visit: Visit, language: str, sound: dict[str, Any]) -> dict[str, Any]:
    """What central's recogniser makes of it; the reason where nobody read it."""
    from edge_agent.doctor.sentence import SENTENCES, error_ratio

    try:
        read = await apart(recognise, told(visit.config.central), language, sound, limit_s=25)
    except (Unseen, EdgeError) as problem:
        return {"unread": str(problem)}
    if not read["answered"]:
        return {"unread": "no recogniser of this language answered"}
    wrong = round(error_ratio(SENTENCES[language], read["text"]), 3)
    return {**read, "error_ratio": wrong}


async def look(
    settings: dict[str, Any], make_audio: Callable[[], Any] | None = None
) -> dict[str, Any]:
    """Runs apart: says the sentence of `settings["language"]` and listens with the named microphone.

    Raises `DeviceError`.
    """
    from edge_agent.capture.microphone import Microphone
    from edge_agent.capture.portaudio import open_portaudio
    from edge_agent.doctor.packed import packed
    from edge_agent.doctor.sentence import SENTENCES, at_16_khz, compare
    from edge_agent.kiosk.espeak import render

    language = settings["language"]
    pcm, rate_hz = await render(SENTENCES[language], language)
    make = make_audio or open_portaudio
    microphone = Microphone(settings["device"], lambda _: None, make_audio=make)
    heard, given_at = await _listen(microphone, pcm, rate_hz, make)
    found = compare(at_16_khz(pcm, rate_hz), heard, given_at)
    return {**asdict(found), "sound": packed(heard[given_at:])}


async def _listen(
    microphone: Any, pcm: Any, rate_hz: int, make: Callable[[], Any]
) -> tuple[Any, int]:
    """What the microphone heard, and the sample at which the sentence was given to the device."""
    from threading import Event

    import numpy as np

    from edge_agent.doctor.sentence import AFTER_S, BEFORE_S
    from edge_agent.flow import SAMPLE_RATE_HZ
    from edge_agent.kiosk.playback import DevicePlayer

    parts: list[Any] = []
    until = (BEFORE_S + len(pcm) / rate_hz + 2 * AFTER_S) * SAMPLE_RATE_HZ
    given_at, playing = 0, None
    async with aclosing(microphone.chunks()) as chunks:
        async for chunk in chunks:
            parts.append(chunk.pcm)
            heard = sum(map(len, parts))
            if playing is None and heard >= BEFORE_S * SAMPLE_RATE_HZ:
                given_at = heard
                playing = asyncio.create_task(DevicePlayer(make).play(pcm, rate_hz, Event()))
            if heard >= until and playing is not None:
                await playing
                break
    return np.concatenate(parts), given_at


def judge(seen: dict[str, Any]) -> Finding:
    """What follows from the figures of both languages."""
    parts = [f"{language}: {_told(one)}" for language, one in seen.items()]
    every = list(seen.values())
    unheard = [one["latency_ms"] is None for one in every]
    known = [one for one in every if one["latency_ms"] is not None]
    return first_of(
        "; ".join(parts),
        seen,
        (
            (any(unheard), fail, "", _SOUND),
            (any(one["clipped_ratio"] >= CLIPPED_RATIO for one in known), warn, "", _LOWER),
            (any(one["snr_db"] < QUIET_SNR_DB for one in known), warn, "", _NEARER),
            (any(one["latency_ms"] > SLOW_MS for one in known), warn, "", _SLOW),
            (any("unread" in one for one in known), warn, "", _UNREAD),
            (any(one.get("error_ratio", 0) > MOST_ERROR for one in known), warn, "", _WRONG),
        ),
    )


def _told(one: dict[str, Any]) -> str:
    if one["latency_ms"] is None:
        return f"the microphone does not hear the sentence (match {one['match']:.2f})"
    line = (
        f"{one['level_dbfs']:.0f} dBFS, {one['snr_db']:.0f} dB over the room, "
        f"after {one['latency_ms']} ms"
    )
    if "unread" in one:
        return f"{line}, not read ({one['unread']})"
    if "error_ratio" in one:
        return f"{line}, read by {one['engine']} with {one['error_ratio']:.0%} of the letters wrong"
    return line


_SOUND: Final = (
    "see speaker and microphone; raise the volume (`alsamixer`), move the microphone nearer"
)
_LOWER: Final = "lower the microphone's gain or the volume (`alsamixer`): the sentence is clipped"
_NEARER: Final = "make the room quieter, raise the volume, or move the microphone nearer"
_SLOW: Final = "a wireless loudspeaker or microphone? Use a cable: the room may hear itself"
_UNREAD: Final = (
    "the sound is fine; look at central's speech workers, and at the line of the gateway"
)
_WRONG: Final = "this room is hardly understood: less echo, a nearer microphone, or a better engine"
