"""What do people learn of past incidents, and who learns it?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.actions.values import Draft
from bot.interview.conclusions import Thought
from bot.interview.plan import Limits
from bot.interview.state import Asked, Fact, Interview, Post, Put, Said, Stage, Workspace
from bot.interview.thoughts import Purpose
from bot.places import PROMPTS
from bot.scripts.shelf import script_of
from bot.understanding.materials import material
from storage.database import Database
from tests.conversations.talk import ASHA, GUEST, MARIA, TOM, Talk, conversation
from tests.fakes.scene import CHANNEL, NOW, SMALL
from tests.unit.schema_check import faults
from tests.unit.test_report_json import FORM

ACME = Workspace("T0ACME")
SCRIPT = (PROMPTS / "service.toml").read_text(encoding="utf-8")
#: The bot is in every channel that it has held a postmortem in.
SEED = {**SMALL, "channels": [{**channel, "bot": True} for channel in SMALL["channels"]]}
#: Before the time in which replies to a written postmortem are still heard.
LONG_AGO = NOW - timedelta(days=60)


def written(database: Database, title: str, cause: str, channel: str = "C0OPEN", **different: object) -> Interview:
    """A postmortem of the past with its cause, and an action that is still open."""
    about = Interview(
        id=0, workspace=ACME, number="", channel=channel, scope=f"{channel}-{title}", kind="service", title=title,
        facilitator=MARIA, started_by=MARIA, started_at=NOW, thread_ts="1790000000.000100",
        asked=(Asked(1, "causes", "causes.how", Put.ASK, "How?", NOW, level=1),),
        posts=(Post("ask-1", "1790000001.000100", channel, NOW, "", NOW),),
        said=(Said("1790000002.000100", TOM, cause, NOW, NOW),),
        facts=(Fact("services", "checkout"),),
    )  # fmt: skip
    with database.writing() as unit:
        created = unit.postmortems.create(replace(about, **different), SCRIPT, None)  # type: ignore[arg-type]
        unit.items.sync(ACME, created.id, "1790000003.000100", [Draft("limit the pool of each release")], NOW)
        return unit.postmortems.save(created, replace(created, stage=Stage.WRITTEN, written_at=LONG_AGO), None)


@pytest.fixture
def past(database: Database) -> Iterator[Talk]:
    """A workspace with three past incidents: two in public channels, one in a private channel that maria is in."""
    written(database, "Checkout ran out of connections", "release 4120 opened connections and never closed them")
    written(database, "Search was slow", "the reindexing took all the disk throughput")
    written(database, "Payroll sums were wrong", "connections to the ledger timed out", "C0SECRET", private=True)
    with conversation(database, SEED, start=False) as talk:
        yield talk


def test_search_tells_one_person_what_that_person_may_see(past: Talk) -> None:
    told = past.slash("search leaking connections", TOM)
    assert "PM-2026-001 Checkout ran out of connections · 21 Sep 2026 · connections" in told
    assert "1 action of it still open" in told
    assert "Payroll" not in told
    assert "C0OPEN/p1790000000000100" in str(past.s.person(TOM).sees(CHANNEL))
    assert "Payroll sums were wrong" in past.slash("search ledger connections", MARIA), "she is in that channel"
    assert past.ephemerals(ASHA) == {}
    assert "Search was slow" in past.slash("search PM-2026-002", TOM)
    # That channel becomes private, and tells its members only.
    past.s.slack.workspace.channels["C0OPEN"]["is_private"] = True
    assert "No past incident" in past.slash("search reindexing throughput", ASHA)
    assert "Search was slow" in past.slash("search reindexing throughput", TOM)


def test_search_says_when_nothing_is_alike_and_what_to_type(past: Talk) -> None:
    assert "No past incident that you can see has enough of “submarine cable”" in past.slash("search submarine cable")
    assert "No past incident" in past.slash("search ledger sums", TOM), "not even that it is there"
    assert "Search for what?" in past.slash("search")
    odd = past.slash('search " OR NEAR( <!channel> & connections')
    assert 'told with “" OR NEAR( <!channel> & connections”' in odd
    assert "Checkout ran out of connections" in odd
    assert "guests can't take part" in past.slash("search connections", GUEST)
    # What an older version has written is searched once it was tended.
    with past.s.database.writing() as unit:
        unit.connection.execute(sa.text("DELETE FROM past"))
    assert "No past incident" in past.slash("search reindexing throughput", TOM)
    past.s.bot.hearing.commands.looking_back.tend()
    assert "Search was slow" in past.slash("search reindexing throughput", TOM)


def test_the_receipt_and_the_full_document_name_past_incidents_like_this_one(past: Talk) -> None:
    past.start()
    receipt = past.message("I read")
    assert "Like this one: PM-2026-001 Checkout ran out of connections (in common:" in receipt
    assert "connections" in receipt.partition("in common:")[2]
    assert "Search was slow" not in receipt
    assert "Payroll" not in receipt
    assert len(past.messages("Like this one")) == 1, "it is no message of its own"
    assert "PM-2026-001 Checkout" in past.mention("search leaking connections", TOM), "in a thread, by name"
    with past.s.database.reading() as unit:
        assert unit.postmortems.load(4)[0].said == (), "which is no answer"
    past.slash("export full md", TOM)
    past.slash("export full json", TOM)
    files = [f for m in past.direct(TOM) for f in m.get("files", ())]
    sent = {str(f["name"]): past.s.person(TOM).file(f["id"]) for f in files}
    similar = sent["PM-2026-004-full.md"].decode().partition("## Similar incidents")[2].partition("\n## ")[0]
    found = json.loads(sent["PM-2026-004-full.json"])
    assert faults(found, FORM, FORM) == []
    assert [each["number"] for each in found["similar"]] == ["PM-2026-001"]
    assert "PM-2026-001 Checkout ran out of connections](" in similar
    assert "AI-001 limit the pool of each release" in similar
    assert "Payroll" not in similar
    # A second mind gets each in the words of those who told it, unless it may not read that one.
    change = "UPDATE postmortems SET claude = :claude, version = version + 1 WHERE id = 1"
    about, thought = {}, Thought("similar", Purpose.SIMILAR, NOW)
    for claude in ("off", "on"):
        with past.s.database.writing() as unit:
            unit.connection.execute(sa.text(change), {"claude": claude})
            interview, source = unit.postmortems.load(4)
            about[claude] = material(unit, script_of(source), interview, thought, Limits())
    assert [about[claude].about for claude in ("off", "on")] == [(), ("PM-2026-001",)]
    line = about["on"].lines[-1]
    assert (line.id, line.kind, line.user) == ("PM-2026-001", "incident", None)
    assert line.text.splitlines() == [
        "Checkout ran out of connections",
        "Services: checkout",
        "Contributed: release 4120 opened connections and never closed them",
        "Action, open: limit the pool of each release",
    ]


def test_luck_and_the_home_show_what_one_may_see_of_all_incidents(past: Talk) -> None:
    past.s.person(TOM).home()
    past.s.settle()
    shown = str(past.s.person(TOM).home()["view"])
    assert "Search was slow" in shown
    assert "Services that come back: checkout in 2" in shown
    assert "Payroll" not in shown
    asked = (Asked(1, "response", "response.luck", Put.ASK, "Lucky?", NOW),)
    written(past.s.database, "Lucky at night", "the only one who knew the ledger was awake", asked=asked)
    written(past.s.database, "Paid twice", "the ledger was down anyway", "C0SECRET", private=True, asked=asked)
    told = past.slash("luck", TOM)
    assert "PM-2026-004 Lucky at night" in told
    assert "“the only one who knew the ledger was awake”" in told
    assert "Paid twice" not in told
    assert "Paid twice" in past.slash("luck ledger", MARIA)
    assert "Nowhere that you can see were we lucky with “backups”" in past.slash("luck backups", TOM)
