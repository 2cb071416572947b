"""How is an answer that comes drop by drop kept to its time? What is read is stopped when the whole time is over.

The library's own timeout is for each read; a body that trickles would never reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx2

#: All that is told beside the body; ANTHROPIC_CUSTOM_HEADERS, which the SDK reads, is no setting of the bot.
_HEADERS = frozenset({
    "host", "accept", "accept-encoding", "connection", "content-type", "content-length", "transfer-encoding",
    "user-agent", "authorization", "anthropic-version",
})  # fmt: skip
_OWN_HEADERS = "x-stainless-"


class Timed(httpx2.BaseTransport):
    """Takes the read timeout of a request as the time for its whole answer, in seconds; drops foreign headers."""

    def __init__(self, inner: httpx2.BaseTransport, monotonic: Callable[[], float]) -> None:
        self._inner = inner
        self._monotonic = monotonic

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        for name in [each for each in request.headers if each not in _HEADERS and not each.startswith(_OWN_HEADERS)]:
            del request.headers[name]
        timeout = request.extensions.get("timeout", {})
        whole = timeout.get("read")
        end = None if whole is None else self._monotonic() + whole
        response = self._inner.handle_request(request)
        if end is not None and isinstance(response.stream, httpx2.SyncByteStream):
            timeout["read"] = max(end - self._monotonic(), 0.05)
            response.stream = _Until(response.stream, end, self._monotonic, request)
        return response

    def close(self) -> None:
        self._inner.close()


class _Until(httpx2.SyncByteStream):
    def __init__(
        self, inner: httpx2.SyncByteStream, end: float, monotonic: Callable[[], float], request: httpx2.Request
    ) -> None:
        self._inner, self._end, self._monotonic, self._request = inner, end, monotonic, request

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._inner:
            if self._monotonic() > self._end:
                raise httpx2.ReadTimeout("the answer took too long", request=self._request)
            yield piece

    def close(self) -> None:
        self._inner.close()
