"""What strangers try at the enrolment port, and what agents try at the rooms' port."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509

from central.fleet import certificates
from central.fleet.authority import Authority
from central.fleet.proofs import Challenges
from central.fleet.root import create_authority
from central.fleet.server_certificate import ServerFiles, names_in, write_server
from central.fleet.upkeep import look
from daedam.v1 import enrolment_pb2, room_pb2
from daedam.v1.enrolment_pb2_grpc import EnrolmentServiceStub
from daedam.v1.room_pb2_grpc import RoomServiceStub
from edge_agent.enrolment.enrol import enrol
from edge_agent.enrolment.keys import request_for
from edge_agent.enrolment.pin import shown_chain
from edge_agent.enrolment.token import Token
from tests.fakes.enrolling import Enrolling, bundle, enrolling
from tests.fakes.site import Site, running_site

pytestmark = pytest.mark.integration


@pytest.fixture
async def central(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Enrolling]:
    async with enrolling(database_url, nats_url, tmp_path) as running:
        yield running


@asynccontextmanager
async def channel(
    central: Enrolling, *, rooms: bool = False, mine: bool = False
) -> AsyncIterator[grpc.aio.Channel]:
    """To the enrolment port, or to the rooms' port, perhaps with the site's own agent's certificate."""
    files = central.site.agent
    credentials = grpc.ssl_channel_credentials(
        files.authority.read_bytes(),
        files.private_key.read_bytes() if mine else None,
        files.certificate.read_bytes() if mine else None,
    )
    port = central.site.config.gateway.enrolment_port
    address = central.address if rooms else f"127.0.0.1:{port}"
    options = (("grpc.use_local_subchannel_pool", 1),)
    async with grpc.aio.secure_channel(address, credentials, options) as opened:
        yield opened


def csr() -> bytes:
    return request_for(certificates.new_key())


def asking(good: Token, **changed: Any) -> enrolment_pb2.EnrolRequest:
    given: dict[str, Any] = {"token": good.text, "csr": csr(), "wall_ns": time.time_ns()}
    return enrolment_pb2.EnrolRequest(**(given | changed))


async def refused(call: Any) -> tuple[str, str]:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return error.value.code().name, error.value.details() or ""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"csr": b""}, "not a certificate request"),
        ({"csr": b"\xff" * 1000}, "not a certificate request"),
        ({"token": ""}, "not a token"),
        ({"token": "dae1." + "x" * 5000}, "not a token"),
        ({"former_certificate": b"hello"}, "not a certificate"),
    ],
)
async def test_nonsense_is_refused_and_burns_no_token(
    central: Enrolling, changed: dict[str, Any], says: str
) -> None:
    token = await central.token()
    async with channel(central) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        code, detail = await refused(stub.Enrol(asking(token, **changed), timeout=5))
        assert (code, says in detail) == ("INVALID_ARGUMENT", True)
        await stub.Enrol(asking(token), timeout=5)


async def test_a_huge_request_is_refused_before_it_is_read(central: Enrolling) -> None:
    async with channel(central) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = asking(await central.token(), csr=b"x" * 100_000)
        assert (await refused(stub.Enrol(request, timeout=5)))[0] == "RESOURCE_EXHAUSTED"


async def test_a_former_certificate_without_its_key_is_refused(central: Enrolling) -> None:
    """Who saw a room's certificate cannot become that agent with a token of its own."""
    pc = central.pc()
    await enrol(pc, await central.token())
    token = await central.token()
    async with channel(central) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = asking(
            token, former_certificate=bundle(pc).chain_pem, former_signature=b"\x30\x06" * 4
        )
        code, detail = await refused(stub.Enrol(request, timeout=5))
    assert (code, "did not sign" in detail) == ("INVALID_ARGUMENT", True)


async def test_strangers_who_knock_too_often_wait(central: Enrolling) -> None:
    token = await central.token()
    forged = Token.parse(token.text.replace(token.token_id, "0" * 12))
    async with channel(central) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        codes = [(await refused(stub.Enrol(asking(forged), timeout=5)))[0] for _ in range(14)]
    assert codes[0] == "PERMISSION_DENIED"
    assert codes[-1] == "RESOURCE_EXHAUSTED"


async def test_a_challenge_is_good_for_two_minutes_and_made_here_only() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    key = certificates.new_key()
    ours, theirs = Challenges(key), Challenges(certificates.new_key())
    challenge = ours.make(now)
    assert Challenges(key).holds(challenge, now + timedelta(seconds=119))
    assert not ours.holds(challenge, now + timedelta(seconds=122))
    assert not theirs.holds(challenge, now)
    assert not ours.holds(challenge[:-1] + bytes([challenge[-1] ^ 1]), now)
    assert not ours.holds(b"", now)


async def test_a_forged_challenge_is_refused(central: Enrolling) -> None:
    async with channel(central) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = enrolment_pb2.RecoverRequest(challenge=b"x" * 56, certificate=b"", csr=csr())
        assert (await refused(stub.Recover(request, timeout=5)))[0] == "INVALID_ARGUMENT"


async def test_each_port_serves_its_own_calls_only(central: Enrolling) -> None:
    async with channel(central) as strangers, channel(central, rooms=True, mine=True) as agents:
        renew: Any = EnrolmentServiceStub(strangers)
        others: Any = EnrolmentServiceStub(agents)
        rooms: Any = RoomServiceStub(strangers)
        request = enrolment_pb2.RenewRequest(csr=csr(), wall_ns=time.time_ns())
        assert (await refused(renew.Renew(request, timeout=5)))[0] == "UNIMPLEMENTED"
        token = await central.token()
        assert (await refused(others.Enrol(asking(token), timeout=5)))[0] == "UNIMPLEMENTED"
        call = rooms.Session()
        await call.write(room_pb2.SessionRequest(hello=room_pb2.Hello(spool_id="x")))
        assert (await call.code()).name == "UNIMPLEMENTED"


