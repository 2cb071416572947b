"""Do people say that the versions which the record tells are right? Worked out from the replies as they read now."""

from __future__ import annotations

from collections.abc import Iterator

from bot.interview.fields import AFTER, BEFORE, lacking
from bot.interview.filing import WHETHER, filed, puts
from bot.interview.quoting import shorten
from bot.interview.script import VERSIONS, Question, Script
from bot.interview.state import Asked, Interview, Quote, Said

#: An answer begins with a yes.
YES, DENIES = "says_yes", "denies"


def shown(interview: Interview, asked: Asked) -> str:
    """The versions that a question asks to be confirmed, as the record still has them; empty where it shows none."""
    fact = interview.fact(VERSIONS)
    if asked.about != VERSIONS or fact is None or shorten(fact.text) not in asked.text:
        return ""
    return fact.text


def confirmed(interview: Interview) -> bool:
    """Whether somebody said that they are right, and nobody after that that they are not."""
    said = [s for s in _replies(interview) if not s.findings.mentions.isdisjoint({YES, DENIES})]
    return bool(said) and DENIES not in said[-1].findings.mentions


def denied(interview: Interview) -> bool:
    """Whether what was said last of them is that they are not right."""
    said = [s for s in _replies(interview) if not s.findings.mentions.isdisjoint({YES, DENIES})]
    return bool(said) and DENIES in said[-1].findings.mentions


def settled(script: Script, interview: Interview, question: Question, asked: Asked) -> bool:
    """Whether a yes is all that a question needs of versions: those before and after were shown, and are right."""
    wanted = [name for name in (BEFORE, AFTER) if name in question.fields]
    return bool(shown(interview, asked)) and confirmed(interview) and not lacking(script, interview, wanted)


def instead_of(interview: Interview, asked: Asked, said: Said) -> Quote | None:
    """What a reply that says no more than yes or no speaks of; None where it speaks for itself."""
    told = shown(interview, asked)
    return Quote(told) if told and not WHETHER.isdisjoint(said.findings.mentions) else None


def _replies(interview: Interview) -> Iterator[Said]:
    for question in dict.fromkeys(a.question for a in interview.asked if shown(interview, a)):
        for asked in puts(interview, question):
            if shown(interview, asked):
                yield from filed(interview, asked.position)
