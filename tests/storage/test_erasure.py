"""A deleted message leaves no words behind, in any column of any table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.actions.item import Status
from bot.actions.values import Draft, Words
from bot.interview.quoting import quoted_forms, shorten
from bot.interview.state import Asked, Fact, Findings, Put, Quote, Said, SectionEdit
from bot.timeline.corrections import Correction, When
from bot.timeline.values import Entry, Kind, Precision, RecordMessage
from storage.database import Database
from storage.tables import metadata
from storage.versions import Line
from tests.storage.values import ACME, NOW, begun

TS = "1795000001.000100"
SECRET = "swordfish"
WORDS = f"the {SECRET} key was in the repository since May, {SECRET} rotated it"
OTHER = "we saw it on the dashboard"


def places_of(database: Database, word: str) -> set[str]:
    """Every table.column in which a word stands."""
    found = set()
    with database.reading() as unit:
        for table in metadata.sorted_tables:
            for row in unit.connection.execute(sa.select(table)).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if word in str(value)}
    return found


def quoted() -> Quote:
    return Quote(WORDS, TS, "U2")


def fill(database: Database) -> int:
    """A postmortem that repeats the words wherever words are repeated."""
    before = begun(
        asked=(Asked(1, "causes", "causes.how", Put.ASK, f"“{WORDS}” How did that happen?", NOW, quoted()),),
        facts=(Fact("cause_identified", WORDS, NOW, "about", quoted()), Fact("severity", "SEV2")),
        said=(
            Said(TS, "U2", f"older {SECRET} words", NOW, NOW, findings=Findings(factors=(WORDS,))),
            Said("1795000002.000100", "U3", OTHER, NOW, NOW),
        ),
        edits=(SectionEdit("causes", f"In short:\n{WORDS}\n{OTHER}", "U1", NOW),),
    )
    entry = Entry("a", NOW, Precision.EXACT, None, Kind.FINDING, WORDS, TS, "U2", f"says “{SECRET}”")
    with database.writing() as unit:
        kept = unit.postmortems.create(before, "", None)
        unit.record.store(ACME, "C1", [RecordMessage(TS, "U2", WORDS, files=(f"{SECRET}.txt",))])
        unit.entries.replace_record(kept.id, [entry])
        unit.entries.correct(kept.id, "a", Correction(time=When(None, Precision.UNKNOWN, None)), "U1", NOW)
        draft = Draft(f"rotate {SECRET}", Words(f"{SECRET} team"), None, f"when {SECRET} is gone", None, SECRET)
        unit.items.sync(ACME, kept.id, TS, [draft], NOW)
        unit.items.sync(ACME, kept.id, TS, [replace(draft, text=f"rotate the {SECRET}")], NOW)
        edited = replace(kept.said[0], text=WORDS, revision="1795000009.000000")
        unit.postmortems.save(kept, replace(kept, said=(edited, kept.said[1])), None)
    return kept.id


def test_a_deleted_reply_leaves_no_word_anywhere(database: Database) -> None:
    id = fill(database)
    assert len(places_of(database, SECRET)) >= 14, "the words stand in many places before"
    later = NOW + timedelta(hours=1)
    with database.writing() as unit:
        before, _ = unit.postmortems.load(id)
        gone = replace(before.said[0], deleted=True, deleted_at=later)
        saved = unit.postmortems.save(before, replace(before, said=(gone, before.said[1])), None)
    assert places_of(database, SECRET) == set()
    with database.reading() as unit:
        kept, _ = unit.postmortems.load(id)
        assert kept == saved
        assert unit.items.all(id) == ()
        assert unit.entries.all(id) == ()
    reply = kept.said[0]
    assert (reply.text, reply.deleted, reply.deleted_at, reply.user) == ("", True, later, "U2")
    assert kept.facts[0].at == NOW, "a moment stays known"
    assert kept.said[1].text == OTHER
    assert kept.edits[0].text == f"In short:\n…\n{OTHER}"
    assert kept.asked[0].text == "“…” How did that happen?"


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (f"Yes, the {SECRET} pool was full because it ran twice", f"the {SECRET} pool was full because it ran twice"),
        (f"Found it: the {SECRET} pool was full", f"the {SECRET} pool was full"),
        (f"Yes, found it: the *{SECRET} pool* was  full :tada:", f"the {SECRET} pool was full"),
        (f"the rollback was one command; luckily the {SECRET} export slept", "the rollback was one command"),
        (f"We rolled {SECRET} back. Luckily it was night", f"We rolled {SECRET} back."),
        (f"No, the {SECRET} count was 412 tickets", f"the {SECRET} count was 412 tickets"),
    ],
)
def test_what_an_edited_section_shows_of_a_deleted_reply_goes_without_its_lead_too(
    database: Database, reply: str, shown: str
) -> None:
    ours = "What we added, and what the pool was like"
    edit = SectionEdit("causes", f"{shown}\n{ours}", "U1", NOW)
    with database.writing() as unit:
        kept = unit.postmortems.create(begun(said=(Said(TS, "U2", reply, NOW, NOW),), edits=(edit,)), "", None)
        lines = (Line("causes", "Causes", f"{shown} {ours}", ()),)
        unit.versions.keep(kept.id, ACME, "brief", lines, NOW)
    with database.writing() as unit:
        before, _ = unit.postmortems.load(kept.id)
        gone = replace(before.said[0], deleted=True, deleted_at=NOW)
        unit.postmortems.save(before, replace(before, said=(gone,)), None)
    assert places_of(database, SECRET) == set()
    with database.reading() as unit:
        assert unit.postmortems.load(kept.id)[0].edits[0].text == f"…\n{ours}"
        assert [line.text for line in unit.versions.lines(kept.id, 1)] == [f"… {ours}"]


def test_a_question_that_was_put_before_quotes_lost_their_lead_loses_a_deleted_quote_as_well(
    database: Database,
) -> None:
    words = f"Found it: the {SECRET} pool was full, " + "and then the next one, " * 12
    now = Quote(words, TS, "U2")
    was = f"{words[:139].rsplit(' ', 1)[0].rstrip(',')}…"
    assert {was, shorten(words)} < set(quoted_forms(words)), "cut at another place then"
    asked = [Asked(n, "causes", "causes.how", Put.ASK, f"“{cut}” Why?", NOW, now) for n, cut in
             enumerate((was, shorten(words)), 1)]  # fmt: skip
    with database.writing() as unit:
        before = begun(asked=tuple(asked), said=(Said(TS, "U2", words, NOW, NOW),))
        kept = unit.postmortems.create(before, "", None)
    with database.writing() as unit:
        stored, _ = unit.postmortems.load(kept.id)
        gone = replace(stored.said[0], deleted=True, deleted_at=NOW)
        saved = unit.postmortems.save(stored, replace(stored, said=(gone,)), None)
    assert [each.text for each in saved.asked] == ["“…” Why?"] * 2
    assert places_of(database, SECRET) == set()


@pytest.mark.parametrize("touched", [False, True])
def test_a_line_that_is_edited_off_the_record_leaves_no_word_and_the_others_stay(
    database: Database, touched: bool
) -> None:
    id = fill(database)
    line = f"the {SECRET} key was in the repository"
    with database.writing() as unit:
        unit.items.erase_source(id, TS, NOW)
        unit.entries.erase_source(id, TS, NOW)
        unit.record.delete(ACME, "C1", TS, NOW)
        before, _ = unit.postmortems.load(id)
        both = replace(before.said[0], text=f"{line}\n{OTHER}", revision="1795000010.000000", findings=Findings())
        quote = Quote(both.text, TS, "U2")
        told = replace(
            before,
            said=(both, before.said[1]),
            asked=(replace(before.asked[0], text=f"“{both.text}”: how?", quote=quote),),
            facts=(),
            edits=(SectionEdit("causes", f"In short:\n{line}\n{OTHER}", "U1", NOW),),
        )
        unit.versions.keep(id, ACME, "brief", (Line("causes", "Causes", f"In short: {line}", ()),), NOW)
        drafts = [Draft(line), Draft(OTHER)]
        unit.items.sync(ACME, id, TS, drafts, NOW)
        told = unit.postmortems.save(before, told, None)
        if touched:
            unit.items.close(ACME, unit.items.all(id)[0].number, Status.DONE, "U2", NOW)
        unit.items.sync(ACME, id, TS, drafts[1:], NOW)
        less = replace(both, text=OTHER, revision="1795000011.000000")
        saved = unit.postmortems.save(told, replace(told, said=(less, told.said[1])), None, hidden=TS)
    assert places_of(database, SECRET) == set()
    assert saved.edits[0].text == f"In short:\n…\n{OTHER}"
    with database.reading() as unit:
        assert unit.postmortems.load(id)[0] == saved
        assert [item.text for item in unit.items.all(id)] == [OTHER]
        assert [each.text for each in unit.versions.lines(id, 1)] == ["In short: …"]
    assert "reply_revisions.text" in places_of(database, OTHER), "what still stands keeps its history"


def test_a_deleted_message_of_the_channel_leaves_no_word_either(database: Database) -> None:
    id = fill(database)
    with database.writing() as unit:
        assert unit.postmortems.erase_source(id, TS, NOW)
        assert not unit.postmortems.erase_source(id, "1795000099.000100", NOW), "nothing was made of that one"
    assert places_of(database, SECRET) == set()
    assert "replies.text" in places_of(database, OTHER)


def test_what_a_person_wrote_into_an_item_by_hand_stays_theirs(database: Database) -> None:
    id = fill(database)
    with database.writing() as unit:
        unit.items.fill(ACME, "AI-001", text="rotate all keys", measure="none is older than a day", by="U9", at=NOW)
        unit.postmortems.erase_source(id, TS, NOW)
        (item,) = unit.items.all(id)
    assert (item.text, item.measure, item.owner) == ("rotate all keys", "none is older than a day", None)
    assert places_of(database, SECRET) == set()


def test_a_save_by_somebody_who_had_loaded_the_words_does_not_bring_them_back(database: Database) -> None:
    id = fill(database)
    with database.reading() as unit:
        old, _ = unit.postmortems.load(id)
    with database.writing() as unit:
        unit.postmortems.erase_source(id, TS, NOW)
    with database.writing() as unit:
        fresh, _ = unit.postmortems.load(id)
        assert fresh.version == old.version + 1, "so that the old one is stale"
        unit.postmortems.save(fresh, replace(fresh, title="x"), None)
    assert places_of(database, SECRET) == set()
