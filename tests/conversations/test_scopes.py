"""What of a channel is read: all of it, a window, or what people choose when it holds much."""

from __future__ import annotations

from typing import Any

from storage.database import Database
from tests.conversations.talk import MARIA, TOM, Talk, buttons, channel_with, conversation, plainly
from tests.fakes.scene import CHANNEL, said

#: Talk of weeks ago with a thread that somebody answered in the night of the incident, and the incident itself.
SHARED: dict[str, Any] = channel_with(
    {"at": "-40d", "user": "tom", "text": "welcome to the incidents channel"},
    {
        "at": "-5d", "user": "asha", "text": "disk of db-3 fills up again", "id": "old",
        "replies": [
            {"at": "+1h", "user": "tom", "text": "cleaned it by hand"},
            {"at": "-1h50m", "user": "tom", "text": "it is full again, that is the outage", "broadcast": True},
        ],
    },
    {"at": "-2h", "user": "maria", "text": "declaring SEV-2, orders cannot be saved"},
    {"at": "-1h30m", "user": "tom", "text": "grew the volume, orders are back to normal"},
    {"at": "-1h", "user": "maria", "text": "resolved"},
)  # fmt: skip


def read(talk: Talk) -> set[str]:
    with talk.s.database.reading() as unit:
        return {e.entry.text for e in unit.entries.all(1)}


def test_a_channel_of_many_weeks_is_read_on_when_somebody_has_chosen(database: Database) -> None:
    with conversation(database, SHARED, start=False) as talk:
        talk.start()
        asked = talk.s.with_button("window_day")
        assert buttons(asked) == ["window_day", "window_days", "window_all", "window_type"]
        assert "This channel holds 7 messages, back to" in talk.message("What belongs to this incident?")
        assert talk.row().current is None, "nothing is asked before"
        talk.press("window_day", TOM)
        assert talk.message("chose") == "@tom chose what was written since 19 Nov 2026 15:40 UTC."
        receipt = talk.message("I read")
        assert receipt.startswith("*I read 5 messages since 19 Nov 2026 15:40 UTC*: 1 thread reply,")
        assert "threads that began more than 14 days before it were not looked for" in receipt
        assert talk.row().current is not None
        assert talk.s.slack.calls.log, "calls are counted below"
        calls = [c["method"] for c in talk.s.slack.calls.log if c["method"].startswith("conversations.")]
        assert calls.count("conversations.history") == 1
        threads = [c for c in talk.s.slack.calls.log if c["method"] == "conversations.replies"]
        assert len([c for c in threads if c["args"].get("ts") != talk.s.thread_ts]) == 1, "one thread, one call"


def test_several_run_side_by_side_each_on_its_window_and_a_command_says_which_it_means(database: Database) -> None:
    with conversation(database, SHARED, start=False) as talk:
        assert talk.slash("start since lunch") == (
            "I can't read since lunch as a time that has passed. Type /postmortem start since 2026-11-20 14:00, or "
            "start from 2026-11-20 14:00 to 18:30; times are in your zone, Europe/Warsaw."
        ).replace("since lunch as", "`since lunch` as").replace(
            "/postmortem start since 2026-11-20 14:00,", ("`/postmortem start since 2026-11-20 14:00`,")
        ).replace("start from 2026-11-20 14:00 to 18:30;", "`start from 2026-11-20 14:00 to 18:30`;")
        talk.start("/postmortem start Orders were lost from 15:00 to 17:00")
        assert talk.message("I read").startswith(
            "*I read 5 messages from 20 Nov 2026 14:00 UTC to 20 Nov 2026 16:00 UTC*"
        )
        opening = plainly(said(next(m for m in talk.s.person().sees(CHANNEL) if m["ts"] == talk.s.thread_ts)))
        assert "I read this channel from 20 Nov 2026 14:00 UTC to 20 Nov 2026 16:00 UTC first, then ask" in opening
        assert "already running" in talk.slash("start from 15:00 to 17:00"), "one at a time in each window"
        assert talk.slash("start All of it since 2026-11-01", TOM) == (
            "Opening PM-2026-002 for #inc-checkout-errors. It lives in the thread below. "
            "It runs beside PM-2026-001, so a command in the channel says its number."
        )
        told = talk.slash("status")
        assert told.startswith("Several postmortems run here; say which by its number, such as `/postmortem status")
        assert "PM-2026-001 Orders were lost" in told
        assert "PM-2026-002 All of it" in told
        assert talk.slash("pause PM-2026-001") == "PM-2026-001 is paused. `/postmortem resume` goes on where it was."
        assert talk.mention("resume") == "PM-2026-001 goes on."
        assert talk.slash("pause PM-2026-077") == (
            "There is no PM-2026-077 in this channel. `/postmortem status` says what runs here."
        )
        with database.reading() as unit:
            assert {b.scope for b in unit.postmortems.of_channel(talk.row().workspace, CHANNEL)} == {
                f"{CHANNEL}/1795183200.000000-1795190400.000000", f"{CHANNEL}/1793491200.000000-",
            }  # fmt: skip
        assert talk.row().facilitator == MARIA


def test_a_thread_of_a_shared_channel_is_reviewed_by_itself_from_the_menu_of_its_message(database: Database) -> None:
    with conversation(database, SHARED, start=False) as talk:
        root = next(m for m in talk.s.person().sees(CHANNEL) if "disk of db-3" in m["text"])
        talk.s.person(TOM).shortcut("start_postmortem", CHANNEL, root["ts"])
        talk.s.settle()
        opening = talk.s.person().sees(CHANNEL)[-1]
        talk.s.thread_ts = str(opening["ts"])
        assert "Opening PM-2026-001 for #inc-checkout-errors." in "".join(talk.ephemerals(TOM).values())
        assert "thread of 15 Nov 16:40 UTC" in opening["text"]
        assert "I read one thread first, then ask about" in plainly(said(opening))
        assert talk.message("I read").startswith("*I read 3 messages of one thread*: 2 thread replies,")
        assert {e for e in read(talk) if "orders" in e} == set(), "what stands beside the thread is not of it"
        calls = [c["method"] for c in talk.s.slack.calls.log]
        assert "conversations.history" not in calls
        assert calls.count("conversations.replies") == 1
        reply = next(m for m in talk.s.person().thread(CHANNEL, root["ts"]) if "cleaned it" in m["text"])
        talk.s.person(MARIA).shortcut("start_postmortem", CHANNEL, reply["ts"])
        talk.s.settle()
        assert "already running here" in str(talk.s.person(MARIA).thread(CHANNEL, root["ts"])), (
            "one at a time on each thread"
        )
        talk.s.person(MARIA).shortcut("start_postmortem", CHANNEL, opening["ts"])
        talk.s.settle()
        assert "can't be held on one of my own messages" in "".join(talk.ephemerals(MARIA).values())
