"""What becomes of single figures: entered in the form, heard in an answer, corrected, and deleted."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from bot.interview.fields import told
from bot.interview.state import Quote
from bot.scripts.shelf import script_of
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, conversation
from tests.fakes.scene import SMALL


@pytest.fixture
def severe(database: Database) -> Iterator[Talk]:
    """A conversation on a severe incident, up to the question after the impact."""
    seed = copy.deepcopy(SMALL)
    for message in seed["messages"]["inc-checkout-errors"]:
        message["text"] = message["text"].replace("SEV-2", "SEV-1")
    with conversation(database, seed) as talk:
        talk.until("impact.customers")
        talk.answer("About 2,000 customers, 12% of all. 31 tickets so far.", user=TOM)
        talk.until("causes.how")
        yield talk


def known(talk: Talk, name: str) -> list[Quote]:
    with talk.s.database.reading() as unit:
        interview, source = unit.postmortems.load(1)
    return list(told(script_of(source), interview, name))


def test_figures_are_offered_once_and_entered_page_by_page_each_with_its_author(severe: Talk) -> None:
    offers = [m for m in severe.s.from_bot() if "Figures that only some of you know" in str(m)]
    assert len(offers) == 1
    severe.press("fields_enter", ASHA)
    form = severe.modal(ASHA)
    filled = {b["block_id"]: b["element"].get("initial_value") for b in form["blocks"] if b["type"] == "input"}
    assert filled["impact.share"] == "12% of all", "what was said is filled in"
    assert filled["revenue.lost"] is None
    severe.submit(ASHA, revenue__lost="$5,000 in refunds", revenue__method="from the refund report")
    assert severe.modal(ASHA)["blocks"][0]["elements"][0]["text"].startswith("Page 2 of 3")
    severe.submit(ASHA, mitigation__approval="the incident commander")
    severe.submit(ASHA)
    severe.s.later(5)
    assert "3 entered so far, by @asha." in severe.message("*Figures that")
    assert known(severe, "revenue.lost") == [Quote("$5,000 in refunds", None, ASHA)]
    assert [quote.text for quote in known(severe, "impact.share")] == ["12% of all"], "left alone, it is Tom's word"

    severe.press("fields_enter", MARIA)
    severe.submit(MARIA, revenue__lost="$6,200 in refunds", impact__share="11.4 %")
    assert known(severe, "revenue.lost") == [Quote("$6,200 in refunds", None, MARIA)]
    assert known(severe, "revenue.method")[0].user == ASHA
    assert [quote.text for quote in known(severe, "impact.share")] == ["11.4 %", "12% of all"]

    severe.to_review()
    severe.write()
    document = severe.document()
    assert "| Share of all | 11\\.4 % | maria |" in document
    assert "| How that was worked out | from the refund report | asha |" in document
    assert "12% of all" in document, "what Tom said stands where he said it"


def test_a_deleted_answer_takes_its_figures_along_and_an_edited_one_changes_them(severe: Talk) -> None:
    (said,) = [s for s in severe.row().said if "31 tickets" in s.text]
    severe.edit(said.ts, "About 2,000 customers, 12% of all. 33 tickets so far.", TOM)
    assert [quote.text for quote in known(severe, "customers.tickets")] == ["33 tickets so far"]
    severe.delete(said.ts, TOM)
    assert known(severe, "customers.tickets") == []
    assert "33 tickets" not in repr(severe.row())


def test_the_form_is_opened_by_a_command_too_and_a_kind_without_one_says_so(database: Database) -> None:
    with conversation(database) as talk:
        talk.slash("figures", TOM)
        assert {"impact.users", "slo.target"} <= {b.get("block_id") for b in talk.modal(TOM)["blocks"]}
        assert "The figures of PM-2026-001" in talk.mention("figures", TOM)
        talk.slash("kind near-miss")
        assert "has no form for figures" in talk.slash("figures", TOM)


def test_a_factor_is_sorted_by_its_words_until_somebody_says_how(severe: Talk) -> None:
    severe.s.later(15)
    severe.s.say("the pool had no alert\nit was a Tuesday", TOM)
    severe.s.later(1)
    severe.press("split", ASHA)
    note = str(severe.modal(ASHA)["blocks"][-1])
    assert "By their words I would sort them so: 1 monitoring." in note
    severe.submit(ASHA, factors__0="the pool had no alert\nprocess: it was a Tuesday, when releases are bundled")
    severe.s.later(15)
    severe.press("split", ASHA)
    assert "As its writer says: 2 process." in str(severe.modal(ASHA)["blocks"][-1])
