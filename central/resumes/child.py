"""The process that reads one file: its bytes come on standard input, a `Reading` or an `Unreadable` goes
out on standard output, as JSON. Everything is loaded, then it is confined, then it begins to read.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeAlias

import msgspec

from central.errors import ResumeError
from central.resumes import formats
from central.resumes.confinement import FONTS, confine
from central.resumes.flow import Reading, Unreadable
from central.resumes.limits import Limits
from central.resumes.understanding.understand import understand

Answer: TypeAlias = Reading | Unreadable


def main() -> int:
    """The exit status."""
    limits = msgspec.json.decode(sys.argv[1].encode(), type=Limits)
    formats.load()
    content = sys.stdin.buffer.read(limits.most_bytes + 1)
    confined_by = confine(limits, _readable())
    answer = _read(content, limits)
    if isinstance(answer, Reading):
        answer = msgspec.structs.replace(answer, confined_by=confined_by)
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0


def _read(content: bytes, limits: Limits) -> Answer:
    if len(content) > limits.most_bytes:
        return Unreadable("too_long")
    try:
        return understand(formats.extract(content, limits), limits)
    except ResumeError as error:
        return Unreadable(error.code)
    except MemoryError:
        return Unreadable("memory")


def _readable() -> list[Path]:
    """What Python and PDFium may still load: their own code and tables, and fonts."""
    own = Path(__file__).resolve().parents[1]
    return [own, Path(sys.prefix), Path(sys.base_prefix) / "lib", FONTS]


if __name__ == "__main__":
    sys.exit(main())
