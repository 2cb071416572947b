"""Who is reminded of what, week after week, and do the buttons in the reminder work?"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest

from bot.actions.item import Item
from bot.actions.values import Person
from bot.places import MANIFEST
from bot.sandbox.clock import SandboxClock
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, plainly
from tests.fakes.scene import NOW, SMALL, said, scene

DAY = 86400
NAMED = """alert on checkout errors alone, @tom, 2026-11-27
query plan in CI, @tom, 2026-11-26
improve monitoring of plans, next week"""


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A local Slack that outlives the bots that are connected to it."""
    workspace = seed_workspace(SMALL, clock=SandboxClock(frozen_at=NOW.timestamp())).workspace
    with LocalSlack(workspace, json.loads(MANIFEST.read_text(encoding="utf-8")), page=False) as local:
        yield local


@pytest.fixture
def written(talk: Talk) -> Talk:
    """A written document with two actions of Tom's and one that nobody owns."""
    return with_actions(talk)


def with_actions(talk: Talk) -> Talk:
    talk.until("actions.items")
    talk.answer(NAMED)
    talk.to_review()
    talk.write()
    return talk


def days_pass(talk: Talk, days: int) -> None:
    """Day after day, with a look at the reminders every twelve hours."""
    for _ in range(days * 2):
        talk.s.clock.advance(DAY / 2)
        talk.s.bot.nudging.tick()
    talk.s.later(0)


def reminders(talk: Talk, user: str) -> list[dict[str, Any]]:
    return [m for m in talk.direct(user) if "blocks" in m and "AI-" in json.dumps(m["blocks"])]


def item(talk: Talk, number: str) -> Item:
    with talk.s.database.reading() as unit:
        return next(i for i in unit.items.all(1) if i.number == number)


def use(talk: Talk, action: str, user: str, value: Any = None) -> str:
    """Uses a button or a picker of the person's reminder; how the reminder reads then."""
    channel, ts = talk.direct_channel(user), reminders(talk, user)[-1]["ts"]
    talk.s.person(user).click(channel, ts, action, value)
    talk.s.settle()
    return plainly(said(next(m for m in talk.direct(user) if m["ts"] == ts)))


def test_the_home_follows_what_is_pressed_in_it(written: Talk) -> None:
    person, data = written.s.person(TOM), written.s.slack.workspace.data
    person.home()
    written.s.settle()

    def shown() -> str:
        """What stands on the screen of somebody who does not open the home again."""
        return json.dumps(data["views"][data["homes"][TOM]]["view"])

    def use_home(action: str, value: Any = None) -> None:
        person.click_view(data["homes"][TOM], action, value)
        written.s.settle()

    assert "due Fri 27 Nov" in shown()
    use_home("item_date.AI-001", "2026-12-04")
    assert "due Fri 4 Dec" in shown()
    use_home("item_done.AI-002")
    assert "AI-002" not in shown()
    assert "AI-001" in shown()


def test_nobody_is_reminded_before_something_is_overdue(written: Talk) -> None:
    days_pass(written, 9)
    assert written.direct(TOM) == []
    assert reminders(written, MARIA) == []


def test_an_owner_gets_one_message_with_all_overdue_actions_on_monday(written: Talk) -> None:
    days_pass(written, 10)
    (message,) = reminders(written, TOM)
    shown = plainly(said(message))
    assert shown.startswith("*2 of your actions from postmortems are past their date.*")
    assert "*AI-001* alert on checkout errors alone\ndue Fri 27 Nov · checkout errors" in shown
    assert "AI-002" in shown
    assert "AI-003" not in shown


def test_a_reminder_names_whom_an_action_mentions(talk: Talk) -> None:
    talk.until("actions.items")
    talk.answer(f"ask <@{ASHA}> to press the alert in the drill, @tom, 2026-11-27")
    talk.to_review()
    talk.write()
    days_pass(talk, 10)
    (message,) = reminders(talk, TOM)
    assert "ask @asha to press the alert in the drill" in plainly(said(message))


def test_what_has_no_owner_goes_to_the_facilitator_with_pickers(written: Talk) -> None:
    days_pass(written, 10)
    (message,) = reminders(written, MARIA)
    shown = plainly(said(message))
    assert "AI-003" in shown
    assert "AI-001" not in shown
    assert "no date (“next week”) · no owner" in shown
    assert {e["type"] for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]} == {
        "button", "users_select", "datepicker",
    }  # fmt: skip


def test_the_facilitator_chooses_an_owner_and_a_date(written: Talk) -> None:
    days_pass(written, 10)
    use(written, "item_date.AI-003", MARIA, "2026-12-31")
    assert item(written, "AI-003").due == date(2026, 12, 31)
    shown = use(written, "item_owner.AI-003", MARIA, ASHA)
    assert item(written, "AI-003").owner == Person(ASHA)
    assert "*AI-003*" not in shown


