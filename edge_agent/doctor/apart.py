"""Runs one function in a process of its own: drivers hang, crash and print.

Arguments and result are JSON. The result comes over a pipe of its own, because native libraries write to
standard output.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, cast

from edge_agent.errors import EdgeError

GONE_WITHIN_S = 1.0
"""A killed process that is still there then waits for a disk; nobody else waits for it."""

MOST_BYTES = 1 << 20


class Unseen(Exception):
    """The look failed; says why. Never leaves the doctor."""


async def apart(function: Callable[..., Any], *arguments: Any, limit_s: float) -> Any:
    """What `function(*arguments)` returns (coroutines are awaited).

    Raises `Unseen` where it raises, crashes, or takes longer than `limit_s`.
    """
    told = json.dumps([function.__module__, function.__qualname__, *arguments])
    ours, theirs = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "edge_agent.doctor.apart", str(theirs)),
            pass_fds=(theirs,),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    finally:
        os.close(theirs)
    try:
        async with asyncio.timeout(limit_s):
            answer = await _asked(process, told, ours)
    except TimeoutError as error:
        raise Unseen(f"no answer within {limit_s:g} s") from error
    finally:
        await _end(process)
    return _result(answer, process)


async def _asked(process: asyncio.subprocess.Process, told: str, ours: int) -> bytes:
    reader = asyncio.StreamReader(limit=MOST_BYTES)
    pipe = os.fdopen(ours, "rb", 0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    try:
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it crashed at once
            process.stdin.write(told.encode())
            await process.stdin.drain()
            process.stdin.close()
        answer = await reader.read(MOST_BYTES)
        while more := await reader.read(MOST_BYTES - len(answer)):
            answer += more
        await process.wait()
        return answer
    finally:
        transport.close()


def _result(answer: bytes, process: asyncio.subprocess.Process) -> Any:
    try:
        said = json.loads(answer)
    except ValueError as error:
        code = process.returncode or 0
        how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
        raise Unseen(f"the look ended without an answer ({how})") from error
    if "problem" in said:
        raise Unseen(said["problem"])
    return said["result"]


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GONE_WITHIN_S):
            await process.wait()


def main() -> None:
    """In the new process: read what to do, do it, write what came of it."""
    out = int(sys.argv[1])
    module, name, *arguments = json.loads(sys.stdin.read())
    try:
        result = getattr(importlib.import_module(module), name)(*arguments)
        if inspect.iscoroutine(result):
            result = asyncio.run(cast("Any", result))
        answer: dict[str, Any] = {"result": result}
    except EdgeError as error:
        answer = {"problem": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this look's answer
        answer = {"problem": f"{type(error).__name__}: {error}"}
    with os.fdopen(out, "wb") as pipe:
        pipe.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
