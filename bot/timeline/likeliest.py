"""Which message likeliest says what it was, that it is well again, or that it is over, by all that people do around it?

Asked where people talk with each other: the words that a rule knows say less there than who says what after whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.dialogue.turns import Act
from bot.timeline.reading import Reading

#: From these chances on, among the others and by its own words, a message may be what it was, the end, the close. They
#: were chosen by trial, on the labelled channels by weights that were fitted without them, and on two sets kept aside.
_CLOSES = 0.4
_RECOVERS, _BY_ITS_WORDS = 0.6, 0.1
#: Where nobody says so by as much, from these on.
_PERHAPS, _HARDLY = 0.4, 0.03
#: From these on it is broken again, or something is done about it still.
_BROKEN, _MENDED = 0.5, 0.7
#: What is done shows so soon whether it helped.
_SHOWS_WITHIN = timedelta(minutes=15)
#: Who says that some of it is well again says that not all is.
_NOT_ALL = ("partly", "recovering", "unfinished", "hedge", "relapse")


def likeliest(readings: Iterable[Reading], act: Act, least: float, alone: float = 0.0) -> Reading | None:
    """The message by which a person likeliest does this, from these chances on; the first of several. No question."""
    found: Reading | None = None
    for each in readings:
        if each.weighed is None or each.read.message.bot is not None or each.read.is_question or each.looks_back:
            continue
        chance = each.does(act)
        if chance >= least and each.weighed.alone(act) >= alone and (found is None or chance > found.does(act)):
            found = each
    return found


def likeliest_close(readings: Sequence[Reading]) -> Reading | None:
    """Who likeliest says that it is over."""
    return likeliest(readings, Act.CLOSES, _CLOSES)


def likeliest_end(readings: Sequence[Reading], until: datetime | None) -> Reading | None:
    """Who first says that it is well after the last time, up to `until`, that it was broken or mended."""
    return _first_well(readings, until, _RECOVERS, _BY_ITS_WORDS)


def perhaps_end(readings: Sequence[Reading], until: datetime | None) -> Reading | None:
    """The same where nobody says so clearly: "THEY'RE COMING OUT", "6 green. were scanning"."""
    return _first_well(readings, until, _PERHAPS, _HARDLY)


def _first_well(readings: Sequence[Reading], until: datetime | None, least: float, alone: float) -> Reading | None:
    found: Reading | None = None
    again = False
    for each in readings:
        if until is not None and each.at > until:
            break
        if each.weighed is None or each.looks_back:
            continue
        if each.does(Act.HARM) >= _BROKEN or ("relapse" in each.read.signs and not each.read.is_question):
            found = None
        elif each.does(Act.MENDS) >= _MENDED:
            again = True
        elif _says_well(each, least, alone) and (found is None or again):
            found, again = each, False
    return found


def _says_well(each: Reading, least: float, alone: float) -> bool:
    if each.weighed is None or each.read.is_question or each.read.any(*_NOT_ALL):
        return False
    return each.does(Act.RECOVERS) >= least and each.weighed.alone(Act.RECOVERS) >= alone


def is_no_end(each: Reading, readings: Sequence[Reading], least: float) -> bool:
    """Whether what a rule takes for the end is hardly one: nobody says by it that it is well, nor soon after it."""
    if each.weighed is None or each.does(Act.RECOVERS, Act.CLOSES, Act.CLEARS) >= least:
        return False
    return each.does(Act.MENDS) < least or not any(
        other.does(Act.RECOVERS, Act.CLOSES, Act.CLEARS) >= _RECOVERS
        for other in readings
        if timedelta() < other.at - each.at <= _SHOWS_WITHIN
    )
