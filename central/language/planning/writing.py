"""Words one main question for a candidate: two tries, every gate, and the bank's own where they fail."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from central.errors import EngineError
from central.interview.rubric import Rubric
from central.language.model import Embedder, Filled, LanguageModel, Prompt, Urgency
from central.language.planning import prompts
from central.language.planning.gates import Around, Draft, Refusal, refusals
from central.language.planning.likeness import plain
from central.language.planning.prompts import Form, Wish
from central.language.planning.sources import FROM_CANDIDATE, Piece, span_in, usable
from central.language.planning.trace import Source, Try, gates, reasons

TRIES: Final = 2
EMBEDDING_TIMEOUT_S: Final = 0.5
REVIEWED: Final = "reviewed"
"""Why a try is not asked that is the reviewed question itself."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A model that words questions, and how long it may take for one try."""

    model: LanguageModel
    embedder: Embedder | None = None
    timeout_s: float = 8.0


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it. `text` empty: nothing that may be asked."""

    text: str
    sources: tuple[Source, ...]
    tries: tuple[Try, ...]
    took_ms: int


async def main_question(
    writer: Writer, wish: Wish, pieces: Sequence[Piece], rubric: Rubric
) -> Written:
    """The question of a slot in the candidate's own terms. Raises `EngineError`: the model is away."""
    papers = usable(pieces)
    began_s, tries = time.monotonic(), list[Try]()
    for _ in range(TRIES):
        prompt, form = prompts.main(wish, papers, gates(tries))
        filled, took_ms = await fill(writer, prompt, form, Urgency.EVALUATION)
        used = _used(filled, papers)
        draft = Draft(tidy(filled.values["question"]), wish.language, _span(filled, used))
        texts = [used.text] if used else []
        why = await check(writer, draft, Around(wish.asked, rubric, texts), filled)
        if not why and plain(draft.text) == plain(wish.sample):
            tries.append(Try(draft.text, ((REVIEWED, "word for word"),), took_ms))
            break  # the bank's own stands, under its own name
        tries.append(Try(draft.text, reasons(why), took_ms))
        if not why:
            return Written(draft.text, _sources(used, draft.span), tuple(tries), _ms(began_s))
    return Written("", (), tuple(tries), _ms(began_s))


async def fill(writer: Writer, prompt: Prompt, form: Form, urgency: Urgency) -> tuple[Filled, int]:
    """The slots' values, and how long they took."""
    began_s = time.monotonic()
    filled = await writer.model.fill(prompt, form, urgency=urgency, timeout_s=writer.timeout_s)
    return filled, _ms(began_s)


async def check(
    writer: Writer, draft: Draft, around: Around, filled: Filled
) -> tuple[Refusal, ...]:
    """Every gate, and by meaning too where there is an embedder; a question that ran out of its slot
    is no question.
    """
    why = refusals(draft, around)
    if "question" in filled.cut and all(one.gate != "length" for one in why):
        why = (Refusal("length", "it did not come to an end"), *why)
    if why or writer.embedder is None or not around.asked:
        return why
    likest = await _likest(writer.embedder, draft.text, around.asked)
    return refusals(draft, Around(around.asked, around.rubric, around.papers, likest))


async def _likest(embedder: Embedder, text: str, asked: Sequence[str]) -> float | None:
    """None where the embedder does not answer: the letters were compared."""
    try:
        rows = await embedder.embed([text, *asked], timeout_s=EMBEDDING_TIMEOUT_S)
    except EngineError:
        return None
    return float((rows[1:] @ rows[0]).max())


def _used(filled: Filled, papers: Sequence[Piece]) -> Piece | None:
    """The paper that the words were copied from."""
    span = filled.values.get("span", "")
    return next((one for one in papers if span and span_in(one, span)), None)


def _span(filled: Filled, used: Piece | None) -> str | None:
    """Words of the candidate's own papers have to be there; of a company's, the piece is enough."""
    span = filled.values.get("span", "")
    return span if span and (used is None or used.kind in FROM_CANDIDATE) else None


def _sources(used: Piece | None, span: str | None) -> tuple[Source, ...]:
    if used is None:
        return ()
    place = span_in(used, span) if span else None
    start, end = place or (used.start, used.start + len(used.text))
    text = used.text[start - used.start : end - used.start]
    return (Source(used.kind, used.ref, used.title, start, end, text, used.score),)


def tidy(text: str) -> str:
    """One space between words, no quotation marks around it, and it begins as a sentence does."""
    bare = " ".join(text.split()).strip("\"'“”‘’ ")
    return bare[:1].upper() + bare[1:]


def _ms(since_s: float) -> int:
    return round((time.monotonic() - since_s) * 1000)
