"""The bot's messages as people see them: within Slack's limits, inert, and saying what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.actions.item import Item, Status
from bot.actions.values import Group, Person, Priority, Words
from bot.interview import cards
from bot.interview.filing import Factor
from bot.interview.state import (
    Asked,
    Closed,
    Counts,
    Fact,
    Mention,
    Participant,
    Publication,
    Put,
    Quote,
    Reading,
    Stage,
    Workspace,
)
from bot.places import ROOT, TEMPLATES
from bot.rendering import Renderer, TemplateFault
from bot.report.checks.rule import HOLDS, Check, Found, Rule, weak
from bot.report.silence import Missing
from bot.report.values import State
from bot.sandbox.blocks import message_faults, text_lengths, view_faults
from bot.slack import document_blocks, notice_blocks, nudge_blocks, question_blocks, record_blocks
from bot.slack.checklist_modal import checklist_message
from bot.slack.document_blocks import SectionPreview
from bot.slack.elements import Look, Message
from bot.slack.home import home
from bot.slack.ids import ITEM_BUTTONS, OPENS_MODAL, Button, decode, encode, read_press
from bot.slack.inert import cut, inert, pieces
from bot.slack.nudge_blocks import Nudged
from bot.timeline.values import Entry, Kind, Precision
from storage.postmortems import Brief

AT = datetime(2026, 11, 20, 13, 58, tzinfo=UTC)
SAY = Renderer(TEMPLATES).message
NAMES = {"U1": "Maria", "U2": "Tom & Co", "U3": "<!channel>"}
LOOK = Look(SAY, NAMES, lambda ts: f"https://acme.slack.com/archives/C1/p{ts.replace('.', '')}", 12)

#: What somebody might type to ping, to break out of a link, or to fill the screen.
HOSTILE = (
    "<!channel> <!here|here> <@U1> <@U9|nobody> <!subteam^S1|@db> <https://evil.example|click> "
    "</b><script>alert(1)</script> *bold* `code` ~~ {{ 7 * 7 }} {% raw %} &amp; \u202egnirts \x00 @channel @here "
)
HUGE = (HOSTILE * 400)[:60_000]
UNBROKEN = "<&>" * 20_000

PING = re.compile(r"<[@!#](?!date\^)[^>]*>")


def texts(value: Any) -> Iterator[str]:
    """Every text that Slack would read as markup."""
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for each in value.values():
            yield from texts(each)


def pings(message: Message) -> list[str]:
    return [found for text in (message.text, *texts(message.blocks)) for found in PING.findall(text)]


def broken(text: str) -> bool:
    """Whether a text holds an angle bracket that opens or closes nothing."""
    return bool(re.search(r"[<>]", re.sub(r"<(?:!date\^[^<>]*|https?://[^<>]*|@[UW][A-Z0-9]+)>", "", text)))


def sound(message: Message, *, may_ping: bool = False) -> Message:
    """The message, when Slack takes it and it calls nobody."""
    assert message_faults(message.blocks) == []
    assert sum(text_lengths(message.blocks)) <= 9_000
    assert 0 < len(message.text) <= 3_000
    if not may_ping:
        assert pings(message) == []
    assert [text for text in (message.text, *texts(message.blocks)) if broken(text)] == []
    return message


def shown(message: Message) -> str:
    """What stands on the screen, with buttons in brackets and times in UTC."""
    lines = []
    for block in message.blocks:
        if block["type"] == "actions":
            lines.append(" ".join(f"[{label(e)}]" for e in block["elements"]))
            continue
        line = "\n".join(each["text"] for each in ([block["text"]] if "text" in block else block["elements"]))
        lines.append(line + (f" [{label(block['accessory'])}]" if "accessory" in block else ""))
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", "\n".join(lines))


def label(element: dict[str, Any]) -> str:
    if element["type"] == "overflow":
        return " | ".join(option["text"]["text"] for option in element["options"])
    return str(element.get("text", element.get("placeholder"))["text"])  # type: ignore[index]


def buttons(message: Message) -> list[dict[str, Any]]:
    found = [e for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
    return found + [b["accessory"] for b in message.blocks if "accessory" in b]


def pressed(message: Message, name: str) -> tuple[str, int, int, str]:
    """What the listeners read when somebody presses the button with this label."""
    for block in message.blocks:
        for element in [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]:
            if element["type"] == "overflow":
                for option in element["options"]:
                    if option["text"]["text"] == name:
                        return read_press(element["action_id"], block.get("block_id", ""), option["value"])
            elif "action_id" in element and label(element) == name:
                return read_press(element["action_id"], element.get("value") or block.get("block_id", ""), "")
    raise AssertionError(f"there is no button {name}")


# --- words ---


def test_a_mention_in_somebodys_words_becomes_a_name_and_calls_nobody() -> None:
    assert inert("ask <@U1> or <@U9|kim>, <!channel>", NAMES) == "ask @Maria or @someone, &lt;!channel&gt;"


def test_a_name_can_be_as_hostile_as_a_text() -> None:
    assert inert("<@U3> did", NAMES) == "@&lt;!channel&gt; did"
    assert LOOK.name("U2") == "@Tom &amp; Co"


def test_what_is_cut_ends_in_an_ellipsis_and_breaks_no_entity() -> None:
    assert cut("one two three four", 12) == "one two…"
    assert all(not re.search(r"&[a-z]*…", cut("&amp;" * 50, n)) for n in range(10, 60))


def test_what_is_hidden_at_the_front_of_a_text_is_no_way_around_the_ellipsis() -> None:
    assert LOOK.line("\u200b" * 50_000 + "seen", 100).endswith("…")
    assert LOOK.line("\u200b" * 50 + "seen", 100) == "seen"


@pytest.mark.parametrize("text", ["one\n\ntwo\n" * 500, "word " * 2000, "x" * 7000, "", "a\n" * 10 + "b" * 4000])
def test_pieces_are_the_whole_text(text: str) -> None:
    found = list(pieces(text, 1000))
    assert all(len(piece) <= 1000 for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


# --- ids ---


def test_a_value_carries_postmortem_question_and_the_rest() -> None:
    assert decode(encode(12, 3, "2.1")) == (12, 3, "2.1")
    assert decode(encode(12, 3, "a:b")) == (12, 3, "a:b")
    assert decode("something else") == (0, 0, "")
    assert decode("-1:x:") == (0, 0, "")


def test_a_press_is_read_the_same_from_a_button_a_menu_and_a_picker() -> None:
    assert read_press("next", "12:3:", "") == ("next", 12, 3, "")
    assert read_press("other.1", "12:3:2.1", "") == ("other", 12, 3, "2.1")
    assert read_press("more", "block", "unknown|12:3:") == ("unknown", 12, 3, "")
    assert read_press("item_date.AI-031", "item|AI-031", "2026-12-01") == ("item_date", 0, 0, "AI-031")
    assert read_press("item_done.AI-031", "AI-031", "") == ("item_done", 0, 0, "AI-031")
    assert read_press("", "", "") == ("", 0, 0, "")


def test_every_button_that_opens_a_modal_or_changes_an_item_is_a_button() -> None:
    assert {*ITEM_BUTTONS, *OPENS_MODAL} <= set(Button)


# --- opening, reading ---

OPENING = cards.Opening(
    "PM-2026-014", "checkout errors", "service incident", 10, "U1", False, Stage.READING, None, None
)


def test_the_opening_says_who_reads_it_how_it_goes_and_who_leads() -> None:
    message = sound(record_blocks.opening(OPENING, LOOK))
    on_screen = shown(message)
    assert "PM-2026-014 · checkout errors" in on_screen
    for promise in ("10 ", "ten to fifteen minutes", "Anyone", "edit or delete", "`//`", "members of this channel"):
        assert promise in on_screen
    assert "@Maria" in on_screen
    assert "[Pause] [Hand over]" in on_screen
    assert "Claude" not in on_screen
    assert pressed(message, "Hand over") == ("handover", 12, 0, "")


def test_a_private_channel_is_told_that_it_stays_private() -> None:
    assert "private channel" in shown(record_blocks.opening(replace(OPENING, private=True), LOOK))


def test_a_paused_postmortem_says_by_whom_and_offers_to_resume() -> None:
    by_tom = shown(sound(record_blocks.opening(replace(OPENING, paused_by="U2"), LOOK)))
    assert "Paused by @Tom &amp; Co" in by_tom
    assert "[Resume]" in by_tom
    by_itself = shown(sound(record_blocks.opening(replace(OPENING, paused_by=""), LOOK)))
    assert "nobody" in by_itself
    assert "@" not in by_itself.partition("Paused")[2].partition("\n")[0]


def test_a_cancelled_postmortem_says_until_when_it_can_be_undone() -> None:
    face = replace(OPENING, stage=Stage.CANCELLED, restorable_until=AT + timedelta(days=30))
    message = sound(record_blocks.opening(face, LOOK))
    assert "20 Dec 2026" in shown(message)
    assert pressed(message, "Undo cancel") == ("restore", 12, 0, "")


def test_progress_counts_and_says_how_long_it_takes() -> None:
    reading = Reading("history", messages=1200, oldest="1795183320.000100")
    text = shown(sound(record_blocks.reading(cards.ReadingProgress(reading, None, 0), LOOK)))
    assert text.startswith("Reading: 1,200 messages so far, back to ")
    assert text.endswith(" UTC.")
    threads = replace(reading, phase="threads", threads=80, threads_read=31)
    text = shown(sound(record_blocks.reading(cards.ReadingProgress(threads, None, 1), LOOK)))
    assert "31 of 80 threads, about 1 minute left" in text


COUNTS = Counts(
    messages=264, replies=41, alerts=22, edited=6, deleted=1, files=2, huddles=1, service=5, unreadable=3,
    first=datetime(2026, 11, 20, 13, 2, tzinfo=UTC), last=datetime(2026, 11, 20, 16, 31, tzinfo=UTC),
)  # fmt: skip


def test_the_receipt_says_what_was_read_and_what_was_not() -> None:
    text = shown(sound(record_blocks.reading(cards.ReadingProgress(Reading("done"), COUNTS, 0), LOOK)))
    assert "*I read 264 messages*: 41 thread replies, 22 alerts, 6 edited, 1 deleted." in text
    assert "13:02" in text
    assert "16:31 UTC" in text
    for left_out in ("2 files", "1 call", "3", "5 joins and topic changes", "Deleted messages"):
        assert left_out in text


def test_the_receipt_of_an_empty_channel_is_honest() -> None:
    text = shown(sound(record_blocks.reading(cards.ReadingProgress(Reading("done"), Counts(), 0), LOOK)))
    assert "I read 0 messages" in text
    assert "Window" not in text


# --- timeline, people ---


def entry(n: int, kind: Kind = Kind.NOTE, *, at: datetime | None = AT, text: str = "pool exhausted") -> Entry:
    precision = Precision.EXACT if at is not None else Precision.UNKNOWN
    return Entry(f"k{n}", at, precision, None, kind, text, f"1795183{n:03}.000100", "U1", "why", float(n))


def entry_lines(message: Message) -> list[str]:
    return [line for line in shown(message).splitlines() if " · " in line and "↗" in line]


def test_the_timeline_keeps_every_milestone_and_counts_the_rest() -> None:
    notes = [entry(n, at=AT + timedelta(minutes=n)) for n in range(40)]
    told = [*notes[:20], entry(50, Kind.DETECTED, at=AT + timedelta(minutes=20)), *notes[20:]]
    message = sound(record_blocks.timeline(cards.Timeline(1, None), told, (), LOOK))
    assert len(entry_lines(message)) == record_blocks.TIMELINE_LINES
    assert sum(" detected* " in line for line in entry_lines(message)) == 1
    assert "26 more entries in the document" in shown(message)
    assert "[Looks right] [Edit timeline] [Add]" in shown(message)


def test_what_is_not_known_is_said() -> None:
    facts = (Fact("began", "half twelve", AT, "about"), Fact("detected_after", "32 min"))
    told = [replace(entry(1, Kind.IMPACT_BEGAN), precision=Precision.ABOUT), entry(2, at=None)]
    text = shown(sound(record_blocks.timeline(cards.Timeline(1, None), told, facts, LOOK)))
    assert "*about 13:58 UTC impact began* · pool exhausted" in text
    assert "time unknown" in text
    assert "Detected after 32 min" in text
    assert "when it was resolved" in text


def test_of_what_nearly_happened_no_beginning_and_no_end_is_missed() -> None:
    text = shown(sound(record_blocks.timeline(cards.Timeline(1, None, nearly=True), [entry(1)], (), LOOK)))
    assert "Unknown: when it was noticed." in text


def test_an_accepted_timeline_can_still_be_corrected() -> None:
    text = shown(sound(record_blocks.timeline(cards.Timeline(1, "U1"), [entry(1)], (), LOOK)))
    assert "@Maria" in text
    assert "Looks right" not in text
    assert "[Edit timeline] [Add]" in text


def test_an_incident_of_several_days_shows_the_day() -> None:
    told = [entry(1), entry(2, at=AT + timedelta(days=1))]
    text = shown(sound(record_blocks.timeline(cards.Timeline(1, None), told, (), LOOK)))
    assert "20 Nov" in text
    assert "21 Nov" in text


def test_an_empty_timeline_says_so() -> None:
    message = sound(record_blocks.timeline(cards.Timeline(1, None), [], (), LOOK))
    assert pressed(message, "Add") == ("timeline_add", 12, 0, "")


def test_people_are_suggested_and_not_called() -> None:
    face = cards.People((Participant("U1", "found the pool"), Participant("U2", "heard it first")), None)
    message = sound(record_blocks.people(face, LOOK))
    assert "@Maria (found the pool) and @Tom &amp; Co (heard it first)" in shown(message)
    assert pressed(message, "Invite them") == ("invite", 12, 0, "")
    assert "Invite them" not in shown(sound(record_blocks.people(replace(face, invited_by="U1"), LOOK)))


def test_an_invitation_calls_those_it_names_and_nobody_in_the_question() -> None:
    mention = Mention("someone-3-U2", ("U2",), "U1", 3)
    message = sound(
        question_blocks.mentioned(cards.Mentioned(mention, "Did <@U1> or <!here> see it?"), LOOK), may_ping=True
    )
    assert set(pings(message)) == {"<@U2>"}
    assert "@Maria" in shown(message)
    assert "Did @Maria or &lt;!here&gt; see it?" in shown(message)


# --- questions ---

ASKED = Asked(
    3, "impact", "impact.customers", Put.ASK, "Roughly how many people were hit? A rate is fine.", AT,
    quote=Quote("first complaints around half twelve", "1795183080.000100", "U1"),
)  # fmt: skip
QUESTION = cards.Question(
    asked=ASKED, topic_number=3, topics=10, topic_title="impact",
    shows=(Fact("began", "12:30", AT - timedelta(minutes=88), "about"), Fact("duration", "2 h 35 min"),
           Fact("services", "checkout")),
    live=True, paused=False, noted=0, next_at=None, can_move_back=False, can_go_deeper=False, can_split=False,
    branches=(),
)  # fmt: skip


def test_a_question_stands_with_what_it_builds_on_and_what_is_known() -> None:
    message = sound(question_blocks.question(QUESTION, LOOK))
    lines = shown(message).splitlines()
    assert lines[0] == "*3 of 10 · impact*"
    assert lines[1] == "Roughly how many people were hit? A rate is fine."
    assert "builds on @Maria, " in lines[2]
    assert "“first complaints around half twelve”" in lines[2]
    assert "https://acme.slack.com/archives/C1/p1795183080000100" in lines[2]
    assert lines[3] == "began about 12:30 UTC · lasted 2 h 35 min · checkout"
    assert lines[-1] == "[Next] [Skip] [Don't know | Back | Ask someone… | Pause]"
    assert pressed(message, "Next") == ("next", 12, 3, "")
    assert pressed(message, "Don't know") == ("unknown", 12, 3, "")
    assert pressed(message, "Ask someone…") == ("someone", 12, 3, "")


def test_the_first_question_has_nothing_to_go_back_to() -> None:
    first = replace(QUESTION, asked=replace(ASKED, position=1))
    assert "Back" not in shown(sound(question_blocks.question(first, LOOK)))


def test_every_reader_sees_times_in_their_own_zone() -> None:
    found = [text for text in texts(question_blocks.question(QUESTION, LOOK).blocks) if "<!date^" in text]
    assert any(f"<!date^{int((AT - timedelta(minutes=88)).timestamp())}^{{time}}|12:30 UTC>" in text for text in found)


def test_a_probe_says_that_it_is_one_and_a_confirmation_asks_for_correction() -> None:
    probe = shown(sound(question_blocks.question(replace(QUESTION, asked=replace(ASKED, put=Put.PROBE)), LOOK)))
    assert "one follow-up; “don't know” is an answer too" in probe
    asked = replace(QUESTION, asked=replace(ASKED, put=Put.CONFIRM), confirms=True)
    confirm = shown(sound(question_blocks.question(asked, LOOK)))
    assert "confirm or correct" in confirm
    assert "[That's it] [Skip]" in confirm
    open_one = shown(sound(question_blocks.question(replace(asked, confirms=False), LOOK)))
    assert "confirm or correct" not in open_one, "what asks for more than a yes is a question"


def test_what_was_noted_says_when_the_next_question_comes() -> None:
    face = replace(QUESTION, noted=2, next_at=AT + timedelta(minutes=2))
    message = sound(question_blocks.question(face, LOOK))
    assert "Noted from two people. Next question at 14:00 UTC." in shown(message)
    assert pressed(message, "Wait") == ("wait", 12, 3, "")
    held = replace(face, asked=replace(ASKED, held=True), next_at=None)
    assert "I wait until somebody presses *Next*." in shown(sound(question_blocks.question(held, LOOK)))
    by_hand = replace(face, noted=1, next_at=None)
    assert "Noted from one person. Press *Next* when you are done." in shown(
        sound(question_blocks.question(by_hand, LOOK))
    )


def test_a_moment_of_another_day_is_told_with_its_day() -> None:
    friday = AT - timedelta(days=4)
    told = Fact("began", "friday", friday, "exact", Quote("friday 12:30", f"{int(AT.timestamp())}.000100", "U2"))
    noted = replace(QUESTION, noted=1, heard=(told,))
    day = f"{friday:%a} {friday.day} {friday:%b}"
    assert f"Understood as: it began {day}, {friday:%H:%M} UTC." in shown(sound(question_blocks.question(noted, LOOK)))
    berlin = replace(noted, heard=(replace(told, zone="Europe/Berlin"),))
    assert f"it began {day}, {friday:%H:%M} UTC." in shown(sound(question_blocks.question(berlin, LOOK)))
    beside = shown(sound(question_blocks.question(replace(QUESTION, shows=(told,)), LOOK)))
    assert f"began {friday:%d %b %Y}, {friday:%H:%M} UTC" in beside, "the question was asked four days later"
    assert f"{friday:%d %b}" not in shown(sound(question_blocks.question(QUESTION, LOOK)))


def test_a_correction_to_a_confirmation_is_taken_with_next() -> None:
    face = replace(QUESTION, asked=replace(ASKED, put=Put.CONFIRM), noted=1, next_at=AT)
    assert pressed(sound(question_blocks.question(face, LOOK)), "Next") == ("next", 12, 3, "")


def test_a_late_reply_can_be_moved_and_a_cause_followed() -> None:
    branches = (
        Factor("2.2", "staging <@U1> too small " * 9, 1, None, Quote("x")),
        Factor("2.3", "b", 1, None, Quote("x")),
    )
    face = replace(
        QUESTION, noted=1, next_at=AT, can_move_back=True, can_go_deeper=True, can_split=True, branches=branches
    )
    message = sound(question_blocks.question(face, LOOK))
    assert pressed(message, "It answers the previous one") == ("previous", 12, 3, "")
    assert pressed(message, "Go deeper") == ("deeper", 12, 3, "")
    assert pressed(message, "Split into causes") == ("split", 12, 3, "")
    other = next(b for b in buttons(message) if label(b).startswith("Ask about “staging @Maria"))
    assert read_press(other["action_id"], other["value"], "") == ("other", 12, 3, "2.2")


@pytest.mark.parametrize(
    ("closed", "word"),
    [
        (Closed.SKIPPED, "Skipped."),
        (Closed.UNKNOWN, "Not known."),
        (Closed.CONFIRMED, "Confirmed."),
        (Closed.NEXT, ""),
        (Closed.QUIET, ""),
    ],
)
def test_a_passed_question_keeps_no_button(closed: Closed, word: str) -> None:
    face = replace(QUESTION, asked=replace(ASKED, closed=closed), live=False, noted=2)
    message = sound(question_blocks.question(face, LOOK))
    assert buttons(message) == []
    assert shown(message).splitlines()[-1] == (word or "began about 12:30 UTC · lasted 2 h 35 min · checkout")


def test_a_paused_question_offers_to_go_on_and_nothing_else() -> None:
    message = sound(question_blocks.question(replace(QUESTION, live=False, paused=True), LOOK))
    assert [label(each) for each in buttons(message)] == ["Resume"]
    assert pressed(message, "Resume")[:2] == ("resume", 12)


def test_a_question_whose_quote_was_deleted_does_not_quote() -> None:
    asked = replace(ASKED, quote=Quote("", "1795183080.000100", "U1"))
    assert "“" not in shown(sound(question_blocks.question(replace(QUESTION, asked=asked), LOOK)))


# --- items, review, summary ---

ITEM = Item("AI-031", 12, Workspace("T1"), "Alert on checkout error rate alone", "1.2", 0, AT, "C1", "U1")
FULL = replace(ITEM, owner=Person("U1"), due=date(2026, 11, 27), priority=Priority.P1, measure="it fires in the drill")


def test_items_show_what_is_there_and_ask_for_what_is_not() -> None:
    typed = replace(ITEM, number="AI-032", owner=Words("db team"), due_words="next sprint")
    message = sound(document_blocks.items(cards.Items(1, False), (FULL, typed), LOOK))
    text = shown(message)
    assert "*AI-031* Alert on checkout error rate alone" in text
    for known in ("@Maria", "Fri 27 Nov", "P1", "it fires in the drill"):
        assert known in text
    assert "owner db team (not known to me)" in text
    assert "next sprint?" in text
    assert pressed(message, "Fill in what is missing") == ("items_missing", 12, 0, "")
    assert pressed(message, "Change") == ("items_fill", 12, 0, "")


def test_a_time_of_the_day_by_which_an_item_is_due_stays_beside_the_day() -> None:
    timed = replace(FULL, due_words="this friday 10:15")
    assert "due Fri 27 Nov, 10:15" in shown(sound(document_blocks.items(cards.Items(1, False), (timed,), LOOK)))
    assert "due Fri 27 Nov ·" in shown(sound(document_blocks.items(cards.Items(1, False), (FULL,), LOOK)))


def test_a_day_that_is_not_sure_is_asked_about() -> None:
    unsure = replace(FULL, due_sure=False, due_words="next friday")
    assert "is that the day?" in shown(sound(document_blocks.items(cards.Items(1, False), (unsure,), LOOK)))


def test_five_hundred_items_are_counted_when_they_do_not_fit() -> None:
    many = tuple(replace(ITEM, number=f"AI-{n:03}") for n in range(500))
    message = sound(document_blocks.items(cards.Items(1, False), many, LOOK))
    listed = shown(message).count("*AI-")
    assert 5 <= listed < 500
    assert f"… {500 - listed} more" in shown(message)


def test_a_group_and_a_closed_item_can_be_shown() -> None:
    done = replace(FULL, owner=Group("S1"), status=Status.DONE)
    assert "done" in shown(sound(document_blocks.items(cards.Items(1, True), (done,), LOOK)))
    assert "No action was named." in shown(sound(document_blocks.items(cards.Items(1, True), (), LOOK)))


def previews(count: int, text: str = "It was down.", state: str = "") -> list[SectionPreview]:
    return [SectionPreview(f"s{n}", f"Section {n}", text, state) for n in range(count)]


def test_the_review_shows_every_section_and_how_it_stands() -> None:
    message = sound(
        document_blocks.review(cards.Review(1, (), (), True), [*previews(12), *previews(1, state="edited")], LOOK)
    )
    assert shown(message).count("[Read or edit]") == 13
    assert "edited" in shown(message)
    opens = next(b for b in buttons(message) if b["action_id"] == "section_open.s3")
    assert read_press(opens["action_id"], opens["value"], "") == ("section_open", 12, 0, "s3")
    assert pressed(message, "Write the document") == ("write_it", 12, 0, "")


def test_a_review_that_is_over_has_no_buttons() -> None:
    assert buttons(sound(document_blocks.review(cards.Review(0, (), (), False), (), LOOK))) == []


def test_a_script_with_very_many_sections_says_how_many_are_not_shown() -> None:
    message = sound(document_blocks.review(cards.Review(1, (), (), True), previews(90, HUGE), LOOK))
    listed = shown(message).count("[Read or edit]")
    assert f"… {90 - listed} more" in shown(message)
    assert pressed(message, "Write the document") == ("write_it", 12, 0, "")


OWNERS = Rule("owners", "Every action has an owner", "Choose one.", lambda matter: None)
PUBLISHED = Publication("canvas", "done", "F1", "https://acme.slack.com/docs/T1/F1", 3)


def summary(face: cards.Summary, headline: str = "Payments failed.", found: Sequence[str] = ()) -> Message:
    checks = [Check(OWNERS, weak(*(Found(text) for text in found))), Check(replace(OWNERS, id="factors"), HOLDS)]
    return document_blocks.summary(
        face, number="PM-2026-014", headline=headline, front="", picture="Timeline of it.", checks=checks,
        unanswered=(Missing("Where we were lucky"), Missing("Lessons", State.UNKNOWN)), look=LOOK,
    )  # fmt: skip


def test_the_summary_says_what_is_missing_and_opens_the_document() -> None:
    message = sound(summary(cards.Summary(3, PUBLISHED), found=["AI-033 has no owner"]))
    text = shown(message)
    for said in (
        "PM-2026-014 is written",
        "Not answered: Where we were lucky. Not known: Lessons.",
        "1 of 2",
        "AI-033 has no owner",
    ):
        assert said in text
    opens = next(b for b in buttons(message) if label(b) == "Open the document")
    assert opens["url"] == PUBLISHED.url
    assert "New file" not in text


def test_a_file_can_be_written_anew() -> None:
    face = cards.Summary(5, replace(PUBLISHED, kind="file"))
    text = shown(sound(summary(face)))
    assert "[New file]" in text
    assert "changed since the file was written" in text


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://x.example/" + "a" * 4000])
def test_an_address_that_cannot_be_opened_is_not_offered(url: str) -> None:
    face = cards.Summary(3, replace(PUBLISHED, url=url))
    assert "Open the document" not in shown(sound(summary(face)))


def test_only_the_worst_findings_of_the_checklist_are_listed_and_the_rest_counted() -> None:
    text = shown(sound(summary(cards.Summary(3, PUBLISHED), found=[f"AI-{n:03} has no owner" for n in range(50)])))
    assert "1 of 2 rules hold. Weak: " in text
    assert "and 47 more findings." in text


# --- direct messages ---


def test_an_interview_that_nobody_answers_is_told_to_its_facilitator() -> None:
    face = cards.Stalled("PM-2026-014", "checkout & more", 1, "U1")
    text = shown(sound(notice_blocks.stalled(face, "https://acme.slack.com/archives/C1/p1", LOOK)))
    assert "<https://acme.slack.com/archives/C1/p1|PM-2026-014 checkout &amp; more>" in text
    assert "paused" in shown(sound(notice_blocks.stalled(replace(face, reminder=2), "https://x.example/1", LOOK)))


@pytest.mark.parametrize(("why", "help_"), [("archived", "unarchive"), ("removed", "/invite @postmortem")])
def test_a_channel_out_of_reach_says_what_would_help(why: str, help_: str) -> None:
    face = cards.CannotReach("PM-2026-014", "checkout", why, "C1")
    assert help_ in shown(sound(notice_blocks.cannot_reach(face, LOOK)))


def nudged(number: str, **changes: Any) -> Nudged:
    return Nudged(replace(FULL, number=number, **changes), "checkout errors", "https://acme.slack.com/p1")


def test_a_reminder_is_one_message_with_everything_in_it() -> None:
    message = sound(
        nudge_blocks.nudge([nudged("AI-001"), nudged("AI-002")], [nudged("AI-009", owner=None)], AT.date(), LOOK)
    )
    text = shown(message)
    assert "2 of your actions" in text
    assert "Fri 27 Nov" in text
    assert "checkout errors" in text
    assert "no owner" in text
    assert pressed(message, "Done") == ("item_done", 0, 0, "AI-001")
    assert pressed(message, "New date") == ("item_date", 0, 0, "AI-001")
    assert pressed(message, "Owner") == ("item_owner", 0, 0, "AI-009")


def test_a_reminder_with_nothing_left_says_so() -> None:
    assert "Nothing of yours" in shown(sound(nudge_blocks.nudge([], [], AT.date(), LOOK)))


def test_a_reminder_about_very_many_items_counts_what_does_not_fit() -> None:
    many = [nudged(f"AI-{n:03}") for n in range(300)]
    text = shown(sound(nudge_blocks.nudge(many, many[:0], AT.date(), LOOK)))
    assert "300 of your actions" in text
    assert re.search(r"and \d+ more", text)


def test_to_cancel_is_asked_once_more() -> None:
    message = sound(notice_blocks.cancel_question(SAY, 12, "PM-2026-014"))
    assert "Cancel PM-2026-014?" in shown(message)
    assert pressed(message, "Cancel it") == ("cancel_yes", 12, 0, "")
    assert pressed(message, "Keep it") == ("cancel_no", 12, 0, "")


# --- sentences ---


@cache
def sources() -> list[str]:
    """The bot's source, file by file."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot").glob("**/*.py"))]


