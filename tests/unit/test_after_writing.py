"""What people say of a document once it is written, and when its facilitator hears of the follow-up review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.cards import FollowUpReview, cards
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.state import Drawing, Interview, Post, Publication, Stage
from bot.interview.step import step
from bot.interview.timers import follow_up_due
from tests.unit import report_story as story
from tests.unit.report_story import NOW, ONCALL, SCRIPT, SUPPORT

LIMITS = Limits()
DAY = date(2026, 12, 18)
PLANNED = ev.FollowUpPlanned(DAY, ONCALL, NOW)


def after(interview: Interview, *events: ev.Event) -> Interview:
    for event in events:
        told = step(SCRIPT, interview, event, LIMITS)
        assert not isinstance(told, Ignored), told
        interview = told
    return interview


@pytest.mark.parametrize(
    ("before", "event", "why"),
    [
        ((), ev.FollowUpHeld(ONCALL, NOW), "nothing_to_hold"),
        ((PLANNED,), PLANNED, "planned_already"),
        ((PLANNED, ev.FollowUpHeld(ONCALL, NOW)), ev.FollowUpHeld(SUPPORT, NOW), "nothing_to_hold"),
        ((ev.SharedWith("#all", NOW, ONCALL, NOW),), ev.SharedWith(" #all ", NOW, SUPPORT, NOW), "shared_there"),
        ((ev.Approved("Manager", ONCALL, NOW),), ev.Approved("Manager", SUPPORT, NOW, True), "not_approved"),
    ],
)
def test_what_would_change_nothing_says_why(before: tuple[ev.Event, ...], event: ev.Event, why: str) -> None:
    assert step(SCRIPT, after(story.checkout(), *before), event, LIMITS) == Ignored(why)


def test_before_it_is_written_none_of_it_can_be_said() -> None:
    draft = replace(story.checkout(), stage=Stage.REVIEWING)
    for event in (PLANNED, ev.Approved("Manager", ONCALL, NOW), ev.SharedWith("#all", NOW, ONCALL, NOW)):
        assert step(SCRIPT, draft, event, LIMITS) == Ignored("not_written")


def test_an_approval_is_taken_back_by_who_gave_it_and_the_last_one_in_a_role_counts() -> None:
    told = after(story.checkout(), ev.Approved("Manager", ONCALL, NOW), ev.Approved("Manager", SUPPORT, NOW))
    assert [a.by for a in told.approvals] == [SUPPORT]
    assert after(told, ev.Approved("Manager", SUPPORT, NOW, taken_back=True)).approvals == ()


def test_the_facilitator_hears_once_at_nine_and_again_when_it_was_moved() -> None:
    quiet = replace(
        story.checkout(), zone="Europe/Berlin", thread_ts=story.ts(16), drawing=Drawing(revision=9),
        publication=Publication(step="done", revision=99), reconciled_at=datetime(2026, 12, 10, tzinfo=UTC),
    )  # fmt: skip
    planned = after(quiet, PLANNED)
    nine = datetime(2026, 12, 18, 8, tzinfo=UTC)
    assert follow_up_due(planned) == nine
    shown = replace(planned, posts=tuple(_shown(planned)))
    before = mv.next_move(SCRIPT, shown, nine.replace(hour=7), LIMITS)
    assert isinstance(before, mv.Wait)
    assert before.until == nine
    assert mv.next_move(SCRIPT, shown, nine, LIMITS) == mv.TellFollowUp()
    told = after(shown, ev.FollowUpDue(nine))
    assert follow_up_due(told) is None
    owed = mv.next_move(SCRIPT, told, nine, LIMITS)
    assert isinstance(owed, mv.Post)
    assert (owed.card.key, owed.card.place, owed.card.to) == ("followup-20261218", "direct", ONCALL)
    moved = after(told, ev.FollowUpPlanned(date(2027, 1, 15), ONCALL, nine))
    assert follow_up_due(moved) == datetime(2027, 1, 15, 8, tzinfo=UTC)
    (face,) = [card.face for card in cards(SCRIPT, moved, LIMITS) if isinstance(card.face, FollowUpReview)]
    assert face.moved == date(2027, 1, 15)
    assert follow_up_due(after(told, ev.FollowUpHeld(ONCALL, nine))) is None


def _shown(interview: Interview) -> list[Post]:
    """The posts of every card, as it is now."""
    return [Post(card.key, story.ts(18), "C1", NOW, card.digest, NOW) for card in cards(SCRIPT, interview, LIMITS)]
