"""What does a page hold, as the HTML standard reads it? A page with any error in its syntax is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import html5lib
from html5lib.constants import E


class Page:
    """A page or a piece of one, read by html5lib: its elements with their attributes, and the visible text."""

    def __init__(self, source: str) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        whole = source.lstrip().lower().startswith("<!doctype")
        tree = parser.parse(source) if whole else parser.parseFragment(source)
        assert [f"{line}:{column} {E[code] % told}" for (line, column), code, told in parser.errors] == []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = "".join(self._read(tree, whole))

    def _read(self, element: Any, counts: bool) -> Iterator[str]:
        """The text of an element and below; what stands for a comment has no name."""
        named = isinstance(element.tag, str)
        tag = element.tag.rpartition("}")[2] if named else ""
        if named and counts:
            self.elements.append((tag, dict(element.attrib)))
        if tag == "br":
            yield "\n"
        if named and tag != "style":
            yield element.text or ""
        for below in element:
            yield from self._read(below, True)
            yield below.tail or ""
