"""A postmortem comes back as it was saved, and nobody's change is lost on the way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.interview.conclusions import Ground, Role, Saying, Standing, Thought
from bot.interview.state import (
    Accepted,
    Approval,
    Asked,
    Closed,
    Counts,
    Drawing,
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
from bot.interview.thoughts import Purpose
from storage.database import Database
from storage.errors import AlreadyRunning, Stale, UnknownPostmortem
from storage.tables import postmortems
from storage.unit import Unit
from tests.storage.values import ACME, NOW, begun, rich, undone

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
names = st.text("abcdefgh-.0123456789", min_size=1, max_size=8)
counted = st.integers(0, 2**31 - 1)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
maybe_moments = st.none() | moments
stamps = st.integers(1_600_000_000_000_000, 1_900_000_000_000_000).map(lambda n: f"{n // 10**6}.{n % 10**6:06d}")
quotes = st.none() | st.builds(Quote, words, st.none() | stamps, st.none() | names)


def _some(values: st.SearchStrategy[Any], key: Any = None, most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most, unique_by=key).map(tuple)


findings = st.builds(Findings, st.frozensets(names, max_size=3), _some(names), _some(words), st.booleans())
asked = st.builds(
    Asked, counted, names, names, st.sampled_from(Put), words, moments, quotes, st.none() | words, st.none() | names,
    counted, st.booleans(), st.none() | st.sampled_from(Closed), maybe_moments, st.none() | names,
    st.none() | names, st.none() | names,
)  # fmt: skip
# A reply without words is one that was taken back: a save leaves nothing else of it either.
said = st.builds(
    Said, stamps, names, words.filter(str.strip), moments, moments, names, st.just(False), st.none(), findings,
    st.none() | counted,
)  # fmt: skip
sayings = st.builds(
    Saying, words, st.sampled_from(Role), _some(st.builds(Ground, names, words, st.none() | names)), names,
    st.none() | names, words,
)  # fmt: skip
thoughts = st.builds(
    Thought, names, st.sampled_from(Purpose), moments, counted, names, names, st.sampled_from(Standing), names,
    maybe_moments, names, _some(sayings), st.booleans(), counted,
)  # fmt: skip
def _in_turn(questions: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """The questions as an interview puts them: the first at position 1, each at the next."""
    return tuple(replace(each, position=place) for place, each in enumerate(questions, 1))


interviews = st.builds(
    Interview,
    id=st.just(0),
    workspace=st.builds(Workspace, names, words),
    number=st.just(""),
    channel=names,
    scope=names,
    root=st.just("") | stamps,
    window_from=maybe_moments,
    window_to=maybe_moments,
    window_by=st.none() | names,
    source=names,
    record_changed_at=maybe_moments,
    kind=names,
    title=words,
    facilitator=names,
    started_by=names,
    started_at=moments,
    private=st.booleans(),
    recorded=st.booleans(),
    zone=st.sampled_from(["UTC", "Asia/Kathmandu", "America/Santiago"]),
    stage=st.sampled_from(Stage),
    stage_before=st.none() | st.sampled_from(Stage),
    cancelled_at=maybe_moments,
    written_at=maybe_moments,
    paused_by=st.none() | words,
    paused_at=maybe_moments,
    thread_ts=st.none() | stamps,
    reading=st.builds(Reading, names, words, counted, counted, counted, words),
    counts=st.builds(Counts, *[counted] * 10, maybe_moments, maybe_moments),
    asked=_some(asked, lambda a: a.position).map(_in_turn),
    said=_some(said, lambda s: s.ts),
    facts=_some(st.builds(Fact, names, words, maybe_moments, names, quotes)),
    participants=_some(st.builds(Participant, names, words, st.none() | stamps)),
    posts=_some(st.builds(Post, names, stamps, names, moments, words, moments), lambda p: p.key),
    splits=_some(st.builds(Split, counted, _some(words), names), lambda s: s.position),
    edits=_some(st.builds(SectionEdit, names, words, names, moments, words), lambda e: e.section),
    fields=_some(st.builds(Field, names, words, names, moments, st.none() | stamps)),
    accepted=_some(st.builds(Accepted, names, names), lambda a: a.section),
    shares=_some(st.builds(Share, words, moments, names)),
    approvals=_some(st.builds(Approval, names, names, moments), lambda a: a.role),
    follow_up=st.builds(
        FollowUp, st.none() | st.dates(), st.none() | names, st.none() | st.dates(), maybe_moments, st.none() | names
    ),
    mentions=_some(st.builds(Mention, names, _some(names), names, st.none() | counted), lambda m: m.key),
    thoughts=_some(thoughts, lambda t: t.key),
    claude=names,
    claude_by=names,
    publication=st.builds(Publication, names, names, words, words, st.integers(-1, 2**31 - 1), counted),
    drawing=st.builds(
        Drawing, names, names, words, st.integers(-1, 2**31 - 1), names, names, names, words, maybe_moments, counted
    ),
    timeline_by=st.none() | names,
    timeline_revision=counted,
    items_revision=counted,
    revision=counted,
    changed_at=maybe_moments,
    active_at=maybe_moments,
    reminded=counted,
    blocked_until=maybe_moments,
    edits_blocked_until=maybe_moments,
    reads_blocked_until=maybe_moments,
    unreachable=words,
    unreachable_at=maybe_moments,
    reconciled_at=maybe_moments,
    reconcile_cursor=words,
)
FREELY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@FREELY
@given(first=interviews, second=interviews)
def test_whatever_an_interview_holds_comes_back_and_so_does_any_change_of_it(
    database: Database, first: Interview, second: Interview
) -> None:
    with undone(database) as unit:
        kept = unit.postmortems.create(first, "script", None)
        loaded, _ = unit.postmortems.load(kept.id)
        assert loaded == replace(first, id=kept.id, number=kept.number)
        changed = replace(second, id=kept.id, number=kept.number, workspace=first.workspace)
        saved = unit.postmortems.save(loaded, changed, None)
        again, _ = unit.postmortems.load(kept.id)
        assert again == saved == changed
        # The very same values, of which the first has gone to the end, and those behind it have moved up.
        turned: dict[str, Any] = {
            f.name: (*value[1:], *value[:1])
            for f in fields(Interview)
            if isinstance(value := getattr(again, f.name), tuple)
        }
        moved = replace(again, **(turned | {"asked": again.asked[:1]}))
        saved = unit.postmortems.save(again, moved, None)
        loaded, _ = unit.postmortems.load(kept.id)
        assert loaded == saved == moved


def test_the_property_above_varies_every_field() -> None:
    varied = {f.name for f in fields(Interview)} - {"version"}

    @settings(max_examples=1, database=None)
    @given(interviews)
    def look(interview: Interview) -> None:
        assert varied == {f.name for f in fields(interview)} - {"version"}

    look()
    assert varied == set(interviews.wrapped_strategy.kwargs)  # type: ignore[attr-defined]


def test_a_rich_interview_comes_back_with_its_script(database: Database) -> None:
    with database.writing() as unit:
        kept = unit.postmortems.create(rich(), "[script]\nkind = 'service'\n", NOW)
    with database.reading() as unit:
        loaded, script = unit.postmortems.load(kept.id)
    assert loaded == replace(rich(), id=kept.id, number="PM-2026-001")
    assert loaded.version == kept.version == 1
    assert script == "[script]\nkind = 'service'\n"


def test_another_script_is_kept_with_the_save_that_follows_it(database: Database) -> None:
    with database.writing() as unit:
        one = unit.postmortems.create(rich(), 'id = "service"', NOW)
    with database.writing() as unit:
        before, _ = unit.postmortems.load(one.id)
        unit.postmortems.save(before, replace(before, kind="ml"), NOW, script='id = "ml"')
    with database.reading() as unit:
        assert unit.postmortems.load(one.id)[1] == 'id = "ml"'
        kept = unit.connection.execute(sa.select(postmortems.c.script, postmortems.c.kind)).one()
    assert tuple(kept) == ('id = "ml"', "ml")


def test_a_save_writes_only_what_differs(database: Database) -> None:
    with database.writing() as unit:
        before = unit.postmortems.create(rich(), "", None)
        statements = _written(unit)
        reply = Said("1795000300.000100", "U3", "And the cache was cold.", NOW, NOW)
        unit.postmortems.save(before, replace(before, said=(*before.said, reply)), None)
    assert [s.split()[:3] for s in statements] == [["UPDATE", "postmortems", "SET"], ["INSERT", "INTO", "replies"]]


def test_a_reply_with_the_ts_of_another_one_is_refused_instead_of_lost(database: Database) -> None:
    with database.writing() as unit:
        before = unit.postmortems.create(rich(), "", None)
    twice = Said(before.said[0].ts, "U3", "And the cache was cold.", NOW, NOW)
    with pytest.raises(ValueError, match="two rows of one ts in replies"), database.writing() as unit:
        unit.postmortems.save(before, replace(before, said=(*before.said, twice)), None)
    with database.reading() as unit:
        assert unit.postmortems.load(before.id)[0].said == before.said


def test_what_a_unit_has_saved_it_need_not_read_again(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(rich(), "", None).id
    with database.writing() as unit:
        before, _ = unit.postmortems.load(id)
        reply = Said("1795000300.000100", "U3", "And the cache was cold.", NOW, NOW)
        saved = unit.postmortems.save(before, replace(before, said=(*before.said, reply)), None)
        statements = _statements(unit)
        again, _ = unit.postmortems.load(id)
    assert again == saved
    assert len(statements) == 1, "the version alone is looked at"


def _written(unit: Unit) -> list[str]:
    return _statements(unit, "INSERT", "UPDATE", "DELETE")


def _statements(unit: Unit, *beginnings: str) -> list[str]:
    seen: list[str] = []

    @sa.event.listens_for(unit.connection, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(beginnings or ""):
            seen.append(statement)

    return seen


def test_of_two_who_save_what_both_loaded_the_second_is_told(database: Database) -> None:
    with database.writing() as unit:
        loaded = unit.postmortems.create(begun(), "", None)
    with database.writing() as unit:
        unit.postmortems.save(loaded, replace(loaded, title="Checkout was slow"), None)
    with pytest.raises(Stale), database.writing() as unit:
        unit.postmortems.save(loaded, replace(loaded, title="Something else"), None)
    with database.reading() as unit:
        assert unit.postmortems.load(loaded.id)[0].title == "Checkout was slow"


def test_answers_of_many_people_at_once_are_all_kept(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id

    def say(person: int) -> None:
        while True:
            try:
                with database.writing() as unit:
                    before, _ = unit.postmortems.load(id)
                    reply = Said(f"17950000{person:02d}.000100", f"U{person}", f"answer {person}", NOW, NOW)
                    unit.postmortems.save(before, replace(before, said=(*before.said, reply)), None)
                return
            except Stale:
                continue

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(24)))
    with database.reading() as unit:
        kept, _ = unit.postmortems.load(id)
    assert {s.text for s in kept.said} == {f"answer {n}" for n in range(24)}
    assert kept.version == 25


def test_numbers_are_given_once_and_without_gaps_when_many_begin_at_once(database: Database) -> None:
    def begin(n: int) -> str:
        with database.writing() as unit:
            return unit.postmortems.create(begun(scope=f"C{n}"), "", None).number

    with ThreadPoolExecutor(8) as pool:
        given_numbers = sorted(pool.map(begin, range(16)))
    assert given_numbers == [f"PM-2026-{n:03d}" for n in range(1, 17)]


def test_the_year_in_a_number_is_that_of_the_interviews_own_zone(database: Database) -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with database.writing() as unit:
        there = unit.postmortems.create(begun(scope="C1", started_at=eve, zone="Asia/Tokyo"), "", None)
        here = unit.postmortems.create(begun(scope="C2", started_at=eve, zone="America/New_York"), "", None)
    assert (there.number, here.number) == ("PM-2027-001", "PM-2026-001")


def test_each_workspace_counts_for_itself_and_sees_only_its_own(database: Database) -> None:
    other = Workspace("T2")
    with database.writing() as unit:
        ours = unit.postmortems.create(begun(), "", None)
        theirs = unit.postmortems.create(begun(workspace=other), "", None)
        grid = unit.postmortems.create(begun(workspace=Workspace(ACME.team, "E1")), "", None)
    assert ours.number == theirs.number == grid.number == "PM-2026-001"
    with database.reading() as unit:
        assert unit.postmortems.running_in(ACME, "C1") == ours.id
        assert unit.postmortems.by_number(other, "PM-2026-001") == theirs.id
        assert [b.id for b in unit.postmortems.of_channel(ACME, "C1")] == [ours.id]


def test_a_second_one_in_the_same_scope_is_refused_with_the_way_to_the_first(database: Database) -> None:
    with database.writing() as unit:
        first = unit.postmortems.create(begun(thread_ts="1795000000.000100"), "", None)
    with pytest.raises(AlreadyRunning) as refused, database.writing() as unit:
        unit.postmortems.create(begun(), "", None)
    told = refused.value
    assert (told.id, told.number, told.channel, told.thread_ts, told.facilitator) == (
        first.id, "PM-2026-001", "C1", "1795000000.000100", "U1",
    )  # fmt: skip
    assert str(told) == "PM-2026-001 is already running here, led by U1."


def test_of_two_who_begin_at_the_same_moment_one_wins(database: Database) -> None:
    together = threading.Barrier(4)

    def begin(_: int) -> bool:
        together.wait()
        try:
            with database.writing() as unit:
                unit.postmortems.create(begun(), "", None)
        except AlreadyRunning:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(begin, range(4))) == [False, False, False, True]
    with database.writing() as unit:
        # Nobody's refusal has used up a number.
        assert unit.postmortems.create(begun(scope="C2"), "", None).number == "PM-2026-002"


def test_the_tables_themselves_refuse_a_second_one(database: Database) -> None:
    with database.writing() as unit:
        unit.postmortems.create(begun(), "", None)
    others = [column for column in postmortems.c if column.name not in ("id", "number")]
    copy = sa.select(sa.literal("PM-2026-002"), *others)
    second = sa.insert(postmortems).from_select(["number", *(column.name for column in others)], copy)
    with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
        connection.execute(second)


def test_a_cancelled_one_cannot_come_back_where_another_one_runs_now(database: Database) -> None:
    with database.writing() as unit:
        old = unit.postmortems.create(begun(), "", None)
        old = unit.postmortems.save(old, replace(old, stage=Stage.CANCELLED, cancelled_at=NOW), None)
        new = unit.postmortems.create(begun(), "", None)
    with pytest.raises(AlreadyRunning) as refused, database.writing() as unit:
        unit.postmortems.save(old, replace(old, stage=Stage.ASKING, cancelled_at=None), None)
    assert refused.value.number == new.number


def test_an_edited_reply_keeps_what_it_said_before(database: Database) -> None:
    with database.writing() as unit:
        before = unit.postmortems.create(begun(said=(Said("1795000001.000100", "U2", "4000", NOW, NOW),)), "", None)
        edited = replace(before.said[0], text="4000 orders", revision="1795000009.000000", touched_at=NOW)
        unit.postmortems.save(before, replace(before, said=(edited,)), None)
        kept = unit.connection.execute(sa.text("SELECT text, revision FROM reply_revisions")).all()
    assert kept == [("4000", "")]


def test_what_is_due_is_found_and_what_waits_is_not(database: Database) -> None:
    with database.writing() as unit:
        late = unit.postmortems.create(begun(scope="C1"), "", NOW - timedelta(hours=1))
        now = unit.postmortems.create(begun(scope="C2"), "", NOW)
        later = unit.postmortems.create(begun(scope="C3"), "", NOW + timedelta(seconds=1))
        unit.postmortems.create(begun(scope="C4"), "", None)
        assert unit.postmortems.due(NOW) == (late.id, now.id)
        assert unit.postmortems.due(NOW, limit=1) == (late.id,)
        assert unit.postmortems.set_due(late.id, None)
        unit.postmortems.save(now, replace(now, reminded=1), NOW + timedelta(days=1))
        assert not unit.postmortems.set_due(now.id, NOW, version=now.version), "a later save knows better"
        assert unit.postmortems.due(NOW) == ()
        assert unit.postmortems.due(NOW + timedelta(minutes=1)) == (later.id,)


def test_being_due_is_found_on_an_index(database: Database) -> None:
    with database.writing() as unit:
        explain = "EXPLAIN QUERY PLAN "
        if unit.connection.dialect.name == "postgresql":
            unit.connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
            explain = "EXPLAIN "
        query = "SELECT id FROM postmortems WHERE due_at <= '2026-11-24' ORDER BY due_at, id LIMIT 50"
        plan = unit.connection.execute(sa.text(explain + query)).all()
    assert "ix_postmortems_due" in str(plan)


def test_a_channel_is_listened_to_for_as_long_as_replies_count(database: Database) -> None:
    def heard(days: int, **state: Any) -> bool:
        with undone(database) as unit:
            unit.postmortems.create(begun(**state), "", None)
            assert not unit.postmortems.listens(ACME, "C2", NOW)
            return unit.postmortems.listens(ACME, "C1", NOW + timedelta(days=days))

    assert heard(500, stage=Stage.ASKING)
    assert heard(14, stage=Stage.WRITTEN, written_at=NOW)
    assert not heard(15, stage=Stage.WRITTEN, written_at=NOW)
    assert heard(30, stage=Stage.CANCELLED, cancelled_at=NOW)
    assert not heard(31, stage=Stage.CANCELLED, cancelled_at=NOW)


def test_a_postmortem_is_found_by_its_thread_and_in_its_channel(database: Database) -> None:
    with database.writing() as unit:
        old = unit.postmortems.create(
            begun(stage=Stage.WRITTEN, written_at=NOW, started_at=NOW - timedelta(days=9)), "", None
        )
        new = unit.postmortems.create(begun(thread_ts="1795000000.000100", title="Login was down"), "", None)
        assert unit.postmortems.by_thread(ACME, "C1", "1795000000.000100") == new.id
        assert unit.postmortems.by_thread(ACME, "C2", "1795000000.000100") is None
        briefs = unit.postmortems.of_channel(ACME, "C1")
        assert unit.postmortems.alive() == (new.id,)
        assert unit.postmortems.alive(NOW) == (old.id, new.id)
    assert [(b.number, b.title, b.stage) for b in briefs] == [
        (new.number, "Login was down", Stage.OPENING),
        (old.number, "Checkout errors", Stage.WRITTEN),
    ]


def test_a_postmortem_that_never_was_is_named_as_such(database: Database) -> None:
    with pytest.raises(UnknownPostmortem, match="There is no postmortem 77"), database.reading() as unit:
        unit.postmortems.load(77)
    with pytest.raises(UnknownPostmortem), database.writing() as unit:
        unit.postmortems.save(begun(id=77), begun(id=77), None)


def test_a_moment_without_a_zone_is_refused_before_it_does_harm(database: Database) -> None:
    with pytest.raises(ValueError, match="names no time zone"), database.writing() as unit:
        unit.postmortems.create(begun(started_at=datetime(2026, 11, 24, 10)), "", None)


def test_any_zone_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    local = datetime(2026, 11, 24, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with database.writing() as unit:
        id = unit.postmortems.create(begun(started_at=local), "", local).id
        loaded, _ = unit.postmortems.load(id)
        assert unit.postmortems.due(datetime(2026, 11, 24, 4, 14, 59, tzinfo=UTC)) == ()
        assert unit.postmortems.due(datetime(2026, 11, 24, 4, 15, 1, tzinfo=UTC)) == (id,)
    assert loaded.started_at == local
    assert loaded.started_at.tzinfo is UTC


def test_what_no_database_keeps_is_left_out_of_the_words(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(title="a\x00b\ud83d 👍"), "", None).id
        assert unit.postmortems.load(id)[0].title == "ab 👍"


def test_what_another_process_saved_is_what_is_loaded(database: Database) -> None:
    """What is remembered from an earlier look counts only as long as nobody has saved since."""
    elsewhere = Database(database.engine.url.render_as_string(hide_password=False))
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
    with database.reading() as unit:
        assert unit.postmortems.load(id)[0].title == "Checkout errors"
    with elsewhere.writing() as unit:
        before, _ = unit.postmortems.load(id)
        unit.postmortems.save(before, replace(before, title="Search errors"), None)
    elsewhere.close()
    with database.reading() as unit:
        assert unit.postmortems.load(id)[0].title == "Search errors"


def test_what_was_rolled_back_is_not_remembered(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
    with undone(database) as unit:
        before, _ = unit.postmortems.load(id)
        unit.postmortems.save(before, replace(before, title="Never said"), None)
    with database.writing() as unit:
        before, _ = unit.postmortems.load(id)
        unit.postmortems.save(before, replace(before, facilitator="U2"), None)
    with database.reading() as unit:
        loaded, _ = unit.postmortems.load(id)
    assert (loaded.title, loaded.facilitator) == ("Checkout errors", "U2")
