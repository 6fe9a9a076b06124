"""A new series from an old one: what central remembers of the old cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edge_agent.uplink.durable import recovery, segment, series
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.durable.series import Found
from edge_agent.uplink.journal import StoredRecord


def renew(files: Files, root: str, gone: int, segment_bytes: int, spares: int) -> Found:
    """Everything after `gone`, numbered from 1 under a new id; the old series goes when this one has a
    name. One segment is in memory at a time. Raises `OSError`.
    """
    old = recovery.recover(files, root, segment_bytes)
    found = series.create(files, root, old.number + 1, segment_bytes, _anew(files, old, gone))
    files.remove(old.folder)
    found.spares.want(spares)
    found.spares.stand()
    return found


def _anew(files: Files, old: Found, gone: int) -> Iterator[StoredRecord]:
    for one in old.segments:
        for record in segment.records(files.read(one.path)):
            if record.seq > gone:
                yield replace(record, seq=record.seq - gone)
