"""Where do facts and answers not fit together? Worked out anew from what stands, so that whoever settles it ends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.interview.bounds import moment_of
from bot.interview.causes import CAUSE
from bot.interview.filing import REMEMBERED, after, position_of
from bot.interview.kept import kept
from bot.interview.script import Script
from bot.interview.state import AS_READ, OF_CAUSE, OF_COUNTS, Asked, Fact, Field, Interview, Put, Quote, Said
from bot.patterns import pattern, plain
from bot.timeline.cause_change import lies_before
from bot.timeline.consistency import before_its_cause
from bot.timeline.values import shortened
from bot.wording.counts import Count, bare_count, counts_in, differ

#: The fact that tells when the change was made that the record takes for the cause.
CAUSE_CHANGE = "cause_change"
_ADDED = frozenset({OF_CAUSE, OF_COUNTS})
#: The fields that say how many were hit.
COUNTED = ("impact.users", "impact.requests")
_WORDS = 90
_DENIES = pattern(r"\b(?:not|rather than|instead of|wrong:?|never) (?:the |about |only |just )*(\d+(?:[,' ]\d{3})*)\b")
_PUTS_RIGHT = pattern(r"^\W*(?:no+|nope|nah|wrong|incorrect|correction|actually)\b")


def without_contradictions(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts without what `with_contradictions` adds."""
    return tuple(f for f in facts if f.name not in _ADDED) if any(f.name in _ADDED for f in facts) else facts


def with_contradictions(script: Script, interview: Interview) -> tuple[Fact, ...]:
    """The facts, with a beginning before its cause and counts of the same that differ, each with both sides."""
    facts = without_contradictions(interview.facts)
    found = (*_began_before_its_cause(interview), *_counts(script, interview))
    return (*facts, *found) if found else facts


