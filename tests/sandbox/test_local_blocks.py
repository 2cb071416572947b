"""Are blocks refused that Slack refuses, in its words; and does the table agree with the SDK's own models."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models import blocks as sdk

from bot.sandbox.blocks import message_faults, view_faults
from tests.sandbox.conftest import refusal

Blocks = list[dict[str, Any]]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def test_a_refusal_points_at_the_fault_as_slack_does(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0INC", text="x", blocks=[section("x" * 3001)])
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [
        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]
    assert answer["response_metadata"]["messages"][1].startswith("[ERROR] must be less than 3001")


@pytest.mark.parametrize(
    ("blocks", "pointer"),
    [
        ([{"type": "telegram"}], "/blocks/0/type"),
        ([section("")], "/blocks/0/text/text"),
        ([{"type": "section"}], "/blocks/0"),
        ([section(colour="red")], "/blocks/0"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
        ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
        ([{"type": "section", "fields": [plain("x" * 2001)]}], "/blocks/0/fields/0/text"),
        ([{"type": "section", "fields": [plain("x")] * 11}], "/blocks/0/fields"),
        ([{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0/elements"),
        ([{"type": "actions", "elements": []}], "/blocks/0/elements"),
        ([{"type": "actions", "elements": [button(text=plain("x" * 76))]}], "/blocks/0/elements/0/text/text"),
        ([{"type": "actions", "elements": [button(value="x" * 2001)]}], "/blocks/0/elements/0/value"),
        ([{"type": "actions", "elements": [button(style="loud")]}], "/blocks/0/elements/0/style"),
        ([{"type": "actions", "elements": [button(), button()]}], "/blocks/0"),
        ([section(block_id="a"), section(block_id="a")], "/blocks/1/block_id"),
        ([section()] * 51, "/blocks"),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}], "/blocks/0/rows/0"),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}], "/blocks/0/rows"),
        ([{"type": "image", "image_url": "https://x.example/a.png"}], "/blocks/0"),
    ],
)
def test_faulty_blocks_are_refused_where_the_fault_is(blocks: Blocks, pointer: str) -> None:
    faults = message_faults(blocks)
    assert any(f"[json-pointer:{pointer}]" in fault for fault in faults), faults


def test_the_text_of_all_blocks_together_is_limited(client: WebClient) -> None:
    assert refusal(client.chat_postMessage, channel="C0INC", text="x", blocks=[section("x" * 2900)] * 5) == (
        "msg_blocks_too_long"
    )
    assert refusal(client.chat_postMessage, channel="C0INC", text="x", blocks="{") == "invalid_blocks_format"


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    inside = {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input", "action_id": "t"}}
    modal: dict[str, Any] = {"type": "modal", "title": plain("t"), "blocks": [inside]}
    assert view_faults(modal) == ["must define `submit` to use an `input` block in modals [json-pointer:/view]"]
    assert view_faults({**modal, "submit": plain("Save")}) == []
    assert view_faults({**modal, "submit": plain("Save"), "title": plain("x" * 25)})
    assert view_faults({"type": "home", "blocks": [{"type": "markdown", "text": "x"}]})
    assert view_faults({"type": "modal", "blocks": []})


def test_an_initial_option_must_be_one_of_the_options() -> None:
    options = [{"text": plain("A"), "value": "a"}]
    menu: dict[str, Any] = {"type": "static_select", "action_id": "m", "options": options}
    assert message_faults([{"type": "actions", "elements": [menu]}]) == []
    menu["initial_option"] = {**options[0], "value": "b"}
    assert message_faults([{"type": "actions", "elements": [menu]}])


ONE = sdk.Option(text="One", value="1")
GOOD: Blocks = [
    sdk.HeaderBlock(text="Title").to_dict(),
    sdk.SectionBlock(text="hello", accessory=sdk.ButtonElement(text="Go", action_id="go", style="primary")).to_dict(),
    sdk.SectionBlock(fields=["a", "b"]).to_dict(),
    sdk.DividerBlock().to_dict(),
    sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="note")]).to_dict(),
    sdk.ActionsBlock(elements=[
        sdk.ButtonElement(text="Stop", action_id="a", style="danger",
                          confirm=sdk.ConfirmObject(title="Sure?", text="Really?")),
        sdk.OverflowMenuElement(action_id="b", options=[ONE, sdk.Option(text="Two", value="2")]),
        sdk.StaticSelectElement(action_id="c", placeholder="Pick", options=[ONE]),
        sdk.UserSelectElement(action_id="d", placeholder="Who"),
        sdk.DatePickerElement(action_id="e", initial_date="2026-01-02"),
        sdk.CheckboxesElement(action_id="f", options=[ONE]),
        sdk.RadioButtonsElement(action_id="g", options=[ONE]),
        sdk.TimePickerElement(action_id="h", initial_time="10:00"),
        sdk.DateTimePickerElement(action_id="i", initial_date_time=1_700_000_000),
    ]).to_dict(),
    sdk.ImageBlock(image_url="https://x.example/a.png", alt_text="graph", title="Graph").to_dict(),
    sdk.InputBlock(label="What", element=sdk.PlainTextInputElement(action_id="t"), optional=True).to_dict(),
    sdk.InputBlock(label="Who", element=sdk.UserMultiSelectElement(action_id="u", placeholder="p")).to_dict(),
    sdk.MarkdownBlock(text="# Title").to_dict(),
    sdk.RichTextBlock(elements=[
        sdk.RichTextSectionElement(elements=[sdk.RichTextElementParts.Text(text="hi ", style={"bold": True}),
                                             sdk.RichTextElementParts.User(user_id="U1")]),
        sdk.RichTextListElement(style="bullet", elements=[sdk.RichTextSectionElement(
            elements=[sdk.RichTextElementParts.Link(url="https://x.example")])]),
        sdk.RichTextPreformattedElement(elements=[sdk.RichTextElementParts.Text(text="code")]),
        sdk.RichTextQuoteElement(elements=[sdk.RichTextElementParts.Broadcast(range="here")]),
    ]).to_dict(),
]  # fmt: skip


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_what_the_sdk_builds_is_taken(block: dict[str, Any]) -> None:
    assert message_faults([block]) == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": plain("x" * 151)},
        {"type": "section"},
        {"type": "context", "elements": [plain("x")] * 11},
        {"type": "actions", "elements": [button(text=plain("x" * 76))]},
        {"type": "actions", "elements": [button(value="x" * 2001)]},
        {"type": "actions", "elements": [button()] * 26},
        {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x" * 2001},
    ],
)
def test_what_the_sdks_models_refuse_is_refused_here_too(block: dict[str, Any]) -> None:
    model = sdk.Block.parse(block)
    assert model is not None
    with pytest.raises(Exception, match=r"."):
        model.to_dict()
    assert message_faults([block])
