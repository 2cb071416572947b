"""Which document does somebody want, and in which formats? Read from the words after `export`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """How a document can be taken along."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"


#: What is sent where nobody says a format.
USUAL = (Format.MARKDOWN, Format.HTML)
#: How they read in a form, the usual ones first.
FORMATS = (
    ("md", "Markdown (.md)"),
    ("html", "One web page (.html)"),
    ("pdf", "PDF"),
    ("json", "JSON, for programs"),
)
_FORMATS = frozenset(each.value for each in Format)
_ALSO = {"markdown": Format.MARKDOWN, "htm": Format.HTML}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of document, empty for that of the postmortem, and its formats."""

    kind: str = ""
    formats: tuple[Format, ...] = USUAL


def wanted(words: Sequence[str], kinds: Sequence[str]) -> Wanted | None:
    """What the words ask for: at most one kind and any formats, in any order; None where one of them is neither."""
    kind = ""
    formats: list[Format] = []
    for word in (word.lower().strip(".,") for word in words):
        if word in kinds and not kind:
            kind = word
        elif word in _ALSO or word in _FORMATS:
            formats.append(_ALSO.get(word) or Format(word))
        else:
            return None
    return Wanted(kind, tuple(dict.fromkeys(formats)) or USUAL)


def not_wanted(words: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """The words that name neither a kind nor a format; where all of them do, the kinds, of which there are too many."""
    named = [(word, word.lower().strip(".,")) for word in words]
    unknown = tuple(word for word, name in named if name not in kinds and name not in _ALSO and name not in _FORMATS)
    return unknown or tuple(word for word, name in named if name in kinds)


_NAMES = {Format.MARKDOWN: "Markdown", Format.HTML: "HTML", Format.JSON: "JSON", Format.PDF: "PDF"}


def formats_listed(asked: Wanted) -> str:
    """The formats as a sentence names them."""
    names = [_NAMES[each] for each in asked.formats]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
