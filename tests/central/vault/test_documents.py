"""Documents are sealed each under its own key, and gone with it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from central.errors import Refused, StartError, VaultError
from central.storage.pool import Pool
from central.vault.documents import About, Documents
from tests.fakes.landed import Landing, landing, ring

pytestmark = pytest.mark.integration

RESUME = About("홍길동_이력서.pdf", "application/pdf")


@pytest.fixture
async def past(database_url: str) -> AsyncIterator[Landing]:
    async with landing(database_url) as made:
        yield made


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def content(documents: Documents, number: int) -> bytes:
    return b"".join([piece async for piece in (await documents.open(number)).content])


async def test_a_document_is_read_as_it_was_uploaded(past: Landing, pool: Pool) -> None:
    documents = Documents(pool, past.vault)
    number = await documents.put(RESUME, pieces(b"%PDF", bytes(200_000)), kind="resume")
    opened = await documents.open(number)
    assert (opened.about, opened.size_bytes) == (RESUME, 200_004)
    assert await content(documents, number) == b"%PDF" + bytes(200_000)


async def test_neither_its_name_nor_its_content_is_in_the_clear_anywhere(
    past: Landing, pool: Pool
) -> None:
    await Documents(pool, past.vault).put(RESUME, pieces(b"secret words"), kind="resume")
    stored = next(iter(past.media.files.values()))
    row = str(await past.fetch("select * from documents"))
    assert b"secret" not in stored
    assert "홍길동".encode() not in stored
    assert "홍길동" not in row


async def test_a_destroyed_document_is_gone_and_the_trail_says_who(
    past: Landing, pool: Pool
) -> None:
    documents = Documents(pool, past.vault)
    number = await documents.put(RESUME, pieces(b"x"), kind="upload", candidate_id=3)
    await documents.destroy(number, actor_id=None)
    with pytest.raises(Refused, match="no document"):
        await documents.open(number)
    with pytest.raises(Refused, match="no document"):
        await documents.destroy(number, actor_id=None)
    assert past.media.files == {}
    assert await past.fetch("select wrapped from documents") == [(None,)]
    assert await past.fetch("select action, subject from audit_log") == [
        ("document.destroy", f"document:{number}")
    ]
    await past.round()
    assert await past.fetch("select 1 from documents") == []


async def test_a_stream_that_is_too_long_leaves_nothing(past: Landing, pool: Pool) -> None:
    documents = Documents(pool, past.vault)
    with pytest.raises(Refused) as refused:
        await documents.put(
            RESUME, pieces(bytes(600), bytes(600)), kind="upload", largest_bytes=1000
        )
    assert refused.value.status == 413
    assert past.media.files == {}
    assert await past.fetch("select 1 from documents") == []


async def test_a_document_cannot_be_exchanged_for_another(past: Landing, pool: Pool) -> None:
    documents = Documents(pool, past.vault)
    one, two = [await documents.put(RESUME, pieces(text), kind="upload") for text in (b"1", b"2")]
    names = dict(await past.fetch("select id, name from documents"))
    files = past.media.files
    files[names[one]], files[names[two]] = files[names[two]], files[names[one]]
    with pytest.raises(VaultError):
        await documents.open(one)


async def test_what_a_killed_upload_left_goes_a_day_later(past: Landing, pool: Pool) -> None:
    documents = Documents(pool, past.vault)
    await documents.put(RESUME, pieces(b"x"), kind="upload")
    await past.fetch("update documents set sealed_at = null")
    await past.round()
    assert len(past.media.files) == 1
    await past.fetch("update documents set created_at = now() - interval '25 hours'")
    await past.round()
    assert past.media.files == {}
    assert await past.fetch("select 1 from documents") == []


async def test_without_the_site_key_no_document_is_taken(past: Landing, pool: Pool) -> None:
    documents = Documents(pool, past.vault)
    number = await documents.put(RESUME, pieces(b"x"), kind="upload")
    past.site_keys = ring(bytes(32))
    with pytest.raises(StartError, match="restore that key"):
        await documents.open(number)
