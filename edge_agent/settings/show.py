"""The settings for a person at the PC, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from edge_agent.settings.settable import SETTABLE
from edge_agent.settings.sources import Settings


def lines(settings: Settings, *, as_json: bool) -> Iterator[str]:
    """One line a value; or one JSON document."""
    if as_json:
        yield json.dumps(_document(settings), ensure_ascii=False, indent=2)
        return
    width = max(len(one.key) for one in settings.values)
    for one in settings.values:
        yield f"{one.key:<{width}}  {_text(one.value):<28} {one.source}"
    yield from _about_remote(settings)


def _about_remote(settings: Settings) -> Iterator[str]:
    store = settings.store
    waiting, refused = store.waiting(), store.refused()
    if waiting is not None:
        yield f"remote version {waiting.version} waits to be tried, or is on trial"
    if refused is not None and refused.version > store.in_force().version:
        yield f"remote version {refused.version} was given back: {refused.refusal}"


def _document(settings: Settings) -> dict[str, Any]:
    store = settings.store
    waiting, refused = store.waiting(), store.refused()
    return {
        "settings": [
            {
                "key": one.key,
                "value": _plain(one.value),
                "source": one.source,
                "settable_from_central": one.key in SETTABLE,
            }
            for one in settings.values
        ],
        "remote_version": store.in_force().version,
        "waiting_version": None if waiting is None else waiting.version,
        "refused_version": None if refused is None else refused.version,
    }


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "-" if value in (None, "") else str(_plain(value))


def _plain(value: Any) -> Any:
    """As JSON can hold it, whatever a section is made of."""
    return msgspec.to_builtins(value, enc_hook=str)
