"""Which sentences of an answer speak of something, with what they need so as to be understood?"""

from __future__ import annotations

from collections.abc import Collection

from bot.patterns import pattern, plain
from bot.wording.mentions import mentions
from bot.wording.sentences import sentences, without_bullet

#: Stands between sentences where others are left out.
LEFT_OUT = " … "
#: Sentences that may go on from one.
_GOING_ON = 2
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
    every = [without_bullet(each) for each in sentences(text)]
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
    if not kept or len(kept) == len(every):
        return text
    told = ""
    for n in sorted(kept):
        told += (LEFT_OUT if n - 1 not in kept else " ") if told else ""
        told += every[n]
    return told
