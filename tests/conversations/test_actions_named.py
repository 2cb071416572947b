"""What becomes of the actions that people name?"""

from __future__ import annotations

from datetime import date

import pytest

from bot.actions.item import Item
from bot.actions.values import Person
from storage.database import Database
from tests.conversations.talk import (
    ASHA,
    MARIA,
    TOM,
    Talk,
    buttons,
    channel_with,
    conversation,
    where_sent,
    where_stored,
)
from tests.fakes.scene import CHANNEL

NAMED = (
    "- alert on checkout errors alone, @tom, 2026-11-27, P1\n"
    "- query plan in CI (db team?)\n"
    "- improve monitoring\n"
    "- route payment tickets to on-call, me"
)


@pytest.fixture
def named(talk: Talk) -> Talk:
    """A conversation in which four actions were named."""
    talk.until("actions.items")
    talk.answer(NAMED, user=ASHA)
    return talk


def items(talk: Talk) -> dict[str, Item]:
    with talk.s.database.reading() as unit:
        return {item.number: item for item in unit.items.all(1)}


def card(talk: Talk) -> str:
    talk.s.later(5)
    return talk.message("Actions, as I read them")


def test_free_text_is_shown_back_as_items_and_what_is_unknown_stays_unknown(named: Talk) -> None:
    shown = card(named)
    assert [line.split("*")[1] for line in shown.splitlines() if line.startswith("*AI-")] == [
        "AI-001", "AI-002", "AI-003", "AI-004",
    ]  # fmt: skip
    of = dict(zip(("first", "second", "third", "fourth"), shown.split("*AI-")[1:], strict=True))
    assert "alert on checkout errors alone" in of["first"]
    assert "owner @tom · due Fri 27 Nov · P1" in of["first"]
    assert "owner db team? · due ?" in of["second"]
    assert "owner ? · due ?" in of["third"]
    assert "of what, so that we see what earlier?" in of["third"]
    assert "owner @asha" in of["fourth"], "“me” is who wrote it"


def test_actions_are_shown_back_before_anybody_goes_on_and_follow_what_is_added(talk: Talk) -> None:
    talk.until("actions.items")
    before = talk.length()
    talk.s.say("hm, give me a minute", ASHA)
    talk.s.later(30)
    assert talk.length() == before + 1, "nothing was named yet"
    talk.s.say("alert on checkout errors alone, me, 2026-11-27", ASHA)
    talk.s.later(1)
    assert talk.length() == before + 2, "more may be on its way"
    talk.s.later(2)
    shown = talk.message("Actions, as I read them")
    assert ("alert on checkout errors alone" in shown, "owner @asha · due Fri 27 Nov" in shown) == (True, True)
    assert talk.row().current == talk.row().asked[-1], "the question is still open"
    talk.s.say("query plan in CI, @tom", TOM)
    talk.s.later(12)
    assert "query plan in CI" in talk.message("Actions, as I read them")
    length, asked = talk.length(), talk.row().current
    talk.press("next")
    assert talk.row().current != asked
    assert talk.length() == length + 1, "only the next question is new"


def test_while_it_is_paused_no_list_of_actions_comes_and_what_was_named_is_listed_after_that(talk: Talk) -> None:
    talk.until("actions.items")
    talk.slash("pause", TOM)
    talk.s.later(15)
    talk.s.say("alert on checkout errors alone, me", ASHA)
    talk.s.later(60)
    assert talk.messages("Actions, as I read them") == []
    talk.slash("resume", TOM)
    talk.s.later(3)
    assert "alert on checkout errors alone" in talk.message("Actions, as I read them")


def test_who_comes_back_to_the_actions_is_shown_several_lines_in_one_go(talk: Talk) -> None:
    talk.until("actions.items")
    talk.choose("back")
    talk.go_on()
    talk.until("actions.items")
    talk.s.later(15)
    for words in ("alert on checkout errors alone, me", "query plan in CI, @tom"):
        talk.s.say(words, ASHA)
        assert talk.messages("Actions, as I read them") == []
    talk.s.later(3)
    assert talk.message("Actions, as I read them").count("*AI-") == 2


