"""What is offered to people, and what becomes of it? Nothing is taken unless somebody takes it.

What people said in the channel should be done is offered by the rules, all else by a second mind.
A draft stands in the card of its question, a rewording where its author finds it, a summary beside the sections: each
with the words that it rests on. Whoever takes a draft makes it an answer of their own, which stands in that card.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.interview.conclusions import Ground, Role, Saying, Standing, Thought
from bot.interview.filing import answer, filed, is_telling, position_of
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.state import PROMISED, Asked, Interview, Put, Said, Stage
from bot.interview.thinking import basis_of, told
from bot.interview.thoughts import Purpose

#: Kinds of concern for which other words are offered.
BLAMES = frozenset({"person_as_cause", "human_error", "counterfactual", "hindsight", "judgement"})
#: A reply longer than this is not reworded as a whole, and no interview has more rewordings than that.
LONGEST_REPLY = 400
REWORDINGS = 4
#: The section that an accepted executive summary is: no script has it, and only the page for who leads shows it.
EXECUTIVE = "executive"
#: Begins the key of what the rules offer: what people said in the channel should be done.
PROMISES = "promises-"
#: How many of the quotes that an offer rests on stand beside it.
GROUNDS = 5


class Choice(StrEnum):
    """What somebody does with an offer."""

    USE = "use"
    EDIT = "edit"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as a card shows it. `author` is whose words would change: nobody else can take it."""

    key: str
    purpose: Purpose
    text: str
    grounds: tuple[Ground, ...]
    before: str = ""
    author: str = ""
    about: str = ""

    @property
    def by_rules(self) -> bool:
        """Whether no second mind had a part in it."""
        return self.key.startswith(PROMISES)


@dataclass(frozen=True, slots=True)
class Taken:
    """A draft that somebody made an answer; its words stand in the card of the question."""

    key: str
    text: str
    by: str
    edited: bool
    grounds: tuple[Ground, ...]
    #: Whether the question is still open, so that it can be changed.
    live: bool


# what is wanted --------------------------------------------------------------------------------------------------


def wanted_offers(script: Script, interview: Interview, at: datetime) -> Iterator[Thought]:
    """The drafts, rewordings and summaries that are to be thought now."""
    keys = {thought.key for thought in interview.thoughts}
    found = (*_draft(script, interview, at), *_rewordings(interview, at), *_summaries(script, interview, at))
    yield from (thought for thought in found if thought.key not in keys)


def _draft(script: Script, interview: Interview, at: datetime) -> tuple[Thought, ...]:
    """Of a question that nobody has answered yet, from the record; what is asked about causes, people say first."""
    asked = interview.current
    if asked is None or asked.put is not Put.ASK or asked.level or not interview.counts.messages:
        return ()
    question = script.question(asked.question)
    if question.collects == "alone" or filed(interview, asked.position):
        return ()
    purpose = Purpose.ITEMS if question.collects == "actions" else Purpose.DRAFT
    return (Thought(f"{purpose.value}-{asked.position}", purpose, at, asked.position, asked.question),)


def _rewordings(interview: Interview, at: datetime) -> tuple[Thought, ...]:
    if interview.stage is not Stage.ASKING:
        return ()
    found = []
    room = REWORDINGS - sum(t.purpose is Purpose.REWORDING for t in interview.thoughts)
    for said in interview.said:
        blames = BLAMES & set(said.findings.concerns)
        if not blames or said.deleted or not is_telling(said) or len(said.text) > LONGEST_REPLY:
            continue
        basis = basis_of((said,))
        key = f"rewording-{said.ts}-{basis}"
        found.append(Thought(key, Purpose.REWORDING, at, position_of(interview, said), said.ts, basis))
    known = {t.key for t in interview.thoughts}
    return tuple([t for t in found if t.key not in known][: max(room, 0)])


