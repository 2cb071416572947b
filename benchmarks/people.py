"""How do many people act at once? Each in a thread of this process, over a connection that is open already."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

#: The local Slack closes a connection that was idle for five seconds.
IDLE = 2.0


class Hand:
    """One person's connection to the human side of a local Slack."""

    def __init__(self, url: str, user: str) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
        self._user = user
        self._used = 0.0
        self.ready()

    def ready(self) -> None:
        """Connects anew when the server may have closed an idle connection, so that no act pays for that."""
        if time.monotonic() - self._used > IDLE:
            self._connection.close()
            self._connection.connect()
            self._used = time.monotonic()

    def do(self, action: str, **body: Any) -> dict[str, Any]:
        content = json.dumps({"as": self._user, **body})
        return self._call("POST", f"/_sim/{action}", content)

    def thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        query = urlencode({"as": self._user, "channel": channel, "ts": ts})
        return list(self._call("GET", f"/_sim/thread?{query}", None)["messages"])

    def channel(self, channel: str) -> list[dict[str, Any]]:
        query = urlencode({"as": self._user, "channel": channel})
        return list(self._call("GET", f"/_sim/messages?{query}", None)["messages"])

    def _call(self, method: str, target: str, content: str | None) -> dict[str, Any]:
        self.ready()
        self._connection.request(method, target, content, {"content-type": "application/json"})
        answer = dict(json.loads(self._connection.getresponse().read()))
        if not answer.get("ok"):
            raise RuntimeError(str(answer.get("error")))
        self._used = time.monotonic()
        return answer

    def close(self) -> None:
        self._connection.close()


def together(acts: Sequence[Callable[[], Any]], apart: float = 0.0) -> list[tuple[float, float]]:
    """Does all of it, each in its own thread; when each began and how long it took until it was acknowledged.

    All begin in the same moment, or `apart` seconds after one another.
    """
    times: list[tuple[float, float]] = [(0.0, 0.0)] * len(acts)
    ready = threading.Barrier(len(acts))
    failures: list[BaseException] = []

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            ready.wait()
            if apart:
                time.sleep(apart * number)
            begun = time.monotonic()
            act()
            times[number] = (begun, time.monotonic() - begun)
        except BaseException as err:
            failures.append(err)

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times
