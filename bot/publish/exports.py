"""How does somebody take the document along? As files in the direct messages of who asked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.interview.script import Script
from bot.interview.state import Interview
from bot.publish.documents import Documents
from bot.publish.wanted import Format, Wanted
from bot.scripts.shelf import script_of
from bot.slack.room import Room
from storage.database import Database


@dataclass
class Exports:
    """The document in the kinds and formats that somebody asks for; asked for again when it is lost on the way."""

    database: Database
    room: Room
    documents: Documents

    def number(self, postmortem: int) -> str:
        with self.database.reading() as unit:
            return unit.postmortems.load(postmortem)[0].number

    def kind(self, postmortem: int, wanted: Wanted) -> str:
        """The kind of document that is sent: the one that was named, else that of the postmortem."""
        with self.database.reading() as unit:
            source = unit.postmortems.load(postmortem)[1]
        return wanted.kind or self.documents.layouts.of(script_of(source))

    def send(self, postmortem: int, user: str, wanted: Wanted) -> None:
        """Sends the files to the person alone. Raises SlackUnavailable, SlackRefused, PdfMissing and PdfRefused."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        script = script_of(source)
        files = [(each, content(self.documents, script, interview, wanted.kind, each)) for each in wanted.formats]
        channel = self.room.direct(user)
        formats = [str(each) for each in wanted.formats]
        comment = self._says(what="document", number=interview.number, title=interview.title, formats=formats)
        for form, made in files:
            name = file_name(interview, wanted.kind, form)
            file, url = self.room.file_reserve(name, len(made))
            self.room.file_upload(url, made)
            self.room.file_share(file, f"{interview.number} · {interview.title} ({form})", channel, None, comment)
            # One sentence is for all of them.
            comment = ""

    def send_text(self, user: str, name: str, title: str, text: str) -> None:
        """Sends one file of text to the person alone. Raises SlackUnavailable and SlackRefused."""
        made = text.encode()
        channel = self.room.direct(user)
        file, url = self.room.file_reserve(name, len(made))
        self.room.file_upload(url, made)
        comment = self._says(what="text", number="", title=title, formats=[])
        self.room.file_share(file, title, channel, None, comment)

    def _says(self, **about: object) -> str:
        """What a file is, beside it: whoever finds it months later has forgotten what they typed."""
        return self.documents.renderer.message("sent_file", **about).strip()


def content(documents: Documents, script: Script, interview: Interview, kind: str, form: Format) -> bytes:
    """The bytes of one file. Raises KeyError for no kind, PdfMissing and PdfRefused."""
    match form:
        case Format.MARKDOWN:
            return documents.markdown(script, interview, kind).encode()
        case Format.HTML:
            return documents.html(script, interview, kind).encode()
        case Format.JSON:
            return documents.json(script, interview, kind).encode()
        case Format.PDF:
            return documents.pdf(script, interview, kind)


def file_name(interview: Interview, kind: str, form: Format) -> str:
    """PM-2026-014.md, or PM-2026-014-full.md where somebody named a kind."""
    return f"{interview.number}-{kind}.{form}" if kind else f"{interview.number}.{form}"