@cache
def called(source: str) -> list[tuple[str, list[str], set[str]]]:
    """Every call in some source: the name of what is called, the words it is given, the names of the others."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            found.append((name, words, {k.arg for k in node.keywords if k.arg}))
    return found


def codes(*calls: str) -> dict[str, set[str]]:
    """Every code that the bot's source passes to these functions, and the fields that come with it."""
    found: dict[str, set[str]] = {}
    for source in sources():
        # To parse all of it takes a second, and every process of a test run does so before its first test.
        for name, words, others in called(source) if any(f"{name}(" in source for name in calls) else ():
            for word in words if name in calls else ():
                found.setdefault(word, set()).update(others)
    return found


IGNORED = sorted({*codes("Ignored"), *codes("why_not")})
ANSWERED = sorted({**codes("answer", "_steer"), **codes("Refusal")})
FIELDS = {
    name: f"the {name}"
    for name in ("word", "kind", "kinds", "number", "facilitator", "channel", "title", "given", "to")
} | {"link": "https://x.example/p1"}


def test_the_source_gives_reasons_and_answers() -> None:
    assert len(IGNORED) > 25
    assert {"started", "already_running", "guest_refused", "paused", "help"} <= set(ANSWERED)


@pytest.mark.parametrize("why", IGNORED)
def test_every_reason_for_doing_nothing_is_said_and_says_what_to_do(why: str) -> None:
    text = sound(notice_blocks.ignored(SAY, why)).text
    assert text[0].isupper()
    assert text.endswith((".", "?"))
    assert 20 < len(text) < 300
    assert len(sentences(text)) >= 2 or "; " in text


