"""Who writes next? One thread of a process at a time, and of those who wait the one that may wait least."""

from __future__ import annotations

import heapq
import itertools
import threading
import time


class Turns:
    """SQLite has one writer at a time, and lets the others sleep and ask again. Here they stand in a queue instead.

    Writers of other processes are not in it; for them SQLite's own waiting remains.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: list[tuple[float, int, threading.Lock]] = []
        self._numbers = itertools.count()

    @property
    def waiting(self) -> int:
        """How many stand in the queue."""
        with self._lock:
            return len(self._waiting)

    def acquire(self, timeout: float) -> bool:
        """Waits for a turn, at most `timeout` seconds; whether it came. Who got one gives it back with `release`."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            gate = threading.Lock()
            gate.acquire()
            entry = (time.monotonic() + timeout, next(self._numbers), gate)
            heapq.heappush(self._waiting, entry)
        if gate.acquire(timeout=timeout):
            return True
        with self._lock:
            if entry in self._waiting:
                self._waiting.remove(entry)
                heapq.heapify(self._waiting)
                return False
        # The turn came between the end of the wait and the look.
        return True

    def release(self) -> None:
        """Ends a turn: the next one begins at once."""
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting)[2].release()
            else:
                self._taken = False
