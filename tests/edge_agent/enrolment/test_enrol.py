"""A token for an identity, over real TLS against a real gateway: once, for one PC, of one central."""

from __future__ import annotations

import asyncio
import re
import stat
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from central.fleet.revocation import revoke
from edge_agent.config import Central
from edge_agent.enrolment.bundle import room_of
from edge_agent.enrolment.enrol import Enrolled, enrol
from edge_agent.enrolment.pending import PendingKey
from edge_agent.enrolment.token import Token
from edge_agent.errors import CentralAway, EnrolmentRefused, IdentityError
from edge_agent.uplink.identity import load_identity
from tests.fakes.enrolling import Enrolling, agent_of, bundle
from tests.fakes.room_client import room_of_pc

pytestmark = pytest.mark.integration


async def test_a_token_makes_a_pc_a_room_that_is_let_in(central: Enrolling) -> None:
    pc = central.pc()
    enrolled = await enrol(pc, await central.token())
    assert (enrolled.room_code, enrolled.already) == (central.site.room, False)
    assert stat.S_IMODE(pc.identity.stat().st_mode) == 0o600
    identity = load_identity(pc)
    assert identity.renews
    assert identity.room_code == central.site.room
    async with room_of_pc(central.address, identity) as (_, welcome):
        assert welcome.room_name == "Room 101"


async def test_a_rooms_certificate_can_do_nothing_but_be_that_room(central: Enrolling) -> None:
    pc = central.pc()
    await enrol(pc, await central.token())
    leaf = bundle(pc).leaf
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    constraints = leaf.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert not constraints.ca
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days == 7


async def test_the_token_is_kept_nowhere(central: Enrolling) -> None:
    token = await central.token()
    secret = token.text.split(".")[2]
    pc = central.pc()
    await enrol(pc, token)
    rows = await central.site.fetch("select enrolment_tokens::text from enrolment_tokens")
    assert all(secret not in row[0] for row in rows)
    assert secret not in pc.identity.read_text()
    assert secret not in repr(token)


async def test_enrolling_twice_with_one_token_changes_nothing(central: Enrolling) -> None:
    pc, token = central.pc(), await central.token()
    await enrol(pc, token)
    before = pc.identity.read_bytes()
    assert (await enrol(pc, token)).already
    assert pc.identity.read_bytes() == before
    assert await central.alarms() == set()


async def test_a_lost_answer_is_given_again_to_the_same_key(central: Enrolling) -> None:
    """The PC lost its power after central had issued, and before the identity was on disk."""
    pc, token = central.pc(), await central.token()
    key = PendingKey(pc.identity).key(None)
    await enrol(pc, token)
    first = bundle(pc)
    pc.identity.unlink()
    pending = pc.identity.with_name("identity.pem.next")
    from edge_agent.enrolment.keys import key_pem

    pending.write_bytes(key_pem(key))
    await enrol(pc, token)
    assert bundle(pc).leaf == first.leaf
    assert await central.generations(agent_of(first)) == [1]


async def test_another_pc_with_the_same_token_is_refused_and_an_admin_is_told(
    central: Enrolling,
) -> None:
    token = await central.token()
    await enrol(central.pc("first"), token)
    with pytest.raises(EnrolmentRefused, match="used by another PC"):
        await enrol(central.pc("second"), token)
    assert await central.alarms() == {"token_reused"}
    assert not central.pc("second").identity.exists()


async def test_of_two_pcs_that_race_for_one_token_one_is_let_in(central: Enrolling) -> None:
    token = await central.token()
    results = await asyncio.gather(
        *(enrol(central.pc(f"pc{n}"), token) for n in range(4)), return_exceptions=True
    )
    won = [one for one in results if isinstance(one, Enrolled)]
    lost = [one for one in results if isinstance(one, EnrolmentRefused)]
    assert (len(won), len(lost)) == (1, 3)
    assert await central.alarms() == {"token_reused"}


async def test_a_token_that_is_over_is_refused(central: Enrolling) -> None:
    token = await central.token()
    await central.age(token)
    with pytest.raises(EnrolmentRefused, match="no token is open"):
        await enrol(central.pc(), token)
    other = await central.token()
    with pytest.raises(EnrolmentRefused, match="has expired"):
        await enrol(central.pc(), token)
    await enrol(central.pc(), other)


async def test_a_new_token_ends_the_rooms_older_one(central: Enrolling) -> None:
    older, _ = await central.token(), await central.token()
    with pytest.raises(EnrolmentRefused, match="has expired"):
        await enrol(central.pc(), older)


