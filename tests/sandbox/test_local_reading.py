"""Does a channel read like a channel of Slack: order, threads, bounds, pages, tombstones."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.sandbox.people import Person, PersonRefused
from bot.sandbox.seeds import Seeded
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import App, refusal


def test_history_is_newest_first_and_without_replies(client: WebClient, seeded: Seeded) -> None:
    messages = client.conversations_history(channel="C0INC")["messages"]
    assert [m.get("username", m["text"]) for m in messages] == ["PagerDuty", "also payments", "checkout is down"]
    root = messages[-1]
    assert (root["reply_count"], root["reply_users_count"]) == (2, 2)
    assert root["thread_ts"] == root["ts"] == seeded.names["root"][1]
    assert messages[1]["subtype"] == "thread_broadcast"


def test_a_thread_is_oldest_first_with_its_root_on_every_page(client: WebClient, seeded: Seeded) -> None:
    channel, root = seeded.names["root"]
    pages = [p["messages"] for p in client.conversations_replies(channel=channel, ts=root, limit=1)]
    assert [[m["text"] for m in page] for page in pages] == [
        ["checkout is down", "looking"],
        ["checkout is down", "also payments"],
    ]
    assert pages[0][1]["parent_user_id"] == "U0MARIA"
    assert refusal(client.conversations_replies, channel=channel, ts="1.000000") == "thread_not_found"


def test_bounds_are_exclusive_unless_asked(client: WebClient, seeded: Seeded) -> None:
    channel, root = seeded.names["root"]
    assert len(client.conversations_history(channel=channel, oldest=root)["messages"]) == 2
    assert len(client.conversations_history(channel=channel, oldest=root, inclusive=True)["messages"]) == 3
    assert len(client.conversations_history(channel=channel, latest=root, inclusive=True)["messages"]) == 1
    assert refusal(client.conversations_history, channel=channel, oldest="yesterday") == "invalid_ts_oldest"


def test_every_message_is_on_exactly_one_page(client: WebClient, maria: Person) -> None:
    said = {maria.say("C0INC", f"line {n}") for n in range(25)}
    seen = [m["ts"] for page in client.conversations_history(channel="C0INC", limit=4) for m in page["messages"]]
    assert len(seen) == len(set(seen)) == 28
    assert said <= set(seen)
    assert seen == sorted(seen, reverse=True)
    assert refusal(client.conversations_history, channel="C0INC", limit=1000) == "invalid_limit"


def test_messages_of_one_instant_have_different_ids(client: WebClient) -> None:
    ids = [client.chat_postMessage(channel="C0INC", text="x")["ts"] for _ in range(20)]
    assert ids == sorted(set(ids))


def test_a_deleted_root_leaves_a_tombstone(client: WebClient, app: App, maria: Person, seeded: Seeded) -> None:
    channel, root = seeded.names["root"]
    maria.delete(channel, root)
    stone = client.conversations_replies(channel=channel, ts=root)["messages"][0]
    assert (stone["subtype"], stone["text"]) == ("tombstone", "This message was deleted.")
    changed = app.wait(lambda: app.events("message", "message_changed"))[0]
    assert changed["message"]["subtype"] == "tombstone"
    assert changed["previous_message"]["text"] == "checkout is down"


def test_a_message_without_replies_is_gone(client: WebClient, app: App, maria: Person) -> None:
    ts = maria.say("C0INC", "oops")
    maria.delete("C0INC", ts)
    gone = app.wait(lambda: app.events("message", "message_deleted"))[0]
    assert (gone["deleted_ts"], gone["hidden"], gone["previous_message"]["text"]) == (ts, True, "oops")
    assert ts not in [m["ts"] for m in client.conversations_history(channel="C0INC")["messages"]]


def test_what_people_type_is_stored_as_slack_stores_it(client: WebClient, maria: Person) -> None:
    maria.say("C0INC", "@tom see #general & <b> @nobody @db-team, a@tom.example")
    message = client.conversations_history(channel="C0INC")["messages"][0]
    assert message["text"] == (
        "<@U0TOM> see <#C0OPEN> &amp; &lt;b&gt; @nobody <!subteam^S0DB>, a@tom.example"
    )  # fmt: skip
    kinds = [e["type"] for e in message["blocks"][0]["elements"][0]["elements"]]
    assert kinds == ["user", "text", "channel", "text", "usergroup", "text"]
    assert message["blocks"][0]["elements"][0]["elements"][3]["text"] == " & <b> @nobody "


def test_a_posted_link_unfurls_with_the_same_text(app: App, maria: Person, slack: LocalSlack) -> None:
    maria.say("C0INC", "see https://status.example/1")
    changed = app.wait(lambda: app.events("message", "message_changed"))[0]
    assert changed["message"]["text"] == changed["previous_message"]["text"]
    assert "edited" not in changed["message"]
    assert changed["message"]["attachments"][0]["from_url"] == "https://status.example/1"
    slack.workspace.data["unfurls"] = False
    maria.say("C0INC", "and https://status.example/2")
    app.wait(lambda: len(app.events("message", None)) == 2)
    assert len(app.events("message", "message_changed")) == 1


def test_people_cannot_do_what_slack_does_not_let_them(
    maria: Person, tom: Person, seeded: Seeded, slack: LocalSlack
) -> None:
    channel, root = seeded.names["root"]
    with pytest.raises(PersonRefused, match="somebody else"):
        tom.edit(channel, root, "it was not me")
    with pytest.raises(PersonRefused, match="private"):
        tom.sees("secret")
    with pytest.raises(PersonRefused, match="private"):
        Person(slack.url, "U0GUEST").sees("general")
    with pytest.raises(PersonRefused, match="archived"):
        maria.say("old", "hello?")
    with pytest.raises(PersonRefused, match="no person"):
        Person(slack.url, "U0NOBODY").sees("general")


def test_reactions_and_pins_are_read_back(client: WebClient, maria: Person, seeded: Seeded) -> None:
    channel, root = seeded.names["root"]
    maria.react(channel, root, "eyes")
    maria.pin(channel, root)
    message = client.reactions_get(channel=channel, timestamp=root)["message"]
    assert message["reactions"] == [{"name": "eyes", "users": ["U0MARIA"], "count": 1}]
    assert client.pins_list(channel=channel)["items"][0]["message"]["ts"] == root
    assert client.conversations_history(channel=channel)["pin_count"] == 1
