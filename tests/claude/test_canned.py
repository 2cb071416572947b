"""The demo's Claude says words that were written beforehand, and they hold as those of any model must."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.request import urlopen

import pytest

from bot.demo import CANNED, SEED
from bot.interview.thoughts import Conclusion, Line, Material, Purpose
from bot.sandbox.claude.canned import canned
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from storage.database import Database
from tests.fakes.claude import NOON, Claude, mind, thought


def record() -> tuple[Line, ...]:
    """What people and machines wrote in the demo's channel, replies too."""
    told = json.loads(SEED.read_text(encoding="utf-8"))["messages"]["inc-checkout"]
    said = [each for message in told for each in (message, *message.get("replies", ()))]
    return tuple(
        Line(f"1795000{n:03d}.000100", each["text"], f"U0{each['user'].upper()}1", "", NOON + timedelta(minutes=n))
        for n, each in enumerate(said)
        if each.get("text") and each.get("user")
    )


def came(database: Database, postmortem: int, wanted: Material) -> Conclusion:
    claude = Claude(lambda body: dict(canned(body).body))  # type: ignore[arg-type]
    found = thought(mind(database, claude), wanted, postmortem)
    assert isinstance(found, Conclusion)
    assert found.dropped == 0
    return found


@pytest.mark.parametrize(
    ("question", "count"),
    [("What did users see, and how many of them?", 2), ("How was it noticed?", 1), ("What ended it?", 2),
     ("What made it possible?", 3), ("What is the weather?", 0)],
)  # fmt: skip
def test_every_canned_draft_holds(database: Database, postmortem: int, question: str, count: int) -> None:
    wanted = Material(Purpose.DRAFT, "service", "Checkout", record(), question=question)
    assert len(came(database, postmortem, wanted).sentences) == count


def test_the_canned_summary_for_who_leads_says_whom_it_hit_and_that_it_is_over(
    database: Database, postmortem: int
) -> None:
    for purpose, count in ((Purpose.SUMMARY, 5), (Purpose.EXECUTIVE, 3)):
        found = came(database, postmortem, Material(purpose, "service", "Checkout", record()))
        assert len(found.sentences) == count, purpose
    assert [s.text for s in found.sentences][-1] == "Checkout is back to normal."


def test_canned_items_have_the_owner_and_the_day_that_stand_in_the_record(database: Database, postmortem: int) -> None:
    found = came(database, postmortem, Material(Purpose.ITEMS, "service", "Checkout", record()))
    assert [(item.owner, item.due_words) for item in found.items] == [("U0MARCUS1", ""), ("U0ROHAN1", "by Friday")]


def test_a_canned_question_quotes_an_answer(database: Database, postmortem: int) -> None:
    answer = Line("a", "The pay button spun for half a minute and then failed", "U0NADIA1", "", NOON, "answer")
    lines = (*record(), answer)
    wanted = Material(Purpose.QUESTION, "service", "Checkout", lines, question="How was the failed button noticed?")
    (question,) = came(database, postmortem, wanted).questions
    assert question.text == ("You said “The pay button spun for half a minute”. How was the failed button noticed?")
    probe = Material(Purpose.CRITIQUE, "service", "Checkout", lines, question="What happened?", about=("a",))
    (question,) = came(database, postmortem, probe).questions
    assert question.text.startswith("“The pay button spun for half a minute”: what would show that")


def test_the_page_says_that_the_words_are_canned() -> None:
    workspace = seed_workspace(json.loads(SEED.read_text("utf-8"))).workspace
    with LocalSlack(workspace, {}, note=CANNED) as local, urlopen(local.url, timeout=10) as page:
        assert "words are canned" in page.read().decode()
