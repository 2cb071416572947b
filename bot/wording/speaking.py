"""Which sentences of an answer speak of something, with what they need so as to be understood?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.patterns import pattern, plain
from bot.wording.mentions import mentions
from bot.wording.sentences import sentences, without_bullet

#: Stands between sentences where others are left out.
LEFT_OUT = " … "
#: Sentences that may go on from one.
_GOING_ON = 2
_SEMICOLON = pattern(r";[ \t]+")
#: A sentence that only goes on from the one before: "Otherwise everybody would have been hit."
_GOES_ON = pattern(
    r"^\W*(?:(?:and|but|so) )?(?:otherwise|else|if (?:it|that|they|not)|without (?:it|that|them)|had (?:it|that|they)"
    r"|it|that|this|they|these|those|which|because)\b"
)
#: A sentence that says of the one before that it was so: "That was pure luck."
_SAYS_OF_IT = pattern(
    r"^\W*(?:(?:and|but|so) )?(?:(?:that|this|it|which)\b|(?:(?:by|just|only|pure|sheer|mere) )*"
    r"(?:luck|lucky|luckily|chance|coincidence)\W*$)"
)


def speaks_of(text: str, wanted: Collection[str]) -> str:
    """The sentences of `text` that mention one of `wanted`, in its own words; all of it where no single one does."""
    every = parted(text)
    kept = _kept(every, wanted)
    if not kept or len(kept) == len(every):
        return text
    told = ""
    for n in sorted(kept):
        told += (LEFT_OUT if n - 1 not in kept else " ") if told else ""
        # A semicolon parts what follows; before what is left out, and at the end, it parts nothing.
        told += every[n] if n + 1 in kept else every[n].rstrip(";")
    return told


def without(text: str, left_out: Collection[str]) -> str:
    """What `speaks_of` leaves of `text`, line by line as it was written; all of it where that would be nothing."""
    every = parted(text)
    kept = _kept(every, left_out)
    if not kept or len(kept) == len(every):
        return text
    for n in kept:
        text = text.replace(every[n], "", 1)
    rest = (" ".join(line.split()).rstrip(";,") for line in text.split("\n"))
    return "\n".join(line for line in rest if without_bullet(line + " "))


def parted(text: str) -> list[str]:
    """The sentences of a text, parted at semicolons too."""
    every = (without_bullet(each) for each in sentences(text))
    return [part for each in every for part in _at_semicolons(each)]


def _at_semicolons(sentence: str) -> list[str]:
    found, start = [], 0
    for mark in _SEMICOLON.finditer(sentence):
        found.append(sentence[start : mark.start() + 1])
        start = mark.end()
    return [*found, sentence[start:]]


def _kept(every: Sequence[str], wanted: Collection[str]) -> frozenset[int]:
    """Which sentences mention one of `wanted`, with those that are needed so as to understand them."""
    kept: set[int] = set()
    for n, each in enumerate(every):
        if mentions(each).isdisjoint(wanted):
            continue
        kept.add(n)
        if n and _SAYS_OF_IT.search(plain(each)) is not None:
            kept.add(n - 1)
        for following in range(n + 1, min(n + 1 + _GOING_ON, len(every))):
            if _GOES_ON.search(plain(every[following])) is None:
                break
            kept.add(following)
    return frozenset(kept)
