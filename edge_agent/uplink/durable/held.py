"""What is known of the records that wait, without reading them: 8 bytes each."""

from __future__ import annotations

from array import array

FORGET = 4096
"""Places of acknowledged records are given back this many at a time."""


class Held:
    """Sizes and crcs of payloads, numbered from `first_seq` without holes."""

    def __init__(self, first_seq: int) -> None:
        self.oldest_seq = self.next_seq = first_seq
        self.waiting_bytes = 0
        self._base = 0
        self._sizes, self._crcs = array("I"), array("I")
        self._unknown: set[int] = set()

    def append(self, size: int, crc32c: int) -> None:
        self._sizes.append(size)
        self._crcs.append(crc32c)
        self.next_seq += 1
        self.waiting_bytes += size

    def forget_crc(self, seq: int) -> None:
        """What central has of this number may be another record than what is held now."""
        self._unknown.add(seq)

    def crc_at(self, seq: int) -> int | None:
        """None where it is not held, or not known."""
        if not self.oldest_seq <= seq < self.next_seq or seq in self._unknown:
            return None
        return self._crcs[self._base + seq - self.oldest_seq]

    def at(self, seq: int) -> tuple[int, int]:
        """Size and crc of one that is held."""
        place = self._base + seq - self.oldest_seq
        return self._sizes[place], self._crcs[place]

    def drop(self, up_to: int) -> None:
        """Forget everything up to this sequence."""
        count = min(up_to + 1, self.next_seq) - self.oldest_seq
        if count <= 0:
            return
        begin, self._base = self._base, self._base + count
        self.waiting_bytes -= sum(self._sizes[begin : self._base])
        self.oldest_seq += count
        if self._base >= FORGET:
            del self._sizes[: self._base], self._crcs[: self._base]
            self._base = 0
            self._unknown = {seq for seq in self._unknown if seq >= self.oldest_seq}

    def renumber(self, first_seq: int) -> None:
        """A new series: the same records from another number on."""
        shift = first_seq - self.oldest_seq
        self.oldest_seq = first_seq
        self.next_seq += shift
        self._unknown = {seq + shift for seq in self._unknown}
