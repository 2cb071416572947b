"""Which messages in a row speak of something else: a drill, work that was planned, or a story of others or of then?

One message opens such a stretch, those after it go on with it, and somebody who tells of an effect ends it. Alarms of
tools and notices of status pages are never set aside, except in a drill, or where they tell of what is worked on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.patterns import pattern
from bot.timeline.asides import RULES, declares, rule_of, speaks_of_us
from bot.timeline.course import is_amiss
from bot.timeline.ideas import content_words
from bot.timeline.signs import Read

_SHARES = pattern(r"https?://")
#: A rehearsal, in the words that open it.
_DRILL = pattern(
    r"\bload ?test\b[^.\n]{0,40}\b(?:from|starts?|starting|now|until)\b"
    r"|\bignore (?:the |any |all )?(?:alerts?|alarms?|pages)\b"
    r"|\b(?:game ?day|fire ?drill|drill|exercise|chaos (?:day|test|experiment)|tabletop)\b[^.\n]{0,20}\b(?:starts?"
    r"|begins?|started|now|today|time|scenario)\b"
    r"|\b(?:this|it|that)(?: is|(?:'|’)?s) (?:just |only )?(?:(?:a|an|the|our) )?(?:\w+ )?(?:drill|exercise|game ?day"
    r"|practice|simulation|rehearsal)\b"
)
_NO_DRILL = pattern(r"\b(?:not|isn(?:'|’)?t|no) (?:a |an )?(?:drill|test|exercise|practice|simulation|rehearsal)\b")
_DRILL_OVER = pattern(
    r"\b(?:drill|exercise|game ?day)\b[^.\n]{0,20}\b(?:over|done|finished|ended|complete\w*)\b"
    r"|^.{0,40}[.,] stopping\W*$"
)
_WORK = (
    r"(?:maintenance|upgrades?|update|migration|patching|patch(?:es| day)?|firmware|kernel|cut-?over|switch-?over"
    r"|fail-?over test|move|resize|re-?index|swap|replacement|rotation)"
)
#: "replica is down, upgrading", "starting the firmware upgrade": work that was meant, in the words that begin it.
_BEGINS_WORK = pattern(
    r"\b(?:start(?:ing|s)?|begin(?:ning|s)?|kick(?:ing)? off|doing|going ahead with|proceeding with|time for)"
    r" (?:with )?(?:[\w.'’-]+ ){0,4}" + _WORK + r"\b"
    r"|\b(?:is|are|goes|going) (?:\w+ )?(?:down|offline|read-?only)\b[^.\n]{0,20}\b(?:upgrading|patching|migrating"
    r"|for (?:[\w.'’-]+ ){0,3}" + _WORK + r")\b"
    r"|\b(?:as|was|were) (?:announced|planned|scheduled)\b"
    r"|\b(?:today|tonight|now|this (?:morning|afternoon|evening)|at \d{1,2}) we (?:will )?(?:move|migrate|switch"
    r"|upgrade|replace|cut over|go live|rehearse)\b"
    r"|\bmaintenance (?:starts|begins|window)\b|\b(?:cut-?over|go-?live|migration) (?:day|starts|begins|today"
    r"|tonight)\b|\b(?:frozen|closed|read-?only|locked) (?:till|until|from)\b"
)
#: What was meant to be so is no effect, and who is at work says so.
_MEANT = pattern(
    r"\b(?:expected|as planned|on purpose|by design|intended|that(?:(?:'|’)?s| is) (?:just )?(?:me|us|mine)"
    r"|smooth\w*)\b"
    r"|\bfor (?:a|one|two|about|~?\d+) ?(?:few )?(?:s|sec\w*|min\w*|moment)\b"
)
#: During such work what is worked on is down.
_DOWN = pattern(r"\b(?:is|are|goes|going|taken|taking) (?:\w+ ){0,2}down\b")
_WORK_DONE = pattern(r"\b(?:done|complete[d]?|finished|over|all (?:green|good|set))\b")
_OF_AN_INCIDENT = pattern(r"\b(?:incident|outage|downtime|post-?mortem)s?\b|\b(?:last|that|previous|past) time\b")
#: "Retention was set to 30 days last week, that filled the disk": what was done then, and what it led to now.
_LED_TO_NOW = pattern(
    r"[,;–—]\s*(?:so |and |then )*(?:that|which|this)(?:(?:'|’)s| is)? (?:(?:\pL+ly|then|has|just|all|why|what|how) )*"
    r"(?:\pL{2,}ed|broke|ate|took|made|hit|led|left|we|it|the)\b"
    r"|\b(?:turns out|from the call|found it|(?:root )?cause(?: is| was|:)"
    r"|that(?:(?:'|’)s| is) (?:why|how|what|because))\b"
)
#: Who speaks of an incident of then goes on in the past tense.
_IN_THE_PAST = pattern(
    r"\b(?:was|were|had|did|didn(?:'|’)?t|couldn(?:'|’)?t|wasn(?:'|’)?t|went|came|began|found|lost|\w{3,}ed)\b"
)
_CLOSES = pattern(
    r"^\W*(?:all[- ]clear|resolved|(?:the |this )?incident (?:is )?(?:over|closed|resolved))\b\W*(?:$|[.!,] )"
)
#: Who prepares to ask a candidate about a case tells no case of today; nor does who makes an outage of the coffee.
_CANDIDATE = pattern(r"\bcandidate\b|\binterview\w*\b")
#: How long after an alarm, or after somebody told of harm, people speak of now.
_ALARM_LASTS, _HARM_LASTS = timedelta(hours=12), timedelta(hours=2)
#: How long a stretch of each sort lasts at most after the message that opened it, or last went on with it.
_LASTS = {
    "drill": timedelta(hours=4),
    "planned work": timedelta(hours=4),
    "private": timedelta(minutes=45),
    "past": timedelta(minutes=10),
    "others": timedelta(minutes=45),
}
#: Alarms of planned work are cleared so long after it is done.
_SETTLES = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some messages in a row that speak of something else, because of the one that opened it."""

    until: datetime
    by: str | None
    words: frozenset[str]


