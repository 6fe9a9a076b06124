"""Reads a question with the rules of both languages, whatever language it claims to be in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from central.language.screen import english, korean, text
from central.language.screen.rules import Rules
from central.language.screen.topics import TOPICS, Topic

GAP: Final = "#"
"""Stands where harmless words were, so that what is left does not join."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One topic that a question asks about. `words`: what asks it, in the plain spelling."""

    topic: Topic
    words: str


@dataclass(frozen=True, slots=True)
class _Read:
    harmless: re.Pattern[str] | None
    asked: re.Pattern[str] | None
    named: re.Pattern[str] | None


def first(question: str) -> Finding | None:
    """The first topic found, or None for a question that may be asked."""
    return next(_findings(question), None)


def mentioned(question: str) -> Finding | None:
    """The first topic of which any word is there, whoever it is about and at work too: for what a model
    wrote. A model that is told what not to ask writes of it all the more, and the bank has another
    question.
    """
    return next(_findings(question, at_all=True), None)


def find(question: str) -> tuple[Finding, ...]:
    """Every topic found, each once, in the order of `TOPICS`."""
    unique = {one.topic.key: one for one in reversed(tuple(_findings(question)))}
    return tuple(unique[key] for key in TOPICS if key in unique)


def _findings(question: str, *, at_all: bool = False) -> Iterator[Finding]:
    whole = text.sentences(question)
    # Sentence by sentence for what excuses a word, and once as a whole for what was cut apart.
    for sentence in (*whole, " ".join(whole)) if len(whole) > 1 else whole:
        plain = re.sub(korean.ACCIDENTS, GAP, text.korean(sentence))
        yield from _in(plain, korean.RULES, korean.OTHERS, korean.WORK, at_all=at_all)
        plain = re.sub(english.ACCIDENTS, GAP, text.english(sentence))
        yield from _in(plain, english.RULES, english.OTHERS, english.WORK, at_all=at_all)


def _in(
    plain: str, rules: Mapping[str, Rules], others: tuple[str, str], work: str, *, at_all: bool
) -> Iterator[Finding]:
    if not plain:
        return
    at_work = not at_all and re.search(work, plain) is not None
    for key, rule in rules.items():
        read = _compiled(rule)
        left = read.harmless.sub(GAP, plain) if read.harmless else plain
        for pattern in (read.asked, None if at_work else read.named):
            found = _any_of(pattern, left) if at_all else _of_the_candidate(pattern, left, others)
            if found is not None:
                yield Finding(TOPICS[key], found)
                break


def _of_the_candidate(
    pattern: re.Pattern[str] | None, plain: str, others: tuple[str, str]
) -> str | None:
    """The words of the first match that is not about somebody else, as customers are."""
    before, after = others
    for match in pattern.finditer(plain) if pattern else ():
        earlier = re.search(before, plain[: match.start()])
        later = re.match(after, plain[match.end() :])
        if earlier is None and later is None:
            return match[0]
    return None


def _any_of(pattern: re.Pattern[str] | None, plain: str) -> str | None:
    match = pattern.search(plain) if pattern else None
    return match[0] if match else None


@lru_cache(maxsize=64)
def _compiled(rules: Rules) -> _Read:
    return _Read(_any(rules.harmless), _any(rules.asked), _any(rules.named))


def _any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{one})" for one in patterns)) if patterns else None
