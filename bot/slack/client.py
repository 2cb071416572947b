"""Over which connection is Slack called? Over one that an earlier call has left open, where there is one."""

from __future__ import annotations

import functools
import http.client
import io
import select
import ssl
import threading
import time
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from slack_sdk import WebClient

#: A call takes at most this long, in seconds (architecture: no client sleeps).
CALL_TIMEOUT = 10
#: An idle connection is used again for so many seconds: servers close what was idle for longer.
USED_AGAIN_FOR = 20.0
#: So many idle connections are kept.
KEPT = 8


def web_client(token: str | None, base_url: str) -> WebClient:
    """The client for what calls once in a while, with a connection for each call.

    No client retries by itself, so that a call is one call and a failure is seen at once.
    """
    return WebClient(token=token, base_url=base_url, timeout=CALL_TIMEOUT, retry_handlers=[], ssl=_trust())


@functools.cache
def _trust() -> ssl.SSLContext:
    """The certificates of this computer, read once: the SDK would read them for every connection."""
    return ssl.create_default_context()


class LastingClient(WebClient):
    """The client for what calls all the time: connections stay open between calls.

    A call that fails on a connection that was used before is not made again, since Slack may have heard it.
    """

    def __init__(self, token: str, base_url: str) -> None:
        super().__init__(token=token, base_url=base_url, timeout=CALL_TIMEOUT, retry_handlers=[], ssl=_trust())
        self._lock = threading.Lock()
        #: Idle connections and since when they are, the newest last.
        self._idle: list[tuple[float, http.client.HTTPConnection]] = []

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """What the SDK asks of urllib: status, headers and text. Raises HTTPError unless the status is 2xx."""
        if self.proxy is not None or not url.startswith(self.base_url):
            return super()._perform_urllib_http_request_internal(url, req)
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection = self._open()
        try:
            connection.request("POST", target, req.data, dict(req.header_items()))
            answer = connection.getresponse()
            body = answer.read()
        except BaseException:
            connection.close()
            raise
        if answer.will_close:
            connection.close()
        else:
            self._keep(connection)
        if not 200 <= answer.status < 300:
            raise HTTPError(url, answer.status, answer.reason, answer.headers, io.BytesIO(body))
        text = body.decode(answer.headers.get_content_charset() or "utf-8")
        return {"status": answer.status, "headers": answer.headers, "body": text}

    def close(self) -> None:
        """Ends the connections that are open; the next call opens one anew."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _open(self) -> http.client.HTTPConnection:
        while True:
            with self._lock:
                if not self._idle:
                    break
                since, connection = self._idle.pop()
            if time.monotonic() - since < USED_AGAIN_FOR and not _has_ended(connection):
                return connection
            connection.close()
        parts = urlsplit(self.base_url)
        if parts.scheme == "https":
            return _SecureInOnePiece(parts.netloc, timeout=self.timeout, context=self.ssl)
        return _InOnePiece(parts.netloc, timeout=self.timeout)

    def _keep(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            self._idle.append((time.monotonic(), connection))
            oldest = self._idle.pop(0)[1] if len(self._idle) > KEPT else None
        if oldest is not None:
            oldest.close()


class _InOnePiece(http.client.HTTPConnection):
    """Sends a call in one piece: the standard library sends its head and its body apart, in two packets."""

    _held: list[bytes] | None = None

    def request(self, *given: Any, **named: Any) -> None:
        self._held = []
        try:
            super().request(*given, **named)
            whole = b"".join(self._held)
        finally:
            self._held = None
        super().send(whole)

    def send(self, data: Any) -> None:
        if self._held is None:
            super().send(data)
        else:
            self._held.append(data)


class _SecureInOnePiece(_InOnePiece, http.client.HTTPSConnection):
    """The same over TLS."""


def _has_ended(connection: http.client.HTTPConnection) -> bool:
    """Whether the server has closed it: nothing else can be there to read before something was asked."""
    return connection.sock is None or bool(select.select([connection.sock], [], [], 0)[0])
