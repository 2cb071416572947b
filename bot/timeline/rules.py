"""Which of many patterns occur in a text? Looked for together, in one pass for each few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import re2  # type: ignore[import-untyped]

#: What the automaton of one group may grow to, in bytes; real channels needed a small part of it.
_MEMORY = 48 * 1024 * 1024
#: How many patterns share an automaton: fewer passes against fewer states.
_TOGETHER = 8


class Rules:
    """Many named patterns that are looked for together, without regard to case.

    Text is searched byte by byte: `.` is one byte of a character that is not ASCII.
    """

    __slots__ = ("_groups",)

    def __init__(self, patterns: Mapping[str, str]) -> None:
        named = list(patterns.items())
        self._groups = [_Group(named[start : start + _TOGETHER]) for start in range(0, len(named), _TOGETHER)]

    def found(self, text: str) -> frozenset[str]:
        """The names of the patterns that occur in `text`."""
        raw = text.encode("utf-8", "replace")
        return frozenset(name for group in self._groups for name in group.found(raw))


class _Group:
    """Some patterns in one automaton, and each by itself for a text that the automaton cannot hold."""

    __slots__ = ("_alone", "_names", "_set")

    def __init__(self, named: Sequence[tuple[str, str]]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = _MEMORY
        self._names = [name for name, _ in named]
        self._alone = [re2.compile(words.encode(), options) for _, words in named]
        self._set = re2.Set.SearchSet(options)
        for _, words in named:
            self._set.Add(words.encode())
        self._set.Add(b"")  # It occurs in every text: a search without it ran out of memory.
        self._set.Compile()

    def found(self, raw: bytes) -> list[str]:
        places = self._set.Match(raw) or ()
        if len(self._names) not in places:
            places = [place for place, each in enumerate(self._alone) if each.search(raw)]
        return [self._names[place] for place in places if place < len(self._names)]
