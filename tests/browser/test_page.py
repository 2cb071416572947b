"""The page of the local Slack in a real browser: people talk on it by mouse and by keyboard, and no text ever runs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.places import MANIFEST
from bot.sandbox.people import Person
from bot.sandbox.seeds import Seeded, seed_workspace
from bot.sandbox.server import LocalSlack

Json = dict[str, Any]

HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> \"'><svg/onload=alert(3)> & javascript:alert(4)"
SEED: Json = {
    "team": {"id": "T0ACME", "name": "Acme Shop", "domain": "acme"},
    "guide": ["Read through #inc-checkout.", "Type /postmortem start there."],
    "users": [
        {"id": "U0MARIA", "name": "maria", "real_name": "Maria Kowalska", "title": "On-call", "tz": "Europe/Warsaw"},
        {"id": "U0TOM", "name": "tom", "real_name": "Tom Okafor", "title": "Database lead", "tz": "America/New_York"},
    ],
    "channels": [
        {"id": "C0INC", "name": "inc-checkout", "bot": True, "members": ["maria", "tom"], "topic": "SEV-2"},
        {"id": "C0GENERAL", "name": "general", "members": ["maria", "tom"]},
        {"id": "C0DB", "name": "db-private", "is_private": True, "members": ["tom"]},
    ],
    "messages": {
        "inc-checkout": [
            {"at": "-3h", "bot": {"name": "Grafana", "id": "B0GRAFANA"}, "text": "",
             "attachments": [{"color": "danger", "title": "checkout 5xx > 5 %", "title_link": "javascript:alert(5)",
                              "text": HOSTILE, "fallback": "alert"}]},
            {"at": "-170m", "user": "tom", "text": HOSTILE},
            {"at": "-160m", "user": "tom", "text": "the pool is at 20 of 20", "id": "pool",
             "replies": [{"at": "+2m", "user": "maria", "text": "all of them waiting", "id": "waiting"}]},
            {"at": "-150m", "user": "maria", "text": "<javascript:alert(6)|press me> *bold* `code`", "raw": True},
        ],
    },
}  # fmt: skip


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


MODAL: Json = {
    "type": "modal", "callback_id": "actions", "title": plain("Fill in what is missing"), "submit": plain("Save"),
    "blocks": [
        {"type": "input", "block_id": "what", "label": plain("What"),
         "element": {"type": "plain_text_input", "action_id": "text"}},
        {"type": "input", "block_id": "owner", "label": plain("Owner"),
         "element": {"type": "users_select", "action_id": "user"}},
        {"type": "input", "block_id": "due", "label": plain("Due"), "optional": True,
         "element": {"type": "datepicker", "action_id": "date"}},
    ],
}  # fmt: skip

WHO: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Who found it, <@U0TOM>?\n&gt; <!date^0^{date_num}|then>"}},
    {"type": "actions", "elements": [
        {"type": "users_select", "action_id": "who", "placeholder": plain("Choose a person")},
        {"type": "button", "action_id": "drop", "style": "danger", "text": plain("Remove"),
         "confirm": {"title": plain("Remove it?"), "text": plain("It goes."), "confirm": plain("Remove"),
                     "deny": plain("Keep")}},
        {"type": "overflow", "action_id": "more", "options": [{"text": plain("Wait"), "value": "wait"},
                                                              {"text": plain("Skip"), "value": "skip"}]},
    ]},
]  # fmt: skip


@dataclass
class Town:
    """A seeded workspace that is being served, and what its pages complained about."""

    slack: LocalSlack
    seeded: Seeded
    complaints: list[str] = field(default_factory=list)

    def person(self, user: str) -> Person:
        return Person(self.slack.url, user)


@pytest.fixture
def town() -> Iterator[Town]:
    seeded = seed_workspace(SEED)
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    # How soon an app acknowledges is looked at elsewhere; here a busy computer may make it slow.
    with LocalSlack(seeded.workspace, manifest, ack_seconds=20) as slack:
        yield Town(slack, seeded)


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, town: Town) -> Iterator[Visit]:
    """Opens the page as somebody; afterwards nothing may have run, been blocked or gone wrong in any of them."""
    contexts = []
    blocked = "addEventListener('securitypolicyviolation', (e) => console.error(`blocked ${e.violatedDirective}`))"

    def opened(user: str, path: str = "/", *, refusals: bool = False, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, timezone_id="Europe/London")
        contexts.append(context)
        context.add_init_script(blocked)
        page = context.new_page()

        def heard(text: str) -> None:
            # What the server refuses is told to the person; the browser notes the failed request besides.
            if not (refusals and text.startswith("Failed to load resource")):
                town.complaints.append(text)

        def asked(dialog: Dialog) -> None:
            town.complaints.append(f"dialog {dialog.message}")
            dialog.dismiss()

        page.on("console", lambda message: heard(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: town.complaints.append(str(error)))
        page.on("dialog", asked)
        page.goto(f"{town.slack.url}{path}{'&' if '?' in path else '?'}as={user}")
        expect(page.locator("body")).to_have_attribute("data-ready", "yes")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert town.complaints == []


def say(page: Page, text: str, field: str = "composer") -> None:
    page.get_by_test_id(field).fill(text)
    page.get_by_test_id(field).press("Enter")


def test_what_people_say_is_seen_by_the_others_at_once(visit: Visit) -> None:
    maria, tom = visit("U0MARIA"), visit("U0TOM")
    say(maria, "release 4312 is *rolled back*, @tom")
    seen = tom.locator(".main").get_by_test_id("message").filter(has_text="release 4312")
    expect(seen).to_contain_text("Maria Kowalska")
    expect(seen.locator("strong", has_text="rolled back")).to_be_visible()
    expect(seen.locator(".mention")).to_have_text("@tom")

    seen.hover()
    seen.get_by_test_id("tool-reply").click()
    say(tom, "confirmed by the graph", "thread-composer")
    told = maria.locator(".main").get_by_test_id("message").filter(has_text="release 4312")
    expect(told.get_by_test_id("replies")).to_contain_text("1 reply")
    told.get_by_test_id("replies").click()
    expect(maria.get_by_test_id("thread-pane")).to_contain_text("confirmed by the graph")

    seen.hover()
    seen.get_by_test_id("tool-react").click()
    tom.get_by_role("button", name="eyes", exact=True).click()
    expect(maria.locator("[data-reaction=eyes]").first).to_have_attribute("aria-pressed", "false")


def test_a_message_is_edited_and_deleted_by_who_wrote_it(visit: Visit) -> None:
    maria, tom = visit("U0MARIA"), visit("U0TOM")
    say(maria, "impact began at 12.30")
    mine = maria.get_by_test_id("message").filter(has_text="impact began")
    mine.hover()
    mine.get_by_test_id("tool-edit").click()
    maria.get_by_test_id("edit-field").fill("impact began at 12:35")
    maria.get_by_test_id("edit-save").click()
    seen = tom.get_by_test_id("message").filter(has_text="impact began at 12:35")
    expect(seen).to_contain_text("(edited)")
    seen.hover()
    expect(seen.get_by_test_id("tool-reply")).to_be_visible()
    expect(seen.get_by_test_id("tool-edit")).to_have_count(0)

    mine.hover()
    mine.get_by_test_id("tool-delete").click()
    maria.get_by_test_id("confirm").click()
    expect(seen).to_have_count(0)
    expect(maria.get_by_test_id("message").filter(has_text="impact began")).to_have_count(0)


def test_hostile_text_is_only_text(visit: Visit, town: Town) -> None:
    page = visit("U0MARIA")
    shown = page.get_by_test_id("message")
    expect(shown.filter(has_text="Tom Okafor").first).to_contain_text(HOSTILE)
    expect(shown.filter(has_text="Grafana")).to_contain_text(HOSTILE)
    expect(page.locator(".main img, .main script, .main svg[onload], [href^='javascript']")).to_have_count(0)

    say(page, HOSTILE)
    expect(shown.last).to_contain_text(HOSTILE)
    town.person("U0TOM").say("inc-checkout", "an evil file", files=[{"name": "<b>.md", "content": f"# {HOSTILE}"}])
    page.get_by_role("button", name="<b>.md", exact=False).first.click()
    expect(page.get_by_test_id("file-view")).to_contain_text("<script>alert(2)</script>")
    expect(page.locator(".pane script, .pane img")).to_have_count(0)


def test_acting_as_someone_else_shows_what_they_see(visit: Visit, town: Town) -> None:
    page = visit("U0MARIA")
    WebClient(token=town.slack.bot_token, base_url=town.slack.api_url).chat_postEphemeral(
        channel="C0INC", user="U0MARIA", text="Nothing was changed."
    )
    expect(page.get_by_test_id("ephemeral")).to_contain_text("Only visible to you")
    expect(page.get_by_test_id("channel-db-private")).to_have_count(0)
    shown = page.locator("article time").first
    time_for_maria = shown.inner_text()

    page.get_by_test_id("act-as").select_option("U0TOM")
    expect(page.get_by_test_id("channel-db-private")).to_be_visible()
    expect(page.get_by_test_id("ephemeral")).to_have_count(0)
    expect(shown).not_to_have_text(time_for_maria)
    assert "as=U0TOM" in page.url

    page.reload()
    expect(page.get_by_test_id("act-as")).to_have_value("U0TOM")


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit("U0MARIA")
    keys = page.keyboard
    expect(page.get_by_test_id("composer")).to_be_focused()
    keys.type("first line")
    keys.press("Shift+Enter")
    keys.type("second line")
    keys.press("Enter")
    expect(page.get_by_test_id("message").last).to_contain_text("second line")

    keys.press("ArrowUp")
    expect(page.get_by_test_id("edit-field")).to_be_focused()
    keys.press("End")
    keys.type(", improved")
    keys.press("Enter")
    mine = page.get_by_test_id("message").last
    expect(mine).to_contain_text("second line, improved")
    expect(mine).to_be_focused()

    for _ in range(2):
        keys.press("ArrowUp")
    keys.press("t")
    expect(page.get_by_test_id("thread-composer")).to_be_focused()
    expect(page.get_by_test_id("thread-pane")).to_contain_text("all of them waiting")
    keys.type("from the keyboard")
    keys.press("Enter")
    expect(page.get_by_test_id("thread-pane").get_by_test_id("message").last).to_contain_text("from the keyboard")
    keys.press("Escape")
    expect(page.get_by_test_id("thread-pane")).to_be_hidden()
    expect(page.get_by_test_id("message").filter(has_text="20 of 20")).to_be_focused()


def test_what_is_being_typed_survives_what_others_say(visit: Visit, town: Town) -> None:
    page = visit("U0MARIA")
    page.get_by_test_id("message").filter(has_text="20 of 20").get_by_test_id("replies").click()
    page.get_by_test_id("thread-composer").press_sequentially("half a sen")
    tom = town.person("U0TOM")
    tom.say("inc-checkout", "meanwhile")
    tom.say("inc-checkout", "and in the thread", town.seeded.names["pool"][1])
    expect(page.get_by_test_id("thread-pane")).to_contain_text("and in the thread")
    expect(page.get_by_test_id("thread-composer")).to_be_focused()
    expect(page.get_by_test_id("thread-composer")).to_have_value("half a sen")

    tom.say("general", "elsewhere")
    expect(page.get_by_test_id("channel-general")).to_contain_text("1")
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_test_id("message").last).to_contain_text("elsewhere")
    page.get_by_test_id("channel-inc-checkout").click()
    page.get_by_test_id("message").filter(has_text="20 of 20").get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread-composer")).to_have_value("half a sen")


def test_the_page_catches_up_after_the_connection_was_lost(visit: Visit, town: Town) -> None:
    page = visit("U0MARIA", refusals=True)
    page.get_by_test_id("composer").press_sequentially("not yet sent")
    port = int(town.slack.url.rpartition(":")[2])
    town.slack.stop()
    expect(page.get_by_test_id("lost")).to_be_visible()
    with LocalSlack(town.seeded.workspace, town.slack.manifest, port=port):
        town.person("U0TOM").say("inc-checkout", "said while nobody listened")
        expect(page.get_by_test_id("message").last).to_contain_text("while nobody listened")
        expect(page.get_by_test_id("lost")).to_be_hidden()
        expect(page.get_by_test_id("composer")).to_have_value("not yet sent")
        page.context.close()


def test_a_permalink_opens_the_thread_and_marks_the_reply(visit: Visit, town: Town) -> None:
    channel, ts = town.seeded.names["waiting"]
    web = WebClient(token=town.slack.bot_token, base_url=town.slack.api_url)
    link = str(web.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    page = visit("U0MARIA", link.removeprefix(town.slack.url))
    reply = page.get_by_test_id("thread-pane").get_by_test_id("message").filter(has_text="all of them waiting")
    expect(reply).to_be_focused()
    assert reply.get_attribute("data-ts") == ts

    # The same link in a message opens in the page, not in another tab.
    town.person("U0TOM").say("general", f"see {link}")
    page.get_by_test_id("pane-close").click()
    page.get_by_test_id("channel-general").click()
    page.get_by_test_id("message").last.locator("a").first.click()
    expect(reply).to_be_focused()


def test_a_command_in_a_thread_is_refused_as_slack_does(visit: Visit) -> None:
    page = visit("U0MARIA", refusals=True)
    page.get_by_test_id("message").filter(has_text="20 of 20").get_by_test_id("replies").click()
    say(page, "/postmortem start", "thread-composer")
    expect(page.get_by_test_id("notice")).to_contain_text("not supported in threads")
    expect(page.get_by_test_id("thread-composer")).to_have_value("/postmortem start")


def test_the_clock_the_guide_and_the_banner(visit: Visit, town: Town) -> None:
    page = visit("U0MARIA")
    expect(page.get_by_test_id("banner")).to_have_text("Local simulation, not Slack. Nothing leaves this computer.")
    before, shown = town.slack.workspace.clock.now(), page.get_by_test_id("clock-now").inner_text()
    page.get_by_test_id("clock-week").click()
    expect(page.get_by_test_id("clock-now")).not_to_have_text(shown)
    assert 604_800 <= town.slack.workspace.clock.now() - before < 604_860

    expect(page.get_by_test_id("guide")).to_contain_text("Type /postmortem start there.")
    page.get_by_test_id("guide-close").click()
    expect(page.get_by_test_id("guide")).to_have_count(0)
    page.reload()
    expect(page.get_by_test_id("composer")).to_be_visible()
    expect(page.get_by_test_id("guide")).to_have_count(0)
    page.get_by_test_id("guide-open").click()
    expect(page.get_by_test_id("guide")).to_be_visible()


def test_a_channel_of_an_export_is_loaded_from_a_file(visit: Visit, tmp_path: Path) -> None:
    page, path = visit("U0MARIA", refusals=True), tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("channels.json", json.dumps([{"id": "C9", "name": "inc-2022"}]))
        archive.writestr("users.json", json.dumps([{"id": "U9", "name": "old", "real_name": "Old Hand"}]))
        said = [{"ts": "1650538800.000100", "user": "U9", "text": HOSTILE}]
        archive.writestr("inc-2022/2022-04-21.json", json.dumps(said))
    page.get_by_test_id("export-open").click()
    page.get_by_test_id("export-file").set_input_files(path)
    page.get_by_test_id("export-channel").fill("inc-2023")
    page.get_by_test_id("export-load").click()
    expect(page.get_by_test_id("dialog").get_by_role("alert")).to_contain_text(
        "it holds no channel inc-2023, but inc-2022."
    )
    page.get_by_test_id("export-channel").fill("inc-2022")
    page.get_by_test_id("export-load").click()
    expect(page.get_by_test_id("message").filter(has_text="Old Hand")).to_contain_text(HOSTILE)
    expect(page.get_by_test_id("channel-inc-2022")).to_have_attribute("aria-current", "page")


def test_on_a_narrow_screen_the_thread_takes_the_place_of_the_channel(visit: Visit) -> None:
    page = visit("U0MARIA", width=700)
    page.get_by_test_id("message").filter(has_text="20 of 20").get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread-composer")).to_be_visible()
    expect(page.get_by_test_id("composer")).to_be_hidden()
    expect(page.get_by_test_id("banner")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    page.get_by_test_id("pane-close").click()
    page.get_by_role("button", name="Show the list of channels").click()
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_role("heading", name="general")).to_be_visible()


@pytest.fixture
def submitted(town: Town) -> Iterator[list[Json]]:
    """What an app hears that answers commands with a message or a modal, and wants more than one word in it."""
    heard: list[Json] = []
    web = WebClient(token=town.slack.bot_token, base_url=town.slack.api_url)

    def answer(client: Any, request: SocketModeRequest) -> None:
        payload: Json | None = None
        if request.type == "slash_commands" and request.payload["text"] == "who":
            web.chat_postMessage(channel=request.payload["channel_id"], text="Who?", blocks=WHO)
        elif request.type == "interactive" and request.payload["type"] == "block_actions":
            heard.extend(request.payload["actions"])
            if heard[-1]["action_id"] == "drop":
                message, channel = request.payload["message"], request.payload["channel"]
                web.chat_update(channel=channel["id"], ts=message["ts"], text="Who found it: removed.", blocks=[])
        elif request.type == "slash_commands":
            web.views_open(trigger_id=request.payload["trigger_id"], view=MODAL)
        elif request.type == "interactive" and request.payload["type"] == "view_submission":
            values = request.payload["view"]["state"]["values"]
            if " " not in values["what"]["text"]["value"]:
                payload = {"response_action": "errors", "errors": {"what": "Say it in a sentence."}}
            else:
                heard.append(values)
        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=payload))

    app_web = WebClient(token=town.slack.app_token, base_url=town.slack.api_url)
    client = SocketModeClient(app_token=town.slack.app_token, web_client=app_web)
    client.socket_mode_request_listeners.append(answer)
    client.connect()
    yield heard
    client.close()


def test_a_modal_is_filled_in_by_keyboard_and_told_what_is_wrong(visit: Visit, submitted: list[Json]) -> None:
    page = visit("U0MARIA")
    keys = page.keyboard
    modal = page.get_by_test_id("modal")
    keys.type("/post")
    keys.press("Tab")
    keys.type("start")
    keys.press("Enter")
    expect(modal).to_be_visible()
    what = modal.locator("[data-action-id=text]")
    expect(what).to_be_focused()
    keys.press("Escape")
    expect(modal).to_be_hidden()
    expect(page.get_by_test_id("composer")).to_be_focused()

    say(page, "/postmortem start")
    expect(what).to_be_focused()
    keys.type("alert")
    keys.press("Enter")
    expect(modal).to_contain_text("Please complete this required field.")
    expect(modal.locator("[data-action-id=user]")).to_be_focused()
    keys.press("Enter")
    keys.type("tom")
    keys.press("Enter")
    expect(modal.locator("[data-action-id=user]")).to_contain_text("Tom Okafor")
    modal.locator("[data-action-id=date]").fill("2026-11-27")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Say it in a sentence.")
    expect(what).to_be_focused()
    keys.press("End")
    keys.type(" on the checkout error rate")
    keys.press("Enter")
    expect(modal).to_be_hidden()
    assert submitted[0]["what"]["text"]["value"] == "alert on the checkout error rate"
    assert submitted[0]["owner"]["user"]["selected_user"] == "U0TOM"
    assert submitted[0]["due"]["date"]["selected_date"] == "2026-11-27"


def test_buttons_menus_and_pickers_of_a_message_tell_the_app(visit: Visit, submitted: list[Json]) -> None:
    page = visit("U0MARIA")
    say(page, "/postmortem who")
    card = page.get_by_test_id("message").filter(has_text="Who found it")
    expect(card.locator(".mention")).to_have_text("@tom")
    expect(card.locator("blockquote time")).to_have_text("1970-01-01")

    card.locator("[data-action-id=who]").click()
    card.get_by_role("option", name="Tom Okafor").click()
    expect(card.locator("[data-action-id=who]")).to_contain_text("Tom Okafor")
    card.locator("[data-action-id=more]").click()
    page.get_by_role("menuitem", name="Skip").click()
    card.locator("[data-action-id=drop]").click()
    page.get_by_role("button", name="Keep").click()
    card.locator("[data-action-id=drop]").click()
    page.get_by_test_id("confirm").click()
    expect(card).to_contain_text("removed")
    expect(card.locator("[data-action-id]")).to_have_count(0)
    assert [action["action_id"] for action in submitted] == ["who", "more", "drop"]
    assert submitted[0]["selected_user"] == "U0TOM"
    assert submitted[1]["selected_option"]["value"] == "skip"
