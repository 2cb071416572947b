"""What speaks for a moment that somebody names being that at which the harm began, and what against it?

Everything has a name that a person can read: `since before` is a word shortly before the moment, `right after: it` one
that follows at once, `says: last` a kind of word in its sentence, `told again` that others name the same moment.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.patterns import pattern
from bot.timeline.course import is_ill, is_well
from bot.timeline.moments import Moment, Window, masked_text, windows_in
from bot.timeline.reading import Reading

#: So far before the detection the harm of an incident may have begun, and so shortly after it people round.
_FARTHEST, _SLACK = timedelta(days=14), timedelta(minutes=5)
#: Moments so near to each other are the same one.
SAME = timedelta(minutes=3)
#: So far on each side words are looked at, in characters and in words.
_NEAR, _WORDS = 60, 4
_LONGEST = 400
_WORD = pattern(r"[\pL][\pL'’]*|\d+[\d:.,]*%?|[?!~]")
_ENDS = pattern(r"[.!?;](?:\s|$)|\n")
_ASKS_WHEN = pattern(
    r"\b(?:since when|from when|when|what time|how long|which time|exactly when|quando|wann|depuis)\b[^.!\n]{0,120}\?"
    r"|\bsince when\b|\bhow long\b"
)
_HOW_LONG_BEFORE = (
    ("at the detection", timedelta(minutes=2)),
    ("minutes before", timedelta(hours=1)),
    ("hours before", timedelta(hours=12)),
    ("a day before", timedelta(days=2)),
    ("days before", timedelta.max),
)
#: So many moments are looked at; and who else names one counts up to so often.
_AT_MOST, _OFTEN = 300, 2
#: "rolled back the release from 21:40", "restarted it at 9:12": what was done about it, and to what.
_REPAIRED = pattern(
    r"\b(?:roll(?:ed|ing)? (?:it |that |them )?back|revert(?:ed|ing)?|restart(?:ed|ing)?|restor(?:ed|ing)|rebuil[td]\w*"
    r"|put(?:ting)? (?:it |them )?back|re-?sen[dt]|requeu\w+|failed over)\b[^.;!?\n]{0,50}$"
)
#: "the first van leaves 6:30", "they start at half six": what happens every day.
_SCHEDULED = pattern(
    r"\b(?:(?:leaves?|opens?|closes?|departs?|arrives?|meets?|boards?|kicks? off|lands?|is due|are due)|(?:they|we|you"
    r"|i|people|drivers?|riders?|crews?|staff|shifts?|students?|pupils?|guests?|patients?|teams?|class(?:es)?|lessons?"
    r"|exams?|match|game|show|course|training|offices?|shops?|stores?|branch(?:es)?|trading|market) (?:\w+ )?"
    r"(?:starts?|begins?|ends?|works?|comes? in|gets? in|is|are))(?: (?:at|around|about|by|from|until|till|again))*\W*$"
)
#: What is people's own, or is done every day, whatever becomes of it: "my shift started at 9".
_ANOTHER_THING = pattern(
    r"\b(?:shifts?|on-?call|hand-?over|coffee|tea|lunch|breakfast|dinner|keyboard|commute|window|stand-?up)\b"
)
#: What may be the incident's own where something is amiss with it: "no backup since 9".
_ANOTHER_JOB = pattern(r"\b(?:back-?ups?|snapshots?)\b")
#: How many messages back somebody may have asked since when.
_ASKED_BEFORE = 4
#: An answer in so few words says little else than a time.
_FEW = 8
_SAYS = {
    "first": pattern(r"\b(?:first|earliest|oldest|primeir\w+|begin\w*|began|start(?:s|ed|ing)?)\b"),
    "until": pattern(r"\b(?:until|till|til|up to)\b"),
    "last": pattern(r"\b(?:last|latest|newest|most recent)\b"),
    "since": pattern(r"\b(?:since|as of|back to|depuis|desde|from (?:then|there|about|around|roughly))\b"),
    "a break": pattern(
        r"\b(?:stopp?(?:s|ed)|stuck|died|dies|hung|hangs|froze|freezes|broke|breaks|crashed|disappear\w*|vanished|gone"
        r"|fails?|failed|went (?:down|dark|offline|quiet|silent|blank|read-?only|empty|wrong)|missing|lost|blocked"
        r"|wrong|empty|zero|dead|down)\b"
    ),
    "damage": pattern(
        r"\b(?:hit|cut|severed|struck|tripped|blew|panic(?:s|ked)?|exploded|overflow\w*|leaked|(?:was|were) out)\b"
    ),
    "a graph": pattern(
        r"\b(?:graphs?|curve|chart|panel|dashboard|metrics?|line|rate|volume)\b|\b(?:drops?|dropped|fell|falls"
        r"|spik\w+|climb\w*|jump\w*|flat|rises?|rose|rising|cliff|steep|tank\w*|dip\w*)\b"
    ),
    "a change": pattern(
        r"\b(?:deploy\w*|release[ds]?|rollout|rolled out|pushed?|merged?|published|updat\w+|upgrad\w+|migrat\w+"
        r"|switch\w*|moved?|removed|deleted|restart\w*|went live|config\w*|firmware|sync\w*|changed?|cut ?over"
        r"|went out|uploaded|cleaned|closed|set|flag)\b"
    ),
    "an expiry": pattern(r"\b(?:expir\w+|ran out|run out|runs out|valid until|notafter|lapsed|finished|full)\b"),
    "a plan": pattern(
        r"\b(?:will|we'll|i'll|going to|gonna|tomorrow|until|till|deadline|due|meeting|call|stand-?up|post-?mortem"
        r"|review|retro|reminder|calendar|window|planned|scheduled|freeze|eta|next|expected?|should|lunch|shift"
        r"|opens?|closes?|kick-?off|pick-?up|leaves?|let's|invite|agenda|appointment)\b"
    ),
    "a guess": pattern(
        r"\b(?:maybe|perhaps|possibly|probably|could|might|i (?:think|guess|bet|suspect|assume)|i'd say|unless"
        r"|suspicious|coincidence|related|not sure)\b|\?"
    ),
    "mended": pattern(
        r"\b(?:fixed|back|up|recover\w*|restored|resolved|closed|cleared|done|finished|complet\w+|working|reverted"
        r"|rolled back|normal|ok|fine|good|green|over|ended)\b"
    ),
    "an old story": pattern(r"\b(?:last (?:year|month|time|week|october|summer)|in (?:19|20)\d\d|years? ago|once)\b"),
}


#: What a message says of before and after, in any of its sentences.
_FROM_THEN = pattern(
    r"\b(?:since then|from then|from there|ever since|after that|everything after|all (?:of them )?(?:after|since)"
    r"|(?:nothing|none|nobody|no (?:more|new|one)) (?:\w+ ){0,2}(?:since|after)|(?:nothing|none|no \w+) before"
    r"|before (?:that|it|this)\b[^.;\n]{0,30}\b(?:fine|ok|right|good|normal|clean|worked)|and (?:everything|all)"
    r" after)\b"
)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What of a message is the same for every moment that it names."""

    masked: str
    windows: tuple[Window, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A moment that `reading` names, with what speaks for it and against it, each with how much there is of it."""

    reading: Reading
    moment: Moment
    hints: dict[str, float]


def named_moments(readings: Sequence[Reading], detected: datetime) -> list[Named]:
    """The moments, up to the detection, that `readings`, in order of time, name: the first 300, later ones repeat.

    That of a repair is none of them, nor that of what happens every day.
    """
    found = [
        (place, moment)
        for place, each in enumerate(readings)
        for moment in each.moments
        if detected - _FARTHEST <= moment.at <= min(detected + _SLACK, each.at + SAME)
        and not _is_other(each.read.message.text[max(0, moment.start - 80) : moment.start])
    ][:_AT_MOST]
    times = sorted((moment.at, place) for place, moment in found)
    whole = {place: _whole(readings[place]) for place in {place for place, _ in found}}
    return [
        Named(
            readings[place],
            moment,
            dict.fromkeys(
                [
                    *whole[place].hints,
                    *_in_words(readings[place], moment, whole[place]),
                    *_in_time(readings, place, moment, detected),
                ],
                1.0,
            )
            | _beside(times, place, moment.at),
        )
        for place, moment in found
    ]


def _is_other(before: str) -> bool:
    return _REPAIRED.search(before) is not None or _SCHEDULED.search(before) is not None


def _whole(each: Reading) -> _Whole:
    text = masked_text(each.read.message.text)
    hints = []
    if _FROM_THEN.search(text[:_LONGEST]):
        hints.append("says: from then on")
    if len(_words(text[:_LONGEST])) <= _FEW:
        hints.append("few words")
    return _Whole(text, windows_in(text, each.moments), tuple(hints))


def _in_words(each: Reading, moment: Moment, whole: _Whole) -> Iterator[str]:
    text = whole.masked
    begin, end = sentence_around(text, moment)
    before, after = _words(text[begin : moment.start]), _words(text[moment.end : end])
    yield from (f"{word} before" for word in before[-_WORDS:])
    yield from (f"{word} after" for word in after[:_WORDS])
    yield f"right before: {before[-1]}" if before else "opens its sentence"
    yield f"right after: {after[0]}" if after else "ends its sentence"
    sentence = f"{text[begin : moment.start]} {text[moment.end : end]}".lower()
    yield from (f"says: {name}" for name, rule in _SAYS.items() if rule.search(sentence))
    if is_ill(sentence):
        yield "says: amiss"
    elif _ANOTHER_JOB.search(sentence):
        yield "says: another thing"
    if _ANOTHER_THING.search(sentence):
        yield "says: another thing"
    if is_well(sentence):
        yield "says: well"
    for window in whole.windows:
        if moment.start == window.start.start:
            yield "opens a span"
        if moment.start == window.end.start:
            yield "ends a span"
    if text[end : end + 1] == "?":
        yield "in a question"
    if moment.doubtful:
        yield "doubtful"
    if moment.counted:
        yield "counted back"
    if each.moments[0].start < moment.start:
        yield "not the first named"


def _in_time(readings: Sequence[Reading], place: int, moment: Moment, detected: datetime) -> Iterator[str]:
    each = readings[place]
    before = detected - moment.at
    yield next(name for name, most in _HOW_LONG_BEFORE if before < most)
    if each.at - moment.at <= SAME:
        yield "now"
    if each.at < detected:
        yield "told before the detection"
    if each.read.message.bot is not None:
        yield "a tool"
    if _was_asked(readings, place):
        yield "asked"


def _beside(times: Sequence[tuple[datetime, int]], place: int, at: datetime) -> dict[str, float]:
    """What the other moments, in order of time with the places of their messages, say of this one."""
    found: dict[str, float] = {}
    if times[0][0] >= at - SAME:
        found["the earliest"] = 1.0
        if times[-1][0] <= at + SAME:
            found["the only one"] = 1.0
    others = set[int]()
    for when, whose in times[bisect_left(times, (at - SAME, -1)) :]:
        if when > at + SAME or len(others) == _OFTEN:
            break
        if whose != place:
            others.add(whose)
    if others:
        found["told again"] = float(len(others))
    return found


def sentence_around(text: str, moment: Moment) -> tuple[int, int]:
    """Where the sentence of `text` that names a moment begins and ends."""
    cut = max(0, moment.start - _LONGEST)
    begin = cut
    for found in _ENDS.finditer(text[cut : moment.start]):
        begin = cut + found.end()
    stop = _ENDS.search(text[moment.end : moment.end + _LONGEST])
    return begin, moment.end + stop.start() if stop else min(len(text), moment.end + _LONGEST)


def _words(text: str) -> list[str]:
    """The words of a text; a number is a number."""
    words = [(found.group() or "").lower().replace("’", "'") for found in _WORD.finditer(text)]
    return ["7" if word[0].isdigit() else word for word in words]


def _was_asked(readings: Sequence[Reading], place: int) -> bool:
    writer = readings[place].read.message.user
    return any(
        each.read.message.user != writer and _ASKS_WHEN.search(each.read.message.text[:_LONGEST]) is not None
        for each in readings[max(0, place - _ASKED_BEFORE) : place]
    )
