"""What to do about a connection that does not come about.

gRPC tells what its own layers saw ("Socket closed"); a person at the room PC needs to know which file
or which machine to look at. What it saw stays in the sentence.
"""

from __future__ import annotations

from edge_agent.config import Central
from edge_agent.uplink.identity import ENROL, identity_files

_UNTRUSTED = ("CERTIFICATE_VERIFY_FAILED",)
_MISNAMED = ("is not in peer certificate", "Hostname Verification Check failed")
_NOT_HERE = ("Connection refused", "No route to host", "Network is unreachable", "Domain name")
_CUT = ("Socket closed", "Connection reset by peer", "Tls handshake failed", "ALERT")
_UNKNOWN_ROOM = ("permission_denied", "unauthenticated")


def advice(why: str, settings: Central) -> str:
    """`why` a stream could not be opened, after a sentence that says what to do. The order matters:
    a certificate that is not trusted is a failed handshake too.
    """
    authority, certificate = identity_files(settings)
    for signs, sentence in (
        (_UNTRUSTED, f"central is not signed by the authority in {authority}; {ENROL}"),
        (_MISNAMED, "central's certificate is for another name; set central.server_name to its"),
        (_NOT_HERE, f"nobody answers at {settings.address}; is central running there?"),
        (_CUT, f"central stops, or does not accept {certificate}; {ENROL}"),
        (_UNKNOWN_ROOM, f"central does not let {certificate} in; {ENROL}"),
    ):
        if any(sign in why for sign in signs):
            return f"{sentence} ({why})"
    return why
