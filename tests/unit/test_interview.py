"""The interview alone: events in, moves out, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.conditions import said_already
from bot.interview.filing import answer, factors
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits, asks_used, probes_used
from bot.interview.script import Script
from bot.interview.state import (
    Asked,
    Closed,
    Counts,
    Fact,
    Findings,
    Interview,
    Put,
    Quote,
    Stage,
    Workspace,
)
from bot.interview.step import step
from bot.interview.turns import think_ahead
from bot.places import PROMPTS
from bot.scripts.shelf import script_of
from bot.understanding.findings import findings_of

START = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


@dataclass
class Talk:
    """An interview driven by hand: `say`, `press`, `wait`, and the bot's moves made at once."""

    limits: Limits = field(default_factory=Limits)
    facts: tuple[Fact, ...] = ()
    script: Script = field(default_factory=lambda: script_of((PROMPTS / "service.toml").read_text(encoding="utf-8")))
    now: datetime = START
    ts: int = 1000
    interview: Interview = field(init=False)

    def __post_init__(self) -> None:
        self.interview = Interview(
            1, Workspace("T1"), "PM-2026-001", "C1", "C1", "service", "checkout", "U1", "U1", self.now,
            active_at=self.now, reconciled_at=self.now,
        )  # fmt: skip
        self.settle()

    def hear(self, event: ev.Event) -> Ignored | None:
        result = step(self.script, self.interview, event, self.limits)
        if isinstance(result, Ignored):
            return result
        self.interview = result
        return None

    def settle(self) -> None:
        for _ in range(100):
            move = mv.next_move(self.script, self.interview, self.now, self.limits)
            match move:
                case mv.Wait():
                    return
                case mv.Post(card):
                    self.ts += 1
                    self.hear(ev.Posted(card.key, f"{self.ts}.000000", "C1", card.digest, self.now))
                case mv.Update(card, _, _):
                    self.hear(ev.Shown(card.key, card.digest, self.now))
                case mv.ReadHistory():
                    self.hear(ev.PageRead(10, 0, "", "1.0", self.now))
                case mv.ReadThread():
                    self.hear(ev.PhaseDone("threads", self.now))
                case mv.LookUpPerson():
                    self.hear(ev.PhaseDone("people", self.now))
                case mv.Understand():
                    self.hear(ev.RecordRead(self.facts, (), Counts(), self.now, seen=self.interview.record_changed_at))
                case mv.Advance(position):
                    self.hear(ev.QuietPassed(position, self.now))
                case mv.Remind():
                    self.hear(ev.Stalled(self.now))
                case mv.Reconcile():
                    self.hear(ev.Reconciled(self.now))
                case mv.Publish(kind, following):
                    self.hear(ev.PublicationStep(kind, following, self.now, id="F1", revision=self.interview.revision))
                case mv.Draw("reserved"):
                    self.hear(
                        ev.DrawingStep("reserved", self.now, f"F{self.ts}", revision=self.interview.timeline_revision)
                    )
                case mv.Draw(following):
                    self.hear(ev.DrawingStep(following, self.now))
                case _:
                    raise AssertionError(move)
        raise AssertionError("never rests")

    def say(self, text: str, *mentions: str, user: str = "U1", concerns: tuple[str, ...] = (), **more: object) -> str:
        self.ts += 1
        found = Findings(frozenset(mentions), concerns, chatter=bool(more.get("chatter")))
        self.hear(ev.Said(f"{self.ts}.000000", user, text, self.now, findings=found))
        self.settle()
        return f"{self.ts}.000000"

    def press(self, button: str, *, at: int | None = None, value: str = "") -> Ignored | None:
        position = at if at is not None else self.current.position
        ignored = self.hear(ev.Pressed(button, position, "U1", self.now, value))
        self.settle()
        return ignored

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)
        self.settle()

    @property
    def current(self) -> Asked:
        current = self.interview.current
        assert current is not None
        return current

    def until(self, question: str) -> Asked:
        """Answers everything well and presses Next, up to the question."""
        while self.current.question != question:
            self.say("1,240 payments for an hour; roll it back", "count", "action")
            self.press("next")
        return self.current


def test_the_nine_topics_and_the_closing_question_are_raised_in_order() -> None:
    talk = Talk()
    talk.until("closing.open")
    topics = list(dict.fromkeys(a.topic for a in talk.interview.asked))
    assert topics == [
        "overview", "timeline", "impact", "causes", "response", "prevention", "actions", "sharing", "lessons",
        "closing",
    ]  # fmt: skip
    assert topics.index("timeline") < topics.index("causes") < topics.index("prevention") < topics.index("actions")


