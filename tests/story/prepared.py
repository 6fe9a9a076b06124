"""What the demo needs before anything starts: models and the candidate's video. Both are kept."""

from __future__ import annotations

from pathlib import Path

from tests.story.stack import Tell

CACHE = Path("var")


def prepared_models(tell: Tell) -> Path:
    """The folder with the face model and its friends, built where they are missing."""
    from edge_agent.models.build import build

    folder = CACHE / "models"

    def progress(done: int, total: int, step: str) -> None:
        tell(f"models {done}/{total}: {step}")

    build(folder, progress=progress)
    return folder


def prepared_candidate(tell: Tell, answers: int = 4) -> Path:
    """The demo candidate's video with so many spoken answers, rendered where it is missing."""
    from tests.story import candidate

    file = CACHE / f"candidate-en-{answers}.mp4"
    if not file.exists():
        tell("the demo candidate: drawing and speaking (once, about a minute)")
    return candidate.make(file, candidate.ANSWERS[:answers])
