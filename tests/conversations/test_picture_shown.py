"""The timeline's picture: it comes with the document, once, follows the timeline, and holds nothing up."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import pytest

from bot.interview.state import Stage
from bot.sandbox.faults import Fault
from storage.database import Database
from tests.conversations.talk import TOM, Talk, channel_with, conversation


@pytest.fixture
def reviewing(database: Database) -> Iterator[Talk]:
    with conversation(database) as talk:
        talk.answer("Customers could not pay.", user=TOM)
        talk.to_review()
        yield talk


def pictures(talk: Talk) -> list[dict[str, Any]]:
    """The pictures that the bot's messages show."""
    return [b for m in talk.s.from_bot() for b in m.get("blocks", ()) if b["type"] == "image"]


def files(talk: Talk) -> list[str]:
    """Every file of the workspace that is the timeline's picture."""
    kept = talk.s.slack.workspace.data["files"].values()
    return [k["file"]["id"] for k in kept if str(k.get("file", {}).get("name", "")).endswith("-timeline.png")]


def test_the_picture_comes_with_the_document_and_follows_the_timeline(reviewing: Talk) -> None:
    assert pictures(reviewing) == []
    length = reviewing.length()
    reviewing.write()
    assert reviewing.length() == length + 1, "one message, with the picture in it"
    (shown,) = pictures(reviewing)
    assert shown["alt_text"].startswith("Timeline of checkout errors, ")
    image = reviewing.s.person(TOM).file(shown["slack_file"]["id"])
    assert image.startswith(b"\x89PNG")
    assert struct.unpack(">II", image[16:24])[0] == 1200
    reviewing.press("timeline_add", TOM)
    reviewing.submit(TOM, text="The phones were down too", time="12:41")
    assert pictures(reviewing) == [shown], "not before ten quiet minutes"
    reviewing.s.later(601)
    reviewing.s.later(5)
    (newer,) = pictures(reviewing)
    assert newer["slack_file"] != shown["slack_file"]
    assert "The phones were down too" in newer["alt_text"]
    assert files(reviewing) == [newer["slack_file"]["id"]], "the one before is gone"
    assert reviewing.length() == length + 1


def test_what_people_tell_in_the_thread_is_drawn_also_days_after_the_document(database: Database) -> None:
    seed = channel_with(
        {"at": "-3h", "bot": {"name": "PagerDuty", "id": "B0PD"}, "text": "Triggered: checkout 5xx above 5 %"},
        {"at": "-2h", "user": "maria", "text": "rolled back, everything is back to normal"},
        {"at": "-1h50m", "user": "maria", "text": "resolved, all clear"},
    )
    with conversation(database, seed) as talk:
        talk.answer("Customers could not pay.")
        talk.answer("it began 12:18 UTC", user=TOM)
        talk.to_review()
        talk.write()
        (shown,) = pictures(talk)
        assert "12:18 Impact began" in shown["alt_text"]
        assert "Not known" not in shown["alt_text"]
        assert "14:40 Mitigated" in shown["alt_text"]
        talk.s.later(3 * 86400)
        talk.s.say("correction: it was mitigated at 14:26, not 14:40", TOM)
        for seconds in (601, 5):
            talk.s.later(seconds)
        (newer,) = pictures(talk)
        assert "14:26 Mitigated" in newer["alt_text"], "a time without a day is of the day of the incident"
        assert "14:40 Mitigated" not in newer["alt_text"]
        assert "| Mitigated | 20 Nov 2026, 14:26 UTC" in talk.document()
        assert "Understood as: it was mitigated Fri 20 Nov, 14:26 UTC." in talk.read()


def test_a_picture_that_slack_is_slow_with_is_shown_later_and_one_it_refuses_is_told(reviewing: Talk) -> None:
    reviewing.s.slack.workspace.data["slow_files"] = 20
    reviewing.write()
    assert reviewing.row().stage is Stage.WRITTEN
    assert pictures(reviewing) == []
    reviewing.s.later(30)
    assert len(pictures(reviewing)) == 1
    reviewing.s.slack.calls.plan.append(Fault("files.getUploadURLExternal", "error", error="missing_scope"))
    reviewing.press("timeline_add", TOM)
    reviewing.submit(TOM, text="The phones were down too", time="12:41")
    reviewing.s.later(601)
    assert pictures(reviewing) == []
    assert "Slack did not take the picture (missing_scope)" in reviewing.message("is written.")
