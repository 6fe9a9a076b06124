"""The process that looks at a stranger's file, confined before it does: whatever the file makes a
decoder do, it gets neither more memory or time, nor a file to write, a network, or another program.

Linux alone, by the kernel's own calls (their numbers are its ABI): limits (setrlimit), no new
privileges, Landlock without a single place to write, an empty network where user namespaces are
allowed, and a seccomp filter. What a kernel lacks is left out, and the result says what was in force.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
from contextlib import suppress

from edge_agent.offline.limits import Limits

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 4, 38, 22
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_CLONE_THREAD = 0x1_0000
_FILES = 256

_ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_CLONES = {"x86_64": (56, 435), "aarch64": (220, 435)}
_X32 = 0x4000_0000
_REFUSED = {
    "x86_64": (
        # socket connect accept bind listen (sending stays: the agent is spoken to over a socket)
        *(41, 42, 43, 49, 50),
        # fork vfork execve execveat kill ptrace
        *(57, 58, 59, 322, 62, 101),
        # process_vm_readv process_vm_writev mount umount2 setns unshare pidfd_open pidfd_getfd
        *(310, 311, 165, 166, 308, 272, 434, 438),
        # io_uring_setup bpf perf_event_open userfaultfd keyctl add_key request_key
        *(425, 321, 298, 323, 250, 248, 249),
    ),
    "aarch64": (
        *(198, 203, 202, 200, 201),
        *(221, 281, 129, 117),
        *(270, 271, 40, 39, 268, 97, 434, 438),
        *(425, 280, 241, 282, 219, 217, 218),
    ),
}
"""System calls that are answered with EPERM."""

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
"""Writing a file, removing and making any kind of thing in a folder (ABI 1)."""
_WRITES_SINCE = {2: 1 << 13, 3: 1 << 14}
"""Renaming across folders, truncating."""


def confine(limits: Limits) -> tuple[str, ...]:
    """Confines this process for good, before its first thread; what is in force."""
    libc = ctypes.CDLL(None, use_errno=True)
    _limit(limits)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    done = ["rlimits"]
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        done.append("no network")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return tuple(done)
    done.append("no new privileges")
    if _no_place_to_write(libc):
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


def _no_place_to_write(libc: ctypes.CDLL) -> bool:
    """A Landlock ruleset that names all kinds of writing and allows them nowhere."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    handled = _WRITES
    for since, right in _WRITES_SINCE.items():
        handled |= right if version >= since else 0
    attributes = ctypes.create_string_buffer(struct.pack("<Q", handled), 8)
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, 8, 0)
    if rules < 0:
        return False
    try:
        return int(libc.syscall(_LANDLOCK_RESTRICT, rules, 0)) == 0
    finally:
        os.close(rules)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter_calls(libc: ctypes.CDLL) -> bool:
    machine = platform.machine()
    if machine not in _ARCH:
        return False
    code = _instructions(_ARCH[machine], _CLONES[machine], _REFUSED[machine])
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _instructions(arch: int, calls: tuple[int, int], refused: tuple[int, ...]) -> bytes:
    """A classic BPF program: another architecture's calls kill the process, those in `refused` (and all
    of x86's x32) fail with EPERM. Of the two `calls` that begin a process or a thread, clone passes for
    a thread, and clone3, whose flags cannot be seen from here, is said not to exist. The rest pass.
    """
    load, equal, at_least, has_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    kill, fail, missing, allow = 0x8000_0000, 0x0005_0001, 0x0005_0026, 0x7FFF_0000
    clone, clone3 = calls
    listed = 7
    allowed = listed + len(refused)
    failed, unknown, thread = allowed + 1, allowed + 2, allowed + 3
    program = [
        (load, 0, 0, 4),  # seccomp_data.arch
        (equal, 1, 0, arch),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),  # seccomp_data.nr
        (at_least, failed - 5, 0, _X32),
        (equal, unknown - 6, 0, clone3),
        (equal, thread - 7, 0, clone),
        *((equal, failed - at - 1, 0, number) for at, number in enumerate(refused, listed)),
        (answer, 0, 0, allow),
        (answer, 0, 0, fail),
        (answer, 0, 0, missing),
        (load, 0, 0, 16),  # seccomp_data.args[0], its lower half
        (has_bit, 0, 1, _CLONE_THREAD),
        (answer, 0, 0, allow),
        (answer, 0, 0, fail),
    ]
    return b"".join(struct.pack("<HBBI", *one) for one in program)