@pytest.mark.parametrize("code", ANSWERED)
def test_every_answer_to_a_command_is_said_in_its_own_words(code: str) -> None:
    text = sound(notice_blocks.sentence(SAY, code, **FIELDS)).text
    assert 10 < len(text) < 900
    assert code == "help" or text != notice_blocks.sentence(SAY, "help").text


def test_no_two_reasons_are_the_same_sentence_unless_nobody_reads_them() -> None:
    said = {why: notice_blocks.ignored(SAY, why).text for why in codes("Ignored")}
    alike = [why for why in said if list(said.values()).count(said[why]) > 1]
    assert set(alike) <= {
        "already_known", "already_posted", "deleted", "not_in_this_phase", "not_reading", "older_revision",
        "same_words", "unknown_card", "unknown_button", "unknown_factor", "unknown_question",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["no_such_sentence", ""])
def test_a_sentence_that_does_not_exist_is_noticed(code: str) -> None:
    with pytest.raises(TemplateFault):
        notice_blocks.sentence(SAY, code)
    with pytest.raises(TemplateFault):
        notice_blocks.ignored(SAY, code)


def test_help_names_every_word() -> None:
    text = notice_blocks.sentence(SAY, "help").text
    for word in ("start", "status", "pause", "resume", "back", "handover", "cancel", "restore", "actions", "export"):
        assert f"`{word}" in text or f"postmortem {word}" in text


