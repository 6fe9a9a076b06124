"""Where picture and sound come from: the devices, or one file in place of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from edge_agent.capture.microphone import Microphone
from edge_agent.capture.replay import ReplayClock, ReplaySound, check_replayable
from edge_agent.capture.script import ReplayScript, read_script
from edge_agent.capture.sound import SoundSource
from edge_agent.config import Config
from edge_agent.emotion import Figures
from edge_agent.flow import Channels, DeviceEvent
from edge_agent.models.places import EMOTION, FACE, model_file, models_dir
from edge_agent.scoring import Rules, Variant
from edge_agent.service import clock
from edge_agent.vision import VisionSettings
from edge_agent.vision.settings import EmotionBounds


@dataclass(frozen=True, slots=True)
class Replay:
    """A file's script, and the media clock that picture and sound share."""

    script: ReplayScript
    clock: ReplayClock


def open_replay(config: Config) -> Replay | None:
    """None where the room uses its devices. Raises `ReplayError`."""
    if config.replay.file is None:
        return None
    check_replayable(config.replay.file)
    script = read_script(config.replay.file)
    return Replay(script, ReplayClock(script.holds_s, clock.mono_ns()))


def vision_settings(config: Config, replay: Replay | None) -> VisionSettings:
    """What the vision process is told. Raises `ModelError` where the face model is not built."""
    return VisionSettings(
        camera=config.camera.device,
        width=config.camera.width,
        height=config.camera.height,
        fps=config.camera.fps,
        horizontal_fov_deg=config.camera.horizontal_fov_deg,
        replay_file=str(config.replay.file or ""),
        replay_holds_s=replay.script.holds_s if replay else (),
        replay_start_mono_ns=replay.clock.start_mono_ns if replay else 0,
        profile=config.vision.profile,
        model=str(model_file(FACE, config.models.folder)),
        models=str(config.models.folder or ""),
        posture=config.vision.posture,
        hands=config.vision.hands,
        people=config.vision.people,
        emotion_bounds=EmotionBounds(
            most_yaw_deg=config.emotion.most_yaw_deg,
            most_pitch_deg=config.emotion.most_pitch_deg,
            least_eyes_apart_px=config.emotion.least_eyes_apart_px,
            least_brightness_ratio=config.emotion.least_brightness_ratio,
            most_brightness_ratio=config.emotion.most_brightness_ratio,
        ),
    )


def able(config: Config) -> Channels:
    """What this room can measure, if an interview may: by its switches, and by what models it has."""
    there = ((config.models.folder or models_dir()) / EMOTION).is_file()
    return Channels(
        posture=config.vision.posture,
        hands=config.vision.hands,
        people=config.vision.people,
        emotion=config.vision.emotion and there,
    )


def emotion_figures(config: Config) -> Figures:
    """What a face is read by."""
    told = config.emotion
    return Figures(
        told.temperature,
        told.floor_p,
        told.rest_neutral_p,
        told.least_margin_p,
        told.least_rest_looks,
    )


def scoring_rules(config: Config) -> Rules:
    """What scores are computed by."""
    fields = msgspec.structs.asdict(config.scoring)
    variants = (msgspec.structs.asdict(one) for one in config.scoring.variants)
    return Rules(**{**fields, "variants": tuple(Variant(**one) for one in variants)})


def sound_source(
    config: Config,
    replay: Replay | None,
    on_event: Callable[[DeviceEvent], None],
    *,
    patient: bool = False,
) -> SoundSource:
    """The microphone (waited for where `patient`), or the file's sound."""
    if config.replay.file is not None and replay is not None:
        return ReplaySound(config.replay.file, replay.clock)
    settings = config.microphone
    return Microphone(settings.device, on_event, patient=patient, channels=settings.channels)
