"""An answer that was given to the wrong question: known where that is sure, moved by people, and moved back."""

from __future__ import annotations

import pytest

from bot.interview import events as ev
from bot.interview.cards import Question as QuestionFace
from bot.interview.cards import cards
from bot.interview.fields import takes_whole
from bot.interview.filing import answer, factors
from bot.interview.moving import Stray, elsewhere, movable, strays, targets
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.state import Put, Stage
from bot.interview.step import step
from bot.past.summing import digest
from bot.places import PROMPTS
from bot.scripts.rehearsal import SOMEBODY, Rehearsal
from bot.scripts.shelf import Scripts, script_of
from bot.scripts.walk import document
from bot.understanding.findings import findings_of
from bot.wording.belonging import says_only

IMPACT = "1,240 payments failed"
LUCK = "We were lucky that the replica had been resized the day before"


def begun(*texts: str) -> Rehearsal:
    """A service postmortem in which so much was answered, question by question; an empty text skips one."""
    talk = Rehearsal(script_of(Scripts((PROMPTS,)).source("service")), Limits())
    for text in texts:
        if text:
            talk.say(text)
        talk.press("next" if text else "skip")
    return talk


def at_causes() -> Rehearsal:
    talk = begun("Nobody could pay", "", "quite a few people, 40 tickets")
    assert talk.current is not None
    assert talk.current.question == "causes.how"
    return talk


def to_review(talk: Rehearsal) -> None:
    while talk.current is not None:
        talk.press("skip")
    assert talk.interview.stage is Stage.REVIEWING


def hear(talk: Rehearsal, event: ev.Event) -> str:
    result = step(talk.script, talk.interview, event, talk.limits)
    if isinstance(result, Ignored):
        return result.why
    talk.interview = result
    talk.settle()
    return ""


def said(talk: Rehearsal, text: str) -> str:
    """The ts of the reply that says this."""
    return next(s.ts for s in talk.interview.said if s.text == text)


def move(talk: Rehearsal, text: str, section: str, by: str = "U2") -> str:
    return hear(talk, ev.AnswerMoved(said(talk, text), section, by, talk.now))


def take_offer(talk: Rehearsal) -> str:
    assert talk.current is not None
    offered = elsewhere(talk.script, talk.interview, talk.current)
    value = offered[0].question if offered else ""
    return hear(talk, ev.Pressed("elsewhere", talk.current.position, "U2", talk.now, value))


def printed(talk: Rehearsal, question: str) -> list[str]:
    return [s.text for s in answer(talk.interview, question).printed]


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("1,240 payments failed", "only_impact"),
        ("about 300 customers could not log in for 40 minutes", "only_impact"),
        ("around 1,240 failed payments between 12:30 and 14:31, mostly in the EU", "only_impact"),
        ("We lost roughly 12,000 EUR in sales.", "only_impact"),
        ("one in five customers could not pay\n11 support tickets", "only_impact"),
        # A condition, a reason beside the figure, and what it runs on.
        ("all requests go through one gateway", ""),
        ("1,240 payments failed because the pool was full", ""),
        ("1,200 requests timed out and the retries doubled the load", ""),
        ("3 of 5 pods were down", ""),
        ("40 customers share one tenant database", ""),
        ("refund 1,240 customers", ""),
        ("we were lucky that nobody deployed", "only_luck"),
        ("we had luck that the customer went home at five", "only_luck"),
        ("Luckily it was a Sunday. Otherwise the whole office would have been in.", "only_luck"),
        ("the rollback was one command; luckily the export had not begun", ""),
        ("We were lucky. The alert fired.", ""),
        ("no luck so far", ""),
    ],
)
def test_it_is_known_when_an_answer_says_only_what_was_hit_or_where_people_were_lucky(text: str, only: str) -> None:
    assert says_only(text) == (frozenset({only}) if only else frozenset())


