"""From a `Load` to a model that is warm, or a `StartError` that says what is missing."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from central.errors import StartError
from central.language.engine.asked import Asking
from central.language.engine.context import OUTPUTS, Context, Size
from central.language.engine.embedding import Embedding
from central.language.engine.messages import Load, Ready, Up
from central.language.engine.neutral import neutral
from central.language.engine.prefixes import Prefixes
from central.language.engine.scheduler import Limits
from central.language.engine.work import Placed, Work

KEPT: Final = 8
"""Beginnings of prompts that stay in memory."""
KEPT_CONTEXTS: Final = 2
"""They have room for so many whole contexts."""


def checked(path: Path, sha256: str) -> str:
    """The sha256 of the file. Raises `StartError` where it is not the one that was asked for."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StartError(
            "language", f"model {path}: {error.strerror}; see `central models`"
        ) from error
    if sha256 and found != sha256.lower():
        raise StartError("language", f"{path} has sha256 {found}, not {sha256}: not opened")
    return found


def opened(load: Load) -> Context:
    """The model with its context, where the settings want it. Raises `StartError`."""
    context = Context(
        load.path, _size(load), gpu_layers=-1 if load.gpu_layers is None else load.gpu_layers
    )
    _assert_context(load, context)
    _assert_layers(load, context)
    _assert_template(load, context)
    return context


def writing(load: Load, context: Context, tell: Callable[[Up], None]) -> Work:
    """All that is asked of a writing model goes here."""
    kept = range(load.sequences, load.sequences + KEPT)
    limits = Limits(load.sequences, load.reserved, load.batch, OUTPUTS)
    return Work(context, limits, Prefixes(kept, KEPT_CONTEXTS * load.context), tell)


def embedding(load: Load, context: Context, tell: Callable[[Up], None]) -> Embedding:
    """All that is asked of an embedding model goes here."""
    return Embedding(context, tokens=load.context, sequences=load.sequences, tell=tell)


def asking(load: Load, context: Context, asks: type[Asking] = Asking) -> Asking:
    """What turns requests into work for this model."""
    words = context.words
    return asks(
        words,
        load.context,
        begins=words.begins,
        closes=words.closes if load.kind == "embedding" else (),
        puts_spaces=words.puts_spaces,
    )


def warm_up(load: Load, context: Context) -> None:
    """One batch, so that the first one asked for is not the slow one."""
    token = context.words.encode("a")[-1]
    if load.kind == "embedding":
        context.embed([Placed(token, 0, 0, scored=True)], 1)
        return
    _ = context.words.spelling  # a quarter of a second for a vocabulary of 128,000
    context.decode([Placed(token, at, 0, scored=at == 1) for at in range(2)])
    context.drop(0, 0)


def ready(context: Context, sha256: str) -> Ready:
    """What the role is told of it."""
    return Ready(
        sha256,
        f"llama-cpp-python {importlib.metadata.version('llama_cpp_python')}",
        context.words.size,
        context.dimensions,
        context.log.offloaded,
        rss_bytes(),
    )


def rss_bytes() -> int:
    """What this process holds in memory, without the files that it maps (the weights)."""
    resident, shared = Path("/proc/self/statm").read_text(encoding="ascii").split()[1:3]
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def _size(load: Load) -> Size:
    if load.kind == "embedding":
        return Size(load.context, load.sequences, load.context, load.threads, True, load.pooling)
    cells = load.context * (load.sequences + KEPT_CONTEXTS)
    return Size(cells, load.sequences + KEPT, load.batch, load.threads)


def _assert_context(load: Load, context: Context) -> None:
    if load.context > context.trained_for:
        raise StartError(
            "language",
            f"{load.path} was trained for {context.trained_for} tokens; set context to that or less",
        )


def _assert_layers(load: Load, context: Context) -> None:
    log = context.log
    if not load.gpu_layers:
        return
    if not log.layers:
        raise StartError(
            "language",
            f"gpu_layers is {load.gpu_layers}, but this build of llama.cpp knows no GPU: build it with "
            'CMAKE_ARGS="-DGGML_CUDA=on" (docs/language-models.md), or set gpu_layers = 0',
        )
    wanted = log.layers if load.gpu_layers < 0 else min(load.gpu_layers, log.layers)
    if log.offloaded < wanted:
        raise StartError(
            "language", f"{log.offloaded} of {wanted} layers of {load.path} are on the GPU"
        )


def _assert_template(load: Load, context: Context) -> None:
    """The template is this model's, and nothing that somebody says can look like its control tokens."""
    words, own = context.words, context.template()
    if load.telling and own and load.telling not in own:
        raise StartError(
            "language",
            f"{load.path} comes with another chat template (without {load.telling!r}); set `template`",
        )
    ids = {mark: words.encode(mark, control=True) for mark in load.controls}
    wrong = [mark for mark, tokens in ids.items() if len(tokens) != 1]
    if wrong:
        raise StartError(
            "language", f"{load.path} has no control tokens {_said(wrong)}; set `template`"
        )
    leaking = [
        mark for mark, tokens in ids.items() if tokens[0] in words.encode(neutral(f"a{mark}b"))
    ]
    if leaking:
        raise StartError("language", f"{load.path} reads {_said(leaking)} in what people say")


def _said(marks: Sequence[str]) -> str:
    return ", ".join(marks)
