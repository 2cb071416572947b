"""Words of every day make no two incidents alike, however few incidents there are to compare."""

from __future__ import annotations

from bot.past.likeness import Kept, Seen, like, likeness
from bot.past.telling import Telling
from bot.past.terms import spelling


def alike(one: str, other: str) -> tuple[str, ...] | None:
    """The words that an incident has in common with the only one before it; None where they are not alike."""
    before = frozenset(spelling(other))
    told = Telling(names=dict(spelling(one)), causes={}, rest={})
    seen = Seen(1, dict.fromkeys(before, 1), float(len(before)))
    found = likeness(like(told), Kept(before, frozenset(), frozenset()), seen)
    return None if found is None else found.words


def test_what_everybody_says_in_a_chat_is_nothing_in_common() -> None:
    assert (
        alike(
            "loan rates: merged at 4 pm, 12 tickets, support says it asks twice, pr is up",
            "label printers: merged at 9 pm, 3 tickets, the hall says it takes a pr, asks twice",
        )
        is None
    )


def test_what_names_something_is() -> None:
    found = alike("loan rates: the redis sentinel lost its quorum", "carts: quorum of the redis sentinel was gone")
    assert found is not None
    assert {word.lower() for word in found} == {"redis", "sentinel", "quorum"}
