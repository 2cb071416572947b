"""How is a question put? In the wording that fits what is known, on the best words that people have said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.interview.conditions import any_holds, settled_by
from bot.interview.filing import Factor, answer, contributing, factors, filed, is_telling, puts
from bot.interview.gone import quotes_what_is_gone
from bot.interview.quoting import is_bare, shorten
from bot.interview.script import ONE_WORD, Question, Script, Wording
from bot.interview.state import Asked, Closed, Interview, Put, Quote, Said

#: How many factors a wording can number, and how much it shows of each: a phone shows about 45 characters a line.
FACTORS_SHOWN = 9
FACTOR_LENGTH = 60
#: The concerns of words that take a person, or human error, for the cause.
_PERSONAL = frozenset({"person_as_cause", "human_error"})


def done(interview: Interview, question: Question) -> bool:
    """Whether a question was passed, and Back has not brought it or a level of it up again since."""
    before = rounds_of(interview, question)
    return any(a.closed not in (None, Closed.LEFT) for a in before) and _left(before) is None


def rounds_of(interview: Interview, question: Question) -> tuple[Asked, ...]:
    """Every time that a question was put, without its follow-ups."""
    return tuple(a for a in puts(interview, question.id) if a.put is not Put.PROBE)


def _left(rounds: Sequence[Asked]) -> Asked | None:
    """The first level of a question that Back left, and that was not put since."""
    newest = {a.level: a for a in rounds}
    return next((newest[level] for level in sorted(newest) if newest[level].closed is Closed.LEFT), None)


def to_put(script: Script, interview: Interview, question: Question, at: datetime) -> Asked:
    """A question as it is put now: for the first time, or once more."""
    rounds = rounds_of(interview, question)
    if rounds:
        return again(script, interview, _left(rounds) or rounds[-1], at)
    return _fresh(script, interview, question, at)


def again(script: Script, interview: Interview, before: Asked, at: datetime) -> Asked:
    """A question once more: as it was put, and where its words are no longer what somebody says, on what stands now."""
    found = anew(script, interview, before, at) if quotes_what_is_gone(interview, before) else before
    return Asked(
        position=len(interview.asked) + 1,
        topic=before.topic,
        question=before.question,
        put=Put.RETURN,
        text=found.text,
        opened_at=at,
        quote=found.quote,
        factor=found.factor,
        level=found.level,
        about=found.about,
    )


def anew(script: Script, interview: Interview, before: Asked, at: datetime) -> Asked:
    """A question on what stands now; a deeper level whose factor is gone begins at the first again."""
    question = script.question(before.question)
    factor = next((f for f in factors(interview) if f.key == before.factor), None)
    if before.level > 1 and factor is not None:
        return how(interview, question, factor, at)
    return _fresh(script, interview, question, at)


def _fresh(script: Script, interview: Interview, question: Question, at: datetime) -> Asked:
    """A question as it is put for the first time, on what is known now."""
    quote = settled_by(script, interview, question)
    if quote is not None:
        wording = _wording(script, interview, question.confirms)
        put, text, about = Put.CONFIRM, fill(wording.text, interview, quote), wording.tells
        quote = quote if quote.text else builds_on(interview, question.builds_on)
    else:
        wording = _wording(script, interview, question.wordings)
        quote = builds_on(interview, wording.builds_on or question.builds_on)
        put, text, about = Put.ASK, fill(wording.text, interview, quote), wording.tells
    return Asked(
        position=len(interview.asked) + 1,
        topic=question.topic,
        question=question.id,
        put=put,
        text=text,
        opened_at=at,
        quote=quote if quote and quote.text else None,
        about=about,
        level=int(bool(question.how)),
    )


def _wording(script: Script, interview: Interview, wordings: tuple[Wording, ...]) -> Wording:
    """The first that applies; the last one always does, which `script_rules` sees to."""
    return next(wording for wording in wordings if any_holds(script, interview, wording.when))


def builds_on(interview: Interview, refs: Sequence[str]) -> Quote | None:
    """The best words to build on: what the script names, first found first; words about something else never.

    Words with a person or human error as the cause come last: nobody is held up to the others question by question.
    """
    blaming = None
    for ref in refs:
        kind, _, name = ref.partition(":")
        quote = None
        if kind == "fact":
            fact = interview.fact(name)
            quote = fact.quote if fact is not None else None
        elif kind == "answer":
            quote = last_words(answer(interview, name).printed)
        elif kind == "parked":
            quote = _parked(interview)
        else:
            quote = _last_of_all(interview)
        if quote is None or is_bare(quote.text):
            continue
        if not any(s.ts == quote.ts and blames(s) for s in interview.said):
            return quote
        blaming = blaming or quote
    return blaming


def blames(said: Said) -> bool:
    """Whether a reply takes a person, or human error, for the cause."""
    return not _PERSONAL.isdisjoint(said.findings.concerns)


def _parked(interview: Interview) -> Quote | None:
    """The newest words that were put aside as an idea: what should have been, without blaming anybody."""
    for asked in reversed(interview.asked):
        if asked.about == "counterfactual" and asked.quote is not None and asked.quote.ts is not None:
            said = next((s for s in interview.said if s.ts == asked.quote.ts and not s.deleted), None)
            if said is not None and not blames(said):
                return Quote(said.text, said.ts, said.user)
    return None


def last_words(said: tuple[Said, ...]) -> Quote | None:
    """The newest words that say something by themselves, and blame nobody where there are such."""
    telling = [s for s in said if not s.findings.mentions & {"pointer", "nothing", "only_yes"} and not _is_one_word(s)]
    telling = [s for s in telling if not blames(s)] or telling
    return Quote(telling[-1].text, telling[-1].ts, telling[-1].user) if telling else None


def _is_one_word(said: Said) -> bool:
    """Also beside talk: "lol us-east-1"."""
    return ONE_WORD in said.findings.concerns or is_bare(said.text)


def _last_of_all(interview: Interview) -> Quote | None:
    return last_words(tuple(s for asked in interview.asked for s in filed(interview, asked.position) if is_telling(s)))


def how(interview: Interview, question: Question, factor: Factor, at: datetime) -> Asked:
    """The how-question about one factor."""
    return Asked(
        position=len(interview.asked) + 1,
        topic=question.topic,
        question=question.id,
        put=Put.ASK,
        text=fill(question.how, interview, factor.quote),
        opened_at=at,
        quote=factor.quote,
        factor=factor.key,
        level=factor.level + 1,
    )


def numbered(found: tuple[Factor, ...]) -> str:
    """The factors on one line, by the numbers that an answer may name."""
    shown = [f"({n}) {shorten(factor.text, FACTOR_LENGTH)}" for n, factor in enumerate(found[:FACTORS_SHOWN], 1)]
    return "; ".join(shown) or "…"


def fill(text: str, interview: Interview, quote: Quote | None) -> str:
    """Puts known facts and the quote into a wording; a placeholder without a value reads as an ellipsis."""
    return text.format_map(_Known(interview, quote)).replace("….", "…")


class _Known:
    """What a wording may name, each shortened when it is asked for."""

    def __init__(self, interview: Interview, quote: Quote | None) -> None:
        self._interview = interview
        self._quote = quote

    def __getitem__(self, name: str) -> str:
        if self._quote is not None and name == "quote":
            return shorten(self._quote.text)
        if self._quote is not None and name == "who":
            return f"<@{self._quote.user}>" if self._quote.user else "the record"
        if name == "factors":
            return numbered(contributing(factors(self._interview)))
        fact = self._interview.fact(name)
        return shorten(fact.text) if fact is not None else "…"
