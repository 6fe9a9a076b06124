"""NATS: what may be lost and found again.

In: doorbells, live events and caption requests of this process. Out: those of the others. Subjects
are in `subjects.py`, messages in `events.py` and `captions.py`; `bus.py` is the only NATS client.
"""
