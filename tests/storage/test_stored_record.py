"""What was written in a channel is kept once, in its newest words, however it comes."""

from __future__ import annotations

import itertools

import pytest

from bot.interview.state import Workspace
from bot.timeline.values import RecordMessage
from storage.database import Database
from tests.storage.values import ACME, NOW, begun

FIRST, SECOND, THIRD = "1795000001.000100", "1795000002.000100", "1795000003.000100"


def test_a_message_comes_back_as_it_was(database: Database) -> None:
    full = RecordMessage(
        FIRST, "U1", "line one\nline two 👍", "PagerDuty", FIRST, SECOND, "bot_message", False, True,
        ("eyes", "fire"), ("graph.png",), True, 7,
    )  # fmt: skip
    bare = RecordMessage(SECOND, None, "")
    with database.writing() as unit:
        unit.record.store(ACME, "C1", [bare, full])
        assert unit.record.messages(ACME, "C1") == (full, bare)


def test_messages_are_kept_once_per_channel_and_workspace(database: Database) -> None:
    with database.writing() as unit:
        for workspace, channel in itertools.product((ACME, Workspace("T2")), ("C1", "C2")):
            for _ in range(2):
                unit.record.store(workspace, channel, [RecordMessage(FIRST, "U1", f"{workspace.team} {channel}")])
        assert [m.text for m in unit.record.messages(ACME, "C2")] == ["T1 C2"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_words_win_in_whatever_order_they_come(database: Database, order: tuple[int, ...]) -> None:
    versions = (
        RecordMessage(FIRST, "U1", "first words"),
        RecordMessage(FIRST, "U1", "better words", edited_ts=SECOND),
        RecordMessage(FIRST, "U1", "best words", edited_ts=THIRD),
    )
    with database.writing() as unit:
        for n in order:
            unit.record.store(ACME, "C1", [versions[n]])
        assert [m.text for m in unit.record.messages(ACME, "C1")] == ["best words"]


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_deletion_is_final_and_leaves_that_it_happened(database: Database, deleted_first: bool) -> None:
    words = RecordMessage(FIRST, "U1", "my password is swordfish", files=("secret.txt",), edited_ts=THIRD)
    with database.writing() as unit:
        if deleted_first:
            unit.record.delete(ACME, "C1", FIRST, NOW)
            unit.record.store(ACME, "C1", [words])
        else:
            unit.record.store(ACME, "C1", [words])
            unit.record.delete(ACME, "C1", FIRST, NOW)
        unit.record.store(ACME, "C1", [words])
        (kept,) = unit.record.messages(ACME, "C1")
    assert (kept.text, kept.files, kept.deleted) == ("", (), True)
    assert kept.user == (None if deleted_first else "U1")


def test_slacks_mark_of_a_deleted_message_erases_it_and_keeps_who_wrote_it(database: Database) -> None:
    mark = RecordMessage(
        FIRST, "USLACKBOT", "This message was deleted.", subtype="tombstone", deleted=True, reply_count=2
    )
    with database.writing() as unit:
        unit.record.store(ACME, "C1", [RecordMessage(FIRST, "U1", "words", reply_count=2)])
        unit.record.store(ACME, "C1", [mark])
        (kept,) = unit.record.messages(ACME, "C1")
        assert (kept.text, kept.user, kept.deleted) == ("", "U1", True)
        assert kept.reply_count == 2


def test_a_window_includes_both_its_ends(database: Database) -> None:
    with database.writing() as unit:
        unit.record.store(ACME, "C1", [RecordMessage(ts, "U1", ts) for ts in (FIRST, SECOND, THIRD)])
        seen = unit.record.messages(ACME, "C1", oldest=SECOND, latest=THIRD)
    assert [m.ts for m in seen] == [SECOND, THIRD]


def test_threads_are_read_one_page_after_the_other_until_none_is_left(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", NOW).id
        assert unit.record.next_thread(id) is None
        unit.record.owe(id, ACME, {THIRD: "1795000009.000000", FIRST: "1795000001.500000"})
        assert unit.record.next_thread(id) == (FIRST, "")
        unit.record.thread_read(id, FIRST, "page 2")
        unit.record.owe(id, ACME, {FIRST: "1795000001.500000"})
        assert unit.record.next_thread(id) == (FIRST, "page 2"), "found again, it is not begun again"
        unit.record.thread_read(id, FIRST, None)
        assert unit.record.next_thread(id) == (THIRD, "")
        unit.record.thread_read(id, THIRD, None)
        assert unit.record.next_thread(id) is None


def test_of_a_window_only_the_threads_with_replies_in_it_are_owed(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", NOW).id
        unit.record.owe(id, ACME, {FIRST: FIRST.replace(".0", ".5"), SECOND: THIRD, THIRD: ""})
        assert (unit.record.owed(id), unit.record.owed(id, SECOND), unit.record.owed(id, SECOND, SECOND)) == (3, 2, 1)
        assert unit.record.next_thread(id, SECOND) == (SECOND, "")


def test_each_postmortem_of_a_channel_reads_its_own_threads(database: Database) -> None:
    with database.writing() as unit:
        one = unit.postmortems.create(begun(), "", NOW).id
        other = unit.postmortems.create(begun(scope="another"), "", NOW).id
        unit.record.owe(one, ACME, {FIRST: SECOND})
        assert (unit.record.owed(one), unit.record.owed(other)) == (1, 0)


def test_authors_are_the_people_who_wrote(database: Database) -> None:
    with database.writing() as unit:
        unit.record.store(
            ACME,
            "C1",
            [
                RecordMessage(FIRST, "U1", "x"),
                RecordMessage(SECOND, "U2", "x", bot="deploys"),
                RecordMessage(THIRD, None, "x", bot="alerts"),
            ],
        )
        assert unit.record.authors(ACME, "C1") == {"U1"}
