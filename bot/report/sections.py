"""How is each section of the document made, from answers, factors, entries, items and facts?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.interview.filing import Factor, answer, contributing, puts
from bot.interview.script import Section
from bot.interview.state import SectionEdit
from bot.report.answers import answers, plans, topic_title
from bot.report.desk import IMPACT, Desk
from bot.report.factors import besides, tree
from bot.report.facts import ALWAYS, DISAGREES, contradictions, counted, course
from bot.report.figures import figures, home_of_figures
from bot.report.plain import digest, plain, read_back
from bot.report.silence import absent, silence
from bot.report.tables import caption, events_table, facts_table, sorted_items, withdrawn
from bot.report.values import (
    Block,
    Chain,
    FactorCount,
    Label,
    Listing,
    Moment,
    Paragraph,
    Point,
    SectionText,
    Source,
    State,
    Table,
    Voice,
)

NO_ENTRIES = "The record shows no events."


def section_text(
    desk: Desk,
    section: Section,
    moments: Mapping[str, Moment | None],
    spans: Mapping[str, str],
    chain: tuple[Factor, ...],
) -> SectionText:
    match section.made_of:
        case "summary":
            blocks, state = _summary(desk, section, moments, spans, chain)
        case "facts":
            blocks, state = _facts(desk, section, moments, spans)
        case "timeline":
            blocks, state = _timeline(desk, section)
        case "factors":
            blocks, state = _factors(desk, section, chain)
        case "items":
            blocks, state = _items(desk, section)
        case _:
            blocks, state = answers(desk, section)
    if section.id == home_of_figures(desk.script) and (entered := figures(desk)):
        blocks, state = (*blocks, *entered), State.COMPOSED
    front = section.made_of == "summary" or section.id == IMPACT or section.front
    composed = SectionText(
        section.id,
        section.heading,
        blocks,
        state,
        sources=all_sources(blocks),
        base=digest(plain(blocks)),
        front=front,
        made_of=section.made_of,
        # Who is named in what is still to come is asked for it, and did not only take part.
        named=() if _plans(desk, section) else desk.people.named_in(typed(blocks)),
    )
    edit = edit_of(desk, section.id)
    return composed if edit is None else edited(desk, composed, edit)


def edit_of(desk: Desk, section: str) -> SectionEdit | None:
    """What somebody wrote in place of a section."""
    return next((e for e in reversed(desk.interview.edits) if e.section == section and e.text.strip()), None)


def _plans(desk: Desk, section: Section) -> bool:
    return section.made_of == "items" or any(plans(q) for q in desk.questions(section.id))


def edited(desk: Desk, composed: SectionText, edit: SectionEdit) -> SectionText:
    """A section as somebody rewrote it; its sources are those of what would be composed."""
    blocks = read_back(desk.people.spoken(edit.text))
    return replace(
        composed,
        blocks=blocks,
        state=State.EDITED,
        edited_by=desk.people.name(edit.by),
        edited_at=edit.at,
        stale=bool(edit.base) and edit.base != composed.base,
        named=desk.people.named_in(edit.text),
    )


def _summary(
    desk: Desk,
    section: Section,
    moments: Mapping[str, Moment | None],
    spans: Mapping[str, str],
    chain: tuple[Factor, ...],
) -> tuple[tuple[Block, ...], State]:
    blocks, state = answers(desk, section)
    facts = course(moments, spans)
    counts = counted(factors_named(desk, chain), sum(item.status != "dropped" for item in desk.items))
    computed = " ".join(filter(None, (facts, counts)))
    if not computed:
        return blocks, state
    sources = tuple(m.source for name in ALWAYS if (m := moments[name]) is not None and m.source is not None)
    return (*blocks, Paragraph(computed, Voice.COMPUTED, sources)), state


def _facts(
    desk: Desk, section: Section, moments: Mapping[str, Moment | None], spans: Mapping[str, str]
) -> tuple[tuple[Block, ...], State]:
    table = facts_table(desk, moments, spans)
    nothing = all(row[1].voice is Voice.ABSENT for row in table.rows)
    blocks: list[Block] = [absent(State.UNKNOWN) if nothing else table]
    if desk.questions(section.id):
        told, _ = answers(desk, section)
        blocks += told
    return tuple(blocks), State.UNKNOWN if nothing else State.COMPOSED


def _timeline(desk: Desk, section: Section) -> tuple[tuple[Block, ...], State]:
    blocks: list[Block] = []
    entries = desk.entries
    if entries:
        blocks.append(events_table(desk.events, caption(desk, entries)))
    else:
        blocks.append(Paragraph(NO_ENTRIES, Voice.ABSENT))
    if found := contradictions(desk):
        blocks += [Label(DISAGREES), Listing(found)]
    questions = desk.questions(section.id)
    if not questions:
        return tuple(blocks), State.COMPOSED if entries else State.NOT_ANSWERED
    told, state = answers(desk, section)
    asked = [q for q in questions if q.depth == 0 or puts(desk.interview, q.id)]
    if len(asked) == 1:
        blocks.append(Label(asked[0].label or topic_title(desk.script, asked[0])))
    return (*blocks, *told), State.COMPOSED if entries else state


def _factors(desk: Desk, section: Section, chain: tuple[Factor, ...]) -> tuple[tuple[Block, ...], State]:
    before, after = besides(desk, section, chain)
    blocks: list[Block] = [block for each in before for block in each.blocks]
    roots = tuple(point for _, point in tree(desk, chain))
    state = State.COMPOSED
    hows = {q.id for q in desk.questions(section.id) if q.how}
    if roots:
        blocks.append(Chain(roots))
    elif all(each.question not in hows for each in after):
        silences = [answer(desk.interview, q.id) for q in desk.questions(section.id) if q.how]
        state = silence(*silences)
        blocks.append(absent(state))
    blocks += [block for each in after for block in each.blocks]
    composed = State.COMPOSED in {each.state for each in (*before, *after)}
    return tuple(blocks), State.COMPOSED if composed else state


def _items(desk: Desk, section: Section) -> tuple[tuple[Block, ...], State]:
    gone = withdrawn(desk)
    if not desk.items:
        told, state = answers(desk, section)
        return (*told, *gone), state
    blocks: list[Block] = [*sorted_items(desk, section.sorts), *gone]
    collecting = [q for q in desk.questions(section.id) if q.collects]
    others = [q for q in desk.questions(section.id) if not q.collects]
    if any(q.depth == 0 or puts(desk.interview, q.id) for q in others):
        blocks += answers(desk, section, but=collecting)[0]
    return tuple(blocks), State.COMPOSED


def factors_named(desk: Desk, chain: tuple[Factor, ...]) -> FactorCount:
    """How many contributing factors the document names; in an edited section its points count.

    What stands below one, saying how it came to be possible, is none more, and is counted apart.
    """
    for section in desk.script.sections:
        edit = edit_of(desk, section.id) if section.made_of == "factors" else None
        points = [p for b in read_back(edit.text) if isinstance(b, Listing) for p in b.points] if edit else []
        if points:
            return FactorCount(len(points), sum(len(_texts(point)) - 1 for point in points))
    named = len(contributing(chain))
    return FactorCount(named, len(chain) - named)


def all_sources(blocks: Sequence[Block]) -> tuple[Source, ...]:
    found: list[Source] = []
    for block in blocks:
        match block:
            case Paragraph():
                found += block.sources
            case Listing() | Chain():
                for point in block.points:
                    found += _below(point)
            case Table():
                found += [source for row in block.rows for cell in row for source in cell.sources]
            case Label():
                pass
    return tuple({(source.ts, source.user if not source.ts else None): source for source in found}.values())


def _below(point: Point) -> list[Source]:
    return [*point.sources, *(source for each in point.below for source in _below(each))]


def typed(blocks: Sequence[Block]) -> str:
    """What people typed in these blocks; owners are names on purpose and do not count."""
    texts: list[str] = []
    for block in blocks:
        match block:
            case Paragraph() if block.voice in (Voice.WORDS, Voice.EDIT):
                texts.append(block.text)
            case Listing() | Chain():
                texts += [text for point in block.points for text in _texts(point)]
            case Table():
                texts += [row[1].text for row in block.rows if len(row) > 1 and row[1].voice is Voice.WORDS]
            case _:
                pass
    return "\n".join(texts)


def _texts(point: Point) -> list[str]:
    return [point.text, *(text for each in point.below for text in _texts(each))]
