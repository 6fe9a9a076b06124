"""Whether what is written to a folder lies encrypted on its disk: dm-crypt under the file system.

From the folder to its mount in /proc/self/mountinfo (proc(5)), to the block device in /sys/dev/block,
down through partitions, LVM and RAID by `slaves`. A device-mapper device of cryptsetup has a UUID that
begins with `CRYPT-`; of those, VERITY and INTEGRITY only check and hide nothing. Every disk below must
be encrypted: half of a mirror in the clear is in the clear.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

SYS_BLOCK: Final = Path("/sys/dev/block")
MOUNTS: Final = Path("/proc/self/mountinfo")
DEEPEST: Final = 16
"""Levels of devices; sysfs has no circles, a made-up one in a test might."""

IN_MEMORY: Final = {"tmpfs", "ramfs"}
ENCRYPTING: Final = {"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"}
ONLY_CHECKS: Final = ("CRYPT-VERITY", "CRYPT-INTEGRITY")


class Shelter(Enum):
    """How a folder's data lies on its disk."""

    ENCRYPTED = "encrypted"
    CLEAR = "clear"
    MEMORY = "memory"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo. `device` is "major:minor"."""

    point: str
    device: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder lies, and how."""

    shelter: Shelter
    mount: Mount | None
    detail: str


def shelter_of(folder: Path, *, mounts: Path = MOUNTS, block: Path = SYS_BLOCK) -> Place:
    """How what is written to `folder` lies on its disk; UNKNOWN where that cannot be told."""
    try:
        mount = mount_of(folder, mounts.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError as error:
        return Place(Shelter.UNKNOWN, None, f"the mounts cannot be read: {error.strerror}")
    if mount is None:
        return Place(Shelter.UNKNOWN, None, "no mount holds it")
    told = f"{mount.source} ({mount.kind}) at {mount.point}"
    if mount.kind in IN_MEMORY:
        return Place(Shelter.MEMORY, mount, f"{told} is memory")
    if mount.kind in ENCRYPTING:
        return Place(Shelter.ENCRYPTED, mount, f"{told} encrypts")
    device = _block_device(mount, block)
    if device is None:
        return Place(Shelter.UNKNOWN, mount, f"{told} is on no disk that can be looked at")
    return (
        Place(Shelter.ENCRYPTED, mount, f"{told} lies on dm-crypt")
        if encrypted(device)
        else Place(Shelter.CLEAR, mount, f"{told} lies in the clear")
    )


def mount_of(folder: Path, mountinfo: str) -> Mount | None:
    """The mount that holds `folder`: the longest point above it, and of equals the last."""
    wanted = os.path.realpath(folder)
    best: Mount | None = None
    for line in mountinfo.splitlines():
        mount = _parsed(line)
        if mount is None or os.path.commonpath([wanted, mount.point]) != mount.point:
            continue
        if best is None or len(mount.point) >= len(best.point):
            best = mount
    return best


def encrypted(device: Path, depth: int = 0) -> bool:
    """Whether this block device (its folder in sysfs), or everything below it, is dm-crypt."""
    if depth > DEEPEST:
        return False
    uuid = _text(device / "dm" / "uuid")
    if uuid.startswith("CRYPT-") and not uuid.startswith(ONLY_CHECKS):
        return True
    if (device / "partition").exists():
        return encrypted(device.resolve().parent, depth + 1)
    below = sorted((device / "slaves").glob("*"))
    return bool(below) and all(encrypted(one.resolve(), depth + 1) for one in below)


def _block_device(mount: Mount, block: Path) -> Path | None:
    """Btrfs and overlays have a number of their own; then the source may name the device."""
    for number in (mount.device, _number_of(mount.source)):
        if number and not number.startswith("0:") and (block / number).exists():
            return (block / number).resolve()
    return None


def _number_of(source: str) -> str:
    if not source.startswith("/dev/"):
        return ""
    try:
        device = os.stat(source).st_rdev  # noqa: PTH116 - st_rdev of what the name leads to
    except OSError:
        return ""
    return f"{os.major(device)}:{os.minor(device)}"


def _parsed(line: str) -> Mount | None:
    """`36 35 98:0 /root /point rw,noatime master:1 - ext4 /dev/sda1 rw`, spaces as \\040."""
    head, _, tail = line.partition(" - ")
    left, right = head.split(), tail.split()
    if len(left) < 5 or len(right) < 2:
        return None
    return Mount(_plain(left[4]), left[2], right[0], _plain(right[1]))


def _plain(escaped: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        escaped = escaped.replace(code, character)
    return escaped


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
