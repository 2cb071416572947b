"""When was it detected, and when did it begin?"""

from __future__ import annotations

from datetime import timedelta

from bot.dialogue.turns import Act
from bot.timeline.beginnings import likeliest_beginning
from bot.timeline.incident import LIKELY
from bot.timeline.reading import Reading
from bot.timeline.related import FIRST_DETECTED, of_one
from bot.timeline.search import AT_LEAST, RATHER, SLACK, Search, does
from bot.timeline.taken_on import TAKEN_ON_BEFORE
from bot.timeline.unsaid import first_report
from bot.timeline.values import Kind, Precision

#: What is said or told where something is broken.
_HARM = (Act.HARM, Act.ALERTS)
#: From this chance on it tells of harm though its words alone hardly do.
_VERY_LIKELY, _A_BIT = 0.9, 0.05


def detected(search: Search) -> None:
    """The first word of it, or the moment that a statement names: an alarm's, a report's, or who first met it."""
    own = next((each for each in search.readings if search.tells_of_harm(each)), None)
    own = search.taken_on or own or search.story
    said = own is not search.story
    if own is not None and search.story is not None and _told_before(search, search.story, own):
        own, said = search.story, False
    met = next((each for each in search.everything if _meets_it(search, each)), None)
    if met is not None and (own is None or _was_met_before(search, met, own) or search.only_talks(own)):
        own, said = met, True
    if own is not None and own.read.message.bot is None:
        own = first_report(own, search.everything, surely_said=said)
    label = next(
        (each for each in search.readings if FIRST_DETECTED.match(each.read.message.text) and not each.statements),
        None,
    )
    told = [pair for pair in search.told_of(Kind.DETECTED) if pair[1].stated.at <= pair[1].written + SLACK]
    told = told or search.told_of(Kind.DETECTED, 1)
    if label is not None:
        search.keep(Kind.DETECTED, label)
    elif told and (own is None or min(each.stated.at for _, each in told) <= own.at + SLACK):
        reading, statement = min(told, key=lambda pair: pair[1].stated.at)
        search.keep(Kind.DETECTED, reading, statement.stated)
    elif own is not None:
        search.keep(Kind.DETECTED, own)


def _meets_it(search: Search, each: Reading) -> bool:
    """Whether, by what is done around it, a person or a tool says by it that something is broken."""
    if each.weighed is None or each.looks_back or search.is_public(each):
        return False
    if each.read.message.bot is not None:
        return each.does(Act.ALERTS, Act.HARM) >= LIKELY and "cleared" not in each.read.signs
    if each.read.message.ts in search.aside:
        return False
    return does(each, Act.HARM, least=RATHER) or does(each, Act.HARM, least=_VERY_LIKELY, alone=_A_BIT)


def _was_met_before(search: Search, met: Reading, own: Reading) -> bool:
    """Whether it was clearly spoken of before it was told in words that are known."""
    clear = met.weighed is not None and (
        met.weighed.alone(*_HARM) >= LIKELY or met.weighed.chance(*_HARM) >= _VERY_LIKELY
    )
    unlike = own.weighed is not None and own.does(*_HARM) < AT_LEAST
    return met.at < own.at and ((clear and own.at - met.at <= TAKEN_ON_BEFORE) or unlike)


def _told_before(search: Search, story: Reading, harm: Reading) -> bool:
    """Whether a story begins with the same thing, shortly before somebody says what is wrong."""
    if not timedelta() < harm.at - story.at <= TAKEN_ON_BEFORE:
        return False
    later = (each for each in search.everything if harm.at <= each.at <= harm.at + TAKEN_ON_BEFORE)
    return bool(of_one(story) & frozenset().union(*(of_one(each) for each in later)))


def began(search: Search) -> None:
    """When the impact began: as stated, among people who talk the likeliest moment that somebody names."""
    first = search.stated.get(Kind.DETECTED)
    told = [pair for pair in search.told_of(Kind.IMPACT_BEGAN, 1)]
    if first is not None and search.is_talk() and not any(each.strength == 3 for _, each in told):
        likely = likeliest_beginning(search.everything, first.at)
        if likely is not None:
            search.keep(Kind.IMPACT_BEGAN, likely.reading, likely.stated)
            return
        told = [pair for pair in told if pair[1].strength == 2]
    label = next((each for each in search.readings if "began_label" in each.read.signs and not each.statements), None)
    page = next((each for each in search.readings if search.is_public(each) and not each.looks_back), None)
    known = first.at if first is not None else page.at if page is not None else None
    if known is not None:
        late = [pair for pair in told if pair[1].stated.at > known + SLACK and pair[1].stated.zone is not None]
        for _, statement in late:
            if statement.strength >= 2 and statement.stated.precision is Precision.EXACT:
                why = "later than the detection" if first is not None else "later than the first notice"
                search.set_aside.append((statement, why))
        told = [pair for pair in told if pair not in late] or [pair for pair in told if pair[1].strength == 3]
    if told:
        strongest = max(each.strength for _, each in told)
        last = [pair for pair in told if pair[1].strength == strongest]
        reading = last[-1][0]
        statement = next(each for found, each in last if found is reading)
        search.keep(Kind.IMPACT_BEGAN, reading, statement.stated)
    elif label is not None:
        search.keep(Kind.IMPACT_BEGAN, label)
