"""Language models with random weights and true vocabulary sizes: they say nothing, in the right shape.

Seeded, so that a run can be repeated. They load, tokenise, batch and answer as real ones do.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Final

import gguf
import numpy as np
from numpy.typing import NDArray

BYTES: Final = 256
HANGUL: Final = [chr(code) for code in range(0xAC00, 0xD7A4)]
SPM_SIZE: Final = 32_000
BPE_SIZE: Final = 128_256
LLAMA_TEMPLATE: Final = "{{ '<|start_header_id|>' }}{{ messages[0]['content'] }}{{ '<|eot_id|>' }}"
SOLAR_TEMPLATE: Final = "{{ '### User:\\n' + messages[0]['content'] + '\\n\\n### Assistant:\\n' }}"


@dataclass(frozen=True, slots=True)
class Shape:
    """Of a llama model."""

    layers: int = 2
    width: int = 64
    heads: int = 4
    kv_heads: int = 2
    feed_forward: int = 128
    context: int = 8192


TINY: Final = Shape()


def solar_like(path: Path, *, seed: int = 1, shape: Shape = TINY) -> Path:
    """A SentencePiece vocabulary of 32,000, as Solar's."""
    writer = gguf.GGUFWriter(path, "llama")
    pieces = list(islice(_pieces(), SPM_SIZE))
    kinds = [gguf.TokenType.NORMAL] * SPM_SIZE
    kinds[:3] = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds[3 : 3 + BYTES] = [gguf.TokenType.BYTE] * BYTES
    writer.add_tokenizer_model("llama")
    writer.add_token_list(pieces)
    writer.add_token_scores([-float(number) for number in range(SPM_SIZE)])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(SOLAR_TEMPLATE)
    _write(writer, shape, SPM_SIZE, _small(seed))
    return path


def llama_like(path: Path, *, seed: int = 1, shape: Shape = TINY, big: bool = False) -> Path:
    """A byte-pair vocabulary of 128,256, as that of Llama 3.1. `big`: weights in 4 bits."""
    writer = gguf.GGUFWriter(path, "llama")
    merges = list(islice(_merges(), BPE_SIZE - 2 * BYTES))
    special = [
        "<|begin_of_text|>", "<|end_of_text|>", *(f"<|reserved_{n}|>" for n in range(4)),
        "<|start_header_id|>", "<|end_header_id|>", "<|reserved_4|>", "<|eot_id|>",
        *(f"<|reserved_{n}|>" for n in range(5, BYTES - 5)),
    ]  # fmt: skip
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list([*_LETTERS, *("".join(pair) for pair in merges), *special])
    normal = BPE_SIZE - BYTES
    writer.add_token_types([gguf.TokenType.NORMAL] * normal + [gguf.TokenType.CONTROL] * BYTES)
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_bos_token_id(normal)
    writer.add_eos_token_id(normal + special.index("<|eot_id|>"))
    writer.add_add_bos_token(True)
    writer.add_chat_template(LLAMA_TEMPLATE)
    _write(writer, shape, BPE_SIZE, _four_bits(seed) if big else _small(seed))
    return path


# --- vocabularies ----------------------------------------------------------------------------------


def _pieces() -> Iterator[str]:
    yield from ("<unk>", "<s>", "</s>", *(f"<0x{number:02X}>" for number in range(BYTES)))
    yield from ("▁", *map(chr, range(0x21, 0x7F)), *HANGUL)
    letters = "etaoinshrdlucmfwypvbgk"
    yield from ("".join(pair) for pair in product(letters, repeat=2))
    yield from ("▁" + one for one in letters)
    yield from (f"▁{one}{other}" for one, other in product(letters, HANGUL[:1000]))


def _letters() -> list[str]:
    """The printable character that stands for each byte in a byte-pair vocabulary."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    return [chr(byte if byte in plain else next(others)) for byte in range(BYTES)]


_LETTERS: Final = _letters()


def _merges() -> Iterator[tuple[str, str]]:
    """Pairs that make new tokens: all Hangul syllables, then pairs of letters, then their pairs."""
    seen = set(_LETTERS)
    for pair in _candidates():
        made = "".join(pair)
        if made not in seen:
            seen.add(made)
            yield pair


def _candidates() -> Iterator[tuple[str, str]]:
    for syllable in HANGUL:
        one, two, three = (_LETTERS[byte] for byte in syllable.encode())
        yield one, two
        yield one + two, three
    space = _LETTERS[0x20]
    letters = "etaoinshrdlucmfwypvbgk"
    yield from product(space + letters, letters)
    pairs = ["".join(pair) for pair in product(letters, repeat=2)]
    yield from product(pairs, pairs)


# --- weights ---------------------------------------------------------------------------------------

Weights = Callable[[gguf.GGUFWriter, str, tuple[int, int]], None]


def _write(writer: gguf.GGUFWriter, shape: Shape, vocabulary: int, weights: Weights) -> None:
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_vocab_size(vocabulary)
    narrow = shape.width // shape.heads * shape.kv_heads
    wide, inner = shape.width, shape.feed_forward
    ones = np.ones(shape.width, np.float32)
    weights(writer, "token_embd.weight", (vocabulary, wide))
    weights(writer, "output.weight", (vocabulary, wide))
    writer.add_tensor("output_norm.weight", ones)
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        writer.add_tensor(f"{block}attn_norm.weight", ones)
        writer.add_tensor(f"{block}ffn_norm.weight", ones)
        for name, size in (
            ("attn_q", (wide, wide)),
            ("attn_k", (narrow, wide)),
            ("attn_v", (narrow, wide)),
            ("attn_output", (wide, wide)),
            ("ffn_gate", (inner, wide)),
            ("ffn_up", (inner, wide)),
            ("ffn_down", (wide, inner)),
        ):
            weights(writer, f"{block}{name}.weight", size)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _small(seed: int) -> Weights:
    """Half precision."""
    random = np.random.default_rng(seed)

    def add(writer: gguf.GGUFWriter, name: str, size: tuple[int, int]) -> None:
        scale = np.float32(1.0 if "embd" in name else 2.0 / np.sqrt(size[1]))
        writer.add_tensor(
            name, (random.standard_normal(size, np.float32) * scale).astype(np.float16)
        )

    return add


def _four_bits(seed: int) -> Weights:
    """Blocks of 32 weights: a scale in half precision and 16 random bytes (Q4_0). Tensors of one size
    are the same one: all layers of a large model fit into memory.
    """
    random = np.random.default_rng(seed)
    made: dict[tuple[int, int], NDArray[np.uint8]] = {}

    def add(writer: gguf.GGUFWriter, name: str, size: tuple[int, int]) -> None:
        data = made.get(size)
        if data is None:
            rows, columns = size
            blocks = random.integers(0, 256, (rows, columns // 32, 18), np.uint8)
            scale = np.float16(0.2 / np.sqrt(columns))
            blocks[..., :2] = np.frombuffer(scale.tobytes(), np.uint8)
            data = made[size] = blocks.reshape(rows, -1)
        writer.add_tensor(name, data, raw_dtype=gguf.GGMLQuantizationType.Q4_0)

    return add


# --- once a run ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ggufs:
    """One file of each kind, made when it is first wanted; another process waits for it."""

    folder: Path

    @property
    def solar(self) -> Path:
        return self._made("solar.gguf", solar_like)

    @property
    def llama(self) -> Path:
        return self._made("llama.gguf", llama_like)

    def _made(self, name: str, make: Callable[[Path], Path]) -> Path:
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.is_file():
                make(path.with_suffix(".part")).rename(path)
        return path
