"""The report in a few sentences, in the interview's language. Pure; it says nothing that is not in
the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from central.interview.report import MarkFact, Report, TurnFact

NAMES: Final = {
    "en": {
        "technical": "technical",
        "communication": "communication",
        "cultural_fit": "cultural fit",
        "depth": "depth",
    },
    "ko": {
        "technical": "기술",
        "communication": "의사소통",
        "cultural_fit": "조직 적합성",
        "depth": "깊이",
    },
}
TEXT: Final = {
    "en": {
        "answered": "{answered} of {asked} questions were answered with recognisable words.",
        "scores": "Points of 100: {scores}.",
        "none": "Not assessed: {names}.",
        "declined": "The candidate declined scoring by a machine, so nothing was marked.",
        "unmarked": "No answer could be marked.",
        "best": "Most evidence was found for: {labels}.",
        "label": "Marked by {evaluator}. This is advice: a person decides.",
    },
    "ko": {
        "answered": "질문 {asked}개 가운데 {answered}개에서 알아들을 수 있는 답변이 있었습니다.",
        "scores": "100점 기준 점수: {scores}.",
        "none": "평가하지 않은 항목: {names}.",
        "declined": "지원자가 기계 평가에 동의하지 않아 점수를 매기지 않았습니다.",
        "unmarked": "점수를 매길 수 있는 답변이 없었습니다.",
        "best": "근거가 가장 많이 확인된 항목: {labels}.",
        "label": "평가 방식: {evaluator}. 참고 자료이며 결정은 사람이 합니다.",
    },
}
GOOD_LEVEL: Final = 3.5
MOST_NAMED: Final = 3


def text(
    turns: Sequence[TurnFact],
    report: Report,
    *,
    language: str,
    scoring_consent: bool,
    evaluator: str,
) -> str:
    """The summary."""
    language = language if language in TEXT else "en"
    say, names = TEXT[language], NAMES[language]
    answered = sum(bool(turn.answer) for turn in turns)
    parts = [say["answered"].format(answered=answered, asked=len(turns))]
    if not scoring_consent:
        return " ".join([*parts, say["declined"]])
    known = [f"{names[key]} {value:g}" for key, value in report.scores.items() if value is not None]
    if not known:
        return " ".join([*parts, say["unmarked"]])
    parts.append(say["scores"].format(scores=", ".join(known)))
    missing = [names[key] for key, value in report.scores.items() if value is None]
    if missing:
        parts.append(say["none"].format(names=", ".join(missing)))
    best = _best([mark for turn in turns for mark in turn.marks])
    if best:
        parts.append(say["best"].format(labels=", ".join(best)))
    return " ".join([*parts, say["label"].format(evaluator=evaluator)])


def _best(marks: Sequence[MarkFact]) -> list[str]:
    good = [mark for mark in marks if mark.level is not None and mark.level >= GOOD_LEVEL]
    ranked = sorted(good, key=lambda mark: (-(mark.level or 0), mark.label))
    return list(dict.fromkeys(mark.label for mark in ranked))[:MOST_NAMED]
