"""What is different with a second mind? Better questions and follow-ups that quote; no wait, and no word unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.interview.conclusions import Standing
from bot.interview.state import Put
from bot.interview.thoughts import Purpose
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, conversation
from tests.fakes.claude import error
from tests.fakes.second_mind import Played, asks

PAID = "Customers could not pay: checkout answered with errors for most cards."


#: Two databases are for what is stored; what is thought needs one.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def along(database: Database, played: Played, **more: Any) -> Iterator[Talk]:
    with conversation(database, mind=played.mind, **more) as talk:
        yield talk


def standing(talk: Talk, purpose: Purpose) -> list[tuple[Standing, str]]:
    return [(t.standing, t.why) for t in talk.row().thoughts if t.purpose is purpose]


def test_a_critique_asks_one_follow_up_that_quotes_and_the_next_question_is_worded_from_what_was_said(
    database: Database,
) -> None:
    played = Played(
        {
            Purpose.CRITIQUE: asks("Which cards were the “most cards” that failed?", "errors for most cards"),
            Purpose.QUESTION: asks(
                "Since “dropping that” was said of the provider, what else is missing here?", "dropping that"
            ),
        }
    )
    with along(database, played) as talk:
        talk.answer(PAID)
        assert "Which cards were the “most cards” that failed?" in talk.asked()
        assert "one follow-up" in talk.asked()
        assert "builds on @maria" in talk.asked()
        # One is enough, whatever is answered.
        talk.answer("All of one bank.", user=TOM)
        assert "“dropping that”" in talk.asked()
        assert "builds on @tom" in talk.asked()
        assert talk.row().current is not None
        assert [a.put for a in talk.row().asked] == [Put.ASK, Put.PROBE, Put.ASK]


def test_what_comes_late_is_asked_after_the_next_answer_and_later_still_it_is_dropped(database: Database) -> None:
    played = Played({Purpose.CRITIQUE: asks("Which cards were the “most cards” that failed?", "errors for most cards")})
    with along(database, played) as talk:
        talk.s.bot.facilitator.think = lambda _: None
        talk.answer(PAID)
        asked_by_the_rules = talk.asked()
        assert "most cards" not in asked_by_the_rules.split("builds on")[0]
        assert talk.s.bot.thinking is not None
        talk.s.bot.thinking.sweep()
        talk.s.settle()
        assert talk.asked() == asked_by_the_rules
        played.parts.clear()
        talk.answer("nothing else, it is all in the channel")
        assert "Which cards were the “most cards” that failed?" in talk.asked()
        assert (Standing.USED, "late_probe") in standing(talk, Purpose.CRITIQUE)


def test_trouble_is_told_once_and_the_rules_go_on(database: Database) -> None:
    played = Played({purpose: lambda _: error(529, "overloaded_error") for purpose in Purpose})
    with along(database, played) as talk:
        for user, text in ((MARIA, PAID), (TOM, "we were on a call from 13:30"), (ASHA, "support had 11 tickets")):
            talk.answer(text, user=user)
        assert talk.read().count("Claude does not answer just now; I go on with my own questions.") == 1
        assert talk.row().current is not None


PRIVATE = {"is_private": True}


def test_nothing_of_a_private_channel_leaves_before_a_member_allows_it(database: Database) -> None:
    from tests.fakes.scene import SMALL

    seed = {**SMALL, "channels": [{**SMALL["channels"][0], **PRIVATE}, *SMALL["channels"][1:]]}
    played = Played()
    with along(database, played, seed=seed) as talk:
        assert "Claude: off here until a member presses *Allow Claude*" in talk.read()
        talk.answer(PAID)
        assert played.asked == []
        assert "Claude reads this channel from now on" in talk.press("claude_allow", TOM)
        assert "Claude: on here" in talk.read()
        talk.s.say("we were on a call from 13:30", TOM)
        assert played.asked != []
        count = len(played.asked)
        assert "Claude reads nothing of this channel any more" in talk.slash("ai off")
        assert "Claude: off here" in talk.read()
        talk.answer("and again at 14:00", user=TOM)
        assert len(played.asked) == count
        assert "U0TOM" not in str(played.asked)


def test_ai_shows_the_ledger_and_what_is_sent(database: Database) -> None:
    with along(database, Played()) as talk:
        talk.s.say(PAID)
        told = talk.slash("ai")
        assert "Claude is on here. PM-2026-001: 4 calls" in told
        assert "critique" in told
        files = [f for m in talk.direct() for f in m.get("files", ())]
        assert [f["name"] for f in files] == ["PM-2026-001-claude.txt"]


def test_without_a_key_it_says_that_nothing_leaves(database: Database) -> None:
    with conversation(database) as talk:
        assert "Claude" not in talk.read()
        assert "nothing leaves it" in talk.slash("ai on")
