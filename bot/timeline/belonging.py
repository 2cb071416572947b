"""How likely is it that a message belongs to the incident, where no word of it says so?

By who writes it, what it speaks of, what it does, and what was said just before. Nothing is asserted by it: such a line
is shown below all others, and a person prunes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from bot.patterns import pattern
from bot.timeline.asides import RULES
from bot.timeline.course import Place, is_well, says_too
from bot.timeline.forms import Form
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.related import of_one, words_of
from bot.timeline.values import Kind

#: What each hint is worth; a message belongs from the first on, and from the second where
#: no incident is seen.
ENOUGH, ENOUGH_ALONE = 1.5, 2.0
_SHARED, _TAKES_PART, _TOOK_PART_ONCE, _CLOSE, _DOES, _DETAIL = 1.5, 1.0, 0.5, 0.5, 1.0, 0.5
#: The end of an incident is spoken of so long after it, and its beginning before it was noticed.
_AFTER, _BEFORE = timedelta(minutes=20), timedelta(hours=2)
_CLOSE_BY, _ANSWERS_WITHIN = timedelta(minutes=4), timedelta(minutes=10)
#: An exclamation has so few words.
_A_FEW = 3
#: An answer stands among so many of the next messages.
_NEXT = 2
_DEEDS = (Form.ACTS, Form.SUPPOSES, Form.DECIDES, Form.EXPLAINS, Form.TELLS, Form.TAKES_ON, Form.PROPOSES)
_DETAILS = pattern(r"\d|`|\b[\pL]+[._/-][\pL\pN]|\b(?:is|are|was|has|have|does|do|did|no|not|all)\b")
_PROGRESS = pattern(
    r"\bstill\b|\bin progress\b|\bdone\b|\bwaiting\b|\bstart(?:s|ed|ing)\b|\bfinish\w*|\bready\b|\b(?:re)?try\w*\b"
    r"|\bcreat\w+\b|\d ?%|\beta\b|\balmost\b|\bin place\b|\brunning\b"
)
_ANSWERS = pattern(r"^\W*(?:yes|yep|yeah|no|nope|nah|me|mine|at|in|on|the|it|from|sure|dunno|i think|i have|with)\b")
#: "is the demo still at 2?", "is deploy freeze on for thursday"
_APPOINTMENT = pattern(
    r"^\W*(?:(?:hey|hi|so|and|also|btw|sir),? )*(?:is|are|does|do|when|what time)\b[^\n]{0,60}\b(?:at \d{1,2}\b"
    r"|on for\b"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|tonight|tomorrow|this (?:evening|afternoon)|next week)"
)
_OF_PEOPLE = pattern(
    r"\bany(?:one|body) (?:know|knows|in|up|for|got|have|has|seen|going|want|wants|else for)\b|\bany(?:one|body)\W*$"
    r"|\b(?:did|does|has|is|do) (?:any(?:one|body)|some(?:one|body))\b|\bwho (?:parks|wants|has|else|is in|will)\b"
)
_WHO_HAS = pattern(r"^\W*who(?:(?:'|’)s| has| have)(?: got)? (?:the|my|our|a)\b")
#: What nobody says in passing.
_SERIOUS = (
    "report", "declared", "firing", "symptom", "fault", "named_cause", "restored", "resolved", "mitigated",
    "rolled_back", "severity", "acknowledged", "escalated", "impact",
)  # fmt: skip


class Belonging:
    """How likely the messages of one record belong to its incident."""

    def __init__(self, readings: Sequence[Reading], milestones: Milestones, places: Mapping[str, Place]) -> None:
        self._milestones, self._places = milestones, places
        own = [each for each in readings if each.read.message.ts not in milestones.other]
        words = words_of(own)
        #: The messages that speak of what the incident is about.
        self._shared = frozenset(each.read.message.ts for each in readings if words & of_one(each))
        self._telling = Counter(
            each.read.message.user
            for each in own
            if each.read.message.bot is None
            and self._runs(each)
            and (
                each.read.message.ts in self._shared or places[each.read.message.ts].form in (Form.ACTS, Form.TAKES_ON)
            )
        )
        self._other = self._small_talk(readings)
        self._before = {after.read.message.ts: each for each, after in pairwise(readings)}

    def of(self, each: Reading) -> float:
        """The sum of the hints that `each` belongs; below zero where it surely does not."""
        message = each.read.message
        place = self._places[message.ts]
        if message.ts in self._other or message.ts in self._milestones.other:
            return -1.0
        shares = message.ts in self._shared
        if not self._runs(each):
            return ENOUGH if shares and self._nearly_runs(each) else -1.0
        told = self._telling[message.user]
        score = _SHARED * shares
        score += _TAKES_PART if told > 1 else _TOOK_PART_ONCE if told else 0.0
        before = self._before.get(message.ts)
        if before is not None and each.at - before.at <= _CLOSE_BY and before.read.message.ts not in self._other:
            score += _CLOSE
        score += _SHARED * says_too(message.text)
        score += _DOES * (place.form in _DEEDS)
        score += _SHARED * (_PROGRESS.search(message.text) is not None)
        score += _DETAIL * (_DETAILS.search(message.text) is not None)
        score += _DETAIL * (place.after_act and is_well(message.text))
        if place.form is Form.ASKS or (place.form is Form.STATES and len(message.text.split()) <= _A_FEW):
            score -= _CLOSE if place.form is Form.STATES else 1.0
        return score

    def shares(self, each: Reading) -> bool:
        """Whether it speaks, while it runs, of what the incident is about."""
        return self._runs(each) and each.read.message.ts in self._shared

    def is_small_talk(self, each: Reading) -> bool:
        """Whether it asks people for something else, keeps them company, or answers such a question."""
        return each.read.message.ts in self._other

    def is_deed(self, each: Reading) -> bool:
        """Whether a tool tells, while it runs, that something was done."""
        return self._runs(each) and self._places[each.read.message.ts].form is Form.ACTS

    def _runs(self, each: Reading) -> bool:
        detected, resolved = self._milestones.at(Kind.DETECTED), self._milestones.at(Kind.RESOLVED)
        return (detected is None or each.at >= detected) and (resolved is None or each.at <= resolved + _AFTER)

    def _nearly_runs(self, each: Reading) -> bool:
        detected = self._milestones.at(Kind.DETECTED)
        return detected is not None and detected - _BEFORE <= each.at < detected

    def _small_talk(self, readings: Sequence[Reading]) -> frozenset[str]:
        found: set[str] = set()
        sources = {stated.source_ts for stated in self._milestones.stated.values()}
        words: frozenset[str] = frozenset()
        asked: Reading | None = None
        since = 0
        for each in readings:
            message = each.read.message
            since += 1
            known = message.bot is not None or message.ts in sources or each.read.any(*_SERIOUS)
            if known or (message.ts in self._shared and not _WHO_HAS.search(message.text)):
                continue
            private = RULES["private"].search(message.text) is not None or (
                each.read.is_chatter and not says_too(message.text)
            )
            asks = self._asks_for_something_else(each)
            if private or asks:
                found.add(message.ts)
                words |= of_one(each)
                asked, since = (each, 0) if asks else (asked, since)
            elif (asked is not None and since <= _NEXT and _answers(each, asked)) or (
                words & of_one(each) and self._runs(each)
            ):
                found.add(message.ts)
        return frozenset(found)

    def _asks_for_something_else(self, each: Reading) -> bool:
        """Whether it asks who has the key, or whether the demo is still at two."""
        text, form = each.read.message.text, self._places[each.read.message.ts].form
        if each.read.signs - {"question", "finding", "hedge", "unfinished", "change"}:
            return False
        return form is Form.ASKS or _OF_PEOPLE.search(text) is not None or _APPOINTMENT.search(text) is not None


def _answers(each: Reading, asked: Reading) -> bool:
    """Whether it is the short answer to what was asked just before."""
    soon = each.at - asked.at <= _ANSWERS_WITHIN and each.read.message.user != asked.read.message.user
    little = not each.read.signs - {"confirmed", "refuted", "change", "finding", "acts"}
    return soon and little and _ANSWERS.match(each.read.message.text) is not None
