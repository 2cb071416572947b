"""A worker that has time goes on by itself; nobody who is waited for stands behind it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.workers import CONVERSATION, PUT_OFF, UNHURRIED, Workers

LONG = 20.0


@contextmanager
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close(LONG)


def asked(team: Workers, key: str, answers: dict[str, bool], then: Callable[[], object]) -> Callable[[], None]:
    """Work that asks whether it may linger, and then does something else."""

    def work() -> None:
        answers[key] = team.may_linger()
        then()

    return work


def test_a_worker_lingers_only_while_nobody_waits_for_one_and_half_of_them_stay_free() -> None:
    answers: dict[str, bool] = {}
    with workers() as team:
        end = threading.Event()
        for n in range(CONVERSATION):
            begun = threading.Event()

            def then(begun: threading.Event = begun) -> None:
                begun.set()
                end.wait(LONG)

            team.submit(f"{n}", asked(team, f"{n}", answers, then), first=True)
            assert begun.wait(LONG)
        lingering = [answers[f"{n}"] for n in range(CONVERSATION)]
        assert lingering == [True] * UNHURRIED["conversation"] + [False] * (CONVERSATION - UNHURRIED["conversation"])
        team.submit("waited for", lambda: None, first=True)
        end.set()
        assert team.settled(LONG)
        # Whoever lingered has given its place back.
        team.submit("later", asked(team, "later", answers, lambda: None), first=True)
        assert team.settled(LONG)
        assert answers["later"]


def test_nobody_lingers_while_somebody_waits_for_a_worker() -> None:
    answers: dict[str, bool] = {}
    with workers() as team:
        end, busy = threading.Event(), threading.Semaphore(0)

        def hold() -> None:
            busy.release()
            end.wait(LONG)

        for n in range(CONVERSATION - 1):
            team.submit(f"busy {n}", hold, first=True)
        for _ in range(CONVERSATION - 1):
            assert busy.acquire(timeout=LONG)
        waits, begun, asked_it = threading.Event(), threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            waits.wait(LONG)
            answers["last"] = team.may_linger()
            asked_it.set()

        team.submit("last", work, first=True)
        assert begun.wait(LONG)
        team.submit("pressed", lambda: None, first=True)
        waits.set()
        assert asked_it.wait(LONG)
        end.set()
        assert team.settled(LONG)
    assert answers["last"] is False


def test_a_key_that_is_held_is_handed_on_before_anybody_else_gets_it() -> None:
    done: list[str] = []
    with workers() as team:
        with team.holding("postmortem:1") as hold:
            assert hold.free
            team.submit("postmortem:1", lambda: done.append("woken"))
            with team.holding("postmortem:1") as second:
                assert not second.free
            hold.rest = lambda: done.append("begun")
        assert team.settled(LONG)
    assert done == ["begun", "woken"]


def test_closing_does_what_somebody_waits_for_and_begins_nothing_else() -> None:
    team, end, begun = Workers(), threading.Event(), threading.Semaphore(0)

    def hold() -> None:
        begun.release()
        end.wait(LONG)

    for n in range(CONVERSATION):
        team.submit(f"busy {n}", hold, first=True)
    for _ in range(CONVERSATION):
        assert begun.acquire(timeout=LONG)
    done: list[str] = []
    team.submit("owed", lambda: done.append("owed"))
    team.submit("pressed", lambda: done.append("pressed"), first=True)
    threading.Timer(0.05, end.set).start()
    team.close(LONG)
    assert team.settled(0)
    assert done == ["pressed"]


def test_who_thinks_waits_until_people_are_served_and_no_longer_than_told() -> None:
    with workers() as team:
        begun, end = threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            end.wait(LONG)

        team.submit("a", work)
        assert begun.wait(LONG)
        assert not team.wait_until_calm(0.01)
        threading.Timer(0.05, end.set).start()
        assert team.wait_until_calm(LONG)


def test_what_is_left_of_some_work_keeps_its_key_and_comes_after_what_somebody_waits_for() -> None:
    done: list[str] = []
    with workers() as team:
        asked = threading.Event()

        def posted() -> Callable[[], None]:
            assert asked.wait(LONG)
            assert team.somebody_waits()
            return lambda: done.append("saved")

        with team.hurrying():
            team.submit("postmortem:1", posted, first=True)
            for n in range(2 * CONVERSATION):
                team.submit(f"pressed {n}", lambda: done.append("posted"), first=True)
            team.submit("postmortem:1", lambda: done.append("woken"))
            asked.set()
            assert not team.settled(0.1)
            assert done == ["posted"] * 2 * CONVERSATION
        assert team.settled(LONG)
    assert done[-2:] == ["saved", "woken"]


def test_nothing_is_put_off_for_ever_while_others_go_on_pressing() -> None:
    done = threading.Event()
    with workers() as team, team.hurrying():
        team.submit("left", done.set)
        end = time.monotonic() + LONG
        while not done.is_set() and time.monotonic() < end:
            team.submit("pressed", lambda: None, first=True)
            time.sleep(PUT_OFF / 20)
        assert done.is_set()


def test_what_is_left_of_some_work_is_done_before_the_workers_go_home() -> None:
    team, done = Workers(), []
    with team.hurrying():
        team.submit("postmortem:1", lambda: lambda: done.append("saved"), first=True)
        assert not team.settled(0.1)
        team.close(LONG)
    assert team.settled(0)
    assert done == ["saved"]
