"""Everything that a room PC may set, from one TOML file. Unknown keys are refused.

Relative paths are relative to the file's folder, so that a folder can be moved as a whole.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from edge_agent.emotion_section import Emotion, check_emotion
from edge_agent.errors import ConfigError
from edge_agent.scoring_section import Scoring, check_scoring
from edge_agent.section import Section


class Central(Section, frozen=True):
    """The way to central: one gRPC stream over mTLS."""

    address: str
    """`host:port` of the gateway."""
    enrolment_address: str = ""
    """`host:port` of its enrolment port; empty: the same host, port 7444."""
    identity: Path = Path("identity.pem")
    """Key, certificate and central's CA in one file, as `edge-agent enrol` makes and the agent renews
    it: its folder must be writable by the agent. The three files below count where it is not there."""
    ca: Path = Path("tls/central-ca.crt")
    """PEM: the gateway's certificate must be signed by this one."""
    certificate: Path = Path("tls/room.crt")
    """PEM: who this room is."""
    private_key: Path = Path("tls/room.key")
    """PEM: its key, readable by the agent only."""
    server_name: str = ""
    """Name in the gateway's certificate where it differs from the host in `address`."""


class Camera(Section, frozen=True):
    """The picture."""

    device: str = "0"
    """Number or path (`/dev/video0`) of the camera."""
    width: int = 640
    height: int = 480
    fps: int = 30
    horizontal_fov_deg: float = 60.0
    """How wide the picture is, from the camera's data sheet: distances and gaze are computed with it."""


class Microphone(Section, frozen=True):
    """The sound."""

    device: str = ""
    """Number or part of the name; empty: the system's default."""
    channels: Literal[1, 2] = 1
    """2: two microphones on one stereo device. The left one (channel 0) is the candidate's, what the
    right one hears is recorded beside it, so that it can be told who spoke."""
    codec: Literal["flac", "opus", "pcm"] = "flac"
    """How sound is packed: "flac" loses nothing (about 15 kB/s), "opus" is for thin links (3 kB/s),
    "pcm" is for finding out whether a codec is to blame (32 kB/s)."""


class Vision(Section, frozen=True):
    """What looks at the pictures, and what is looked for beside the face. What is off is not loaded, not
    computed and not recorded.
    """

    profile: Literal["auto", "cpu", "gpu"] = "auto"
    """"gpu": the networks compute on an NVIDIA card (daedam[edge-gpu]); "cpu": MediaPipe on the
    processor, with the same readings; "auto": the card where one really computes. Where "gpu" cannot,
    the processor does, and doctor and fleet view warn."""
    posture: bool = True
    """The shoulders, ten times a second."""
    hands: bool = True
    """Hands in view and how fast they move, five times a second."""
    people: bool = True
    """Other people in the picture, four times a second."""
    emotion: bool = True
    """Expression as classes: only in interviews whose policy allows it, of candidates who agreed."""


class Screen(Section, frozen=True):
    """The screen that the candidate looks at, as they see it. Calibrated gaze is computed with it; the
    defaults are a 24 inch screen with the camera on the middle of its upper edge.
    """

    width_cm: float = 53.1
    """Of the picture, without the frame around it."""
    height_cm: float = 29.9
    camera_right_cm: float = 0.0
    """Of the middle of the screen; to the left is negative."""
    camera_above_cm: float = 1.5
    """Over the picture's upper edge; a camera below it is negative."""
    camera_down_deg: float = 0.0
    """How far the camera looks down, against a line that stands upright on the screen."""


class Replay(Section, frozen=True):
    """A file in place of camera and microphone."""

    file: Path | None = None
    """Video with sound; `<file>.json` may say where it waits and what is pressed. None: devices."""


class Kiosk(Section, frozen=True):
    """The page that the candidate sees."""

    host: str = "127.0.0.1"
    """Loopback only: the page is for the screen of this PC."""
    port: int = 8090
    """0 picks a free port."""
    url_file: Path | None = None
    """Where the page's address, token included, is written for the browser in kiosk mode."""


class Speaker(Section, frozen=True):
    """How questions are spoken."""

    output: Literal["device", "silent"] = "device"
    """"silent" takes the time that speaking takes and plays nothing: for demos and tests."""
    volume_percent: int = 100
    """10 to 100; candidates may change it on the kiosk."""
    command: tuple[str, ...] = ()
    """Another voice than espeak-ng: a program and its arguments, which reads a text from standard input
    and writes WAV to standard output; `{language}` becomes "ko" or "en". For Piper:
    `["/opt/piper/piper", "--model", "/opt/piper/{language}.onnx", "--output_file", "-"]`."""
    prepared: Path | None = None
    """Folder of sounds made beforehand, each named by the hash of its text; see docs/operations.md."""
    from_central: bool = True
    """Questions are spoken with central's voice, where it has one and its sound is here in time."""


