"""What did the published document say before? Its versions listed, read and compared, for one person alone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.deliveries.replies import Replies
from bot.errors import SlackRefused
from bot.publish.exports import Exports
from bot.publish.versions import ADDED, compared, comparison, told
from bot.report.times import stamp
from bot.slack import inbound
from storage.database import Database
from storage.postmortems import Brief
from storage.versions import Line, Version

#: Versions that one list tells; the last ones.
LISTED = 15


@dataclass
class Published:
    """Hears who wants to read an earlier version; what erases a message has erased it there too."""

    database: Database
    exports: Exports
    replies: Replies

    def hear(self, heard: inbound.Command, brief: Brief, words: str) -> None:
        """`/postmortem versions`, `versions 2` or `versions 1 2`."""
        wanted = numbers(words)
        with self.database.reading() as unit:
            kept = unit.versions.all(brief.id)
            known = {version.number for version in kept}
            lines = {n: unit.versions.lines(brief.id, n) for n in wanted or () if n in known}
        if not kept:
            self.replies.answer(heard, "no_versions", number=brief.number)
        elif wanted is None or len(wanted) > 2 or set(wanted) - known:
            self.replies.answer(heard, "which_version", number=brief.number, given=words, names=_range(kept))
        elif not wanted:
            self.replies.answer(heard, "versions", number=brief.number, names=listed(kept))
        elif len(wanted) == 1 or wanted[0] == wanted[1]:
            self._read(heard, brief, wanted[0], lines[wanted[0]])
        else:
            self._compare(heard, brief, sorted(wanted), lines)

    def _read(self, heard: inbound.Command, brief: Brief, number: int, lines: tuple[Line, ...]) -> None:
        if self._sent(heard, brief, f"{brief.number}-v{number}.txt", told(lines)):
            self.replies.answer(heard, "version_sent", number=brief.number, given=str(number))

    def _compare(
        self, heard: inbound.Command, brief: Brief, two: list[int], lines: dict[int, tuple[Line, ...]]
    ) -> None:
        first, second = two
        changes = compared(lines[first], lines[second])
        every = [line for _, section in changes for line in section]
        new = sum(line.startswith(ADDED) for line in every)
        text = comparison(brief.number, first, second, changes)
        if not changes or self._sent(heard, brief, f"{brief.number}-v{first}-v{second}.txt", text):
            self.replies.answer(
                heard, "compared", number=brief.number, given=f"{first} and {second}", new=new, gone=len(every) - new
            )

    def _sent(self, heard: inbound.Command, brief: Brief, name: str, text: str) -> bool:
        try:
            self.exports.send_text(heard.user, name, f"{brief.number} · {brief.title}", text)
        except SlackRefused:
            self.replies.answer(heard, "opened_in_dm_failed", number=brief.number)
            return False
        return True


def numbers(words: str) -> tuple[int, ...] | None:
    """The numbers that words such as `2`, `v1 v2` or `1-2` name; None where they name anything else."""
    found = []
    for word in words.replace("..", " ").replace("-", " ").replace("and", " ").split():
        digits = word.lower().removeprefix("v")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
            return None
        found.append(int(digits))
    return tuple(found)


def listed(kept: tuple[Version, ...]) -> str:
    """The last versions with their times, in one line."""
    shown = "; ".join(f"{version.number}: {stamp(version.at)}" for version in kept[-LISTED:])
    return f"… {shown}" if len(kept) > LISTED else shown


def _range(kept: tuple[Version, ...]) -> str:
    return "1" if len(kept) == 1 else f"1 to {kept[-1].number}"
