"""Which lines of a large channel are shown? Chosen by rules, then in parts by time; no end is cut off.

Pure. Everything that is no message is kept. Of messages, talk beside the matter and what machines repeat go first; then
each stretch of time keeps its most telling ones, so that neither the beginning nor the end is cut.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.claude.outgoing import LONGEST, tokens_in
from bot.interview.thoughts import Line
from bot.wording.chatter import is_chatter

#: What one call may show of messages, in tokens. Source: what re-reading costs, docs/claude.md.
WHOLE = 60_000
#: A part that is looked through by itself; with the frame it stays under the price step at 100,000.
PART = 80_000
#: How many such parts there are at most, so that any channel has a bounded price.
PARTS = 6
#: How many messages are shown of what was picked.
PICKED = 300
#: Messages that the end of one part and the beginning of the next have in common.
OVERLAP = 5
#: Stretches of equally many messages, each of which keeps its share.
STRETCHES = 60
#: The id, the time and the author of a line, in tokens.
_AROUND = 26
_TELLING_AS_ONE = """
    alert alerts alarm page paged pages error errors fail failed failing failure failures down slow timeout timeouts
    latency outage deploy deployed deploying release released rollback rolled rolling revert reverted restart
    restarted scale scaled flag config migration because cause caused found noticed suspect maybe theory hypothesis
    turns confirmed ruled customer customers user users impact affected support mitigated resolved recovered
    recovering fixed fix declare declared sev sev1 sev2 sev3 incident escalate escalated handover should need follow
    followup action todo fehler ausfall kunden ursache behoben panne erreur client clients corrigé error caída
    arreglado
"""
_TELLING = frozenset(_TELLING_AS_ONE.split())
_WORDS = re.compile(r"\w+")
_FIGURES = re.compile(r"\d ?(?:%|ms|s|m|min|h|k|gb|mb|rps|qps)\b|\d\d:\d\d|https?://|\b[45]\d\d\b|`")
_DIGITS = re.compile(r"[0-9]+")


def size_of(line: Line) -> int:
    """How many tokens a line is when it is sent, estimated."""
    return tokens_in(line.text[:LONGEST]) + _AROUND


def worth(line: Line) -> float:
    """How much a message is likely to tell; below zero for talk beside the matter."""
    text = line.text[:2_000]
    told = len(_TELLING.intersection(_WORDS.findall(text.casefold()))) + (_FIGURES.search(text) is not None)
    if not told and (not text.strip() or is_chatter(text)):
        return -1.0
    return min(told, 6) + min(len(text), 400) / 400


@dataclass(frozen=True, slots=True)
class Weighed:
    """The messages of a material in order, with what each is likely to tell and how many tokens it is."""

    lines: tuple[tuple[str, Line], ...]
    worths: Mapping[str, float]
    sizes: Mapping[str, int]
    #: What is left without talk beside the matter and what machines repeat.
    telling: tuple[tuple[str, Line], ...]

    def tokens(self, lines: Iterable[tuple[str, Line]]) -> int:
        return sum(self.sizes[local] for local, _ in lines)


def weighed(lines: Sequence[tuple[str, Line]], about: Collection[str] = ()) -> Weighed:
    """Looks through all messages of ordered lines; those in `about` are telling in any case."""
    messages = tuple((local, line) for local, line in lines if line.kind == "message")
    worths = {local: worth(line) for local, line in messages}
    sizes = {local: size_of(line) for local, line in messages}
    kept = [(local, line) for local, line in messages if worths[local] >= 0 or line.id in about]
    return Weighed(messages, worths, sizes, tuple(_unrepeated(kept, about)))


def by_rules(found: Weighed, budget: int, about: Collection[str] = ()) -> frozenset[str] | None:
    """The local ids of the messages to show within `budget` tokens; None when all of them fit."""
    if found.tokens(found.lines) <= budget:
        return None
    if fits(found, budget):
        return frozenset(local for local, _ in found.telling)
    return _shared_out(found.telling, found, budget, about)


def fits(found: Weighed, budget: int) -> bool:
    """Whether all that is telling can be shown within `budget` tokens."""
    return found.tokens(found.telling) <= budget


def _unrepeated(lines: Iterable[tuple[str, Line]], about: Collection[str]) -> Iterable[tuple[str, Line]]:
    """Without what nobody wrote and what stood there twice already, but for its numbers; its last time stays."""
    lines = list(lines)
    shapes = [_DIGITS.sub("0", line.text[:300]) if line.user is None else "" for _, line in lines]
    last = {shape: index for index, shape in enumerate(shapes)}
    seen: dict[str, int] = {}
    for index, (each, shape) in enumerate(zip(lines, shapes, strict=True)):
        seen[shape] = seen.get(shape, 0) + 1
        if not shape or seen[shape] <= 2 or index == last[shape] or each[1].id in about:
            yield each


def _shared_out(
    lines: Sequence[tuple[str, Line]], found: Weighed, budget: int, about: Collection[str]
) -> frozenset[str]:
    wanted = [(local, line) for local, line in lines if line.id in about]
    kept = {local for local, _ in wanted}
    left = budget - found.tokens(wanted)
    count = min(STRETCHES, len(lines)) or 1
    for number in range(count):
        stretch = lines[len(lines) * number // count : len(lines) * (number + 1) // count]
        share = left // (count - number)
        for local, _ in sorted(stretch, key=lambda each: -found.worths[each[0]]):
            size = found.sizes[local]
            if local not in kept and size <= share:
                kept.add(local)
                share -= size
                left -= size
    return frozenset(kept)


def parts(found: Weighed) -> tuple[tuple[str, ...], ...]:
    """The local ids of the messages to look through, in order, in at most PARTS parts of at most PART tokens each.

    Neighbours overlap a little. What does not fit into all of them is left out by the rules. A part is filled before
    the next begins, so that what comes later changes only the last one.
    """
    largest = max(found.sizes.values(), default=0)
    room = PART - OVERLAP * largest
    keep = by_rules(found, (room - largest) * PARTS)
    divided: list[list[str]] = [[]]
    size = 0
    for local, _ in found.lines:
        if keep is not None and local not in keep:
            continue
        if size + found.sizes[local] > room and divided[-1]:
            divided.append(divided[-1][-OVERLAP:])
            size = 0
        divided[-1].append(local)
        size += found.sizes[local]
    return tuple(tuple(part) for part in divided if part)


def best_of(found: Weighed, part: Sequence[str], most: int) -> frozenset[str]:
    """What the rules would pick from a part."""
    return frozenset(sorted(part, key=lambda local: -found.worths[local])[:most])


def reduced(lines: Sequence[tuple[str, Line]], picked: Collection[str], budget: int = WHOLE) -> frozenset[str]:
    """The messages to show of those that were picked, each with its neighbours, within PICKED and `budget` tokens.

    Where more were picked than are shown, each stretch of time keeps its share.
    """
    messages = [each for each in lines if each[1].kind == "message"]
    picked = frozenset(picked)
    wanted = [index for index, (local, _) in enumerate(messages) if local in picked]
    if len(wanted) > PICKED:
        step = len(wanted) / PICKED
        wanted = [wanted[int(number * step)] for number in range(PICKED)]
    around = sorted({near for index in wanted for near in (index - 1, index, index + 1) if 0 <= near < len(messages)})
    found = weighed([messages[index] for index in around])
    ids = {messages[index][0] for index in wanted}
    shown = [each for each in found.lines if each[0] in ids or found.worths[each[0]] >= 0]
    if found.tokens(shown) <= budget:
        return frozenset(local for local, _ in shown)
    return _shared_out([messages[index] for index in wanted], found, budget, ())
