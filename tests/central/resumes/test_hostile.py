"""Hostile and broken files are refused with a reason, each by a process that ends with it; this one
lives, and reads the next file.
"""

from __future__ import annotations

import asyncio
import io
import zipfile
import zlib

import msgspec
import pytest

from central.errors import ResumeError
from central.resumes.flow import Reading, problem_of
from central.resumes.limits import Limits
from central.resumes.reader import ConfinedReader
from tests.central.resumes import expected
from tests.fakes.hwp_file import hwp, ole
from tests.fakes.resumes import ENGLISH, KOREAN, Pdf, bomb, deep, docx, hwpx, packed

pytestmark = pytest.mark.integration

LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/passwd"')
DOCUMENT = "word/document.xml"


def locked_zip() -> bytes:
    """With the flag that says so: Python writes none."""
    content = bytearray(docx(KOREAN))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def lying_zip() -> bytes:
    """Its figures say that a part is small."""
    content = bomb(DOCUMENT, 60)
    size = (3 + 60_000_000).to_bytes(4, "little")
    assert size in content
    return content.replace(size, (1_000).to_bytes(4, "little"))


def many_parts() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        for number in range(2_100):
            out.writestr(f"{number}", "")
    return file.getvalue()


def page_bomb() -> bytes:
    """A page's content that unpacks to 2 GB of nothing."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    blanks = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    stream = b"\x78\xda" + blanks * 2_000 + packer.flush()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    )  # fmt: skip
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, part)
    begin = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % one for one in places
    )
    return bytes(out) + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % begin


def pages(count: int) -> bytes:
    made = Pdf()
    for _ in range(count):
        made.page()
    return made.bytes()


REFUSED = {
    "a program": (b"MZ" + bytes(200), {"kind"}),
    "nothing": (b"", {"kind"}),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), {"kind"}),
    "a zip of something else": (packed({"a.txt": "hello"}), {"kind"}),
    "word of 1997": (ole({"WordDocument": b"x"}), {"old_word"}),
    "another ole file": (ole({"Workbook": b"x"}), {"kind"}),
    "locked docx": (ole({"EncryptedPackage": b"x"}), {"encrypted"}),
    "locked pdf": (Pdf().lines(ENGLISH).locked("secret").bytes(), {"encrypted"}),
    "locked zip": (locked_zip(), {"encrypted"}),
    "locked hwp": (hwp(KOREAN, flags=3), {"encrypted"}),
    "hwp for distribution": (hwp(KOREAN, flags=5), {"encrypted"}),
    "locked hwpx": (
        hwpx(KOREAN, manifest="<m><file-entry><encryption-data/></file-entry></m>"),
        {"encrypted"},
    ),
    "half a pdf": (Pdf().lines(KOREAN).bytes()[:300], {"damaged"}),
    "half a docx": (docx(KOREAN)[:400], {"damaged"}),
    "half an hwp": (hwp(KOREAN)[:1_500], {"damaged", "crashed"}),
    "hwp of garbage": (hwp(KOREAN, section=b"\xff" * 3_000), {"damaged"}),
    "docx of garbage": (packed({DOCUMENT: "<w:document"}), {"damaged"}),
    "unpacks to 60 MB": (bomb(DOCUMENT, 60), {"bomb"}),
    "unpacks to 60 MB and denies it": (lying_zip(), {"bomb", "damaged"}),
    "hwpx bomb": (bomb("Contents/section0.xml", 60, mimetype="application/hwp+zip"), {"bomb"}),
    "hwp bomb": (hwp(["가" * 20_000_000]), {"bomb"}),
    "too many parts": (many_parts(), {"bomb"}),
    "a page that unpacks": (page_bomb(), {"memory", "time", "crashed", "no_text"}),
    "entities": (packed({DOCUMENT: LAUGHS}), {"markup"}),
    "entities from outside": (packed({DOCUMENT: OUTSIDE}), {"markup"}),
    "deep": (packed({DOCUMENT: f"<w:document>{deep(50_000)}</w:document>"}), {"markup"}),
    "pictures only": (Pdf().picture().bytes(), {"no_text"}),
    "31 pages": (pages(31), {"too_long"}),
    "a book": (docx(["아주 긴 이야기입니다. " * 20_000]), {"too_long"}),
    "private use": (docx(["학력", "\ue000\ue001\ue002\ue003 " * 30]), {"encoding"}),
    "replaced": (docx(["학력사항과 경력사항", "\ufffd\ufffd대학교 " * 30]), {"encoding"}),
    "another script": (docx(["Образование и опыт работы, резюме " * 4]), {"encoding"}),
}  # fmt: skip


async def test_each_is_refused_with_its_reason_and_the_reader_lives() -> None:
    reader = ConfinedReader()
    wrong = {}
    for name, (content, codes) in REFUSED.items():
        try:
            said = str((await reader.read(content)).text)[:40]
        except ResumeError as error:
            said = error.code
        if said not in codes:
            wrong[name] = said
    assert wrong == {}
    assert expected.told(await reader.read(docx(KOREAN))) == expected.KOREAN


async def test_files_are_read_beside_each_other_and_a_hostile_one_costs_itself() -> None:
    reader = ConfinedReader()
    done = await asyncio.gather(
        reader.read(Pdf().lines(ENGLISH).bytes()),
        reader.read(bomb(DOCUMENT, 60)),
        reader.read(hwp(KOREAN)),
        return_exceptions=True,
    )
    first, second, third = done
    assert isinstance(second, ResumeError)
    assert isinstance(first, Reading)
    assert isinstance(third, Reading)
    assert "rlimits" in first.confined_by


@pytest.mark.parametrize(
    ("limits", "codes"),
    [
        (Limits(memory_bytes=1_000_000), {"memory", "crashed"}),
        (Limits(wall_s=0.05), {"time"}),
        (Limits(most_answer_bytes=100), {"too_long"}),
        (Limits(most_bytes=100), {"too_long"}),
        (Limits(most_pages=0), {"too_long"}),
    ],
    ids=["memory", "time", "answer", "file", "pages"],
)
async def test_a_limit_that_is_reached_is_the_reason(limits: Limits, codes: set[str]) -> None:
    with pytest.raises(ResumeError) as refused:
        await ConfinedReader(limits).read(Pdf().lines(KOREAN).bytes())
    assert refused.value.code in codes


def test_a_reading_whose_words_are_not_in_its_text_is_not_believed() -> None:
    from central.resumes.formats import extract
    from central.resumes.understanding.understand import understand

    reading = understand(extract(docx(KOREAN), Limits()), Limits())
    moved = msgspec.structs.replace(reading, text=f" {reading.text}")
    cut = msgspec.structs.replace(reading, text=reading.text[:50])
    assert problem_of(reading) is None
    assert problem_of(moved)
    assert problem_of(cut)
