"""What leaves, letter by letter? Material as lines of JSON with ids of our own, masked, and with people as numbers.

Pure: the same material gives the same bytes, oldest first, so that purposes of one postmortem share what stands in
front. Every Slack id, every invisible character and every angle bracket stays here; nothing in a line can end the
element around it, and an element's nonce follows from its text and a secret, so that nobody can write it beforehand.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.claude.calling import Calling, calling_of, clean
from bot.claude.jsonlines import as_data
from bot.interview.thoughts import Line, Material

#: Bytes of UTF-8 to one token; measured on English chat, and too many tokens rather than too few for other text.
BYTES_PER_TOKEN = 2.9
#: One line is at most this long, in characters; what is cut off is said in the line.
LONGEST = 4_000
#: What stands in a shared, cached element before it is divided, in bytes; a provider looks back over few blocks.
BLOCK = 200_000
_PREFIX = {"message": "m", "answer": "a", "entry": "e", "section": "s", "item": "i", "incident": "p"}


def tokens_in(text: str) -> int:
    """An estimate of how many tokens a text is, from above for English."""
    return int(len(text.encode("utf-8", "ignore")) / BYTES_PER_TOKEN) + 1


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line under its local id; `text` is what was sent of it."""

    local: str
    line: Line
    text: str
    by: str
    role: str
    #: How many characters of it were not sent.
    cut: int = 0

    def json(self) -> str:
        told: dict[str, str] = {"id": self.local}
        if self.line.at is not None:
            told["at"] = stamp(self.line.at)
        if self.by:
            told["by"] = self.by
        if self.role:
            told["role"] = self.role
        if self.cut:
            told["cut"] = f"{self.cut} characters more"
        return as_data({**told, "text": self.text})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All lines that are sent, by their local ids, and who is who; `left_out` counts those that are not."""

    lines: Mapping[str, SentLine]
    calling: Calling
    #: The shared elements, messages only; then everything else.
    record: tuple[str, ...]
    notes: str
    left_out: int

    def local(self, id: str) -> str | None:
        """The local id of a line that was sent, by the asker's own."""
        return next((each.local for each in self.lines.values() if each.line.id == id), None)


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Messages first, then all else, each oldest first; lines without a time stay where they were, at the end."""
    last = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(lines, key=lambda line: (line.kind != "message", line.at or last)))


def with_ids(lines: Sequence[Line]) -> tuple[tuple[str, Line], ...]:
    """Every line of ordered material with its local id: m0001, a0001 … The id does not depend on what is left out."""
    counted: dict[str, int] = {}
    found = []
    for line in lines:
        prefix = _PREFIX.get(line.kind, "x")
        counted[prefix] = counted.get(prefix, 0) + 1
        found.append((f"{prefix}{counted[prefix]:04d}", line))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Arranged:
    """All lines of a material in order, under their local ids, and who is called what."""

    lines: tuple[tuple[str, Line], ...]
    calling: Calling


def arranged(material: Material, *, by_name: bool) -> Arranged:
    lines = ordered(material.lines)
    return Arranged(with_ids(lines), calling_of(material, lines, by_name=by_name))


def outgoing(
    material: Material,
    *,
    by_name: bool,
    nonce: Callable[[str], str],
    keep: frozenset[str] | None = None,
    order: Arranged | None = None,
) -> Outgoing:
    """What is sent of `material`; `keep` are the local ids to which the record is limited, None all messages.

    A message beside them that the purpose is about stands in the notes: the record is the same for every purpose.
    """
    order = order or arranged(material, by_name=by_name)
    about = frozenset(material.about)
    sent = {
        local: sent_line(local, line, order.calling)
        for local, line in order.lines
        if keep is None or local in keep or line.kind != "message" or line.id in about
    }
    record = [each for each in sent.values() if each.line.kind == "message" and (keep is None or each.local in keep)]
    recorded = {each.local for each in record}
    others = [each.json() for each in sent.values() if each.local not in recorded]
    total = sum(line.kind == "message" for _, line in order.lines)
    shown = "" if len(record) == total else f"{len(record)} of {total} messages are shown; the others are not here."
    messages = [each.json() for each in record]
    blocks = [element("record", block, nonce) for block in _blocks([shown, *messages] if shown else messages)]
    notes = element("notes", "\n".join(others), nonce) if others else ""
    return Outgoing(sent, order.calling, tuple(blocks), notes, len(order.lines) - len(sent))


def sent_line(local: str, line: Line, calling: Calling) -> SentLine:
    text = calling.told(line.text)
    role = "" if line.user is None else calling.told(line.who)
    return SentLine(local, line, text[:LONGEST], calling.of(line.user), role, max(len(text) - LONGEST, 0))


def element(name: str, text: str, nonce: Callable[[str], str]) -> str:
    """An element whose nonce was not known to anybody who wrote in it."""
    return f'<{name} nonce="{nonce(text)}">\n{text}\n</{name}>'


def nonces(secret: bytes) -> Callable[[str], str]:
    """Gives the nonce of a text: not to be guessed without the secret, and the same for the same text."""
    return lambda text: hmac.new(secret, text.encode("utf-8", "ignore"), hashlib.sha256).hexdigest()[:16]


def _blocks(lines: Sequence[str]) -> list[str]:
    blocks: list[list[str]] = [[]]
    size = 0
    for line in lines:
        if size + len(line) > BLOCK and blocks[-1]:
            blocks.append([])
            size = 0
        blocks[-1].append(line)
        size += len(line) + 1
    return ["\n".join(block) for block in blocks if block]


def inputs_of(material: Material, sent: Outgoing, most: int, nonce: Callable[[str], str]) -> dict[str, object]:
    """The values for a prompt's body; everything that people may have written goes the same way as the lines do."""
    told = sent.calling.told
    values: dict[str, object] = {
        "title": told(material.title),
        "kind": told(material.kind),
        "facts": {told(name): told(text) for name, text in material.facts.items()},
        "question": told(material.question),
        "needs": [told(each) for each in material.needs],
        "asked": [told(each) for each in material.asked],
        "about": [local for each in material.about if (local := sent.local(each)) is not None],
        "most": most,
    }
    return {**values, "nonce": nonce(as_data(values))}


def own_words(sent: SentLine, calling: Calling, start: int, end: int) -> str:
    """What stands in the line itself where its sent text has `start` to `end`."""
    text = clean(sent.line.text)
    pieces = calling.pieces(text)
    ends, at = [], 0
    for piece in pieces:
        ends.append((at, at + len(piece.sent), piece))
        at += len(piece.sent)
    first = last = None
    for begins, stops, piece in ends:
        same = piece.sent == text[piece.start : piece.end]
        if first is None and start < stops:
            first = piece.start + (start - begins if same else 0)
        if end <= stops and begins < end:
            last = piece.start + (end - begins) if same else piece.end
            break
    if first is None:
        return ""
    return text[first : len(text) if last is None else last]
