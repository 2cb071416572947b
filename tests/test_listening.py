"""A socket that was cut is noticed at once, and not read from again and again."""

from __future__ import annotations

import logging
import socket
import threading

import pytest
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from bot.slack.listening import Ending


def test_a_connection_ends_as_soon_as_the_other_side_has_closed_it() -> None:
    ours, theirs = socket.socketpair()
    told: list[Exception] = []
    connection = Connection(
        url="ws://127.0.0.1/", logger=logging.getLogger("test"), on_error_listener=told.append, ping_interval=3
    )
    connection.sock = Ending(ours)  # type: ignore[assignment]  # it stands for one
    state = ConnectionState()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
    reading = threading.Thread(target=connection.run_until_completion, args=(state,), daemon=True)
    reading.start()
    theirs.close()
    reading.join(10)
    assert state.terminated
    assert not connection.is_active()
    assert [type(each) for each in told] == [ConnectionResetError]


def test_what_comes_before_the_end_is_still_heard() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.sendall(b"last words")
        theirs.close()
        ending = Ending(ours)
        assert ending.recv(100) == b"last words"
        with pytest.raises(ConnectionResetError):
            ending.recv(100)
