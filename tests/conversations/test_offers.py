"""What becomes of what a second mind offers? Used, changed, ignored, or reworded by its author; never by itself."""

from __future__ import annotations

import pytest

from bot.interview.state import Stage
from bot.interview.thoughts import Purpose
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, buttons, conversation
from tests.conversations.test_living_answers import papers, part
from tests.conversations.test_whole_postmortem import ANSWERS
from tests.fakes.claude import claim, reply
from tests.fakes.second_mind import Played, line_with, states

DRAFT = states(
    ("Release 4312 used all database connections.", "release 4312 uses all database connections"),
    ("It was rolled back, and errors were dropping.", "rolled back 4312, errors are dropping"),
)


#: Two databases are for what is stored; what is thought needs one.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_draft_stands_in_the_question_and_is_an_answer_once_somebody_takes_it(database: Database) -> None:
    with conversation(database, mind=Played({Purpose.DRAFT: DRAFT}).mind) as talk:
        before = talk.length()
        asked = talk.asked()
        assert "*From the record, if it helps.*" in asked
        assert "> Release 4312 used all database connections. It was rolled back, and errors were dropping." in asked
        assert "“release 4312 uses all database connections” @tom ↗" in asked
        talk.press("offer_use.0", TOM)
        assert "A draft that @tom took as the answer." in talk.asked()
        assert "Noted from one person" in talk.asked()
        talk.press("next")
        talk.s.later(5)
        assert talk.length() == before + 1, "it costs no message"
        assert talk.asked() != asked
        talk.to_review()
        talk.write()
        assert "Release 4312 used all database connections." in talk.document()


def test_a_draft_is_changed_before_it_is_taken_and_taken_back_after_it_was(database: Database) -> None:
    with conversation(database, mind=Played({Purpose.DRAFT: DRAFT}).mind) as talk:
        talk.press("offer_edit.0", ASHA)
        talk.submit(ASHA, text="Release 4312 used every connection, says the graph.")
        assert "> Release 4312 used every connection, says the graph." in talk.asked()
        assert "Answered by @asha, from a draft." in talk.asked()
        talk.press("offer_edit", ASHA)
        talk.submit(ASHA, text="")
        assert "used every connection" not in talk.asked()
        assert "Noted" not in talk.asked()


def test_an_ignored_draft_is_gone_and_an_answer_of_ones_own_sends_it_away(database: Database) -> None:
    with conversation(database, mind=Played({Purpose.DRAFT: DRAFT}).mind) as talk:
        talk.press("offer_ignore.0")
        assert "From the record" not in talk.asked()
        talk.go_on()
        assert "offer_use.0" in buttons(talk.question())
        talk.s.say("we were on a call from 13:30", TOM)
        talk.s.later(15)
        assert "From the record" not in talk.asked()


def _reworded(body: object) -> object:
    assert isinstance(body, dict)
    line = line_with(body, "forgot the index")
    return reply(
        statements=[claim("the index was missing from release 4312", (line, "somebody forgot the index"), about=line)]
    )


def test_only_its_author_takes_other_words_for_an_answer(database: Database) -> None:
    played = Played({Purpose.REWORDING: _reworded})  # type: ignore[dict-item]
    with conversation(database, mind=played.mind) as talk:
        ts = talk.s.say("somebody forgot the index of release 4312", TOM)
        talk.s.later(15)
        asked = talk.asked()
        assert "*Other words*, for @tom to take or not" in asked
        assert "~somebody forgot~ the index" in asked
        assert "Only whoever wrote these words" in talk.press("offer_use.0", MARIA)
        assert talk.row().said[0].text == "somebody forgot the index of release 4312"
        talk.press("offer_use.0", TOM)
        said = next(s for s in talk.row().said if s.ts == ts)
        assert (said.text, said.user) == ("the index was missing from release 4312", TOM)
        talk.edit(ts, "the index was not in release 4312", TOM)
        assert next(s for s in talk.row().said if s.ts == ts).text == "the index was not in release 4312"


def test_a_whole_postmortem_with_a_second_mind_says_no_more_than_one_without(database: Database) -> None:
    played = Played(
        {
            Purpose.DRAFT: DRAFT,
            Purpose.SUMMARY: states(
                ("Customers could not pay, and checkout answered with errors.", "checkout answered with errors")
            ),
        }
    )
    with conversation(database, mind=played.mind) as talk:
        for user, text in ANSWERS:
            if talk.row().current is None:
                break
            talk.answer(text, user=user)
        talk.to_review()
        _takes_the_summary(talk)
        talk.write()
        assert talk.row().stage is Stage.WRITTEN
        assert len(talk.s.from_bot()) <= 25, talk.read()
        assert "Customers could not pay, and checkout answered with errors." in talk.document()
        assert "somebody in" not in talk.read()


FOR_WHO_LEADS = "Customers could not pay by card, and it is over."


def test_an_accepted_executive_summary_stands_on_the_page_for_who_leads_and_nowhere_else(database: Database) -> None:
    played = Played({Purpose.EXECUTIVE: states((FOR_WHO_LEADS, "could not pay by card"))})
    with conversation(database, mind=played.mind) as talk:
        ts = talk.answer("Customers could not pay by card, and it is over.", user=TOM)
        talk.to_review()
        talk.s.later(5)
        review = talk.message("Before it is written")
        assert "*A summary for who leads, from the answers.*" in review
        assert FOR_WHO_LEADS in review
        before, report, full = papers(talk)
        assert "**What happened:** Customers could not pay by card" in before, "nothing is taken unless somebody does"

        talk.press("offer_edit.0", ASHA)
        talk.submit(ASHA, text="Customers could not pay by card. It is over, and can't come back in this way.")
        talk.s.later(5)
        assert "A summary for who leads" not in talk.message("Before it is written")
        executive, report, full = papers(talk)
        happened = part(executive, "## What happened")
        assert "It is over, and can't come back in this way." in happened
        assert "Edited by asha" in happened
        assert "**What happened:**" not in executive
        assert "## What we do about it" in executive, "the other parts of the page stay"
        assert "can't come back in this way" not in report + full
        assert "The answers have changed" not in executive

        talk.edit(ts, "Customers could not pay by card or by invoice, and it is over.", TOM)
        assert "The answers have changed since this edit." in papers(talk)[0]
        talk.write()
        assert "can't come back in this way" not in talk.document()


def test_an_executive_summary_that_is_ignored_leaves_the_page_as_it_is(database: Database) -> None:
    played = Played({Purpose.EXECUTIVE: states((FOR_WHO_LEADS, "could not pay by card"))})
    with conversation(database, mind=played.mind) as talk:
        talk.answer("Customers could not pay by card, and it is over.", user=TOM)
        talk.to_review()
        talk.s.later(5)
        before = papers(talk)[0]
        talk.press("offer_ignore.0", ASHA)
        talk.s.later(5)
        assert "A summary for who leads" not in talk.message("Before it is written")
        assert part(papers(talk)[0], "## What happened") == part(before, "## What happened")


def _takes_the_summary(talk: Talk) -> None:
    review = talk.message("Before it is written")
    assert "*A summary, from the answers.*" in review
    talk.press("offer_use.0")
    edits = talk.row().edits
    assert [(e.section, e.by) for e in edits] == [("summary", MARIA)]
