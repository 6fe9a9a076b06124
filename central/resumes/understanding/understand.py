"""Lines of a file become a reading: the whole way, in order."""

from __future__ import annotations

import re
from typing import Final

from central.errors import ResumeError
from central.resumes.flow import Hidden, Reading, Section
from central.resumes.limits import Limits
from central.resumes.lines import Extracted
from central.resumes.understanding import protected
from central.resumes.understanding.cleaning import clean
from central.resumes.understanding.fields import structured
from central.resumes.understanding.protected import Stretch
from central.resumes.understanding.sections import lines_in, split

_MOST_FINDINGS: Final = 50
_SPEAKS_TO_MACHINES: Final = re.compile(
    r"\d{2,3}\s?점|만점|높은\s?점수|지시(?:사항)?(?:을|를)?\s?(?:무시|따르)|명령(?:을|를)?\s?무시|평가자|채점|합격시"
    r"|프롬프트|추천(?:하|해)|ignore\s?(?:all|any|the|previous)|previous\s?instruction|system\s?prompt|you\s?are\s?an?"
    r"|assistant|recommend|hire\s?this|best\s?candidate|full\s?marks|highest\s?score|score\s?of"
    r"|</?s>|<\|.{1,20}\|>|\[/?inst\]|###",
    re.IGNORECASE,
)


def understand(extracted: Extracted, limits: Limits) -> Reading:
    """The reading. Raises `ResumeError` (no_text, encoding, too_long)."""
    cleaned = clean(tuple(line for page in extracted.pages for line in page.lines))
    whole = "\n".join(cleaned.lines)
    if len(whole) > limits.most_characters:
        raise ResumeError("too_long")
    sections, personal = split(list(lines_in(whole)))
    stretches = (
        *(Stretch("personal", one.start, one.end) for one in personal),
        *protected.find(whole),
    )
    text = protected.blanked(whole, stretches)
    sections = tuple(_as_left(one, text) for one in sections)
    hidden = (*extracted.hidden, *cleaned.hidden)[:_MOST_FINDINGS]
    return Reading(
        format=extracted.format,
        pages=len(extracted.pages),
        text=text,
        sections=sections,
        structured=structured(text, sections),
        hidden=tuple(map(_shown, hidden)),
        stripped=protected.counted(stretches),
        notes=(*extracted.notes, *_notes(hidden, has_sections=bool(sections))),
    )


def _as_left(section: Section, text: str) -> Section:
    """Without its heading, where that was blanked."""
    heading = section.heading
    if heading is None or text[heading.start : heading.end] == heading.text:
        return section
    return Section(section.kind, None, section.start, section.end)


def _notes(hidden: tuple[Hidden, ...], *, has_sections: bool) -> list[str]:
    notes = [] if has_sections else ["no_sections"]
    if any(_SPEAKS_TO_MACHINES.search(one.excerpt) for one in hidden):
        notes.append("hidden_instructions")
    return notes


def _shown(one: Hidden) -> Hidden:
    """What is shown of hidden text is protected as the rest is."""
    excerpt = protected.blanked(one.excerpt, protected.find(one.excerpt))
    return Hidden(one.how, one.page, one.characters, " ".join(excerpt.split()))
