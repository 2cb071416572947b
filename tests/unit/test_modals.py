"""The bot's forms: what they offer, that Slack takes them, and that what was entered is what is read."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.actions.item import Item, Status
from bot.actions.values import Person, Priority, Words
from bot.interview.moving import Movable
from bot.interview.state import Approval, Said, Share, Workspace
from bot.places import TEMPLATES
from bot.rendering import Renderer
from bot.report.checks.rule import HOLDS, Check, Found, Mend, Rule, Verdict, waits, weak
from bot.sandbox.blocks import interactive
from bot.slack import modals
from bot.slack.after_modals import (
    Approving,
    Shared,
    after_faults,
    approve_form,
    follow_up_form,
    read_approve,
    read_follow_up,
    read_share,
    share_form,
)
from bot.slack.answers_modal import answers_modal
from bot.slack.checklist_modal import checklist_message, checklist_modal
from bot.slack.document_blocks import SectionPreview
from bot.slack.elements import Look
from bot.slack.forms import INPUT, postmortem_of
from bot.slack.ids import Callback, read_press
from tests.unit.sent_forms import HUGE, inputs, option, sent, sound

AT = datetime(2026, 11, 20, 13, 58, tzinfo=UTC)


# --- a question's forms ---


def test_one_person_is_asked_one_question() -> None:
    view = sound(modals.ask_someone(12, 3, "How many were hit? <!channel>"))
    assert "How many were hit?" in json.dumps(view)
    read = modals.read_ask_someone(sent(view, who="U7"))
    assert (read.position, read.user) == (3, "U7")
    assert postmortem_of(view) == 12


def test_nobody_chosen_is_said_at_the_field() -> None:
    for view in (modals.ask_someone(12, 3, "?"), modals.hand_over(12)):
        assert set(modals.faults(sent(view))) == {"who"}
        assert modals.faults(sent(view, who="U7")) == {}


def test_handing_over_names_one_person() -> None:
    assert modals.read_hand_over(sent(sound(modals.hand_over(12)), who="U7")) == "U7"


def test_an_answer_is_divided_one_line_a_factor() -> None:
    view = sound(modals.split(12, 4, ("no query plan\nin review", "staging is small")))
    untouched = modals.read_split(sent(view))
    assert (untouched.position, untouched.factors) == (4, ("no query plan in review", "staging is small"))
    changed = modals.read_split(sent(view, **{"factors.0": "- no plan\n\n• too small \n  "}))
    assert changed.factors == ("no plan", "too small")
    assert modals.faults(sent(view, **{"factors.0": " \n"})) == {"factors.0": "Write at least one line."}


def test_many_long_factors_are_all_offered() -> None:
    lines = tuple(f"{n} {'x' * 250}" for n in range(200))
    assert modals.read_split(sent(sound(modals.split(12, 4, lines)))).factors == lines


# --- editing a section ---

TEXTS = [
    "It was down.",
    "",
    "One paragraph.\n\nAnother, with - a dash.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
    "\n\n".join(f"Paragraph {n}. " + "words and words " * 40 for n in range(40)),
    "word " * 4000,
    "x" * 20_000,
    "line\n" * 3000 + "end",
    "a " + "\n" * 4000 + "b",
    "🦊 fox\n" * 2000 + "🦊" * 4000,
    HUGE[:60_000].replace("<@U1>", "@Maria").strip(),
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_section_that_is_sent_unchanged_reads_as_it_did(text: str) -> None:
    view = sound(modals.edit_section(12, "impact", "Impact", text))
    read = modals.read_edit_section(sent(view))
    assert read.section == "impact"
    assert read.text == text


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_part_of_a_divided_text_ends_in_blanks_that_an_input_might_drop(text: str) -> None:
    parts, _ = modals.divided(text)
    assert all(len(part.encode("utf-16-le")) // 2 <= INPUT for part in parts)
    inner = [part for part in parts if part.strip()]
    assert all(part == part.strip() for part in inner[1:-1]) or "\n" * 20 in text


def test_a_change_in_one_part_keeps_the_others() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "words " * 400 for n in range(4)).strip()
    view = sound(modals.edit_section(12, "impact", "Impact", text))
    parts = [block["element"]["initial_value"] for block in inputs(view)]
    assert len(parts) > 2
    read = modals.read_edit_section(sent(view, **{"text.1": "Shorter."}))
    assert read.text == text.replace(parts[1], "Shorter.")
    gone = modals.read_edit_section(sent(view, **{"text.0": None}))
    assert gone.text == text.replace(parts[0], "").lstrip()


def test_a_section_that_no_form_can_hold_is_not_cut_but_says_so() -> None:
    view = sound(modals.edit_section(12, "impact", "Impact", "word " * 200_000))
    assert list(inputs(view)) == []
    assert "submit" not in view
    assert "1,000,000 characters" in json.dumps(view)


def test_an_edit_says_that_it_carries_a_name() -> None:
    assert "your name" in json.dumps(modals.edit_section(12, "impact", "Impact", "It was down."))


@pytest.mark.parametrize(
    ("since", "reads"),
    [
        ("**Cause**\n\n*bold* _x_ <@U1> said\n- a\n  - b", "**Cause**\n\n*bold* _x_ @Maria said\n- a\n  - b"),
        ("", "nothing"),
        (" \n", "nothing"),
    ],
)
def test_what_a_section_would_read_without_its_edit_is_shown_as_it_was_typed(since: str, reads: str) -> None:
    view = sound(modals.edit_section(12, "impact", "Impact", "Ours", since=since, base="b", names={"U1": "Maria"}))
    shown = [block["text"] for block in view["blocks"] if block["type"] == "section"]
    assert shown == [{"type": "plain_text", "text": reads, "emoji": False}]


def test_the_list_of_sections_opens_each() -> None:
    previews = [SectionPreview(f"s{n}", f"Section {n} <!here>", "text", "edited") for n in range(13)]
    view = sound(modals.sections(12, previews))
    opens = [e for block in view["blocks"] for e in interactive(block)]
    assert [read_press(e["action_id"], e["value"], "") for e in opens[:2]] == [
        ("section_open", 12, 0, "s0"),
        ("section_open", 12, 0, "s1"),
    ]
    many = sound(modals.sections(12, [replace(previews[0], id=f"s{n}", heading=HUGE) for n in range(300)]))
    assert f"{300 - modals.LISTED} more" in json.dumps(many)


# --- the items' form ---

ITEM = Item("AI-001", 12, Workspace("T1"), "Alert on checkout errors alone", "1.2", 0, AT, "C1", "U1")
FULL = replace(ITEM, owner=Person("U1"), due=date(2026, 11, 27), priority=Priority.P1, measure="it fires")


def test_whoever_an_item_mentions_is_called_by_name_in_its_form() -> None:
    mentioned = replace(FULL, text="plan it with <@U5>")
    shown = json.dumps(modals.fill_items(modals.ItemsPage(12), (mentioned,), {"U5": "paulo"}))
    assert "plan it with @paulo" in shown


def test_what_is_missing_is_filled_in() -> None:
    view = sound(modals.fill_items(modals.ItemsPage(12), (ITEM,), {}))
    p2 = option(view, "AI-001.priority", 2)
    entered = {
        "AI-001.owner": "U7", "AI-001.due": "2026-12-01", "AI-001.priority": p2, "AI-001.measure": " it pages us ",
    }  # fmt: skip
    (read,) = modals.read_fill_items(sent(view, **entered))
    assert read == modals.Filled("AI-001", "U7", date(2026, 12, 1), Priority.P2, "it pages us")


def test_what_is_sent_as_it_stood_was_said_by_nobody() -> None:
    view = sound(modals.fill_items(modals.ItemsPage(12), (FULL,), {}))
    assert modals.read_fill_items(sent(view)) == (modals.Filled("AI-001", None, None, None, None),)
    (read,) = modals.read_fill_items(sent(view, **{"AI-001.due": "2026-12-04"}))
    assert read == modals.Filled("AI-001", None, date(2026, 12, 4), None, None)


def test_the_words_that_were_typed_stand_beside_the_pickers() -> None:
    typed = replace(ITEM, owner=Words("db team"), due_words="next sprint")
    shown = json.dumps(modals.fill_items(modals.ItemsPage(12), (typed,), {}), ensure_ascii=False)
    assert "Owner (written: db team)" in shown
    assert "Due (written: next sprint)" in shown


def test_five_hundred_items_go_by_page_and_none_is_lost() -> None:
    many = tuple(replace(FULL if n % 2 else ITEM, number=f"AI-{n:03}", text=HUGE) for n in range(500))
    seen: list[str] = []
    view, pages = modals.fill_items(modals.ItemsPage(12), many, {}), 0
    while True:
        pages += 1
        assert f"Page {pages} of 50" in json.dumps(sound(view))
        seen += [each.number for each in modals.read_fill_items(sent(view))]
        following = modals.next_page(sent(view))
        assert following is not None
        assert following.postmortem == 12
        if not any(following.holds(item) for item in many):
            break
        view = modals.fill_items(following, many, {})
    assert pages == 50
    assert seen == [item.number for item in many]
    assert view["submit"]["text"] == "Save"


def test_what_misses_nothing_is_left_out_also_where_the_page_before_was_filled_meanwhile() -> None:
    done = replace(ITEM, number="AI-050", status=Status.DONE)
    asked = [replace(ITEM, number=f"AI-{n:03}") for n in range(1, 26)]
    view = sound(modals.fill_items(modals.ItemsPage(12, only_missing=True), (FULL, *asked, done), {}))
    assert view["title"]["text"] == "What is missing"
    assert [each.number for each in modals.read_fill_items(sent(view))] == [f"AI-{n:03}" for n in range(1, 11)]
    following = modals.next_page(sent(view))
    assert following is not None
    filled = [replace(FULL, number=item.number) for item in asked[:10]]
    second = modals.fill_items(following, (*filled, *asked[10:], done), {})
    assert "Page 2 of 3" in json.dumps(second)
    assert modals.read_fill_items(sent(second))[0].number == "AI-011"
    for half in (replace(FULL, owner=Words("db team?")), replace(FULL, due_sure=False)):
        assert modals.ItemsPage(12, only_missing=True).holds(half)
    nothing = modals.fill_items(modals.ItemsPage(12, only_missing=True), (FULL,), {})
    assert "Nothing is missing." in json.dumps(nothing)


def test_only_the_items_form_has_pages() -> None:
    assert modals.next_page(sent(modals.hand_over(12))) is None


def test_a_long_measure_is_left_alone_and_not_cut() -> None:
    view = sound(modals.fill_items(modals.ItemsPage(12), (replace(FULL, measure="x" * 9000),), {}))
    (read,) = modals.read_fill_items(sent(view, **{"AI-001.due": "2026-12-04"}))
    assert read.measure is None


def test_an_empty_form_says_so() -> None:
    assert "no items" in json.dumps(sound(modals.fill_items(modals.ItemsPage(12), (), {})))


# --- whatever arrives ---


@pytest.mark.parametrize("callback", Callback)
@pytest.mark.parametrize(
    "view",
    [
        {},
        {"private_metadata": "not json", "state": None},
        {"private_metadata": "[]", "state": {"values": {}}},
        {"private_metadata": '{"postmortem": "12"}', "state": {"values": {"who": {"value": None}}}},
    ],
)
def test_a_submission_that_is_none_of_ours_changes_nothing_and_breaks_nothing(
    callback: Callback, view: dict[str, Any]
) -> None:
    given = {**copy.deepcopy(view), "callback_id": callback.value}
    assert postmortem_of(given) == 0
    modals.faults(given)
    assert modals.read_ask_someone(given).user == ""
    assert modals.read_hand_over(given) == ""
    assert modals.read_split(given).factors == ()
    assert modals.read_edit_section(given).text == ""
    assert modals.read_fill_items(given) == ()


# --- the checklist ---


def check(title: str, verdict: Verdict, mend: Mend | None = None) -> Check:
    return Check(Rule(title.lower(), title, "Mend it.", lambda matter: verdict, mend), verdict)


def say(name: str, **values: object) -> str:
    return Renderer(TEMPLATES).message(name, **values)


def test_the_checklist_shows_what_is_weak_first_with_what_mends_it() -> None:
    checks = [
        check("Timeline", HOLDS),
        check("Shared", waits("It is not written yet.")),
        check("Planned", waits("5 days are left.", early=True)),
        check("Owners", weak(*(Found(f"AI-{n:03} has <no> owner", f"AI-{n:03}") for n in range(9))), Mend.ITEMS),
    ]
    view = sound(checklist_modal(12, checks, {}, say))
    text = json.dumps(view, ensure_ascii=False)
    assert "1 of 4 hold, 1 is weak, 1 is not yet due, 1 can't be told yet." in text
    in_order = ["Owners", "Not yet due", "Planned", "Can't be told yet", "Shared", "*Holds*", "Timeline"]
    assert [*in_order] == sorted(in_order, key=text.index)
    assert "AI-000 has &lt;no&gt; owner" in text
    assert "and 3 more" in text
    (button,) = [e for block in view["blocks"] for e in interactive(block)]
    assert read_press(button["action_id"], button["value"], "")[:2] == ("items_fill", 12)
    message = checklist_message(12, checks, {}, say)
    assert "Owners" in str(message.blocks)
    assert read_press("checklist", message.blocks[-1]["accessory"]["value"], "")[:2] == ("checklist", 12)


def test_a_checklist_of_very_much_still_fits() -> None:
    checks = [check(f"Rule {n}", weak(*(Found(HUGE) for _ in range(50))), Mend.SECTIONS) for n in range(25)]
    sound(checklist_modal(12, checks, {}, say))
    assert len(checklist_message(12, checks, {}, say).blocks) <= 50


# --- what is said of a document that is written ---

TODAY = date(2026, 11, 20)


def test_to_whom_it_was_given_and_when() -> None:
    view = sound(share_form(12, TODAY, (Share("<!here> list", AT, "U1"),)))
    assert "&lt;!here&gt; list" in json.dumps(view)
    assert read_share(sent(view, where=" #all  engineering "), TODAY) == Shared("#all engineering", None)
    assert read_share(sent(view, where="x", day="2026-11-19"), TODAY) == Shared("x", date(2026, 11, 19))
    assert set(after_faults(sent(view, where="  "), TODAY)) == {"where"}
    assert set(after_faults(sent(view, where="x", day="2026-11-21"), TODAY)) == {"day"}


def test_somebody_approves_in_a_role_or_takes_it_back() -> None:
    view = sound(approve_form(12, (Approval("Manager", "U1", AT),), {"U1": "ana"}))
    assert "Manager: @ana, 20 Nov 2026" in json.dumps(view)
    assert set(after_faults(sent(view), TODAY)) == {"role"}
    role = option(view, "role", 1)
    assert read_approve(sent(view, role=role)) == Approving("Technical reviewer", False)
    back = sent(view, role=role, what=option(view, "what", 1))
    assert read_approve(back) == Approving("Technical reviewer", True)


@pytest.mark.parametrize(
    ("written", "today", "offered"),
    [
        (TODAY, TODAY, "2026-12-18"),
        (date(2026, 11, 21), date(2026, 11, 21), "2026-12-21"),
        (TODAY, date(2027, 1, 14), "2027-01-21"),
    ],
)
def test_the_review_is_offered_four_weeks_out_on_a_working_day(written: date, today: date, offered: str) -> None:
    view = sound(follow_up_form(12, written, today, None))
    assert read_follow_up(sent(view)) == date.fromisoformat(offered)
    assert set(after_faults(sent(view, day=today.isoformat()), today)) == {"day"}
    planned = follow_up_form(12, written, today, date(2027, 2, 1))
    assert read_follow_up(sent(planned)) == date(2027, 2, 1)


def test_a_ticket_and_a_sponsor_stand_in_the_form_of_the_items() -> None:
    view = sound(
        modals.fill_items(modals.ItemsPage(12), (FULL, replace(ITEM, number="AI-002", link="https://x.example/2")), {})
    )
    blocks = {block["block_id"] for block in inputs(view)}
    assert "AI-001.sponsor" in blocks, "it is P1"
    assert "AI-002.sponsor" not in blocks
    entered = {"AI-001.link": "https://x.example/1", "AI-001.sponsor": "U9", "AI-002.link": None}
    first, second = modals.read_fill_items(sent(view, **entered))
    assert (first.link, first.sponsor, second.link) == ("https://x.example/1", "U9", "")
    assert set(modals.faults(sent(view, **{"AI-001.link": "PAY-12"}))) == {"AI-001.link"}


def test_many_answers_are_moved_page_by_page_and_whatever_they_say_does_nothing() -> None:
    headings = {f"s{n}": f"{n} " + "What would make it less likely " * 4 for n in range(14)}
    found = [Movable(Said(f"17950000{n:02d}.000100", "U1", HUGE, AT, AT, placed=3), "s1", "s2") for n in range(95)]
    look = Look(Renderer(TEMPLATES).message, {"U1": "Maria"}, lambda ts: "https://x.test", 7)
    pages = [sound(dict(answers_modal(7, found, headings, look, page))) for page in range(3)]
    pickers = [b for page in pages for b in page["blocks"] if b.get("accessory")]
    assert len(pickers) == len({b["block_id"] for b in pickers}) == 95
    assert all(len(b["accessory"]["options"]) == 13 for b in pickers), "not to where it stands"
    pressed = read_press("answer_move", pickers[-1]["block_id"], "s5")
    assert pressed == ("answer_move", 7, 2, "1795000094.000100")
    assert sound(dict(answers_modal(7, (), headings, look)))["blocks"][1]["text"]["text"].startswith(
        "There is no answer"
    )
