"""A socket that was cut is noticed at once, and not read from again and again."""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time

import pytest
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from bot.slack.listening import Client, Ending, one_after_the_other


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


def test_both_sides_may_end_a_connection_at_the_same_moment() -> None:
    ours, theirs = socket.socketpair()
    connection = Connection(url="ws://127.0.0.1/", logger=logging.getLogger("test"))
    connection.sock = Ending(ours)  # type: ignore[assignment]  # it stands for one
    end = one_after_the_other(connection.disconnect)
    failed: list[threading.ExceptHookArgs] = []
    hook, threading.excepthook = threading.excepthook, failed.append
    try:
        with theirs, connection.sock_receive_lock:
            both = [threading.Thread(target=end) for _ in range(2)]
            for each in both:
                each.start()
            time.sleep(0.2)  # until both have seen that there is a socket, if they may
        for each in both:
            each.join(10)
    finally:
        threading.excepthook = hook
    assert not failed
    assert not connection.is_active()


def test_a_client_that_is_closed_begins_to_read_no_more() -> None:
    ours, theirs = socket.socketpair()
    client = Client("xapp-1")
    client.close()
    with ours, theirs:
        connection = Connection(url="ws://127.0.0.1/", logger=logging.getLogger("test"))
        connection.sock = ours  # type: ignore[assignment]  # it stands for one
        client.current_session = connection
        reading = threading.Thread(target=client._run_current_session, daemon=True)
        reading.start()
        reading.join(10)
        assert not reading.is_alive()


def test_what_comes_before_the_end_is_still_heard() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.sendall(b"last words")
        theirs.close()
        ending = Ending(ours)
        assert ending.recv(100) == b"last words"
        with pytest.raises(ConnectionResetError):
            ending.recv(100)


def test_what_comes_is_taken_by_workers_also_while_others_are_busy_and_not_after_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client, heard = Client("xapp-1"), queue.Queue[str]()
    first_may_end = threading.Event()

    def listener(_client: object, told: dict[str, str], raw: str) -> None:
        if told.get("type") == "slow":
            first_may_end.wait(10)
        heard.put(told.get("type", raw))

    client.message_listeners.append(listener)  # type: ignore[arg-type]  # the SDK names no type that fits
    try:
        for message in ('{"type": "slow"}', '{"type": "events_api"}', "no JSON", "{broken"):
            client.enqueue_message(message)
        assert {heard.get(timeout=10) for _ in range(2)} == {"events_api", "no JSON"}
        first_may_end.set()
        assert heard.get(timeout=10) == "slow"
    finally:
        client.close()
    client.enqueue_message('{"type": "late"}')
    assert heard.empty()
    assert [r.message for r in caplog.records if r.levelno >= logging.ERROR] == ["Slack's socket sent what is no JSON"]


def test_another_connection_is_made_at_once_however_much_waits_for_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    client, made, may_end = Client("xapp-1"), queue.Queue[str](), threading.Event()

    def connect(*, force: bool) -> None:
        made.put(threading.current_thread().name)

    monkeypatch.setattr(client, "connect_to_new_endpoint", connect)
    client.message_listeners.append(lambda *_: may_end.wait(10))  # type: ignore[arg-type]
    try:
        for _ in range(30):
            client.enqueue_message('{"type": "events_api"}')
        for reason in ("warning", "refresh_requested"):
            client.enqueue_message(f'{{"type": "disconnect", "reason": "{reason}"}}')
        # One after the other, in the one thread that does nothing else.
        assert len({made.get(timeout=5) for _ in range(2)}) == 1
    finally:
        may_end.set()
        client.close()