@pytest.mark.parametrize("instead", ["runbook done already last friday", "- alert on checkout errors alone, @tom"])
def test_words_of_a_line_that_was_edited_away_leave_the_list_when_its_message_is_deleted(
    talk: Talk, instead: str
) -> None:
    talk.until("actions.items")
    named = talk.answer("- zebras in the runbook\n- alert on checkout errors alone, @tom", user=ASHA)
    talk.s.later(20)
    talk.press("items_fill", TOM)
    talk.submit(TOM, **{"AI-001.due": "2026-12-11"})
    talk.edit(named, instead, ASHA)
    talk.s.later(20)
    assert "zebras" in talk.message("Actions, as I read them"), "somebody has done something with it"
    talk.delete(named, ASHA)
    talk.s.later(20)
    assert "zebras" not in talk.message("Actions, as I read them")
    assert where_sent(talk, "zebras") == []


def test_what_is_missing_is_filled_in_one_form_with_pickers(named: Talk) -> None:
    named.press("items_missing", TOM)
    pickers = {b["block_id"]: b["element"]["type"] for b in named.modal(TOM)["blocks"] if b["type"] == "input"}
    assert pickers["AI-002.owner"] == "users_select"
    assert pickers["AI-002.due"] == "datepicker"
    assert pickers["AI-002.priority"] == "static_select"
    named.submit(
        TOM,
        **{"AI-002.owner": ASHA, "AI-002.due": "2026-12-04", "AI-002.measure": "a slow query fails the build"},
    )
    assert items(named)["AI-002"].owner == Person(ASHA)
    assert items(named)["AI-002"].due == date(2026, 12, 4)
    assert "owner @asha · due Fri 4 Dec" in card(named)
    assert "a slow query fails the build" in card(named)
    assert items(named)["AI-001"].owner == Person(TOM), "what was not touched stays"
    named.press("items_missing", TOM)
    asked = {b["block_id"] for b in named.modal(TOM)["blocks"] if b["type"] == "input"}
    assert {"AI-001.measure", "AI-003.owner"} <= asked
    assert "AI-002.owner" not in asked, "it misses nothing any more"


def test_editing_the_message_edits_its_items_and_keeps_their_numbers(named: Talk) -> None:
    ts = named.row().said[-1].ts
    named.edit(ts, NAMED.replace("improve monitoring", "alert on failed payments, @maria"), ASHA)
    shown = card(named)
    assert "improve monitoring" not in shown
    assert "alert on failed payments" in shown
    assert "*AI-001* alert on checkout errors alone" in shown
    assert "*AI-004* route payment tickets to on-call" in shown


def test_what_was_filled_in_survives_an_edit_of_the_message(named: Talk) -> None:
    named.press("items_fill", TOM)
    named.submit(TOM, **{"AI-004.due": "2026-12-11"})
    ts = named.row().said[-1].ts
    named.edit(ts, NAMED + "\n- resize the replica, @tom, 2026-12-01", ASHA)
    assert items(named)["AI-004"].due == date(2026, 12, 11)
    assert "*AI-005* resize the replica" in card(named)


def test_an_action_whose_line_is_edited_out_stays_once_anybody_did_something_with_it_and_else_is_said_to_be_gone(
    named: Talk,
) -> None:
    ts = named.row().said[-1].ts
    named.to_review()
    named.write()
    named.press("items_fill", MARIA)
    named.submit(MARIA, **{"AI-001__wont": "checkout moves to the provider", "AI-004.due": "2026-12-11"})
    named.edit(ts, "- rehearse the failover of the replica every month, @maria", ASHA)
    assert [(n, i.status, i.text) for n, i in items(named).items()] == [
        ("AI-001", "dropped", "alert on checkout errors alone"),
        ("AI-004", "open", "route payment tickets to on-call"),
        ("AI-005", "open", "rehearse the failover of the replica every month"),
    ]
    shown = card(named)
    assert "AI-002 and AI-003 were withdrawn: they are no longer said among the actions." in shown
    assert "*AI-004* route payment tickets to on-call · _no longer said among the actions_" in shown
    named.s.later(601)
    document = named.document()
    rows = {line.split(" | ")[0].strip("| "): line for line in document.splitlines() if line.startswith("| AI-00")}
    assert "won't do: checkout moves to the provider, maria" in rows["AI-001"]
    assert "open; no longer said among the actions" in rows["AI-004"]
    assert "AI-002 was withdrawn: it is no longer said among the actions." in document
    assert "query plan in CI" not in document, "who took it out has a right to its being gone"
    full = named.slash("export full json", ASHA)
    assert "in your direct messages" in full
    named.edit(ts, "- rehearse the failover of the replica every month, @maria\n- improve monitoring", ASHA)
    assert "AI-003" in items(named), "a line that comes back has its number"
    assert "AI-002 was withdrawn" in card(named)