async def test_nobody_without_a_certificate_reaches_the_rooms_port(central: Enrolling) -> None:
    async with channel(central, rooms=True) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = enrolment_pb2.RenewRequest(csr=csr(), wall_ns=time.time_ns())
        assert (await refused(stub.Renew(request, timeout=5)))[0] == "UNAVAILABLE"


async def test_an_agent_from_a_file_may_renew_too(central: Enrolling) -> None:
    async with channel(central, rooms=True, mine=True) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = enrolment_pb2.RenewRequest(csr=csr(), wall_ns=time.time_ns())
        answer = await stub.Renew(request, timeout=5)
    assert answer.credential.generation == 2
    leaf = x509.load_pem_x509_certificate(answer.credential.certificates)
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    (uri,) = names.get_values_for_type(x509.UniformResourceIdentifier)
    assert uri.endswith(f"/room/{central.site.room}/agent/{central.site.agent.agent_uuid}")


async def test_an_agent_that_renews_without_end_is_stopped(central: Enrolling) -> None:
    async with channel(central, rooms=True, mine=True) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = enrolment_pb2.RenewRequest(csr=csr(), wall_ns=time.time_ns())
        for _ in range(10):
            await stub.Renew(request, timeout=5)
        assert (await refused(stub.Renew(request, timeout=5)))[0] == "RESOURCE_EXHAUSTED"


async def test_the_gateways_certificate_is_renewed_without_a_restart(central: Enrolling) -> None:
    """On both ports; streams that are open go on."""
    site = central.site
    files = ServerFiles.of(site.config)
    authority = Authority.load(site.config.data_dir / "authority")
    port = site.config.gateway.enrolment_port
    before = (await asyncio.to_thread(shown_chain, f"127.0.0.1:{port}"))[0]
    later = datetime.now(UTC) + timedelta(days=397 - 59)
    await look(site.config, authority, site.pool, datetime.now(UTC))
    assert files.read() == before  # not yet
    async with channel(central, rooms=True, mine=True) as opened:
        stub: Any = EnrolmentServiceStub(opened)
        request = enrolment_pb2.RenewRequest(csr=csr(), wall_ns=time.time_ns())
        await stub.Renew(request, timeout=5)
        await look(site.config, authority, site.pool, later)
        assert files.read() != before
        await stub.Renew(request, timeout=5)  # over the connection of before
    assert names_in(files.read()) == names_in(before)
    for place in (f"127.0.0.1:{port}", central.address):
        assert await asyncio.to_thread(presented, place) == files.read()
    async with channel(central, rooms=True, mine=True) as opened:
        again: Any = EnrolmentServiceStub(opened)
        await again.Renew(request, timeout=5)
    await enrol(central.pc(), await central.token())


def presented(address: str) -> x509.Certificate:
    """What a server shows first (before it asks for ours)."""
    host, _, port = address.rpartition(":")
    return x509.load_pem_x509_certificate(ssl.get_server_certificate((host, int(port))).encode())


async def test_a_certificate_that_nobody_here_can_renew_raises_an_alarm(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    async with running_site(database_url, nats_url, tmp_path / "central") as site:
        await _alarms(site, tmp_path)


async def _alarms(site: Site, tmp_path: Path) -> None:
    files = ServerFiles.of(site.config)
    write_server(files, create_authority(tmp_path / "elsewhere"), ["localhost"])
    ours = Authority.load(site.config.data_dir / "authority")
    query = "select kind from alarms where room_id is null and cleared_at is null"
    await look(site.config, ours, site.pool, datetime.now(UTC) + timedelta(days=390))
    assert ("gateway_certificate_ends",) in await site.fetch(query)
    await look(site.config, None, site.pool, datetime.now(UTC))
    assert await site.fetch(query) == []


def test_what_the_root_signs_lives_below_it_and_its_key_lies_apart(tmp_path: Path) -> None:
    away = tmp_path / "away"
    authority = create_authority(tmp_path / "authority", root_folder=away)
    assert {one.name for one in (tmp_path / "authority").iterdir()} == {
        "issuing.key",
        "issuing.crt",
        "root.crt",
    }
    assert (away / "root.key").stat().st_mode & 0o777 == 0o600
    issued = authority.issue_server(["localhost"])
    leaf, issuing = x509.load_pem_x509_certificates(issued.certificate)
    root = x509.load_pem_x509_certificate(authority.certificate)
    leaf.verify_directly_issued_by(issuing)
    issuing.verify_directly_issued_by(root)
    assert leaf.not_valid_after_utc < issuing.not_valid_after_utc < root.not_valid_after_utc


def test_the_first_versions_one_authority_goes_on(tmp_path: Path) -> None:
    """Its rooms know no other root."""
    folder = tmp_path / "authority"
    folder.mkdir()
    now = datetime.now(UTC)
    key = certificates.new_key()
    name = certificates.subject("daedam rooms")
    content = certificates.Content(
        "daedam rooms", key.public_key(), now, now + timedelta(days=3650), path_length=0
    )
    old = certificates.sign(content, name, key)
    (folder / "ca.crt").write_bytes(certificates.pem(old))
    (folder / "ca.key").write_bytes(certificates.key_pem(key))
    before = Authority.load(folder).certificate
    authority = create_authority(folder)
    assert authority.certificate == before == certificates.pem(old)
    assert Authority.load(folder).issued(
        x509.load_pem_x509_certificate(authority.issue_server(["localhost"]).certificate)
    )
    assert not (folder / "ca.key").exists()
    assert not (folder / "offline-root").exists()
