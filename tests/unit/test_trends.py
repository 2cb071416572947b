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


def test_means_say_how_many_incidents_are_behind_them() -> None:
    told = read([
        course(4, "SEV-1", 2, 30),
        course(3, "SEV-1", 4, 90),
        course(2, "SEV-1", 6),
        course(1, "SEV-3", 48, 240),
    ])  # fmt: skip
    assert "*The last 4*, on average:\ndetected after 15 min (4) · resolved after 2 h (3)" in told
    assert "SEV-1 (3): detected after 4 min (3) · resolved after 1 h (2)" in told
    assert "SEV-3 (" not in told, "one incident is no mean"
    assert "As many before" not in told


def test_a_length_of_one_incident_says_so_in_words_and_of_the_only_one_says_nothing() -> None:
    alone = read([course(1, "", 2, 30)])
    assert "*The last one*:\ndetected after 2 min · resolved after 30 min\n" in alone
    assert "rackets" not in alone
    assert "(1)" not in alone
    two = read([course(2, "", 4, 30), course(1, "", 2)])
    assert "detected after 3 min (2) · resolved after 30 min, from 1 incident\n" in two
    assert "In brackets, how many incidents know that length." in two


def test_the_latest_stand_beside_as_many_before() -> None:
    slower, faster = [course(n, "", 30, 120) for n in range(3)], [course(9 + n, "", 10, 60) for n in range(3)]
    told = read([*faster, *slower], most=3)
    assert "detected after 10 min (3) · resolved after 1 h (3)" in told
    assert "As many before: detected after 30 min (3) · resolved after 2 h (3)" in told


def test_lengths_need_both_ends_in_order() -> None:
    late = Course("PM-1", "ml", "", {"detected": BEGAN, "mitigated": BEGAN + timedelta(minutes=5)})
    wrong = Course("PM-2", "ml", "", {"began": BEGAN, "resolved": BEGAN - timedelta(minutes=5)})
    assert (late.took("detected"), late.took("mitigated")) == (None, timedelta(minutes=5))
    assert wrong.took("resolved") is None
    assert "on average" not in read([wrong])


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
