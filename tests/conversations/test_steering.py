"""What do the buttons under a question do?"""

from __future__ import annotations

import copy
from typing import Any

from bot.interview.state import Closed, Put
from storage.database import Database
from tests.conversations.talk import ASHA, MARIA, TOM, Talk, buttons, conversation, elements, plainly
from tests.fakes.scene import CHANNEL, said


def old_screen(talk: Talk, message: dict[str, Any]) -> None:
    """Somebody's screen still shows a message as it was."""
    kept = talk.s.slack.workspace.channels[CHANNEL]["messages"][message["ts"]]
    kept["blocks"] = copy.deepcopy(message["blocks"])


def test_next_closes_a_question_and_takes_its_buttons_off(talk: Talk) -> None:
    first = talk.question()
    talk.answer("Customers could not pay.")
    assert talk.asked().startswith("  ▸ *2 of 10 · timeline*")
    passed = next(m for m in talk.s.from_bot() if m["ts"] == first["ts"])
    assert buttons(passed) == []


def test_an_old_button_explains_itself_and_changes_nothing(talk: Talk) -> None:
    first = talk.question()
    talk.answer("Customers could not pay.")
    before, length = talk.row(), talk.length()
    old_screen(talk, first)
    told = talk.press("next", TOM, first)
    assert "passed already; nothing was changed" in told
    assert talk.row() == before
    assert talk.length() == length


def test_skip_says_so_under_the_question(talk: Talk) -> None:
    talk.press("skip")
    talk.s.later(5)
    assert talk.message("1 of 10").endswith("  ▸ Skipped.")
    assert talk.asked().startswith("  ▸ *2 of 10")


def test_dont_know_says_so_and_is_not_probed(talk: Talk) -> None:
    talk.choose("unknown", ASHA)
    talk.s.later(5)
    assert talk.message("1 of 10").endswith("  ▸ Not known.")
    assert talk.row().asked[0].closed is Closed.UNKNOWN


def test_back_puts_the_question_before_once_more_and_then_goes_on(talk: Talk) -> None:
    assert "Back" not in [o["text"]["text"] for e in elements(talk.question()) for o in e.get("options", ())]
    talk.answer("Customers could not pay.")
    talk.choose("back")
    assert talk.asked().startswith("  ▸ *1 of 10 · what happened* · once more")
    talk.answer("Customers could not pay, and search was slow.")
    assert talk.asked().startswith("  ▸ *2 of 10")
    assert sum(a.put is Put.ASK for a in talk.row().asked) == 2


def test_asking_someone_mentions_that_person_once(talk: Talk) -> None:
    talk.choose("someone")
    assert "Who could know?" in str(talk.modal())
    talk.submit(who=ASHA)
    mention = talk.messages("thinks that you may know")
    assert len(mention) == 1
    assert mention[0].startswith("<@U0ASHA>")
    assert "@maria" in mention[0]
    assert mention[0].endswith(talk.asked().splitlines()[1])
    talk.choose("someone", TOM)
    talk.submit(TOM, who=ASHA)
    assert len(talk.messages("thinks that you may know")) == 1
    assert list(talk.ephemerals(TOM).values()) == [
        "That person was asked already; nobody is mentioned twice for one question."
    ]


def test_those_who_acted_are_named_in_plain_text_and_mentioned_once_when_invited(talk: Talk) -> None:
    assert "<@" not in talk.message("These people acted")
    talk.press("invite", MARIA)
    invitation = talk.messages("invites you")
    assert len(invitation) == 1
    assert [user in invitation[0] for user in ("<@U0TOM>", "<@U0ASHA>", "@maria")] == [True, True, True]
    talk.s.later(5)
    assert "Invite them" not in talk.message("These people acted")


def test_the_bot_goes_on_by_itself_after_two_quiet_minutes(talk: Talk) -> None:
    talk.s.later(3600)
    assert talk.asked().startswith("  ▸ *1 of 10"), "without an answer it waits"
    ts = talk.s.say("Customers could not pay.", TOM)
    talk.s.later(119)
    talk.s.say("and the apps were affected", ASHA)
    talk.s.later(119)
    talk.edit(ts, "Customers could not pay by card.", TOM)
    talk.s.later(119)
    assert talk.asked().startswith("  ▸ *1 of 10"), "each message and each edit begins the two minutes anew"
    talk.s.later(1)
    assert talk.asked().startswith("  ▸ *2 of 10")


