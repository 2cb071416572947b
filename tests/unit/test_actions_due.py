"""A phrase about a day becomes that day in the speaker's zone, or stays words; it is never silently another day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.due import find_due
from bot.actions.values import Ambiguous, Due

#: Tuesday 24 November, 22:30 in Los Angeles; Wednesday already in UTC.
LATE_TUESDAY = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
LA = "America/Los_Angeles"


def due(text: str, said_at: datetime = LATE_TUESDAY, zone: str = LA) -> Due | Ambiguous | None:
    return find_due(text, said_at=said_at, zone=zone)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("this afternoon", date(2026, 11, 24)),
        ("test it on the 26th in staging", date(2026, 11, 26)),
        ("I will write the release notes in English today.", date(2026, 11, 24)),
        ("today", date(2026, 11, 24)),
        ("EOD", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 25)),
        ("EOD tomorrow", date(2026, 11, 25)),
        ("write to the old provider tomorrow about their notice", date(2026, 11, 25)),
        ("friday", date(2026, 11, 27)),
        ("alert on the error rate, me, friday", date(2026, 11, 27)),
        ("by EOD Friday", date(2026, 11, 27)),
        ("on monday", date(2026, 11, 30)),
        ("EOW", date(2026, 11, 27)),
        ("by the end of the week", date(2026, 11, 27)),
        ("EOM", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of the quarter", date(2026, 12, 31)),
        ("by end of Q1", date(2027, 3, 31)),
        ("end of December", date(2026, 12, 31)),
        ("in 3 days", date(2026, 11, 27)),
        ("in two weeks", date(2026, 12, 8)),
        ("in 10 business days", date(2026, 12, 8)),
        ("within 48 h", date(2026, 11, 26)),
        ("2026-12-03", date(2026, 12, 3)),
        ("before Dec 3rd", date(2026, 12, 3)),
        ("the 3rd of December", date(2026, 12, 3)),
        ("Fri 27 Nov", date(2026, 11, 27)),
        ("by Jan 5", date(2027, 1, 5)),
        ("by 12/31", date(2026, 12, 31)),
        ("by 31/12", date(2026, 12, 31)),
        ("bis 3. Dezember", date(2026, 12, 3)),
        ("by the 3rd", date(2026, 12, 3)),
        ("by the 24th", date(2026, 11, 24)),
        ("before the 31st", date(2026, 12, 31)),
        ("raise the pool @ann 15/12", date(2026, 12, 15)),
        ("canary for the balancer (ann) 24/12", date(2026, 12, 24)),
        ("review on thursday 26/11", date(2026, 11, 26)),
        ("review on fri 4/12", date(2026, 12, 4)),
        ("cap the queue, ann, 30.11.2026", date(2026, 11, 30)),
        ("manual renewal @ann 4.12.", date(2026, 12, 4)),
        ("alert on the pool, ann, 4.12.", date(2026, 12, 4)),
        ("by monday week", date(2026, 12, 7)),
        ("raise the pool, friday week", date(2026, 12, 4)),
        ("raise the pool (ann, 2 weeks)", date(2026, 12, 8)),
        ("raise the pool - ann - 3 days", date(2026, 11, 27)),
        ("cut over as we agreed, by friday", date(2026, 11, 27)),
    ],
)
def test_a_phrase_names_a_day(text: str, day: date) -> None:
    found = due(text)
    assert isinstance(found, Due)
    assert found.date == day


@pytest.mark.parametrize(("text", "day"), [("next friday", date(2026, 12, 4)), ("tuesday", date(2026, 12, 1))])
def test_a_day_that_people_differ_about_is_not_sure(text: str, day: date) -> None:
    assert due(text) == Due(day, text, sure=False)


@pytest.mark.parametrize(
    "text",
    [
        "12/1", "by 12/1", "31 Feb", "by Feb 30", "9999-12-31", "Dec 3 9999", "Nov 3", "2026-11-01",
        "yesterday", "Thu 27 Nov",
        "by last friday", "next sprint", "by Q1", "Q1", "asap", "mid December", "next month",
        "before the freeze", "by the 32nd", "@ann 5/12", "thu 27/11",
    ],
)  # fmt: skip
def test_words_that_name_no_day_stay_words(text: str) -> None:
    found = due(text)
    assert isinstance(found, Ambiguous)
    assert found.words == text.removeprefix("@ann ")
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "12 of 30 pods", "v2.3.1 at 14:02", "we", "p99 over 12", "Q1 dashboard", "1/2 of the pods",
        "may fail", "the sun sets",
        "page in 10 minutes", "ban Friday deploys", "no deploys on friday", "every friday", "since Monday",
        "the second replica",
        "by the 11th hour", "raise the share to 15/12", "@ann 15/12 done is enough", "the monday week view",
        "keep the logs, 30 days", "hold for 3 days", "train ann, as she nearly did it in June",
        "cap it, because we lost data on friday",
        "2026-11-24T14:02:00Z", "10.0.3.12", "restart 3 pods", "march of the pods", "",
        "rewrite the tomorrow view",
        "see what happened on the 15th",
        "put it behind a lock, and eat",
        "check the release on friday",
        "make on-call 24/7", "upgrade to 4.12.", "upgrade the pool, then 4.12. everywhere", "alert at 3/4 of the quota",
        "see what was deployed today in staging",
    ],
)  # fmt: skip
def test_what_is_no_phrase_about_a_day_is_none(text: str) -> None:
    assert due(text) is None


def test_a_day_of_this_month_that_is_past_is_asked_about() -> None:
    said = due("add a check for the switch that gave up on the 3rd")
    assert said is None or isinstance(said, Ambiguous)
    assert isinstance(due("write it up on the 3rd"), Ambiguous)


def test_today_is_the_day_of_the_zone() -> None:
    assert due("today", zone="Pacific/Kiritimati") == Due(date(2026, 11, 25), "today")
    assert due("today", zone="Pacific/Pago_Pago") == Due(date(2026, 11, 24), "today")


def test_friday_said_on_a_friday_is_the_next_one_and_not_sure() -> None:
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert due("friday", friday, "UTC") == Due(date(2026, 12, 4), "friday", sure=False)
    assert due("this friday", friday, "UTC") == Due(date(2026, 11, 27), "this friday")


def test_monday_week_said_on_a_monday_is_a_week_away_and_not_sure() -> None:
    monday = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert due("monday week", monday, "UTC") == Due(date(2026, 11, 30), "monday week", sure=False)


def test_the_day_of_a_month_that_is_too_short_is_in_the_next() -> None:
    january = datetime(2027, 1, 31, 12, tzinfo=UTC)
    assert due("by the 30th", january, "UTC") == Due(date(2027, 3, 30), "by the 30th")


def test_a_day_with_a_by_wins_over_one_without() -> None:
    found = due("announce the launch of Dec 10, by Dec 3")
    assert isinstance(found, Due)
    assert found.date == date(2026, 12, 3)


@given(st.text(max_size=80), st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))
def test_any_text_at_any_time_gives_a_day_from_today_on_or_none(text: str, moment: datetime) -> None:
    found = find_due(text, said_at=moment.replace(tzinfo=UTC), zone="UTC")
    assert not isinstance(found, Due) or found.date >= moment.date()


@given(
    st.sampled_from(["by {} {}", "{} {}", "{}-{}", "by {}/{}", "in {} {}", "end of {} {}", "{} {} 9999"]),
    st.one_of(st.integers(0, 400), st.sampled_from(["feb", "next", "friday", "month", "q5", "days"])),
    st.one_of(st.integers(0, 400), st.sampled_from(["feb", "29", "days", "weeks", "months", "friday"])),
)
def test_odd_phrases_never_fail(shape: str, first: object, second: object) -> None:
    due(shape.format(first, second))
