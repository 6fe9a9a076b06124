"""A program that speaks: text on its standard input, WAV on its standard output."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import Sequence

from edge_agent.errors import DeviceError
from edge_agent.flow import Pcm
from edge_agent.kiosk.wav import samples

RENDER_TIMEOUT_S = 15.0
"""A minute of speech is rendered in well under a second, by a neural voice in a few."""
MOST_BYTES = 64 << 20
"""Ten minutes of speech; a program that writes on and on is ended."""


async def rendered(command: Sequence[str], text: str, install: str) -> tuple[Pcm, int]:
    """What `command` makes of `text`. Text goes through standard input: it is only data.

    Raises `DeviceError` where the program is missing (`install` says what to do), fails or hangs.
    """
    program = command[0]
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
    except OSError as error:
        raise DeviceError("speaker", f"{program} cannot be started; {install}.") from error
    try:
        async with asyncio.timeout(RENDER_TIMEOUT_S):
            wav, said = await process.communicate(text.encode())
    except TimeoutError as error:
        raise DeviceError("speaker", f"{program} did not answer.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        told = said.decode(errors="replace").strip()[-300:]
        raise DeviceError("speaker", f"{program}: {told}")
    try:
        return samples(wav[:MOST_BYTES])
    except ValueError as error:
        raise DeviceError("speaker", f"{program}: {error}.") from error
