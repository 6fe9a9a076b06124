"""The engine's process, but for prompts that hold a magic word: those crash the native library.

`python -m tests.fakes.fragile_engine FD`. llama.cpp does not survive a malformed grammar: that is what
they are answered with. Another word makes it hang.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import llama_cpp.llama_cpp as llama

from central.language.engine import child
from central.language.engine.asked import Asking
from central.language.engine.messages import FillAsked, Up
from central.language.engine.steps import Program
from central.language.engine.work import Finish, Job
from tests.fakes.magic_words import HANGING, POISON


class FragileAsking(Asking):
    """Makes jobs that end badly."""

    def filling(self, asked: FillAsked, tell: Callable[[Up], None], now_s: float) -> Job:
        job = super().filling(asked, tell, now_s)
        said = "".join(segment.text for segment in asked.rest)
        if POISON in said:
            return _with(job, _crashing(job.program))
        return _with(job, _hanging(job.program)) if HANGING in said else job


def _with(job: Job, program: Program[Finish]) -> Job:
    return Job(job.id, program, job.head, job.urgency, job.since_s, job.until_s)


def _crashing(program: Program[Finish]) -> Program[Finish]:
    yield next(program)
    sampler = llama.llama_sampler_init_grammar(None, b"root ::= [", b"root")
    llama.llama_sampler_name(sampler)  # NULL, and not None: whoever did not check uses it
    raise AssertionError("llama.cpp survived a malformed grammar")


def _hanging(program: Program[Finish]) -> Program[Finish]:
    yield next(program)
    time.sleep(3600)
    raise AssertionError


if __name__ == "__main__":
    child.run(int(sys.argv[1]), FragileAsking)