def set_aside(reads: Iterable[Read]) -> dict[str, str]:
    """The messages, in order of time, that speak of something else: the rule's name by their `ts`."""
    found: dict[str, str] = {}
    stretches: dict[str, _Stretch] = {}
    now = _Now()
    for read in reads:
        stretches = {rule: each for rule, each in stretches.items() if read.message.at <= each.until}
        rule = _held(read, stretches, now)
        if rule is None:
            now = now.after(read)
        else:
            found[read.message.ts] = rule
    return found


@dataclass(frozen=True, slots=True)
class _Now:
    """When an alarm or a declaration was last heard, and when a person last told of harm."""

    alarm: datetime | None = None
    harm: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        return self.alarm is not None and at - self.alarm <= _ALARM_LASTS

    def is_calm(self, at: datetime) -> bool:
        return all(each is None or at - each > _HARM_LASTS for each in (self.alarm, self.harm))

    def after(self, read: Read) -> _Now:
        message = read.message
        if message.bot is not None:
            return replace(self, alarm=message.at) if "firing" in read.signs and read.is_alert else self
        if declares(read):
            return replace(self, alarm=message.at)
        return replace(self, harm=message.at) if read.is_symptom and not read.is_question else self


def _held(read: Read, stretches: dict[str, _Stretch], now: _Now) -> str | None:
    """The rule by which a message speaks of something else; `stretches` are those that run, and are changed by it."""
    message = read.message
    text, at, person = message.text, message.at, message.bot is None

    def opened(rule: str) -> None:
        stretches[rule] = _Stretch(at + _LASTS[rule], message.user, content_words(text))

    if _NO_DRILL.search(text):
        stretches.pop("drill", None)
    elif person and _DRILL.search(text):
        opened("drill")
    if "drill" in stretches:
        if _DRILL_OVER.search(text):
            del stretches["drill"]
        return "drill"
    if person and now.is_calm(at) and not read.is_question and _BEGINS_WORK.search(text):
        opened("planned work")
    if "planned work" in stretches and _belongs_to_work(read, stretches):
        return "planned work"
    own = rule_of(read) if person and not declares(read) and not (now.is_open(at) and _CLOSES.search(text)) else None
    if own == "past" and not now.is_calm(at) and _tells_why(read):
        own = None
    if now.is_open(at):
        stretches.pop("private", None)
        stretches.pop("past", None)
    elif person and RULES["private"].search(text) and (_CANDIDATE.search(text) or read.any("severity", "declared")):
        opened("private")
    if own != "private" and read.any("report", "noticed"):
        stretches.pop("private", None)
    if "private" in stretches and person:
        return "private"
    if "past" in stretches and person and _IN_THE_PAST.search(text) and not read.any("report"):
        opened("past")
        return "past"
    if not person or declares(read) or ("others" in stretches and speaks_of_us(read)):
        stretches.pop("others", None)
    tells_of_one = _OF_AN_INCIDENT.search(text) is not None or read.any("symptom", "question")
    if own == "past" and tells_of_one and not now.is_open(at) and not _of_today(text, at):
        opened("past")
    if own == "others" and _SHARES.search(text):
        opened("others")
    return own or ("others" if "others" in stretches else None)


def _tells_why(read: Read) -> bool:
    """Whether it explains what is so now by what was done then, and speaks of no incident of then."""
    text = read.message.text
    return (
        _LED_TO_NOW.search(text) is not None
        and _OF_AN_INCIDENT.search(text) is None
        and not read.any("question", "incident_word")
    )


def _of_today(text: str, at: datetime) -> bool:
    """Whether it speaks of the incident of the day on which it was written."""
    words = [each.strip(".,:;()") for each in text.lower().split()]
    day, months = str(at.day), (f"{at:%B}".lower(), f"{at:%b}".lower())
    return any(day in pair and not set(pair).isdisjoint(months) for pair in pairwise(words))


def _belongs_to_work(read: Read, stretches: dict[str, _Stretch]) -> bool:
    """Whether a message goes on with planned work; the work is over for it once somebody tells of an effect."""
    message, work = read.message, stretches["planned work"]
    text = message.text
    if message.bot is not None:
        return read.is_alert and bool(work.words & content_words(text))
    mine = message.user == work.by
    if not _MEANT.search(text) and not read.is_question:
        harm = is_amiss(_DOWN.sub(" ", text)) if mine else read.is_symptom or is_amiss(text)
        if harm or (read.any("declared", "report") and not mine):
            del stretches["planned work"]
            return False
    if mine:
        until = message.at + _SETTLES if _WORK_DONE.search(text) else work.until
        stretches["planned work"] = replace(work, until=until, words=work.words | content_words(text))
    return mine or _MEANT.search(text) is not None
