"""Does a question rest on words that nobody says any more?"""

from __future__ import annotations

from bot.interview.causes import RECORDED, TOPIC, is_recorded
from bot.interview.state import AS_READ, Asked, Interview, Put


def quotes_what_is_gone(interview: Interview, asked: Asked) -> bool:
    """Whether a question rests on words that were deleted or edited since, or that people say are not so."""
    quote = asked.quote
    if quote is None:
        return False
    said = next((s for s in interview.said if s.ts == quote.ts), None)
    if not quote.text.strip() or (said is not None and said.deleted):
        return True
    if asked.put is Put.PROBE:
        return False
    if said is not None:
        return " ".join(quote.text.split()) not in " ".join(said.text.split())
    if asked.topic == TOPIC and is_recorded(interview, quote):
        return interview.fact(RECORDED) is not None
    aside = [f.name.startswith(AS_READ) for f in interview.facts if f.quote == quote]
    return bool(aside) and all(aside)
