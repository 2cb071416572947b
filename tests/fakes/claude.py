"""Claude for tests in this process: a transport that checks each request as the API would, and answers as told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from pydantic import SecretStr

from bot.assembly import second_mind
from bot.claude.client import Client
from bot.claude.mind import Mind
from bot.clock import Clock
from bot.interview.state import Workspace
from bot.interview.thoughts import Conclusion, Line, Material, Purpose, Unavailable
from bot.places import TEMPLATES
from bot.rendering import Renderer
from bot.sandbox.claude import wire
from bot.sandbox.claude.wire import faults
from bot.settings import OfflineSettings
from storage.database import Database

KEY = "sk-ant-test-0123456789abcdef0123456789"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

Answer = Mapping[str, Any] | httpx2.Response | Exception


def check(request: httpx2.Request) -> dict[str, Any]:
    """The body of a request that the API would take, with this key and nothing that the bot has no use for."""
    assert (request.method, request.url.path) == ("POST", "/v1/messages")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    sent: dict[str, Any] = json.loads(request.content)
    assert faults(request.headers, sent) == []
    assert not {"tools", "tool_choice", "thinking", "stream"} & set(sent)
    return sent


def texts(body: Mapping[str, Any]) -> list[str]:
    """Every text of a request, in the order in which it is read."""
    return [block["text"] for block in (*body["system"], *body["messages"][0]["content"])]


def lines_of(body: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lines of JSON in a request's elements."""
    found = [line for text in texts(body)[1:] for line in text.splitlines() if line.startswith('{"id"')]
    return [json.loads(line) for line in found]


def message(reply: object, **more: Any) -> dict[str, Any]:
    """What the API answers around a reply."""
    text = reply if isinstance(reply, str) else json.dumps({**EMPTY, **reply} if isinstance(reply, dict) else reply)
    usage = {"input_tokens": 100, "output_tokens": 50, "cache_creation_input_tokens": 1000,
             "cache_read_input_tokens": 2000}  # fmt: skip
    told: dict[str, Any] = wire.message(text, **{"usage": usage, **more})
    return told


EMPTY: dict[str, Any] = {"statements": [], "questions": [], "items": [], "enough": False}


def error(status: int, kind: str, code: str | None = None, **headers: str) -> httpx2.Response:
    """What the API answers when it does not."""
    told = {"request-id": "req_1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return httpx2.Response(status, json=wire.error(kind, code), headers=told)


def claim(text: str, *evidence: tuple[str, str], about: str = "") -> dict[str, Any]:
    """A statement or a question of a reply."""
    return {"evidence": [{"id": id, "quote": quote} for id, quote in evidence], "about": about, "text": text}


def reply(**parts: Any) -> dict[str, Any]:
    """A message that holds these parts."""
    return message({**EMPTY, **parts})


class Hand:
    """A clock that only moves when it is told; sleeping moves it."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds - 1000)


class Claude:
    """Answers one after the other, the last one for ever; keeps every request that came."""

    def __init__(self, *answers: Answer | Callable[[dict[str, Any]], Answer], hand: Hand | None = None) -> None:
        self._answers = list(answers)
        self.hand = hand or Hand()
        self.bodies: list[dict[str, Any]] = []
        self.raw: list[bytes] = []

    def answer_from_now_on(self, *answers: Answer) -> None:
        self._answers = list(answers)

    def client(self) -> Client:
        return Client(
            SecretStr(KEY),
            "http://127.0.0.1:9",
            transport=httpx2.MockTransport(self._answer),
            monotonic=self.hand.monotonic,
            sleep=self.hand.sleep,
            chance=lambda: 0.0,
        )

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        body = check(request)
        self.bodies.append(body)
        self.raw.append(request.content)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if callable(answer) and not isinstance(answer, httpx2.Response):
            answer = answer(body)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx2.Response):
            return httpx2.Response(answer.status_code, content=answer.content, headers=answer.headers)
        return httpx2.Response(200, json=dict(answer), headers={"request-id": f"req_{len(self.bodies)}"})


def mind(database: Database, claude: Claude, clock: Clock | None = None, **settings: Any) -> Mind:
    """A second mind that talks to this Claude."""
    given = OfflineSettings(anthropic_api_key=SecretStr(KEY), **settings)
    made = second_mind(given, database, clock or claude.hand, Renderer(TEMPLATES), claude.client())
    assert made is not None
    return made


def said(*texts: str, start: datetime = NOON, users: Sequence[str] = ("U0AAAAAA1", "U0BBBBBB2")) -> tuple[Line, ...]:
    """Messages of two people, a minute apart."""
    return tuple(
        Line(f"1795000{n:03d}.000100", text, users[n % len(users)], "", start + timedelta(minutes=n))
        for n, text in enumerate(texts)
    )


def material(purpose: Purpose, *lines: Line, **more: Any) -> Material:
    """Material about an incident of these lines."""
    return Material(purpose, "service", "Checkout errors", lines, **more)


def thought(
    made: Mind, wanted: Material, postmortem: int, key: str = "t", deadline: float = 30.0
) -> Conclusion | Unavailable:
    return made.think(wanted, workspace=Workspace("T1"), postmortem=postmortem, key=key, deadline=deadline)
