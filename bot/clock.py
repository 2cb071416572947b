"""What time is it? The clock is an argument everywhere; this file holds the two that a running bot uses."""

from __future__ import annotations

import json
import threading
import urllib.request
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit


class Clock(Protocol):
    """Anything that tells the time as aware UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def on_this_computer(url: str) -> bool:
    """Whether an address is HTTP on the loopback of this computer: nobody else may tell the bot what time it is."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


class OffsetClock:
    """The clock of the local Slack, asked over HTTP: a bot that was killed and started again keeps its time.

    The offset is asked for at most every `every` seconds, since the time is read at every move.
    """

    def __init__(self, url: str, every: float = 0.1) -> None:
        if not on_this_computer(url):
            raise ValueError(f"the clock must be on this computer, not {url!r}")
        self._url = url
        self._every = timedelta(seconds=every)
        self._lock = threading.Lock()
        self._asked: datetime | None = None
        self._offset = timedelta()
        self._frozen: datetime | None = None

    def now(self) -> datetime:
        machine = datetime.now(UTC)
        with self._lock:
            if self._asked is None or machine - self._asked >= self._every:
                with urllib.request.urlopen(self._url, timeout=5) as answer:  # noqa: S310 -- a loopback address
                    told = json.load(answer)
                self._asked = machine
                self._offset = timedelta(seconds=float(told["offset"]))
                self._frozen = None if told.get("running", True) else datetime.fromtimestamp(float(told["now"]), UTC)
            return self._frozen if self._frozen is not None else machine + self._offset
