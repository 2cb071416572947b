"""`python -m bot read`: incidents in files, and what is said of files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cases import lines, read_cases, reading
from bot.errors import BadCase

CASE: dict[str, Any] = {
    "incident": {"id": "case-1", "tz": "Europe/London"},
    "messages": [
        {"ts": "1795514400.000000", "user": "PagerDuty", "text": "Triggered: api down", "bot": True},
        {"ts": "2026-11-24T10:05:00Z", "user": "ann", "text": "declaring SEV-1, api down since 9:40"},
        {"ts": 1795516200, "user": "bob", "text": "rolled back, api is working again", "thread_ts": None, "bot": False},
        {
            "ts": "1795517000.000000",
            "user": "ann",
            "text": "Incident resolved.\nTODO: write a runbook for the gateway, <@U7>, by 2026-12-01 P1",
        },
    ],
    "truth": {"start": "1999-01-01T00:00:00Z", "resolved": "1999-01-01T00:00:00Z"},
}


def written(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def told(path: Path) -> dict[str, Any]:
    (case,) = read_cases(path)
    return reading(case)


def test_a_case_is_read_to_times_lines_and_a_receipt(tmp_path: Path) -> None:
    answer = told(written(tmp_path, "one.json", CASE))
    assert answer["id"] == "case-1"
    assert answer["start"] == "2026-11-24T09:40:00+00:00"
    assert answer["detected"] == "2026-11-24T10:00:00+00:00"
    assert answer["declared"] == "2026-11-24T10:05:00+00:00"
    assert answer["mitigated"] == "2026-11-24T10:30:00+00:00"
    assert answer["resolved"] == "2026-11-24T10:43:20+00:00"
    assert {each["message_index"] for each in answer["entries"]} == {0, 1, 2, 3}
    assert all(set(each) >= {"at", "text", "kind", "message_index"} for each in answer["entries"])
    (item,) = answer["action_items"]
    assert "write a runbook for the gateway" in item["text"]
    assert (item["owner"], item["due"], item["priority"]) == ("U7", "2026-12-01", "P1")
    assert answer["receipt"]["messages"] == 4
    assert answer["warnings"] == []


def test_the_truth_is_never_looked_at(tmp_path: Path) -> None:
    without = {key: value for key, value in CASE.items() if key != "truth"}
    assert told(written(tmp_path, "with.json", CASE)) == told(written(tmp_path, "without.json", without))


def test_many_cases_and_folders_are_one_line_each(tmp_path: Path) -> None:
    written(
        tmp_path, "many.jsonl", json.dumps(CASE) + "\n\n" + json.dumps({**CASE, "incident": {"id": "case-2"}}) + "\n"
    )
    written(tmp_path, "deep/er/three.json", {"messages": []})
    found = [json.loads(line) for line in lines(tmp_path)]
    assert [each["id"] for each in found] == ["three", "case-1", "case-2"]
    assert found[0]["start"] is None


def test_slacks_own_messages_are_read_as_they_are(tmp_path: Path) -> None:
    alert = {
        "ts": "1795514400.000000",
        "bot_id": "B1",
        "subtype": "bot_message",
        "text": "",
        "attachments": [{"title": "[FIRING:1] checkout down", "fallback": "x"}],
    }
    heeded = {"ts": "1795514460.000000", "user": "U1", "text": "looking"}
    answer = told(written(tmp_path, "slack.json", {"messages": [alert, heeded]}))
    assert answer["detected"] == "2026-11-24T10:00:00+00:00"
    assert answer["receipt"]["alerts"] == 1


def test_messages_of_the_same_second_stay_apart(tmp_path: Path) -> None:
    twice = {"messages": [{**CASE["messages"][0]}, {**CASE["messages"][0], "text": "Triggered: web down"}]}
    answer = told(written(tmp_path, "same.json", twice))
    assert answer["receipt"]["messages"] == 2
    assert {each["message_index"] for each in answer["entries"]} == {0, 1}


def test_secrets_are_masked(tmp_path: Path) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" + "k1L2m3N4o5P6q7R8"
    leak = {
        "messages": [{"ts": "1795514400.0", "user": "ann", "text": f"declaring SEV-1, leaked {secret} in the logs"}]
    }
    (line,) = lines(written(tmp_path, "leak.json", leak))
    assert secret not in line
    assert "leaked" in line


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.json", "{", "it is no JSON"),
        ("a.json", "3", "a case is an object, this is a number"),
        ("a.json", {"incident": {}}, "the list `messages` is missing"),
        ("a.json", {"messages": "hello"}, "the list `messages` is missing"),
        ("a.json", {"messages": ["hello"]}, "message 0: a message is an object, this is a text"),
        ("a.json", {"messages": [{"ts": "noon", "text": "x"}]}, "message 0: `ts` 'noon' is neither"),
        ("a.json", {"messages": [{"text": "x"}]}, "message 0: `ts` None is neither"),
        ("a.jsonl", '{"messages": []}\n{"messages": [}\n', "line 2: it is no JSON"),
        ("a.json", "[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_is_no_case_is_told_in_a_sentence(tmp_path: Path, name: str, content: object, why: str) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(BadCase) as caught:
        list(read_cases(path))
    assert why in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_folder_without_cases_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="holds no"):
        list(read_cases(tmp_path))


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "binary.json"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(BadCase, match="UTF-8"):
        list(read_cases(path))
