"""Does a postmortem run from the first word to its document, and how much does the bot say on the way?"""

from __future__ import annotations

import json
import re

from bot.interview.state import Put, Stage
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, buttons, channel_with, conversation, plainly
from tests.fakes.scene import CHANNEL, said

TOPICS = (
    "what happened", "timeline", "impact", "how it came to be possible", "the response", "what would help", "actions",
    "sharing", "lessons", "what was not asked",
)  # fmt: skip
#: What people say, in order; the last of a group is followed by Next.
ANSWERS = (
    (MARIA, "Customers could not pay: checkout answered with errors for most cards."),
    (TOM, "we were on a call from 13:30, nobody wrote it here"),
    (ASHA, "support had 11 tickets before one o'clock, nobody routes those to on-call"),
    (TOM, "someone forgot the index"),
    (TOM, "the review shows no query plan"),
    (MARIA, "staging has 1 % of the rows"),
    (MARIA, "nobody owns the data in staging"),
    (TOM, "the rollback was one command; luckily the nightly export had not begun"),
    (MARIA, "the provider's status page was yellow at the same minute"),
    (ASHA, "and two people from support were in early"),
    (MARIA, "show a query plan in CI, and alert on checkout alone"),
    (MARIA, "alert on checkout errors alone, @tom, 2026-11-27, P1\nquery plan in CI\nimprove monitoring"),
    (MARIA, "Maria tells support on Monday, in their channel"),
    (TOM, "that all releases share one pool of connections"),
    (ASHA, "nothing else"),
)
#: A phone shows about 40 lines of 45 characters; a card's buttons and small print take some of them.
PHONE = 1500


def test_the_whole_postmortem_is_conducted_and_written(talk: Talk) -> None:
    questions: list[str] = []
    for user, text in ANSWERS:
        assert talk.row().current is not None
        questions.append(talk.asked())
        talk.answer(text, user=user)
    assert talk.row().current is None, talk.asked()
    talk.write()

    # Ten topics in their order: the timeline before causes, causes before fixes; "n of 10" never grows.
    heads = [re.search(r"\*(\d+) of (\d+) · ([^*]+)\*", q) for q in questions]
    assert all(heads), questions
    topics = [h.group(3) for h in heads if h]
    assert tuple(dict.fromkeys(topics)) == TOPICS
    assert {h.group(2) for h in heads if h} == {"10"}
    assert [int(h.group(1)) for h in heads if h] == sorted(int(h.group(1)) for h in heads if h)
    # Each builds on something that somebody said, with its address.
    assert all("builds on @" in q and "↗" in q for q in questions), questions
    assert "“the review shows no query plan”: how did that come to be possible?" in questions[5]

    # Not too many of anything.
    row = talk.row()
    assert row.stage is Stage.WRITTEN
    assert sum(a.put is Put.ASK for a in row.asked) <= 12
    assert sum(a.put is Put.PROBE for a in row.asked) <= 4
    thread = talk.s.from_bot()
    assert len(thread) <= 25, talk.read()
    mine = [m for m in talk.s.person().sees(CHANNEL) if m.get("user") == talk.s.bot_user and not m.get("ephemeral")]
    assert len(mine) <= 2
    for message in thread:
        text = plainly(said(message))
        if "Before it is written" not in text:
            assert len(text) <= PHONE, text

    # Nothing can be pressed any more under what is passed.
    for message in thread:
        if re.search(r"\d+ of 10", said(message)):
            assert buttons(message) == [], said(message)

    document = talk.document()
    for words in ("checkout answered with errors", "11 tickets", "the review shows no query plan", "AI-001"):
        assert words in document
    # What a probe answered replaces what it probed; what nobody answered is said to be so.
    assert "someone forgot" not in document
    assert "Not answered" not in document
    lucky = document[document.index("Where we were lucky") :]
    assert "luckily the nightly export had not begun" in lucky
    assert "two people from support were in early" in lucky
    assert document.index("staging has 1 %") > document.index("the review shows no query plan")
    summary = talk.message("is written.")
    assert summary.startswith("*PM-2026-001 is written.* Customers could not pay")
    assert "[Open the document]" in summary


def test_the_beginning_of_the_thread_reads_like_this(talk: Talk) -> None:
    talk.answer("Customers could not pay.", user=TOM)
    assert talk.read() == BEGINNING


