"""The edge agent of one interview room.

In: a camera, a microphone (or a file that stands in for both), commands from central.
Out: records and live readings to central over one gRPC stream; questions to the candidate on the
kiosk page and through the speaker. `room.py` is the pipeline, read in flow order.
"""
