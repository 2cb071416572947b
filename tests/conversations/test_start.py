"""What happens at /postmortem start, in every sort of channel and for every sort of person?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.conversations.talk import GUEST, MARIA, OUTSIDER, TOM, Talk, conversation, stored
from tests.fakes.scene import CHANNEL


@pytest.fixture
def quiet(database: Database) -> Iterator[Talk]:
    """A workspace in which nothing was started yet."""
    with conversation(database, start=False) as talk:
        yield talk


def nothing_was_opened(talk: Talk) -> bool:
    return not any(table in ("postmortems", "scopes") for table, _, _ in stored(talk.s.database))


def from_the_bot(talk: Talk, channel: str, user: str = MARIA) -> list[str]:
    seen = talk.s.person(user).sees(channel)
    own = [m for m in seen if m.get("user") == talk.s.bot_user and not m.get("ephemeral") and not m.get("subtype")]
    return [str(m["text"]) for m in own]


def test_it_is_acknowledged_only_to_the_person_and_one_message_opens_the_thread(quiet: Talk) -> None:
    assert quiet.slash("start") == ("Opening PM-2026-001 for #inc-checkout-errors. It lives in the thread below.")
    assert quiet.ephemerals(TOM) == {}
    assert from_the_bot(quiet, CHANNEL) == ["Postmortem PM-2026-001 · checkout errors"]


def test_a_title_and_a_kind_can_be_given(quiet: Talk) -> None:
    quiet.slash("start service Checkout was down")
    assert from_the_bot(quiet, CHANNEL) == ["Postmortem PM-2026-001 · Checkout was down"]


def test_several_words_without_a_kind_are_the_title(quiet: Talk) -> None:
    quiet.slash("start Checkout was down")
    assert from_the_bot(quiet, CHANNEL) == ["Postmortem PM-2026-001 · Checkout was down"]


def test_an_unknown_kind_is_answered_with_the_right_form(quiet: Talk) -> None:
    told = quiet.slash("start volcano")
    assert told == (
        "There is no kind `volcano`. Type `/postmortem start [kind] [title]`, with one of: llm, ml, near-miss, quick, "
        "service; a title has at least two words."
    )
    assert nothing_was_opened(quiet)


def test_a_public_channel_is_joined(quiet: Talk) -> None:
    assert "Opening PM-2026-001 for #inc-search." in quiet.slash("start", channel="C0OPEN")
    assert quiet.s.bot_user in quiet.s.slack.workspace.channels["C0OPEN"]["members"]
    assert from_the_bot(quiet, "C0OPEN") == ["Postmortem PM-2026-001 · search"]


def test_a_private_channel_says_how_to_invite_the_bot_and_nothing_is_created(quiet: Talk) -> None:
    assert quiet.slash("start", channel="C0SECRET") == (
        "I can't read this private channel yet. Type `/invite @postmortem` here, then `/postmortem start` again."
    )
    assert nothing_was_opened(quiet)
    quiet.s.person().do("invite", channel="C0SECRET", user=quiet.s.bot_user)
    assert "Opening PM-2026-001" in quiet.slash("start", channel="C0SECRET")


def test_an_archived_channel_is_refused(quiet: Talk) -> None:
    told = quiet.slash("start", channel="C0OLD")
    assert told == (
        "This channel is archived, so nobody could answer here. Unarchive it, then type `/postmortem start` again."
    )
    assert nothing_was_opened(quiet)


def test_direct_messages_are_no_place_for_it(quiet: Talk) -> None:
    told = quiet.slash("start", channel=quiet.direct_channel(MARIA))
    assert told == "A postmortem needs a channel. Type `/postmortem start` in the incident's channel."
    assert nothing_was_opened(quiet)


def test_a_guest_is_refused(quiet: Talk) -> None:
    assert quiet.slash("start", user=GUEST) == (
        "Postmortems are for members of this workspace; guests can't take part. Ask a member to answer for you."
    )
    assert nothing_was_opened(quiet)


def test_somebody_outside_the_channel_is_refused(quiet: Talk) -> None:
    told = quiet.slash("start", user=OUTSIDER)
    assert told == "Only members of the channel can do that. Join the channel first, then try again."
    assert nothing_was_opened(quiet)


def test_a_second_start_links_the_running_one_and_changes_nothing(talk: Talk) -> None:
    before, thread = talk.row(), talk.read()
    told = talk.slash("start", TOM)
    assert told == "PM-2026-001 is already running here, facilitated by maria. Nothing was changed."
    assert talk.row() == before
    assert talk.read() == thread
    assert len(from_the_bot(talk, CHANNEL)) == 1


def test_two_who_start_at_once_open_one(quiet: Talk) -> None:
    quiet.s.person(MARIA).slash(CHANNEL, "/postmortem start")
    quiet.s.person(TOM).slash(CHANNEL, "/postmortem start")
    quiet.s.settle()
    told = [*quiet.ephemerals(MARIA).values(), *quiet.ephemerals(TOM).values()]
    assert sorted("already running" in text for text in told) == [False, True]
    assert len(from_the_bot(quiet, CHANNEL)) == 1
