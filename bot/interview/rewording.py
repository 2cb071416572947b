"""How is the open question put once something else is known, or the words that it rests on are gone?"""

from __future__ import annotations

from bot.interview.conditions import applies
from bot.interview.filing import filed
from bot.interview.gone import quotes_what_is_gone
from bot.interview.putting import anew, to_put
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.state import Interview, Put, Quote


def reworded(script: Script, interview: Interview) -> Interview:
    """The open question as it is put on what is known now, while nobody has answered it.

    Deeper levels, follow-ups and questions that were put once more ask about words, and stay as they are.
    """
    asked = interview.current
    if asked is None or asked is not interview.asked[-1] or filed(interview, asked.position):
        return interview
    if asked.put not in (Put.ASK, Put.CONFIRM) or asked.level > 1:
        return interview
    question = next((q for q in script.questions if q.id == asked.question), None)
    if question is None or not applies(script, interview, question):
        return interview
    before = replace(interview, asked=interview.asked[:-1])
    fresh = to_put(script, before, question, asked.opened_at)
    if (fresh.put, fresh.text, fresh.about) == (asked.put, asked.text, asked.about) and _stands(interview, asked.quote):
        return interview
    again = replace(asked, put=fresh.put, text=fresh.text, about=fresh.about, quote=fresh.quote)
    return replace(before, asked=(*before.asked, again))


def requoted(script: Script, interview: Interview) -> Interview:
    """The open question without words that nobody says any more: it is put on what stands now.

    One that people have answered stays as it was asked, unless the words in it were deleted. A follow-up to words that
    were deleted becomes its question again.
    """
    asked = interview.current
    if asked is None or asked is not interview.asked[-1] or not quotes_what_is_gone(interview, asked):
        return interview
    if asked.quote is not None and asked.quote.text.strip() and filed(interview, asked.position):
        return interview
    before = replace(interview, asked=interview.asked[:-1])
    found = anew(script, before, asked, asked.opened_at)
    put = found.put if asked.put in (Put.ASK, Put.CONFIRM) else Put.RETURN
    words = replace(asked, put=put, text=found.text, quote=found.quote, about=found.about)
    return replace(before, asked=(*before.asked, replace(words, factor=found.factor, level=found.level)))


def _stands(interview: Interview, quote: Quote | None) -> bool:
    """Whether the words that a question builds on are still what the record or somebody says."""
    if quote is None or quote.ts is None or any(s.ts == quote.ts for s in interview.said):
        return quote is not None
    return any(f.quote == quote for f in interview.facts)
