"""What did people say? A section of the script, answers to questions, answers sorted by their words, single fields."""

from __future__ import annotations

from collections.abc import Sequence

from bot.interview.fields import AFTER, FIELDS
from bot.report.layout import Part
from bot.report.material import Answered, Figure
from bot.report.parts.made import Laying, Made, as_edited, edited_of, sections_of
from bot.report.silence import Missing, of_all
from bot.report.values import Block, Cell, Label, Listing, Paragraph, Point, SectionText, Source, State, Table, Voice
from bot.wording.sorts import WENT_SORTS, went_sorts

#: The header of fields with what was said of each.
FIELDS_TOLD = ("Field", "What was said", "Where")
_SILENT = (State.NOT_ANSWERED, State.UNKNOWN, State.SKIPPED, State.NOTHING)
#: What stands above lines that neither their writer nor their words sort.
UNSORTED = "Besides"
#: Messages that one field leads to: that of the best words, and others that say something of it too.
MOST = 3
#: What another field tells as well: the version that ran after the change is the one that served.
TOLD_BY = {"model.version": AFTER}
#: How a field is called where its label needs the one before it.
ALONE = {
    "revenue.method": "how the loss of revenue was worked out",
    "revenue.potential": "what it could have cost",
    "mitigation.risk": "the risk of the mitigation",
    "mitigation.approval": "who approved the mitigation",
    "model.name": "the name of the model",
    "prevention.monitor_query": "the query of a new monitor",
    "prevention.monitor_threshold": "the threshold of a new monitor",
    "prevention.monitor_notifies": "whom a new monitor notifies",
    "prevention.dashboard": "what is added to a dashboard",
}


def section(laying: Laying, names: Sequence[str]) -> Made:
    """A section of the script as it reads; what nobody answered in it is named in one line."""
    found = [s for name in names for s in sections_of(laying.document, name)]
    if not found:
        return Made(exists=False)
    blocks: list[Block] = []
    missing: list[Missing] = []
    for each in found:
        if each.state is State.EDITED:
            blocks += each.blocks
        elif each.state not in _SILENT:
            told, left = _collapsed(each)
            blocks += told
            missing += left
    edited = next((each for each in found if each.state is State.EDITED), None)
    state = found[0].state if found[0].state in _SILENT else None
    return Made(tuple(blocks), tuple(missing), edited, state=state)


def _collapsed(each: SectionText) -> tuple[list[Block], list[Missing]]:
    """The blocks of a section without the questions of it that nobody answered, and these by their labels."""
    blocks: list[Block] = []
    missing: list[Missing] = []
    for block in each.blocks:
        match blocks, block:
            case [*_, Label(text=label)], Paragraph(silence=State() as silence):
                blocks.pop()
                missing.append(Missing(label, silence))
            case _:
                blocks.append(block)
    return blocks, missing


def answers(laying: Laying, part: Part) -> Made:
    """What people said to questions: those of the sections `of`, or the questions `of`; no labels for a single one."""
    edited = next((e for name in part.of if (e := edited_of(laying.document, name)) is not None), None)
    if edited is not None:
        return as_edited(edited)
    found = [
        each
        for each in laying.document.material.answered
        if (each.section in part.of or each.question in part.of)
        and each.question not in part.but
        and edited_of(laying.document, each.section) is None
    ]
    told = [each for each in found if each.words]
    blocks: list[Block] = []
    for each in told:
        if len(told) > 1:
            blocks.append(Label(each.label))
        blocks += each.words
    missing = tuple(Missing(each.label, each.state) for each in found if not each.words)
    exists = bool(found) or any(sections_of(laying.document, name) for name in part.of)
    if not blocks and missing:
        return Made(exists=exists, state=of_all(each.state for each in missing))
    return Made(tuple(blocks), missing, exists=exists)


def sorted_answers(laying: Laying, part: Part) -> Made:
    """What people said in the sections `of`, line by line under detection, response, communication and tooling.

    `but` are questions whose answers are told elsewhere.
    """
    edited = next((e for name in part.of if (e := edited_of(laying.document, name)) is not None), None)
    if edited is not None:
        return as_edited(edited)
    answered = laying.document.material.answered
    found = [each for each in answered if each.section in part.of and each.question not in part.but]
    exists = any(sections_of(laying.document, name) for name in part.of)
    sorts: dict[str, list[Point]] = {}
    for each in found:
        for words in each.words:
            _sort(each, words, sorts)
    blocks: list[Block] = []
    for name, heading in (*WENT_SORTS.items(), ("", UNSORTED)):
        if name in sorts:
            blocks += [Label(heading), Listing(tuple(sorts[name]))]
    missing = tuple(Missing(each.label, each.state) for each in found if not each.words)
    if not blocks:
        state = missing[0].state if missing else next(
            (s.state for name in part.of for s in sections_of(laying.document, name) if s.state in _SILENT), None
        )  # fmt: skip
        return Made(exists=exists, state=state)
    return Made(tuple(blocks), missing, exists=exists)


def _sort(each: Answered, words: Paragraph, sorts: dict[str, list[Point]]) -> None:
    for line in went_sorts(words.text):
        sorts.setdefault(line.name, []).append(Point(line.text, words.voice, words.sources, note=words.note))


def fields(laying: Laying, part: Part) -> Made:
    """Single fields in cells of their own, with where each was said; what nobody said is named in one line."""
    material = laying.document.material
    rows = []
    missing = []
    for name in part.fields:
        figure = material.figure(name)
        if figure is not None:
            rows.append(_row(figure))
        elif not FIELDS[name].read and material.figure(TOLD_BY.get(name, name)) is None:
            missing.append(Missing(ALONE.get(name, FIELDS[name].label), material.silence(name), name))
    if not rows:
        # A whole part of which nobody said anything is one thing that is missing, not ten.
        whole = Missing(part.label, of_all(each.state for each in missing))
        return Made(missing=(whole,) if part.label else tuple(missing))
    return Made((Table("", FIELDS_TOLD, tuple(rows)),), tuple(missing))


def _row(figure: Figure) -> tuple[Cell, ...]:
    best = figure.told[0]
    sources = tuple(dict.fromkeys(source for each in figure.told[:MOST] for source in each.sources))
    return Cell(_short(figure.label)), Cell(best.text, voice=Voice.WORDS), _where(sources, best.note)


def _short(label: str) -> str:
    """A label without the examples that explain it in a form; what follows "Objective:" is no example."""
    return label if label.startswith("Objective") else label.partition(":")[0]


def _where(sources: tuple[Source, ...], note: str) -> Cell:
    """How the first of them is called, what is to be known of it, and the way to all."""
    if not sources:
        return Cell("")
    first = sources[0]
    how = {"message": "the channel", "answer": "an answer", "form": "the form"}[first.kind]
    return Cell(f"{how}, by {first.who}{f'; {note}' if note else ''}", sources, leads=True)
