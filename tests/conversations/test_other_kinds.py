"""Does a postmortem of another kind begin, get suggested, and take over from one that has begun?"""

from __future__ import annotations

from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, channel_with, conversation

#: A channel about an assistant that made things up.
ASSISTANT = channel_with(
    {"at": "-4h", "user": "asha", "text": "customers complain, the assistant promised refunds that do not exist"},
    {"at": "-230m", "user": "maria", "text": "looks like it is hallucinating since the new system prompt"},
    {"at": "-200m", "user": "tom", "text": "found it: prompt 13 dropped the rule to quote a source"},
    {"at": "-190m", "user": "tom", "text": "rolled back to prompt 12, the guardrail holds again"},
    {"at": "-150m", "user": "maria", "text": "resolved, all clear"},
)  # fmt: skip


def test_a_suggested_kind_takes_over_and_every_answer_reaches_the_document(database: Database) -> None:
    with conversation(database, ASSISTANT) as talk:
        assert "This reads like the kind `llm`: `/postmortem kind llm`" in talk.message("*I read")
        talk.answer("The assistant promised refunds to customers.", user=TOM)
        assert "Type `/postmortem kind` with one of: llm, ml," in talk.slash("kind")
        assert talk.slash("kind volcano").startswith("There is no kind `volcano`. Type `/postmortem kind`")
        assert "It is of that kind already" in talk.slash("kind service", TOM)
        assert "guests can't take part" in talk.slash("kind llm", "U0GUEST")

        told = talk.mention("kind llm", ASHA)
        assert told == "PM-2026-001 goes on as a postmortem of the kind “LLM incident”. Every answer is kept."
        assert "This reads like" not in talk.message("*I read")
        talk.until("change.what")
        assert "*3 of 10 · what changed*" in talk.asked()
        talk.answer("prompt 12 became prompt 13, see https://traces.example/77", user=TOM)

        # Nobody wrote how severe it was: it is asked with the impact, and the levels stand beside the question.
        assert "Name the severity too" in talk.asked()
        assert "SEV-3: a nuisance for a few" in talk.asked()
        talk.answer("forty customers for half an hour, I'd say sev2", user=ASHA)
        while talk.row().current is not None:
            talk.answer("forty answers went out; add a refund case to the evals", user=MARIA)
        assert "its kind stays" in talk.slash("kind quick")
        talk.write()
        document = talk.document()
        assert "| Severity | SEV-2: a part did not work" in document
        for words in ("promised refunds to customers", "prompt 12 became prompt 13", "What the evaluations lacked"):
            assert words in document
        assert len(talk.s.from_bot()) <= 25, talk.read()


def test_a_yes_to_the_versions_of_the_channel_counts_and_only_what_is_missing_is_asked_for(database: Database) -> None:
    seed = channel_with(
        {"at": "-5h", "user": "tom", "text": "deployed prompt v30 of the support assistant"},
        {"at": "-4h", "user": "asha", "text": "customers complain, the assistant promised refunds that do not exist"},
        {"at": "-200m", "user": "tom", "text": "found it: prompt v30 dropped the rule to quote a source"},
        {"at": "-190m", "user": "tom", "text": "rolled back to prompt v29"},
        {"at": "-150m", "user": "maria", "text": "resolved, complaints are back to 0.4 %, all clear"},
    )  # fmt: skip
    with conversation(database, seed, start=False) as talk:
        talk.start("/postmortem start llm")
        talk.until("change.what")
        assert "From the channel I have prompt v29 before, prompt v30 after: is that right" in talk.asked()
        talk.answer("yes", user=TOM)
        assert "Which traces show “prompt v29 before, prompt v30 after” best?" in talk.asked()
        talk.answer("https://traces.example/77", user=TOM)
        assert "which version ran before" not in talk.read()
        talk.to_review()
        talk.write()
        changed = talk.document().partition("## What changed")[2].partition("\n## ")[0]
        assert changed.count("confirmed when asked") == 2, "the version before, and the one after"
        assert "yes" not in changed.replace("yesterday", "")
        assert "to be confirmed" not in changed
        assert "version before" not in changed.partition("Not answered")[2]


def test_a_small_incident_is_started_by_its_kind_and_title(database: Database) -> None:
    with conversation(database, start=False) as talk:
        talk.start("/postmortem start quick Checkout slow again")
        assert "I read this channel first, then ask about 5 things, one at a time; five to ten minutes." in talk.read()
        for words in ("Checkout was slow for some", "a call", "no cache\nno alert", "alert on p99, @tom, 2026-11-27"):
            talk.answer(words)
        talk.answer("nothing")
        assert talk.row().current is None
        talk.write()
        assert "Checkout slow again" in talk.message("Postmortem PM-2026-001") + talk.read()
        assert "## What we do about it" in talk.document()


def test_the_title_counts_where_a_kind_is_suggested(database: Database) -> None:
    quiet = channel_with(
        {"at": "2026-11-20T14:08:00Z", "user": "asha", "text": "I nearly deleted the production dns zone"},
        {"at": "2026-11-20T14:12:00Z", "user": "tom", "text": "the plan said 1 to destroy and nobody reads that line"},
    )
    with conversation(database, quiet, start=False) as talk:
        talk.start("/postmortem start Near miss with the DNS zone")
        assert "This reads like the kind `near-miss`" in talk.message("I read")
