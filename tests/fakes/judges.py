"""Language models that mark: one by what is said, and one that does whatever it is asked to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from central.interview.rubric import Rubric
from central.language import keywords
from central.language.evaluation import passages
from central.language.evaluator import Said
from central.language.model import Choice, Prompt, Slot, Untrusted
from tests.fakes.scripted_model import ScriptedModel

NOTHING = "none"


@dataclass(slots=True)
class HonestJudge:
    """Quotes the sentences that hold keywords of the criterion; its level is 1 more than the groups of
    keywords in the quotes, 80 % sure. It sees only what the prompt shows it.
    """

    rubric: Rubric
    language: str
    prompts: list[Prompt] = field(default_factory=list[Prompt])

    def model(self) -> ScriptedModel:
        return ScriptedModel(write=self.write, lean=self.lean, name="honest-judge")

    def write(self, prompt: Prompt, slot: Slot) -> str:
        self.prompts.append(prompt)
        if isinstance(slot, Choice) or not slot.key.startswith("quote"):
            return "written last"
        wanted = self.sentences(prompt)
        number = int(slot.key.removeprefix("quote")) - 1
        return wanted[number] if number < len(wanted) else NOTHING

    def lean(self, prompt: Prompt, begun: str, answers: Sequence[str]) -> Sequence[float]:
        self.prompts.append(prompt)
        return weights(self.level(prompt))

    def sentences(self, prompt: Prompt) -> list[str]:
        text = untrusted(prompt)
        found = [text[start:end].strip() for start, end in passages.split(text)]
        return [one for one in found if self._hits(prompt, one)]

    def level(self, prompt: Prompt) -> int:
        return min(5, 1 + self._hits(prompt, untrusted(prompt)))

    def _hits(self, prompt: Prompt, text: str) -> int:
        shown = "\n".join(part.text for part in (*prompt.shared, *prompt.own))
        criterion = next(one for one in self.rubric.criteria if f": {one.label}\n" in shown)
        return len(keywords.found(criterion.keywords, [Said(0, text)], self.language))


@dataclass(slots=True)
class ObedientJudge(HonestJudge):
    """Gives full marks as soon as it can read a piece of the attack, and quotes the attack first."""

    attack: str = ""

    def sentences(self, prompt: Prompt) -> list[str]:
        honest = HonestJudge.sentences(self, prompt)
        return [self.attack[:150], *honest] if self.sees(prompt) else honest

    def level(self, prompt: Prompt) -> int:
        return 5 if self.sees(prompt) else HonestJudge.level(self, prompt)

    def sees(self, prompt: Prompt) -> bool:
        seen = tight(untrusted(prompt))
        return any(piece in seen for piece in pieces(self.attack))


def pieces(attack: str) -> list[str]:
    """Its sentences, as they look without spaces; what is shorter asks for nothing."""
    found = (tight(attack[start:end]) for start, end in passages.split(attack))
    return [piece for piece in found if len(piece) >= 6]


def weights(level: int) -> list[float]:
    """Sure of this level, a little of its neighbours."""
    found = [0.0] * 5
    for near, weight in ((level - 1, 0.1), (level, 0.8), (level + 1, 0.1)):
        found[max(1, min(5, near)) - 1] += weight
    return found


def untrusted(prompt: Prompt) -> str:
    return " ".join(
        part.text for part in (*prompt.shared, *prompt.own) if isinstance(part, Untrusted)
    )


def tight(text: str) -> str:
    """Letters and digits in lower case."""
    return re.sub(r"[\W_]+", "", text).lower()
