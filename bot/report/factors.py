"""How do contributing factors stand in the document, each above what explains it, and what else was asked of them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.interview.filing import Factor, answer_at, contributing, puts
from bot.interview.script import Question, Section
from bot.interview.state import Put
from bot.report.alone import alone_notes
from bot.report.answers import answers, told_of, topic_title
from bot.report.desk import Desk
from bot.report.silence import ABSENT
from bot.report.values import Block, Label, Point, State, Voice


@dataclass(frozen=True, slots=True)
class Beside:
    """The blocks of one answer under its label, and what became of it."""

    question: str
    blocks: tuple[Block, ...]
    state: State


def tree(desk: Desk, chain: tuple[Factor, ...]) -> tuple[tuple[Factor, Point], ...]:
    """The factors that explain no other one, each with all that stands below it."""
    alone = _alone(desk, chain)
    return tuple((f, _link(desk, f, chain, alone)) for f in contributing(chain))


def besides(desk: Desk, section: Section, chain: tuple[Factor, ...]) -> tuple[list[Beside], list[Beside]]:
    """What became of the other questions of a section of factors: those before the chain, and those after it."""
    questions = desk.questions(section.id)
    hows = [q for q in questions if q.how]
    first = questions.index(hows[0]) if hows else 0
    # Where no condition was named, what people said instead stands for itself.
    hows = [q for q in hows if chain or told_of(desk, q)[1] is not State.COMPOSED]
    marking = [q for q in questions if q.collects == "alone" and _alone(desk, chain)]
    before = _asked(desk, section, [q for q in questions if q not in questions[:first]])
    after = _asked(desk, section, [*hows, *marking, *questions[:first]])
    return before, after


def other_answers(desk: Desk, section: Section, chain: tuple[Factor, ...]) -> tuple[Beside, ...]:
    """Those of `besides` that hold an answer."""
    before, after = besides(desk, section, chain)
    return tuple(each for each in (*before, *after) if each.state is State.COMPOSED)


def _alone(desk: Desk, chain: tuple[Factor, ...]) -> Mapping[str, str]:
    sections = {s.id for s in desk.script.sections if s.made_of == "factors"}
    questions = [q for q in (*desk.script.questions, *desk.script.passed) if q.section in sections]
    return alone_notes(desk, questions, chain)


def _asked(desk: Desk, section: Section, but: Sequence[Question]) -> list[Beside]:
    """What became of other questions than those of the chain, each under its label; only those that were put."""
    questions = desk.questions(section.id)
    found = []
    for question in questions:
        if question in but or not puts(desk.interview, question.id):
            continue
        told, state = answers(desk, section, but=[q for q in questions if q != question])
        label = Label(question.label or topic_title(desk.script, question))
        found.append(Beside(question.id, (label, *told), state))
    return found


def _link(desk: Desk, factor: Factor, chain: tuple[Factor, ...], alone: Mapping[str, str]) -> Point:
    below = [_link(desk, child, chain, alone) for child in chain if child.parent == factor.key]
    for asked in desk.interview.asked:
        if asked.factor == factor.key and asked.put is not Put.PROBE:
            found = answer_at(desk.interview, asked.position)
            if found.unknown and not found.printed:
                below.append(Point(ABSENT[State.UNKNOWN], Voice.ABSENT))
    text = desk.people.spoken(factor.text.strip())
    sources = desk.source(factor.quote.ts, factor.quote.user)
    return Point(text, Voice.WORDS, sources, tuple(below), alone.get(factor.key, ""))