def test_figures_told_under_a_how_are_offered_to_the_impact_and_are_no_factor_then() -> None:
    talk = at_causes()
    talk.say(IMPACT)
    assert talk.current is not None
    assert [e.offer for e in elsewhere(talk.script, talk.interview, talk.current)] == ["That is about the impact"]
    assert take_offer(talk) == ""
    assert factors(talk.interview) == ()
    assert IMPACT in printed(talk, "impact.customers")
    assert elsewhere(talk.script, talk.interview, talk.current) == ()
    talk.say("the pool of connections has no limit per release")
    talk.go_on()
    assert [f.text for f in factors(talk.interview)] == ["the pool of connections has no limit per release"]
    assert talk.current is not None
    assert talk.current.text.startswith("“the pool of connections has no limit per release”")


def test_nobody_is_asked_how_an_impact_came_to_be_possible_whether_or_not_it_was_moved() -> None:
    talk = at_causes()
    talk.say(IMPACT)
    talk.go_on()
    assert talk.current is not None
    assert talk.current.question != "causes.how"


def test_a_condition_is_offered_nowhere_and_neither_is_a_figure_where_it_was_asked_for() -> None:
    talk = at_causes()
    talk.say("the pool allows 20 connections for 1,240 customers")
    assert talk.current is not None
    assert elsewhere(talk.script, talk.interview, talk.current) == ()
    overview = begun()
    overview.say(IMPACT)
    assert overview.current is not None
    assert elsewhere(overview.script, overview.interview, overview.current) == ()


def test_luck_told_under_another_question_is_confirmed_as_luck_and_not_asked_again() -> None:
    talk = at_causes()
    talk.say(LUCK)
    talk.go_on()
    while talk.current is not None and talk.current.question != "response.luck":
        talk.press("skip" if talk.current.question != "response.well" else "next")
    assert talk.current is not None
    assert talk.current.put is Put.CONFIRM
    assert f"“{LUCK}”" in talk.current.text
    talk.press("confirm")
    # Once it is confirmed, it stands there, and no longer among the contributing factors.
    assert factors(talk.interview) == ()
    assert printed(talk, "response.luck") == [LUCK]
    written = document(talk)
    assert written.count(LUCK) == 1
    assert written.index(LUCK) > written.index("Where we were lucky")


def test_luck_told_where_it_was_asked_for_stands_as_luck_without_being_read_back() -> None:
    talk = at_causes()
    while talk.current is not None and talk.current.question != "response.well":
        talk.press("skip")
    words = "the rollback was one command; luckily the export had not begun"
    talk.say(words)
    while talk.current is not None:
        assert talk.current.question != "response.luck"
        talk.press("next")
    luck = document(talk).split("Where we were lucky")[1].split("\n## ")[0]
    assert luck.strip().startswith("luckily the export had not begun —")
    well = document(talk).split("What went well")[1].split("\n## ")[0]
    assert well.strip().startswith("the rollback was one command —"), "what was luck stands there alone"
    assert digest(talk.interview).luck == ("luckily the export had not begun",)
    assert hear(talk, ev.Deleted(said(talk, words), talk.now)) == ""
    assert "luckily" not in document(talk)


@pytest.mark.parametrize("pressed", ["confirm", "next"])
def test_a_confirmation_that_back_left_can_be_confirmed_when_it_is_put_again_and_keeps_its_words(pressed: str) -> None:
    talk = at_causes()
    talk.say(LUCK)
    talk.go_on()
    while talk.current is not None and talk.current.question != "response.luck":
        talk.press("skip" if talk.current.question != "response.well" else "next")
    talk.press("back")
    talk.press("next")
    assert talk.current is not None
    assert (talk.current.put, talk.current.question) == (Put.RETURN, "response.luck")
    face = next(c.face for c in cards(talk.script, talk.interview, talk.limits) if c.key == talk.current.key)
    assert isinstance(face, QuestionFace)
    assert face.confirms
    talk.press(pressed)
    assert LUCK in document(talk).split("Where we were lucky")[1].split("\n## ")[0]


def test_a_question_that_shows_the_cause_and_asks_what_showed_it_has_no_mere_yes() -> None:
    script = script_of(Scripts((PROMPTS,)).source("service"))
    no_mere_yes = {q.id for q in script.questions if q.confirms and takes_whole(q)}
    assert no_mere_yes == {"causes.evidence", "response.mitigation"}
    assert not takes_whole(script.question("response.luck"))


