"""When each word was said: by what the decoder looked at while it wrote it.

The heads that openai-whisper uses for alignment, its softmax, standardisation and median filter
(whisper/timing.py); but on what they looked at when each token was chosen, not in a second pass, and
with a search that gives every token at least one frame (monotonic alignment search, Kim et al. 2020,
arXiv 2005.11129, section 2.2), which needs neither numba nor triton.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from central.speech.transcriber import Word
from central.speech.whisper_greedy import Decoded

Tensor: TypeAlias = Any
FRAME_MS: Final = 20
"""Of the encoder's output."""
MEDIAN_FRAMES: Final = 7


def words(tokenizer: Any, decoded: Decoded, length_ms: int) -> tuple[Word, ...]:
    """The words of a phrase that was listened to; none where it has more tokens than frames."""
    tokens = decoded.tokens
    if not tokens or decoded.looked is None:
        return ()
    frames = min(-(-length_ms // FRAME_MS), decoded.looked.shape[-1])
    if frames <= len(tokens):
        return ()
    seen = _seen(decoded.looked[:, :, :frames])
    return _words(tokenizer, list(tokens), starts(seen), decoded.chances)


def starts(seen: NDArray[np.float32]) -> NDArray[np.int64]:
    """The first frame of each token, where `seen` [tokens, frames] says how much it looked at each:
    the path of the greatest sum that goes through all tokens in order. Needs a frame for each token.
    """
    count, frames = seen.shape
    best = np.full(count, -np.inf)
    best[0] = seen[0, 0]
    moved = np.zeros((frames, count), dtype=bool)
    for frame in range(1, frames):
        before = np.concatenate(([-np.inf], best[:-1]))
        moved[frame] = before > best
        best = np.maximum(before, best) + seen[:, frame]
    firsts = np.zeros(count, dtype=np.int64)
    token = count - 1
    for frame in range(frames - 1, 0, -1):
        if token and moved[frame, token]:
            firsts[token] = frame
            token -= 1
    return firsts


def _seen(scores: Tensor) -> NDArray[np.float32]:
    """[tokens, frames] of scores [heads, tokens, frames]."""
    import torch
    from torch.nn import functional

    weights = scores.float().softmax(dim=-1)
    spread, mean = torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
    weights = (weights - mean) / spread.clamp_min(torch.finfo(torch.float32).tiny)
    half = MEDIAN_FRAMES // 2
    if weights.shape[-1] > half:
        weights = functional.pad(weights, (half, half), mode="reflect")
        weights = weights.unfold(-1, MEDIAN_FRAMES, 1).sort().values[..., half]
    return np.asarray(weights.mean(dim=0).cpu().numpy(), dtype=np.float32)


def _words(
    tokenizer: Any, tokens: list[int], firsts: NDArray[np.int64], chances: Sequence[float]
) -> tuple[Word, ...]:
    """Words with their places in the text; marks without a letter belong to the word before."""
    text = tokenizer.decode(tokens).strip()
    found: list[Word] = []
    cursor = at = 0
    for piece, its in zip(*tokenizer.split_to_word_tokens(tokens), strict=True):
        span, at = (at, at + len(its)), at + len(its)
        place = text.find(piece.strip(), cursor)
        if place < 0 or not piece.strip():
            continue
        cursor = place + len(piece.strip())
        begin_ms, end_ms = (int(firsts[min(k, len(tokens))]) * FRAME_MS for k in span)
        if found and not any(c.isalnum() for c in piece):
            found[-1] = found[-1].until(cursor, end_ms)
        else:
            chance = sum(chances[slice(*span)]) / len(its)
            found.append(Word(place, cursor, begin_ms, end_ms, chance))
    return tuple(found)
