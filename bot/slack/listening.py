"""How does the bot notice that its socket was cut? At once, instead of reading nothing from it again and again.

The SDK's own client takes what a closed socket gives, no bytes at all, for a message without content: it asks again as
fast as it can, and notices only when four pings were not answered.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any, cast

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState

#: The type of what Slack sends by itself stands in its first characters.
_HEAD = 200


class Listening(SocketModeHandler):
    """Bolt's handler, with a client that ends a connection as soon as the other side has; then it connects anew.

    `ping_interval` is in seconds: it connects anew after so long at most. `receive_buffer_size` is in bytes.
    """

    def __init__(
        self, app: App, app_token: str, web_client: WebClient, *, ping_interval: float, receive_buffer_size: int
    ) -> None:
        # Bolt's own constructor would make, and start, the SDK's client.
        self.app = app
        self.app_token = app_token
        self.client = Client(
            app_token, logger=app.logger, web_client=web_client, ping_interval=ping_interval,
            receive_buffer_size=receive_buffer_size,
        )  # fmt: skip
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]


class Client(SocketModeClient):
    """The SDK's client, but one that is closed reads no more: its own may begin to just then, and waits for ever."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._closing = threading.Lock()
        self._reads = ConnectionState()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
        super().__init__(*given, **named)

    def _run_current_session(self) -> None:
        session, state = self.current_session, self.current_session_state
        if session is None or not session.is_active():
            return
        with self._closing:
            if self.closed:
                return
            self._reads, state.terminated = state, False
        if not isinstance(session.sock, Ending):
            with session.sock_receive_lock:
                if session.sock is not None:
                    session.disconnect = one_after_the_other(session.disconnect)  # type: ignore[method-assign]
                    session.sock = cast(Any, Ending(session.sock))
        try:
            session.run_until_completion(state)
        except Exception as err:
            # The edge: this thread looks at the session again, and at the next one.
            self.logger.error(f"reading from Slack's socket failed: {type(err).__name__}")

    def enqueue_message(self, message: str) -> None:
        """Has a worker take what came: the SDK would hand it to a thread of its own first, which only hands it on.

        Where Slack says that it will cut the connection, that thread makes another one, before all that waits.
        """
        if '"disconnect"' in message[:_HEAD]:
            super().enqueue_message(message)
            return
        try:
            self.message_workers.submit(self._take, message)
        except RuntimeError:
            if not self.closed:
                raise
            # What was not acknowledged comes again.
            self.logger.debug("a message came after the end")

    def _take(self, message: str) -> None:
        try:
            told = json.loads(message) if message.startswith("{") else {}
        except ValueError:
            self.logger.error("Slack's socket sent what is no JSON")
            return
        self.run_message_listeners(told, message)

    def close(self) -> None:
        """Ends the connection, and waits until nothing is read from it any more."""
        with self._closing:
            self.closed = True
            self._reads.terminated = True
        super().close()


def one_after_the_other(disconnect: Callable[[], None]) -> Callable[[], None]:
    """The SDK looks whether there is a socket before it takes its lock: both sides may end it at the same moment."""
    lock = threading.Lock()

    def locked() -> None:
        with lock:
            disconnect()

    return locked


class Ending:
    """A socket that says when its other side has closed it: as an error, which the SDK ends its connection for."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def recv(self, size: int) -> bytes:
        """Raises ConnectionResetError where a plain socket gives no bytes."""
        got: bytes = self._sock.recv(size)
        if not got:
            raise ConnectionResetError("the other side has closed the connection")
        return got

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
