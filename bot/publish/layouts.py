"""Which kinds of document are there? Those of templates/documents, with a team's own laid over them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from bot.errors import LayoutFault
from bot.interview.script import Script
from bot.places import laid_over
from bot.report.layout import Layout, LayoutError, parse_layout
from bot.report.queries import QueriesError, Query, parse_queries

#: The kind that is written when a kind of postmortem has none of its own name.
USUAL = "report"
FOLDER = "documents/"
QUERIES = "queries"


class Layouts:
    """The kinds of document; each file is read once. Raises LayoutFault for a file that cannot be used."""

    def __init__(self, templates_dir: Path, overlay: Path | None = None) -> None:
        found = laid_over(templates_dir, overlay, ".toml")
        self._paths = {
            name.removeprefix(FOLDER).removesuffix(".toml"): path
            for name, path in found.items()
            if name.startswith(FOLDER) and "/" not in name.removeprefix(FOLDER)
        }
        self._known: dict[str, Layout] = {}

    def kinds(self) -> tuple[str, ...]:
        """The kinds, the usual one first and the longest second."""
        names = sorted(set(self._paths) - {QUERIES}, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))
        return tuple(names)

    def get(self, kind: str) -> Layout:
        """The layout of a kind. Raises KeyError when there is none."""
        if kind not in self._known:
            if kind not in self.kinds():
                raise KeyError(kind)
            path = self._paths[kind]
            try:
                self._known[kind] = parse_layout(_text(path))
            except LayoutError as err:
                raise LayoutFault(path, "; ".join(err.faults)) from err
        return self._known[kind]

    def of(self, script: Script) -> str:
        """The kind of document that a kind of postmortem is written in: the one of its name, else the usual one."""
        return script.id if script.id in self.kinds() else USUAL

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """The queries of the full report; none where the file is gone."""
        path = self._paths.get(QUERIES)
        if path is None:
            return ()
        try:
            return parse_queries(_text(path))
        except QueriesError as err:
            raise LayoutFault(path, str(err)) from err

    def load(self, name: str) -> None:
        """Reads one of the files, by its name without an ending."""
        if name == QUERIES:
            _ = self.queries
        else:
            self.get(name)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self._paths))


_ORDER = {name: number for number, name in enumerate((USUAL, "full", "executive", "ml", "llm"))}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise LayoutFault(path, f"it cannot be read as UTF-8 text ({type(err).__name__})") from err
