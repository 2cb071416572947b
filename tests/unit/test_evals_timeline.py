"""`python -m bot eval timeline`: how the reading of a case is held against what people wrote down of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.__main__ import main
from bot.cases import read_cases
from bot.evals.outcomes import Outcome, Verdict
from bot.evals.scores import all_outcomes


def case(lines: dict[str, str], truth: dict[str, Any], kind: str = "report_lines", bot: bool = False) -> dict[str, Any]:
    return {
        "incident": {"id": "one", "tz": "Europe/London", "messages_kind": kind},
        "messages": [
            {"ts": f"2026-06-24T{clock}:00Z", "user": "ann", "bot": bot, "text": text} for clock, text in lines.items()
        ],
        "truth": truth,
    }


def outcomes(folder: Path, *cases: dict[str, Any]) -> list[Outcome]:
    path = folder / "mine.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in cases), encoding="utf-8")
    return all_outcomes(read_cases(path))


def verdicts(found: list[Outcome]) -> dict[str, Verdict]:
    return {each.about: each.verdict for each in found}


REPORT = {"10:00": "First detected", "10:30": "Incident declared", "11:00": "Repaired"}


def test_milestones_are_right_wrong_missed_or_told_where_nobody_knows(tmp_path: Path) -> None:
    truth = {"detected": "2026-06-24T10:04:00Z", "declared": "2026-06-24T10:40:00Z", "resolved": "2026-06-24T12:00:00Z"}
    found = outcomes(tmp_path, case(REPORT, truth))
    assert verdicts(found) | {"no warning on a clean case": Verdict.RIGHT} == {
        "detected": Verdict.RIGHT,
        "declared": Verdict.WRONG,
        "mitigated": Verdict.UNCHECKED,
        "resolved": Verdict.MISSED,
        "no warning on a clean case": Verdict.RIGHT,
        "right length not warned about": Verdict.RIGHT,
    }
    (missed,) = [each for each in found if each.about == "resolved"]
    assert (missed.case, missed.expected, missed.got) == ("one", "2026-06-24 12:00Z", "unknown")
    assert missed.reason == "told as unknown, carried by no message"


def test_a_moment_is_carried_by_a_message_of_its_time_or_one_that_names_it(tmp_path: Path) -> None:
    lines = {"10:00": "First detected", "13:00": "it was resolved at 12:15 BST"}
    for moment, carried in (("10:00", True), ("11:15", True), ("11:30", False)):
        found = outcomes(tmp_path, case(lines, {"resolved": f"2026-06-24T{moment}:00Z"}))
        assert [each.carried for each in found if each.about == "resolved"] == [carried], moment


def test_a_length_that_the_notes_call_wrong_has_to_be_warned_about(tmp_path: Path) -> None:
    truth = {
        "detected": "2026-06-24T10:00:00Z",
        "mitigated": "2026-06-24T11:00:00Z",
        "notes": ["stated time to repair 0h 15m but the clock says 60 min"],
    }
    assert verdicts(outcomes(tmp_path, case(REPORT, truth)))["wrong length warned about"] is Verdict.RIGHT
    vague = {"10:00": "errors are up", "11:00": "it seems better"}
    assert verdicts(outcomes(tmp_path, case(vague, truth)))["wrong length warned about"] is Verdict.MISSED


def test_a_status_page_asserts_no_window_before_it_has_told_it(tmp_path: Path) -> None:
    lines = {
        "10:00": "We are investigating reports of degraded performance for Pages.",
        "11:00": "On June 24, 2026, between 9:30 UTC and 10:45 UTC Pages was degraded.",
    }
    truth = {"start": "2026-06-24T09:30:00Z", "mitigated": "2026-06-24T10:45:00Z", "declared": "2026-06-24T10:00:00Z"}
    found = verdicts(outcomes(tmp_path, case(lines, truth, "status_updates", bot=True)))
    assert found["start"] is found["mitigated"] is Verdict.RIGHT
    assert found["start, last message removed"] is found["mitigated, last message removed"] is Verdict.RIGHT
    early = {"10:30": "Pages was degraded from 9:30 UTC to 10:15 UTC.", **lines}
    assert (
        verdicts(outcomes(tmp_path, case(early, truth, "status_updates", bot=True)))["start, last message removed"]
        is Verdict.WRONG
    )


def test_lines_and_items_count_where_a_message_carries_them(tmp_path: Path) -> None:
    lines = {"10:00": "UToronto reports 500 errors for all users", "10:05": "ok", "10:20": "TODO: renew the old secret"}
    timeline = [{"text": "reported", "evidence": 0}, {"text": "agreed", "evidence": 1}, {"text": "x", "evidence": None}]
    items = [{"text": "Renew the secret"}, {"text": "Buy bigger disks for everything"}]
    found = outcomes(tmp_path, case(lines, {"timeline": timeline, "action_items": items}, "verbatim_chat"))
    assert [each.verdict for each in found if each.about == "lines with a message behind them"] == [
        Verdict.RIGHT, Verdict.MISSED,
    ]  # fmt: skip
    assert [each.verdict for each in found if each.about == "action items"] == [Verdict.RIGHT]


def test_the_table_and_the_misses_are_printed(tmp_path: Path) -> None:
    outcomes(tmp_path, case(REPORT, {"detected": "2026-06-24T10:00:00Z", "resolved": "2026-06-24T12:00:00Z"}))
    said = CliRunner().invoke(main, ("eval", "timeline", str(tmp_path), "--misses"))
    assert said.exit_code == 0, said.stderr
    assert "one: resolved missed (told as unknown, carried by no message)" in said.stdout
    assert "mine (report_lines): 1 cases" in said.stdout
    assert "100.0%" in said.stdout
    (tmp_path / "mine.jsonl").write_text('{"messages": []}', encoding="utf-8")
    assert "Nothing to compare" in CliRunner().invoke(main, ("eval", "timeline", str(tmp_path))).stdout
