"""What of a delivery is kept until it is heard: nothing that is off the record, and nothing that was taken back."""

from __future__ import annotations

import json
from typing import Any

from bot.slack.inbound import without_ignored


def kept(event: dict[str, Any]) -> dict[str, Any]:
    payload = without_ignored("event", {"team_id": "T1", "event": {"type": "message", "channel": "C1", **event}})
    assert payload["team_id"] == "T1"
    found: dict[str, Any] = payload["event"]
    return found


def rich(text: str) -> list[dict[str, Any]]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "elements": [section]}]


def test_what_is_off_the_record_is_in_no_part_of_what_is_kept() -> None:
    said = "yes\n// Tom was asleep"
    event = kept({"ts": "1.2", "text": said, "blocks": rich(said), "attachments": [{"text": "// asleep"}]})
    assert "asleep" not in json.dumps(event)
    assert event["text"] == "yes"


def test_a_message_that_only_its_blocks_say_is_kept_as_their_words() -> None:
    event = kept({"ts": "1.2", "blocks": rich("we rolled back\n// Tom was asleep")})
    assert event["text"].strip() == "we rolled back"
    assert "asleep" not in json.dumps(event)


def test_an_edit_keeps_the_new_words_and_not_the_old_ones() -> None:
    event = kept({
        "subtype": "message_changed",
        "message": {"ts": "1.2", "user": "U1", "text": "14:02\n// before lunch", "edited": {"ts": "1.3"}},
        "previous_message": {"ts": "1.2", "user": "U1", "thread_ts": "1.0", "text": "hunter2 is the password"},
    })  # fmt: skip
    assert event["message"] == {
        "ts": "1.2", "user": "U1", "text": "14:02", "edited": {"ts": "1.3"}, "lines_left_out": True,
    }  # fmt: skip
    assert event["previous_message"] == {"ts": "1.2", "user": "U1", "thread_ts": "1.0"}


def test_a_deletion_keeps_which_message_and_none_of_its_words() -> None:
    event = kept({
        "subtype": "message_deleted",
        "deleted_ts": "1.2",
        "previous_message": {"ts": "1.2", "text": "hunter2 is the password", "thread_ts": "1.0"},
    })  # fmt: skip
    assert event == {
        "type": "message",
        "channel": "C1",
        "subtype": "message_deleted",
        "deleted_ts": "1.2",
        "previous_message": {"ts": "1.2", "thread_ts": "1.0"},
    }


def test_what_is_no_message_stays_as_it_is() -> None:
    archived = {"event": {"type": "channel_archive", "channel": "C1"}}
    assert without_ignored("event", archived) == archived
    assert without_ignored("press", {"actions": [{"value": "// x"}]}) == {"actions": [{"value": "// x"}]}
