"""How is a process told to end? By Ctrl-C, by SIGTERM or by another thread; whenever that comes, it is noticed.

A thread that waits for a lock misses a signal that comes just before it begins to wait, or that another thread is
handed. The interpreter can write a byte for each signal into a socket: there it is, whenever somebody begins to read.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from types import TracebackType

#: What asks a process to end: Ctrl-C, and what `kill`, systemd and containers send.
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """Told once, it stays told. Use it with `with`: it holds two sockets."""

    def __init__(self) -> None:
        self.told = False
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        #: Whom the interpreter told of signals before, once it tells this one.
        self._told_before: int | None = None

    def tell(self, *_: object) -> None:
        """Has whoever waits go on. It waits for nothing itself, so that it may be called at a signal."""
        self.told = True
        # When it can take no more, enough is there to be read; when it is closed, nobody waits any longer.
        with contextlib.suppress(OSError):
            self._write.send(b"\0")

    def at_signals(self) -> None:
        """From now on SIGTERM and SIGINT tell it. Does nothing outside the main thread, which alone hears them."""
        if threading.current_thread() is threading.main_thread():
            self._told_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
            for each in SIGNALS:
                signal.signal(each, self.tell)

    def wait(self) -> None:
        """Returns when it is told, at once if it was."""
        while not self.told:
            self._read.recv(1)

    def __enter__(self) -> Stop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._told_before is not None:
            signal.set_wakeup_fd(self._told_before)
        self._read.close()
        self._write.close()
