"""Marking the same answers again: what differs is counted, and the baseline never differs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from central import cli
from central.errors import ConfigError
from central.interview.rubric import Rubric
from central.language import bank
from central.language.calibration import repeating
from central.language.calibration.retest import retest
from central.language.evaluation.evaluator import ModelEvaluator
from central.language.evaluator import MarkDraft, Said
from central.language.rubric_baseline import RubricBaseline
from tests.fakes.scripted_model import ScriptedModel

pytestmark = pytest.mark.unit

ANSWERS = {
    "ko": "작년에 장애가 있었습니다. 로그를 보고 원인을 찾아 쿼리를 고쳤고,"
    " 결과적으로 응답 시간이 40퍼센트 줄었습니다.",
    "en": "Last year there was an outage. I read the logs, found the cause and fixed the query, and in"
    " the end it was forty percent faster.",
}


def file_of(folder: Path, most: int = 40) -> Path:
    said = [f'{one.key},{one.language},"{ANSWERS[one.language]}"' for one in bank.load()[:most]]
    rows = ["question,language,text", *said]
    file = folder / "answers.csv"
    file.write_text("\n".join(rows), "utf-8")
    return file


def test_figures_of_levels_that_move() -> None:
    found = retest(
        [
            {(1, "a"): 3.0, (2, "a"): 2.0, (1, "b"): None},
            {(1, "a"): 4.0, (2, "a"): 2.0, (1, "b"): 5.0},
        ]
    )
    a, b = found["a"], found["b"]
    assert (a.answers, a.rounds, a.spread, a.widest) == (2, 2, 0.25, 1.0)
    assert (a.exact, a.unsure) == (0.5, 0.0)
    assert (b.spread, b.exact, b.qwk, b.unsure) == (None, None, None, 1.0)
    assert found["all"].answers == 3
    assert retest([])["all"].unsure is None


async def test_the_baseline_gives_the_very_same_again(tmp_path: Path) -> None:
    answers = repeating.read(file_of(tmp_path, 88))
    rounds = await repeating.rounds(RubricBaseline(), answers, 5, seed=7)
    assert all(levels == rounds[0] for levels in rounds)
    found = retest(rounds)
    marked = {name: one for name, one in found.items() if one.exact is not None}
    assert len(marked) > 3
    for one in marked.values():
        assert (one.spread, one.widest, one.exact, one.unsure) == (0.0, 0.0, 1.0, 0.0)
        assert one.qwk in {1.0, None}


async def test_each_round_has_another_order(tmp_path: Path) -> None:
    model = ScriptedModel()
    seen: list[str] = []

    class Watched(ModelEvaluator):
        async def evaluate(
            self, question: str, rubric: Rubric, said: Sequence[Said], language: str
        ) -> list[MarkDraft]:
            seen.append("/".join([question, *(one.key for one in rubric.criteria)]))
            return await RubricBaseline().evaluate(question, rubric, said, language)

    answers = repeating.read(file_of(tmp_path))
    await repeating.rounds(Watched(model), answers, 2, seed=1)
    first, second = seen[: len(answers)], seen[len(answers) :]
    assert first != second
    assert len({one.split("/")[0] for one in first}) == len({one.split("/")[0] for one in second})
    assert set(first) != set(second), "criteria come in another order too"
    seen.clear()
    await repeating.rounds(Watched(model), answers, 2, seed=1)
    assert seen == [*first, *second], "the same seed, the same orders"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("question,text\n", "language"),
        ("question,language,text\nnone,ko,a\n", ":2"),
        ("question,language,text\n", None),
    ],
)
def test_a_file_that_is_wrong_says_where(text: str, problem: str | None, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(text, "utf-8")
    if problem is None:
        assert repeating.read(file) == ()
        return
    with pytest.raises(ConfigError, match=problem):
        repeating.read(file)


def test_the_command_marks_with_what_is_configured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "central.toml"
    config.write_text(f'data_dir = "{tmp_path}"\n', "utf-8")
    words = ["language", "retest", "--config", str(config), "--answers", str(file_of(tmp_path))]
    assert cli.run([*words, "--times", "3"]) == 0
    assert "rubric-baseline" in capsys.readouterr().out
    assert cli.run([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["criteria"]["all"]["exact"] == 1.0
