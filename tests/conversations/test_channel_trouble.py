"""What happens when the channel is archived or the bot is removed, and when it comes back?"""

from __future__ import annotations

from structlog.testing import capture_logs

from bot.sandbox.people import call
from tests.conversations.talk import MARIA, TOM, Talk
from tests.fakes.scene import CHANNEL


def archive(talk: Talk, archived: bool) -> None:
    talk.s.person().do("archive", channel=CHANNEL, archived=archived)
    talk.s.settle()


def test_an_archived_channel_is_told_to_the_facilitator_and_the_interview_goes_on_when_it_is_back(talk: Talk) -> None:
    talk.s.say("Customers could not pay.", TOM)
    archive(talk, True)
    assert len(talk.told_directly()) == 1
    assert "because it was archived" in talk.told_directly()[0]
    talk.s.later(3 * 3600)
    assert len(talk.told_directly()) == 1, "said once"
    assert [s.text for s in talk.row().said] == ["Customers could not pay."]
    archive(talk, False)
    talk.s.later(5)
    talk.s.later(120)
    assert "*2 of 10" in talk.asked()


def test_commands_in_an_archived_channel_are_answered_where_it_can_be(talk: Talk) -> None:
    archive(talk, True)
    told = talk.slash("status", TOM)
    assert "can't be written to" in told or any("can't be written to" in t for t in talk.told_directly(TOM))


def test_a_removed_bot_says_so_directly_and_goes_on_when_it_is_invited_again(talk: Talk) -> None:
    talk.s.say("Customers could not pay.", TOM)
    talk.s.person().do("kick", channel=CHANNEL, user=talk.s.bot_user)
    talk.s.settle()
    assert len(talk.told_directly()) == 1
    assert "I am no longer in the channel" in talk.told_directly()[0]
    talk.s.person(TOM).say(CHANNEL, "said while the bot was away", talk.s.thread_ts)
    talk.s.later(600)
    talk.s.person().do("invite", channel=CHANNEL, user=talk.s.bot_user)
    talk.s.settle()
    talk.s.later(15)
    assert [s.text for s in talk.row().said] == ["Customers could not pay.", "said while the bot was away"]
    talk.s.later(120)
    assert "*2 of 10" in talk.asked()
    assert len(talk.told_directly()) == 1


def test_it_is_noticed_without_an_event_too(talk: Talk) -> None:
    """The bot was away when the channel was archived: the next thing that it wants to say is refused."""
    channel = talk.s.slack.workspace.channels[CHANNEL]
    talk.s.say("Customers could not pay.", TOM)
    channel["is_archived"] = True
    talk.s.later(120)
    assert any("because it was archived" in text for text in talk.told_directly())
    channel["is_archived"] = False
    talk.s.later(3600)
    talk.s.later(5)
    assert "*2 of 10" in talk.asked()


def test_somebody_who_leaves_the_channel_may_steer_no_more(talk: Talk) -> None:
    talk.slash("pause", TOM)
    talk.s.person(MARIA).do("kick", channel=CHANNEL, user=TOM)
    talk.s.settle()
    assert "Only members of the channel can do that." in talk.slash("resume", TOM)
    assert talk.row().paused


def test_a_deleted_message_of_the_bots_is_not_posted_again(talk: Talk) -> None:
    asked = talk.question()
    workspace = talk.s.slack.workspace
    from bot.sandbox.messages import delete

    delete(workspace, workspace.channels[CHANNEL], asked["ts"])
    talk.s.settle()
    talk.s.say("Customers could not pay.", TOM)
    talk.s.later(120)
    assert "*2 of 10" in talk.asked()
    assert talk.messages("1 of 10") == []


def test_a_token_that_is_taken_away_stops_everything_once_and_everything_goes_on_when_it_works(talk: Talk) -> None:
    talk.s.say("Customers could not pay.", TOM)
    with capture_logs() as logs:
        call(talk.s.slack.url, "POST", "uninstall", {})
        talk.s.settle()
        assert talk.row().unreachable == "revoked"
        before = len(talk.s.slack.calls.log)
        talk.s.later(1800)
        for _ in range(5):
            talk.s.later(3)
    assert len(talk.s.slack.calls.log) - before <= 2, "nothing is tried in a circle"
    assert talk.row().running
    assert [e["event"] for e in logs if e["log_level"] == "error"] == ["slack.token_gone"], "said once, to who runs it"

    call(talk.s.slack.url, "POST", "install", {})
    talk.s.later(3601)
    assert talk.row().unreachable == ""
    talk.s.later(120)
    assert "*2 of 10" in talk.asked()
    assert len(talk.messages("1 of 10")) == 1
    assert talk.told_directly() == []
