"""What time is it in the local Slack: real time plus an offset, or a time that only a hand turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime


class SandboxClock:
    """Tells epoch seconds (UTC). With `frozen_at` it stands still until `advance` or `set` moves it.

    It never goes back: `set` to an earlier moment raises ValueError, because message ids are made from it.
    """

    def __init__(self, *, frozen_at: float | None = None, offset: float = 0.0) -> None:
        self._lock = threading.Lock()
        self._frozen = frozen_at
        self._offset = offset
        self._listeners: list[Callable[[], None]] = []

    @property
    def running(self) -> bool:
        """Whether time passes by itself."""
        return self._frozen is None

    @property
    def offset(self) -> float:
        """Seconds by which this clock is ahead of the computer's own."""
        with self._lock:
            return self._offset if self._frozen is None else self._frozen - time.time()

    def now(self) -> float:
        """Epoch seconds."""
        with self._lock:
            return self._frozen if self._frozen is not None else time.time() + self._offset

    def moment(self) -> datetime:
        """The same instant as an aware UTC datetime."""
        return datetime.fromtimestamp(self.now(), UTC)

    def advance(self, seconds: float) -> float:
        """Moves on by `seconds` (not negative) and returns the new time."""
        if seconds < 0:
            raise ValueError("The clock of the local Slack cannot be turned back.")
        with self._lock:
            if self._frozen is not None:
                self._frozen += seconds
            else:
                self._offset += seconds
        self._tell()
        return self.now()

    def set(self, epoch: float) -> float:
        """Jumps to `epoch` and returns it; ValueError when that is in this clock's past."""
        return self.advance(epoch - self.now())

    def on_turn(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after every `advance` or `set`."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
