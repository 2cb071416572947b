"""Which of a script's conditions hold? What the record and the answers tell decides, with the words that show it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.interview.fields import lacking, takes_whole
from bot.interview.filing import answer, contributing, factors, is_telling, puts
from bot.interview.kept import kept
from bot.interview.script import Condition, Question, Script
from bot.interview.state import Interview, Quote

#: Of so many conditions it is remembered whether they hold: those of all scripts, for some ten states of interviews.
HELD = 1024


@kept(HELD)
def holds(script: Script, interview: Interview, condition: Condition) -> Quote | None:
    """The evidence that a condition holds: a quote (perhaps without a message), or None when it does not."""
    if condition.lacks and not lacking(script, interview, condition.lacks):
        return None
    return _holds(interview, condition)


def any_holds(script: Script, interview: Interview, conditions: Sequence[Condition]) -> bool:
    """Whether there is no condition, or one of them holds."""
    return not conditions or any(holds(script, interview, condition) is not None for condition in conditions)


def _holds(interview: Interview, condition: Condition) -> Quote | None:
    if condition.fact is not None:
        fact = interview.fact(condition.fact)
        if fact is None or (condition.values and fact.text not in condition.values):
            return None
        if condition.missing is not None and interview.fact(condition.missing) is not None:
            return None
        return fact.quote or Quote(fact.text)
    if condition.missing is not None:
        return Quote("") if interview.fact(condition.missing) is None else None
    if condition.factors:
        return Quote("") if len(contributing(factors(interview))) >= condition.factors else None
    if condition.said is None:
        return Quote("") if condition.lacks else None
    for said in reversed(interview.said):
        if said.deleted or not is_telling(said) or condition.said not in said.findings.mentions:
            continue
        if condition.of and said not in answer(interview, condition.of).all:
            continue
        return Quote(said.text, said.ts, said.user)
    return None


def applies(script: Script, interview: Interview, question: Question) -> bool:
    return any_holds(script, interview, question.when)


def settled_by(script: Script, interview: Interview, question: Question) -> Quote | None:
    """The words that make a question a mere confirmation."""
    for condition in question.settled:
        quote = holds(script, interview, condition)
        if quote is not None:
            return quote
    return None


def said_already(script: Script, interview: Interview, question: Question) -> Quote | None:
    """What people just said of a question when another one of its topic asked for it: they need not say yes to it.

    None once the question itself was put, and where the confirmation asks for more than whether that is all.
    """
    if not question.depth or takes_whole(question) or puts(interview, question.id):
        return None
    topic = {q.id for q in script.questions if q.topic == question.topic}
    for condition in question.settled:
        quote = holds(script, interview, condition) if condition.of in topic else None
        if quote is not None:
            return quote
    return None
