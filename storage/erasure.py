"""What goes when a message is deleted, or edited off the record: its words, wherever they were copied to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence, Set
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from bot.interview.conclusions import Saying, Thought
from bot.interview.quoting import quoted_forms
from bot.interview.replacing import replace
from bot.interview.replies import taken_back
from bot.interview.state import PROMISED, Asked, Fact, Findings, Interview, Said, SectionEdit, Workspace
from bot.interview.thoughts import Purpose
from storage import tables
from storage.entries import Entries
from storage.items import Items
from storage.own_words import GONE, without_words
from storage.record import Record
from storage.repeated import pieces
from storage.scope import within
from storage.versions import Versions


def newly_deleted(before: Interview, after: Interview) -> dict[str, datetime]:
    """The messages that lost their words between the two, and when."""
    already = {said.ts for said in before.said if _wordless(said)}
    return {s.ts: s.deleted_at or s.touched_at for s in after.said if _wordless(s) and s.ts not in already}


def without_deleted(before: Interview, after: Interview) -> Interview:
    """`after` without the words of the messages that are deleted in it, wherever the interview repeats them."""
    gone = {said.ts for said in after.said if _wordless(said)}
    fresh = newly_deleted(before, after)
    after = without_sections(after) if fresh else after
    return without(after, gone, _said_in(before, fresh)) if gone else after


def _wordless(said: Said) -> bool:
    """Deleted; or edited so that every line of it begins with two slashes, which may be edited back."""
    return said.deleted or not said.text.strip()


def without(interview: Interview, gone: Set[str], texts: Sequence[str] = ()) -> Interview:
    """The interview without what the messages `gone` said, and without `texts` in the sections that people edited."""
    quotes = [asked.quote for asked in interview.asked] + [fact.quote for fact in interview.facts]
    told = [quote.text for quote in quotes if quote and quote.ts in gone]
    words = {*told, *pieces((*texts, *told))}
    # What a second mind said of such a message may repeat its words, wherever people took it over.
    thought = _thought_of(interview, gone)
    words |= thought
    return replace(
        interview,
        said=tuple(_blank(said) if said.ts in gone else _without_thought(said, thought) for said in interview.said),
        asked=tuple(_unquoted(_without_thought(asked, thought), gone) for asked in interview.asked),
        facts=_still_known(interview.facts, gone),
        edits=tuple(_rewritten(edit, words) for edit in interview.edits),
        fields=tuple(field for field in interview.fields if field.ts not in gone),
        thoughts=tuple(_forgotten(thought, gone) for thought in interview.thoughts),
    )


def without_hidden(before: Interview, after: Interview, ts: str) -> Interview:
    """`after` without the lines that the reply `ts` no longer says, wherever the interview repeats them."""
    was, is_now = _said(before, ts), _said(after, ts)
    lines = taken_back(was, is_now)
    if not lines:
        return after
    repeats = [q for q in (*(a.quote for a in after.asked), *(f.quote for f in after.facts)) if q and q.ts == ts]
    gone = {ts} if any(line in quote.text for quote in repeats for line in lines) else set()
    # What was thought of the message may have been thought of the lines that are hidden now.
    thought = _thought_of(after, {ts})
    return replace(
        after,
        said=tuple(_without_thought(said, thought) for said in after.said),
        asked=tuple(_unquoted(_without_thought(asked, thought), gone) for asked in after.asked),
        facts=_still_known(after.facts, gone),
        edits=tuple(_rewritten(edit, {*pieces(lines), *thought}) for edit in after.edits),
        thoughts=tuple(_forgotten(thought, {ts}) for thought in after.thoughts),
    )


def erase_hidden(connection: sa.Connection, interview: Interview, ts: str, at: datetime) -> None:
    """Take the lines that a reply no longer says out of what is kept of its earlier wordings."""
    now, table = _said(interview, ts), tables.reply_revisions
    mine = sa.select(table.c.id, table.c.text).where(table.c.postmortem_id == interview.id, table.c.ts == ts)
    gone: list[str] = []
    for row in connection.execute(mine).all():
        hidden = taken_back(row.text, now)
        gone += hidden
        kept = "\n".join(line for line in row.text.splitlines() if line.strip() not in hidden)
        connection.execute(sa.update(table).where(table.c.id == row.id).values(text=kept))
    Versions(connection).erase_source(interview.id, ts, pieces(gone))
    Entries(connection).forget_wordings(interview.id, ts)
    Items(connection).erase_hidden(interview.id, ts, at)


def _said(interview: Interview, ts: str) -> str:
    return next((said.text for said in interview.said if said.ts == ts), "")


def erase(
    connection: sa.Connection, interview: Interview, before: Interview, ts: str, at: datetime, words: str = ""
) -> bool:
    """Take the words of one message out of what is kept beside the interview; whether a timeline or item had them.

    `words` are what it said, as far as the interview has it no more; `before` still has what was thought of it, which
    people may have taken over as actions.
    """
    said = [words, _said(interview, ts)]
    said += [Record(connection).text(interview.workspace, c, ts) for c in (interview.channel, interview.record_channel)]
    Versions(connection).erase_source(interview.id, ts, pieces(said))
    revisions = tables.reply_revisions.c
    connection.execute(
        sa.update(tables.reply_revisions)
        .where(revisions.postmortem_id == interview.id, revisions.ts == ts)
        .values(text="")
    )
    for channel in {interview.channel, interview.record_channel}:
        Record(connection).delete(interview.workspace, channel, ts, at)
    on_timeline = Entries(connection).erase_source(interview.id, ts, at)
    changed = Items(connection).erase_source(interview.id, ts, at)
    for answer, words_taken in _taken(before, ts):
        changed |= Items(connection).erase_words(interview.id, answer, words_taken, at)
    return changed or on_timeline


def erase_likenesses(connection: sa.Connection, workspace: Workspace, number: str, at: datetime) -> None:
    """Take out what other postmortems say of this one, whose words have gone at that moment.

    Their rows get a new version, and they are due at once.
    """
    mine = (within(tables.sayings, workspace), tables.sayings.c.about == number, tables.sayings.c.key.like("similar-%"))
    others = connection.execute(sa.select(tables.sayings.c.postmortem_id, tables.sayings.c.key).where(*mine)).all()
    if not others:
        return
    connection.execute(sa.delete(tables.sayings).where(*mine))
    for id, key in {(row.postmortem_id, row.key) for row in others}:
        # What is left of the thought has gaps in its numbers; it goes as a whole.
        for table in (tables.sayings, tables.grounds):
            connection.execute(sa.delete(table).where(table.c.postmortem_id == id, table.c.key == key))
        fresh = tables.postmortems.c.version + 1
        changed = sa.update(tables.postmortems).where(tables.postmortems.c.id == id)
        connection.execute(changed.values(version=fresh, due_at=at))


def _blank(said: Said) -> Said:
    return replace(said, text="", findings=Findings())


def _unquoted(asked: Asked, gone: Set[str]) -> Asked:
    if asked.quote is None or asked.quote.ts not in gone or not asked.quote.text:
        return asked
    text = asked.text
    for words in quoted_forms(asked.quote.text):
        text = text.replace(words, GONE)
    return replace(asked, text=text, quote=replace(asked.quote, text=""))


def _still_known(facts: Sequence[Fact], gone: Set[str]) -> tuple[Fact, ...]:
    """The facts without the words of these messages; what was promised in one, or in its words, is known no more."""
    kept = (f for f in facts if f.name not in PROMISED or (_ts_of(f) not in gone and f.about not in gone))
    return tuple(_unproved(fact, gone) for fact in kept)


def _ts_of(fact: Fact) -> str | None:
    return fact.quote.ts if fact.quote is not None else None


def _unproved(fact: Fact, gone: Set[str]) -> Fact:
    """A moment stays known; what it says goes as far as it is the message's own words."""
    if fact.quote is None or fact.quote.ts not in gone or not fact.quote.text:
        return fact
    copied = fact.text in fact.quote.text or fact.quote.text in fact.text
    return replace(fact, text="" if copied else fact.text, quote=replace(fact.quote, text=""))


