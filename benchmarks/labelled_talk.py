"""Which channels are labelled, message by message, and how is such a file read?

A channel begins with `== name | #title | zone | incident` (or `none`) and a line that says what happens in it; then
each message is a line, `09:12 writer | act | words`, indented by two where it replies in a thread. A tool's name is
followed by `[bot]`; `-- next day` is midnight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.dialogue.turns import Act, Turn
from bot.errors import PostmortemError
from bot.patterns import exact_pattern

OWN = Path(__file__).resolve().parent / "talk"
_MESSAGE = exact_pattern(
    r"^(?P<indent> *)(?P<hour>\d\d):(?P<minute>\d\d) (?P<writer>[^|]+?) \| (?P<act>[a-z_]+) \| (?P<text>.*)$"
)
_TOOL = " [bot]"
#: Only the time between messages counts; a day is needed to begin with.
_SOME_DAY = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(eq=False)
class BadChannel(PostmortemError):
    """{path}, line {line}: {problem}"""

    path: Path
    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A labelled channel."""

    name: str
    incident: bool
    turns: tuple[Turn, ...]
    acts: tuple[Act, ...]


def labelled(paths: Sequence[Path] = ()) -> list[Channel]:
    """The channels of these files, or of all that come with this project; BadChannel where a line is not understood."""
    return [channel for path in paths or sorted(OWN.glob("*.txt")) for channel in _channels(path)]


def _channels(path: Path) -> Iterator[Channel]:
    head: list[str] = []
    turns: list[Turn] = []
    acts: list[Act] = []
    day = _SOME_DAY
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("== "):
            if head:
                yield Channel(head[0], head[3] == "incident", tuple(turns), tuple(acts))
            head, turns, acts, day = [each.strip() for each in line[3:].split("|")], [], [], _SOME_DAY
            if len(head) != 4 or head[3] not in ("incident", "none"):
                raise BadChannel(path, number, "a channel begins with == name | #title | zone | incident or none.")
        elif line == "-- next day":
            day += timedelta(days=1)
        elif line.strip() and not line.startswith("> "):
            found = _MESSAGE.match(line)
            if found is None or not head or (found.group("act") or "") not in set(Act):
                known = ", ".join(Act)
                raise BadChannel(path, number, f"a message is HH:MM writer | act | words, with one of {known}.")
            told = {name: value or "" for name, value in found.groupdict().items()}
            at = day + timedelta(hours=int(told["hour"]), minutes=int(told["minute"]))
            tool = told["writer"].endswith(_TOOL)
            text = told["text"].replace("\\n", "\n")
            turns.append(Turn(at, told["writer"].removesuffix(_TOOL), text, tool, bool(told["indent"])))
            acts.append(Act(told["act"]))
    if head:
        yield Channel(head[0], head[3] == "incident", tuple(turns), tuple(acts))
