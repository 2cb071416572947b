"""The ledger of calls: reserved before, settled after, budgets kept by many at once, and nobody's words in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from bot.interview.state import Workspace
from storage.calls import LOST, Begun, Call, Caps, Refused, Settled
from storage.database import Database
from tests.storage.values import ACME, begun

DAY = date(2026, 11, 24)
PLENTY = Caps(10_000, 10_000, 100_000, 100_000)
MINUTE = 60.0


@pytest.fixture
def postmortem(database: Database) -> int:
    with database.writing() as unit:
        return unit.postmortems.create(begun(), "", None).id


def call(postmortem: int, key: str = "draft-1", tokens: int = 100, cost: int = 1000) -> Call:
    return Call(postmortem, key, "draft", "draft", 1, "0123456789ab", "claude-sonnet-5-5", DAY, tokens, cost)


def begin(database: Database, wanted: Call, caps: Caps = PLENTY, lease: float = MINUTE) -> Begun | Refused:
    with database.writing() as unit:
        return unit.calls.begin(ACME, wanted, caps, lease)


def test_a_call_counts_with_its_estimate_until_it_is_settled(database: Database, postmortem: int) -> None:
    made = begin(database, call(postmortem))
    assert isinstance(made, Begun)
    with database.writing() as unit:
        assert unit.calls.spent(postmortem) == (100, 1000)
        unit.calls.settle(ACME, made.id, Settled("ok", 10, 20, 30, 5, 400, 1200, "req_1"))
        assert unit.calls.spent(postmortem) == (65, 400)
        assert unit.calls.spent_on(ACME, DAY) == (65, 400)
        assert unit.calls.spent_on(Workspace("T2"), DAY) == (0, 0)
        (entry,) = unit.calls.of(postmortem)
        # What is said a second time changes nothing.
        unit.calls.settle(ACME, made.id, Settled("refused", cost=9999))
        assert unit.calls.of(postmortem) == (entry,)
    assert (entry.outcome, entry.cost, entry.latency_ms, entry.request_id) == ("ok", 400, 1200, "req_1")


@pytest.mark.parametrize(
    ("caps", "reason"),
    [
        (Caps(150, 9999, 9999, 9999), "budget_postmortem"),
        (Caps(9999, 1500, 9999, 9999), "budget_postmortem"),
        (Caps(9999, 9999, 150, 9999), "budget_day"),
        (Caps(9999, 9999, 9999, 1500), "budget_day"),
    ],
)
def test_each_budget_ends_what_would_go_past_it(database: Database, postmortem: int, caps: Caps, reason: str) -> None:
    assert isinstance(begin(database, call(postmortem, "one"), caps), Begun)
    assert begin(database, call(postmortem, "two"), caps) == Refused(reason)
    assert isinstance(begin(database, call(postmortem, "three", 50, 500), caps), Begun)


def test_many_at_once_keep_to_one_budget(database: Database, postmortem: int) -> None:
    caps = replace(PLENTY, postmortem_cost=3500)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda n: begin(database, call(postmortem, f"draft-{n}"), caps), range(6)))
    assert sum(isinstance(each, Begun) for each in made) == 3


def test_a_thought_is_thought_once_at_a_time(database: Database, postmortem: int) -> None:
    made = begin(database, call(postmortem))
    assert isinstance(made, Begun)
    assert begin(database, call(postmortem)) == Refused("under_way")
    with database.writing() as unit:
        unit.calls.settle(ACME, made.id, Settled("overloaded"))
    assert isinstance(begin(database, call(postmortem)), Begun)


def test_a_call_whose_process_died_counts_as_paid_and_is_tried_once_more(database: Database, postmortem: int) -> None:
    first = begin(database, call(postmortem), lease=0)
    second = begin(database, call(postmortem), lease=0)
    assert isinstance(first, Begun)
    assert isinstance(second, Begun)
    assert begin(database, call(postmortem)) == Refused(LOST)
    with database.writing() as unit:
        assert [entry.outcome for entry in unit.calls.of(postmortem)] == [LOST, LOST]
        assert unit.calls.spent(postmortem) == (200, 2000)
        assert all(entry.perhaps_paid for entry in unit.calls.of(postmortem))
        # It was alive after all, and knows better.
        unit.calls.settle(ACME, first.id, Settled("ok", out=5, cost=10))
        assert unit.calls.spent(postmortem) == (105, 1010)


def test_another_attempt_reserves_as_much_again(database: Database, postmortem: int) -> None:
    wanted = call(postmortem)
    made = begin(database, wanted)
    assert isinstance(made, Begun)
    tight = replace(PLENTY, postmortem_cost=2000)
    with database.writing() as unit:
        assert unit.calls.again(ACME, made.id, wanted, tight, MINUTE) is None
        assert unit.calls.spent(postmortem) == (200, 2000)
        assert unit.calls.again(ACME, made.id, wanted, tight, MINUTE) == Refused("budget_postmortem")
        unit.calls.settle(ACME, made.id, Settled("schema", cost=700))
        assert unit.calls.again(ACME, made.id, wanted, PLENTY, MINUTE) == Refused(LOST)