async def test_a_token_of_the_right_shape_that_nobody_made_is_refused(central: Enrolling) -> None:
    token = await central.token()
    _, token_id, _, pin = token.text.split(".")
    for forged in (
        f"dae1.{token_id}.{'A' * 43}.{pin}",
        f"dae1.{'0' * 12}.{token.text.split('.')[2]}.{pin}",
    ):
        with pytest.raises(EnrolmentRefused, match="unknown"):
            await enrol(central.pc(), Token.parse(forged))
    assert await central.alarms() == set()


async def test_another_central_is_told_nothing(central: Enrolling) -> None:
    token = await central.token()
    other = Token.parse(re.sub(r"[0-9a-f]{64}$", "0" * 64, token.text))
    with pytest.raises(IdentityError, match="not the central that made the token"):
        await enrol(central.pc(), other)
    await enrol(central.pc(), token)  # its secret was not burnt, nor seen


async def test_nobody_at_the_enrolment_port_is_said(central: Enrolling) -> None:
    pc = msgspec.structs.replace(central.pc(), enrolment_address="127.0.0.1:1")
    with pytest.raises(CentralAway, match=r"central\.enrolment_address"):
        await enrol(pc, await central.token())


async def test_the_rooms_port_is_not_the_enrolment_port(central: Enrolling) -> None:
    pc = msgspec.structs.replace(central.pc(), enrolment_address=central.address)
    with pytest.raises((CentralAway, IdentityError)):
        await enrol(pc, await central.token())


async def test_a_pc_that_enrols_anew_stays_the_same_agent(central: Enrolling) -> None:
    """Its records wait in a series that belongs to that agent."""
    pc = central.pc()
    await enrol(pc, await central.token())
    first = agent_of(bundle(pc))
    await enrol(pc, await central.token())
    assert agent_of(bundle(pc)) == first
    assert await central.generations(first) == [1, 2]


async def test_another_pc_takes_the_room_over(central: Enrolling) -> None:
    old, new = central.pc("old"), central.pc("new")
    await enrol(old, await central.token())
    async with room_of_pc(central.address, load_identity(old)) as (client, _):
        await enrol(new, await central.token())
        code, _ = await client.ended()
    assert code.name == "PERMISSION_DENIED"
    async with room_of_pc(central.address, load_identity(new)):
        pass


async def test_a_pc_of_another_room_becomes_another_agent(central: Enrolling) -> None:
    pc = central.pc()
    await enrol(pc, await central.token())
    first = agent_of(bundle(pc))
    await central.site.add_agent(f"{central.site.room}-b", central.folder / "b")
    enrolled = await enrol(pc, await central.token(room=f"{central.site.room}-b"))
    assert enrolled.room_code == f"{central.site.room}-b"
    assert enrolled.moved_from == central.site.room
    assert agent_of(bundle(pc)) != first


async def test_a_revoked_room_comes_back_with_a_new_token_only(central: Enrolling) -> None:
    pc = central.pc()
    await enrol(pc, await central.token())
    open_token = await central.token()
    async with room_of_pc(central.address, load_identity(pc)) as (client, _):
        async with central.site.pool.connection() as conn:
            gone = await revoke(conn, central.site.room, None)
        for uuid in gone:
            await central.site.bus.announce(f"room.{central.site.room}.revoked", uuid)
        code, detail = await client.ended()
    assert (code.name, "revoked" in detail) == ("PERMISSION_DENIED", True)
    with pytest.raises(EnrolmentRefused):
        await enrol(central.pc("other"), open_token)
    await enrol(pc, await central.token())
    assert room_of(bundle(pc).leaf)[1] in gone
    async with room_of_pc(central.address, load_identity(pc)):
        pass


@pytest.mark.parametrize(
    "text", ["", "dae1.x.y.z", "hello", "dae2." + "0" * 12 + "." + "A" * 43 + "." + "0" * 64]
)
def test_what_is_no_token_is_said_so(text: str) -> None:
    with pytest.raises(IdentityError, match="not an enrolment token"):
        Token.parse(text)


def test_an_identity_that_cannot_be_kept_is_said_before_central_is_asked(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    settings = Central(address="127.0.0.1:1", identity=place / "identity.pem")
    with pytest.raises(IdentityError, match="cannot be written"):
        PendingKey(settings.identity).key(None)
