"""How a model wants its prompt to look. Rendered by us, piece by piece, and never taken from the file:
only the template's own pieces can become control tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from central.language.engine.neutral import neutral
from central.language.model import Part, Prompt, Untrusted


@dataclass(frozen=True, slots=True)
class Segment:
    """Text to tokenise by itself. `control`: its marks become control tokens."""

    text: str
    control: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """What stands before the system's text, between it and the person's, and before the answer."""

    name: str
    before: str
    between: str
    after: str
    controls: tuple[str, ...] = ()
    """Each has to be a single control token of the vocabulary."""
    telling: str = ""
    """A template that came with a model's file has to contain this; empty: any will do."""


_LLAMA_31: Final = Template(
    "llama-3.1",
    "<|start_header_id|>system<|end_header_id|>\n\n",
    "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
    "<|start_header_id|>",
)
_CHATML: Final = Template(
    "chatml",
    "<|im_start|>system\n",
    "<|im_end|>\n<|im_start|>user\n",
    "<|im_end|>\n<|im_start|>assistant\n",
    ("<|im_start|>", "<|im_end|>"),
    "<|im_start|>",
)
_SOLAR: Final = Template("solar", "### User:\n", "\n\n", "\n\n### Assistant:\n", (), "### User:")
_EEVE: Final = Template(
    "eeve",
    "A chat between a curious user and an artificial intelligence assistant. The assistant gives "
    "helpful, detailed, and polite answers to the user's questions.\nHuman: ",
    "\n\n",
    "\nAssistant:\n",
    (),
    "Assistant:",
)
_PLAIN: Final = Template("plain", "", "\n\n", "\n\n")

TEMPLATES: Final = {one.name: one for one in (_LLAMA_31, _CHATML, _SOLAR, _EEVE, _PLAIN)}


def rendered(template: Template, prompt: Prompt) -> tuple[list[Segment], list[Segment]]:
    """The prompt's head, which other prompts may share, and the rest."""
    head = [
        Segment(template.before, control=True),
        Segment(prompt.system),
        Segment(template.between, control=True),
        *_segments(prompt.shared),
    ]
    rest = [*_segments(prompt.own), Segment(template.after, control=True)]
    return _some(head), _some(rest)


def _segments(parts: Sequence[Part]) -> list[Segment]:
    return [
        Segment(neutral(part.text) if isinstance(part, Untrusted) else part.text) for part in parts
    ]


def _some(segments: Sequence[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.text]
