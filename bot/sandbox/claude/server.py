"""How does a local Claude answer? With what a script says, over HTTP on this computer only.

A request that the API would not take is refused as the API would, and kept in `refused`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.claude.wire import Cache, error, events, faults
from bot.sandbox.guard import Guard
from bot.sandbox.server import Droppable

Json = dict[str, Any]
#: Models that a local Claude knows of.
MODELS: Final = ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request is answered with."""

    body: Json | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Seconds before anything is sent.
    after: float = 0.0
    #: Seconds between pieces of `piece` bytes; 0 sends all at once.
    trickle: float = 0.0
    piece: int = 64
    #: The connection is cut after so many bytes of the body; before anything is sent at 0.
    cut: int | None = None
    #: Whether the tokens are told as the cache makes them, instead of as the body says.
    counted: bool = True


def busy(seconds: float | None = None) -> Answer:
    """The API has too much to do, and may say for how long."""
    told = {} if seconds is None else {"retry-after": f"{seconds:g}"}
    return Answer(error("overloaded_error"), 529, told)


class LocalClaude:
    """Served on 127.0.0.1 from `start` to `stop`. `script` gives the answer to each body, in any thread."""

    def __init__(self, script: Callable[[Json], Answer], *, key: str | None = None, port: int = 0) -> None:
        self._script = script
        self._key = key
        self._port = port
        self._cache = Cache()
        self._counted = count(1)
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        #: The bodies that came, and why those that the API would not take were refused.
        self.bodies: list[Json] = []
        self.refused: list[str] = []

    @property
    def url(self) -> str:
        """What ANTHROPIC_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> LocalClaude:
        """Begins to serve and returns when connections are taken; OSError when the port is taken."""
        # TCP by name, or asyncio leaves an answer's second part waiting for the other side's word, 40 ms at times.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.bind(("127.0.0.1", self._port))
        except OSError:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        routes = [
            Route("/v1/messages", self._messages, methods=["POST"]),
            Route("/v1/models/{name}", self._model, methods=["GET"]),
        ]
        config = uvicorn.Config(
            Guard(Starlette(routes=routes), self._port), http=Droppable, ws="none", lifespan="off", log_config=None,
            access_log=False, timeout_graceful_shutdown=1, proxy_headers=False, server_header=False,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="local-claude", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.005)
        return self

    def stop(self) -> None:
        """Cuts every connection and returns."""
        if self._thread is None or self._server is None:
            return
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(5)
        self._thread = None

    def __enter__(self) -> LocalClaude:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _model(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in MODELS:
            return JSONResponse(error("not_found_error", says=f"model: {name}"), 404)
        told = {"type": "model", "id": name, "display_name": name, "created_at": "2026-08-01T00:00:00Z",
                "lifecycle": "active", "max_input_tokens": 1_000_000, "max_tokens": 128_000}  # fmt: skip
        return JSONResponse(told)

    async def _messages(self, request: Request) -> Response:
        raw = await request.body()
        headers = {name.lower(): value for name, value in request.headers.items()}
        if self._key is not None and headers.get("authorization") != f"Bearer {self._key}":
            return JSONResponse(error("authentication_error"), 401)
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if wrong := faults(headers, body):
            self.refused += wrong
            return JSONResponse(error("invalid_request_error", says="; ".join(wrong)), 400)
        self.bodies.append(body)
        answer = await run_in_threadpool(self._script, body)
        if answer.after:
            await asyncio.sleep(answer.after)
        return self._told(answer, body, request)

    def _told(self, answer: Answer, body: Json, request: Request) -> Response:
        told = answer.body
        if isinstance(told, dict) and told.get("type") == "message" and answer.counted:
            out = "".join(str(block.get("text", "")) for block in told["content"])
            told = {**told, "model": body["model"], "usage": self._cache.usage(body, out)}
        streamed = bool(body.get("stream")) and isinstance(told, dict) and answer.status == 200
        if isinstance(told, bytes):
            pieces: list[bytes] = [told]
        else:
            pieces = list(events(told)) if streamed else [json.dumps(told).encode()]
        kind = "text/event-stream" if streamed else "application/json"
        given = {"content-type": kind, "request-id": f"req_{next(self._counted)}", **answer.headers}
        if answer.cut == 0:
            request.scope["state"]["transport"].abort()
            return Response(status_code=503)
        if answer.cut is None and not answer.trickle and not streamed:
            return Response(pieces[0], answer.status, given)
        length = {} if streamed else {"content-length": str(sum(map(len, pieces)))}
        return StreamingResponse(_drops(pieces, answer, request), answer.status, {**given, **length})


async def _drops(pieces: Iterable[bytes], answer: Answer, request: Request) -> AsyncIterator[bytes]:
    """The body little by little, until it is cut."""
    left = answer.cut
    for whole in pieces:
        for at in range(0, len(whole), answer.piece):
            part = whole[at : at + answer.piece]
            yield part if left is None else part[:left]
            if left is not None and (left := left - len(part)) <= 0:
                await asyncio.sleep(0.02)
                request.scope["state"]["transport"].abort()
                return
            if answer.trickle:
                await asyncio.sleep(answer.trickle)


def in_turn(answers: Iterable[Answer]) -> Callable[[Json], Answer]:
    """A script that gives one answer after the other, and the last one for ever."""
    left = list(answers)
    lock = threading.Lock()

    def script(_: Json) -> Answer:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return script
