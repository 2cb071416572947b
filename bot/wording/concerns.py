"""Which words in a text would a facilitator ask about? Blame, human error, what should have been, judgement, vagueness.

A concern is a place to ask, never a verdict: nothing is changed, the author decides. What people in their roles did
("the on-call engineer rolled back") and what is denied ("not Raj's fault") is left alone. The kinds follow Etsy's
Debriefing Facilitation Guide and PagerDuty's postmortem guide; the words are our own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from bot.patterns import plain
from bot.wording import counterfactual, hindsight, human_error, judgement, person_as_cause
from bot.wording.people import with_capitals
from bot.wording.rule import places
from bot.wording.vagueness import vague_places


class Kind(StrEnum):
    """What a facilitator would ask about."""

    PERSON_AS_CAUSE = "person_as_cause"
    HUMAN_ERROR = "human_error"
    COUNTERFACTUAL = "counterfactual"
    HINDSIGHT = "hindsight"
    JUDGEMENT = "judgement"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Concern:
    """The words at `start` to `end` of the text, and what there is to ask about them."""

    kind: Kind
    start: int
    end: int
    words: str
    #: The name of the rule that found them.
    rule: str


#: Places of one kind that are told of; nobody reads more, and a text of nothing else stays quick.
MOST = 100
#: So many texts are remembered with what was found in them: a document is looked at after each change, nearly all of
#: it unchanged.
REMEMBERED = 1024


def concerns(text: str, names: Collection[str] = ()) -> tuple[Concern, ...]:
    """Every place to ask about in `text`, in order; at most MOST of a kind. Places of one kind do not overlap.

    `names` are those of people who are known: they are read as names however they are written.
    """
    return _concerns(text, frozenset(names))


@lru_cache(REMEMBERED)
def _concerns(text: str, names: frozenset[str]) -> tuple[Concern, ...]:
    flat = with_capitals(plain(text), names)
    found: list[Concern] = []
    for kind, each_place in (
        (Kind.PERSON_AS_CAUSE, places(person_as_cause.RULES, flat)),
        (Kind.HUMAN_ERROR, places(human_error.RULES, flat)),
        (Kind.COUNTERFACTUAL, places(counterfactual.RULES, flat)),
        (Kind.HINDSIGHT, places(hindsight.RULES, flat)),
        (Kind.JUDGEMENT, places(judgement.RULES, flat)),
        (Kind.VAGUE, vague_places(flat)),
    ):
        end = -1
        for place in sorted(islice(each_place, MOST), key=lambda place: (place.start, -place.end)):
            if place.start >= end:
                start, end = _trimmed(flat, place.start, place.end)
                found.append(Concern(kind, start, end, text[start:end], place.rule))
    return tuple(sorted(found, key=lambda concern: (concern.start, concern.end)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n\t.,;!?":
        start += 1
    while end > start and text[end - 1] in " \n\t.,;!?…":
        end -= 1
    return start, end
