"""A beginning is told in many ways; a time that somebody names need not be one."""

from __future__ import annotations

import pytest

from bot.timeline.beginning_hints import Named, named_moments
from bot.timeline.denied_times import undenied_moments
from bot.timeline.reading import Reading
from bot.timeline.signs import read_signs
from bot.timeline.values import Precision
from tests.unit.timeline_chat import chat, clock, read

#: A channel in which people talk about an incident; what is tried is said in the middle of it.
TALK = """
10:02 ana: nobody gets into the booking page, it just spins
10:03 ben: same here, phones are ringing
10:04 cleo: looking
10:09 ana: 40 guests have called by now
{}
10:31 cleo: the certificate of the gateway was not renewed, that's it
10:40 cleo: new one is in
10:44 ana: it works again, thank you
10:55 ben: closing this
"""

SAID = {
    "a first one": ("10:20 cleo: first failed login in the log is 08:51", "08:51"),
    "a first one, said by clock words": ("10:20 ben: the first call came at ten to nine", "08:50"),
    "since": ("10:20 ben: night desk has been writing them down by hand since about half eight", "08:30"),
    "back to": ("10:20 cleo: the jobs are all stuck in the queue, going back to 08:51", "08:51"),
    "the last good one": ("10:20 cleo: last booking that went through is 08:50, nothing after that", "08:50"),
    "a graph": ("10:20 cleo: graph falls off a cliff at 08:51 sharp", "08:51"),
    "an answer": ("10:19 ben: since when?\n10:20 cleo: 08:51", "08:51"),
    "two who say the same": ("10:20 cleo: logins drop at 08:51\n10:21 ben: 08:51 fits what the desk says", "08:51"),
    "a clock with an h": ("10:20 cleo: errors start at 08h51", "08:51"),
}
NOT_SAID = {
    "a schedule": "10:20 ben: the first bus with guests leaves at 9:15",
    "a meeting": "10:20 ben: the call with the hotel was at 9:00 btw",
    "a repair": "10:20 cleo: restarted it at 10:15, no change",
    "a plan": "10:20 ben: reminder, change freeze from 9:00 until tomorrow",
    "what is denied": "10:20 cleo: it did not start at 08:51",
    "how many": "10:20 ben: 9 of 12 desks have it",
    "a shift": "10:20 ben: the on-call shift changed at 9:30",
    "one's own shift": "10:20 ben: my shift started at 9:00",
    "coffee": "10:20 ben: my coffee broke my keyboard at 9:15, lol",
    "a job that went well": "10:20 ben: backup job finished at 9:30 fine",
    "when it was well": "10:20 ben: it was fine at 9:45",
    "when all was well": "10:20 ben: everything ok at 9:50 says the night log",
    "another thing": "10:20 ben: the vendor rang at 9:40 about another thing",
    "the last backup": "10:20 ben: last backup of the proxy is from 9:00",
    "a window": "10:20 ben: yesterday's window was 9:00",
}


@pytest.mark.parametrize("name", SAID)
def test_a_beginning_is_read_however_it_is_told(name: str) -> None:
    said, expected = SAID[name]
    assert clock(read(TALK.format(said)).facts.began) == expected


@pytest.mark.parametrize("name", NOT_SAID)
def test_another_time_is_no_beginning(name: str) -> None:
    assert read(TALK.format(NOT_SAID[name])).facts.began is None


def test_what_was_last_well_gives_about_the_time() -> None:
    began = read(TALK.format("10:20 cleo: last booking that went through is 08:50, nothing after that")).facts.began
    assert began is not None
    assert began.precision is Precision.ABOUT


def test_until_when_it_was_well_and_what_was_amiss_at_a_time_give_about_the_time() -> None:
    for said in ("errors were flat until 9:50", "the login page was dead at 9:50 for me"):
        began = read(TALK.format(f"10:20 ben: {said}")).facts.began
        assert began is not None
        assert (clock(began), began.precision) == ("09:50", Precision.ABOUT)


def test_a_backup_that_broke_may_be_the_incident() -> None:
    said = "10:20 cleo: the backup failed first at 08:51 and took the gateway with it"
    assert clock(read(TALK.format(said)).facts.began) == "08:51"


def test_who_says_the_first_one_outranks_the_change_that_led_to_it() -> None:
    said = "10:20 cleo: there was a deploy at 08:30\n10:22 cleo: first failed login in the log is 08:51"
    assert clock(read(TALK.format(said)).facts.began) == "08:51"


def hints(lines: str) -> list[Named]:
    messages = chat(lines)
    readings = [Reading(read_signs(each), (), None, undenied_moments(each.text, each.at, "UTC")) for each in messages]
    return named_moments(readings, messages[-1].at)


def test_each_hint_has_a_name_that_a_person_can_read() -> None:
    lines = "10:00 ana: since when?\n10:01 ben: first one at 08:51\n10:02 cleo: 07:00 is fine"
    asked, alone = (each.hints.keys() for each in hints(lines))
    assert {"asked", "says: first", "one before", "right before: at", "ends its sentence", "few words"} <= asked
    assert {"opens its sentence", "the earliest", "right after: is", "says: mended"} <= alone


def test_those_who_name_the_same_moment_are_counted_up_to_two() -> None:
    lines = "\n".join(f"10:{minute:02} ana: 08:51 here too" for minute in range(9))
    assert [each.hints["told again"] for each in hints(lines)] == [2.0] * 9
