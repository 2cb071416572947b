"""What does a second mind add to the rules, how much of what it says has no ground, and what does it cost?

Measured on past incidents with a real model, or with a stub; a stub's figures say nothing of a model. That a sentence
holds is what code can check, not that a person would take it: see docs/claude.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from bot.cases import Case, reading
from bot.evals.truth import Truth, truth_of
from bot.interview.state import Interview, Workspace
from bot.interview.thoughts import Conclusion, Line, Material, Purpose, Unavailable
from bot.redaction.masking import mask
from storage.database import Database

#: What drafts are asked for, and what an answer should hold.
QUESTIONS = (
    ("What did users see, and how many of them?", ("how many", "when")),
    ("How was it noticed?", ("when",)),
    ("What ended it?", ("when",)),
)
#: Seconds that a thought may take.
PATIENCE = 90.0
_WORKSPACE = Workspace("EVAL")


class Mind(Protocol):
    """Who thinks; see `bot.claude.mind`."""

    def think(
        self, material: Material, *, workspace: Workspace, postmortem: int, key: str, deadline: float
    ) -> Conclusion | Unavailable: ...


@dataclass
class Measured:
    """Counts over all cases."""

    cases: int = 0
    #: Drafts that held in every sentence, in some, in none; and those that said that the record has no answer.
    whole: int = 0
    partly: int = 0
    nothing: int = 0
    silent: int = 0
    #: Sentences, questions and items that held, and those that did not.
    held: int = 0
    dropped: int = 0
    #: Lines that people put on their timeline, and of them those that the rules found, and that only the model found.
    lines: int = 0
    by_rules: int = 0
    only_by_model: int = 0
    #: Lines that the model named and nobody put on a timeline.
    beside: int = 0
    #: Action items that people wrote down, that the rules found, and that the model found.
    items: int = 0
    items_by_rules: int = 0
    items_by_model: int = 0
    #: Thoughts for which nothing came, by why.
    unavailable: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    calls: int = 0
    tokens: int = 0
    microdollars: int = 0
    seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def measured(cases: Iterable[Case], mind: Mind, database: Database) -> Measured:
    """Five thoughts for each case: three drafts, a gloss of the timeline, and the action items."""
    found = Measured()
    for case in cases:
        if not case.messages:
            continue
        found.cases += 1
        postmortem = _begun(database, case)
        told, truth = reading(case), truth_of(case)
        for number, (question, needs) in enumerate(QUESTIONS):
            wanted = _material(Purpose.DRAFT, case, question=question, needs=needs)
            _draft(found, case, _think(found, mind, wanted, postmortem, f"draft-{number}"))
        known = [each["message_index"] for each in told["entries"] if each["message_index"] is not None]
        about = tuple(case.messages[index].ts for index in dict.fromkeys(known))
        gloss = _think(found, mind, _material(Purpose.GLOSS, case, about=about), postmortem, "gloss")
        items = _think(found, mind, _material(Purpose.ITEMS, case), postmortem, "items")
        if truth is not None:
            _timeline(found, case, truth, set(known), gloss)
            _items(found, truth, [each["text"] for each in told["action_items"]], items)
        with database.reading() as unit:
            for entry in unit.calls.of(postmortem):
                found.calls += 1
                found.tokens += entry.fresh + entry.written + entry.reread + entry.out
                found.microdollars += entry.cost
                found.seconds.append(entry.latency_ms / 1000)
    return found


def _begun(database: Database, case: Case) -> int:
    at = case.messages[0].at
    begun = Interview(0, _WORKSPACE, "", "C0", f"C0-{case.id}", "service", case.id, "U0", "U0", at)
    with database.writing() as unit:
        return unit.postmortems.create(begun, "", None).id


def _material(
    purpose: Purpose, case: Case, *, question: str = "", needs: tuple[str, ...] = (), about: tuple[str, ...] = ()
) -> Material:
    lines = tuple(
        Line(each.ts, mask(each.text).text, each.user, each.bot or "", each.at)
        for each in case.messages
        if each.text.strip() and not each.deleted
    )
    people = {each.user: each.user for each in case.messages if each.user}
    return Material(purpose, "service", "An incident", lines, {}, question, needs, about=about, people=people)


def _think(found: Measured, mind: Mind, wanted: Material, postmortem: int, key: str) -> Conclusion | Unavailable:
    outcome = mind.think(wanted, workspace=_WORKSPACE, postmortem=postmortem, key=key, deadline=PATIENCE)
    if isinstance(outcome, Unavailable):
        found.unavailable[outcome.reason] += 1
        return outcome
    found.answered += 1
    found.held += len(outcome.sentences) + len(outcome.questions) + len(outcome.items)
    found.dropped += outcome.dropped
    return outcome


def _draft(found: Measured, case: Case, outcome: Conclusion | Unavailable) -> None:
    match outcome:
        case Unavailable("nothing_left"):
            found.nothing += 1
            found.notes.append(f"{case.id}: every sentence of a draft was dropped")
        case Unavailable():
            pass
        case Conclusion(sentences=(), dropped=0):
            found.silent += 1
        case Conclusion(sentences=()):
            found.nothing += 1
        case Conclusion(dropped=0):
            found.whole += 1
        case Conclusion(dropped=dropped):
            found.partly += 1
            found.notes.append(f"{case.id}: {dropped} of a draft dropped")


def _timeline(found: Measured, case: Case, truth: Truth, known: set[int], outcome: Conclusion | Unavailable) -> None:
    wanted = {each.evidence for each in truth.timeline if each.evidence is not None}
    places = {each.ts: index for index, each in enumerate(case.messages)}
    said = set() if isinstance(outcome, Unavailable) else {places[each.about] for each in outcome.sentences}
    found.lines += len(wanted)
    found.by_rules += len(wanted & known)
    found.only_by_model += len((wanted & said) - known)
    found.beside += len(said - wanted - known)
    for index in sorted(index for index in wanted - known - said if index < len(case.messages)):
        found.notes.append(f"{case.id}: missed by both: {case.messages[index].text[:80]}")


def _items(found: Measured, truth: Truth, by_rules: list[str], outcome: Conclusion | Unavailable) -> None:
    said = [] if isinstance(outcome, Unavailable) else [each.text for each in outcome.items]
    found.items += len(truth.action_items)
    found.items_by_rules += sum(any(_alike(item, other) for other in by_rules) for item in truth.action_items)
    found.items_by_model += sum(any(_alike(item, other) for other in said) for item in truth.action_items)


def _alike(one: str, other: str) -> bool:
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and len(mine & theirs) / min(len(mine), len(theirs)) >= 0.6


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.casefold().split() if len(word) > 3)


def table(found: Measured, *, each_miss: bool = False) -> Iterator[str]:
    """What is printed."""
    if each_miss:
        yield from found.notes
    drafts = found.whole + found.partly + found.nothing
    yield f"{found.cases} cases, {found.calls} calls"
    yield f"drafts          {found.whole} held whole, {found.partly} in part, {found.nothing} not at all; " + (
        f"{found.silent} times there was nothing to say" if drafts + found.silent else "none came"
    )
    yield f"without ground  {_share(found.dropped, found.held + found.dropped)} of what was said, and dropped"
    yield (
        f"timeline        rules {_share(found.by_rules, found.lines)} of the lines that people wrote down; "
        f"the model adds {found.only_by_model}, and {found.beside} that nobody wrote down"
    )
    yield (
        f"action items    rules {_share(found.items_by_rules, found.items)}, the model "
        f"{_share(found.items_by_model, found.items)} of those that people wrote down"
    )
    middle = sorted(found.seconds)[len(found.seconds) // 2] if found.seconds else 0.0
    dear = found.microdollars / 1_000_000
    each = dear / found.cases if found.cases else 0.0
    yield (
        f"cost            ${dear:.4f}, ${each:.4f} a case; {found.tokens:,} tokens; "
        f"half of the calls within {middle:.1f} s"
    )
    if found.unavailable:
        yield "nothing came    " + ", ".join(f"{reason} {count}" for reason, count in found.unavailable.most_common())


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")
