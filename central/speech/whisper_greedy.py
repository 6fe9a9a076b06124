"""Several phrases decoded by one Whisper model at once, each exactly as it would be alone.

openai-whisper's own loop has one length cap for a batch and lets finished rows run on until the longest
has ended. Here each row has its own cap, and a row that has ended leaves the batch and its caches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Tensor: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text tokens without the end. `mean_logprob` as openai-whisper's `avg_logprob`: the sum over the
    tokens and their end, by one more than there are tokens.
    """

    tokens: tuple[int, ...]
    mean_logprob: float
    no_speech: float


@dataclass(slots=True)
class _Row:
    cap: int
    no_speech: float
    tokens: list[int]
    logprob: float = 0.0
    ended: bool = False

    def take(self, token: int, logprob: float, end: int) -> bool:
        """Whether the row goes on."""
        self.logprob += logprob
        self.ended = token == end
        if not self.ended:
            self.tokens.append(token)
        return not self.ended and len(self.tokens) < self.cap

    def decoded(self) -> Decoded:
        return Decoded(tuple(self.tokens), self.logprob / (len(self.tokens) + 1), self.no_speech)


def greedy(
    model: Any, tokenizer: Any, features: Tensor, caps: Sequence[int]
) -> tuple[Decoded, ...]:
    """The likeliest token at each step, without timestamps.

    `features`: what the encoder made of each phrase, [phrases, 1500, n_audio_state]; `caps`: the most
    tokens of each, at least 1.
    """
    import torch

    opening = tokenizer.sot_sequence_including_notimestamps
    never = _indices(tokenizer.non_speech_tokens, features)
    not_first = _indices([*tokenizer.encode(" "), tokenizer.eot], features)
    step = torch.tensor([opening] * len(caps), device=features.device)
    rows: list[_Row] = []
    going: list[_Row] = []
    cache, hooks = model.install_kv_cache_hooks()
    try:
        while not rows or going:
            logits = model.decoder(step, features, kv_cache=cache)
            if not rows:
                rows = going = _rows(logits, tokenizer, caps)
                logits[:, -1, not_first] = -torch.inf
            logits = logits[:, -1].float()
            logits[:, never] = -torch.inf
            logits[:, tokenizer.eot + 1 :] = -torch.inf  # languages, times, tasks: no text
            best, chosen = logits.log_softmax(dim=-1).max(dim=-1)
            taken = enumerate(zip(going, chosen.tolist(), best.tolist(), strict=True))
            stay = [at for at, (row, *one) in taken if row.take(one[0], one[1], tokenizer.eot)]
            step = chosen[:, None]
            if len(stay) < len(going):
                going = [going[at] for at in stay]
                step, features = _kept(stay, step, features, cache)
    finally:
        for hook in hooks:
            hook.remove()
    return tuple(row.decoded() for row in rows)


def _rows(logits: Tensor, tokenizer: Any, caps: Sequence[int]) -> list[_Row]:
    at_start = logits[:, tokenizer.sot_sequence.index(tokenizer.sot)].float().softmax(dim=-1)
    chances = at_start[:, tokenizer.no_speech].tolist()
    return [_Row(cap, chance, []) for cap, chance in zip(caps, chances, strict=True)]


def _kept(
    stay: list[int], step: Tensor, features: Tensor, cache: dict[Any, Tensor]
) -> tuple[Tensor, Tensor]:
    """The rows that go on, in the caches too."""
    at = _indices(stay, features)
    for module, held in cache.items():
        cache[module] = held[at]
    return step[at], features[at]


def _indices(values: Iterable[int], beside: Tensor) -> Tensor:
    import torch

    return torch.tensor(list(values), dtype=torch.long, device=beside.device)
