"""How is a document laid out in one of its kinds? Section by section, as its layout says; nothing is added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.interview.offers import EXECUTIVE
from bot.report.document import Document
from bot.report.front import IMPACT_ROW
from bot.report.layout import LaidSection, Layout, Part
from bot.report.material import Phase
from bot.report.parts import causes, course, doing, overview, plainly, said, showing
from bot.report.parts.made import Laying, Made, one_line, sections_of
from bot.report.parts.said import FIELDS_TOLD
from bot.report.queries import Query
from bot.report.sections import all_sources
from bot.report.silence import Missing, absent, of_all
from bot.report.values import Block, Label, Listing, Paragraph, Point, SectionText, State, Table, Voice

#: The names under which parts look for sections of the script that they show in their own way.
_STANDS_FOR = {
    "timeline": "timeline", "phase": "timeline", "factors": "factors", "group": "factors", "chain": "factors",
    "systemic": "factors", "items": "items", "horizon": "items", "four": "summary", "facts": "facts",
    "stats": "facts",
}  # fmt: skip

_PHASES = frozenset(str(phase) for phase in Phase)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document laid out in one kind; the templates of `templates/documents/` render it."""

    document: Document
    #: The kind: report, full, executive …
    kind: str
    #: What a reader calls it.
    title: str
    sections: tuple[SectionText, ...]
    glance: bool = True
    contents: bool = True
    footer: bool = True

    @property
    def front(self) -> tuple[SectionText, ...]:
        return tuple(s for s in self.sections if s.front)

    @property
    def rest(self) -> tuple[SectionText, ...]:
        return tuple(s for s in self.sections if not s.front)


def lay_out(document: Document, layout: Layout, queries: Sequence[Query] = ()) -> Paper:
    """The document in the kind that the layout describes; the same values give the same paper."""
    laying = Laying(document, tuple(queries))
    shown = {s.id for section in layout.sections for s in _shown(document, section)}
    sections: list[SectionText] = []
    for section in layout.sections:
        if section.rest:
            left = [s for s in document.sections if s.id not in shown and s.made_of != EXECUTIVE]
            sections += [laid for s in left if (laid := _laid(laying, _as_it_is(s))) is not None]
        elif (laid := _laid(laying, section, _told(sections))) is not None:
            sections.append(laid)
    if layout.shows("affected"):
        # One page says it once, and there in full.
        rows = tuple(row for row in document.glance.rows if row[0].text != IMPACT_ROW)
        document = replace(document, glance=replace(document.glance, rows=rows))
    return Paper(
        document, layout.id, layout.title, _told_apart(sections), layout.glance, layout.contents, layout.footer
    )


def _as_it_is(section: SectionText) -> LaidSection:
    return LaidSection(section.id, section.heading, (Part("section", (section.id,)),), front=section.front)


def _told_apart(sections: Sequence[SectionText]) -> tuple[SectionText, ...]:
    """The sections with an id each, whatever a team calls its own."""
    found: list[SectionText] = []
    for section in sections:
        taken = {s.id for s in found}
        number, name = 1, section.id
        while name in taken:
            number, name = number + 1, f"{section.id}-{number + 1}"
        found.append(replace(section, id=name))
    return tuple(found)


def _shown(document: Document, section: LaidSection) -> tuple[SectionText, ...]:
    """The script's sections that a section of the layout stands for."""
    names: list[str] = []
    for part in section.parts:
        if part.show in ("section", "sorted", "answers", "affected"):
            names += part.of
        elif part.show in _STANDS_FOR:
            names.append(_STANDS_FOR[part.show])
    return tuple(s for name in names for s in sections_of(document, name))


def _told(sections: Sequence[SectionText]) -> frozenset[tuple[str, str]]:
    """What stands in sections in somebody's words, as paragraphs and points, each with its message."""
    found: set[tuple[str, str]] = set()
    for block in (block for section in sections for block in section.blocks):
        match block:
            case Paragraph(voice=Voice.WORDS):
                found.add(_place(block))
            case Listing():
                found |= {_place(point) for point in block.points if point.voice is Voice.WORDS}
            case _:
                pass
    return frozenset(found)


def _place(said: Paragraph | Point) -> tuple[str, str]:
    return " ".join(said.text.split()), said.sources[0].ts if said.sources else ""


