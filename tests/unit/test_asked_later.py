"""What the document leaves open, as questions to the people who know: who, in which words, how often, and what for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.cards import AskedLater, cards
from bot.interview.filing import answer, factors, filed
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.state import Closed, Interview, Post, Stage
from bot.interview.step import step
from bot.report.checklist import checklist
from bot.report.checks.questions import Asking, about_section, askings
from bot.report.checks.rule import Matter
from bot.report.document import ItemLine
from bot.report.later import completed
from tests.unit import report_story as story
from tests.unit.report_story import DB_LEAD, ITEMS, NOW, ONCALL, SCRIPT, SUPPORT, asked, document

LIMITS = Limits()


def wanted(interview: Interview, items: tuple[ItemLine, ...] = ITEMS, **owners: str) -> dict[str, Asking]:
    matter = Matter(SCRIPT, document(interview, items=items), interview, items, NOW)
    named = {number.replace("_", "-"): user for number, user in owners.items()}
    return {each.why: each for each in askings(matter, checklist(matter), named)}


def asks(interview: Interview, asking: Asking, minute: int = 0) -> Interview:
    """The interview after the question was asked and posted, at 19:00 and later."""
    at = story.at(19, minute)
    event = ev.AskedLater(
        asking.why, asking.text, asking.question, asking.to, ONCALL, at, asking.quote, asking.about, asking.level,
        asking.factor,
    )  # fmt: skip
    told = step(SCRIPT, interview, event, LIMITS)
    assert not isinstance(told, Ignored), told
    post = Post(told.asked[-1].key, story.ts(19, minute), "C1", at, "", at)
    return replace(told, posts=(*told.posts, post))


def says(interview: Interview, user: str, text: str, minute: int) -> Interview:
    at = story.at(19, minute)
    told = step(SCRIPT, interview, ev.Said(story.ts(19, minute, 30), user, text, at), LIMITS)
    assert not isinstance(told, Ignored), told
    return told


def test_who_knows_is_asked() -> None:
    found = wanted(story.checkout(), AI_033=SUPPORT)
    assert found["measures:AI-033"].to == SUPPORT, "its owner"
    assert found["measures:AI-032"].to == ONCALL, "who facilitates, as nobody owns it"
    assert "“Improve monitoring”: how will we know that it worked?" in found["measures:AI-033"].text
    assert found["specific:AI-033"].text.endswith("of what, so that we see what earlier?")
    blamed = asked(story.checkout(), "closing.open", (SUPPORT, "It was human error."))
    assert (wanted(blamed)["persons:open"].to, wanted(blamed)["persons:open"].question) == (SUPPORT, "closing.open")
    assert wanted(blamed)["persons:open"].text.endswith("what made it likely?")


def test_a_critique_asks_who_answered_last() -> None:
    text = "Which of them paid twice?"
    assert about_section(SCRIPT, story.checkout(), "impact", text, "review:1") == Asking(
        "review:1", text, DB_LEAD, "impact.customers"
    )
    silent = about_section(SCRIPT, story.nobody(), "impact", text, "review:1")
    assert silent is not None
    assert silent.to == ONCALL, "who facilitates"
    assert about_section(SCRIPT, story.nobody(), "facts", text, "review:2") is None


def test_no_question_asks_a_person_why() -> None:
    for interview in (story.nobody(), asked(story.checkout(), "closing.open", (SUPPORT, "It was human error."))):
        for each in wanted(interview).values():
            assert "why" not in each.text.lower()
            assert each.text.count("?") == 1


def test_an_answer_joins_the_answer_to_the_question_of_the_script() -> None:
    silent = replace(story.nobody(), stage=Stage.REVIEWING)
    asking = wanted(silent)["answered:impact"]
    told = says(asks(silent, asking), ONCALL, "1,240 payments failed", 1)
    assert [s.text for s in answer(told, "impact.customers").printed] == ["1,240 payments failed"]
    assert "answered:impact" not in wanted(told), "it is answered, and would not be asked twice anyway"


def test_one_more_factor_is_a_factor_and_one_more_how_goes_deeper() -> None:
    one = asked(replace(story.nobody(), stage=Stage.REVIEWING), "causes.how", (DB_LEAD, "no index"), level=1)
    found = wanted(one)
    assert found["factors:causes"].to == DB_LEAD
    told = says(asks(one, found["factors:causes"]), DB_LEAD, "staging is small", 1)
    assert [(f.text, f.level) for f in factors(told)] == [("no index", 1), ("staging is small", 1)]
    deeper = says(asks(one, wanted(one)["depth:causes"]), DB_LEAD, "review shows no plan", 1)
    assert [(f.text, f.level, f.parent) for f in factors(deeper)][1:] == [("review shows no plan", 2, "1.1")]


def test_what_lies_behind_a_person_as_the_cause_stands_below_it() -> None:
    words = "Raj forgot the flag"
    one = asked(replace(story.nobody(), stage=Stage.REVIEWING), "causes.how", (DB_LEAD, words), level=1)
    asking = wanted(one)["persons:causes"]
    assert asking.text == f"About “{words}”: what made that easy to do, and hard to notice?"
    told = says(asks(one, asking), DB_LEAD, "the script does not ask for it", 1)
    assert [(f.text, f.level, f.parent) for f in factors(told)][1:] == [("the script does not ask for it", 2, "1.1")]


def test_what_is_answered_about_an_action_stands_in_it() -> None:
    first = asks(story.checkout(), wanted(story.checkout())["measures:AI-033"])
    second = asks(first, wanted(first)["specific:AI-033"], 2)
    told = says(says(second, ONCALL, "of the pool, at 80 %", 3), SUPPORT, "chatter", 4)
    item = completed(told, ITEMS[2])
    assert item.text == "Improve monitoring: of the pool, at 80 % chatter", "what others say then joins it"
    assert completed(first, ITEMS[2]) == ITEMS[2]


def test_each_answers_the_question_that_was_put_to_them() -> None:
    found = wanted(story.checkout(), AI_032=DB_LEAD, AI_033=SUPPORT)
    both = asks(asks(story.checkout(), found["measures:AI-032"]), found["measures:AI-033"], 1)
    told = says(says(both, SUPPORT, "it pages in the drill", 2), DB_LEAD, "a bad plan fails the build", 3)
    first, second = told.later
    assert [s.text for s in filed(told, first.position)] == ["a bad plan fails the build"]
    assert [s.text for s in filed(told, second.position)] == ["it pages in the drill"]


def test_after_it_was_passed_what_others_say_belongs_where_it_did_before() -> None:
    one = asks(story.checkout(), wanted(story.checkout())["measures:AI-032"])
    passed = step(SCRIPT, one, ev.Pressed("unknown", one.later[0].position, ONCALL, story.at(19, 1)), LIMITS)
    assert not isinstance(passed, Ignored)
    told = says(passed, SUPPORT, "one more thing", 2)
    assert filed(told, one.later[0].position) == ()
    assert told.later[0].closed is Closed.UNKNOWN


def test_the_same_is_not_asked_twice_and_five_are_enough() -> None:
    many = tuple(ItemLine(f"AI-{n:03}", f"Cap pool {n} at 20") for n in range(9))
    told = story.checkout()
    for n in range(5):
        told = asks(told, wanted(told, many)[f"measures:AI-{n:03}"], n)
    again = ev.AskedLater("measures:AI-000", "?", "", ONCALL, ONCALL, story.at(19, 9))
    assert step(SCRIPT, told, again, LIMITS) == Ignored("asked_that")
    assert step(SCRIPT, told, replace(again, why="measures:AI-008"), LIMITS) == Ignored("asked_enough")


def test_nothing_is_asked_while_the_questions_go_on_or_after_two_weeks() -> None:
    event = ev.AskedLater("measures:AI-001", "?", "", ONCALL, ONCALL, NOW)
    asking = replace(story.checkout(), stage=Stage.ASKING, written_at=None)
    assert step(SCRIPT, asking, event, LIMITS) == Ignored("asked_too_early")
    late = replace(event, at=story.at(18, 30) + timedelta(days=15))
    assert step(SCRIPT, story.checkout(), late, LIMITS) == Ignored("heard_no_more")


def test_two_quiet_minutes_end_an_answer_and_the_card_follows() -> None:
    told = replace(
        says(asks(story.checkout(), wanted(story.checkout())["measures:AI-032"]), ONCALL, "a red build", 1),
        thread_ts=story.ts(16), reconciled_at=story.at(19, 1), timeline_revision=0,
    )  # fmt: skip
    position = told.later[0].position
    early = step(SCRIPT, told, ev.QuietPassed(position, story.at(19, 2)), LIMITS)
    assert isinstance(early, Ignored)
    closed = step(SCRIPT, told, ev.QuietPassed(position, story.at(19, 3)), LIMITS)
    assert not isinstance(closed, Ignored)
    assert closed.later[0].closed is Closed.QUIET
    faces = [card.face for card in cards(SCRIPT, told, LIMITS) if isinstance(card.face, AskedLater)]
    assert [face.noted for face in faces] == [1]
    assert mv.next_move(SCRIPT, replace(told, posts=()), story.at(19, 4), LIMITS) != mv.Wait(None)


def test_in_the_document_the_open_question_of_the_script_is_none_of_these() -> None:
    told = asks(replace(story.checkout(), stage=Stage.REVIEWING), wanted(story.checkout())["measures:AI-032"])
    assert told.current is None