def test_done_snooze_and_new_date_update_the_reminder_and_the_document(written: Talk) -> None:
    days_pass(written, 10)
    assert "*AI-001*" not in use(written, "item_done.AI-001", TOM)
    assert item(written, "AI-001").status == "done"
    assert "Nothing of yours is past its date." in use(written, "item_date.AI-002", TOM, "2026-12-04")
    written.s.later(601)
    rows = [line for line in written.document().splitlines() if line.startswith("| AI-00")]
    assert "done" in rows[0]
    assert "4 Dec 2026" in rows[1]
    days_pass(written, 7)
    assert "AI-001" not in plainly(said(reminders(written, TOM)[-1]))
    assert "AI-002" in plainly(said(reminders(written, TOM)[-1]))


def row_of(talk: Talk, number: str) -> str:
    """The action's line in the document's table, as it reads once the document was written again."""
    talk.s.later(601)
    return next(line for line in talk.document().splitlines() if line.startswith(f"| {number} "))


def test_what_wont_be_done_stays_in_the_document_with_the_reason_and_is_chased_no_more(written: Talk) -> None:
    days_pass(written, 10)
    use(written, "item_wont.AI-001", TOM)
    asked = written.modal(TOM)
    assert asked["title"]["text"] == "Won't do"
    assert "alert on checkout errors alone" in json.dumps(asked)
    assert written.submit(TOM, reason="  ")["response_action"] == "errors", "no reason, no decision"
    assert item(written, "AI-001").status == "open"
    written.submit(TOM, reason="checkout moves to the payment provider in March")

    shown = plainly(said(reminders(written, TOM)[-1]))
    assert (
        "AI-001* alert on checkout errors alone · won't do: checkout moves to the payment provider in March (@tom)"
        in shown
    )
    kept = item(written, "AI-001")
    assert (kept.status, kept.closed_by) == ("dropped", TOM)
    assert kept.closed_at is not None
    row = row_of(written, "AI-001")
    assert "won't do: checkout moves to the payment provider in March, tom |" in row
    assert "not set" not in row

    days_pass(written, 7)
    assert "AI-001" not in plainly(said(reminders(written, TOM)[-1]))
    assert "AI-001" not in written.slash("actions")


def test_who_decides_second_is_told_and_changes_nothing(written: Talk) -> None:
    days_pass(written, 10)
    use(written, "item_wont.AI-003", MARIA)
    written.s.press("items_fill", ASHA)
    written.submit(ASHA, **{"AI-003__wont": "the dashboards are being replaced"})
    before = len(written.told_directly(MARIA))
    written.submit(MARIA, reason="nobody reads them")
    assert "closed already; nothing was changed" in written.told_directly(MARIA)[before]
    assert item(written, "AI-003").reason == "the dashboards are being replaced"
    assert item(written, "AI-003").closed_by == ASHA
    with written.s.database.reading() as unit:
        told = [(c.by, c.field, c.new) for c in unit.items.changes(written.row().workspace, "AI-003")]
    assert told.count((ASHA, "status", "dropped")) == 1
    assert not [each for each in told if each[0] == MARIA]


def test_what_was_not_to_be_done_is_opened_again_from_the_reminder_the_home_and_the_form(written: Talk) -> None:
    days_pass(written, 10)
    for number, reason in (("AI-001", "the vendor does it"), ("AI-002", "CI is replaced")):
        use(written, f"item_wont.{number}", TOM)
        written.submit(TOM, reason=reason)
    assert "*AI-001* alert on checkout errors alone\ndue" in use(written, "item_reopen.AI-001", TOM)
    row = row_of(written, "AI-001")
    assert "won't do" not in row
    assert "| open |" in row

    person, data = written.s.person(TOM), written.s.slack.workspace.data
    person.home()
    written.s.settle()
    assert "won't do: CI is replaced" in json.dumps(data["views"][data["homes"][TOM]]["view"])
    person.click_view(data["homes"][TOM], "item_reopen.AI-002")
    written.s.settle()
    assert item(written, "AI-002").status == "open"
    person.click_view(data["homes"][TOM], "item_wont.AI-002")
    written.s.settle()
    written.submit(TOM, reason="CI is replaced after all")
    assert "won't do: CI is replaced after all" in json.dumps(data["views"][data["homes"][TOM]]["view"])

    written.s.press("items_fill", ASHA)
    assert "won't do: CI is replaced after all" in json.dumps(written.modal(ASHA))
    written.submit(ASHA, **{"AI-002__again": ["again"]})
    assert item(written, "AI-002").status == "open"
    assert (item(written, "AI-002").reason, item(written, "AI-002").closed_by) == ("", None)


def test_the_checklist_misses_nothing_of_what_wont_be_done(written: Talk) -> None:
    def missed() -> str:
        written.press("checklist", ASHA)
        return json.dumps(written.modal(ASHA))

    assert "AI-003" in missed()
    written.s.press("items_fill", ASHA)
    written.submit(ASHA, **{"AI-003__wont": "the dashboards are being replaced"})
    assert "AI-003" not in missed()
    assert "won't do: the dashboards are being replaced (@asha)" in written.message("Actions, as I read them")


