"""Does somebody put a count right, and how do the words read without the "no" with which they do so?

"Final count: 31 tickets" is the count, and "9 tickets and counting" is none any more. "No, also 3 tickets" adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.patterns import pattern, plain

_LEAD = pattern(r"^\W*(?:(?:no+|nope|nah|wrong|incorrect|correction)\b\s*[.,:;!–—-]+\s*)+")
_CORRECTION = pattern(r"^\W*correction\b\s*[.,:;!–—-]")
_DENIES = pattern(r"^\W*(?:no+|nope|nah|wrong|incorrect|correction|actually|(?:that|this|it)(?:'s| is| was) wrong)\b")
_FINAL = pattern(r"\b(?:final(?:ly)?|in (?:the end|total|all)|all in all|altogether|total(?:led)?)\b")
_STILL = pattern(r"\b(?:so far|and counting|by now|already|at the moment|right now|currently|until now|to date)\b")
_ADDS = pattern(r"\b(?:also|plus|more|another|additional(?:ly)?|as well|too|besides|further|other)\b")
_COUNTED = pattern(r"(?:^|[\s(:~])(\d+(?:[,' ]\d{3})*)\+?(?: of (?:our|the|all))?(?: [\pL-]+){0,2}? ([\pL]{3,}s)\b")
#: How long or how often something was is no count of it.
_LENGTHS = frozenset({"seconds", "secs", "minutes", "mins", "hours", "hrs", "days", "weeks", "months", "times", "was"})


def puts_right(answer: str, shown: str) -> bool:
    """Whether an answer has another number of what was counted in the words that it was shown, in their place."""
    if _ADDS.search(plain(answer)) is not None or not _counted_otherwise(answer, shown):
        return False
    said = plain(answer)
    return _DENIES.search(said) is not None or not all(last_counts((shown, answer)))


def repeats(text: str, told: str) -> bool:
    """Whether `text` counts something, and `told` counts all of that with the same numbers."""
    mine, theirs = _counts(text), _counts(told)
    return bool(mine) and mine.items() <= theirs.items()


def last_counts(told: Sequence[str]) -> tuple[bool, ...]:
    """Of texts in the order in which they were said: whether none of the later ones has the last count of the same.

    A count that was still growing gives way to any later one, and every other to one that is called final.
    """
    found: list[bool] = []
    newest: dict[str, str] = {}
    final: dict[str, str] = {}
    for text in reversed(told):
        flat, mine = plain(text), _counts(text)
        ends, grows = _FINAL.search(flat) is not None, _STILL.search(flat) is not None
        later = newest if grows else {} if ends else final
        found.append(all(later.get(noun, number) == number for noun, number in mine.items()))
        newest = {**mine, **newest}
        final = {**mine, **final} if ends else final
    return tuple(reversed(found))


def without_lead(answer: str, shown: str) -> str:
    """`answer` as it stands for itself: without the "no" before what puts right, and without "correction:"."""
    found = _LEAD.match(answer)
    if found is None or not (puts_right(answer, shown) or _CORRECTION.search(answer) is not None):
        return answer
    return without_no(answer)


def without_no(answer: str) -> str:
    """`answer` without the "no" in front, whatever it says; all of it where it is nothing else."""
    found = _LEAD.match(answer)
    return (answer[found.end() :] or answer) if found is not None else answer


def _counted_otherwise(one: str, other: str) -> bool:
    first, second = _counts(one), _counts(other)
    return any(first[noun] != second[noun] for noun in first.keys() & second.keys())


def _counts(text: str) -> dict[str, str]:
    found = {(each.group(2) or ""): (each.group(1) or "") for each in _COUNTED.finditer(plain(text).lower())}
    return {noun: number for noun, number in found.items() if noun not in _LENGTHS}
