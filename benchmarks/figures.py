"""What is printed? Two columns side by side, and their ratio."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p99(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * 0.99) - 1)]


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def row(name: str, ours: float, theirs: float, *, unit: str = "ms", columns: tuple[str, str] = ("bot", "bare")) -> None:
    mine, other = f"{columns[0]} {ours:>9.1f} {unit}", f"{columns[1]} {theirs:>9.1f} {unit}"
    print(f"{name:<34} {mine}   {other}   ratio {ours / theirs:>5.2f}", flush=True)


def milliseconds(values: Sequence[float]) -> list[float]:
    return [1000 * value for value in values]
