"""How payloads reach the app: over one of its sockets, with three seconds to acknowledge, and again if it did not.

Events that nobody acknowledged come again after 0, 60 and 300 seconds of the local Slack's clock, also when no socket
was open; commands and interactions come once. The three seconds themselves are real ones.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.events import envelope, events_for, subscriptions
from bot.sandbox.http_mode import RequestUrl
from bot.sandbox.workspace import Json, Workspace

MAX_SOCKETS: Final = 10
KEPT: Final = 2000


class NotDelivered(Exception):
    """A command or an interaction did not reach the app, or the app did not acknowledge it in time."""


@dataclass(eq=False, slots=True)
class _Socket:
    id: str
    web: WebSocket
    draining: bool = False
    outbox: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    in_flight: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Sent:
    """An envelope on its way: an event (`delivery`) or something that somebody waits for (`answer`)."""

    at: float
    delivery: Json | None = None
    answer: asyncio.Future[Any] | None = None
    timer: asyncio.TimerHandle | None = None


class Gateway:
    """The sockets of the app, what waits to be delivered, and what waits to be acknowledged."""

    def __init__(
        self, ws: Workspace, manifest: Mapping[str, Any], *, ack_seconds: float, redelivery: tuple[float, ...]
    ) -> None:
        self.ws = ws
        self.subscribed = subscriptions(manifest)
        self.ack_seconds, self.redelivery = ack_seconds, redelivery
        self.refusing = False
        #: Set for an app in HTTP mode; no socket is used then.
        self.request_url: RequestUrl | None = None
        self.host = ""
        self._tickets: set[str] = set()
        self._sockets: list[_Socket] = []
        self._turn = 0
        self._sent: dict[str, _Sent] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._posting: set[asyncio.Task[None]] = set()
        ws.listen(self._hear)
        ws.clock.on_turn(self.wake)

    # -- what happened becomes a delivery -------------------------------------------------------------

    def _hear(self, kind: str, facts: Json) -> None:
        if kind == "restored":
            self.wake()
        for event in events_for(self.ws, self.subscribed, kind, facts):
            self._queue(envelope(self.ws, event))

    def _queue(self, payload: Json) -> None:
        deliveries: list[Json] = self.ws.data["deliveries"]
        now = self.ws.clock.now()
        number = deliveries[-1]["n"] + 1 if deliveries else 1
        deliveries.append({
            "n": number, "at": now, "type": payload["event"]["type"], "event_id": payload["event_id"], "attempt": 0,
            "state": "waiting", "due": now, "acked": False, "ack_ms": None, "payload": payload,
        })  # fmt: skip
        if len(deliveries) > KEPT:
            over = len(deliveries) - KEPT
            deliveries[:over] = [d for d in deliveries[:over] if d["state"] in ("waiting", "sent")]
        self.wake()

    def redeliver(self, event_id: str) -> None:
        """Sends an event again that was acknowledged already; KeyError when it is not known."""
        with self.ws.lock:
            known = next((d for d in self.ws.data["deliveries"] if d["event_id"] == event_id), None)
            if known is None:
                raise KeyError(event_id)
            known |= {"state": "waiting", "due": self.ws.clock.now(), "attempt": known["attempt"] + 1}
        self.wake()

    def wake(self) -> None:
        """Looks again what is due; may be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    # -- the pump -----------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Delivers what is due until cancelled."""
        self._loop = asyncio.get_running_loop()
        with self.ws.lock:
            for delivery in self.ws.data["deliveries"]:
                if delivery["state"] == "sent":
                    delivery["state"] = "waiting"
        while True:
            self._wake.clear()
            pause = self._deliver_due()
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue

    def _deliver_due(self) -> float | None:
        soonest: float | None = None
        with self.ws.lock:
            now = self.ws.clock.now()
            for delivery in self.ws.data["deliveries"]:
                if delivery["state"] != "waiting":
                    continue
                if delivery["due"] > now:
                    soonest = min(soonest or delivery["due"], delivery["due"])
                    continue
                if self.request_url is not None:
                    delivery["state"] = "sent"
                    task = asyncio.create_task(self._post(self.request_url, delivery))
                    self._posting.add(task)
                    task.add_done_callback(self._posting.discard)
                    continue
                socket = self._next_socket()
                if socket is None:
                    self._failed(delivery)
                    if delivery["state"] == "waiting":
                        soonest = min(soonest or delivery["due"], delivery["due"])
                    continue
                delivery["state"] = "sent"
                extra = {"retry_attempt": delivery["attempt"], "retry_reason": "timeout" if delivery["attempt"] else ""}
                self._send(socket, "events_api", delivery["payload"], _Sent(time.monotonic(), delivery), extra)
        if soonest is None or (soonest > now and not self.ws.clock.running):
            return None
        return max(0.0, soonest - now)

    async def _post(self, request_url: RequestUrl, delivery: Json) -> None:
        began, attempt = time.monotonic(), delivery["attempt"]
        reason = delivery.get("reason", "")
        posted = await asyncio.to_thread(request_url.event, delivery["payload"], attempt, reason)
        with self.ws.lock:
            took = round((time.monotonic() - began) * 1000, 1)
            if not posted.reason:
                delivery |= {"state": "acked", "acked": True, "ack_ms": took}
            elif posted.no_retry:
                delivery |= {"state": "lost", "reason": posted.reason}
            else:
                delivery["reason"] = posted.reason
                self._failed(delivery)
            self.ws.touch()
        self._wake.set()

    def _next_socket(self) -> _Socket | None:
        ready = [s for s in self._sockets if not s.draining]
        if not ready:
            return None
        self._turn += 1
        return ready[self._turn % len(ready)]

    def _send(self, socket: _Socket, kind: str, payload: Json, sent: _Sent, extra: Json) -> None:
        envelope_id = secrets.token_hex(16)
        self._sent[envelope_id] = sent
        socket.in_flight.add(envelope_id)
        sent.timer = asyncio.get_running_loop().call_later(self.ack_seconds, self._late, socket, envelope_id)
        socket.outbox.put_nowait({"envelope_id": envelope_id, "payload": payload, "type": kind,
                                  "accepts_response_payload": kind != "events_api", **extra})  # fmt: skip

    def _late(self, socket: _Socket, envelope_id: str) -> None:
        sent = self._sent.pop(envelope_id, None)
        socket.in_flight.discard(envelope_id)
        if sent is None:
            return
        if sent.answer is not None and not sent.answer.done():
            sent.answer.set_exception(NotDelivered("operation_timeout"))
        if sent.delivery is not None:
            with self.ws.lock:
                if sent.delivery["state"] == "sent":
                    self._failed(sent.delivery)
            self._wake.set()

    def _failed(self, delivery: Json) -> None:
        attempt = delivery["attempt"]
        if attempt >= len(self.redelivery):
            delivery["state"] = "lost"
        else:
            due = self.ws.clock.now() + self.redelivery[attempt]
            delivery |= {"state": "waiting", "attempt": attempt + 1, "due": due}
        self.ws.touch()

    async def ask(self, kind: str, payload: Json) -> Any:
        """Sends a command or interaction once and returns what the acknowledgement holds, or raises NotDelivered."""
        if self.request_url is not None:
            posted = await asyncio.to_thread(self.request_url.ask, kind, payload)
            if posted.reason:
                raise NotDelivered("operation_timeout" if posted.reason == "http_timeout" else "dispatch_failed")
            return posted.answer
        socket = self._next_socket()
        if socket is None:
            raise NotDelivered("dispatch_failed")
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._send(socket, kind, payload, _Sent(time.monotonic(), answer=answer), {})
        return await answer

    # -- one socket ------------------------------------------------------------------------------------------

    def ticket(self) -> str:
        """A single-use address for one socket."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return f"ws://{self.host}/link/?ticket={ticket}&app_id={self.ws.bot['app_id']}"

    async def serve(self, web: WebSocket) -> None:
        """One socket from its handshake to its end."""
        ticket = web.query_params.get("ticket", "")
        if self.refusing or ticket not in self._tickets:
            await web.close(1008)
            return
        self._tickets.discard(ticket)
        await web.accept()
        about = {"host": "applink-local", "started": f"{self.ws.clock.moment():%Y-%m-%d %H:%M:%S}.000",
                 "build_number": 1, "approximate_connection_time": 18060}  # fmt: skip
        if len(self._sockets) >= MAX_SOCKETS:
            await web.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": about})
            await web.close()
            return
        socket = _Socket(secrets.token_hex(4), web)
        count = len(self._sockets) + 1
        await web.send_json({"type": "hello", "num_connections": count, "debug_info": about,
                             "connection_info": {"app_id": self.ws.bot["app_id"]}})  # fmt: skip
        self._sockets.append(socket)
        self._wake.set()
        writer = asyncio.create_task(self._write(socket))
        try:
            while True:
                self._acknowledged(socket, await web.receive_json())
        except (WebSocketDisconnect, KeyError, ValueError, RuntimeError):
            pass
        finally:
            writer.cancel()
            if socket in self._sockets:
                self._sockets.remove(socket)
            for envelope_id in list(socket.in_flight):
                self._late(socket, envelope_id)

    async def _write(self, socket: _Socket) -> None:
        while (frame := await socket.outbox.get()) is not None:
            try:
                await socket.web.send_json(frame)
            except (WebSocketDisconnect, RuntimeError):
                return
        await socket.web.close()

    def _acknowledged(self, socket: _Socket, frame: Any) -> None:
        if not isinstance(frame, dict) or "envelope_id" not in frame:
            return
        envelope_id = frame["envelope_id"]
        sent = self._sent.pop(envelope_id, None)
        socket.in_flight.discard(envelope_id)
        if sent is None:
            return
        if sent.timer is not None:
            sent.timer.cancel()
        if sent.answer is not None and not sent.answer.done():
            sent.answer.set_result(frame.get("payload"))
        if sent.delivery is not None:
            with self.ws.lock:
                took = round((time.monotonic() - sent.at) * 1000, 1)
                sent.delivery |= {"state": "acked", "acked": True, "ack_ms": took}
                self.ws.touch()

    # -- trouble by hand ---------------------------------------------------------------------------------------

    async def control(self, what: str, reason: str = "refresh_requested") -> None:
        """disconnect (polite), drop (cut), refuse or accept new sockets."""
        match what:
            case "disconnect":
                for socket in list(self._sockets):
                    if reason != "warning":
                        socket.draining = True
                    about = {"host": "applink-local"}
                    socket.outbox.put_nowait({"type": "disconnect", "reason": reason, "debug_info": about})
                    if reason == "link_disabled":
                        socket.outbox.put_nowait(None)
            case "drop":
                for socket in list(self._sockets):
                    socket.draining = True
                    socket.web.scope["state"]["transport"].abort()
            case "refuse" | "accept":
                self.refusing = what == "refuse"

    @property
    def open_sockets(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    @property
    def settled(self) -> bool:
        """Whether there is a socket, and none that is on its way out."""
        return bool(self._sockets) and not any(s.draining for s in self._sockets)

    async def close(self) -> None:
        """Cuts every socket."""
        await self.control("drop")
