"""What lies in a Slack export? A zip file or a folder: people, channels, and what was written, day by day."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from bot.cases import Case
from bot.errors import BadExport
from bot.patterns import pattern
from bot.slack.history import record_message
from bot.timeline.mentions import people_mentioned
from bot.timeline.values import RecordMessage, moment_of

#: The most bytes that one file of an export may have, and all files of one channel together, once unpacked.
LARGEST_FILE = 64 << 20
LARGEST_CHANNEL = 1 << 30
#: Names of channels that are listed when the one that was asked for is not there.
LISTED = 10
_DAY = pattern(r"\d{4}-\d{2}-\d{2}\.json")
#: Where an export lists its channels.
_LISTS = ("channels.json", "groups.json")


class Files(Protocol):
    """The files of an export by their names, with `/` between folders. Nothing outside of it is ever read."""

    def names(self) -> tuple[str, ...]: ...

    def read(self, name: str) -> bytes: ...


@dataclass(frozen=True)
class Zipped:
    """The files of a zip file; nothing is unpacked to the disk."""

    path: Path

    def names(self) -> tuple[str, ...]:
        return tuple(each.filename for each in self._archive.infolist() if not each.is_dir())

    def read(self, name: str) -> bytes:
        try:
            # The size that the archive gives for a file may be a lie: what is read counts.
            with self._archive.open(name) as file:
                content = file.read(LARGEST_FILE + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as fault:
            raise BadExport(self.path, f"{name} cannot be unpacked ({type(fault).__name__}).") from fault
        return _small(self.path, name, content)

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        """Opened once: a large export lists so many files that reading the list again for each would take minutes."""
        try:
            return zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, OSError) as fault:
            raise BadExport(self.path, f"it is no zip file ({type(fault).__name__}).") from fault


@dataclass(frozen=True)
class Folder:
    """The files of an unpacked export; links that lead out of it are passed over."""

    path: Path

    def names(self) -> tuple[str, ...]:
        root = self.path.resolve()
        found = (each for each in self.path.rglob("*.json") if each.is_file() and each.resolve().is_relative_to(root))
        return tuple(sorted(each.relative_to(self.path).as_posix() for each in found))

    def read(self, name: str) -> bytes:
        try:
            with (self.path / name).open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as fault:
            raise BadExport(self.path, f"{name} cannot be read ({type(fault).__name__}).") from fault
        return _small(self.path, name, content)


@dataclass(frozen=True)
class Export:
    """An export that was opened; `channels` are the ids by name, empty where the export does not tell them."""

    path: Path
    files: Files
    #: The folder in which it all lies: empty, or ended by a slash.
    top: str
    channels: Mapping[str, str]
    users: Mapping[str, Mapping[str, Any]]

    def messages(self, channel: str) -> tuple[Mapping[str, Any], ...]:
        """Every message of a channel as Slack exported it, in the order of the files. Raises BadExport."""
        if channel not in self.channels:
            listed = ", ".join(sorted(self.channels)[:LISTED]) + (" …" if len(self.channels) > LISTED else "")
            raise BadExport(self.path, f"it holds no channel {channel}, but {listed or 'none at all'}.")
        days = [name for name in self.files.names() if self._is_day(name, channel)]
        found: list[Mapping[str, Any]] = []
        size = 0
        for name in sorted(days):
            content = self.files.read(name)
            size += len(content)
            if size > LARGEST_CHANNEL:
                raise BadExport(self.path, f"the channel {channel} is larger than {LARGEST_CHANNEL >> 20} MB.")
            told = _parsed(self.path, name, content)
            if not isinstance(told, list):
                raise BadExport(self.path, f"{name} holds no list of messages.")
            found += (_message(self.path, f"{name}, message {n}", each) for n, each in enumerate(told, 1))
        return tuple(found)

    def record(self, channel: str) -> tuple[RecordMessage, ...]:
        """The same as the record keeps it: flattened, masked, without lines that begin with `//`."""
        return tuple(record_message(each) for each in self.messages(channel))

    def case(self, channel: str) -> Case:
        """The channel as a case, people by their names, and each one's clock."""
        messages = self.record(channel)
        zones = {user: str(told["tz"]) for user, told in self.users.items() if told.get("tz")}
        names = {user: name_of(user, told) for user, told in self.users.items()}
        return Case(channel, "UTC", tuple(_named(each, names) for each in messages), path=self.path, zones=zones)

    def _is_day(self, name: str, channel: str) -> bool:
        folder, _, file = name.removeprefix(self.top).rpartition("/")
        return name.startswith(self.top) and folder == channel and _DAY.fullmatch(file) is not None


def open_export(path: Path) -> Export:
    """Reads who and which channels an export tells of. Raises BadExport."""
    files: Files = Folder(path) if path.is_dir() else Zipped(path)
    names = files.names()
    tops = {name.rpartition("/")[0] for name in names if name.rpartition("/")[2] in _LISTS}
    if not tops:
        raise BadExport(path, "it holds neither channels.json nor groups.json.")
    if len(tops) > 1:
        raise BadExport(path, "it holds more than one export; unpack it, and name the folder of one.")
    top = next(iter(tops))
    top = f"{top}/" if top else ""
    channels = {}
    for listed in (f"{top}{each}" for each in _LISTS):
        if listed in names:
            channels.update({str(c["name"]): str(c.get("id") or "") for c in _objects(path, files, listed, "name")})
    people = f"{top}users.json"
    users = {str(u["id"]): u for u in _objects(path, files, people, "id")} if people in names else {}
    return Export(path, files, top, channels, users)


def name_of(user: str, told: Mapping[str, Any]) -> str:
    """How somebody is called, by what the export tells of them."""
    shown = told.get("profile")
    profile: Mapping[str, Any] = shown if isinstance(shown, Mapping) else {}
    return str(profile.get("display_name") or told.get("real_name") or told.get("name") or user)


def _named(message: RecordMessage, names: Mapping[str, str]) -> RecordMessage:
    text = message.text
    for user in people_mentioned(text):
        text = text.replace(f"<@{user}>", f"@{names.get(user, user)}")
    return message if text == message.text else replace(message, text=text)


def _objects(path: Path, files: Files, name: str, needed: str) -> Iterator[Mapping[str, Any]]:
    told = _parsed(path, name, files.read(name))
    if not isinstance(told, list):
        raise BadExport(path, f"{name} holds no list.")
    for number, each in enumerate(told, 1):
        if not isinstance(each, Mapping) or not isinstance(each.get(needed), str):
            raise BadExport(path, f"{name}, entry {number} has no `{needed}`.")
        yield each


def _parsed(path: Path, name: str, content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise BadExport(path, f"{name} is no JSON ({type(fault).__name__}).") from fault
    except RecursionError as fault:
        raise BadExport(path, f"{name} is nested too deeply.") from fault


def _message(path: Path, where: str, told: object) -> Mapping[str, Any]:
    if not isinstance(told, Mapping):
        raise BadExport(path, f"{where} is no object.")
    try:
        moment_of(str(told.get("ts")))
    except ValueError as fault:
        raise BadExport(path, f"{where} has no `ts` that is a time.") from fault
    return told


def _small(path: Path, name: str, content: bytes) -> bytes:
    if len(content) > LARGEST_FILE:
        raise BadExport(path, f"{name} is larger than {LARGEST_FILE >> 20} MB.")
    return content
