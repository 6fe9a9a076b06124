"""Who may say and hear what on NATS: each role's least, as subjects. A role proves who it is with an
nkey (Ed25519): the server knows public keys only.

Source of the configuration's form: https://docs.nats.io/running-a-nats-service/configuration/securing_nats
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rights:
    """Subjects with NATS's wildcards; an own inbox for answers is added to `subscribe`."""

    publish: tuple[str, ...] = ()
    subscribe: tuple[str, ...] = ()
    responds: bool = False
    """May answer whoever asked it, wherever that one waits."""


ACCOUNTS: Final[Mapping[str, Rights]] = {
    "gateway": Rights(
        publish=("job.*", "live.room.>", "caption.*", "room.*.revoked"),
        subscribe=(
            "room.*.command",
            "room.*.revoked",
            "live.room.*.transcript",
            "live.room.*.notice",
        ),
    ),
    "speech": Rights(
        publish=("job.*", "live.room.*.transcript"),
        subscribe=("job.transcribe", "caption.*", "sound.answer"),
        responds=True,
    ),
    "language": Rights(
        publish=("job.*", "live.room.*.marks", "live.room.*.report", "room.*.command"),
        subscribe=(
            "job.evaluate",
            "job.report",
            "job.shadow",
            "job.plan",
            "job.follow_up",
            "job.resume",
            "job.embed",
        ),
    ),
    "dashboard": Rights(
        publish=(
            "room.*.command",
            "room.*.revoked",
            "live.room.*.notice",
            "live.room.*.interview",
            "sound.answer",
        ),
        subscribe=("live.room.>",),
    ),
    "steward": Rights(publish=("job.*", "room.*.command", "live.room.*.room")),
    "tools": Rights(publish=("room.*.command", "room.*.revoked")),
}
"""By role; `tools` is the command line of an administrator."""


def inbox(role: str) -> str:
    """Where answers to this role's questions go; nobody else may listen there."""
    return f"_INBOX_{role}"


def authorization(public_keys: Mapping[str, str], password: str = "") -> str:
    """The `authorization` block of a nats-server for these roles' public nkeys. With a password there
    is also a user `test` who may do everything: for tests only.
    """
    users = [_user(role, key, ACCOUNTS[role]) for role, key in sorted(public_keys.items())]
    if password:
        users.append(f"    {{ user: test, password: {json.dumps(password)} }}")
    return "authorization {\n  users: [\n" + "\n".join(users) + "\n  ]\n}"


def _user(role: str, key: str, rights: Rights) -> str:
    allowed: dict[str, dict[str, object]] = {
        "publish": {"allow": list(rights.publish)} if rights.publish else {"deny": [">"]},
        "subscribe": {"allow": [*rights.subscribe, f"{inbox(role)}.>"]},
    }
    if rights.responds:
        allowed["allow_responses"] = {"max": 1, "expires": "1m"}
    return f"    {{ nkey: {key}, permissions: {json.dumps(allowed)} }}"
