"""Empty segments whose blocks the disk has given already: a record that goes there finds room, whatever
else fills the disk.

A spare becomes a segment by its name alone. One stays when nothing is reserved, so that a start on a
full disk has where to copy its last segment to.
"""

from __future__ import annotations

import errno
import threading
from collections import deque
from contextlib import suppress

import structlog

from edge_agent.uplink.durable import places
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.durable.sizes import usable_bytes

STANDING = 1
"""Spares that stay while nothing is reserved."""

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
CANNOT = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""How a file system says that it gives no blocks in advance."""

log = structlog.get_logger(__name__)


class Spares:
    """Spares of one series. Every method may be called from any thread and raises `OSError`."""

    def __init__(self, files: Files, folder: str, size: int) -> None:
        self._files, self._folder, self.size = files, folder, size
        self._lock = threading.Lock()
        self._numbers: deque[int] = deque()
        self._next, self._wanted = 1, STANDING
        self.unable = False
        """The file system gives no blocks in advance."""

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self) -> None:
        """Take over what an earlier process left. One that holds bytes was about to be a segment."""
        for number in places.spares_of(self._files.list(self._folder)):
            if self._files.read(self._path(number), 0, 1):
                self._files.remove(self._path(number))
            else:
                self._numbers.append(number)
            self._next = number + 1

    def take(self, path: str) -> bool:
        """Make the oldest spare the empty file at `path`; False where there is none."""
        with self._lock:
            if not self._numbers:
                return False
            self._files.rename(self._path(self._numbers.popleft()), path)
        return True

    @property
    def wanted(self) -> int:
        """How many there should be: `grow` makes, `trim` removes."""
        return self._wanted

    def want(self, count: int) -> None:
        with self._lock:
            self._wanted = count

    def grow(self) -> None:
        """As many as are wanted, their names durable. What cannot be made leaves the others there."""
        if self.unable or len(self) >= self._wanted:
            return
        try:
            while len(self) < self._wanted:
                self._make()
            # A renamed file has two names for a moment: leave the folder room for one more.
            self._make()
            self._drop()
        except OSError as error:
            if error.errno not in CANNOT:
                raise
            self.unable = True
            log.warning("this file system reserves nothing: only what is free is looked at")
        self._files.sync_dir(self._folder)

    def stand(self) -> None:
        """What a start does: no more and no less than are wanted, unless the disk is full."""
        self.trim()
        try:
            self.grow()
        except OSError as error:
            if error.errno not in FULL:
                raise
            log.warning("the disk is full; there is no spare for it", folder=self._folder)

    def enough_for(self, size: int) -> int:
        """How many spares hold this many bytes of records."""
        return -(-size // usable_bytes(self.size))

    def trim(self) -> None:
        """No more than are wanted. A spare that comes back after a crash is found at the start."""
        while len(self) > self._wanted:
            self._drop()

    def _make(self) -> None:
        with self._lock:
            number, self._next = self._next, self._next + 1
        try:
            self._files.allocate(self._path(number), self.size)
        except OSError:
            with suppress(OSError):  # nothing is in it
                self._files.remove(self._path(number))
            raise
        with self._lock:
            self._numbers.append(number)

    def _drop(self) -> None:
        with self._lock:
            if not self._numbers:
                return
            number = self._numbers.pop()
        self._files.remove(self._path(number))

    def _path(self, number: int) -> str:
        return f"{self._folder}/{places.spare_name(number)}"
