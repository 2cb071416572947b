"""The local Slack as a server on this computer: Web API, Socket Mode, the human side and the page."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.controls import Controls
from bot.sandbox.faults import Calls, Hook
from bot.sandbox.guard import Guard
from bot.sandbox.http_mode import RequestUrl
from bot.sandbox.human import Human
from bot.sandbox.limits import Limits
from bot.sandbox.page_feed import PageFeed
from bot.sandbox.routes import Site, routes
from bot.sandbox.socket_mode import Gateway
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import Workspace

PAGE: Final = Path(__file__).parent / "page"
#: Seconds after which an unacknowledged event comes again, for the second, third and fourth time.
REDELIVERY: Final = (0.0, 60.0, 300.0)


class LocalSlack:
    """One workspace, served on 127.0.0.1 until `stop`.

    `manifest` is the app's own manifest: it grants the scopes, the events, the commands and the shortcuts. `limits`
    turns Slack's rate limits on. `ack_seconds` are real seconds, `redelivery` are seconds of the workspace's clock.
    `note` is said at the top of the page.
    """

    def __init__(
        self, workspace: Workspace, manifest: Mapping[str, Any], *, port: int = 0, limits: bool = False,
        page: bool = True, ack_seconds: float = 3.0, redelivery: tuple[float, ...] = REDELIVERY,
        note: str = "",
    ) -> None:  # fmt: skip
        self.workspace = workspace
        self.manifest = manifest
        self.calls = Calls()
        self.limits = Limits(workspace.clock, limits)
        self.gateway = Gateway(workspace, manifest, ack_seconds=ack_seconds, redelivery=redelivery)
        self.web_api = WebApi(workspace, manifest, self.limits, self.calls, self.gateway.ticket)
        self.human = Human(workspace, manifest, self.gateway.ask)
        self.feed = PageFeed(workspace)
        self.controls = Controls(workspace, self.gateway, self.calls, self.limits)
        self._page = PAGE if page else None
        self._note = note
        self._port = port
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: BaseException | None = None

    @property
    def url(self) -> str:
        """The address of the page, without a slash at its end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base address of the Web API, for a client's `base_url`."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The app's xoxb token."""
        return str(self.workspace.bot["bot_token"])

    @property
    def app_token(self) -> str:
        """The app's xapp token."""
        return str(self.workspace.bot["app_token"])

    def on_call(self, hook: Hook) -> None:
        """Calls `hook(phase, method, args, n)` before and after the effect of every API call, in the call's thread.

        An exception in it cuts the connection of that call: before the effect, or after it and without an answer.
        """
        self.calls.hooks.append(hook)

    def start(self) -> LocalSlack:
        """Begins to serve and returns when connections are taken; OSError when the port is taken."""
        # TCP by name, or asyncio leaves an answer's second part waiting for the other side's word, 40 ms at times.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self._port))
        except OSError:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        self.gateway.host = f"127.0.0.1:{self._port}"
        self.web_api.site = self.human.site = self.url
        site = Site(self.workspace, self.manifest, self.web_api, self.human, self.controls, self.gateway, self.feed,
                    self.calls, self._page, self.url, self._note)  # fmt: skip
        app = Guard(Starlette(routes=routes(site)), self._port)
        config = uvicorn.Config(
            app, http=Droppable, ws="websockets-sansio", lifespan="off", log_config=None, access_log=False,
            ws_ping_interval=None, ws_max_size=4_000_000, timeout_graceful_shutdown=1,
            proxy_headers=False, server_header=False,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listener, ready), name="local-slack", daemon=True)
        self._thread.start()
        ready.wait(10)
        if self._failure is not None:
            raise RuntimeError("The local Slack did not start.") from self._failure
        return self

    def deliver_by_http(self, url: str, signing_secret: str) -> bool:
        """Switches to HTTP mode: from now on everything goes to this request URL. False if it fails the challenge."""
        request_url = RequestUrl(url, signing_secret, self.gateway.ack_seconds)
        if not request_url.verify():
            return False
        self.gateway.request_url = request_url
        self.gateway.wake()
        return True

    def stop(self) -> None:
        """Cuts every connection, saves the workspace and returns; a second call does nothing."""
        if self._thread is None or self._server is None or self._loop is None:
            return
        self.feed.close()
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self.gateway.close(), self._loop).result(2)
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(5)
        self._thread = None
        self.workspace.save()

    def __enter__(self) -> LocalSlack:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, listener: socket.socket, ready: threading.Event) -> None:
        try:
            asyncio.run(self._serve(listener, ready))
        except BaseException as err:
            self._failure = err
            ready.set()

    async def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        assert self._server is not None  # noqa: S101
        self._loop = asyncio.get_running_loop()
        tasks = [asyncio.create_task(self.gateway.run()), asyncio.create_task(self._keep())]
        serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.005)
        ready.set()
        try:
            await serving
        finally:
            for task in tasks:
                task.cancel()
            listener.close()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(1)
            await asyncio.to_thread(self.workspace.save)


class Droppable(H11Protocol):
    """uvicorn's HTTP protocol, which also hands the connection to the app so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def load_manifest(path: Path) -> Mapping[str, Any]:
    """The manifest as it is shipped."""
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]
