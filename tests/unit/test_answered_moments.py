"""A moment that the record leaves open is asked for; what an answer says without doubt is then known, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview.filing import answer
from bot.interview.state import Asked, Fact, Interview, Post, Put, Quote, Said, Workspace
from bot.timeline.values import Entry, Kind, Precision
from bot.understanding.answered_moments import told, with_answers
from bot.understanding.known_facts import AS_READ, following
from storage.entries import Kept

#: 20 November 2026, 16:00 UTC.
NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
TS = int(NOW.timestamp())
DETECTED = Fact("detected", "alert", datetime(2026, 11, 20, 13, tzinfo=UTC), "exact", Quote("alert", "900.1", "U9"))


def asked(text: str, about: str = "began", facts: tuple[Fact, ...] = (DETECTED,)) -> Interview:
    """An interview in which `text` was answered to the question for a moment."""
    question = Asked(1, "timeline", "timeline.unseen", Put.ASK, "When?", NOW, about=about)
    post = Post("ask-1", f"{TS}.000000", "C1", NOW, "", NOW)
    said = Said(f"{TS + 60}.000000", "U2", text, NOW, NOW)
    return Interview(
        1, Workspace("T1"), "PM-2026-001", "C1", "C1", "service", "checkout", "U1", "U1", NOW,
        asked=(question,), posts=(post,), said=(said,), facts=facts,
    )  # fmt: skip


def moment(interview: Interview, name: str = "began", zone: str = "UTC") -> str | None:
    """When it was, as the interview knows it now."""
    fact = next((f for f in with_answers(interview, lambda _: zone) if f.name == name), None)
    return None if fact is None or fact.at is None else f"{fact.at:%H:%M} {fact.precision}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("12:30 UTC, the queue graph shows it", "12:30 exact"),
        ("I think it began around 12:30 UTC", "12:30 about"),
        ("It started at 12:41 UTC with the deploy, one would see it in the 5xx panel", "12:41 exact"),
        ("The errors began at 12:20 UTC; Tom joined the call at 13:10 UTC", "12:20 exact"),
        ("Tom joined the call at 12:10 UTC", None),
        ("12:30 UTC or 12:50 UTC", None),
        ("no idea, some time before lunch", None),
        ("a while before the alert", None),
        ("13:30 UTC", None),
        ("", None),
    ],
)
def test_the_beginning_is_known_only_where_the_answer_leaves_no_doubt(text: str, when: str | None) -> None:
    assert moment(asked(text)) == when


def test_a_time_without_a_zone_is_the_writers() -> None:
    assert moment(asked("13:30"), zone="Europe/Berlin") == "12:30 exact"


def test_the_fact_carries_the_answer_as_its_source_and_lengths_follow() -> None:
    interview = asked("12:30 UTC, the queue graph shows it")
    facts = {f.name: f for f in following(with_answers(interview, lambda _: "UTC"), ())}
    assert facts["began"].quote == Quote("12:30 UTC, the queue graph shows it", f"{TS + 60}.000000", "U2")
    assert facts["detected_after"].text == "30 min"


def test_an_edited_answer_changes_the_fact_and_a_deleted_one_takes_it_back() -> None:
    interview = asked("12:30 UTC")
    interview = replace(interview, facts=with_answers(interview, lambda _: "UTC"))
    assert moment(interview) == "12:30 exact"
    edited = replace(interview, said=(replace(interview.said[0], text="12:10 UTC"),))
    assert told(edited) != told(interview)
    assert moment(edited) == "12:10 exact"
    gone = replace(interview, said=(replace(interview.said[0], text="", deleted=True),))
    assert not answer(gone, "timeline.unseen").printed
    assert moment(gone) is None


def test_what_the_record_or_a_person_says_is_never_replaced_by_an_answer() -> None:
    record = Fact("began", "first errors", NOW - timedelta(hours=4), "exact", Quote("first errors", "800.1", "U9"))
    assert moment(asked("12:30 UTC", facts=(record,))) == "12:00 exact"
    set_aside = asked("12:30 UTC", facts=(Fact(AS_READ + "began", "first errors", record.at),))
    assert moment(set_aside) is None, "somebody took the beginning off the timeline"


def test_a_beginning_that_a_person_puts_on_the_timeline_comes_before_the_answered_one() -> None:
    interview = asked("12:30 UTC")
    interview = replace(interview, facts=with_answers(interview, lambda _: "UTC"))
    entry = Entry("e", NOW - timedelta(hours=5), Precision.EXACT, None, Kind.IMPACT_BEGAN, "seen", None, "U3", "")
    named = Kept(entry, changed_by="U3", corrected=("kind",), found_as=Kind.NOTE)
    facts = following(interview.facts, [named])
    interview = replace(interview, facts=facts)
    assert moment(interview) == "11:00 exact"
    assert {f.name for f in following(interview.facts, ()) if f.name == "began"} == {"began"}


def test_how_it_was_noticed_is_asked_and_answered_in_the_same_way() -> None:
    began = Fact("began", "deploy", NOW - timedelta(hours=3), "exact", Quote("deploy", "800.1", "U9"))
    assert moment(asked("Support noticed at 13:20 UTC", "detected", (began,)), "detected") == "13:20 exact"
    assert moment(asked("Support noticed at 12:20 UTC", "detected", (began,)), "detected") is None
