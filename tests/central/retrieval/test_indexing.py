"""What people put there to be found, and the vectors that it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from central.cli import run
from central.config import Config, Database
from central.errors import ConfigError, EngineError
from central.jobs.kinds import EMBED
from central.language import bank
from central.retrieval.embedding import Embedding
from central.retrieval.find import find
from central.retrieval.indexing import (
    Document,
    ReviewedAnswer,
    add_answer,
    index_bank,
    index_document,
)
from central.retrieval.passages import Kind, Within
from central.storage import jobs, passages, questions
from central.storage.pool import Pool
from central.supervisor.settings import as_toml
from tests.fakes.scripted_model import HashedEmbedder

pytestmark = pytest.mark.integration

VALUES = Document(
    Kind.COMPANY,
    "values.md",
    "ko",
    "# 인재상\n스스로 배우는 사람.\n\n# 문화\n함께 나누는 사람.",
    "Nuri",
)
BANK = bank.load()
ANSWER = ReviewedAnswer("good.txt", BANK[0].key, BANK[0].language, "로그부터 봤습니다.", 90, "Kim")


async def work_off(pool: Pool, embedder: HashedEmbedder) -> int:
    """Does the jobs that are open as the role does, until none is; how many there were."""
    done = 0
    async with pool.connection() as conn:
        await passages.want_vectors(conn, embedder.name, embedder.version, missing_only=True)
    while True:
        async with pool.connection() as conn:
            claimed = await jobs.claim(conn, [EMBED], "w", 16, 30)
        if not claimed:
            return done
        await Embedding(pool, embedder).handle(claimed)
        done += len(claimed)


async def models(pool: Pool) -> set[tuple[str | None, str | None]]:
    async with pool.connection() as conn:
        cursor = await conn.execute(
            "select embedding_name, embedding_version from passages"
            " left join passage_vectors on passage_id = id"
        )
        return set(await cursor.fetchall())


async def test_the_bank_is_found_by_meaning_once_its_jobs_are_done(pool: Pool) -> None:
    async with pool.connection() as conn:
        assert await index_bank(conn, BANK) == len(BANK)
        assert await index_bank(conn, BANK) == 0
    assert await work_off(pool, HashedEmbedder()) == len(BANK)
    found = await find(pool, HashedEmbedder(), BANK[0].content, Within((Kind.BANK,)))
    assert found.hits[0].passage.question_key == BANK[0].key
    assert found.hits[0].dense == pytest.approx(1.0, abs=1e-5)


async def test_a_question_that_left_the_bank_is_found_no_more(pool: Pool) -> None:
    async with pool.connection() as conn:
        await index_bank(conn, BANK)
        await index_bank(conn, BANK[2:])
    found = await find(pool, None, BANK[0].content, Within((Kind.BANK,)))
    assert BANK[0].key not in {hit.passage.source for hit in found.hits}


async def test_a_document_is_found_in_pieces_that_say_where_they_stand(pool: Pool) -> None:
    async with pool.connection() as conn:
        assert await index_document(conn, VALUES) == 2
    hit = (await find(pool, None, "함께 나누는", Within((Kind.COMPANY,)))).hits[0].passage
    assert (hit.part, hit.company) == (1, "Nuri")
    assert VALUES.text[slice(*hit.span)] == hit.text == "# 문화\n함께 나누는 사람."


async def test_only_pieces_that_changed_are_written_and_embedded_again(pool: Pool) -> None:
    changed = replace(VALUES, text=VALUES.text.replace("함께", "모두"))
    async with pool.connection() as conn:
        await index_document(conn, VALUES)
    assert await work_off(pool, HashedEmbedder()) == 2
    async with pool.connection() as conn:
        assert await index_document(conn, changed) == 1
    assert await work_off(pool, HashedEmbedder()) == 1
    async with pool.connection() as conn:
        assert await index_document(conn, replace(VALUES, text="하나")) == 1
        cursor = await conn.execute("select text from passages")
        assert await cursor.fetchall() == [("하나",)]


async def test_another_version_of_the_model_embeds_everything_anew(pool: Pool) -> None:
    async with pool.connection() as conn:
        await index_document(conn, VALUES)
    await work_off(pool, HashedEmbedder())
    assert await models(pool) == {("hashed", "1")}
    newer = HashedEmbedder()
    newer.version = "2"
    async with pool.connection() as conn:
        assert await passages.want_vectors(conn, newer.name, newer.version) == 2
        assert await passages.want_vectors(conn, newer.name, newer.version) == 0
    assert await work_off(pool, newer) == 2
    assert await models(pool) == {("hashed", "2")}


class Broken(HashedEmbedder):
    async def embed(self, texts: Sequence[str], *, timeout_s: float) -> NDArray[np.float32]:
        raise EngineError("hashed", "out of memory")


async def test_jobs_that_died_get_another_life_when_the_role_starts_again(pool: Pool) -> None:
    async with pool.connection() as conn:
        await index_document(conn, VALUES)
        await passages.want_vectors(conn, "hashed", "1")
        claimed = await jobs.claim(conn, [EMBED], "w", 16, 30)
    with pytest.raises(EngineError):
        await Embedding(pool, Broken()).handle(claimed)
    async with pool.connection() as conn:
        await conn.execute("update jobs set state = 'dead'")
        assert await passages.want_vectors(conn, "hashed", "1", missing_only=True) == 0
        assert await passages.want_vectors(conn, "hashed", "1") == 2
    assert await work_off(pool, HashedEmbedder()) == 2


async def test_a_text_that_becomes_what_it_was_gets_its_vector_again(pool: Pool) -> None:
    for text in ("하나", "둘", "하나"):
        async with pool.connection() as conn:
            await index_document(conn, replace(VALUES, text=text))
        assert await work_off(pool, HashedEmbedder()) == 1
    assert await models(pool) == {("hashed", "1")}


async def test_without_an_embedding_model_nothing_waits_for_one(pool: Pool) -> None:
    async with pool.connection() as conn:
        await index_bank(conn, BANK)
        cursor = await conn.execute("select from jobs")
    assert cursor.rowcount == 0


async def test_a_passage_that_is_gone_needs_no_vector(pool: Pool) -> None:
    async with pool.connection() as conn:
        await index_document(conn, VALUES)
        await passages.want_vectors(conn, "hashed", "1")
        await index_document(conn, replace(VALUES, text=""))
    assert await work_off(pool, HashedEmbedder()) == 2


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (replace(ANSWER, text=" \0"), "answer"),
        (replace(ANSWER, score=101), "score"),
        (replace(ANSWER, question_key="nobody-asks"), "question"),
        (replace(ANSWER, interview_id=404), "interview"),
    ],
)
async def test_an_answer_that_cannot_serve_is_refused_by_name(
    pool: Pool, answer: ReviewedAnswer, key: str
) -> None:
    async with pool.connection() as conn:
        await questions.upsert(conn, BANK)
        with pytest.raises(ConfigError) as refused:
            await add_answer(conn, answer)
    assert refused.value.key == key


async def test_a_reviewed_answer_knows_its_question_score_and_reviewer(pool: Pool) -> None:
    async with pool.connection() as conn:
        await questions.upsert(conn, BANK)
        await add_answer(conn, ANSWER)
        cursor = await conn.execute("select action, subject, detail from audit_log")
        assert await cursor.fetchall() == [
            ("answer.add", "answer:good.txt", {"reviewer": "Kim", "interview": None})
        ]
    within = Within((Kind.ANSWER,), question_key=ANSWER.question_key)
    hit = (await find(pool, None, "로그를 봤다", within)).hits[0].passage
    assert (hit.score, hit.text) == (90, "로그부터 봤습니다.")


def test_files_are_taken_in_by_command(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, values = tmp_path / "central.toml", tmp_path / "values.md"
    settings.write_text(
        as_toml(Config(data_dir=tmp_path, database=Database(url=database_url))), encoding="utf-8"
    )
    values.write_text(VALUES.text, encoding="utf-8")
    where = ["--config", str(settings), "--language", "ko"]
    assert run(["bank", "load", *where[:2]]) == 0
    assert run(["language", "index", *where, "--company", "Nuri", str(values)]) == 0
    assert "Nuri/values.md: 2 passages" in capsys.readouterr().out
    answer = ["--question", BANK[0].key, "--score", "40", "--reviewer", "Kim", str(values)]
    assert run(["language", "answer", *where, *answer]) == 0
    assert run(["language", "answer", *where, *answer[:-1], str(tmp_path / "none")]) == 2
    assert "cannot be read" in capsys.readouterr().err
