"""The competencies of a posting: which criterion each place of the scheme looks for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from central.interview.rubric import Criterion
from central.language import keywords
from central.language.bank import BankEntry
from central.language.evaluator import Said
from central.language.planning.scheme import ROOMS, Room

_LANGUAGES: Final = ("ko", "en")


def competencies(
    posting: str,
    criteria: Mapping[str, Sequence[tuple[str, Criterion]]],
    rooms: Sequence[Room] = ROOMS,
) -> dict[str, str]:
    """The competency of each place by its key: of those that may be looked for there, the one that
    the posting's words speak of most, and the usual order where they say nothing. None twice where
    another is left.
    """
    weight = {key: _mentions(posting, languages) for key, languages in criteria.items()}
    chosen: dict[str, str] = {}
    for room in rooms:
        known = [key for key in room.competencies if key in criteria] or list(room.competencies[:1])
        left = [key for key in known if key not in chosen.values()] or known
        chosen[room.key] = max(left, key=lambda key: (weight.get(key, 0), -left.index(key)))
    return chosen


def criteria_of(bank: Iterable[BankEntry]) -> dict[str, list[tuple[str, Criterion]]]:
    """The bank's criteria by key, each in every language that it has."""
    found: dict[str, dict[str, Criterion]] = {}
    for entry in bank:
        for criterion in entry.rubric.criteria:
            found.setdefault(criterion.key, {})[entry.language] = criterion
    return {key: list(languages.items()) for key, languages in found.items()}


def _mentions(posting: str, languages: Iterable[tuple[str, Criterion]]) -> int:
    """How many groups of a criterion's words the posting has, in the language that knows most."""
    said = (Said(0, posting),)
    return max(
        (len(keywords.found(one.keywords, said, language)) for language, one in languages),
        default=0,
    )
