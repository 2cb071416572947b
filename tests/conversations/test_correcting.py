"""People correct the timeline: what they say of an entry counts, in the thread, the facts and the document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.timeline.values import Entry, Kind, Precision
from storage.database import Database
from tests.conversations.talk import (
    ASHA,
    GUEST,
    MARIA,
    OUTSIDER,
    TOM,
    Talk,
    channel_with,
    conversation,
    elements,
    plainly,
)
from tests.fakes.scene import NOW

CARD = "What I understand happened"
ORDERS = channel_with(
    {"at": "2026-11-20T14:08:00Z", "user": "asha", "text": "orders API returns 502 since 14:05 UTC"},
    {"at": "2026-11-20T14:31:00Z", "user": "tom", "text": "rolled back, 502s are gone"},
    {"at": "2026-11-20T14:50:00Z", "user": "maria", "text": "all clear, incident resolved. outage lasted 3 hours"},
)
LASTED = "“outage lasted 3 hours”: but the record has 2026-11-20 14:05 to 14:31 UTC, 26 min."


def list_open(talk: Talk, user: str = MARIA) -> str:
    """The list of entries as its reader sees it."""
    view = talk.modal(user)
    assert view["callback_id"] == "edit_timeline"
    return plainly("\n".join(b["text"]["text"] for b in view["blocks"] if b["type"] == "section"))


def open_entry(talk: Talk, words: str, user: str = MARIA) -> dict[str, Any]:
    """Presses the button beside the entry with these words."""
    view = talk.modal(user)
    line = next(b for b in view["blocks"] if b["type"] == "section" and words in b["text"]["text"])
    talk.s.person(user).click_view(view["id"], line["accessory"]["action_id"])
    talk.s.settle()
    return talk.modal(user)


def close(talk: Talk, user: str = MARIA) -> None:
    while (view := talk.s.person(user).view()) is not None:
        talk.s.person(user).close(view["id"])


def test_an_answer_puts_a_moment_right_and_says_by_whose_clock_it_was_read(talk: Talk) -> None:
    before = talk.message(CARD)
    assert "12:30 UTC impact began*" in before
    talk.until("impact.customers")
    ts = talk.s.say("no, it began at 17:50, not 12:30", ASHA)
    talk.s.later(15)
    read_as = "Read as 17:50 in @asha's zone, Asia/Kolkata: it began 12:20 UTC."
    assert read_as in talk.asked()
    line = "*12:20 UTC impact began* · it began at 17:50, not 12:30 · @asha"
    assert f"{line} · read as 17:50 in @asha's zone, Asia/Kolkata" in talk.message(CARD)
    assert "*12:30 UTC* impact" in talk.message(CARD), "what the record took for it is an ordinary line now"
    assert "Detected after 40 min" in talk.message(CARD)
    talk.press("timeline_edit", TOM)
    answered = "it began at 17:50, not 12:30\ntold in an answer; edit the answer to change it"
    assert answered in list_open(talk, TOM).replace("_", ""), "the list has every line that the card has"
    close(talk, TOM)
    talk.go_on()
    assert sum(read_as in message for message in talk.messages("Read as")) == 1, "it is said where it was answered"
    talk.to_review()
    talk.write()
    assert "20 Nov 2026, 12:20 UTC (17:50 in Asia/Kolkata, its writer's zone)" in talk.document()
    assert "| 12:20 | **Impact began**: it began at 17:50, not 12:30 |" in talk.document()
    assert talk.document().count("it began at 17:50") == 1, "when it began is no impact, whatever was asked"
    talk.delete(ts, ASHA)
    talk.s.later(15)
    assert talk.message(CARD) == before
    assert talk.messages("Read as") == []


def test_what_does_not_fit_together_is_told_until_somebody_settles_it(database: Database) -> None:
    seed = channel_with(
        {"at": "2026-11-20T12:41:00Z", "bot": {"name": "deploybot", "id": "B0D"}, "text": "deployed release 4312"},
        {"at": "2026-11-20T13:00:00Z", "bot": {"name": "PagerDuty", "id": "B0P"}, "text": "Triggered: checkout down"},
        {"at": "2026-11-20T13:05:00Z", "user": "maria", "text": "declaring SEV-2. first errors came at 12:10 UTC"},
        {"at": "2026-11-20T14:10:00Z", "user": "tom", "text": "found it: release 4312 holds every connection"},
        {"at": "2026-11-20T14:30:00Z", "user": "maria", "text": "rolled back 4312, errors are gone, back to normal"},
        {"at": "2026-11-20T15:00:00Z", "user": "maria", "text": "resolved, all clear"},
        {"at": "2026-11-20T15:20:00Z", "user": "asha", "text": "support has 380 customers who could not pay"},
    )
    before_its_cause = "taken for the cause: “deployed release 4312” at 12:41."
    counts = "“support has 380 customers who could not pay” in the channel, but “412 customers” in an answer."
    with conversation(database, seed) as talk:
        assert before_its_cause in talk.message(CARD)
        talk.until("impact.customers")
        talk.answer("412 customers", user=TOM)
        talk.s.later(15)
        assert counts in talk.message(CARD)
        assert "“412, not 380” settles a count" in talk.message(CARD)
        talk.s.say("it was 412, not 380, and it began 12:44 UTC, not 12:10", ASHA)
        talk.s.later(15)
        assert "Does not fit together" not in talk.message(CARD)
        assert "Put right: it began 12:44 UTC." in talk.asked()


def test_what_people_say_of_an_entry_counts_at_once_and_what_is_known_follows(talk: Talk) -> None:
    assert "resolved after" in talk.message(CARD).lower()
    talk.press("timeline_edit", TOM)
    assert "*15:00 · resolved* · resolved, all clear" in list_open(talk, TOM)
    # Another moment was the end; the one that the record took for it is an ordinary recovery now.
    open_entry(talk, "rolled back 4312", TOM)
    talk.submit(TOM, kind="resolved", time="14:25")
    assert "*14:25 · resolved* · rolled back 4312" in list_open(talk, TOM)
    assert "changed by @tom" in list_open(talk, TOM)
    assert "15:00 · recovery · resolved, all clear" in list_open(talk, TOM)
    resolved = talk.row().fact("resolved")
    assert resolved is not None
    assert f"{resolved.at:%H:%M}" == "14:25"
    # One is taken off, two tell the same, and one is written in other words; each form returns to the list.
    open_entry(talk, "provider says all fine", TOM)
    talk.submit(TOM, off=["off"])
    assert "~" in list_open(talk, TOM).splitlines()[-2]
    menu = next(b for b in open_entry(talk, "could be the payment provider", TOM)["blocks"] if b["block_id"] == "same")
    other = next(o["value"] for o in menu["element"]["options"] if "declaring SEV-2" in o["text"]["text"])
    talk.submit(TOM, same=other, text="We declared, and suspected the provider")
    talk.s.later(5)
    card = talk.message(CARD)
    assert "declared* · We declared, and suspected the provider · @maria" in card, "credit stays the author's"
    assert "provider says" not in card
    assert "resolved, all clear" in card
    assert "*14:25 UTC resolved* · rolled back" in card
    # Who did what can be read, and put back.
    talk.press("timeline_edit", ASHA)
    form = open_entry(talk, "provider says all fine", ASHA)
    assert "Taken off by @tom, 20 Nov 2026 16:40 UTC." in plainly(str(form["blocks"]))
    talk.submit(ASHA)
    assert "~" not in next(line for line in list_open(talk, ASHA).splitlines() if "provider says" in line)
    close(talk, ASHA)
    talk.s.later(5)
    assert "provider says" in talk.message(CARD)


def test_an_open_question_follows_what_is_put_right_until_somebody_answers_it(talk: Talk) -> None:
    talk.until("timeline.unseen")
    assert "it began 30 min before the first alert. What happened there?" in talk.asked()
    talk.press("timeline_edit", TOM)
    open_entry(talk, "first complaints", TOM)
    talk.submit(TOM, time="12:48")
    talk.s.later(5)
    assert "before the first alert" not in talk.asked()
    assert "whoever found the cause joined 45 min after it was noticed. What happened" in talk.asked()
    assert "began 12:48 UTC" in talk.asked()
    assert "provider says all fine" in talk.asked(), "with the words that it builds on"
    talk.s.say("nobody knew whom to call", ASHA)
    open_entry(talk, "provider says all fine", TOM)
    talk.submit(TOM, off=["off"])
    close(talk, TOM)
    talk.s.later(15)
    assert "joined 45 min after it was noticed" in talk.asked(), "what was answered stays as it was asked"


def test_a_stated_length_that_the_record_does_not_give_is_told_with_both_sides_until_one_is_put_right(
    database: Database,
) -> None:
    with conversation(database, ORDERS) as talk:
        assert LASTED in talk.message(CARD)
        talk.press("timeline_edit", TOM)
        open_entry(talk, "impact began", TOM)
        talk.submit(TOM, time="11:31")
        talk.s.later(5)
        assert "Does not fit" not in talk.message(CARD), "three hours it is"
        close(talk, TOM)
        talk.to_review()
        talk.write()
        assert "rolled back, 502s are gone" in talk.document()
        assert "does not fit together" not in talk.document()


def test_what_does_not_fit_together_is_in_the_document_with_both_sides(database: Database) -> None:
    with conversation(database, ORDERS) as talk:
        talk.to_review()
        talk.write()
        section = talk.document().split("## Timeline")[1].split("\n## ")[0]
        assert "Where the record does not fit together" in section
        assert LASTED in section


def test_a_form_that_somebody_overtook_says_so_and_changes_nothing(talk: Talk) -> None:
    for user in (TOM, ASHA):
        talk.press("timeline_edit", user)
        open_entry(talk, "resolved, all clear", user)
    talk.submit(TOM, time="14:40")
    answer = talk.submit(ASHA, time="14:50")
    assert "changed meanwhile" in answer["errors"]["text"]
    assert answer["response_action"] == "errors"
    close(talk, ASHA)
    talk.s.later(5)
    assert "*14:40 UTC resolved*" in talk.message(CARD)
    # Whoever may not take part sees nothing of it.
    for user, told in ((GUEST, "guests can't take part"), (OUTSIDER, "Only members of the channel")):
        before = talk.row()
        assert told in talk.slash("timeline", user) + talk.press("timeline_edit", user)
        assert talk.s.person(user).view() is None
        assert talk.row() == before


def test_a_long_timeline_goes_by_page_and_a_form_returns_to_its_page(database: Database) -> None:
    with conversation(database) as talk:
        with database.writing() as unit:
            for n in range(45):
                at = NOW - timedelta(minutes=n)
                unit.entries.add(
                    1, Entry(f"k{n}", at, Precision.EXACT, None, Kind.NOTE, f"step {n}.", None, TOM, ""), TOM, NOW
                )
        talk.press("timeline_edit", TOM)
        assert "step 0." not in list_open(talk, TOM)
        talk.s.person(TOM).click_view(talk.modal(TOM)["id"], "timeline_page.1")
        talk.s.settle()
        open_entry(talk, "step 0.", TOM)
        talk.submit(TOM, text="the last step")
        assert "Page 2 of 2" in str(talk.modal(TOM)["blocks"][0])
        assert "the last step" in list_open(talk, TOM)


def test_a_correction_after_the_document_is_in_the_document_ten_minutes_later(database: Database) -> None:
    with conversation(database) as talk:
        talk.to_review()
        talk.write()
        assert "Edit timeline" in [e["text"]["text"] for e in elements(talk.s.with_button("change"))]
        assert "resolved, all clear" in talk.document()
        assert talk.slash("timeline", ASHA) == "", "it opens at once"
        open_entry(talk, "found it: release 4312", ASHA)
        talk.submit(ASHA, text="Release 4312 takes all connections", sure="about", time="14:07")
        close(talk, ASHA)
        assert "Release 4312 takes all connections" not in talk.document()
        talk.s.later(601)
        assert "about 14:07" in talk.document()
        assert "Release 4312 takes all connections" in talk.document()
        assert "found it: release 4312" not in talk.document().split("## Timeline")[1].split("##")[0]
        assert "asha corrected 1 entry." in talk.document()
        talk.slash("timeline", ASHA)
        open_entry(talk, "resolved, all clear", ASHA)
        talk.submit(ASHA, off=["off"])
        close(talk, ASHA)
        talk.s.later(601)
        assert "asha corrected 2 entries (1 taken off)." in talk.document()
        # Where a command opens nothing, a button does.
        told = talk.mention("timeline", TOM)
        assert "[Edit timeline]" in told
