"""What a person sees who types `python -m bot`: plain sentences, the right exit code, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.places import PROMPTS, laid_over
from storage.database import Database


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def typed(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, words, env=environ)


def test_help_names_every_command_and_hides_what_is_for_tests() -> None:
    said = typed("--help")
    assert said.exit_code == 0
    for command in ("run", "demo", "doctor", "read"):
        assert f"\n  {command} " in said.stdout
    assert not [line for line in said.stdout.splitlines()[1:] if line.endswith("...")]
    assert "clock" not in typed("run", "--help").stdout


def test_without_settings_run_says_everything_that_is_missing() -> None:
    said = typed("run", POSTMORTEM_MAX_ASKS="many")
    assert said.exit_code == 2
    assert said.stdout == ""
    assert said.stderr.splitlines() == [
        "The settings cannot be used:",
        "  - POSTMORTEM_MAX_ASKS must be a whole number from 1 to 50 (how many questions one postmortem may put).",
        "  - SLACK_BOT_TOKEN is missing: the bot token that starts with xoxb- (Slack: Install App).",
        "  - SLACK_APP_TOKEN is missing: the app-level token that starts with xapp- "
        "(Slack: Basic Information, App-Level Tokens).",
    ]


#: Tokens of the right shape, and a Slack where nobody answers.
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}


@pytest.mark.parametrize("damage", ["a letter", "cut in half", "a page overwritten"])
def test_a_damaged_database_is_named_in_one_sentence_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "postmortem.db"
    Database(f"sqlite:///{path}").migrate()
    whole = path.read_bytes()
    broken = {
        "a letter": b"This is a letter, and no database at all.\n" * 100,
        "cut in half": whole[: len(whole) // 2],
        "a page overwritten": whole[:4096] + b"\xff" * 4096 + whole[8192:],
    }[damage]
    path.write_bytes(broken)
    said = typed("run", **TOKENS)
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.splitlines()[-1] == "The database cannot be used: the file is damaged; restore a backup"
    assert path.read_bytes() == broken
    assert [each.name for each in tmp_path.iterdir()] == ["postmortem.db"]


def test_a_database_server_that_does_not_answer_is_named_in_one_sentence_without_its_password() -> None:
    said = typed("run", **TOKENS, DATABASE_URL="postgresql://bot:hunter2@127.0.0.1:9/postmortem")
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.splitlines()[-1] == "The database cannot be used: it cannot be reached"


@pytest.mark.parametrize("url", ["http://clock.example/now", "http://10.0.0.7:80/", "file:///etc/hostname", "12:30"])
def test_the_time_is_taken_from_nowhere_but_this_computer(url: str) -> None:
    said = typed("run", "--clock-url", url, **TOKENS)
    assert said.exit_code == 2
    assert "an address of this computer" in said.stderr


def test_an_unknown_command_is_refused_with_the_usage() -> None:
    said = typed("walk")
    assert said.exit_code == 2
    assert "No such command 'walk'" in said.stderr


def test_reading_what_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    said = typed("read", str(tmp_path / "nowhere.json"), "--json")
    assert said.exit_code == 2
    assert "does not exist" in said.stderr
    assert said.stdout == ""


def test_the_doctor_needs_no_slack_when_told_so() -> None:
    said = typed("doctor", "--offline")
    assert said.exit_code == 0, said.stdout
    assert [line.split()[:2] for line in said.stdout.splitlines()] == [
        ["ok", "settings"],
        ["ok", "prompts"],
        ["ok", "templates"],
        ["ok", "database"],
        ["ok", "claude"],
    ]


def test_the_doctor_leaves_nothing_behind(tmp_path: Path) -> None:
    typed("doctor", "--offline")
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_names_the_missing_tokens_and_looks_at_the_rest_all_the_same() -> None:
    said = typed("doctor")
    assert said.exit_code == 1
    lines = said.stdout.splitlines()
    assert lines[0].startswith("problem  settings   SLACK_BOT_TOKEN is missing")
    assert lines[1].startswith("problem  settings   SLACK_APP_TOKEN is missing")
    assert lines[2].strip() == "-> set them in the environment or in .env"
    assert any(line.startswith("ok       database") for line in lines)


def test_the_doctor_finds_a_database_that_cannot_be_written() -> None:
    said = typed("doctor", "--offline", DATABASE_URL="sqlite:///nowhere/postmortem.db")
    assert said.exit_code == 1
    assert "problem  database" in said.stdout
    assert "does not exist" in said.stdout


def test_the_doctor_finds_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "postmortem.db").write_text("This is a letter, and no database at all.\n" * 100, encoding="utf-8")
    said = typed("doctor", "--offline")
    assert said.exit_code == 1
    assert "the file is damaged" in said.stdout


def test_the_doctor_shows_no_password_of_a_database_that_does_not_answer() -> None:
    said = typed("doctor", "--offline", DATABASE_URL="postgresql://bot:hunter2@127.0.0.1:9/postmortem")
    assert said.exit_code == 1
    assert "problem  database" in said.stdout
    assert "hunter2" not in said.stdout + said.stderr


def test_the_doctor_names_a_teams_own_script_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("title = \n", encoding="utf-8")
    said = typed("doctor", "--offline", POSTMORTEM_PROMPTS_DIR=".")
    assert said.exit_code == 1
    assert "problem  prompts" in said.stdout
    assert "broken.toml" in said.stdout
    assert "not valid TOML" in said.stdout


def test_a_teams_own_file_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    own = tmp_path / "service.toml"
    own.write_text("", encoding="utf-8")
    shipped = laid_over(PROMPTS, None, ".toml")
    assert laid_over(PROMPTS, tmp_path, ".toml") == {**shipped, "service.toml": own}


@pytest.mark.parametrize("words", [("export", "PM-2026-009"), ("versions", "PM-2026-009")])
@pytest.mark.parametrize("where", ["wrong.db", "no/such/folder/wrong.db"])
def test_what_only_reads_makes_no_database(tmp_path: Path, words: tuple[str, ...], where: str) -> None:
    said = typed(*words, DATABASE_URL=f"sqlite:///{where}")
    assert said.exit_code == 2
    assert said.stderr == (
        f"There is no database at {where} (DATABASE_URL), and none was made. Name the file that the bot uses.\n"
    )
    assert list(tmp_path.iterdir()) == []
