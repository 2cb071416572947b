"""How is a document told to a program? As JSON of a documented form (docs/document-schema.md), with all evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, assert_never

from bot.report.material import Event, Factored, Figure, ItemRow, Material
from bot.report.paper import Paper
from bot.report.values import (
    Block,
    Cell,
    Chain,
    Code,
    Commitments,
    Drawn,
    Label,
    Listing,
    Moment,
    Paragraph,
    Point,
    SectionText,
    Source,
    Table,
    Ticks,
    Voice,
)

#: The form of what is written here; a later form that readers of this one cannot read gets another number.
SCHEMA = "postmortem-document/1"


def as_json(paper: Paper) -> str:
    """The document with everything that it is made of; the same document gives the same text."""
    return json.dumps(told(paper), ensure_ascii=False, indent=2) + "\n"


def told(paper: Paper) -> dict[str, Any]:
    """The same as values that JSON knows."""
    document, material = paper.document, paper.document.material
    return {
        "schema": SCHEMA,
        "kind": paper.kind,
        "title": paper.title,
        "postmortem": {
            "number": document.number,
            "title": document.title,
            "kind": document.kind,
            "status": document.status,
            "as_of": _at(document.written),
            "facilitator": document.facilitator,
            "authors": list(document.authors),
            "reviewers": list(document.reviewers),
            "thread": material.thread_url,
            "read": document.reading,
            "warnings": list(document.warnings),
        },
        "incident": {
            "severity": document.severity,
            "services": [each.strip() for each in document.services.split(",") if each.strip()],
            "moments": {name: _moment(moment) for name, moment in material.moments.items()},
            "durations": dict(material.spans),
            "contradictions": [
                {"text": each.text, "evidence": _sources(each.sources)} for each in material.contradictions
            ],
        },
        "sections": [_section(section, material) for section in paper.sections],
        "timeline": [_event(event) for event in material.events],
        "factors": [_factor(factor) for factor in material.factors],
        "figures": [_figure(figure) for figure in material.figures],
        "actions": [_action(row, material) for row in material.items],
        "similar": [
            {"number": s.number, "title": s.title, "day": _day(s.day), "likeness": s.likeness, "link": s.url}
            for s in material.similar
        ],
        "shares": [{"where": s.where, "by": s.by, "at": _at(s.at)} for s in material.shares],
        "approvals": [{"role": a.role, "by": a.by, "at": _at(a.at)} for a in material.approvals],
    }


def _section(section: SectionText, material: Material) -> dict[str, Any]:
    edited = {"by": section.edited_by, "at": _at(section.edited_at), "stale": section.stale}
    edit = [{"type": "edit", "who": section.edited_by, "at": _at(section.edited_at), "link": "", "message": ""}]
    return {
        "id": section.id,
        "heading": section.heading,
        "state": str(section.state),
        "first_page": section.front,
        "edited": edited if section.edited_by else None,
        "blocks": [_block(block, _Evidence(edit, material)) for block in section.blocks],
    }


class _Evidence:
    """What a statement rests on where it names no message of its own."""

    def __init__(self, edit: Sequence[Mapping[str, Any]], material: Material) -> None:
        self._edit = [dict(each) for each in edit]
        self._thread = {"type": "interview", "who": "", "at": None, "link": material.thread_url, "message": ""}

    def of(self, voice: Voice, sources: Sequence[Source], beside: Sequence[Source] = ()) -> list[dict[str, Any]]:
        """The sources; else those that stand beside it; else the edit, the working out, or the interview itself."""
        match voice:
            case Voice.EDIT:
                return self._edit
            case Voice.ABSENT:
                return []
            case Voice.COMPUTED:
                return _sources(sources or beside) or [{**self._thread, "type": "computed", "link": ""}]
            case Voice.WORDS:
                return _sources(sources or beside) or [self._thread]
        assert_never(voice)


def _block(block: Block, evidence: _Evidence) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"type": "paragraph", **_statement(block.text, block.voice, block.sources, evidence, block.note)}
        case Label():
            return {"type": "label", "text": block.text}
        case Listing() | Chain():
            return {"type": block.kind, "points": [_point(point, evidence) for point in block.points]}
        case Table():
            rows = [[_cell(cell, row, evidence) for cell in row] for row in block.rows]
            return {"type": "table", "caption": block.caption, "header": list(block.header), "rows": rows}
        case Commitments():
            return {"type": "commitments", "actions": [item.number for item in block.items], "more": block.more}
        case Code():
            return {"type": "code", "language": block.language, "text": block.text}
        case Ticks():
            return {
                "type": "ticks",
                "ticks": [
                    {"text": t.text, "done": t.done, "said": t.said, "evidence": _sources(t.sources)}
                    for t in block.ticks
                ],
            }
        case Drawn():
            return {"type": "picture"}
    assert_never(block)


def _statement(
    text: str, voice: Voice, sources: Sequence[Source], evidence: _Evidence, note: str = "", mark: str = "",
    beside: Sequence[Source] = (),
) -> dict[str, Any]:  # fmt: skip
    return {
        "text": text,
        "voice": str(voice),
        "note": note,
        "mark": mark,
        "evidence": evidence.of(voice, sources, beside),
    }


def _point(point: Point, evidence: _Evidence) -> dict[str, Any]:
    return {
        **_statement(point.text, point.voice, point.sources, evidence, point.note, point.mark),
        "below": [_point(each, evidence) for each in point.below],
    }


def _cell(cell: Cell, row: Sequence[Cell], evidence: _Evidence) -> dict[str, Any]:
    beside = tuple(dict.fromkeys(source for each in row for source in each.sources))
    return _statement(cell.text, cell.voice, cell.sources, evidence, "", cell.mark, beside)


def _sources(sources: Sequence[Source]) -> list[dict[str, Any]]:
    return [
        {"type": str(s.kind), "who": s.who, "at": _at(s.at), "link": s.url, "message": s.ts}
        for s in dict.fromkeys(sources)
    ]


def _moment(moment: Moment) -> dict[str, Any]:
    sources = (moment.source,) if moment.source is not None else ()
    return {"at": _at(moment.at), "about": moment.about, "evidence": _sources(sources)}


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": _at(event.at),
        "about": event.about,
        "kind": event.kind,
        "phase": str(event.phase),
        "text": event.what.text,
        "source": event.source.text,
        "actor": event.actor.text,
        "evidence": _sources(event.what.sources),
    }


def _factor(factor: Factored) -> dict[str, Any]:
    return {
        **_cause(factor.point),
        "sort": factor.sort,
        "sort_from": ("its writer" if factor.said else "its words") if factor.sort else "",
    }


def _cause(point: Point) -> dict[str, Any]:
    return {
        "text": point.text,
        "known": point.voice is not Voice.ABSENT,
        "note": point.note,
        "evidence": _sources(point.sources),
        "below": [_cause(each) for each in point.below],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    said = [{"text": each.text, "evidence": _sources(each.sources)} for each in figure.told]
    return {"name": figure.name, "label": figure.label, "said": said}


def _action(row: ItemRow, material: Material) -> dict[str, Any]:
    item = row.item
    return {
        "number": item.number,
        "text": row.cells[1].text,
        "owner": item.owner,
        "due": _day(item.due),
        "due_words": item.due_words,
        "priority": item.priority,
        "measure": item.measure,
        "status": item.status,
        "tracker": item.tracker,
        "sponsor": item.sponsor,
        "met": item.met,
        "reason": item.reason,
        "closed_by": item.closed_by,
        "evidence": _Evidence((), material).of(Voice.WORDS, row.cells[1].sources),
    }


def _at(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
