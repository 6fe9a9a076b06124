"""Everything that central may be told, from one TOML file. Unknown keys are refused.

Secrets are read from files (systemd credentials) and never stored in here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from central.errors import ConfigError
from central.health.thresholds import Thresholds
from central.interview.reveal import Rule


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every section is: frozen, and strict about its keys."""


class Database(Section, frozen=True):
    """PostgreSQL 18 with pgvector."""

    url: str = ""
    """`postgresql://user@host/database`; empty: the embedded server of `central up`."""
    pool_size: int = 8
    shared_buffers_mb: int = 0
    """Of the embedded server; 0: an eighth of the machine's memory, between 128 MB and 1 GB."""


class Nats(Section, frozen=True):
    """NATS."""

    url: str = ""
    """`nats://host:4222`; empty: the embedded server of `central up`."""
    seeds: Path | None = None
    """Folder with a role's nkey seed in `<role>.seed`; None: no nkeys (a server without accounts)."""


class Gateway(Section, frozen=True):
    """The rooms' door."""

    host: str = "127.0.0.1"
    port: int = 7443
    """0 picks a free port (tests)."""
    certificate: Path = Path("tls/gateway.crt")
    private_key: Path = Path("tls/gateway.key")
    rooms_ca: Path = Path("tls/rooms-ca.crt")
    """Certificates of rooms must be signed by this one, directly or through the issuing authority."""
    enrolment_port: int = 7444
    """Where a room PC without a certificate gets one for a token. 0 picks a free port (tests)."""
    issuing_key: Path = Path("authority/issuing.key")
    """Read by the gateway alone (a credential); where it is not there, this gateway enrols nobody."""
    issuing_certificate: Path = Path("authority/issuing.crt")
    window_bytes: int = 1_048_576
    commit_pause_ms: int = 5


class Speech(Section, frozen=True):
    """Speech to text."""

    engine: str = "auto"
    """"whisper", "pocketsphinx", or "auto": whisper where a model is configured, else PocketSphinx
    (English only, and every surface says so)."""
    whisper_model: str = ""
    """A path to a checkpoint, or a name that openai-whisper knows."""
    whisper_sha256: str = ""
    """Checked before the checkpoint is opened; empty: not checked."""
    device: str = "auto"
    """"cuda", "cpu", or "auto"."""
    batch_size: int = 8


class LanguageRole(Section, frozen=True):
    """The model of one role: a GGUF file that llama.cpp reads."""

    path: Path
    sha256: str = ""
    """Checked before the file is opened; empty: not checked, but stored with what it wrote."""
    template: str = ""
    """How its prompts look: "llama-3.1", "chatml", "solar", "eeve" or "plain" (no embedding model has
    one)."""
    licence: str = ""
    """A note for `central models`."""
    gpu_layers: int | None = None
    """-1: all of them on the GPU, and the role does not start where they are not. Not set: all where
    llama.cpp was built for a GPU and finds one."""
    context: int = 4096
    """Tokens of the longest prompt together with its answer; of an embedding model: of a piece."""
    sequences: int = 4
    """At work at once. Memory for `context` tokens each is reserved, and for two contexts more."""
    threads: int = 0
    """0: one for each core but one. llama.cpp's threads wait for each other without sleeping: where one
    has no core, all are slow."""
    pooling: str = ""
    """Of an embedding model: "mean", "cls" or "last"; empty: what its file says."""
    memory_growth_mib: int = 4096
    """A process whose memory has grown by so much is replaced as soon as it has nothing to do."""


class LanguageModels(Section, frozen=True):
    """Who writes what. Roles without a model are served by the reviewed bank and the rubric alone."""

    question: LanguageRole | None = None
    evaluation: LanguageRole | None = None
    embedding: LanguageRole | None = None


class LanguageTrial(Section, frozen=True):
    """An evaluator that marks beside the one that counts. Its marks are kept apart and never shown."""

    evaluator: str = ""
    """"llama" or "rubric-baseline"; empty: none."""
    model: LanguageRole | None = None
    """Of "llama"; not set: `language.models.evaluation`."""
    share: float = 1.0
    """Of the interviews, drawn by their number: one is marked as a whole or not at all."""
    wording: str = "plain"
    """Of "llama": the wording of its prompts."""
    variant: str = ""
    """The name that its marks are kept under; empty: its evaluator's, with its wording."""


class Language(Section, frozen=True):
    """Questions and marks."""

    engine: str = "rubric-baseline"
    """"rubric-baseline": deterministic rubric checks, labelled so; "llama": `models.evaluation`."""
    bank: Path | None = None
    """Folder of question files; None: the bank that ships with central."""
    models: LanguageModels = LanguageModels()
    wordings: tuple[str, ...] = ("plain",)
    """Of "llama": the wordings of its prompts that answers are marked with. Of several, each posting has
    one, and so does each interview without a posting."""
    trial: LanguageTrial = LanguageTrial()


class Policy(Section, frozen=True):
    """What interviews may measure; see docs/policy.md."""

    profile: str = "kr"
    """The profile of interviews for which nobody chose one: "kr", "eu", "us-il", or one of your own."""
    folder: Path | None = None
    """Folder of your own profiles, `<name>.toml` each; None: only those that ship with central."""


