"""The sources that are kept: the candidate's résumé, and what the company says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from central.language.model import Embedder
from central.language.planning.sources import Looking, Piece, nearest_first
from central.retrieval.find import find
from central.retrieval.passages import Hit, Kind, Within
from central.storage import resumes
from central.storage.pool import Pool

OF_THE_RESUME: Final = 3
OF_THE_COMPANY: Final = 2


class Papers:
    """`Sources` over PostgreSQL."""

    def __init__(self, pool: Pool, embedder: Embedder | None) -> None:
        self._pool = pool
        self._embedder = embedder

    async def pieces(self, looking: Looking) -> Sequence[Piece]:
        """Sections of the résumé nearest to what is looked for, then the company's own words."""
        async with self._pool.connection() as conn:
            sections = await resumes.for_questions(conn, looking.interview_id)
        own = [
            Piece("resume", str(one.section_id), one.heading or one.kind, one.text, one.start)
            for one in sections
        ]
        within = Within(
            (Kind.COMPANY, Kind.POSTING),
            language=looking.language,
            company=looking.company,
            position=looking.position,
        )
        found = await find(self._pool, self._embedder, looking.about, within, most=OF_THE_COMPANY)
        others = map(_piece, found.hits)
        return [*nearest_first(own, looking.about)[:OF_THE_RESUME], *others]


def _piece(hit: Hit) -> Piece:
    one = hit.passage
    score = hit.lexical if hit.dense is None else hit.dense
    kind: Final = "posting" if one.kind is Kind.POSTING else "company"
    return Piece(kind, f"{one.source}#{one.part}", one.source, one.text, one.span[0], score)
