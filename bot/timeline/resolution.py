"""When was the incident closed? The last message is never taken for its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.turns import Act
from bot.patterns import pattern
from bot.timeline.incident import LIKELY
from bot.timeline.likeliest import likeliest_close
from bot.timeline.milestone_words import CLOSES_NOW, GOES_ON, LOOKS_BACK, NORMAL_AGAIN, RESOLVED_HEAD
from bot.timeline.reading import Reading, own_time
from bot.timeline.search import Search, does
from bot.timeline.statements import Statement
from bot.timeline.values import Kind, Precision

_NUMBER = pattern(r"\d")


def resolved(search: Search) -> None:
    """As stated, else the last word that closes it, a tool's, or the likeliest close."""
    detected = search.stated.get(Kind.DETECTED)
    told = search.told_of(Kind.RESOLVED, 1)
    if told:
        search.keep(Kind.RESOLVED, told[-1][0], told[-1][1].stated)
        return
    own = [each for each in search.readings if _says_resolved(each)]
    if detected is not None:
        early = [each for each in own if each.at < detected.at]
        own = [each for each in own if each.at >= detected.at]
        if early and not own:
            statement = Statement(Kind.RESOLVED, own_time(early[-1]), early[-1].at, 2)
            search.set_aside.append((statement, "earlier than the detection"))
    if own:
        search.keep(Kind.RESOLVED, _final(search, own))
        return
    by_tool = [each for each in search.readings if "resolved_by" in each.read.signs and each.read.is_alert]
    if by_tool:
        search.keep(Kind.RESOLVED, by_tool[-1])
        return
    if (last := likeliest_close(_since_the_last_harm(search))) is not None:
        search.keep(Kind.RESOLVED, last)
        return
    _closed_by_status_page(search)


def _since_the_last_harm(search: Search) -> Sequence[Reading]:
    """What was said after the last time that somebody said it is broken, or since the detection.

    Who counts how many were hit says nothing of now.
    """
    harm = [
        each.at
        for each in search.who(Act.HARM)
        if each is not search.sources.get(Kind.DETECTED)
        and does(each, Act.HARM, alone=LIKELY)
        and not _NUMBER.search(each.read.message.text)
    ]
    detected = search.at(Kind.DETECTED)
    since = harm[-1] if harm else detected
    return [] if since is None else [each for each in search.everything if each.at > since]


def _says_resolved(each: Reading) -> bool:
    read = each.read
    if RESOLVED_HEAD.match(read.message.text) and not read.is_question:
        return True
    if CLOSES_NOW.search(read.message.text) and not read.any("other_resolved", "relapse") and not read.is_question:
        return True
    if (
        "resolved" not in read.signs
        or read.is_question
        or each.looks_back
        or read.any("other_resolved", "unfinished", "relapse")
    ):
        return False
    return not (read.is_alert and not read.any("incident_word"))


def _final(search: Search, own: Sequence[Reading]) -> Reading:
    """The first word of the end after which nobody worked on it any more: later ones only repeat it."""
    chosen, _ = search.first_after_all(
        own,
        lambda each: each.read.any(
            "relapse", "unfinished", "investigating", "notice", "rolled_back", "mitigated", "restored"
        ),
    )
    return chosen


def _closed_by_status_page(search: Search) -> None:
    """A status page that ends with a look back on the impact has closed the incident, about then."""
    page = [each for each in search.readings if search.is_public(each)]
    if len(page) < 2 or GOES_ON.search(page[-1].read.message.text[:250]):
        return
    last = page[-1]
    text = last.read.message.text
    if any(each.strength == 3 for each in last.statements) or LOOKS_BACK.search(text) or NORMAL_AGAIN.search(text):
        search.keep(Kind.RESOLVED, last, replace(own_time(last), precision=Precision.ABOUT))
