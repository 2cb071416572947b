"""When did the harm begin, by all that people who talk with each other say about earlier times?

A beginning is told in many ways: "first one left at 8:02", "jobs going back to 04:27", "09:08 for you". Each moment
that somebody names is weighed, and the likeliest is asserted where it is likely enough; else nobody said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from bot.dialogue.turns import Act
from bot.dialogue.weights import Weights, likely_alone
from bot.timeline import fitted_beginnings
from bot.timeline.beginning_hints import Named, named_moments, sentence_around
from bot.timeline.moments import masked_text
from bot.timeline.reading import Reading
from bot.timeline.values import Precision, Stated, shortened

_BEGAN = "began"
#: From this chance on it is asserted. By trial on the sets in `benchmarks/talk_aside`, each read by weights that were
#: fitted without it: 46 of 61 beginnings right and two wrong; from 0.55 on 43 and two.
_ENOUGH = 0.45
#: Where nobody says by it that something began, it takes more: "the release from 21:40" may only have been suspected.
_BEGINS = ("says: first", "says: last", "says: since", "says: a graph", "says: from then on", "told again", "asked")
_MORE = 0.6
#: Or that something was amiss at it, or from when to when; else a time has nothing to do with the incident.
_AMISS = ("says: amiss", "says: a break", "says: damage", "opens a span")
#: Until then it was well, or not all of it was.
_WELL_UNTIL = ("says: first", "says: last", "says: until", "says: from then on", "says: a break", "says: amiss")
#: From this chance on a message is talk, or of something else: of the beginnings in those sets one in 46 was told so.
_TALKS = 0.7


@dataclass(frozen=True, slots=True)
class Beginning:
    """A moment that somebody names, by which message, and how likely the harm began then."""

    reading: Reading
    stated: Stated
    chance: float


def likeliest_beginning(readings: Sequence[Reading], detected: datetime) -> Beginning | None:
    """The moment named in `readings`, in order of time, at which it likeliest began; None where none is likely."""
    told = [each for each in named_moments(readings, detected) if _may_tell(each)]
    best = max(((_chance(each), each) for each in told), key=_first, default=None)
    if best is None:
        return None
    chance, named = best
    if chance < (_MORE if named.hints.keys().isdisjoint(_BEGINS) else _ENOUGH):
        return None
    return Beginning(named.reading, _stated(named), chance)


def _may_tell(named: Named) -> bool:
    """Whether it is said in earnest: not in talk, and not in a question, unless somebody else names the same moment."""
    if "in a question" in named.hints and "told again" not in named.hints:
        return False
    if "says: another thing" in named.hints or named.hints.keys().isdisjoint((*_BEGINS, *_AMISS)):
        return False
    if "says: well" in named.hints and named.hints.keys().isdisjoint(_WELL_UNTIL):
        return False
    return named.reading.does(Act.CHATS, Act.ELSEWHERE) < _TALKS


def _first(pair: tuple[float, Named]) -> float:
    return pair[0]


def _chance(named: Named) -> float:
    return likely_alone(_weights().sums(named.hints.items())[0])


def _stated(named: Named) -> Stated:
    moment, message = named.moment, named.reading.read.message
    # What was last well broke some time after that, and what was amiss at a time may have been so before it.
    hints = named.hints.keys()
    about = not hints.isdisjoint(("says: last", "says: until")) and "says: first" not in hints
    about = about or hints.isdisjoint(_BEGINS)
    moment = replace(moment, precision=Precision.ABOUT) if about else moment
    begin, end = sentence_around(masked_text(message.text), moment)
    words = shortened(message.text[begin:end].strip(" -*•>|")) or moment.words
    return Stated(moment.at, moment.precision, message.ts, words, moment.zone, moment.bare)


@cache
def _weights() -> Weights:
    return Weights((_BEGAN,), fitted_beginnings.ALWAYS, fitted_beginnings.WEIGHTS)
