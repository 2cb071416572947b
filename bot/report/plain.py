"""How does a section read as plain text, and how is such a text read back after somebody edited it?

The plain form is what a person sees in the review and in the edit modal: paragraphs with an empty line between
them, `- ` points, tables between `|`, and a label between `**` on a line of its own. Nothing is escaped but `|` in a
table, and nothing else in it means anything: what somebody types stays text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import assert_never

from bot.patterns import Found, pattern
from bot.report.tables import day_of
from bot.report.values import (
    Block,
    Cell,
    Chain,
    Code,
    Commitments,
    Drawn,
    ItemLine,
    Label,
    Listing,
    Paragraph,
    Point,
    Table,
    Tick,
    Ticks,
    Voice,
)

_POINT = pattern(r"( *)- (.*)")
_LABEL = pattern(r"\*\*([^*]+)\*\*")
_RULE = pattern(r"\|(?: *:?-{3,}:? *\|)+")
#: How deep points may stand below each other in an edit.
DEEPEST = 5


def digest(text: str) -> str:
    """A short fingerprint of a text, to tell whether it has changed; blanks at its ends and line ends do not count."""
    return hashlib.sha256("\n".join(text.strip().splitlines()).encode("utf-8", "replace")).hexdigest()[:16]


def plain(blocks: Sequence[Block]) -> str:
    """The plain form of a section's blocks, without a heading and without sources."""
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"{block.text} ({block.note})" if block.note else block.text
        case Label():
            return f"**{block.text}**"
        case Listing() | Chain():
            return "\n".join(_points(block.points, 0))
        case Table():
            rows = [block.header, *([_cell(cell) for cell in row] for row in block.rows)]
            lines = ["| " + " | ".join(_bar(text) for text in row) + " |" for row in rows]
            return "\n".join([lines[0], "|" + " --- |" * len(block.header), *lines[1:]])
        case Commitments():
            return "\n".join(f"- {_commitment(item)}" for item in block.items)
        case Code():
            return block.text
        case Ticks():
            return "\n".join(
                f"- [{'x' if t.done else ' '}] {t.text}{f': {t.said}' if t.said else ''}" for t in block.ticks
            )
        case Drawn():
            return ""
    assert_never(block)


def _tick(tick: Tick) -> str:
    return f"- [{'x' if tick.done else ' '}] {tick.text}" + (f": {tick.said}" if tick.said else "")


def _commitment(item: ItemLine) -> str:
    due = day_of(item) or item.due_words or "no date yet"
    return f"{item.number} {' '.join(item.text.split())} ({item.owner or 'no owner yet'}, {due})"


def _points(points: Sequence[Point], level: int) -> list[str]:
    lines: list[str] = []
    for point in points:
        note = f" ({point.note})" if point.note else ""
        mark = f"{point.mark}: " if point.mark else ""
        lines.append("  " * level + "- " + mark + " ".join(point.text.split()) + note)
        lines += _points(point.below, level + 1)
    return lines


def _cell(cell: Cell) -> str:
    return f"{cell.mark}: {cell.text}" if cell.mark and cell.text else cell.mark or cell.text


def _bar(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def read_back(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text that a person wrote; every one speaks in the voice of the edit."""
    blocks: list[Block] = []
    gathered: list[str] = []
    shape = ""
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        line = line.rstrip()
        now = _shape(line)
        if gathered and (now != shape or not line):
            blocks.append(_read(shape, gathered))
            gathered = []
        if line:
            gathered.append(line)
        shape = now
    return tuple(blocks)


def _shape(line: str) -> str:
    if _POINT.fullmatch(line):
        return "points"
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        return "table"
    if _LABEL.fullmatch(line):
        return "label"
    return "words"


def _read(shape: str, lines: list[str]) -> Block:
    match shape:
        case "points":
            return Listing(_nested([_point(found) for line in lines if (found := _POINT.fullmatch(line))]))
        case "table" if len(lines) > 1 and _RULE.fullmatch(lines[1].replace(" ", "")):
            header, *rows = [_cells(line) for line in (lines[0], *lines[2:])]
            width = max(len(row) for row in (header, *rows))
            filled = [row + [""] * (width - len(row)) for row in (header, *rows)]
            cells = tuple(tuple(Cell(text, voice=Voice.EDIT) for text in row) for row in filled[1:])
            return Table("", tuple(filled[0]), cells)
        case "label" if len(lines) == 1:
            return Label(lines[0].strip("*"))
        case _:
            return Paragraph("\n".join(lines), Voice.EDIT)


def _point(found: Found) -> tuple[int, str]:
    return len(found.group(1) or "") // 2, found.group(2) or ""


def _nested(lines: Sequence[tuple[int, str]]) -> tuple[Point, ...]:
    found: list[Point] = []
    level = min(lines[0][0], DEEPEST)
    index = 0
    while index < len(lines):
        end = index + 1
        while end < len(lines) and min(lines[end][0], DEEPEST) > level:
            end += 1
        below = _nested(lines[index + 1 : end]) if end > index + 1 else ()
        found.append(Point(lines[index][1], Voice.EDIT, below=below))
        index = end
    return tuple(found)


def _cells(line: str) -> list[str]:
    held = line[1:-1].replace("\\|", "\0")
    return [cell.strip().replace("\0", "|") for cell in held.split("|")]
