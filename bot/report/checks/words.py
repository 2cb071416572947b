"""Does it read as if somebody were to blame? A place to look at again, never a verdict."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.report.checks.rule import Found, Matter, Mend, Rule, Verdict, weak
from bot.report.document import Chain, Listing, Paragraph, Point, SectionText, State, Table, Voice
from bot.timeline.values import shortened
from bot.wording.concerns import concerns

#: What each concern of the word rules says about a sentence, and how it could be asked about instead.
CAUSES: dict[str, str] = {
    "person_as_cause": "reads as if a person were the cause; what made that easy to do, and hard to notice?",
    "human_error": "stops at human error; what made it likely?",
}
BLAME: dict[str, str] = {
    "counterfactual": "says what should have been, not what was; how did it look at that minute?",
    "hindsight": "judges by what was only known later; what could be seen then, and how?",
    "judgement": "judges somebody; what did they have to go by, and how was it shown?",
}
#: What is looked for in the words of the record: who works on an incident says "all clear" and "should be back by now".
QUOTED: Mapping[str, str] = CAUSES | {"judgement": BLAME["judgement"]}


def persons(matter: Matter) -> Verdict:
    """No person stands as a cause (procedure: no "X caused the issue"; what allowed that mistake?)."""
    return weak(*_concerning(matter, CAUSES))


def wording(matter: Matter) -> Verdict:
    """No sentence judges, or says what should have been (Etsy's facilitation guide; procedure, pitfall: blame)."""
    return weak(*_concerning(matter, BLAME))


def quotes(matter: Matter) -> Verdict:
    """Nor does what the record is quoted with: it is what somebody wrote then, and is worded anew by people alone."""
    document = matter.document
    section = next((s for s in document.sections if s.made_of == "timeline"), None)
    if section is None or section.state is State.EDITED:
        return weak()
    told = [document.material.cause, document.material.hypothesis, document.material.mitigation]
    texts = [event.what.text for event in document.material.events if event.what.voice is Voice.WORDS]
    return weak(*_found([*texts, *(each.text for each in told if each is not None)], section, QUOTED, matter.names))


def names(matter: Matter) -> Verdict:
    """Nobody is named who only took part: owners, authors and reviewers are, actors go by what they did."""
    return weak(
        *(Found(f"“{s.heading}” names {' and '.join(s.named)}", s.id) for s in matter.document.sections if s.named)
    )


def _concerning(matter: Matter, says: Mapping[str, str]) -> list[Found]:
    found = [
        each for section in matter.document.sections for each in _found(texts(section), section, says, matter.names)
    ]
    return list(dict.fromkeys(found))


def _found(told: Sequence[str], section: SectionText, says: Mapping[str, str], names: Collection[str]) -> list[Found]:
    found = [
        Found(f"{section.heading}: “{shortened(each.words, 80)}” {says[str(each.kind)]}", section.id)
        for text in told
        for each in concerns(text, names)
        if str(each.kind) in says
    ]
    return list(dict.fromkeys(found))


def texts(section: SectionText) -> list[str]:
    """What people wrote in a section; for the record's own words in the timeline see `quotes`."""
    found: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph() if block.voice in (Voice.WORDS, Voice.EDIT):
                found.append(block.text)
            case Listing() | Chain():
                found += [text for point in block.points for text in _point(point)]
            case Table() if section.state is State.EDITED or "Action" in block.header:
                found += [cell.text for row in block.rows for cell in row if cell.voice in WRITTEN]
            case _:
                pass
    return found


WRITTEN: Collection[Voice] = (Voice.WORDS, Voice.EDIT)


def _point(point: Point) -> list[str]:
    return [point.text, *(text for each in point.below for text in _point(each))]


RULES = (
    Rule(
        "persons",
        "No person stands as a cause",
        "Say what made it possible for anybody in that seat; edit the message, or the section.",
        persons,
        Mend.SECTIONS,
    ),
    Rule(
        "wording",
        "No sentence reads like blame",
        "Say what could be seen at that minute instead; edit the message, or the section.",
        wording,
        Mend.SECTIONS,
    ),
    Rule(
        "quotes",
        "Nothing that the timeline quotes reads like blame",
        "Word the entry anew, by what was done and seen; its message stays its source.",
        quotes,
        Mend.TIMELINE,
    ),
    Rule(
        "names",
        "Nobody is named who only took part",
        "Write what the person did instead of the name: “the engineer on call”.",
        names,
        Mend.SECTIONS,
    ),
)
