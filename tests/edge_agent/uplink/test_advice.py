from __future__ import annotations

from pathlib import Path

import pytest

from edge_agent.config import Central
from edge_agent.uplink.advice import advice

pytestmark = pytest.mark.unit

SETTINGS = Central(
    address="central:7443",
    ca=Path("tls/ca.crt"),
    certificate=Path("tls/room.crt"),
    private_key=Path("tls/room.key"),
)
REFUSED = "unavailable: failed to connect to all addresses; last error: UNKNOWN: ipv4:10.0.0.1:1: "


@pytest.mark.parametrize(
    ("why", "hint"),
    [
        (REFUSED + "Tls handshake failed: CERTIFICATE_VERIFY_FAILED", "authority in tls/ca.crt"),
        (REFUSED + "Hostname Verification Check failed.", "set central.server_name"),
        (REFUSED + "Failed to connect to remote host: Connection refused", "at central:7443"),
        (REFUSED + "Socket closed", "does not accept tls/room.crt"),
        ("permission_denied: agent 7 is not admitted in room a", "does not let tls/room.crt in"),
    ],
)
def test_what_grpc_saw_comes_with_what_to_do(why: str, hint: str) -> None:
    told = advice(why, SETTINGS)
    assert hint in told
    assert told.endswith(f"({why})")


def test_what_is_not_known_is_said_as_it_is() -> None:
    assert advice("central does not answer", SETTINGS) == "central does not answer"
