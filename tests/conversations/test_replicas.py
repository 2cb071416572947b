"""Two bots on one PostgreSQL and one workspace: a postmortem is conducted once, and by either of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.assembly import Bot, assemble
from bot.sandbox.people import call
from storage.database import Database
from tests.conversations.talk import Talk
from tests.fakes.databases import migrated
from tests.fakes.scene import CHANNEL, HandClock, Scene, scene


@contextmanager
def replica(s: Scene, url: str) -> Iterator[Bot]:
    """One more bot of the same workspace, with its own connections to the same database."""
    bot = assemble(s.settings, HandClock(s.clock), Database(url))
    bot.facilitator.listening_anew()
    bot.handler.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
    try:
        yield bot
    finally:
        # Closing alone waits seconds for the next frame; after a cut there is nothing to wait for.
        bot.handler.client.auto_reconnect_enabled = False
        call(s.slack.url, "POST", "socket", {"do": "drop"})
        stop(bot)
        bot.database.close()


def stop(bot: Bot) -> None:
    bot.handler.client.auto_reconnect_enabled = False
    bot.handler.close()  # type: ignore[no-untyped-call]
    bot.workers.close(5)
    bot.room.close()


def rest(s: Scene, *others: Bot) -> None:
    """Waits until no bot has anything left to do."""
    for _ in range(500):
        if all(bot.workers.settled(0) for bot in others):
            s.settle()
            if all(bot.workers.settled(0) for bot in others):
                return
        time.sleep(0.01)
    raise AssertionError("the replicas do not come to rest")


def answered(talk: Talk, s: Scene, *others: Bot, questions: int) -> None:
    for number in range(questions):
        if talk.row().current is None:
            return
        s.say(f"We saw {number + 3} alerts from the pool of connections, and nobody owned its limit.")
        rest(s, *others)
        talk.go_on()
        rest(s, *others)


def cards(s: Scene) -> Counter[str]:
    """How often each card of the postmortem stands in the channel."""
    messages = s.slack.workspace.channels[CHANNEL]["messages"].values()
    return Counter(m["metadata"]["event_payload"]["card"] for m in messages if m.get("metadata"))


def test_each_message_is_posted_once_whoever_hears_what(tmp_path: Path) -> None:
    with migrated("postgresql", tmp_path) as url:
        one = Database(url)
        with scene(one) as s, replica(s, url) as other:
            talk = Talk(s)
            talk.start()
            rest(s, other)
            assert call(s.slack.url, "GET", "deliveries", since="0")["sockets"] == 2
            answered(talk, s, other, questions=30)
            assert talk.row().current is None
            talk.write()
            rest(s, other)
            assert {card: count for card, count in cards(s).items() if count > 1} == {}
            assert talk.row().number == "PM-2026-001"
            assert len(s.person().canvases()) == 1
        one.close()


def test_one_goes_on_where_the_other_was_stopped(tmp_path: Path) -> None:
    with migrated("postgresql", tmp_path) as url:
        one = Database(url)
        with scene(one) as s, replica(s, url) as other:
            talk = Talk(s)
            talk.start()
            answered(talk, s, other, questions=3)
            before = talk.row().current
            stop(s.bot)
            s.bot = other
            s.say("The limit was 90, and a deployment doubled what each instance opens.")
            rest(s)
            asked = talk.row().current
            assert before is not None
            assert asked is not None
            assert asked.position == before.position
            talk.go_on()
            rest(s)
            following = talk.row().current
            assert following is not None
            assert following.position > before.position
            answered(talk, s, questions=30)
            talk.write()
            rest(s)
            assert len(s.person().canvases()) == 1
            assert {card: count for card, count in cards(s).items() if count > 1} == {}
            assert "The limit was 90" in talk.document()
        one.close()
