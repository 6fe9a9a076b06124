"""The room's certificate, as the doctor judges it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge_agent.config import Central
from edge_agent.doctor.checks import certificate
from edge_agent.doctor.finding import Finding, Status
from tests.fakes.certificates import Authority, write_room
from tests.fakes.findings import expect

pytestmark = pytest.mark.unit


class Papers:
    """A room's three files, valid for a day before and `days` after now."""

    def __init__(self, folder: Path, days: float = 5.0, ca: Authority | None = None) -> None:
        authority = Authority()
        pair = authority.room(timedelta(days=days))
        write_room(folder, authority, pair)
        (folder / "tls" / "room.key").chmod(0o600)
        if ca is not None:
            (folder / "tls" / "central-ca.crt").write_bytes(ca.pem)
        self.settings = Central(
            address="c:1",
            ca=folder / "tls" / "central-ca.crt",
            certificate=folder / "tls" / "room.crt",
            private_key=folder / "tls" / "room.key",
            identity=folder / "identity.pem",
        )

    def judged(self, at: timedelta = timedelta()) -> Finding:
        return certificate.judge(self.settings, datetime.now(UTC) + at)


def test_a_certificate_that_is_young_and_chained_is_well(tmp_path: Path) -> None:
    found = Papers(tmp_path, days=0.9).judged(timedelta(days=-1.9))
    expect(found, Status.OK, "spiffe://test/room/a/agent/1, 2.8 days left")
    assert found.figures["chained"] is True


def test_a_certificate_that_ends_before_an_interview_does_fails(tmp_path: Path) -> None:
    expect(Papers(tmp_path, days=0.05).judged(), Status.FAIL, "ends before an interview")


def test_a_certificate_whose_renewal_is_late_warns(tmp_path: Path) -> None:
    expect(Papers(tmp_path, days=0.9).judged(), Status.WARN, "renewal is late")


def test_a_certificate_of_another_authority_warns(tmp_path: Path) -> None:
    papers = Papers(tmp_path, days=0.9, ca=Authority())
    expect(papers.judged(timedelta(days=-1.9)), Status.WARN, "not signed by the authority")


def test_a_key_that_everybody_can_read_fails(tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    papers.settings.private_key.chmod(0o644)
    expect(papers.judged(), Status.FAIL, "everybody here can read its key")


def test_papers_that_are_not_there_or_have_expired_fail_with_what_to_do(tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    expect(papers.judged(timedelta(days=6)), Status.FAIL, "expired")
    papers.settings.certificate.unlink()
    expect(papers.judged(), Status.FAIL, "cannot be read")
