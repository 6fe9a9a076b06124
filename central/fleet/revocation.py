"""Taking admission back. A new token gives it again."""

from __future__ import annotations

from central.errors import Refused
from central.storage import audit, enrolment, identities
from central.storage.pool import Connection


async def revoke(
    conn: Connection,
    room_code: str,
    agent_uuid: str | None = None,
    actor_id: int | None = None,
) -> tuple[str, ...]:
    """Lets the room's agents in no more, or one of them: no stream, no renewal, no recovery; its open
    tokens end. The UUIDs of those that were let in until now: announce each on
    `central.bus.subjects.revoked` once the transaction has committed, and its stream ends at once.

    Raises `Refused` (room_unknown, agent_unknown; 404).
    """
    if not await identities.knows_room(conn, room_code):
        raise Refused("room_unknown", 404, f"there is no room {room_code!r}")
    if agent_uuid is not None and not await identities.knows_agent(conn, room_code, agent_uuid):
        raise Refused("agent_unknown", 404, f"room {room_code!r} has no agent {agent_uuid!r}")
    await enrolment.end_tokens(conn, room_code)
    gone = await identities.revoke(conn, room_code, agent_uuid, "revoked")
    detail = {"agents": list(gone)}
    await audit.note(conn, actor_id, "room.revoke", f"room:{room_code}", detail)
    return gone
