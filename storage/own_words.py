"""What is left of a text when somebody's words go out of it?"""

from __future__ import annotations

from collections.abc import Iterable

#: What stands in the place of deleted words inside a longer text.
GONE = "…"
#: A line shorter than this is too common to be known as somebody's own ("yes", "14:02") within another text.
OWN_WORDS = 8


def without_words(text: str, words: Iterable[str]) -> str:
    """The text without these words, the longest first; those too short to be anybody's own stay."""
    for each in sorted({each for each in words if len(each) >= OWN_WORDS}, key=len, reverse=True):
        text = text.replace(each, GONE)
    return text
