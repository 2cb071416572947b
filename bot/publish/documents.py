"""What does the document say now? Loads what belongs to it, composes it, and renders it for a destination."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.actions.item import Item
from bot.actions.links import named, ticket
from bot.actions.values import Group, Owner, Person, Words
from bot.interview.script import Script
from bot.interview.state import Interview, Stage, Workspace
from bot.interview.thoughts import Line
from bot.places import TEMPLATES
from bot.publish.comparing import compared
from bot.publish.layouts import Layouts
from bot.publish.pdf import pdf
from bot.publish.raster import png
from bot.rendering import Renderer
from bot.report.as_json import as_json
from bot.report.checklist import checklist, unmet
from bot.report.checks.rule import Matter
from bot.report.compose import ItemLine, compose, section_markdown
from bot.report.document import Document
from bot.report.later import completed
from bot.report.paper import Paper, lay_out
from bot.timeline.picture import Picture, in_shipped_letters
from bot.understanding.people_named import known_names, users_in
from bot.understanding.severity import NO_SCALE, Severities
from bot.understanding.told_entries import as_told
from storage.database import Database

#: Somebody of whom Slack has told no name yet; an id would say nothing to a reader.
UNKNOWN_PERSON = "somebody in this workspace"
#: The rule about approvals, and the part of a document that shows them.
APPROVALS = "approvals"


class Links(Protocol):
    """Whoever knows the addresses of messages."""

    def permalink(self, channel: str, ts: str, thread_ts: str | None = None) -> str: ...


class NoLinks:
    """For a document that is made away from Slack, whose address nobody could say."""

    def permalink(self, channel: str, ts: str, thread_ts: str | None = None) -> str:
        return ""


@dataclass
class Documents:
    """The documents of one workspace; `policy` is roles or names (a setting)."""

    database: Database
    links: Links
    renderer: Renderer
    policy: str
    severities: Severities = NO_SCALE
    layouts: Layouts = field(default_factory=lambda: Layouts(TEMPLATES))
    #: The rules that have to hold before a document is called final (a setting).
    binding: tuple[str, ...] = ()
    #: Makes a PDF of a page.
    as_pdf: Callable[[str], bytes] = pdf

    def compose(self, script: Script, interview: Interview) -> Document:
        """The document as the saved answers, timeline and items have it; the same rows make the same document."""
        with self.database.reading() as unit:
            kept = as_told(interview, unit.entries.all(interview.id))
            entries = [k for k in kept if k.removed_by is None]
            items = unit.items.all(interview.id)
            gone = unit.items.withdrawn(interview.id)
            off = [k for k in unit.entries.all(interview.id, removed=True) if k.removed_by and not k.erased]
            users = users_in(interview, (*entries, *off), items)
            names = unit.people.names(interview.workspace, users)
            known = frozenset(known_names(unit, interview))
        lines = item_lines(interview, items, names)
        document = compose(
            script,
            interview,
            entries,
            lines,
            names,
            permalink=lambda ts: self._permalink(interview, ts),
            now=_as_of(interview),
            names_policy=self.policy,
            severities=self.severities.meanings,
            withdrawn=[(each.number, each.source_ts) for each in gone],
            taken_off=[(k.removed_by or "", k.merged_into is not None) for k in off],
        )
        if not self.binding or interview.stage not in (Stage.PUBLISHING, Stage.WRITTEN):
            return document
        wants = self.wants_approvals(script)
        matter = Matter(script, document, interview, tuple(lines), _as_of(interview), wants, known)
        held = unmet(checklist(matter), self.binding)
        return replace(document, status=f"Draft, until {held}") if held else document

    def wants_approvals(self, script: Script) -> bool:
        """Whether a document of this kind is to be approved: it has a place for that, or it is binding."""
        return APPROVALS in self.binding or self.layouts.get(self.layouts.of(script)).shows(APPROVALS)

    def paper(self, script: Script, interview: Interview, kind: str = "") -> Paper:
        """The document laid out in a kind; by default in that of the postmortem. KeyError for no kind."""
        layout = self.layouts.get(kind or self.layouts.of(script))
        document = self.compose(script, interview)
        with self.database.reading() as unit:
            document = compared(unit, interview, document, self.links.permalink)
        return lay_out(document, layout, self.layouts.queries)

    def markdown(self, script: Script, interview: Interview, kind: str = "") -> str:
        return self.renderer.document_markdown(self.paper(script, interview, kind))

    def canvas(self, script: Script, interview: Interview) -> str:
        return self.renderer.canvas_markdown(self.paper(script, interview))

    def html(self, script: Script, interview: Interview, kind: str = "") -> str:
        return self.renderer.document_html(self.paper(script, interview, kind))

    def json(self, script: Script, interview: Interview, kind: str = "") -> str:
        return as_json(self.paper(script, interview, kind))

    def pdf(self, script: Script, interview: Interview, kind: str = "") -> bytes:
        """Raises PdfMissing and PdfRefused."""
        return self.as_pdf(self.html(script, interview, kind))

    def sections(self, script: Script, interview: Interview) -> tuple[Line, ...]:
        """Each section as a line of material, with its heading."""
        document = self.compose(script, interview)
        return tuple(
            Line(s.id, f"{s.heading}\n{section_markdown(document, s.id)}", kind="section") for s in document.sections
        )

    def picture(self, script: Script, interview: Interview) -> Picture | None:
        """The timeline's picture as Slack shows it; None when no entry has a known time."""
        drawn = self.compose(script, interview).picture
        return None if drawn is None else in_shipped_letters(drawn)

    def png(self, picture: Picture) -> bytes:
        return png(self.renderer.picture(picture))

    def in_words(self, picture: Picture | None, most: int) -> str:
        """What a picture shows, for who does not see it."""
        return "" if picture is None else self.renderer.picture_in_words(picture, most)

    def _permalink(self, interview: Interview, ts: str) -> str:
        in_thread = any(s.ts == ts for s in interview.said)
        channel = interview.channel if in_thread else interview.record_channel
        return self.links.permalink(channel, ts, interview.thread_ts if in_thread else None)

    def name(self, workspace: Workspace, user: str) -> str:
        """The name of a person, as far as Slack has told it."""
        with self.database.reading() as unit:
            return unit.people.names(workspace, (user,)).get(user, UNKNOWN_PERSON)


