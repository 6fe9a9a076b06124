"""The ports to language models. One fills slots in text that code writes and weighs single words; one
turns texts into vectors. Their adapters: `engine/`.

Structure never depends on the model: code writes everything around the slots, so that what comes back
has the right shape whatever the weights say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trusted:
    """Text that we wrote."""

    text: str


@dataclass(frozen=True, slots=True)
class Untrusted:
    """Text that somebody said or sent. It can never become a control token of the model, and role
    markers in it are broken up.
    """

    text: str


Part = Trusted | Untrusted


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model reads, in the order system, shared, own; the model's own template goes around it.

    Work on the same `system` and `shared` is done once while it stays in memory, so what changes from
    call to call belongs into `own`.
    """

    system: str
    shared: tuple[Part, ...]
    own: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A slot for free text on one line: ends at a line break, at `stop`, or at `most_characters` (cut
    at the last whole word).
    """

    key: str
    most_characters: int
    stop: str = "\n"
    temperature: float = 0.0
    """0: always the likeliest; above it, another `seed` may give another text."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot for one of `options`, the likeliest as a whole."""

    key: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A slot for words of `texts`: whole ones that follow one another, as they stand there but for runs
    of spaces and for marks that an `Untrusted` loses, and none of them twice in a form. At least
    `least_letters` letters and digits; empty where the model copies nothing.
    """

    key: str
    texts: tuple[str, ...]
    most_characters: int
    least_letters: int = 1


Slot = Text | Choice | Excerpt


def letters(text: str) -> int:
    """How many letters and digits it has: what `least_letters` counts."""
    return sum(one.isalnum() for one in text)


@dataclass(frozen=True, slots=True)
class Filled:
    """The slots' values by key, and what it took. `cut`: keys of texts that ran into their limit."""

    values: dict[str, str]
    cut: frozenset[str]
    prompt_tokens: int
    reused_tokens: int
    """Of the prompt's tokens, those that were in memory already."""
    generated_tokens: int


class Urgency(IntEnum):
    """Who goes first where several wait. A candidate waits for questions; nobody waits for a report."""

    QUESTION = 0
    EVALUATION = 1
    BACKGROUND = 2


class LanguageModel(Protocol):
    """One model. Calls may overlap; a cancelled call stops its work."""

    name: str
    """The label that every surface shows."""
    versions: dict[str, str]
    """Stored with what it wrote: sha256 of the weights, template, engine."""

    async def fill(
        self, prompt: Prompt, form: Sequence[str | Slot], *, urgency: Urgency, timeout_s: float
    ) -> Filled:
        """The model's answer is `form`: its strings word for word, its slots filled.

        Raises `EngineError`: prompt too long, out of time, or the engine died (try again).
        """

    async def weigh(
        self,
        prompt: Prompt,
        begun: str,
        answers: Sequence[str],
        *,
        urgency: Urgency,
        timeout_s: float,
    ) -> tuple[float, ...]:
        """How likely each of `answers` comes next where the model's answer has begun with `begun`;
        they sum to 1. Each is a single token, as a digit is. Raises `EngineError`.
        """


class Embedder(Protocol):
    """One embedding model."""

    name: str
    version: str
    """Stored with each vector; vectors of different names or versions are never compared."""
    dimensions: int

    async def embed(self, texts: Sequence[str], *, timeout_s: float) -> NDArray[np.float32]:
        """One row of length 1 per text, shape (len(texts), dimensions). A text that is longer than
        the model's context is embedded in pieces and averaged, never cut off. Raises `EngineError`.
        """
