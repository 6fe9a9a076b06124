"""Which disk lies under the spool, and whether a thief could read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from edge_agent.doctor.checks.encryption import judge
from edge_agent.doctor.encryption import Place, Shelter, encrypted, mount_of, shelter_of
from edge_agent.doctor.finding import Status

pytestmark = pytest.mark.unit

LUKS = "CRYPT-LUKS2-0123456789abcdef-cryptroot"
MOUNTS = """\
21 27 0:20 / /proc rw,relatime - proc proc rw
27 1 253:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw
40 27 8:17 / /data rw,relatime shared:2 - ext4 /dev/sdb1 rw
41 27 8:18 / /data\\040two rw - xfs /dev/sdb2 rw
42 27 0:50 / /run rw - tmpfs tmpfs rw
43 27 0:51 / /home/kim rw - fuse.gocryptfs /srv/kim rw
44 27 0:52 / /over rw - overlay overlay rw,lowerdir=/x
45 40 253:1 / /data rw - ext4 /dev/mapper/later rw
half a line
"""


class Sys:
    """/sys/dev/block and the devices behind it."""

    def __init__(self, root: Path) -> None:
        self.block, self._devices = root / "block", root / "devices"
        self.block.mkdir(parents=True)

    def device(
        self, number: str, *below: Path, uuid: str = "", partition_of: Path | None = None
    ) -> Path:
        place = (partition_of or self._devices) / number.replace(":", "-")
        (place / "slaves").mkdir(parents=True)
        if uuid:
            (place / "dm").mkdir()
            (place / "dm" / "uuid").write_text(f"{uuid}\n")
        if partition_of is not None:
            (place / "partition").write_text("1\n")
        for one in below:
            (place / "slaves" / one.name).symlink_to(one)
        (self.block / number).symlink_to(place)
        return place


@pytest.fixture
def sys(tmp_path: Path) -> Sys:
    return Sys(tmp_path)


def test_a_plain_disk_and_its_partition_are_in_the_clear(sys: Sys) -> None:
    disk = sys.device("8:0")
    assert not encrypted(disk)
    assert not encrypted(sys.device("8:1", partition_of=disk))


def test_a_file_system_on_luks_is_encrypted(sys: Sys) -> None:
    assert encrypted(sys.device("253:0", sys.device("8:0"), uuid=LUKS))


def test_lvm_on_luks_is_encrypted_and_so_is_luks_on_lvm(sys: Sys) -> None:
    luks = sys.device("253:0", sys.device("8:0"), uuid=LUKS)
    assert encrypted(sys.device("253:1", luks, uuid="LVM-abc"))
    volume = sys.device("253:2", sys.device("8:16"), uuid="LVM-def")
    assert encrypted(sys.device("253:3", volume, uuid=LUKS))
    assert not encrypted(volume)


def test_a_mirror_is_as_open_as_its_most_open_half(sys: Sys) -> None:
    luks = sys.device("253:0", sys.device("8:0"), uuid=LUKS)
    other = sys.device("253:1", sys.device("8:16"), uuid=LUKS)
    assert encrypted(sys.device("9:0", luks, other))
    assert not encrypted(sys.device("9:1", luks, sys.device("8:32")))


def test_a_partition_of_an_encrypted_device_is_encrypted(sys: Sys) -> None:
    luks = sys.device("253:0", sys.device("8:0"), uuid=LUKS)
    raid = sys.device("9:0", luks)
    assert encrypted(sys.device("259:1", partition_of=raid))


@pytest.mark.parametrize("uuid", ["CRYPT-VERITY-abc-usr", "CRYPT-INTEGRITY-abc-data", "LVM-abc"])
def test_what_only_checks_hides_nothing(sys: Sys, uuid: str) -> None:
    assert not encrypted(sys.device("253:0", sys.device("8:0"), uuid=uuid))


def test_integrity_below_luks_is_encrypted(sys: Sys) -> None:
    checks = sys.device("253:0", sys.device("8:0"), uuid="CRYPT-INTEGRITY-abc")
    assert encrypted(sys.device("253:1", checks, uuid=LUKS))


def test_devices_in_a_circle_end_the_search(sys: Sys) -> None:
    one = sys.device("253:0")
    two = sys.device("253:1", one)
    (one / "slaves" / two.name).symlink_to(two)
    assert not encrypted(one)


@pytest.mark.parametrize(
    ("folder", "point", "source"),
    [
        ("/var/lib/daedam/spool", "/", "/dev/mapper/root"),
        ("/database", "/", "/dev/mapper/root"),
        ("/data/spool", "/data", "/dev/mapper/later"),
        ("/data two/spool", "/data two", "/dev/sdb2"),
        ("/run/spool", "/run", "tmpfs"),
    ],
)
def test_the_mount_is_the_longest_and_of_those_the_last(
    folder: str, point: str, source: str
) -> None:
    mount = mount_of(Path(folder), MOUNTS)
    assert mount is not None
    assert (mount.point, mount.source) == (point, source)


@pytest.mark.parametrize(
    ("folder", "shelter"),
    [
        ("/var/spool", Shelter.ENCRYPTED),
        ("/data two/x", Shelter.CLEAR),
        ("/run/x", Shelter.MEMORY),
        ("/home/kim/x", Shelter.ENCRYPTED),
        ("/over/x", Shelter.UNKNOWN),
    ],
)
def test_a_folder_is_sheltered_as_its_disk_is(
    sys: Sys, tmp_path: Path, folder: str, shelter: Shelter
) -> None:
    sys.device("253:0", sys.device("8:0"), uuid=LUKS)
    sys.device("8:18")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert shelter_of(Path(folder), mounts=mounts, block=sys.block).shelter is shelter


def test_where_the_mounts_cannot_be_read_nothing_is_claimed(tmp_path: Path) -> None:
    assert shelter_of(tmp_path, mounts=tmp_path / "none").shelter is Shelter.UNKNOWN


def test_this_machine_is_told_without_an_error(tmp_path: Path) -> None:
    place = shelter_of(tmp_path)
    assert place.mount is not None
    assert place.detail


@pytest.mark.parametrize(
    ("shelter", "allowed", "status"),
    [
        (Shelter.ENCRYPTED, False, Status.OK),
        (Shelter.CLEAR, False, Status.FAIL),
        (Shelter.UNKNOWN, False, Status.FAIL),
        (Shelter.MEMORY, False, Status.FAIL),
        (Shelter.CLEAR, True, Status.WARN),
        (Shelter.UNKNOWN, True, Status.WARN),
        (Shelter.MEMORY, True, Status.WARN),
    ],
)
def test_an_encrypted_disk_is_demanded_and_an_allowance_stays_visible(
    shelter: Shelter, allowed: bool, status: Status
) -> None:
    found = judge(Place(shelter, None, "x"), allowed=allowed)
    assert found.status is status
    assert bool(found.todo) is (status is not Status.OK)
