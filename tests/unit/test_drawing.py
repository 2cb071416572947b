"""When is the timeline's picture made, and what does it never hold up?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.cards import Summary, cards
from bot.interview.state import Stage
from tests.unit.test_interview import Talk


def reviewed() -> Talk:
    """An interview whose questions are over."""
    talk = Talk()
    talk.until("closing.open")
    talk.press("next")
    return talk


def written() -> Talk:
    talk = reviewed()
    talk.hear(ev.WriteIt("U1", talk.now))
    talk.settle()
    assert talk.interview.stage is Stage.WRITTEN
    return talk


def owed(talk: Talk) -> mv.Move:
    return mv.next_move(talk.script, talk.interview, talk.now, talk.limits)


def shown(talk: Talk) -> Summary:
    return next(c.face for c in cards(talk.script, talk.interview, talk.limits) if isinstance(c.face, Summary))


def test_the_picture_is_made_before_the_document_and_the_summary_shows_it() -> None:
    talk = reviewed()
    talk.hear(ev.WriteIt("U1", talk.now))
    while isinstance(owed(talk), mv.Update):
        talk.hear(ev.Shown(owed(talk).card.key, owed(talk).card.digest, talk.now))  # type: ignore[union-attr]
    assert owed(talk) == mv.Draw("reserved")
    talk.settle()
    assert shown(talk).picture.startswith("F")
    assert talk.interview.drawing.step == "done"


def test_a_picture_that_has_to_wait_or_fails_does_not_hold_up_the_document() -> None:
    talk = reviewed()
    talk.hear(ev.WriteIt("U1", talk.now))
    talk.hear(ev.Blocked(talk.now + timedelta(minutes=5), talk.now, "drawing"))
    talk.settle()
    assert talk.interview.stage is Stage.WRITTEN
    assert shown(talk).picture == ""
    talk.wait(minutes=6)
    assert shown(talk).picture != ""
    talk = reviewed()
    talk.hear(ev.WriteIt("U1", talk.now))
    revision = talk.interview.timeline_revision
    talk.hear(ev.DrawingStep("failed", talk.now, revision=revision, why="missing_scope"))
    talk.settle()
    assert (shown(talk).picture, shown(talk).no_picture) == ("", "missing_scope")
    assert not isinstance(owed(talk), mv.Draw)


def test_a_changed_timeline_is_drawn_anew_when_it_is_quiet_and_the_old_picture_goes_last() -> None:
    talk = written()
    first = shown(talk).picture
    talk.ts += 1
    talk.hear(ev.TimelineChanged("U1", talk.now))
    talk.settle()
    assert shown(talk).picture == first
    talk.now += timedelta(minutes=11)
    made: list[mv.Move] = []
    while not isinstance(move := owed(talk), mv.Wait):
        made.append(move)
        match move:
            case mv.Draw("reserved"):
                talk.hear(ev.DrawingStep("reserved", talk.now, "F9", revision=talk.interview.timeline_revision))
            case mv.Draw(following):
                talk.hear(ev.DrawingStep(following, talk.now))
            case mv.Update(card, _, _):
                talk.hear(ev.Shown(card.key, card.digest, talk.now))
            case mv.Publish(kind, following):
                talk.hear(ev.PublicationStep(kind, following, talk.now, revision=talk.interview.revision))
            case mv.Reconcile():
                talk.hear(ev.Reconciled(talk.now))
            case _:
                raise AssertionError(move)
    steps = [m.next_step for m in made if isinstance(m, mv.Draw)]
    assert steps == ["reserved", "uploaded", "completed", "done", "removed"]
    between = made[made.index(mv.Draw("done")) : made.index(mv.Draw("removed"))]
    assert [m.card.key for m in between if isinstance(m, mv.Update)] == ["summary"]
    assert (shown(talk).picture, talk.interview.drawing.old) == ("F9", "")


def test_a_timeline_that_looks_the_same_is_not_sent_again() -> None:
    talk = written()
    before = talk.interview.drawing
    talk.hear(ev.DrawingStep("same", talk.now, revision=before.revision + 1))
    assert talk.interview.drawing == replace(before, revision=before.revision + 1)


def test_a_picture_that_failed_leaves_none_that_would_be_wrong() -> None:
    talk = written()
    first = talk.interview.drawing.shown
    talk.hear(ev.DrawingStep("failed", talk.now, revision=9, why="file_upload_size_restricted"))
    drawing = talk.interview.drawing
    assert (drawing.shown, drawing.old, drawing.why) == ("", first, "file_upload_size_restricted")
