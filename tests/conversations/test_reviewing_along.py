"""What does a second mind ask before the document is written? What a reader lacks, and where two accounts differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.interview.thoughts import Purpose
from storage.database import Database
from tests.conversations.talk import MARIA, TOM, conversation, where_stored
from tests.conversations.test_past_incidents import ACME, SEED, written
from tests.fakes.claude import Answer, claim, reply
from tests.fakes.scene import NOW, SMALL
from tests.fakes.second_mind import Played, line_with

MACHINE = "hm, the coffee machine restarted"


#: Two databases are for what is stored; what is thought needs one.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _reads(body: Mapping[str, Any]) -> Answer:
    section = line_with(body, "Customers could not pay")
    quote = (section, "Customers could not pay")
    return reply(
        questions=[
            claim("How is it known that “Customers could not pay”?", quote, about=section),
            claim("Who told those of whom it says “Customers could not pay”?", quote, about=section),
        ]
    )


def _compares(body: Mapping[str, Any]) -> Answer:
    one, other = line_with(body, "all cards"), line_with(body, "one bank")
    return reply(
        questions=[
            claim("Was it “all cards” or “cards of one bank”?", (one, "all cards"), (other, "cards of one bank"))
        ]
    )


def test_what_is_left_open_stands_beside_the_sections_and_is_asked_or_not(database: Database) -> None:
    played = Played({Purpose.REVIEW: _reads, Purpose.ACCOUNTS: _compares})
    with conversation(database, mind=played.mind) as talk:
        talk.s.say("Customers could not pay with all cards.", MARIA)
        talk.answer("Customers could not pay with cards of one bank.", user=TOM)
        talk.to_review()
        talk.s.later(5)
        review = talk.message("Before it is written")
        assert "*What a reader might still ask*" in review
        assert "How is it known that “Customers could not pay”?" in review
        assert (
            "Was it “all cards” or “cards of one bank”?\n  ▸ “all cards” @maria ↗ · “cards of one bank” @tom ↗"
            in review
        )
        talk.press("question_ignore.0")
        talk.s.later(5)
        review = talk.message("Before it is written")
        assert "How is it known that" not in review
        assert "Who told those" in review
        talk.press("question_ask.0", TOM)
        talk.s.later(5)
        assert "Who told those" not in talk.message("Before it is written")
        assert "Who told those of whom it says “Customers could not pay”?" in talk.s.transcript()
        talk.s.say("Support told them, by mail, at 14:00.", MARIA)
        talk.s.later(5)
        talk.write()
        assert "Support told them, by mail, at 14:00." in talk.document()


def _misses(body: Mapping[str, Any]) -> Answer:
    known = line_with(body, "found it: release 4312")
    fresh = line_with(body, "coffee machine")
    return reply(
        statements=[
            claim("Release 4312 used all connections.", (known, "release 4312 uses all"), about=known),
            claim("The coffee machine restarted.", (fresh, "the coffee machine restarted"), about=fresh),
        ]
    )


def test_what_the_rules_missed_is_named_by_its_message_and_a_person_puts_that_on_the_timeline(
    database: Database,
) -> None:
    messages = [*SMALL["messages"]["inc-checkout-errors"], {"at": "-2h20m", "user": "asha", "text": MACHINE}]
    seed = {**SMALL, "messages": {"inc-checkout-errors": messages}}
    with conversation(database, seed=seed, mind=Played({Purpose.GLOSS: _misses}).mind) as talk:
        shown = talk.message("What I understand happened")
        assert "*Perhaps missing from it*" in shown
        assert "*14:20 UTC* The coffee machine restarted. · @asha ↗" in shown
        assert "Release 4312 used all connections." not in shown
        assert MACHINE not in shown
        talk.press("gloss_add", TOM)
        shown = talk.message("What I understand happened")
        assert f"· {MACHINE} · @asha ↗" in shown
        assert "Perhaps missing" not in shown


def _likens(body: Mapping[str, Any]) -> Answer:
    past, here = line_with(body, "never closed them"), line_with(body, "uses all database connections")
    text = "Both times a release kept connections: then they were never closed, now it uses all of them."
    return reply(
        statements=[claim(text, (past, "never closed them"), (here, "uses all database connections"), about=past)]
    )


def test_past_incidents_are_likened_to_this_one_and_their_words_go_when_they_go_there(database: Database) -> None:
    before = written(database, "Checkout ran out of connections", "release 4120 opened connections, never closed them")
    played = Played({Purpose.SIMILAR: _likens})
    with conversation(database, SEED, mind=played.mind) as talk:
        receipt = talk.message("I read 9 messages")
        assert f"{before.number}: Both times a release kept connections" in receipt
        with database.writing() as unit:
            kept, _ = unit.postmortems.load(before.id)
            gone = replace(kept.said[0], deleted=True, deleted_at=NOW, text="")
            unit.postmortems.save(kept, replace(kept, said=(gone,)), None)
        assert where_stored(database, "never closed") == set()
        talk.s.later(5)
        assert "Both times" not in talk.message("I read 9 messages")


def test_a_past_incident_whose_channel_says_no_is_not_told(database: Database) -> None:
    written(database, "Checkout ran out of connections", "release 4120 opened connections, never closed them")
    with database.writing() as unit:
        unit.consents.say(ACME, "C0OPEN", False, MARIA, NOW)
    played = Played()
    with conversation(database, SEED, mind=played.mind):
        assert not [body for _, body in played.asked if "never closed" in str(body)]
