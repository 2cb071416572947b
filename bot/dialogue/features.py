"""What of a message, and of what stands around it, is weighed?

Everything has a name that a person can read: `back up` are two words that follow each other, `^ done` opens a message,
`works $` ends one, `3 before: harm` is how likely the third message before tells of harm.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log, log1p

from bot.dialogue.turns import ACTS, Act, Turn
from bot.patterns import pattern

Likely = Sequence[float]

_ADDRESS = pattern(r"<[^<>\n]{0,300}>|https?://\S+|@[\pL\pN][\pL\pN._-]*")
_WORD = pattern(r":[a-z_+0-9-]+:|[\pL][\pL']*|\d+(?:[:.,]\d+)*%?|[?!@]")
_CLOCK = pattern(r"\d{1,2}:\d\d(?::\d\d)?")
#: Beyond so many characters stand logs and summaries.
_LONGEST = 600
#: So many messages on each side are looked at as a whole, and these one by one.
AROUND = 40
_NEAR = (-3, -2, -1, 1, 2, 3)
#: A chance below this is none.
_LEAST = 0.03
#: What somebody does is judged by the last so many things that he or she wrote.
_LATELY = 5
#: A whole conversation is judged in stretches of so many messages, each half over the one before.
STRETCH = 60


def words_of(turn: Turn) -> list[str]:
    """What the message itself says, as the names of what is weighed, each once."""
    text = _ADDRESS.sub(" @ ", turn.text[:_LONGEST].lower().replace("’", "'"))
    words = [_shape(found.group() or "") for found in _WORD.finditer(text)]
    names = [*words, *(f"{one} {other}" for one, other in pairwise(["^", *words, "$"]))]
    names.append(f"<{min(5, (len(words) + 1).bit_length() - 1)} long>")
    if turn.tool:
        names.append("<a tool>")
    if text.rstrip().endswith("?"):
        names.append("<asks>")
    return list(dict.fromkeys(names))


def _shape(word: str) -> str:
    """The word itself, or which kind of number it is."""
    if not word[0].isdigit():
        return word
    return "12:34" if _CLOCK.fullmatch(word) else "5%" if word.endswith("%") else "7"


def around(turns: Sequence[Turn], likely: Sequence[Likely]) -> Iterator[dict[str, float]]:
    """What stands around each message, from how likely each does what by its own words."""
    sums = _running(likely)
    lately: dict[str, deque[Likely]] = defaultdict(lambda: deque(maxlen=_LATELY))
    for place, turn in enumerate(turns):
        first, last = max(0, place - AROUND), min(len(turns), place + 1 + AROUND)
        found: dict[str, float] = {}
        for step in _NEAR:
            if 0 <= place + step < len(turns):
                side = f"{abs(step)} {'before' if step < 0 else 'after'}"
                found |= {f"{side}: {act}": p for act, p in zip(ACTS, likely[place + step], strict=True) if p > _LEAST}
        for act, begun, here, next_one, ended, own in zip(
            ACTS, sums[first], sums[place], sums[place + 1], sums[last], likely[place], strict=True
        ):
            found[f"before: {act}"] = log1p(here - begun)
            found[f"after: {act}"] = log1p(ended - next_one)
            found[f"around: {act}"] = 4 * (ended - begun) / (last - first)
            found[f"itself: {act}"] = log(own + 1e-3)
        if place:
            before = turns[place - 1]
            found["minutes since"] = min(3.0, log1p(max(0.0, (turn.at - before.at).total_seconds() / 60)) / 2)
            found["goes on"] = float(before.writer == turn.writer)
        found["in a thread"] = float(turn.in_thread)
        spoken = lately[turn.writer]
        if spoken:
            for place_of, act in enumerate(ACTS):
                found[f"same writer: {act}"] = sum(each[place_of] for each in spoken) / len(spoken)
        spoken.append(likely[place])
        yield found


def of_stretch(likely: Sequence[Likely]) -> dict[str, float]:
    """What a stretch of a conversation holds, from how likely each of its messages does what."""
    columns = {act: [row[place] for row in likely] for place, act in enumerate(ACTS)}
    length = len(likely)
    found = {f"in all: {act}": log1p(sum(column)) for act, column in columns.items()}
    found |= {f"at most: {act}": max(column) for act, column in columns.items() if act in _TELLING}
    found["at most: harm or alerts"] = max(h + a for h, a in zip(columns[Act.HARM], columns[Act.ALERTS], strict=True))
    found["share of it"] = sum(sum(column) for act, column in columns.items() if act not in _NO_SIGN_OF_IT) / length
    found["share elsewhere"] = sum(columns[Act.ELSEWHERE]) / length
    found["length"] = log1p(length)
    return found


def stretches(length: int) -> Iterator[tuple[int, int]]:
    """Where each stretch of a conversation of so many messages begins and ends."""
    for first in range(0, max(1, length - STRETCH // 2), STRETCH // 2):
        yield first, min(length, first + STRETCH)


_TELLING = (Act.TAKES_ON, Act.RECOVERS, Act.CLOSES, Act.EXPLAINS, Act.MENDS, Act.ELSEWHERE, Act.HARM)
_NO_SIGN_OF_IT = (Act.CHATS, Act.ELSEWHERE, Act.PLANS, Act.ASKS)


def _running(rows: Iterable[Likely]) -> list[array[float]]:
    sums = [array("d", [0.0] * len(ACTS))]
    for row in rows:
        sums.append(array("d", [total + each for total, each in zip(sums[-1], row, strict=True)]))
    return sums
