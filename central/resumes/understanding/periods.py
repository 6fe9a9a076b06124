"""Dates and periods as résumés write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from central.resumes.flow import Period, Value

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YEAR: Final = r"(?:19[5-9]|20[0-4])\d"
_NAMES: Final = "|".join(_MONTHS)
_DATE: Final = (
    rf"(?:{_YEAR}\s?년\s?\d{{1,2}}\s?월(?:\s?\d{{1,2}}\s?일)?"
    rf"|{_YEAR}\s?[.\-/]\s?(?:1[0-2]|0?[1-9])(?!\d)(?:\s?[.\-/]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d))?\.?"
    rf"|(?:{_NAMES})[a-z]{{0,6}}\.?,?\s?(?:\d{{1,2}},\s?)?{_YEAR}"
    rf"|(?:1[0-2]|0?[1-9])/{_YEAR}"
    rf"|{_YEAR}\s?년?)"
)
_NOW: Final = r"(?:현재|재직\s?중?|재학\s?중?|진행\s?중|present|current|now|ongoing|today)"
_TO: Final = r"\s?(?:~|-|–|—|∼|〜|→|to|until|부터)\s?"
PERIOD: Final = re.compile(
    rf"(?<![\d.])(?P<begin>{_DATE})(?:(?P<to>{_TO})(?P<end>{_DATE}|{_NOW})?)?(?!\d)", re.IGNORECASE
)
_NUMBERS: Final = re.compile(r"\d+")


def periods(text: str, base: int = 0) -> Iterator[Period]:
    """Every date and period, in order; `base` is where `text` begins in the whole."""
    for found in PERIOD.finditer(text):
        said = found[0].rstrip()
        end = found["end"]
        is_current = end is not None and not any(map(str.isdigit, end))
        begins = normal(found["begin"])
        yield Period(
            Value(said, base + found.start(), base + found.start() + len(said)),
            begins,
            None if end is None or is_current else normal(end),
            is_current or (found["to"] is not None and end is None),
        )


def normal(date: str) -> str | None:
    """As "2019-03" or "2019"; None where it is no date."""
    numbers = [int(one) for one in _NUMBERS.findall(date)]
    year = next((one for one in numbers if one > 31), None)
    if year is None:
        return None
    month = _MONTHS.get(next(iter(re.findall(_NAMES, date.casefold())), ""))
    if month is None and len(numbers) > 1:
        month = numbers[1] if numbers[0] == year else numbers[0]
    return f"{year}-{month:02d}" if month and 1 <= month <= 12 else str(year)
