"""Lengths of time that people state, held against the times of the record: asked about only where they contradict."""

from __future__ import annotations

import pytest

from tests.unit.timeline_chat import read

#: Detected 10:00, acknowledged 10:12, mitigated 10:45, resolved 11:30; it began at 9:50.
OUTAGE = """
    10:00 <PagerDuty>: Triggered: checkout is down
    10:12 ann: on it, looking at the checkout pods
    10:14 ann: customers saw the first errors at 9:50 UTC
    10:45 ann: mitigated, we rolled back the release
    11:30 ann: incident resolved
"""


def warnings(said: str) -> list[str]:
    return [each.text for each in read(f"{OUTAGE}    12:00 bob: {said}\n").contradictions]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Time to repair: 0h 55m", "Time to repair: 0h 15m"),
        ("Time to repair: 45 minutes", "Time to repair: 1h 20m"),
        ("**Time to resolve**: 1h 40m", "**Time to resolve**: 5h 40m"),
        ("TTR: 55m", "TTR: 25m"),
        ("MTTD: 10 min", "MTTD: 1h"),
        ("Time to acknowledge: 12m", "Time to acknowledge: 2m"),
        ("The outage lasted 55 minutes.", "The outage lasted 20 minutes."),
        ("checkout was down for about an hour", "checkout was down for about three hours"),
        ("that was 55 minutes of downtime", "that was 5 hours of downtime"),
        ("Incident duration: 1h 40m", "Incident duration: 15 min"),
        ("it took us 10 minutes to detect this", "it took us 50 minutes to detect this"),
        ("resolved after 1h 40m", "resolved after 4h"),
        ("customers could not pay for 55 minutes", "customers could not pay for 4 hours"),
        ("outage from 9:50 to 10:45 UTC (55 min)", "outage from 9:50 to 10:45 UTC (2h 15m)"),
    ],
)
def test_a_length_is_asked_about_when_the_times_do_not_give_it(right: str, wrong: str) -> None:
    assert warnings(right) == []
    (warning,) = warnings(wrong)
    assert "but" in warning
    assert "2026-11-24" in warning or "UTC is" in warning


@pytest.mark.parametrize(
    "elsewhere",
    [
        "the runbook says time to repair should be 15 minutes",
        "our target is to be resolved within 30 minutes",
        "last time the outage lasted 5 hours",
        "Time to resolve: 9h 16m (during support hours 10:00-17:00)",
        "the deploy took 12 minutes",
        "p99 latency was up to 4 minutes",
        "lunch took 2 hours",
        "each restart means 3 minutes of downtime",
    ],
)
def test_a_length_of_something_else_is_no_contradiction(elsewhere: str) -> None:
    assert warnings(elsewhere) == []


def test_how_long_it_had_taken_so_far_is_no_contradiction() -> None:
    lines = OUTAGE.replace("    10:45", "    10:20 bob: checkout was down for 20 minutes now, any news?\n    10:45")
    assert read(lines).contradictions == ()


def test_nobody_can_be_wrong_about_a_beginning_that_the_record_does_not_have() -> None:
    only_declared = "10:30 ann: Incident declared\n11:00 ann: Resolved\n11:05 ann: Time to resolve: {}"
    assert read(only_declared.format("1h 10m")).contradictions == ()
    assert len(read(only_declared.format("10m")).contradictions) == 1


def test_what_was_repaired_later_was_not_resolved_before() -> None:
    unresolved = "10:00 ann: First detected\n12:00 ann: Repaired\n12:10 ann: Time to resolve: {}"
    assert read(unresolved.format("3h")).contradictions == ()
    assert len(read(unresolved.format("1h")).contradictions) == 1


def test_a_warning_says_a_day_once_and_both_days_where_there_are_two() -> None:
    (one,) = warnings("The outage lasted 20 minutes.")
    assert one.endswith("the record has 2026-11-24 09:50 to 10:45 UTC, 55 min.")
    over_midnight = """
        10:00 <PagerDuty>: Triggered: checkout is down
        10:14 ann: customers saw the first errors at 22:50 UTC
        10:45 ann: mitigated, we rolled back the release
        11:30 ann: incident resolved
        12:00 bob: The outage lasted 20 minutes.
    """
    (two,) = (each.text for each in read(over_midnight).contradictions)
    assert "2026-11-23 22:50 to 2026-11-24 10:45 UTC" in two


@pytest.mark.parametrize(
    ("words", "zones", "told"),
    [
        ("between 10:20 and 11:56", {"maria": "Europe/Warsaw"}, True),
        ("between 10:20 and 11:56 UTC", {"maria": "Europe/Warsaw"}, False),
        ("between 10:20 and 11:56", {}, False),
        ("between 11:20 and 12:56", {"maria": "Europe/Warsaw"}, False),
    ],
)
def test_an_end_that_only_its_writers_clock_puts_before_the_notice_is_told_with_both_readings(
    words: str, zones: dict[str, str], told: bool
) -> None:
    found = read(
        f"""
    11:00 lena: customers say that checkout is down
    11:10 maria: declaring an incident
    11:57 tom: rolled back, errors are gone
    12:10 maria: closing. 37 conversations failed {words}
    """,
        zones=zones,
    )
    assert [each.text.partition(" by its")[2] for each in found.contradictions] == (
        [
            " writer's clock (Europe/Warsaw) it ended at 2026-11-24 10:56 UTC, before it was noticed at 11:00;"
            " read as UTC it ended at 11:56."
        ]
        if told
        else []
    )
