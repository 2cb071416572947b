"""How much does each thing that is weighed speak for each of several answers?"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from math import exp


class Weights:
    """For each thing by its name what it adds to each of the `answers`; what has no weight adds nothing.

    In `told`, and in `always` for what is added whatever was found, an answer and its weight follow each other:
    "harm 1.2 chats -0.4". The weights are fitted to labelled channels by `python -m benchmarks.fitting`.
    """

    def __init__(self, answers: Sequence[str], always: str, told: Mapping[str, str]) -> None:
        self._place = {name: place for place, name in enumerate(answers)}
        self._always = [0.0] * len(answers)
        for place, weight in self._parsed(always):
            self._always[place] = weight
        self._weights = {name: self._parsed(weights) for name, weights in told.items()}

    def _parsed(self, weights: str) -> tuple[tuple[int, float], ...]:
        parts = weights.split()
        return tuple((self._place[name], float(weight)) for name, weight in zip(parts[::2], parts[1::2], strict=True))

    def sums(self, found: Iterable[tuple[str, float]]) -> list[float]:
        """For each answer the sum of what was found, each times how much of it there is."""
        sums = self._always.copy()
        weights = self._weights
        for name, much in found:
            if much:
                for place, weight in weights.get(name, ()):
                    sums[place] += weight * much
        return sums


def likely(sums: Sequence[float]) -> array[float]:
    """How likely each answer is, from 0 to 1, where one of them is right."""
    most = max(sums)
    return shares([exp(each - most) for each in sums])


def shares(odds: Sequence[float]) -> array[float]:
    """The odds as shares of one; in little memory, since a channel may have a hundred thousand messages."""
    whole = sum(odds)
    return array("f", [each / whole for each in odds])


def likely_alone(total: float) -> float:
    """How likely a single answer is, from 0 to 1."""
    return 1 / (1 + exp(-total))
