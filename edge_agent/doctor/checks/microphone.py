"""The microphone: found by its name, and giving sound that is neither nothing nor too loud."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, first_of, skipped, warn

LISTEN_S: Final = 1.0
DEAD_DBFS: Final = -90.0
"""No analogue input is this quiet: it is muted, or switched off."""
QUIET_DBFS: Final = -65.0
"""A quiet room through a live microphone lies between -60 and -45 dBFS."""
LOUD_DBFS: Final = -20.0
CLIPPED_RATIO: Final = 0.001


class MicrophoneCheck:
    name = "microphone"
    limit_s = 15.0

    async def run(self, visit: Visit) -> Finding:
        if visit.config.replay.file is not None:
            return skipped(f"{visit.config.replay.file} is replayed in place of the devices")
        if visit.agents:
            return skipped(
                f"the running agent ({visit.agents[0]}) has it; see the dashboard's Fleet"
            )
        try:
            seen = await apart(look, visit.config.microphone.device, limit_s=self.limit_s - 3)
        except Unseen as problem:
            todo = (
                "connect it, or set microphone.device to part of a name that is listed here; the user "
                "of the agent must be in the group audio"
            )
            return fail(str(problem), todo)
        return judge(seen)


async def look(device: str, make_audio: Callable[[], Any] | None = None) -> dict[str, Any]:
    """Runs apart. Raises `MicrophoneError`, which names the microphones that are there."""
    import numpy as np

    from edge_agent.capture.microphone import Microphone
    from edge_agent.flow import SAMPLE_RATE_HZ
    from edge_agent.hearing.level import clipped_ratio, level_dbfs

    microphone = Microphone(device, lambda _: None, make_audio=make_audio)
    parts: list[Any] = []
    wanted = round((LISTEN_S + 0.3) * SAMPLE_RATE_HZ)
    try:
        async with asyncio.timeout(LISTEN_S + 5), aclosing(microphone.chunks()) as chunks:
            async for chunk in chunks:
                parts.append(chunk.pcm)
                if sum(map(len, parts)) >= wanted:
                    break
    except TimeoutError:
        pass  # judged by how little came
    pcm = np.concatenate(parts)[-round(LISTEN_S * SAMPLE_RATE_HZ) :] if parts else np.zeros(0, "i2")
    return {
        "name": microphone.name,
        "seconds": round(len(pcm) / SAMPLE_RATE_HZ, 2),
        "level_dbfs": round(level_dbfs(pcm), 1),
        "clipped_ratio": round(clipped_ratio(pcm), 5),
    }


def judge(seen: dict[str, Any]) -> Finding:
    """What follows from the figures of `look`."""
    told = f"{seen['name']}: {seen['level_dbfs']:.0f} dBFS over {seen['seconds']:.1f} s"
    level, clipped = seen["level_dbfs"], seen["clipped_ratio"]
    return first_of(
        told,
        seen,
        (
            (seen["seconds"] < LISTEN_S / 2, fail, ": hardly any sound came", _ANEW),
            (level <= DEAD_DBFS, fail, ": dead silent, it is muted or off", _UNMUTE),
            (clipped >= CLIPPED_RATIO, warn, f", {clipped:.1%} of it clipped: too loud", _LOWER),
            (level < QUIET_DBFS, warn, ": very quiet", _RAISE),
            (level > LOUD_DBFS, warn, ": a loud room", f"find what is humming, or {_LOWER}"),
        ),
    )


_ANEW: Final = "connect it anew, to another port"
_UNMUTE: Final = "switch it on (a key or slider on it), unmute it (`alsamixer`, F4: capture)"
_LOWER: Final = "lower its gain (`alsamixer`, F4: capture)"
_RAISE: Final = "raise its gain (`alsamixer`, F4: capture), and speak while the doctor listens"
