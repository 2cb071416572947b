"""Does the bot stay quiet whatever happens? 25 messages at most, with ways back, follow-ups and drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.interview.state import Put, Stage
from bot.interview.thoughts import Purpose
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, conversation
from tests.fakes.claude import Answer, claim, lines_of, reply
from tests.fakes.scene import CHANNEL
from tests.fakes.second_mind import Played, states

#: What somebody says to each question, with something in most of it that a follow-up could be put to.
SAYS = {
    "overview.sentence": (MARIA, "Customers could not pay: checkout answered with errors for most cards."),
    "timeline.unseen": (TOM, "we were on a call from 13:30, nobody wrote it here"),
    "timeline.artefacts": (TOM, "the graph of connections, nothing else"),
    "impact.customers": (ASHA, "quite a lot of payments, and support had tickets before one o'clock"),
    "causes.how": (TOM, "someone forgot the index\nthe review shows no query plan"),
    "causes.evidence": (TOM, "the graph of connections showed it"),
    "causes.alone": (TOM, "1"),
    "response.well": (TOM, "the rollback was one command; luckily the nightly export had not begun"),
    "response.hard": (MARIA, "tom should have looked at the pool first"),
    "response.luck": (ASHA, "two people from support were in early"),
    "prevention.ideas": (MARIA, "better monitoring"),
    "actions.items": (MARIA, "alert on checkout errors alone, @tom, 2026-11-27\nquery plan in CI\nimprove monitoring"),
    "sharing.how": (MARIA, "Maria tells support on Monday, in their channel"),
    "lessons.takeaway": (TOM, "that all releases share one pool of connections"),
    "closing.open": (ASHA, "nothing else"),
}
#: Where somebody presses Back: before anything was said to a question, and once after.
BACK = {"impact.customers": False, "response.well": True, "sharing.how": False}


def _wonders(body: Mapping[str, Any]) -> Answer:
    """Has a follow-up to every answer, on its newest line."""
    line = lines_of(body)[-1]
    words = " ".join(line["text"].split()[:4])
    return reply(questions=[claim(f"What exactly does “{words}” mean here?", (line["id"], words))])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("minded", [False, True])
def test_a_whole_postmortem_with_three_ways_back_keeps_the_noise_budget(database: Database, minded: bool) -> None:
    played = Played(
        {
            Purpose.CRITIQUE: _wonders,
            Purpose.DRAFT: states(("Release 4312 used all database connections.", "uses all database connections")),
            Purpose.SUMMARY: states(("Customers could not pay.", "Customers could not pay")),
        }
    )
    settings: dict[str, Any] = {"mind": played.mind} if minded else {}
    with conversation(database, **settings) as talk:
        talk.press("invite")
        went_back: set[str] = set()
        while (asked := talk.row().current) is not None:
            if asked.question in BACK and asked.question not in went_back:
                went_back.add(asked.question)
                if BACK[asked.question]:
                    talk.s.say(SAYS[asked.question][1], SAYS[asked.question][0])
                    talk.s.later(12)
                talk.choose("back")
                continue
            said(talk, asked.question)
        talk.write()
        row = talk.row()
        assert row.stage is Stage.WRITTEN
        assert went_back == set(BACK)
        # Nothing is left out that has to be raised, also after so many ways back.
        assert len({a.topic for a in row.asked}) == 10
        put = [a.put for a in row.asked]
        assert put.count(Put.RETURN) >= 3
        assert Put.PROBE in put
        # The first message stands in the channel, and who is invited was somebody's wish.
        thread = [m for m in talk.s.from_bot() if m["ts"] != talk.s.thread_ts and "invites you" not in str(m)]
        assert len(thread) <= 25, talk.read()
        mine = [m for m in talk.s.person().sees(CHANNEL) if m.get("user") == talk.s.bot_user and not m.get("ephemeral")]
        assert len(mine) <= 2
        if minded:
            assert Purpose.DRAFT in played.purposes()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_look_back_before_anything_was_said_needs_no_message_of_its_own(database: Database) -> None:
    with conversation(database) as talk:
        talk.answer("Customers could not pay.", user=TOM)
        before, here = talk.length(), talk.question()["ts"]
        talk.choose("back")
        assert "1 of 10 · what happened* · once more" in talk.asked()
        assert talk.question()["ts"] == here
        talk.s.later(700)
        assert talk.length() == before, "nor does a comparison of the thread take anything away"
        talk.press("next")
        assert "2 of 10 · timeline* · once more" in talk.asked()
        assert talk.length() == before
        # What is answered there stands, and the question that was left comes below it.
        talk.choose("back")
        talk.s.later(15)
        talk.answer("It was the whole EU.", user=ASHA)
        assert "2 of 10 · timeline* · once more" in talk.asked()
        assert talk.length() == before + 2
        assert talk.question()["ts"] != here
        talk.to_review()
        talk.write()
        assert "It was the whole EU." in talk.document().partition("## Impact")[0]


def said(talk: Talk, question: str) -> None:
    user, text = SAYS.get(question, (MARIA, "nobody knows"))
    talk.answer(text, user=user)
