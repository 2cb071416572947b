"""Which document do an interview, its timeline and its action items make? Nothing unsaid is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.actions.gate import sharper
from bot.interview.filing import answer, factors
from bot.interview.quoting import gist
from bot.interview.script import Script, Section
from bot.interview.state import Interview
from bot.report.brief import brief
from bot.report.desk import Desk, KeptEntry, order
from bot.report.document import Document
from bot.report.facts import ALWAYS, IF_KNOWN, moment, spans_of
from bot.report.front import authors, glance, reading, reviewers, sentence, status, warnings
from bot.report.gathering import gather
from bot.report.material import Similar
from bot.report.people import people
from bot.report.plain import digest, plain
from bot.report.sections import factors_named, section_text
from bot.report.tables import MILESTONES, events_of
from bot.report.values import ItemLine
from bot.timeline.picture import Picture, picture_of
from bot.timeline.values import Kind

__all__ = ["ItemLine", "KeptEntry", "compose", "digest", "section_markdown"]

#: How many actions stand on the first page.
TOP_ACTIONS = 5


def compose(
    script: Script,
    interview: Interview,
    entries: Sequence[KeptEntry],
    items: Sequence[ItemLine],
    names: Mapping[str, str],
    *,
    permalink: Callable[[str], str],
    now: datetime,
    names_policy: str = "roles",
    severities: Mapping[str, str] | None = None,
    similar: Sequence[Similar] = (),
    withdrawn: Sequence[tuple[str, str]] = (),
    taken_off: Sequence[tuple[str, bool]] = (),
) -> Document:
    """The document as it reads at `now` (aware UTC).

    `entries` are those that stand, in any order; `names` are shown for owners, writers and editors, and for everybody
    under the policy "names". `permalink` gives the address of the message `ts`, or an empty text. `similar` are earlier
    incidents that resemble this one. `withdrawn` are the numbers of items that are none any more, with their messages.
    `taken_off` tells of each entry that does not stand who took it off, and whether it was merged into another one.
    """
    known = people(interview.participants, names, names_policy)
    desk = Desk(
        script,
        interview,
        tuple(entries),
        tuple(items),
        known,
        permalink,
        severities or {},
        taken_off=tuple(taken_off),
        withdrawn=tuple(withdrawn),
    )
    desk = replace(desk, events=events_of(desk, sorted(entries, key=order)))
    moments = {name: moment(desk, interview.fact(name)) for name in (*ALWAYS, *IF_KNOWN)}
    spans = spans_of(interview, moments)
    chain = factors(interview)
    kept = tuple(item for item in items if item.status != "dropped")
    of_script = tuple(section_text(desk, section, moments, spans, chain) for section in _sections(desk))
    sections = (*of_script, *brief(desk, of_script))
    return Document(
        number=interview.number,
        title=known.spoken(interview.title),
        kind=script.title,
        status=status(interview, now),
        severity=desk.fact_text("severity"),
        services=desk.fact_text("services"),
        facilitator=known.name(interview.facilitator),
        authors=authors(interview, known),
        reviewers=reviewers(interview, known),
        started=interview.started_at,
        began=moments["began"],
        detected=moments["detected"],
        mitigated=moments["mitigated"],
        resolved=moments["resolved"],
        duration=spans["duration"],
        detected_after=spans["detected_after"],
        mitigated_after=spans["mitigated_after"],
        glance=glance(desk, sections, moments, spans),
        sections=sections,
        actions=tuple(_said(desk, item) for item in sorted(kept, key=urgency)[:TOP_ACTIONS]),
        action_count=len(kept),
        factor_count=factors_named(desk, chain),
        sentence=sentence(desk, sections),
        reading=reading(interview),
        warnings=warnings(interview, of_script),
        written=now,
        picture=_picture(desk),
        material=gather(desk, moments, spans, chain, similar),
        nearly=script.nearly,
    )


def _said(desk: Desk, item: ItemLine) -> ItemLine:
    """An item as its row in the table of actions says it: whoever is mentioned is called by name."""
    return replace(item, text=desk.by_name.spoken(item.text))


def urgency(item: ItemLine) -> tuple[bool, bool, str, date]:
    """By priority, then by day; what nobody can begin with, vague or without an owner, after that, and what is done."""
    unclear = not item.owner or sharper(item.text) is not None
    return item.status != "open", unclear, item.priority or "P9", item.due or date.max


def _picture(desk: Desk) -> Picture | None:
    """The timeline as it is drawn, in the words of the document."""
    return picture_of(
        [kept.entry for kept in desk.entries],
        title=desk.people.spoken(desk.interview.title),
        zone=desk.interview.zone,
        names=MILESTONES,
        words=lambda entry: desk.people.spoken(gist(entry.text)),
        first=frozenset(kept.entry.key for kept in desk.entries if kept.added_by is not None),
        missed=() if desk.script.nearly else (Kind.IMPACT_BEGAN, Kind.RESOLVED),
    )


def _sections(desk: Desk) -> tuple[Section, ...]:
    """The script's sections; before the last one those that hold what was said before the kind was changed."""
    put = {q.section for q in desk.script.passed if answer(desk.interview, q.id).printed}
    *first, last = desk.script.sections
    return (*first, *(s for s in desk.script.passed_sections if s.id in put), last)


def section_markdown(document: Document, section_id: str) -> str:
    """How a section reads, as the plain text that the review shows and an edit begins with; KeyError for no section."""
    section = document.section(section_id)
    if section is None:
        raise KeyError(section_id)
    return plain(section.blocks)
