"""How the kinds of document are laid out from one document, and that nothing is lost or made up on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.interview.fields import AFTER, BEFORE, FIELDS, LINKS
from bot.interview.state import OF_COUNTS, Asked, Closed, Fact, Field, Findings, Post, Put, Quote, Said, SectionEdit
from bot.places import PROMPTS, TEMPLATES
from bot.publish.layouts import Layouts
from bot.rendering import Renderer
from bot.report.compose import compose
from bot.report.layout import LayoutError, parse_layout
from bot.report.material import Answered, Figure, Similar
from bot.report.paper import Paper, lay_out
from bot.report.parts.said import FIELDS_TOLD
from bot.report.queries import QueriesError, parse_queries, services_of
from bot.report.values import Commitments, ItemLine, Label, Listing, Paragraph, SectionText, State, Table, Voice
from bot.scripts.shelf import Scripts, script_of
from bot.timeline.values import Kind
from tests.unit import report_story as story
from tests.unit.report_story import ITEMS, LAYOUTS, ONCALL, SUPPORT, asked, document, entry, factors, paper

RENDERER = Renderer(TEMPLATES)
COMPOSED = State.COMPOSED


def section(found: Paper, section_id: str) -> SectionText:
    return next(each for each in found.sections if each.id == section_id)


def absent_lines(found: SectionText) -> list[str]:
    return [b.text for b in found.blocks if isinstance(b, Paragraph) and b.voice is Voice.ABSENT]


def labels(found: SectionText) -> list[str]:
    return [b.text for b in found.blocks if isinstance(b, Label)]


def entered(**fields: str) -> list[Field]:
    """What Raj entered in the form, with __ for the dot of a name."""
    return [Field(name.replace("__", "."), text, SUPPORT, story.at(18)) for name, text in fields.items()]


def test_the_kinds_that_ship_are_these() -> None:
    assert LAYOUTS.kinds() == ("report", "full", "executive", "ml", "llm")
    assert LAYOUTS.of(story.SCRIPT) == "report"


def test_the_full_report_has_a_place_for_every_field() -> None:
    placed = {name for each in LAYOUTS.get("full").sections for part in each.parts for name in part.fields}
    stats = {"impact.users", "impact.share"}
    assert stats <= placed
    assert placed == set(FIELDS)


@pytest.mark.parametrize("kind", ["report", "full", "executive", "ml", "llm"])
def test_nothing_that_somebody_said_is_missing_or_said_to_be_missing_twice(kind: str) -> None:
    found = paper(kind=kind)
    shown = RENDERER.document_markdown(found)
    assert "Nobody could pay by card for two hours." in shown
    assert "1,240 failed payments" in shown
    if kind != "executive":
        for words in ("The rollback was rehearsed.", "review shows no query plan", "We were on a call", "AI-033"):
            assert words in shown, words
    for each in found.sections:
        assert len(absent_lines(each)) <= 1, each.id


@pytest.mark.parametrize("kind", ["report", "full", "ml", "llm"])
def test_answers_that_one_part_leaves_out_stand_in_another(kind: str) -> None:
    parts = [part for each in LAYOUTS.get(kind).sections for part in each.parts]
    told = {question for part in parts if part.show == "answers" for question in part.of}
    marks = {"causes.alone"}  # Its answer is the note beside each factor.
    assert {q for part in parts if part.show in ("chain", "factors", "answers") for q in part.but} - marks <= told


@pytest.mark.parametrize("kind", ["report", "full", "ml", "llm"])
def test_what_was_said_of_the_cause_is_told_also_where_no_factor_was_named(kind: str) -> None:
    found = document()
    told = (Label("Where it had been seen"), Paragraph("The graph of the pool showed it.", Voice.WORDS))
    beside = (("causes.seen", told),)
    material = replace(found.material, factors=(), beside_factors=beside)
    shown = RENDERER.document_markdown(paper(replace(found, material=material), kind))
    assert "The graph of the pool showed it." in shown
    assert any("contributing factors" in line for line in shown.splitlines() if line.startswith("*Not answered:"))


@pytest.mark.parametrize("kind", ["report", "full"])
def test_what_was_said_stands_once_in_a_section_also_where_two_parts_of_it_show_it(kind: str) -> None:
    found = document()
    cause = Paragraph("release 4312 takes all connections", Voice.WORDS, found.sections[0].sources[:1])
    beside = Answered(
        "causes", "causes.evidence", "What showed it", (replace(cause, note="from the record"),), COMPOSED
    )
    field = Figure("cause.evidence", "What showed the cause, and how it was confirmed", (cause,))
    answered = (*found.material.answered, beside)
    material = replace(found.material, cause=cause, answered=answered, figures=(field,))
    shown = RENDERER.document_markdown(paper(replace(found, material=material), kind))
    below = "Immediate cause" if kind == "report" else "How it came to be possible"
    whole = shown.partition(f"## {below}\n")[2].partition("\n## ")[0]
    assert whole.count("release 4312 takes all connections") == 1
    assert "What showed it" not in whole, "a heading of nothing"
    assert "How that was possible, level by level" in whole or kind == "report"


@pytest.mark.parametrize("kind", ["report", "full", "executive", "ml", "llm"])
def test_an_interview_that_nobody_answered_is_one_honest_line_a_section(kind: str) -> None:
    found = paper(document(story.nobody(), entries=(), items=()), kind)
    for each in found.sections:
        said = [b for b in each.blocks if isinstance(b, Paragraph) and b.voice in (Voice.WORDS, Voice.EDIT)]
        assert said == [], each.id
        assert len(absent_lines(each)) <= 1, each.id
    assert "No action was agreed." in RENDERER.document_html(found)


def test_what_was_skipped_is_told_apart_from_what_was_not_answered() -> None:
    told = asked(story.checkout(), "response.luck", closed=Closed.UNKNOWN)
    line = absent_lines(section(paper(document(told)), "response"))
    assert line == ["Not known: luck. Skipped by the team: what was hard."]


def test_one_state_is_told_in_one_word_wherever_it_shows() -> None:
    """What people do not know is not known in the figures too, and what the record lacks was nobody's to answer."""
    told = asked(story.nobody(), "impact.customers", closed=Closed.UNKNOWN)
    bare = paper(document(told, entries=(), items=()), "full")
    assert absent_lines(section(bare, "impact")) == ["Not known."]
    assert absent_lines(section(bare, "overview"))[-1].endswith("Not known: why it happened and what ended it.")
    kept = asked(story.nobody(), "impact.customers", (ONCALL, "about 300 people"))
    kept = asked(kept, "impact.customers", closed=Closed.UNKNOWN)
    people = Field("impact.users", "about 300 people", ONCALL, story.NOW, kept.said[0].ts)
    told_of_people, silent = (
        paper(document(replace(kept, fields=fields, facts=story.FACTS)), "full") for fields in ((people,), ())
    )
    assert "Not known: share of all." in absent_lines(section(told_of_people, "impact"))[0]
    assert "Not known: affected users." in absent_lines(section(silent, "stats"))[0]