def _forgotten(thought: Thought, gone: Set[str]) -> Thought:
    """A thought without what it says of these messages, which may repeat their words."""
    kept = tuple(s for s in thought.sayings if not _says_of(s, gone))
    return thought if len(kept) == len(thought.sayings) else replace(thought, sayings=kept)


def without_sections(interview: Interview) -> Interview:
    """The interview without what was asked of the document: it quotes sections, and a section may quote any message."""
    if not any(t.purpose is Purpose.REVIEW and t.sayings for t in interview.thoughts):
        return interview
    kept = (replace(t, sayings=()) if t.purpose is Purpose.REVIEW else t for t in interview.thoughts)
    return replace(interview, thoughts=tuple(kept))


def _thought_of(interview: Interview, gone: Set[str]) -> set[str]:
    """What was thought of these messages, which may repeat their words; an action is taken without its full stop."""
    told = [s.text for thought in interview.thoughts for s in thought.sayings if _says_of(s, gone)]
    return {*told, *(text.rstrip(".") for text in told)}


def _taken(interview: Interview, gone: str) -> Iterator[tuple[str, Set[str]]]:
    """The answers as which somebody took actions that were thought of this message, with the words of those."""
    for thought in interview.thoughts:
        words = {saying.text for saying in thought.sayings if _says_of(saying, {gone})}
        if not words or thought.purpose is not Purpose.ITEMS or not thought.position:
            continue
        post = interview.post(interview.asked[thought.position - 1].key)
        if post is not None:
            yield post.ts, words


def _says_of(saying: Saying, gone: Set[str]) -> bool:
    return saying.about in gone or any(ground.ts in gone for ground in saying.grounds)


_Text = TypeVar("_Text", Said, Asked)


def _without_thought(value: _Text, thought: Set[str]) -> _Text:
    """A question that a second mind worded, or an answer that it drafted, without its sentences."""
    text = without_words(value.text, thought)
    if text == value.text:
        return value
    # What was found in the words of an answer repeats some of them.
    return replace(value, text=text, findings=Findings()) if isinstance(value, Said) else replace(value, text=text)


def _rewritten(edit: SectionEdit, words: Set[str]) -> SectionEdit:
    """A person who edits a section starts from text that repeats the answers."""
    text = without_words(edit.text, words)
    return edit if text == edit.text else replace(edit, text=text)


def _said_in(interview: Interview, gone: Container[str]) -> tuple[str, ...]:
    return tuple(said.text for said in interview.said if said.ts in gone)
