"""How well a recogniser reads a site's own recordings: character and word errors, and refusals.

In: a folder of recordings, and one of texts (`NAME.txt` beside `NAME.anything`). Out: a verdict a file
and their sum, with and without the accept gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from central.errors import ConfigError, EngineError
from central.speech import recordings
from central.speech.error_rates import NONE, Errors, character_errors, word_errors
from central.speech.gate import refuse
from central.speech.transcriber import Phrase, Transcriber


@dataclass(frozen=True, slots=True)
class Read:
    """One recording. `text` is what was believed, `ungated` all that was recognised; `refused` are the
    reasons, one a phrase.
    """

    name: str
    said: str
    text: str
    ungated: str
    refused: tuple[str, ...] = ()

    @property
    def characters(self) -> Errors:
        return character_errors(self.said, self.text)

    @property
    def words(self) -> Errors:
        return word_errors(self.said, self.text)


@dataclass(slots=True)
class Evaluation:
    """All recordings. The engine's own errors are those without the gate."""

    engine: str
    language: str
    files: list[Read] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """Recordings that could not be read, and why."""

    def summary(self) -> dict[str, object]:
        """For people and programs: rates 0 to 1 and above, None where nothing was said."""
        reasons = Counter(reason for one in self.files for reason in one.refused)
        own_characters = _sum(character_errors(one.said, one.ungated) for one in self.files)
        own_words = _sum(word_errors(one.said, one.ungated) for one in self.files)
        return {
            "engine": self.engine,
            "language": self.language,
            "files": len(self.files),
            "unread": len(self.unread),
            "characters": _sum(one.characters for one in self.files).length,
            "cer": _sum(one.characters for one in self.files).rate,
            "wer": _sum(one.words for one in self.files).rate,
            "cer_without_gate": own_characters.rate,
            "wer_without_gate": own_words.rate,
            "refused_phrases": sum(reasons.values()),
            "refused": dict(reasons.most_common()),
        }


def evaluate(
    model: Transcriber,
    audio: Path,
    texts: Path,
    language: str,
    *,
    batch_size: int = 8,
    tell: Callable[[Read], None] = lambda _: None,
) -> Evaluation:
    """Read every recording that has a text; `tell` hears of each.

    Raises `ConfigError` where there is none, or the engine does not read the language.
    """
    if language not in model.languages:
        raise ConfigError("--lang", f"{model.name} does not read {language!r}")
    pairs = list(_pairs(audio, texts))
    if not pairs:
        raise ConfigError("--audio", f"no recording in {audio} has a text of its name in {texts}")
    found = Evaluation(model.name, language)
    for file, said in pairs:
        try:
            phrases = recordings.phrases(recordings.read(file), language)
            one = _read(model, file.name, said, phrases, batch_size)
        except EngineError as error:
            found.unread[file.name] = error.problem
            continue
        found.files.append(one)
        tell(one)
    return found


def _read(
    model: Transcriber, name: str, said: str, phrases: Sequence[Phrase], batch_size: int
) -> Read:
    believed, every, reasons = [], [], []
    for at in range(0, len(phrases), batch_size):
        batch = phrases[at : at + batch_size]
        for phrase, heard in zip(batch, model.transcribe(batch), strict=True):
            reason = refuse(
                heard.text,
                language=phrase.language,
                voiced_ms=phrase.voiced_ms,
                confidence=heard.confidence,
            )
            every.append(heard.text)
            if reason is None:
                believed.append(heard.text)
            else:
                reasons.append(reason)
    return Read(name, said, " ".join(believed), " ".join(every), tuple(reasons))


def _pairs(audio: Path, texts: Path) -> Iterator[tuple[Path, str]]:
    if not audio.is_dir() or not texts.is_dir():
        raise ConfigError("--audio, --text", "must be folders that are there")
    for file in sorted(audio.iterdir()):
        text = texts / f"{file.stem}.txt"
        if file.is_file() and file.suffix != ".txt" and text.is_file():
            yield file, text.read_text(encoding="utf-8").strip()


def _sum(errors: Iterator[Errors]) -> Errors:
    return sum(errors, NONE)
