"""Several phrases decoded by one Whisper model at once, each exactly as it would be alone.

openai-whisper's own loop has one length cap for a batch and lets finished rows run on until the longest
has ended. Here each row has its own cap, and a row that has ended leaves the batch and its caches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from central.speech.whisper_steps import Steps

Tensor: TypeAlias = Any


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Text tokens without the end. `mean_logprob` as openai-whisper's `avg_logprob`: the sum over the
    tokens and their end, by one more than there are tokens. Where somebody listens: the chance of each
    token among those of text, and what the alignment heads looked at while each, and what follows the
    last, was chosen: [heads, tokens + 1, frames].
    """

    tokens: tuple[int, ...]
    mean_logprob: float
    no_speech: float
    chances: tuple[float, ...] = ()
    looked: Tensor = None


@dataclass(slots=True)
class _Row:
    number: int
    cap: int
    no_speech: float
    listen: bool
    tokens: list[int] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)
    logprob: float = 0.0

    def take(self, token: int, logprob: float, chance: float, *, end: bool) -> bool:
        """Whether the row goes on. At its cap it does once more where somebody listens: to look at
        where its last token ends.
        """
        if len(self.tokens) == self.cap:
            return False
        self.logprob += logprob
        if end:
            return False
        self.tokens.append(token)
        self.chances.append(chance)
        return self.listen or len(self.tokens) < self.cap

    def decoded(self, looked: Tensor) -> Decoded:
        mean = self.logprob / (len(self.tokens) + 1)
        return Decoded(tuple(self.tokens), mean, self.no_speech, tuple(self.chances), looked)


def greedy(
    model: Any, tokenizer: Any, features: Tensor, caps: Sequence[int], *, listen: bool = False
) -> tuple[Decoded, ...]:
    """The likeliest token at each step, without timestamps.

    `features`: what the encoder made of each phrase, [phrases, 1500, n_audio_state]; `caps`: the most
    tokens of each, at least 1; `listen`: words will be timed.
    """
    import torch

    opening = tokenizer.sot_sequence_including_notimestamps
    never = _indices(tokenizer.non_speech_tokens, features)
    not_first = _indices([*tokenizer.encode(" "), tokenizer.eot], features)
    step = torch.tensor([opening] * len(caps), device=features.device)
    steps = Steps(model, features, listen=listen)
    state = steps.next(step, list(range(len(caps))))
    at_start = steps.logits(state[:, tokenizer.sot_sequence.index(tokenizer.sot)])
    rows = _rows(at_start, tokenizer, caps, listen=listen)
    going, first = rows, True
    while going:
        logits = steps.logits(state[:, -1])
        among_text = logits[:, : tokenizer.eot].log_softmax(dim=-1) if listen else None
        if first:
            logits[:, not_first] = -torch.inf
        logits[:, never] = -torch.inf
        logits[:, tokenizer.eot + 1 :] = -torch.inf  # languages, times, tasks: no text
        best, chosen = logits.log_softmax(dim=-1).max(dim=-1)  # far faster than `logsumexp`
        logprobs, tokens, first = best.tolist(), chosen.tolist(), False
        chances = _chances(among_text, chosen)
        stay = [
            at
            for at, row in enumerate(going)
            if row.take(tokens[at], logprobs[at], chances[at], end=tokens[at] == tokenizer.eot)
        ]
        if len(stay) < len(going):
            going = [going[at] for at in stay]
            kept = _indices(stay, features)
            steps.keep(kept)
            chosen = chosen[kept]
        if going:
            state = steps.next(chosen[:, None], [row.number for row in going])
    return tuple(row.decoded(steps.looked(row.number)) for row in rows)


def _rows(at_start: Tensor, tokenizer: Any, caps: Sequence[int], *, listen: bool) -> list[_Row]:
    chances = at_start.softmax(dim=-1)[:, tokenizer.no_speech].tolist()
    return [
        _Row(number, cap, chance, listen)
        for number, (cap, chance) in enumerate(zip(caps, chances, strict=True))
    ]


def _chances(among_text: Tensor, chosen: Tensor) -> list[float]:
    """Of each chosen token among those of text; of an end, which is none of them, anything."""
    if among_text is None:
        return [0.0] * len(chosen)
    at = chosen.clamp_max(among_text.shape[-1] - 1)[:, None]
    return list(among_text.gather(1, at)[:, 0].exp().tolist())


def _indices(values: Iterable[int], beside: Tensor) -> Tensor:
    import torch

    return torch.tensor(list(values), dtype=torch.long, device=beside.device)
