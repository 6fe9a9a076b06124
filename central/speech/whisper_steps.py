"""A Whisper decoder, a token further at each step: openai-whisper's weights, caches of our own.

Its own loop keeps keys and values as the projections give them; a step then gathers each head from all
over memory. Here they lie head by head, which is half of the time of a batch on a processor. What the
alignment heads ask at each step is kept: when each word was said needs no second pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Tensor: TypeAlias = Any


@dataclass(slots=True)
class _Layer:
    """Keys and values, [rows, heads, positions, width]. `own` None: nothing was said yet."""

    block: Any
    sound_key: Tensor
    sound_value: Tensor
    own_key: Tensor = None
    own_value: Tensor = None

    def keep(self, at: Tensor) -> None:
        """These rows go on."""
        self.sound_key, self.sound_value = self.sound_key[at], self.sound_value[at]
        self.own_key, self.own_value = self.own_key[at], self.own_value[at]


class Steps:
    """Of one batch. `features` as for `greedy`; `listen`: the queries of alignment heads are kept."""

    def __init__(self, model: Any, features: Tensor, *, listen: bool) -> None:
        self._decoder = model.decoder
        self._layers = [_heard(block, features) for block in model.decoder.blocks]
        self._dtype = features.dtype
        self._at = 0
        wanted: dict[int, list[int]] = {}
        for layer, head in model.alignment_heads.indices().T.tolist() if listen else ():
            wanted.setdefault(layer, []).append(head)
        self._wanted = sorted(wanted.items())
        self._keys = [self._layers[layer].sound_key[:, heads] for layer, heads in self._wanted]
        self._asked: list[list[tuple[int, Tensor]]] = [[] for _ in range(len(features))]

    def next(self, tokens: Tensor, rows: list[int]) -> Tensor:
        """What the decoder makes of these tokens, [rows, tokens, state]; `rows` are their numbers."""
        import torch

        decoder, count = self._decoder, tokens.shape[-1]
        places = decoder.positional_embedding[self._at : self._at + count]
        x = (decoder.token_embedding(tokens) + places).to(self._dtype)
        self._at += count
        asked = []
        for layer in self._layers:
            x, query = _through(layer, x)
            asked.append(query)
        if self._wanted:
            last = torch.stack(
                [asked[layer][:, head, -1] for layer, heads in self._wanted for head in heads],
                dim=1,
            )
            for number, row in enumerate(rows):
                self._asked[row].append(last[number])
        return decoder.ln(x)

    def logits(self, state: Tensor) -> Tensor:
        """[rows, vocabulary] of [rows, state], in single precision."""
        weight = self._decoder.token_embedding.weight.to(state.dtype)
        if state.device.type == "cpu" and len(state) > 1:
            # The other way round: 4 ms in place of 22 for two rows, 8 in place of 18 for eight (torch
            # 2.13 on an EPYC). Laid out by rows: what is done with them then reads memory in order.
            return (weight @ state.T).T.float().contiguous()
        return (state @ weight.T).float()

    def keep(self, at: Tensor) -> None:
        """These rows go on."""
        for layer in self._layers:
            layer.keep(at)

    def looked(self, row: int) -> Tensor:
        """What alignment heads looked at in each step of a row, [heads, steps, frames]; None where
        nobody listens.
        """
        import torch

        if not self._wanted:
            return None
        asked = torch.stack(self._asked[row], dim=1)  # [heads, steps, width]
        keys = torch.cat([keys[row] for keys in self._keys])
        return asked @ keys.transpose(-1, -2) * asked.shape[-1] ** -0.5


def _heard(block: Any, features: Tensor) -> _Layer:
    cross = block.cross_attn
    return _Layer(
        block,
        _heads(cross.key(features), cross.n_head).contiguous(),
        _heads(cross.value(features), cross.n_head).contiguous(),
    )


def _through(layer: _Layer, x: Tensor) -> tuple[Tensor, Tensor]:
    """One block further, and what it asked the sound."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention as attend

    block, own, cross = layer.block, layer.block.attn, layer.block.cross_attn
    said = block.attn_ln(x)
    key, value = _heads(own.key(said), own.n_head), _heads(own.value(said), own.n_head)
    if layer.own_key is not None:
        key = torch.cat([layer.own_key, key], dim=2)
        value = torch.cat([layer.own_value, value], dim=2)
    layer.own_key, layer.own_value = key, value
    query = _heads(own.query(said), own.n_head)
    x = x + own.out(_merged(attend(query, key, value, is_causal=query.shape[2] > 1)))
    query = _heads(cross.query(block.cross_attn_ln(x)), cross.n_head)
    x = x + cross.out(_merged(attend(query, layer.sound_key, layer.sound_value)))
    return x + block.mlp(block.mlp_ln(x)), query


def _heads(x: Tensor, count: int) -> Tensor:
    return x.view(*x.shape[:2], count, -1).permute(0, 2, 1, 3)


def _merged(x: Tensor) -> Tensor:
    return x.permute(0, 2, 1, 3).flatten(start_dim=2)