def test_an_answer_is_moved_to_another_section_by_somebody_and_back() -> None:
    talk = at_causes()
    talk.say(IMPACT)
    talk.go_on()
    to_review(talk)
    before = talk.interview
    assert move(talk, IMPACT, "luck") == ""
    moved = next(m for m in movable(talk.script, talk.interview) if m.said.text == IMPACT)
    assert (moved.section, moved.given_in, moved.said.placed_by) == ("luck", "causes", "U2")
    assert IMPACT in document(talk).split("Where we were lucky")[1]
    assert move(talk, IMPACT, "luck") == "stands_there"
    assert move(talk, IMPACT, "causes") == ""
    assert [f.text for f in factors(talk.interview)] == [IMPACT]
    assert talk.interview.said == before.said


def test_the_review_names_what_may_stand_in_the_wrong_section_until_somebody_has_moved_it() -> None:
    talk = at_causes()
    talk.say(IMPACT)
    talk.go_on()
    to_review(talk)
    assert strays(talk.script, talk.interview) == (Stray(IMPACT, "Contributing factors", "Impact"),)
    move(talk, IMPACT, "hard")
    assert strays(talk.script, talk.interview) == (), "a person has said where it belongs"


def test_what_is_moved_among_the_causes_is_a_factor_and_among_the_actions_an_item() -> None:
    talk = begun("Nobody could pay", "review shows no query plan", "08:30 UTC", "40 tickets", "the index was missing")
    to_review(talk)
    assert move(talk, "review shows no query plan", "causes") == ""
    assert [f.text for f in factors(talk.interview)] == ["the index was missing", "review shows no query plan"]
    talk = begun("Nobody could pay", "Show a query plan in review", "08:30 UTC", "40 tickets")
    to_review(talk)
    move(talk, "Show a query plan in review", "actions")
    assert printed(talk, "actions.items") == ["Show a query plan in review"]


def test_every_section_that_a_question_feeds_takes_an_answer_also_where_nothing_was_asked() -> None:
    talk = begun("Nobody could pay", IMPACT)
    to_review(talk)
    for section in targets(talk.script):
        assert move(talk, IMPACT, section.id) in ("", "stands_there")
        assert [m.section for m in movable(talk.script, talk.interview) if m.said.text == IMPACT] == [section.id]


def test_while_questions_are_asked_only_the_offer_moves_an_answer() -> None:
    talk = at_causes()
    talk.say("the index was missing")
    assert move(talk, "the index was missing", "luck") == "moved_too_early"
    assert take_offer(talk) == "nothing_to_move"


def test_a_factor_that_others_explain_keeps_them_when_its_neighbour_is_moved_away() -> None:
    talk = at_causes()
    talk.say(f"{IMPACT}")
    talk.say("the index was missing")
    talk.go_on()
    assert talk.current is not None
    assert talk.current.text.startswith("“the index was missing”")
    talk.say("review shows no query plan")
    talk.go_on()
    to_review(talk)
    move(talk, IMPACT, "impact")
    cause, deeper = factors(talk.interview)
    assert (cause.text, deeper.text) == ("the index was missing", "review shows no query plan")
    assert deeper.parent == cause.key


def test_what_was_divided_into_factors_loses_the_lines_of_what_is_moved_away_and_has_them_back_with_it() -> None:
    talk = at_causes()
    talk.say(IMPACT)
    talk.say("the index was missing")
    assert talk.current is not None
    lines = (IMPACT, "the index was missing", "no review of indexes")
    hear(talk, ev.SplitInto(talk.current.position, lines, SOMEBODY, talk.now))
    talk.go_on()
    to_review(talk)
    move(talk, IMPACT, "impact")
    assert [f.text for f in factors(talk.interview)] == ["the index was missing", "no review of indexes"]
    move(talk, IMPACT, "causes")
    assert [f.text for f in factors(talk.interview)] == list(lines)


