"""Messages are put on the timeline from their menu, or with a reaction; credit is their author's."""

from __future__ import annotations

from storage.database import Database
from tests.conversations.talk import ASHA, GUEST, MARIA, OUTSIDER, TOM, Talk, conversation
from tests.fakes.scene import CHANNEL

CARD = "What I understand happened"


def test_a_pin_puts_a_message_on_the_timeline_and_the_pin_taken_off_takes_it_back(talk: Talk) -> None:
    said = talk.s.person(TOM).say(CHANNEL, "the vendor rings back at five")
    assert "It is on the timeline of PM-2026-001 now." in pin(talk, said, ASHA)
    assert "16:40 UTC* note · the vendor rings back at five · @tom" in card(talk)
    assert pin(talk, said, ASHA, remove=True) == ""
    assert "the vendor rings" not in card(talk)
    # Of what was on the timeline before it was pinned, nothing goes.
    resolved = next(m["ts"] for m in talk.s.person(MARIA).sees(CHANNEL) if "all clear" in m.get("text", ""))
    assert pin(talk, resolved, MARIA) == pin(talk, resolved, MARIA, remove=True) == ""
    assert "resolved, all clear" in card(talk)


def pin(talk: Talk, ts: str, user: str, *, remove: bool = False) -> str:
    """Pins a message, or takes the pin off; what that person is told."""
    before = talk.ephemerals(user)
    talk.s.person(user).pin(CHANNEL, ts, remove=remove)
    talk.s.settle()
    return "\n".join(text for key, text in talk.ephemerals(user).items() if key not in before)


def card(talk: Talk) -> str:
    talk.s.later(5)
    return talk.message(CARD)


def test_a_message_goes_on_the_timeline_from_its_menu_once_and_as_its_authors(talk: Talk) -> None:
    said = talk.s.person(TOM).say(CHANNEL, "the vendor phoned back, nothing on their side")
    assert talk.slash("status", MARIA)
    assert "It is on the timeline of PM-2026-001 now." in talk.shortcut(said, ASHA)
    assert "16:40 UTC* note · the vendor phoned back, nothing on their side · @tom" in card(talk)
    assert "on the timeline of PM-2026-001 already" in talk.shortcut(said, MARIA)
    assert card(talk).count("the vendor phoned back") == 1
    # A reply in the thread of the interview can be marked too; the bot's own messages say nothing of the incident.
    reply = talk.s.say("we had a second look at 14:20", TOM)
    assert "It is on the timeline" in talk.shortcut(reply, TOM)
    talk.edit(reply, "we had a second look at 14:25", TOM)
    talk.edit(said, "the vendor phoned back: nothing", TOM)
    assert "we had a second look at 14:25 · @tom" in card(talk)
    assert "the vendor phoned back: nothing · @tom" in card(talk)
    assert "no words for a timeline" in talk.shortcut(str(talk.question()["ts"]), TOM)
    # Who may not see it cannot add to it, and where nothing runs there is nothing to add to.
    for user, told in ((GUEST, "guests can't take part"), (OUTSIDER, "Only members of the channel")):
        before = talk.row()
        assert told in talk.shortcut(said, user)
        assert talk.row() == before
    other = talk.s.person(MARIA).say("C0OPEN", "hello")
    assert "There is no postmortem here yet." in talk.shortcut(other, MARIA, "C0OPEN")
    # What is deleted leaves the timeline as anything else does.
    talk.delete(said, TOM)
    assert "vendor" not in card(talk)


def test_a_reaction_marks_a_message_and_the_last_one_taken_back_unmarks_it(database: Database) -> None:
    with conversation(database) as talk:
        said = talk.s.person(TOM).say(CHANNEL, "the queue was purged by hand")
        assert talk.react(said, ASHA, name="eyes") == ""
        assert talk.react(said, GUEST) == ""
        assert "the queue was purged" not in card(talk), "only the chosen reaction of a member counts"
        talk.react(said, GUEST, remove=True)
        assert "It is on the timeline of PM-2026-001 now." in talk.react(said, ASHA)
        assert talk.react(said, MARIA) == "", "it stands there already"
        assert "the queue was purged by hand · @tom" in card(talk)
        talk.react(said, ASHA, remove=True)
        assert "the queue was purged" in card(talk), "one reaction is left"
        talk.react(said, MARIA, remove=True)
        assert "the queue was purged" not in card(talk)
        # What the record shows anyway stays, whoever takes a mark off.
        resolved = next(m["ts"] for m in talk.s.person(MARIA).sees(CHANNEL) if "all clear" in m.get("text", ""))
        assert talk.react(resolved, ASHA) == ""
        talk.react(resolved, ASHA, remove=True)
        assert "resolved, all clear" in card(talk)
        # After the document is out it still counts.
        talk.to_review()
        talk.write()
        talk.react(said, TOM)
        talk.s.later(601)
        assert "the queue was purged by hand" in talk.document()


def test_what_was_marked_before_the_postmortem_is_an_entry_and_a_team_may_choose_another_mark(
    database: Database,
) -> None:
    with conversation(database, start=False, timeline_reaction="round_pushpin") as talk:
        said = talk.s.person(ASHA).say(CHANNEL, "lunch?")
        other = talk.s.person(ASHA).say(CHANNEL, "brb")
        talk.s.person(TOM).react(CHANNEL, said, "round_pushpin")
        talk.s.person(TOM).react(CHANNEL, other, "pushpin")
        talk.start()
        assert "lunch? · @asha" in talk.message(CARD)
        assert "brb" not in talk.message(CARD)
        talk.react(said, TOM, name="round_pushpin", remove=True)
        assert "lunch?" not in card(talk)