def test_depth_yields_at_the_cap_and_topics_never_do() -> None:
    for cap in (10, 11, 12, 15):
        talk = Talk(Limits(asks=cap))
        talk.until("closing.open")
        talk.press("next")
        assert asks_used(talk.interview) <= cap
        assert {t.id for t in talk.script.topics} == {a.topic for a in talk.interview.asked}
        assert talk.interview.asked[-1].question == "closing.open"


def test_what_helped_what_was_hard_and_luck_are_all_heard_beside_three_levels_of_hows() -> None:
    for facts in ((), (Fact("impact", "1,240 failed payments", quote=Quote("1,240 failed payments", "900.1", "U2")),)):
        talk = Talk(facts=facts)
        while talk.current.question != "closing.open":
            words = {
                "overview.sentence": "Customers could not pay",
                "response.well": "the rollback was quick; luckily the export had not begun",
            }
            said = words.get(talk.current.question, "1,240 payments for an hour; roll it back")
            talk.say(said, *findings_of(said).mentions)
            talk.press("confirm" if talk.current.put is Put.CONFIRM else "next")
        asked = talk.interview.asked
        assert {"response.well", "response.hard"} <= {a.question for a in asked}
        assert "response.luck" not in {a.question for a in asked}, "what they were asked for just now is not read back"
        luck = said_already(talk.script, talk.interview, talk.script.question("response.luck"))
        assert luck is not None
        assert "luckily the export had not begun" in luck.text
        assert max(a.level for a in asked) == (3 if facts else 2)
        assert asks_used(talk.interview) == 12


def test_nobody_who_was_asked_for_luck_hears_a_third_how_instead_of_the_rest_of_the_response() -> None:
    talk = Talk()
    assert "where were we simply lucky?" in talk.until("response.well").text
    talk.say("the rollback was quick")
    talk.press("next")
    assert talk.current.question == "response.hard"


def test_what_the_record_settles_is_confirmed_and_not_asked() -> None:
    words = Quote("1,240 failed payments", "900.000001", "U2")
    talk = Talk(facts=(Fact("impact", words.text, quote=words),))
    talk.until("impact.customers")
    assert talk.current.put is Put.CONFIRM
    assert "1,240 failed payments" in talk.current.text


def test_an_answer_without_a_number_is_probed_once_and_then_accepted() -> None:
    talk = Talk()
    while talk.current.question != "impact.customers":
        talk.say("it was down")
        talk.press("next")
    talk.say("quite a lot")
    talk.press("next")
    assert talk.current.put is Put.PROBE
    assert "quite a lot" in talk.current.text
    talk.say("really a lot")
    talk.press("next")
    assert talk.current.question != "impact.customers"


def test_a_probe_answer_replaces_what_it_probed_in_print_and_nothing_is_lost() -> None:
    talk = Talk()
    while talk.current.question != "impact.customers":
        talk.say("it was down")
        talk.press("next")
    talk.say("quite a lot")
    talk.press("next")
    talk.say("1,240 payments", "count")
    found = answer(talk.interview, "impact.customers")
    assert [s.text for s in found.printed] == ["1,240 payments"]
    assert [s.text for s in found.all] == ["quite a lot", "1,240 payments"]


def test_a_person_as_cause_is_answered_with_a_how_question() -> None:
    talk = Talk()
    talk.until("causes.how")
    talk.say("someone forgot the index", concerns=("person_as_cause",))
    talk.press("next")
    assert talk.current.put is Put.PROBE
    assert "easy to do" in talk.current.text
    assert "why" not in talk.current.text.lower()


def test_a_probe_replaces_only_the_line_that_it_was_about() -> None:
    talk = Talk()
    talk.until("causes.how")
    text = "staging has one per cent of the rows\nTom forgot to run the load test\nreview shows no query plan"
    talk.hear(ev.Said("5000.000000", "U1", text, talk.now, findings=findings_of(text)))
    talk.ts = 5000
    talk.press("next")
    assert talk.current.put is Put.PROBE
    assert "“Tom forgot to run the load test”" in talk.current.text
    talk.say("nobody is reminded of the load test")
    assert [f.text for f in factors(talk.interview)] == [
        "staging has one per cent of the rows",
        "review shows no query plan",
        "nobody is reminded of the load test",
    ]
    assert text in [s.text for s in talk.interview.said]


