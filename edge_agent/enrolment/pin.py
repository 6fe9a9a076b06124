"""Which central this is, before anything is told to it: the chain that it shows must hold the very key
that the token names. There is no trust on first use.
"""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from edge_agent.enrolment.keys import public_sha256
from edge_agent.errors import CentralAway, IdentityError

TIMEOUT_S: Final = 10.0


def pinned_authority(
    address: str, server_name: str, pin: str, now: datetime | None = None
) -> x509.Certificate:
    """The authority whose key the token names, out of the chain that `host:port` shows.

    Blocks up to 10 s. Raises `CentralAway` where nobody answers, `IdentityError` where another authority
    does, where the chain does not hold, or where this PC's clock makes it look so.
    """
    return check_chain(
        shown_chain(address), server_name or _host(address), pin, now or datetime.now(UTC)
    )


def check_chain(
    chain: list[x509.Certificate], name: str, pin: str, now: datetime
) -> x509.Certificate:
    """The pinned authority in a server's chain. Raises `IdentityError` as `pinned_authority`."""
    anchor = next((one for one in chain if public_sha256(one.public_key()) == pin), None)
    if anchor is None:
        raise IdentityError(
            "this is not the central that made the token: its authority has another key. Nothing was "
            "told to it. Is central.enrolment_address right, and does nothing stand in between?"
        )
    leaf, between = chain[0], [one for one in chain[1:] if one != anchor]
    try:
        _verify(leaf, between, anchor, name, now)
    except VerificationError as error:
        raise _explained(error, leaf, between, anchor, name, now) from error
    return anchor


def shown_chain(address: str) -> list[x509.Certificate]:
    """What the server shows, believed in nothing. Raises `CentralAway` where nobody answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # what it shows is compared with the pin, before it is used
    context.set_alpn_protocols(["h2"])
    try:
        with (
            socket.create_connection((_host(address), _port(address)), timeout=TIMEOUT_S) as plain,
            context.wrap_socket(plain, server_hostname=_host(address)) as secured,
        ):
            return [x509.load_der_x509_certificate(der) for der in _unverified(secured)]
    except ssl.SSLError as error:
        raise CentralAway(
            f"{address} does not speak TLS as central does ({error.reason}); see "
            "central.enrolment_address"
        ) from error
    except (OSError, ValueError) as error:
        raise CentralAway(
            f"nobody enrols rooms at {address} ({error}); is central running, and is "
            "central.enrolment_address right?"
        ) from error


def _unverified(secured: ssl.SSLSocket) -> list[bytes]:
    """Public since Python 3.13; before, only inside."""
    public: Any = getattr(secured, "get_unverified_chain", None)
    if public is not None:
        return list(public())
    inner: Any = secured._sslobj  # type: ignore[attr-defined]  # noqa: SLF001
    form = ssl.PEM_cert_to_DER_cert
    return [form(one.public_bytes()) for one in inner.get_unverified_chain()]


def _verify(
    leaf: x509.Certificate,
    between: list[x509.Certificate],
    anchor: x509.Certificate,
    name: str,
    now: datetime,
) -> None:
    builder = PolicyBuilder().store(Store([anchor])).time(now)
    builder.build_server_verifier(_subject(name)).verify(leaf, between)


def _explained(  # noqa: PLR0917 - the same
    error: VerificationError,
    leaf: x509.Certificate,
    between: list[x509.Certificate],
    anchor: x509.Certificate,
    name: str,
    now: datetime,
) -> IdentityError:
    starts, ends = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    try:
        _verify(leaf, between, anchor, name, starts + (ends - starts) / 2)
    except VerificationError:
        return IdentityError(
            f"central's certificate does not hold for {name!r} ({error}); is central.server_name or "
            "central.enrolment_address right?"
        )
    return IdentityError(
        f"this PC's clock says {now:%Y-%m-%d %H:%M} UTC, but central's certificate is good from "
        f"{starts:%Y-%m-%d} to {ends:%Y-%m-%d}: set the clock (timedatectl set-ntp true), then try again"
    )


def _subject(name: str) -> x509.DNSName | x509.IPAddress:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _host(address: str) -> str:
    return address.rpartition(":")[0].strip("[]")


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def pem(certificate: x509.Certificate) -> bytes:
    """As files and gRPC want it."""
    return certificate.public_bytes(Encoding.PEM)
