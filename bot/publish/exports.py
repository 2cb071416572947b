"""How does somebody take the document along? As files in the direct messages of who asked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.publish.documents import Documents
from bot.scripts.shelf import script_of
from bot.slack.room import Room
from storage.database import Database


@dataclass
class Exports:
    """Markdown, and HTML that needs nothing but itself; asked for again when it is lost on the way."""

    database: Database
    room: Room
    documents: Documents

    def send(self, postmortem: int, user: str) -> None:
        """Sends both files to the person alone. Raises SlackUnavailable and SlackRefused."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        script, channel = script_of(source), self.room.direct(user)
        for ending, text in (
            ("md", self.documents.markdown(script, interview)),
            ("html", self.documents.html(script, interview)),
        ):
            content = text.encode()
            file, url = self.room.file_reserve(f"{interview.number}.{ending}", len(content))
            self.room.file_upload(url, content)
            self.room.file_share(file, f"{interview.number} · {interview.title} ({ending})", channel, None)
