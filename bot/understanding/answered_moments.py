"""Which moments did people tell when they were asked? The answers to such a question, read again as they change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.interview.filing import answer_at
from bot.interview.state import Fact, Interview, Put, Quote, Said
from bot.patterns import pattern
from bot.timeline.moments import moments_in
from bot.timeline.statements import statements_in
from bot.timeline.values import Precision
from bot.understanding.known_facts import AS_READ, MOMENTS

#: What may stand before the one time of an answer: "I think it began at about", never "Tom joined the call at".
_ONLY_SO_MUCH = pattern(
    r"(?:\b(?:i|we|it|that|this|think|guess|believe|say|would|i'd|was|were|must|have|been|had|probably|maybe|perhaps"
    r"|well|yes|about|around|roughly|approximately|circa|ca|at|from|since|by|on|as|near|first|the|already|really"
    r"|(?:impact |problem |it )?(?:began|begun|started|noticed|detected|seen|saw|reported|paged))\b|[\s~≈,.:;(-])*"
)


def told(interview: Interview) -> tuple[tuple[str, Said], ...]:
    """The replies to questions for a moment that the record leaves open, with the fact that each was about."""
    return tuple(
        (asked.about, said)
        for asked in interview.asked
        if asked.about in MOMENTS and asked.put is not Put.PROBE
        for said in answer_at(interview, asked.position).printed
    )


def with_answers(interview: Interview, zone_of: Callable[[str], str]) -> tuple[Fact, ...]:
    """The facts of the interview with what its answers tell; a moment of the record, or set by a person, stays.

    What can be read in two ways, or contradicts the order of the other moments, is left unknown.
    """
    heard = {said.ts for said in interview.said}
    mine = {f.name for f in interview.facts if _is_moment(f) and f.quote is not None and f.quote.ts in heard}
    known = tuple(f for f in interview.facts if f.name not in mine)
    added: list[Fact] = [Fact(name, "") for name in mine if name.startswith(AS_READ)]
    for name, said in told(interview):
        fact = _moment(name, said, zone_of(said.user))
        if fact is None or any(f.name == name for f in (*known, *added)) or not _in_order(fact, known):
            continue
        aside = AS_READ + name
        if any(f.name == aside and f.text for f in (*known, *added)):
            continue
        added = [f for f in added if f.name != aside]
        added.append(replace(fact, name=aside) if aside in mine else fact)
    return (*known, *added)


def _is_moment(fact: Fact) -> bool:
    return fact.name.removeprefix(AS_READ) in MOMENTS


def _moment(name: str, said: Said, zone: str) -> Fact | None:
    written = datetime.fromtimestamp(int(said.ts.partition(".")[0]), UTC)
    quote = Quote(said.text, said.ts, said.user)
    statements = statements_in(said.text, said.ts, written, zone)
    stated = {s.stated.at: s.stated for s in statements if s.kind is MOMENTS[name] and s.stated.at is not None}
    if len(stated) == 1:
        at, words = next(iter(stated.items()))
        return Fact(name, words.words, at, words.precision.value, quote) if at <= written else None
    moments = moments_in(said.text, written, zone)
    if stated or len(moments) != 1 or any(s.kind is not MOMENTS[name] for s in statements):
        return None
    only = moments[0]
    before = said.text[: only.start]
    if only.at > written or only.precision is Precision.UNKNOWN or _ONLY_SO_MUCH.fullmatch(before) is None:
        return None
    return Fact(name, only.words, only.at, only.precision.value, quote)


def _in_order(fact: Fact, known: Sequence[Fact]) -> bool:
    """Whether nothing that comes later is known to be earlier, and the other way round."""
    order = list(MOMENTS)
    mine = order.index(fact.name)
    for other in known:
        if other.name not in MOMENTS or other.at is None or fact.at is None:
            continue
        # What people identified as the cause may well come after the mitigation, so only the frame is compared.
        if other.name in ("mitigated", "resolved") and fact.at > other.at:
            return False
        if other.name in ("began", "detected"):
            place = order.index(other.name)
            if (place < mine and other.at > fact.at) or (place > mine and other.at < fact.at):
                return False
    return True
