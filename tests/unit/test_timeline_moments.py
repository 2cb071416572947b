"""Which moments people mean by the times they write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.timeline.moments import moments_in, windows_in
from bot.timeline.values import Precision

#: A Tuesday, late in the evening, in winter.
LATE = datetime(2026, 12, 1, 23, 10, tzinfo=UTC)


def told(text: str, zone: str = "UTC", at: datetime = LATE) -> list[str]:
    return [f"{each.at:%m-%d %H:%M}" for each in moments_in(text, at, zone)]


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("first complaints around half twelve UK time", "UTC", ["12-01 12:30"]),
        ("the sync happened at 13:31 PM", "Europe/London", ["12-01 13:31"]),
        ("the sync happened at 1:31 PM", "America/New_York", ["12-01 18:31"]),
        ("it was 10 am uk time", "America/New_York", ["12-01 10:00"]),
        ("between 17:50 and 18:08 UTC", "Asia/Tokyo", ["12-01 17:50", "12-01 18:08"]),
        ("between 16:23 and 17:12 (UTC)", "Europe/Berlin", ["12-01 16:23", "12-01 17:12"]),
        ("~13:30-13:45 it broke", "UTC", ["12-01 13:30", "12-01 13:45"]),
        ("since 14:?? or so", "UTC", ["12-01 14:00"]),
        ("it started mon morning, 09:30ish", "UTC", ["11-30 09:30"]),
        ("an hour ago", "UTC", ["12-01 22:10"]),
        ("about 45m ago, maybe 50 minutes ago", "UTC", ["12-01 22:25", "12-01 22:20"]),
        ("2026-11-30T13:02:11Z first alert", "UTC", ["11-30 13:02"]),
        ("we mitigated and see recovery since 1315 UTC", "UTC", ["12-01 13:15"]),
        ("from 1:30-2:15 PM ET", "UTC", ["12-01 18:30", "12-01 19:15"]),
        ("Between Nov 30 12:20 UTC and Dec 1 1:05 UTC", "UTC", ["11-30 12:20", "12-01 01:05"]),
        ("From 10:30 to 16:15 UTC on November 30th", "UTC", ["11-30 10:30", "11-30 16:15"]),
        ("On July 18, 2026, from 22:37 UTC to 04:47 UTC", "UTC", ["07-18 22:37", "07-19 04:47"]),
        ("On Monday at 10:00 we", "UTC", ["11-30 10:00"]),
        ("yesterday at 17:00", "UTC", ["11-30 17:00"]),
        ("last night at 03:00 and last night at 22:30", "UTC", ["12-01 03:00", "11-30 22:30"]),
        ("19 Nov 20:57 UTC", "UTC", ["11-19 20:57"]),
        ("10:15 CST", "America/Chicago", ["12-01 16:15"]),
        ("quarter to three", "UTC", ["12-01 14:45"]),
        ("it broke at 13:30 this time, sooner than ever", "UTC", ["12-01 13:30"]),
    ],
)
def test_a_time_is_read_in_the_zone_it_is_meant_in(text: str, zone: str, expected: list[str]) -> None:
    assert told(text, zone) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12 of 30 pods on v2.3.1",
        "10.0.0.1:8080 answered in 12:30 `14:02`",
        "see https://x.example/12:30 and <@U1234>",
        "ratio 1:10",
        "On 3/4/2026 at 10:00 we",  # March or April.
        "at 9:15 Tallinn time",  # A zone that is not known here.
        "10:15 CST",  # Chicago or Shanghai, and the writer is in neither.
        "next update at 23:30",
        "let's meet at 15:00 tomorrow",
        "2026-11-30 14:02:11,123 ERROR pool exhausted",
        "wait 5 minutes",
        "on 31 Feb at 10:00",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_left_out(text: str) -> None:
    assert [each for each in told(text) if not each.endswith("12:30")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is stuck since ten to six", ["17:50"]),
        ("the first call came at ten to nine", ["20:50"]),
        ("about twenty to eleven. nobody saw it", ["22:40"]),
        ("at 20 past 9, i think", ["21:20"]),
        ("we see it since 10 to 9", ["20:50"]),
        ("at ten to six the alarm rang", ["17:50"]),
        ("three minutes past four", ["16:03"]),
        ("from 9 to 10 guests an hour", []),
        ("down from 9 to 10", []),
        ("errors went up by 5 to 10 percent", []),
        ("Around 10 to 12 customers could not pay", []),
        ("went from 20 to 5 replicas", []),
        ("was 5 to 10 times worse", []),
        ("from five to six percent", []),
        ("about five to ten", []),
        ("25 past 3 builds failed", []),
        ("errors start at 08h51", ["08:51"]),
        ("the restore took 12h30", []),
        ("it ran 10h30 and then died", []),
        ("uptime 23h59", []),
    ],
)
def test_a_number_up_to_another_and_a_length_are_no_time_of_day(text: str, expected: list[str]) -> None:
    assert [each[6:] for each in told(text)] == expected


def test_yesterday_is_counted_where_the_writer_is() -> None:
    assert told("yesterday 5pm PT", "Europe/Berlin", datetime(2026, 11, 14, 13, 58, tzinfo=UTC)) == ["11-14 01:00"]


def test_summer_time_is_the_regions_own() -> None:
    july = datetime(2026, 7, 14, 20, 0, tzinfo=UTC)
    assert told("started 10:00 PST", at=july) == ["07-14 17:00"]
    assert told("10 am uk time", at=july) == ["07-14 09:00"]


def test_a_loose_time_is_marked_as_about() -> None:
    exact, loose = moments_in("at 13:02 UTC, or shortly after 14:10", LATE, "UTC")
    assert (exact.precision, loose.precision) == (Precision.EXACT, Precision.ABOUT)


def test_an_hour_that_may_be_afternoon_is_about() -> None:
    (moment,) = moments_in("sync at 1:31", datetime(2026, 12, 1, 14, 5, tzinfo=UTC), "UTC")
    assert (f"{moment.at:%H:%M}", moment.precision) == ("13:31", Precision.ABOUT)


def test_a_time_of_long_ago_without_a_day_is_left_out() -> None:
    assert told("at 09:00", at=datetime(2026, 12, 1, 8, 0, tzinfo=UTC)) == []


def test_a_window_keeps_both_ends_and_never_runs_backwards() -> None:
    text = "Beginning at 8:38 PM UTC on November 30, 2026 and lasting until 9:28 PM UTC, pages failed"
    (window,) = windows_in(text, moments_in(text, LATE, "UTC"))
    assert (f"{window.start.at:%d %H:%M}", f"{window.end.at:%d %H:%M}") == ("30 20:38", "30 21:28")
    assert windows_in("restarted at 10:00 and 10:30", moments_in("restarted at 10:00 and 10:30", LATE, "UTC")) == ()


@pytest.mark.parametrize(
    "text", ["", "\0", "9" * 5000, "12:30 " * 3000, "99:99 25:61", "at 24:30", "½ past", "🕐" * 400]
)
def test_no_text_is_too_odd_to_read(text: str) -> None:
    for each in moments_in(text, LATE, "UTC"):
        assert each.at.tzinfo is not None
        assert each.words in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it began on friday at 7:10", "11-27 07:10"),
        ("since saturday 14:00", "11-28 14:00"),
        ("thursday 10am", "11-26 10:00"),
        ("last friday at 10:15 UTC", "11-27 10:15"),
        ("this monday 10:15", "11-30 10:15"),
        ("fri 18:05", "11-27 18:05"),
        ("18:05 UTC fri, then quiet", "11-27 18:05"),
        ("since mon 9:00", "11-30 09:00"),
        ("On FRIDAY at 10:00", "11-27 10:00"),
        ("tuesday 23:50", "11-24 23:50"),
        ("the load sat at 13:30 where it was", "12-01 13:30"),
        ("at 13:30 sat the queue", "12-01 13:30"),
        ("may at 13:30", "12-01 13:30"),
        ("the second at 13:30", "12-01 13:30"),
    ],
)
def test_a_weekday_is_its_last_one_before_the_message_however_it_is_written(text: str, expected: str) -> None:
    assert told(text)[0] == expected


def test_a_weekday_that_lies_ahead_is_no_past() -> None:
    assert told("let's meet on tuesday at 23:50") == []
    assert told("next friday at 10:00") == []
    assert told("this friday 10:15") == []
    spans = windows_in(text := "down from fri 18:00 to sat 10:00", moments_in(text, LATE, "UTC"))
    assert [(f"{w.start.at:%d %H:%M}", f"{w.end.at:%d %H:%M}") for w in spans] == [("27 18:00", "28 10:00")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("first one came in at 5:22 am Chicago", "12-01 11:22"),
        ("first ticket 5:22am chicago, then more", "12-01 11:22"),
        ("at 13:30 London and then again", "12-01 13:30"),
        ("from 5:22 am to 6:10 am Los Angeles", "12-01 13:22"),
        ("at 13:30 Chicago went down", "12-01 13:30"),
        ("at 13:30 Tokyo customers complained", "12-01 13:30"),
        ("at 13:30 Lisa, who saw it", "12-01 13:30"),
    ],
)
def test_a_place_that_is_known_here_names_a_clock_unless_something_is_said_of_it(text: str, expected: str) -> None:
    assert told(text)[0] == expected
