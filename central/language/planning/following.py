"""Words one follow-up in time, or leaves the reviewed one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Final

from central.errors import EngineError
from central.language.model import Urgency
from central.language.planning import prompts
from central.language.planning.gates import Around, Draft
from central.language.planning.prompts import Heard
from central.language.planning.sources import Piece, span_in
from central.language.planning.trace import Source, Try, gates, reasons
from central.language.planning.writing import TRIES, Writer, Written, check, fill, tidy

DEADLINE_S: Final = 2.0
"""For both tries together: after the last word, silence lasts longer than that before an answer ends."""


async def is_said(writer: Writer, heard: Heard, deadline_s: float = DEADLINE_S) -> bool:
    """Whether a model finds what the rules miss. False where it does not answer in time."""
    prompt, form, yes = prompts.is_there(heard)
    try:
        async with asyncio.timeout(deadline_s):
            filled, _ = await fill(writer, prompt, form, Urgency.QUESTION)
    except (EngineError, TimeoutError):
        return False
    return filled.values["there"] == yes


async def question(
    writer: Writer,
    heard: Heard,
    answer: Piece,
    asked: Sequence[str],
    deadline_s: float = DEADLINE_S,
) -> Written:
    """A follow-up in the candidate's own terms; `text` empty where none passed the gates in time."""
    began_s, tries = time.monotonic(), list[Try]()
    try:
        async with asyncio.timeout(deadline_s):
            for _ in range(TRIES):
                written, found = await _try(writer, heard, answer, asked, tries)
                if written:
                    took_ms = round((time.monotonic() - began_s) * 1000)
                    return Written(written, found, tuple(tries), took_ms)
    except (EngineError, TimeoutError) as error:
        problem = error.problem if isinstance(error, EngineError) else "it took too long"
        tries.append(Try("", (("model", problem),)))
    return Written("", (), tuple(tries), round((time.monotonic() - began_s) * 1000))


async def _try(
    writer: Writer, heard: Heard, answer: Piece, asked: Sequence[str], tries: list[Try]
) -> tuple[str, tuple[Source, ...]]:
    prompt, form = prompts.follow_up(heard, gates(tries))
    filled, took_ms = await fill(writer, prompt, form, Urgency.QUESTION)
    text, span = tidy(filled.values["question"]), filled.values["span"]
    draft = Draft(text, heard.language, span)
    around = Around(tuple(asked), None, (answer.text,))
    why = await check(writer, draft, around, filled)
    tries.append(Try(text, reasons(why), took_ms))
    place = span_in(answer, span)
    if why or place is None:
        return "", ()
    start, end = place
    return text, (
        Source(answer.kind, answer.ref, answer.title, start, end, answer.text[start:end]),
    )
