"""What does composing a document look at? The interview with its script, the timeline, the items, and who is who."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.interview.script import Question, Script
from bot.interview.state import Interview, Quote
from bot.report.material import Event
from bot.report.people import People
from bot.report.values import Evidence, ItemLine, Source
from bot.timeline.values import Entry, moment_of

#: The section that stands on the first page beside the summary, whatever feeds it.
IMPACT = "impact"


class KeptEntry(Protocol):
    """A timeline entry as it is stored; `added_by` is None for one that was read from the record.

    `changed_by` is who corrected it last, and `merged` are the entries that told the same.
    """

    @property
    def entry(self) -> Entry: ...

    @property
    def added_by(self) -> str | None: ...

    @property
    def changed_by(self) -> str | None: ...

    @property
    def merged(self) -> tuple[Entry, ...]: ...


def order(kept: KeptEntry) -> tuple[bool, datetime]:
    """By time; what has none comes last, in the order given."""
    at = kept.entry.at
    return (True, datetime.min.replace(tzinfo=UTC)) if at is None else (False, at)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that composing one document looks at."""

    script: Script
    interview: Interview
    entries: tuple[KeptEntry, ...]
    items: tuple[ItemLine, ...]
    people: People
    permalink: Callable[[str], str]
    #: What each level of severity means.
    severities: Mapping[str, str] = field(default_factory=dict)
    #: The entries by time, as the document tells them.
    events: tuple[Event, ...] = ()
    #: The entries that people took off: who did, and whether by merging it into another one.
    taken_off: tuple[tuple[str, bool], ...] = ()
    #: The items that are none any more, each with the message that it was said in.
    withdrawn: tuple[tuple[str, str], ...] = ()

    @property
    def by_name(self) -> People:
        """Who is who in what is still to come: whom a plan mentions is asked for it, whatever they did this time."""
        return replace(self.people, by_name=True)

    def questions(self, section: str) -> tuple[Question, ...]:
        """The questions that feed a section, with those of earlier kinds of the same postmortem."""
        return tuple(q for q in (*self.script.questions, *self.script.passed) if q.section == section)

    def source(self, ts: str | None, user: str | None, who: str | None = None) -> tuple[Source, ...]:
        """The message `ts` as a source; none where there is no message."""
        if not ts:
            return ()
        try:
            at: datetime | None = moment_of(ts)
        except ValueError:
            at = None
        heard = any(said.ts == ts for said in self.interview.said)
        kind = Evidence.ANSWER if heard else Evidence.MESSAGE
        return (Source(ts, user, self.people.called(user) if who is None else who, at, self.permalink(ts), kind),)

    def entered(self, user: str, at: datetime | None) -> tuple[Source, ...]:
        """A form that somebody filled in, by name, as whoever edits a section."""
        return (Source("", user, self.people.name(user), at, "", Evidence.FORM),)

    def quoted(self, quote: Quote | None) -> tuple[Source, ...]:
        return self.source(quote.ts, quote.user) if quote is not None else ()

    def severity(self) -> str:
        """The severity with its meaning, as far as both are known."""
        name = self.fact_text("severity")
        meaning = self.severities.get(name, "")
        return f"{name}: {meaning}" if meaning else name

    def fact_text(self, name: str) -> str:
        """What the record says of one fact, or an empty text."""
        fact = self.interview.fact(name)
        return self.people.spoken(fact.text.strip()) if fact is not None else ""
