"""Words of the pages in Korean and English, from the gettext catalogues in `locales/`.

English sentences are the keys. The `.po` files are read at start, so that nothing has to be compiled.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.messages.pofile import read_po
from litestar.connection import ASGIConnection

LANGUAGES: Final = ("ko", "en")
COOKIE: Final = "language"
_LOCALES: Final = Path(__file__).parent / "locales"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """English sentence to this language's; sentences without a translation are left out."""
    path = _LOCALES / language / "LC_MESSAGES" / "pages.po"
    with path.open("rb") as file:
        entries = read_po(file, locale=language)
    return {
        str(entry.id): str(entry.string)
        for entry in entries
        if entry.id and entry.string and not entry.fuzzy
    }


def translate(language: str, sentence: str, **values: object) -> str:
    """The sentence in this language with its `{names}` filled in."""
    text = catalogue(language).get(sentence, sentence)
    return text.format(**values) if values else text


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """What the person chose on a page, else their account's language, else the browser's, else
    Korean.
    """
    chosen = connection.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    account = connection.scope.get("user")
    if account is not None and account.language in LANGUAGES:
        return str(account.language)
    asked = connection.headers.get("accept-language", "").strip().lower()
    return "en" if asked.startswith("en") else "ko"