def test_deleting_the_message_takes_its_items_back(named: Talk) -> None:
    named.delete(named.row().said[-1].ts, ASHA)
    assert "monitoring" not in card(named)
    named.to_review()
    named.write()
    assert "AI-003" not in named.document()


def test_five_hundred_actions_are_kept_and_filled_page_by_page(talk: Talk) -> None:
    talk.until("actions.items")
    talk.answer("\n".join(f"add check number {n} to the build" for n in range(1, 501)), user=TOM)
    assert len(items(talk)) == 500
    shown = card(talk)
    counted = shown.count("*AI-")
    assert f"… {500 - counted} more" in shown
    assert buttons(next(m for m in talk.s.from_bot() if "Actions, as I read them" in str(m["text"])))

    talk.press("items_fill", MARIA)
    for page in range(1, 51):
        assert f"Page {page} of 50." in str(talk.modal()["blocks"][0])
        number = f"AI-{page * 10:03}"
        talk.submit(**{f"{number}.owner": ASHA})
        if page == 3:
            break
    assert [n for n, item in items(talk).items() if item.owner == Person(ASHA)] == ["AI-010", "AI-020", "AI-030"]
    talk.to_review()
    talk.write()
    assert "add check number 500 to the build" in talk.document()


def test_what_people_promised_in_the_channel_is_offered_under_the_question_and_is_an_action_once_taken(
    database: Database,
) -> None:
    channel = channel_with(
        {"at": "2026-11-20T14:08:00Z", "user": "asha", "text": "orders API returns 502 since 14:05 UTC"},
        {"at": "2026-11-20T14:31:00Z", "user": "tom", "text": "rolled back, 502s are gone, incident resolved"},
        {"at": "2026-11-20T14:33:00Z", "user": "maria", "text": "nice, I'll grab lunch and look at the graphs"},
        {"at": "2026-11-20T14:40:00Z", "user": "tom", "text": "I'll write the runbook for a full pool by Thursday"},
        {"at": "2026-11-20T14:41:00Z", "user": "asha", "text": "I promise the shops the lost orders by Wednesday, ok?"},
        {"at": "2026-11-20T14:42:00Z", "user": "maria", "text": "yes"},
        {"at": "2026-11-20T14:44:00Z", "user": "maria", "text": "I'll put the 502s in the regression suite"},
    )
    with conversation(database, channel) as talk:
        assert "runbook" not in talk.asked()
        talk.until("actions.items")
        asked = talk.asked()
        assert "> write the runbook for a full pool, @tom, by 26 Nov 2026" in asked
        assert "> promise the shops the lost orders, @asha, by 25 Nov 2026" in asked
        assert "> put the 502s in the regression suite, @maria" in asked
        assert "“I promise the shops the lost orders by Wednesday, ok?” @asha" in asked, "in whose words, and where"
        assert "lunch" not in asked
        assert items(talk) == {}
        talk.s.say("alert on 502s alone, @asha, 2026-12-04", TOM)
        assert "> put the 502s in the regression suite" in talk.asked(), "what others add sends nothing away"

        words = next(m for m in talk.s.person().sees(CHANNEL) if "write the runbook" in m["text"])
        talk.s.person(TOM).delete(CHANNEL, words["ts"])
        talk.s.later(15)
        talk.s.later(15)
        assert "write the runbook" not in talk.asked(), "what its author took back is not offered"

        talk.press("offer_edit.0", MARIA)
        offered = talk.modal(MARIA)["blocks"][0]["element"]["initial_value"]
        assert "26 Nov" not in offered
        talk.submit(MARIA, text=offered.replace("promise the shops", "send the shops"))
        talk.s.later(15)
        assert "offer_use.0" not in buttons(talk.question())
        assert {i.text: (i.owner, i.due) for i in items(talk).values()} == {
            "send the shops the lost orders": (Person(ASHA), date(2026, 11, 25)),
            "put the 502s in the regression suite": (Person(MARIA), None),
            "alert on 502s alone": (Person(ASHA), date(2026, 12, 4)),
        }
        talk.go_on()
        talk.choose("back")
        assert "offer_use.0" not in buttons(talk.question()), "what was taken is not offered again"