def test_what_the_record_settles_is_not_told_as_not_answered() -> None:
    told = (
        *story.ENTRIES,
        entry(13, 22, Kind.COMMUNICATION, "Investigating: card payments fail", "Statuspage"),
        entry(13, 9, Kind.DECLARED, "declaring SEV-2", ONCALL),
    )
    full = paper(document(entries=told), "full")
    assert "status page" not in absent_lines(section(full, "communication"))[0]
    assert "updates inside" not in absent_lines(section(full, "communication"))[0]
    assert "first sign" not in absent_lines(section(full, "timeline"))[0]
    silent = paper(document(entries=()), "full")
    assert "first sign" in absent_lines(section(silent, "timeline"))[0]


@pytest.mark.parametrize(("kind", "where"), [("full", "references"), ("report", "links")])
def test_a_link_of_the_record_is_listed_with_its_message_also_where_no_entry_holds_it(kind: str, where: str) -> None:
    pull = Field(LINKS, "https://github.com/acme/checkout/pull/4312", ONCALL, story.NOW, story.ts(13, 20))
    laid = paper(document(replace(story.checkout(), fields=(pull,))), kind)
    (table,) = [block for block in section(laid, where).blocks if isinstance(block, Table)]
    row = next(row for row in table.rows if row[1].text == pull.text)
    assert row[0].text == "In the record"
    assert [source.url for source in row[1].sources] == [story.permalink(story.ts(13, 20))]
    assert "in the record" not in "".join(absent_lines(section(laid, where)))
    if kind == "report":
        assert not any(each.id == where for each in paper(kind=kind).sections), "nothing is linked"


