"""Everything a heartbeat says beside its counts, read from what lives in the room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable

from cryptography import x509

from edge_agent.config import Config
from edge_agent.doctor.sentence_kept import kept
from edge_agent.flow import Phase, Vitals
from edge_agent.service import clock
from edge_agent.telemetry.machine import Machine, free_bytes
from edge_agent.telemetry.silence import Silence
from edge_agent.telemetry.stillness import Stillness
from edge_agent.telemetry.waiting import Waiting

CERTIFICATE_EVERY_NS = 30_000_000_000
NS_PER_S = 1_000_000_000
SAMPLES_PER_MS = 16
"""Of any sound source."""


class Records(Protocol):
    """What is asked of the spool."""

    @property
    def next_seq(self) -> int: ...

    @property
    def acked_seq(self) -> int: ...


class Pictures(Protocol):
    """What is asked of the vision process."""

    stillness: Stillness
    provider: str
    profile: str
    fallback: str


@runtime_checkable
class Captured(Protocol):
    """What is asked of a microphone; a film loses nothing."""

    lost_samples: int
    overruns: int
    overflows: int


class VitalsReader:
    """`hear` takes every level; `read` is called every few seconds."""

    def __init__(
        self,
        config: Config,
        records: Records,
        pictures: Pictures,
        *,
        sound: object = None,
        machine: Machine | None = None,
        mono_ns: Callable[[], int] = clock.mono_ns,
    ) -> None:
        self._config, self._records, self._pictures = config, records, pictures
        self._sound = sound if isinstance(sound, Captured) else None
        self._machine, self._mono_ns = machine or Machine(), mono_ns
        self._silence, self._waiting = Silence(), Waiting()
        self._started_ns = mono_ns()
        self._certificate: tuple[int, int | None] | None = None

    def hear(self, level_dbfs: float) -> None:
        """The level of the microphone right now."""
        self._silence.hear(level_dbfs, self._mono_ns())

    def read(self, phase: Phase, settings_version: int = 0) -> Vitals:
        """How the room is; the loudest level is that since the last call."""
        now_ns, records = self._mono_ns(), self._records
        sentence = kept(self._config.central.identity.parent)
        # A film that waits for its turn stands still and is silent, as it should.
        films = self._config.replay.file is not None
        return Vitals(
            certificate_ends_wall_ns=self._certificate_ends(now_ns),
            disk_free_bytes=free_bytes(self._config.spool.folder),
            spool_limit_bytes=self._config.spool.limit_bytes,
            oldest_unsent_ms=self._waiting.oldest_ms(records.next_seq, records.acked_seq, now_ns),
            level_dbfs=self._silence.take_loudest(),
            silent_ms=None if films else self._silence.silent_ms(now_ns),
            frozen_ms=None if films else self._pictures.stillness.frozen_ms(now_ns),
            wanted_fps=None if films else self._config.camera.fps,
            vision_provider=self._pictures.provider,
            uptime_ms=(now_ns - self._started_ns) // 1_000_000,
            phase=phase,
            cpu_ratio=self._machine.cpu_ratio(),
            memory_ratio=self._machine.memory_ratio(),
            temperature_celsius=self._machine.temperature_celsius(),
            settings_version=settings_version,
            sound_lost_ms=self._sound.lost_samples // SAMPLES_PER_MS if self._sound else None,
            sentence_wall_ns=sentence.wall_ns if sentence else None,
            sentence_heard=sentence.heard if sentence else None,
            sentence_snr_db=sentence.snr_db if sentence else None,
            sentence_latency_ms=sentence.latency_ms if sentence else None,
            sentence_error_ratio=sentence.error_ratio if sentence else None,
            sound_losses=self._sound.overruns + self._sound.overflows if self._sound else None,
            vision_profile=self._pictures.profile,
            vision_fallback=self._pictures.fallback,
        )

    def _certificate_ends(self, now_ns: int) -> int | None:
        """Read again now and then: it is renewed while the agent runs."""
        if self._certificate is None or now_ns - self._certificate[0] >= CERTIFICATE_EVERY_NS:
            self._certificate = (now_ns, self._read_certificate())
        return self._certificate[1]

    def _read_certificate(self) -> int | None:
        central = self._config.central
        ends_ns = certificate_ends_ns(central.identity)
        return certificate_ends_ns(central.certificate) if ends_ns is None else ends_ns


def certificate_ends_ns(path: Path) -> int | None:
    """The end of a PEM file's first certificate, nanoseconds since 1970; None where it has none."""
    try:
        leaf = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None
    return int(leaf.not_valid_after_utc.timestamp()) * NS_PER_S
