"""How do sections become a document, and what follows when something changes afterwards?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.interview.state import Stage
from bot.sandbox.people import PersonRefused
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, buttons, conversation
from tests.fakes.scene import CHANNEL, SMALL


def brief(talk: Talk) -> Talk:
    """Two answers, and the rest skipped."""
    talk.answer("Customers could not pay.", user=TOM)
    talk.until("lessons.takeaway")
    talk.answer("all releases share one pool", user=ASHA)
    talk.to_review()
    return talk


@pytest.fixture
def reviewing(talk: Talk) -> Talk:
    """A conversation whose questions are over."""
    return brief(talk)


@pytest.fixture
def free_plan(database: Database) -> Iterator[Talk]:
    """The same in a workspace without canvases."""
    with conversation(database, {**SMALL, "free_plan": True}) as talk:
        yield brief(talk)


def test_each_section_is_shown_as_it_will_read(reviewing: Talk) -> None:
    review = reviewing.message("Before it is written")
    for heading in ("Summary", "Impact", "Timeline", "Contributing factors", "What went well", "Lessons"):
        assert f"*{heading}*" in review
    assert "Customers could not pay." in review
    assert "Not answered." in review
    assert "[Write the document]" in review


def test_a_person_edits_a_section_and_it_is_kept_with_its_author(reviewing: Talk) -> None:
    reviewing.press("section_open.lessons", ASHA)
    assert "all releases share one pool" in str(reviewing.modal(ASHA)["blocks"])
    reviewing.submit(ASHA, text__0="Releases share **one** pool; give each its own.")
    reviewing.s.later(5)
    assert "*Lessons* · _edited_" in reviewing.message("Before it is written")
    assert [(e.section, e.by) for e in reviewing.row().edits] == [("lessons", ASHA)]
    reviewing.write()
    document = reviewing.document()
    assert "give each its own" in document
    assert "all releases share one pool" not in document


def test_an_edit_whose_answers_changed_is_shown_beside_them_and_sent_unchanged_it_is_kept(reviewing: Talk) -> None:
    reviewing.press("section_open.lessons", ASHA)
    assert "have changed" not in str(reviewing.modal(ASHA)["blocks"])
    reviewing.submit(ASHA, text__0="Releases share one pool; give each its own.")
    reviewing.write()
    lesson = next(s for s in reviewing.row().said if "share one pool" in s.text)
    reviewing.edit(lesson.ts, "that all releases share two pools", lesson.user)
    reviewing.s.later(601)
    mark = "The answers have changed since this edit."
    assert mark in reviewing.document()

    reviewing.slash("edit lessons", TOM)
    form = str(reviewing.modal(TOM)["blocks"])
    assert f"{mark} Without it, the section would read:" in form
    assert "that all releases share two pools" in form
    reviewing.submit(TOM)
    reviewing.s.later(601)
    assert mark not in reviewing.document()
    assert "Edited by asha" in reviewing.document(), "it stays hers, and he has read it"
    assert "Reviewed by tom." in reviewing.document()
    reviewing.edit(lesson.ts, "that all releases share three pools", lesson.user)
    reviewing.s.later(601)
    assert mark in reviewing.document()


def test_a_section_sent_unchanged_is_accepted(reviewing: Talk) -> None:
    reviewing.press("section_open.summary", TOM)
    reviewing.submit(TOM)
    reviewing.s.later(5)
    assert "*Summary* · _accepted_" in reviewing.message("Before it is written")
    assert reviewing.row().edits == ()
    reviewing.write()
    reviewed = next(line for line in reviewing.document().splitlines() if "Reviewed by" in line)
    assert reviewed.endswith("Reviewed by tom."), "who accepted one; that maria pressed Write the document is no review"
    assert reviewing.message("1 section was read and accepted.")


def test_a_document_whose_sections_nobody_opened_claims_no_review(reviewing: Talk) -> None:
    assert "**" not in reviewing.message("Before it is written"), "labels are Slack's bold"
    reviewing.write()
    assert "Reviewed by" not in reviewing.document()
    assert reviewing.message("The document was written without going through the sections")
    # Paused or handed over it cannot be any more: what can still be done is said.
    for words in ("pause", "handover me"):
        told = reviewing.slash(words, MARIA)
        assert told.startswith("No postmortem is running here: PM-2026-001 is written."), words
        assert "`/postmortem edit`" in told


def test_an_answer_edited_during_the_review_shows_in_it(reviewing: Talk) -> None:
    reviewing.edit(reviewing.row().said[0].ts, "Customers could not pay by card.", TOM)
    reviewing.s.later(5)
    assert "Customers could not pay by card." in reviewing.message("Before it is written")


def test_the_document_is_a_canvas_and_one_message_says_so(reviewing: Talk) -> None:
    length = reviewing.length()
    reviewing.write()
    assert reviewing.length() == length + 1
    assert reviewing.row().stage is Stage.WRITTEN
    assert len(reviewing.s.person().canvases()) == 1
    summary = reviewing.message("is written.")
    assert "Customers could not pay." in summary
    assert "Not answered: " in summary
    assert "[Open the document] [Change something]" in summary
    assert "New file" not in summary
    old = next(m for m in reviewing.s.from_bot() if "Before it is written" in str(m["text"]))
    assert buttons(old) == []


def test_later_changes_are_edited_in_once_ten_minutes_are_quiet(reviewing: Talk) -> None:
    reviewing.write()
    length = reviewing.length()
    edits: list[str] = []
    reviewing.s.slack.on_call(
        lambda phase, method, args, n: edits.append(method) if phase == "after" and method == "canvases.edit" else None
    )
    reviewing.edit(reviewing.row().said[0].ts, "Customers could not pay by card.", TOM)
    reviewing.s.later(300)
    reviewing.edit(reviewing.row().said[1].ts, "all releases share one small pool", ASHA)
    reviewing.s.later(599)
    assert edits == []
    assert "by card" not in reviewing.document()
    assert "by card" not in reviewing.message("is written.")
    reviewing.s.later(1)
    assert edits == ["canvases.edit"]
    assert "Customers could not pay by card." in reviewing.document()
    assert "one small pool" in reviewing.document()
    assert "Customers could not pay by card." in reviewing.message("is written.")
    assert reviewing.length() == length, "no new message"


def test_something_said_after_the_document_is_heard(reviewing: Talk) -> None:
    reviewing.write()
    reviewing.s.say("one more thing: the replica was resized the day before", TOM)
    reviewing.s.later(601)
    assert "the replica was resized the day before" in reviewing.document()


def test_a_section_can_be_changed_after_the_document_is_out(reviewing: Talk) -> None:
    reviewing.write()
    reviewing.press("change", ASHA)
    view = reviewing.modal(ASHA)
    reviewing.s.person(ASHA).click_view(view["id"], "section_open.lessons")
    reviewing.s.settle()
    reviewing.submit(ASHA, text__0="Give each release its own pool.")
    reviewing.s.later(601)
    assert "Give each release its own pool." in reviewing.document()
    assert reviewing.row().edits[0].by == ASHA


def files(talk: Talk) -> list[str]:
    found = [f for m in talk.s.thread() for f in m.get("files", ())]
    return [talk.s.person(TOM).file(f["id"]).decode() for f in found]


def test_without_canvases_the_document_is_a_file_in_the_thread(free_plan: Talk) -> None:
    free_plan.write()
    assert free_plan.s.person().canvases() == []
    (document,) = files(free_plan)
    assert "Customers could not pay." in document
    assert "[New file]" in free_plan.message("is written.")


def test_a_new_file_comes_only_when_somebody_asks(free_plan: Talk) -> None:
    free_plan.write()
    free_plan.edit(free_plan.row().said[0].ts, "Customers could not pay by card.", TOM)
    free_plan.s.later(3600)
    assert len(files(free_plan)) == 1
    summary = free_plan.message("is written.")
    assert "Customers could not pay by card." in summary
    assert "Answers have changed since the file was written." in summary
    free_plan.press("new_file", ASHA)
    free_plan.s.later(5)
    first, second = files(free_plan)
    assert "by card" not in first
    assert "Customers could not pay by card." in second


def test_the_document_is_written_once_whoever_presses(reviewing: Talk) -> None:
    message = reviewing.s.with_button("write_it")
    reviewing.s.person(MARIA).click(CHANNEL, message["ts"], "write_it")
    with suppress(PersonRefused):  # where the button is gone already
        reviewing.s.person(TOM).click(CHANNEL, message["ts"], "write_it")
    reviewing.s.settle()
    assert len(reviewing.s.person().canvases()) == 1
    assert len(reviewing.messages("is written.")) == 1


def test_who_takes_a_written_postmortem_over_stands_in_its_document(reviewing: Talk) -> None:
    reviewing.write()
    assert "Facilitated by maria." in reviewing.document()
    assert reviewing.mention("handover <@U0TOM>") == "tom facilitates PM-2026-001 now."
    reviewing.s.later(700)
    assert "Facilitated by tom." in reviewing.document()
    for words in ("pause", "resume", "back", "kind ml"):
        assert reviewing.mention(words).startswith("No postmortem is running here: PM-2026-001 is written."), words