def test_a_version_of_the_record_stands_where_the_kind_asks_for_it_and_says_that_nobody_confirmed_it() -> None:
    told = replace(story.nobody(), fields=(Field(BEFORE, "v29", ONCALL, story.NOW, story.ts(14, 25)),))
    where = "the channel, by a responder; from the record, to be confirmed"
    for script, rows in (
        (script_of(Scripts((PROMPTS,)).source("llm")), [["Version before", "v29", where]]),
        (story.SCRIPT, []),
    ):
        found = compose(script, told, (), (), story.NAMES, permalink=story.permalink, now=story.NOW)
        tables = [b for s in paper(found, "llm").sections for b in s.blocks if isinstance(b, Table)]
        assert [[c.text for c in row] for t in tables if t.header == FIELDS_TOLD for row in t.rows] == rows


def test_a_version_that_served_is_not_missed_where_the_one_after_the_change_is_known() -> None:
    script = script_of(Scripts((PROMPTS,)).source("ml"))
    ran = Field(AFTER, "model v7.2.0", ONCALL, story.NOW, story.ts(14, 25))
    name = Field("model.name", "the ranker", ONCALL, story.NOW)
    for fields, missed in (((name, ran), False), ((name,), True)):
        told = replace(story.nobody(), fields=fields)
        found = compose(script, told, (), (), story.NAMES, permalink=story.permalink, now=story.NOW)
        lines = [line for s in paper(found, "ml").sections for line in absent_lines(s)]
        assert any("version of the model" in line for line in lines) is missed


def test_what_is_long_is_folded_on_a_page_under_what_it_is_and_what_matters_is_not() -> None:
    events = tuple(entry(14, minute, Kind.NOTE, f"event {minute}", ONCALL) for minute in range(9))
    found = document(entries=(*story.ENTRIES, *events))
    page = RENDERER.document_html(paper(found, "full"))
    folds = re.findall(r'<details class="fold"><summary><h3>(.*?)</h3></summary>(.*?)</details>', page, re.DOTALL)
    assert {"Detection", "Mitigation", "Logs", "Metrics"} <= {name for name, _ in folds}
    assert page.count("<details") == page.count("</details>")
    assert not any('class="absent"' in body for _, body in folds), "what is missing is told in the open"
    report = RENDERER.document_html(paper(found))
    assert "<summary>Timeline: 13 lines</summary>" in report
    paper_style = report.partition("@media print")[2].partition("</style>")[0]
    assert "details::details-content{content-visibility:visible" in paper_style, "on paper"
    assert "summary,thead,.computed{break-after:avoid}" in paper_style, "no heading stands alone at the end of a page"
    assert "<details" not in RENDERER.document_html(paper(kind="executive"))


def test_what_stands_above_is_not_told_once_more_where_a_part_says_so() -> None:
    full = RENDERER.document_markdown(paper(kind="full"))
    assert full.count("Nobody could pay by card for two hours.") == 1
    assert "**The problem**" not in full


def test_a_field_stands_in_its_cell_with_where_it_was_said() -> None:
    told = replace(story.checkout(), fields=tuple(entered(impact__share="12 % of all checkouts", slo__target="99.9 %")))
    impact = section(paper(document(told), "full"), "impact")
    tables = [block for block in impact.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for table in tables for row in table.rows] == [
        ["Share of all", "12 % of all checkouts", "the form, by Raj Patel"],
        ["Objective: target", "99.9 %", "the form, by Raj Patel"],
    ]
    (line,) = absent_lines(impact)
    assert "people affected" in line
    assert line.endswith("and figures on the team.")


