"""Calls to Slack share a connection, and no call is ever made twice because of that."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedRWPair
from typing import Any

import pytest

from bot.errors import SlackUnavailable
from bot.slack.client import LastingClient
from bot.slack.translation import translated


@dataclass
class Server:
    """Answers HTTP as it is told, and notes over which connection what came."""

    door: socket.socket
    #: The connection by its number, and the path, of each request.
    heard: list[tuple[int, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    status: str = "200 OK"
    #: Ends the connection after so many requests more; with `mute`, without an answer to the last one.
    ends_after: int = 100
    mute: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.getsockname()[1]}/api/"

    def serve(self) -> None:
        number = 0
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as talk:
                while self.ends_after and self._one(talk, number):
                    pass
            self.ended.set()
            self.ends_after = 100
            number += 1

    def _one(self, talk: BufferedRWPair, number: int) -> bool:
        first = talk.readline()
        if not first:
            return False
        length = 0
        while header := talk.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self.bodies.append(talk.read(length))
        self.heard.append((number, first.split()[1].decode()))
        self.ends_after -= 1
        if not self.ends_after and self.mute:
            return False
        body = json.dumps({"ok": self.status.startswith("200"), "error": "ratelimited"}).encode()
        head = f"HTTP/1.1 {self.status}\r\nContent-Length: {len(body)}\r\nRetry-After: 7\r\n\r\n".encode()
        talk.write(head + body)
        talk.flush()
        return True


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Server(door)
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield server
        door.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.fixture
def client(server: Server) -> Iterator[LastingClient]:
    client = LastingClient("xoxb-1", server.url)
    yield client
    client.close()


def test_calls_share_a_connection(client: LastingClient, server: Server) -> None:
    for _ in range(3):
        client.api_test()
    assert server.heard == [(0, "/api/api.test")] * 3


def test_a_connection_that_slack_has_ended_is_not_used_again(client: LastingClient, server: Server) -> None:
    server.ends_after = 1
    client.api_test()
    assert server.ended.wait(5)
    client.api_test()
    assert [number for number, _ in server.heard] == [0, 1]


def test_a_call_without_an_answer_is_not_made_again(client: LastingClient, server: Server) -> None:
    client.api_test()
    server.ends_after, server.mute = 1, True
    with pytest.raises(SlackUnavailable), translated("api.test"):
        client.api_test()
    assert len(server.heard) == 2
    client.api_test()
    assert [number for number, _ in server.heard] == [0, 0, 1]


def test_a_limit_is_told_as_before_and_ends_no_connection(client: LastingClient, server: Server) -> None:
    server.status = "429 Too Many Requests"
    with pytest.raises(SlackUnavailable) as told, translated("api.test"):
        client.api_test()
    assert told.value.retry_after == 7
    server.status = "200 OK"
    client.api_test()
    assert [number for number, _ in server.heard] == [0, 0]


def test_calls_over_tls_share_a_connection_and_keep_their_bodies(server: Server) -> None:
    client = LastingClient("xoxb-1", server.url.replace("http:", "https:"))
    client.ssl = Unsealed(ssl.PROTOCOL_TLS_CLIENT)
    try:
        for _ in range(2):
            assert client.chat_postMessage(channel="C1", text="Zoë wrote this")["ok"]
    finally:
        client.close()
    assert server.heard == [(0, "/api/chat.postMessage")] * 2
    assert all(b"wrote" in body for body in server.bodies)


def test_a_call_is_sent_in_one_piece() -> None:
    pieces: list[bytes] = []

    def answer_once(door: socket.socket) -> None:
        line, _ = door.accept()
        with line:
            pieces.append(line.recv(1 << 16))
            line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"ok":true}')

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=answer_once, args=(door,))
        thread.start()
        client = LastingClient("xoxb-1", f"http://127.0.0.1:{door.getsockname()[1]}/api/")
        assert client.chat_postMessage(channel="C1", text="the last words of it")["ok"]
        thread.join(5)
    head, _, body = pieces[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /api/chat.postMessage")
    assert b"the last words of it" in body


class Unsealed(ssl.SSLContext):
    """Agrees to everything and seals nothing, so that a plain server can answer."""

    def wrap_socket(self, sock: socket.socket, *_: object, **__: object) -> Any:
        return sock
