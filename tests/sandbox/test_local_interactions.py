"""Do commands, buttons, modals and response_url behave as Slack's do, with their short lives."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.sandbox.people import Person, PersonRefused
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import App, refusal

MODAL: dict[str, Any] = {
    "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "Owner"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {"type": "input", "block_id": "what", "label": {"type": "plain_text", "text": "What"},
         "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "Add an alert"}},
        {"type": "input", "block_id": "who", "label": {"type": "plain_text", "text": "Who"},
         "element": {"type": "users_select", "action_id": "user"}},
        {"type": "input", "block_id": "when", "optional": True, "label": {"type": "plain_text", "text": "When"},
         "element": {"type": "datepicker", "action_id": "date"}},
    ],
}  # fmt: skip
BUTTONS = [{"type": "actions", "block_id": "row", "elements": [
    {"type": "button", "action_id": "next", "value": "q1", "text": {"type": "plain_text", "text": "Next"}},
    {"type": "static_select", "action_id": "level", "options": [
        {"text": {"type": "plain_text", "text": "High"}, "value": "high"},
        {"text": {"type": "plain_text", "text": "Low"}, "value": "low"}]},
]}]  # fmt: skip


def last(app: App, kind: str) -> dict[str, Any]:
    found = app.wait(lambda: [r for r in app.received if kind in (r.type, r.payload.get("type"))])[-1]
    return dict(found.payload)


def respond(url: str, **body: Any) -> int:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as err:
        err.close()
        return err.code


def test_a_command_carries_what_was_typed_and_its_answer_is_private(app: App, maria: Person, tom: Person) -> None:
    app.answers = lambda request: {"text": "Started."}
    assert maria.slash("inc-checkout", "/postmortem start with @tom in #general") == {"text": "Started."}
    sent = last(app, "slash_commands")
    assert sent["text"] == "start with <@U0TOM|tom> in <#C0OPEN|general>"
    assert (sent["user_id"], sent["channel_id"], sent["is_enterprise_install"]) == ("U0MARIA", "C0INC", "false")
    assert [m["text"] for m in maria.sees("C0INC") if m.get("ephemeral")] == ["Started."]
    assert "Started." not in [m["text"] for m in tom.sees("C0INC")]


def test_commands_are_refused_in_threads_and_when_unknown(app: App, maria: Person) -> None:
    with pytest.raises(PersonRefused, match="not supported in threads"):
        maria.slash("C0INC", "/postmortem", thread_ts="1.0")
    with pytest.raises(PersonRefused, match="not a valid command"):
        maria.slash("C0INC", "/telegram")
    assert not app.received


def test_a_command_that_nobody_acknowledges_fails_visibly(app: App, maria: Person) -> None:
    app.answers = lambda request: None
    with pytest.raises(PersonRefused, match="operation_timeout"):
        maria.slash("C0INC", "/postmortem")


def test_a_command_without_a_running_app_fails_at_once(maria: Person) -> None:
    with pytest.raises(PersonRefused, match="dispatch_failed"):
        maria.slash("C0INC", "/postmortem")


def test_a_trigger_opens_one_modal_within_three_seconds(
    app: App, client: WebClient, maria: Person, slack: LocalSlack
) -> None:
    maria.slash("C0INC", "/postmortem")
    trigger = last(app, "slash_commands")["trigger_id"]
    view = client.views_open(trigger_id=trigger, view=MODAL)["view"]
    shown = maria.view()
    assert shown is not None
    assert shown["id"] == view["id"] == view["root_view_id"]
    assert refusal(client.views_open, trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
    assert refusal(client.views_open, trigger_id="1.2.3", view=MODAL) == "invalid_trigger_id"
    maria.slash("C0INC", "/postmortem")
    late = last(app, "slash_commands")["trigger_id"]
    slack.workspace.clock.advance(3.5)
    assert refusal(client.views_open, trigger_id=late, view=MODAL) == "expired_trigger_id"


def opened(app: App, client: WebClient, maria: Person) -> str:
    maria.slash("C0INC", "/postmortem")
    return str(client.views_open(trigger_id=last(app, "slash_commands")["trigger_id"], view=MODAL)["view"]["id"])


def test_a_submission_carries_every_input_and_closes_the_modal(app: App, client: WebClient, maria: Person) -> None:
    view_id = opened(app, client, maria)
    assert maria.submit(view_id)["errors"] == {"who": "Please complete this required field."}
    maria.submit(view_id, {"who": {"user": "U0TOM"}})
    assert last(app, "view_submission")["view"]["state"]["values"] == {
        "what": {"text": {"type": "plain_text_input", "value": "Add an alert"}},
        "who": {"user": {"type": "users_select", "selected_user": "U0TOM"}},
        "when": {"date": {"type": "datepicker", "selected_date": None}},
    }
    assert maria.view() is None


def test_the_app_may_answer_a_submission_with_errors_an_update_or_a_push(
    app: App, client: WebClient, maria: Person
) -> None:
    view_id = opened(app, client, maria)
    values = {"who": {"user": "U0TOM"}}
    app.answers = lambda request: {"response_action": "errors", "errors": {"who": "Tom is away."}}
    assert maria.submit(view_id, values)["errors"] == {"who": "Tom is away."}
    app.answers = lambda request: {"response_action": "push", "view": MODAL}
    maria.submit(view_id, values)
    top = maria.view()
    assert top is not None
    assert (top["previous_view_id"], top["root_view_id"]) == (view_id, view_id)
    app.answers = lambda request: {"response_action": "update", "view": {"type": "modal", "title": {}, "blocks": []}}
    with pytest.raises(PersonRefused, match="invalid_arguments"):
        maria.submit(top["id"], values)
    app.answers = lambda request: {"response_action": "clear"}
    maria.submit(top["id"], values)
    assert maria.view() is None


def test_views_are_updated_by_id_and_hash_and_stack_three_high(app: App, client: WebClient, maria: Person) -> None:
    view_id = opened(app, client, maria)
    fresh = client.views_update(view_id=view_id, view=MODAL)["view"]["hash"]
    assert refusal(client.views_update, view_id=view_id, view=MODAL, hash="1.old") == "hash_conflict"
    client.views_update(view_id=view_id, view=MODAL, hash=fresh)
    assert refusal(client.views_update, view_id="V0NONE", view=MODAL) == "not_found"
    for expected in ("", "", "push_limit_reached"):
        top = maria.view()
        assert top is not None
        maria.shortcut("add", "C0INC", maria.say("C0INC", "x"))
        trigger = last(app, "message_action")["trigger_id"]
        if expected:
            assert refusal(client.views_push, trigger_id=trigger, view=MODAL) == expected
        else:
            client.views_push(trigger_id=trigger, view=MODAL)


def test_a_press_carries_the_message_and_the_state(app: App, client: WebClient, maria: Person) -> None:
    ts = client.chat_postMessage(
        channel="C0INC", text="q", blocks=BUTTONS, metadata={"event_type": "q", "event_payload": {}}
    )["ts"]
    maria.click("C0INC", ts, "level", "low")
    maria.click("C0INC", ts, "next")
    sent = last(app, "block_actions")
    assert sent["actions"][0]["value"] == "q1"
    assert sent["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0INC", "is_ephemeral": False}
    assert sent["state"]["values"]["row"]["level"]["selected_option"]["value"] == "low"
    assert "metadata" not in sent["message"]
    with pytest.raises(PersonRefused, match="nothing with the action"):
        maria.click("C0INC", ts, "back")


def test_a_response_url_takes_five_answers_in_half_an_hour(app: App, maria: Person, slack: LocalSlack) -> None:
    maria.slash("C0INC", "/postmortem")
    url = last(app, "slash_commands")["response_url"]
    assert [respond(url, text=f"{n}") for n in range(6)] == [200, 200, 200, 200, 200, 404]
    assert [m["text"] for m in maria.sees("C0INC") if m.get("ephemeral")] == ["0", "1", "2", "3", "4"]
    maria.slash("C0INC", "/postmortem")
    url = last(app, "slash_commands")["response_url"]
    slack.workspace.clock.advance(1801)
    assert respond(url, text="late") == 404


def test_a_response_url_replaces_or_removes_what_was_clicked(app: App, client: WebClient, maria: Person) -> None:
    ts = client.chat_postEphemeral(channel="C0INC", user="U0MARIA", text="choose", blocks=BUTTONS)["message_ts"]
    maria.click("C0INC", ts, "next")
    url = last(app, "block_actions")["response_url"]
    assert "message" not in last(app, "block_actions")
    assert respond(url, replace_original=True, text="chosen") == 200
    assert [m["text"] for m in maria.sees("C0INC") if m.get("ephemeral")] == ["chosen"]
    assert respond(url, delete_original=True) == 200
    assert not [m for m in maria.sees("C0INC") if m.get("ephemeral")]


def test_the_home_is_published_per_person_and_its_opening_is_told(app: App, client: WebClient, maria: Person) -> None:
    assert maria.home()["view"] is None
    event = app.wait(lambda: app.events("app_home_opened"))[0]
    assert (event["tab"], event["user"]) == ("home", "U0MARIA")
    home = {"type": "home", "blocks": [*BUTTONS]}
    view = client.views_publish(user_id="U0MARIA", view=home)["view"]
    assert refusal(client.views_publish, user_id="U0MARIA", view=home, hash="1.old") == "hash_conflict"
    shown = maria.home()["view"]
    assert shown["id"] == view["id"]
    maria.click_view(shown["id"], "next")
    assert last(app, "block_actions")["view"]["type"] == "home"


def test_closing_is_told_only_if_asked_for(app: App, client: WebClient, maria: Person) -> None:
    maria.close(opened(app, client, maria))
    maria.slash("C0INC", "/postmortem")
    trigger = last(app, "slash_commands")["trigger_id"]
    view = client.views_open(trigger_id=trigger, view={**MODAL, "notify_on_close": True})["view"]
    maria.close(view["id"])
    last(app, "view_closed")
    kinds: list[SocketModeRequest] = [r for r in app.received if r.payload.get("type") == "view_closed"]
    assert len(kinds) == 1
