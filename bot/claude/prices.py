"""What does a call cost? Tokens by the dated table in prompts/claude/prices.toml, or a team's own; in microdollars."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

#: The entry for models that are not listed.
OTHER = "other"


class PricesFault(Exception):
    """What is wrong with a table of prices."""


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens of one or several calls as the answers tell them: read afresh, put into the cache, read there, written."""

    fresh: int = 0
    written: int = 0
    reread: int = 0
    out: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(
            self.fresh + other.fresh, self.written + other.written, self.reread + other.reread, self.out + other.out
        )

    @property
    def total(self) -> int:
        return self.fresh + self.written + self.reread + self.out


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens, which are microdollars for one."""

    input: float
    output: float
    cache_write: float
    cache_read: float

    def of(self, used: Used) -> int:
        """Microdollars, rounded up."""
        cost = (
            used.fresh * self.input
            + used.written * self.cache_write
            + used.reread * self.cache_read
            + used.out * self.output
        )
        return math.ceil(cost - 1e-9)


@dataclass(frozen=True, slots=True)
class Priced:
    """A model's price, and the one above `step` tokens of one prompt, if there is such a step."""

    price: Price
    step: int | None
    above: Price | None


@dataclass(frozen=True, slots=True)
class Prices:
    """The table, and of which day it is."""

    as_of: date
    models: Mapping[str, Priced]

    def lists(self, model: str) -> bool:
        """Whether a model has a price of its own."""
        return self._named(model) != OTHER

    def _named(self, model: str) -> str:
        names = [name for name in self.models if model == name or model.startswith(f"{name}-")]
        return max(names, key=len) if names else OTHER

    def cost(self, model: str, used: Used) -> int:
        """What one call cost, in microdollars. A model is found by its name, else by the longest listed beginning."""
        priced = self.models[self._named(model)]
        above = priced.step is not None and used.total - used.out > priced.step
        return (priced.above if above and priced.above is not None else priced.price).of(used)

    def estimate(self, model: str, tokens: int, most_out: int) -> int:
        """The most that a call can cost: all of it written to the cache, and all that it may answer."""
        return max(self.cost(model, Used(written=tokens, out=most_out)), self.cost(model, Used(tokens, out=most_out)))


def parse_prices(text: str) -> Prices:
    """The table that a file says. Raises PricesFault with what is wrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise PricesFault(f"it is no TOML: {err}") from err
    as_of, models = table.get("as_of"), table.get("models")
    if not isinstance(as_of, date) or not isinstance(models, dict):
        raise PricesFault("it needs as_of, a date, and [models.<name>] tables")
    if OTHER not in models:
        raise PricesFault(f"it needs [models.{OTHER}], for models that are not listed")
    return Prices(as_of, {name: _priced(name, entry) for name, entry in models.items()})


def _priced(name: str, entry: object) -> Priced:
    if not isinstance(entry, dict):
        raise PricesFault(f"models.{name} is no table")
    step, above = entry.get("step"), entry.get("above")
    if (step is None) != (above is None) or not isinstance(step, int | None):
        raise PricesFault(f"models.{name} needs both step, a number of tokens, and above, its prices, or neither")
    return Priced(_price(name, entry), step, None if above is None else _price(f"{name}.above", above))


def _price(name: str, entry: object) -> Price:
    found = []
    for field in ("input", "output", "cache_write", "cache_read"):
        value = entry.get(field) if isinstance(entry, dict) else None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 10_000:
            raise PricesFault(f"models.{name} needs {field}, in dollars for a million tokens")
        found.append(float(value))
    return Price(*found)