def _summaries(script: Script, interview: Interview, at: datetime) -> tuple[Thought, ...]:
    if interview.stage is not Stage.REVIEWING or not any(is_telling(s) and not s.deleted for s in interview.said):
        return ()
    section = next((s.id for s in script.sections if s.made_of == "summary"), "")
    return tuple(
        Thought(f"{purpose.value}-1", purpose, at, 0, about)
        for purpose, about in ((Purpose.SUMMARY, section), (Purpose.EXECUTIVE, EXECUTIVE))
        if about
    )


def lapsed(interview: Interview, thought: Thought) -> str:
    """Why nothing can come of an offer any more; empty while something can."""
    match thought.purpose:
        case Purpose.DRAFT | Purpose.ITEMS:
            current = interview.current
            if current is None or current.position != thought.position:
                return "late"
            return "answered" if told(interview, thought.position) else ""
        case Purpose.REWORDING:
            said = _about(interview, thought)
            if said is None or basis_of((said,)) != thought.basis:
                return "superseded"
            return "late" if interview.stage not in (Stage.ASKING, Stage.REVIEWING) else ""
        case Purpose.SUMMARY | Purpose.EXECUTIVE:
            return "" if interview.stage is Stage.REVIEWING else "late"
        case Purpose.GLOSS:
            return "" if interview.stage in (Stage.ASKING, Stage.REVIEWING) else "late"
        case _:
            return ""


def _about(interview: Interview, thought: Thought) -> Said | None:
    return next((s for s in interview.said if s.ts == thought.about and not s.deleted), None)


# what stands in cards --------------------------------------------------------------------------------------------


def text_of(thought: Thought) -> str:
    """What an offer says: sentences one after the other, action items one to a line as people type them."""
    if thought.purpose is Purpose.ITEMS:
        return "\n".join(_item(saying) for saying in thought.of(Role.ITEM))
    return " ".join(saying.text for saying in thought.of(Role.STATEMENT))


def _item(saying: Saying) -> str:
    owner = f"<@{saying.owner}>" if saying.owner else ""
    return ", ".join(filter(None, (saying.text.rstrip("."), owner, saying.due_words)))


def _offer(interview: Interview, thought: Thought) -> Offer | None:
    text = text_of(thought)
    if thought.standing is not Standing.CAME or not text:
        return None
    grounds = tuple(dict.fromkeys(g for saying in thought.sayings for g in saying.grounds))[:GROUNDS]
    if thought.purpose is not Purpose.REWORDING:
        return Offer(thought.key, thought.purpose, text, grounds, about=thought.about)
    said = _about(interview, thought)
    return Offer(thought.key, thought.purpose, text, (), said.text, said.user, said.ts) if said is not None else None


def promises(interview: Interview) -> tuple[Thought, ...]:
    """What people said in the channel should be done, as it is offered under the open question, once.

    A second mind that found such items says the same in its own draft.
    """
    asked = interview.current
    if asked is None or asked.put is Put.PROBE or any(t.key.startswith(PROMISES) for t in interview.thoughts):
        return ()
    if any(t.purpose is Purpose.ITEMS and t.position == asked.position and t.sayings for t in interview.thoughts):
        return ()
    said = [fact for name in PROMISED if (fact := interview.fact(name)) is not None and fact.text]
    sayings = tuple(
        Saying(line, Role.ITEM, (Ground(fact.quote.ts, fact.quote.text, fact.quote.user),), fact.about)
        for fact in said
        if fact.quote is not None and fact.quote.ts is not None
        for line in fact.text.splitlines()
    )
    if not sayings:
        return ()
    key, at = f"{PROMISES}{asked.position}", asked.opened_at
    return (Thought(key, Purpose.ITEMS, at, asked.position, asked.question, standing=Standing.CAME, sayings=sayings),)