def test_thanks_is_no_answer_and_starts_no_timer(talk: Talk) -> None:
    talk.s.say("thanks!", TOM)
    talk.s.later(600)
    assert talk.asked().startswith("  ▸ *1 of 10")


def test_wait_stops_the_timer_until_next(talk: Talk) -> None:
    talk.s.later(15)
    talk.s.say("Customers could not pay.", TOM)
    talk.press("wait", ASHA)
    talk.s.later(3600)
    assert "I wait until somebody presses *Next*." in talk.asked()
    talk.press("next", TOM)
    assert talk.asked().startswith("  ▸ *2 of 10")


def test_with_a_quiet_time_of_zero_only_next_goes_on(database: Database) -> None:
    with conversation(database, quiet_seconds=0) as talk:
        talk.s.later(15)
        talk.s.say("Customers could not pay.", TOM)
        talk.s.later(7200)
        assert "Noted from one person. Press *Next* when you are done." in talk.asked()


def test_a_reply_just_after_an_automatic_advance_can_answer_the_previous_question(talk: Talk) -> None:
    talk.s.say("Customers could not pay.", TOM)
    talk.s.later(120)
    talk.s.later(12)
    talk.s.say("and the apps were affected", ASHA)
    assert "[It answers the previous one]" in talk.asked()
    talk.press("previous", ASHA)
    talk.s.later(15)
    assert "[It answers the previous one]" not in talk.asked()
    talk.to_review()
    talk.write()
    document = talk.document()
    summary = document[document.index("## Summary") : document.index("## Impact")]
    assert "and the apps were affected" in summary


def test_pause_stops_everything_and_resume_goes_on(talk: Talk) -> None:
    talk.s.say("Customers could not pay.", TOM)
    talk.choose("pause", ASHA)
    assert "Paused by @asha." in talk.message("Postmortem PM-2026-001")
    talk.s.later(15)
    talk.s.say("and the apps were affected", ASHA)
    talk.s.later(3 * 86400)
    passed = talk.message("1 of 10")
    assert passed.endswith("  ▸ Paused.\n[Resume]")
    assert talk.press("resume", TOM) == ""
    talk.s.later(5)
    assert talk.question()
    talk.go_on()
    assert talk.asked().startswith("  ▸ *2 of 10")
    talk.to_review()
    talk.write()
    assert "and the apps were affected" in talk.document(), "what was said meanwhile was heard"


def test_the_facilitator_can_be_changed_in_a_modal_by_anybody(talk: Talk) -> None:
    talk.press("handover", TOM)
    talk.submit(TOM, who=ASHA)
    assert "now @asha" in talk.message("Postmortem PM-2026-001")
    assert talk.row().facilitator == ASHA


def test_a_chain_of_hows_goes_three_levels_by_itself_and_five_in_all(database: Database) -> None:
    with conversation(database) as talk:
        three_levels_and_five_in_all(talk)


def three_levels_and_five_in_all(talk: Talk) -> None:
    talk.until("causes.how")
    for level, words in enumerate(("the pool ran out of connections", "one release could use them all"), 2):
        talk.answer(words, user=TOM)
        assert f"“{words}”: how did that come to be possible?" in talk.asked()
        assert talk.row().asked[-1].level == level
    for words in ("there is no limit for a release", "limits are set for each host"):
        talk.s.later(15)
        talk.s.say(words, TOM)
        talk.s.later(1)
        talk.press("deeper", TOM)
        assert f"“{words}”: how did that come to be possible?" in talk.asked()
    assert talk.row().asked[-1].level == 5
    talk.s.later(15)
    talk.s.say("hosts came first, releases later", TOM)
    assert "Go deeper" not in talk.asked()
    talk.go_on()
    assert "*5 of 10" in talk.asked()


