"""The Korean rules, topic by topic."""

from typing import Final

from central.language.screen.korean import belief, body, home, person, record
from central.language.screen.korean.words import ACCIDENTS, OTHERS, WORK
from central.language.screen.rules import Rules

__all__ = ["ACCIDENTS", "OTHERS", "RULES", "WORK"]

RULES: Final[dict[str, Rules]] = {
    **home.RULES,
    **person.RULES,
    **belief.RULES,
    **body.RULES,
    **record.RULES,
}
