"""A résumé is uploaded, read, shown with its places, deleted; in the clear lies nothing of it but what
questions may be made of.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from central.errors import EngineError, StartError
from central.language.resumes import ReadingResumes
from central.resumes.reader import ConfinedReader
from central.storage import documents, jobs, resumes, vault_keys
from central.storage.pool import Pool
from central.vault.documents import Documents
from central.vault.resumes import Arriving, take_over
from central.vault.vault import Vault
from central.vault.verify import verify
from tests.central.resumes import expected
from tests.fakes.board import Board, browser, form
from tests.fakes.landed import ring
from tests.fakes.resumes import KOREAN, Hide, docx, packed

pytestmark = pytest.mark.integration

RESUME = docx(KOREAN, [Hide("marked")])


class Vectors:
    """An embedder that has one answer, or none."""

    name, version, dimensions = "fake", "1", 1_024

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[str] = []
        self._fails = fails

    async def embed(self, texts: Any, *, timeout_s: float) -> NDArray[np.float32]:
        if self._fails:
            raise EngineError(self.name, "it is away")
        self.asked += texts
        return np.full((len(texts), self.dimensions), 1 / 32, dtype=np.float32)


@pytest.fixture
def board(board: Board) -> Board:
    """With an upload key."""
    (board.config.data_dir / "secrets" / "upload.key").write_bytes(os.urandom(32))
    return board


async def send(board: Board, interview: str, content: Any = RESUME, who: str = "recruiter") -> Any:
    return await board.call(who, "POST", f"/interviews/{interview}/resume", content=content)


async def look(board: Board, interview: str) -> Any:
    return (await board.call("recruiter", "GET", f"/interviews/{interview}/resume")).json()


async def read_all(board: Board, pool: Pool, embedder: Vectors | None = None) -> int:
    """What the language role does of it; how many jobs there were."""
    async with pool.connection() as conn:
        claimed = await jobs.claim(conn, ["resume"], "test", 10, 60)
    reading = ReadingResumes(pool, Arriving.of(board.config), ConfinedReader(), embedder)
    await reading.handle(claimed)
    return len(claimed)


def files_of(board: Board) -> list[Path]:
    return [one for one in (board.config.data_dir / "vault").rglob("*") if one.is_file()]


async def test_a_resume_is_sealed_read_told_with_its_places_and_kept_under_the_site_key(
    board: Board, pool: Pool
) -> None:
    interview = await board.interview()
    sent = await send(board, interview)
    assert (sent.status_code, sent.json()["state"]) == (202, "waiting")
    assert "job.resume" in board.bus.rung
    (file,) = files_of(board)
    assert RESUME[100:200] not in file.read_bytes()

    vectors = Vectors()
    assert await read_all(board, pool, vectors) == 1
    told = await look(board, interview)
    assert (told["state"], told["format"], told["code"]) == ("read", "docx", "")
    assert [one["name"]["text"] for one in told["structured"]["certificates"]] == ["정보처리기사"]
    (hidden,) = told["hidden"]
    assert (hidden["how"], hidden["excerpt"]) == ("marked", Hide("marked").text)
    assert told["notes"] == ["hidden_instructions"]
    assert {"birth", "gender", "address", "military"} <= set(told["stripped"])
    assert all(one["is_embedded"] for one in told["sections"])
    rows = ""
    async with pool.connection() as conn:
        for table in ("resumes", "resume_sections", "documents", "audit_log", "jobs"):
            rows += str(await (await conn.execute(f"select * from {table}")).fetchall())
        (kind,) = await (
            await conn.execute("select distinct jsonb_typeof(structured) from resumes")
        ).fetchone() or ("",)
        sections = await resumes.for_questions(conn, int(interview))
    assert kind == "object"
    assert expected.seen(rows + str(vectors.asked)) == []
    assert {one.kind for one in sections} == {
        "education", "experience", "projects", "skills", "certificates", "languages", "summary",
    }  # fmt: skip
    assert len(vectors.asked) == len(sections)

    vault = Vault(Arriving.of(board.config).vault.store, lambda: ring(bytes(32)))
    async with pool.connection() as conn:
        await conn.set_autocommit(True)
        assert await vault_keys.site_keys_used(conn) == {}
        assert await take_over(conn, Arriving.of(board.config), vault) == 1
        assert await take_over(conn, Arriving.of(board.config), vault) == 0
        (checked,) = [one async for one in verify(conn, vault)]
        (row,) = await documents.readable(conn)
        await conn.set_autocommit(False)
    assert (checked.problem, row.kind) == (None, "resume")
    opened = await Documents(pool, vault).open(row.id)
    assert b"".join([piece async for piece in opened.content]) == RESUME


async def test_a_file_that_is_refused_says_why_and_is_destroyed(board: Board, pool: Pool) -> None:
    interview = await board.interview()
    assert (await send(board, interview, packed({"a.txt": "hello"}))).status_code == 202
    await read_all(board, pool)
    told = await look(board, interview)
    assert (told["state"], told["code"]) == ("refused", "kind")
    assert "neither PDF" in told["why"]
    async with pool.connection() as conn:
        (left,) = await documents.leftovers(conn)
        assert await documents.get(conn, left[0]) is None
    assert (await send(board, interview)).status_code == 202


async def test_without_an_embedder_or_where_it_fails_sections_have_no_vector(
    board: Board, pool: Pool
) -> None:
    for embedder in (None, Vectors(fails=True)):
        interview = await board.interview()
        await send(board, interview)
        await read_all(board, pool, embedder)
        told = await look(board, interview)
        assert told["sections"]
        assert not any(one["is_embedded"] for one in told["sections"])


async def test_one_that_cannot_be_read_five_times_is_refused(board: Board, pool: Pool) -> None:
    """As where the upload key was lost: nobody waits for ever."""
    interview = await board.interview()
    await send(board, interview)
    (board.config.data_dir / "secrets" / "upload.key").unlink()
    for attempt in range(1, 6):
        async with pool.connection() as conn:
            await conn.execute("update jobs set state = 'queued', not_before = now()")
        with pytest.raises(StartError) if attempt < 5 else nullcontext():
            await read_all(board, pool)
        assert (await look(board, interview))["state"] == ("waiting" if attempt < 5 else "refused")


async def test_a_deleted_resume_is_gone_also_while_it_waits(board: Board, pool: Pool) -> None:
    interview = await board.interview()
    path = f"/interviews/{interview}/resume"
    assert (await board.call("recruiter", "DELETE", path)).json()["code"] == "resume_unknown"
    for is_read in (False, True):
        await send(board, interview)
        if is_read:
            await read_all(board, pool)
        assert (await board.call("recruiter", "DELETE", path)).status_code == 204
        assert (await look(board, interview))["code"] == "resume_unknown"
    async with pool.connection() as conn:
        gone = await (await conn.execute("select wrapped from documents")).fetchall()
        left = await (await conn.execute("select 1 from resume_sections")).fetchall()
        trail = await (
            await conn.execute(
                "select action from audit_log where action like 'resume.%%' order by id"
            )
        ).fetchall()
    assert (gone, left) == ([(None,), (None,)], [])
    assert [action for (action,) in trail] == ["resume.upload", "resume.delete"] * 2


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"MZ" + bytes(100), 415, "resume_type"), (b"", 415, "resume_type")],
)
async def test_what_is_no_document_is_refused_at_the_door(
    board: Board, content: bytes, status: int, code: str
) -> None:
    interview = await board.interview()
    answer = await send(board, interview, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await look(board, interview))["code"] == "resume_unknown"


async def test_one_that_is_too_large_leaves_nothing(board: Board, pool: Pool) -> None:
    small = msgspec.structs.replace(board.config.resumes, most_bytes=1_000)
    board.serve(msgspec.structs.replace(board.config, resumes=small))
    interview = await board.interview()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"%PDF-" + bytes(500)

    for content in (b"%PDF-" + bytes(2_000), endless()):
        answer = await send(board, interview, content)
        assert (answer.status_code, answer.json()["code"]) == (413, "resume_too_large")
    assert files_of(board) == []
    assert (await look(board, interview))["code"] == "resume_unknown"
    async with pool.connection() as conn:
        assert (
            await (await conn.execute("select 1 from jobs where kind = 'resume'")).fetchall() == []
        )


async def test_candidates_and_it_have_no_business_here_and_there_is_one_resume(
    board: Board,
) -> None:
    interview = await board.interview()
    for who in ("candidate", "it"):
        assert (await send(board, interview, who=who)).json()["code"] == "role_not_allowed"
    assert (await send(board, interview)).status_code == 202
    again = await send(board, interview)
    assert (again.status_code, again.json()["code"]) == (409, "resume_there")
    assert (await send(board, "999")).json()["code"] == "interview_unknown"


async def test_a_site_without_an_upload_key_says_so(board: Board) -> None:
    (board.config.data_dir / "secrets" / "upload.key").unlink()
    answer = await send(board, await board.interview())
    assert (answer.status_code, answer.json()["code"]) == (503, "resume_off")


async def test_the_page_takes_it_in_and_shows_what_was_understood_and_left_out(
    board: Board, pool: Pool
) -> None:
    path = f"/interviews/{await board.interview()}/resume"
    page = await browser(board, "recruiter")
    assert "data-upload" in (await page.get(path)).text
    token = {"x-csrftoken": page.cookies["csrftoken"]}
    assert (await page.post(path, content=RESUME)).status_code == 403
    assert (await page.post(path, content=RESUME, headers=token)).status_code == 202
    assert "data-active" in (await page.get(path)).text
    await read_all(board, pool)
    shown = (await page.get(path)).text
    for words in (
        "하늘소프트",
        "정보처리기사",
        "marked as hidden",
        "date of birth",
        "PostgreSQL",
    ):
        assert words in shown
    assert [word for word in expected.NEVER_SEEN[:7] if word in shown] == []
    assert "data-upload" not in shown
    gone = await page.post(f"{path}/delete", data=form(page))
    assert gone.status_code == 303
    assert "data-upload" in (await page.get(path)).text
