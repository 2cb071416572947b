"""The record's reading of the cause is only a reading: people deny it, or say in their own words what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview.causes import denials
from bot.interview.filing import factors
from bot.interview.state import Asked, Fact, Interview, Post, Put, Quote, Said, Workspace
from bot.timeline.values import Entry, Kind, Precision
from bot.understanding.answered_cause import as_recorded, with_answered_cause
from bot.understanding.findings import findings_of
from bot.understanding.told_entries import as_told
from storage.entries import Kept

NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
TS = int(NOW.timestamp())
FOUND = NOW - timedelta(hours=2)
WORDS = "The disk of the queue is full since the import"
RECORD = Fact("cause", WORDS, FOUND, "exact", Quote(WORDS, "900.1", "U9"))


def answered(text: str, put: Put = Put.CONFIRM, level: int = 0) -> Interview:
    """An interview in which `text` was answered where the record's cause was shown, and what follows from it."""
    question = Asked(
        1, "causes", "causes.how" if level else "causes.evidence", put, "?", NOW, quote=RECORD.quote, level=level
    )
    post = Post("ask-1", f"{TS}.000000", "C1", NOW, "", NOW)
    said = Said(f"{TS + 60}.000000", "U2", text, NOW, NOW, findings=findings_of(text))
    interview = Interview(
        1, Workspace("T1"), "PM-2026-001", "C1", "C1", "service", "queue", "U1", "U1", NOW,
        asked=(question,), posts=(post,), said=(said,), facts=(RECORD,),
    )  # fmt: skip
    return replace(interview, facts=with_answered_cause(interview))


def cause(interview: Interview) -> str | None:
    """What is told as the cause now."""
    fact = interview.fact("cause")
    return None if fact is None else fact.text


@pytest.mark.parametrize(
    "text",
    [
        "no, that is not the cause!!", "No", "wrong", "not that", "that’s wrong", "that wasn't the root cause",
        "no, it was a guess", "I don't think that's the cause", "It is not what caused it, that is not the cause",
    ],
)  # fmt: skip
def test_what_people_deny_is_no_longer_the_cause(text: str) -> None:
    assert cause(answered(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "the disk graph showed it", "no idea", "no graph showed it, we saw it on the host", "no, nobody confirmed it",
        "is that not the cause?", "that is not the cause of the second outage", "what went wrong was the disk",
        "it is not the only cause", "no, the graph showed it on the host", "no, was it the cast?",
        "no, it was confirmed by the graph", "no, we never looked",
    ],
)  # fmt: skip
def test_other_answers_leave_it_as_the_record_has_it(text: str) -> None:
    assert cause(answered(text)) == WORDS


def test_a_bare_no_denies_only_where_that_was_the_question() -> None:
    assert cause(answered("no", Put.ASK)) == WORDS
    assert cause(answered("that is not the cause", Put.ASK)) is None


def test_a_denial_is_no_contributing_factor() -> None:
    assert factors(answered("no, that is not the cause!!", Put.ASK, level=1)) == ()
    assert [f.text for f in factors(answered("no, it was the cast", Put.ASK, level=1))] == ["it was the cast"]
    assert cause(answered("no, it was the cast", Put.ASK, level=1)) == "the cast"
    assert cause(answered("no, the alert was missing", Put.ASK, level=1)) == WORDS, "what else had to be true"
    assert len(factors(answered("nobody watches that disk", Put.ASK, level=1))) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the cause is the cast to int in release 2291, the script is how we fixed it",) * 2,
        ("No. The root cause was int(rate).", "The root cause was int(rate)."),
        ("We looked twice. Root cause: see below", WORDS),
        ("the cause is unknown", WORDS),
        ("what the cause was we saw in the graph", WORDS),
        ("the cause was Raj, who forgot the flag", WORDS),
        ("no, it was the cast", "the cast"),
        ("Nope, the cast to int", "the cast to int"),
        ("No. It was actually the cast to int in release 2291.", "the cast to int in release 2291"),
        ("no, I think it was int(rate), not the disk", "int(rate)"),
        ("wrong: because of the cast", "the cast"),
        ("no, it turned out to be a cast in that release", "a cast in that release"),
    ],
)
def test_what_people_name_as_the_cause_is_told_in_their_words(text: str, told: str) -> None:
    assert cause(answered(text)) == told


def test_the_moment_stays_where_they_name_the_same_in_other_words() -> None:
    same, other = answered("the cause was the full disk under the queue"), answered("the cause was int(rate)")
    assert (same.fact("cause") or RECORD).at == FOUND
    assert other.fact("cause") is not None
    assert (other.fact("cause") or RECORD).at is None


@pytest.mark.parametrize("text", ["no, that is not the cause!!", "the cause was int(rate)"])
def test_an_edit_or_a_deletion_brings_the_records_reading_back(text: str) -> None:
    interview = answered(text)
    other = "the graph showed it"
    for said in (
        replace(interview.said[0], text=other, findings=findings_of(other)),
        replace(interview.said[0], text="", deleted=True),
    ):
        assert with_answered_cause(replace(interview, said=(said,))) == (RECORD,)
    assert as_recorded(interview.facts) == (RECORD,)
    assert with_answered_cause(interview) == interview.facts, "and nothing piles up"


def test_a_denial_ends_with_the_reading_that_it_denied() -> None:
    interview = answered("no, that is not the cause")
    assert denials(interview)
    again = Fact("cause", "int(rate)", FOUND, "exact", Quote("int(rate)", "950.1", "U9"))
    read_anew = replace(interview, facts=(again,))
    assert with_answered_cause(read_anew) == (again,)


def test_the_timeline_keeps_what_was_said_and_no_longer_calls_it_the_cause() -> None:
    kept = Kept(Entry("e", FOUND, Precision.EXACT, None, Kind.CAUSE_IDENTIFIED, WORDS, "900.1", "U9", ""))
    told = as_told(answered("no, that is not the cause"), [kept])
    assert [(k.entry.kind, k.entry.text) for k in told] == [(Kind.FINDING, WORDS)]
    assert as_told(answered("the disk graph showed it"), [kept]) == [kept]


def told_first(text: str, shown: str = "i bet the retry has no limit") -> str | None:
    """What is known as the cause after an answer to the question what set it off, beside a suspicion nobody closed."""
    suspicion = Quote(shown, "900.2", "U9") if shown else None
    question = Asked(1, "causes", "causes.how", Put.ASK, "?", NOW, quote=suspicion, about="cause", level=1)
    post = Post("ask-1", f"{TS}.000000", "C1", NOW, "", NOW)
    said = Said(f"{TS + 60}.000000", "U2", text, NOW, NOW, findings=findings_of(text))
    interview = replace(answered(""), asked=(question,), posts=(post,), said=(said,), facts=())
    once = replace(interview, facts=with_answered_cause(interview))
    assert with_answered_cause(once) == once.facts, "read again it is the same"
    return cause(once)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "a message without a template throws\nno alert on the age of the queue",
            "a message without a template throws",
        ),
        ("the retry has no limit", "the retry has no limit"),
        ("yes", "i bet the retry has no limit"),
        ("don't know", None),
        ("nothing", None),
        ("Tom forgot the limit\nno alert on the age of the queue", None),
        ("thanks", None),
    ],
)
def test_what_set_it_off_is_the_first_condition_named_where_that_was_asked(text: str, known: str | None) -> None:
    assert told_first(text) == known


def test_a_bare_yes_names_no_cause_where_no_suspicion_was_shown() -> None:
    assert told_first("yes", shown="") is None