def _began_before_its_cause(interview: Interview) -> Iterator[Fact]:
    """Not where people deny the cause, say that it was something else, or took it off the timeline."""
    began, cause, change = interview.fact("began"), interview.fact(CAUSE), interview.fact(CAUSE_CHANGE)
    if began is None or began.at is None or change is None or change.at is None:
        return
    if cause is None or cause.at is None or interview.fact(AS_READ + CAUSE) is not None:
        return
    if lies_before(began.at, change.at, began.precision, change.precision):
        words = shortened(began.text, _WORDS)
        text = before_its_cause(words, began.at, change.text, change.at)
        yield Fact(OF_CAUSE, text, quote=began.quote, about="began cause")


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count that stands, and where: in a message of the channel, or in a reply."""

    count: Count
    field: Field
    ts: str
    reply: Said | None


def _counts(script: Script, interview: Interview) -> Iterator[Fact]:
    """The first two counts of the same that differ, one of them in an answer; nothing once somebody has settled it."""
    if any(f.ts is None and f.name in COUNTED for f in interview.fields):
        return
    counted = _counted(interview.fields)
    if not counted:
        return
    said = {s.ts: s for s in interview.said if not s.deleted and s.text.strip()}
    denied = _denied(interview.said)
    found = [
        _Counted(count, each, ts, said.get(ts))
        for each, ts, count in counted
        if count.number not in denied and _tells_of_impact(script, interview, said.get(ts))
    ]
    for answer in (c for c in found if c.reply is not None):
        for other in found:
            if (
                other.field.name == answer.field.name
                and after(answer.ts, other.ts)
                and differ(answer.count, other.count)
                and not _superseded(interview, other, answer, found)
                and not _edited_since(script, interview, answer)
            ):
                yield _differ(other, answer)
                return
    for answer in _bare(script, interview, said.values()):
        shown = _last_before(answer, found)
        if (
            shown is not None
            and shown.count.number != answer.count.number
            and not _counted_since(answer, found)
            and not _edited_since(script, interview, answer)
        ):
            yield _differ(shown, answer)
            return


def _bare(script: Script, interview: Interview, said: Iterable[Said]) -> Iterator[_Counted]:
    """Numbers that replies about what was hit put in the place of another, without saying of what."""
    for reply in said:
        count = bare_count(reply.text)
        if count is not None and _tells_of_impact(script, interview, reply):
            yield _Counted(count, Field("", reply.text, reply.user, reply.touched_at, reply.ts), reply.ts, reply)


def _last_before(answer: _Counted, found: Sequence[_Counted]) -> _Counted | None:
    """What a number without a noun is said of: the last count before it."""
    earlier = [each for each in found if after(answer.ts, each.ts)]
    return max(earlier, key=lambda each: moment_of(each.ts), default=None)


def _counted_since(answer: _Counted, found: Iterable[_Counted]) -> bool:
    """Whether somebody has said since of what, or how many, it was."""
    return any(after(each.ts, answer.ts) and each.reply is not None for each in found)


@kept(REMEMBERED)
def _counted(fields: tuple[Field, ...]) -> tuple[tuple[Field, str, Count], ...]:
    """Every count of what was hit, with the field, and the ts of the message or the reply, that it stands in."""
    here = [(each, each.ts) for each in fields if each.name in COUNTED and each.ts is not None]
    return tuple((each, ts, count) for each, ts in here for count in counts_in(each.text))


@kept(REMEMBERED)
def _denied(said: tuple[Said, ...]) -> frozenset[int]:
    """The numbers that somebody says are not the right ones."""
    told = (plain(s.text) for s in said if not s.deleted and s.text.strip())
    return frozenset(_digits(each.group(1) or "") for text in told for each in _DENIES.finditer(text))


def _differ(one: _Counted, other: _Counted) -> Fact:
    where = "an answer" if one.reply is not None else "the channel"
    text = (
        f"“{shortened(one.count.words, _WORDS)}” in {where}, but “{shortened(other.count.words, _WORDS)}” in an answer."
    )
    return Fact(OF_COUNTS, text, quote=Quote(one.field.text, one.ts, one.field.by or None))


def _tells_of_impact(script: Script, interview: Interview, reply: Said | None) -> bool:
    """Whether a reply was asked for what was hit; what the record says of it was looked through for that."""
    if reply is None:
        return True
    asked = _asked(interview, reply)
    return asked is not None and any(name in script.question(asked.question).fields for name in COUNTED)


def _asked(interview: Interview, reply: Said) -> Asked | None:
    position = position_of(interview, reply)
    return interview.asked[position - 1] if 0 < position <= len(interview.asked) else None


def _superseded(interview: Interview, earlier: _Counted, later: _Counted, every: Iterable[_Counted]) -> bool:
    """Whether the earlier count was no last word: it still grew, was counted again, or the answer puts it right."""
    if earlier.reply is not None:
        return later.reply is not None and earlier.reply.user == later.reply.user
    ended = next((f.at for name in ("mitigated", "resolved") if (f := interview.fact(name)) and f.at), None)
    running = ended is None or datetime.fromtimestamp(int(earlier.ts.partition(".")[0]), UTC) < ended
    if running and later.count.number > earlier.count.number:
        return True
    recounts = (o for o in every if o.reply is None and o.count.noun == earlier.count.noun)
    if any(after(o.ts, earlier.ts) for o in recounts):
        return True
    asked = _asked(interview, later.reply) if later.reply is not None else None
    shown = asked is not None and asked.put is Put.CONFIRM and asked.quote is not None and asked.quote.ts == earlier.ts
    return shown and later.reply is not None and _PUTS_RIGHT.search(plain(later.reply.text)) is not None


def _edited_since(script: Script, interview: Interview, answer: _Counted) -> bool:
    """Whether somebody wrote the section anew since, with whatever count they take for right."""
    asked = _asked(interview, answer.reply) if answer.reply is not None else None
    section = script.question(asked.question).section if asked is not None else ""
    last = answer.reply.touched_at if answer.reply is not None else answer.field.at
    return any(edit.section == section and edit.text.strip() and edit.at > last for edit in interview.edits)


def _digits(text: str) -> int:
    return int("".join(c for c in text if c.isdigit()))
