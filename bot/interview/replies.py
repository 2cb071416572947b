"""What becomes of what people write? Replies, their edits and deletions, and what is entered in a form."""

from __future__ import annotations

from bot.interview import events as ev
from bot.interview.fields import FIELDS, without
from bot.interview.filing import after, position_of
from bot.interview.outcome import Ignored, altered
from bot.interview.quoting import quoted_forms
from bot.interview.replacing import replace
from bot.interview.state import Asked, Field, Findings, Interview, Said, Split, Stage


def said(interview: Interview, event: ev.Said) -> Interview | Ignored:
    known = next((s for s in interview.said if s.ts == event.ts), None)
    fresh = Said(event.ts, event.user, event.text, event.at, event.at, event.revision, findings=event.findings)
    if known is None:
        if not event.text.strip():
            return Ignored("nothing_written")
        return altered(
            replace(interview, said=(*interview.said, fresh), fields=fields_heard(interview, event)), event.at
        )
    if known.deleted:
        return Ignored("deleted")
    if not _newer(event.revision, known.revision):
        return Ignored("older_revision")
    if known.text == event.text:
        # Unfurling a link and similar: Slack reports an edit, the words are the same.
        return Ignored("same_words")
    fresh = replace(
        fresh, moved_to=known.moved_to, placed=known.placed, placed_by=known.placed_by, heard_at=known.heard_at
    )
    said = tuple(fresh if s.ts == event.ts else s for s in interview.said)
    splits = interview.splits
    if not event.text.strip():
        # Taken off the record: what was made of it goes as if it were deleted.
        splits = tuple(s for s in splits if s.position not in _under(interview, known))
    elif event.hides:
        gone = replace(known, text="\n".join(taken_back(known.text, event.text)))
        splits = tuple(kept for s in splits if (kept := _without_lines(s, interview, gone)) is not None)
    return altered(replace(interview, said=said, splits=splits, fields=fields_heard(interview, event)), event.at)


def fields_heard(interview: Interview, event: ev.Said) -> tuple[Field, ...]:
    """The fields after a message was written or edited: what it says now takes the place of what it said before."""
    fresh = tuple(Field(name, words, event.user, event.at, event.ts) for name, words in event.fields)
    kept = without(interview, event.ts)
    return (*kept, *fresh) if fresh or len(kept) < len(interview.fields) else interview.fields


def fields_entered(interview: Interview, event: ev.FieldsEntered) -> Interview | Ignored:
    """What was entered takes the place of what was entered before; who else entered something keeps it."""
    if interview.stage is Stage.CANCELLED:
        return Ignored("already_cancelled")
    entered = {name: words.strip() for name, words in event.values if name in FIELDS}
    before = {f.name: f.text for f in interview.fields if f.ts is None}
    changed = {name: words for name, words in entered.items() if before.get(name, "") != words}
    if not changed:
        return Ignored("same_figures")
    kept = tuple(f for f in interview.fields if f.ts is not None or f.name not in changed)
    fresh = tuple(Field(name, words, event.by, event.at) for name, words in changed.items() if words)
    return altered(replace(interview, fields=(*kept, *fresh)), event.at)


def fields_read(interview: Interview, event: ev.RecordRead) -> tuple[Field, ...]:
    """The fields after the record was read: what the form and the answers say stays."""
    said = {s.ts for s in interview.said}
    return (*event.fields, *(f for f in interview.fields if f.ts is None or f.ts in said))


def taken_back(before: str, after: str) -> tuple[str, ...]:
    """The lines of the earlier wording that do not stand in the later one."""
    stay = {line.strip() for line in after.splitlines()}
    return tuple(line.strip() for line in before.splitlines() if line.strip() and line.strip() not in stay)


def _newer(revision: str, than: str) -> bool:
    return bool(revision) and (not than or after(revision, than))


def deleted(interview: Interview, event: ev.Deleted) -> Interview | Ignored:
    known = next((s for s in interview.said if s.ts == event.ts), None)
    if known is not None and known.deleted:
        return Ignored("deleted")
    gone = replace(
        known or Said(event.ts, "", "", event.at, event.at),
        text="",
        deleted=True,
        deleted_at=event.at,
        findings=Findings(),
    )
    if known is None:
        # The deletion came before the message: keep it, so that the message is not taken for new.
        return replace(interview, said=(*interview.said, gone))
    fields = without(interview, event.ts)
    asked = tuple(_without_quote(a, event.ts) for a in interview.asked)
    splits = tuple(kept for s in interview.splits if (kept := _without_lines(s, interview, known)) is not None)
    said = tuple(gone if s.ts == event.ts else s for s in interview.said)
    return altered(replace(interview, said=said, asked=asked, splits=splits, fields=fields), event.at)


def _without_lines(split: Split, interview: Interview, gone: Said) -> Split | None:
    """What somebody divided keeps the lines that the deleted message did not say."""
    if split.position not in _under(interview, gone):
        return split
    words = " ".join(gone.text.split())
    lines = tuple(line for line in split.factors if " ".join(line.split()) not in words)
    return replace(split, factors=lines) if lines else None


def _under(interview: Interview, said: Said) -> frozenset[int]:
    """The question that a reply belongs to, and the one to which it was given."""
    return frozenset({position_of(interview, said), position_of(interview, replace(said, placed=None))})


def _without_quote(asked: Asked, ts: str) -> Asked:
    """A question that quotes a deleted message keeps its place and loses the words."""
    if asked.quote is None or asked.quote.ts != ts:
        return asked
    text = asked.text
    for words in quoted_forms(asked.quote.text):
        text = text.replace(words, "…")
    return replace(asked, text=text, quote=replace(asked.quote, text=""))
