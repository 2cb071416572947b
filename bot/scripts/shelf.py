"""Where do scripts come from? From prompts/, with a team's own folder laid over it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.errors import ScriptFault
from bot.interview.script import Script, ScriptError
from bot.interview.script_file import parse_script


class Scripts:
    """The kinds of postmortem that can be started."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        #: The first folder that has a kind wins.
        self._folders = folders

    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({path.stem for folder in self._folders for path in folder.glob("*.toml")}))

    def source(self, kind: str) -> str:
        """The script's text. Raises KeyError for an unknown kind and ScriptFault for an unusable file."""
        if kind not in self.kinds():
            raise KeyError(kind)
        path = next(p for folder in self._folders if (p := folder / f"{kind}.toml").is_file())
        source = path.read_text(encoding="utf-8")
        try:
            script_of(source)
        except ScriptError as err:
            raise ScriptFault(path, tuple(err.faults)) from err
        return source

    def words(self) -> dict[str, tuple[str, ...]]:
        """By kind, the words of a channel that suggest it; a script that can't be used suggests nothing."""
        found: dict[str, tuple[str, ...]] = {}
        for kind in self.kinds():
            try:
                found[kind] = script_of(self.source(kind)).words
            except ScriptFault:
                continue
        return found


@lru_cache(maxsize=64)
def script_of(source: str) -> Script:
    """The script that a text says; the same text is read once."""
    return parse_script(source)
