"""Over the wire: a local Claude that answers, refuses, trickles, cuts and waits as the real one can."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pydantic import SecretStr

from bot.claude.client import Answer as Told
from bot.claude.client import Block, Client, Failure, Request
from bot.claude.prompts import Schema
from bot.sandbox.claude import wire
from bot.sandbox.claude.server import Answer, LocalClaude, busy, in_turn
from tests.fakes.claude import KEY, reply

LONG = "a line of the record that is the same each time\n" * 60
REQUEST = Request("claude-sonnet-5-5", "low", 8000, "Help.", (Block(LONG, cached=True), Block("task")), Schema.REPLY)
FINE = Answer(reply())


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[LocalClaude, Client]]]:
    with ExitStack() as stack:

        def one(*answers: Answer) -> tuple[LocalClaude, Client]:
            local = stack.enter_context(LocalClaude(in_turn(answers), key=KEY))
            client = Client(SecretStr(KEY), local.url, sleep=lambda _: None)
            stack.callback(client.close)
            return local, client

        yield one


#: What is answered, then what comes of it, in how many attempts.
TROUBLE = {
    "fine": ((FINE,), "ok", 1),
    "busy, then fine": ((busy(), busy(0.01), FINE), "ok", 3),
    "cut before anything": ((Answer(reply(), cut=0), FINE), "ok", 2),
    "cut in the middle": ((Answer(reply(), cut=150), FINE), "ok", 2),
    "always cut": ((Answer(reply(), cut=150),), "connection", 3),
    "refused without a word": ((Answer(wire.refusal()),), "refused", 1),
    "no money": ((Answer(wire.error("rate_limit_error", "enforced_spend_limit_reached"), 429),), "spend_limit", 1),
    "cut by its length": ((Answer(wire.message('{"statements": [', stop_reason="max_tokens")),), "truncated", 1),
    "no JSON at all": ((Answer(b"<html>", headers={"content-type": "text/html"}), FINE), "ok", 2),
}


@pytest.mark.parametrize("case", TROUBLE)
def test_trouble_on_the_wire_ends_in_one_word(serve: Any, case: str) -> None:
    answers, reason, attempts = TROUBLE[case]
    local, client = serve(*answers)
    outcome = client.ask(REQUEST, client.monotonic() + 20)
    assert (outcome.reason if isinstance(outcome, Failure) else "ok", outcome.attempts) == (reason, attempts)
    assert local.refused == []
    assert len(local.bodies) == attempts


@pytest.mark.parametrize("slow", [Answer(reply(), after=30), Answer(reply(), trickle=0.1, piece=1)])
def test_what_comes_too_late_or_drop_by_drop_ends_with_the_deadline(serve: Any, slow: Answer) -> None:
    _, client = serve(slow)
    began = client.monotonic()
    outcome = client.ask(REQUEST, began + 0.4)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.attempts, outcome.untold) == ("timeout", 1, 1)
    assert client.monotonic() - began < 10


def test_what_stands_in_front_is_read_from_the_cache_the_second_time(serve: Any) -> None:
    _, client = serve(FINE)
    first, second = (client.ask(REQUEST, client.monotonic() + 20) for _ in range(2))
    assert isinstance(first, Told)
    assert isinstance(second, Told)
    assert first.spent[0].written == second.spent[0].reread > 800
    assert first.spent[0].reread == second.spent[0].written == 0


def raw(local: LocalClaude, body: object, **headers: str) -> tuple[int, str]:
    told = {"authorization": f"Bearer {KEY}", "anthropic-version": wire.VERSION, **headers}
    request = urllib.request.Request(f"{local.url}/v1/messages", json.dumps(body).encode(), told)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as err:
        return err.code, err.read().decode()


BODY = {"model": "claude-sonnet-5-5", "max_tokens": 100, "messages": [{"role": "user", "content": "hello"}]}
_SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
#: What the API does not take, and a word of why.
NOT_TAKEN: dict[str, dict[str, Any]] = {
    "temperature": {"temperature": 0.2},
    "max_tokens": {"max_tokens": 200_000},
    "assistant": {"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "{"}]},
    "forced": {"tools": [{"name": "t", "input_schema": {"type": "object"}}], "tool_choice": {"type": "any"}},
    "types": {"messages": [{"role": "operator", "content": "x"}]},
    "effort": {"output_config": {"effort": "extreme"}},
    "maxLength": {"output_config": {"format": {"type": "json_schema", "schema": {**_SCHEMA, "maxLength": 5}}}},
    "lets anything in": {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}},
    "wishes": {"wishes": "many"},
}


def test_it_takes_only_what_the_api_takes_and_streams_when_asked(serve: Any) -> None:
    local, _ = serve(FINE)
    for word, different in NOT_TAKEN.items():
        status, says = raw(local, {**BODY, **different})
        assert (status, word in says) == (400, True), says
    assert raw(local, BODY, **{"x-api-key": KEY})[0] == 400
    assert raw(local, BODY, **{"anthropic-version": "2023-06-01"})[0] == 400
    assert raw(local, BODY, authorization="Bearer other")[0] == 401
    assert local.bodies == []
    status, told = raw(local, {**BODY, "stream": True})
    names = [line.removeprefix("event: ") for line in told.splitlines() if line.startswith("event: ")]
    assert (status, names[0], names[-2:]) == (200, "message_start", ["message_delta", "message_stop"])


def test_only_this_computer_may_ask(serve: Any) -> None:
    local, _ = serve(FINE)
    assert raw(local, BODY, host="api.anthropic.com")[0] == 403
    assert raw(local, BODY, origin="https://example.com")[0] == 403
