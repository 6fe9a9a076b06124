"""A writer of HWP 5 files: records, packed, in an OLE container of 512-byte sectors."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tests.fakes.resumes import Hide, Line

_SECTOR: Final = 512
_FREE, _END, _FAT = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
_NOTHING: Final = 0xFFFF_FFFF
_LOOKS: Final = {"": 0, "background": 1, "tiny": 2}
_CONTROL: Final = 11
"""The character that stands in a text for a table or a comment."""


def hwp(
    lines: Iterable[Line],
    hide: Sequence[Hide] = (),
    *,
    flags: int = 1,
    section: bytes | None = None,
) -> bytes:
    """An HWP 5 file. `flags` of its header: 1 packed, 2 locked, 4 for distribution; `section`: its
    records, already packed.
    """
    shapes = [_shape(1000, 0), _shape(1000, 0xFF_FFFF), _shape(100, 0)]
    body = b"".join(_block(line) for line in lines) + b"".join(map(_hidden, hide))
    head = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x0501_0100, flags)
    return ole(
        {
            "FileHeader": head.ljust(256, b"\0"),
            "DocInfo": _packed(b"".join(_record(0x15, 1, shape) for shape in shapes)),
            "BodyText/Section0": _packed(body) if section is None else section,
        }
    )


def _packed(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _record(tag: int, level: int, data: bytes) -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(data) << 20) + data
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(data)) + data


def _shape(size: int, ink: int) -> bytes:
    """Ink as 0x00BBGGRR; nothing behind it."""
    return bytes(42) + struct.pack("<iIbbIIII", size, 0, 0, 0, ink, 0, 0xFFFF_FFFF, 0)


def _paragraph(text: str, level: int = 0, look: int = 0, control: bytes = b"") -> bytes:
    """`control`: records of what hangs on the paragraph, one level deeper."""
    units = text.encode("utf-16-le")
    if control:
        units += struct.pack("<8H", _CONTROL, *[0] * 6, _CONTROL)
    units += struct.pack("<H", 13)
    return (
        _record(0x42, level, bytes(22))
        + _record(0x43, level + 1, units)
        + _record(0x44, level + 1, struct.pack("<II", 0, look))
        + control
    )


def _block(line: Line) -> bytes:
    if isinstance(line, str):
        return _paragraph(line)
    cells = b"".join(
        _record(0x48, 2, struct.pack("<HHIHHHH", 1, 0, 0, column, 0, 1, 1) + bytes(18))
        + _paragraph(cell, 2)
        for column, cell in enumerate(line)
    )
    return _paragraph(
        "",
        control=_record(0x47, 1, b" lbt" + bytes(40))
        + _record(0x4D, 2, struct.pack("<IHH", 0, 1, len(line)) + bytes(12))
        + cells,
    )


def _hidden(one: Hide) -> bytes:
    if one.how != "comment":
        return _paragraph(one.text, look=_LOOKS[one.how])
    comment = _record(0x47, 1, b"tmct") + _record(0x48, 2, bytes(8)) + _paragraph(one.text, 2)
    return _paragraph("", control=comment)


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file of these streams, one storage deep. Every stream has sectors of the large kind."""
    padded = {name: data.ljust(max(len(data), 4096), b"\0") for name, data in streams.items()}
    sectors, fat, starts = bytearray(), list[int](), dict[str, int]()
    for name, data in padded.items():
        starts[name] = len(fat)
        count = -(-len(data) // _SECTOR)
        sectors += data.ljust(count * _SECTOR, b"\0")
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    directory = b"".join(_entries(streams, starts))
    directory_at, count = len(fat), -(-len(directory) // _SECTOR)
    sectors += directory.ljust(count * _SECTOR, b"\0")
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    tables = -(-(len(fat) + 1) // 128)
    tables = -(-(len(fat) + tables) // 128)
    fat_at = list(range(len(fat), len(fat) + tables))
    fat += [_FAT] * tables
    fat += [_FREE] * (tables * 128 - len(fat))
    sectors += struct.pack(f"<{len(fat)}I", *fat)
    places = [*fat_at, *[_FREE] * (109 - tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory_at, 0, 4096,
                        _END, 0, _END, 0)  # fmt: skip
    return head + struct.pack("<109I", *places) + bytes(sectors)


def _entries(streams: dict[str, bytes], starts: dict[str, int]) -> Iterator[bytes]:
    """Root, then storages, then streams; siblings hang on each other's right side."""
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    names = [*storages, *(name for name in streams if "/" not in name)]
    inner = {one: [name for name in streams if name.startswith(f"{one}/")] for one in storages}
    order = [*names, *(name for one in storages for name in inner[one])]
    at = {name: number + 1 for number, name in enumerate(order)}
    # A reader that searches needs them in order: by length, then by letter.
    ranked = sorted(names, key=lambda name: (len(name), name.upper()))
    right = dict(zip(ranked, [at[one] for one in ranked[1:]], strict=False))
    yield _entry("Root Entry", 5, child=at[ranked[0]], start=_END, size=0)
    for name in order:
        if name in inner:
            yield _entry(name, 1, right=right.get(name), child=at[inner[name][0]], start=0, size=0)
        else:
            size = max(len(streams[name]), 4096)
            yield _entry(
                name.rpartition("/")[2], 2, right=right.get(name), start=starts[name], size=size
            )


def _entry(
    name: str,
    kind: int,
    *,
    right: int | None = None,
    child: int | None = None,
    start: int,
    size: int,
) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    return (
        spelt.ljust(64, b"\0")
        + struct.pack("<HBB", len(spelt), kind, 1)
        + struct.pack("<III", _NOTHING, right or _NOTHING, child or _NOTHING)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
