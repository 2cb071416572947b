"""What does the page for who leads say in words of its own? An executive summary that somebody accepted, if any."""

from __future__ import annotations

from collections.abc import Sequence

from bot.interview.conclusions import Standing
from bot.interview.offers import EXECUTIVE
from bot.interview.thoughts import Purpose
from bot.report.desk import Desk
from bot.report.plain import digest
from bot.report.sections import edit_of, edited
from bot.report.silence import absent
from bot.report.values import SectionText, Source, State

HEADING = "Executive summary"
#: What it says nothing of that changes in every case: dates and owners, and single events.
_NOT_OF_IT = ("items", "timeline", EXECUTIVE)


def brief(desk: Desk, sections: Sequence[SectionText]) -> tuple[SectionText, ...]:
    """The section that it is; none where nobody accepted one, or the script has a section of that name."""
    edit = edit_of(desk, EXECUTIVE)
    if edit is None or any(s.id == EXECUTIVE for s in sections):
        return ()
    composed = SectionText(
        EXECUTIVE,
        HEADING,
        (absent(State.NOT_ANSWERED),),
        State.NOT_ANSWERED,
        sources=_sources(desk),
        base=base_of(sections),
        made_of=EXECUTIVE,
    )
    return (edited(desk, composed, edit),)


def base_of(sections: Sequence[SectionText]) -> str:
    """The digest of what it sums up: it is marked when that has changed since."""
    return digest("\n".join(s.base for s in sections if s.made_of not in _NOT_OF_IT))


def _sources(desk: Desk) -> tuple[Source, ...]:
    """The messages that its draft rested on."""
    drafts = [t for t in desk.interview.thoughts if t.purpose is Purpose.EXECUTIVE and t.standing is Standing.USED]
    grounds = (ground for draft in drafts for saying in draft.sayings for ground in saying.grounds)
    return tuple(dict.fromkeys(s for each in grounds if each.ts for s in desk.source(each.ts, each.user)))
