"""What did people say they, or we, should do later? It is offered under the question for actions, and is none yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from bot.actions.find import Spoken, find_in_each
from bot.actions.promised import is_mine
from bot.actions.typed import typed
from bot.interview.filing import answer, is_telling
from bot.interview.script import Script
from bot.interview.state import PROMISED, Fact, Interview, Quote
from bot.patterns import plain
from bot.timeline.signs import SERVICE_SUBTYPES
from bot.timeline.values import RecordMessage, moment_of, shortened
from bot.understanding.people_named import known_names
from bot.wording.sentences import lines, parts, sentences
from storage.unit import Unit

#: So many replies are remembered with what they promise.
REMEMBERED = 512


def promised(
    messages: Sequence[RecordMessage], zone: str, people: Mapping[str, str], planned: Set[str] = frozenset()
) -> tuple[Fact, ...]:
    """What people said last in the channel, as items are typed, and the words that say so."""
    said = [m for m in messages if m.bot is None and not m.deleted and m.subtype not in SERVICE_SUBTYPES]
    return _called(_found([Spoken(m.text, m.at, m.user, m.ts in planned, m.ts) for m in said], zone, people))


def told_beside(script: Script, interview: Interview) -> tuple[tuple[str, str, str], ...]:
    """The replies that name something to do though another question was open, as (ts, user, text)."""
    question = script.actions_question
    if question is None:
        return ()
    asked_for = {said.ts for said in answer(interview, question.id).all}
    return tuple(
        (said.ts, said.user, said.text)
        for said in interview.said
        if not said.deleted
        and said.ts not in asked_for
        and is_telling(said)
        and ("action" in said.findings.mentions or is_mine(plain(said.text)))
    )


def with_promises(unit: Unit, interview: Interview, replies: Sequence[tuple[str, str, str]]) -> tuple[Fact, ...]:
    """The facts, with what these replies promise after what was promised in the channel."""
    answers = {said.ts for said in interview.said}
    others = tuple(fact for fact in interview.facts if fact.name not in PROMISED)
    recorded = [
        fact
        for name in PROMISED
        if (fact := interview.fact(name)) is not None and fact.quote is not None and fact.quote.ts not in answers
    ]
    people = tuple(sorted(known_names(unit, interview).items())) if replies else ()
    told = [*recorded, *(fact for each in replies for fact in _told(each, interview.zone, people))]
    # Who says it twice promises it once.
    once = list({fact.text.casefold(): fact for fact in reversed(told)}.values())[::-1]
    facts = (*others, *_called(once))
    return interview.facts if facts == interview.facts else facts


@lru_cache(maxsize=REMEMBERED)
def _told(reply: tuple[str, str, str], zone: str, people: tuple[tuple[str, str], ...]) -> tuple[Fact, ...]:
    """What one reply promises; most were read already when the one before them was heard."""
    ts, user, text = reply
    spoken = Spoken(_apart(text), moment_of(ts), user, ts=ts)
    return tuple(replace(fact, quote=Quote(shortened(text), ts, user)) for fact in _found([spoken], zone, dict(people)))


def _apart(text: str) -> str:
    """An answer with each of its points and sentences on a line of its own: what is promised stands behind others."""
    return "\n".join(each for line in lines(text) for part in parts(line) for each in sentences(part))


def _found(spoken: Sequence[Spoken], zone: str, people: Mapping[str, str]) -> list[Fact]:
    found = find_in_each(spoken, zone=zone, people=people)
    return [
        Fact(
            "",
            "\n".join(map(typed, drafts)),
            quote=Quote(shortened(each.text), each.ts, each.speaker),
            about=next((draft.repeats for draft in drafts if draft.repeats), ""),
        )
        for each, drafts in zip(spoken, found, strict=True)
        if drafts
    ]


def _called(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The last of them, as many as there are names for."""
    return tuple(replace(fact, name=name) for name, fact in zip(PROMISED, facts[-len(PROMISED) :], strict=False))
