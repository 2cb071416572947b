"""How was it responded to? Declared, taken on, looked into and escalated."""

from __future__ import annotations

from bot.dialogue.turns import Act
from bot.timeline.forms import takes_on
from bot.timeline.milestone_words import CALLS_IT, CALLS_SOMEBODY, GIVES_SEVERITY, HYPOTHETICAL, PAGES
from bot.timeline.reading import Reading
from bot.timeline.search import NOTHING, SURELY, Search
from bot.timeline.values import Kind

#: From this chance on it is so, whatever words that are known are in it.
_BEYOND_DOUBT = 0.9


def declared(search: Search) -> None:
    """Who first called it an incident, or gave it a severity; else a status page's first notice."""
    told = search.told_of(Kind.DECLARED, 1)
    own = [
        each
        for each in search.readings
        if "declared" in each.read.signs
        and not search.is_public(each)
        and "undeclared" not in each.read.signs
        and not each.read.is_question
        and not each.looks_back
        and (CALLS_IT.search(each.read.message.text) or not HYPOTHETICAL.search(each.read.message.text[:120]))
    ]
    manual = [each for each in search.readings if "opened_by_tool" in each.read.signs and each.read.is_alert]
    page = [each for each in search.readings if search.is_public(each) and not each.looks_back]
    if told:
        search.keep(Kind.DECLARED, told[0][0], told[0][1].stated)
    elif candidates := own or manual or page or _given_a_severity(search) or search.who(Act.DECLARES):
        search.keep(Kind.DECLARED, candidates[0])


def _given_a_severity(search: Search) -> list[Reading]:
    return [
        each
        for each in search.everything
        if each.read.message.bot is None
        and GIVES_SEVERITY.match(each.read.message.text)
        and not each.read.is_question
        and not each.looks_back
        and not each.read.any("undeclared", "hedge", "negated", "refuted", "resolved", "unfinished")
        and not HYPOTHETICAL.search(each.read.message.text)
        and (search.at(Kind.DETECTED) is None or each.at >= search.stated[Kind.DETECTED].at)
    ]


def acknowledged(search: Search) -> None:
    """Who first took it on, or answered the page."""
    told = search.told_of(Kind.ACKNOWLEDGED, 1)
    if told:
        search.keep(Kind.ACKNOWLEDGED, told[0][0], told[0][1].stated)
        return
    detected = search.sources.get(Kind.DETECTED)
    search.first_own(
        Kind.ACKNOWLEDGED,
        lambda each: (
            (each.read.any("acknowledged_by", "acknowledged") or _takes_on(each))
            and each.does(*NOTHING) < _BEYOND_DOUBT
            and each is not detected
            and not (each.read.message.bot is not None and not each.read.is_alert)
        ),
    )
    if Kind.ACKNOWLEDGED not in search.stated:
        search.first_own(Kind.ACKNOWLEDGED, lambda each: each.does(Act.TAKES_ON) >= SURELY and each is not detected)


def _takes_on(each: Reading) -> bool:
    """Whether a person says to be at it."""
    return each.read.message.bot is None and takes_on(each.read.message.text)


def investigated(search: Search) -> None:
    """Who first looked into it."""
    # Who checks something once the cause is known began to look before that.
    known = search.at(Kind.CAUSE_IDENTIFIED)
    search.first_own(
        Kind.INVESTIGATION_BEGAN,
        lambda each: "investigating" in each.read.signs and (known is None or each.at <= known),
    )


def escalated(search: Search) -> None:
    """Who first called for somebody else."""
    search.first_own(
        Kind.ESCALATED,
        lambda each: (
            ("escalated" in each.read.signs or CALLS_SOMEBODY.search(each.read.message.text) is not None)
            and ("declared" not in each.read.signs or PAGES.search(each.read.message.text) is not None)
        ),
    )
