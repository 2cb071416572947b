"""Are events delivered as over Slack's Socket Mode: to one socket, again if unacknowledged, after a reconnect."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import websockets.sync.client
from websockets.exceptions import InvalidStatus

from bot.sandbox.people import Person, call
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import App, until


def deliveries(slack: LocalSlack) -> list[dict[str, Any]]:
    return list(call(slack.url, "GET", "deliveries")["deliveries"])


def attempted(slack: LocalSlack, attempt: int) -> bool:
    return bool(deliveries(slack)[0]["attempt"] == attempt)


def test_a_message_arrives_with_its_envelope(app: App, maria: Person) -> None:
    ts = maria.say("C0INC", "hello")
    request = app.wait(lambda: [r for r in app.received if r.type == "events_api"])[0]
    event = request.payload["event"]
    assert (event["ts"], event["text"], event["channel_type"], event["user"]) == (ts, "hello", "channel", "U0MARIA")
    assert request.payload["event_id"].startswith("Ev")
    assert request.payload["authorizations"][0]["user_id"] == "U0BOT"
    assert request.retry_attempt == 0


def test_the_app_hears_only_of_channels_that_it_is_in(app: App, maria: Person) -> None:
    maria.say("general", "unheard")
    maria.say("C0INC", "heard")
    app.wait(lambda: app.events())
    assert [e["text"] for e in app.events()] == ["heard"]


def test_a_public_channel_is_told_of_when_it_is_new_or_has_another_name(app: App, maria: Person) -> None:
    maria.do("channel", name="diary", members=["U0MARIA"], is_private=True)
    made = maria.do("channel", name="inc-new", members=["U0MARIA"])["channel"]
    maria.do("rename", channel=made, name="inc-newer")
    renamed = app.wait(lambda: app.events("channel_rename"))[0]["channel"]
    (created,) = (e["channel"] for e in app.events("channel_created"))
    assert (created["id"], created["name"], created["creator"]) == (made, "inc-new", "U0MARIA")
    assert (renamed["id"], renamed["name"]) == (made, "inc-newer")


def test_being_invited_and_removed_is_told(app: App, maria: Person) -> None:
    maria.do("invite", channel="secret", user="U0BOT")
    joined = app.wait(lambda: app.events("member_joined_channel"))[0]
    assert (joined["user"], joined["inviter"], joined["channel_type"]) == ("U0BOT", "U0MARIA", "G")
    maria.do("kick", channel="C0INC", user="U0BOT")
    assert app.wait(lambda: app.events("channel_left"))[0]["channel"] == "C0INC"


def test_a_mention_is_told_once_without_a_subscription_to_mentions(app: App, maria: Person) -> None:
    maria.say("C0INC", "@postmortem are you there")
    maria.say("C0INC", "next")
    app.wait(lambda: len(app.events()) == 2)
    assert not app.events("app_mention")


def test_edits_are_told_with_both_wordings(app: App, maria: Person) -> None:
    ts = maria.say("C0INC", "at ten")
    maria.edit("C0INC", ts, "at eleven")
    changed = app.wait(lambda: app.events("message", "message_changed"))[0]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("at eleven", "at ten")
    assert changed["message"]["ts"] == ts
    assert changed["message"]["edited"]["user"] == "U0MARIA"


def test_an_unacknowledged_event_comes_again_with_the_same_id(app: App, maria: Person, slack: LocalSlack) -> None:
    app.answers = lambda request: None
    maria.say("C0INC", "hello?")
    app.wait(lambda: len(app.received) == 2)
    app.answers = lambda request: {}
    until(lambda: deliveries(slack)[0]["attempt"] == 2)
    slack.workspace.clock.advance(59)
    assert len(app.received) == 2
    slack.workspace.clock.advance(2)
    app.wait(lambda: len(app.received) == 3)
    assert len({r.payload["event_id"] for r in app.received}) == 1
    assert [(r.retry_attempt, r.retry_reason or "") for r in app.received] == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert until(lambda: [d for d in deliveries(slack) if d["acked"]])


def test_after_the_fourth_attempt_an_event_is_lost(serve: Callable[..., LocalSlack]) -> None:
    slack = serve()
    Person(slack.url, "U0MARIA").say("C0INC", "nobody listens")
    for attempt, wait in ((2, 61), (3, 301)):
        until(partial(attempted, slack, attempt))
        slack.workspace.clock.advance(wait)
    assert until(lambda: deliveries(slack)[0]["state"] == "lost")


def test_what_happened_while_no_socket_was_open_comes_later(serve: Callable[..., LocalSlack]) -> None:
    slack = serve()
    Person(slack.url, "U0MARIA").say("C0INC", "while you were away")
    app = App(slack)
    try:
        until(lambda: deliveries(slack)[0]["attempt"] == 2)
        slack.workspace.clock.advance(61)
        app.wait(lambda: app.events())
        assert app.received[0].retry_attempt == 2
    finally:
        app.close()


def test_each_envelope_goes_to_exactly_one_socket(app: App, maria: Person, slack: LocalSlack) -> None:
    second = App(slack)
    try:
        until(lambda: slack.gateway.open_sockets == 2)
        for number in range(10):
            maria.say("C0INC", f"line {number}")
        until(lambda: len(app.events()) + len(second.events()) == 10)
        assert len(app.events()) == len(second.events()) == 5
    finally:
        second.close()


@pytest.mark.parametrize("how", ["disconnect", "drop"])
def test_the_client_comes_back_and_hears_on(app: App, maria: Person, slack: LocalSlack, how: str) -> None:
    before = app.client.session_id()
    call(slack.url, "POST", "socket", {"do": how})
    until(lambda: app.client.session_id() != before and slack.gateway.open_sockets == 1, 8)
    maria.say("C0INC", "still there?")
    app.wait(lambda: app.events())


def test_sockets_can_be_refused(serve: Callable[..., LocalSlack]) -> None:
    slack = serve()
    call(slack.url, "POST", "socket", {"do": "refuse"})
    ticket = slack.gateway.ticket()

    with pytest.raises(InvalidStatus):
        websockets.sync.client.connect(ticket)
    call(slack.url, "POST", "socket", {"do": "accept"})
    with websockets.sync.client.connect(ticket) as socket:
        assert '"hello"' in str(socket.recv(2))
    with pytest.raises(InvalidStatus):
        websockets.sync.client.connect(ticket)


def test_an_acknowledged_event_can_be_sent_again_by_hand(app: App, maria: Person, slack: LocalSlack) -> None:
    maria.say("C0INC", "once")
    app.wait(lambda: app.received)
    event_id = until(lambda: [d for d in deliveries(slack) if d["acked"]])[0]["event_id"]
    call(slack.url, "POST", "redeliver", {"event_id": event_id})
    app.wait(lambda: len(app.received) == 2)
    assert app.received[0].payload == app.received[1].payload


def test_events_without_subscription_are_not_sent(app: App, maria: Person) -> None:
    ts = maria.say("C0INC", "look")
    maria.pin("C0INC", ts)
    maria.react("C0INC", ts, "eyes")
    app.wait(lambda: app.events("reaction_added"))
    assert not app.events("pin_added")
