"""A bot that dies while something is thought beside the conversation: nothing is said twice, and nothing paid twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.interview.conclusions import Standing
from bot.interview.state import Interview
from bot.interview.thoughts import Purpose
from bot.thinking import Mind
from storage.calls import Entry
from storage.database import Database
from tests.fakes.claude import Answer
from tests.fakes.databases import migrated
from tests.fakes.second_mind import Played, asks, states
from tests.faults.here import LifeHere, never, play, strike_at
from tests.faults.points import AFTER, BEFORE, Fate
from tests.faults.script import Step
from tests.faults.stage import Moment, Stage, stage
from tests.faults.table import POINTS, THOUGHTS

CALL = "POST /v1/messages"
BEGINNING = (
    Step("somebody starts a postmortem", lambda s: s.person().slash("C0CHECKOUT", "/postmortem start")),
    Step("somebody does not allow it", lambda s: s.person().slash("C0CHECKOUT", "/postmortem ai off")),
)
ALLOWED = Step("somebody allows it", lambda s: s.person().slash("C0CHECKOUT", "/postmortem ai on"))
ANSWERED = Step(
    "somebody answers", lambda s: s.say("Customers could not pay: errors for most cards."), lambda s, _: True
)
NEXT = Step("somebody goes on", lambda s: s.press("next"))
TAKEN = Step("somebody takes the draft", lambda s: s.press("offer_use.0"))
IGNORED = Step("somebody ignores the draft", lambda s: s.press("offer_ignore.0"))


@dataclass
class Mortal:
    """Counts the calls that reached Claude; each is a point at which a life may end."""

    calls: Counter[str] = field(default_factory=Counter)

    def mind(self, database: Database, clock: Clock, fate: Fate) -> Mind:
        played = Played(
            {
                Purpose.CRITIQUE: asks("Which cards were the “most cards” that failed?", "errors for most cards"),
                Purpose.DRAFT: states(("Release 4312 used all database connections.", "release 4312 uses all")),
            }
        )
        answer = played.answer

        def mortal(body: dict[str, Any]) -> Answer:
            fate.point(CALL, BEFORE)
            self.calls[json.dumps(body["messages"][0]["content"][-1]["text"])] += 1
            given = answer(body)
            fate.point(CALL, AFTER)
            return given

        played.answer = mortal  # type: ignore[method-assign]
        return played.mind(database, clock)


@dataclass(frozen=True)
class Left:
    """What stands after a life, or two."""

    interview: Interview
    ledger: tuple[Entry, ...]
    cards: Counter[str]


def left(here: Stage) -> Left:
    database = Database(here.url)
    with database.reading() as unit:
        interview, _ = unit.postmortems.load(1)
        ledger = unit.calls.of(1)
    database.close()
    return Left(interview, ledger, Counter(_card(m) for m in here.person().thread("C0CHECKOUT", here.root)))


def _card(message: Mapping[str, Any]) -> str:
    return str((message.get("metadata") or {}).get("event_payload", {}).get("card") or message["ts"])


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("thoughts")
    with migrated("sqlite", folder) as url, stage(url) as standing:
        yield standing


@pytest.fixture(scope="module")
def begun(here: Stage, blank: Moment) -> Moment:
    return before(here, blank, BEGINNING[0])


def before(here: Stage, blank: Moment, *steps: Step) -> Moment:
    """The moment after these steps, without any death."""
    here.back_to(blank)
    life = LifeHere(here, Fate(never), Mortal().mind)
    life.begin()
    for step in steps:
        assert play(here, life, step), step.name
    life.end()
    return here.moment()


@pytest.fixture(scope="module")
def blank(here: Stage) -> Moment:
    return here.moment()


#: What is done after which beginning, and the kinds of points at which a life then ends.
CASES = {
    "an answer": (
        BEGINNING[:1],
        ANSWERED,
        (CALL, "Thinking Thoughts.take", "Mind Calls.begin", "Mind Calls.settle", "Facilitator ThoughtCame"),
    ),
    "a draft that is taken": (BEGINNING[:1], TAKEN, ("Facilitator OfferTaken",)),
    "a draft that is ignored": (BEGINNING[:1], IGNORED, ("Facilitator OfferIgnored",)),
    "a channel that is allowed": (BEGINNING, ALLOWED, ("ClaudeWords Consents.say", "Facilitator ClaudeAllowed")),
}


def test_every_kind_is_killed_somewhere() -> None:
    assert {kind for _, _, kinds in CASES.values() for kind in kinds} == set(THOUGHTS)


@pytest.mark.parametrize("case", CASES)
def test_a_death_at_any_point_says_nothing_twice_and_pays_for_nothing_that_was_answered(
    case: str, here: Stage, begun: Moment
) -> None:
    beginning, step, struck = CASES[case]
    moment = before(here, begun, *beginning[1:]) if beginning[1:] else begun
    here.back_to(moment)
    kinds: list[str] = []
    life = LifeHere(here, Fate(lambda kind, side: kinds.append(kind) if side == BEFORE else None), Mortal().mind)
    kinds.clear()
    assert play(here, life, step)
    life.end()
    expected = left(here)
    assert set(kinds) <= set(POINTS) | set(THOUGHTS), set(kinds) - set(POINTS) - set(THOUGHTS)
    # What is not about thoughts is killed in the other tests of this folder.
    for point, kind in [(kinds.index(kind), kind) for kind in struck]:
        for side in (BEFORE, AFTER):
            found, reached = _death(here, moment, step, point, side)
            where = f"a death {side} point {point}, {kind}"
            assert found.cards["ask-1"] == expected.cards["ask-1"] == 1, where
            assert [n for n in found.cards.values() if n > 1] == [], where
            assert all(t.standing is not Standing.WANTED for t in found.interview.thoughts), where
            assert {t.key for t in found.interview.thoughts} == {t.key for t in expected.interview.thoughts}, where
            assert len(found.interview.said) == len(expected.interview.said), where
            assert found.interview.claude == expected.interview.claude, where
            answered = Counter(c.key for c in found.ledger if c.outcome == "ok")
            assert all(count == 1 for count in answered.values()), where
            tried = Counter(c.key for c in found.ledger)
            assert all(count <= 2 for count in tried.values()), where
            assert reached <= len(found.ledger), "every call is in the ledger"


def _death(here: Stage, moment: Moment, step: Step, point: int, side: str) -> tuple[Left, int]:
    here.back_to(moment)
    mortal, fate = Mortal(), Fate(never)
    life = LifeHere(here, fate, mortal.mind)
    met: list[str] = []
    fate.strike = strike_at(point, side, met)
    heard = here.heard_of()
    well = play(here, life, step)
    life.end()
    again = LifeHere(here, Fate(never), mortal.mind)
    again.begin()
    here.recover(again)
    if not well and not step.kept(here, heard):
        assert here.try_as_a_person(step.act)
        again.look()
        again.rest()
        here.recover(again)
    again.end()
    # The ledger of the moment before is not of this life.
    return left(here), sum(mortal.calls.values())
