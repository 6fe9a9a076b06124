"""Whisper checkpoints of any shape with random weights: the real code path without real weights."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SHAPES: Final[dict[str, dict[str, int]]] = {
    "mini": {
        "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 64, "n_audio_head": 2,
        "n_audio_layer": 1, "n_vocab": 51865, "n_text_ctx": 448, "n_text_state": 64,
        "n_text_head": 2, "n_text_layer": 1,
    },
    "tiny": {
        "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 384, "n_audio_head": 6,
        "n_audio_layer": 4, "n_vocab": 51865, "n_text_ctx": 448, "n_text_state": 384,
        "n_text_head": 6, "n_text_layer": 4,
    },
    "turbo": {
        "n_mels": 128, "n_audio_ctx": 1500, "n_audio_state": 1280, "n_audio_head": 20,
        "n_audio_layer": 32, "n_vocab": 51866, "n_text_ctx": 448, "n_text_state": 1280,
        "n_text_head": 20, "n_text_layer": 4,
    },
}  # fmt: skip
"""The published shapes of openai-whisper, and one that fits a unit test."""


def random_whisper(file: Path, shape: str = "mini", *, seed: int = 1) -> Path:
    """A checkpoint that `whisper.load_model` opens. The same seed gives the same weights."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(seed)
    dims = SHAPES[shape]
    model = Whisper(ModelDimensions(**dims))
    torch.nn.init.normal_(model.decoder.positional_embedding, std=1.0)
    # With its default the last token would always be the likeliest next one.
    torch.nn.init.normal_(model.decoder.token_embedding.weight, std=0.05)
    # As initialised, a decoder hardly looks at what was said: every sound would be the same text.
    for block in model.decoder.blocks:
        for layer in ("query", "key", "value", "out"):
            getattr(block.cross_attn, layer).weight.data *= 8
    torch.save({"dims": dims, "model_state_dict": model.state_dict()}, file)
    return file
