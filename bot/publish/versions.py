"""How is a published document kept, told again and compared with another? As lines, each with its messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import assert_never

from bot.errors import NoSuchVersion
from bot.report.document import ItemLine
from bot.report.paper import Paper
from bot.report.parts.showing import PAST
from bot.report.plain import plain
from bot.report.tables import day_of
from bot.report.times import stamp
from bot.report.values import (
    Block,
    Cell,
    Chain,
    Code,
    Commitments,
    Drawn,
    Label,
    Listing,
    Paragraph,
    Point,
    SectionText,
    Source,
    Table,
    Ticks,
)
from storage.versions import Line, Version

#: What stands before a line that only the later, or only the earlier version has.
ADDED, GONE = "+", "-"


def lines_of(paper: Paper) -> tuple[Line, ...]:
    """What the document says, line by line, without its picture."""
    document = paper.document
    found = [Line("", "", f"{document.number} · {document.title}"), Line("", "", document.status)]
    if paper.glance:
        found += [Line("", "", text, ts) for text, ts in _block(document.glance)]
    for section in paper.sections:
        found += _section(section)
    return tuple(found)


def _section(section: SectionText) -> Iterator[Line]:
    for block in section.blocks:
        for text, ts in _block(block):
            yield Line(section.id, section.heading, text, ts)
    if section.edited_by:
        at = f" on {stamp(section.edited_at)}" if section.edited_at is not None else ""
        stale = " The answers have changed since this edit." if section.stale else ""
        yield Line(section.id, section.heading, f"Edited by {section.edited_by}{at}.{stale}")


def _block(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    match block:
        case Paragraph():
            note = f" ({block.note})" if block.note else ""
            for line in f"{block.text}{note}".splitlines():
                yield line, _messages(block.sources)
        case Label():
            yield f"{block.text}:", ()
        case Listing() | Chain():
            yield from _points(block.points, 0)
        case Table() if block.header == PAST:
            # Other incidents' words are erased there, and not here.
            yield f"{len(block.rows)} earlier {'incident' if len(block.rows) == 1 else 'incidents'}", ()
        case Table():
            if block.caption:
                yield block.caption, ()
            for row in block.rows:
                yield _row(row), _messages([source for cell in row for source in cell.sources])
        case Commitments():
            for item in block.items:
                yield _item(item), _of_item(item)
        case Ticks():
            for tick in block.ticks:
                yield plain((Ticks((tick,)),)), _messages(tick.sources)
        case Code():
            for line in block.text.splitlines():
                yield line, ()
        case Drawn():
            pass
        case _:
            assert_never(block)


def _points(points: Sequence[Point], level: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    for point in points:
        mark = f"{point.mark}: " if point.mark else ""
        note = f" ({point.note})" if point.note else ""
        yield "  " * level + f"- {mark}{' '.join(point.text.split())}{note}", _messages(point.sources)
        yield from _points(point.below, level + 1)


def _row(row: Sequence[Cell]) -> str:
    told = (f"{cell.mark}: {cell.text}" if cell.mark and cell.text else cell.mark or cell.text for cell in row)
    return " | ".join(" ".join(text.split()) for text in told if text)


def _item(item: ItemLine) -> str:
    due = day_of(item) or item.due_words or "no date yet"
    return f"- {item.number} {' '.join(item.text.split())} ({item.owner or 'no owner yet'}, {due})"


def _of_item(item: ItemLine) -> tuple[str, ...]:
    return (item.source_ts,) if item.source_ts else ()


def _messages(sources: Sequence[Source]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source.ts for source in sources if source.ts))


def told(lines: Sequence[Line]) -> str:
    """A version as Markdown text that nothing in it can be more than words of."""
    parts = []
    for heading, group in groupby(lines, key=lambda line: line.heading):
        text = "\n".join(line.text for line in group)
        parts.append(f"{heading}\n{'-' * len(heading)}\n\n{text}" if heading else text)
    return "\n\n".join(parts) + "\n"


def compared(earlier: Sequence[Line], later: Sequence[Line]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What differs, section by section: lines that are gone begin with a minus, new ones with a plus."""
    headings = list(dict.fromkeys([line.heading for line in (*later, *earlier)]))
    found = []
    for heading in headings:
        old = [line.text for line in earlier if line.heading == heading]
        new = [line.text for line in later if line.heading == heading]
        changes: list[str] = []
        for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what != "equal":
                changes += [f"{GONE} {text}" for text in old[i:j]] + [f"{ADDED} {text}" for text in new[k:m]]
        if changes:
            found.append((heading, tuple(changes)))
    return tuple(found)


def comparison(number: str, first: int, second: int, changes: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """A comparison as plain text."""
    parts = [f"{number}: version {first} and version {second}"]
    parts += ["\n".join([heading or "At the top", *lines]) for heading, lines in changes]
    return "\n\n".join(parts if changes else [*parts, "They say the same."]) + "\n"


def in_words(number: str, kept: Sequence[Version], wanted: Sequence[int], lines: Sequence[Sequence[Line]]) -> str:
    """The versions of a document: all listed, the one that is wanted, or two compared, with the lines of each wanted.

    Raises NoSuchVersion.
    """
    known = {version.number for version in kept}
    for each in wanted:
        if each not in known:
            raise NoSuchVersion(number, each, len(kept))
    match wanted:
        case []:
            return "".join(f"{v.number:>4}  {stamp(v.at)}  {v.kind}, {v.lines} lines\n" for v in kept)
        case [_]:
            return told(lines[0])
        case _:
            return comparison(number, wanted[0], wanted[1], compared(lines[0], lines[1]))
