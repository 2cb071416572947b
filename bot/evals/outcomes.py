"""What came of one comparison: what was asked, what the truth says, what the reading told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.cases import Case


class Verdict(StrEnum):
    """How one answer compares with the truth."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"
    #: Told where the truth has nothing: not known to be wrong, but nothing was written down that says it is right.
    UNCHECKED = "asserted where the truth has none"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer of the reading, compared. `about` is what was asked: a milestone, a warning, a line, an item."""

    source: str
    about: str
    case: str
    verdict: Verdict
    expected: str
    got: str
    reason: str = ""
    #: Whether a message of the case carries the truth.
    carried: bool = False


def source_of(case: Case) -> str:
    """The file and the kind of its messages: `moj-reports (report_lines)`."""
    kind = about(case).get("messages_kind")
    return f"{case.path.stem} ({kind})" if kind else case.path.stem


def about(case: Case) -> dict[str, Any]:
    incident = case.told.get("incident")
    return incident if isinstance(incident, dict) else {}
