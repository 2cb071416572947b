"""What answers, the record and the form say of single fields, and which of it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.interview import events as ev
from bot.interview.fields import field, told
from bot.interview.plan import Limits
from bot.interview.script import Question, Script, Section, Topic, Wording
from bot.interview.state import Asked, Counts, Field, Interview, Post, Put, Stage, Workspace
from bot.interview.step import step

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SCRIPT = Script(
    "k",
    "kind",
    1,
    (
        Topic(
            "impact",
            "impact",
            (
                Question("impact.customers", "impact", (Wording("Who?"),), "s", fields=("impact.users",)),
                Question("causes.evidence", "impact", (Wording("What showed it?"),), "s", fields=("cause.evidence",)),
            ),
        ),
    ),
    (Section("s", "S"),),
)


class Talk:
    """An interview in which two questions were put."""

    def __init__(self) -> None:
        asked = [
            Asked(n, "impact", q, Put.ASK, "?", NOW) for n, q in enumerate(("impact.customers", "causes.evidence"), 1)
        ]
        posts = [Post(f"ask-{n}", f"{n}000.000000", "C", NOW, "d", NOW) for n in (1, 2)]
        self.interview = Interview(
            1, Workspace("T"), "PM", "C", "C", "k", "t", "U1", "U1", NOW,
            stage=Stage.ASKING, asked=tuple(asked), posts=tuple(posts), thread_ts="1.000000",
        )  # fmt: skip

    def hear(self, event: ev.Event) -> None:
        result = step(SCRIPT, self.interview, event, Limits())
        assert isinstance(result, Interview), result
        self.interview = result

    def say(self, ts: str, text: str, *fields: tuple[str, str], revision: str = "") -> None:
        self.hear(ev.Said(ts, "U2", text, NOW, revision, fields=fields))

    def words(self, name: str) -> list[str]:
        return [quote.text for quote in told(SCRIPT, self.interview, name)]


def test_a_field_is_somebodys_words_with_their_message() -> None:
    talk = Talk()
    assert field(SCRIPT, talk.interview, "impact.users") is None
    talk.say("1500.000000", "about 4000 people, in Spain", ("impact.users", "about 4000 people"))
    quote = field(SCRIPT, talk.interview, "impact.users")
    assert quote is not None
    assert (quote.text, quote.ts, quote.user) == ("about 4000 people", "1500.000000", "U2")


def test_only_an_answer_to_a_question_that_declares_it_fills_a_field() -> None:
    talk = Talk()
    talk.say("2500.000000", "40 people looked at it", ("impact.users", "40 people"))
    assert talk.words("impact.users") == []


def test_what_is_entered_comes_first_then_the_newest_answer_then_the_record() -> None:
    talk = Talk()
    read = (Field("impact.users", "500 users see errors", "U9", NOW, "10.000000"),)
    talk.interview = replace(talk.interview, fields=read)
    talk.say("1500.000000", "4000 users", ("impact.users", "4000 users"))
    talk.say("1600.000000", "no, 4200 users", ("impact.users", "4200 users"))
    talk.hear(ev.FieldsEntered((("impact.users", "4,187"),), "U3", NOW))
    assert talk.words("impact.users") == ["4,187", "4200 users", "4000 users", "500 users see errors"]
    talk.hear(ev.FieldsEntered((("impact.users", ""),), "U3", NOW))
    assert talk.words("impact.users")[0] == "4200 users"


def test_what_the_record_counts_last_comes_before_what_it_counted_first() -> None:
    talk = Talk()
    read = [
        Field("customers.tickets", "11 tickets so far", "U9", NOW, "10.000000"),
        Field("customers.tickets", "47 tickets in all", "U9", NOW, "20.000000"),
        Field("detection.first_sign", "the queue grew", "U9", NOW, "10.000000"),
        Field("detection.first_sign", "an alert", "U9", NOW, "20.000000"),
    ]
    talk.interview = replace(talk.interview, fields=tuple(read))
    assert talk.words("customers.tickets") == ["47 tickets in all", "11 tickets so far"]
    assert talk.words("detection.first_sign") == ["the queue grew", "an alert"]


def test_who_entered_a_field_stays_its_author_until_somebody_changes_it() -> None:
    talk = Talk()
    talk.hear(ev.FieldsEntered((("slo.target", "99.9 %"), ("slo.actual", "99.2 %")), "U3", NOW))
    talk.hear(ev.FieldsEntered((("slo.target", "99.9 %"), ("slo.actual", "99.1 %")), "U4", NOW))
    target, actual = (field(SCRIPT, talk.interview, name) for name in ("slo.target", "slo.actual"))
    assert target is not None
    assert target.user == "U3"
    assert actual is not None
    assert (actual.text, actual.user) == ("99.1 %", "U4")


def test_an_edit_changes_a_field_and_a_deletion_takes_it() -> None:
    talk = Talk()
    talk.say("1500.000000", "4000 users", ("impact.users", "4000 users"))
    talk.say("1500.000000", "4100 users", ("impact.users", "4100 users"), revision="1700.000000")
    assert talk.words("impact.users") == ["4100 users"]
    talk.hear(ev.Deleted("1500.000000", NOW))
    assert talk.words("impact.users") == []
    assert talk.interview.fields == ()


def test_a_whole_field_is_all_that_was_answered() -> None:
    talk = Talk()
    talk.say("2500.000000", "the trace, and putting it back")
    assert talk.words("cause.evidence") == ["the trace, and putting it back"]


def test_a_new_reading_of_the_record_keeps_what_people_said() -> None:
    talk = Talk()
    talk.say("1500.000000", "4000 users", ("impact.users", "4000 users"))
    talk.hear(ev.FieldsEntered((("slo.target", "99.9 %"),), "U3", NOW))
    talk.interview = replace(talk.interview, reading=replace(talk.interview.reading, phase="done"))
    read = (Field("impact.share", "12 % of users", "U9", NOW, "10.000000"),)
    talk.hear(ev.RecordRead((), (), Counts(), NOW, read))
    talk.hear(ev.RecordRead((), (), Counts(), NOW, read))
    assert talk.words("impact.share") == ["12 % of users"]
    assert talk.words("impact.users") == ["4000 users"]
    assert talk.words("slo.target") == ["99.9 %"]


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        field(SCRIPT, Talk().interview, "impact.nonsense")
