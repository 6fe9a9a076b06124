"""The policy profiles of this site: what each lets an interview measure."""

from __future__ import annotations

import msgspec
from litestar import get

from central.dashboard.auth import roles
from central.dashboard.wants import Profiles
from central.policy import Profile


class Named(msgspec.Struct, frozen=True):
    """`is_default`: it holds where an interview names none."""

    name: str
    is_default: bool
    profile: Profile


@get("/policies", guards=[roles.allow(roles.ADMIN, roles.RECRUITER)])
async def list_policies(policies: Profiles) -> list[Named]:
    """By name."""
    return [
        Named(name, name == policies.default, profile)
        for name, profile in sorted(policies.profiles.items())
    ]


HANDLERS = (list_policies,)
