"""Which terms of a text are worth looking for? The same for a text that is kept and for one that is searched with.

A term is a stem in a-z and 0-9 only, whatever was typed: no text can mean anything to a database's query language.
Other letters are spelled in hexadecimal; scripts that put no spaces between words are taken in pairs of signs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.past.stem import stem
from bot.patterns import exact_pattern

#: Characters of a text that are looked at, and terms that are kept of it.
LONGEST_TEXT = 40_000
MOST_TERMS = 2_000
#: A term has at least and at most so many characters before it is spelled; longer ones are ids that nobody types twice.
SHORTEST, LONGEST = 2, 32
#: What has no break for so long is no word, but in a script without spaces.
LONGEST_TOKEN = 2_000

_LABELLED = exact_pattern(r"<[^<>|\s]*\|([^<>|]*)>")
#: What is no word: addresses, mentions, emoji, times and dates, what stands for a masked secret.
_NO_WORDS = exact_pattern(
    r"https?://\S+|<[^<>\s]*>|[\w.+-]+@[\w-]+\.\w[\w.]*|:[a-z0-9_+-]+:|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{4}-\d\d-\d\d\S*"
    r"|\[secret: [^\[\]]{0,40}\]"
)
_TOKEN = exact_pattern(r"[\pL\pN\pM]+(?:[-_.'/][\pL\pN\pM]+)*")
_PIECE = exact_pattern(r"\p{Lu}+(?:[^\p{Lu}\P{L}]\p{M}*)+|\p{Lu}+|[^\p{Lu}\P{L}]+(?:\p{M}+[^\p{Lu}\P{L}]*)*|\pN+")
_UNSPACED = exact_pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+")
#: Numbers that name something: HTTP's errors. All others count or date something, and are different each time.
_CODE = exact_pattern(r"[45]\d\d")

#: Words that say nothing about what happened.
_NOTHING = """
    a about above after again against all also am an and any anyone anything are aren around as at back be became
    because been before began being below between both but by came can cannot come could couldn d day days did didn do
    does doesn doing don done down due during each either else even every everyone everything few first for from
    further get getting gets go going good got had hadn has hasn have haven having he her here hers him his hour hours
    how however i if in into is isn it its itself just keep know last later least less let like ll long look looked
    looking looks lot m made make many may maybe me might min mins minute minutes month months more most much must my
    need needed needs never new next no nobody none nor not nothing now of off ok okay old on once one only onto or
    other others our out over own per put quite re really s said same saw say see seem seemed seen several she should
    shouldn since so some somebody someone something soon still such t take taken than thanks that the their them then
    there these they thing things think this those though three through till time times to today together told
    tomorrow too took two under until up us use used using utc ve very via want was wasn we week weeks well went were
    weren what when where whether which while who whole whom whose why will with within without won would wouldn year
    years yes yesterday yet you your
"""
STOP = frozenset(_NOTHING.split())


def words(text: str) -> Iterator[tuple[str, str]]:
    """The terms of a text in its order, each with the word as it was written; a term comes as often as it stands."""
    text = text[:LONGEST_TEXT].replace("’", "'").encode("utf-8", "ignore").decode("utf-8")
    text = _NO_WORDS.sub(" ", _LABELLED.sub(r" \1 ", text))
    for found in _TOKEN.finditer(text):
        yield from _of_token(found.group() or "")


@lru_cache(maxsize=65536)
def _of_token(token: str) -> tuple[tuple[str, str], ...]:
    pieces = [piece.group() or "" for piece in _PIECE.finditer(token)] if len(token) <= LONGEST_TOKEN else []
    if len(pieces) == 1 and pieces[0] == token:
        return tuple(_terms(token))
    told: list[tuple[str, str]] = []
    joined = "".join(each for each in token if each.isalnum())
    # "checkout-api" is one name beside its two words; "can't" and "10.5" are none.
    if len(pieces) > 1 and "'" not in token and any(each.isalpha() for each in joined) and len(joined) <= LONGEST:
        told.append((stem(_spelled(joined)), token))
    return (*told, *(pair for piece in pieces for pair in _terms(piece)))


def _terms(word: str) -> Iterator[tuple[str, str]]:
    if _UNSPACED.search(word):
        pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
        yield from ((_spelled(pair), pair) for pair in pairs)
        return
    if word.isdigit():
        if word.isascii() and _CODE.fullmatch(word):
            yield word, word
        return
    term = _spelled(word)
    if SHORTEST <= len(word) <= LONGEST and term and word.lower() not in STOP and term not in STOP:
        yield stem(term), word


def _spelled(word: str) -> str:
    """In a-z and 0-9: without accents, and letters of other scripts in hexadecimal."""
    folded = "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each))
    if folded.isascii():
        return "".join(each for each in folded if each.isalnum())
    return "x" + folded.encode("utf-8", "ignore").hex()


def terms(text: str) -> tuple[str, ...]:
    """The different terms of a text, in the order in which they first stand there."""
    return tuple(spelling(text))


def spelling(text: str) -> dict[str, str]:
    """The different terms of a text, each with the way in which it is first written."""
    found: dict[str, str] = {}
    for term, word in words(text):
        if term not in found:
            if len(found) == MOST_TERMS:
                break
            found[term] = word
    return found
