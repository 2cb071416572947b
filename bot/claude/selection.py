"""Which lines of a large channel are shown? Chosen by rules, then in parts by time; no end is cut off.

Pure. Everything that is no message is kept. Of messages, talk beside the matter and what machines repeat go first; then
each stretch of time keeps its most telling ones, so that neither the beginning nor the end is cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.claude.outgoing import LONGEST, tokens_in
from bot.interview.thoughts import Line
from bot.patterns import pattern
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
_TELLS = pattern(
    r"\d ?(?:%|ms|s|m|min|h|k|gb|mb|rps|qps)\b|\d\d:\d\d|https?://|\b[45]\d\d\b|\x60"
    r"|\b(?:alert|alarm|page[ds]?|error|errors|fail|failed|failing|failure|down|slow|timeout|timeouts|latency|outage"
    r"|deploy|deployed|deploying|release|rollback|rolled|revert|reverted|restart|restarted|scale|scaled|flag|config"
    r"|migration|because|cause|caused|found|noticed|suspect|maybe|theory|hypothesis|turns out|confirmed|ruled out"
    r"|customer|customers|users?|impact|affected|support|mitigated|resolved|recovered|recovering|back to|fixed|fix"
    r"|declare|declared|sev ?\d|incident|escalate|escalated|handover|should|need to|follow[- ]?up|action|todo"
    r"|fehler|ausfall|kunden|ursache|behoben|panne|erreur|clients?|cause|corrig|error(?:es)?|ca[ií]d[ao]|arreglad)\b"
)
_DIGITS = pattern(r"[0-9]+")


def size_of(line: Line) -> int:
    """How many tokens a line is when it is sent, estimated."""
    return tokens_in(line.text[:LONGEST]) + _AROUND


def worth(line: Line) -> float:
    """How much a message is likely to tell; below zero for talk beside the matter."""
    text = line.text[:2_000]
    if not text.strip() or is_chatter(text):
        return -1.0
    told = sum(1.0 for _, _ in zip(_TELLS.finditer(text), range(6), strict=False))
    return told + min(len(text), 400) / 400


def by_rules(lines: Sequence[tuple[str, Line]], budget: int, about: Collection[str] = ()) -> frozenset[str] | None:
    """The local ids of the messages to show within `budget` tokens; None when all of them fit."""
    messages = [(local, line) for local, line in lines if line.kind == "message"]
    if sum(size_of(line) for _, line in messages) <= budget:
        return None
    worths = {local: worth(line) for local, line in messages}
    kept = [(local, line) for local, line in messages if worths[local] >= 0 or line.id in about]
    kept = list(_unrepeated(kept, about))
    if sum(size_of(line) for _, line in kept) <= budget:
        return frozenset(local for local, _ in kept)
    return _shared_out(kept, worths, budget, about)


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
    lines: Sequence[tuple[str, Line]], worths: Mapping[str, float], budget: int, about: Collection[str]
) -> frozenset[str]:
    wanted = [(local, line) for local, line in lines if line.id in about]
    kept = {local for local, _ in wanted}
    left = budget - sum(size_of(line) for _, line in wanted)
    count = min(STRETCHES, len(lines)) or 1
    for number in range(count):
        stretch = lines[len(lines) * number // count : len(lines) * (number + 1) // count]
        share = left // (count - number)
        for local, line in sorted(stretch, key=lambda each: -worths[each[0]]):
            size = size_of(line)
            if local not in kept and size <= share:
                kept.add(local)
                share -= size
                left -= size
    return frozenset(kept)


def parts(lines: Sequence[tuple[str, Line]], keep: frozenset[str] | None) -> tuple[tuple[str, ...], ...]:
    """The local ids of messages in order, in parts of at most PART tokens that overlap a little."""
    found: list[list[str]] = [[]]
    size = 0
    for local, line in lines:
        if line.kind != "message" or (keep is not None and local not in keep):
            continue
        if size + size_of(line) > PART and found[-1]:
            again = found[-1][-OVERLAP:]
            found.append(list(again))
            size = len(again) * _AROUND
        found[-1].append(local)
        size += size_of(line)
    return tuple(tuple(each) for each in found if each)


def reduced(
    lines: Sequence[tuple[str, Line]], picked: Collection[str], about: Collection[str], budget: int = WHOLE
) -> frozenset[str]:
    """The messages to show of those that were picked, each with its neighbours, within PICKED and `budget` tokens.

    Where more were picked than are shown, each stretch of time keeps its share.
    """
    messages = [(local, line) for local, line in lines if line.kind == "message"]
    wanted = [(local, line) for local, line in messages if local in picked or line.id in about]
    if len(wanted) > PICKED:
        step = len(wanted) / PICKED
        chosen = {wanted[int(number * step)][0] for number in range(PICKED)}
        wanted = [(local, line) for local, line in wanted if local in chosen or line.id in about]
    ids = {local for local, _ in wanted}
    around = set(ids)
    for index, (local, _) in enumerate(messages):
        if local in ids:
            around |= {messages[near][0] for near in (index - 1, index + 1) if 0 <= near < len(messages)}
    shown = [each for each in messages if each[0] in around and (each[0] in ids or worth(each[1]) >= 0)]
    if sum(size_of(line) for _, line in shown) <= budget:
        return frozenset(local for local, _ in shown)
    return _shared_out(wanted, {local: worth(line) for local, line in wanted}, budget, about)
