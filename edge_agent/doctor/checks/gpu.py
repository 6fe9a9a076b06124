"""What computes: the graphics card as its driver tells, and what onnxruntime can really use."""

from __future__ import annotations

import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from edge_agent.doctor.apart import apart
from edge_agent.doctor.finding import Finding, Status, Visit, fail, ok, warn

DRIVER_TIMEOUT_S: Final = 8.0
FIELDS: Final = ("name", "driver_version", "memory.total", "memory.used", "temperature.gpu")
ELSEWHERE: Final = {"AzureExecutionProvider"}
"""Providers that compute on other machines: nothing leaves a room."""
GRAPHICS: Final = {"CUDAExecutionProvider", "TensorrtExecutionProvider", "ROCMExecutionProvider"}


class GpuCheck:
    name = "gpu"
    limit_s = 110.0

    async def run(self, visit: Visit) -> Finding:
        cards = await apart(look_at_cards, limit_s=DRIVER_TIMEOUT_S + 4)
        providers = await apart(look_at_providers, limit_s=45)
        folder = str(visit.config.models.folder or "")
        vision = await apart(look_at_vision, visit.config.vision.profile, folder, limit_s=45)
        demanded = visit.config.models.require_gpu
        return with_vision(judge(cards, providers, demanded=demanded), vision)


def look_at_cards() -> dict[str, Any]:
    """Runs apart: each card as nvidia-smi tells it, or why there is none."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return {"cards": [], "problem": "no NVIDIA driver (nvidia-smi is not there)"}
    query = [program, f"--query-gpu={','.join(FIELDS)}", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(
            query, capture_output=True, text=True, timeout=DRIVER_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return {"cards": [], "problem": "nvidia-smi hangs: the driver is stuck, restart the PC"}
    if done.returncode:
        return {"cards": [], "problem": (done.stdout + done.stderr).strip()[:300]}
    return {"cards": parse_cards(done.stdout), "problem": ""}


def parse_cards(lines: str) -> list[dict[str, str]]:
    """Of nvidia-smi's comma-separated lines; a card that does not say all is left out."""
    rows = [[cell.strip() for cell in line.split(",")] for line in lines.splitlines() if line]
    return [dict(zip(FIELDS, row, strict=True)) for row in rows if len(row) == len(FIELDS)]


def look_at_providers() -> dict[str, str]:
    """Runs apart: for each provider that onnxruntime offers why it cannot be used; empty where a tiny
    model ran on it.
    """
    import onnxruntime

    offered = [one for one in onnxruntime.get_available_providers() if one not in ELSEWHERE]
    return {one: _try(one) for one in offered}


def _try(provider: str) -> str:
    import numpy as np
    import onnxruntime

    quiet = onnxruntime.SessionOptions()
    quiet.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(_tiny_model(), quiet, providers=[provider])
        used = session.get_providers()[0]
        if used != provider:  # onnxruntime falls back without an error
            return f"falls back to {used}; its libraries do not load"
        value = np.ones((64, 64), np.float32)
        since_s = time.monotonic()
        (product,) = session.run(None, {"x": value})
        if abs(float(product[0][0]) - 64.0) > 0.5:
            return "computes wrongly"
        return "" if time.monotonic() - since_s < 30 else "is far too slow"
    except Exception as error:  # noqa: BLE001 - any failure of a provider is the answer
        return str(error).strip().splitlines()[0][:200]


def _tiny_model() -> bytes:
    """A matrix times itself, 64 by 64: a product is what every provider has to be able to do."""
    from onnx import TensorProto, helper

    shape = [64, 64]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "x"], ["y"])],
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    opset = [helper.make_opsetid("", 17)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString())


def look_at_vision(wanted: Literal["auto", "cpu", "gpu"], folder: str) -> dict[str, str]:
    """Runs apart: the profile that the agent will take, and why it is not the wanted one; the face
    network runs once on the card.
    """
    from edge_agent.vision.finders import choose

    chosen = choose(wanted, Path(folder) if folder else None)
    return {"wanted": wanted, "profile": chosen.profile, "fallback": chosen.fallback}


def with_vision(found: Finding, vision: dict[str, str]) -> Finding:
    """The same with what analyses pictures; a fall-back is a warning, where nothing worse is."""
    told = f"{found.seen}; pictures are analysed on the profile {vision['profile']}"
    figures = {**found.figures, "vision": vision}
    if not vision["fallback"]:
        return replace(found, seen=told, figures=figures)
    told = f"{told}, not gpu: {vision['fallback']}"
    if found.status is not Status.OK:
        return replace(found, seen=told, figures=figures)
    return warn(told, f'{_CARD}; or set vision.profile = "cpu"', **figures)


def judge(cards: dict[str, Any], providers: dict[str, str], *, demanded: bool) -> Finding:
    """What follows. Computing on the processor is said, and is no fault unless a card is demanded."""
    usable = [one for one, problem in providers.items() if not problem]
    broken = {one: problem for one, problem in providers.items() if problem}
    figures = {"cards": cards["cards"], "usable": usable, "broken": broken}
    graphics = [one for one in usable if one in GRAPHICS]
    names = ", ".join(
        f"{one['name']} (driver {one['driver_version']}, {one['memory.used']} of "
        f"{one['memory.total']} MiB, {one['temperature.gpu']} C)"
        for one in cards["cards"]
    )
    told = f"{names or cards['problem']}; onnxruntime runs on {_list(usable)}"
    if "CPUExecutionProvider" not in usable:
        todo = "install onnxruntime anew: pip install --force-reinstall 'daedam[edge]'"
        return fail(f"{told}; not even on the processor: {broken}", todo, **figures)
    if graphics:
        return ok(told, **figures)
    why = "; ".join(f"{one} {problem}" for one, problem in broken.items())
    told = f"{told}{'; ' + why if why else ''}"
    if demanded:
        return fail(f"{told}; models.require_gpu is set", _CARD, **figures)
    if cards["cards"] or broken:
        return warn(f"{told}: the card is there and not used", _CARD, **figures)
    return ok(f"{told}: this PC computes on its processor, as most rooms do", **figures)


def _list(providers: list[str]) -> str:
    return ", ".join(one.removesuffix("ExecutionProvider") for one in providers) or "nothing"


_CARD: Final = (
    "install the driver (`nvidia-smi` must answer) and daedam[edge-gpu] in place of daedam[edge], never "
    "both: with both onnxruntime wheels CUDA is off without a word"
)