def test_durations_are_worked_out_from_the_moments() -> None:
    (table,) = [b for b in section(paper(kind="full"), "stats").blocks if isinstance(b, Table)]
    assert {row[0].text: row[1].text for row in table.rows} == {
        "Duration": "about 2 h 35 min",
        "Time to detection": "about 32 min",
        "From detection to mitigation": "1 h 29 min",
        "From detection to resolution": "2 h 3 min",
    }


def test_the_timeline_of_the_full_report_is_in_phases() -> None:
    entries = (
        *story.ENTRIES,
        story.entry(13, 55, Kind.CAUSE_IDENTIFIED, "it is the release", SUPPORT),
        story.entry(14, 31, Kind.MITIGATED, "rolled back", ONCALL),
        story.entry(15, 30, Kind.NOTE, "still quiet", ONCALL),
    )
    found = section(paper(document(entries=entries), "full"), "timeline")
    phases: dict[str, list[str]] = {}
    heading = ""
    for block in found.blocks:
        if isinstance(block, Label):
            heading = block.text
        if isinstance(block, Table) and block.header[0] == "Time":
            phases[heading] = [row[0].text for row in block.rows]
    assert phases == {
        "Detection": ["about 12:30", "13:02"],
        "Investigation": ["13:40", "13:55"],
        "Mitigation": ["14:31", "15:05"],
        "Afterwards": ["15:30"],
    }


def test_actions_stand_by_when_they_are_due() -> None:
    items = (
        replace(ITEMS[0], number="AI-1", due=date(2026, 11, 20)),
        replace(ITEMS[0], number="AI-2", due=date(2027, 1, 15)),
        replace(ITEMS[0], number="AI-3", due=date(2028, 1, 1)),
        ITEMS[1],
    )
    found = section(paper(document(items=items), "full"), "actions")
    assert labels(found) == [
        "This week (until 26 Nov 2026)",
        "This quarter (until 19 Feb 2027)",
        "Later",
        "Without a date",
    ]


def test_what_wont_be_done_stands_apart_from_what_is_due() -> None:
    given_up = replace(ITEMS[0], status="dropped", reason="the vendor does it", closed_by="Ana Lima")
    laid = lay_out(document(items=[given_up, *ITEMS[1:]]), LAYOUTS.get("full"), LAYOUTS.queries)
    assert labels(section(laid, "actions"))[-1] == "Won't be done"
    shown = RENDERER.document_markdown(laid).split("**Won't be done**")[1]
    assert "| AI-031 |" in shown
    assert "won't do: the vendor does it, Ana Lima" in shown
    nothing = lay_out(document(items=[given_up]), LAYOUTS.get("executive"), LAYOUTS.queries)
    assert "Nothing: 1 action won't be done." in RENDERER.document_markdown(nothing)


def test_a_sort_that_words_only_suggest_is_said_to_be_one() -> None:
    said = ("testing: staging has no data", "no alert on the pool")
    told = asked(story.nobody(), "causes.how", (ONCALL, "\n".join(said), factors(*said)), level=1)
    shown = RENDERER.document_markdown(paper(document(told)))
    assert "**Testing gap:** staging has no data" in shown
    assert "**Monitoring gap:** no alert on the pool" in shown
    assert "its words suggested one" in shown
    told = asked(story.nobody(), "causes.how", (ONCALL, said[0], factors(said[0])), level=1)
    assert "its words suggested one" not in RENDERER.document_markdown(paper(document(told)))


@pytest.mark.parametrize("kind", ["report", "full", "ml", "llm"])
@pytest.mark.parametrize("edited", ["summary", "impact", "timeline", "causes", "response", "actions", "open"])
def test_what_somebody_edited_stands_in_every_kind(kind: str, edited: str) -> None:
    edit = SectionEdit(edited, "As it really was.", ONCALL, story.at(18, 20), "older")
    found = paper(document(replace(story.checkout(), edits=(edit,))), kind)
    shown = RENDERER.document_markdown(found)
    assert "As it really was." in shown
    assert "Edited by Ana Lima on 19 Nov 2026, 18:20 UTC. The answers have changed since this edit." in shown


