"""One network in onnxruntime, on the processor or on a graphics card, and which of them it really is.

onnxruntime falls back to the processor without an error where CUDA's libraries do not load, so what was
asked for proves nothing: the session is asked after it was made, and has computed once before it counts.
Buffers are bound once (I/O binding): a picture is copied to the device, and results to where Python
reads them, without anything being allocated.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np

from edge_agent.errors import ModelError
from edge_agent.flow import Rgb
from edge_agent.vision.canonical import Points

Device: TypeAlias = Literal["cpu", "cuda"]
CUDA, CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
WARMING_RUNS = 3
"""The first run on a card chooses kernels and takes a second; the next ones fill its arena."""
_CUDA_LIBRARY = "libonnxruntime_providers_cuda.so"
_QUIET = 3
_CUDA_OPTIONS: Mapping[str, str] = {
    # Trying every kernel of a few hundred convolutions would take longer than a room may take to start.
    "cudnn_conv_algo_search": "HEURISTIC",
    # Exact float32: rounding to TF32's 10 bits moves landmarks, and networks this small wait for
    # launches, not for arithmetic.
    "use_tf32": "0",
    "do_copy_in_default_stream": "1",
}


class Network(Protocol):
    """A picture in, named arrays out."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the picture that it takes."""
        ...

    def run(self, picture: Rgb) -> Mapping[str, Points]:
        """The outputs; they are overwritten by the next run."""
        ...


class OnnxNetwork:
    """A converted network. `device` is where it computes, `fallback` why that is not what was wanted."""

    def __init__(self, model: Path, wanted: Device = "cpu", *, threads: int = 1) -> None:
        """Loads, verifies and warms.

        Raises:
            ModelError: the file is no such network.
        """
        self.device, self.fallback = wanted, ""
        if wanted == "cuda":
            try:
                self._bind(model, CUDA, threads)
            except Exception as error:  # noqa: BLE001 - whatever a driver says, the processor can do it
                self.device, self.fallback = "cpu", _first_line(error)
        if self.device == "cpu":
            try:
                self._bind(model, CPU, threads)
            except Exception as error:
                problem = f"cannot be loaded ({_first_line(error)}); build it again"
                raise ModelError(model.name, problem) from error

    @property
    def size(self) -> tuple[int, int]:
        _, height, width, _ = self._shape
        return width, height

    def run(self, picture: Rgb) -> Mapping[str, Points]:
        np.copyto(self._picture[0], picture)
        self._input.update_inplace(self._picture)
        self._session.run_with_iobinding(self._binding)
        return self._outputs

    def _bind(self, model: Path, provider: str, threads: int) -> None:
        self._session = session = _session(model, provider, threads)
        (source,) = session.get_inputs()
        if source.type != "tensor(uint8)" or len(source.shape) != 4:
            raise ValueError("it does not take a picture")
        import onnxruntime

        self._shape = tuple(source.shape)
        self._picture = np.zeros(self._shape, np.uint8)
        place = "cuda" if provider == CUDA else "cpu"
        self._input = onnxruntime.OrtValue.ortvalue_from_numpy(self._picture, place, 0)
        self._outputs = {one.name: np.zeros(one.shape, np.float32) for one in session.get_outputs()}
        self._binding = session.io_binding()
        self._binding.bind_ortvalue_input(source.name, self._input)
        for name, values in self._outputs.items():
            self._binding.bind_output(name, "cpu", 0, np.float32, values.shape, values.ctypes.data)
        for _ in range(WARMING_RUNS):
            session.run_with_iobinding(self._binding)


def cuda_problem(model: Path) -> str:
    """Why nothing can be computed on a card; empty where this network ran on one.

    Raises:
        ModelError: the file is no network at all.
    """
    if not cuda_offered():
        return "onnxruntime here knows no CUDA; daedam[edge-gpu] in place of daedam[edge] does"
    return OnnxNetwork(model, "cuda").fallback


def cuda_offered() -> bool:
    """Whether the installed onnxruntime is the one for graphics cards; not whether that works. Loads
    nothing: a room whose policy forbids what needs onnxruntime has none in its memory.
    """
    found = find_spec("onnxruntime")
    if found is None or found.origin is None:
        return False
    return (Path(found.origin).parent / "capi" / _CUDA_LIBRARY).is_file()


def _session(model: Path, provider: str, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = _QUIET
    options.intra_op_num_threads = threads
    chosen: list[Any] = [provider]
    if provider == CUDA:
        # CUDA and cuDNN come as wheels: they are on no path that the loader knows.
        onnxruntime.preload_dlls(directory="")
        chosen = [(CUDA, dict(_CUDA_OPTIONS)), CPU]
    session = onnxruntime.InferenceSession(model, options, providers=chosen)
    used = session.get_providers()[0]
    if used != provider:
        raise RuntimeError(f"{provider} falls back to {used}: its libraries do not load")
    session.disable_fallback()
    return session


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]
