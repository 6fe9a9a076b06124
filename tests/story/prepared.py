"""What the demo needs before anything starts: models and the candidate's video. Both are kept."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.story.stack import Tell

CACHE = Path("var")


def prepared_models(tell: Tell) -> Path:
    """The folder with the face model and its friends, built where they are missing."""
    from edge_agent.models.build import build

    folder = CACHE / "models"

    def progress(done: int, total: int, step: str) -> None:
        tell(f"models {done}/{total}: {step}" if total else step)

    build(folder, progress=progress)
    return folder


def prepared_candidate(tell: Tell, answers: int = 4) -> Path:
    """The demo candidate's video with so many spoken answers, rendered where it is missing."""
    from tests.story import candidate

    file = CACHE / f"candidate-en-{answers}.mp4"
    with one_at_a_time(file):
        if not file.exists():
            tell("the demo candidate: drawing and speaking (once, about a minute)")
        return candidate.make(file, candidate.ANSWERS[:answers])


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Tests run side by side: the second to want `file` waits for the first to have made it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
