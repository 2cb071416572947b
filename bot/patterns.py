"""How are words looked for in text that anybody may have written?

Every search runs in time linear in the text (RE2): no wording can make reading slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, cast

import re2  # type: ignore[import-untyped]

#: RE2 knows only ASCII's letters; to it, whole answers in other scripts would be nothing but marks.
_NO_LETTER = r"[^\p{L}\p{N}_]"
#: What one pattern's automaton may grow to, in bytes.
_MEMORY = 64 << 20


class Found(Protocol):
    """One place in a text where a pattern matched."""

    def group(self, group: int | str = 0, /) -> str | None: ...

    def groupdict(self) -> dict[str, str | None]: ...

    def start(self, group: int = 0, /) -> int: ...

    def end(self, group: int = 0, /) -> int: ...


class Pattern(Protocol):
    """A compiled pattern."""

    def search(self, text: str, /) -> Found | None: ...

    def match(self, text: str, /) -> Found | None: ...

    def fullmatch(self, text: str, /) -> Found | None: ...

    def finditer(self, text: str, /) -> Iterator[Found]: ...

    def sub(self, repl: str | Callable[[Found], str], text: str, /) -> str: ...

    def split(self, text: str, /) -> list[str]: ...


def pattern(words: str) -> Pattern:
    """The pattern, without regard to case; compiled when it is looked for first."""
    return cast(Pattern, _AtFirstUse(words, case_sensitive=False))


def exact_pattern(words: str) -> Pattern:
    """The pattern, with regard to case; compiled when it is looked for first."""
    return cast(Pattern, _AtFirstUse(words, case_sensitive=True))


class _AtFirstUse:
    """A pattern that is not compiled yet; from the first use on, its methods are those of the compiled one.

    There are hundreds, and to compile them all would be a good part of every start.
    """

    __slots__ = ("_case_sensitive", "_words", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, words: str, *, case_sensitive: bool) -> None:
        self._words = words
        self._case_sensitive = case_sensitive

    def __getattr__(self, name: str) -> Any:
        # Comes here only for what has no value yet. Two threads may both compile it, and get the same.
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = _compiled(self._words, case_sensitive=self._case_sensitive)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


_METHODS = ("finditer", "fullmatch", "match", "search", "split", "sub")


#: "not" as it ends a word of two, and as it is typed in a hurry: "didn't", "didnt". It holds no letter before itself.
NOT_JOINED = r"(?:n[']t|\b(?:did|does|do|was|were|is|are|has|have|had|ca|could|would|should|wo)nt)"


def _compiled(words: str, *, case_sensitive: bool) -> Pattern:
    options = re2.Options()
    options.case_sensitive = case_sensitive
    options.max_mem = _MEMORY
    # "didn't" also finds "didnt", and "without" also "w/o".
    typed = words.replace(r"\W", _NO_LETTER).replace("n't", "n'?t").replace("without", "(?:without|w/o)")
    return cast(Pattern, re2.compile(typed, options))


def plain(text: str) -> str:
    """`text` with straight apostrophes and ordinary spaces, of the same length, so that places stay the same."""
    return text.translate(_PLAIN)


_PLAIN = {
    ord(odd): usual for odd, usual in (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "))
}
