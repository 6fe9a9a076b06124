"""The sessions of one profile: all are wanted on the same device, and each may end elsewhere."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakValueDictionary

from edge_agent.vision.inference import Device, Network, OnnxNetwork


class Sessions:
    """Opens networks and remembers how they fared. A network lives as long as its user does."""

    def __init__(self, wanted: Device) -> None:
        self._wanted: Device = wanted
        self._open: WeakValueDictionary[Path, OnnxNetwork] = WeakValueDictionary()
        self._devices: dict[Path, Device] = {}
        self._fallbacks: dict[Path, str] = {}

    def open(self, model: Path) -> Network:
        """The network of this file, loaded once. Raises `ModelError` where it is none."""
        network = self._open.get(model)
        if network is None:
            self._open[model] = network = OnnxNetwork(model, self._wanted)
            self._devices[model], self._fallbacks[model] = network.device, network.fallback
        return network

    @property
    def provider(self) -> str:
        """What really computes: "onnxruntime-cuda" where every network does so there."""
        devices = set(self._devices.values()) or {self._wanted}
        return f"onnxruntime-{'cuda' if devices == {'cuda'} else 'cpu'}"

    @property
    def fallback(self) -> str:
        """Which networks compute elsewhere than wanted, and why; empty where none does."""
        return "; ".join(f"{path.name}: {why}" for path, why in self._fallbacks.items() if why)
