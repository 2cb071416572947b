"""`python -m bot eval timeline`: how the reading of a case is held against what people wrote down of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.__main__ import main
from bot.cases import Case, read_cases
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


TALK = {"10:00": "the till prints nothing", "10:02": "same here", "10:30": "the paper was upside down, turned it"}


def talked(**truth: Any) -> dict[str, Any]:
    return case(TALK, truth, "invented_chat")


def read_as(*entries: dict[str, Any], **told: Any) -> Callable[[Case], dict[str, Any]]:
    """A reading that tells this of every case, and nothing else."""
    nothing = dict.fromkeys(("start", "detected", "declared", "mitigated", "resolved"))
    return lambda _: nothing | {"precision": {}, "action_items": [], "warnings": []} | told | {"entries": list(entries)}


def line(place: int, kind: str) -> dict[str, Any]:
    return {"message_index": place, "kind": kind, "text": list(TALK.values())[place], "at": None}


def scored(folder: Path, told: Callable[[Case], dict[str, Any]], **truth: Any) -> list[tuple[str, Verdict]]:
    path = folder / "talk.jsonl"
    path.write_text(json.dumps(talked(**truth)), encoding="utf-8")
    return [(each.about, each.verdict) for each in all_outcomes(read_cases(path), told)]


def test_what_the_notes_on_talk_accept_is_right_and_an_end_may_be_ten_minutes_off(tmp_path: Path) -> None:
    truth = {"mitigated": "2026-06-24T11:00:00Z", "notes": "a short one. accept mitigated 2026-06-24T10:30:00Z; done"}
    for at, verdict in (("10:51", Verdict.RIGHT), ("10:39", Verdict.RIGHT), ("10:45", Verdict.WRONG)):
        found = scored(tmp_path, read_as(mitigated=f"2026-06-24T{at}:00+00:00"), **truth)
        assert found == [("mitigated", verdict)], at


def test_talk_without_an_incident_is_to_be_left_alone(tmp_path: Path) -> None:
    assert scored(tmp_path, read_as()) == [("no milestone without an incident", Verdict.RIGHT)]
    told = read_as(line(0, "impact"), detected="2026-06-24T10:00:00+00:00")
    assert scored(tmp_path, told) == [
        ("detected", Verdict.UNCHECKED),
        ("no milestone without an incident", Verdict.WRONG),
        ("lines shown", Verdict.UNCHECKED),
    ]


def test_of_talk_the_cause_the_lines_and_their_kinds_count(tmp_path: Path) -> None:
    timeline = [
        {"text": "prints nothing", "phase": "detected", "evidence": 0},
        {"text": "paper upside down", "phase": "cause_identified", "evidence": 2},
    ]
    found = scored(tmp_path, read_as(line(0, "detected"), line(1, "impact"), line(2, "change")), timeline=timeline)
    assert found == [
        ("cause", Verdict.MISSED),
        ("lines shown", Verdict.RIGHT),
        ("kinds of lines", Verdict.RIGHT),
        ("lines shown", Verdict.RIGHT),
        ("kinds of lines", Verdict.WRONG),
        ("lines shown", Verdict.UNCHECKED),
    ]
    assert ("cause", Verdict.RIGHT) in scored(tmp_path, read_as(line(2, "cause_identified")), timeline=timeline)
    assert ("cause", Verdict.WRONG) in scored(tmp_path, read_as(line(0, "cause_identified")), timeline=timeline)


def test_two_promises_in_one_item_are_one(tmp_path: Path) -> None:
    items = [{"text": "Move the reminder mails"}, {"text": "Fix the automatic renewal"}]
    both = read_as(action_items=[{"text": "move the reminder mails and fix the automatic renewal"}])
    assert [each for _, each in scored(tmp_path, both, action_items=items)][1:] == [Verdict.RIGHT, Verdict.MISSED]
