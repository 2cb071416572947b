"""What the checklist says of a postmortem: what holds, what is weak and where, and what cannot be told yet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.interview.state import Approval, Closed, Fact, FollowUp, Interview, SectionEdit, Share, Stage
from bot.places import ROOT, TEMPLATES
from bot.publish.layouts import Layouts
from bot.report.checklist import RULES, checklist, unmet
from bot.report.checks.questions import askings
from bot.report.checks.rule import Check, Matter, Mend, Standing
from bot.report.document import ItemLine
from bot.timeline.values import Kind
from tests.unit import report_story as story
from tests.unit.report_story import ITEMS, NOW, ONCALL, SCRIPT, SUPPORT, asked, document


def checks(interview: Interview, items: tuple[ItemLine, ...] = ITEMS, now: datetime = NOW) -> dict[str, Check]:
    found = checklist(Matter(SCRIPT, document(interview, items=items), interview, items, now))
    assert len({check.id for check in found}) == len(found)
    return {check.id: check for check in found}


def places(check: Check) -> list[str]:
    return [each.place for each in check.verdict.found]


def test_every_rule_has_its_words_and_says_where_it_comes_from() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.title[0].isupper()
        assert not rule.title.endswith(".")
        assert rule.do.endswith(".")
        assert len(rule.do) < 160
        assert rule.look.__doc__


def test_what_is_not_answered_is_named_by_its_heading_and_what_nobody_knows_is_answered() -> None:
    assert checks(story.checkout())["answered"].ok, "“don't know” is an answer"
    assert "“Impact” is not answered" in checks(story.nobody())["answered"].found
    skipped = asked(story.nobody(), "impact.customers", closed=Closed.SKIPPED)
    assert "“Impact” was skipped" in checks(skipped)["answered"].found


def test_the_page_lists_every_rule_as_it_is() -> None:
    page = (ROOT / "docs" / "checklist.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| .* \| (\w*) ?\|$", page, flags=re.MULTILINE)
    assert rows == [(rule.id, rule.title, "yes" if rule.can_bind else "") for rule in RULES]


def test_one_factor_is_not_enough() -> None:
    assert checks(story.checkout())["factors"].ok
    one = asked(story.nobody(), "causes.how", (ONCALL, "no index"), level=1)
    assert checks(one)["factors"].found == ("Only one contributing factor is named",)
    chain = asked(one, "causes.how", (ONCALL, "review shows no query plan"), level=2, factor="1.1")
    chain = asked(chain, "causes.how", (ONCALL, "nobody owns review"), level=3, factor="2.1")
    assert checks(chain)["factors"].found == ("Only one contributing factor, with two conditions below it, is named",)
    assert checks(story.nobody())["factors"].found == ("No contributing factor is named",)


def test_factors_that_somebody_wrote_into_the_section_count() -> None:
    edit = SectionEdit("causes", "- no index\n- a small staging database", ONCALL, story.at(18))
    assert checks(replace(story.nobody(), edits=(edit,)))["factors"].ok


def test_items_say_what_they_lack_by_number() -> None:
    found = checks(story.checkout())
    assert found["owners"].found == ("AI-033 has no owner",)
    assert found["due"].found == ("AI-032: “next sprint” is not a date yet", "AI-033 has no date")
    assert found["measures"].found == ("AI-032 and AI-033 do not say how we will know it worked",)


def test_each_weak_item_is_named_as_the_place() -> None:
    found = checks(story.checkout())
    assert places(found["due"]) == ["AI-032", "AI-033"]
    assert found["priority"].found == ("AI-033 has no priority",)
    assert found["specific"].found == ("AI-033 “Improve monitoring”: of what, so that we see what earlier?",)


def test_many_items_that_lack_the_same_are_told_together() -> None:
    many = tuple(ItemLine(f"AI-{n:03}", "Cap the pool at 20") for n in range(1, 9))
    check = checks(story.checkout(), many)["owners"]
    assert check.found == ("AI-001, AI-002, AI-003, AI-004, AI-005 and 3 more have no owner",)
    assert len(places(check)) == 8


@pytest.mark.parametrize(
    ("texts", "holds"),
    [
        (("Document the failover in the runbook", "Remind everybody to be careful"), False),
        (("Document the failover in the runbook", "Cap the pool at 20 connections"), True),
        (("Document the failover in the runbook", "Alert on pool use above 80 %"), True),
    ],
)
def test_actions_that_only_ask_people_to_remember_are_weak_together(texts: tuple[str, ...], holds: bool) -> None:
    items = tuple(ItemLine(f"AI-{n:03}", text) for n, text in enumerate(texts, 1))
    assert checks(story.checkout(), items)["strong"].ok is holds


def test_while_no_action_is_named_nothing_is_said_of_their_owners() -> None:
    found = checks(story.checkout(), ())
    assert found["items"].standing is Standing.WEAK
    assert {found[each].standing for each in ("owners", "due", "priority", "measures", "specific", "strong")} == {
        Standing.OPEN
    }


def test_a_chain_of_hows_is_deep_after_three_levels_or_where_nobody_knows_more() -> None:
    assert checks(story.checkout())["depth"].ok, "it ended in “don't know”"
    one = asked(story.nobody(), "causes.how", (ONCALL, "no index"), level=1)
    assert checks(one)["depth"].found == ("The deepest chain of hows has 1 of 3 levels",)
    two = asked(one, "causes.how", (ONCALL, "review shows no query plan"), level=2, factor="1.1")
    assert not checks(two)["depth"].ok
    assert checks(asked(two, "causes.how", (ONCALL, "nobody owns review"), level=3, factor="2.1"))["depth"].ok
    assert checks(asked(two, "causes.how", level=3, factor="2.1", closed=Closed.UNKNOWN))["depth"].ok
    assert checks(story.nobody())["depth"].found == ("No how was answered",)


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


def test_what_the_timeline_quotes_is_held_against_the_same_words_and_left_as_it_was_written() -> None:
    said = story.entry(13, 40, Kind.NOTE, "nadia changed it without knowing what the code does", SUPPORT)
    entries = (*story.ENTRIES, said)
    told = story.checkout()
    matter = Matter(SCRIPT, document(told, entries=entries), told, ITEMS, NOW)
    (weak,) = (check for check in checklist(matter) if check.id == "quotes")
    assert weak.found == (
        "Timeline: “nadia changed it without knowing” reads as if a person were the cause; what made that easy to do, "
        "and hard to notice?",
    )
    assert weak.rule.mend is Mend.TIMELINE
    (asking,) = askings(matter, (weak,), {})
    assert asking.text == (
        "The timeline quotes “nadia changed it without knowing”: what made that easy to do, and hard to notice?"
    )
    assert (asking.to, asking.question, asking.level) == (told.facilitator, "causes.how", 1)
    assert asking.quote is not None
    assert asking.quote.ts == said.entry.source_ts, "it goes with its message"
    assert any("nadia changed it" in event.what.text for event in matter.document.material.events)
    assert checks(told)["quotes"].ok
    edited = replace(told, edits=(SectionEdit("timeline", "At 13:40 the setting was changed.", ONCALL, story.at(18)),))
    rewritten = Matter(SCRIPT, document(edited, entries=entries), edited, ITEMS, NOW)
    assert next(check for check in checklist(rewritten) if check.id == "quotes").ok


def test_a_sentence_that_reads_like_blame_is_shown_and_left_as_it_is() -> None:
    words = "It was human error: the engineer was careless and should have known better."
    interview = asked(story.checkout(), "closing.open", (ONCALL, words))
    found = checks(interview)
    assert any("stops at human error" in line for line in found["persons"].found)
    assert any("says what should have been" in line for line in found["wording"].found)
    assert set(places(found["persons"])) == {"open"}
    assert checks(story.checkout())["wording"].ok
    assert checks(story.checkout())["persons"].ok


def test_a_typed_name_is_pointed_at_and_an_owner_is_not() -> None:
    interview = asked(story.checkout(), "closing.open", (ONCALL, "Raj Patel saw it first"))
    assert checks(interview)["names"].found == ("“What was not asked” names Raj Patel",)
    assert checks(story.checkout())["names"].ok


def test_an_edit_that_the_answers_left_behind_is_pointed_at() -> None:
    edit = SectionEdit("impact", "Many.", ONCALL, story.at(18), "older")
    found = checks(replace(story.checkout(), edits=(edit,)))["edits"]
    assert found.found == ("“Impact” was edited, and the answers have changed since",)


def after(hours: float) -> Interview:
    """The checkout incident, begun and written so long after its end."""
    at = story.at(15, 5) + timedelta(hours=hours)
    return replace(story.checkout(), started_at=at, written_at=at)


def test_it_was_begun_in_a_day_and_written_in_a_week() -> None:
    assert checks(after(24))["started"].ok
    assert checks(after(25))["started"].found == ("It was begun 1 day 1 h after the end",)
    assert checks(after(7 * 24))["fresh"].ok
    assert checks(after(7 * 24 + 1))["fresh"].found == ("It was written 7 days 1 h after the end",)


def test_what_is_not_written_grows_stale_after_a_week() -> None:
    asking = replace(story.checkout(), stage=Stage.ASKING, written_at=None)
    assert checks(asking)["fresh"].standing is Standing.OPEN
    late = checks(asking, now=story.at(15, 5) + timedelta(days=8))["fresh"]
    assert late.found == ("It is not written yet, 8 days after the end",)


def test_without_an_end_nobody_can_tell_whether_it_was_soon() -> None:
    unended = replace(story.checkout(), facts=tuple(f for f in story.FACTS if f.name not in ("mitigated", "resolved")))
    assert {checks(unended)[each].standing for each in ("started", "fresh")} == {Standing.OPEN}
    mitigated = tuple(f for f in story.FACTS if f.name != "resolved")
    assert checks(replace(story.checkout(), facts=mitigated))["started"].ok


def test_a_fact_without_a_time_is_no_end() -> None:
    vague = (*(f for f in story.FACTS if f.name not in ("mitigated", "resolved")), Fact("resolved", "later"))
    assert checks(replace(story.checkout(), facts=vague))["started"].standing is Standing.OPEN


# --- after it is written ---


def written(hours: float = 0, **changes: object) -> Interview:
    """The checkout incident, written so long after its end, at 15:05."""
    told = replace(story.checkout(), written_at=story.at(15, 5) + timedelta(hours=hours))
    return replace(told, **changes)  # type: ignore[arg-type]


END = story.at(15, 5)


def test_shared_within_two_days_of_the_end() -> None:
    def check(now: datetime, *shares: Share) -> Check:
        return checks(written(shares=shares), now=now)["shared"]

    early = check(END + timedelta(hours=40))
    assert early.standing is Standing.OPEN
    assert early.verdict.waits == "Nobody has said that it was shared; 8 h are left."
    assert check(END + timedelta(hours=49)).found == ("Nobody has said that it was shared, 2 days 1 h after the end",)
    soon, late = (Share("#all", END + timedelta(hours=h), ONCALL) for h in (47, 60))
    assert check(END + timedelta(days=9), late, soon).ok
    assert check(END + timedelta(days=9), late).found == ("It was shared 2 days 12 h after the end",)


def test_every_action_is_tracked_a_day_after_the_document() -> None:
    bare = (ItemLine("AI-001", "Cap the pool"), ItemLine("AI-002", "Alert", tracker="https://x.example/2"))
    assert checks(written(), bare, END + timedelta(hours=23))["tracked"].standing is Standing.OPEN
    assert checks(written(), bare, END + timedelta(hours=25))["tracked"].found == ("AI-001 has no link to a ticket",)
    assert checks(written(), bare[1:], END + timedelta(hours=25))["tracked"].ok


def test_what_is_urgent_has_a_sponsor() -> None:
    urgent = ItemLine("AI-001", "Cap the pool", priority="P0")
    assert checks(written(), (urgent,))["sponsors"].found == ("AI-001 has no sponsor",)
    assert checks(written(), (replace(urgent, sponsor="Mia Chen"), replace(urgent, priority="P2")))["sponsors"].ok


def test_a_follow_up_review_is_planned_within_six_weeks() -> None:
    day_zero, a_week_on = (checks(written(), now=END + timedelta(days=d))["follow_up"] for d in (0, 7))
    assert day_zero.early, "offered, not missed"
    assert day_zero.verdict.waits == "No day is planned; 7 days are left to choose one."
    assert a_week_on.found == ("No day is planned",)
    soon, late = (FollowUp((END + timedelta(weeks=w)).date(), ONCALL) for w in (4, 7))
    assert checks(written(follow_up=soon))["follow_up"].ok
    assert checks(written(follow_up=late))["follow_up"].found == (
        "It is planned for 7 Jan 2027, 7 weeks after it was written",
    )


def test_each_role_approves() -> None:
    given = (Approval("Manager", ONCALL, NOW), Approval("Author", ONCALL, NOW))
    day_zero, later = (checks(written(approvals=given), now=END + timedelta(hours=h))["approvals"] for h in (1, 48))
    assert day_zero.early
    assert day_zero.verdict.waits == "Technical reviewer and On-call lead: nobody yet; 1 day 23 h are left."
    assert later.found == (
        "Technical reviewer: nobody yet",
        "On-call lead: nobody yet",
    )


def test_approvals_are_missed_only_where_the_document_has_a_place_for_them() -> None:
    month = END + timedelta(days=30)
    unasked = checks(written(), now=month)["approvals"]
    assert unasked.early
    assert unasked.verdict.waits == "This kind of document asks for none; one that is given all the same is kept."
    interview = written()
    matter = Matter(SCRIPT, document(interview), interview, ITEMS, month, wants_approvals=True)
    (asked_for,) = (check for check in checklist(matter) if check.id == "approvals")
    assert len(asked_for.found) == 4
    layouts = Layouts(TEMPLATES)
    assert [kind for kind in layouts.kinds() if layouts.get(kind).shows("approvals")] == ["full"]


def test_what_was_done_is_held_against_its_measure() -> None:
    done = ItemLine("AI-001", "Alert", measure="it pages", status="done")
    assert checks(written(), (done,))["met"].standing is Standing.OPEN
    assert checks(written(), (replace(done, met="later"),))["met"].standing is Standing.OPEN
    assert checks(written(), (replace(done, met="yes"), replace(done, measure="")))["met"].ok
    assert checks(written(), (replace(done, met="no"),))["met"].found == (
        "AI-001 was done, and its measure was not met",
    )


def test_before_it_is_written_nothing_is_held_against_it_that_comes_after() -> None:
    found = checks(replace(story.checkout(), stage=Stage.REVIEWING, written_at=None))
    assert {found[each].standing for each in ("shared", "follow_up", "approvals")} == {Standing.OPEN}


def test_what_binds_and_does_not_hold_is_told_in_one_half_sentence() -> None:
    found = tuple(checks(story.checkout()).values())
    assert unmet(found, ("owners", "factors")) == "every action has an owner"
    assert unmet(found, ("approvals", "owners")) == "every action has an owner and it is approved in every role"
    assert unmet(found, ()) == ""