def test_sections_of_a_teams_own_script_stand_in_the_full_report_too() -> None:
    assert section(paper(kind="full"), "response").heading == "The response"


def points(found: SectionText) -> dict[str, str]:
    """The marked points of a section."""
    return {p.mark: p.text for b in found.blocks if isinstance(b, Listing) for p in b.points}


def test_the_executive_page_has_no_more_than_a_page_holds() -> None:
    found = paper(kind="executive")
    assert [each.heading for each in found.sections] == ["What happened", "Who was affected", "What we do about it"]
    assert len(RENDERER.document_markdown(found).split()) < 400
    (actions,) = [b for b in section(found, "what-we-do").blocks if isinstance(b, Commitments)]
    assert [item.number for item in actions.items] == ["AI-032", "AI-031", "AI-033"]


def test_the_executive_page_reads_as_short_statements_from_what_is_confirmed() -> None:
    cause = "found it: the pool is exhausted since release 4312"
    facts = (
        *story.FACTS,
        Fact("cause", cause, story.at(14, 12), quote=Quote(cause, story.ts(14, 12), ONCALL)),
        Fact(
            "mitigation", "ok rolled back 4312 <@U3DBLEAD>", quote=Quote("rolled back 4312", story.ts(14, 31), ONCALL)
        ),
    )
    record = Field(
        "impact.requests", "declaring SEV-2, about 380 payments failed so far", ONCALL, story.NOW, story.ts(13, 9)
    )
    told = replace(story.checkout(), facts=facts, fields=(record,))
    happened = points(section(paper(document(told), "executive"), "what-happened"))
    assert happened == {
        "What happened": "Nobody could pay by card for two hours.",
        "When": "It began about 12:30 UTC on 19 Nov 2026, was noticed at 13:02 UTC, no longer did harm at 14:31 UTC"
        " and was over at 15:05 UTC.",
        "How long": "About 2 h 35 min, of which about 32 min passed unnoticed.",
        "Why it happened": "“the pool is exhausted since release 4312”."
        " Two contributing factors, with one condition below them, were found.",
        "What was done": "At 14:31 UTC: a change was undone.",
    }
    laid = paper(document(told), "executive")
    assert points(section(laid, "whom")) == {"Failed requests": "About 380 payments failed so far"}
    quote = Quote(record.text, record.ts, ONCALL)
    bare = asked(
        replace(told, said=(), asked=(), posts=()),
        "impact.customers",
        (ONCALL, "no, it was 412"),
        put=Put.CONFIRM,
        quote=quote,
    )
    both = Fact(OF_COUNTS, "“380” in the channel, but “no, it was 412” in an answer.", quote=quote)
    whom = section(paper(document(replace(bare, facts=(*facts, both))), "executive"), "whom")
    assert points(whom)["Not settled"] == both.text
    assert not [b for b in whom.blocks if isinstance(b, Paragraph)], "neither stands alone"
    silent = section(paper(document(story.nobody(), entries=(), items=()), "executive"), "what-happened")
    assert absent_lines(silent) == ["It is not known yet what happened."]
    begun = replace(story.nobody(), facts=story.FACTS[:1])
    (line,) = absent_lines(section(paper(document(begun, items=()), "executive"), "what-happened"))
    assert line == (
        "Nobody has said in one sentence what happened."
        " It is not known how long it lasted, how it came about or what ended it."
    )