def test_what_is_moved_to_a_question_that_was_probed_stands_beside_what_the_probe_brought() -> None:
    talk = begun("Customers could not pay", "mostly in the EU", "quite a lot", "1,240 failed payments")
    assert printed(talk, "impact.customers") == ["1,240 failed payments"]
    to_review(talk)
    move(talk, "mostly in the EU", "impact")
    assert printed(talk, "impact.customers") == ["mostly in the EU", "1,240 failed payments"]


def test_edits_and_deletions_follow_an_answer_where_it_was_moved() -> None:
    talk = at_causes()
    talk.say(IMPACT)
    talk.go_on()
    to_review(talk)
    ts = said(talk, IMPACT)
    move(talk, IMPACT, "impact")
    later = "1,302 payments failed"
    hear(talk, ev.Said(ts, SOMEBODY, later, talk.now, "1767610000.000001", findings_of(later)))
    assert later in printed(talk, "impact.customers")
    assert factors(talk.interview) == ()
    hear(talk, ev.Deleted(ts, talk.now))
    assert later not in document(talk)
    assert move_of(talk, ts, "luck") == "deleted"


def move_of(talk: Rehearsal, ts: str, section: str) -> str:
    return hear(talk, ev.AnswerMoved(ts, section, "U2", talk.now))


def test_what_was_written_before_somebody_pressed_back_answers_the_question_that_stood_there_then() -> None:
    talk = begun("Customers could not pay")
    assert talk.current is not None
    left = talk.current
    talk.say("hm")  # makes time pass between the question and the press
    hear(talk, ev.Deleted(said(talk, "hm"), talk.now))
    moment = talk.now
    talk.press("back")
    assert talk.current.put is Put.RETURN
    before, now = talk.interview.post(left.key), talk.interview.post(talk.current.key)
    assert before is not None
    assert now is not None
    assert now.ts == before.ts
    late = f"{int(moment.timestamp()) - 1}.500000"
    hear(talk, ev.Said(late, SOMEBODY, "we were on a call", talk.now, findings=findings_of("we were on a call")))
    talk.say("it was the whole EU")
    assert printed(talk, "timeline.unseen") == ["we were on a call"]
    assert "it was the whole EU" in printed(talk, "overview.sentence")


@pytest.mark.parametrize("in_a_row", [1, 5])
def test_ways_back_late_in_the_last_topics_do_not_pass_the_noise_budget(in_a_row: int) -> None:
    talk, late = begun(), {"sharing.how", "lessons.takeaway", "closing.open"}
    while talk.current is not None:
        here = talk.current.question
        talk.say(f"what was said at {talk.current.position}, and roll it back")
        if here not in late:
            talk.go_on()
            continue
        late.discard(here)
        for _ in range(in_a_row):
            left = talk.current
            moved = not talk.press("back")
            faces = {c.key: c.face for c in cards(talk.script, talk.interview, talk.limits)}
            told, stands = faces[left.key], talk.interview.post(talk.current.key)
            assert isinstance(told, QuestionFace)
            assert stands is not None
            newest = max(int(p.ts.partition(".")[0]) for p in talk.interview.posts)
            assert told.above in ("", stands.ts)
            assert not moved or bool(told.above) or int(stands.ts.partition(".")[0]) == newest, (
                "who looks at the end is told where"
            )
            talk.say(f"what was said at {talk.current.position}, and roll it back once more")
        talk.go_on()
    assert not late
    messages = {post.ts for post in talk.interview.posts if post.key.startswith("ask-")}
    assert len(messages) <= 25 - NO_QUESTIONS
    heard = {said.text for each in talk.interview.asked for said in answer(talk.interview, each.question).all}
    assert heard == {said.text for said in talk.interview.said}, "every answer is filed"
    more = [s.text for s in talk.interview.said if s.text.endswith("once more")]
    assert len(more) == 3 * in_a_row
    assert [text for text in more if text not in document(talk)] == []


#: What was read, the timeline, who acted, the figures, the actions, the review, the summary.
NO_QUESTIONS = 7
