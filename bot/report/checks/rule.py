"""What is one rule of the checklist, and what does it say of a postmortem?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.interview.script import Script
from bot.interview.state import Interview
from bot.report.document import Document, ItemLine, Moment


class Standing(StrEnum):
    """How a postmortem stands by one rule; what is `ok` does not become weak by waiting."""

    OK = "ok"
    WEAK = "weak"
    #: It is too early, or something is not known that it depends on.
    OPEN = "cannot tell yet"


class Mend(StrEnum):
    """Where somebody mends what a rule found."""

    #: The form of the action items, the list of the timeline, and the list of sections.
    ITEMS = "items"
    TIMELINE = "timeline"
    SECTIONS = "sections"
    #: What is said of a document that is written: to whom it was given, when it is looked at again, who approves.
    SHARES = "shares"
    FOLLOW_UP = "follow_up"
    APPROVALS = "approvals"


@dataclass(frozen=True, slots=True)
class Found:
    """One place where something is missing: `place` is an item's number or a section's id, empty for the whole."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """All that the rules look at. `now` is aware UTC."""

    script: Script
    document: Document
    interview: Interview
    items: tuple[ItemLine, ...]
    now: datetime
    #: Whether the kind of document has a place for approvals, or a setting makes them binding.
    wants_approvals: bool = False
    #: What people who are known are called, in small letters.
    names: frozenset[str] = frozenset()

    @property
    def open_items(self) -> tuple[ItemLine, ...]:
        return tuple(item for item in self.items if item.status == "open")

    @property
    def end(self) -> Moment | None:
        """When the incident was over: resolved, or at least mitigated where nobody knows that."""
        return self.document.resolved or self.document.mitigated


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says: nothing found is ok; `waits` says in one sentence why it cannot be told yet."""

    found: tuple[Found, ...] = ()
    waits: str = ""
    #: What was found in fewer lines, where many places lack the same.
    brief: tuple[str, ...] = ()
    #: It is only not due yet: people can see to it already.
    early: bool = False

    @property
    def standing(self) -> Standing:
        if self.waits:
            return Standing.OPEN
        return Standing.WEAK if self.found else Standing.OK


#: Items that one line names; the others are counted.
NUMBERS = 5
#: Nothing is missing.
HOLDS = Verdict()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its words. `look` gives None where a kind of postmortem has nothing that it could look at."""

    id: str
    #: What holds when all is well.
    title: str
    #: What somebody does about it when it does not.
    do: str
    look: Callable[[Matter], Verdict | None]
    mend: Mend | None = None
    #: Whether people can still make it true; what is over cannot be binding.
    can_bind: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """What one rule says of one postmortem."""

    rule: Rule
    verdict: Verdict

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def standing(self) -> Standing:
        return self.verdict.standing

    @property
    def early(self) -> bool:
        """Whether it is not due yet, though people can see to it already."""
        return self.standing is Standing.OPEN and self.verdict.early

    @property
    def found(self) -> tuple[str, ...]:
        """What is missing, in as few lines as say it; empty unless it is weak."""
        told = self.verdict.brief or tuple(each.text for each in self.verdict.found)
        return told if self.standing is Standing.WEAK else ()

    @property
    def ok(self) -> bool:
        return self.standing is Standing.OK


def weak(*found: Found) -> Verdict:
    """What was found, or that it holds."""
    return Verdict(tuple(found))


def waits(why: str, *, early: bool = False) -> Verdict:
    """That it cannot be told yet, and why; with `early`, people can see to it all the same."""
    return Verdict(waits=why, early=early)


def each_item(items: Sequence[ItemLine], lacks: Callable[[ItemLine], bool], one: str, many: str, what: str) -> Verdict:
    """One finding for each item that lacks something, told together: AI-032 and AI-033 have no owner."""
    numbers = [item.number for item in items if lacks(item)]
    if not numbers:
        return HOLDS
    rest = len(numbers) - NUMBERS
    named = [*numbers[:NUMBERS], *([f"{rest} more"] if rest > 0 else [])]
    told = f"{listed(named)} {one if len(numbers) == 1 else many} {what}"
    return Verdict(tuple(Found(f"{number} {one} {what}", number) for number in numbers), brief=(told,))


def listed(names: Sequence[str]) -> str:
    """As a sentence has them: A, B and C."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