def test_a_near_miss_says_what_stopped_it_and_misses_no_end_of_what_never_happened() -> None:
    script = script_of(Scripts((PROMPTS,)).source("near-miss"))
    told = replace(story.nobody(), asked=(), said=())
    answers = {
        "near.sentence": "A plan would have deleted the zone.",
        "near.reach": "every customer, for hours",
        "near.stopped": "a lock that happened to be held",
    }
    for position, (question, words) in enumerate(answers.items(), 1):
        moment = story.at(17, position)
        one = Asked(position, script.question(question).topic, question, Put.ASK, "?", moment, closed=Closed.NEXT)
        reply = Said(story.ts(17, position, 9), ONCALL, words, moment, moment)
        post = Post(one.key, story.ts(17, position), "C1", moment, "", moment)
        told = replace(told, asked=(*told.asked, one), said=(*told.said, reply), posts=(*told.posts, post))
    entries = (entry(12, 40, Kind.NOTE, "I nearly deleted the zone", ONCALL),)
    found = compose(script, told, entries, (), story.NAMES, permalink=story.permalink, now=story.NOW)
    page = paper(found, "executive")
    assert [each.heading for each in page.sections] == [
        "What happened", "What nearly happened", "What stopped it", "What we do about it",
    ]  # fmt: skip
    assert absent_lines(section(page, "what-happened")) == ["It is not known how it came about."]
    assert [row[0].text for row in found.glance.rows] == ["Date"], "nothing lasted, and nobody was hit"
    assert found.glance.rows[0][1].text == "19 Nov 2026"
    assert found.picture is not None
    assert found.picture.unknown == ()
    assert "Immediate cause" not in [each.heading for each in paper(found).sections]
    whole = RENDERER.document_markdown(paper(found, "full"))
    assert "- **What stopped it:** a lock that happened to be held" in whole
    for never in ("what ended it", "impact began", "mitigated", "resolved"):
        assert never not in " ".join(line for line in whole.splitlines() if "Not known" in line).lower(), never


def test_who_was_affected_is_not_told_once_more_in_the_words_of_the_record_or_of_what_happened() -> None:
    record = Quote(
        "payments dashboard: 1,240 failed payments. first complaints came at 12:30", story.ts(15, 20), SUPPORT
    )
    counted = Findings(mentions=frozenset({"count"}))
    told = asked(story.nobody(), "overview.sentence", (ONCALL, "One in eight customers could not pay.", counted))
    more = (SUPPORT, "1,240 failed payments, 31 tickets", counted)
    told = asked(told, "impact.customers", more, put=Put.CONFIRM, quote=record)
    users = Field("impact.users", "One in eight customers could not pay", ONCALL, story.NOW, told.said[0].ts)
    laid = paper(document(replace(told, fields=(users,))), "executive")
    whom = section(laid, "whom")
    assert "Impact" not in [row[0].text for row in laid.document.glance.rows], "one page says it once"
    assert [b.text for b in whom.blocks if isinstance(b, Paragraph)] == ["1,240 failed payments, 31 tickets"]
    assert points(whom) == {}
    # An answer that was shown to be confirmed stands where it was given, and is no word of the record.
    sentence = Quote(told.said[0].text, told.said[0].ts, ONCALL)
    before = replace(told, asked=told.asked[:1], said=told.said[:1], posts=told.posts[:1])
    again = asked(before, "impact.customers", more, put=Put.CONFIRM, quote=sentence)
    impact = section(paper(document(again)), "impact")
    assert [b.text for b in impact.blocks if isinstance(b, Paragraph)] == ["1,240 failed payments, 31 tickets"]


def test_actions_stand_by_priority_then_by_day_and_what_nobody_can_begin_with_comes_last() -> None:
    def item(
        number: str, priority: str, due: date | None, owner: str = "Ana Lima", text: str = "Cap the pool at 20"
    ) -> ItemLine:
        return ItemLine(number, text, owner, due, priority=priority)

    items = (
        item("vague", "P0", date(2026, 11, 20), text="Improve monitoring"),
        item("nobodys", "P0", date(2026, 11, 20), ""),
        item("late", "P1", date(2026, 12, 20)),
        item("undated", "P1", None),
        item("soon", "P1", date(2026, 11, 27)),
        item("urgent", "P0", date(2026, 12, 31)),
        replace(item("done", "P0", date(2026, 11, 20)), status="done"),
    )
    found = document(items=items)
    assert [each.number for each in found.actions] == ["urgent", "soon", "late", "undated", "vague"]
    (told, *_) = section(paper(found, "executive"), "what-we-do").blocks
    assert isinstance(told, Paragraph)
    assert told.text == "Six actions are open and one is done. One has no owner yet. The first is due on 20 Nov 2026."


