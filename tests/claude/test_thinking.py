"""A thought is asked for, written down, checked and settled; and in every trouble it ends with a word, in time."""

from __future__ import annotations

from pathlib import Path

from bot.interview.thoughts import Conclusion, Evidence, Purpose, Unavailable
from storage.database import Database
from tests.fakes.claude import Claude, claim, material, mind, reply, said, texts, thought

LINES = said(
    "p99 went up to 4.2 s after the deploy of 4312",
    "<@U0AAAAAA1> the pool in payments-db looked exhausted",
    "rolling back 4312 now",
)


def test_what_holds_comes_back_with_what_it_rests_on(database: Database, postmortem: int) -> None:
    claude = Claude(
        reply(
            statements=[
                claim("The pool in payments-db looked exhausted to P2.", ("m0002", "the pool in payments-db looked")),
                claim("It took 18 minutes.", ("m0001", "p99 went up to 4.2 s")),
            ]
        )
    )
    found = thought(mind(database, claude), material(Purpose.DRAFT, *LINES, question="What happened?"), postmortem)
    assert isinstance(found, Conclusion)
    (sentence,) = found.sentences
    assert sentence.text == "The pool in payments-db looked exhausted to a responder."
    assert sentence.evidence == (Evidence(LINES[1].id, "the pool in payments-db looked"),)
    assert found.dropped == 1


def test_the_ledger_tells_what_it_cost_and_none_of_the_words(
    database: Database, postmortem: int, tmp_path: Path
) -> None:
    claude = Claude(reply())
    thought(mind(database, claude), material(Purpose.SUMMARY, *LINES), postmortem, key="summary-1")
    with database.reading() as unit:
        (entry,) = unit.calls.of(postmortem)
    assert (entry.key, entry.purpose, entry.prompt_version, entry.outcome) == ("summary-1", "summary", 1, "ok")
    assert (entry.model, entry.request_id, entry.attempts) == ("claude-sonnet-5-5", "req_1", 1)
    assert (entry.fresh, entry.written, entry.reread, entry.out) == (100, 1000, 2000, 50)
    # 100 × $2 + 1,000 × $2.50 + 2,000 × $0.20 + 50 × $10, for a million each.
    assert entry.cost == 3600
    assert not entry.perhaps_paid
    assert "payments" not in repr(entry)


def test_the_preview_is_what_is_sent(database: Database, postmortem: int) -> None:
    claude = Claude(reply())
    made = mind(database, claude)
    wanted = material(Purpose.QUESTION, *LINES, question="What did it look like?", facts={"impact": "4,000 users"})
    shown = made.preview(wanted)
    thought(made, wanted, postmortem)
    (body,) = claude.bodies
    assert all(text in shown for text in texts(body))
    assert body["model"] in shown
    assert "U0AAAAAA1" not in shown


def test_everything_dropped_is_nothing_left(database: Database, postmortem: int) -> None:
    claude = Claude(reply(statements=[claim("Maria broke it.", ("m0001", "p99 went up to 4.2 s"))]))
    found = thought(mind(database, claude), material(Purpose.DRAFT, *LINES), postmortem)
    assert found == Unavailable("nothing_left")
