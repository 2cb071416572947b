"""What the checklist points at before the document is written."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.state import Interview, SectionEdit
from bot.report.checklist import Check, checklist
from bot.report.document import ItemLine
from tests.unit import report_story as story
from tests.unit.report_story import ITEMS, ONCALL, asked, document


def checks(interview: Interview, items: tuple[ItemLine, ...] = ITEMS) -> dict[str, Check]:
    found = checklist(document(interview, items=items), interview, items)
    assert len({check.id for check in found}) == len(found) == 11
    return {check.id: check for check in found}


def test_what_is_not_answered_is_named_by_its_heading() -> None:
    assert checks(story.checkout())["answered"].found == ("“What was not asked” is not known",)
    assert "“Impact” is not answered" in checks(story.nobody())["answered"].found


def test_one_factor_is_not_enough() -> None:
    assert checks(story.checkout())["factors"].ok
    one = asked(story.nobody(), "causes.how", (ONCALL, "no index"), level=1)
    assert checks(one)["factors"].found == ("Only one is named",)
    assert checks(story.nobody())["factors"].found == ("None is named",)


def test_factors_that_somebody_wrote_into_the_section_count() -> None:
    edit = SectionEdit("causes", "- no index\n- a small staging database", ONCALL, story.at(18))
    assert checks(replace(story.nobody(), edits=(edit,)))["factors"].ok


def test_items_say_what_they_lack_by_number() -> None:
    found = checks(story.checkout())
    assert found["owners"].found == ("AI-033 has no owner",)
    assert found["due"].found == ("AI-032: “next sprint” is not a date yet", "AI-033 has no date")
    assert found["measures"].found == ("AI-032 and AI-033 do not say how we will know it worked",)


def test_an_item_that_is_done_or_dropped_lacks_nothing() -> None:
    closed = tuple(replace(item, status=status) for item, status in zip(ITEMS[1:], ("done", "dropped"), strict=True))
    found = checks(story.checkout(), closed)
    assert all(found[each].ok for each in ("items", "owners", "due", "measures"))


def test_unknown_times_and_a_timeline_that_nobody_confirmed() -> None:
    found = checks(story.nobody())
    assert "“Detected” has no time" in found["moments"].found
    assert not found["timeline"].ok
    assert checks(story.checkout())["moments"].ok
    assert checks(story.checkout())["timeline"].ok


def test_a_sentence_that_reads_like_blame_is_shown_and_left_as_it_is() -> None:
    words = "It was human error: the engineer was careless and should have known better."
    interview = asked(story.checkout(), "closing.open", (ONCALL, words))
    found = checks(interview)["wording"]
    assert any(line.startswith("What was not asked: “") for line in found.found)
    assert checks(story.checkout())["wording"].found == tuple(
        line for line in checks(story.checkout())["wording"].found if line.startswith("Actions:")
    )


def test_a_typed_name_is_pointed_at_and_an_owner_is_not() -> None:
    interview = asked(story.checkout(), "closing.open", (ONCALL, "Raj Patel saw it first"))
    assert checks(interview)["names"].found == ("“What was not asked” names Raj Patel",)
    assert checks(story.checkout())["names"].ok


def test_an_edit_that_the_answers_left_behind_is_pointed_at() -> None:
    edit = SectionEdit("impact", "Many.", ONCALL, story.at(18), "older")
    found = checks(replace(story.checkout(), edits=(edit,)))["edits"]
    assert found.found == ("“Impact” was edited, and the answers have changed since",)
