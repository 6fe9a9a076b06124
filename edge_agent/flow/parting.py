"""The end of an interview: what the candidate is told, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Receipt:
    """The site's own words; empty: the kiosk's. Without `url` there is no page to scan. `kept_until`:
    the day of deletion (ISO 8601); empty: by no date.
    """

    url: str = ""
    kept_ko: str = ""
    kept_en: str = ""
    ask_ko: str = ""
    ask_en: str = ""
    kept_until: str = ""


NO_RECEIPT = Receipt()


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """1 to 5 each; of no interview."""

    answer_id: str
    ease: int
    fairness: int
