"""The process that reads a stranger's file, confined before it does: whatever the file makes a parser
do, it gets neither more memory or time, nor a file of this machine, a network or another program.

Linux alone, by the kernel's own calls (their numbers are its ABI). What a kernel lacks is left out, and
the reading says what was in force.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from central.resumes.limits import Limits

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 4, 38, 22
_SECCOMP_MODE_FILTER: Final = 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_FILES: Final = 64

_ARCH: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_X32: Final = 0x4000_0000
_REFUSED: Final = {
    "x86_64": (
        # socket connect accept sendto sendmsg bind listen socketpair accept4
        *(41, 42, 43, 44, 46, 49, 50, 53, 288),
        # clone fork vfork execve kill tkill tgkill ptrace execveat clone3
        *(56, 57, 58, 59, 62, 200, 234, 101, 322, 435),
        # process_vm_readv process_vm_writev mount umount2 setns unshare pidfd_open pidfd_getfd
        *(310, 311, 165, 166, 308, 272, 434, 438),
        # io_uring_setup bpf perf_event_open userfaultfd keyctl add_key request_key
        *(425, 321, 298, 323, 250, 248, 249),
    ),
    "aarch64": (
        *(198, 203, 202, 206, 211, 200, 201, 199, 242),
        *(220, 221, 129, 130, 131, 117, 281, 435),
        *(270, 271, 40, 39, 268, 97, 434, 438),
        *(425, 280, 241, 282, 219, 217, 218),
    ),
}
"""System calls that are answered with EPERM."""

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ: Final = (1 << 2) | (1 << 3)
_EVERYTHING: Final = (1 << 13) - 1
"""All that the first version of Landlock knows of: running, reading, writing, making and removing."""
_SINCE: Final = {2: 1 << 13, 3: 1 << 14}
"""Renaming across folders, truncating."""
_BENEATH: Final = 1
FONTS: Final = Path("/usr/share/fonts")


def confine(limits: Limits, readable: Sequence[Path]) -> tuple[str, ...]:
    """Confines this process for good; what is in force. From then on it opens files in `readable`
    folders only, and only to read them.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    _limit(limits)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    done = ["rlimits"]
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        done.append("no network")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return tuple(done)
    done.append("no new privileges")
    if _reading_only(libc, readable):
        done.append("landlock")
    if _filter_calls(libc):
        done.append("seccomp")
    return tuple(done)


def _limit(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_s,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _FILES,
    }
    for which, most in wanted.items():
        hard = resource.getrlimit(which)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (bound, bound))


def _reading_only(libc: ctypes.CDLL, readable: Sequence[Path]) -> bool:
    """A Landlock ruleset that names everything and allows reading beneath a few folders."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    handled = _EVERYTHING
    for since, right in _SINCE.items():
        handled |= right if version >= since else 0
    attributes = ctypes.create_string_buffer(struct.pack("<Q", handled), 8)
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, 8, 0)
    if rules < 0:
        return False
    try:
        for folder in readable:
            _allow(libc, rules, folder)
        return int(libc.syscall(_LANDLOCK_RESTRICT, rules, 0)) == 0
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_PATH | os.O_CLOEXEC | os.O_DIRECTORY)
        try:
            rule = ctypes.create_string_buffer(struct.pack("<Qi", _READ, handle), 12)
            libc.syscall(_LANDLOCK_ADD, rules, _BENEATH, rule, 0)
        finally:
            os.close(handle)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter_calls(libc: ctypes.CDLL) -> bool:
    machine = platform.machine()
    if machine not in _ARCH:
        return False
    code = _instructions(_ARCH[machine], _REFUSED[machine])
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _instructions(arch: int, refused: tuple[int, ...]) -> bytes:
    """A classic BPF program: another architecture's calls kill the process, those in `refused` (and all
    of x86's x32) fail with EPERM, the rest pass.
    """
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    kill, fail, allow = 0x8000_0000, 0x0005_0001, 0x7FFF_0000
    listed = 5
    failed = listed + len(refused) + 1
    program = [
        (load, 0, 0, 4),  # seccomp_data.arch
        (equal, 1, 0, arch),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),  # seccomp_data.nr
        (at_least, failed - 5, 0, _X32),
        *((equal, failed - at - 1, 0, number) for at, number in enumerate(refused, listed)),
        (answer, 0, 0, allow),
        (answer, 0, 0, fail),
    ]
    return b"".join(struct.pack("<HBBI", *one) for one in program)
