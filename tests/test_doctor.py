"""What the doctor finds in a workspace, asked over real HTTP and a real socket."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor import Finding, database, files, slack
from bot.places import MANIFEST, ROOT
from bot.sandbox.people import call
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from bot.settings import OfflineSettings, Settings

SEED = {
    "users": [{"id": "U0MARIA", "name": "maria"}],
    "channels": [{"id": "C0CHECKOUT", "name": "inc-checkout", "members": ["U0MARIA"], "bot": True}],
    "messages": {"inc-checkout": [{"at": "-1h", "user": "maria", "text": "all clear"}]},
}


def local_slack(**changed: object) -> LocalSlack:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    manifest["oauth_config"]["scopes"]["bot"] = changed.get("scopes", manifest["oauth_config"]["scopes"]["bot"])
    local = LocalSlack(seed_workspace(SEED).workspace, manifest)
    local.start()
    return local


@pytest.fixture
def local() -> Iterator[LocalSlack]:
    running = local_slack()
    yield running
    running.stop()


def settings(local: LocalSlack, **changed: str) -> Settings:
    return Settings(
        slack_api_url=local.api_url,
        slack_bot_token=SecretStr(changed.get("bot_token", local.bot_token)),
        slack_app_token=SecretStr(changed.get("app_token", local.app_token)),
    )


def found(using: Settings, later: timedelta = timedelta()) -> dict[str, Finding]:
    return {finding.about: finding for finding in slack(using, lambda: datetime.now(UTC) + later)}


def test_a_workspace_in_order_is_told_so(local: LocalSlack) -> None:
    findings = found(settings(local))
    assert [about for about, finding in findings.items() if not finding.ok] == []
    assert list(findings) == ["bot token", "scopes", "clock", "channels", "app token"]
    assert "postmortem" in findings["bot token"].says
    assert findings["channels"].says == "#inc-checkout can be read"


def test_the_command_finds_everything_in_order_and_ends_with_0(local: LocalSlack, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=tmp_path,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SLACK_API_URL": local.api_url,
            "SLACK_BOT_TOKEN": local.bot_token,
            "SLACK_APP_TOKEN": local.app_token,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    about = [line.split(maxsplit=1)[1][:10].strip() for line in done.stdout.splitlines()]
    assert about == [
        "settings", "prompts", "templates", "database", "claude", "bot token", "scopes", "clock", "channels",
        "app token",
    ]  # fmt: skip
    assert "problem" not in done.stdout
    assert list(tmp_path.iterdir()) == [], "it only looks"


def test_a_bot_token_that_is_not_taken_says_where_to_get_it(local: LocalSlack) -> None:
    findings = found(settings(local, bot_token="xoxb-wrong"))
    assert findings["bot token"].says == "Slack refused auth.test: invalid_auth"
    assert "SLACK_BOT_TOKEN" in findings["bot token"].mend
    assert findings["app token"].ok


def test_an_app_token_that_is_not_taken_says_where_to_get_it(local: LocalSlack) -> None:
    findings = found(settings(local, app_token="xapp-wrong"))
    assert findings["app token"].says == "Slack refused apps.connections.open: invalid_auth"
    assert "SLACK_APP_TOKEN" in findings["app token"].mend
    assert findings["bot token"].ok


def test_scopes_that_were_not_given_are_named() -> None:
    wanted = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    local = local_slack(scopes=[scope for scope in wanted if scope not in ("im:write", "files:write")])
    try:
        scopes = found(settings(local))["scopes"]
    finally:
        local.stop()
    assert not scopes.ok
    assert scopes.says in (
        "the app was installed without im:write, files:write",
        "the app was installed without files:write, im:write",
    )
    assert "reinstall" in scopes.mend


def test_a_socket_that_is_refused_says_what_to_open(local: LocalSlack) -> None:
    call(local.url, "POST", "socket", {"do": "refuse"})
    socket = found(settings(local))["app token"]
    assert not socket.ok
    assert "the socket failed" in socket.says
    assert "WebSockets" in socket.mend
    assert "firewall" in socket.mend


def test_a_channel_that_may_not_be_read_says_how_to_get_the_scope() -> None:
    wanted = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    local = local_slack(scopes=[scope for scope in wanted if scope != "channels:history"])
    try:
        channels = found(settings(local))["channels"]
    finally:
        local.stop()
    assert channels.says == "Slack refused conversations.history: missing_scope"
    assert "reinstall the app" in channels.mend


def test_a_slack_that_limits_is_asked_again_later(local: LocalSlack) -> None:
    call(local.url, "POST", "faults", {"method": "users.conversations", "kind": "ratelimited", "retry_after": 7})
    channels = found(settings(local))["channels"]
    assert channels.says == "Slack cannot be reached just now: users.conversations is limited"
    assert channels.mend == "wait 7 seconds and ask again"


def offline(**changed: str) -> dict[str, list[Finding]]:
    """What the doctor finds of files and the database with these settings."""
    told: dict[str, list[Finding]] = {}
    using = OfflineSettings.model_validate(changed)
    for finding in (*files(using), database(using)):
        told.setdefault(finding.about, []).append(finding)
    return told


def test_a_broken_script_of_the_team_is_named_with_its_fault(tmp_path: Path) -> None:
    (tmp_path / "search.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "unreadable.toml").write_bytes(b"\xff\xfe")
    one, other = offline(prompts_dir=str(tmp_path))["prompts"]
    assert not one.ok
    assert "search.toml: not valid TOML" in one.says
    assert not other.ok
    assert "unreadable cannot be read as UTF-8 text" in other.says
    assert one.mend == other.mend == "mend this file, or take it out"


def test_a_broken_template_of_the_team_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "home.j2").write_text("Hello\n{% iff it %}", encoding="utf-8")
    (template,) = offline(templates_dir=str(tmp_path))["templates"]
    assert not template.ok
    assert "messages/home.j2 cannot be used: line 2" in template.says


@pytest.mark.parametrize(
    ("address", "says", "mend"),
    [
        ("postgresql://bot:hunter2@127.0.0.1:1/postmortem", "it cannot be reached", "the server runs"),
        ("sqlite:///{folder}/none/postmortem.db", "does not exist", "in a folder that it may write"),
        ("sqlite:///{folder}", "cannot be read or written", "a file in DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_used_says_where_to_look(tmp_path: Path, address: str, says: str, mend: str) -> None:
    (found,) = offline(database_url=address.format(folder=tmp_path))["database"]
    assert not found.ok
    assert says in found.says
    assert mend in found.mend
    assert "hunter2" not in str(found)


def test_everything_that_is_found_is_one_line_with_one_line_of_how_to_mend_it(
    local: LocalSlack, tmp_path: Path
) -> None:
    (tmp_path / "search.toml").write_text("[[topic]]", encoding="utf-8")
    told = [each for some in offline(prompts_dir=str(tmp_path)).values() for each in some]
    told += found(settings(local, bot_token="xoxb-wrong", app_token="xapp-wrong")).values()
    assert [finding for finding in told if "\n" in finding.says + finding.mend] == []
    assert [finding for finding in told if not finding.ok and not finding.mend] == []


def test_a_clock_that_is_off_is_noticed(local: LocalSlack) -> None:
    clock = found(settings(local), later=timedelta(minutes=5))["clock"]
    assert not clock.ok
    assert re.match(r"this computer and Slack are (299|300|301) seconds apart", clock.says)


def test_a_slack_that_is_away_is_said_to_be_away(local: LocalSlack, tmp_path: Path) -> None:
    away = settings(local)
    local.stop()
    findings = found(away)
    assert list(findings) == ["bot token", "app token"]
    for finding in findings.values():
        assert not finding.ok
        assert finding.says.startswith("Slack cannot be reached just now: ")
        assert "SLACK_API_URL" in finding.mend


def test_nothing_that_the_doctor_says_holds_a_token(local: LocalSlack) -> None:
    for using in (settings(local), settings(local, bot_token="xoxb-wrong", app_token="xapp-wrong")):
        told = str(list(found(using).values()))
        assert "xoxb-" not in told
        assert "xapp-" not in told