def test_what_people_take_on_while_they_answer_something_else_is_offered_too_and_goes_with_their_words(
    talk: Talk,
) -> None:
    talk.answer("Customers could not pay. I'll write the runbook for a full pool by 2026-12-03", user=TOM)
    taken_back = talk.answer("connections ran out; I will also add an alert on pool usage next week", user=ASHA)
    talk.until("actions.items")
    asked = talk.asked()
    assert "> write the runbook for a full pool, @tom, by 3 Dec 2026" in asked
    assert "> add an alert on pool usage, @asha" in asked
    assert items(talk) == {}
    talk.delete(taken_back, ASHA)
    talk.s.later(15)
    assert "alert on pool usage" not in talk.asked(), "what its author took back is not offered"
    talk.press("offer_use.0", MARIA)
    talk.s.later(15)
    assert {i.text: (i.owner, i.due) for i in items(talk).values()} == {
        "write the runbook for a full pool": (Person(TOM), date(2026, 12, 3)),
    }


#: Tom's promise stands for what Asha has asked for.
A_PROMISE_THAT_REPEATS = channel_with(
    {"at": "2026-11-20T14:08:00Z", "user": "asha", "text": "orders API returns 502 since 14:05 UTC"},
    {"at": "2026-11-20T14:31:00Z", "user": "tom", "text": "rolled back, 502s are gone, incident resolved"},
    {"at": "2026-11-20T14:40:00Z", "user": "asha", "text": "Joe's salary is 90k, can you fix the export"},
    {"at": "2026-11-20T14:41:00Z", "user": "tom", "text": "I'll do that tomorrow"},
    {"at": "2026-11-20T14:44:00Z", "user": "maria", "text": "I'll put the 502s in the regression suite"},
)


def test_what_a_promise_repeats_of_somebody_elses_message_goes_with_that_message(database: Database) -> None:
    with conversation(database, A_PROMISE_THAT_REPEATS) as talk:
        talk.until("actions.items")
        assert "> do that: “Joe's salary" in talk.asked(), "what it stands for is told with it"
        words = next(m for m in talk.s.person().sees(CHANNEL) if "salary" in m["text"])
        talk.delete(words["ts"], "U0ASHA")
        assert where_stored(database, "salary") == set()
        assert where_sent(talk, "salary") == []
        assert "> put the 502s in the regression suite" in talk.asked(), "what repeats nothing of it stays"


@pytest.mark.parametrize("shown", [False, True], ids=["", "shown back"])
@pytest.mark.parametrize("deleted", ["salary", "do that"])
def test_an_action_that_was_taken_loses_the_words_of_what_was_deleted(
    database: Database, deleted: str, shown: bool
) -> None:
    with conversation(database, A_PROMISE_THAT_REPEATS) as talk:
        talk.until("actions.items")
        talk.press("offer_use.0", MARIA)
        assert len(items(talk)) == 2
        if shown:
            talk.s.later(5)
            assert talk.messages("Actions, as I read them")
        words = next(m for m in talk.s.person().sees(CHANNEL) if deleted in m["text"])
        talk.delete(words["ts"], str(words["user"]))
        talk.s.later(3)
        assert where_stored(database, deleted) == set()
        assert where_sent(talk, deleted) == []
        left = [item.text for item in items(talk).values()]
        assert left == ["put the 502s in the regression suite"]