class Spool(Section, frozen=True):
    """Where records wait for central."""

    folder: Path = Path("spool")
    """On a disk of this PC. What lies here is sent after a restart."""
    limit_bytes: int = 268_435_456
    """An hour of an interview is about 70 MB. When it is full the room stops rather than lose any."""
    allow_unencrypted: bool = False
    """Interviews start although the disk under `folder` is not encrypted: for demos, not candidates."""


class Models(Section, frozen=True):
    """Model files."""

    folder: Path | None = None
    """Where `edge-agent models build` put them; None: its default folder."""
    require_gpu: bool = False
    """The doctor fails where no graphics card can be used; else computing on the processor is said."""


class Log(Section, frozen=True):
    """What the agent says about itself."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    json: bool = False
    """One JSON object a line, for collectors; else readable lines."""


class Metrics(Section, frozen=True):
    """Figures of the agent for Prometheus."""

    host: Literal["127.0.0.1", "::1", "localhost"] = "127.0.0.1"
    """Loopback only: central has the same figures by the heartbeat."""
    port: int = 0
    """Of `http://host:port/metrics`; 0: none."""


class Config(Section, frozen=True):
    """All of it."""

    central: Central
    camera: Camera = Camera()
    microphone: Microphone = Microphone()
    vision: Vision = Vision()
    screen: Screen = Screen()
    scoring: Scoring = Scoring()
    emotion: Emotion = Emotion()
    replay: Replay = Replay()
    kiosk: Kiosk = Kiosk()
    speaker: Speaker = Speaker()
    spool: Spool = Spool()
    models: Models = Models()
    log: Log = Log()
    metrics: Metrics = Metrics()


def load(path: Path) -> Config:
    """The configuration in a TOML file.

    Raises `ConfigError` naming the key where one is unknown, missing or of the wrong type.
    """
    return parse(read(path), path.resolve().parent)


def read(path: Path) -> dict[str, object]:
    """A TOML file as a document. Raises `ConfigError`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"is not TOML: {error}") from error


def parse(document: dict[str, object], folder: Path) -> Config:
    """The configuration in a parsed document; relative paths start at `folder`."""

    def decode(kind: type, value: object) -> object:
        if kind is Path and isinstance(value, str):
            return folder / value
        raise NotImplementedError(kind)

    try:
        config = msgspec.convert(document, Config, dec_hook=decode)
    except msgspec.ValidationError as error:
        raise _named(error) from error
    _check(config)
    return _absolute(config, folder)


def _named(error: msgspec.ValidationError) -> ConfigError:
    """`Object contains unknown field `fpz` - at `$.camera`` becomes `camera.fpz: unknown key`."""
    problem, _, place = str(error).partition(" - at `$")
    section = place.rstrip("`").lstrip(".")
    for start, say in (
        ("Object contains unknown field", "unknown key; see docs/operations.md"),
        ("Object missing required field", "is missing"),
    ):
        if problem.startswith(start):
            name = problem.split("`")[1]
            return ConfigError(f"{section}.{name}" if section else name, say)
    return ConfigError(section or "configuration", problem)


def _check(config: Config) -> None:
    host, _, port = config.central.address.rpartition(":")
    if not host or not port.isdigit():
        raise ConfigError("central.address", f"{config.central.address!r} is not host:port")
    if config.kiosk.host not in {"127.0.0.1", "localhost", "::1"}:
        raise ConfigError("kiosk.host", "must be loopback: the page is for this PC's own screen")
    positive = {
        "camera.width": config.camera.width,
        "camera.height": config.camera.height,
        "camera.fps": config.camera.fps,
        "camera.horizontal_fov_deg": config.camera.horizontal_fov_deg,
        "screen.width_cm": config.screen.width_cm,
        "screen.height_cm": config.screen.height_cm,
        "spool.limit_bytes": config.spool.limit_bytes,
        "speaker.volume_percent": config.speaker.volume_percent,
    }
    for key, value in positive.items():
        if value <= 0:
            raise ConfigError(key, f"{value} must be greater than 0")
    check_scoring(config.scoring)
    check_emotion(config.emotion)


def _absolute(config: Config, folder: Path) -> Config:
    """Defaults are paths too, and never went through the decoder."""
    central = msgspec.structs.replace(
        config.central,
        identity=folder / config.central.identity,
        ca=folder / config.central.ca,
        certificate=folder / config.central.certificate,
        private_key=folder / config.central.private_key,
    )
    spool = msgspec.structs.replace(config.spool, folder=folder / config.spool.folder)
    return msgspec.structs.replace(config, central=central, spool=spool)
