"""The question bank as files: `criteria.toml` and `questions/<category>.toml`, read strictly.

`[criteria.<key>]` has dimension, weight, label, anchors (five sentences) and keywords (groups of words
that mean the same); `[[question]]` has key, difficulty, question_type, position (optional), criteria,
text, keywords and reviewed. Label, anchors, text and keywords are there in Korean and English.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec

from central.errors import ConfigError
from central.interview.rubric import Criterion, Dimension, Rubric
from central.language import screen

SHIPPED: Final = Path(__file__).parent / "bank"
LANGUAGES: Final = ("ko", "en")
CATEGORIES: Final = ("technical", "behavioral", "situational", "cultural_fit")
TEXT_LENGTH: Final = (20, 120)
FEWEST_GROUPS: Final = 2

T = TypeVar("T")
Groups = tuple[tuple[str, ...], ...]
Anchors = tuple[str, str, str, str, str]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class _Texts(_Strict, frozen=True):
    ko: str
    en: str


class _Anchors(_Strict, frozen=True):
    ko: Anchors
    en: Anchors


class _Keywords(_Strict, frozen=True):
    ko: Groups = ()
    en: Groups = ()


class _Criterion(_Strict, frozen=True):
    dimension: Dimension
    weight: float
    label: _Texts
    anchors: _Anchors
    keywords: _Keywords = _Keywords()


class _Question(_Strict, frozen=True):
    key: str
    difficulty: Literal["easy", "medium", "hard"]
    question_type: str
    criteria: tuple[str, ...]
    text: _Texts
    keywords: _Keywords
    reviewed: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One question in one language, ready for the `questions` table."""

    key: str
    language: str
    content: str
    category: str
    difficulty: str
    question_type: str
    position: str | None
    rubric: Rubric
    content_hash: str


def load(folder: Path = SHIPPED) -> tuple[BankEntry, ...]:
    """Every question in both languages. Raises `ConfigError` naming file and key."""
    criteria = _criteria(folder / "criteria.toml")
    entries: list[BankEntry] = []
    seen: set[str] = set()
    for category in CATEGORIES:
        file = folder / "questions" / f"{category}.toml"
        for question in _questions(file):
            where = f"{file.name} [{question.key}]"
            _check(question, where, criteria, seen)
            seen.add(question.key)
            entries += [_entry(question, category, language, criteria) for language in LANGUAGES]
    return tuple(entries)


def _criteria(file: Path) -> dict[str, _Criterion]:
    table = _read(file).get("criteria", {})
    found = {key: _convert(value, _Criterion, file, key) for key, value in table.items()}
    for key, criterion in found.items():
        if criterion.weight <= 0:
            raise ConfigError(f"{file.name} [{key}]", "weight has to be above 0")
    return found


def _questions(file: Path) -> Iterator[_Question]:
    for number, value in enumerate(_read(file).get("question", []), start=1):
        yield _convert(value, _Question, file, str(value.get("key", f"question {number}")))


def _check(
    question: _Question, where: str, criteria: dict[str, _Criterion], seen: set[str]
) -> None:
    if question.key in seen:
        raise ConfigError(where, "this key is used twice")
    if not question.criteria:
        raise ConfigError(where, "needs at least one criterion")
    unknown = [key for key in question.criteria if key not in criteria]
    if unknown:
        raise ConfigError(where, f"criteria.toml has no {', '.join(unknown)}")
    if not question.reviewed.strip():
        raise ConfigError(where, "reviewed is empty: who read it, and when")
    for language in LANGUAGES:
        text: str = getattr(question.text, language)
        groups: Groups = getattr(question.keywords, language)
        least, most = TEXT_LENGTH
        if not least <= len(text) <= most:
            raise ConfigError(
                where, f"text.{language} has {len(text)} characters, not {least}-{most}"
            )
        if text.count("?") != 1:
            raise ConfigError(where, f"text.{language} needs exactly one question mark")
        asked = screen.first(text)
        if asked is not None:
            raise ConfigError(
                where, f"text.{language} asks about {asked.topic.english} ({asked.words})"
            )
        if len(groups) < FEWEST_GROUPS or not all(groups):
            raise ConfigError(
                where, f"keywords.{language} needs {FEWEST_GROUPS} groups, none empty"
            )


def _entry(
    question: _Question, category: str, language: str, criteria: dict[str, _Criterion]
) -> BankEntry:
    marked = tuple(_criterion(key, criteria[key], language) for key in question.criteria)
    keywords: Groups = getattr(question.keywords, language)
    rubric = Rubric(_hash(marked, keywords)[:12], marked, keywords)
    text: str = getattr(question.text, language)
    facts = (category, question.difficulty, question.question_type, question.position)
    return BankEntry(
        key=question.key,
        language=language,
        content=text,
        category=category,
        difficulty=question.difficulty,
        question_type=question.question_type,
        position=question.position,
        rubric=rubric,
        content_hash=_hash(text, facts, rubric),
    )


def _criterion(key: str, criterion: _Criterion, language: str) -> Criterion:
    return Criterion(
        key=key,
        label=getattr(criterion.label, language),
        dimension=criterion.dimension,
        weight=criterion.weight,
        anchors=getattr(criterion.anchors, language),
        keywords=getattr(criterion.keywords, language),
    )


def _hash(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(file), "cannot be read; language.bank names the folder") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), f"is not TOML: {error}") from error


def _convert(value: object, kind: type[T], file: Path, key: str) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{file.name} [{key}]", str(error)) from error
