"""An error can be shown to a person as it stands."""

from __future__ import annotations

from pathlib import Path

from bot.errors import BadCase, DatabaseFault, PostmortemError, ScriptFault, SlackRefused, SlackUnavailable


def test_an_error_is_the_sentence_that_a_person_reads() -> None:
    assert str(SlackRefused("not_in_channel", "conversations.history")) == (
        "Slack refused conversations.history: not_in_channel"
    )
    assert str(BadCase(path=Path("a.json"), why="it is empty.")) == "a.json cannot be read as a case: it is empty."
    assert str(DatabaseFault("away")) == "The database cannot be used: away"
    assert str(PostmortemError()) == "Something went wrong in the postmortem bot."


def test_every_fault_has_its_line() -> None:
    assert str(ScriptFault("service.toml", ("one", "two"))) == (
        "The script service.toml cannot be used:\n  - one\n  - two"
    )


def test_what_an_error_says_may_hold_braces() -> None:
    assert str(SlackUnavailable("{reason} {0}")) == "Slack cannot be reached just now: {reason} {0}"


def test_how_long_to_wait_is_known_only_when_slack_said_so() -> None:
    assert SlackUnavailable("busy", retry_after=30).retry_after == 30
    assert SlackUnavailable("away").retry_after is None


def test_every_error_is_found_by_the_root_of_the_tree() -> None:
    kinds = PostmortemError.__subclasses__()
    assert len(kinds) >= 6
    assert all(kind.__doc__ for kind in kinds)
