"""Every check, in the order of the report: devices, what computes, what keeps, the way, the system."""

from __future__ import annotations

from typing import Final

from edge_agent.doctor.checks.camera import CameraCheck
from edge_agent.doctor.checks.certificate import CertificateCheck
from edge_agent.doctor.checks.clock import ClockCheck
from edge_agent.doctor.checks.disk import DiskCheck
from edge_agent.doctor.checks.encryption import EncryptionCheck
from edge_agent.doctor.checks.gateway import GatewayCheck
from edge_agent.doctor.checks.gpu import GpuCheck
from edge_agent.doctor.checks.kiosk import KioskCheck
from edge_agent.doctor.checks.microphone import MicrophoneCheck
from edge_agent.doctor.checks.models import ModelsCheck
from edge_agent.doctor.checks.names import NamesCheck
from edge_agent.doctor.checks.sentence import SentenceCheck
from edge_agent.doctor.checks.speaker import SpeakerCheck
from edge_agent.doctor.checks.spool import SpoolCheck
from edge_agent.doctor.checks.systemd import SystemdCheck
from edge_agent.doctor.checks.versions import VersionsCheck
from edge_agent.doctor.finding import Check

EVERY: Final[tuple[Check, ...]] = (
    CameraCheck(),
    MicrophoneCheck(),
    SpeakerCheck(),
    GpuCheck(),
    ModelsCheck(),
    DiskCheck(),
    EncryptionCheck(),
    SpoolCheck(),
    NamesCheck(),
    CertificateCheck(),
    GatewayCheck(),
    SentenceCheck(),
    ClockCheck(),
    KioskCheck(),
    SystemdCheck(),
    VersionsCheck(),
)
