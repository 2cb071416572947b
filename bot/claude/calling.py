"""How are people called in what leaves: by numbers of their own, P1 … Pn, or by name? And who is meant by one?

Pure. A severity may be called P1 as well, so the numbers of people begin above every such word in the material. Where a
name could be that of two people, nobody is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.claude.spoken import PERSON, within_sentence
from bot.interview.thoughts import Line, Material
from bot.patterns import Pattern, exact_pattern, pattern
from bot.redaction.deceptive import visible
from bot.redaction.masking import mask

#: Who is meant by what could mean two people.
SOMEBODY = "somebody"
MENTION = exact_pattern(r"<@([UWB][A-Z0-9]{1,30})(?:\|([^<>\n]{0,80}))?>")
_OTHER = exact_pattern(r"<(?:#|!subteam\^)[A-Z0-9]{2,30}(?:\|([^<>\n]{0,80}))?>")
_USER = exact_pattern(r"\b[UWB][A-Z0-9]{7,30}\b")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: A last name of fewer letters is as likely a word.
_SHORTEST_LAST = 4
#: Names that are words as well, which a sentence may begin with; also all of two letters.
_WORDS_TOO_AS_ONE = (
    "will mark may grace bill rob art drew chase hope faith joy dawn june april august summer rose ivy iris "
    "violet ray rich guy max gene grant jack pat sky page wade miles frank sue don dale clay lane heath olive "
    "pearl ruby amber jade crystal melody christian penny sandy skip rusty buddy trip dash ace chance king prince "
    "major norm cliff mason hunter fisher cooper carter parker porter walker taylor archer chip dot nick bud jet "
    "kit read reed banks bond brook brooks burns cash cook cross day field fields flowers ford fox green gray "
    "grey brown white black young long short small large best good stone snow rain winter wood woods hill hall "
    "house park parks price power powers rice root sharp shields singer smith speed steel street strong sweet "
    "swift wall waters weeks wells wise wolf worth bell berry bird case chen code data ben ken dan sam tim jay "
    "lee van von per ali dev sage merge node test admin support ops "
)
_WORDS_TOO = frozenset(_WORDS_TOO_AS_ONE.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sent text and where it stands in the clean one."""

    sent: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A name as people type it: whose it is (None: of several), and whether it is a word as well."""

    user: str | None
    name: str
    word_too: bool


def clean(text: str) -> str:
    """A text without secrets and without what the eye cannot see; what of it may leave."""
    return visible(mask(text).text)


@dataclass(frozen=True, slots=True)
class Calling:
    """Who is called what in the whole of one material."""

    numbers: Mapping[str, str]
    names: Mapping[str, str]
    by_name: bool
    typed: Mapping[str, Typed] = field(default_factory=dict)
    pattern: Pattern | None = None

    def of(self, user: str | None) -> str:
        """How a Slack user is called; empty for nobody."""
        if not user:
            return ""
        return (self.names.get(user) or SOMEBODY) if self.by_name else self.numbers.get(user, SOMEBODY)

    def user(self, called: str) -> str | None:
        """Who is called so in what was sent; None where it is nobody, or could be several."""
        table = self.names if self.by_name else self.numbers
        found = [user for user, name in table.items() if name == called]
        return found[0] if len(found) == 1 else None

    def people(self, text: str) -> frozenset[str]:
        """The numbers in a text that stand for people."""
        given = set(self.numbers.values())
        return frozenset(each for each in PERSON.findall(text) if each in given)

    def pieces(self, text: str) -> list[Piece]:
        """A clean text in pieces: people replaced, all else as it is."""
        places: list[tuple[int, int, str]] = []
        for found in MENTION.finditer(text):
            user = found.group(1) or ""
            known = user in self.numbers or user in self.names
            label = found.group(2) if self.by_name else None
            places.append((found.start(), found.end(), self.of(user) if known else label or SOMEBODY))
        if self.pattern is not None and not self.by_name:
            for found in self.pattern.finditer(text):
                if (said := self._meant(text, found.start(), found.end())) is not None:
                    places.append((found.start(), found.end(), said))
        for found in _OTHER.finditer(text):
            places.append((found.start(), found.end(), (found.group(1) or "a place in Slack").lstrip("#@")))
        for found in _USER.finditer(text):
            # An id has digits; a word in capitals has none.
            if any(each.isdigit() for each in found.group() or ""):
                places.append((found.start(), found.end(), self.numbers.get(found.group() or "", SOMEBODY)))
        pieces, at = [], 0
        for start, end, said in sorted(places, key=lambda place: (place[0], -place[1])):
            if start < at:
                continue
            pieces += [Piece(text[at:start], at, start), Piece(said, start, end)]
            at = end
        return [*pieces, Piece(text[at:], at, len(text))]

    def _meant(self, text: str, start: int, end: int) -> str | None:
        """How the person of a name that somebody typed is called; None where it is a word."""
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            return None
        name = self.typed.get(text[start:end].casefold())
        if name is None or (name.word_too and (text[start:end] != name.name or not within_sentence(text, start))):
            return None
        return self.of(name.user) or SOMEBODY

    def told(self, text: str) -> str:
        """A text as it leaves."""
        return "".join(piece.sent for piece in self.pieces(clean(text)))

    def put_back(self, text: str, line: str) -> str:
        """`text` with the people of a line called as the line itself calls them, which is its author's own word."""
        there: dict[str, list[str]] = {}
        own = clean(line)
        for piece in self.pieces(own):
            if piece.sent != own[piece.start : piece.end]:
                there.setdefault(piece.sent, []).append(own[piece.start : piece.end])

        def back(found: re.Match[str]) -> str:
            words = there.get(found.group(), [found.group()])
            return words.pop(0) if len(words) > 1 else words[0]

        return PERSON.sub(back, text)


