"""Slack says things twice, late, out of order or not at all; calls and databases fail: nothing is lost or doubled."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.people import call
from storage.database import Database
from tests.fakes.postgres import Postgres
from tests.fakes.scene import CHANNEL
from tests.faults.here import Ear, LifeHere, never, play
from tests.faults.picture import differences, picture
from tests.faults.points import AFTER, BEFORE, Fate
from tests.faults.recorded import recorded, standing
from tests.faults.script import STEPS
from tests.faults.stage import Moment, Stage, stage
from tests.faults.there import LifeThere, nursery

NAMES = [step.name for step in STEPS]
ANSWER, NEXT, REMINDER = NAMES.index("answer"), NAMES.index("next"), NAMES.index("the week after the next")
DAY = 86_400.0


def _words(moment: Moment) -> list[object]:
    """What people see and what is kept of their words; how often something was noted depends on the order."""
    whole = picture(moment)
    return [
        whole["shown"],
        whole["waiting"],
        whole["rows"]["questions"],
        whole["rows"]["posts"],
        sorted(("" if r["deleted"] else r["user"], r["text"], r["deleted"]) for r in moment.rows["replies"]),
    ]


@contextmanager
def alive(here: Stage) -> Iterator[LifeHere]:
    life = LifeHere(here, Fate(never))
    try:
        yield life
    finally:
        life.end()


def patiently(here: Stage, life: LifeHere, minutes: int = 4) -> Moment:
    """The next minutes, one by one."""
    for _ in range(minutes):
        here.recover(life)
    return here.moment()


def test_events_that_come_four_times_and_in_any_order_have_the_effect_of_one_each() -> None:
    here, played = standing("sqlite"), recorded()
    pictures = []
    for seed in (None, 1, 2, 3, 4):
        here.back_to(played.moments[ANSWER])
        with alive(here) as life:
            listening, here.slack.gateway.request_url = here.slack.gateway.request_url, Ear("", "")
            known = len(here.slack.workspace.data["deliveries"])
            here.say("Checkout failed", name="first")
            here.say("In the app too", "U0TOM", "toms")
            here.person().edit(CHANNEL, here.known["first"], "Checkout failed for one in five")
            here.person().edit(CHANNEL, here.known["first"], "Checkout failed for one in four")
            here.person("U0TOM").delete(CHANNEL, here.known["toms"])
            events = [d["payload"] for d in here.slack.workspace.data["deliveries"][known:]]
            assert len(events) == 5
            order = list(events)
            if seed is not None:
                order *= 4
                random.Random(seed).shuffle(order)  # noqa: S311 -- an order, not a secret
            for event in order:
                assert not life._hear(event).reason
            life.rest()
            here.slack.gateway.request_url = listening
            pictures.append(_words(patiently(here, life, 1)))
    assert "one in four" in str(pictures[0])
    assert "In the app too" not in str(pictures[0])
    for other in pictures[1:]:
        assert other == pictures[0]


def test_after_a_day_of_downtime_everything_is_heard_and_nothing_asked_twice() -> None:
    here, played = standing("sqlite"), recorded()
    here.back_to(played.moments[ANSWER + 1])
    here.slack.gateway.request_url = Ear("", "")
    before = here.person().thread(CHANNEL, here.root)
    here.say("I saw it in the app too", "U0TOM", "toms")
    here.say("never mind this one", "U0ASHA", "ashas")
    here.person().edit(CHANNEL, here.known["first"], "Checkout failed for EU customers")
    here.person("U0ASHA").delete(CHANNEL, here.known["ashas"])
    for _ in range(4):
        here.clock.advance(DAY / 4)
        while here.deliveries()[0]:
            time.sleep(0.001)
    with alive(here) as life:
        life.begin()
        left = patiently(here, life, 2)
    said = [(r["user"], r["text"]) for r in left.rows["replies"] if not r["deleted"]]
    assert said == [("U0MARIA", "Checkout failed for EU customers"), ("U0TOM", "I saw it in the app too")]
    assert len(left.rows["questions"]) == 1
    assert "Noted from two people" in str(picture(left)["shown"])
    bot = here.slack.workspace.bot["user_id"]
    mine = [m["ts"] for m in here.person().thread(CHANNEL, here.root) if m.get("user") == bot]
    assert mine == [m["ts"] for m in before if m.get("user") == bot], "the bot said something twice"


@pytest.mark.parametrize("number", [ANSWER, NEXT, NEXT + 2])
def test_a_death_between_the_acknowledgement_and_the_hearing_loses_nothing(number: int) -> None:
    here, played = standing("sqlite"), recorded()
    here.back_to(played.moments[number])
    life = LifeHere(here, Fate(never))
    assert here.try_as_a_person(STEPS[number].act)
    while here.deliveries()[0]:
        time.sleep(0.001)
    # A press of a question's button is heard in the transaction that keeps it; its move is still owed.
    assert here.unheard() == (0 if number == NEXT else 1)
    life.end()
    with alive(here) as life:
        life.begin()
        left = patiently(here, life, 1)
    assert differences(played.pictures[number + 1], picture(left)) == []


FAULTS = [
    Fault("*", "ratelimited", times=6, retry_after=30),
    Fault("chat.update", "ratelimited", times=3, retry_after=30),
    Fault("chat.postMessage", "drop_after", times=1),
    Fault("chat.postMessage", "drop_before", times=2),
    Fault("chat.postMessage", "http_500", times=2),
    Fault("chat.update", "drop_after", times=1),
    Fault("*", "http_500", times=4),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.method}-{f.kind}")
@pytest.mark.parametrize("number", [NEXT, REMINDER])
def test_calls_that_fail_are_made_again_and_never_twice(number: int, fault: Fault) -> None:
    here, played = standing("sqlite"), recorded()
    here.back_to(played.moments[number])
    planned = Fault(fault.method, fault.kind, times=fault.times, retry_after=fault.retry_after)
    try:
        with alive(here) as life:
            here.slack.calls.plan.append(planned)
            play(here, life, STEPS[number])
            left = patiently(here, life, 7)
    finally:
        here.slack.calls.plan.clear()
    assert differences(played.pictures[number + 1], picture(left)) == []


@pytest.mark.parametrize("kind", ["http_500", "drop_before"])
def test_an_hour_without_slack_is_waited_out_calmly_and_everything_is_said_once(kind: str) -> None:
    here, played = standing("sqlite"), recorded()
    here.back_to(played.moments[NEXT])
    try:
        with alive(here) as life:
            here.slack.calls.plan.append(Fault("*", kind, times=1_000_000))
            made = _last_call(here)
            STEPS[NEXT].act(here)
            for _ in range(60):
                life.look()
                life.rest()
                here.clock.advance(60)
            tried = _last_call(here) - made
            assert 0 < tried <= 60 * 2, "tried again and again, and never in a circle"
            here.slack.calls.plan.clear()
            left = patiently(here, life, 2)
    finally:
        here.slack.calls.plan.clear()
    assert differences(played.pictures[NEXT + 1], picture(left)) == []


def test_a_database_that_is_locked_for_three_seconds_means_no_acknowledgement_and_no_loss() -> None:
    here, played = standing("sqlite"), recorded()
    here.back_to(played.moments[ANSWER])
    with alive(here) as life:
        with here.engine.connect() as connection:
            connection.exec_driver_sql("UPDATE runs SET name = name")
            STEPS[ANSWER].act(here)
            end = time.monotonic() + 3.0
            while time.monotonic() < end:
                time.sleep(0.02)
            delivery = here.slack.workspace.data["deliveries"][-1]
            assert not delivery["acked"], "what cannot be kept must not be acknowledged"
            connection.rollback()
        left = patiently(here, life, 1)
    assert differences(played.pictures[ANSWER + 1], picture(left)) == []


@pytest.mark.parametrize("side", [BEFORE, AFTER])
@pytest.mark.parametrize(
    ("number", "kind"),
    [(ANSWER, "Hearing Inbox.put"), (NEXT, "Facilitator Pressed"), (NEXT, "Facilitator Posted")],
)
def test_postgresql_may_be_killed_and_restarted_in_the_middle_of_work(
    number: int, kind: str, side: str, own: Postgres
) -> None:
    played, url = recorded(), own.url(own.create())
    Database(url).migrate()
    with stage(url) as here:
        here.back_to(played.moments[number])
        here.engine.dispose()
        down, gone = Event(), Event()

        def strike(met: str, at: str) -> None:
            if not down.is_set() and (met, at) == (kind, side):
                down.set()
                own.kill()
                gone.set()

        fate = Fate(strike)
        life = LifeHere(here, fate)
        before = here.heard_of()
        here.engine.dispose()
        well = here.try_as_a_person(STEPS[number].act)
        while here.deliveries()[0] and not down.wait(0.001):
            pass
        while life.workers.next():
            pass
        assert down.is_set(), "it was never killed there"
        gone.wait()
        own.start()
        left = patiently(here, life, 1)
        if not well and not STEPS[number].kept(here, before):
            assert here.try_as_a_person(STEPS[number].act)
            left = patiently(here, life, 2)
        life.end()
        assert differences(played.pictures[number + 1], picture(left)) == []


@pytest.fixture(scope="module")
def own() -> Iterator[Postgres]:
    """A PostgreSQL that nobody else uses."""
    postgres = Postgres()
    postgres.start()
    yield postgres
    postgres.stop()


def _last_call(here: Stage, method: str = "") -> int:
    """The number of the last call, or of the last one of a method."""
    return max((int(c["n"]) for c in list(here.slack.calls.log) if method in ("", c["method"])), default=0)


@pytest.mark.parametrize("what", ["disconnect", "drop"])
def test_what_is_said_while_the_socket_is_gone_is_heard(what: str) -> None:
    here, played = standing("sqlite"), recorded()
    here.back_to(played.moments[ANSWER])
    life = LifeThere(here, nursery())
    life.rest()
    # Some time has passed since the thread was compared last.
    here.clock.advance(1)
    compared = _last_call(here, "conversations.replies")
    call(here.slack.url, "POST", "socket", {"do": what})
    STEPS[ANSWER].act(here)
    end = time.monotonic() + 45
    while not here.slack.gateway.settled and time.monotonic() < end:
        time.sleep(0.02)
    assert here.slack.gateway.settled, "the bot did not come back"
    # The hello of the new socket makes the bot compare the thread: only then can it be asked whether it rests.
    while _last_call(here, "conversations.replies") == compared and time.monotonic() < end:
        life.look()
        time.sleep(0.02)
    assert _last_call(here, "conversations.replies") > compared, "the bot did not look at what it missed"
    here.recover(life)
    left = here.moment()
    life.end()
    assert differences(played.pictures[ANSWER + 1], picture(left)) == []
