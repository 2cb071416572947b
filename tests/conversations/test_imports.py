"""A postmortem on an old incident, from a Slack export: by the command, and in the local Slack from its page."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from bot.beginning.importing import Importing
from bot.beginning.slack_exports import open_export
from bot.errors import NotThere
from bot.sandbox.people import PersonRefused
from storage.database import Database
from tests.conversations.talk import MARIA, conversation, plainly
from tests.fakes.scene import CHANNEL, said
from tests.unit.test_slack_exports import ALL, zipped


def test_an_export_becomes_the_record_and_people_are_asked_in_a_channel_of_today(
    database: Database, tmp_path: Path
) -> None:
    export = open_export(zipped(tmp_path, ALL))
    with conversation(database, start=False) as talk:
        commands = talk.s.bot.hearing.commands
        importing = Importing(
            database, talk.s.bot.room, commands.readers, commands.starting.scripts, commands.clock, "UTC"
        )
        with pytest.raises(NotThere) as nowhere:
            importing.take_in(export, "inc-checkout", "inc-payroll", "maria", "")
        assert str(nowhere.value) == (
            "The workspace has no channel inc-payroll that the bot can see. Invite the bot there first, with /invite."
        )
        with pytest.raises(NotThere, match="no member of the channel outsider"):
            importing.take_in(export, "inc-checkout", "inc-checkout-errors", "outsider", "")
        begun, count = importing.take_in(export, "inc-checkout", "inc-checkout-errors", "@maria", "Checkout of 2022")
        assert count == 6
        talk.s.settle()
        opening = [m for m in talk.s.person().sees(CHANNEL) if m.get("user") == talk.s.bot_user]
        talk.s.thread_ts = str(opening[-1]["ts"])
        assert "I read 6 messages of an export first, then ask" in plainly(said(opening[-1]))
        assert talk.message("I read").startswith("*I read 6 messages*: 2 thread replies, 1 alert,")
        read = [c["method"] for c in talk.s.slack.calls.log if c["method"].startswith("conversations.")]
        assert "conversations.history" not in read
        row = talk.row()
        assert (row.number, row.facilitator, row.record_channel) == (begun.number, MARIA, "C1")
        resolved = row.fact("resolved")
        assert resolved is not None
        assert f"{resolved.at:%Y-%m-%d}" == "2022-04-22"
        assert "/archives/C1/p1650600100000100" in str(talk.s.thread()), "links lead to the source"
        talk.answer("Checkout failed for everybody.")


def test_an_export_is_loaded_from_the_page_and_reviewed_there(database: Database, tmp_path: Path) -> None:
    packed = base64.b64encode(zipped(tmp_path, ALL).read_bytes()).decode()
    with conversation(database, start=False) as talk:
        with pytest.raises(PersonRefused, match=r"it holds no channel nowhere, but general, inc-checkout\."):
            talk.s.person().do("export", channel="nowhere", base64=packed)
        made = talk.s.person().do("export", channel="#inc-checkout", base64=packed)
        assert made["messages"] == 6
        assert talk.s.person().sees(made["channel"])[0]["ts"] == "1650538600.000100"
        assert "Opening PM-2026-001 for #inc-checkout" in talk.slash("start", channel=made["channel"])
        assert talk.row().counts.messages == 6
        assert talk.row().counts.replies == 2