def test_an_answer_can_be_split_into_causes_and_each_can_be_asked_about(talk: Talk) -> None:
    talk.until("causes.how")
    talk.s.later(15)
    talk.s.say("the pool was small and review shows no query plan", TOM)
    talk.s.later(1)
    talk.press("split", ASHA)
    talk.submit(ASHA, factors__0="the pool was small\nreview shows no query plan")
    talk.go_on()
    assert "“the pool was small”: how did that come to be possible?" in talk.asked()
    talk.s.later(15)
    other = next(e for e in elements(talk.question()) if e["action_id"].startswith("other"))
    assert plainly(other["text"]["text"]) == "Ask about “review shows no query plan”"
    talk.s.say("it was sized for one service", TOM)
    talk.press(other["action_id"], TOM)
    assert "“review shows no query plan”: how did that come to be possible?" in talk.asked()
    talk.answer("plans are only on production", user=TOM)
    talk.to_review()
    talk.write()
    document = talk.document()
    small, plan = document.index("the pool was small"), document.index("review shows no query plan")
    assert small < plan < document.index("it was sized for one service *(below “the pool was small”)*")
    assert "plans are only on production *(below “review shows no query plan”)*" in document


def test_a_person_as_the_cause_is_probed_with_a_how_and_then_accepted(talk: Talk) -> None:
    talk.until("causes.how")
    talk.answer("Tom forgot the index", user=MARIA)
    asked = talk.asked()
    assert "“Tom forgot the index”" in asked
    assert "what made that easy to do" in asked.lower()
    assert "one follow-up; “don't know” is an answer too" in asked
    talk.answer("review shows no query plan", user=TOM)
    assert "“review shows no query plan”: how did that come to be possible?" in talk.asked()


def test_somebody_of_the_channel_in_small_letters_is_no_cause_without_a_how_nor_on_the_checklist(talk: Talk) -> None:
    talk.until("causes.how")
    talk.answer("asha didnt test it properly, simple as that", user=MARIA)
    assert "what made that easy to do" in talk.asked().lower()
    talk.to_review()
    talk.write()
    talk.press("checklist", TOM)
    shown = str(talk.modal(TOM))
    assert "Contributing factors: “asha didnt test” reads as if a person were the cause" in shown


def test_probes_are_four_at_most_and_the_topics_all_come(talk: Talk) -> None:
    seen: list[str] = []
    for _ in range(40):
        if talk.row().current is None:
            break
        seen.append(said(talk.question()).split("*")[1])
        talk.answer("hmm, somebody forgot something", user=TOM)
    asked = talk.row().asked
    assert sum(a.put is Put.PROBE for a in asked) <= 4
    assert sum(a.put is Put.ASK for a in asked) <= 12
    assert len(set(seen)) == 10
    assert seen[-1] == "10 of 10 · what was not asked"


def test_looks_right_is_kept_and_the_timeline_can_be_added_to_and_taken_from(talk: Talk) -> None:
    talk.press("timeline_ok", TOM)
    assert "Looked through by @tom." in talk.message("What I understand happened")
    talk.s.later(5)
    talk.press("timeline_add", ASHA)
    talk.submit(ASHA, text="support hears of it", time="12:45")
    talk.s.later(5)
    assert "*12:45 UTC* note · support hears of it · @asha" in talk.message("What I understand happened")
    talk.press("timeline_edit", MARIA)
    talk.s.person(MARIA).click_view(talk.modal()["id"], "timeline_remove")
    talk.s.settle()
    options = [o for b in talk.modal()["blocks"] for o in b.get("element", {}).get("options", ())]
    key = next(o["value"] for o in options if "provider says" in o["text"]["text"])
    talk.submit(keys__0=[key])
    talk.s.later(5)
    assert "provider says" not in talk.message("What I understand happened")


def test_an_idea_that_is_put_aside_is_read_back_when_ideas_are_asked_for(talk: Talk) -> None:
    talk.until("causes.how")
    talk.answer("we should have had a limit on connections")
    assert "I park “we should have had a limit on connections” as an idea for later." in talk.asked()
    talk.answer("the graph of connections was on nobody's screen")
    talk.until("prevention.ideas")
    assert "builds on @maria" in talk.asked()
    assert "“we should have had a limit on connections”" in talk.asked()


def test_a_doubt_does_not_take_an_answer_out_of_the_document(talk: Talk) -> None:
    talk.answer("1,240 payments failed and we are not sure how many people that were")
    talk.until("causes.how")
    talk.answer("the pool has no limit")
    talk.answer("same as above")
    assert "same as above" not in talk.asked(), "what only points elsewhere is not asked about"
    talk.to_review()
    talk.write()
    report = talk.document()
    assert "1,240 payments failed and we are not sure how many people that were" in report.split("## Impact")[0]
    assert "- same as above" not in report
