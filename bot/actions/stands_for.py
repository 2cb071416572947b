"""What does "it" stand for in "I'll update it by tomorrow": the sentence before, or what somebody else said?"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.sentences import sentences

#: A promise of a few words whose thing is only pointed at.
_POINTS = pattern(
    r"\b(?:i(?:'|’)ll|i will|i can|i|will|let me|going to|gonna"
    r"|(?:someone|somebody|we) (?:has to|have to|should|must|need(?:s)? to|ought to|will)) (?:also |then "
    r"|just )?[\p{L}]+(?: up| in| on| off| out"
    r"| to)? (?:it|that|this|them|these|those|one)\b"
)
#: What asks for something is likelier meant than what is only told beside it.
_ASKS = pattern(r"\?|\b(?:can|could|will|would) (?:you|we|i)\b|\b(?:should|must|needs? to|please|pls|let's|have to)\b")
_WORDS = 14
#: A longer sentence says more than what is pointed at.
_LONGEST = 160


def points(words: str) -> bool:
    """Whether a promise only points at its thing."""
    return _POINTS.search(plain(words)) is not None


def what_it_stands_for(words: str, text: str, before: str) -> str | None:
    """The sentence of `text` before these `words`, else the last of what was said `before`; None where not needed."""
    if not points(words) or len(words.split()) > _WORDS:
        return None
    place = text.find(words.strip(" .,;!?")[:40])
    own = sentences(text[:place]) if place > 0 else ()
    others = sorted(reversed(sentences(before)), key=lambda each: _ASKS.search(plain(each)) is None)
    for told in (*reversed(own), *others):
        told = told.strip(" .,;:!?")
        if len(told.split()) > 2 and len(told) <= _LONGEST:
            return told
    return None
