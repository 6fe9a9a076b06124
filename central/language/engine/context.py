"""The only file that calls llama.cpp: one model and one context, owned by the thread that made them.

llama.cpp does not survive two threads in one context: every call from another thread is an error here,
before it gets there.
"""

from __future__ import annotations

import ctypes
import re
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import llama_cpp.llama_cpp as llama
import numpy as np
from numpy.typing import NDArray

from central.errors import StartError
from central.language.engine.steps import Logits
from central.language.engine.vocabulary import Spelling
from central.language.engine.work import Placed

OUTPUTS: Final = 64
"""Rows of logits a batch; llama.cpp reserves memory for each, and wants one for every sequence."""
_POOLINGS: Final = {
    "": llama.LLAMA_POOLING_TYPE_UNSPECIFIED,
    "mean": llama.LLAMA_POOLING_TYPE_MEAN,
    "cls": llama.LLAMA_POOLING_TYPE_CLS,
    "last": llama.LLAMA_POOLING_TYPE_LAST,
}
_WORTH_TELLING: Final = (3, 4)  # ggml's levels of warnings and errors
_CONTINUED: Final = 5
_OFFLOADED: Final = re.compile(r"offloaded (\d+)/(\d+) layers")
_UNWRITABLE: Final = (
    llama.LLAMA_TOKEN_ATTR_CONTROL | llama.LLAMA_TOKEN_ATTR_UNKNOWN | llama.LLAMA_TOKEN_ATTR_UNUSED
)


@dataclass(frozen=True, slots=True)
class Size:
    """What a context is made for. `embedding`: it answers with vectors, pooled as `pooling` says."""

    cells: int
    sequences: int
    batch: int
    threads: int
    embedding: bool = False
    pooling: str = ""


class Log:
    """llama.cpp's log: warnings and errors go to stderr; how many layers went to a card is kept."""

    def __init__(self) -> None:
        self.offloaded, self.layers = 0, 0
        self._going = False
        self._callback = llama.llama_log_callback(self._line)
        llama.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _line(self, level: int, text: bytes, _data: object) -> None:
        line = text.decode(errors="replace")
        if found := _OFFLOADED.search(line):
            self.offloaded, self.layers = int(found[1]), int(found[2])
        continued = level == _CONTINUED
        self._going = self._going if continued else level in _WORTH_TELLING
        if self._going:
            sys.stderr.write(line)


class Words:
    """The vocabulary of a model. See `Vocabulary`."""

    def __init__(self, vocab: Any) -> None:
        self._vocab = vocab
        self.size = int(llama.llama_vocab_n_tokens(vocab))
        self.puts_spaces = llama.llama_vocab_type(vocab) == llama.LLAMA_VOCAB_TYPE_SPM
        attributes = np.array([llama.llama_vocab_get_attr(vocab, one) for one in range(self.size)])
        ends = np.array([llama.llama_vocab_is_eog(vocab, one) for one in range(self.size)])
        self._ends = ends
        self.unwritable: NDArray[np.int64] = np.flatnonzero((attributes & _UNWRITABLE > 0) & ~ends)
        self.begins = _marks(vocab, llama.llama_vocab_get_add_bos, llama.llama_vocab_bos)
        self.closes = _marks(vocab, llama.llama_vocab_get_add_eos, llama.llama_vocab_eos)

    @cached_property
    def spelling(self) -> Spelling:
        return Spelling(self)

    def encode(self, text: str, *, control: bool = False) -> list[int]:
        data = text.encode()
        room = len(data) + 8
        tokens = (llama.llama_token * room)()
        count = llama.llama_tokenize(self._vocab, data, len(data), tokens, room, False, control)
        if count < 0:
            raise ValueError(f"{len(data)} bytes became {-count} tokens")
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            size = llama.llama_token_to_piece(self._vocab, token, buffer, room, 0, False)
            if size >= 0:
                return buffer.raw[:size]
            room = -size

    def ends(self, token: int) -> bool:
        return bool(self._ends[token])


