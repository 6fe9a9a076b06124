"""`edge-agent preview`: what the vision sees, drawn over the camera's picture, to set a room up.

In: the room's settings, its camera (or replayed file). Out: a window, or one picture with `--snapshot`.
Nothing is stored or sent but the snapshot that was asked for. It needs the camera for itself: beside a
running agent it refuses.
"""
