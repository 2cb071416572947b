"""With which past incidents is a document's own compared, and what has come before? For everybody in its channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.interview.state import Interview
from bot.past.patterns import Again, again
from bot.past.summing import digest
from bot.report.document import Document
from bot.report.material import Similar
from bot.slack.inert import plain
from bot.understanding.past_incidents import matches
from bot.understanding.people_named import users_of
from bot.wording.sorts import FACTOR_HEADINGS
from storage.past import Match, Sight
from storage.unit import Unit

#: The address of a message, by its channel and ts.
Permalink = Callable[[str, str], str]
#: The incidents among which something has come before, and those of them that are named.
AMONG, NAMED = 25, 4
#: Open actions of a past incident that are named.
ACTIONS = 3


def compared(unit: Unit, interview: Interview, document: Document, permalink: Permalink) -> Document:
    """The document with the past incidents that are like its own; `permalink` is of a channel and a message's ts."""
    similar = tuple(_similar(unit, interview, match, permalink) for match in matches(unit, interview))
    others = [
        each.course
        for each in unit.past.recent(interview.workspace, Sight(interview.channel), AMONG + 1)
        if each.id != interview.id
    ][:AMONG]
    mine = digest(interview)
    recurring = tuple(_told(each, len(others)) for each in again(mine.services, mine.sorts, others))
    return replace(document, material=replace(document.material, similar=similar, recurring=recurring))


def _similar(unit: Unit, interview: Interview, match: Match, permalink: Permalink) -> Similar:
    still = [item for item in unit.items.all(match.id) if item.status == "open"]
    names = unit.people.names(interview.workspace, {user for item in still for user in users_of(item.text)})
    left = "; ".join(f"{item.number} {plain(item.text, names)}" for item in still[:ACTIONS])
    more = f"; and {len(still) - ACTIONS} more" if len(still) > ACTIONS else ""
    return Similar(
        match.number,
        match.title,
        match.written_at.date(),
        ", ".join(match.likeness.words),
        permalink(match.channel, match.thread_ts) if match.thread_ts else "",
        left + more,
    )


def _told(each: Again, among: int) -> str:
    numbers = ", ".join(each.numbers[:NAMED]) + (" …" if len(each.numbers) > NAMED else "")
    what = each.name if each.of == "service" else FACTOR_HEADINGS.get(each.name, each.name).lower()
    said = "the same service" if each.of == "service" else "the same sort of factor"
    return f"{what}: {said} in {len(each.numbers)} of the {among} incidents written last ({numbers})"
