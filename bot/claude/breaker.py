"""Is it worth asking at all just now? After failures in a row nobody asks for a while; then one tries for all."""

from __future__ import annotations

import threading
from collections.abc import Callable

#: Failures in a row that may pass by themselves, after which nobody asks.
FAILURES = 3
#: Seconds for which nobody asks then.
OPEN_FOR = 60.0
#: Seconds after which a trial that never told how it ended counts as failed.
TRIAL = 120.0


class Breaker:
    """Shared by all threads of a process; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._failures = 0
        self._opens_at: float | None = None
        self._trying = False

    def lets_through(self) -> bool:
        """Whether a call may be made. Once the wait is over it is True for one caller until that one has told."""
        with self._lock:
            if self._opens_at is None:
                return True
            now = self._monotonic()
            if now < self._opens_at:
                return False
            self._trying, self._opens_at = True, now + TRIAL
            return True

    def succeeded(self) -> None:
        """The other side answered, whatever it said."""
        with self._lock:
            self._failures, self._opens_at, self._trying = 0, None, False

    def untried(self) -> None:
        """Nothing was asked after all: where this was the trial, whoever comes next makes it."""
        with self._lock:
            if self._trying:
                self._trying, self._opens_at = False, self._monotonic()

    def failed(self) -> None:
        """The other side did not answer, or asked for patience."""
        with self._lock:
            self._failures += 1
            self._trying = False
            if self._failures >= FAILURES:
                self._opens_at = self._monotonic() + OPEN_FOR
