"""The gateway's side of TLS, on both its ports. Files that change count from the next handshake on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import grpc

from central.config import Config
from central.errors import StartError

Certificates = Callable[[], grpc.ServerCertificateConfiguration]


def listen(server: grpc.aio.Server, config: Config, *, for_rooms: bool) -> int:
    """The port that was bound: the rooms' (mutual TLS), or the enrolment port (only the server shows a
    certificate, and its root with it, which a room PC compares with the pin of its token).

    Raises `StartError` where the port is taken or a certificate is missing.
    """
    gateway = config.gateway
    number = gateway.port if for_rooms else gateway.enrolment_port
    address = f"{gateway.host}:{number}"
    certificates = _mutual(config) if for_rooms else _enrolment(config)
    try:
        credentials = grpc.dynamic_ssl_server_credentials(
            certificates(),
            _fetcher(config, certificates),  # type: ignore[arg-type]  # None: as before; untyped there
            require_client_authentication=for_rooms,
        )
        return server.add_secure_port(address, credentials)
    except OSError as error:
        raise StartError("gateway", f"cannot read its certificates: {error}") from error
    except RuntimeError as error:
        raise StartError("gateway", f"cannot listen at {address}; is it taken?") from error


def _mutual(config: Config) -> Certificates:
    def read() -> grpc.ServerCertificateConfiguration:
        certificate, key, authority = (file.read_bytes() for file in _files(config))
        return grpc.ssl_server_certificate_configuration([(key, certificate)], authority)

    return read


def _enrolment(config: Config) -> Certificates:
    def read() -> grpc.ServerCertificateConfiguration:
        certificate, key, authority = (file.read_bytes() for file in _files(config))
        return grpc.ssl_server_certificate_configuration([(key, certificate + authority)])

    return read


def _fetcher(
    config: Config, certificates: Certificates
) -> Callable[[], grpc.ServerCertificateConfiguration | None]:
    """Called at every handshake; None: nothing has changed."""
    seen = _changed_ns(config)

    def fetch() -> grpc.ServerCertificateConfiguration | None:
        nonlocal seen
        try:
            now = _changed_ns(config)
            if now == seen:
                return None
            renewed = certificates()
        except OSError:
            return None  # in the middle of being replaced: the old ones hold
        seen = now
        return renewed

    return fetch


def _changed_ns(config: Config) -> tuple[int, ...]:
    return tuple(file.stat().st_mtime_ns for file in _files(config))


def _files(config: Config) -> tuple[Path, ...]:
    gateway = config.gateway
    names = (gateway.certificate, gateway.private_key, gateway.rooms_ca)
    return tuple(config.path(name) for name in names)
