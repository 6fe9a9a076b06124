"""`central language index | answer | calibrate | ratings | retest`."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

from central.config import Config
from central.errors import ConfigError
from central.language.calibration import cli as calibration
from central.retrieval.passages import Kind


def add(command: argparse.ArgumentParser, settings: Any) -> None:
    """Add what can be done beside running the role. `settings` reads `--config` or `--data`."""
    group = command.add_subparsers(metavar="command", required=False)
    _add_index(group, settings)
    _add_answer(group, settings)
    calibration.add(group, settings)


def _leaf(group: Any, name: str, about: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = group.add_parser(name, help=about, description=about)
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    where.add_argument("--data", type=Path, metavar="DIR", help="data folder of `central up`")
    command.add_argument("--language", choices=("ko", "en"), required=True)
    return command


def _add_index(group: Any, settings: Any) -> None:
    command = _leaf(
        group, "index", "take in what a company says of itself: questions can lean on it"
    )
    command.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="text; replaces the one of this name"
    )
    command.add_argument("--company", help="only for interviews with this company; else for any")
    command.add_argument("--position", help="only for postings of this position; else for any")
    command.add_argument(
        "--kind", choices=(Kind.COMPANY.value, Kind.POSTING.value), default=Kind.COMPANY.value
    )
    command.set_defaults(act=lambda given: asyncio.run(_index(settings(given), given)))


def _add_answer(group: Any, settings: Any) -> None:
    command = _leaf(group, "answer", "take a reviewed answer in, as an example to mark by")
    command.add_argument(
        "file", type=Path, metavar="FILE", help="its text; its name is the answer's"
    )
    command.add_argument("--question", required=True, metavar="KEY", help="the bank's question")
    command.add_argument(
        "--score", type=int, required=True, help="what the reviewer gave, 0 to 100"
    )
    command.add_argument("--reviewer", required=True, metavar="NAME", help="who read and scored it")
    command.add_argument(
        "--interview", type=int, metavar="ID", help="where a candidate said it; erased with it"
    )
    command.set_defaults(act=lambda given: asyncio.run(_answer(settings(given), given)))


async def _index(config: Config, given: argparse.Namespace) -> None:
    from central.retrieval.indexing import Document, index_document
    from central.storage.pool import open_pool

    pool = await open_pool(config.database.url, 1)
    try:
        for file in given.files:
            name = "/".join(filter(None, (given.company, file.name)))
            document = Document(
                Kind(given.kind), name, given.language, _text(file), given.company, given.position
            )
            async with pool.connection() as conn:
                written = await index_document(conn, document)
            print(f"{name}: {written} passages new or changed")
    finally:
        await pool.close()


async def _answer(config: Config, given: argparse.Namespace) -> None:
    from central.retrieval.indexing import ReviewedAnswer, add_answer
    from central.storage.pool import open_pool

    answer = ReviewedAnswer(
        given.file.name, given.question, given.language, _text(given.file), given.score,
        given.reviewer, given.interview,
    )  # fmt: skip
    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            await add_answer(conn, answer)
    finally:
        await pool.close()
    print(f"{answer.name}: an example for {answer.question_key}")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), f"cannot be read as text: {error}") from error
