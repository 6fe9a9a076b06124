"""Sound as a room sends it, in what JSON knows: for `way.recognise`."""

from __future__ import annotations

import base64
from typing import Any

from edge_agent.flow import Pcm
from edge_agent.hearing.codec import BLOCK_SAMPLES, FlacCodec


def packed(pcm: Pcm) -> dict[str, Any]:
    """FLAC at 16 kHz."""
    codec = FlacCodec()
    packets = [
        base64.b64encode(packet).decode()
        for at in range(0, len(pcm), BLOCK_SAMPLES)
        for packet in codec.encode(pcm[at : at + BLOCK_SAMPLES])
    ]
    return {
        "codec": int(codec.codec),
        "extradata": base64.b64encode(codec.extradata).decode(),
        "packets": packets,
    }
