"""A room keeps its certificate by itself, and loses it where somebody has a copy of its key."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import grpc
import msgspec
import pytest

from central.fleet.revocation import revoke
from edge_agent.config import Central
from edge_agent.enrolment import client
from edge_agent.enrolment.bundle import Bundle
from edge_agent.enrolment.enrol import enrol
from edge_agent.enrolment.keys import key_pem, new_key
from edge_agent.enrolment.pending import PendingKey
from edge_agent.enrolment.renewal import Renewal, recover_if_expired, renew
from edge_agent.errors import EnrolmentRefused, IdentityError
from edge_agent.uplink.identity import load_identity
from tests.fakes.enrolling import Enrolling, agent_of, bundle
from tests.fakes.room_client import room_of_pc

pytestmark = pytest.mark.integration


@pytest.fixture
async def pc(central: Enrolling) -> Central:
    """An enrolled room PC."""
    settings = central.pc()
    await enrol(settings, await central.token())
    return settings


def copied(central: Enrolling, pc: Central, name: str = "copy") -> Central:
    """Another PC with a copy of this one's disk."""
    copy = central.pc(name)
    shutil.copytree(pc.identity.parent, copy.identity.parent)
    return copy


async def test_a_renewed_certificate_has_a_new_key_and_the_same_agent(
    central: Enrolling, pc: Central
) -> None:
    first = bundle(pc)
    await renew(pc, first)
    second = bundle(pc)
    assert agent_of(second) == agent_of(first)
    assert second.leaf.public_key() != first.leaf.public_key()
    assert await central.generations(agent_of(first)) == [1, 2]
    async with room_of_pc(central.address, load_identity(pc)):
        pass


async def test_a_stream_goes_on_over_the_older_certificate(central: Enrolling, pc: Central) -> None:
    async with room_of_pc(central.address, load_identity(pc)) as (stream, _):
        await renew(pc, bundle(pc))
        await stream.send(heartbeat={"wall_ns": time.time_ns()})
        async with room_of_pc(central.address, load_identity(pc)):
            pass


async def test_a_lost_answer_to_a_renewal_is_given_again(central: Enrolling, pc: Central) -> None:
    """Central has issued, and the PC lost its power before the identity was on disk."""
    before = pc.identity.read_bytes()
    first = bundle(pc)
    key = PendingKey(pc.identity).key(first)
    await renew(pc, first)
    issued = bundle(pc)
    for _ in range(3):
        pc.identity.write_bytes(before)
        pc.identity.with_name("identity.pem.next").write_bytes(key_pem(key))
        await renew(pc, bundle(pc))
        assert bundle(pc).leaf == issued.leaf
    assert await central.generations(agent_of(first)) == [1, 2]
    assert await central.alarms() == set()


async def test_one_step_back_is_tolerated_once(central: Enrolling, pc: Central) -> None:
    """A restored disk looks the same as a copied one: it may happen once."""
    copy = copied(central, pc)
    await renew(pc, bundle(pc))
    await renew(copy, bundle(copy))
    assert await central.alarms() == set()
    with pytest.raises(EnrolmentRefused, match="somebody may have a copy"):
        await renew(pc, bundle(pc))
    assert await central.alarms() == {"identity_locked"}


async def test_a_stolen_generation_locks_the_room_until_a_new_token(
    central: Enrolling, pc: Central
) -> None:
    thief = copied(central, pc)
    await renew(pc, bundle(pc))
    await renew(pc, bundle(pc))
    async with room_of_pc(central.address, load_identity(pc)) as (stream, _):
        with pytest.raises(EnrolmentRefused, match="locked"):
            await renew(thief, bundle(thief))
        assert (await stream.ended())[0].name == "PERMISSION_DENIED"
    for one in (pc, thief):
        with pytest.raises(EnrolmentRefused, match="locked"):
            await renew(one, bundle(one))
    assert await central.alarms() == {"identity_locked"}
    await enrol(pc, await central.token())
    assert await central.alarms() == set()
    await renew(pc, bundle(pc))


async def test_a_stream_over_a_copy_of_an_old_identity_locks_the_room(
    central: Enrolling, pc: Central
) -> None:
    """Who only listens in does not renew, and is found out all the same."""
    thief = copied(central, pc)
    await renew(pc, bundle(pc))
    async with room_of_pc(central.address, load_identity(thief)):
        pass  # one step behind: the PC's own answer may have been lost
    await renew(pc, bundle(pc))
    assert await central.alarms() == set()
    with pytest.raises(grpc.aio.AioRpcError, match="is revoked"):
        async with room_of_pc(central.address, load_identity(thief)):
            pass
    assert "identity_locked" in await central.alarms()
    with pytest.raises(EnrolmentRefused, match="locked"):
        await renew(pc, bundle(pc))


async def test_a_revoked_agent_renews_and_recovers_nothing(central: Enrolling, pc: Central) -> None:
    async with central.site.pool.connection() as conn:
        await revoke(conn, central.site.room, agent_of(bundle(pc)))
    with pytest.raises(EnrolmentRefused, match="revoked"):
        await renew(pc, bundle(pc))
    await central.expire(pc, timedelta(days=1))
    with pytest.raises(EnrolmentRefused, match="revoked"):
        await recover_if_expired(pc)


