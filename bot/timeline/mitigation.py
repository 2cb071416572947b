"""When did the impact end, at first perhaps in part? What ended it, and what was only thought to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.timeline.course import makes_no_difference
from bot.timeline.forms import is_under_way
from bot.timeline.likeliest import is_no_end, likeliest_end, perhaps_end
from bot.timeline.milestone_words import LOOKS_BACK
from bot.timeline.reading import Reading, own_time
from bot.timeline.related import of_one, same_alarm
from bot.timeline.search import RATHER, SLACK, Search
from bot.timeline.statements import Statement
from bot.timeline.unsaid import seen_to_end
from bot.timeline.values import Kind, Precision, Stated

#: So long after the end people still say that it works.
_AFTERMATH = timedelta(minutes=30)
#: A finished rollback is what ended the impact if the recovery was seen within this time.
_TAKES_EFFECT = timedelta(minutes=60)
#: What is well so long after it was put right is another story.
_LONG_AFTER = timedelta(hours=3)
_RECOVERS = ("restored", "recovering", "mitigated", "resolved")


def mitigated(search: Search) -> None:
    """The end of the impact: of a stated window; else what words say of it, unless what people do says otherwise."""
    told = [pair for pair in search.told_of(Kind.MITIGATED, 1) if not _before_it_was_known(search, *pair)]
    strong = [pair for pair in told if pair[1].strength == 3]
    if strong:
        reading = strong[-1][0]
        statement = next(each for found, each in strong if found is reading)
        search.keep(Kind.MITIGATED, reading, statement.stated)
        return
    ended, well = _ended_by_rules(search, told), _likeliest_end(search)
    if ended is not None and (_ends_it(search, *ended) or (well is not None and well.at - ended[0].at > _LONG_AFTER)):
        search.keep(Kind.MITIGATED, *ended)
    elif well is not None:
        search.keep(Kind.MITIGATED, well)
    elif ended is not None and ended[0].read.any(*_RECOVERS, "rolled_back") and not _talks_of_other(search, ended[0]):
        search.keep(Kind.MITIGATED, *ended)
    elif search.is_talk() and (perhaps := perhaps_end(search.since_the_detection(), _until(search))) is not None:
        search.keep(Kind.MITIGATED, perhaps)


def _ends_it(search: Search, by: Reading, stated: Stated) -> bool:
    """Whether what a rule takes for the end tells of it at another time, or may be one by what people do."""
    return stated.at != by.at or not is_no_end(by, search.everything, RATHER)


def _ended_by_rules(search: Search, told: Sequence[tuple[Reading, Statement]]) -> tuple[Reading, Stated] | None:
    """The end of the impact by what the words say, where it is not told in a window; `told` are stated ends."""
    for sign in ("mitigated", "restored", "rolled_back"):
        own = _after_relapse(
            search,
            [
                each
                for each in search.readings
                if _says_it_ended(search, each, sign) and (sign != "rolled_back" or _had_effect(search, each))
            ],
        )
        if told and (own is None or told[-1][1].written >= own.at or sign != "mitigated"):
            return told[-1][0], told[-1][1].stated
        if own is not None:
            seen = _seen_to_end(search, tools=False) if sign != "mitigated" else None
            ended = seen if seen is not None and seen.at < own.at else own
            ended = _what_ended_it(search, ended) if sign == "restored" else ended
            stated = own_time(ended)
            if search.is_public(ended):  # A status page says so a while after.
                stated = replace(stated, precision=Precision.ABOUT)
            return ended, stated
    last = _switched_off(search) or _seen_to_end(search)
    return None if last is None or "relapse" in last.read.signs else (last, own_time(last))


def _talks_of_other(search: Search, each: Reading) -> bool:
    """Whether a person likely does nothing for an incident by it, nor says that what was reported works again.

    After hours of silence all that is said looks like talk.
    """
    report = search.sources.get(Kind.DETECTED)
    again = "restored" in each.read.signs and report is not None and not of_one(report).isdisjoint(of_one(each))
    return search.only_talks(each) and not again


def _likeliest_end(search: Search) -> Reading | None:
    return likeliest_end(search.since_the_detection(), _until(search))


def _until(search: Search) -> datetime | None:
    """Until when it may be told that it is well."""
    resolved = search.at(Kind.RESOLVED)
    return None if resolved is None else resolved + SLACK


def _before_it_was_known(search: Search, reading: Reading, statement: Statement) -> bool:
    """Whether people who talk tell of an end before it began: "restarted it ten minutes ago, it hung again"."""
    detected = search.at(Kind.DETECTED)
    return reading.weighed is not None and detected is not None and statement.stated.at < detected


def _seen_to_end(search: Search, *, tools: bool = True) -> Reading | None:
    """Who saw that it is well, after something was done about what was reported; perhaps also a tool."""
    report = search.sources.get(Kind.DETECTED)
    if report is None:
        return None
    return seen_to_end(search.everything, search.places, report, _until(search), tools=tools)


def _switched_off(search: Search) -> Reading | None:
    """The last that was switched off, after which it was soon seen to recover, and not to break again."""
    recovers: datetime | None = None
    for each in reversed(search.readings):
        if "relapse" in each.read.signs:
            recovers = None
        elif "recovering" in each.read.signs and not each.read.any("unfinished", "hedge"):
            recovers = each.at
        elif recovers is not None and _says_it_ended(search, each, "turned_off"):
            return each if recovers - each.at <= _TAKES_EFFECT else None
    return None


def _what_ended_it(search: Search, restored: Reading) -> Reading:
    """The finished rollback that a recovery followed, where nothing broke between them; else the recovery."""
    for each in reversed([each for each in search.readings if each.at < restored.at]):
        if restored.at - each.at > _TAKES_EFFECT or each.read.any("relapse", "unfinished"):
            break
        if makes_no_difference(each.read.message.text):
            break
        done = _says_it_ended(search, each, "rolled_back") or _says_it_ended(search, each, "turned_off")
        if done and "fault" not in each.read.signs:  # "A push removed the route" tells what broke it.
            return each
    return restored


def _says_it_ended(search: Search, each: Reading, sign: str) -> bool:
    read = each.read
    if sign not in read.signs or each.looks_back or read.is_question or read.is_alert:
        return False
    if sign == "rolled_back" and "refuted" in read.signs:
        return False  # "It was rolled back on Monday, so it is not that".
    if sign == "restored" and "change" in read.signs and is_under_way(read.message.text):
        return False  # "rolling back to 2.30.4" is at it, "seeing it back to normal" has seen it.
    if read.any("unfinished", "relapse", "other_resolved") or (sign != "mitigated" and read.any("hedge", "partly")):
        return False
    detected, resolved = search.stated.get(Kind.DETECTED), search.stated.get(Kind.RESOLVED)
    if detected is not None and each.at < detected.at:
        return False
    if sign != "mitigated" and resolved is not None and each.at > resolved.at + _AFTERMATH:
        return False  # What works again long after the end is another story.
    return not search.is_public(each) or (sign == "mitigated" and not LOOKS_BACK.match(read.message.text))


def _had_effect(search: Search, done: Reading) -> bool:
    """Whether nobody said, before it was seen to recover, that what was done made no difference."""
    for each in search.everything:
        if each.at <= done.at or each.read.is_question or each.looks_back:
            continue
        if each.at - done.at > _TAKES_EFFECT or each.read.any(*_RECOVERS):
            return True
        if makes_no_difference(each.read.message.text):
            return False
    return True


def _after_relapse(search: Search, candidates: Sequence[Reading]) -> Reading | None:
    """The first of the candidates after the last time that it broke again; None where none came after that."""
    if not candidates:
        return None
    chosen, broke = search.first_after_all(candidates, lambda each: _breaks_again(search, each))
    return None if broke else chosen


def _breaks_again(search: Search, each: Reading) -> bool:
    relapse = "relapse" in each.read.signs and not each.read.is_question and not each.looks_back
    return relapse or _fires_again(search, each)


def _fires_again(search: Search, each: Reading) -> bool:
    """Whether a tool raises the alarm again that told of the incident first."""
    first = search.sources.get(Kind.DETECTED)
    if first is None or not (first.read.is_alert and each.read.is_alert) or "cleared" in each.read.signs:
        return False
    return same_alarm(first, each)


def partly(search: Search) -> None:
    """When it was first seen to recover in part, before the impact ended."""
    told, ended = search.told_of(Kind.PARTLY_RECOVERED, 1), search.at(Kind.MITIGATED)
    if told:
        search.keep(Kind.PARTLY_RECOVERED, told[0][0], told[0][1].stated)
        return
    search.first_own(
        Kind.PARTLY_RECOVERED,
        lambda each: (
            each.read.any("recovering", "partly")
            and not each.read.any("unfinished", "hedge", "mitigated", "resolved", "relapse", "change")
            and not each.read.is_alert
            and not (ended is not None and each.at >= ended)
        ),
    )
