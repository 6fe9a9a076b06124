"""A new series from an old one: what central remembers of the old cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import google_crc32c

from edge_agent.flow import Utterance
from edge_agent.uplink import wire
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
                yield _moved(record, gone)


def _moved(record: StoredRecord, by: int) -> StoredRecord:
    """An utterance names the records that hold its sound; one that central had before is named 0."""
    anew = replace(record, seq=record.seq - by)
    said = wire.step(record) if record.kind in wire.STEPS else None
    if not isinstance(said, Utterance) or not by:
        return anew
    said = replace(
        said,
        first_seq=max(said.first_seq - by, 0),
        last_seq=max(said.last_seq - by, 0),
        format_seq=max(said.format_seq - by, 0),
    )
    _, payload = wire.encode(said)
    return replace(anew, payload=payload, crc32c=int(google_crc32c.value(payload)))
