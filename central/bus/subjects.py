"""Every NATS subject, in one file.

job.<kind>                    doorbell: there is work (empty message; the row is the job)
room.<room>.command           doorbell: there is a command for this room (gateway listens)
room.<room>.revoked           an agent lost its admission (payload: its UUID; empty: all of the room)
live.room.<room>.<topic>      what may be lost: `central.bus.events`, latest wins
caption.<language>            request/reply: decode this open utterance (queue group `speech`)
sound.answer                  request/reply: a piece of an answer's sound (queue group `speech`)
"""

from __future__ import annotations

from typing import Final

SPEECH_QUEUE: Final = "speech"
ANSWER_SOUND: Final = "sound.answer"
ALL_LIVE: Final = "live.room.>"


def job(kind: str) -> str:
    """Doorbell for workers of one kind."""
    return f"job.{kind}"


def command(room: str) -> str:
    """Doorbell for the gateway that holds this room's stream."""
    return f"room.{room}.command"


def revoked(room: str) -> str:
    """Tells gateways to close an agent's stream now; they look every five seconds anyway."""
    return f"room.{room}.revoked"


def live(room: str, topic: str) -> str:
    """One room's live topic."""
    return f"live.room.{room}.{topic}"


def live_of(room: str) -> str:
    """Everything live about one room."""
    return f"live.room.{room}.>"


def caption(language: str) -> str:
    """Where an open utterance can be read."""
    return f"caption.{language}"
