"""Puts models to the work of an interview, on answers of known worth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from central.language import bank
from central.language.bank import BankEntry
from central.language.evaluator import Evaluator, Said
from central.language.planning import follow_up, following, star
from central.language.planning.prompts import Heard, Wish
from central.language.planning.sources import Piece
from central.language.planning.trace import gates
from central.language.planning.writing import Writer, Written, main_question
from central.language.rehearsal.samples import Samples, samples
from central.language.rehearsal.tally import Graded

Told = Callable[[str], None]
"""Hears a line for each piece of work that is done."""


async def questions(
    writer: Writer, language: str, count: int, entries: Sequence[BankEntry], told: Told
) -> list[Written]:
    """Main questions, spread over the bank, each about one of the papers. Raises `EngineError`."""
    given = samples()[language]
    papers = [Piece("resume", str(at), "", text) for at, text in enumerate(given.papers)]
    chosen = _spread([one for one in entries if one.language == language], count)
    done: list[Written] = []
    for entry in chosen:
        wish = Wish(
            language,
            given.position,
            given.company,
            given.about,
            entry.rubric.criteria[0].label,
            entry.content,
            tuple(one.text for one in done if one.text),
        )
        done.append(await main_question(writer, wish, papers, entry.rubric))
        told(f"{entry.key}: {_said(done[-1])}")
    return done


async def follow_ups(
    writer: Writer, language: str, entries: Sequence[BankEntry], told: Told
) -> list[Written]:
    """One to each answer that the rules find something missing in."""
    done: list[Written] = []
    for entry, worth, answer in _answers(samples()[language], language, entries):
        verdict = follow_up.decide(answer, language)
        if verdict.about is None or not star.parts(answer, language):
            continue
        heard = Heard(language, entry.content, answer, verdict.about)
        piece = Piece("answer", f"{entry.key}-{worth}", "", answer)
        done.append(await following.question(writer, heard, piece, (entry.content,)))
        told(f"{entry.key}, {verdict.about}: {_said(done[-1])}")
    return done


async def marks(
    evaluator: Evaluator, language: str, entries: Sequence[BankEntry], told: Told
) -> list[Graded]:
    """Every answer, marked by its question's rubric. Raises `EngineError`."""
    done: list[Graded] = []
    for entry, worth, answer in _answers(samples()[language], language, entries):
        began_s = time.monotonic()
        found = await evaluator.evaluate(entry.content, entry.rubric, [Said(1, answer)], language)
        took_ms = round((time.monotonic() - began_s) * 1000)
        done.append(Graded(entry.key, worth, tuple(found), took_ms))
        levels = ", ".join("none" if one.level is None else f"{one.level:.1f}" for one in found)
        told(f"{entry.key}, worth {worth} of 3: {levels}")
    return done


def _answers(
    given: Samples, language: str, entries: Sequence[BankEntry]
) -> Iterator[tuple[BankEntry, int, str]]:
    """Those whose question the bank has."""
    by_key = {one.key: one for one in entries if one.language == language}
    for answered in given.answered:
        for worth, answer in enumerate(answered.answers):
            if answered.question in by_key:
                yield by_key[answered.question], worth, answer


def _spread(entries: Sequence[BankEntry], count: int) -> list[BankEntry]:
    """Evenly over the bank's categories."""
    ranked = sorted(
        ((at, one) for name in bank.CATEGORIES for at, one in enumerate(_of(entries, name))),
        key=lambda found: found[0],
    )
    return [one for _, one in ranked[:count]]


def _of(entries: Sequence[BankEntry], category: str) -> list[BankEntry]:
    return [one for one in entries if one.category == category]


def _said(written: Written) -> str:
    if written.text:
        return f"“{written.text}” in {written.took_ms} ms"
    return f"not asked ({', '.join(gates(written.tries))})"