class Context:
    """See `Memory`. Raises `StartError` where the model cannot be loaded."""

    def __init__(self, path: str, size: Size, *, gpu_layers: int) -> None:
        self._owner = threading.get_ident()
        self.log = _log()
        llama.llama_backend_init()
        self._model = _load(path, gpu_layers)
        self.words = Words(llama.llama_model_get_vocab(self._model))
        parameters = _parameters(size, on_gpu=self.log.offloaded > 0)
        self._context: Any = llama.llama_init_from_model(self._model, parameters)
        if not self._context:
            raise StartError("language", f"{path}: no context of {size.cells} tokens; see the log")
        self._memory = llama.llama_get_memory(self._context)
        self._batch = llama.llama_batch_init(size.batch, 0, 1)
        self.dimensions = int(llama.llama_model_n_embd_out(self._model))
        self.trained_for = int(llama.llama_model_n_ctx_train(self._model))

    def close(self) -> None:
        """Gives back what llama.cpp holds."""
        self._check()
        llama.llama_batch_free(self._batch)
        llama.llama_free(self._context)
        llama.llama_model_free(self._model)

    def template(self) -> str:
        """The chat template in the model's file; empty: it has none."""
        found = llama.llama_model_chat_template(self._model, None)
        return found.decode(errors="replace") if found else ""

    def decode(self, batch: Sequence[Placed]) -> Logits:
        self._read(batch)
        width = self.words.size
        scored = [number for number, placed in enumerate(batch) if placed.scored]
        rows = np.empty((len(scored), width), np.float32)
        for row, number in zip(rows, scored, strict=True):
            found = llama.llama_get_logits_ith(self._context, number)
            row[:] = np.ctypeslib.as_array(found, shape=(width,))
        return rows

    def embed(self, batch: Sequence[Placed], sequences: int) -> NDArray[np.float32]:
        """The pooled vector of each of the first `sequences`; nothing of them stays in memory."""
        if self._memory:
            llama.llama_memory_clear(self._memory, True)
        self._read(batch)
        rows = np.empty((sequences, self.dimensions), np.float32)
        for number, row in enumerate(rows):
            found = llama.llama_get_embeddings_seq(self._context, number)
            row[:] = np.ctypeslib.as_array(found, shape=(self.dimensions,))
        return rows

    def copy(self, source: int, to: int, length: int) -> None:
        self._check()
        llama.llama_memory_seq_cp(self._memory, source, to, 0, length)

    def drop(self, sequence: int, start: int) -> None:
        self._check()
        llama.llama_memory_seq_rm(self._memory, sequence, start, -1)

    def _read(self, placed: Sequence[Placed]) -> None:
        self._check()
        batch = self._batch
        batch.n_tokens = len(placed)
        for number, one in enumerate(placed):
            batch.token[number], batch.pos[number] = one.token, one.position
            batch.n_seq_id[number], batch.seq_id[number][0] = 1, one.sequence
            batch.logits[number] = one.scored
        status = llama.llama_decode(self._context, batch)
        if status != 0:
            raise RuntimeError(f"llama_decode returned {status}")

    def _check(self) -> None:
        if threading.get_ident() != self._owner:
            raise RuntimeError("a context belongs to the thread that made it")


@cache
def _log() -> Log:
    """One for the process: llama.cpp keeps a pointer to it."""
    return Log()


def _load(path: str, gpu_layers: int) -> Any:
    parameters = llama.llama_model_default_params()
    parameters.n_gpu_layers = gpu_layers
    spaces = (llama.llama_model_kv_override * 2)()
    spaces[0].key = b"tokenizer.ggml.add_space_prefix"
    spaces[0].tag = llama.LLAMA_KV_OVERRIDE_TYPE_BOOL
    spaces[0].value.val_bool = False  # text is tokenised in pieces: spaces are where we write them
    parameters.kv_overrides = spaces
    model = llama.llama_model_load_from_file(path.encode(), parameters)
    if not model:
        raise StartError("language", f"{path}: llama.cpp cannot load it; see the log")
    return model


def _parameters(size: Size, *, on_gpu: bool) -> Any:
    parameters = llama.llama_context_default_params()
    parameters.n_ctx = size.cells
    parameters.n_seq_max = size.sequences
    parameters.n_batch = size.batch
    parameters.n_ubatch = size.batch if size.embedding else min(size.batch, 512)
    parameters.n_threads = parameters.n_threads_batch = size.threads
    parameters.n_outputs_max_per_seq = 0  # as many as of a batch
    parameters.kv_unified = True  # sequences that begin alike share what they have in common
    # On a processor, flash attention reads 2 to 63 tokens ten times slower than without (decision 0027);
    # embedding reads more at once, and without it would need memory by the square of that.
    parameters.flash_attn_type = (
        llama.LLAMA_FLASH_ATTN_TYPE_AUTO
        if on_gpu or size.embedding
        else llama.LLAMA_FLASH_ATTN_TYPE_DISABLED
    )
    parameters.no_perf = True
    if size.embedding:
        parameters.embeddings = True
        parameters.pooling_type = _POOLINGS[size.pooling]
    else:
        parameters.n_outputs_max = min(OUTPUTS, size.batch)
    return parameters


def _marks(vocab: Any, adds: Any, token: Any) -> list[int]:
    return [int(token(vocab))] if adds(vocab) else []