async def test_a_pc_that_was_off_for_weeks_recovers(central: Enrolling, pc: Central) -> None:
    await central.expire(pc, timedelta(days=20))
    with pytest.raises(IdentityError, match="expired"):
        load_identity(pc)
    await recover_if_expired(pc)
    async with room_of_pc(central.address, load_identity(pc)):
        pass


async def test_a_pc_that_was_off_for_a_month_needs_a_token(central: Enrolling, pc: Central) -> None:
    await central.expire(pc, timedelta(days=31))
    with pytest.raises(EnrolmentRefused, match="more than 30 days"):
        await recover_if_expired(pc)
    await enrol(pc, await central.token())


async def test_a_pc_recovers_twice_and_then_needs_a_token(central: Enrolling, pc: Central) -> None:
    for _ in range(2):
        await central.expire(pc, timedelta(days=2))
        await recover_if_expired(pc)
    await central.expire(pc, timedelta(days=2))
    with pytest.raises(EnrolmentRefused, match="2 times"):
        await recover_if_expired(pc)
    await enrol(pc, await central.token())
    await central.expire(pc, timedelta(days=2))
    await recover_if_expired(pc)


async def test_a_recovery_without_the_key_is_refused(central: Enrolling, pc: Central) -> None:
    """The certificate alone was shown to whoever listened; the key never left the PC."""
    await central.expire(pc, timedelta(days=1))
    old = bundle(pc)
    forged = Bundle(new_key(), old.chain, old.authorities, "")
    door = client.Door(pc.enrolment_address, "", old.authorities_pem)
    with pytest.raises(EnrolmentRefused, match="does not know this certificate and key"):
        await client.recover(door, forged, new_key())


async def test_a_certificate_that_still_holds_is_renewed_not_recovered(
    central: Enrolling, pc: Central
) -> None:
    present = bundle(pc)
    door = client.Door(pc.enrolment_address, "", present.authorities_pem)
    with pytest.raises(EnrolmentRefused, match="clock"):
        await client.recover(door, present, new_key())


@pytest.mark.parametrize(("off_s", "side"), [(-7200, "behind"), (7200, "ahead")])
async def test_a_wrong_clock_is_told_to_the_pc_and_the_admin(
    central: Enrolling, pc: Central, monkeypatch: pytest.MonkeyPatch, off_s: int, side: str
) -> None:
    real: Callable[[], int] = time.time_ns
    with monkeypatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: real() + off_s * 1_000_000_000)
        with pytest.raises(EnrolmentRefused, match=f"clock is {side}") as refused:
            await renew(pc, bundle(pc))
        assert refused.value.later
        assert await central.alarms() == {"clock_wrong"}
        other = central.pc("other")
        token = await central.token()
        with pytest.raises(EnrolmentRefused, match=f"clock is {side}"):
            await enrol(other, token)
    await enrol(other, token)  # the token was not burnt
    assert await central.alarms() == set()


async def test_the_task_renews_when_it_is_time_and_reconnects_when_it_is_quiet(
    central: Enrolling, pc: Central
) -> None:
    idle, told = [False], [0]
    task = watching(pc, idle, told)
    fresh = bundle(pc).leaf
    await task.look()
    assert bundle(pc).leaf == fresh
    await central.expire(pc, -timedelta(days=3))  # 4 of 7: later than any room's moment
    await task.look()
    renewed = bundle(pc).leaf
    assert renewed.not_valid_after_utc > datetime.now(UTC) + timedelta(days=6)
    assert told == [0]  # an interview goes on, over the older certificate
    idle[0] = True
    await task.look()
    await task.look()
    assert (bundle(pc).leaf, told) == (renewed, [1])


async def test_a_stream_whose_certificate_is_about_to_end_does_not_wait_for_quiet(
    central: Enrolling, pc: Central
) -> None:
    told = [0]
    await central.expire(pc, -timedelta(hours=1))
    await watching(pc, [False], told).look()
    assert told == [1]


async def test_the_task_recovers_what_expired_while_central_was_away(
    central: Enrolling, pc: Central
) -> None:
    await central.expire(pc, timedelta(hours=1))
    await watching(pc, [True], [0]).look()
    assert load_identity(pc).room_code == central.site.room


def watching(pc: Central, idle: list[bool], told: list[int]) -> Renewal:
    def reconnect() -> None:
        told[0] += 1

    return Renewal(pc, idle=lambda: idle[0], reconnect=reconnect)


async def test_central_away_is_no_trouble_for_the_room(central: Enrolling, pc: Central) -> None:
    await central.expire(pc, -timedelta(seconds=100))
    away = msgspec.structs.replace(pc, address="127.0.0.1:1")
    task = Renewal(away, idle=lambda: True, reconnect=lambda: None)
    await task.look()
    assert "127.0.0.1:1" in task.trouble
    assert load_identity(pc).renews
