"""Which pages does a text name?"""

from __future__ import annotations

from bot.patterns import pattern

_ADDRESS = pattern(r"https?://[^\s<>\"|]+")


def addresses(text: str) -> tuple[str, ...]:
    """The addresses of pages that stand in a text, each once."""
    found = ((each.group() or "").rstrip(".,;:!?)'*_") for each in _ADDRESS.finditer(text))
    return tuple(dict.fromkeys(found))