@pytest.mark.parametrize("kind", LAYOUTS.kinds())
def test_every_kind_is_rendered_to_the_same_bytes_twice(kind: str) -> None:
    for render in ("document_markdown", "document_html", "canvas_markdown"):
        first, second = (getattr(Renderer(TEMPLATES), render)(paper(kind=kind)) for _ in range(2))
        assert first == second


def test_the_full_report_says_what_to_do_where_its_queries_find_nothing_any_more() -> None:
    shown = RENDERER.document_markdown(paper(document(), "full"))
    data = shown.split("## Data that shows it")[1]
    assert data.strip().startswith("Where one of these finds nothing any more, the data was not kept for long enough")


def test_queries_hold_the_service_and_the_window() -> None:
    shown = RENDERER.document_markdown(paper(kind="full"))
    assert (
        "kubectl logs deployment/checkout --timestamps --since-time=2026-11-19T12:30:00Z > checkout-logs.txt" in shown
    )
    assert "from:2026-11-19T11:30:00Z to:2026-11-19T16:05:00Z" in shown
    unknown = RENDERER.document_markdown(paper(document(story.nobody()), "full"))
    assert "service:<service> status:error from:<start> to:<end>" in unknown
    assert "Which service it was is not known" in unknown


def test_a_service_that_could_end_a_query_is_not_filled_in() -> None:
    assert services_of("checkout-api, shop-edge and pay/v2") == ("checkout-api", "shop-edge", "pay/v2")
    assert services_of("x'; rm -rf ~, `id`, $(id), a b") == ("x", "id")
    with pytest.raises(QueriesError, match="%minutes%"):
        parse_queries('query = [{ about = "a", title = "b", text = "%minutes%" }]')


def test_every_fault_of_a_layout_is_named() -> None:
    with pytest.raises(LayoutError) as raised:
        parse_layout(
            """
            id = "short"
            colour = "red"
            section = [
              { id = "a", part = [{ show = "everything" }] },
              { id = "b", heading = "B", part = [{ show = "fields", fields = ["impact.money"], off = 1 }] },
              { id = "b", heading = "B" },
            ]
            """
        )
    assert len(raised.value.faults) == 8
    for words in ("`colour`", "`title`", "`everything`", "`impact.money`", "`off`", "`heading`", "no `part`", "two"):
        assert words in str(raised.value)


def test_a_team_adds_a_kind_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    own = 'id = "board"\ntitle = "For the board"\n[[section]]\nscript = "impact"\nfront = true\n'
    (tmp_path / "documents" / "board.toml").write_text(own)
    assert "board" in Layouts(TEMPLATES, tmp_path).kinds()
    assert Layouts(TEMPLATES, tmp_path).get("board").title == "For the board"


def test_earlier_incidents_are_listed_with_what_is_still_to_be_done_and_what_comes_back() -> None:
    whole = document()
    day = date(2026, 10, 2)
    earlier = Similar("PM-2026-003", "Redis failover", day, "redis", "https://x.test/p1", "AI-004 rehearse")
    material = replace(whole.material, similar=(earlier,), recurring=("checkout: the same service in 2 of the 9",))
    laid = lay_out(replace(whole, material=material), LAYOUTS.get("full"), LAYOUTS.queries)
    shown = RENDERER.document_markdown(laid).partition("## Similar incidents")[2]
    assert "| [PM-2026-003 Redis failover](https://x.test/p1) | 2 Oct 2026 | redis | AI-004 rehearse |" in shown
    assert "**What comes back**" in shown
    assert "- checkout: the same service in 2 of the 9" in shown
    assert "The search found no earlier incident" not in shown