def calling_of(material: Material, lines: Sequence[Line], *, by_name: bool) -> Calling:
    """Numbers for all people of the material, by their first appearance in its ordered lines."""
    users: dict[str, None] = {}
    for line in lines:
        if line.user:
            users.setdefault(line.user)
        if "<@" in line.text:
            for found in MENTION.finditer(line.text):
                users.setdefault(found.group(1) or "")
    for user in sorted(material.people):
        users.setdefault(user)
    users.pop("", None)
    first = _first_number(len(users), _texts(material, lines))
    numbers = {user: f"P{first + index}" for index, user in enumerate(users)}
    names = {user: " ".join(clean(name).split()) for user, name in material.people.items()}
    typed = _typed(names)
    longest_first = sorted(typed, key=len, reverse=True)
    words = "|".join(_escaped(each) for each in longest_first)
    return Calling(numbers, names, by_name, typed, pattern(words) if words else None)


def _texts(material: Material, lines: Sequence[Line]) -> Iterable[str]:
    yield from (material.title, material.question, *material.needs, *material.asked, *material.people.values())
    yield from (*material.facts.values(), *material.facts)
    for line in lines:
        yield line.text
        yield line.who


def _first_number(people: int, texts: Iterable[str]) -> int:
    """From where on so many numbers are free of every P1 that somebody wrote."""
    taken = {int(found[1:]) for text in texts if "P" in text for found in PERSON.findall(text)}
    first = 1
    while any(first <= number < first + people for number in taken):
        first = 101 if first == 1 else first + 100
    return first


def _typed(names: Mapping[str, str]) -> dict[str, Typed]:
    """What people type for somebody, in small letters: the whole name, the first one, the last one."""
    found: dict[str, Typed] = {}

    def add(name: str, user: str, word_too: bool) -> None:
        known = found.get(name.casefold())
        whose = user if known is None or known.user == user else None
        found[name.casefold()] = Typed(whose, name, word_too or (known is not None and known.word_too))

    for user, name in names.items():
        words = _LETTERS.findall(_ASIDE.sub(" ", name))
        if len(words) > 1:
            add(name, user, False)
            if name.casefold() != (plain := " ".join(words)).casefold():
                add(plain, user, False)
            if len(words[-1]) >= _SHORTEST_LAST and words[-1][0].isupper():
                add(words[-1], user, words[-1].casefold() in _WORDS_TOO)
        if words and len(words[0]) > 1:
            add(words[0], user, len(words[0]) < 3 or words[0].casefold() in _WORDS_TOO)
    return found


def _escaped(name: str) -> str:
    return "".join(each if each.isalnum() or each == " " else f"\\x{{{ord(each):x}}}" for each in name)
