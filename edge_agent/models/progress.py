"""How a build tells a person where it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Told once per step that begins."""

    def __call__(self, done: int, total: int, step: str) -> None: ...


def silent(done: int, total: int, step: str) -> None:
    """Shows nothing."""


@contextmanager
def shown() -> Iterator[Progress]:
    """A bar on the terminal; plain lines where there is none."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total, step: console.print(f"[{done}/{total}] {step}", markup=False)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bar(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("models", total=None)
        yield lambda done, total, step: bar.update(
            task, completed=done, total=total, description=step
        )
