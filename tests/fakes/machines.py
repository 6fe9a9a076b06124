"""A PC to install onto that is two dictionaries and a list."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class FakeMachine:
    """`did`: what was asked of systemd, in order."""

    files: dict[str, str] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)
    enabled: set[str] = field(default_factory=set)
    did: list[str] = field(default_factory=list)
    says: str = ""

    def read(self, path: str) -> str | None:
        return self.files.get(path)

    def has(self, path: str) -> bool:
        return path in self.files

    def write(self, path: str, text: str, mode: int) -> None:
        self.files[path] = text
        self.modes[path] = mode

    def remove(self, path: str) -> None:
        self.files.pop(path, None)

    def rename(self, path: str, to: str) -> None:
        self.files[to] = self.files.pop(path)

    def remove_folder(self, path: str) -> None:
        self.files = {
            key: text for key, text in self.files.items() if not key.startswith(f"{path}/")
        }

    def accounts(self) -> None:
        self.did.append("accounts")

    def folders(self) -> None:
        self.did.append("folders")

    def reload(self) -> None:
        self.did.append("reload")

    def is_enabled(self, unit: str) -> bool:
        return unit in self.enabled

    def enable(self, unit: str) -> None:
        self.did.append(f"enable {unit}")
        self.enabled.add(unit)

    def disable(self, unit: str) -> None:
        self.did.append(f"disable {unit}")
        self.enabled.discard(unit)

    def status(self, unit: str) -> str:
        return self.says
