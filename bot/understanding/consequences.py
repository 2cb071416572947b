"""What follows from an event beside what it says? Items, facts and the wording of the open question, in one order."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter

from bot.interview import events as ev
from bot.interview.filing import filing
from bot.interview.replacing import replace
from bot.interview.rewording import requoted, reworded
from bot.interview.script import Script
from bot.interview.state import Asked, Fact, Field, Interview, Put, Said, SectionEdit, Split, Stage
from bot.timeline.values import shortened
from bot.understanding.answered_cause import as_recorded, with_answered_cause
from bot.understanding.answered_items import collected, keep_items
from bot.understanding.answered_moments import put_right, told, with_answers, with_other_accounts
from bot.understanding.contradicting import with_contradictions, without_contradictions
from bot.understanding.known_facts import following, on_timeline
from bot.understanding.past_incidents import with_similar
from bot.understanding.promises import told_beside, with_promises
from bot.understanding.severity import NO_SCALE, Severities, told_severity, with_severity
from storage.unit import Unit

#: So many postmortems are remembered with what their facts were worked out from.
REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Everything that facts are worked out from, beside the timeline's entries, which a revision stands for."""

    script: Script
    asked: tuple[Asked, ...]
    said: tuple[Said, ...]
    facts: tuple[Fact, ...]
    fields: tuple[Field, ...]
    edits: tuple[SectionEdit, ...]
    splits: tuple[Split, ...]
    #: Which reply belongs to which question: that a card was posted may change it.
    filed: dict[int, tuple[Said, ...]]
    timeline_revision: int
    zone: str

    @classmethod
    def of(cls, script: Script, interview: Interview) -> _Grounds:
        return cls(
            script, interview.asked, interview.said, interview.facts, interview.fields, interview.edits,
            interview.splits, filing(interview), interview.timeline_revision, interview.zone,
        )  # fmt: skip

    def hold(self, script: Script, interview: Interview) -> bool:
        """Whether an interview has the very same grounds, however many of its questions were passed since."""
        return (
            self.script is script
            and _only_passed(self.asked, interview.asked)
            and self.said is interview.said
            and self.facts is interview.facts
            and self.fields is interview.fields
            and self.edits is interview.edits
            and self.splits is interview.splits
            and self.timeline_revision == interview.timeline_revision
            and self.zone == interview.zone
            and self.filed == filing(interview)
        )


def _only_passed(before: tuple[Asked, ...], after: tuple[Asked, ...]) -> bool:
    """Whether no more was done than to pass questions and to put new ones.

    That a question is closed says nothing that anything is worked out from; nor does a new one, which nobody has
    answered yet, unless it is to be confirmed and was put before: a "no" would mean something else then.
    """
    if before is after:
        return True
    if len(after) < len(before):
        return False
    put = {asked.question for asked in before}
    return all(was is now or _as_put(was) == _as_put(now) for was, now in zip(before, after, strict=False)) and not any(
        now.put is Put.CONFIRM and now.question in put for now in after[len(before) :]
    )


_as_put = attrgetter(*(f.name for f in fields(Asked) if f.name not in ("held", "closed", "closed_at", "closed_by")))


@dataclass(frozen=True, slots=True)
class _Told:
    """Which replies tell something that is read out of them: a change of these has it read again."""

    items: tuple[tuple[str, str, str], ...]
    moments: tuple[tuple[str, Said, str], ...]
    severity: tuple[Said, ...]
    promises: tuple[tuple[str, str, str], ...]

    @classmethod
    def by(cls, script: Script, interview: Interview) -> _Told:
        beside = told_beside(script, interview)
        return cls(collected(script, interview), told(interview), told_severity(interview), beside)


