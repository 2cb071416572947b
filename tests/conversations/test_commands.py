"""What does /postmortem answer, and the bot when it is called by its name in the thread?"""

from __future__ import annotations

import json

from tests.conversations.talk import ASHA, MARIA, OUTSIDER, TOM, Talk
from tests.fakes.scene import CHANNEL


def test_status_says_where_it_is_and_what_comes_by_itself(talk: Talk) -> None:
    told = talk.slash("status", TOM)
    assert "PM-2026-001" in told
    assert "facilitated by maria" in told
    assert "Topic 1 of 10" in told
    talk.s.say("Checkout was down.", TOM)
    assert "Next question at 16:42 UTC." in talk.mention("status", ASHA)


def test_only_who_asked_sees_the_answer(talk: Talk) -> None:
    before = talk.ephemerals(ASHA)
    talk.slash("status", TOM)
    talk.mention("status", TOM)
    assert talk.ephemerals(ASHA) == before


def test_pause_and_resume_by_command_and_by_name(talk: Talk) -> None:
    assert "is paused" in talk.slash("pause", TOM)
    assert talk.row().paused
    assert "It is paused already." in talk.mention("pause", ASHA)
    assert "goes on" in talk.mention("resume", ASHA)
    assert not talk.row().paused
    assert "is not paused" in talk.slash("resume", TOM)


def test_a_mention_is_no_answer(talk: Talk) -> None:
    talk.mention("status", TOM)
    assert talk.row().said == ()


def test_a_mention_without_a_known_word_is_an_answer(talk: Talk) -> None:
    talk.mention("was the first to notice, at 13:00", TOM)
    assert len(talk.row().said) == 1


def test_back_by_command(talk: Talk) -> None:
    assert "no question before" in talk.slash("back")
    talk.answer("Checkout was down.")
    assert "once more" in talk.slash("back", TOM)
    assert "*1 of 10 · what happened* · once more" in talk.asked()


def test_handover_by_command(talk: Talk) -> None:
    assert "To whom?" in talk.slash("handover somebody", TOM)
    assert "asha facilitates PM-2026-001 now." in talk.slash("handover @asha", TOM)
    assert talk.row().facilitator == ASHA
    assert "tom facilitates PM-2026-001 now." in talk.mention("handover me", TOM)
    assert "can't take part here" in talk.slash("handover @outsider", TOM)
    assert "can't take part here" in talk.slash("handover @guest", TOM)
    assert "can't take part here" in talk.slash("handover @postmortem", TOM)
    assert talk.row().facilitator == TOM


def test_cancel_asks_first_and_is_the_facilitators_alone(talk: Talk) -> None:
    assert "Only the facilitator can cancel." in talk.slash("cancel", TOM)
    assert "Cancel PM-2026-001?" in talk.slash("cancel")
    ephemeral = next(m for m in talk.s.person().sees(CHANNEL) if m.get("ephemeral") and "Cancel" in m["text"])
    talk.press("cancel_no", message=ephemeral)
    assert talk.row().cancelled_at is None
    assert not any("Cancel" in text for text in talk.ephemerals().values())

    talk.slash("cancel")
    ephemeral = next(m for m in talk.s.person().sees(CHANNEL) if m.get("ephemeral") and "Cancel" in m["text"])
    talk.press("cancel_yes", message=ephemeral)
    talk.s.later(5)
    assert "Cancelled." in talk.message("Postmortem PM-2026-001")
    length = talk.length()
    talk.s.say("too late", TOM)
    talk.s.later(600)
    assert talk.length() == length + 1, "nothing more is asked"


def test_a_cancelled_one_can_be_undone_for_thirty_days_but_not_beside_another(talk: Talk) -> None:
    talk.s.say("Checkout was down.", TOM)
    cancel(talk)
    talk.s.later(86400)
    assert "Opening PM-2026-002" in talk.slash("start", TOM)
    assert "Another postmortem is running in this channel." in talk.press("restore", TOM)
    assert "Another postmortem is running in this channel." in talk.slash("restore", TOM)
    cancel(talk, TOM)
    assert "goes on" not in talk.slash("help")
    talk.s.later(27 * 86400)
    talk.press("restore", ASHA)
    talk.s.later(5)
    assert talk.row().cancelled_at is None
    talk.go_on()
    assert "*2 of 10" in talk.asked()


def test_after_thirty_days_it_stays_cancelled(talk: Talk) -> None:
    cancel(talk)
    talk.s.later(31 * 86400)
    assert "more than 30 days ago" in talk.slash("restore")
    assert talk.row().cancelled_at is not None


