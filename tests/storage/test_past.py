"""Past incidents are found by the database's own search, on both databases the same ones, and never by erased words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.actions.values import Draft
from bot.interview.state import Asked, Fact, Interview, Post, Put, Said, Stage, Workspace
from bot.past.likeness import Wanted, like, typed
from bot.past.telling import telling
from storage.database import Database
from storage.past import Match, Sight
from storage.types import clean
from storage.unit import Unit
from tests.storage.values import ACME, NOW, begun, undone

EVERYTHING = Sight(of_all=True)
REDIS = ("Redis failover dropped carts", "redis-cart", "The sentinel quorum was lost in the failover; carts fell back")
TLS = ("Certificate expired on the edge", "edge-proxy", "Nobody renewed the wildcard certificate of the edge proxies")
KAFKA = ("Orders were late", "order-stream", "Kafka consumers rebalanced for ever after the broker upgrade")


def write(unit: Unit, title: str, service: str, cause: str, **different: Any) -> Interview:
    """A written postmortem with one answer on its cause."""
    about = begun(
        title=title,
        channel=different.pop("channel", "C1"),
        asked=different.pop("asked", (Asked(1, "causes", "causes.how", Put.ASK, "How?", NOW, level=1),)),
        posts=(Post("ask-1", "1795000000.000100", "C1", NOW, "", NOW),),
        said=(Said("1795000001.000100", "U2", cause, NOW, NOW),),
        facts=(Fact("services", service),),
        **different,
    )
    created = unit.postmortems.create(replace(about, scope=f"{about.channel}-{title}"), "", None)
    return unit.postmortems.save(created, replace(created, stage=Stage.WRITTEN, written_at=NOW), None)


def found(unit: Unit, wanted: Wanted | str, sight: Sight = EVERYTHING, **more: Any) -> list[str]:
    wanted = typed(wanted) if isinstance(wanted, str) else wanted
    return [match.title for match in matches(unit, wanted, sight, **more)]


def matches(unit: Unit, wanted: Wanted, sight: Sight = EVERYTHING, **more: Any) -> tuple[Match, ...]:
    return unit.past.find(more.pop("workspace", ACME), wanted, sight, **more)


def test_a_past_incident_is_found_by_its_words_in_any_form(database: Database) -> None:
    with database.writing() as unit:
        for each in (REDIS, TLS, KAFKA):
            write(unit, *each)
        assert found(unit, "certificates expiring") == ["Certificate expired on the edge"]
        assert found(unit, "rebalancing of the consumers") == ["Orders were late"]
        assert found(unit, "redis-cart") == ["Redis failover dropped carts"]
        (match,) = matches(unit, typed("sentinels of REDIS"))
        assert (match.number, match.likeness.words) == ("PM-2026-001", ("sentinels", "REDIS"))
        assert found(unit, "submarine") == []


def test_an_incident_like_a_past_one_finds_it_and_says_why(database: Database) -> None:
    with database.writing() as unit:
        for each in (REDIS, TLS, KAFKA):
            write(unit, *each)
        now = begun(title="Carts are empty", facts=(Fact("services", "redis-cart"), Fact("cause", "sentinel failover")))
        (match,) = matches(unit, like(telling(now)))
        assert match.title == "Redis failover dropped carts"
        assert set(match.likeness.words) == {"redis-cart", "Carts", "sentinel", "failover"}
        other = begun(title="Slow search", facts=(Fact("services", "search"), Fact("impact", "timeouts on the edge")))
        assert matches(unit, like(telling(other))) == ()


def test_what_one_may_not_see_is_not_found(database: Database) -> None:
    with database.writing() as unit:
        write(unit, *REDIS, private=True, channel="C9")
        write(unit, *TLS)
        assert found(unit, "redis", Sight("C1")) == []
        assert found(unit, "redis", Sight("C9")) == ["Redis failover dropped carts"], "everybody there is in it"
        assert found(unit, "certificate", Sight("C9")) == ["Certificate expired on the edge"]
        assert found(unit, "redis", workspace=Workspace("T2")) == []
        assert found(unit, "redis", workspace=Workspace("T1", "E1")) == []


def test_only_written_ones_are_past_and_never_the_one_that_asks(database: Database) -> None:
    with database.writing() as unit:
        written = write(unit, *REDIS)
        assert found(unit, "redis", without=written.id) == []
        unit.postmortems.save(written, replace(written, stage=Stage.CANCELLED, cancelled_at=NOW), None)
        assert found(unit, "redis") == []
        running = begun(title="Redis again", scope="C7")
        unit.postmortems.create(running, "", None)
        assert found(unit, "redis") == []


def test_what_is_corrected_deleted_or_taken_back_is_found_no_more(database: Database) -> None:
    with database.writing() as unit:
        one = write(unit, *REDIS)
        said = replace(one.said[0], text="The swordfish key leaked", revision="1795000002.000000")
        one = unit.postmortems.save(one, replace(one, said=(said,)), None)
        assert (found(unit, "sentinel"), found(unit, "swordfish")) == ([], ["Redis failover dropped carts"])
        gone = replace(said, text="", deleted=True, deleted_at=NOW)
        unit.postmortems.save(one, replace(one, said=(gone,)), None)
        assert found(unit, "swordfish") == []
    with database.writing() as unit:
        unit.past.tidy()
        rows = unit.connection.execute(sa.text("SELECT names || causes || rest FROM past")).scalars().all()
        assert "swordfish" not in "".join(rows)
        if unit.connection.dialect.name == "sqlite":
            pages = unit.connection.execute(sa.text("SELECT block FROM past_index_data")).scalars().all()
            assert not any(b"swordfish" in page for page in pages)


def test_where_somebody_was_lucky_goes_with_the_message(database: Database) -> None:
    asked = (Asked(1, "response", "response.luck", Put.ASK, "Lucky?", NOW),)
    with database.writing() as unit:
        one = write(unit, "Redis", "cart", "the sentinel was being watched by chance", asked=asked)
        assert [each.luck for each in unit.past.lucky(ACME, EVERYTHING, 9)] == [(one.said[0].text,)]
        gone = replace(one.said[0], text="", deleted=True, deleted_at=NOW)
        unit.postmortems.save(one, replace(one, said=(gone,)), None)
        assert unit.past.lucky(ACME, EVERYTHING, 9) == ()


def test_the_latest_are_listed_for_those_who_were_seen_in_their_private_channels(database: Database) -> None:
    earlier, later = Sight(user="U7", seen_since=NOW), Sight(user="U7", seen_since=NOW - timedelta(days=1))
    with database.writing() as unit:
        write(unit, *REDIS)
        write(unit, *TLS, private=True, channel="C9")
        unit.people.note_member(ACME, "C9", "U7", NOW)
        listed = unit.past.recent(ACME, later, 9)
        assert [each.title for each in listed] == ["Certificate expired on the edge", "Redis failover dropped carts"]
        assert listed[0].course.services == ("edge-proxy",)
        assert [each.title for each in unit.past.recent(ACME, earlier, 9)] == ["Redis failover dropped carts"]


def test_a_deleted_message_of_the_channel_takes_its_words_along(database: Database) -> None:
    with database.writing() as unit:
        one = write(unit, *REDIS)
        unit.postmortems.erase_source(one.id, one.said[0].ts, NOW + timedelta(days=1))
        assert found(unit, "sentinel") == []
        assert found(unit, "redis") == ["Redis failover dropped carts"]


def test_items_are_found_with_the_words_that_a_person_gave_them(database: Database) -> None:
    with database.writing() as unit:
        one = write(unit, *REDIS)
        unit.items.sync(ACME, one.id, "1795000009.000100", [Draft("rehearse the quarterly gameday")], NOW)
        one = unit.postmortems.save(one, replace(one, items_revision=one.items_revision + 1), None)
        assert found(unit, "gameday") == ["Redis failover dropped carts"]
        unit.items.fill(ACME, "AI-001", text="practise losing the leader", by="U9", at=NOW)
        unit.postmortems.save(one, replace(one, items_revision=one.items_revision + 1), None)
        assert (found(unit, "gameday"), found(unit, "rehearsal")) == ([], [])
        assert found(unit, "practised") == ["Redis failover dropped carts"]


def test_what_was_written_before_this_version_is_owed_and_made_later(database: Database) -> None:
    with database.writing() as unit:
        one = write(unit, *REDIS)
        assert unit.past.owed() == ()
        unit.connection.execute(sa.text("DELETE FROM past"))
        assert (found(unit, "redis"), unit.past.owed()) == ([], (one.id,))
        unit.past.keep(unit.postmortems.load(one.id)[0])
        assert (found(unit, "redis"), unit.past.owed()) == (["Redis failover dropped carts"], ())
        unit.connection.execute(sa.text("UPDATE postmortems SET version = version + 1"))
        assert unit.past.owed() == (one.id,), "an older version of the bot has saved it"


ODD_TEXTS = (
    '" OR NEAR(', "redis AND", "NOT redis*", "names:redis ^redis", "'; DROP TABLE past; --", "re\x00dis \ud800",
    "(((((", "a:* & !b | <-> ''", "%_\\", "\u202e\u0301" * 50, "データベース障害", "redis " * 8_000,
    "&lt;redis&gt;", ",".join(f"word{n}x" for n in range(9_000)),
)  # fmt: skip


def test_no_text_means_anything_to_the_database(database: Database) -> None:
    with database.writing() as unit:
        write(unit, *REDIS)
        for number, text in enumerate(ODD_TEXTS):
            write(unit, f"Awkward words {number}", "odd", clean(text))
            named = {title for title in found(unit, text) if not title.startswith("Awkward words")}
            assert named <= {"Redis failover dropped carts"}, text[:40]
        assert found(unit, "sentinel quorum") == ["Redis failover dropped carts"]
        assert "Awkward words 10" in found(unit, "データベース")


def test_a_failing_unit_leaves_the_index_as_it_was(database: Database) -> None:
    with database.writing() as unit:
        write(unit, *REDIS)
    with undone(database) as unit:
        write(unit, *TLS)
    with database.reading() as unit:
        assert (found(unit, "certificate"), found(unit, "redis")) == ([], ["Redis failover dropped carts"])
