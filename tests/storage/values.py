"""The values that the tests of the storage keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.interview.state import (
    Accepted,
    Approval,
    Asked,
    Closed,
    Counts,
    Fact,
    Field,
    Findings,
    FollowUp,
    Interview,
    Mention,
    Participant,
    Post,
    Publication,
    Put,
    Quote,
    Reading,
    Said,
    SectionEdit,
    Share,
    Split,
    Stage,
    Workspace,
)
from storage.database import Database
from storage.unit import Unit

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ACME = Workspace("T1")

_BEGUN = Interview(
    id=0,
    workspace=ACME,
    number="",
    channel="C1",
    scope="C1",
    kind="service",
    title="Checkout errors",
    facilitator="U1",
    started_by="U1",
    started_at=NOW,
)


class _Undone(Exception):
    pass


@contextmanager
def undone(database: Database, by: BaseException | None = None) -> Iterator[Unit]:
    """A unit whose rows are gone at its end, by an error."""
    error = by or _Undone()
    try:
        with database.writing() as unit:
            yield unit
            raise error
    except type(error):
        return


def begun(**different: Any) -> Interview:
    """A postmortem that was just started in C1."""
    return replace(_BEGUN, **different)


def rich() -> Interview:
    """A postmortem with something of everything."""
    later = NOW + timedelta(minutes=7, microseconds=123456)
    quote = Quote("rolled back, errors are dropping 👍", "1795000002.000200", "U2")
    return begun(
        private=True,
        zone="Asia/Kathmandu",
        stage=Stage.ASKING,
        paused_by="",
        paused_at=later,
        thread_ts="1795000100.000100",
        reading=Reading("done", "c", 120, 4, 4, "1794990000.000100"),
        counts=Counts(100, 20, 3, 2, 1, 4, 1, 5, 0, 2, NOW - timedelta(hours=3), NOW),
        asked=(
            Asked(1, "impact", "impact.who", Put.ASK, "Who noticed?", NOW, quote, closed=Closed.NEXT, closed_at=later,
                  closed_by="U2"),
            Asked(2, "impact", "impact.who", Put.PROBE, "How many?", later, about="count", to="U3",
                  why="count:1"),
            Asked(3, "causes", "causes.how", Put.ASK, "How did it get there?", later, Quote("", None, None),
                  factor="1.2", level=2, held=True),
        ),
        said=(
            Said("1795000200.000100", "U2", "About 4000 orders\nsecond line", NOW, later, "1795000201.000000",
                 findings=Findings(frozenset({"count", "number"}), ("vague",), ("a", "b \"c\""), False), moved_to=1),
            Said("1795000150.000100", "U3", "brb", later, later, findings=Findings(chatter=True), placed=3,
                 placed_by="U2"),
        ),
        facts=(
            Fact("began", "around half past ten", NOW, "about", quote),
            Fact("severity", "SEV2"),
            Fact("severity", "SEV1"),
        ),
        participants=(Participant("U2", "found the cause", "1795000002.000200"), Participant("U3", "took part")),
        posts=(Post("opening", "1795000100.000100", "C1", NOW, "d1", later),),
        splits=(Split(3, ("cold cache", "no alert"), "U2"),),
        edits=(SectionEdit("summary", "It was short.", "U1", later, "abc"),),
        fields=(Field("impact.users", "about 4000", "U2", NOW, "1795000200.000100"),
                Field("slo.target", "99.9 %", "U3", later)),
        accepted=(Accepted("timeline", "U1"), Accepted("impact", "U4")),
        mentions=(Mention("invite", ("U2", "U3"), "U1"), Mention("someone-2-U4", ("U4",), "U1", 2)),
        publication=Publication("canvas", "created", "F1", "https://example.com/F1", 3, 1),
        shares=(Share("#all-engineering", later, "U2"), Share("the Monday meeting", later, "U1")),
        approvals=(Approval("manager", "U4", later), Approval("author", "U1", NOW)),
        follow_up=FollowUp(later.date(), "U1", NOW.date(), later, "U3"),
        timeline_by="U1",
        timeline_revision=2,
        items_revision=1,
        revision=9,
        changed_at=later,
        active_at=later,
        reminded=1,
        blocked_until=later,
        unreachable="archived",
        reconciled_at=NOW,
        reconcile_cursor="x",
    )  # fmt: skip
