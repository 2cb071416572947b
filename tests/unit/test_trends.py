"""What do several past incidents say together?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.past.patterns import again
from bot.past.trends import Course, trends
from bot.places import TEMPLATES
from bot.rendering import Renderer
from bot.slack.past_blocks import Found, Past, home

BEGAN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def course(number: int, severity: str, detected: int, resolved: int | None = None, **more: tuple[str, ...]) -> Course:
    """An incident with its lengths in minutes."""
    moments = {"began": BEGAN, "detected": BEGAN + timedelta(minutes=detected)}
    if resolved is not None:
        moments["resolved"] = BEGAN + timedelta(minutes=resolved)
    return Course(f"PM-2026-{number:03d}", "service", severity, moments, **more)


def read(courses: list[Course], most: int = 25) -> str:
    due = (None, date(2026, 11, 9))
    listed = [
        Past(Found(c.number, f"About <{c.number}>", "", BEGAN.date(), (), len(due)), c.severity, due)
        for c in courses[:most]
    ]
    blocks = home(Renderer(TEMPLATES).message, listed, trends(courses, most), date(2026, 11, 20))
    return "\n".join(b["text"]["text"] if "text" in b else b["elements"][0]["text"] for b in blocks)


def test_a_median_says_of_how_many_incidents_and_fewer_than_three_give_none() -> None:
    told = read([
        course(4, "SEV-1", 2, 30),
        course(3, "SEV-1", 4, 90),
        course(2, "SEV-1", 6),
        course(1, "SEV-3", 48, 2400),
    ])  # fmt: skip
    assert "*The last 4*, the median:\ndetected after 5 min (of 4) · resolved after 1 h 30 min (of 3)" in told
    assert "SEV-1 (3): detected after 4 min (of 3)\n" in told, "two know when it was resolved"
    assert "SEV-3 (" not in told
    assert "As many before" not in told
    assert "In brackets, of how many incidents that is the median." in told


def test_one_or_two_incidents_have_no_lengths_in_common() -> None:
    for courses in ([course(1, "", 2, 30)], [course(2, "", 4, 30), course(1, "", 2)]):
        told = read(courses)
        assert "median" not in told
        assert "detected after" not in told
        assert "rackets" not in told


def test_the_latest_stand_beside_as_many_before() -> None:
    slower, faster = [course(n, "", 30, 120) for n in range(3)], [course(9 + n, "", 10, 60) for n in range(3)]
    told = read([*faster, *slower], most=3)
    assert "detected after 10 min (of 3) · resolved after 1 h (of 3)" in told
    assert "As many before: detected after 30 min (of 3) · resolved after 2 h (of 3)" in told


def test_lengths_need_both_ends_in_order() -> None:
    late = Course("PM-1", "ml", "", {"detected": BEGAN, "mitigated": BEGAN + timedelta(minutes=5)})
    wrong = Course("PM-2", "ml", "", {"began": BEGAN, "resolved": BEGAN - timedelta(minutes=5)})
    assert (late.took("detected"), late.took("mitigated")) == (None, timedelta(minutes=5))
    assert wrong.took("resolved") is None
    assert "resolved after" not in read([wrong, wrong, wrong])


def test_what_comes_back_is_counted_once_for_each_incident() -> None:
    told = read([
        course(1, "", 1, sorts=("monitoring", "testing"), services=("checkout",)),
        course(2, "", 1, sorts=("monitoring",), services=("checkout", "search")),
        course(3, "", 1, sorts=("monitoring", "testing")),
    ])  # fmt: skip
    assert "Factors that come back: monitoring gap in 3, testing gap in 2" in told
    assert "Services that come back: checkout in 2" in told
    assert "Actions of them still open: 6, 3 past their date" in told
    assert "• PM-2026-001 About &lt;PM-2026-001&gt; · 1 Nov 2026 · 2 actions open" in told


def test_what_of_an_incident_has_come_before_names_the_others() -> None:
    others = [
        course(9, "", 1, services=("Checkout",), sorts=("monitoring",)),
        course(8, "", 1, services=("search",), sorts=("monitoring", "testing")),
    ]
    found = again(("checkout", "ledger"), ("monitoring", "capacity"), others)
    assert [(each.of, each.name, each.numbers) for each in found] == [
        ("factor", "monitoring", ("PM-2026-009", "PM-2026-008")),
        ("service", "checkout", ("PM-2026-009",)),
    ]


def test_a_team_without_past_incidents_reads_so() -> None:
    assert read([]) == "No postmortem that you can see is written yet."
