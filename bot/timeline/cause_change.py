"""When was the change made that the record takes for the cause? Known only where the cause names it without doubt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.patterns import pattern, plain
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading, own_time
from bot.timeline.values import Kind, Precision, Stated

#: "release 4312", "PR #77", "v2.3.1", "deploy 8f3a9c1": a change by the name that tools and people give it.
_NAMED = pattern(
    r"\b(?:release|deploy(?:ment)?|build|version|revision|commit|merge request|change|migration|pr|mr|v)\W{0,3}"
    r"(?P<name>\d[\w.]{2,}|[a-f\d]{7,40}\b|[a-z]{2,}-\d+)"
)
#: What ends it, or is still to come, is no cause.
_PUTS_RIGHT = pattern(
    r"\b(?:fix\w*|roll\w* ?-?back|rolled back|rolling back|revert\w*|restart\w*|hot-?fix\w*|mitigat\w*|undo\w*|undone"
    r"|back to|going to|will|about to|should|let's|can we|could|might|plan\w*|tomorrow)\b"
)
_MADE = pattern(
    r"\b(?:deploy(?:ed|s|ing)?|released?|rolled out|rolling out|roll-?out|shipped|merged|pushed|live|started|finished"
    r"|complete[d]?|succeeded|promoted|applied|migrated)\b"
)
#: What is posted a little late is as early as its message says.
_SLACK, _ABOUT_SLACK = timedelta(minutes=5), timedelta(minutes=15)


def change_behind(readings: Sequence[Reading], milestones: Milestones) -> Stated | None:
    """The change that the cause of the record names, with the time at which it was made.

    It was made before the cause was found and, as far as that is known, before the incident was noticed: what was
    changed later is more likely what was done about it.
    """
    cause, source = milestones.stated.get(Kind.CAUSE_IDENTIFIED), milestones.sources.get(Kind.CAUSE_IDENTIFIED)
    if cause is None or source is None:
        return None
    told = next((each for each in readings if each.read.message.ts == cause.source_ts), source)
    found = _dated_there(told) or _told_before(told, readings)
    detected = milestones.at(Kind.DETECTED)
    if found is None or found.at > told.at or (detected is not None and found.at > detected + _SLACK):
        return None
    return found


def lies_before(began: datetime, made: datetime, *precisions: str) -> bool:
    """Whether the beginning lies before the change by more than clocks and loose words explain."""
    loose = any(each != Precision.EXACT for each in precisions)
    return began < made - (_ABOUT_SLACK if loose else _SLACK)


def _dated_there(told: Reading) -> Stated | None:
    """The one change of which the words for the cause say when it was: "the 12:40 deploy dropped the index"."""
    stated = {
        each.stated.at: each.stated
        for each in told.statements
        if each.kind is Kind.CHANGE and _PUTS_RIGHT.search(plain(each.stated.words)) is None
    }
    return next(iter(stated.values())) if len(stated) == 1 else None


def _told_before(told: Reading, readings: Sequence[Reading]) -> Stated | None:
    """When the change was made that the cause calls by its name, by the first message that says that it was."""
    text = plain(told.read.message.text)
    names = {(each.group("name") or "").lower().rstrip(".") for each in _NAMED.finditer(text)}
    if len(names) != 1:
        return None
    name = names.pop()
    for each in readings:
        words = plain(each.read.message.text).lower()
        if each.at >= told.at:
            return None
        if name not in words or each.read.is_question or _PUTS_RIGHT.search(words) is not None:
            continue
        if _MADE.search(words) is not None:
            stated = [s.stated for s in each.statements if s.kind is Kind.CHANGE]
            return stated[0] if stated else own_time(each)
    return None
