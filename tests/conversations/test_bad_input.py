"""What does odd, hostile or secret input do? It is shown as text, or masked, or refused, and nothing else."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

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
    where_sent,
    where_stored,
)  # fmt: skip
from tests.fakes.scene import CHANNEL, SMALL

#: What Slack would act upon in mrkdwn text: mentions of people, of groups, of everybody.
PINGS = re.compile(r"<!(?!date\^)|<@|<!subteam")
HOSTILE = (
    "<!channel>", "<!here> look", "<!subteam^S0DB|@db>", "<@U0ASHA> did it", "*bold* _it_ ~no~ `code` > quote",
    "<script>alert(1)</script><img src=x onerror=alert(1)>", "{{ 7 * 7 }} {% for x in y %}",
    "'; DROP TABLE postmortems; --",
    "[click](javascript:alert(1)) <https://evil.example|safe>", "| a | b |\n| --- | --- |", "&lt;!channel&gt; &amp;",
)  # fmt: skip
ODD = (
    "😀🎉", "مرحبا بالعالم، توقف الدفع", "zero\u200bwidth\u200djoined\ufeff", "\u202eright to left override",
    "nul\x00byte",
    "a\u0301\u0301\u0301 combining", "👩‍👩‍👧‍👦 family",
)  # fmt: skip
#: Made up; none of these opens anything.
SECRETS = (
    "xoxb-" + "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
    "AKIA" + "IOSFODNN7EXAMPLX",
    "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
    "hunter2-correct-horse",
)


def texts(value: Any, kind: str = "") -> Iterator[str]:
    """Every text of a message in which Slack reads mentions."""
    match value:
        case Mapping():
            if value.get("type") == "plain_text":
                return
            for key, each in value.items():
                if key == "text" and isinstance(each, str):
                    yield each
                elif key != "metadata":
                    yield from texts(each, key)
        case list():
            for each in value:
                yield from texts(each, kind)


def pings(talk: Talk) -> list[str]:
    """What of the bot's would call somebody, beside the mentions that somebody asked for."""
    own = [m for m in talk.everything_of_the_bot() if m.get("subtype") not in ("channel_join", "group_join")]
    return [text for m in own for text in texts(m) if PINGS.search(text) and "invites you" not in text]


def said_raw(talk: Talk, text: str, user: str = TOM) -> str:
    ts = talk.s.person(user).say(CHANNEL, text, talk.s.thread_ts, raw=True)
    talk.s.settle()
    return ts


def to_the_end(talk: Talk) -> str:
    talk.to_review()
    talk.write()
    return talk.document()


def test_hostile_text_is_shown_as_text_everywhere_and_pings_nobody(database: Database) -> None:
    hostile = {**SMALL["users"][1], "name": "tom", "real_name": "<!channel> *Tom* {{ 7*7 }}"}
    people = [hostile if u["id"] == TOM else u for u in SMALL["users"]]
    messages = [
        *SMALL["messages"]["inc-checkout-errors"],
        *({"at": f"-{60 - n}m", "user": "tom", "text": f"found it: {t}", "raw": True} for n, t in enumerate(HOSTILE)),
    ]
    seed = {**SMALL, "users": people, "messages": {"inc-checkout-errors": messages}}
    with conversation(database, seed, start=False) as talk:
        talk.start("/postmortem start <!channel> is *down* {{ 7*7 }} <script>")
        for text in HOSTILE:
            if talk.row().current is None:
                break
            said_raw(talk, text)
            talk.go_on()
            talk.s.later(5)
        if talk.row().current is not None:
            talk.to_review()
        talk.slash("status")
        talk.slash("actions")
        talk.slash("handover <!channel>")
        talk.slash("start <!channel>")
        talk.slash("<!channel>")
        document = to_the_end(talk)
        talk.slash("export")
        assert pings(talk) == []
        assert "49" not in talk.message("is written.")
        assert "<!channel>" not in document
        files = {f["name"]: f["id"] for m in talk.direct() for f in m.get("files", ())}
        page = talk.s.person().file(files["PM-2026-001.html"]).decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{ 7 * 7 }}" in page or "{{ 7*7 }}" in page
        assert 'href="javascript' not in page
        assert talk.row().number == "PM-2026-001", "the tables are still there"


@pytest.mark.parametrize("place", ["answer", "action"])
def test_odd_characters_are_kept_whole(talk: Talk, place: str) -> None:
    if place == "action":
        talk.until("actions.items")
    for text in ODD:
        said_raw(talk, text)
    talk.go_on()
    # A NUL is nothing that anybody could see, and PostgreSQL has no place for it.
    assert [s.text for s in talk.row().said] == [text.replace("\x00", "") for text in ODD]
    document = to_the_end(talk)
    for text in ("مرحبا بالعالم، توقف الدفع", "right to left override", "nulbyte", "👩\u200d👩\u200d👧\u200d👦 family"):
        assert text in document
    if place == "answer":
        assert "😀🎉" not in document, "an answer of nothing but emoji is kept, and is nothing to print"


