"""The reviewed question that stands in each place of a posting's interviews. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from central.errors import Refused
from central.language import plans
from central.language.bank import BankEntry
from central.language.planning.likeness import covered
from central.language.planning.matrix import competencies, criteria_of
from central.language.planning.scheme import ROOMS, Room, Slot


def slots(bank: Sequence[BankEntry], position: str, about: str) -> tuple[Slot, ...]:
    """The posting's plan, the same for the same words. `about`: what the posting says of the work.

    Raises `Refused` (bank_empty) where the bank has no question for a place.
    """
    words = f"{position}\n{about}"
    wanted = competencies(words, criteria_of(bank))
    chosen: list[Slot] = []
    for room in ROOMS:
        used = {slot.bank_key for slot in chosen}
        entry = nearest(bank, room, wanted[room.key], position=position, words=words, used=used)
        if entry is None:
            raise Refused(
                "bank_empty", 409, f"The question bank has no {room.category} question for this."
            )
        chosen.append(
            Slot(
                key=room.key,
                kind=room.kind,
                category=room.category,
                difficulty=entry.difficulty,
                competency=wanted[room.key],
                bank_key=entry.key,
                follow_ups=room.follow_ups,
            )
        )
    return tuple(chosen)


def entry_of(
    bank: Sequence[BankEntry], slot: Slot, language: str, *, position: str, used: Collection[str]
) -> BankEntry | None:
    """The slot's own question in a language; where the bank lost it, or it is used, the nearest one;
    None where there is none left.
    """
    here = [one for one in bank if one.language == language]
    for entry in here:
        if entry.key == slot.bank_key and entry.key not in used:
            return entry
    room = next(one for one in ROOMS if one.key == slot.key)
    return nearest(here, room, slot.competency, position=position, words=position, used=used)


def nearest(
    bank: Sequence[BankEntry],
    room: Room,
    competency: str,
    *,
    position: str,
    words: str,
    used: Collection[str],
) -> BankEntry | None:
    """The unused question of the place's category that fits best: the competency first, then the
    position, the difficulty, the posting's own words.
    """
    fitting = [
        one
        for one in bank
        if one.category == room.category
        and one.key not in used
        and plans.fits(one.position, position)
        and (room.kind == "intro" or one.question_type != plans.INTRODUCTION)
    ]
    wanted = plans.DIFFICULTIES.index(room.difficulty)
    return min(
        fitting,
        key=lambda one: (
            room.kind == "intro" and one.question_type != plans.INTRODUCTION,
            _place(one, competency),
            one.position is None,
            abs(plans.DIFFICULTIES.index(one.difficulty) - wanted),
            -round(covered(words, one.content), 2),
            hashlib.sha256(f"{words}:{one.key}".encode()).hexdigest(),
        ),
        default=None,
    )


def _place(entry: BankEntry, competency: str) -> int:
    """How near the front of its rubric an entry looks for a competency."""
    keys = [criterion.key for criterion in entry.rubric.criteria]
    return keys.index(competency) if competency in keys else len(keys) + 10
