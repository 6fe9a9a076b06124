"""Pictures become readings, in a process of their own.

In: `VisionSettings` (a camera, or a replayed file), releases of replay holds. Out, by callback in
the agent's event loop: one `FrameReading` for every analysed frame, looks at the body and the
camera's health at rates of their own, `DeviceEvent`s of the camera, and counts that survive
restarts. No picture crosses the process: the child owns the camera.

`process.Vision` is the agent's side: it starts `python -m edge_agent.vision`, talks to it over a
socketpair (`messages`), and kills and restarts it when readings stop. `child` is the other side:
one thread captures into half a second of frames (`ring`), one analyses (`reader`): landmarks
(`face`), head pose (`head_pose`), eyes and blinks (`eyes`), gaze (`gaze`), mouth (`mouth`), brows
(`brows`), how large the face is (`extent`). A second thread (`body`) takes the newest frame whenever
a look is due (`rates`): shoulders (`posture`), hands (`hands`), people (`people`), the camera itself
(`camera_health`). `looks` is their list, and where a new kind is added.

What finds faces, joints, hands and boxes is one of two profiles (`finders`): MediaPipe on the processor
(`face`, `tasks`), or the same networks in onnxruntime on a graphics card (`inference`) with our own
`tracking`. The readings are the same.
"""

from edge_agent.vision.process import Vision
from edge_agent.vision.settings import VisionSettings

__all__ = ["Vision", "VisionSettings"]
