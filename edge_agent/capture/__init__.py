"""Devices, or a file that stands in for them, become frames and chunks.

In: a camera (`camera`), a microphone (`microphone`), or a video file with sound (`replay`).
Out: `VideoFrame`s at the device's pace, and `AudioChunk`s of 20 ms, mono, 16 kHz (`sound` is the
port). Pictures are taken inside the vision process only; sound inside the agent. Where both come
from one file they stay in step by `timeline`, a pure function from monotonic time to media time.
"""
