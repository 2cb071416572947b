"""A past incident from a file becomes a channel of the local Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.cases import read_cases
from bot.sandbox.from_case import seed_of
from bot.sandbox.seeds import Seeded, seed_workspace

MESSAGES: list[dict[str, Any]] = [
    {"ts": "1662560460.000000", "user": "Engineer A", "text": "all users get 500 <b>errors</b> & @nobody answers"},
    {"ts": "1662560520.000000", "user": "engineer-a", "text": "looking", "thread_ts": "1662560460.000000"},
    {"ts": "1662560580.000000", "user": "PagerDuty", "text": "Triggered", "bot": True},
    {"ts": "1662560400.000000", "user": "Engineer A", "text": "written before", "thread_ts": "1662560580.000000"},
    {"ts": "1662560640.000000", "user": "Engineer A", "text": "of a lost thread", "thread_ts": "1662000000.000000"},
    {"ts": "1662560700.000000", "user": "Engineer A", "text": "", "edited": {"ts": "1662560800.000000"}},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    about = [{"id": "2022 Login!", "tz": "Europe/London"}, {"id": "second"}]
    cases = [{"incident": each, "messages": MESSAGES if n == 0 else []} for n, each in enumerate(about)]
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    return path


def seeded(file: Path, number: int = 0) -> Seeded:
    return seed_workspace(seed_of(list(read_cases(file))[number]))


def test_every_message_stands_there_at_its_own_time(file: Path) -> None:
    channel = seeded(file).workspace.channels["C0CASE"]
    assert channel["name"] == "inc-2022-login"
    assert sorted(channel["messages"]) == sorted(each["ts"] for each in MESSAGES)
    assert channel["threads"] == {"1662560460.000000": ["1662560520.000000"]}
    assert (
        channel["messages"]["1662560460.000000"]["text"]
        == "all users get 500 &lt;b&gt;errors&lt;/b&gt; &amp; @nobody answers"
    )
    assert channel["messages"]["1662560580.000000"]["username"] == "PagerDuty"
    assert "edited" in channel["messages"]["1662560700.000000"]


def test_who_wrote_becomes_a_person_even_with_a_name_like_another(file: Path) -> None:
    people = [u for u in seeded(file).workspace.users.values() if u["id"].startswith("U0CASE")]
    assert [(u["real_name"], u["name"], u["tz"]) for u in people] == [
        ("Engineer A", "engineer-a", "Europe/London"),
        ("engineer-a", "engineer-a-2", "Europe/London"),
    ]


def test_a_case_without_people_still_has_somebody_to_answer(file: Path) -> None:
    workspace = seeded(file, 1).workspace
    assert workspace.users["U0VISITOR"]["real_name"] == "You"
    assert "U0VISITOR" in workspace.channels["C0CASE"]["members"]


def test_a_case_that_the_file_does_not_hold_is_told(file: Path) -> None:
    told = CliRunner().invoke(main, ["demo", "--no-browser", "--case", str(file), "--id", "third"])
    assert told.exit_code == 2
    assert "it holds no case third, but 2022 Login!, second." in told.output
    assert CliRunner().invoke(main, ["demo", "--id", "third"]).exit_code == 2
