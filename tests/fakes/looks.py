"""What drivers do to whoever looks at them; run in a process of its own by `doctor.apart`."""

from __future__ import annotations

import asyncio
import ctypes
import os
import sys
import time

from edge_agent.errors import CameraError


def answers(name: str, times: int) -> dict[str, object]:
    return {"said": name * times, "pid": os.getpid()}


async def answers_later(name: str) -> str:
    await asyncio.sleep(0)
    return name


def chatters() -> str:
    sys.stdout.write("a library's page of guesses\n" * 10_000)
    sys.stderr.write("and another\n" * 10_000)
    os.write(1, b"past python's buffers\n")
    return "heard"


def is_large(size: int) -> str:
    return "x" * size


def complains() -> None:
    raise CameraError("camera 0", "is not there.", ("/dev/video2 (Brio)",))


def is_wrong() -> None:
    raise ZeroDivisionError("division by zero")


def crashes() -> None:
    ctypes.string_at(0)


def leaves() -> None:
    os._exit(3)


def hangs(pid_file: str) -> None:
    with open(pid_file, "w") as file:  # noqa: PTH123 - shortest
        file.write(str(os.getpid()))
    while True:
        time.sleep(60)
