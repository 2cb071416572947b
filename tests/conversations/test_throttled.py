"""An app that Slack throttles still reads everything, says why it takes long, and asks no more often than it may."""

from __future__ import annotations

from bot.sandbox.people import call
from storage.database import Database
from tests.conversations.talk import conversation, plainly
from tests.fakes.channels import CHANNEL, large_channel
from tests.fakes.scene import said


def test_a_throttled_app_is_noticed_from_its_first_page_and_explained(database: Database) -> None:
    with conversation(database, large_channel(60, 2), start=False) as talk:
        call(talk.s.slack.url, "POST", "limits", {"throttled_app": True})
        talk.s.start("U0ADA", CHANNEL)

        def sees() -> list[str]:
            return [plainly(said(m)) for m in talk.s.person("U0ADA").thread(CHANNEL, talk.s.thread_ts)]

        talk.s.later(5)
        progress = next(text for text in sees() if text.startswith("Reading"))
        assert "15 messages so far" in progress
        assert (
            "Slack throttles this app to 15 messages a page and one page a minute, so this takes a minute for every 15 "
            "messages still to come"
        ) in progress
        assert "An app that you create in your own workspace is not throttled." in progress
        for _ in range(8):
            talk.s.later(61)
        receipt = next(text for text in sees() if text.startswith("*I read"))
        assert receipt.startswith("*I read 60 messages*: 30 thread replies,")
        calls = [c for c in talk.s.slack.calls.log if c["method"] in ("conversations.history", "conversations.replies")]
        of_record = [c for c in calls if c["args"].get("ts") != talk.s.thread_ts]
        assert len(of_record) == 2 + 2, "30 messages in two pages, and two threads of 15"
        assert [c["status"] for c in calls if c["status"] == 429] == []
