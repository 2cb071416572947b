"""Another kind is suggested by the channel's own words, and chosen later without losing an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.interview import events as ev
from bot.interview.cards import ReadingProgress, cards
from bot.interview.filing import puts
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.script_file import after_change
from bot.interview.state import SUGGESTED, Closed, Fact, Put, Stage
from bot.interview.step import step
from bot.places import PROMPTS
from bot.scripts.rehearsal import SOMEBODY, Rehearsal
from bot.scripts.shelf import Scripts, script_of
from bot.scripts.walk import document
from bot.understanding.kinds import suggested

SCRIPTS = Scripts((PROMPTS,))


def begun(kind: str = "service", *facts: Fact) -> Rehearsal:
    return Rehearsal(script_of(SCRIPTS.source(kind)), Limits(), facts)


def change(talk: Rehearsal, kind: str, source: str) -> tuple[str, str]:
    """Changes the kind as the facilitator does; the text that is kept from then on, and why nothing changed."""
    kept = after_change(source, SCRIPTS.source(kind))
    script = script_of(kept)
    event = ev.KindChanged(kind, SCRIPTS.source(kind), SOMEBODY, talk.now)
    result = step(script, talk.interview, event, talk.limits)
    if isinstance(result, Ignored):
        return source, result.why
    talk.script, talk.interview = script, result
    talk.settle()
    return kept, ""


def answered(talk: Rehearsal, *texts: str) -> None:
    for text in texts:
        talk.say(text)
        talk.go_on()


def test_answers_are_kept_under_the_ids_that_kinds_share_and_are_not_asked_again() -> None:
    talk = begun()
    answered(talk, "Customers saw no results", "at 08:30 UTC", "1,240 searches")
    change(talk, "ml", SCRIPTS.source("service"))
    assert talk.current is not None
    assert talk.current.question == "model.served"
    while talk.current is not None:
        answered(talk, "it was so")
    asked = [a.question for a in talk.interview.asked if a.put is not Put.PROBE and a.closed is not Closed.LEFT]
    for id in ("overview.sentence", "timeline.unseen", "impact.customers"):
        assert asked.count(id) == 1
    written = document(talk)
    for words in ("Customers saw no results", "1,240 searches"):
        assert words in written
    assert "## What let it through" in written


def test_what_only_the_earlier_kind_asked_stays_in_the_document() -> None:
    talk = begun("llm")
    answered(talk, "the assistant promised refunds", "at 08:30 UTC")
    answered(talk, "prompt 12 became 13 https://traces.example/1")
    kept, _ = change(talk, "quick", SCRIPTS.source("llm"))
    while talk.current is not None:
        answered(talk, "it was so")
    written = document(talk)
    assert "prompt 12 became 13" in written
    assert "## What changed, and the traces that show it" in written
    # What the earlier kind had not come to is not in it, and its cards can still be drawn.
    assert "evaluations" not in written
    passed = [c.face for c in cards(script_of(kept), talk.interview, talk.limits) if c.key == "ask-3"]
    assert [(face.topic_number, face.topics) for face in passed] == [(3, 10)]  # type: ignore[union-attr]  # a question


def test_what_an_incident_was_taken_for_is_not_what_it_turned_out_to_be() -> None:
    talk = begun()
    answered(talk, "nothing stopped, we think", "we were on a call from 12:40 on")
    change(talk, "near-miss", SCRIPTS.source("service"))
    while (asked := talk.current) is not None:
        answered(talk, "a migration was about to drop the orders table" if asked.question == "near.sentence" else "so")
    written = document(talk)
    summary, _, rest = written.partition("## What nearly happened")
    assert "a migration was about to drop the orders table" in summary
    assert "nothing stopped" not in summary
    assert "## Summary, while the kind was “service incident”\n\nnothing stopped, we think" in rest
    how = rest.partition("## Timeline")[2].partition("\n## ")[0]
    assert "What the channel did not see, asked while the kind was “service incident”" in how
    for kind in ("full", "executive"):
        shown = document(talk, kind)
        assert "**What happened:** a migration was about to drop the orders table" in shown, kind


def test_who_goes_back_to_the_first_kind_finds_the_answers_where_they_were() -> None:
    talk = begun()
    answered(talk, "Customers saw no results")
    there, _ = change(talk, "near-miss", SCRIPTS.source("service"))
    answered(talk, "an index was nearly dropped")
    change(talk, "service", there)
    while talk.current is not None:
        answered(talk, "so")
    summary, _, rest = document(talk).partition("\n---\n")
    assert "Customers saw no results" in summary
    assert "## Summary, while the kind was “near miss”\n\nan index was nearly dropped" in rest


def test_an_open_question_that_nobody_answered_gives_way_to_the_next_of_the_new_kind() -> None:
    talk = begun()
    answered(talk, "Customers saw no results", "at 08:30 UTC", "1,240 searches")
    assert talk.current is not None
    assert talk.current.question == "causes.how"
    before = len(talk.interview.asked)
    change(talk, "ml", SCRIPTS.source("service"))
    assert talk.current.question == "model.served"
    assert puts(talk.interview, "causes.how")[0].closed is Closed.LEFT
    assert len(talk.interview.asked) == before + 1
    answered(talk, "the ranking model, version 7")
    assert (talk.current.question, talk.current.put) == ("causes.how", Put.RETURN)


def test_an_open_question_that_was_answered_stays_open_where_the_new_kind_has_it() -> None:
    talk = begun()
    talk.say("Customers saw no results")
    change(talk, "quick", SCRIPTS.source("service"))
    assert talk.current is not None
    assert (talk.current.question, len(talk.interview.asked)) == ("overview.sentence", 1)
    talk.go_on()
    assert talk.current.question == "timeline.unseen"


def test_the_same_question_is_not_put_twice_by_a_change() -> None:
    talk = begun()
    change(talk, "ml", SCRIPTS.source("service"))
    assert [a.question for a in talk.interview.asked] == ["overview.sentence"]


def test_there_and_back_again_keeps_one_of_each_script() -> None:
    service, ml = SCRIPTS.source("service"), SCRIPTS.source("ml")
    there = after_change(service, ml)
    back = after_change(there, service)
    assert script_of(back).id == "service"
    assert [s.id for s in script_of(back).earlier] == ["ml"]
    assert [s.id for s in script_of(after_change(back, ml)).earlier] == ["service"]


def test_a_change_to_the_same_kind_or_after_the_last_question_changes_nothing() -> None:
    talk = begun("quick")
    assert change(talk, "quick", SCRIPTS.source("quick"))[1] == "same_kind"
    while talk.current is not None:
        answered(talk, "it was so")
    assert talk.interview.stage is Stage.REVIEWING
    assert change(talk, "ml", SCRIPTS.source("quick"))[1] == "kind_settled"


def test_a_kind_changed_in_the_middle_of_the_hows_goes_on_with_what_is_new() -> None:
    talk = begun("service", Fact("impact", "1,240 searches"))
    answered(talk, "Customers saw no results", "at 08:30 UTC", "that is all", "no query plan in review")
    assert talk.current is not None
    assert talk.current.level == 2
    talk.say("nobody owns the plan")
    change(talk, "llm", SCRIPTS.source("service"))
    talk.go_on()
    assert talk.current is not None
    while talk.current is not None:
        answered(talk, "it was so")
    assert {a.topic for a in talk.interview.asked} >= {t.id for t in talk.script.topics}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("retrained last night", "the predictions look off since the new training data"), "ml"),
        (("the assistant is hallucinating", "a new system prompt went out at noon"), "llm"),
        (("that was a near miss", "we caught it before the release, just in time"), "near-miss"),
        (("deployed prompt v31 of the assistant", "the assistant tells people 90 days", "back to prompt v30"), "llm"),
        (("support has tickets about the assistant's answers", "the rule is in the retrieved chunks"), "llm"),
        (("the new model declines everybody", "a feature is null, so it scores them all high: feature pipeline"), "ml"),
        (("close call: it was about to drop the orders", "what saved us?"), "near-miss"),
        (("the prediction was wrong",), ""),
        (("the installer hangs at a prompt", "it prompts for a password, the prompt never ends"), ""),
        (("the dental assistant's laptop is broken", "a new laptop for the assistant"), ""),
        (("the sudo prompt hangs", "the shop assistant says no"), ""),
        (("the new model of the router reboots", "the old model is fine"), ""),
        (("the new model is out since noon", "the predictions are back to normal on the old model"), "ml"),
        (("dodged a worse one, would have lost more orders", "what saved us was the cache, just in time"), ""),
        (("retrained last night",), ""),
        (("retrained", "retrained", "retrained"), ""),
        (("enter at the password prompt", "checkout is down", "promptly rolled back"), ""),
        ((), ""),
    ],
)
def test_a_kind_is_suggested_only_by_several_messages_and_several_of_its_words(
    said: tuple[str, ...], kind: str
) -> None:
    assert suggested(said, SCRIPTS.words()) == kind


def test_words_of_two_kinds_alike_suggest_neither() -> None:
    assert suggested(("a b", "a b"), {"one": ("a", "b"), "two": ("b", "a")}) == ""


def test_the_receipt_suggests_a_kind_only_where_nobody_chose_one() -> None:
    for kind, suggests in (("service", "ml"), ("llm", "")):
        interview = begun(kind, Fact(SUGGESTED, "ml")).interview
        receipts = [c.face for c in cards(script_of(SCRIPTS.source(kind)), interview, Limits()) if c.key == "reading"]
        assert [face.suggests for face in receipts if isinstance(face, ReadingProgress)] == [suggests]


def test_a_teams_own_kind_is_suggested_by_its_own_words() -> None:
    assert suggested(("disk (full)", "RAID gone"), {"storage": ("disk (full)", "raid"), "other": ()}) == ""
    assert suggested(("the disk is full", "RAID gone"), {"storage": ("disk", "raid"), "other": ()}) == "storage"


def test_another_title_or_facilitator_is_not_touched_by_a_change() -> None:
    talk = begun()
    before = talk.interview
    change(talk, "ml", SCRIPTS.source("service"))
    after = replace(talk.interview, kind=before.kind, revision=before.revision, changed_at=before.changed_at)
    assert replace(after, posts=before.posts, active_at=before.active_at) == before
