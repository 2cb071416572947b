"""What the record leaves open, and is worth a question.

Each finding carries what a question needs to stand on: times, and the words that it builds on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from bot.patterns import pattern
from bot.timeline.durations import spoken_length
from bot.timeline.ideas import confirmation, refutation
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.roles import MITIGATED, mends
from bot.timeline.values import OPEN_IDEA, Kind, LooseEnd, Quote, shortened

#: Nobody wrote for this long while the incident ran.
SILENCE = timedelta(minutes=20)
#: People felt it this long before a tool said so.
BEFORE_ALERT = timedelta(minutes=5)
#: Somebody who mattered came this long after the detection.
LATE = timedelta(minutes=20)

_BECAUSE = pattern(
    r"\b(?:because|since|as |due to|so that|given|in order to|to (?:rule|see|check|stop|relieve|reduce|free"
    r"|clear|avoid|allow|prevent|get|buy|determine|fix|help|let)|otherwise)\b"
)
_ACTS = pattern(
    r"\b(?:roll\w* ?back|rolled back|revert\w*|restart\w*|fail\w* ?over|scal\w+ (?:up|down|out)|disabl\w+"
    r"|turn\w* off|switch\w*|drain\w*|block\w*|purg\w+|flush\w*|kill\w*|freez\w*|bounc\w*)\b"
)


def loose_ends_of(readings: Sequence[Reading], milestones: Milestones) -> tuple[LooseEnd, ...]:
    """What the record leaves open, most telling first. Nothing where there is no incident."""
    if not milestones.stated:
        return ()
    told = [each for each in readings if each.read.message.text.strip() and not each.read.is_service]
    return (
        *_before_alert(told, milestones),
        *_open_ideas(told, milestones),
        *_late(told, milestones),
        *_silences(told, milestones),
        *_calls(readings, milestones),
        *_unexplained(told, milestones),
    )


def best(ends: Sequence[LooseEnd]) -> tuple[LooseEnd, ...]:
    """The loose ends in the order in which they are worth a question: the first of each kind before a second."""
    firsts = tuple({each.kind: each for each in reversed(ends)}[kind] for kind in dict.fromkeys(e.kind for e in ends))
    return (*firsts, *(each for each in ends if each not in firsts))


def quote(reading: Reading) -> Quote:
    """The words of a message, shortened."""
    message = reading.read.message
    return Quote(shortened(message.text), message.ts, message.user or message.bot)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _span(milestones: Milestones, told: Sequence[Reading]) -> tuple[datetime, datetime] | None:
    start = milestones.at(Kind.DETECTED) or milestones.at(Kind.DECLARED)
    ends = [moment for kind in (Kind.RESOLVED, Kind.MITIGATED) if (moment := milestones.at(kind))]
    if start is None or not told:
        return None
    end = min(ends) if ends else told[-1].at
    return (start, end) if end > start else None


def _silences(told: Sequence[Reading], milestones: Milestones) -> Iterable[LooseEnd]:
    span = _span(milestones, told)
    if span is None:
        return
    people = [each for each in told if each.read.message.bot is None and span[0] <= each.at <= span[1]]
    gaps = [
        (after.at - before.at, before, after) for before, after in pairwise(people) if after.at - before.at >= SILENCE
    ]
    for length, before, after in sorted(gaps, key=lambda gap: -gap[0])[:2]:
        facts = (("from", _iso(before.at)), ("until", _iso(after.at)), ("length", spoken_length(length)))
        yield LooseEnd("silence", facts, quote(before))


def _open_ideas(told: Sequence[Reading], milestones: Milestones) -> Iterable[LooseEnd]:
    cause = milestones.sources.get(Kind.CAUSE_IDENTIFIED)
    ideas = []
    for index, each in enumerate(told):
        if not each.read.is_hypothesis or each is cause or each.looks_back:
            continue
        if each.read.message.bot is not None or "refuted" in each.read.signs:
            continue
        later = told[index + 1 : index + 61]
        if confirmation(each, later) is None and refutation(each, later) is None:
            ideas.append(each)
    for each in ideas[-3:]:
        yield LooseEnd(OPEN_IDEA, (("at", _iso(each.at)),), quote(each))


def _before_alert(told: Sequence[Reading], milestones: Milestones) -> Iterable[LooseEnd]:
    alert = next((each for each in told if each.read.is_alert and "firing" in each.read.signs), None)
    noticed = alert.at if alert else milestones.at(Kind.DETECTED)
    if noticed is None:
        return
    began = milestones.stated.get(Kind.IMPACT_BEGAN)
    source = milestones.sources.get(Kind.IMPACT_BEGAN)
    if began is not None and source is not None and noticed - began.at >= BEFORE_ALERT:
        yield _symptom(began.at, noticed, quote(source), alert is not None)
        return
    first = next(
        (
            each
            for each in told
            if each.read.message.bot is None and each.read.any("report", "symptom") and not each.read.is_question
            and not each.looks_back and each.at >= noticed - timedelta(hours=12)
        ),
        None,
    )  # fmt: skip
    if alert is not None and first is not None and alert.at - first.at >= BEFORE_ALERT:
        yield _symptom(first.at, alert.at, quote(first), True)


def _symptom(felt: datetime, noticed: datetime, words: Quote, by_alert: bool) -> LooseEnd:
    facts = (
        ("felt", _iso(felt)),
        ("noticed", _iso(noticed)),
        ("length", spoken_length(noticed - felt)),
        ("by", "alert" if by_alert else "people"),
    )
    return LooseEnd("symptom_before_alert", facts, words)


def _late(told: Sequence[Reading], milestones: Milestones) -> Iterable[LooseEnd]:
    start = milestones.at(Kind.DETECTED)
    if start is None:
        return
    first: dict[str, Reading] = {}
    for each in told:
        if each.read.message.user and each.read.message.bot is None:
            first.setdefault(each.read.message.user, each)
    seen = set()
    for kind, did in ((Kind.CAUSE_IDENTIFIED, "found the cause"), (Kind.MITIGATED, MITIGATED)):
        source = milestones.sources.get(kind)
        if kind is Kind.MITIGATED and source is not None and not mends(source):
            continue
        user = source.read.message.user if source and source.read.message.bot is None else None
        if source is None or user is None or user in seen or len(first) < 2 or milestones.at(kind) != source.at:
            continue
        seen.add(user)
        came = first[user].at
        if came - start >= LATE and came <= source.at:
            facts = (("user", user), ("did", did), ("joined", _iso(came)), ("after", spoken_length(came - start)))
            yield LooseEnd("late_expert", facts, quote(first[user]))


def _calls(readings: Sequence[Reading], milestones: Milestones) -> Iterable[LooseEnd]:
    end = milestones.at(Kind.RESOLVED)
    start = milestones.at(Kind.DETECTED)
    for each in readings:
        if (end is not None and each.at > end) or (start is not None and each.at < start - timedelta(hours=1)):
            continue
        if each.read.is_huddle or ("escape" in each.read.signs and not each.looks_back):
            yield LooseEnd("jump_to_call", (("at", _iso(each.at)),), quote(each))
            return


def _unexplained(told: Sequence[Reading], milestones: Milestones) -> Iterable[LooseEnd]:
    count = 0
    for index, each in enumerate(told):
        read = each.read
        text = read.message.text
        if read.message.bot is not None or read.is_question or each.looks_back or read.is_hypothesis:
            continue
        decides = "decision" in read.signs or "rolled_back" in read.signs
        if not decides or not _ACTS.search(text) or _BECAUSE.search(text) or read.any("cause", "named_cause"):
            continue
        around = told[max(0, index - 4) : index + 3]
        if any(
            other is not each and abs(other.at - each.at) <= timedelta(minutes=15)
            and (other.read.any("cause", "named_cause") or other.read.is_hypothesis)
            for other in around
        ):  # fmt: skip
            continue
        yield LooseEnd("unexplained_decision", (("at", _iso(each.at)),), quote(each))
        count += 1
        if count == 2:
            return
