"""What the page of refused speech says, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

REASONS: Final = (
    "nothing was recognised",
    "too little voice",
    "a phrase that recognisers make up from noise",
    "the text repeats itself",
    "another script than the interview's language",
    "more text than the voice has time for",
    "the recogniser itself is not sure",
    "no engine for Korean is configured",
    "no engine for English is configured",
    "the room itself was speaking",
    "the sound cannot be decoded",
    "the recogniser failed",
)
"""`central.speech.gate` and `central.speech.utterances`; a test proves that none of the gate's is
missing."""

DAYS: Final = (1, 7, 30, 365)