def test_what_was_typed_is_repeated_without_effect() -> None:
    message = sound(notice_blocks.sentence(SAY, "unknown_command", word="<!channel>`x`"))
    assert "&lt;!channel&gt;" in message.text


def test_an_answer_that_links_to_a_running_postmortem_links() -> None:
    text = notice_blocks.sentence(
        SAY, "already_running", number="PM-1", link="https://x.example/p1?a=1&b=2", facilitator="M"
    )
    assert "https://x.example/p1?a=1&amp;b=2" in text.text


ENDS = {
    "silence": {"from": "2026-11-20T14:20:00+00:00", "until": "2026-11-20T14:52:00+00:00", "length": "32 min"},
    "open_hypothesis": {"at": "2026-11-20T13:40:00+00:00"},
    "symptom_before_alert": {
        "felt": "2026-11-20T12:30:00+00:00", "noticed": "2026-11-20T13:02:00+00:00", "length": "32 min", "by": "alert",
    },
    "late_expert": {
        "user": "U1", "did": "found the cause", "joined": "2026-11-20T14:02:00+00:00", "after": "1 h",
    },
    "jump_to_call": {"at": "2026-11-20T13:20:00+00:00"},
    "unexplained_decision": {"at": "2026-11-20T14:31:00+00:00"},
}  # fmt: skip


