"""One worker at a time carries a postmortem on, and what Slack delivers is heard once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.errors import DatabaseFault
from bot.interview.state import Workspace
from storage.database import Database
from storage.errors import Fenced
from storage.inbox import ATTEMPTS
from tests.storage.values import ACME, NOW, begun


def _postmortem(database: Database) -> int:
    with database.writing() as unit:
        return unit.postmortems.create(begun(), "", None).id


def test_a_claim_is_held_by_one_until_it_is_given_back(database: Database) -> None:
    id = _postmortem(database)
    with database.writing() as unit:
        taken = unit.claims.take(id, "anna")
        assert taken is not None
        assert taken.unsettled is None
        assert unit.claims.take(id, "bert") is None
        assert unit.claims.take(id, "anna") is not None, "one's own claim can be extended"
        unit.claims.release(id, "bert")
        assert unit.claims.take(id, "bert") is None, "nobody gives back what somebody else holds"
        unit.claims.release(id, "anna")
        assert unit.claims.take(id, "bert") is not None


def test_of_many_who_grab_at_once_one_gets_it(database: Database) -> None:
    id = _postmortem(database)
    together = threading.Barrier(6)

    def grab(n: int) -> bool:
        together.wait()
        with database.writing() as unit:
            return unit.claims.take(id, f"worker {n}") is not None

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(grab, range(6))) == 1


def test_a_move_left_by_a_dead_worker_is_settled_by_the_next(database: Database) -> None:
    id = _postmortem(database)
    with database.writing() as unit:
        assert unit.claims.take(id, "anna")
        begun_at = unit.now()
        unit.claims.begin(id, "anna", "ask-3", lease_seconds=0)
    with database.writing() as unit:
        taken = unit.claims.take(id, "bert")
    assert taken is not None
    assert taken.since is not None
    assert taken.unsettled == "ask-3"
    assert abs(taken.since - begun_at) < timedelta(seconds=5)


def test_a_claim_is_taken_together_with_the_beginning_of_a_move(database: Database) -> None:
    id = _postmortem(database)
    with database.writing() as unit:
        assert unit.claims.take_to_make(id, "anna", "ask-1", NOW)
        assert not unit.claims.take_to_make(id, "bert", "ask-2", NOW), "somebody else holds it"
        assert not unit.claims.take_to_make(id, "anna", "ask-2", NOW), "what was begun is settled first"
        unit.claims.release(id, "anna")
        assert not unit.claims.take_to_make(id, "bert", "ask-2", NOW), "also what somebody else has begun"
        taken = unit.claims.take(id, "bert")
        assert taken is not None
        assert (taken.unsettled, taken.since) == ("ask-1", NOW)
        unit.claims.finish(id, "bert")
        assert unit.claims.take_to_make(id, "bert", "ask-2", NOW)


def test_a_worker_that_slept_through_its_lease_cannot_save_its_result(database: Database) -> None:
    id = _postmortem(database)
    with database.writing() as unit:
        unit.claims.take(id, "anna")
        unit.claims.begin(id, "anna", "ask-3", lease_seconds=0)
        unit.claims.take(id, "bert")
        unit.claims.finish(id, "bert")

    def save_late() -> None:
        with database.writing() as unit:
            before, _ = unit.postmortems.load(id)
            unit.postmortems.save(before, before, NOW)
            unit.claims.finish(id, "anna")

    with pytest.raises(Fenced):
        save_late()
    with pytest.raises(Fenced), database.writing() as unit:
        unit.claims.begin(id, "anna", "ask-4")
    with database.reading() as unit:
        assert unit.postmortems.due(NOW) == (), "what was saved before the fence was noticed is undone"


def test_a_late_worker_whom_nobody_replaced_may_go_on(database: Database) -> None:
    id = _postmortem(database)
    with database.writing() as unit:
        unit.claims.take(id, "anna", lease_seconds=0)
        unit.claims.begin(id, "anna", "ask-3", lease_seconds=0)
        unit.claims.finish(id, "anna")
        taken = unit.claims.take(id, "bert")
    assert taken is not None
    assert taken.unsettled is None


def test_claiming_makes_no_answer_stale(database: Database) -> None:
    id = _postmortem(database)
    with database.writing() as unit:
        before, _ = unit.postmortems.load(id)
        unit.claims.take(id, "anna")
        unit.claims.begin(id, "anna", "ask-1")
        unit.claims.finish(id, "anna")
        assert unit.postmortems.save(before, before, None).version == before.version + 1


def test_a_repeated_delivery_is_known_again(database: Database) -> None:
    with database.writing() as unit:
        assert unit.inbox.put("Ev1", ACME, "event", {"text": "hello", "deep": [1, None, {"x": "é👍"}]}, NOW)
        assert not unit.inbox.put("Ev1", ACME, "event", {"text": "hello again"}, NOW)
        delivery = unit.inbox.take("Ev1")
    assert delivery is not None
    assert delivery.workspace == ACME
    assert delivery.payload == {"text": "hello", "deep": [1, None, {"x": "é👍"}]}


def test_of_what_was_heard_only_the_key_stays_for_a_while(database: Database) -> None:
    with database.writing() as unit:
        unit.inbox.put("Ev1", ACME, "event", {"text": "a secret plan"}, NOW)
        unit.inbox.heard("Ev1", NOW)
        unit.inbox.heard("Ev1", NOW + timedelta(days=30))
        assert unit.inbox.take("Ev1") is None
        assert not unit.inbox.put("Ev1", ACME, "event", {"text": "a secret plan"}, NOW)
        assert unit.inbox.unheard(NOW + timedelta(days=1)) == ()
        unit.inbox.purge(NOW + timedelta(days=7))
        assert unit.inbox.put("Ev1", ACME, "event", {}, NOW), "after a week the key is forgotten"


def test_what_nobody_heard_is_found_in_the_order_in_which_it_came(database: Database) -> None:
    with database.writing() as unit:
        for n in (3, 1, 2):
            unit.inbox.put(f"Ev{n}", ACME, "event", {}, NOW + timedelta(seconds=n))
        unit.inbox.put("Ev9", ACME, "event", {}, NOW + timedelta(seconds=60))
        waiting = unit.inbox.unheard(NOW + timedelta(seconds=10))
        assert [d.key for d in waiting] == ["Ev1", "Ev2", "Ev3"]
        assert len(unit.inbox.unheard(NOW + timedelta(seconds=10), limit=2)) == 2


def test_a_delivery_that_fails_again_and_again_is_kept_with_its_reason(database: Database) -> None:
    with database.writing() as unit:
        unit.inbox.put("Ev1", ACME, "event", {"text": "hm"}, NOW)
        assert [unit.inbox.failed("Ev1", f"reason {n}", NOW) for n in range(ATTEMPTS)] == [False] * 4 + [True]
        assert unit.inbox.take("Ev1") is None
        assert unit.inbox.unheard(NOW + timedelta(days=1)) == ()
        unit.inbox.purge(NOW)
        ((delivery, why),) = unit.inbox.dead()
        assert (delivery.payload, delivery.attempts, why) == ({"text": "hm"}, 5, "reason 4")
        unit.inbox.purge(NOW + timedelta(days=7))
        ((delivery, why),) = unit.inbox.dead()
        assert (delivery.payload, why) == ({}, "reason 4")


def test_two_workspaces_may_use_the_same_key(database: Database) -> None:
    other = Workspace("T2")
    with database.writing() as unit:
        assert unit.inbox.put("Ev1", ACME, "event", {"n": 1}, NOW)
        assert unit.inbox.put("Ev1", other, "event", {"n": 2}, NOW)
        unit.inbox.heard("Ev1", NOW, workspace=ACME)
        left = unit.inbox.take("Ev1")
    assert left is not None
    assert left.workspace == other


def test_two_workers_do_not_hear_the_same_delivery(database: Database) -> None:
    with database.writing() as unit:
        unit.inbox.put("Ev1", ACME, "event", {}, NOW)
    heard: list[int] = []

    def hear(n: int) -> None:
        with database.writing() as unit:
            if unit.inbox.take("Ev1") is not None:
                heard.append(n)
                unit.inbox.heard("Ev1", NOW)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(hear, range(6)))
    assert len(heard) == 1


def test_a_reader_can_look_at_a_delivery_too(database: Database) -> None:
    with database.writing() as unit:
        unit.inbox.put("Ev1", ACME, "event", {"n": 1}, NOW)
    with database.reading() as unit:
        assert unit.inbox.take("Ev1") is not None


def test_a_repeat_that_waits_for_a_busy_database_gives_up_in_time_for_slack(database: Database) -> None:
    with database.writing() as unit:
        unit.inbox.put("Ev1", ACME, "event", {}, NOW)
        begun_at = threading.Event()
        waited: list[float] = []

        def deliver() -> None:
            begun_at.set()
            before = database.now()
            with pytest.raises(DatabaseFault, match="it is busy"), database.writing(timeout=0.2) as late:
                late.inbox.put("Ev1", ACME, "event", {}, NOW)
            waited.append((database.now() - before).total_seconds())

        other = threading.Thread(target=deliver)
        other.start()
        other.join()
    assert 0.1 < waited[0] < 1.5
