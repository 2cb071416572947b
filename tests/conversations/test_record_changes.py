"""Messages of the channel are edited or deleted after they were read: the timeline and the document follow."""

from __future__ import annotations

from storage.database import Database
from tests.conversations.talk import MARIA, Talk, conversation
from tests.fakes.scene import CHANNEL

RESOLVED = "resolved, all clear"


def ts_of(talk: Talk, words: str) -> str:
    return next(str(m["ts"]) for m in talk.s.person().sees(CHANNEL) if words in str(m))


def test_an_edit_and_a_deletion_in_the_channel_change_what_is_known_and_what_is_written(database: Database) -> None:
    with conversation(database) as talk:
        assert talk.row().fact("resolved") is not None
        asked = talk.row().current
        assert "resolved 15:00 UTC" in talk.asked()
        talk.edit(ts_of(talk, RESOLVED), "resolved at 14:52 UTC, all clear, and search was fine all along")
        talk.s.later(15)
        resolved = talk.row().fact("resolved")
        assert resolved is not None
        assert f"{resolved.at:%H:%M}" == "14:52"
        assert "search was fine all along" in talk.message("What I understand happened")
        assert talk.row().current == asked, "what is asked is asked once"
        assert "resolved 14:52 UTC" in talk.asked()
        talk.to_review()
        talk.write()
        talk.delete(ts_of(talk, "search was fine all along"), MARIA)
        talk.s.later(700)
        assert talk.row().fact("resolved") is None
        assert "search was fine" not in talk.document()
        assert talk.row().counts.deleted == 1


def test_a_tools_message_that_is_edited_is_followed_too(database: Database) -> None:
    with conversation(database) as talk:
        alert = ts_of(talk, "Triggered: checkout 5xx")
        workspace = talk.s.slack.workspace
        with workspace.lock:
            message = workspace.channels[CHANNEL]["messages"][alert]
            before = dict(message)
            message["attachments"] = [{"title": "Resolved: checkout 5xx is below 5 % again", "fallback": "ok"}]
            message["edited"] = {"user": "B0PD", "ts": f"{int(talk.s.clock.now())}.000000"}
            workspace.announce("message_changed", {"channel": CHANNEL, "message": dict(message), "previous": before})
        talk.s.settle()
        with database.reading() as unit:
            kept = unit.record.get(talk.row().workspace, CHANNEL, alert)
        assert kept is not None
        assert kept.text == "Resolved: checkout 5xx is below 5 % again"
