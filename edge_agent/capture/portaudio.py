"""PortAudio, opened without its noise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_STDERR = 2


def open_portaudio() -> Any:
    """A new `pyaudio.PyAudio`; PortAudio lists the devices that are there now."""
    import pyaudio

    with _quiet():
        return pyaudio.PyAudio()


@contextmanager
def _quiet() -> Iterator[None]:
    """While PortAudio looks around, ALSA and JACK write a page of guesses to standard error. What
    matters comes back as an error of ours, in one line, and must not drown in them.
    """
    kept = os.dup(_STDERR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)