class Dashboard(Section, frozen=True):
    """The web side."""

    host: str = "127.0.0.1"
    port: int = 8080
    session_secret: Path = Path("secrets/session.key")
    """File with at least 32 random bytes."""
    public_url: str = ""
    """How browsers reach it, for Origin checks; empty: http://host:port."""
    certificate: Path | None = None
    private_key: Path | None = None
    """TLS for browsers. Without them only loopback is served."""
    token_minutes: int = 60
    reveal: Rule = "after_lock"
    """When an interviewer sees a machine's marks and scores: "after_lock" of their own ratings, or
    "always"."""


class Vault(Section, frozen=True):
    """Where finished interviews are sealed, and the site key that wraps their keys."""

    site_key: Path = Path("secrets/site.key")
    """File with 32 random bytes; suits a systemd credential. Back it up apart from the data."""
    old_site_keys: tuple[Path, ...] = ()
    """Earlier site keys, until `central vault status` says that nothing is wrapped by them. Files
    beside `site_key` that `central vault rotate` left are found without this."""
    folder: Path = Path("vault")
    """Where the sealed files lie."""
    upload_key: Path = Path("secrets/upload.key")
    """File with 32 random bytes that wrap the keys of uploaded videos until they are analysed, and of
    résumés until they are read; for the dashboard, the gateway and the language role, which have no
    site key, and the steward, which takes résumés over."""
    seal_after_hours: float = 24.0
    """How long after its end, and after its last record came, an interview is sealed."""
    drop_after_days: int = 2
    """A day's landed records are dropped at the earliest so many days later; at least 2."""
    alarm_after_days: int = 7
    """A day whose records still cannot be dropped then is an alarm."""


class Store(Section, frozen=True):
    """A bucket of an S3-compatible store, in which sealed files and uploads lie instead of a folder."""

    bucket: str = ""
    """Empty: `vault.folder`."""
    endpoint: str = ""
    """`https://host:port` of the store; empty: AWS. Plain HTTP on loopback only."""
    region: str = "us-east-1"
    prefix: str = ""
    """Put before every name, as in "daedam/"."""
    access_key_file: Path = Path("secrets/s3.access")
    """File whose first line is the access key's id; suits a systemd credential."""
    secret_key_file: Path = Path("secrets/s3.secret")
    """File whose first line is the secret."""
    timeout_s: float = 30.0
    """Of one request."""


class Videos(Section, frozen=True):
    """Uploaded videos."""

    most_bytes: int = 2_000_000_000
    """Of one upload."""
    longest_minutes: float = 60.0
    """A longer video is refused by the virtual room that opens it."""


class Resumes(Section, frozen=True):
    """Uploaded résumés."""

    most_bytes: int = 10_000_000
    """Of one upload; at most what its reader takes, 10 MB."""


class Voice(Section, frozen=True):
    """How central speaks questions for rooms that ask for it; a room's own voice stands behind it."""

    command: tuple[str, ...] = ()
    """A program and its arguments that reads a text from standard input and writes WAV, FLAC or Ogg to
    standard output; `{language}` becomes "ko" or "en". Empty: questions are not rendered here."""
    prepared: Path | None = None
    """Folder of sounds made beforehand, named as those of `speaker.prepared` of a room."""
    timeout_s: float = 15.0
    """Of one rendering."""


class Metrics(Section, frozen=True):
    """Figures of each process for Prometheus."""

    host: str = "127.0.0.1"
    """Loopback: the figures are not for everybody."""
    port: int = 0
    """That of the gateway; speech, language and steward take the next ones. 0: none. The dashboard
    answers `/metrics` on its own port in any case."""


class Config(Section, frozen=True):
    """All of it. Relative paths are relative to `data_dir`."""

    data_dir: Path
    organisation: str = "daedam"
    """Trust domain of the rooms' SPIFFE identities."""
    database: Database = Database()
    nats: Nats = Nats()
    gateway: Gateway = Gateway()
    speech: Speech = Speech()
    language: Language = Language()
    policy: Policy = Policy()
    dashboard: Dashboard = Dashboard()
    health: Thresholds = Thresholds()
    metrics: Metrics = Metrics()
    vault: Vault = Vault()
    store: Store = Store()
    videos: Videos = Videos()
    resumes: Resumes = Resumes()
    voice: Voice = Voice()

    def seeds(self) -> Path | None:
        """Where the roles' nkeys are."""
        return None if self.nats.seeds is None else self.path(self.nats.seeds)

    def path(self, relative: Path) -> Path:
        """`relative` seen from the data directory."""
        return relative if relative.is_absolute() else self.data_dir / relative


def load(path: Path) -> Config:
    """The configuration in a TOML file.

    Raises `ConfigError` naming the key where one is unknown, missing or of the wrong type.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            str(path), "no such file; see docs/operations.md for an example"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"is not TOML: {error}") from error
    try:
        return msgspec.convert(document, Config, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise ConfigError(str(path), str(error)) from error


def _decode(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)
