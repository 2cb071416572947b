"""A window of time is read as the person means it, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.beginning.windows import Unclear, Window, read_window
from bot.interview.bounds import Bounds, moment_of, stamp, too_much
from bot.slack import window_modal
from tests.unit.sent_forms import sent, sound

#: A Friday, 17:40 in Warsaw.
NOW = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ("", Window("")),
        ("Checkout was down", Window("Checkout was down")),
        ("Checkout was down since the release", Window("Checkout was down since the release")),
        ("Mail from support", Window("Mail from support")),
        ("timeouts from 3rd party API", Window("timeouts from 3rd party API")),
        ("checkout down since 4312 release", Window("checkout down since 4312 release")),
        ("since 2026-11-20 14:00", Window("", at(20, 13))),
        ("since 2026-11-20T14:00", Window("", at(20, 13))),
        ("Checkout was down since 2026-11-19", Window("Checkout was down", at(18, 23))),
        ("since 14:00", Window("", at(20, 13))),
        ("SINCE 18:00", Window("", at(19, 17))),
        ("since yesterday", Window("", at(18, 23))),
        ("service Search since Yesterday 09:30", Window("service Search", at(19, 8, 30))),
        ("from 2026-11-18 22:00 to 2026-11-19 02:00", Window("", at(18, 21), at(19, 1))),
        ("from 2026-11-18 22:00 to 02:00", Window("", at(18, 21), at(19, 1))),
        ("from 2026-11-18 22:00 until 23:15", Window("", at(18, 21), at(18, 22, 15))),
        ("from 2026-11-18 to 2026-11-19", Window("", at(17, 23), at(19, 23))),
        ("from yesterday 10:00 to today 10:00", Window("", at(19, 9), at(20, 9))),
    ],
)
def test_a_window_is_read_in_the_zone_of_the_person(typed: str, window: Window) -> None:
    assert read_window(typed, NOW, "Europe/Warsaw") == window


@pytest.mark.parametrize(
    "typed",
    [
        "since monday",
        "since",
        "from 2026-11-20 14:00",
        "since 2026-11-20 14:00 to 15:00",
        "since 2026-13-20",
        "since 25:00",
        "since 2026-11-21",
        "from 2026-11-20 to 2026-11-18",
        "from 2026-11-18 22:00 to later",
        "since 20.11.2026",
        "since 20/11/2026",
        "since 2pm",
        "since 2026-11-20 14:00 please",
    ],
)
def test_what_is_no_window_is_said_back_and_never_guessed(typed: str) -> None:
    assert read_window(typed, NOW, "Europe/Warsaw") == Unclear(typed)


def test_a_scope_tells_channels_threads_and_windows_apart() -> None:
    scopes = [
        Bounds(),
        Bounds(root="1795000001.000100"),
        Bounds(start=at(18, 21)),
        Bounds(start=at(18, 21), end=at(19, 1)),
    ]
    assert len({each.scope("C1") for each in scopes}) == 4
    assert Bounds().scope("C1") == "C1"


def test_stamps_are_moments_and_sort_like_them() -> None:
    assert moment_of(stamp(NOW)) == NOW
    assert stamp(at(18, 21)) < stamp(at(18, 21, 1)) < "1795100000.000100"
    assert Bounds(end=at(19, 1)).latest("1795100000.000100") == stamp(at(19, 1))
    assert Bounds().latest("1795000001.000100") == "1795000001.000100"


@pytest.mark.parametrize(
    ("messages", "days", "asked"), [(40, 13, False), (2000, 13, False), (2001, 1, True), (40, 15, True)]
)
def test_past_two_thousand_messages_or_two_weeks_people_say_what_belongs(messages: int, days: int, asked: bool) -> None:
    assert too_much(messages, stamp(at(1, 0)), stamp(at(1 + days, 0))) is asked


def test_the_form_reads_the_same_window_as_what_is_typed() -> None:
    form = sound(window_modal.window(1, NOW, "Europe/Warsaw"))
    whole_day = sent(form, from_day="2026-11-19", to_day="2026-11-19")
    assert window_modal.read_window(whole_day) == window_modal.Chosen(at(18, 23), at(19, 23))
    assert window_modal.window_faults(whole_day, NOW) == {}


@pytest.mark.parametrize(
    ("entered", "block"),
    [
        ({"from_day": None}, "from_day"),
        ({"from_day": "2026-11-27"}, "from_day"),
        ({"from_day": "2026-11-19", "to_time": "15:00"}, "to_day"),
        ({"from_day": "2026-11-19", "to_day": "2026-11-18"}, "to_day"),
    ],
)
def test_a_window_that_cannot_be_meant_is_said_at_its_field(entered: dict[str, str], block: str) -> None:
    form = window_modal.window(1, NOW, "Europe/Warsaw")
    assert list(window_modal.window_faults(sent(form, **entered), NOW)) == [block]
