"""Does the Web API refuse what Slack refuses, in Slack's order and words."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.people import Person
from bot.sandbox.seeds import Seeded
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import MANIFEST, refusal


def test_auth_test_says_who_the_bot_is(client: WebClient, slack: LocalSlack) -> None:
    me = client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"]) == ("U0BOT", "B0BOT", "T0ACME")
    assert me["url"] == f"{slack.url}/"


def test_the_checks_come_in_slacks_order(slack: LocalSlack) -> None:
    def error(method: str, token: str | None, **args: Any) -> str:
        client = WebClient(token, base_url=slack.api_url, retry_handlers=[])
        return refusal(client.api_call, api_method=method, json=args)

    assert error("chat.postTelegram", None) == "unknown_method"
    assert error("chat.postMessage", None) == "not_authed"
    assert error("chat.postMessage", "xoxb-somebody-else") == "invalid_auth"
    assert error("chat.postMessage", slack.app_token) == "not_allowed_token_type"
    assert error("apps.connections.open", slack.bot_token) == "not_allowed_token_type"
    assert error("reactions.add", slack.bot_token) == "missing_scope"
    assert error("chat.postMessage", slack.bot_token) == "invalid_arguments"
    assert error("chat.postMessage", slack.bot_token, channel="C0NOWHERE", text="hi") == "channel_not_found"


def test_scopes_come_from_the_manifest(serve: Callable[..., LocalSlack]) -> None:
    poorer = json.loads(json.dumps(MANIFEST))
    poorer["oauth_config"]["scopes"]["bot"] = ["channels:history"]
    slack = serve(poorer)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0INC", text="hi")
    assert caught.value.response["needed"] == "chat:write"
    assert caught.value.response["provided"] == "channels:history"
    assert client.conversations_history(channel="C0INC").headers["x-oauth-scopes"] == "channels:history"


def test_a_missing_argument_is_named(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.api_call("users.info")
    assert caught.value.response["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


@pytest.mark.parametrize("how", ["query", "form", "json"])
def test_arguments_are_taken_from_the_query_a_form_or_json(slack: LocalSlack, how: str) -> None:
    target, body, kind = "/api/users.info", "", "text/plain"
    if how == "query":
        target += "?user=U0MARIA"
    elif how == "form":
        body, kind = "user=U0MARIA", "application/x-www-form-urlencoded"
    else:
        body, kind = '{"user": "U0MARIA"}', "application/json"
    connection = http.client.HTTPConnection(slack.url.removeprefix("http://"))
    connection.request("POST", target, body, {"authorization": f"Bearer {slack.bot_token}", "content-type": kind})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert answer["user"]["real_name"] == "Maria Kowalska"
    assert answer["user"]["tz_offset"] == 3600


def test_membership_decides_what_the_bot_may_do(client: WebClient) -> None:
    assert refusal(client.conversations_history, channel="C0OPEN") == "not_in_channel"
    assert refusal(client.chat_postMessage, channel="C0OPEN", text="hi") == "not_in_channel"
    assert refusal(client.conversations_info, channel="C0SECRET") == "channel_not_found"
    assert refusal(client.chat_postMessage, channel="C0SECRET", text="hi") == "channel_not_found"
    assert refusal(client.chat_postMessage, channel="C0OLD", text="hi") == "is_archived"
    assert refusal(client.conversations_join, channel="C0SECRET") == "channel_not_found"
    client.conversations_join(channel="C0OPEN")
    assert client.conversations_join(channel="C0OPEN")["warning"] == "already_in_channel"
    client.chat_postMessage(channel="#general", text="hi")


def test_only_public_channels_are_listed_unless_asked(client: WebClient) -> None:
    assert {c["name"] for c in client.conversations_list()["channels"]} == {"inc-checkout", "general", "old"}
    assert refusal(client.conversations_list, types="mpim") == "missing_scope"
    assert refusal(client.conversations_list, types="telegram") == "invalid_types"
    assert refusal(client.conversations_list, limit=2000) == "invalid_limit"
    mine = client.users_conversations(types="public_channel,private_channel", exclude_archived=True)
    assert [c["id"] for c in mine["channels"]] == ["C0INC"]


def test_pages_follow_each_other_without_loss(client: WebClient) -> None:
    names = []
    for page in client.conversations_list(limit=1):
        names += [c["name"] for c in page["channels"]]
    assert len(names) == 3
    assert refusal(client.conversations_list, cursor="invented") == "invalid_cursor"


def test_a_direct_message_is_opened_once(client: WebClient) -> None:
    first = client.conversations_open(users="U0MARIA")["channel"]["id"]
    assert client.conversations_open(users=["U0MARIA"])["already_open"] is True
    assert client.chat_postMessage(channel="U0MARIA", text="hi")["channel"] == first
    assert refusal(client.conversations_open, users="U0NOBODY") == "user_not_found"
    assert refusal(client.conversations_members, channel="D0NONE") == "channel_not_found"
    assert set(client.conversations_members(channel="C0INC")["members"]) == {"U0MARIA", "U0TOM", "U0BOT"}


def test_the_bot_changes_only_its_own_messages(client: WebClient, seeded: Seeded) -> None:
    channel, theirs = seeded.names["root"]
    assert refusal(client.chat_update, channel=channel, ts=theirs, text="x") == "cant_update_message"
    assert refusal(client.chat_delete, channel=channel, ts=theirs) == "cant_delete_message"
    assert refusal(client.chat_update, channel=channel, ts="1.000000", text="x") == "message_not_found"
    own = client.chat_postMessage(channel=channel, text="draft", blocks=[{"type": "divider"}])["ts"]
    assert "blocks" not in client.chat_update(channel=channel, ts=own, text="final")["message"]
    client.chat_delete(channel=channel, ts=own)
    assert refusal(client.chat_delete, channel=channel, ts=own) == "message_not_found"


def test_texts_have_limits(client: WebClient) -> None:
    assert refusal(client.api_call, api_method="chat.postMessage", json={"channel": "C0INC"}) == "no_text"
    assert refusal(client.chat_postMessage, channel="C0INC", text="x" * 4001) == "msg_too_long"
    assert refusal(client.chat_postMessage, channel="C0INC", text="a", markdown_text="b") == "markdown_text_conflict"
    many = [{"text": "x"}] * 101
    assert refusal(client.chat_postMessage, channel="C0INC", text="x", attachments=many) == "too_many_attachments"


def test_replies_need_a_message_that_takes_replies(client: WebClient, seeded: Seeded) -> None:
    channel, reply = seeded.names["reply"]
    for bad in (reply, "1.000000"):
        refused = refusal(client.chat_postMessage, channel=channel, text="x", thread_ts=bad)
        assert refused == "cannot_reply_to_message"


def test_metadata_is_shown_only_to_those_who_ask(client: WebClient) -> None:
    note = {"event_type": "question", "event_payload": {"id": "q1"}}
    ts = client.chat_postMessage(channel="C0INC", text="q", metadata=note)["ts"]
    assert "metadata" not in client.conversations_history(channel="C0INC")["messages"][0]
    asked = client.conversations_history(channel="C0INC", include_all_metadata=True)["messages"][0]
    assert (asked["ts"], asked["metadata"]) == (ts, note)
    assert refusal(client.chat_postMessage, channel="C0INC", text="q", metadata={"x": 1}) == "invalid_metadata_schema"
    huge = {"event_type": "q", "event_payload": {"x": "y" * 20_000}}
    assert refusal(client.chat_postMessage, channel="C0INC", text="q", metadata=huge) == "metadata_too_large"


def test_ephemeral_messages_reach_one_member_and_no_history(client: WebClient, maria: Person, tom: Person) -> None:
    client.chat_postEphemeral(channel="C0INC", user="U0MARIA", text="just you")
    refused = refusal(client.chat_postEphemeral, channel="C0INC", user="U0GUEST", text="x")
    assert refused == "user_not_in_channel"
    assert [m["text"] for m in maria.sees("C0INC") if m.get("ephemeral")] == ["just you"]
    assert not [m for m in tom.sees("C0INC") if m.get("ephemeral")]
    assert "just you" not in [m["text"] for m in client.conversations_history(channel="C0INC")["messages"]]


def test_permalinks_of_replies_name_their_thread(client: WebClient, seeded: Seeded, slack: LocalSlack) -> None:
    channel, reply = seeded.names["reply"]
    link = client.chat_getPermalink(channel=channel, message_ts=reply)["permalink"]
    root = seeded.names["root"][1]
    assert link == f"{slack.url}/archives/{channel}/p{reply.replace('.', '')}?thread_ts={root}&cid={channel}"


def test_other_sites_and_other_names_are_turned_away(slack: LocalSlack) -> None:
    def status(**headers: str) -> int:
        connection = http.client.HTTPConnection(slack.url.removeprefix("http://"))
        connection.request("POST", "/_sim/clock", "{}", {"content-type": "application/json", **headers})
        code = connection.getresponse().status
        connection.close()
        return code

    assert status() == 200
    assert status(host="evil.example") == 403
    assert status(origin="http://evil.example") == 403
    assert status(**{"content-type": "text/plain"}) == 415
