"""What does the course of an incident show where no sentence says it: who met it first, and who saw it end?

Somebody tells of it, somebody else has met it too, something is done, and then those who met it say that it is well.
None of it needs a word that is known; each needs the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.dialogue.turns import Act
from bot.patterns import pattern
from bot.timeline.course import (
    Place,
    all_of_them,
    asks_who_else,
    is_act,
    is_amiss,
    is_ill,
    is_well,
    looks_inside,
    makes_no_difference,
    places_of,
    says_too,
)
from bot.timeline.forms import Form, is_under_way, takes_on
from bot.timeline.incident import OF_USERS
from bot.timeline.reading import Reading
from bot.timeline.related import of_one

#: Who met it says so at most so long before it is called what it is, without a longer silence than the second.
_SAID_BEFORE, _SILENCE = timedelta(minutes=45), timedelta(minutes=20)
#: Who has met it too says so within this time, and after no more than so many other messages.
_TOO_WITHIN, _TOO_AFTER = timedelta(minutes=10), 2
_REPORT = 3
#: Below this chance what somebody says is no word of harm by what people do around it.
_HARDLY = 0.2
_YES = pattern(r"^\W*(?:yes|yep|yup|yeah|same|ja|here)\b")
_HEEDED_WITHIN = timedelta(minutes=15)
#: Who spoke among so many messages before may have reported it.
_SPOKE_BEFORE = 6
_FROM_OUTSIDE = pattern(
    r"\b(?:new|\d+|another) [^.\n]{0,20}\b(?:tickets?|reviews?|conversations?|complaints?|cases?|feedback|survey)\b"
    r"|^\W*(?:conversation|message|mail|e-mail|ticket|call) (?:from|by|of)\b"
)
#: "staging looks slow": where nobody is served, nobody is hit.
_REHEARSES = pattern(
    r"\b(?:staging|stage|pre-?prod\w*|test|dev|sandbox|qa|ci)(?: \w+)? (?:is|are|looks?|seems?|feels?|was)\b"
)
#: "no, that's the nightly job": what was told is as it should be.
_AS_IT_SHOULD_BE = pattern(
    r"^\W*(?:no+|nah|nope)?\W*(?:that|it|this)(?:(?:'|’)?s| is| was) (?:just |only |probably |all )?(?:the |our |a )?"
    r"(?:\w+ )?(?:nightly|hourly|daily|weekly|monthly|usual|normal|expected|planned|known|cron|load|batch|by design)\b"
)
_ANSWERED_WITHIN = 3
#: How long a story lasts, over how many messages, and how many beginnings are tried.
_STORY_LASTS, _LONGEST_STORY, _TRIES = timedelta(hours=12), 80, 60
#: What each part of a story weighs, how often it counts, and what makes one (measured on talk without an incident).
_WEIGHTS = {
    "takes on": 1.0, "thinks": 0.5, "looks": 0.5, "acts": 1.0, "severity": 2.0, "tells": 0.5, "too": 1.5, "closes": 1.0,
}  # fmt: skip
_MOST = {
    "takes on": 1, "thinks": 2, "looks": 3, "acts": 2, "severity": 1, "tells": 1, "too": 1, "closes": 1,
}  # fmt: skip
_WELL_SEEN, _ENOUGH = 1.5, 4.0
#: A tool clears its alarm so soon after what was done about it.
_CLEARED_SOON = timedelta(minutes=20)
#: "jackets! 1.2k of them": what was missed is there.
_SHOWN = pattern(r"!|\d")
#: Who says that it works again says so, whether or not the deed was told.
_AGAIN = pattern(r"\bagain\b")
_WORKS_ON_IT = (Form.ACTS, Form.TAKES_ON, Form.DECIDES, Form.TELLS, Form.ASKS)
#: "I'll make the role fail on an empty list" breaks nothing.
_IS_TO_COME = pattern(r"\b(?:i|we)(?:(?:'|’)ll| will| should| need to| must)\b")
#: Who met it says that it is over in so few words: "in", "gone".
_BRIEF = 2
_STATES = (Form.STATES, Form.EXPLAINS)
_ENDS = ("restored", "resolved", "mitigated", "rolled_back", "recovering")
_BROKEN = ("symptom", "relapse", "unfinished", "firing")


def first_report(harm: Reading, everything: Sequence[Reading], *, surely_said: bool) -> Reading:
    """The first of the messages just before `harm` by which somebody told of the same; `harm` where there is none.

    Where it is not `surely_said` that `harm` tells of harm, what is ill in the same talk before it is told of the same.
    """
    first, words = harm, set(of_one(harm))
    place = next(index for index, each in enumerate(everything) if each is harm)
    for index in range(place - 1, -1, -1):
        each, after = everything[index], everything[index + 1]
        if harm.at - each.at > _SAID_BEFORE or after.at - each.at > _SILENCE:
            break
        outside = comes_from_outside(each)
        if not outside and (not may_report(each) or _hardly_tells_of_harm(each)):
            continue
        near = not surely_said and (outside or is_ill(each.read.message.text))
        if words & of_one(each) or too_is_said(index, everything) or near:
            first = each
            words |= of_one(each)
    return first


def _hardly_tells_of_harm(each: Reading) -> bool:
    return each.weighed is not None and each.does(Act.HARM) < _HARDLY


def comes_from_outside(each: Reading) -> bool:
    """Whether a tool passes on what somebody outside wrote: a ticket, a review, a conversation."""
    return each.read.message.bot is not None and _FROM_OUTSIDE.search(each.read.message.text) is not None


def may_report(each: Reading) -> bool:
    """Whether a person states something that may be what is wrong, rather than works on it."""
    message = each.read.message
    if message.bot is not None or each.looks_back or each.read.is_chatter or each.read.any(*_ENDS, "acknowledged"):
        return False
    return len(message.text.split()) >= _REPORT and each.form not in _WORKS_ON_IT


def too_is_said(place: int, everything: Sequence[Reading]) -> bool:
    """Whether the next who speaks up has met the same as the message at `place` tells of."""
    said = everything[place]
    for each in everything[place + 1 : place + 2 + _TOO_AFTER]:
        if each.at - said.at > _TOO_WITHIN:
            return False
        other = each.read.message.user != said.read.message.user and each.read.message.bot is None
        if other and _met_too(said, each) and not each.read.any(*_ENDS):
            return True
        words = len(each.read.message.text.split())
        if (other and words >= _REPORT and not is_well(each.read.message.text)) or (not other and _asks(each)):
            return False
    return False


def _met_too(said: Reading, each: Reading) -> bool:
    text = each.read.message.text
    return says_too(text) or (asks_who_else(said.read.message.text) and _YES.match(text) is not None)


def _asks(each: Reading) -> bool:
    return "?" in each.read.message.text


def story(readings: Sequence[Reading]) -> Reading | None:
    """What somebody or a tool told of that people then worked on, until somebody saw that it was well: an incident, in
    whatever words. None where no such story is told."""
    tried = 0
    for place, told in enumerate(readings):
        too = too_is_said(place, readings)
        if not _tells_of_ill(told, too) or tried >= _TRIES or _was_nothing(told, readings[place + 1 :]):
            continue
        if told.read.message.bot is not None and not _heeded(told, readings[place + 1 : place + 1 + _SPOKE_BEFORE]):
            continue
        tried += 1
        later = [each for each in readings[place : place + _LONGEST_STORY] if each.at - told.at <= _STORY_LASTS]
        before = [
            each
            for each in readings[max(0, place - _SPOKE_BEFORE) : place]
            if told.at - each.at <= _SILENCE and may_report(each) and not is_well(each.read.message.text)
        ]
        if _weight(later, told, before) >= _ENOUGH:
            return told
    return None


def _was_nothing(told: Reading, later: Sequence[Reading]) -> bool:
    """Whether it is of a place where nobody is served, or somebody answers at once that it is as it should be."""
    message = told.read.message
    if message.bot is None and _REHEARSES.search(message.text) is not None:
        return True
    return any(
        each.read.message.user != message.user and _AS_IT_SHOULD_BE.search(each.read.message.text) is not None
        for each in later[:_ANSWERED_WITHIN]
    )


def _heeded(alarm: Reading, later: Sequence[Reading]) -> bool:
    """Whether a person soon takes on what a tool told, or speaks of it."""
    return any(
        each.read.message.bot is None
        and each.at - alarm.at <= _HEEDED_WITHIN
        and (takes_on(each.read.message.text) or bool(of_one(alarm) & of_one(each)))
        for each in later
    )


def _closes(each: Reading) -> bool:
    said = "resolved" in each.read.signs or ("cleared" in each.read.signs and each.read.is_alert)
    return said and "other_resolved" not in each.read.signs


def _tells_of_ill(each: Reading, too: bool) -> bool:
    """Whether it may be the first word of an incident: something is not as it should be, or two have met it (`too`)."""
    read = each.read
    if each.looks_back or read.is_chatter or read.any(*_ENDS, "action", "declared"):
        return False
    if read.message.bot is not None:
        harm = read.any("symptom", "report", "firing") or comes_from_outside(each) or is_amiss(read.message.text)
        return harm and not read.any("cleared")
    text = read.message.text
    return may_report(each) and (
        read.any("symptom", "report", "impact")
        or (is_ill if too else is_amiss)(text)
        or OF_USERS.search(text) is not None
    )


def _weight(later: Sequence[Reading], told: Reading, before: Sequence[Reading] = ()) -> float:
    """How much of a story follows on what was told: who takes it on, thinks, looks, acts, and sees that it is well."""
    places = places_of(later, told.at)
    words = set(of_one(told)).union(*(of_one(each) for each in before))
    people = {each.read.message.user for each in later if each.read.message.bot is None}
    if len(people) + (told.read.message.bot is not None) < 2:
        return 0.0
    counted: dict[str, float] = {}
    linked = False
    for each in later[1:]:
        text = each.read.message.text
        for hint, is_so in (
            ("takes on", takes_on(text) or "acknowledged" in each.read.signs),
            ("thinks", each.form is Form.SUPPOSES and looks_inside(text)),
            (
                "looks",
                each.form in (Form.STATES, Form.EXPLAINS) and looks_inside(text) and each.read.message.bot is None,
            ),
            ("acts", is_act(each, places[each.read.message.ts].form)),
            ("severity", each.read.any("severity", "declared") and "undeclared" not in each.read.signs),
            ("tells", each.form is Form.TELLS),
            ("too", _met_too(told, each) and not places[each.read.message.ts].after_act),
            ("closes", _closes(each)),
        ):
            if is_so:
                counted[hint] = counted.get(hint, 0.0) + 1
                alarm = told.read.message.bot is not None and hint == "takes on"
                soon = alarm and each.at - told.at <= _HEEDED_WITHIN
                spoken = each.at - told.at <= _SAID_BEFORE and (hint == "too" or bool(words & of_one(each)))
                linked = linked or soon or spoken
    reporters = {each.read.message.user for each in before}
    ended = seen_to_end(later, places, told, None, reporters=reporters)
    linked = linked or (ended is not None and bool(words & of_one(ended)))
    if "acts" not in counted or not linked or (ended is None and "closes" not in counted):
        return 0.0
    return _WELL_SEEN * (ended is not None) + sum(
        min(count, _MOST[hint]) * _WEIGHTS[hint] for hint, count in counted.items()
    )


def _same_tool(report: Reading, each: Reading) -> bool:
    return each is not report and each.read.message.bot is not None and each.read.message.bot == report.read.message.bot


def seen_to_end(
    readings: Sequence[Reading],
    places: Mapping[str, Place],
    report: Reading,
    until: datetime | None,
    *,
    reporters: Collection[str | None] = (),
    tools: bool = True,
) -> Reading | None:
    """Who saw first that it is well after something was done, where nobody saw it broken after that."""
    met = {report.read.message.user, *reporters}
    words = set(of_one(report))
    found: Reading | None = None
    done: Reading | None = None
    for each in readings:
        if each.at < report.at or (until is not None and each.at > until):
            continue
        text, place = each.read.message.text, places[each.read.message.ts]
        if says_too(text) and not place.after_act:
            met.add(each.read.message.user)
            words |= of_one(each)
        if _same_tool(report, each):
            if "firing" in each.read.signs:
                found = None
            elif (
                tools
                and (is_well(text) or "cleared" in each.read.signs)
                and found is None
                and done is not None
                and each.at - done.at <= _CLEARED_SOON
            ):
                found = each if is_under_way(done.read.message.text) else done
        if each.read.message.bot is not None or each.looks_back:
            continue
        done = each if is_act(each, place.form) else done
        shares = bool(words & of_one(each))
        mine = each.read.message.user in met and shares and _SHOWN.search(text) is not None
        told_again = _AGAIN.search(text) is not None and (each.read.message.user in met or shares)
        mine = mine or (each.read.message.user in met and says_too(text))
        after = place.after_act or (told_again and each is not report)
        states = place.form in _STATES or (is_well(text) and "?" in text)
        well = after and states and (is_well(text) or (mine and not is_ill(text)))
        brief = each.read.message.user in met and place.after_act and len(text.split()) <= _BRIEF
        well = well or (brief and not each.read.is_chatter and not is_ill(text) and place.form in _STATES)
        if well and (each.read.message.user in met or shares or all_of_them(text)):
            found = found or each
        elif (
            (each.read.any(*_BROKEN) or makes_no_difference(text))
            and not each.read.is_question
            and not well
            and not _IS_TO_COME.search(text)
        ):
            found = None
    return found
