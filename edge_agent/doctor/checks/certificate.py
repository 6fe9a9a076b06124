"""Who this room is: certificate, key, chain, how long it holds, and whether its renewal is late."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from edge_agent.config import Central
from edge_agent.doctor.finding import Finding, Visit, fail, first_of, warn
from edge_agent.errors import IdentityError
from edge_agent.uplink.identity import ENROL, load_identity

INTERVIEW: Final = timedelta(hours=2)
RENEWAL_AT: Final = 1 / 3
"""Of its life; the agent renews by itself."""
LATE_AT: Final = 2 / 3
DEEPEST: Final = 4


class CertificateCheck:
    name = "certificate"
    limit_s = 5.0

    async def run(self, visit: Visit) -> Finding:
        return judge(visit.config.central, datetime.now(UTC))


def judge(settings: Central, now: datetime) -> Finding:
    """What `identity.pem`, or the three files, say at `now`."""
    try:
        identity = load_identity(settings, now)
    except IdentityError as error:
        return fail(str(error).removesuffix(f"; {ENROL}"), ENROL)
    chain = x509.load_pem_x509_certificates(identity.certificate)
    leaf, trusted = chain[0], x509.load_pem_x509_certificates(identity.ca)
    begins, ends = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    left, spent = ends - now, (now - begins) / (ends - begins)
    name = _name(leaf)
    figures = {
        "identity": name,
        "not_after": ends.isoformat(),
        "days_left": round(left / timedelta(days=1), 2),
        "life_spent": round(spent, 3),
        "chained": chained(chain, trusted, now),
    }
    told = f"{name}, {_days(left)} left ({ends:%Y-%m-%d %H:%M} UTC)"
    key, ca = identity.files[-1], identity.files[0]
    return first_of(
        told if spent <= RENEWAL_AT else f"{told}; renewal is due",
        figures,
        (
            (left < INTERVIEW, fail, ": it ends before an interview does", ENROL),
            (not name.startswith("spiffe://"), fail, ": it names no room", ENROL),
            (
                _open_to_all(key),
                fail,
                ": everybody here can read its key",
                f"chmod 600 {key}; {ENROL}",
            ),
            (not figures["chained"], warn, f"; not signed by the authority in {ca}", ENROL),
            (spent > LATE_AT, warn, ": its renewal is late", f"is the agent running? Else {ENROL}"),
        ),
    )


def chained(chain: list[x509.Certificate], trusted: list[x509.Certificate], now: datetime) -> bool:
    """Whether signatures lead from the first of `chain` to one of `trusted`, all valid at `now`."""
    one = chain[0]
    for _ in range(DEEPEST):
        issuer = next((ca for ca in [*trusted, *chain[1:]] if _signed(one, ca)), None)
        if issuer is None or not issuer.not_valid_before_utc <= now <= issuer.not_valid_after_utc:
            return False
        if issuer in trusted:
            return True
        one = issuer
    return False


def _signed(one: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _name(leaf: x509.Certificate) -> str:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return "nobody"
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    return str(uris[0]) if uris else "nobody"


def _open_to_all(key: Path) -> bool:
    return bool(key.stat().st_mode & stat.S_IROTH)


def _days(left: timedelta) -> str:
    hours = left / timedelta(hours=1)
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"
