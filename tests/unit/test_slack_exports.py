"""A Slack export is read whole or refused in one sentence, and nothing outside of it is touched."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.beginning.slack_exports import LARGEST_FILE, Export, open_export
from bot.cases import reading
from bot.errors import BadExport

ROOT_TS = "1650538800.000100"
DAYS: dict[str, list[dict[str, Any]]] = {
    "2022-04-21.json": [
        {"type": "message", "ts": ROOT_TS, "user": "U1", "text": "checkout is down, <@U2> declaring SEV-1",
         "thread_ts": ROOT_TS, "reply_count": 2, "replies": [{"user": "U2", "ts": "1650539000.000100"}]},
        {"type": "message", "ts": "1650539000.000100", "user": "U2", "text": "on it", "thread_ts": ROOT_TS},
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "PagerDuty", "text": "",
         "ts": "1650538700.000100", "attachments": [{"title": "Triggered: checkout 5xx", "fallback": "5xx"}]},
        {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1650538600.000100", "text": "joined"},
    ],
    "2022-04-22.json": [
        {"type": "message", "ts": "1650600000.000100", "user": "U2", "text": "late note", "thread_ts": ROOT_TS},
        {"type": "message", "ts": "1650600100.000100", "user": "U1", "text": "resolved, all clear",
         "files": [{"id": "F1", "name": "graph.png"}]},
    ],
}  # fmt: skip
LISTS: dict[str, Any] = {
    "channels.json": [{"id": "C1", "name": "inc-checkout", "members": ["U1", "U2"]}, {"id": "C2", "name": "general"}],
    "users.json": [
        {"id": "U1", "name": "ann", "real_name": "Ann Lee", "tz": "Europe/London", "team_id": "T9"},
        {"id": "U2", "name": "bo", "profile": {"display_name": "bo"}, "tz": "America/New_York", "team_id": "T9"},
    ],
}
ALL = {**LISTS, **{f"inc-checkout/{day}": told for day, told in DAYS.items()}}


def zipped(folder: Path, files: dict[str, Any], top: str = "") -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, told in files.items():
            archive.writestr(top + name, told if isinstance(told, bytes) else json.dumps(told))
    return path


def unpacked(folder: Path, files: dict[str, Any]) -> Path:
    root = folder / "export"
    for name, told in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps(told), encoding="utf-8")
    return root


@pytest.mark.parametrize("how", ["zip", "zip with a folder in it", "folder"])
def test_no_message_of_the_channel_is_lost(tmp_path: Path, how: str) -> None:
    path = unpacked(tmp_path, ALL) if how == "folder" else zipped(tmp_path, ALL, "Acme/" if "folder" in how else "")
    told = reading(open_export(path).case("inc-checkout"))
    counts = told["receipt"]
    assert (counts["messages"], counts["replies"], counts["alerts"]) == (6, 2, 1)
    assert (counts["files"], counts["service"]) == (1, 1)
    assert counts["messages"] == sum(len(day) for day in DAYS.values())
    assert any("@bo declaring SEV-1" in entry["text"] for entry in told["entries"])


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"users.json": []}, "it holds neither channels.json nor groups.json."),
        ({"channels.json": {}}, "channels.json holds no list."),
        ({"channels.json": [{"id": "C1"}]}, "channels.json, entry 1 has no `name`."),
        ({"channels.json": b"{nope"}, "channels.json is no JSON (JSONDecodeError)."),
        ({"channels.json": b"[" * 100_000}, "channels.json is nested too deeply."),
        ({**LISTS, "inc-checkout/2022-04-21.json": {}}, "inc-checkout/2022-04-21.json holds no list of messages."),
        ({**LISTS, "inc-checkout/2022-04-21.json": [4]}, "inc-checkout/2022-04-21.json, message 1 is no object."),
        (
            {**LISTS, "inc-checkout/2022-04-21.json": [{"text": "when?"}]},
            "inc-checkout/2022-04-21.json, message 1 has no `ts` that is a time.",
        ),
        ({"channels.json": [{"name": "general"}]}, "it holds no channel inc-checkout, but general."),
        (
            {**LISTS, "inc-checkout/2022-04-21.json": b" " * (LARGEST_FILE + 1)},
            "inc-checkout/2022-04-21.json is larger than 64 MB.",
        ),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(tmp_path: Path, files: dict[str, Any], why: str) -> None:
    path = zipped(tmp_path, files)
    with pytest.raises(BadExport) as refused:
        open_export(path).messages("inc-checkout")
    assert str(refused.value) == f"{path} cannot be read as a Slack export: {why}"


def test_a_file_that_only_calls_itself_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(BadExport, match="it is no zip file"):
        open_export(path)


def test_nothing_outside_of_the_export_is_read(tmp_path: Path) -> None:
    secret = [{"ts": ROOT_TS, "user": "U1", "text": "a secret"}]
    (tmp_path / "2022-04-23.json").write_text(json.dumps(secret), encoding="utf-8")
    root = unpacked(tmp_path, ALL)
    (root / "inc-checkout" / "2022-04-23.json").symlink_to(tmp_path / "2022-04-23.json")
    odd = {**ALL, "channels.json": [{"id": "C1", "name": ".."}, {"id": "C3", "name": "inc-checkout"}]}
    inside = (open_export(root), open_export(zipped(tmp_path, {**odd, "../2022-04-23.json": secret})))
    assert [len(each.messages("inc-checkout")) for each in inside] == [6, 6]
    assert _said(inside[1], "..") == ["a secret"], "what lies in the archive is in it, whatever it is called"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["2022-04-23.json", "export", "export.zip"]


def _said(export: Export, channel: str) -> list[str]:
    return [str(each["text"]) for each in export.messages(channel)]


def test_read_takes_an_export_and_says_what_is_wrong_with_one(tmp_path: Path) -> None:
    path = zipped(tmp_path, ALL)
    told = CliRunner().invoke(main, ["read", str(path), "--channel", "#inc-checkout", "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["receipt"]["messages"] == 6
    asked = CliRunner().invoke(main, ["read", str(path)])
    assert (asked.exit_code, "A Slack export needs --channel" in asked.output) == (2, True)
    refused = CliRunner().invoke(main, ["read", str(path), "--channel", "nowhere"])
    assert (refused.exit_code, "it holds no channel nowhere, but general, inc-checkout." in refused.output) == (2, True)