def _laid(laying: Laying, section: LaidSection, told: frozenset[tuple[str, str]] = frozenset()) -> SectionText | None:
    """One section; None where this kind of postmortem has no such thing, or nothing is in it and it may be left out.

    `told` is what the sections above it say.
    """
    made = [(part, _made(laying, part)) for part in section.parts]
    if not any(each.exists for _, each in made):
        return None
    blocks: list[Block] = []
    missing: list[Missing] = []
    for part, each in made:
        shown = [b for b in each.blocks if not (part.once and isinstance(b, Paragraph) and _place(b) in told)]
        if shown and part.label and shown[0] != Label(part.label):
            shown.insert(0, Label(part.label))
        blocks += (replace(b, folded=part.fold) if isinstance(b, Label) else b for b in shown)
        missing += each.missing
    blocks = _said_once(blocks)
    if not blocks and section.if_any:
        return None
    state = State.COMPOSED
    if not blocks:
        state = next((each.state for _, each in made if each.state is not None), of_all(m.state for m in missing))
        state = State.NOT_ANSWERED if state in (State.COMPOSED, State.EDITED) else state
        blocks.append(Paragraph(section.absent, Voice.ABSENT) if section.absent else absent(state))
    elif (line := one_line(missing, frozenset().union(*(each.settled for _, each in made)))) is not None:
        blocks.append(line)
    if section.note:
        blocks.insert(0, Paragraph(section.note, Voice.COMPUTED))
    edited = next((each.edited for _, each in made if each.edited is not None), None)
    own = next(iter(_shown(laying.document, section)), None)
    return SectionText(
        section.id,
        section.heading or (own.heading if own is not None else section.id),
        tuple(blocks),
        State.EDITED if edited is not None else state,
        edited_by=edited.edited_by if edited is not None else "",
        edited_at=edited.edited_at if edited is not None else None,
        stale=edited.stale if edited is not None else False,
        sources=edited.sources if edited is not None else all_sources(blocks),
        front=section.front,
        made_of=own.made_of if own is not None and len(section.parts) == 1 else "parts",
        named=edited.named if edited is not None else own.named if own is not None else (),
    )


def _said_once(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without what stands above them in the same words of the same message, nor labels of nothing else.

    The record's cause is also what people were asked to confirm, and a whole answer is also a field.
    """
    kept: list[Block] = []
    said: set[tuple[str, str]] = set()
    texts: set[str] = set()
    for block in blocks:
        if isinstance(block, Paragraph) and block.voice is Voice.WORDS:
            place = block.text, block.sources[0].ts if block.sources else ""
            if place in said:
                continue
            said.add(place)
            texts.add(block.text)
        elif isinstance(block, Table) and block.header == FIELDS_TOLD:
            block = replace(block, rows=tuple(row for row in block.rows if row[1].text not in texts))
            if not block.rows:
                continue
        kept.append(block)
    if len(kept) == len(blocks):
        return kept
    following = [*kept[1:], Label("")][: len(kept)]
    return [b for b, n in zip(kept, following, strict=True) if not (isinstance(b, Label) and isinstance(n, Label))]


def _made(laying: Laying, part: Part) -> Made:
    of = part.of[0] if part.of else ""
    match part.show:
        case "section":
            return said.section(laying, part.of)
        case "answers":
            return said.answers(laying, part)
        case "sorted":
            return said.sorted_answers(laying, part)
        case "fields":
            return said.fields(laying, part)
        case "four":
            return overview.four(laying, part.but)
        case "brief":
            return plainly.brief(laying)
        case "affected":
            return plainly.affected(laying, part.of)
        case "coming":
            return plainly.coming(laying)
        case "stats":
            return overview.stats(laying)
        case "severity":
            return overview.severity(laying)
        case "facts":
            return overview.facts(laying)
        case "timeline":
            return course.timeline(laying)
        case "picture":
            return course.picture(laying)
        case "phase":
            return course.phase(laying, of) if of in _PHASES else course.rewritten(laying)
        case "contradictions":
            return course.contradictions(laying)
        case "cause":
            return causes.cause(laying)
        case "hypothesis" | "mitigation":
            return causes.fact(laying, part.show)
        case "factors":
            return causes.factors(laying, part.but)
        case "group":
            return causes.group(laying, of) if of else causes.suggested(laying)
        case "systemic":
            return causes.systemic(laying)
        case "chain":
            return causes.chain(laying, part.but)
        case "commitments":
            return doing.commitments(laying, part.most)
        case "items":
            return said.section(laying, ("items",))
        case "horizon":
            return doing.horizons(laying)
        case "queries":
            return showing.queries(laying)
        case "updates":
            return showing.updates(laying, of)
        case "references":
            return showing.references(laying, part)
        case "similar":
            return showing.similar(laying)
        case "shares":
            return showing.shares(laying)
        case "sharing":
            return showing.sharing(laying, part)
        case _:
            return showing.approvals(laying, part)
