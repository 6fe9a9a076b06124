"""The pose network without its silhouette says of joints what it said with it, to the bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from edge_agent.models.manifest import read_manifest
from edge_agent.models.places import POSE
from edge_agent.models.unmasked import without_mask
from edge_agent.models.wheels import read_parts

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

MASK_SHAPE = (1, 256, 256, 1)


@pytest.fixture(scope="module")
def network() -> bytes:
    """As it lies in its wheel."""
    manifest = read_manifest()
    model = next(one for one in manifest.models.values() if one.file == POSE)
    part = {"landmarks": model.parts["landmarks"]}
    return read_parts(manifest.wheels[model.wheel], part, None)["landmarks"]


def test_all_but_the_mask_is_the_same_to_the_bit(network: bytes) -> None:
    random = np.random.default_rng(2)
    lighter = without_mask(network)
    for _ in range(2):
        picture = random.random((1, 256, 256, 3), np.float32)
        before, after = _outputs(network, picture), _outputs(lighter, picture)
        assert [one.shape for one in before] == [one.shape for one in after]
        for full, same in zip(before, after, strict=True):
            if full.shape == MASK_SHAPE:
                assert full.any()
                assert not same.any()
            else:
                assert np.array_equal(full, same)


def _outputs(model: bytes, picture: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    interpreter = litert.Interpreter(model_content=model, num_threads=1)
    interpreter.allocate_tensors()
    (source,) = interpreter.get_input_details()
    interpreter.set_tensor(source["index"], picture)
    interpreter.invoke()
    return [
        np.array(interpreter.get_tensor(one["index"])) for one in interpreter.get_output_details()
    ]