def offers_at(interview: Interview, asked: Asked, *, collects: bool = False) -> tuple[Offer, ...]:
    """What is offered in the card of the open question: its draft, and other words for what is answered under it.

    With `collects` it asks for actions, and what people said in the channel should be done is offered as well.
    """
    found = (
        _offer(interview, t)
        for t in (*(promises(interview) if collects else ()), *interview.thoughts)
        if t.position == asked.position and t.purpose in (Purpose.DRAFT, Purpose.ITEMS, Purpose.REWORDING)
    )
    return tuple(offer for offer in found if offer is not None)


def offers_at_review(interview: Interview) -> tuple[Offer, ...]:
    """What is offered beside the sections, before the document is written."""
    printed = {s.ts for question in {a.question for a in interview.asked} for s in answer(interview, question).printed}
    found = (
        _offer(interview, t)
        for t in interview.thoughts
        if t.purpose in (Purpose.SUMMARY, Purpose.EXECUTIVE) or (t.purpose is Purpose.REWORDING and t.about in printed)
    )
    return tuple(offer for offer in found if offer is not None)


def taken_at(interview: Interview, asked: Asked) -> Taken | None:
    """The draft that was taken as an answer to a question."""
    post = interview.post(asked.key)
    said = next((s for s in interview.said if post is not None and s.ts == post.ts and not s.deleted), None)
    if said is None or not said.text.strip():
        return None
    thought = next(
        (
            t
            for t in interview.thoughts
            if t.position == asked.position
            and t.standing is Standing.USED
            and t.purpose in (Purpose.DRAFT, Purpose.ITEMS)
        ),
        None,
    )
    if thought is None:
        return Taken("", said.text, said.user, True, (), False)
    grounds = tuple(dict.fromkeys(g for saying in thought.sayings for g in saying.grounds))[:GROUNDS]
    live = asked.closed is None and interview.stage is Stage.ASKING and not interview.paused
    return Taken(thought.key, said.text, said.user, thought.why == "edited", grounds, live)


def pressed_since(interview: Interview, asked: Asked, moment: datetime) -> bool:
    """Whether somebody did something with an offer under a question at that moment, or after it."""
    return any(
        t.position == asked.position and t.by and t.ended_at is not None and t.ended_at >= moment
        for t in interview.thoughts
    )


# what people do with it ------------------------------------------------------------------------------------------


def offered(interview: Interview, key: str) -> Thought | None:
    """The thought of that name, if it is still an offer."""
    standing = (*interview.thoughts, *promises(interview))
    return next((t for t in standing if t.key == key and _offer(interview, t) is not None), None)


def taken(interview: Interview, key: str) -> Thought | None:
    """The draft of that name which stands as an answer to the open question; who took it may still change it."""
    current = interview.current
    here = taken_at(interview, current) if current is not None else None
    if here is None or here.key != key:
        return None
    return next(t for t in interview.thoughts if t.key == key)


def offer_called(interview: Interview, key: str) -> Offer | None:
    """The offer of that name as it stands, or as it reads now that somebody took it."""
    thought = offered(interview, key)
    if thought is not None:
        return _offer(interview, thought)
    mine = taken(interview, key)
    here = taken_at(interview, interview.asked[mine.position - 1]) if mine is not None else None
    if mine is None or here is None:
        return None
    return Offer(key, mine.purpose, here.text, here.grounds, about=mine.about)


def answer_of(interview: Interview, thought: Thought, text: str, by: str, at: datetime) -> Said | None:
    """The answer that a draft becomes when somebody takes it: its words stand in the card of the question."""
    asked = interview.asked[thought.position - 1] if 0 < thought.position <= len(interview.asked) else None
    post = interview.post(asked.key) if asked is not None else None
    if asked is None or post is None or asked.closed is not None:
        return None
    return Said(post.ts, by, text, at, at, moved_to=asked.position)


def with_answer(interview: Interview, said: Said) -> Interview:
    kept = tuple(s for s in interview.said if s.ts != said.ts)
    return replace(interview, said=(*kept, said))