def test_snooze_gives_a_week_of_rest(written: Talk) -> None:
    days_pass(written, 10)
    for number in ("AI-001", "AI-002"):
        use(written, f"item_snooze.{number}", TOM)
    days_pass(written, 6)
    assert len(written.direct(TOM)) == 1


def test_what_is_done_or_put_off_is_said_in_the_reminder_and_can_be_taken_back(written: Talk) -> None:
    days_pass(written, 10)
    assert "~AI-001 alert on checkout errors alone~ · *done ✓*" in use(written, "item_done.AI-001", TOM)
    shown = use(written, "item_snooze.AI-002", TOM)
    assert "~AI-002 query plan in CI~ · *snoozed until Mon 7 Dec*" in shown
    assert "*AI-001* alert on checkout errors alone\ndue Fri 27 Nov" in use(written, "item_reopen.AI-001", TOM)
    assert item(written, "AI-001").status == "open"
    assert "*AI-002* query plan in CI\ndue Thu 26 Nov" in use(written, "item_wake.AI-002", TOM)


def test_whoever_is_chosen_as_the_owner_hears_of_it_and_the_facilitator_no_more(written: Talk) -> None:
    days_pass(written, 10)
    assert plainly(said(reminders(written, MARIA)[-1])).count("for an owner or a date") == 1, "it is said once"
    shown = use(written, "item_owner.AI-003", MARIA, ASHA)
    assert "~AI-003 improve monitoring of plans~ · *now belongs to @asha*" in shown
    assert "Nothing of yours is past its date." in shown
    back = use(written, "item_take_back.AI-003", MARIA)
    assert "*AI-003* improve monitoring of plans" in back
    assert "no date (“next week”) · no owner" in back
    assert item(written, "AI-003").owner is None
    use(written, "item_owner.AI-003", MARIA, ASHA)
    days_pass(written, 7)
    assert len(reminders(written, ASHA)) == 2, "at once, and on the Monday after"
    message = reminders(written, ASHA)[-1]
    assert plainly(said(message)).startswith("*One of your actions from postmortems has no date yet.*")
    assert "AI-003" in plainly(said(message))
    assert {"type": "datepicker"}.items() <= next(
        e for b in message["blocks"] if b["type"] == "actions" for e in b["elements"] if e["type"] == "datepicker"
    ).items()
    (hers,) = reminders(written, MARIA)
    assert "*AI-003*" not in plainly(said(hers)), "her message says no more than whose it is"
    assert len(written.direct(MARIA)) == 1


def test_somebody_elses_reminder_is_nobody_elses_to_press(written: Talk) -> None:
    """A direct message is seen by its person alone; who is outside the channel may not change an item either."""
    days_pass(written, 10)
    assert reminders(written, ASHA) == []
    assert written.direct("U0OUT") == []


def test_exactly_one_message_for_each_owner_and_week_through_restarts_and_with_two_bots(
    database: Database, slack: LocalSlack
) -> None:
    with scene(database, slack=slack) as first:
        talk = Talk(first)
        talk.start()
        with_actions(talk)
        days_pass(talk, 10)
    counts = [len(reminders(talk, TOM))]
    for _ in range(4):
        with ExitStack() as running:
            bots = [running.enter_context(scene(database, slack=slack)) for _ in range(2)]
            again = Talk(bots[0])
            for _ in range(7 * 2):
                slack.workspace.clock.advance(DAY / 2)
                for each in bots:
                    each.bot.nudging.tick()
            counts.append(len(reminders(again, TOM)))
    assert counts == [1, 2, 3, 4, 5]


def test_one_person_who_cannot_be_reached_stops_nobody_else(written: Talk) -> None:
    talk = written
    talk.s.slack.calls.plan.clear()

    def refuse(phase: str, method: str, args: Any, n: int) -> None:
        if phase == "before" and method == "conversations.open" and MARIA in str(args):
            raise ConnectionError

    talk.s.slack.on_call(refuse)
    days_pass(talk, 10)
    assert len(reminders(talk, TOM)) == 1
    assert reminders(talk, MARIA) == []
    talk.s.slack.calls.hooks.clear()
    days_pass(talk, 1)
    assert len(reminders(talk, TOM)) == 1


def test_the_scheduler_that_the_bot_is_shipped_with_sends_the_reminder(written: Talk) -> None:
    written.s.clock.advance(10 * DAY)
    written.s.bot.scheduler.start()
    try:
        end = time.monotonic() + 60
        while not reminders(written, TOM) and time.monotonic() < end:
            time.sleep(0.05)
        # It is written down after the last of them was sent.
        while "Action reminders were last looked through" not in (status := written.slash("status")):
            assert time.monotonic() < end, status
    finally:
        written.s.bot.scheduler.stop()
    assert len(reminders(written, TOM)) == 1
