"""Writes `proto/gen` from `proto/daedam`: `python -m tests.contract.generate [OUT]`, `make gen`.

Messages with their types, and the gRPC stub with its types. Files without content (the stubs of
protos without a service) are left out.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parents[2]
PROTO = ROOT / "proto"
SERVICES = ("room.proto", "enrolment.proto")


def main() -> None:
    """Replace the committed output."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else PROTO / "gen"
    with tempfile.TemporaryDirectory() as fresh:
        generate(Path(fresh))
        shutil.rmtree(out / "daedam", ignore_errors=True)
        shutil.copytree(Path(fresh) / "daedam", out / "daedam")
    print(f"{out}: {sum(1 for _ in out.rglob('*.py*'))} files")


def generate(out: Path) -> None:
    """Everything that protoc makes of the contract, under `out`."""
    files = sorted(path for path in PROTO.glob("daedam/**/*.proto"))
    _protoc(out, files, "--python_out", "--pyi_out")
    services = [path for path in files if path.name in SERVICES]
    _protoc(out, services, "--grpc_python_out", "--mypy_grpc_out")


def _protoc(out: Path, files: list[Path], *outputs: str) -> None:
    well_known = resources.files("grpc_tools") / "_proto"
    arguments = [
        "protoc",
        f"-I{PROTO}",
        f"-I{well_known}",
        f"--plugin=protoc-gen-mypy_grpc={Path(sys.executable).parent / 'protoc-gen-mypy_grpc'}",
        *(f"{output}={out}" for output in outputs),
        *(str(path) for path in files),
    ]
    if protoc.main(arguments) != 0:
        raise SystemExit("protoc failed; its message is above")


if __name__ == "__main__":
    main()
