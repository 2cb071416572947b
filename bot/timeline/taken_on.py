"""What did somebody report just before somebody else took it on, in words that no sign of harm knows?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.timeline.forms import takes_on
from bot.timeline.reading import Reading
from bot.timeline.related import of_one, words_of

#: Who took it on says what is broken within this time, if it is that.
_SAYS_SOON = timedelta(minutes=30)
#: What is reported is taken on so soon, and no harm is known so long before; a report has so many words.
_TAKEN_ON_WITHIN, TAKEN_ON_BEFORE, _A_REPORT, _A_FEW = timedelta(minutes=10), timedelta(hours=2), 5, 12


def taken_on(everything: Sequence[Reading], harm: Reading | None) -> Reading | None:
    """What somebody else reported just before a person took it on, where no earlier word of `harm` is known.

    It speaks of what is spoken of afterwards, or who took it on soon says what is broken; where nobody ever
    says that, the last that was taken on is it.
    """
    last: Reading | None = None
    for place, each in enumerate(everything):
        if harm is not None and not harm.at - TAKEN_ON_BEFORE <= each.at < harm.at:
            continue
        reported = _reported_before(everything, place) if _takes_on(each) else None
        if reported is None:
            continue
        if harm is not None and harm.at - each.at <= _SAYS_SOON and harm.read.message.user == each.read.message.user:
            return reported
        if harm is not None and (of_one(reported) | of_one(each)) & _spoken_of(everything, each.at):
            return reported
        last = reported
    return last if harm is None else None


def _spoken_of(everything: Sequence[Reading], since: datetime) -> frozenset[str]:
    """What those speak of who speak of an incident, in the hours after `since`."""
    return words_of([each for each in everything if since < each.at <= since + TAKEN_ON_BEFORE])


def _reported_before(everything: Sequence[Reading], place: int) -> Reading | None:
    """The first thing that the last other person said in the minutes before it was taken on at `place`."""
    taken, first = everything[place], None
    for before in range(place - 1, max(-1, place - 1 - _A_FEW), -1):
        each = everything[before]
        message = each.read.message
        if taken.at - each.at > _TAKEN_ON_WITHIN:
            break
        if message.bot is not None or message.user == taken.read.message.user or each.read.is_chatter:
            continue
        if _takes_on(each):
            continue
        if first is not None and message.user != first.read.message.user:
            break
        if len(message.text.split()) >= _A_REPORT:
            first = each
    return first


def _takes_on(each: Reading) -> bool:
    """Whether a person takes something on, or makes an incident of it."""
    read = each.read
    if read.message.bot is not None or each.looks_back or read.any("undeclared", "resolved"):
        return False
    said = "acknowledged" in read.signs or takes_on(read.message.text)
    return "declared" in read.signs or (said and not read.is_question)
