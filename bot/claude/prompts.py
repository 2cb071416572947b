"""What is a model asked, word for word? The files in prompts/claude/: front matter in TOML, a body in Jinja2.

A file that lacks something, or names a value that it does not declare, is refused when it is loaded; a team's own
file of the same name takes the place of the one that ships.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.errors import PostmortemError
from bot.interview.thoughts import Purpose
from bot.rendering import PromptText, TemplateFault

FOLDER = "claude"
#: The file that stands before every other: who the model is, and what of all that follows is only data.
FRAME = "frame"
#: The file with which parts of a large channel are looked through; what it picks is read for a purpose of its own.
SELECT = "select"
_FENCE = "+++\n"
#: Above this, a call must be streamed: the SDK's own limit.
MOST_TOKENS = 21_333


class Role(StrEnum):
    """For what kind of work a model is chosen."""

    WRITING = "writing"
    CRITIQUE = "critique"
    EXTRACTION = "extraction"


class Effort(StrEnum):
    """How much a model thinks before it answers."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Schema(StrEnum):
    """Which shape the answer has."""

    #: One shape for all purposes, so that they share what is cached before it.
    REPLY = "reply"
    #: Ids only.
    SELECTION = "selection"
    #: Of the frame, which is not asked by itself.
    NONE = "none"


#: Every file that there must be.
NAMES = (FRAME, SELECT, *Purpose)
#: The shape that is read from what a file asks for; REPLY for all others.
_SCHEMA_OF = {FRAME: Schema.NONE, SELECT: Schema.SELECTION}
#: Every value that a body may name.
INPUTS = frozenset({"nonce", "kind", "title", "facts", "question", "needs", "asked", "about", "most"})
_FIELDS = {
    "id": str, "purpose": str, "version": int, "inputs": list, "model": str, "effort": str, "max_tokens": int,
    "schema": str, "changed": date,
}  # fmt: skip


@dataclass(eq=False)
class PromptFault(PostmortemError):
    """The prompt {path} cannot be used: {why}"""

    path: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """One file. `fingerprint` is that of its whole text, twelve hex digits."""

    id: str
    purpose: str
    version: int
    inputs: frozenset[str]
    role: Role
    effort: Effort
    max_tokens: int
    schema: Schema
    changed: date
    fingerprint: str
    _body: PromptText

    def render(self, values: Mapping[str, object]) -> str:
        """The body with these values; more than it names may be given, fewer may not."""
        return self._body.render({name: values[name] for name in self.inputs if name in values}).strip()


class Prompts:
    """The prompts of a folder, with a team's own laid over them. Raises PromptFault at once when one cannot be used."""

    def __init__(self, folders: Iterable[Path]) -> None:
        folders = tuple(folders)
        self._prompts = {name: load_prompt(folders, name) for name in NAMES}

    def of(self, name: str) -> Prompt:
        """The prompt for a purpose, or one of FRAME and SELECT."""
        return self._prompts[name]

    def all(self) -> tuple[Prompt, ...]:
        return tuple(self._prompts.values())


def load_prompt(folders: Sequence[Path], name: str) -> Prompt:
    """The prompt of that name; the first folder that has it wins. Raises PromptFault."""
    path = next((p for folder in folders if (p := folder / FOLDER / f"{name}.md").is_file()), None)
    if path is None:
        raise PromptFault(f"{FOLDER}/{name}.md", "it is not there")
    try:
        return parse_prompt(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as err:
        raise PromptFault(str(path), "it cannot be read as UTF-8 text") from err


def parse_prompt(text: str, name: str) -> Prompt:
    """The prompt that a file of that name holds. Raises PromptFault."""
    before, _, rest = text.partition(_FENCE)
    front, fence, body = rest.partition(f"\n{_FENCE}")
    if before or not fence:
        raise PromptFault(name, "it must begin with +++, TOML, and +++ again")
    try:
        table = tomllib.loads(front)
    except tomllib.TOMLDecodeError as err:
        raise PromptFault(name, f"its front matter is no TOML: {err}") from err
    for field, kind in _FIELDS.items():
        if not isinstance(table.get(field), kind) or isinstance(table[field], bool):
            raise PromptFault(name, f"it needs {field!r}, a value of type {kind.__name__}")
    if extra := sorted(set(table) - set(_FIELDS)):
        raise PromptFault(name, f"its front matter has {', '.join(extra)}, which nothing reads")
    if table["id"] != name or table["purpose"] != name:
        raise PromptFault(name, f"its id is {table['id']!r} and its purpose {table['purpose']!r}; both are {name!r}")
    if not 1 <= table["max_tokens"] <= MOST_TOKENS or table["version"] < 1:
        raise PromptFault(name, f"max_tokens is from 1 to {MOST_TOKENS}, and version at least 1")
    try:
        compiled = PromptText(name, body)
        role, effort, schema = Role(table["model"]), Effort(table["effort"]), Schema(table["schema"])
    except TemplateFault as err:
        raise PromptFault(name, err.why) from err
    except ValueError as err:
        raise PromptFault(name, str(err)) from err
    wanted = _SCHEMA_OF.get(name, Schema.REPLY)
    if schema is not wanted:
        raise PromptFault(name, f"its schema is {schema!s}; what reads the answer needs {wanted!s}")
    if not all(isinstance(each, str) for each in table["inputs"]):
        raise PromptFault(name, "inputs are names of values")
    inputs = frozenset(table["inputs"])
    if unknown := sorted(inputs - INPUTS):
        raise PromptFault(name, f"there is no input {', '.join(unknown)}")
    if inputs != compiled.inputs:
        missing, unused = sorted(compiled.inputs - inputs), sorted(inputs - compiled.inputs)
        raise PromptFault(name, f"inputs are not those of the body: missing {missing}, unused {unused}")
    return Prompt(
        name, table["purpose"], table["version"], inputs, role, effort, table["max_tokens"], schema, table["changed"],
        hashlib.sha256(text.encode()).hexdigest()[:12], compiled,
    )  # fmt: skip
