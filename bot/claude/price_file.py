"""Where do the prices stand? In the file that ships, or in a team's own."""

from __future__ import annotations

from pathlib import Path

from bot.claude.prices import Prices, PricesFault, parse_prices
from bot.places import PROMPTS

SHIPPED = PROMPTS / "claude" / "prices.toml"


def read_prices(own: Path | None = None) -> Prices:
    """The table of a team's own file, else of the one that ships. Raises PricesFault, which names the file."""
    path = own or SHIPPED
    try:
        return parse_prices(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, PricesFault) as err:
        raise PricesFault(f"{path} cannot be used as prices: {err}") from err
