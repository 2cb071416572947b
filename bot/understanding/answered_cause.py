"""What was the cause, by what people answered? A denial, and their own words, come before what the record says."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.causes import CAUSE, RECORDED, denials, namings, recorded
from bot.interview.filing import after, filed, is_telling
from bot.interview.state import Fact, Interview, Put, Quote, Said
from bot.patterns import pattern
from bot.wording.denials import cause_named, names_cause, names_instead

#: What two wordings of one cause have in common: a word of some length, or a number.
_WORD = pattern(r"[\pL_]{5,}|\d{2,}")
_COMMON = frozenset({"cause", "there", "which", "where", "after", "before", "because", "since", "would", "could"})


def as_recorded(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts as they are without what people say of the cause."""
    aside = next((f for f in facts if f.name == RECORDED), None)
    if aside is None:
        return facts
    kept = tuple(f for f in facts if f.name != CAUSE)
    record = replace(aside, name=CAUSE)
    return tuple(record if f is aside else f for f in kept if f is not aside or aside.text.strip())


def with_answered_cause(interview: Interview) -> tuple[Fact, ...]:
    """The facts with the cause as people tell it; without one where they only deny what the record takes for it.

    When it was found stays known where they speak, in other words, of the same.
    """
    facts = as_recorded(interview.facts)
    plainly = interview if facts is interview.facts else replace(interview, facts=facts)
    record, denied, named = recorded(plainly), denials(plainly), namings(plainly)
    asked = _asked_for(plainly) if record is None and not named else None
    if not denied and not named and asked is None:
        return facts
    aside = replace(record, name=RECORDED) if record is not None else Fact(RECORDED, "")
    newest = None
    for said in named:
        newest = said if newest is None or after(said.ts, newest.ts) else newest
    told = (asked,) if asked is not None else () if newest is None else (_told(newest, None if denied else record),)
    others = tuple(f for f in facts if f.name != CAUSE)
    place = next((n for n, f in enumerate(facts) if f.name == CAUSE), len(facts))
    return (*others[:place], *told, aside, *others[place:])


def _asked_for(interview: Interview) -> Fact | None:
    """The cause where the record has none and it was asked for: the first condition of the first answer that names any.

    A bare yes confirms the suspicion that the question showed; a person is no cause.
    """
    for asked in interview.asked:
        if asked.about != CAUSE or asked.put is Put.PROBE:
            continue
        for said in filed(interview, asked.position):
            if is_telling(said) and "nothing" not in said.findings.mentions:
                return _first(said, asked.quote)
    return None


def _first(said: Said, shown: Quote | None) -> Fact | None:
    if "only_yes" in said.findings.mentions:
        return Fact(CAUSE, shown.text, quote=shown) if shown is not None else None
    words = next(iter(said.findings.factors), "")
    where = "@0" if len(said.findings.factors) > 1 else ""
    if not words or not {f"person_as_cause{where}", f"human_error{where}"}.isdisjoint(said.findings.concerns):
        return None
    return Fact(CAUSE, words, quote=Quote(words, said.ts, said.user))


def _told(said: Said, record: Fact | None) -> Fact:
    words = names_cause(said.text) or names_instead(said.text)
    quote = Quote(words, said.ts, said.user)
    if record is None or _words(cause_named(words)).isdisjoint(_words(record.text)):
        return Fact(CAUSE, words, quote=quote)
    return Fact(CAUSE, words, record.at, record.precision, quote)


def _words(text: str) -> frozenset[str]:
    return frozenset((each.group() or "").casefold() for each in _WORD.finditer(text)) - _COMMON