def _as_of(interview: Interview) -> datetime:
    return interview.changed_at or interview.started_at


def item_lines(interview: Interview, items: Sequence[Item], names: Mapping[str, str]) -> list[ItemLine]:
    """The action items as the document shows them; where one is tracked is in the form, the thread or its own words."""
    said = named(s.text for s in interview.said if not s.deleted)
    return [
        completed(
            interview,
            replace(item_line(item, names), tracker=item.link or said.get(item.number) or ticket(item.text)),
        )
        for item in items
    ]


def item_line(item: Item, names: Mapping[str, str]) -> ItemLine:
    """An action item as the document shows it."""
    return ItemLine(
        number=item.number,
        text=item.text,
        owner=owner_text(item.owner, names),
        due=item.due,
        due_time=item.due_time,
        due_words=item.due_words or "",
        priority=str(item.priority or ""),
        measure=item.measure or "",
        status=str(item.status),
        source_ts=item.source_ts,
        sponsor=names.get(item.sponsor, UNKNOWN_PERSON) if item.sponsor else "",
        met=item.met or "",
        reason=item.reason,
        closed_by=names.get(item.closed_by, UNKNOWN_PERSON) if item.closed_by else "",
        unsaid=item.source_index is None,
    )


def owner_text(owner: Owner | None, names: Mapping[str, str]) -> str:
    """An owner in words: a name, a group, or what somebody typed."""
    match owner:
        case None:
            return ""
        case Person(user):
            return names.get(user, UNKNOWN_PERSON)
        case Group(group):
            return f"group {group}"
        case Words(text):
            return text
