"""How are people's words quoted in one line? Without what only a machine reads, and cut where a sentence ends."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: A quote is shortened to this many characters in a wording; the whole stands in the thread.
QUOTE_LENGTH = 140
#: A cut at the end of a sentence leaves at least this many characters, else it is made at a word.
SHORTEST = 30
#: The last sign of writing that sets blanks between words; what comes after is Chinese, Japanese or Korean.
_LAST_WITH_BLANKS = 0x2E7F
_SAYS_NOTHING = frozenset({"the", "an", "some", "our", "min", "mins", "minutes", "hour", "hours", "percent"})
_AFTER = ".,:;!?"
#: What people say before they name what they found, up to a mark; it names nothing.
_FOUND = frozenset(
    {"found it", "got it", "that's it", "found the cause", "found the root cause", "found the problem",
     "found the issue", "found the culprit"}
)  # fmt: skip
_NAMES = _FOUND | {"cause", "the cause", "root cause", "the root cause", "culprit", "the culprit"}
_BEFORE_IT = frozenset({"ok", "okay", "ah", "aha", "so", "and", "yes", "yep", "right", "confirmed", "update", "well"})
#: A lead is no longer than this.
_LONGEST_LEAD = 40
#: What was found is told in no fewer words, else they stay with their lead.
_FEWEST = 3
_LINK = ("https://", "http://")


def gist(text: str) -> str:
    """The text on one line, its lines set apart by strokes: no emphasis, no emoji codes, of a bare link only its host.

    A link's address in brackets after its words is left out. Text that is nothing but emoji stays.
    """
    lines = (_line(line) for line in text.splitlines())
    return " / ".join(filter(None, lines)) or " ".join(text.split())


def shorten(text: str, length: int = QUOTE_LENGTH) -> str:
    """The gist in at most `length` characters, without its lead, fit to stand between quotation marks in a sentence.

    Ends with a whole sentence where that leaves enough, else with an ellipsis after a whole word.
    """
    return _cut(what_was_found(gist(text)), length)


def quoted_forms(text: str) -> tuple[str, ...]:
    """The ways in which a question may repeat `text`, the longest first: whole, or cut with or without its lead."""
    return tuple(sorted({text, _cut(gist(text), QUOTE_LENGTH), shorten(text)} - {""}, key=len, reverse=True))


def _cut(line: str, length: int) -> str:
    if len(line) <= length:
        return line if line.endswith("...") else line.removesuffix(".")
    kept = line[: length - 1]
    ends = max(kept.rfind(f"{mark} ") for mark in ".!?")
    if ends >= SHORTEST:
        return kept[: ends + 1].removesuffix(".")
    return kept.rsplit(" ", 1)[0].rstrip(_AFTER + "-–/ ") + "…"


def what_was_found(text: str) -> str:
    """What was found without the words that only say that it was: of "ok, found it: the disk is full" the disk."""
    places = (text.find(mark) for mark in (":", "–", "—", " - ", ",", ".", "!"))
    for place in sorted(each for each in places if 0 <= each <= _LONGEST_LEAD):
        # Only before a colon is what names the cause a lead: "the cause – we think – is the pool".
        leads = _NAMES if text[place] == ":" else _FOUND
        said = text[:place].casefold().replace("’", "'").replace(",", " ").split()
        while said and said[0].strip(".!:") in _BEFORE_IT:
            said = said[1:]
        rest = text[place + 1 :].lstrip(" -–—:,.!\n")
        if " ".join(said) in leads and not _too_short(rest):
            return what_was_found(rest)
    return text


def _too_short(rest: str) -> bool:
    """Whether what follows a lead is no finding of its own: "found it, thanks"."""
    return len(rest.split()) < _FEWEST and not _without_blanks(rest)


def _without_blanks(text: str) -> bool:
    return not text.isascii() and ord(max(text)) > _LAST_WITH_BLANKS


@lru_cache(maxsize=512)
def is_bare(text: str) -> bool:
    """Whether a text is no more than one word or figure ("money", "20 min"): nothing that a question can build on.

    Scripts that set no blanks between words are not counted in words.
    """
    if _without_blanks(text):
        return False
    words = ("".join(filter(str.isalpha, word)) for word in gist(text).casefold().split())
    return sum(len(word) > 1 and word not in _SAYS_NOTHING for word in words) < 2


@lru_cache(maxsize=512)
def _line(text: str) -> str:
    words = text.split()
    # A bare link after a finished sentence is a reference, and not a part of what was said.
    while len(words) > 1 and words[-1].startswith(_LINK) and words[-2].endswith((".", "!", "?")):
        words.pop()
    told = ""
    for each in words:
        if each.isalnum():
            told += f" {each}" if told else each
            continue
        word = _word(each)
        # What stood after a link's address belongs to the word before it.
        joint = "" if not told or all(c in _AFTER for c in word) else " "
        told += joint + word
    return told


def _word(word: str) -> str:
    if _is_emoji(word):
        return ""
    if word.startswith(("(https://", "(http://")) and ")" in word:
        return word.rpartition(")")[2].lstrip("*")
    if word.startswith(_LINK):
        return _host(word)
    core = word.rstrip(_AFTER)
    bare = core.strip("*")
    if not bare or not (core.startswith("*") or core.endswith("*")) or "(*" in core:
        return word
    return bare + word[len(core) :]


def _host(address: str) -> str:
    rest = address.partition("//")[2]
    host = rest.partition("/")[0].partition("?")[0]
    return host if "." in host else address


def _is_emoji(word: str) -> bool:
    if len(word) > 2 and word[0] == word[-1] == ":":
        name = word[1:-1]
        return any(c.isalpha() for c in name) and all(c.isalnum() or c in "_+-'" for c in name)
    return all(unicodedata.category(c) in ("So", "Sk") or c in "\ufe0f\u200d" for c in word)
