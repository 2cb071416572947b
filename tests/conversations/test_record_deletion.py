"""A message of the channel is deleted after it was read: its words leave everything that had copied them."""

from __future__ import annotations

from storage.database import Database
from tests.conversations.talk import MARIA, Talk, conversation, where_sent, where_stored
from tests.fakes.scene import CHANNEL, SMALL

FIRST_COMPLAINTS = "1,240 failed payments"
CAUSE = "release 4312 uses all database connections"


def delete_what_says(talk: Talk, words: str, user: str) -> None:
    ts = next(m["ts"] for m in talk.s.person(user).sees(CHANNEL) if words in m.get("text", ""))
    talk.delete(ts, user)


def test_the_words_leave_the_facts_the_timeline_and_the_open_question(database: Database) -> None:
    with conversation(database) as talk:
        asked = talk.row().current
        assert asked is not None
        assert asked.quote is not None
        assert FIRST_COMPLAINTS in asked.quote.text
        assert FIRST_COMPLAINTS in talk.asked()
        delete_what_says(talk, FIRST_COMPLAINTS, "U0ASHA")
        assert where_stored(database, FIRST_COMPLAINTS) == set()
        assert where_sent(talk, FIRST_COMPLAINTS) == []
        assert FIRST_COMPLAINTS not in talk.read()
        # The question itself stays, and can be answered.
        now = talk.row().current
        assert now is not None
        assert (now.position, now.question) == (asked.position, asked.question)
        talk.answer("Checkout did not work for anybody who paid by card.")


def test_what_a_later_question_would_have_quoted_is_not_quoted_any_more(database: Database) -> None:
    with conversation(database) as talk:
        delete_what_says(talk, CAUSE, "U0TOM")
        talk.to_review()
        talk.write()
        talk.s.later(700)
        assert where_stored(database, CAUSE) == set()
        assert where_sent(talk, CAUSE) == []
        assert CAUSE not in talk.document()


def test_a_deleted_reply_of_another_thread_of_the_channel_goes_too(database: Database) -> None:
    words = "rolling back 4312"
    with conversation(database, SMALL) as talk:
        root = next(m for m in talk.s.person().sees(CHANNEL) if CAUSE in m.get("text", ""))
        reply = next(m for m in talk.s.person(MARIA).thread(CHANNEL, root["ts"]) if m["text"] == words)
        talk.delete(reply["ts"], MARIA)
        assert where_stored(database, words) == set()
        assert where_sent(talk, words) == []