@pytest.mark.parametrize("kind", ENDS)
def test_what_the_record_leaves_open_reads_inside_a_question(kind: str) -> None:
    clause = SAY("loose_end", kind=kind, facts=ENDS[kind])
    assert clause
    assert "\n" not in clause
    assert clause[-1] not in ".?!"
    assert "T1" not in clause


def test_a_silence_says_from_when_to_when() -> None:
    clause = SAY("loose_end", kind="silence", facts=ENDS["silence"])
    assert "14:20" in clause
    assert "14:52 UTC" in clause


def test_something_felt_before_people_noticed_blames_no_alert() -> None:
    assert "alert" not in SAY(
        "loose_end", kind="symptom_before_alert", facts={**ENDS["symptom_before_alert"], "by": "people"}
    )


# --- the app's home ---


def test_home_shows_what_runs_and_what_somebody_said_they_would_do() -> None:
    brief = Brief(12, "PM-2026-014", "checkout <!here>", Stage.ASKING, "C1", "1.2", "U1", None, None)
    view = home([brief], [nudged("AI-001")], AT.date(), LOOK)
    assert view_faults(view) == []
    message = Message("home", view["blocks"])
    assert pings(message) == []
    assert "PM-2026-014" in shown(message)
    assert "/postmortem start" in shown(message)
    assert pressed(message, "Done") == ("item_done", 0, 0, "AI-001")


