"""What does a reader need first: the incident in four sentences, its length and extent in figures, its severity?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.report.facts import ALWAYS, factors_counted, number_word
from bot.report.material import Material
from bot.report.parts.doing import none_left
from bot.report.parts.made import Laying, Made, edited_of, sections_of
from bot.report.silence import Missing, of_all
from bot.report.times import between, span
from bot.report.values import Block, Cell, Listing, Paragraph, Point, Source, State, Table, Voice
from bot.wording.counts import from_count

#: Actions and factors that the four sentences name; the others are counted.
NAMED = 3
#: Lengths that are worked out from two moments; the first two are also taken as the record states them, and those
#: that every incident has are missed where they are not known.
LENGTHS = (
    ("Duration", "began", "resolved", "duration", True),
    ("Time to detection", "began", "detected", "detected_after", True),
    ("From detection to acknowledgement", "detected", "acknowledged", "", False),
    ("From detection to the cause", "detected", "cause", "", False),
    ("From detection to mitigation", "detected", "mitigated", "", True),
    ("From detection to resolution", "detected", "resolved", "", True),
)
#: Rows of the table of facts that the quick stats tell.
DURATIONS = ("Duration", "Detected after", "Acknowledged after", "Mitigated after")
#: Figures beside them: the label and the fields that stand in its cell.
FIGURES = (
    ("Affected users", ("impact.users", "impact.share")),
    ("Failed requests", ("impact.requests",)),
    ("Revenue", ("revenue.lost",)),
    ("Objective", ("slo.target", "slo.actual")),
    ("Error budget used", ("slo.budget_used",)),
)


def four(laying: Laying, but: Sequence[str] = ()) -> Made:
    """What happened, why, what was done, and what is done so that it stays away; each with its source.

    `but` are those of happened, why, did and do that are told elsewhere.
    """
    points: list[Point] = []
    missing: list[Missing] = []
    edited = edited_of(laying.document, "summary")
    said = happened(laying)
    if edited is not None:
        pass
    elif said is not None:
        points.append(_point("What happened", said))
    else:
        missing.append(Missing("What happened", _silence(laying)))
    for key, name, found in (("why", "why it happened", _why(laying)), ("did", "what ended it", _did(laying))):
        if key in but:
            continue
        if found is not None:
            points.append(found)
        elif key != "did" or not laying.document.nearly:
            missing.append(Missing(name, State.UNKNOWN))
    if "do" not in but:
        points.append(_do(laying))
    told = edited.blocks if edited is not None else ()
    return Made((*told, Listing(tuple(points))), tuple(missing), edited)


def _point(mark: str, said: Paragraph) -> Point:
    return Point(" ".join(said.text.split()), said.voice, said.sources, note=said.note, mark=mark)


def happened(laying: Laying) -> Paragraph | None:
    """The words in which people said what happened."""
    for section in sections_of(laying.document, "summary"):
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.voice in (Voice.WORDS, Voice.EDIT):
                return block
    return None


def _silence(laying: Laying) -> State:
    found = [s.state for s in sections_of(laying.document, "summary")]
    return found[0] if found and found[0] in (State.UNKNOWN, State.SKIPPED, State.NOTHING) else State.NOT_ANSWERED


def _why(laying: Laying) -> Point | None:
    material, factors = laying.document.material, laying.document.factor_count
    if material.cause is not None:
        return _point("Why it happened", material.cause)
    edited = edited_of(laying.document, "factors")
    written = [p for b in edited.blocks if isinstance(b, Listing) for p in b.points] if edited is not None else []
    points = written or [each.point for each in material.factors]
    if not points:
        return None
    below = tuple(Point(each.text, each.voice, each.sources) for each in points[:NAMED])
    text = factors_counted(factors).capitalize()
    text += f"; the first {number_word(NAMED)} of them:" if factors.named > NAMED else ":"
    return Point(text, Voice.COMPUTED, (), below, mark="Why it happened")


def _did(laying: Laying) -> Point | None:
    """What ended it; of a near miss what stopped it, in the words of its section."""
    mitigation = laying.document.material.mitigation
    if laying.document.nearly:
        said = (b for s in sections_of(laying.document, "stopped") for b in s.blocks if isinstance(b, Paragraph))
        stopped = next((each for each in said if each.voice in (Voice.WORDS, Voice.EDIT)), None)
        return _point("What stopped it", stopped) if stopped is not None else None
    return _point("What we did", mitigation) if mitigation is not None else None


def _do(laying: Laying) -> Point:
    document, mark = laying.document, "What we do so that it stays away"
    count = document.action_count
    if not count:
        told = none_left(document)
        return Point(told or "No action was agreed.", Voice.COMPUTED if told else Voice.ABSENT, mark=mark)
    rows = [row for row in document.material.items if row.item.status != "dropped"]
    shown = [row for item in document.actions for row in rows if row.item is item] or rows
    below = tuple(
        Point(f"{row.item.number}: {row.cells[1].text}", Voice.WORDS, row.cells[1].sources) for row in shown[:NAMED]
    )
    text = "One action:" if count == 1 else f"{count} actions:" if count <= NAMED else f"{count} actions, among them:"
    return Point(text, Voice.COMPUTED, (), below, mark=mark)


def stats(laying: Laying) -> Made:
    """How long it took and how far it reached, in one table; what is not known is named below it."""
    material = laying.document.material
    rows: list[tuple[Cell, ...]] = []
    missing: list[Missing] = []
    for label, start, end, stated, always in LENGTHS:
        cell = _length(material, start, end, stated)
        if cell is not None:
            rows.append((Cell(label), cell))
        elif always:
            missing.append(Missing(label, State.UNKNOWN))
    for label, names in FIGURES:
        found = [figure.told[0] for name in names if (figure := material.figure(name)) is not None]
        if found:
            # One sentence may tell how many they were and which share that was.
            text = ", ".join(dict.fromkeys(from_count(each.text) for each in found))
            sources = tuple(dict.fromkeys(source for each in found for source in each.sources))
            rows.append((Cell(label), Cell(text, sources, voice=Voice.WORDS)))
        else:
            missing.append(Missing(label, of_all(laying.document.material.silence(name) for name in names)))
    blocks: tuple[Block, ...] = (Table("", ("Measure", "Value"), tuple(rows)),) if rows else ()
    return Made(blocks, tuple(missing))


def _length(material: Material, start: str, end: str, stated: str) -> Cell | None:
    first, last = material.moments.get(start), material.moments.get(end)
    if stated and (text := material.spans.get(stated)):
        return Cell(text, _sources(material, start, end))
    if first is None or last is None or last.at < first.at:
        return None
    length = between(first.at, last.at)
    about = "about " if first.about or last.about else ""
    text = span(length) if length >= timedelta(minutes=1) else "less than a minute"
    return Cell(about + text, _sources(material, start, end))


def _sources(material: Material, *names: str) -> tuple[Source, ...]:
    found = [material.moments[name].source for name in names if name in material.moments]
    return tuple(dict.fromkeys(source for source in found if source is not None))


def severity(laying: Laying) -> Made:
    """The levels of severity with their meanings, this incident's among them marked."""
    document = laying.document
    name = document.severity
    levels = document.material.severities
    if not levels:
        return Made() if name else Made(missing=(Missing("severity", State.UNKNOWN),))
    fact = next((row[1] for row in document.material.facts.rows if row[0].text == "Severity"), None)
    rows = [
        (Cell(level, fact.sources if fact is not None and level == name else ()), Cell(meaning),
         Cell("this incident" if level == name else ""))
        for level, meaning in levels
    ]  # fmt: skip
    if name and name not in dict(levels):
        rows.insert(0, (Cell(name, fact.sources if fact is not None else ()), Cell(""), Cell("this incident")))
    table = Table("", ("Level", "Meaning", "Here"), tuple(rows))
    return Made((table,), () if name else (Missing("severity", State.UNKNOWN),))


def facts(laying: Laying) -> Made:
    """The moments, severity and services that are known, without durations; those that are not are named below."""
    table = laying.document.material.facts
    told = [row for row in table.rows if row[0].text not in DURATIONS]
    rows = tuple(row for row in told if row[1].voice is not Voice.ABSENT)
    # Where it only nearly happened, nothing began and nothing had to be ended.
    never = {label for name, label in ALWAYS.items() if name != "detected"} if laying.document.nearly else frozenset()
    absent = [row[0].text for row in told if row[1].voice is Voice.ABSENT and row[0].text not in never]
    missing = tuple(Missing(each, State.UNKNOWN) for each in absent)
    edited = edited_of(laying.document, "facts")
    if edited is not None:
        return Made(edited.blocks, edited=edited)
    return Made((Table("", table.header, rows),) if rows else (), missing)
