"""`central models`: which language models are known and configured, under which licence, and what they
can do.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from central.config import Config, LanguageRole
from central.errors import ConfigError, StartError
from central.language.catalogue.catalogue import Known, catalogue, recognised, settings
from central.language.catalogue.fetching import Told, fetch, sha256_of
from central.language.rehearsal import cli as rehearsal

AddSettings = Callable[..., None]
Settings = Callable[[argparse.Namespace], Config]

NOT_FOR_BUSINESS = """\
************************************************************************************************
  {name} ({licence}) MAY NOT BE USED COMMERCIALLY.  상업적 이용이 금지된 모델입니다.
  {note}
************************************************************************************************"""


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    add_settings: AddSettings,
    read: Settings,
) -> None:
    """The command and what it does."""
    about = "list, check, fetch and rehearse language models, with their licences"
    actions = commands.add_parser("models", help=about, description=about).add_subparsers(
        metavar="action", required=True
    )
    listing = actions.add_parser("list", help="the models that are known")
    listing.set_defaults(act=lambda _: _list())
    checking = actions.add_parser("check", help="the models that the settings name")
    add_settings(checking)
    checking.set_defaults(act=lambda arguments: _check(read(arguments)))
    counting = actions.add_parser("vectors", help="which texts have a vector, and of which model")
    add_settings(counting)
    counting.set_defaults(act=lambda arguments: asyncio.run(_vectors(read(arguments))))
    rehearsing = actions.add_parser(
        "rehearse",
        help="put the configured models to sample work before candidates meet them",
        description="Words sample questions, follows up and marks sample answers of known worth with "
        "the configured models, says what the gates refused and whether better answers get the higher "
        "level, and ends with a line of JSON for each language. Nothing is stored.",
    )
    add_settings(rehearsing)
    rehearsal.add_options(rehearsing)
    rehearsing.set_defaults(
        act=lambda arguments: asyncio.run(rehearsal.act(read(arguments), arguments))
    )
    fetching = actions.add_parser("fetch", help="get a model that is known")
    fetching.add_argument("name", choices=sorted(catalogue()))
    fetching.add_argument("--to", type=Path, default=Path("models"), metavar="DIR")
    fetching.add_argument(
        "--mirror", default="", metavar="URL", help="folder that has the file: https, http or file"
    )
    fetching.add_argument("--sha256", default="", help="that it must have, where none is known")
    fetching.set_defaults(act=_fetch)


def _list() -> None:
    for name, known in catalogue().items():
        size = f"{known.bytes / 1e9:.1f} GB" if known.bytes else "size not known"
        print(f"{name}  for {known.role}, {size}\n  {known.url}")
        say_licence(name, known)


def _check(config: Config) -> None:
    roles = config.language.models
    configured = {
        "question": roles.question,
        "evaluation": roles.evaluation,
        "embedding": roles.embedding,
    }
    wrong = [name for name, role in configured.items() if not _is_right(config, name, role)]
    if wrong:
        raise StartError("models", f"not as configured: {', '.join(wrong)}")


async def _vectors(config: Config) -> None:
    """What is still to come, while the language role fills it."""
    from central.jobs.kinds import EMBED, EMBED_SECTION
    from central.storage import vector_counts
    from central.storage.pool import open_pool

    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            counts = await vector_counts.counts(conn)
            left = await vector_counts.outstanding(conn, [EMBED, EMBED_SECTION])
    finally:
        await pool.close()
    for one in counts:
        print(f"{one.kind}: {one.texts} {_of_model(one.model, one.version)}")
    if not counts:
        print("no text is there yet")
    waiting, dead = left.get("queued", 0) + left.get("running", 0), left.get("dead", 0)
    print(f"{waiting} to be made, {dead} given up (tried again when the language role starts)")


def _of_model(model: str | None, version: str | None) -> str:
    return "without a vector" if model is None else f"with one of {model} ({version})"


def _is_right(config: Config, name: str, role: LanguageRole | None) -> bool:
    if role is None:
        print(f"{name}: no model; the reviewed bank and the rubric alone")
        return True
    path = config.path(role.path)
    try:
        sha256 = sha256_of(path)
    except StartError as error:
        print(f"{name}: {error.problem}")
        return False
    compared = "not compared: set sha256" if not role.sha256 else "as configured"
    right = not role.sha256 or role.sha256.lower() == sha256
    print(f"{name}: {path}\n  sha256 {sha256} ({compared if right else 'NOT AS CONFIGURED'})")
    found = recognised(path, sha256)
    if found is not None:
        say_licence(*found)
    else:
        print(f"  licence: {role.licence or 'not known; write it into `licence`'}")
    return right


def _fetch(arguments: argparse.Namespace) -> None:
    known = catalogue()[arguments.name]
    if known.sha256 and arguments.sha256 and arguments.sha256.lower() != known.sha256:
        raise ConfigError("--sha256", f"{arguments.name} has {known.sha256}")
    wanted = known.sha256 or arguments.sha256
    mirror = arguments.mirror.rstrip("/")
    url = f"{mirror}/{known.file}" if mirror else known.url
    path = (arguments.to / known.file).absolute()
    say_licence(arguments.name, known)
    if path.is_file() and wanted and sha256_of(path) == wanted.lower():
        sha256 = wanted.lower()
        print(f"{path} is there already")
    else:
        with _shown(known) as told:
            sha256 = fetch(url, path, sha256=wanted, told=told)
    if not wanted:
        print(
            "Nobody here could compare its sha256: ask where you got it from whether it is this one."
        )
    print(f"\nFor central.toml:\n\n{settings(arguments.name, known, path, sha256)}")


def say_licence(name: str, known: Known) -> None:
    """In plain words, and loudly where it forbids what this product is for."""
    if known.commercial:
        print(f"  licence: {known.licence}. {known.note}")
    else:
        print(NOT_FOR_BUSINESS.format(name=name, licence=known.licence, note=known.note))


@contextmanager
def _shown(known: Known) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    with Progress(
        BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=Console(stderr=True)
    ) as bar:
        task = bar.add_task(known.file, total=known.bytes or None)

        def told(there: int, whole: int) -> None:
            bar.update(task, completed=there, total=whole or known.bytes or None)

        yield told
