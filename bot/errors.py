"""What can go wrong, in the sentence that a person reads.

A class docstring is that sentence, its braces are the error's fields: `str(SlackRefused("not_in_channel",
"conversations.history"))` can go into a terminal, a log or a message as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class PostmortemError(Exception):
    """Something went wrong in the postmortem bot."""

    def __str__(self) -> str:
        sentence = " ".join((type(self).__doc__ or type(self).__name__).split())
        return sentence.format(**{name: _listed(value) for name, value in vars(self).items()})


@dataclass(eq=False)
class SettingsFault(PostmortemError):
    """The settings cannot be used:{faults}"""

    faults: tuple[str, ...]


@dataclass(eq=False)
class BadCase(PostmortemError):
    """{path} cannot be read as a case: {why}"""

    path: Path | str
    why: str


@dataclass(eq=False)
class BadSentences(PostmortemError):
    """{path} cannot be read as labelled sentences: {why}"""

    path: Path | str
    why: str


@dataclass(eq=False)
class BadExport(PostmortemError):
    """{path} cannot be read as a Slack export: {why}"""

    path: Path | str
    why: str


@dataclass(eq=False)
class NotThere(PostmortemError):
    """The workspace has no {what} {name} that the bot can see.{hint}"""

    what: str
    name: str
    hint: str = ""


@dataclass(eq=False)
class ScriptFault(PostmortemError):
    """The script {path} cannot be used:{faults}"""

    path: Path | str
    faults: tuple[str, ...]


@dataclass(eq=False)
class LayoutFault(PostmortemError):
    """The layout {path} cannot be used: {why}"""

    path: Path | str
    why: str


@dataclass(eq=False)
class PdfMissing(PostmortemError):
    """PDF is an extra that is not installed: `pip install '.[pdf]'` adds it, and it needs the library Pango. Any
    browser prints the HTML to PDF."""


@dataclass(eq=False)
class PdfRefused(PostmortemError):
    """The document could not be made a PDF ({why}). Any browser prints the HTML to PDF."""

    why: str


@dataclass(eq=False)
class UnknownDocument(PostmortemError):
    """{given}: that is no document. Type `export NUMBER [kind] [format]`, such as `export PM-2026-014 full html`; kinds
    are {kinds}, formats are {formats}."""

    given: str
    kinds: str
    formats: str


@dataclass(eq=False)
class NotWritten(PostmortemError):
    """{path} cannot be written: {why}. Nothing else was changed."""

    path: Path | str
    why: str


@dataclass(eq=False)
class NoDatabase(PostmortemError):
    """There is no database at {path} (DATABASE_URL), and none was made. Name the file that the bot uses."""

    path: Path | str


@dataclass(eq=False)
class NoSuchPostmortem(PostmortemError):
    """There is no postmortem {number} in this database (DATABASE_URL)."""

    number: str


@dataclass(eq=False)
class SeveralWorkspaces(PostmortemError):
    """{number} stands in several workspaces of this database, so nothing was read of any. Say which is meant with
    --workspace:{workspaces}"""

    number: str
    workspaces: tuple[str, ...]


@dataclass(eq=False)
class NotOfWorkspace(PostmortemError):
    """The workspace {given} has no postmortem {number} in this database. These have one:{workspaces}"""

    number: str
    given: str
    workspaces: tuple[str, ...]


@dataclass(eq=False)
class NoSuchVersion(PostmortemError):
    """{number} has no version {version}; it was published {count} times."""

    number: str
    version: int
    count: int


@dataclass(eq=False)
class SlackUnavailable(PostmortemError):
    """Slack cannot be reached just now: {reason}"""

    reason: str
    #: Seconds that Slack asked to wait, when it said so.
    retry_after: float | None = None


@dataclass(eq=False)
class SlackRefused(PostmortemError):
    """Slack refused {method}: {error}"""

    #: Slack's own word, such as `not_in_channel`.
    error: str
    method: str


@dataclass(eq=False)
class DatabaseFault(PostmortemError):
    """The database cannot be used: {reason}"""

    reason: str


def _listed(value: object) -> object:
    return "".join(f"\n  - {each}" for each in value) if isinstance(value, tuple) else value