def test_only_what_was_told_to_somebody_stands_among_the_updates() -> None:
    entries = (
        story.entry(13, 20, Kind.COMMUNICATION, "merchants report declines, two of them emailed", SUPPORT),
        story.entry(13, 30, Kind.COMMUNICATION, "told the press desk", SUPPORT),
        story.entry(13, 40, Kind.COMMUNICATION, "status page: still the old text, not updated", SUPPORT),
        story.entry(13, 50, Kind.COMMUNICATION, "should we post on the status page?", SUPPORT),
        story.entry(14, 0, Kind.COMMUNICATION, "status page says investigating", SUPPORT),
        story.entry(14, 31, Kind.MITIGATED, "rolled back", ONCALL),
        story.entry(15, 5, Kind.RESOLVED, "all clear", ONCALL),
    )
    found = section(paper(document(entries=entries), "full"), "communication")
    tables = [[row[1].text for row in block.rows] for block in found.blocks if isinstance(block, Table)]
    assert tables == [["told the press desk", "all clear"], ["status page says investigating"]]


def test_what_stands_on_the_status_page_is_an_update_also_where_it_is_a_milestone() -> None:
    entries = (
        story.entry(13, 20, Kind.DETECTED, "status page: 502 for everybody", SUPPORT),
        story.entry(13, 25, Kind.FINDING, "the status page was degraded by the same proxy", ONCALL),
        story.entry(13, 30, Kind.DECLARED, "status page set to partial outage", SUPPORT),
        story.entry(14, 31, Kind.MITIGATED, "our status page is now monitoring", ONCALL),
        story.entry(14, 40, Kind.FINDING, "status page says operational but customers see 502s", ONCALL),
        story.entry(14, 41, Kind.FINDING, "status page: identified as the cause", ONCALL),
        story.entry(14, 50, Kind.MITIGATED, "set the status page to monitoring.", ONCALL),
        story.entry(15, 5, Kind.RESOLVED, "Status page - resolved", ONCALL),
    )
    found = section(paper(document(entries=entries), "full"), "communication")
    shown = [[row[1].text for row in block.rows] for block in found.blocks if isinstance(block, Table)]
    posted = ["status page set to partial outage", "our status page is now monitoring"]
    assert shown[-1] == [*posted, "set the status page to monitoring.", "Status page - resolved"]


def test_how_it_was_ended_stands_in_the_timeline_of_the_full_report_and_not_among_what_went_well() -> None:
    found = document()
    said = Paragraph("the plan was to roll back; the risk was a cold cache", Voice.WORDS, found.sections[0].sources[:1])
    ended = Answered("went_well", "response.mitigation", "How it was ended", (said,), COMPOSED)
    plan = Figure("mitigation.plan", "Plan of the mitigation", (said,))
    material = replace(found.material, answered=(*found.material.answered, ended), figures=(plan,))
    shown = RENDERER.document_markdown(paper(replace(found, material=material), "full"))
    assert shown.count("the risk was a cold cache") == 1
    assert "the risk was a cold cache" in shown.partition("## Timeline\n")[2].partition("\n## ")[0]


def test_one_sentence_that_tells_users_and_their_share_stands_once_among_the_stats() -> None:
    found = document()
    said = Paragraph("one in five people in Europe saw nothing", Voice.WORDS, found.sections[0].sources[:1])
    figures = tuple(Figure(name, name, (said,)) for name in ("impact.users", "impact.share"))
    shown = RENDERER.document_markdown(paper(replace(found, material=replace(found.material, figures=figures)), "full"))
    [row] = [line for line in shown.splitlines() if line.startswith("| Affected users")]
    assert row.count("one in five people") == 1


def test_the_executive_page_shows_what_the_record_counts_also_where_the_kind_asks_for_no_impact() -> None:
    found = document()
    said = Paragraph("1,240 failed payments", Voice.WORDS, found.sections[0].sources[:1])
    counted = replace(found.material, figures=(Figure("impact.requests", "Failed requests", (said,)),))
    short = replace(found, material=counted, sections=tuple(s for s in found.sections if s.id != "impact"))
    shown = RENDERER.document_markdown(paper(short, "executive"))
    assert "- **Failed requests:** 1,240 failed payments" in shown.partition("## Who was affected")[2]
    none = replace(short, material=replace(counted, figures=()))
    assert "Who was affected" not in RENDERER.document_markdown(paper(none, "executive"))
