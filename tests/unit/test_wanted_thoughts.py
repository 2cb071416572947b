"""Which thoughts an interview wants, and what it makes of those that come: in time, late, never, or of other words."""

from __future__ import annotations

from dataclasses import replace

from bot.interview import events as ev
from bot.interview.conclusions import Ground, Role, Saying, Standing, Thought
from bot.interview.plan import Limits
from bot.interview.state import Fact, Put
from bot.interview.thoughts import Purpose
from bot.interview.wanting import with_wanted
from tests.unit.test_interview import Talk


class Along(Talk):
    """An interview beside which is thought: after whatever happens, what is wanted is noted."""

    def hear(self, event: ev.Event) -> object:  # type: ignore[override]
        ignored = super().hear(event)
        if ignored is None:
            if self.interview.claude == "":
                self.interview = replace(self.interview, claude="on")
            self.interview = with_wanted(self.script, self.interview, self.limits, self.now)
        return ignored

    def of(self, purpose: Purpose) -> Thought:
        """The newest thought for a purpose."""
        return next(t for t in reversed(self.interview.thoughts) if t.purpose is purpose)

    def thought(self, purpose: Purpose, *asks: str, enough: bool = False, why: str = "", words: str = "slow") -> str:
        """What was wanted last for a purpose comes; the key."""
        key = self.of(purpose).key
        ground = Ground("1001.000000", words, "U1")
        sayings = tuple(Saying(text, Role.QUESTION, (ground,)) for text in asks)
        self.hear(ev.ThoughtCame(key, self.now, sayings, enough, why=why))
        self.settle()
        return key

    def standing(self, key: str) -> tuple[Standing, str]:
        found = next(t for t in self.interview.thoughts if t.key == key)
        return found.standing, found.why


def wanted(talk: Talk) -> list[Purpose]:
    return [t.purpose for t in talk.interview.thoughts if t.standing is Standing.WANTED]


def test_nothing_is_wanted_before_somebody_answers_nor_where_it_is_not_allowed() -> None:
    talk = Along()
    assert wanted(talk) == []
    talk.interview = replace(talk.interview, claude="ask")
    talk.say("it was slow for everybody")
    assert wanted(talk) == []


def test_an_answer_is_looked_at_and_the_next_question_is_worded_while_people_still_write() -> None:
    talk = Along()
    talk.say("it was slow for everybody")
    assert wanted(talk) == [Purpose.CRITIQUE, Purpose.QUESTION]
    talk.say("brb", chatter=True)
    assert len(talk.interview.thoughts) == 2


def test_more_words_make_the_first_look_useless_and_what_comes_of_it_is_not_taken() -> None:
    talk = Along()
    talk.say("it was slow for everybody")
    first = talk.of(Purpose.CRITIQUE).key
    talk.say("and for us")
    assert talk.standing(first) == (Standing.DROPPED, "superseded")
    assert talk.hear(ev.ThoughtCame(first, talk.now, enough=True)) is not None
    assert wanted(talk) == [Purpose.QUESTION, Purpose.CRITIQUE]


def test_in_time_it_is_the_follow_up_and_there_is_one() -> None:
    talk = Along()
    talk.say("it was slow for everybody")
    key = talk.thought(Purpose.CRITIQUE, "How slow was “slow”?")
    talk.press("next")
    assert (talk.current.put, talk.current.text) == (Put.PROBE, "How slow was “slow”?")
    assert talk.current.quote is not None
    assert (talk.current.quote.text, talk.current.quote.user) == ("slow", "U1")
    assert talk.standing(key) == (Standing.USED, "probe")
    talk.say("ten seconds")
    assert Purpose.CRITIQUE not in wanted(talk)


def test_enough_spares_the_follow_up_of_the_rules_but_not_one_about_blame() -> None:
    for concerns, put in (((), Put.ASK), (("person_as_cause",), Put.PROBE)):
        talk = Along()
        while talk.current.question != "causes.how":
            talk.press("skip")
        talk.say("somebody forgot the index", concerns=concerns)
        talk.thought(Purpose.CRITIQUE, enough=True)
        talk.press("next")
        assert talk.current.put is put
    talk = Along()
    while talk.current.question != "impact.customers":
        talk.press("skip")
    talk.say("all who paid by card")
    key = talk.thought(Purpose.CRITIQUE, enough=True)
    talk.press("next")
    assert talk.current.question != "impact.customers"
    assert talk.standing(key) == (Standing.USED, "enough")


def test_late_it_follows_the_next_answer_and_too_late_it_is_dropped() -> None:
    talk = Along()
    talk.say("it was slow for everybody")
    talk.press("next")
    key = talk.thought(Purpose.CRITIQUE, "How slow was “slow”?")
    assert talk.current.put is Put.ASK, "an open question is not taken back"
    talk.say("nothing", "nothing")
    talk.press("next")
    assert (talk.current.text, talk.current.question) == ("How slow was “slow”?", "overview.sentence")
    assert talk.standing(key) == (Standing.USED, "late_probe")

    talk = Along()
    talk.say("it was slow for everybody")
    key = talk.of(Purpose.CRITIQUE).key
    for _ in range(4):
        talk.press("skip")
    assert talk.standing(key) == (Standing.DROPPED, "late")


def test_a_wording_that_comes_late_words_the_follow_up_of_the_rules() -> None:
    talk = Along()
    while talk.current.question != "timeline.unseen":
        talk.press("skip")
    talk.say("a call")
    talk.interview = replace(talk.interview, facts=(*talk.interview.facts, Fact("began", "12:30 UTC")))
    assert talk.of(Purpose.QUESTION).about == "impact.customers"
    talk.press("next")
    key = talk.thought(Purpose.QUESTION, "With “a call” open for an hour, how many could not pay?")
    talk.say("quite a lot")
    talk.press("next")
    assert talk.current.put is Put.PROBE
    assert talk.current.text == "With “a call” open for an hour, how many could not pay?"
    assert talk.standing(key) == (Standing.USED, "late_probe")


def test_the_limit_of_follow_ups_holds_for_thoughts_too() -> None:
    talk = Along(limits=Limits(probes=1))
    talk.say("it was slow for everybody")
    talk.thought(Purpose.CRITIQUE, "How slow was “slow”?")
    talk.press("next")
    talk.say("ten seconds")
    talk.press("next")
    talk.say("and then it was gone")
    assert Purpose.CRITIQUE not in wanted(talk)


def test_switched_off_what_was_wanted_is_wanted_no_more() -> None:
    talk = Along()
    talk.say("it was slow for everybody")
    talk.hear(ev.ClaudeAllowed("off", "U2", talk.now))
    assert wanted(talk) == []
    assert {t.why for t in talk.interview.thoughts} == {"off"}


def test_a_budget_that_is_used_up_ends_the_asking() -> None:
    talk = Along()
    talk.say("it was slow for everybody")
    talk.thought(Purpose.CRITIQUE, why="budget_postmortem")
    talk.press("next")
    talk.say("and so on")
    assert Purpose.CRITIQUE not in wanted(talk)