@dataclass
class Consequences:
    """Works out what follows from what is known; where that is what it was, nothing is worked out again."""

    severities: Severities = NO_SCALE
    _lock: threading.Lock = field(default_factory=threading.Lock)
    #: What was worked out last of each postmortem, and from what.
    _worked: OrderedDict[int, tuple[_Grounds, _Told]] = field(default_factory=OrderedDict)

    def of(
        self, unit: Unit, script: Script, before: Interview, after: Interview, event: ev.Event, now: datetime
    ) -> Interview:
        """The interview after an event, with what follows; `after` is what the event itself made of it."""
        if isinstance(event, ev.Said) and event.revision:
            # An entry that somebody made of this reply says what the reply says now.
            followed = unit.entries.follow(before.id, {event.ts: shortened(event.text)})
            after = replace(after, timeline_revision=after.timeline_revision + int(followed))
        anew = isinstance(event, ev.RecordRead)
        worked = self._worked.get(before.id)
        if anew or worked is None or not worked[0].hold(script, after):
            was = worked[1] if worked is not None and worked[0].hold(script, before) else _Told.by(script, before)
            after = self._worked_out(unit, script, before, after, was, now, anew=anew)
        elif after.asked is not worked[0].asked:
            after = requoted(script, after)
            self._remember(after, _Grounds.of(script, after), worked[1])
        if after.stage is Stage.REVIEWING and before.stage is not Stage.REVIEWING:
            # Now all is said: past incidents are compared with that, no longer only with the record.
            after = replace(after, facts=with_similar(unit, after))
        return after

    def _worked_out(
        self, unit: Unit, script: Script, before: Interview, after: Interview, was: _Told, now: datetime, *, anew: bool
    ) -> Interview:
        result, items = after, collected(script, after)
        if was.items != items and keep_items(unit, script, before, after, now):
            result = replace(result, items_revision=result.items_revision + 1)
        result = _with_facts(result, without_contradictions(as_recorded(result.facts)))
        promises = told_beside(script, result)
        if was.promises != promises or (anew and promises):
            result = _with_facts(result, with_promises(unit, result, promises))
        moments = told(result)
        if was.moments != moments or (anew and moments) or after.timeline_revision != before.timeline_revision:
            answered = was.moments != moments or (anew and bool(moments))
            result = _with_moments(unit, before, result, told=bool(moments), answered=answered)
        severity = told_severity(result)
        if was.severity != severity or (anew and severity):
            result = replace(result, facts=with_severity(result, self.severities))
        result = _with_facts(result, with_answered_cause(result))
        result = _shown_anew(before, _with_facts(result, with_contradictions(script, result)))
        result = _with_facts(result, before.facts) if result.facts == before.facts else reworded(script, result)
        result = requoted(script, result)
        self._remember(result, _Grounds.of(script, result), _Told(items, moments, severity, promises))
        return result

    def _remember(self, interview: Interview, grounds: _Grounds, told: _Told) -> None:
        with self._lock:
            self._worked[interview.id] = grounds, told
            self._worked.move_to_end(interview.id)
            if len(self._worked) > REMEMBERED:
                self._worked.popitem(last=False)


def _with_moments(unit: Unit, before: Interview, after: Interview, *, told: bool, answered: bool) -> Interview:
    """The moments after a change of the timeline, or (`answered`) of an answer that tells one or of the record."""

    def zone_of(user: str) -> str:
        person = unit.people.get(before.workspace, user)
        return (person.zone if person is not None else "") or before.zone

    kept = unit.entries.all(before.id, removed=True)
    right = put_right(after, zone_of) if told else {}
    result = replace(after, facts=following(after.facts, kept, right))
    if answered:
        result = replace(result, facts=following(with_answers(result, zone_of), kept, right))
    return _with_facts(result, with_other_accounts(result, zone_of))


def _with_facts(interview: Interview, facts: tuple[Fact, ...]) -> Interview:
    return interview if facts is interview.facts else replace(interview, facts=facts)


def _shown_anew(before: Interview, after: Interview) -> Interview:
    """With another revision of the timeline, where people's answers changed what it shows."""
    same = after.facts is before.facts or on_timeline(after.facts) == on_timeline(before.facts)
    if same or after.timeline_revision != before.timeline_revision:
        return after
    return replace(after, timeline_revision=after.timeline_revision + 1)
