"""One call, and every way in which it can end: in one word, in time, and with what it may have cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from bot.claude.breaker import FAILURES, OPEN_FOR
from bot.claude.client import Answer, Block, Client, Failure, Request
from bot.claude.prices import Used
from bot.claude.prompts import Schema
from bot.sandbox.claude import wire
from tests.fakes.claude import KEY, Claude, Hand, error, message, reply

USED = Used(100, 1000, 2000, 50)
REQUEST = Request("claude-sonnet-5-5", "low", 8000, "Help.", (Block("lines", cached=True), Block("task")), Schema.REPLY)
OVERLOADED = error(529, "overloaded_error")


def asked(claude: Claude, seconds: float = 30.0, again: Callable[[], str | None] = lambda: None) -> Answer | Failure:
    return claude.client().ask(REQUEST, claude.hand.monotonic() + seconds, again)


def html(status: int) -> httpx2.Response:
    return httpx2.Response(status, text="<html>a proxy speaks</html>", headers={"content-type": "text/html"})


def stream(told: Any) -> httpx2.Response:
    return httpx2.Response(200, content=b"".join(wire.events(told)), headers={"content-type": "text/event-stream"})


@dataclass(frozen=True)
class End:
    """How a call ended: the word, the attempts, those that told what they took, those that may be billed untold."""

    reason: str
    attempts: int = 1
    told: int = 0
    untold: int = 0


HALF = '{"statements": [{"evidence": [], "about": "", "te'
#: What was answered, and how the call ends.
ENDS: dict[str, tuple[list[Any], End]] = {
    "an answer": ([reply()], End("ok", told=1)),
    "busy once": ([OVERLOADED, reply()], End("ok", 2, told=1)),
    "busy for ever": ([OVERLOADED], End("overloaded", 3)),
    "too many requests, wait a moment": ([error(429, "rate_limit_error", retry_after="2"), reply()], End("ok", 2, 1)),
    "wait an hour": ([error(529, "overloaded_error", retry_after="3600"), reply()], End("overloaded")),
    "wait until some day": ([error(429, "rate_limit_error", retry_after="Fri, 01 Jan 2027 00:00:00 GMT"), reply()],
                            End("ok", 2, 1)),
    "wait a negative time": ([error(429, "rate_limit_error", retry_after="-5"), reply()], End("ok", 2, 1)),
    "no money left this month": ([error(429, "rate_limit_error", "enforced_spend_limit_reached")], End("spend_limit")),
    "no money left by contract": ([error(429, "rate_limit_error", "contract_spend_limit_reached")], End("spend_limit")),
    "nothing paid": ([error(402, "billing_error")], End("spend_limit")),
    "a bad request": ([error(400, "invalid_request_error")], End("rejected")),
    "a wrong key": ([error(401, "authentication_error")], End("rejected")),
    "a forbidden model": ([error(403, "permission_error")], End("rejected")),
    "no such model": ([error(404, "not_found_error")], End("rejected")),
    "too large": ([error(413, "request_too_large")], End("rejected")),
    "a fault within": ([error(500, "api_error"), reply()], End("ok", 2, told=1, untold=1)),
    "a fault within, for ever": ([error(500, "api_error")], End("overloaded", 3, untold=3)),
    "a proxy in between": ([html(502)], End("overloaded", 3, untold=3)),
    "a page of a proxy": ([html(200), reply()], End("ok", 2, told=1, untold=1)),
    "nobody there": ([httpx2.ConnectError("refused")], End("connection", 3)),
    "a proxy that will not": ([httpx2.ProxyError("no")], End("connection", 3)),
    "no connection in time": ([httpx2.ConnectTimeout("slow")], End("timeout", 3)),
    "cut before the answer": ([httpx2.RemoteProtocolError("cut"), reply()], End("ok", 2, told=1, untold=1)),
    "cut within the answer": ([httpx2.ReadError("cut")], End("connection", 3, untold=3)),
    "no answer in time": ([httpx2.ReadTimeout("slow"), reply()], End("ok", 2, told=1, untold=1)),
    "refused, and nothing said": ([message("", stop_reason="refusal", content=[])], End("refused", told=1)),
    "refused for a reason": ([message("", stop_reason="refusal", content=[],
                                      stop_details={"type": "refusal", "category": "cyber"})], End("refused", told=1)),
    "refused in words": ([message("I will not", stop_reason="refusal")], End("refused", told=1)),
    "refused after half of it": ([message(HALF, stop_reason="refusal")], End("refused", told=1)),
    "cut by its own length": ([message(HALF, stop_reason="max_tokens")], End("truncated", told=1)),
    "whole, and said to be cut": ([message({}, stop_reason="max_tokens")], End("truncated", told=1)),
    "more than fits": ([message("", stop_reason="model_context_window_exceeded")], End("truncated", told=1)),
    "wants a tool": ([message("", stop_reason="tool_use")], End("truncated", told=1)),
    "a pause": ([message("", stop_reason="pause_turn")], End("truncated", told=1)),
    "a word nobody knows": ([message({}, stop_reason="tired")], End("truncated", told=1)),
    "ended without a word": ([message({}, stop_reason=None), reply()], End("ok", 2, told=2)),
    "empty": ([message("", content=[])], End("schema", 2, told=2)),
    "another shape once": ([message('{"answer": "42"}'), reply()], End("ok", 2, told=2)),
    "another shape": ([message('{"answer": "42"}')], End("schema", 2, told=2)),
    "more than the shape": ([message({"recipient": "U1"})], End("schema", 2, told=2)),
    "no JSON": ([message("Sure! Here is your draft:")], End("schema", 2, told=2)),
    "a fence around it": ([message("```json\n{}\n```")], End("schema", 2, told=2)),
    "thinking before it": ([message({}, content=[{"type": "thinking", "thinking": "hm", "signature": "x"},
                                                 *reply()["content"]])], End("ok", told=1)),
    "a block nobody knows": ([message({}, content=[{"type": "advert", "text": "buy"}, *reply()["content"]])],
                             End("ok", told=1)),
    "in two blocks": ([message({}, content=[{"type": "text", "text": '{"statements": [], "questions": [], '},
                                            {"type": "text", "text": '"items": [], "enough": false}'}])],
                      End("ok", told=1)),
    "a stream that nobody asked for": ([stream(reply()), reply()], End("ok", 2, told=1, untold=1)),
    "an error that says it is fine": ([httpx2.Response(200, json=wire.error("overloaded_error")), reply()],
                                      End("ok", 2, told=1, untold=1)),
    "nothing told of tokens": ([message({}, usage=None)], End("ok", untold=1)),
    "nonsense told": ([message({}, usage={"input_tokens": "many", "output_tokens": -3})], End("ok", untold=1)),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDS)
def test_every_answer_ends_in_one_word(case: str) -> None:
    answers, end = ENDS[case]
    claude = Claude(*answers)
    outcome = asked(claude)
    word = outcome.reason if isinstance(outcome, Failure) else "ok"
    assert End(word, outcome.attempts, len(outcome.spent), outcome.untold) == end
    assert len(claude.bodies) == end.attempts
    assert claude.hand.seconds - 1000 < 30


def test_what_came_back_is_kept_for_the_log() -> None:
    refused = asked(Claude(message("", stop_reason="refusal", content=[], stop_details={"category": "cyber"})))
    assert isinstance(refused, Failure)
    assert (refused.detail, refused.request_id, refused.retryable) == ("cyber", "req_1", False)
    assert refused.spent == (USED,)
    limit = asked(Claude(error(429, "rate_limit_error", "enforced_spend_limit_reached")))
    assert isinstance(limit, Failure)
    assert limit.detail == "429 rate_limit_error enforced_spend_limit_reached"


def test_pauses_are_short_and_grow_and_what_the_other_side_says_is_kept_to() -> None:
    claude = Claude(OVERLOADED)
    asked(claude)
    assert claude.hand.slept == [0.5, 1.0]
    claude = Claude(error(529, "overloaded_error", retry_after="7"), error(529, "x", retry_after_ms="250"), reply())
    asked(claude)
    assert claude.hand.slept == [7.0, 0.25]


def test_nothing_is_slept_past_the_deadline() -> None:
    claude = Claude(error(529, "overloaded_error", retry_after="31"), reply())
    assert asked(claude).attempts == 1
    assert claude.hand.slept == []
    late = asked(claude, seconds=0.01)
    assert isinstance(late, Failure)
    assert (late.reason, late.attempts, late.untold) == ("timeout", 0, 0)


def test_a_second_attempt_that_may_be_paid_is_asked_for_first() -> None:
    claude = Claude(message("no JSON"), reply())
    outcome = asked(claude, again=lambda: "budget_day")
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.attempts, outcome.spent) == ("budget_day", 1, (USED,))
    # What was sent away at the door cost nothing, and needs no leave.
    assert isinstance(asked(Claude(OVERLOADED, reply()), again=lambda: "budget_day"), Answer)


def test_after_failures_in_a_row_nobody_asks_for_a_while_and_then_one_tries() -> None:
    hand = Hand()
    claude = Claude(OVERLOADED, hand=hand)
    client = claude.client()

    def ask() -> str:
        outcome = client.ask(REQUEST, hand.monotonic() + 30)
        return outcome.reason if isinstance(outcome, Failure) else "ok"

    assert [ask() for _ in range(FAILURES + 1)] == ["overloaded"] * FAILURES + ["circuit_open"]
    hand.sleep(OPEN_FOR)
    assert [ask(), ask()] == ["overloaded", "circuit_open"]
    hand.sleep(OPEN_FOR)
    # A trial for which no time was left is none: the next one makes it.
    assert isinstance(client.ask(REQUEST, hand.monotonic()), Failure)
    claude.answer_from_now_on(reply())
    assert [ask(), ask()] == ["ok", "ok"]


def test_refusals_and_faults_of_our_own_stop_nobody() -> None:
    claude = Claude(
        message("", stop_reason="refusal"), error(401, "x"), message("no JSON"), message("no JSON"), reply()
    )
    client = claude.client()
    outcomes = [client.ask(REQUEST, 1030) for _ in range(4)]
    assert isinstance(outcomes[-1], Answer)


def test_a_deadline_of_ones_own_says_nothing_of_the_other_side() -> None:
    client = Claude(reply()).client()
    assert all(isinstance(client.ask(REQUEST, 0), Failure) for _ in range(FAILURES + 1))
    assert isinstance(client.ask(REQUEST, 1030), Answer)


def test_nothing_of_this_computer_goes_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for name, value in {
        "API_KEY": "sk-ant-other", "AUTH_TOKEN": "token-other", "BASE_URL": "http://127.0.0.1:1", "PROFILE": "p",
        "CUSTOM_HEADERS": "X-Secret: other-secret", "LOG": "debug", "CONFIG_DIR": str(tmp_path),
        "OPEN_TELEMETRY_TRACES_CONTENT_MODE": "content", "WEBHOOK_SIGNING_KEY": "w",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"ANTHROPIC_{name}", value)
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json=reply())

    client = Client(SecretStr(KEY), "http://127.0.0.1:9", transport=httpx2.MockTransport(answer))
    assert isinstance(client.ask(REQUEST, client.monotonic() + 5), Answer)
    (request,) = seen
    told = str(request.url) + repr(sorted(request.headers.items())) + request.content.decode()
    assert str(request.url) == "http://127.0.0.1:9/v1/messages"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert "other" not in told
    assert "traceparent" not in request.headers


def test_what_is_sent_is_the_shape_and_the_marks_and_no_more() -> None:
    claude = Claude(reply())
    asked(claude)
    (body,) = claude.bodies
    assert set(body) == {"model", "max_tokens", "system", "messages", "output_config"}
    first, last = body["messages"][0]["content"]
    assert first["cache_control"] == {"type": "ephemeral"}
    assert "cache_control" not in last
    shape = body["output_config"]["format"]["schema"]
    # Evidence comes before what rests on it.
    assert list(shape["$defs"]["Statement"]["properties"]) == ["evidence", "about", "text"]
