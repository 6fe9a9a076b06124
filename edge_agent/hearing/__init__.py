"""Sound becomes records: voice, level, blocks of coded sound, and utterances.

In: `AudioChunk`s of one or two microphones, when to record, when an answer is open. Out: `VoiceFrame`s
and "speaking" at once; `AudioFormat`, `AudioBlock` and `Utterance` into the journal while recording.
"""

from edge_agent.hearing.ears import Ears
from edge_agent.hearing.listener import Listener

__all__ = ["Ears", "Listener"]
