"""How did it come to be possible? The cause that set it off, what contributed, and what lies below that."""

from __future__ import annotations

from collections.abc import Sequence

from bot.report.material import Factored
from bot.report.parts.made import Laying, Made, as_edited, edited_of, sections_of
from bot.report.silence import Missing
from bot.report.values import Block, Chain, Listing, Paragraph, Point, SectionText, State, Voice
from bot.wording.sorts import FACTOR_HEADINGS

#: The field that a note beside each factor fills.
ALONE = "cause.alone"
SUGGESTED = "Where nobody wrote a sort in front of a factor, its words suggested one."
SEE_EDIT = "It is told in the section of the contributing factors, as somebody rewrote it."


def cause(laying: Laying) -> Made:
    """What set it off, in the words of the record or of whoever corrected it."""
    found = laying.document.material.cause
    if found is None and laying.document.nearly:
        # What made it possible is all there is: nothing was set off.
        return Made(exists=False)
    return Made((found,)) if found is not None else Made(missing=(Missing("what set it off", State.UNKNOWN),))


def fact(laying: Laying, name: str) -> Made:
    """The first idea of the cause, or what ended it."""
    found = getattr(laying.document.material, name)
    return Made((found,)) if found is not None else Made()


def factors(laying: Laying, but: Sequence[str] = ()) -> Made:
    """The contributing factors beside each other, each with its sort; what lies below them is left to `systemic`.

    `but` are questions whose answers are told elsewhere.
    """
    edited = edited_of(laying.document, "factors")
    if edited is not None:
        return as_edited(edited)
    found = laying.document.material.factors
    if not found:
        return _none(laying, but)
    blocks: list[Block] = [Listing(tuple(_alone(each, FACTOR_HEADINGS.get(each.sort, "")) for each in found))]
    if any(each.sort and not each.said for each in found):
        blocks.append(Paragraph(SUGGESTED, Voice.COMPUTED))
    return Made((*blocks, *_beside(laying, but)))


def group(laying: Laying, name: str) -> Made:
    """The factors of one group (technical, process, people; unsorted), each with its sort within it."""
    edited = edited_of(laying.document, "factors")
    if edited is not None:
        return as_edited(edited) if name == "technical" else Made()
    wanted = "" if name == "unsorted" else name
    found = [each for each in laying.document.material.factors if each.group == wanted]
    if not found:
        return Made()
    return Made((Listing(tuple(_alone(each, _within(each)) for each in found)),), settled=_marked(laying))


def _marked(laying: Laying) -> frozenset[str]:
    """What a note beside the factors tells already: which of them was enough alone."""
    marked = any(each.point.note for each in laying.document.material.factors)
    return frozenset({ALONE}) if marked else frozenset()


def suggested(laying: Laying) -> Made:
    """Says that the sorts are only suggested, where they are."""
    if edited_of(laying.document, "factors") is not None:
        return Made()
    only = any(each.sort and not each.said for each in laying.document.material.factors)
    return Made((Paragraph(SUGGESTED, Voice.COMPUTED),)) if only else Made()


def systemic(laying: Laying) -> Made:
    """What lies below the factors: how each of them came to be possible."""
    if edited_of(laying.document, "factors") is not None:
        return Made((Paragraph(SEE_EDIT, Voice.COMPUTED),))
    points = []
    for each in laying.document.material.factors:
        for below in each.point.below:
            if below.voice is not Voice.ABSENT:
                note = f"below “{_short(each.point.text)}”"
                points.append(Point(below.text, below.voice, below.sources, below.below, note))
    return Made((Chain(tuple(points)),)) if points else Made()


def chain(laying: Laying, but: Sequence[str] = ()) -> Made:
    """All of the chain of hows: what stands below a line says how that came to be possible."""
    edited = edited_of(laying.document, "factors")
    if edited is not None:
        return Made((Paragraph(SEE_EDIT, Voice.COMPUTED),))
    found = laying.document.material.factors
    if not found:
        return _none(laying, but)
    return Made((Chain(tuple(each.point for each in found)), *_beside(laying, but)))


def _none(laying: Laying, but: Sequence[str]) -> Made:
    """No factor was named: that is said, also where something else about the causes was answered."""
    state, blocks = _state(laying), _beside(laying, but)
    missing = (Missing("contributing factors", state or State.NOT_ANSWERED),) if blocks else ()
    return Made(blocks, missing, exists=bool(sections_of(laying.document, "factors")), state=state)


def _beside(laying: Laying, but: Sequence[str]) -> tuple[Block, ...]:
    """What else was asked about the causes, and answered."""
    beside = laying.document.material.beside_factors
    return tuple(block for question, blocks in beside if question not in but for block in blocks)


def _alone(each: Factored, mark: str) -> Point:
    point = each.point
    return Point(point.text, point.voice, point.sources, note=point.note, mark=mark)


def _within(each: Factored) -> str:
    """The heading of a sort within its group; none where the group says it already."""
    return FACTOR_HEADINGS[each.sort] if each.sort and each.sort != each.group else ""


def _state(laying: Laying) -> State | None:
    found: tuple[SectionText, ...] = sections_of(laying.document, "factors")
    return found[0].state if found and found[0].state is not State.COMPOSED else None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"
