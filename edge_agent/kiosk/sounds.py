"""Files of sound that was made beforehand: how they are named, and what is in them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any, Final

import numpy as np

from edge_agent.flow import Pcm

LONGEST_S: Final = 600.0
"""Of a prepared sound; a longer file is refused before it fills memory."""


def content_hash(text: str, language: str) -> str:
    """The name of a prepared sound: sha256 of the language's two letters, a line feed and the text as
    UTF-8, in hexadecimal. Another text, even by a space, has another name and is never mistaken.
    """
    return hashlib.sha256(f"{letters(language)}\n{text}".encode()).hexdigest()


def letters(language: str) -> str:
    """Letters alone: it becomes part of an argument and of no path."""
    first = language.split("-", maxsplit=1)[0].lower()
    return first if first.isascii() and first.isalpha() else "en"


def decoded(source: Path | bytes) -> tuple[Pcm, int]:
    """A file's sound, mono, and its rate in Hz. Raises ValueError where it is none."""
    import av

    opened: Any = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    try:
        with av.open(opened) as container:
            stream = container.streams.audio[0]
            rate_hz = int(stream.rate)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
            parts: list[Any] = []
            for frame in container.decode(stream):
                parts += [one.to_ndarray().reshape(-1) for one in resampler.resample(frame)]
                if sum(map(len, parts)) > LONGEST_S * rate_hz:
                    raise ValueError(f"it is longer than {LONGEST_S:g} s")
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"it is no sound ({error})") from error
    if not parts:
        raise ValueError("it is empty")
    return np.concatenate(parts).astype(np.int16), rate_hz
