"""What the model is told, in the interview's language: how the words of a wording are put together. A
change here is another `evaluator.VERSION`.

Code writes everything but the slots. What a candidate said stands between two marks that name a number
made from those very words, which nobody can know while speaking; the rule stands after them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from central.interview.rubric import Criterion
from central.language.evaluation.wording import Words
from central.language.model import Part, Prompt, Trusted, Untrusted

MOST_QUOTES: Final = 3
LEVELS: Final = ("1", "2", "3", "4", "5")


def extraction(say: Words, question: str, criterion: Criterion, text: str) -> Prompt:
    """Which words of `text` are evidence for the criterion? All criteria share what comes first."""
    wanted = say.wanted.replace("{quotes}", str(MOST_QUOTES))
    shared = (Trusted(f"{say.question}: {question}\n"), *_marked(say.words, [text], say))
    own = (
        Trusted(
            f"{say.criterion}: {criterion.label}\n{say.strongest}: {criterion.anchors[4]}\n{wanted}"
        ),
    )
    return Prompt(say.extract_system, shared, own)


def scoring(
    say: Words, question: str, criterion: Criterion, quotes: Sequence[str], *, falling: bool
) -> tuple[Prompt, str]:
    """Which level do these quotes show? With what the model's answer begins. `falling`: the anchors
    from 5 to 1.
    """
    anchors = list(enumerate(criterion.anchors, start=1))
    listed = "\n".join(
        f"{level}. {text}" for level, text in (anchors[::-1] if falling else anchors)
    )
    shared: tuple[Part, ...] = (
        Trusted(
            f"{say.question}: {question}\n{say.criterion}: {criterion.label}\n{say.anchors}:\n{listed}\n"
        ),
    )
    own = (*_marked(say.quotes, quotes, say), Trusted(say.level))
    return Prompt(say.score_system, shared, own), f"{say.anchors}: "


def feedback(say: Words, criterion: Criterion, anchor: str, quotes: Sequence[str]) -> Prompt:
    """Why this level? Asked last: nothing that the model writes here can change a mark."""
    shared = (Trusted(f"{say.criterion}: {criterion.label}\n{say.anchors}: {anchor}\n"),)
    return Prompt(
        say.feedback_system, shared, (*_marked(say.quotes, quotes, say), Trusted(say.feedback))
    )


def _marked(title: str, texts: Sequence[str], say: Words) -> tuple[Part, ...]:
    number = hashlib.blake2b("\n".join(texts).encode(), digest_size=4).hexdigest()
    parts: list[Part] = [Trusted(f"{title}\n⟦{number}\n")]
    for text in texts:
        parts += [Untrusted(text), Trusted("\n")]
    return (*parts, Trusted(f"{number}⟧\n{say.rule}\n"))
