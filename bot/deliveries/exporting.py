"""What happens when somebody asks to take the document along? It is sent to them alone, or they are told why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.deliveries.replies import Replies
from bot.errors import PdfMissing, PdfRefused, SlackRefused, SlackUnavailable
from bot.interview.state import Interview
from bot.publish.exports import Exports
from bot.publish.layouts import Layouts
from bot.publish.wanted import Format, Wanted, formats_listed, not_wanted, wanted
from bot.slack import inbound
from bot.slack.export_modal import read_export
from bot.workers import Workers


@dataclass
class Exporting:
    """Hears who wants the document: by command and by form."""

    exports: Exports
    layouts: Layouts
    replies: Replies
    workers: Workers

    def understood(self, heard: inbound.Command, words: str) -> Wanted | None:
        """What a command asks for; None when the person was told how to ask."""
        kinds = self.layouts.kinds()
        found = wanted(words.split(), kinds)
        if found is None:
            given = " ".join(not_wanted(words.split(), kinds))
            self.replies.answer(heard, "which_export", given=given, kinds=", ".join(kinds))
        return found

    def asked(self, heard: inbound.Command, postmortem: int, number: str, what: Wanted) -> None:
        """Sends what a command asked for."""

        def tell(code: str, **more: object) -> None:
            self.replies.answer(heard, code, **more)

        def send() -> None:
            if self._sent(postmortem, heard.user, what, tell):
                kind = self.exports.kind(postmortem, what)
                tell("exported", number=number, kind=kind, formats=formats_listed(what))

        self._soon(postmortem, heard.user, what, send, tell)

    def sent(self, user: str, view: Mapping[str, Any], interview: Interview) -> None:
        """Sends what a form asked for."""
        what = wanted(read_export(view), self.layouts.kinds())
        if what is None:
            return

        def tell(code: str, **more: object) -> None:
            self.replies.whisper(interview.channel, user, interview.thread_ts, code, **more)

        self._soon(interview.id, user, what, lambda: self._sent(interview.id, user, what, tell), tell)

    def _soon(
        self, postmortem: int, user: str, what: Wanted, send: Callable[[], object], tell: Callable[..., None]
    ) -> None:
        """Sends it here and now; a PDF takes seconds, and is made where nobody who talks waits for it.

        Its delivery counts as heard by then: what fails later is told, and asked for again.
        """
        if Format.PDF not in what.formats:
            send()
            return

        def work() -> None:
            try:
                send()
            except SlackUnavailable as err:
                tell("not_exported", why=str(err))

        self.workers.submit(f"pdf:{postmortem}:{user}:{what.kind}", work, "files", first=True)

    def _sent(self, postmortem: int, user: str, what: Wanted, tell: Callable[..., None]) -> bool:
        try:
            self.exports.send(postmortem, user, what)
        except SlackRefused:
            tell("opened_in_dm_failed", number=self.exports.number(postmortem))
            return False
        except (PdfMissing, PdfRefused) as err:
            tell("not_exported", why=str(err))
            return False
        return True
