"""In which forms may a document repeat what somebody said? All of them go when it is deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.interview.quoting import gist, what_was_found
from bot.wording.corrections import without_no
from bot.wording.speaking import parted
from bot.wording.whether import without_yes

_MENTION = re.compile(r"<[@!#][^<>\n]*>")


def pieces(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts in each form in which a document may show them.

    That is by line, sentence and part of a sentence, divided where they mention somebody, since roles are written
    there; and all of that also without what a document leaves out: a yes, a no or "found it:" in front, and emphasis.
    """
    return frozenset(form for text in texts for line in text.splitlines() for form in _forms(line) if form)


def _forms(line: str) -> Iterator[str]:
    told = (line, *(each.rstrip(";") for each in parted(line)))
    for part in dict.fromkeys((*told, *map(gist, told))):
        for words in dict.fromkeys((part, without_yes(part), without_no(part), what_was_found(part))):
            yield from (piece.strip() for piece in _MENTION.split(words))
