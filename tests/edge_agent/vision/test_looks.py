"""A kind that is switched off is not there: its model is not even looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edge_agent.config import Central, Config, Vision
from edge_agent.errors import ModelError
from edge_agent.models.places import FACE, HAND, PEOPLE, POSE
from edge_agent.sources import vision_settings
from edge_agent.vision.looks import lookers
from edge_agent.vision.settings import VisionSettings

pytestmark = pytest.mark.integration

SWITCHES = {"posture": POSE, "hands": HAND, "people": PEOPLE}


def test_with_everything_off_no_model_is_opened(tmp_path: Path) -> None:
    """The folder holds none: opening any would fail."""
    (health,) = lookers(VisionSettings(models=str(tmp_path)))
    assert health.kind == "health"


@pytest.mark.parametrize("switch", sorted(SWITCHES))
def test_only_what_is_switched_on_is_opened(switch: str, models: Path, tmp_path: Path) -> None:
    name = SWITCHES[switch]
    (tmp_path / name).symlink_to(models / name)
    off = VisionSettings(models=str(tmp_path))
    made = lookers(replace(off, **{switch: True}))  # type: ignore[arg-type] # one switch
    assert [one.kind for one in made] == ["health", switch]
    for one in made:
        one.close()


@pytest.mark.parametrize("switch", sorted(SWITCHES))
def test_what_is_switched_on_and_not_built_is_an_error(switch: str, tmp_path: Path) -> None:
    settings = replace(VisionSettings(models=str(tmp_path)), **{switch: True})  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="edge-agent models build"):
        lookers(settings)


def test_a_model_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / POSE).write_bytes(b"not a bundle")
    with pytest.raises(ModelError, match="cannot be loaded"):
        lookers(VisionSettings(models=str(tmp_path), posture=True))


@pytest.mark.parametrize("switch", sorted(SWITCHES))
def test_the_rooms_settings_reach_the_vision_process(switch: str, tmp_path: Path) -> None:
    (tmp_path / FACE).write_bytes(b"")
    section = {name: name == switch for name in SWITCHES}
    config = Config(central=Central(address="central:7443"), vision=Vision(**section))  # type: ignore[arg-type] # one switch
    config = Config(
        central=config.central,
        vision=config.vision,
        models=type(config.models)(folder=tmp_path),
    )
    settings = vision_settings(config, None)
    assert {name: getattr(settings, name) for name in SWITCHES} == section
    assert settings.models == str(tmp_path)
