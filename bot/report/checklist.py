"""What does the document still lack? Each check says what it asks for, and where it is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.interview.state import Interview
from bot.report.document import Chain, Document, ItemLine, Listing, Paragraph, Point, SectionText, State, Table, Voice
from bot.report.facts import ALWAYS
from bot.timeline.values import shortened
from bot.wording.concerns import concerns

#: One cause is never the whole of it (facilitation: at least two contributing factors).
FEWEST_FACTORS = 2
#: Items that one finding names; the others are counted.
NUMBERS = 5
#: What each concern of the word rules says about a sentence, and how it could be asked about instead.
CONCERNS = {
    "person_as_cause": "reads as if a person were the cause; what made that easy to do, and hard to notice?",
    "human_error": "stops at human error; what made it likely?",
    "counterfactual": "says what should have been, not what was; how did it look at that minute?",
    "hindsight": "judges by what was only known later; what could be seen then, and how?",
    "judgement": "judges somebody; what did they have to go by, and how was it shown?",
    "vague": "is too vague to be done or checked; how would we see that it is done?",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for. `found` says, one line each, where it is missing; empty when all is well."""

    id: str
    title: str
    found: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.found


def checklist(document: Document, interview: Interview, items: Sequence[ItemLine]) -> tuple[Check, ...]:
    """Every check, passed or not, in the order of the document."""
    open_items = [item for item in items if item.status == "open"]
    return (
        Check("answered", "Every section is answered", tuple(_unanswered(s) for s in document.unanswered)),
        Check("moments", "Began, detected, mitigated and resolved are known", _moments(document)),
        Check("timeline", "Somebody has confirmed the timeline", _timeline(interview)),
        Check("factors", "At least two contributing factors", _factors(document)),
        Check("items", "There is something to do", () if items else ("No action was named",)),
        Check(
            "owners",
            "Every action has an owner",
            _lacking(open_items, lambda i: not i.owner, "has", "have", "no owner"),
        ),
        Check("due", "Every action has a date", _due(open_items)),
        Check(
            "measures",
            "Every action says how we will know it worked",
            _lacking(open_items, lambda i: not i.measure, "does", "do", "not say how we will know it worked"),
        ),
        Check("wording", "No sentence reads like blame", _wording(document)),
        Check("names", "Nobody is named who only took part", tuple(_named(document))),
        Check("edits", "Edited sections match their answers", tuple(_stale(s) for s in document.sections if s.stale)),
    )


def _unanswered(section: SectionText) -> str:
    match section.state:
        case State.UNKNOWN:
            return f"“{section.heading}” is not known"
        case State.SKIPPED:
            return f"“{section.heading}” was skipped"
        case _:
            return f"“{section.heading}” is not answered"


def _moments(document: Document) -> tuple[str, ...]:
    known = {
        "began": document.began,
        "detected": document.detected,
        "mitigated": document.mitigated,
        "resolved": document.resolved,
    }
    return tuple(f"“{label}” has no time" for name, label in ALWAYS.items() if known[name] is None)


def _timeline(interview: Interview) -> tuple[str, ...]:
    return () if interview.timeline_by is not None else ("Nobody has confirmed the timeline yet",)


def _factors(document: Document) -> tuple[str, ...]:
    if document.factor_count >= FEWEST_FACTORS:
        return ()
    return ("Only one is named" if document.factor_count else "None is named",)


def _lacking(
    items: Sequence[ItemLine], lacks: Callable[[ItemLine], bool], one: str, many: str, what: str
) -> tuple[str, ...]:
    """One sentence for all items that lack the same."""
    numbers = [item.number for item in items if lacks(item)]
    if not numbers:
        return ()
    rest = len(numbers) - NUMBERS
    named = [*numbers[:NUMBERS], *([f"{rest} more"] if rest > 0 else [])]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
    return (f"{listed} {one if len(numbers) == 1 else many} {what}",)


def _due(items: Sequence[ItemLine]) -> tuple[str, ...]:
    undated = [item for item in items if item.due is None]
    words = tuple(f"{item.number}: “{item.due_words}” is not a date yet" for item in undated if item.due_words)
    return (*words, *_lacking(undated, lambda i: not i.due_words, "has", "have", "no date"))


def _wording(document: Document) -> tuple[str, ...]:
    found: list[str] = []
    for section in document.sections:
        for text in _texts(section):
            for concern in concerns(text):
                says = CONCERNS.get(str(concern.kind), "is worth another look")
                found.append(f"{section.heading}: “{shortened(concern.words, 80)}” {says}")
    return tuple(dict.fromkeys(found))


def _named(document: Document) -> list[str]:
    return [
        f"“{section.heading}” names {' and '.join(section.named)}" for section in document.sections if section.named
    ]


def _stale(section: SectionText) -> str:
    return f"“{section.heading}” was edited, and the answers have changed since"


def _texts(section: SectionText) -> list[str]:
    """What people wrote in a section; the record's own words in the timeline are evidence and are left alone."""
    texts: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph() if block.voice in (Voice.WORDS, Voice.EDIT):
                texts.append(block.text)
            case Listing() | Chain():
                texts += [text for point in block.points for text in _point(point)]
            case Table() if section.state is State.EDITED or "Action" in block.header:
                texts += [cell.text for row in block.rows for cell in row if cell.voice in (Voice.WORDS, Voice.EDIT)]
            case _:
                pass
    return texts


def _point(point: Point) -> list[str]:
    return [point.text, *(text for each in point.below for text in _point(each))]
