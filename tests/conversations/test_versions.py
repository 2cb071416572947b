"""What does somebody read of earlier versions, and what happens to a section that a person rewrote?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from storage.database import Database
from tests.conversations.talk import ASHA, TOM, Talk, conversation, where_stored
from tests.fakes.scene import CHANNEL


@pytest.fixture
def asked(database: Database) -> Iterator[Talk]:
    """A conversation with two answers."""
    with conversation(database) as talk:
        talk.answer("Customers could not pay by card.", user=TOM)
        talk.until("lessons.takeaway")
        talk.answer("all releases share one pool", user=ASHA)
        yield talk


@pytest.fixture
def written(asked: Talk) -> Talk:
    """The same, written."""
    asked.to_review()
    asked.write()
    return asked


def file(talk: Talk, name: str, user: str = ASHA) -> str:
    """A file in somebody's direct messages."""
    found = [f for m in talk.direct(user) for f in m.get("files", ()) if f["name"] == name]
    return str(talk.s.person(user).file(found[-1]["id"]).decode())


def again(talk: Talk) -> None:
    """What changed is published once ten minutes are quiet."""
    talk.s.later(601)


def test_each_version_that_was_published_is_read_and_compared(written: Talk) -> None:
    talk = written
    assert talk.slash("versions", ASHA).startswith("PM-2026-001 was published as version 1: 20 Nov 2026")
    answer = talk.row().said[0].ts
    talk.edit(answer, "Nobody could pay by card.", TOM)
    again(talk)
    assert "; 2: 20 Nov 2026" in talk.slash("versions", ASHA)
    assert talk.slash("versions 1 2", ASHA) == (
        "Between versions 1 and 2 of PM-2026-001, 1 line came and 1 went. Which ones is in your direct messages."
    )
    compared = file(talk, "PM-2026-001-v1-v2.txt")
    assert "Summary\n- Customers could not pay by card.\n+ Nobody could pay by card.\n" in compared
    assert "in your direct messages" in talk.slash("versions v1", ASHA)
    assert "Customers could not pay by card." in file(talk, "PM-2026-001-v1.txt")
    for words in ("3", "x", "1 2 3"):
        said = talk.slash(f"versions {words}", ASHA)
        assert said.startswith(f"I can't tell which version `{words}` is.")
        assert said.endswith("PM-2026-001 has 1 to 2.")


def test_what_is_deleted_is_gone_from_every_version(written: Talk, tmp_path: Path) -> None:
    talk = written
    talk.press("change", ASHA)
    view = talk.modal(ASHA)
    talk.s.person(ASHA).click_view(view["id"], "section_open.lessons")
    talk.s.settle()
    talk.submit(ASHA, text__0="Short:\nall releases share one pool\nGive each its own.")
    again(talk)
    first = talk.row().said[0].ts
    talk.delete(first, TOM)
    talk.delete(talk.row().said[1].ts, ASHA)
    again(talk)
    assert where_stored(talk.s.database, "could not pay by card") == set()
    assert where_stored(talk.s.database, "share one pool") == set()
    environ = {"DATABASE_URL": talk.s.database.engine.url.render_as_string(hide_password=False)}
    told = CliRunner().invoke(main, ["versions", "PM-2026-001", "2"], env=environ)
    assert told.exit_code == 0, told.stderr
    assert "Give each its own." in told.stdout
    assert "share one pool" not in told.stdout
    listed = CliRunner().invoke(main, ["versions", "pm-2026-001"], env=environ)
    assert len(listed.stdout.splitlines()) == 3
    compared = CliRunner().invoke(main, ["versions", "PM-2026-001", "1", "2"], env=environ)
    assert "+ Give each its own." in compared.stdout
    unknown = CliRunner().invoke(main, ["versions", "PM-2026-001", "9"], env=environ)
    assert (unknown.exit_code, unknown.stderr) == (2, "PM-2026-001 has no version 9; it was published 3 times.\n")


def test_a_message_of_the_channel_that_is_deleted_is_gone_from_the_versions(written: Talk) -> None:
    talk = written
    words = "rolled back 4312"
    message = next(m for m in talk.s.person(TOM).sees(CHANNEL) if words in str(m.get("text")))
    assert "version_lines.text" in where_stored(talk.s.database, words)
    talk.delete(str(message["ts"]), "U0MARIA")
    again(talk)
    assert "version_lines.text" not in where_stored(talk.s.database, words)


def test_a_section_is_rewritten_before_the_review_and_marked_when_its_answers_change(asked: Talk) -> None:
    talk = asked
    assert talk.slash("edit nonsense", ASHA).startswith("I can't tell which section `nonsense` is.")
    assert talk.slash("edit Lessons", ASHA) == ""
    talk.submit(ASHA, text__0="Give each release its own pool.")
    assert [(e.section, e.by) for e in talk.row().edits] == [("lessons", ASHA)]
    talk.to_review()
    talk.write()
    assert "Give each release its own pool." in talk.document()
    assert "The answers have changed since this edit" not in talk.document()
    talk.edit(talk.row().said[1].ts, "all releases share one small pool", ASHA)
    again(talk)
    assert "Give each release its own pool." in talk.document()
    assert "Edited by asha on 20 Nov 2026" in talk.document()
    assert "The answers have changed since this edit." in talk.document()
    assert "Edited by asha" in talk.document()
    assert "[Change something]" in talk.mention("edit", ASHA)


def test_before_it_is_published_there_is_no_version(asked: Talk) -> None:
    assert asked.slash("versions", ASHA).startswith("PM-2026-001 was not published yet")