def test_an_empty_home_says_how_to_start_and_a_full_one_fits() -> None:
    empty = home([], [], AT.date(), LOOK)
    assert view_faults(empty) == []
    briefs = [Brief(n, f"PM-{n}", HUGE, Stage.ASKING, "C1", "1.2", "U1", None, None) for n in range(200)]
    full = home(briefs, [nudged(f"AI-{n}", text=HUGE) for n in range(200)], AT.date(), LOOK)
    assert view_faults(full) == []
    assert "180 more" in shown(Message("home", full["blocks"]))


# --- whatever is typed ---


@pytest.mark.parametrize(
    "text", [HOSTILE, HUGE, UNBROKEN, "x" * 60_000, ""], ids=["hostile", "huge", "<&>", "x", "empty"]
)
def test_whatever_is_typed_every_message_stays_within_limits_and_calls_nobody(text: str) -> None:
    look = replace(LOOK, names={"U1": text[:200], "U2": text[:200]})
    quote = Quote(text, "1795183080.000100", "U1")
    asked = replace(ASKED, text=text or "?", quote=quote)
    kinds = list(Kind)
    told = [entry(n, kinds[n % len(kinds)], text=text) for n in range(60)]
    facts = (Fact("detected_after", text), Fact("hypothesis", text, quote=quote))
    branches = tuple(Factor(f"2.{n}", text, 1, None, quote) for n in range(3))
    face = replace(
        QUESTION, asked=asked, shows=facts, noted=9, next_at=AT, can_move_back=True, can_go_deeper=True,
        can_split=True, branches=branches, topic_title=text,
    )  # fmt: skip
    item = replace(FULL, text=text, owner=Words(text), due=None, due_words=text, measure=text)
    nudges = [nudged(f"AI-{n:03}", text=text, owner=Words(text)) for n in range(60)]
    nudges = [replace(each, title=text) for each in nudges]
    publication = replace(PUBLISHED, kind="file")
    messages = [
        record_blocks.opening(replace(OPENING, title=text, kind=text, paused_by="U1"), look),
        record_blocks.timeline(cards.Timeline(1, "U1"), told, facts, look),
        record_blocks.people(cards.People(tuple(Participant("U1", text) for _ in range(4)), "U2"), look),
        question_blocks.question(face, look),
        question_blocks.question(replace(face, live=False, paused=True), look),
        document_blocks.items(cards.Items(1, False), tuple(replace(item, number=f"AI-{n}") for n in range(60)), look),
        document_blocks.review(
            cards.Review(1, (), (), True), [SectionPreview(f"s{n}", text, text, text) for n in range(30)], look
        ),
        document_blocks.summary(
            cards.Summary(9, publication, "F012345678", text), number="PM-1", headline=text, front="", picture=text,
            checks=[Check(OWNERS, weak(*(Found(text),) * 9))] * 9, unanswered=(Missing(text),) * 30, look=look,
        ),
        notice_blocks.stalled(cards.Stalled("PM-1", text, 1, "U1"), "https://x.example/1", look),
        notice_blocks.cannot_reach(cards.CannotReach("PM-1", text, "removed", "C1"), look),
        nudge_blocks.nudge(nudges[:30], nudges[30:], AT.date(), look, nudges),
        document_blocks.follow_up_review(
            cards.FollowUpReview("PM-1", text, AT.date(), None, None),
            tuple(replace(item, number=f"AI-{n}") for n in range(60)), "https://x.example/1", look,
        ),
        checklist_message(12, [Check(OWNERS, weak(*(Found(text),) * 9))] * 9, look.names, SAY),
        notice_blocks.sentence(SAY, "already_running", number="PM-1", link="https://x.example/1", facilitator=text),
        notice_blocks.sentence(SAY, "unknown_command", word=text),
        notice_blocks.sentence(SAY, "unknown_kind", kind=text, kinds=text),
        notice_blocks.sentence(SAY, "started", number="PM-1", channel=text, title=text),
        notice_blocks.sentence(SAY, "not_a_person", given=text),
        notice_blocks.sentence(SAY, "handed_over", number="PM-1", to=text),
    ]  # fmt: skip
    for message in messages:
        sound(message)
    sound(question_blocks.mentioned(cards.Mentioned(Mention("m", ("U2",), "U1", 1), text), look), may_ping=True)
    sound(question_blocks.asked_later(cards.AskedLater(replace(asked, to="U2", why="w:1"), 1), look), may_ping=True)
    sound(
        question_blocks.asked_later(cards.AskedLater(replace(asked, to="U2", why="w:1", closed=Closed.QUIET), 1), look)
    )