def test_an_answer_of_forty_thousand_characters_is_kept_whole(talk: Talk) -> None:
    long = "begin " + " ".join(f"word{n}" for n in range(4300))
    long = long[:39_990].rsplit(" ", 1)[0] + " end."
    said_raw(talk, long)
    talk.go_on()
    assert talk.row().said[0].text == long
    document = to_the_end(talk)
    assert all(f"word{n} " in document for n in range(0, 4000, 7))
    assert "end." in document
    assert talk.message("is written.")


def test_a_secret_is_masked_before_it_is_stored_logged_or_shown(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    token, key, pat, password = SECRETS
    seed = channel_with(
        {"at": "-3h", "user": "tom", "text": f"declaring SEV-2, token {token} leaked", "replies": [
            {"at": "+1m", "user": "maria", "text": f"password={password}"}]},
        {"at": "-2h", "bot": {"name": "CI", "id": "B0CI"}, "attachments": [{"title": "deploy", "text": f"key {key}"}]},
        {"at": "-1h", "user": "tom", "text": "resolved"},
    )  # fmt: skip
    with conversation(database, seed, start=False) as talk:
        talk.start(f"/postmortem start token {token} leaked")
        ts = talk.answer(f"somebody pasted {token} and password={password}", user=TOM)
        talk.edit(ts, f"somebody pasted {pat}, again", TOM)
        talk.until("actions.items")
        talk.answer(f"rotate {key}, @tom, 2026-11-27", user=TOM)
        talk.press("items_fill")
        talk.submit(**{"AI-001.measure": f"{pat} opens nothing"})
        talk.slash(f"start {token}")
        talk.slash(f"{token}")
        talk.press("timeline_add")
        talk.submit(text=f"found {token}")
        to_the_end(talk)
        talk.s.later(601)
        for secret in SECRETS:
            assert where_stored(database, secret) == set()
            assert where_sent(talk, secret) == []
    logged = capfd.readouterr()
    assert not [s for s in SECRETS if s in logged.out + logged.err]


def test_a_guest_and_somebody_of_another_workspace_are_refused_in_the_thread(database: Database) -> None:
    far = {"id": "U0FAR", "name": "faraway", "tz": "UTC", "team_id": "T0OTHER", "is_stranger": True}
    seed = copy.deepcopy(SMALL)
    seed["users"].append(far)
    seed["channels"][0]["members"].append("faraway")
    with conversation(database, seed) as talk:
        before = talk.row()
        for user, told in ((GUEST, "guests can't take part"), ("U0FAR", "only to people of this workspace")):
            talk.s.say("let me answer that", user)
            assert any(told in text for text in talk.ephemerals(user).values()), user
            assert told in talk.press("next", user)
            assert told in talk.slash("status", user)
            assert "PM-2026" not in "".join(talk.ephemerals(user).values())
        assert talk.row().said == before.said == ()
        assert talk.row().asked == before.asked


def test_somebody_outside_the_channel_presses_nothing(talk: Talk) -> None:
    before = talk.row()
    told = talk.press("next", OUTSIDER)
    assert told == "Only members of the channel can do that. Join the channel first, then try again."
    assert talk.row() == before


def test_a_payload_of_another_workspace_is_refused_and_logged(talk: Talk, capfd: pytest.CaptureFixture[str]) -> None:
    before = talk.row()
    sent: list[dict[str, Any]] = []
    hearing = talk.s.bot.hearing
    for kind in ("T0OTHER", "T0ACME"):
        payload = {
            "type": "block_actions", "team": {"id": kind}, "user": {"id": MARIA, "team_id": "T0OTHER"},
            "trigger_id": f"trigger.{kind}", "channel": {"id": CHANNEL},
            "container": {"message_ts": talk.question()["ts"], "channel_id": CHANNEL},
            "actions": [{"action_id": "skip", "value": "1:1:"}],
        }  # fmt: skip
        kept = hearing.receive(payload)
        assert kept is not None
        hearing.hear(kept)
        sent.append(payload)
    talk.s.settle()
    assert talk.row() == before
    assert "refused" in capfd.readouterr().out


@pytest.mark.parametrize(
    "value", ["", "x", "999:1:", "1:999:", "1:-1:", "1:1:" + "y" * 200, "١:١:", "1:1:'; DROP TABLE"]
)
def test_a_forged_button_value_does_nothing(talk: Talk, value: str) -> None:
    before = talk.row()
    payload = {
        "type": "block_actions", "team": {"id": "T0ACME"}, "user": {"id": ASHA, "team_id": "T0ACME"},
        "trigger_id": "trigger.forged", "channel": {"id": CHANNEL},
        "container": {"message_ts": talk.question()["ts"], "channel_id": CHANNEL},
        "actions": [{"action_id": "other.1", "value": value}],
    }  # fmt: skip
    kept = talk.s.bot.hearing.receive(payload)
    assert kept is not None
    talk.s.bot.hearing.hear(kept)
    talk.s.settle()
    assert talk.row() == before
    assert json.dumps(talk.question())
