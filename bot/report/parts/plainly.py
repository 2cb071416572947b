"""What does a reader outside the trade need? Short statements from what is confirmed; a quote only where no fact is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from bot.interview.fields import FIELDS
from bot.interview.offers import EXECUTIVE
from bot.report.facts import factors_counted, number_word
from bot.report.material import Phase
from bot.report.parts.doing import none_left
from bot.report.parts.made import Laying, Made, as_edited, edited_of, sections_of
from bot.report.parts.overview import happened
from bot.report.silence import of_all
from bot.report.times import clock, day
from bot.report.values import Block, Evidence, Listing, Moment, Paragraph, Point, Source, Voice
from bot.wording.corrections import repeats
from bot.wording.counts import bare_count, from_count
from bot.wording.deeds import deed

#: The moments of the course, and how each is told.
COURSE = (
    ("began", "began"),
    ("detected", "was noticed"),
    ("mitigated", "no longer did harm"),
    ("resolved", "was over"),
)
#: Where nobody said in words what happened.
NOTHING_TOLD = "Nobody has said in one sentence what happened."
#: What nothing can be said of where it only nearly happened; its day stands above.
ENDED = frozenset({"When", "How long", "What was done"})
#: What is known of who was affected, in this order.
REACH = (
    "impact.users", "impact.share", "impact.requests", "impact.geography", "impact.data_loss", "revenue.lost",
    "customers.tickets",
)  # fmt: skip


def brief(laying: Laying) -> Made:
    """The executive summary that somebody accepted; where nobody did, what is known in short statements."""
    accepted = edited_of(laying.document, EXECUTIVE)
    return as_edited(accepted) if accepted is not None else _statements(laying)


def _statements(laying: Laying) -> Made:
    """What happened, when, how long, why, and what was done."""
    edited = edited_of(laying.document, "summary")
    told: list[Point] = []
    unknown: list[str] = []
    said = None if edited is not None else happened(laying)
    for mark, point, asks in (
        ("What happened", said, ""),
        ("When", _when(laying), "when it happened"),
        ("How long", _how_long(laying), "how long it lasted"),
        ("Why it happened", _why(laying), "how it came about"),
        ("What was done", _done(laying), "what ended it"),
    ):
        if point is not None:
            told.append(Point(point.text, point.voice, point.sources, note=point.note, mark=mark))
        elif asks and not (laying.document.nearly and mark in ENDED):
            unknown.append(asks)
    blocks: tuple[Block, ...] = (
        *(edited.blocks if edited is not None else ()),
        *((Listing(tuple(told)),) if told else ()),
    )
    if not blocks:
        return Made(state=of_all(s.state for s in sections_of(laying.document, "summary")))
    silent = [NOTHING_TOLD] if said is None and edited is None else []
    silent += [f"It is not known {_either(unknown)}."] if unknown else []
    return Made((*blocks, *((Paragraph(" ".join(silent), Voice.ABSENT),) if silent else ())), (), edited)


def _either(asks: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(asks[:-1]), *asks[-1:])))


def _when(laying: Laying) -> Paragraph | None:
    moments = laying.document.material.moments
    parts: list[str] = []
    sources: list[Source] = []
    said = ""
    for name, verb in COURSE:
        if (at := moments.get(name)) is None:
            continue
        today = day(at.at)
        parts.append(f"{verb} {_clock(at)}{'' if today == said else f' on {today}'}")
        said = today
        sources += [at.source] if at.source is not None else []
    text = " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
    return Paragraph(f"It {text}.", Voice.COMPUTED, tuple(dict.fromkeys(sources))) if parts else None


def _clock(moment: Moment) -> str:
    return f"{'about' if moment.about else 'at'} {clock(moment.at.astimezone(UTC))} UTC"


def _how_long(laying: Laying) -> Paragraph | None:
    spans = laying.document.material.spans
    if lasted := spans.get("duration"):
        unseen = spans.get("detected_after")
        return Paragraph(f"{_big(lasted)}{f', of which {unseen} passed unnoticed' if unseen else ''}.", Voice.COMPUTED)
    if ended := spans.get("mitigated_after"):
        return Paragraph(f"The harm ended after {ended}.", Voice.COMPUTED)
    return None


def _why(laying: Laying) -> Paragraph | None:
    cause, factors = laying.document.material.cause, laying.document.factor_count
    count = f"{_big(factors_counted(factors))}{',' if factors.below else ''}"
    behind = f"{count} {'was' if factors.named == 1 else 'were'} found." if factors.named else ""
    if cause is None:
        return Paragraph(behind, Voice.COMPUTED) if behind else None
    return Paragraph(" ".join(filter(None, (f"“{cause.text.rstrip('.')}”.", behind))), Voice.WORDS, cause.sources)


def _done(laying: Laying) -> Paragraph | None:
    """What ended it as a plain deed, else in its own words; without that, the last change while it was mended."""
    material = laying.document.material
    mended, at = material.mitigation, material.moments.get("mitigated")
    if mended is not None:
        when = f"{_big(_clock(at))}: " if at is not None else ""
        plainly = deed(mended.text)
        voice = Voice.COMPUTED if plainly else Voice.WORDS
        return Paragraph(_big(f"{when}{plainly or f'“{mended.text}”'}."), voice, mended.sources)
    for event in reversed(material.events):
        if event.phase is Phase.MITIGATION and event.at is not None and (plainly := deed(event.what.text)):
            at = Moment(event.at, event.about)
            return Paragraph(f"{_big(_clock(at))}: {plainly}.", Voice.COMPUTED, event.what.sources)
    return None


def affected(laying: Laying, names: Sequence[str]) -> Made:
    """Who was affected: what people wrote of it, then figures of the record; counts that differ with both sides."""
    edited = next((e for name in names if (e := edited_of(laying.document, name)) is not None), None)
    if edited is not None:
        return as_edited(edited)
    found = [s for name in names for s in sections_of(laying.document, name)]
    if not found:
        # A kind that does not ask for the impact still shows what the record counts.
        counted = () if laying.document.nearly else tuple(_figures(laying, ()))
        return Made((Listing(counted),)) if counted else Made(exists=False)
    material = laying.document.material
    said = [b for s in found for b in s.blocks if isinstance(b, Paragraph) and b.voice is Voice.WORDS]
    wrote = [each for each in said if _answers(each) and bare_count(each.text) is None]
    above = happened(laying)
    figures = tuple(_figures(laying, [each.text for each in (*wrote, *((above,) if above is not None else ()))]))
    told = {source.ts for point in figures for source in point.sources}
    kept = [*wrote, *(e for e in said if not _answers(e) and not any(source.ts in told for source in e.sources))]
    kept = [e for e in kept if e in wrote or not any(repeats(e.text, each.text) for each in wrote)]
    disputed = [Point(each.text, each.voice, each.sources, mark="Not settled") for each in material.counts_differ]
    points = (*figures, *disputed)
    blocks: tuple[Block, ...] = (*kept, *((Listing(points),) if points else ()))
    return Made(blocks, state=None if blocks else of_all(each.state for each in found))


def _answers(said: Paragraph) -> bool:
    return any(source.kind is Evidence.ANSWER for source in said.sources)


def _figures(laying: Laying, told: Sequence[str]) -> Iterator[Point]:
    """The figures of who was affected, without what stands in `told`, and each message's words once."""
    known = [text.casefold() for text in told]
    for name in REACH:
        figure = laying.document.material.figure(name)
        if figure is None:
            continue
        best = figure.told[0]
        words = from_count(best.text)
        if any(words.casefold() in each for each in known):
            continue
        known.append(words.casefold())
        yield Point(_big(words), best.voice, best.sources, mark=FIELDS[name].label)


def coming(laying: Laying) -> Made:
    """How many actions were agreed, which of them nobody has yet, and when the first is due."""
    document = laying.document
    if told := none_left(document):
        return Made((Paragraph(told, Voice.COMPUTED),))
    open_items = [row.item for row in document.material.items if row.item.status == "open"]
    done = sum(row.item.status == "done" for row in document.material.items)
    if not open_items and not done:
        return Made()
    count = len(open_items)
    parts = [f"{_big(number_word(count))} {'action is' if count == 1 else 'actions are'} open"]
    parts += [f"{number_word(done)} {'is' if done == 1 else 'are'} done"] if done else []
    text = f"{' and '.join(parts)}."
    if nobody := sum(not item.owner for item in open_items):
        text += f" {_big(number_word(nobody))} {'has' if nobody == 1 else 'have'} no owner yet."
    if dates := [item.due for item in open_items if item.due is not None]:
        text += f" The first is due on {day(min(dates))}."
    if document.material.reviewed_on is not None:
        text += f" It is looked at again on {day(document.material.reviewed_on)}."
    return Made((Paragraph(text, Voice.COMPUTED),))


def _big(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
