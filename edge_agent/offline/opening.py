"""A file that nobody has to trust is opened: as what its first bytes say, and as nothing else.

FFmpeg knows hundreds of formats, some of which name other files or addresses. So the demuxer is chosen
here, decoders come from a short list, and the file is read through one open handle: no name, no
protocol.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import Any, Final

from edge_agent.offline.limits import Limits

DEMUXERS: Final = {"mov": "mov", "webm": "matroska"}
_WHITELISTS: Final = {
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm",
    "protocol_whitelist": "none",
    "codec_whitelist": (
        "h264,hevc,mpeg4,mjpeg,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,"
        "aac,mp3,mp3float,opus,libopus,vorbis,alac,flac,pcm_s16le,pcm_s16be,pcm_s24le,pcm_f32le"
    ),
    "max_streams": "16",
}
VIDEO_CODECS: Final = frozenset({"h264", "hevc", "mpeg4", "mjpeg", "vp8", "vp9", "av1"})
_HEAD: Final = 64
_BOXES: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


class NoVideo(Exception):
    """Never leaves the child: told as `messages.Refused`."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


class Handle(io.RawIOBase):
    """A file by its number, with a place of its own: several read the same one."""

    def __init__(self, fd: int) -> None:
        self._fd, self._at = fd, 0
        self._size = os.fstat(fd).st_size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = os.pread(self._fd, self._size if size < 0 else size, self._at)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at


@dataclass(frozen=True, slots=True)
class Opened:
    """A container with a picture; `sound` is None where it has none that can be decoded."""

    container: Any
    picture: Any
    sound: Any | None


def kind_of(head: bytes) -> str | None:
    """By the first bytes: "mov" (MP4, QuickTime) or "webm" (Matroska); None: neither."""
    if head[4:8] in _BOXES:
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    return None


def opened(fd: int, limits: Limits) -> Opened:
    """The file, read from its beginning. Raises `NoVideo`."""
    import av

    kind = kind_of(os.pread(fd, _HEAD, 0))
    if kind is None:
        raise NoVideo(
            "not_a_video", "it is neither MP4, QuickTime nor WebM, whatever its name says"
        )
    try:
        container = av.open(
            Handle(fd),
            format=DEMUXERS[kind],
            container_options=_WHITELISTS,
            metadata_errors="ignore",
        )
    except (av.FFmpegError, ValueError, MemoryError) as error:
        raise NoVideo("damaged", f"it cannot be opened ({_said(error)})") from error
    if not container.streams.video:
        raise NoVideo("no_picture", "it has no picture")
    picture = container.streams.video[0]
    _check(container, picture, limits)
    return Opened(container, picture, _sound(container))


def claimed_s(container: Any) -> float | None:
    """How long the file says that it is; None where it does not."""
    return None if container.duration is None else container.duration / 1_000_000


def _check(container: Any, picture: Any, limits: Limits) -> None:
    context = picture.codec_context
    if context is None or context.codec.canonical_name not in VIDEO_CODECS:
        name = "an unknown codec" if context is None else context.codec.canonical_name
        raise NoVideo(
            "codec_unknown", f"its picture is coded as {name}; H.264, H.265, VP8, VP9, AV1"
        )
    if context.width <= 0 or context.height <= 0:
        raise NoVideo("damaged", "it does not say how large its picture is")
    if context.width * context.height > limits.most_pixels:
        size = f"{context.width} x {context.height}"
        raise NoVideo("picture_too_large", f"its picture has {size} points; 4K is the most")
    claimed = claimed_s(container)
    if claimed is not None and claimed > limits.longest_s:
        raise too_long(claimed, limits)


def too_long(span_s: float, limits: Limits) -> NoVideo:
    """Of the header, or of the packets themselves."""
    most = limits.longest_s / 60
    return NoVideo("too_long", f"it lasts {span_s / 60:.1f} minutes; {most:.0f} are the most")


def _sound(container: Any) -> Any | None:
    """The first track that has a decoder."""
    for stream in container.streams.audio:
        context = stream.codec_context
        if context is not None and context.sample_rate:
            return stream
    return None


def _said(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text)[:120]
