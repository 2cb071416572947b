"""A thought is thought by one at a time, comes back as it was kept, and goes with the words that it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.interview.conclusions import Ground, Role, Saying, Standing, Thought
from bot.interview.state import Asked, Put, Quote, Said
from bot.interview.thoughts import Purpose
from storage.database import Database
from storage.errors import Fenced
from tests.storage.test_erasure import places_of
from tests.storage.values import ACME, NOW, begun

TS = "1795000001.000100"
WANTED = Thought("critique-1", Purpose.CRITIQUE, NOW, 1, "impact.customers", "abc")


def kept(database: Database, *thoughts: Thought) -> int:
    with database.writing() as unit:
        return unit.postmortems.create(begun(thoughts=thoughts), "", None).id


def test_a_wanted_thought_is_taken_by_one_and_again_when_its_process_died(database: Database) -> None:
    id = kept(database, WANTED, replace(WANTED, key="question-1", standing=Standing.CAME))
    with database.writing() as unit:
        assert unit.thoughts.waiting(ACME) == ((id, "critique-1"),)
        assert unit.thoughts.take(ACME, id, "critique-1", "anna", 60) == 1
        assert unit.thoughts.take(ACME, id, "critique-1", "bert", 60) is None
        assert unit.thoughts.take(ACME, id, "question-1", "bert", 60) is None, "it came already"
        assert unit.thoughts.waiting(ACME) == ()
        unit.thoughts.rest(id, "critique-1", "anna", 0)
        assert unit.thoughts.take(ACME, id, "critique-1", "anna", 0) == 1, "to wait is no try"
    with database.writing() as unit:
        assert unit.thoughts.waiting(ACME) == ((id, "critique-1"),)
        assert unit.thoughts.take(ACME, id, "critique-1", "bert", 60) == 2
    with pytest.raises(Fenced), database.writing() as unit:
        unit.thoughts.finish(id, "critique-1", "anna")
    with database.writing() as unit:
        unit.thoughts.finish(id, "critique-1", "bert")
        assert unit.thoughts.take(ACME, id, "critique-1", "anna", 60) == 1


def test_what_a_channel_said_of_being_read_is_kept_and_can_be_taken_back(database: Database) -> None:
    with database.writing() as unit:
        assert unit.consents.of(ACME, "C1") is None
        unit.consents.say(ACME, "C1", True, "U1", NOW)
        unit.consents.say(ACME, "C1", False, "U2", NOW)
        assert unit.consents.of(ACME, "C1") == (False, "U2")
        assert unit.consents.of(ACME, "C2") is None


def test_with_a_deleted_message_goes_what_was_thought_of_it_and_asked_because_of_it(database: Database) -> None:
    asks = "How long was “the swordfish key” in the repository?"
    came = replace(
        WANTED,
        standing=Standing.USED,
        sayings=(
            Saying(asks, Role.QUESTION, (Ground(TS, "the swordfish key", "U2"),)),
            Saying("It was slow.", Role.STATEMENT, (Ground("1795000002.000100", "slow", "U3"),)),
        ),
    )
    asked = Asked(1, "impact", "impact.customers", Put.PROBE, asks, NOW, Quote("the swordfish key", TS, "U2"))
    with database.writing() as unit:
        said = (Said("1795000003.000100", "U3", f"As they say: {asks}", NOW, NOW),)
        id = unit.postmortems.create(begun(thoughts=(came,), asked=(asked,), said=said), "", None).id
        unit.postmortems.erase_source(id, TS, NOW)
    assert places_of(database, "swordfish") == set()
    with database.reading() as unit:
        (thought,) = unit.postmortems.load(id)[0].thoughts
    assert [s.text for s in thought.sayings] == ["It was slow."]
