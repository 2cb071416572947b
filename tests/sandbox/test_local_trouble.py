"""Does trouble come as planned: limits, faults, hooks, and a workspace that survives."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import Person, call
from bot.sandbox.seeds import Seeded
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace


def plan(slack: LocalSlack, **fault: Any) -> None:
    call(slack.url, "POST", "faults", fault)


def test_reads_are_limited_to_fifty_a_minute(serve: Callable[..., LocalSlack]) -> None:
    slack = serve(limits=True)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    for _ in range(50):
        client.conversations_history(channel="C0INC")
    with pytest.raises(SlackApiError) as caught:
        client.conversations_history(channel="C0INC")
    response = caught.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "2")
    client.conversations_info(channel="C0INC")
    slack.workspace.clock.advance(2)
    client.conversations_history(channel="C0INC")


def test_posts_are_limited_per_channel_with_a_small_burst(serve: Callable[..., LocalSlack]) -> None:
    slack = serve(limits=True)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    for _ in range(5):
        client.chat_postMessage(channel="C0INC", text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.chat_postMessage(channel="C0INC", text="x")
    client.chat_postMessage(channel="U0MARIA", text="another room")


def test_a_throttled_app_reads_fifteen_messages_a_minute(slack: LocalSlack, client: WebClient, maria: Person) -> None:
    for number in range(20):
        maria.say("C0INC", f"{number}")
    call(slack.url, "POST", "limits", {"enabled": False, "throttled_app": True})
    assert len(client.conversations_history(channel="C0INC", limit=200)["messages"]) == 15
    with pytest.raises(SlackApiError) as caught:
        client.conversations_history(channel="C0INC")
    assert caught.value.response.headers["Retry-After"] == "60"


def test_planned_faults_strike_and_pass(slack: LocalSlack, client: WebClient) -> None:
    plan(slack, method="chat.postMessage", kind="ratelimited", times=1, retry_after=7, skip=1)
    client.chat_postMessage(channel="C0INC", text="first")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0INC", text="second")
    assert caught.value.response.headers["Retry-After"] == "7"
    plan(slack, method="*", kind="http_500")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C0INC", text="third")
    plan(slack, method="auth.test", kind="error", error="fatal_error")
    client.chat_postMessage(channel="C0INC", text="fourth")
    texts = [m["text"] for m in client.conversations_history(channel="C0INC", limit=2)["messages"]]
    assert texts == ["fourth", "first"]
    call(slack.url, "DELETE", "faults")
    client.auth_test()


def test_a_cut_connection_hides_whether_the_message_was_posted(slack: LocalSlack, client: WebClient) -> None:
    for kind, posted in (("drop_before", False), ("drop_after", True)):
        plan(slack, method="chat.postMessage", kind=kind)
        with pytest.raises((http.client.HTTPException, OSError)):
            client.chat_postMessage(channel="C0INC", text=kind)
        texts = [m["text"] for m in client.conversations_history(channel="C0INC")["messages"]]
        assert (kind in texts) is posted


def test_hooks_see_each_call_and_can_cut_it(slack: LocalSlack, client: WebClient) -> None:
    seen: list[tuple[str, str]] = []

    def hook(phase: str, method: str, args: dict[str, Any], number: int) -> None:
        seen.append((phase, method))
        if args.get("text") == "cut":
            raise RuntimeError("killed here")

    slack.on_call(hook)
    client.auth_test()
    with pytest.raises((http.client.HTTPException, OSError)):
        client.chat_postMessage(channel="C0INC", text="cut")
    assert seen == [("before", "auth.test"), ("after", "auth.test"), ("before", "chat.postMessage")]
    assert "cut" not in [m["text"] for m in client.conversations_history(channel="C0INC")["messages"]]


def test_calls_are_logged_without_tokens(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postMessage(channel="C0INC", text="hi")
    line = call(slack.url, "GET", "calls")["calls"][-1]
    assert (line["method"], line["args"]["text"], line["status"]) == ("chat.postMessage", "hi", 200)
    assert slack.bot_token not in json.dumps(line)


def test_a_snapshot_brings_everything_back(slack: LocalSlack, client: WebClient, maria: Person) -> None:
    before = slack.workspace.snapshot()
    maria.say("C0INC", "later undone")
    slack.workspace.restore(before)
    assert slack.workspace.snapshot() != b""
    assert "later undone" not in [m["text"] for m in client.conversations_history(channel="C0INC")["messages"]]
    assert json.loads(before)["channels"] == slack.workspace.data["channels"]


def test_a_workspace_with_a_file_survives_a_restart(tmp_path: Path, seeded: Seeded) -> None:
    file = tmp_path / "workspace.json"
    seeded.workspace.path = file
    with LocalSlack(seeded.workspace, {}) as first:
        token = first.bot_token
        Person(first.url, "U0MARIA").say("C0INC", "remember me")
    again = Workspace(SandboxClock(), path=file)
    with LocalSlack(again, {}) as second:
        assert second.bot_token == token
        assert Person(second.url, "U0MARIA").sees("C0INC")[-1]["text"] == "remember me"


def test_the_clock_is_turned_by_hand_and_never_back(slack: LocalSlack, maria: Person) -> None:
    before = call(slack.url, "GET", "clock")
    assert before["running"] is False
    after = call(slack.url, "POST", "clock", {"advance": 604_800})
    assert after["now"] - before["now"] == 604_800
    assert float(maria.say("C0INC", "a week later")) == pytest.approx(after["now"])
    with pytest.raises(Exception, match="turned back"):
        call(slack.url, "POST", "clock", {"set": before["now"]})


def test_an_uninstalled_app_is_told_nothing_and_may_do_nothing(slack: LocalSlack, client: WebClient) -> None:
    call(slack.url, "POST", "uninstall", {})
    with pytest.raises(SlackApiError, match="token_revoked"):
        client.auth_test()
