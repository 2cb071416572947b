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

from bot.claude.jsonlines import as_data
from bot.interview.thoughts import Line, Material
from bot.patterns import Pattern, exact_pattern
from bot.redaction.deceptive import visible
from bot.redaction.masking import mask

#: Bytes of UTF-8 to one token; measured on English chat, and too many tokens rather than too few for other text.
BYTES_PER_TOKEN = 2.9
#: One line is at most this long, in characters; what is cut off is said in the line.
LONGEST = 4_000
#: What stands in a shared, cached element before it is divided, in bytes; a provider looks back over few blocks.
BLOCK = 200_000
_PREFIX = {"message": "m", "answer": "a", "entry": "e", "section": "s", "item": "i", "incident": "p"}
_MENTION = exact_pattern(r"<@([UWB][A-Z0-9]{1,30})(?:\|([^<>\n]{0,80}))?>")
_OTHER = exact_pattern(r"<(?:#|!subteam\^)[A-Z0-9]{2,30}(?:\|([^<>\n]{0,80}))?>")
_USER = exact_pattern(r"\b[UWB][A-Z0-9]{7,30}\b")
#: A first name of fewer letters is as likely a word.
_SHORTEST_NAME = 3


def tokens_in(text: str) -> int:
    """An estimate of how many tokens a text is, from above for English."""
    return int(len(text.encode("utf-8", "ignore")) / BYTES_PER_TOKEN) + 1


def clean(text: str) -> str:
    """A text without secrets and without what the eye cannot see; what of it may leave."""
    return visible(mask(text).text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sent text and where it stands in the clean one."""

    sent: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Calling:
    """How people are called in what leaves: P1 … Pn, in the order in which they come, or by name."""

    numbers: Mapping[str, str]
    names: Mapping[str, str]
    #: Whole and first names that were given, with the user who has them.
    typed: Mapping[str, str]
    by_name: bool
    _pattern: Pattern | None

    def of(self, user: str | None) -> str:
        if not user:
            return ""
        return (self.names.get(user) or "somebody") if self.by_name else self.numbers.get(user, "somebody")

    def user(self, called: str) -> str | None:
        """Who is called so in what was sent."""
        table = self.names if self.by_name else self.numbers
        return next((user for user, name in table.items() if name == called), None)

    def pieces(self, text: str) -> list[Piece]:
        """A clean text in pieces: people replaced, all else as it is."""
        places: list[tuple[int, int, str]] = []
        for found in _MENTION.finditer(text):
            user = found.group(1) or ""
            said = self.of(user) if user in self.numbers or user in self.names else (found.group(2) or "somebody")
            places.append((found.start(), found.end(), said))
        if self._pattern is not None and not self.by_name:
            places += [
                (found.start(), found.end(), self.of(self.typed.get(found.group() or "")))
                for found in self._pattern.finditer(text)
                if _alone(text, found.start(), found.end())
            ]
        for found in _OTHER.finditer(text):
            places.append((found.start(), found.end(), (found.group(1) or "a place in Slack").lstrip("#@")))
        for found in _USER.finditer(text):
            # An id has digits; a word in capitals has none.
            if any(each.isdigit() for each in found.group() or ""):
                places.append((found.start(), found.end(), self.numbers.get(found.group() or "", "somebody")))
        pieces, at = [], 0
        for start, end, said in sorted(places, key=lambda place: (place[0], -place[1])):
            if start < at:
                continue
            pieces += [Piece(text[at:start], at, start), Piece(said, start, end)]
            at = end
        return [*pieces, Piece(text[at:], at, len(text))]

    def told(self, text: str) -> str:
        """A text as it leaves."""
        return "".join(piece.sent for piece in self.pieces(clean(text)))


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line under its local id; `text` is what was sent of it."""

    local: str
    line: Line
    text: str
    by: str
    role: str

    def json(self) -> str:
        told: dict[str, str] = {"id": self.local}
        if self.line.at is not None:
            told["at"] = stamp(self.line.at)
        if self.by:
            told["by"] = self.by
        if self.role:
            told["role"] = self.role
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


def calling_of(material: Material, lines: Sequence[Line], *, by_name: bool) -> Calling:
    """Numbers for all people of the material, by their first appearance in its ordered lines."""
    numbers: dict[str, str] = {}

    def seen(user: str | None) -> None:
        if user and user not in numbers:
            numbers[user] = f"P{len(numbers) + 1}"

    for line in lines:
        seen(line.user)
        if "<@" in line.text:
            for found in _MENTION.finditer(line.text):
                seen(found.group(1))
    for user in sorted(material.people):
        seen(user)
    typed: dict[str, str] = {}
    firsts: dict[str, set[str]] = {}
    for user, name in material.people.items():
        whole = " ".join(clean(name).split())
        if len(whole) >= _SHORTEST_NAME:
            typed[whole] = user
            firsts.setdefault(whole.split()[0], set()).add(user)
    for first, users in firsts.items():
        if len(users) == 1 and len(first) >= _SHORTEST_NAME and first not in typed and first[0].isupper():
            typed[first] = next(iter(users))
    longest_first = sorted(typed, key=len, reverse=True)
    words = "|".join(_escaped(each) for each in longest_first)
    names = {user: " ".join(clean(name).split()) for user, name in material.people.items()}
    return Calling(numbers, names, typed, by_name, exact_pattern(words) if words else None)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` is a word of its own."""
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def _escaped(name: str) -> str:
    return "".join(each if each.isalnum() or each == " " else f"\\x{{{ord(each):x}}}" for each in name)


def outgoing(
    material: Material, *, by_name: bool, nonce: Callable[[str], str], keep: frozenset[str] | None = None
) -> Outgoing:
    """What is sent of `material`; `keep` are the local ids to which messages are limited, None all of them."""
    lines = ordered(material.lines)
    calling = calling_of(material, lines, by_name=by_name)
    sent = {
        local: sent_line(local, line, calling)
        for local, line in with_ids(lines)
        if keep is None or local in keep or line.kind != "message"
    }
    messages = [each.json() for each in sent.values() if each.line.kind == "message"]
    others = [each.json() for each in sent.values() if each.line.kind != "message"]
    total = sum(line.kind == "message" for line in lines)
    shown = "" if len(messages) == total else f"{len(messages)} of {total} messages are shown; the others are not here."
    blocks = [element("record", block, nonce) for block in _blocks([shown, *messages] if shown else messages)]
    notes = element("notes", "\n".join(others), nonce) if others else ""
    return Outgoing(sent, calling, tuple(blocks), notes, len(lines) - len(sent))


def sent_line(local: str, line: Line, calling: Calling) -> SentLine:
    text = calling.told(line.text)
    if len(text) > LONGEST:
        text = text[:LONGEST] + f" … ({len(text) - LONGEST} characters more)"
    return SentLine(local, line, text, calling.of(line.user), "" if line.user is None else calling.told(line.who))


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
