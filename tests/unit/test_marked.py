"""A message that somebody marked is an entry, in its author's words and at its own time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.deliveries.marking import chosen_of
from bot.interview.bounds import WHOLE, Bounds, stamp
from bot.interview.state import Stage
from bot.slack import inbound
from bot.timeline.marked import BY_HAND, entry_of, is_marked, reason_of, with_marked
from bot.timeline.values import Kind, RecordMessage
from storage.postmortems import Brief

TS = "1795183000.000100"
MESSAGE = RecordMessage(TS, "U2", "could be the payment provider")


def test_it_is_the_messages_own_words_at_its_own_time() -> None:
    entry = entry_of(MESSAGE, BY_HAND)
    assert entry is not None
    assert (entry.key, entry.source_ts, entry.at, entry.actor) == (TS, TS, MESSAGE.at, "U2")
    assert (entry.kind, entry.text) == (Kind.HYPOTHESIS, "could be the payment provider")


def test_a_tool_is_called_by_its_name_and_a_file_by_its_own() -> None:
    tool = entry_of(RecordMessage(TS, None, "checkout 5xx above 5 %", bot="PagerDuty"), BY_HAND)
    assert tool is not None
    assert tool.actor == "PagerDuty"
    shared = entry_of(replace(MESSAGE, text="", files=("graph.png",)), BY_HAND)
    assert shared is not None
    assert shared.text == "graph.png"


@pytest.mark.parametrize("message", [replace(MESSAGE, text=" "), replace(MESSAGE, deleted=True)])
def test_what_says_nothing_is_no_entry(message: RecordMessage) -> None:
    assert entry_of(message, BY_HAND) is None


def test_only_the_chosen_reaction_counts_in_any_colour() -> None:
    marked = replace(MESSAGE, reactions=("eyes", "pushpin::skin-tone-3"))
    assert is_marked(marked, "pushpin")
    assert not is_marked(marked, "round_pushpin")
    assert not is_marked(marked, ""), "off"


def test_marked_messages_join_the_entries_in_order_and_each_once() -> None:
    known = entry_of(replace(MESSAGE, ts="1795183900.000100"), "says so")
    assert known is not None
    marked = [
        replace(MESSAGE, reactions=("pushpin",)),
        replace(MESSAGE, ts="1795183900.000100", reactions=("pushpin",)),
        replace(MESSAGE, ts="1795183950.000100"),
    ]
    found = with_marked([known], marked, "pushpin")
    assert [(e.key, e.reason) for e in found] == [(TS, reason_of("pushpin")), (known.key, "says so")]


def test_a_message_belongs_to_what_is_held_in_its_thread_or_is_about_it_before_what_runs() -> None:
    def brief(id: int, stage: Stage, thread_ts: str | None = None) -> Brief:
        return Brief(id, f"PM-{id}", "", stage, "C1", thread_ts, "U1", None, None)

    written, whole = brief(1, Stage.WRITTEN, "5.1"), brief(2, Stage.ASKING, "6.1")
    hours, thread = brief(3, Stage.ASKING, "7.1"), brief(4, Stage.ASKING, "8.1")
    there = [thread, hours, whole, written]
    start, end = datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 20, 14, tzinfo=UTC)
    bounds = {1: WHOLE, 2: WHOLE, 3: Bounds(start=start, end=end), 4: Bounds(root="1795183100.000100")}
    inside, outside = stamp(start + timedelta(hours=1)), stamp(end + timedelta(hours=1))
    assert chosen_of(there, bounds, outside, "5.1") is written, "its own thread"
    assert chosen_of(there, bounds, inside, None) is hours
    assert chosen_of(there, bounds, inside, "1795183100.000100") is thread
    assert chosen_of(there, bounds, outside, None) is whole
    assert chosen_of([hours, written], bounds, outside, None) is written, "the other is about other hours"
    there = [whole, replace(thread, stage=Stage.WRITTEN)]
    assert chosen_of(there, bounds, inside, "1795183100.000100") is there[1]
    assert chosen_of([written], {}, outside, None) is written
    assert chosen_of([], {}, outside, None) is None


def test_of_a_message_that_was_chosen_only_what_the_record_would_keep_is_kept() -> None:
    message = {
        "ts": TS, "user": "U2", "text": "found it\n// not for you", "thread_ts": "1.1",
        "blocks": [], "reactions": [{"name": "eyes", "count": 2}],
    }  # fmt: skip
    payload = {
        "type": "message_action", "callback_id": "add_to_timeline", "trigger_id": "t", "message": message,
        "user": {"id": "U7", "team_id": "T1"}, "team": {"id": "T1"}, "channel": {"id": "C1"},
    }  # fmt: skip
    kept = inbound.without_ignored(inbound.kind_of(payload), payload)
    assert "not for you" not in str(kept)
    heard = inbound.read("shortcut", kept, "U0BOT")
    assert isinstance(heard, inbound.Chosen)
    assert heard.message == RecordMessage(TS, "U2", "found it", thread_ts="1.1", reactions=("eyes", "eyes"))
    assert (heard.user, heard.channel, heard.thread_ts) == ("U7", "C1", "1.1")
    own = inbound.read("shortcut", inbound.without_ignored("shortcut", payload), "U2")
    assert isinstance(own, inbound.Chosen)
    assert own.message is None, "the bot's own"
    bare = inbound.read("shortcut", {"type": "message_action"}, "U0BOT")
    assert isinstance(bare, inbound.Chosen)
    assert bare.message is None
