"""A press of a question's button is kept and heard in one transaction; in any doubt it is kept, and heard after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.deliveries.at_once import Outcome
from bot.interview.state import Workspace
from storage.tables import channel_members, inbox, postmortems
from tests.conversations.talk import MARIA, TOM, Talk


def presses(talk: Talk) -> list[Any]:
    """The presses that were kept, the newest last."""
    with talk.s.database.reading() as unit:
        wanted = sa.select(inbox).where(inbox.c.kind == "press").order_by(inbox.c.id)
        return list(unit.connection.execute(wanted))


def outcomes(talk: Talk, payloads: list[Any] | None = None) -> list[Outcome]:
    """What becomes of the presses from now on; their payloads are put into the other list."""
    found: list[Outcome] = []
    at_once = talk.s.bot.hearing.at_once
    hear = at_once.hear

    def told(key: str, workspace: Workspace, payload: Mapping[str, Any]) -> Outcome:
        if payloads is not None:
            payloads.append(payload)
        found.append(hear(key, workspace, payload))
        return found[-1]

    at_once.hear = told  # type: ignore[method-assign]
    return found


def test_next_is_heard_in_the_transaction_that_keeps_it(talk: Talk) -> None:
    found = outcomes(talk)
    talk.answer("Customers could not pay.")
    assert talk.asked().startswith("  ▸ *2 of 10 · timeline*")
    assert found == [Outcome.HEARD]
    kept = presses(talk)[-1]
    assert (kept.payload, kept.heard_at) == ("", kept.received_at)


def test_a_press_that_comes_twice_is_heard_once(talk: Talk) -> None:
    payloads: list[Any] = []
    found = outcomes(talk, payloads)
    talk.answer("Customers could not pay.")
    before, length = talk.row(), talk.length()
    assert talk.s.bot.hearing.receive(payloads[0]) is None
    talk.s.settle()
    assert found == [Outcome.HEARD, Outcome.REPEATED]
    assert (talk.row(), talk.length()) == (before, length)


def test_a_person_whom_nobody_saw_lately_is_looked_for_and_then_heard(talk: Talk) -> None:
    with talk.s.database.writing() as unit:
        unit.connection.execute(sa.delete(channel_members))
    found = outcomes(talk)
    talk.s.press("next", TOM)
    assert talk.asked().startswith("  ▸ *2 of 10 · timeline*")
    assert found == [Outcome.IN_DOUBT]
    kept = presses(talk)[-1]
    assert (kept.payload, kept.heard_at is not None) == ("", True)


def test_a_press_during_other_work_on_the_postmortem_is_kept_and_heard(talk: Talk) -> None:
    found = outcomes(talk)
    with talk.s.bot.workers.holding(f"postmortem:{talk.row().id}"):
        talk.s.person(MARIA).click(talk.row().channel, talk.question()["ts"], "next")
    talk.s.settle()
    assert talk.asked().startswith("  ▸ *2 of 10 · timeline*")
    assert found == [Outcome.IN_DOUBT]
    assert presses(talk)[-1].heard_at is not None


def test_a_press_that_comes_after_a_save_elsewhere_is_heard_on_what_was_saved(talk: Talk) -> None:
    found = outcomes(talk)
    with talk.s.database.writing() as unit:
        changed = {"title": "as another replica has it", "version": postmortems.c.version + 1}
        unit.connection.execute(sa.update(postmortems).values(changed))
    talk.press("next", TOM)
    assert talk.asked().startswith("  ▸ *2 of 10 · timeline*")
    assert talk.row().title == "as another replica has it"
    assert found == [Outcome.IN_DOUBT]
    assert presses(talk)[-1].heard_at is not None


def test_what_goes_wrong_at_once_is_done_the_ordinary_way(talk: Talk) -> None:
    found = outcomes(talk)
    apply = talk.s.bot.facilitator._apply

    def once(*given: Any, **named: Any) -> Any:
        talk.s.bot.facilitator._apply = apply  # type: ignore[method-assign]
        raise RuntimeError("nobody foresaw this")

    talk.s.bot.facilitator._apply = once  # type: ignore[method-assign]
    talk.press("next", TOM)
    assert talk.asked().startswith("  ▸ *2 of 10 · timeline*")
    assert found == [Outcome.IN_DOUBT]


def test_a_press_that_changes_nothing_is_explained(talk: Talk) -> None:
    found = outcomes(talk)
    first = talk.question()
    talk.press("next")
    channel = talk.s.slack.workspace.channels[talk.row().channel]
    channel["messages"][first["ts"]]["blocks"] = first["blocks"]
    assert "passed already; nothing was changed" in talk.press("next", TOM, first)
    assert found == [Outcome.HEARD, Outcome.IN_DOUBT]
    assert all(kept.heard_at is not None for kept in presses(talk))
