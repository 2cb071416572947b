"""Facts and answers that do not fit together are told with both sides, until somebody settles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview.causes import RECORDED
from bot.interview.script import Question, Script, Section, Topic, Wording
from bot.interview.state import (
    AS_READ,
    OF_CAUSE,
    OF_COUNTS,
    Asked,
    Fact,
    Field,
    Interview,
    Post,
    Put,
    Quote,
    Said,
    SectionEdit,
    Workspace,
)
from bot.understanding.contradicting import CAUSE_CHANGE, with_contradictions
from bot.understanding.findings import fields_of
from bot.wording.counts import counts_in, differ

NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
TS = int(NOW.timestamp())
HOW_MANY = Question("impact.customers", "impact", (Wording("How many?"),), "impact", fields=("impact.users",))
SCRIPT = Script(
    "k", "kind", 1, (Topic("impact", "impact", (HOW_MANY,)),), (Section("impact", "Impact"),),
)  # fmt: skip


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{clock}+00:00")


def answered(*answers: tuple[str, str], channel: str = "", posted: str = "15:30", put: Put = Put.ASK) -> Interview:
    """An interview in which people (user, words) answered how many were hit, after the channel spoke of it."""
    source = f"{int(at(posted).timestamp())}.000000"
    quote = Quote(channel, source, "U9") if channel else None
    asked = Asked(1, "impact", "impact.customers", put, "?", NOW, quote=quote)
    said = tuple(Said(f"{TS + n}.000000", user, text, NOW, NOW) for n, (user, text) in enumerate(answers, 1))
    fields = [Field("impact.users", channel, "U9", NOW, source)] if channel else []
    fields += [Field(name, words, s.user, NOW, s.ts) for s in said for name, words in fields_of(s.text)]
    return Interview(
        1, Workspace("T1"), "PM-2026-001", "C1", "C1", "service", "checkout", "U1", "U1", NOW, asked=(asked,),
        posts=(Post("ask-1", f"{TS}.000000", "C1", NOW, "", NOW),), said=said, fields=tuple(fields),
        facts=(Fact("mitigated", "rolled back", at("14:30")),),
    )  # fmt: skip


def doubt(interview: Interview, name: str = OF_COUNTS) -> str | None:
    """What is told of it now."""
    return next((f.text for f in with_contradictions(SCRIPT, interview) if f.name == name), None)


CHANNEL = "380 customers could not pay"


def test_counts_of_the_same_that_differ_are_told_with_both_sides() -> None:
    interview = answered(("U2", "412 customers were affected"), channel=CHANNEL)
    assert doubt(interview) == f"“{CHANNEL}” in the channel, but “412 customers were affected” in an answer."
    told = next(f for f in with_contradictions(SCRIPT, interview) if f.name == OF_COUNTS)
    assert told.quote == Quote(CHANNEL, f"{int(at('15:30').timestamp())}.000000", "U9")
    two = answered(("U2", "412 customers were affected"), ("U3", "It was 380 customers"))
    assert doubt(two) == "“412 customers were affected” in an answer, but “It was 380 customers” in an answer."


@pytest.mark.parametrize(
    ("answer", "channel"),
    [
        ("380 customers", CHANNEL),
        ("about 400 customers", CHANNEL),
        ("at least 350 customers", CHANNEL),
        ("412 customers", "380 customers so far"),
        ("412 customers", "380+ customers"),
        ("412 customers", "up to 500 customers"),
        ("412 customers were charged twice", CHANNEL),
        ("412 merchants could not pay", CHANNEL),
        ("412 premium customers could not pay", CHANNEL),
        ("12 of 412 customers could not pay", CHANNEL),
    ],
)
def test_counts_that_leave_room_for_each_other_or_count_something_else_do_not_contradict(
    answer: str, channel: str
) -> None:
    assert doubt(answered(("U2", answer), channel=channel)) is None


def test_a_count_that_grew_while_it_lasted_is_none() -> None:
    assert doubt(answered(("U2", "412 customers"), channel=CHANNEL, posted="14:00")) is None
    assert doubt(answered(("U2", "350 customers"), channel=CHANNEL, posted="14:00")) is not None, "it cannot shrink"


def test_whoever_names_one_as_not_so_settles_it() -> None:
    second = ("U3", "412, not 380")
    assert doubt(answered(("U2", "412 customers"), second, channel=CHANNEL)) is None
    assert doubt(answered(("U2", "no, 412 customers"), channel=CHANNEL, put=Put.CONFIRM)) is None
    assert doubt(answered(("U2", "412 customers"), channel=CHANNEL, put=Put.CONFIRM)) is not None
    assert doubt(answered(("U2", "412 customers"), ("U2", "sorry, 420 customers"))) is None, "the same person again"


@pytest.mark.parametrize(
    "answer", ["no, it was 412", "412", "nope: 412 in total", "Actually about 412", "make that 412"]
)
@pytest.mark.parametrize("put", [Put.ASK, Put.CONFIRM])
def test_a_number_that_does_not_say_of_what_is_told_beside_the_count_before_it_until_somebody_does(
    answer: str, put: Put
) -> None:
    about = "about 380 payments failed so far"
    told = answered(("U2", answer), channel=about, put=put)
    assert doubt(told) == f"“{about}” in the channel, but “{answer}” in an answer."
    assert doubt(answered(("U2", answer), ("U2", "412 payments"), channel=about, put=put)) is None
    later = SectionEdit("impact", "412 payments failed.", "U3", NOW + timedelta(minutes=5))
    assert doubt(replace(told, edits=(later,))) is None


@pytest.mark.parametrize(
    "answer", ["no, it was 380", "yes", "no, 412 ms", "sev 2", "from 13:02 to 14", "412 MB", "page 3"]
)
def test_a_number_of_something_else_is_no_count(answer: str) -> None:
    assert doubt(answered(("U2", answer), channel="about 380 payments failed so far", put=Put.CONFIRM)) is None


def test_a_later_edit_of_the_section_or_an_entry_in_the_form_settles_it() -> None:
    interview = answered(("U2", "412 customers"), channel=CHANNEL)
    later, earlier = NOW + timedelta(minutes=5), NOW - timedelta(minutes=5)
    edited = SectionEdit("impact", "412 customers could not pay.", "U3", later)
    assert doubt(replace(interview, edits=(edited,))) is None
    assert doubt(replace(interview, edits=(replace(edited, at=earlier),))) is not None
    entered = Field("impact.users", "412", "U3", NOW)
    assert doubt(replace(interview, fields=(*interview.fields, entered))) is None
    gone = tuple(replace(s, text="", deleted=True) for s in interview.said)
    assert doubt(replace(interview, said=gone, fields=interview.fields[:1])) is None


def test_a_range_or_a_part_is_no_count_and_nouns_are_told_apart() -> None:
    assert [c.number for c in counts_in("1,240 failed payments")] == [1240]
    assert counts_in("380 to 400 customers") == ()
    (failed,), (other,) = counts_in("1,240 failed payments"), counts_in("1,190 payments failed")
    assert differ(failed, other)


# A beginning before its cause


def began_before(began: str, change: str = "12:41", precision: str = "exact") -> Interview:
    quote = Quote("first errors", "900.1", "U9")
    cause = Fact("cause", "release 4312 uses all connections", at("14:10"), quote=Quote("release 4312", "900.3", "U8"))
    facts = (
        Fact("began", "first errors", at(began), precision, quote),
        cause,
        Fact(CAUSE_CHANGE, "deployed release 4312", at(change), quote=Quote("deployed release 4312", "900.2", None)),
    )
    return replace(answered(), facts=facts)


def test_a_beginning_before_the_change_that_is_its_cause_is_told_with_both_sides() -> None:
    assert doubt(began_before("12:10"), OF_CAUSE) == (
        "“first errors” puts the beginning at 2026-11-20 12:10 UTC, before the change that is taken for the cause: "
        "“deployed release 4312” at 12:41."
    )
    assert doubt(began_before("12:38"), OF_CAUSE) is None, "clocks and messages are some minutes late"
    assert doubt(began_before("12:30", precision="about"), OF_CAUSE) is None
    assert doubt(began_before("12:41"), OF_CAUSE) is None


def test_it_is_told_no_more_once_the_cause_is_denied_or_named_otherwise_or_taken_off() -> None:
    known = began_before("12:10")
    began, cause, change = known.facts
    denied = (began, replace(cause, name=RECORDED), change)
    otherwise = (began, replace(cause, text="the disk", at=None), replace(cause, name=RECORDED), change)
    taken_off = (began, replace(cause, name=AS_READ + "cause"), change)
    for facts in (denied, otherwise, taken_off, (began, cause)):
        assert doubt(replace(known, facts=facts), OF_CAUSE) is None
