"""What does each message of a channel do for an incident, and is there one in it at all?

Many small hints are added up, first those of a message's own words, then those of what stands around it, then those of
a whole stretch of the conversation. How much each hint weighs stands in `fitted_words`, `fitted_surroundings` and
`fitted_stretch`, where a person can look it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import pairwise

from bot.dialogue import fitted_stretch, fitted_surroundings, fitted_words
from bot.dialogue.features import around, of_stretch, stretches, words_of
from bot.dialogue.turns import ACTS, Act, Turn
from bot.dialogue.weights import Weights, likely, likely_alone, shares

_INCIDENT = "incident"
#: Of what speaks of harm elsewhere, less is said in channels that have an incident: 1 % of the labelled messages,
#: against 19 % of all. So much of its chance stays there, by trial on the first two sets in `benchmarks/talk_aside`.
_STILL_ELSEWHERE = 0.3
#: After so long without a word people speak of something else.
SILENCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How likely a message does what, each from 0 to 1 and together 1."""

    chances: Sequence[float]
    #: The same by its own words alone, whatever stands around it.
    by_words: Sequence[float]
    #: How likely the talk that it stands in tells of an incident.
    incident: float = 0.0

    def chance(self, *acts: Act) -> float:
        """How likely it does one of these."""
        return sum(self.chances[_PLACE[act]] for act in acts)

    def alone(self, *acts: Act) -> float:
        """How likely its own words make it do one of these."""
        return sum(self.by_words[_PLACE[act]] for act in acts)

    @property
    def act(self) -> Act:
        """What it most likely does."""
        return ACTS[max(range(len(ACTS)), key=self.chances.__getitem__)]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What the messages of a channel do, in their order."""

    turns: tuple[Weighed, ...]
    #: How likely it is that they tell of an incident, from 0 to 1.
    incident: float


_PLACE = {act: place for place, act in enumerate(ACTS)}


def read_dialogue(turns: Sequence[Turn]) -> Dialogue:
    """What each of `turns`, in order of time, does, and whether they tell of an incident.

    What is said after a silence of two hours is another talk: nothing is taken from one for the other.
    """
    read = [each for first, last in _talks(turns) for each in _read_talk(turns[first:last])]
    return Dialogue(tuple(read), max((each.incident for each in read), default=0.0))


def _talks(turns: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """Where each talk begins and ends."""
    begins = [0, *(place for place, (one, other) in enumerate(pairwise(turns), 1) if other.at - one.at >= SILENCE)]
    yield from pairwise([*begins, len(turns)])


def _read_talk(turns: Sequence[Turn]) -> Iterator[Weighed]:
    if not turns:
        return
    alone = [by_words(turn) for turn in turns]
    both = [likely(_surroundings().sums(found.items())) for found in around(turns, alone)]
    incident = max(
        likely_alone(_stretch().sums(of_stretch(both[first:last]).items())[0]) for first, last in stretches(len(both))
    )
    for chances, own in zip(both, alone, strict=True):
        yield Weighed(_knowing(chances, incident), own, incident)


def _knowing(chances: Sequence[float], incident: float) -> Sequence[float]:
    """The chances once it is known how likely there is an incident here: the likelier, the less is told of others."""
    place = _PLACE[Act.ELSEWHERE]
    return shares(
        [each * max(_STILL_ELSEWHERE, 1 - incident) if at == place else each for at, each in enumerate(chances)]
    )


def by_words(turn: Turn) -> Sequence[float]:
    """How likely a message does what, by its own words alone."""
    return likely(_words().sums((name, 1.0) for name in words_of(turn)))


@cache
def _words() -> Weights:
    return Weights(ACTS, fitted_words.ALWAYS, fitted_words.WEIGHTS)


@cache
def _surroundings() -> Weights:
    return Weights(ACTS, fitted_surroundings.ALWAYS, fitted_surroundings.WEIGHTS)


@cache
def _stretch() -> Weights:
    return Weights((_INCIDENT,), fitted_stretch.ALWAYS, fitted_stretch.WEIGHTS)
