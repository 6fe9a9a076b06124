"""What is wrong in the room right now, for the kiosk and the fleet view."""

from __future__ import annotations

from edge_agent.flow import DeviceEvent, DeviceState


class Faults:
    """One sentence per device that is lost, until it is back."""

    def __init__(self) -> None:
        self._lost: dict[str, str] = {}
        self._standing: tuple[str, ...] = ()

    def take(self, event: DeviceEvent) -> None:
        if event.state is DeviceState.LOST:
            self._lost[event.device] = event.detail
            return
        self._lost.pop(event.device, None)
        if event.device == "camera":
            self._lost.pop("vision", None)  # a picture is read again: the process is back as well

    def stand(self, told: tuple[str, ...]) -> None:
        """What else stands against an interview, as "part: why", in place of what was told before."""
        self._standing = told

    def now(self) -> tuple[str, ...]:
        others = (one for one in self._standing if one.partition(": ")[0] not in self._lost)
        return (*self.lost(), *others)

    def lost(self) -> tuple[str, ...]:
        """Devices only."""
        return tuple(f"{device}: {detail}" for device, detail in self._lost.items())

    def of(self, *devices: str) -> bool:
        """Whether one of them is lost."""
        return not self._lost.keys().isdisjoint(devices)
