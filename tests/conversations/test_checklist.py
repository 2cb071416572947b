"""What does the checklist show to whom, and what becomes of what people do about it?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.scripts.shelf import script_of
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, conversation, elements, plainly, where_stored
from tests.fakes.databases import migrated
from tests.fakes.scene import CHANNEL, NOW, SMALL, scene

NAMED = """alert on checkout errors alone, @tom, 2026-11-27, P1
improve monitoring of plans"""


def read(view: Mapping[str, Any]) -> str:
    """The text of a modal, its buttons aside."""
    found = []
    for block in view["blocks"]:
        said = [block] if "text" in block else block.get("elements", ()) if block["type"] == "context" else ()
        found += [each["text"] if isinstance(each["text"], str) else each["text"]["text"] for each in said]
    return plainly("\n".join(found))


@pytest.fixture
def engine() -> str:
    """None of this is another on the other engine, but for what several bots do at once."""
    return "sqlite"


@pytest.fixture
def database_url(engine: str, tmp_path: Path) -> Iterator[str]:
    with migrated(engine, tmp_path) as url:
        yield url


@pytest.fixture
def written(database: Database) -> Iterator[Talk]:
    """A document with two actions, of which one has an owner and a date, and neither a way to tell that it worked."""
    with conversation(database, start=False) as talk:
        yield short(talk)


def short(talk: Talk) -> Talk:
    """The kind with the fewest questions, up to its document."""
    talk.start("/postmortem start quick")
    talk.until("actions.items")
    talk.answer(NAMED)
    talk.to_review()
    talk.write()
    return talk


def test_the_summary_counts_and_the_list_says_what_to_do_to_who_opens_it(written: Talk) -> None:
    summary = written.message("is written.")
    assert "Checklist: " in summary
    assert "[Checklist]" in summary
    length = written.length()
    written.press("checklist", ASHA)
    shown = read(written.modal(ASHA))
    assert "AI-002 has no owner" in shown
    assert "→ Choose a person for each." in shown
    assert "“improve monitoring of plans”: of what" in shown
    assert "Nobody has confirmed the timeline yet" in shown
    weak, later = shown.split("*Not yet due*")
    assert "follow-up review" not in weak, "it was written just now"
    assert "follow-up review is planned, about four weeks out*: No day is planned; 7 days are left" in later
    assert "approved in every role*: This kind of document asks for none" in later
    assert written.length() == length, "nobody else is told"

    click(written, "items_fill", ASHA)
    assert written.modal(ASHA)["callback_id"] == "fill_items"
    assert written.slash("checklist", ASHA) == ""
    assert written.modal(ASHA)["callback_id"] == "checklist"
    told = written.mention("checklist", TOM)
    assert "*Every action has an owner*" in told
    assert "[Checklist]" in told


def click(talk: Talk, action: str, user: str) -> None:
    """Presses a button of the open modal that begins with this name."""
    view = talk.modal(user)
    found = next(e["action_id"] for e in elements(view) if e["action_id"].startswith(action))
    talk.s.person(user).click_view(view["id"], found)
    talk.s.settle()


def standing(talk: Talk, rule: str) -> str:
    """How the newest row stands by one rule."""
    with talk.s.database.reading() as unit:
        interview, source = unit.postmortems.load(1)
    checking = talk.s.bot.facilitator.hands._showing.checking
    return str(next(c.standing for c in checking.checks(script_of(source), interview) if c.id == rule))


def test_who_only_wrote_in_the_record_is_asked_about_as_a_person_and_found_by_the_list(database: Database) -> None:
    users = [*SMALL["users"], {"id": "U0JIRI", "name": "jiří", "real_name": "Jiří Dvořák"}]
    members = [*SMALL["channels"][0]["members"], "jiří"]
    said = [*SMALL["messages"]["inc-checkout-errors"], {"at": "-1h10m", "user": "jiří", "text": "thanks all"}]
    seed = SMALL | {
        "users": users,
        "channels": [SMALL["channels"][0] | {"members": members}, *SMALL["channels"][1:]],
        "messages": {"inc-checkout-errors": said},
    }
    with conversation(database, start=False, seed=seed) as talk:
        talk.start("/postmortem start quick")
        talk.until("causes.how")
        talk.answer("jiri pushed it w/o review")
        assert "“jiri pushed it w/o review” as it was said. What made that easy to do" in talk.asked()
        talk.to_review()
        talk.write()
        assert standing(talk, "persons") == "weak"


def test_who_only_takes_leave_has_named_nothing_and_is_not_quoted(database: Database) -> None:
    with conversation(database, start=False) as talk:
        talk.start("/postmortem start quick")
        talk.until("causes.how")
        talk.answer("the disks filled up, lol")
        talk.until("closing.open")
        talk.answer("nope, im off, bye")
        talk.write()
        document = talk.document()
        assert "im off" not in document
        assert "lol" not in document
        assert "the disks filled up" in document
        assert "Nothing was named" in document
        assert "“What was not asked” is not answered" not in talk.mention("checklist")


def test_what_comes_after_the_document_is_said_in_the_list_and_kept_with_who_said_it(written: Talk) -> None:
    length = written.length()
    written.press("checklist", ASHA)
    click(written, "shares", ASHA)
    written.submit(ASHA, where="#all-engineering")
    assert "✓ It was shared within 48 hours of the end" in read(written.modal(ASHA)), "the list below follows"
    click(written, "approve", ASHA)
    role = next(b["element"]["options"][2] for b in written.modal(ASHA)["blocks"] if b.get("block_id") == "role")
    written.s.person(ASHA).submit(written.modal(ASHA)["id"], {"role": {"value": role["value"]}})
    written.s.settle()
    click(written, "follow_up", ASHA)
    written.submit(ASHA)
    row = written.row()
    assert [(s.where, s.by) for s in row.shares] == [("#all-engineering", ASHA)]
    assert [(a.role, a.by) for a in row.approvals] == [("Manager", ASHA)]
    assert (row.follow_up.day, row.follow_up.by) == (date(2026, 12, 18), ASHA)
    assert written.length() == length, "nobody else is told"


@pytest.mark.parametrize("engine", ["postgresql"])
def test_on_the_day_of_the_review_the_facilitator_is_told_once_by_two_bots_though_the_channel_is_archived(
    written: Talk,
) -> None:
    written.press("checklist")
    click(written, "follow_up", MARIA)
    written.submit(MARIA)
    talk = written
    talk.s.later((datetime(2026, 12, 18, 8, 59, tzinfo=UTC) - NOW).total_seconds())
    assert talk.direct(MARIA) == []
    talk.s.slack.workspace.channels[CHANNEL]["is_archived"] = True
    with scene(talk.s.database, slack=talk.s.slack) as second:
        talk.s.later(90)
        second.later(90)
        (told,) = talk.told_directly(MARIA)
        assert told.startswith("*The follow-up review of PM-2026-001 · checkout errors is due (Fri 18 Dec).*")
        assert "*AI-001* alert on checkout errors alone · open, @tom" in told
        second.later(86400)
        (message,) = talk.direct(MARIA)
        talk.s.person(MARIA).click(talk.direct_channel(MARIA), message["ts"], "follow_up_held")
        second.later(5)
        talk.s.later(5)
        assert "@maria says that it was held." in talk.told_directly(MARIA)[0]
    assert talk.row().follow_up.held_by == MARIA


def test_a_link_in_the_thread_and_one_in_the_form_are_where_an_action_is_tracked(written: Talk) -> None:
    assert standing(written, "tracked") == "cannot tell yet"
    ts = written.s.say("AI-001 https://acme.atlassian.net/browse/PAY-12", TOM)
    written.press("items_fill", ASHA)
    assert written.submit(ASHA, **{"AI-002__link": "PAY-13"})["errors"] == {
        "AI-002.link": "Enter one address that begins with https:// or http://."
    }
    written.submit(ASHA, **{"AI-002__link": "https://acme.atlassian.net/browse/PAY-13"})
    assert standing(written, "tracked") == "ok"
    written.delete(ts, TOM)
    assert standing(written, "tracked") == "cannot tell yet"


def test_who_presses_done_is_asked_whether_the_measure_was_met(written: Talk) -> None:
    written.press("items_fill", TOM)
    written.submit(TOM, **{"AI-001__measure": "it pages in the drill"})
    data = written.s.slack.workspace.data

    def home(*action: str) -> str:
        written.s.person(TOM).click_view(data["homes"][TOM], *action) if action else written.s.person(TOM).home()
        written.s.settle()
        return json.dumps(data["views"][data["homes"][TOM]]["view"], ensure_ascii=False)

    assert "measure" not in home()
    assert "Was its measure met? “it pages in the drill”" in home("item_done.AI-001")
    assert standing(written, "met") == "cannot tell yet"
    assert "Its measure was not met:" in home("item_unmet.AI-001")
    assert standing(written, "met") == "weak"
    assert "due Fri 27 Nov" in home("item_reopen.AI-001")
    home("item_done.AI-001")
    assert "measure" not in home("item_met.AI-001")
    assert standing(written, "met") == "ok"


def test_a_weak_place_becomes_a_question_to_who_knows_and_the_answer_is_used(written: Talk) -> None:
    length = written.length()
    written.press("checklist", ASHA)
    assert "Ask tom" in json.dumps(written.modal(ASHA)), "AI-001 is his"
    click(written, "ask_later.measures", ASHA)
    assert written.length() == length + 1
    question = written.message("one question that the document leaves open")
    assert "<@U0TOM>" in question
    assert "AI-001 “alert on checkout errors alone”: how will we know that it worked?" in question
    assert "ask_later.measures" in json.dumps(written.modal(ASHA)), "the next one can be asked about AI-002"

    ts = written.s.say("it pages in the next drill", TOM)
    written.s.later(125)
    assert "Answered; it is in the document." in written.message("one question that the document leaves open")
    written.s.later(600)
    row = next(line for line in written.document().splitlines() if line.startswith("| AI-001"))
    assert "it pages in the next drill" in row
    written.delete(ts, TOM)
    written.s.later(601)
    assert "next drill" not in written.document()
    assert where_stored(written.s.database, "next drill") == set()


def test_a_rule_that_binds_keeps_the_document_a_draft_until_it_holds(database: Database) -> None:
    with conversation(database, start=False, binding_rules=("owners",)) as talk:
        short(talk)
        assert talk.message("PM-2026-001 is").startswith("*PM-2026-001 is a draft until every action has an owner.*")
        assert "Draft, until every action has an owner" in talk.document()
        talk.press("checklist")
        click(talk, "shares", MARIA)
        told = talk.submit(MARIA, where="#all-engineering")
        assert told["errors"] == {
            "where": "It is a draft until every action has an owner, so it can't be called shared yet."
        }
        talk.press("items_fill")
        talk.submit(MARIA, **{"AI-002__owner": ASHA})
        talk.s.later(601)
        assert talk.message("PM-2026-001 is").startswith("*PM-2026-001 is written.*")
        assert "Draft" not in talk.document()
        talk.press("checklist")
        click(talk, "shares", MARIA)
        talk.submit(MARIA, where="#all-engineering")
        assert [share.where for share in talk.row().shares] == ["#all-engineering"]


def test_the_form_begins_a_ticket_where_a_team_has_said_where_and_the_action_has_none(database: Database) -> None:
    where = "https://tickets.example/new?summary={title}&text={text}"
    with conversation(database, start=False, ticket_url=where) as talk:
        talk.start("/postmortem start quick")
        talk.until("actions.items")
        talk.answer("alert on checkout errors > 5 % & page, @tom, 2026-11-27\nimprove monitoring of plans")
        talk.to_review()
        talk.s.press("items_fill", ASHA)
        begun = [
            each["text"]
            for block in talk.modal(ASHA)["blocks"]
            if block["type"] == "context"
            for each in block["elements"]
        ]
        assert len(begun) == 2
        assert (
            "No ticket yet? <https://tickets.example/new?summary=alert%20on%20checkout%20errors%20%3E%205%20%25%20%26%20page"
            "&text=AI-001%20of%20PM-2026-001%2C%20checkout%20errors|Begin one with these words>"
        ) in begun[0]
        talk.submit(ASHA, **{"AI-001__link": "https://tickets.example/17"})
        talk.s.press("items_fill", ASHA)
        assert "summary=alert" not in json.dumps(talk.modal(ASHA)), "it has one now"
