"""What stands in the document, and where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.interview.state import Closed, Fact, Findings, Interview, Put, Quote, SectionEdit
from bot.report.compose import compose, section_markdown
from bot.report.document import (
    Block,
    Chain,
    Document,
    FactorCount,
    ItemLine,
    Listing,
    Paragraph,
    Point,
    SectionText,
    State,
    Table,
    Voice,
)
from bot.report.headline import headline
from bot.report.people import People, people
from bot.timeline.values import Kind
from bot.understanding.findings import findings_of
from tests.unit import report_story as story
from tests.unit.report_story import DB_LEAD, ENTRIES, ITEMS, NEWCOMER, ONCALL, SUPPORT, asked, at, document, ts

HONEST = {
    "Not answered.",
    "Not known.",
    "Skipped by the team.",
    "Nothing was named.",
    "The record shows no events.",
    "not set",
}


def said(block: Block) -> list[tuple[str, Voice, bool]]:
    """Every statement of a block: its words, who speaks, and whether it leads to a message."""
    match block:
        case Paragraph():
            return [(block.text, block.voice, bool(block.sources))]
        case Listing() | Chain():
            return [each for point in block.points for each in below(point)]
        case Table():
            return [(cell.text, cell.voice, bool(cell.sources)) for row in block.rows for cell in row if cell.text]
        case _:
            return []


def below(point: Point) -> list[tuple[str, Voice, bool]]:
    return [(point.text, point.voice, bool(point.sources)), *(each for p in point.below for each in below(p))]


def part(found: Document, section: str) -> SectionText:
    return next(each for each in found.sections if each.id == section)


def reads(found: Document, section: str) -> str:
    return section_markdown(found, section)


def test_an_interview_that_nobody_answered_says_so_in_every_section() -> None:
    found = document(story.nobody(), entries=(), items=())
    for section in found.sections:
        statements = [each for block in section.blocks for each in said(block)]
        assert statements, section.id
        assert {words for words, _, _ in statements} <= HONEST, section.id
        assert section.state in (State.NOT_ANSWERED, State.UNKNOWN)
    assert found.duration == ""
    assert headline(found) == "How long it lasted, what contributed to it and what will be done is not known."


def test_skipped_and_not_known_are_told_apart() -> None:
    interview = asked(story.nobody(), "overview.sentence", closed=Closed.SKIPPED)
    interview = asked(interview, "impact.customers", closed=Closed.UNKNOWN)
    unknown = Findings(mentions=frozenset({"unknown"}))
    interview = asked(interview, "closing.open", (ONCALL, "no idea", unknown))
    found = document(interview, entries=(), items=())
    assert reads(found, "summary") == "Skipped by the team."
    assert reads(found, "impact") == "Not known."
    assert reads(found, "open") == "Not known."
    assert reads(found, "causes") == "Not answered."


@pytest.mark.parametrize("question", ["response.well", "causes.how"])
def test_a_section_whose_only_reply_was_a_moment_says_what_was_answered(question: str) -> None:
    only = Findings(mentions=frozenset({"only_time"}), factors=("around 13:40",))
    told = asked(story.nobody(), question, (ONCALL, "around 13:40", only), level=int(question == "causes.how"))
    quote = Quote("around 13:40", told.said[0].ts, ONCALL)
    found = document(replace(told, facts=(Fact("mitigated", "13:40", at(13, 40), quote=quote),)), entries=())
    section = found.section(story.SCRIPT.question(question).section)
    assert section is not None
    assert section.state is State.COMPOSED
    assert section.heading not in [each.heading for each in found.unanswered]
    assert "around 13:40 (told in the timeline)" in reads(found, section.id)
    assert "Not answered" not in reads(found, section.id).partition("around")[0]


def test_every_word_of_a_person_leads_to_the_message_it_stands_in() -> None:
    found = document(items=[replace(item, source_ts=story.ts(17, 30, 10)) for item in ITEMS])
    owned = {item.owner for item in ITEMS} | {"next sprint", "Pages in the drill", "27 Nov 2026"}
    for section in found.sections:
        for block in section.blocks:
            for words, voice, linked in said(block):
                if voice is Voice.WORDS and words not in owned:
                    assert linked, words
                if voice is Voice.ABSENT:
                    assert words in HONEST


def test_a_source_is_a_link_to_its_message() -> None:
    (first, *_) = document().sections[0].blocks
    assert isinstance(first, Paragraph)
    (source,) = first.sources
    assert source.ts == story.ts(17, 3, 10)
    assert source.url == story.permalink(source.ts)
    assert source.at == story.at(17, 3).replace(second=10, microsecond=100)


def test_the_number_that_a_probe_brought_stands_instead_of_the_answer_it_probed() -> None:
    assert reads(document(), "impact") == "1,240 failed payments"


def test_chatter_is_not_printed() -> None:
    found = document()
    assert "thanks" not in "".join(reads(found, section.id) for section in found.sections)


def test_several_questions_of_one_section_are_told_apart_by_their_labels() -> None:
    assert reads(document(), "response") == (
        "**What helped**\n\nThe rollback was rehearsed.\n\n**What was hard**\n\nSkipped by the team."
    )


def test_what_the_record_had_answered_is_printed_when_somebody_confirmed_it() -> None:
    quote = Quote("11 tickets before one", story.ts(13, 58), SUPPORT)
    interview = asked(story.nobody(), "impact.customers", put=Put.CONFIRM, quote=quote, closed=Closed.CONFIRMED)
    found = document(interview)
    assert reads(found, "impact") == "11 tickets before one (confirmed when asked)"
    assert part(found, "impact").sources[0].ts == quote.ts


@pytest.mark.parametrize(
    ("words", "closed", "printed"),
    [
        ("no.", Closed.NEXT, "11 tickets before one (from the record)"),
        ("Nope", Closed.CONFIRMED, "11 tickets before one (confirmed when asked)"),
        ("yes, that's right", Closed.NEXT, "11 tickets before one (confirmed when asked)"),
        ("Correct.", Closed.QUIET, "11 tickets before one (confirmed when asked)"),
        ("no, 12 tickets", Closed.NEXT, "12 tickets"),
        ("no. final was 12 tickets", Closed.NEXT, "final was 12 tickets"),
        ("12 tickets in total", Closed.NEXT, "12 tickets in total"),
        (
            "no, also 3 tickets from sales",
            Closed.NEXT,
            "no, also 3 tickets from sales 11 tickets before one (from the record)",
        ),
    ],
)
def test_a_bare_yes_or_no_to_a_confirmation_is_an_answer_and_no_content(
    words: str, closed: Closed, printed: str
) -> None:
    quote = Quote("11 tickets before one", story.ts(13, 58), SUPPORT)
    reply = (ONCALL, words, findings_of(words))
    told = asked(story.nobody(), "impact.customers", reply, put=Put.CONFIRM, quote=quote, closed=closed)
    found = document(told)
    assert " ".join(reads(found, "impact").split()) == printed
    assert "tickets" in words or words not in "".join(reads(found, section.id) for section in found.sections)


def test_a_deleted_answer_leaves_no_words() -> None:
    interview = story.checkout()
    gone = tuple(replace(s, text="", deleted=True) if s.text.startswith("Nobody could") else s for s in interview.said)
    found = document(replace(interview, said=gone))
    assert reads(found, "summary").startswith("Not answered.")
    assert found.sentence == ""


def test_factors_stand_below_what_they_explain_and_an_unknown_how_says_so() -> None:
    assert reads(document(), "causes") == (
        "- One release could use the pool\n  - Not known.\n- No index\n  - review shows no query plan"
    )


def test_the_timeline_is_in_order_of_time_and_says_what_is_about() -> None:
    lines = reads(document(), "timeline").splitlines()
    heard = "the person who heard it first"
    assert lines[2] == f"| about 12:30 | Impact began: first complaints around half twelve | the channel | {heard} |"
    assert lines[3].startswith("| 13:02 | Detected: checkout 5xx > 5 % | Alertmanager")
    assert lines[5].startswith("| 15:05 |")


def test_an_incident_over_midnight_shows_its_days() -> None:
    late = replace(ENTRIES[3], entry=replace(ENTRIES[3].entry, at=story.at(25, 10)))
    assert "| 20 Nov, 01:10 |" in reads(document(entries=[*ENTRIES[:3], late]), "timeline")


def test_an_entry_without_a_time_comes_last_and_says_so() -> None:
    odd = replace(ENTRIES[0], entry=replace(ENTRIES[0].entry, at=None, text="a phone call"), added_by=SUPPORT)
    table = part(document(entries=[odd, *ENTRIES]), "timeline").blocks[0]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[-1]][:2] == ["not known", "a phone call"]


def test_a_corrected_entry_names_who_corrected_it_and_one_that_was_merged_keeps_its_source() -> None:
    merged = story.entry(13, 29, Kind.NOTE, "the same", SUPPORT).entry
    mended = replace(story.entry(13, 31, Kind.NOTE, "in better words", ONCALL), changed_by=SUPPORT, merged=(merged,))
    table = part(document(entries=[*ENTRIES, mended]), "timeline").blocks[0]
    assert isinstance(table, Table)
    assert table.caption.endswith(" Raj Patel corrected 1 entry.")
    cell = next(row[1] for row in table.rows if row[1].text == "in better words")
    assert [each.user for each in cell.sources] == [ONCALL, SUPPORT]


def test_durations_are_computed_from_the_moments_and_about_stays_about() -> None:
    found = document()
    assert (found.duration, found.detected_after) == ("about 2 h 35 min", "about 32 min")
    assert found.mitigated_after == "about 2 h 1 min"


def test_moments_out_of_order_give_no_duration() -> None:
    facts = tuple(replace(f, at=story.at(11)) if f.name == "resolved" else f for f in story.FACTS)
    assert document(replace(story.checkout(), facts=facts)).duration == ""


def test_actors_and_mentions_are_roles_and_writers_are_names() -> None:
    found = document()
    everything = "\n".join(reads(found, section.id) for section in found.sections)
    assert "the person who found the cause joined at 13:30" in everything
    assert "the provider? the person who found the cause can you check" in everything
    assert "<@" not in everything
    assert "Mia" not in everything
    assert found.authors == ("Ana Lima", "Raj Patel", "Mia Chen")
    assert "Ana Lima" in reads(found, "actions")


def test_two_with_one_role_and_somebody_without_one() -> None:
    interview = asked(story.checkout(), "closing.open", (NEWCOMER, "ask <@U2SUPPORT>"))
    twice = tuple(replace(p, role="found the cause") for p in interview.participants)
    assert reads(document(replace(interview, participants=twice)), "open") == "ask one of those who found the cause"
    paragraph = part(document(interview), "open").blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.sources[0].who == "a responder"


def test_a_team_that_wants_names_gets_names() -> None:
    found = document(names_policy="names")
    assert "Mia Chen joined at 13:30" in reads(found, "timeline")
    with pytest.raises(ValueError, match="initials"):
        document(names_policy="initials")


def test_a_name_that_somebody_typed_stays_and_is_pointed_at() -> None:
    interview = asked(story.checkout(), "closing.open", (ONCALL, "Raj knew it first"))
    section = part(document(interview), "open")
    assert reads(document(interview), "open") == "Raj knew it first"
    assert section.named == ("Raj Patel",)


def test_an_edit_takes_the_place_of_the_answers_and_keeps_its_author() -> None:
    before = document()
    base = part(before, "impact").base
    edit = SectionEdit("impact", "1,240 payments failed:\n- cards\n- wallets", ONCALL, story.at(18), base)
    section = part(document(replace(story.checkout(), edits=(edit,))), "impact")
    assert (section.state, section.edited_by, section.stale) == (State.EDITED, "Ana Lima", False)
    assert section.sources == part(before, "impact").sources
    assert [type(block) for block in section.blocks] == [Paragraph, Listing]


def test_an_edit_says_when_the_answers_changed_after_it() -> None:
    base = part(document(), "impact").base
    interview = replace(story.checkout(), edits=(SectionEdit("impact", "Many.", ONCALL, story.at(18), base),))
    said_anew = tuple(
        replace(s, text="1,300 failed payments") if s.text.startswith("1,240") else s for s in interview.said
    )
    found = document(replace(interview, said=said_anew))
    assert part(found, "impact").stale
    assert "“Impact” was edited, and the answers have changed since." in found.warnings


def test_the_first_page_tells_a_reader_who_was_not_there() -> None:
    found = document()
    glance = {row[0].text: row[1].text for row in found.glance.rows}
    assert glance == {
        "Date": "19 Nov 2026",
        "Duration": "about 2 h 35 min",
        "Detected after": "about 32 min",
        "Severity": "SEV-2",
        "Services": "checkout",
        "Impact": "1,240 failed payments",
    }
    assert [section.id for section in found.sections if section.front] == ["summary", "impact"]
    assert [item.number for item in found.actions] == ["AI-032", "AI-031", "AI-033"]
    assert found.status == "Written on 19 Nov 2026"


def test_the_impact_at_a_glance_is_the_count_and_not_what_was_added_to_it() -> None:
    def impact(words: str) -> str:
        quote = Quote("1,240 failed payments", ts(13, 40), SUPPORT)
        told = replace(story.nobody(), facts=(Fact("impact", quote.text, quote=quote),))
        told = asked(told, "impact.customers", (ONCALL, words), put=Put.CONFIRM, quote=quote, closed=Closed.CONFIRMED)
        return {row[0].text: row[1].text for row in document(told).glance.rows}["Impact"]

    assert impact("Refunds came to $3,200.") == "1,240 failed payments"
    assert impact("No, it was 900 failed payments") == "it was 900 failed payments"
    assert (
        impact("That is wrong, it was a handful") == "“1,240 failed payments”, but: “That is wrong, it was a handful”"
    )
    assert impact("no, it was 1,420") == "“1,240 failed payments”, but: “no, it was 1,420”"
    long = "No, 900 failed payments. " + "Shops in the north could not open their tills either. " * 5
    assert impact(long) == long.removeprefix("No, ").strip(), "whole within reason"
    assert impact(long * 3).endswith("their tills either. …"), "and the end is marked where it is cut"
    assert len(impact(long * 3)) <= 402


def test_milestones_among_the_facts_stand_in_order_of_time() -> None:
    facts = (
        Fact("began", "11:00", at(11)),
        Fact("investigated", "11:07", at(11, 7)),
        Fact("declared", "11:13", at(11, 13)),
        Fact("mitigated", "11:40", at(11, 40)),
    )
    table = document(replace(story.nobody(), facts=facts)).material.facts
    assert [row[0].text for row in table.rows][:6] == [
        "Impact began", "Investigation began", "Declared", "Mitigated", "Detected", "Resolved",
    ]  # fmt: skip


def test_a_dropped_action_is_not_promised_on_the_first_page_and_still_listed() -> None:
    why = "the vendor does it from March on"
    given_up = replace(ITEMS[0], status="dropped", reason=why, closed_by="Ana Lima")
    found = document(items=[given_up, *ITEMS[1:]])
    assert "AI-031" not in [item.number for item in found.actions]
    assert f"| won't do: {why}, Ana Lima |" in reads(found, "actions")


def test_an_item_says_what_is_not_set_and_never_invents_it() -> None:
    assert "| AI-033 | Improve monitoring | not set | not set | not set |  | open |" in reads(document(), "actions")


def test_answers_to_the_question_for_actions_stand_where_none_could_be_read() -> None:
    interview = asked(story.nobody(), "actions.items", (ONCALL, "nothing, it was a drill"))
    assert reads(document(interview, items=()), "actions") == "nothing, it was a drill"


@pytest.mark.parametrize("words", ["n/a", "nope, im off, bye", "yep thats all", "all good", "no", "nothing else"])
@pytest.mark.parametrize(("question", "section"), [("response.hard", "response"), ("closing.open", "open")])
def test_who_says_that_there_is_nothing_has_answered_and_is_not_quoted(words: str, question: str, section: str) -> None:
    found = document(asked(story.nobody(), question, (ONCALL, words, findings_of(words))))
    assert reads(found, section).endswith("Nothing was named.")
    assert words not in reads(found, section).splitlines()
    assert part(found, section) not in found.unanswered


def test_zero_is_a_number_and_stands_where_it_was_asked_for() -> None:
    found = document(asked(story.nobody(), "impact.customers", (ONCALL, "zero", findings_of("zero"))))
    assert reads(found, "impact") == "zero"


def test_nothing_to_add_takes_nothing_from_what_others_said() -> None:
    told = asked(
        story.nobody(),
        "response.hard",
        (ONCALL, "n/a", findings_of("n/a")),
        (SUPPORT, "the runbook was out of date, thanks", findings_of("the runbook was out of date, thanks")),
    )
    assert reads(document(told), "response").splitlines()[-1].startswith("the runbook was out of date")
    assert "n/a" not in reads(document(told), "response")
    assert "thanks" not in reads(document(told), "response")
    assert "Nothing was named." not in reads(document(told), "response")


def test_who_only_says_that_it_was_said_answers_nothing() -> None:
    for words in ("see above", "I JUST said 12:31"):
        found = document(asked(story.nobody(), "timeline.unseen", (ONCALL, words, findings_of(words))))
        assert words not in reads(found, "timeline")
        assert "Not answered." in reads(found, "timeline")


def test_a_severity_is_no_text_of_the_impact() -> None:
    words = "sev1, thats all of it"
    found = document(asked(story.nobody(), "impact.customers", (ONCALL, words, findings_of(words))))
    assert reads(found, "impact") == "Not answered."


def test_who_is_mentioned_in_what_is_still_to_come_goes_by_name_and_in_what_happened_by_their_part_in_it() -> None:
    items = (ItemLine("AI-1", f"ask <@{SUPPORT}> for the form", measure=f"<@{SUPPORT}> sees it in the drill"),)
    told = asked(story.checkout(), "closing.open", (ONCALL, f"<@{SUPPORT}> had told us"))
    found = document(told, items=items)
    assert "ask Raj Patel for the form" in reads(found, "actions")
    assert [item.text for item in found.actions] == ["ask Raj Patel for the form"], "on the first page too"
    assert "Raj Patel sees it in the drill" in reads(found, "actions")
    assert reads(found, "open") == "the person who heard it first had told us"
    assert not any(section.named for section in found.sections)


def test_the_headline_is_the_persons_sentence_and_what_can_be_counted() -> None:
    assert headline(document()) == (
        "Nobody could pay by card for two hours. "
        "Lasted about 2 h 35 min; detected after about 32 min; "
        "two contributing factors, with one condition below them, and three actions."
    )


def test_contributing_factors_are_counted_alike_wherever_they_are_told() -> None:
    """What stands below a factor says how it came to be possible: it is no further one, and is counted as that."""
    edit = SectionEdit(
        "causes", "- One release could use the pool\n- No index\n  - the review shows no plan", ONCALL, at(18)
    )
    for interview in (story.checkout(), replace(story.checkout(), edits=(edit,))):
        found = document(interview)
        assert found.factor_count == FactorCount(2, 1)
        assert "two contributing factors, with one condition below them, and three" in headline(found)
        assert "Two contributing factors, with one condition below them, and three actions." in reads(found, "summary")
        told, *_ = story.paper(document(replace(interview, facts=())), "full").front[0].blocks
        assert isinstance(told, Listing)
        assert told.points[1].text == "Two contributing factors, with one condition below them:"
        assert [point.text for point in told.points[1].below] == ["One release could use the pool", "No index"]
    listed = next(s for s in story.paper(kind="full").sections if s.id == "factors")
    assert sum(len(block.points) for block in listed.blocks if isinstance(block, Listing)) == 2


def test_the_receipt_says_what_was_not_read() -> None:
    assert document().reading == (
        "Read from the channel: 264 messages (41 thread replies, 22 alerts, 6 edited, 1 deleted), "
        "19 Nov 2026, 13:02 UTC to 19 Nov 2026, 16:00 UTC. Not read: 2 files."
    )


def test_a_draft_says_that_it_is_one() -> None:
    assert document(story.nobody()).status == "Draft of 19 Nov 2026, 18:31 UTC"


def test_no_ellipsis_stands_for_something_unknown() -> None:
    for interview in (story.nobody(), story.checkout()):
        found = document(interview)
        assert "…" not in headline(found) + "".join(reads(found, section.id) for section in found.sections)


def test_the_same_values_compose_the_same_document() -> None:
    assert document() == document()


def test_a_permalink_that_cannot_be_had_is_no_link() -> None:
    interview: Interview = story.checkout()
    found = compose(story.SCRIPT, interview, ENTRIES, ITEMS, story.NAMES, permalink=lambda ts: "", now=story.NOW)
    assert all(source.url == "" for section in found.sections for source in section.sources)


def test_whoever_only_started_the_postmortem_has_not_written_it() -> None:
    found = document(replace(story.checkout(), facilitator=NEWCOMER))
    assert "Tom Berg" not in found.authors
    assert found.facilitator == "Tom Berg"


def test_a_writer_whose_name_is_not_known_is_counted() -> None:
    found = compose(
        story.SCRIPT, story.checkout(), (), (), {ONCALL: "Ana Lima"}, permalink=story.permalink, now=story.NOW
    )
    assert found.authors == ("Ana Lima", "two more")
    assert DB_LEAD not in repr(found.authors)


@pytest.mark.parametrize(
    ("called", "typed"), [("tomasz", "Tomasz forgot it"), ("tomasz", "ask tomasz"), ("Tom Berg", "Tom knew")]
)
def test_a_typed_first_name_is_pointed_at_however_slack_calls_them(called: str, typed: str) -> None:
    assert people((), {NEWCOMER: called}, "roles").named_in(typed) == (called,)
    assert people((), {NEWCOMER: called}, "roles").named_in("Atomasz and custom Tomb") == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@U1ONCALL> did anything go out today?", "the person on call, did anything go out today?"),
        ("<@U9OTHER> can you do comms please", "a responder, can you do comms please"),
        ("<@U1ONCALL> is looking", "the person on call is looking"),
        ("<@U1ONCALL>, can you look?", "the person on call, can you look?"),
        ("I asked <@U1ONCALL> what she saw", "I asked the person on call what she saw"),
    ],
)
def test_a_role_that_is_spoken_to_stands_apart_from_what_is_asked_of_it(typed: str, read: str) -> None:
    assert People({}, {ONCALL: "the person on call"}).spoken(typed) == read
    named = People({"U9OTHER": "Bo"}, {}, by_name=True)
    assert named.spoken("<@U9OTHER> can you look") == "Bo can you look"
