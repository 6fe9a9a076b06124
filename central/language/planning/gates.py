"""What a question has to pass before anybody hears it. Pure; every refusal says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from central.interview.rubric import Rubric
from central.language import keywords, screen
from central.language.evaluator import Said
from central.language.planning import wording
from central.language.planning.likeness import covered, nearest, plain

LENGTH: Final = (20, 120)
"""Characters: one breath, one screen."""
TOO_LIKE: Final = 0.6
"""Share of common pieces from which on two questions are the same one asked again; of two questions of
the bank none are nearer than 0.5."""
TOO_LIKE_IN_MEANING: Final = 0.9
"""Cosine of two embeddings."""
QUOTED: Final = 0.7
"""Share of an anchor's pieces from which on a question recites it."""
MOST_KEYWORDS: Final = 3
"""Groups of a criterion's words that a question may name: with more it says the answer."""
SHORTEST_SPAN: Final = 4

REASONS: Final = (
    "empty", "length", "marks", "markup", "language", "polite", "single", "open", "neutral", "leak",
    "span", "repeated", "prohibited",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that somebody wrote. `span`: the words of the candidate's own papers that it is about;
    None where it is about none.
    """

    text: str
    language: str
    span: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a question is looked at beside. `papers`: the texts that a span has to stand in; `likest`:
    the highest cosine to a question asked already, where an embedder measured it.
    """

    asked: Sequence[str] = ()
    rubric: Rubric | None = None
    papers: Sequence[str] = ()
    likest: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not asked. `gate`: one of `REASONS`."""

    gate: str
    detail: str


def refusals(draft: Draft, around: Around) -> tuple[Refusal, ...]:
    """Every gate that it does not pass, in the order of `REASONS`; none: it may be asked."""
    if not plain(draft.text):
        return (Refusal("empty", "nothing was written"),)
    return tuple(refusal for gate in _GATES for refusal in gate(draft, around))


def _length(draft: Draft, _: Around) -> Iterator[Refusal]:
    least, most = LENGTH
    if not least <= len(draft.text) <= most:
        yield Refusal("length", f"{len(draft.text)} characters, not {least} to {most}")


def _form(draft: Draft, _: Around) -> Iterator[Refusal]:
    text, language = draft.text, draft.language
    marks = wording.question_marks(text)
    polite = language == "ko" and wording.ends_politely(text)
    if marks > 1 or (marks == 0 and not polite):
        yield Refusal("marks", f"{marks} question marks, not one")
    if wording.markup(text):
        yield Refusal("markup", "it holds what nobody says aloud")
    if not wording.speaks(text, language):
        yield Refusal("language", f"it is not in {language!r}")
    elif language == "ko" and not polite:
        yield Refusal("polite", "it does not end politely")


def _asks(draft: Draft, _: Around) -> Iterator[Refusal]:
    if (count := wording.questions(draft.text, draft.language)) > 1:
        yield Refusal("single", f"it asks {count} things at once")
    if not wording.is_open(draft.text, draft.language):
        yield Refusal("open", "yes or no answers it")
    if words := wording.judges(draft.text):
        yield Refusal("neutral", f"it judges: {words!r}")


def _leak(draft: Draft, around: Around) -> Iterator[Refusal]:
    """The question must not say what a good answer holds."""
    if words := wording.hints(draft.text):
        yield Refusal("leak", f"it gives a hint: {words!r}")
    for criterion in around.rubric.criteria if around.rubric else ():
        best = max(criterion.anchors, key=lambda anchor: covered(draft.text, anchor))
        if covered(draft.text, best) >= QUOTED:
            yield Refusal("leak", f"it recites the rubric: {best!r}")
            return
        named = keywords.found(criterion.keywords, (Said(0, draft.text),), draft.language)
        if len(named) > MOST_KEYWORDS:
            words = ", ".join(hit.keyword for hit in named)
            yield Refusal("leak", f"it names what to say: {words}")
            return


def _span(draft: Draft, around: Around) -> Iterator[Refusal]:
    if draft.span is None:
        return
    words = plain(draft.span)
    if len(words) < SHORTEST_SPAN:
        yield Refusal("span", "too little is quoted to be found again")
    elif not any(words in plain(paper) for paper in around.papers):
        yield Refusal("span", f"nobody wrote {draft.span!r}")


def _repeated(draft: Draft, around: Around) -> Iterator[Refusal]:
    like, other = nearest(draft.text, around.asked)
    if like >= TOO_LIKE:
        yield Refusal("repeated", f"asked already: {other!r}")
    elif around.likest is not None and around.likest >= TOO_LIKE_IN_MEANING:
        yield Refusal("repeated", f"asked already in other words ({around.likest:.2f})")


def _screen(draft: Draft, _: Around) -> Iterator[Refusal]:
    found = screen.mentioned(draft.text)
    if found is not None:
        yield Refusal("prohibited", f"{found.topic.key}: {found.words!r}")


_GATES: Final[tuple[Callable[[Draft, Around], Iterator[Refusal]], ...]] = (
    _length, _form, _asks, _leak, _span, _repeated, _screen,
)  # fmt: skip
