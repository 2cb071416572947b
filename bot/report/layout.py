"""What is a kind of document? Its sections in order, each with the parts that it is made of: a TOML file, read here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.interview.fields import FIELDS

#: What a part can show, each with what the word after it may be.
SHOWS = frozenset(
    {
        # a section of the script as it reads, with what people edited; `of` names it by its id or by what it is made of
        "section",
        # the timeline in one table, its picture, one phase of it (`of`), or where it contradicts itself
        "timeline", "picture", "phase", "contradictions",
        # what happened, why, what was done and what is done so that it stays away; durations and figures
        "four", "stats", "severity", "facts",
        # for who is not of the trade: what is known in short statements, or the executive summary that somebody
        # accepted in their place; who was affected (`of`); what is still to come
        "brief", "affected", "coming",
        # the cause, the factors, those of one group (`of`), what stands below them, all of it as a chain
        "cause", "hypothesis", "mitigation", "factors", "group", "systemic", "chain",
        # fields by their names, what people said to questions, sorted by its words
        "fields", "answers", "sorted",
        # what is done: in short, in full, within a time (`of`)
        "commitments", "items", "horizon",
        # queries to run, what was told to whom, links
        "queries", "updates", "references",
        # what other parts of the bot fill in
        "similar", "sharing", "shares", "approvals",
    }
)  # fmt: skip
_KEYS_OF_SECTION = frozenset({"id", "heading", "front", "part", "absent", "if_any", "script", "rest", "note"})
_KEYS_OF_PART = frozenset({"show", "of", "label", "fields", "most", "but", "fold", "once"})
_KEYS = frozenset({"id", "title", "about", "glance", "contents", "section", "footer"})


class LayoutError(ValueError):
    """The layout cannot be used; `faults` lists every reason in words."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a section shows, under `label` where it has one."""

    show: str
    #: Which section, phase, group, time or questions; what it means is said by `show`.
    of: tuple[str, ...] = ()
    label: str = ""
    #: The names of fields that it shows; `*` at the end of one stands for a whole group.
    fields: tuple[str, ...] = ()
    #: How many of them at most; 0: all.
    most: int = 0
    #: What of it is left out, as it is told elsewhere.
    but: tuple[str, ...] = ()
    #: Whether a page may fold what stands under its labels; on paper, and in text, it is open.
    fold: bool = False
    #: Whether what the sections above it say already, in the same words of the same message, is left out.
    once: bool = False


@dataclass(frozen=True, slots=True)
class LaidSection:
    """One section of a kind of document."""

    id: str
    heading: str
    parts: tuple[Part, ...] = ()
    #: Whether it stands before the contents.
    front: bool = False
    #: The one line that stands where nothing of it is known.
    absent: str = ""
    #: Left out where nothing of it is known.
    if_any: bool = False
    #: A sentence of our own under its heading.
    note: str = ""
    #: The script's sections that no other part shows stand here, each as a section of its own.
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of document: `report`, `full`, `executive` …"""

    id: str
    title: str
    sections: tuple[LaidSection, ...]
    #: What it is for, in a few words.
    about: str = ""
    #: Whether the few facts stand above it, and the list of sections after its first page.
    glance: bool = True
    contents: bool = True
    #: Whether it ends with who wrote it and what was read in full, or in one line.
    footer: bool = True

    def shows(self, part: str) -> bool:
        """Whether it has such a part anywhere."""
        return any(each.show == part for section in self.sections for each in section.parts)


def parse_layout(text: str) -> Layout:
    """The layout that a TOML text says; LayoutError with every fault of it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise LayoutError([f"it is no TOML: {err}"]) from err
    faults = [f"`{key}` means nothing here" for key in sorted(set(data) - _KEYS)]
    faults += [f"`{key}` is missing" for key in ("id", "title", "section") if not data.get(key)]
    sections = []
    for number, table in enumerate(data.get("section") or (), 1):
        sections.append(_section(table, number, faults))
    ids = [s.id for s in sections if not s.rest]
    faults += [f"two sections are called `{each}`" for each in sorted({i for i in ids if ids.count(i) > 1})]
    if faults:
        raise LayoutError(faults)
    return Layout(
        str(data["id"]),
        str(data["title"]),
        tuple(sections),
        str(data.get("about", "")),
        bool(data.get("glance", True)),
        bool(data.get("contents", True)),
        bool(data.get("footer", True)),
    )


def _section(table: Mapping[str, Any], number: int, faults: list[str]) -> LaidSection:
    name = str(table.get("id") or table.get("script") or ("rest" if table.get("rest") else ""))
    where = f"section {number}" + (f" ({name})" if name else "")
    faults += [f"{where}: `{key}` means nothing here" for key in sorted(set(table) - _KEYS_OF_SECTION)]
    parts = tuple(_part(each, where, faults) for each in table.get("part") or ())
    if script := str(table.get("script", "")):
        parts = (Part("section", (script,)), *parts)
    elif not table.get("rest") and not table.get("heading"):
        faults.append(f"{where}: `heading` is missing")
    if not name:
        faults.append(f"{where}: `id` is missing")
    if not parts and not table.get("rest"):
        faults.append(f"{where}: it has no `part`")
    return LaidSection(
        name,
        str(table.get("heading", "")),
        parts,
        bool(table.get("front", False)),
        str(table.get("absent", "")),
        bool(table.get("if_any", False)),
        str(table.get("note", "")),
        bool(table.get("rest", False)),
    )


def _part(table: Mapping[str, Any], where: str, faults: list[str]) -> Part:
    faults += [f"{where}: `{key}` means nothing in a part" for key in sorted(set(table) - _KEYS_OF_PART)]
    show = str(table.get("show", ""))
    if show not in SHOWS:
        faults.append(f"{where}: nothing shows `{show}`; it is one of {', '.join(sorted(SHOWS))}")
    named = tuple(str(each) for each in table.get("fields") or ())
    for each in named:
        if not _fields(each):
            faults.append(f"{where}: there is no field `{each}`")
    of = table.get("of") or ()
    return Part(
        show,
        (of,) if isinstance(of, str) else tuple(str(each) for each in of),
        str(table.get("label", "")),
        tuple(name for each in named for name in _fields(each)),
        int(table.get("most", 0)),
        tuple(str(each) for each in table.get("but") or ()),
        bool(table.get("fold", False)),
        bool(table.get("once", False)),
    )


def _fields(name: str) -> tuple[str, ...]:
    if name.endswith("*"):
        return tuple(each for each in FIELDS if each.startswith(name[:-1]))
    return (name,) if name in FIELDS else ()
