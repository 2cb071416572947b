"""Which messages belong to the incident, and not to what was said before it in the same channel?

The incident turns around its first alarm, declaration or notice. What was complained of earlier belongs to it when it
was said shortly before, or speaks of the same things; the rest of the morning does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.patterns import pattern
from bot.timeline.forms import takes_on
from bot.timeline.ideas import content_words, root
from bot.timeline.reading import Reading
from bot.timeline.values import Kind

#: A symptom this long before the first alert or declaration is taken for another story.
_BEFORE = timedelta(hours=12)
#: Unless people reported it, who are seldom heard at once.
_REPORT_BEFORE = timedelta(hours=36)
#: So shortly before, a complaint needs no word in common with what follows; nor does what users reported
#: or the team noticed, a while longer.
_NEAR, _REPORT_NEAR = timedelta(minutes=15), timedelta(hours=2)
#: How long after it was noticed people speak of the same thing.
_SPOKEN_OF, _TAKEN_UP = timedelta(hours=6), timedelta(hours=24)
#: Within so long of a symptom somebody who looks into something looks into it.
_LOOKED_AT = timedelta(hours=1)
#: Among how many of the next messages it is taken up, if at all.
_NEXT = 200
#: An alarm that nobody takes up until so long after it was cleared, or was raised, was heeded by nobody.
_NOBODY_STIRS, _HEEDED_WITHIN = timedelta(minutes=30), timedelta(hours=12)
#: Who says one of these soon after an alarm heeds it.
_TAKES_UP = (
    "symptom",
    "report",
    "noticed",
    "acknowledged",
    "investigating",
    "escalated",
    "guess",
    "fault",
    "named_cause",
    "cause",
    "impact",
)
#: Who says one of these within so long ends what it told of.
_ENDS_IT = ("declared", "severity", "rolled_back", "restored", "mitigated", "resolved")
_ENDS_WITHIN = timedelta(hours=3)

#: Within so long after an alarm somebody says that it was none.
_CALLED_OFF_WITHIN = timedelta(hours=2)
_NUMBER = pattern(r"\d[\d.,:%]*")
_FALSE = pattern(
    r"\b(?:it(?:'|’)?s|it is|was|that(?:'|’)?s) (?:just |only )?the (?:probe|check|monitor(?:ing)?|sensor)\b"
    r"|\b(?:was|were) never (?:down|broken|affected)\b"
    r"|\bfalse (?:alarm|positive|alert)\b|\b(?:just|only|is|was) (?:a )?noise\b|\bnoisy alert\b"
    r"|\bnothing (?:is )?(?:broken|wrong)\b"
    r"|\b(?:that|this) (?:was|is)(?: just| only)? (?:a test|me testing|the (?:weekly|nightly|daily) \w+)\b"
)

FIRST_DETECTED = pattern(r"^\W*(?:first |incident |issue |problem )?(?:detected|noticed|detection)\b")
_NOTICED = pattern(
    r"\b(?:users?|customers?|clients?|merchants?|tenants?) (?:\w+ )?report"
    r"|\b(?:team|we|i) (?:\w+ )?(?:noticed|observed|detected|(?:were|was|got) (?:alerted|paged))"
)
#: What every incident is about, and so says nothing about which.
_ANY_INCIDENT = frozenset(root(word) for word in (
    "down", "failing", "failed", "fails", "failure", "alert", "alerts", "critical", "triggered", "firing",
    "resolved", "deploy", "deployed", "deployment", "rolled", "rolling", "rollback", "production", "prod",
    "users", "user", "customer", "people", "team", "looking", "today", "yesterday", "minute", "hour", "time",
    "please", "thank", "back", "good", "going", "need", "start", "started", "https", "page", "high", "broken",
    "slow", "rate", "declaring", "calling", "clear", "long", "next", "week", "morning", "thing", "work",
    "working", "well", "want", "sure", "take", "will", "make", "root", "check", "missing", "wrong", "fixed",
    "crash", "closing", "same", "change", "report", "channel",
))  # fmt: skip
_SPEAKS_OF_IT = (
    "symptom", "report", "noticed", "firing", "declared", "named_cause", "cause", "fault", "rolled_back", "restored",
    "mitigated", "resolved", "recovering", "investigating", "acknowledged", "escalated", "impact", "guess", "delta",
    "severity",
)  # fmt: skip


def of_the_incident(readings: Sequence[Reading], tells_of_harm: Callable[[Reading], bool]) -> list[Reading]:
    """The readings from the first on that belongs to the incident; all of them where nothing sets it apart.

    A word of the end that stands before is kept, so that somebody can be asked about it.
    """
    first = _first(readings, tells_of_harm)
    if first is None:
        return list(readings)
    return [each for each in readings if each.at >= first.at or each.read.any("resolved")]


def turns_on(each: Reading) -> bool:
    """Whether it is an alarm, a declaration, a notice or a line that says that it was detected."""
    if each.looks_back:
        return False
    read = each.read
    return bool(
        (read.is_alert and "firing" in read.signs)
        or ("declared" in read.signs and "undeclared" not in read.signs)
        or (each.is_notice and "notice" in read.signs)
        or "began_label" in read.signs
        or FIRST_DETECTED.match(read.message.text)
    )


def _first(readings: Sequence[Reading], tells_of_harm: Callable[[Reading], bool]) -> Reading | None:
    place = next((index for index, each in enumerate(readings) if turns_on(each)), None)
    if place is None:
        harm = [index for index, each in enumerate(readings) if tells_of_harm(each)]
        taken_up = (index for index in harm if _is_taken_up(readings[index], readings[index + 1 : index + 1 + _NEXT]))
        chosen = next(taken_up, harm[0] if harm else None)
        return None if chosen is None else readings[chosen]
    first = readings[place]
    words = words_of([each for each in readings[place:] if each.at - first.at <= _SPOKEN_OF])
    for each in reversed(readings[:place]):
        reach = _REPORT_BEFORE if each.read.any("report", "noticed") else _BEFORE
        if readings[place].at - each.at > reach or not tells_of_harm(each):
            continue
        near = _REPORT_NEAR if _NOTICED.search(each.read.message.text) else _NEAR
        if first.at - each.at <= near or words & of_one(each):
            first = each
    return first


def words_of(readings: Sequence[Reading]) -> frozenset[str]:
    """What the messages that speak of an incident speak of."""
    return frozenset().union(*(of_one(each) for each in readings if each.read.any(*_SPEAKS_OF_IT)))


def of_one(each: Reading) -> frozenset[str]:
    """What one message speaks of, without what every incident is about."""
    return content_words(each.read.message.text) - _ANY_INCIDENT


def _is_taken_up(harm: Reading, later: Sequence[Reading]) -> bool:
    """Whether somebody looks into a symptom at once, or speaks of the same thing later."""
    words = of_one(harm)
    return any(
        (each.at - harm.at <= _LOOKED_AT and each.read.any("investigating", "acknowledged", "escalated"))
        or (each.at - harm.at <= _TAKEN_UP and each.read.any(*_SPEAKS_OF_IT) and words & of_one(each))
        for each in later
    )


def same_alarm(one: Reading, other: Reading) -> bool:
    """Whether a tool says the same twice, numbers aside."""
    mine, its = one.read.message, other.read.message
    return mine.bot == its.bot and _NUMBER.sub("#", mine.text[:200]) == _NUMBER.sub("#", its.text[:200])


def called_off(readings: Sequence[Reading]) -> set[str]:
    """The alarms that a person calls false, with what was written on them, unless somebody declared an incident.

    Long after an alarm that is one of which the words speak.
    """
    found: set[str] = set()
    for place, each in enumerate(readings):
        if each.read.message.bot is not None or each.read.is_question or not _FALSE.search(each.read.message.text):
            continue
        about = [
            other
            for other in readings[:place]
            if each.at - other.at <= _CALLED_OFF_WITHIN
            or (other.read.is_alert and each.at - other.at <= _HEEDED_WITHIN and of_one(other) & of_one(each))
        ]
        if any("declared" in other.read.signs and "undeclared" not in other.read.signs for other in about):
            continue
        if any(other.read.is_alert for other in about):
            found |= {other.read.message.ts for other in about} | {each.read.message.ts}
    return found


def unheeded(readings: Sequence[Reading]) -> set[str]:
    """The alarms of tools that nobody took up, with their clearings: no person spoke of them, looked or acted."""
    found: set[str] = set()
    people = [each for each in readings if each.read.message.bot is None and not each.looks_back]
    raised: dict[tuple[str | None, frozenset[str]], list[Reading]] = defaultdict(list)

    def end(about: tuple[str | None, frozenset[str]], last: datetime) -> None:
        alarms = raised.pop(about)
        if not any(_heeds(each, alarms[0]) for each in people if alarms[0].at <= each.at <= last):
            found.update(each.read.message.ts for each in alarms)

    for each in readings:
        if not each.read.is_alert:
            continue
        if each.read.any("acknowledged_by", "opened_by_tool"):
            raised.clear()  # Somebody heeds it, in the tool.
            continue
        about = (each.read.message.bot, of_one(each) - {root("recovered")})
        if "cleared" in each.read.signs:
            if about in raised:
                raised[about].append(each)
                end(about, each.at + _NOBODY_STIRS)
        elif "firing" in each.read.signs:
            raised[about].append(each)
    for about, alarms in list(raised.items()):
        end(about, alarms[0].at + _HEEDED_WITHIN)
    return found


def _heeds(each: Reading, alarm: Reading) -> bool:
    """Whether a person speaks of an alarm, or soon of what may be one."""
    if of_one(alarm) & of_one(each):
        return True
    if each.read.any(*_ENDS_IT) or any(stated.kind is Kind.IMPACT_BEGAN for stated in each.statements):
        return each.at - alarm.at <= _ENDS_WITHIN
    return each.at - alarm.at <= _LOOKED_AT and (each.read.any(*_TAKES_UP) or takes_on(each.read.message.text))