def test_the_chain_of_hows_goes_three_levels_by_itself_and_quotes_the_level_before() -> None:
    words = Quote("1,240 failed payments", "900.000001", "U2")
    talk = Talk(facts=(Fact("impact", words.text, quote=words),))
    talk.until("causes.how")
    for level, said in enumerate(
        ["one release took all connections", "review shows no query plan", "staging is small"], 1
    ):
        assert talk.current.level == level
        talk.say(said)
        talk.press("next")
        if talk.current.level:
            assert said in talk.current.text
    assert [f.level for f in factors(talk.interview)] == [1, 2, 3]
    assert talk.current.topic == "response"


def test_going_deeper_on_request_ends_at_five_levels() -> None:
    talk = Talk(Limits(asks=30))
    talk.until("causes.how")
    for _ in range(4):
        talk.say("because of a condition")
        assert talk.press("deeper") is None
    assert talk.current.level == 5
    talk.say("the last condition")
    ignored = talk.press("deeper")
    assert ignored is not None
    assert ignored.why == "deep_enough"


def test_the_bot_moves_on_after_the_quiet_time_and_every_word_restarts_it() -> None:
    talk = Talk()
    talk.wait(minutes=30)
    first = talk.current.position
    talk.say("checkout stopped")
    talk.wait(seconds=100)
    ts = talk.say("for everybody in the EU")
    talk.wait(seconds=100)
    talk.hear(ev.Said(ts, "U1", "for everybody in the EU and UK", talk.now, revision="2000.1"))
    talk.settle()
    talk.wait(seconds=119)
    assert talk.current.position == first
    talk.wait(seconds=1)
    assert talk.current.position == first + 1
    assert talk.interview.asked[first - 1].closed is Closed.QUIET


def test_without_a_quiet_time_only_next_moves_on() -> None:
    talk = Talk(Limits(quiet_seconds=0))
    talk.say("checkout stopped")
    talk.wait(hours=5)
    assert talk.current.position == 1


@pytest.mark.parametrize("button", ["next", "confirm", "skip", "unknown"])
def test_who_passes_a_question_and_when_changes_nothing_of_the_one_that_comes(button: str) -> None:
    early, late = Talk(), Talk()
    for turn in range(60):
        if early.interview.current is None:
            break
        for talk in (early, late):
            if turn % 3 != 2:
                talk.say("release 88 dropped the cache, because nobody saw it", "action")
        # Only one of them has thought about what comes when the answer is there.
        think_ahead(early.script, early.interview, early.limits)
        pressed = button if button != "confirm" or early.current.put is Put.CONFIRM else "next"
        for talk, user, later in ((early, "U1", 0), (late, "U2", 40)):
            talk.now += timedelta(seconds=later)
            talk.hear(ev.Pressed(pressed, talk.current.position, user, talk.now))
            assert talk.interview.current is None or talk.current.opened_at == talk.now
            talk.settle()
        assert [_as_asked(a) for a in early.interview.asked] == [_as_asked(a) for a in late.interview.asked]
    assert early.interview.stage is late.interview.stage is Stage.REVIEWING


def _as_asked(asked: Asked) -> Asked:
    """A question without who passed it, and without when."""
    return replace(asked, opened_at=START, closed_at=None, closed_by=None)


def test_wait_holds_the_question_until_next() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.press("wait")
    talk.wait(hours=2)
    assert talk.current.position == 1
    talk.press("next")
    assert talk.current.position == 2


def test_a_reply_belongs_to_the_question_before_it_whenever_it_arrives() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    first = talk.interview.post("ask-1")
    assert first is not None
    late = f"{int(first.ts.split('.')[0])}.500000"
    talk.press("next")
    talk.hear(ev.Said(late, "U2", "written before Next, delivered after", talk.now))
    assert "written before Next, delivered after" in [s.text for s in answer(talk.interview, "overview.sentence").all]


