"""What Slack's messages say as plain text, wherever the words stand."""

from __future__ import annotations

import pytest

from bot.timeline.flatten import file_names, flatten


def test_an_alert_without_text_is_read_from_its_attachment() -> None:
    said = flatten({
        "text": "",
        "attachments": [
            {
                "fallback": "[FIRING:1] Checkout 5xx",
                "title": "[FIRING:1] Checkout 5xx",
                "title_link": "https://grafana.example/d/1?a=1&amp;b=2",
                "text": "*Value*: 7.2 &gt; 5",
                "fields": [{"title": "Service", "value": "checkout"}],
                "footer": "Grafana v10",
            }
        ],
    })  # fmt: skip
    assert "[FIRING:1] Checkout 5xx (https://grafana.example/d/1?a=1&b=2)" in said
    assert "7.2 > 5" in said
    assert "Service: checkout" in said


def section(words: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def context(words: str) -> dict[str, object]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": words}]}


def table(*cells: str) -> dict[str, object]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in cells]]}


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"attachments": [{"fallback": "Deploy of web failed", "color": "danger"}]}, "Deploy of web failed"),
        ({"blocks": [section("*Triggered*: CPU high")]}, "CPU high"),
        ({"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "*Host*\nweb-1"}]}]}, "web-1"),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Alert!"}}]}, "Alert!"),
        ({"blocks": [context("by <https://x.example|CI>")]}, "CI (https://x.example)"),
        ({"attachments": [{"blocks": [section("Build #12 broke")]}]}, "Build #12 broke"),
        ({"blocks": [{"type": "from_the_future", "panels": [{"text": "disk is full"}]}]}, "disk is full"),
        ({"blocks": [table("p99", "210 ms")]}, "p99 | 210 ms"),
        ({"files": [{"name": "graph.png", "title": "p99 before and after"}]}, "p99 before and after"),
        ({"subtype": "huddle_thread", "room": {"name": "fix it", "participant_history": ["U1"]}}, "fix it"),
        ({"attachments": [{"message_blocks": [{"message": {"blocks": [section("quoted words")]}}]}]}, "quoted words"),
    ],
)
def test_no_words_are_dropped(shape: dict[str, object], words: str) -> None:
    assert words in flatten(shape)


def test_rich_text_reads_as_it_looks() -> None:
    said = flatten({
        "blocks": [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "user", "user_id": "U1"},
                            {"type": "text", "text": " rolled back "},
                            {"type": "link", "url": "https://ci.example/7", "text": "build 7"},
                            {"type": "emoji", "name": "tada"},
                        ],
                    },
                    {
                        "type": "rich_text_list",
                        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}],
                    },
                ],
            }
        ]
    })  # fmt: skip
    assert said == "<@U1> rolled back build 7 (https://ci.example/7):tada:\n- first"


def test_what_stands_in_text_and_blocks_is_said_once() -> None:
    both = {
        "text": "checkout is *down*",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "checkout is *down*"}}],
    }
    assert flatten(both) == "checkout is *down*"


def test_names_links_and_entities_are_resolved() -> None:
    text = (
        "<@U1> saw <https://a.example/x?a=1&amp;b=2|the graph> in <#C1|ops> &lt;now&gt; <!here> "
        "<!date^1392734382^{date}|x>"
    )
    assert flatten({"text": text}, {"U1": "Ann"}.__getitem__) == (
        "@Ann saw the graph (https://a.example/x?a=1&b=2) in #ops <now> @here 2014-02-18 14:39:42 UTC"
    )
    assert flatten({"text": "hi <@U1|ann>"}).startswith("hi <@U1")


def test_buttons_say_nothing() -> None:
    actions = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Ack"}}]}
    assert flatten({"text": "down", "blocks": [actions]}) == "down"


@pytest.mark.parametrize(
    "odd", [{}, {"text": None}, {"blocks": "x"}, {"attachments": [None, 3]}, {"room": 1}, {"files": [{}]}]
)
def test_an_odd_shape_does_no_harm(odd: dict[str, object]) -> None:
    assert flatten(odd) == ""


def test_a_shape_that_nests_without_end_is_cut() -> None:
    block: dict[str, object] = {"type": "weird", "text": "deep"}
    for _ in range(500):
        block = {"type": "weird", "elements": [block]}
    assert flatten({"text": "top", "blocks": [block]}) == "top"


def test_files_have_names() -> None:
    assert file_names({"files": [{"name": "a.png"}, {"title": "b"}, {"id": "F3"}, {}]}) == ("a.png", "b", "F3")