def cancel(talk: Talk, user: str = MARIA) -> None:
    talk.slash("cancel", user)
    seen = talk.s.person(user).sees(CHANNEL)
    ephemeral = [m for m in seen if m.get("ephemeral") and "cancel_yes" in json.dumps(m.get("blocks", []))][-1]
    talk.press("cancel_yes", user, ephemeral)
    talk.s.later(5)


def test_actions_lists_the_open_ones_of_the_channel(talk: Talk) -> None:
    assert "AI-" not in talk.slash("actions", TOM)
    talk.until("actions.items")
    talk.answer("alert on checkout errors alone, @tom, 2026-11-27\nquery plan in CI")
    told = talk.slash("actions", ASHA)
    assert "AI-001" in told
    assert "Fri 27 Nov" in told
    assert "AI-002" in told
    for form in ("mine", "own"):
        own = talk.slash(f"actions {form}", TOM)
        assert own.startswith("*Your open actions*")
        assert "AI-001" in own
        assert "AI-002" not in own
    assert talk.slash("actions mine", ASHA) == "No open action is yours."
    assert talk.slash("actions overdue", TOM) == (
        "I can't list the actions of `overdue`. Type `/postmortem actions` for what is open in this channel, or"
        " `actions mine` for what is yours."
    )


def test_export_brings_both_files_to_the_person_alone(talk: Talk) -> None:
    talk.answer("Checkout was <b>down</b>.", user=TOM)
    assert "is in your direct messages" in talk.slash("export", ASHA)
    files = [f for m in talk.direct(ASHA) for f in m.get("files", ())]
    assert sorted(f["name"] for f in files) == ["PM-2026-001.html", "PM-2026-001.md"]
    assert [t for t in talk.told_directly(ASHA) if t] == [
        "You asked for the document of PM-2026-001, checkout errors: here it is as md and html, as it stands now."
        " What changes later is not in it."
    ], "one sentence says what both are"
    content = {f["name"]: talk.s.person(ASHA).file(f["id"]).decode() for f in files}
    assert "Checkout was" in content["PM-2026-001.md"]
    page = content["PM-2026-001.html"]
    assert "Checkout was &lt;b&gt;down&lt;/b&gt;." in page
    assert "<script" not in page
    assert "src=" not in page
    assert "Not answered" in page
    assert [m for m in talk.direct(TOM) if m.get("files")] == []


def test_help_and_what_it_does_not_know(talk: Talk) -> None:
    assert "`/postmortem start [kind] [title]`" in talk.slash("help", TOM)
    assert talk.slash("", TOM) == talk.slash("help", TOM)
    assert "I don't know `dance`." in talk.slash("dance", TOM)


def test_outside_a_postmortem_commands_say_that_none_is_running(talk: Talk) -> None:
    for words in ("status", "pause", "resume", "back", "handover me", "cancel", "actions", "export"):
        told = talk.slash(words, channel="C0OPEN")
        assert "No postmortem is running here." in told, words


def test_a_search_before_anything_is_written_says_so(talk: Talk) -> None:
    said = talk.slash("search redis failover", ASHA)
    assert said == "There are no written postmortems yet, so there is nothing to search."


def test_somebody_outside_the_channel_learns_nothing(talk: Talk) -> None:
    for words in ("status", "pause", "resume", "back", "handover me", "cancel", "actions", "export", "restore"):
        told = talk.slash(words, OUTSIDER)
        assert "Only members of the channel can do that." in told, words
        assert "PM-2026" not in told
        assert "checkout errors" not in told
    assert talk.direct(OUTSIDER) == []


def test_a_stalled_interview_reminds_its_facilitator_twice_and_then_pauses(talk: Talk) -> None:
    """It began on a Friday afternoon: the first working day after it is Monday."""
    talk.s.later(2 * 86400)
    assert talk.told_directly() == []
    talk.s.later(86400)
    assert len(talk.told_directly()) == 1
    assert "has waited for an answer for a working day" in talk.told_directly()[0]
    talk.s.later(86400)
    assert len(talk.told_directly()) == 1
    talk.s.later(86400)
    assert len(talk.told_directly()) == 2
    assert "so I have paused it" in talk.told_directly()[1]
    assert "Paused, because nobody has answered" in talk.message("Postmortem PM-2026-001")
    talk.s.later(30 * 86400)
    assert len(talk.told_directly()) == 2
    assert talk.told_directly(TOM) == []
