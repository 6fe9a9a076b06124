"""An encrypted disk under the spool: a stolen PC must not tell what candidates said."""

from __future__ import annotations

from typing import Final

from edge_agent.doctor.encryption import Place, Shelter, shelter_of
from edge_agent.doctor.finding import Finding, Visit, fail, ok, warn


class EncryptionCheck:
    name = "encryption"
    limit_s = 5.0

    async def run(self, visit: Visit) -> Finding:
        spool = visit.config.spool
        return judge(shelter_of(spool.folder), allowed=spool.allow_unencrypted)


def judge(place: Place, *, allowed: bool) -> Finding:
    """What follows."""
    figures = {"shelter": place.shelter.value, "detail": place.detail}
    match place.shelter:
        case Shelter.ENCRYPTED:
            return ok(place.detail, **figures)
        case Shelter.MEMORY if not allowed:
            return fail(f"{place.detail}: a power cut takes every record", _DISK, **figures)
    told = f"{place.detail}: what waits for central can be read by whoever takes the disk"
    if allowed:
        return warn(f"{told}; spool.allow_unencrypted lets interviews start", _ENCRYPT, **figures)
    return fail(told, _ENCRYPT, **figures)


_DISK: Final = "set spool.folder to a folder on an encrypted disk of this PC"
_ENCRYPT: Final = (
    "put spool.folder on a LUKS volume (`cryptsetup luksFormat`, opened at boot with the TPM: "
    "`systemd-cryptenroll --tpm2-device=auto`); for a demo without candidates only, set "
    "spool.allow_unencrypted = true. A disk that encrypts itself cannot be told from here"
)
