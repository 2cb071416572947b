"""Channels that are recorded: kept as people write, offered a postmortem once, and read with fewer calls."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.places import MANIFEST
from bot.sandbox.clock import SandboxClock
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, buttons, conversation, plainly, where_stored
from tests.fakes.scene import NOW, SMALL, said, scene

LIVE = "C0LIVE"
#: Two channels in which nothing was said yet; one of them is called like an incident's.
QUIET: dict[str, Any] = {
    **SMALL,
    "channels": [
        *SMALL["channels"],
        {"id": LIVE, "name": "inc-orders", "members": ["maria", "tom", "asha"], "bot": True},
        {"id": "C0TALK", "name": "random", "members": ["maria", "tom"], "bot": True},
    ],
}


def kept(talk: Talk, channel: str) -> list[str]:
    with talk.s.database.reading() as unit:
        return [m.text for m in unit.record.messages(talk.s.bot.room.identity.workspace, channel)]


def until(done: Callable[[], bool], sweep: Callable[[], None]) -> None:
    end = time.monotonic() + 20
    while not done():
        sweep()
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@contextmanager
def outliving_the_bot() -> Iterator[tuple[LocalSlack, SandboxClock]]:
    """A local Slack that goes on while the bot is stopped and started again."""
    clock = SandboxClock(frozen_at=NOW.timestamp())
    workspace = seed_workspace(QUIET, clock=clock).workspace
    with LocalSlack(workspace, json.loads(MANIFEST.read_text(encoding="utf-8")), page=False) as slack:
        yield slack, clock


def say(talk: Talk, text: str, thread: str | None = None) -> str:
    """Tom says it in the recorded channel; a minute later everything has come of it."""
    ts = talk.s.person(TOM).say(LIVE, text, thread)
    talk.s.later(60)
    return ts


def offers(talk: Talk) -> list[dict[str, Any]]:
    return [dict(m) for m in talk.s.person().sees(LIVE) if "This sounds resolved" in plainly(said(m))]


def test_a_channel_is_recorded_offered_a_postmortem_once_and_its_threads_are_not_read_again(database: Database) -> None:
    with conversation(database, QUIET, start=False, record_channels="#inc-*") as talk:
        talk.s.listening()

        def say(user: str, text: str, thread: str | None = None, channel: str = LIVE) -> str:
            ts = talk.s.person(user).say(channel, text, thread)
            talk.s.later(60)
            return ts

        root = say(MARIA, "declaring SEV-2, orders cannot be saved")
        say(TOM, "found it: the disk of db-3 is full, the graph confirms it", root)
        say(TOM, "// nobody needs to know this\ngrowing the volume, rolled back the cleanup job", root)
        edited = say(ASHA, "my token is nothing of yours")
        talk.s.person(ASHA).edit(LIVE, edited, "orders are back to normal, 1,240 were lost")
        say(MARIA, "is it resolved?")
        assert offers(talk) == [], "a question is no end"
        say(TOM, "shall we have lunch, incident resolved", channel="C0TALK")
        say(MARIA, "calling this incident resolved, all clear")
        (offer,) = offers(talk)
        assert buttons(offer) == ["offer_start", "offer_no"]
        assert "This channel is recorded" in plainly(said(offer))
        say(TOM, "resolved, all clear")
        assert len(offers(talk)) == 1, "it is offered once"
        assert kept(talk, "C0TALK") == []
        assert "orders are back to normal, 1,240 were lost" in kept(talk, LIVE)
        assert where_stored(database, "nobody needs to know this") == set()

        before = len(talk.s.slack.calls.log)
        talk.s.person(TOM).click(LIVE, offer["ts"], "offer_start")
        talk.s.settle()
        taken = next(m for m in talk.s.person().sees(LIVE) if m["ts"] == offer["ts"])
        assert plainly(said(taken)) == "tom has started PM-2026-001; it lives in the thread below."
        row = talk.row()
        assert (row.facilitator, row.channel, row.counts.messages, row.counts.replies) == (TOM, LIVE, 7, 2)
        opening = next(m for m in talk.s.person().sees(LIVE) if "Postmortem PM-2026-001" in m.get("text", ""))
        assert "This channel is recorded as people write in it." in plainly(said(opening))
        read = [c["method"] for c in list(talk.s.slack.calls.log)[before:] if c["method"].startswith("conversations.")]
        assert read.count("conversations.history") == 1, "gaps would be filled"
        assert read.count("conversations.replies") == 0, "its thread was recorded whole"


def test_the_bot_comes_by_itself_into_a_new_channel_that_is_to_be_recorded(database: Database) -> None:
    with conversation(database, QUIET, start=False, record_channels="inc-*") as talk:

        def make(name: str, *, private: bool = False) -> str:
            made = talk.s.person().do("channel", name=name, members=[MARIA, TOM], is_private=private)
            talk.s.settle()
            return str(made["channel"])

        def present(channel: str) -> bool:
            return talk.s.bot_user in talk.s.slack.workspace.channels[channel]["members"]

        search, lunch, secret = make("inc-index"), make("lunch"), make("inc-secret", private=True)
        assert [present(each) for each in (search, lunch, secret)] == [True, False, False]
        for text in ("switching the alias back", "resolved. thanks everyone"):
            talk.s.person(TOM).say(search, text)
            talk.s.settle()
        assert kept(talk, search)[-2:] == ["switching the alias back", "resolved. thanks everyone"]
        # What was broken was told before anything was recorded; the name of the channel says that there is an incident.
        assert "This sounds resolved" in plainly(said(talk.s.person().sees(search)[-1]))

        talk.s.person().do("rename", channel=lunch, name="inc-lunch")
        talk.s.settle()
        talk.s.person(TOM).say(lunch, "the kitchen tablet is down")
        talk.s.settle()
        assert present(lunch)
        assert kept(talk, lunch)[-1] == "the kitchen tablet is down"


def test_nothing_is_recorded_where_no_setting_asks_for_it(database: Database) -> None:
    with conversation(database, QUIET, start=False) as talk:
        talk.s.person().say(LIVE, "calling this incident resolved, all clear")
        talk.s.later(60)
        assert kept(talk, LIVE) == []
        assert offers(talk) == []


def test_a_reply_that_was_edited_while_no_bot_listened_is_read_as_it_stands(database: Database) -> None:
    with outliving_the_bot() as (slack, clock):
        with scene(database, slack=slack, record_channels="inc-*") as first:
            talk = Talk(first)
            root = say(talk, "declaring SEV-2, orders cannot be saved")
            counted = say(talk, "12 orders were lost", root)
            aside = say(talk, "somebody unplugged it, ask Asha", root)
        # The bot is restarted meanwhile; Slack's count of the replies and its newest one stay the same.
        clock.advance(600)
        first.person(TOM).edit(LIVE, counted, "1,240 orders were lost")
        first.person(TOM).edit(LIVE, aside, "// somebody unplugged it, ask Asha")
        clock.advance(600)
        with scene(database, slack=slack, record_channels="inc-*") as second:
            talk = Talk(second)
            second.listening()
            later = say(talk, "growing the volume of db-3")
            say(talk, "grown, orders are saved again", later)
            before = len(slack.calls.log)
            talk.s.person(MARIA).slash(LIVE, "/postmortem start")
            talk.s.settle()
            read = [c["args"]["ts"] for c in list(slack.calls.log)[before:] if c["method"] == "conversations.replies"]
            assert read.count(root) == 1, "an edit may have been missed"
            assert read.count(later) == 0, "it was heard from its first word on"
            told = kept(talk, LIVE)
            assert "1,240 orders were lost" in told
            assert "12 orders were lost" not in told
            assert where_stored(database, "somebody unplugged it") == set(), "taken off the record"


def test_what_was_deleted_while_no_bot_listened_is_gone_from_the_record_too(database: Database) -> None:
    with outliving_the_bot() as (slack, clock):
        with scene(database, slack=slack, record_channels="inc-*") as first:
            talk = Talk(first)
            root = say(talk, "declaring SEV-2, orders cannot be saved")
            say(talk, "12 orders were lost", root)
            named = say(talk, "Asha pulled the plug of db-3", root)
            alone = say(talk, "looking at the disks")
            only = say(talk, "the vendor is called Fragile Inc", alone)
            regretted = say(talk, "our password is on the whiteboard")
            say(talk, "growing the volume of db-3")
        clock.advance(600)
        for ts in (named, only, regretted):
            first.person(TOM).delete(LIVE, ts)
        clock.advance(600)
        with scene(database, slack=slack, record_channels="inc-*") as second:
            talk = Talk(second)
            second.listening()
            say(talk, "grown, orders are saved again")
            talk.s.person(MARIA).slash(LIVE, "/postmortem start")
            # Slack may tell of the last one again; of the others it never does.
            until(lambda: kept(talk, LIVE).count("") == 3, talk.s.bot.facilitator.sweep)
            talk.s.clock.advance(10)
            talk.s.bot.hearing.sweep()
            talk.s.settle()
            assert {"12 orders were lost", "growing the volume of db-3", "looking at the disks"} <= {*kept(talk, LIVE)}
            for words in ("Asha pulled the plug", "Fragile Inc", "on the whiteboard"):
                assert where_stored(database, words) == set()
            assert talk.row().counts.deleted == 3