BEGINNING = """\
bot: *Postmortem PM-2026-001 · checkout errors*
I read this channel first, then ask about 10 things, one at a time; ten to fifteen minutes. Anyone here may answer, \
in as many messages as it takes; edit or delete one and I follow.
  ▸ Who reads this: the members of this channel. Lines that begin with `//` are ignored and never stored. *Skip* \
passes a question, *Pause* stops me, *Hand over* changes the facilitator, now @maria.
[Pause] [Hand over]
bot: *I read 9 messages*: 1 thread reply, 1 alert, 0 edited, 0 deleted. Window 20 Nov 2026 13:00–15:20 UTC.
  ▸ Nothing else was skipped. Deleted messages can be counted only where Slack still shows their place, and from now \
on.
bot: *What I understand happened*
*12:30 UTC impact began* · first complaints came at 12:30 UTC · @asha ↗
*13:00 UTC detected* · Triggered: checkout 5xx above 5 % · PagerDuty ↗
*13:07 UTC declared* · looking. declaring SEV-2, checkout is failing · @maria ↗
*13:30 UTC* hypothesis · could be the payment provider, their status page is yellow · @maria ↗
*13:45 UTC* finding · provider says all fine on their side, dropping that · @tom ↗
*14:10 UTC cause identified* · found it: release 4312 uses all database connections, the graph confirms it · @tom ↗
*14:12 UTC* change · rolling back 4312 · @maria ↗
*14:30 UTC mitigated* · rolled back 4312, errors are dropping, back to normal · @maria ↗
*15:00 UTC resolved* · resolved, all clear · @maria ↗
*15:20 UTC* impact · payments dashboard: 1,240 failed payments. first complaints came at 12:30 UTC · @asha ↗
  ▸ Detected after 30 min · mitigated after 2 h · resolved after 2 h 30 min.
[Looks right] [Edit timeline] [Add]
bot: These people acted, and may know what the channel does not show: @tom (found the cause) and @asha (heard it \
first).
[Invite them]
bot:   ▸ *1 of 10 · what happened*
In one sentence that a customer would understand: what stopped working, and for whom?
  ▸ builds on @asha, 15:20 UTC: “payments dashboard: 1,240 failed payments. first complaints came at 12:30 UTC” ↗
began 12:30 UTC · resolved 15:00 UTC · lasted 2 h 30 min
tom: Customers could not pay.
bot:   ▸ *2 of 10 · timeline*
One thing I could not see from here: it began 30 min before the first alert. What happened there?
  ▸ builds on @asha, 15:20 UTC: “payments dashboard: 1,240 failed payments. first complaints came at 12:30 UTC” ↗
began 12:30 UTC · detected 13:00 UTC · mitigated 14:30 UTC · resolved 15:00 UTC · also open “whoever found the cause \
joined 45 min after it was noticed” · and “nobody wrote between 13:45 and 14:10 UTC, for 25 min”
[Next] [Skip] […]"""


def test_the_receipt_counts_everything_that_stood_in_the_channel(database: Database) -> None:
    seed = channel_with(
        {"at": "-4h", "user": "tom", "subtype": "channel_join", "text": "<@U0TOM> has joined the channel", "raw": True},
        {"at": "-3h", "bot": {"name": "PagerDuty", "id": "B0PD"}, "attachments": [{"fallback": "5xx above 5 %"}]},
        {"at": "-170m", "bot": {"name": "Grafana", "id": "B0GR"}, "attachments": [{"title": "Latency", "text": "p99"}]},
        {
            "at": "-160m",
            "user": "maria",
            "text": "declaring SEV-2",
            "replies": [
                {"at": "+1m", "user": "tom", "text": "on it"},
                {"at": "+2m", "user": "tom", "text": "rolled back", "broadcast": True},
            ],
        },
        {"at": "-150m", "user": "maria", "text": "errors at 40 %", "edited": {"text": "errors at 4 %"}},
        {
            "at": "-140m",
            "user": "asha",
            "text": "gone",
            "deleted": True,
            "replies": [{"at": "+1m", "user": "tom", "text": "still here"}],
        },
        {"at": "-130m", "user": "asha", "text": "the graph", "files": [{"name": "graph.png", "content": "x"}]},
        {"at": "-120m", "user": "maria", "text": "resolved"},
    )
    with conversation(database, seed) as talk:
        assert talk.message("*I read").splitlines() == [
            "*I read 10 messages*: 3 thread replies, 2 alerts, 1 edited, 1 deleted. "
            "Window 20 Nov 2026 12:40–14:40 UTC.",
            "  ▸ Not read: the contents of 1 file. Counted but not used: 1 join or topic change. Nothing else was "
            "skipped. Deleted messages can be counted only where Slack still shows their place, and from now on.",
        ]


def test_the_progress_of_a_long_reading_becomes_the_receipt(database: Database) -> None:
    talked = [{"at": f"-{3000 + n}s", "user": "tom", "text": f"line {n}"} for n in range(1100)]
    with conversation(database, channel_with(*talked)) as talk:
        assert len(talk.messages("*I read 1,100 messages*")) == 1
        assert not talk.messages("so far")


def test_an_open_question_says_who_was_heard_and_when_the_next_one_comes(talk: Talk) -> None:
    talk.s.later(15)
    talk.s.say("Customers could not pay.", TOM)
    assert "Noted from one person. Next question at 16:42 UTC." in talk.asked()
    talk.s.later(9)
    talk.s.say("and the apps were affected", ASHA)
    assert "Noted from one person. Next question at 16:42 UTC." in talk.asked()
    talk.s.later(1)
    assert "Noted from two people. Next question at 16:42 UTC." in talk.asked()
    assert len(talk.messages("1 of 10")) == 1


def test_every_message_of_the_bot_has_text_for_a_notification(talk: Talk) -> None:
    talk.answer("Customers could not pay.")
    for message in talk.everything_of_the_bot():
        assert message["text"].strip(), json.dumps(message)