# --- wording ---


def sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.?!])\s+", text.strip()) if each]


def templates() -> list[Path]:
    return sorted((TEMPLATES / "messages").glob("**/*.j2"))


def test_no_template_praises_judges_or_decorates() -> None:
    for path in templates():
        words = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"\b(?:great|awesome|thanks|thank you|sorry|oops|perfect|well done|please)\b", words), path
        assert not re.search(r":[a-z_]+:", words), path
        assert "!" not in re.sub(r"!=", "", words), path
        assert "why did you" not in words, path


def test_labels_of_a_section_are_bold_in_the_review() -> None:
    text = "**Who was affected**\n\nEverybody with a `**` in their name, 2 ** 3 of them."
    message = sound(document_blocks.review(cards.Review(1, (), (), True), previews(1, text), LOOK))
    shown = message.blocks[1]["text"]["text"]
    assert "\n*Who was affected*\n" in shown
    assert "2 ** 3 of them" in shown, "people's own words stay"


def test_the_closed_review_says_how_many_sections_were_read() -> None:
    done = [
        str(document_blocks.review(cards.Review(0, read, (), False), (), LOOK).blocks)
        for read in ((), ("a",), ("a", "b"))
    ]
    assert "without going through the sections" in done[0]
    assert "1 section was read and accepted." in done[1]
    assert "2 sections were read and accepted." in done[2]
