"""What people say they, or somebody by name, will do later is found in their own words; what is done at once is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.actions.asked_of import asked_of, first_names, parts_by_name
from bot.actions.find import Spoken, find_items
from bot.actions.promised import is_done_now, is_mine, only_takes_on
from bot.actions.stands_for import what_it_stands_for
from bot.actions.values import Draft, Person

TUESDAY = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
PEOPLE = {"dee okoro": "U1", "tom": "U2", "ann.b": "U3"}


def found(text: str, *, planned: bool = False, before: str = "") -> tuple[Draft, ...]:
    said = [Spoken(before, TUESDAY, "U2")] if before else []
    return find_items([*said, Spoken(text, TUESDAY, "U0", planned)], zone="UTC", people=PEOPLE)


def owned(text: str, *, planned: bool = False) -> list[tuple[str, str | None]]:
    drafts = found(text, planned=planned)
    return [(each.text, each.owner.user_id if isinstance(each.owner, Person) else None) for each in drafts]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("follow ups. dee: ask the vendor for a guard. tom: two-person check, by friday",
         [("ask the vendor for a guard", "U1"), ("two-person check", "U2")]),
        ("what's left: dee moves the crons to UTC; tom fixes the alert; I do the postmortem",
         [("moves the crons to UTC", "U1"), ("fixes the alert", "U2"), ("do the postmortem", "U0")]),
        ("and I'll stick a note up in the night office", [("stick a note up in the night office", "U0")]),
        ("I send the invite", [("send the invite", "U0")]),
        ("gonna write the night shift a note", [("gonna write the night shift a note", "U0")]),
        ("took another offer. will close the file", [("close the file", "U0")]),
        ("ok I'll call the supplier with the new price tomorrow", [("call the supplier with the new price", "U0")]),
        ("Tom please give a second person the rights", [("give a second person the rights", "U2")]),
        ("ann can you write up the kernel findings?", [("write up the kernel findings", "U3")]),
        ("and write it in the log of flags pls tom", [("write it in the log of flags", "U2")]),
        ("we need a second path to the coast. no name yet", [("we need a second path to the coast", None)]),
        ("loader must skip headings. friday, me", [("loader must skip headings.", "U0")]),
        ("I'll write the postmortem by friday. tom: the alert rule for the pool",
         [("write the postmortem", "U0"), ("the alert rule for the pool", "U2")]),
        ("we need a second path to the coast by friday\ntom: the runbook",
         [("we need a second path to the coast", None), ("the runbook", "U2")]),
    ],
)  # fmt: skip
def test_what_is_planned_is_found_with_whose_it_is(text: str, items: list[tuple[str, str | None]]) -> None:
    assert [(words.rstrip("."), owner) for words, owner in owned(text, planned=True)] == [
        (words.rstrip("."), owner) for words, owner in items
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I'll check the logs",
        "let me restart it",
        "I'll grab coffee",
        "will be back at three",
        "will it hold?",
        "I'm looking",
        "yes will do",
        "Tom please look at the graph now",
        "dee: yes",
        "I put the list in the ticket",
        "Zoe please give a second person the rights",
    ],
)
def test_what_is_done_at_once_or_by_nobody_here_is_no_item(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "thanks tom. ann: rolling back now",
        "pool is fine, customers are back. tom: can you see anything in the logs?",
        "ann: the alert fired at 9. tom: I saw it too",
        "ann says the deploy is slow; tom thinks it is dns",
        "ann runs the backup; tom tests it on staging right now",
    ],
)
def test_what_is_reported_or_asked_of_people_by_name_is_no_item(text: str) -> None:
    assert found(text, planned=True) == ()


@pytest.mark.parametrize("planned", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "I feel ill today",
        "ill be late tomorrow",
        "I will not be there on monday",
        "Will is out until monday",
        "Will said he'd fix it tomorrow",
        "I put the flag back on monday",
        "I set this up last week, next week it expires",
        "i'm calling it a day, back tomorrow",
        "I'm flying to Berlin tomorrow",
        "I'm moving house next week",
        "I'm assuming the ticket gets done by friday",
        "I'm expecting the vendor to call tomorrow",
        "so I call them and they say tomorrow",
        "we need the db team later",
        "thanks all, good night, see you monday",
        "backups ran ok on sunday and monday",
        "it worked fine until friday night",
        "pizza for all of you friday, on me",
        "it's the same for me, Monday or not",
    ],
)
def test_a_day_and_a_word_of_ones_own_are_no_promise(text: str, planned: bool) -> None:
    assert found(text, planned=planned) == ()


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("ill write it up tomorrow", "write it up"),
        ("will fix the alert tomorrow", "fix the alert"),
        ("I set up the alert tomorrow", "set up the alert"),
        ("I'm moving the crons to UTC tomorrow", "I'm moving the crons to UTC"),
        ("we need a db reviewer later", "we need a db reviewer"),
    ],
)
def test_and_these_that_look_like_them_are_promises(text: str, item: str) -> None:
    assert [each.text for each in found(text)] == [item]


def test_what_is_said_long_after_the_parts_is_read_as_well() -> None:
    text = "tom: the alert rule for the pool. " + "ok. " * 245 + "\nI'll write the postmortem by friday"
    assert "write the postmortem" in [words.rstrip(".") for words, _ in owned(text, planned=True)]


def test_a_day_is_later_by_the_clock_of_the_channel() -> None:
    tokyo = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    today = Spoken("I'll check the logs today", tokyo, "U0")
    assert find_items([today], zone="Asia/Tokyo") == ()
    angeles = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
    tomorrow = Spoken("I'll restart the old nodes tomorrow", angeles, "U0")
    assert len(find_items([tomorrow], zone="America/Los_Angeles")) == 1


def test_what_only_points_at_a_thing_is_told_with_what_was_said_before() -> None:
    (own,) = found("the runbook for the pool is old. I'll update it by friday")
    (other,) = found("yep, I'll do that tomorrow", before="can you write up the findings?")
    assert own.text == "update it: “the runbook for the pool is old”"
    assert other.text == "do that: “can you write up the findings”"
    assert what_it_stands_for("I'll update the runbook by friday", "", "it is old and wrong") is None


def test_a_promise_names_the_message_of_somebody_else_that_it_repeats_and_no_other() -> None:
    asked = Spoken("can you write up the findings?", TUESDAY, "U2", ts="1.1")
    (other,) = find_items([asked, Spoken("yep, I'll do that tomorrow", TUESDAY, "U0", ts="1.2")], zone="UTC")
    own_words = "the runbook for the pool is old. I'll update it by friday"
    (own,) = find_items([asked, Spoken(own_words, TUESDAY, "U0", ts="1.2")], zone="UTC")
    assert (other.repeats, own.repeats) == ("1.1", "")


def test_own_words_are_those_of_who_will_do_it() -> None:
    assert is_mine("I'll script the failover")
    assert is_mine("tomorrow i turn off the updates")
    assert not is_mine("will it hold")
    assert not is_mine("tomorrow they turn it off")
    assert is_done_now("I'll restart it")
    assert not is_done_now("I'll script the failover")


def test_who_only_says_yes_promises_what_was_asked_for_and_nothing_else() -> None:
    assert only_takes_on("yes I can")
    assert only_takes_on("Sure sir, will share.")
    assert not only_takes_on("yes, I'll share the list")
    asked = "can you make an alarm when the import is late? we only knew it from Joost"
    (item,) = found("I'll do that by friday", before=asked)
    assert item.text == "do that: “can you make an alarm when the import is late”"


def test_a_first_name_is_known_where_only_one_person_has_it() -> None:
    names = first_names({"dee okoro": "U1", "dee marsh": "U4", "tom": "U2", "ann.b": "U3"})
    assert names == {"dee okoro": "U1", "dee marsh": "U4", "tom": "U2", "ann": "U3", "ann.b": "U3"}


def test_who_speaks_is_asked_for_nothing_by_that() -> None:
    assert asked_of("Tom please write the summary of it", {"tom": "U2"}, "U2") is None
    assert parts_by_name("note: the alert was late", {"tom": "U2"}, "U0") == (0, ())