def test_a_reply_just_after_an_automatic_advance_can_be_moved_back_with_one_press() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.wait(seconds=120)
    talk.say("and it hit the apps too", user="U2")
    assert talk.press("previous", at=2) is None
    assert [s.text for s in answer(talk.interview, "overview.sentence").all] == [
        "checkout stopped",
        "and it hit the apps too",
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_the_order_of_deliveries_does_not_matter(order: tuple[int, ...]) -> None:
    talk = Talk()
    ts = f"{talk.ts + 5}.000000"
    events: list[ev.Event] = [
        ev.Said(ts, "U1", "first wording", talk.now),
        ev.Said(ts, "U1", "second wording", talk.now, revision="2000.000001"),
        ev.Said(ts, "U1", "third wording", talk.now, revision="2000.000002"),
    ]
    for index in order:
        talk.hear(events[index])
    assert [s.text for s in talk.interview.said] == ["third wording"]


def test_a_deletion_is_final_even_when_it_arrives_first() -> None:
    talk = Talk()
    ts = f"{talk.ts + 5}.000000"
    talk.hear(ev.Deleted(ts, talk.now))
    talk.hear(ev.Said(ts, "U1", "gone already", talk.now))
    assert [s.text for s in talk.interview.said] == [""]
    assert answer(talk.interview, "overview.sentence").all == ()


def test_a_deleted_answer_leaves_the_question_that_quoted_it() -> None:
    talk = Talk()
    ts = talk.say("the secret word is swordfish")
    talk.press("next")
    talk.press("next")
    assert talk.interview.asked[2].quote is not None
    talk.hear(ev.Deleted(ts, talk.now))
    assert "swordfish" not in repr(talk.interview)


def test_an_old_button_changes_nothing_and_says_so() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.press("next")
    before = talk.interview
    ignored = talk.press("next", at=1)
    assert ignored is not None
    assert ignored.why == "question_passed"
    assert replace(talk.interview, posts=before.posts) == before


def test_back_puts_the_previous_question_again_and_then_goes_on_where_it_was() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.press("next")
    talk.press("back")
    assert (talk.current.put, talk.current.question) == (Put.RETURN, "overview.sentence")
    talk.say("checkout and search stopped")
    talk.press("next")
    assert talk.current.question == "timeline.unseen"
    talk.say("a call")
    talk.press("next")
    assert talk.current.question == "impact.customers"
    assert asks_used(talk.interview) == 3


def test_a_pause_holds_everything_and_resume_goes_on() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.hear(ev.Paused("U2", talk.now))
    talk.wait(days=3)
    assert talk.current.position == 1
    assert talk.press("next") is not None
    talk.hear(ev.Resumed("U1", talk.now))
    talk.wait(minutes=2)
    assert talk.current.position == 2


def test_a_stalled_interview_reminds_after_one_and_three_working_days_and_then_pauses() -> None:
    talk = Talk()
    talk.wait(days=2)
    assert talk.interview.reminded == 0, "Saturday and Sunday are no working days"
    talk.wait(days=1)
    assert talk.interview.reminded == 1
    talk.wait(days=1)
    assert not talk.interview.paused
    talk.wait(days=1)
    assert talk.interview.reminded == 2
    assert talk.interview.paused
    assert len([p for p in talk.interview.posts if p.key.startswith("stall")]) == 2


def test_the_timeline_is_corrected_at_any_time_but_not_while_cancelled() -> None:
    talk = Talk()
    before = talk.interview
    assert talk.hear(ev.TimelineChanged("U2", talk.now)) is None
    after = talk.interview
    assert (after.timeline_revision, after.revision) == (before.timeline_revision + 1, before.revision + 1)
    assert after.changed_at == talk.now, "the document follows after its quiet minutes"
    talk.hear(ev.Cancelled("U1", talk.now))
    assert talk.hear(ev.TimelineChanged("U2", talk.now)) == Ignored("already_cancelled")


def test_cancel_is_the_facilitators_and_can_be_undone_for_thirty_days() -> None:
    talk = Talk()
    refused = talk.hear(ev.Cancelled("U2", talk.now))
    assert refused is not None
    assert refused.why == "facilitator_only"
    talk.hear(ev.Cancelled("U1", talk.now))
    cancelled = talk.interview
    assert cancelled.stage is Stage.CANCELLED
    talk.now += timedelta(days=29)
    assert talk.hear(ev.Restored("U2", talk.now)) is None
    assert talk.interview.stage is Stage.ASKING
    talk.hear(ev.Cancelled("U1", talk.now))
    talk.now += timedelta(days=31)
    late = talk.hear(ev.Restored("U1", talk.now))
    assert late is not None
    assert late.why == "restorable_no_more"


def test_the_whole_interview_stays_within_twelve_asks_and_four_probes() -> None:
    talk = Talk()
    for _ in range(60):
        if talk.interview.current is None:
            break
        talk.say("hmm, somebody forgot", concerns=("person_as_cause",))
        talk.press("next")
    assert talk.interview.stage is Stage.REVIEWING
    assert asks_used(talk.interview) <= 12
    assert probes_used(talk.interview) <= 4


def test_a_written_document_follows_later_changes_after_ten_quiet_minutes() -> None:
    talk = Talk()
    talk.until("closing.open")
    talk.press("next")
    talk.hear(ev.WriteIt("U1", talk.now))
    talk.settle()
    assert talk.interview.stage is Stage.WRITTEN
    talk.say("one more thing")
    revision = talk.interview.revision
    talk.wait(minutes=9)
    assert talk.interview.publication.revision < revision
    talk.wait(minutes=1)
    assert talk.interview.publication.revision == revision


def test_back_to_a_question_that_asks_for_a_moment_still_asks_for_that_moment() -> None:
    talk = Talk()
    first = replace(talk.current, about="impact_began")
    talk.interview = replace(talk.interview, asked=(first,))
    talk.say("it began at 12:30 UTC")
    talk.press("next")
    talk.press("back")
    assert (talk.current.put, talk.current.about) == (Put.RETURN, "impact_began")


def test_back_pressed_twice_goes_back_twice() -> None:
    talk = Talk()
    talk.until("impact.customers")
    talk.press("back")
    assert talk.current.question == "timeline.unseen"
    talk.press("back")
    assert talk.current.question == "overview.sentence"
    ignored = talk.press("back")
    assert ignored is not None
    assert ignored.why == "nothing_before"


def test_an_answer_edited_into_an_ignored_line_is_taken_back() -> None:
    talk = Talk()
    ts = talk.say("checkout stopped")
    talk.hear(ev.Said(ts, "U1", "", talk.now, revision="2000.1"))
    assert answer(talk.interview, "overview.sentence").all == ()
    talk.wait(minutes=30)
    assert talk.current.position == 1, "no answer is left, so nothing moves on"
    talk.hear(ev.Said(ts, "U1", "checkout stopped after all", talk.now, revision="2000.2"))
    assert [s.text for s in answer(talk.interview, "overview.sentence").printed] == ["checkout stopped after all"]


def test_words_that_come_while_the_bot_moves_on_keep_the_question_open() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.now += timedelta(seconds=120)
    talk.ts += 1
    talk.hear(ev.Said(f"{talk.ts}.000000", "U2", "and search", talk.now))
    ignored = talk.hear(ev.QuietPassed(1, talk.now))
    assert ignored is not None
    assert talk.current.position == 1


def test_after_a_week_of_downtime_the_two_reminders_do_not_come_at_once() -> None:
    talk = Talk()
    talk.wait(days=10)
    assert talk.interview.reminded == 1
    assert not talk.interview.paused
    talk.wait(days=4)
    assert talk.interview.reminded == 2
    assert talk.interview.paused


def test_nothing_is_said_after_a_silence_of_our_own_before_the_thread_was_compared() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.now += timedelta(hours=1)
    talk.hear(ev.Blocked(talk.now + timedelta(seconds=30), talk.now, "reads"))
    move = mv.next_move(talk.script, talk.interview, talk.now, talk.limits, listening_since=talk.now)
    assert move == mv.Wait(talk.now + timedelta(seconds=30))


def test_a_refused_upload_waits_before_it_is_tried_again() -> None:
    talk = Talk()
    talk.until("closing.open")
    talk.press("next")
    talk.hear(ev.WriteIt("U1", talk.now))
    talk.hear(ev.Blocked(talk.now + timedelta(minutes=10), talk.now))
    talk.hear(ev.PublicationStep("file", "", talk.now))
    assert isinstance(mv.next_move(talk.script, talk.interview, talk.now, talk.limits), mv.Wait)


def test_a_split_keeps_what_the_deleted_message_did_not_say() -> None:
    talk = Talk()
    talk.until("causes.how")
    first = talk.say("review shows no query plan, staging is small")
    second = talk.say("thanks")
    causes = ("review shows no query plan", "nobody owns staging")
    talk.hear(ev.SplitInto(talk.current.position, causes, "U1", talk.now))
    talk.hear(ev.Deleted(second, talk.now))
    assert [f.text for f in factors(talk.interview)] == ["review shows no query plan", "nobody owns staging"]
    talk.hear(ev.Deleted(first, talk.now))
    assert "query plan" not in repr(talk.interview.splits)


def test_a_change_that_is_told_while_the_record_is_read_is_read_after_all() -> None:
    talk = Talk()
    talk.hear(ev.RecordChanged(talk.now))
    talk.now += timedelta(seconds=20)
    begun = talk.interview.record_changed_at
    # It happened long before, and was stored just after the record was read.
    talk.hear(ev.RecordChanged(talk.now - timedelta(seconds=30)))
    talk.hear(ev.RecordRead((), (), Counts(), talk.now, seen=begun))
    assert talk.interview.record_changed_at is not None


def test_what_was_seen_when_the_record_was_read_is_not_read_again() -> None:
    talk = Talk()
    talk.hear(ev.RecordChanged(talk.now))
    talk.hear(ev.RecordChanged(talk.now))
    talk.hear(ev.RecordRead((), (), Counts(), talk.now, seen=talk.interview.record_changed_at))
    assert talk.interview.record_changed_at is None


def test_a_change_that_is_told_again_after_a_death_is_read_once() -> None:
    talk = Talk()
    changed = ev.RecordChanged(talk.now)
    talk.hear(changed)
    seen = talk.interview.record_changed_at
    assert talk.hear(changed) == Ignored("already_known")
    talk.hear(ev.RecordRead((), (), Counts(), talk.now, seen=seen))
    assert talk.interview.record_changed_at is None


@pytest.mark.parametrize("passing", ["skip", "unknown", "next"])
def test_a_topic_that_was_passed_does_not_come_back_when_asks_become_free(passing: str) -> None:
    severe = (Fact("severity", "SEV-1", quote=Quote("SEV-1", "900.1", "U2")),)
    for facts in ((), severe):
        talk = Talk(facts=facts)
        talk.until("causes.how")
        talk.press(passing)
        while talk.interview.stage is Stage.ASKING:
            talk.press("next")
        topics = [t.id for t in talk.script.topics]
        shown = [topics.index(a.topic) for a in talk.interview.asked]
        assert shown == sorted(shown)


def test_a_topic_that_back_brought_up_again_may_go_deeper_then() -> None:
    talk = Talk(limits=Limits(asks=30))
    talk.until("causes.how")
    talk.press("back")
    assert talk.current.topic == "impact"
    again = talk.current.question
    talk.say("personal data was lost", "data_loss")
    talk.press("next")
    assert talk.current.question == "impact.data" != again


def test_what_back_brought_up_is_asked_again_when_people_went_further_back() -> None:
    talk = Talk()
    talk.until("causes.how")
    talk.say("the job held every connection")
    talk.press("next")
    assert (talk.current.question, talk.current.level) == ("causes.how", 2)
    second = talk.current
    before = talk.interview.asked[-3].question
    talk.press("back")
    talk.press("back")
    assert talk.current.question == before
    used = asks_used(talk.interview)
    talk.press("next")
    assert (talk.current.put, talk.current.question, talk.current.level) == (Put.RETURN, "causes.how", 1)
    talk.press("next")
    assert (talk.current.put, talk.current.level, talk.current.factor) == (Put.RETURN, 2, second.factor)
    assert talk.current.text == second.text
    assert asks_used(talk.interview) == used
    talk.say("the pool had no limit")
    talk.press("next")
    assert talk.current.topic in ("causes", "response")
    assert [f.level for f in factors(talk.interview)] == [1, 2]


def test_a_quote_stands_beside_a_question_only_where_it_is_about_what_is_asked() -> None:
    talk = Talk()
    talk.say("checkout stopped")
    talk.press("next")
    assert "when it really began" in talk.current.text
    assert talk.current.quote is None, "what stopped says nothing of when"
    alert = Quote("checkout 5xx above 5 %", "900.000000", "B1")
    talk = Talk(facts=(Fact("detected", "an alert", START, quote=alert),))
    talk.say("checkout stopped")
    talk.press("next")
    assert "when it really began" in talk.current.text
    assert talk.current.quote == alert
    # What will be done does not tell who has to hear of it; whom it hit does.
    talk.press("next")
    talk.say("4,000 customers could not pay", "count")
    while talk.current.question != "sharing.how":
        talk.press("next" if talk.current.question != "actions.items" else "skip")
    assert talk.current.quote is not None
    assert talk.current.quote.text == "4,000 customers could not pay"
