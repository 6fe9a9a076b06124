"""What the demo needs before anything starts: models and the candidate's video. Both are kept."""

from __future__ import annotations

import fcntl
import json
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


def prepared_candidate(tell: Tell, answers: int = 4, language: str = "en") -> Path:
    """The demo candidate's video with so many spoken answers, rendered where it is missing."""
    from tests.story import candidate

    file = CACHE / f"candidate-{language}-{answers}.mp4"
    spoken = candidate.ANSWERS_KO if language == "ko" else candidate.ANSWERS
    with one_at_a_time(file):
        if not file.exists():
            tell("the demo candidate: drawing and speaking (once, about a minute)")
        return candidate.make(file, spoken[:answers], language=language)


def without_hands(video: Path, folder: Path) -> Path:
    """The same candidate, who presses nothing: that is left to a browser."""
    copy = folder / video.name
    copy.symlink_to(video.absolute())
    script = json.loads(video.with_name(video.name + ".json").read_text(encoding="utf-8"))
    copy.with_name(copy.name + ".json").write_text(json.dumps(script | {"hands": {}}))
    return copy


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Tests run side by side: the second to want `file` waits for the first to have made it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
