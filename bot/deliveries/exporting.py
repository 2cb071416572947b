"""What happens when somebody asks to take the document along? It is sent to them alone, or they are told why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.deliveries.replies import Replies
from bot.errors import PdfMissing, PdfRefused, SlackRefused
from bot.interview.state import Interview
from bot.publish.exports import Exports
from bot.publish.layouts import Layouts
from bot.publish.wanted import Wanted, formats_listed, not_wanted, wanted
from bot.slack import inbound
from bot.slack.export_modal import read_export


@dataclass
class Exporting:
    """Hears who wants the document: by command and by form."""

    exports: Exports
    layouts: Layouts
    replies: Replies

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
        if self._sent(postmortem, heard.user, what, lambda code, **more: self.replies.answer(heard, code, **more)):
            kind = self.exports.kind(postmortem, what)
            self.replies.answer(heard, "exported", number=number, kind=kind, formats=formats_listed(what))

    def sent(self, user: str, view: Mapping[str, Any], interview: Interview) -> None:
        """Sends what a form asked for."""
        what = wanted(read_export(view), self.layouts.kinds())
        if what is None:
            return
        self._sent(
            interview.id,
            user,
            what,
            lambda code, **more: self.replies.whisper(interview.channel, user, interview.thread_ts, code, **more),
        )

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
