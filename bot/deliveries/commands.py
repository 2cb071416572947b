"""What does /postmortem do? One method a word; every answer is one sentence to the person who asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.beginning.starting import Starting
from bot.clock import Clock
from bot.deliveries.claude_words import ClaudeWords
from bot.deliveries.exporting import Exporting
from bot.deliveries.published import Published
from bot.deliveries.replies import Replies
from bot.errors import SlackRefused
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.outcome import Ignored
from bot.interview.state import RUNNING, Stage
from bot.listing import Listing
from bot.looking_back import LookingBack
from bot.publish.documents import Documents
from bot.readers import Readers
from bot.scripts.shelf import script_of
from bot.showing import Showing
from bot.slack import inbound
from bot.slack.room import Room
from bot.timeline.flatten import flatten
from storage.database import Database
from storage.inbox import Delivery
from storage.postmortems import Brief

log = structlog.get_logger()

USER = re.compile(r"^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$")
#: A postmortem's number at the end of a command.
NUMBER = re.compile(r"^PM-\d{4}-\d+$")
#: How somebody asks for their own actions.
OWN = frozenset({"mine", "own", "my", "me", "my own"})
#: Words that mean the conversation: once the document is written there is none.
STEERS = frozenset({"pause", "resume", "back", "kind"})


def section_named(words: str, headings: Mapping[str, str]) -> str | None:
    """The id of the one section that words name, by its id or the beginning of its heading; empty where there are none.

    None where they name no section, or several.
    """
    name = " ".join(words.casefold().split())
    if not name or name in headings:
        return name
    found = [key for key, heading in headings.items() if heading.casefold().startswith(name)]
    return found[0] if len(found) == 1 else None


@dataclass
class Commands:
    """Hears commands: typed with a slash in the channel, or to the bot by name in the thread."""

    database: Database
    facilitator: Facilitator
    room: Room
    readers: Readers
    replies: Replies
    starting: Starting
    showing: Showing
    documents: Documents
    exporting: Exporting
    published: Published
    listing: Listing
    looking_back: LookingBack
    claude: ClaudeWords
    clock: Clock

    def hear(self, delivery: Delivery, heard: inbound.Command) -> None:
        word, _, rest = heard.text.partition(" ")
        before, _, last = rest.strip().rpartition(" ")
        if NUMBER.fullmatch(last.upper()) and word.lower() not in ("start", "search", "luck"):
            heard, rest = replace(heard, about=last.upper()), before
        method = {
            "": self._help,
            "help": self._help,
            "start": self._start,
            "status": self._status,
            "timeline": self._timeline,
            "figures": self._figures,
            "checklist": self._checklist,
            "pause": self._pause,
            "resume": self._resume,
            "back": self._back,
            "handover": self._hand_over,
            "kind": self._kind,
            "cancel": self._cancel,
            "restore": self._restore,
            "actions": self._actions,
            "export": self._export,
            "search": self._search,
            "luck": self._luck,
            "ai": self._ai,
            "edit": self._edit,
            "versions": self._versions,
        }.get(word.lower())
        if method is None:
            self.replies.answer(heard, "unknown_command", word=word)
        else:
            refusal = self.readers.stranger(delivery.workspace, heard.user, heard.team)
            if refusal is not None:
                self.replies.answer(heard, refusal.why)
            else:
                method(delivery, heard, rest.strip())
        with self.database.writing() as unit:
            unit.inbox.heard(delivery.key, self.clock.now())

    def _start(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        self.starting.asked(delivery, heard, rest)

    # the running one ---------------------------------------------------------------------------------------------

    def _found(
        self, delivery: Delivery, heard: inbound.Command, *, running: bool = True, cancelled: bool = False
    ) -> Brief | None:
        """The postmortem that a command means: the one it names, the thread's own, the running one, or the newest.

        With `cancelled` it is the thread's own or the one that was cancelled last. None when the person was told why.
        """
        with self.database.reading() as unit:
            briefs = unit.postmortems.of_channel(delivery.workspace, heard.channel)
        word = heard.text.partition(" ")[0].lower()
        mine = [b for b in briefs if heard.thread_ts is not None and b.thread_ts == heard.thread_ts]
        going = [b for b in briefs if b.stage in RUNNING]
        if heard.about:
            mine, going, running = [b for b in briefs if b.number == heard.about], [], True
        elif cancelled:
            going, running = [b for b in briefs if b.stage is Stage.CANCELLED], False
        found = next(iter([*mine, *going, *([] if running else briefs)]), None)
        written = next((b.number for b in briefs if b.stage is Stage.WRITTEN), "")
        if found is None and (heard.about or cancelled or not written):
            self.replies.answer(heard, "no_such_number" if heard.about else "nothing_running", number=heard.about)
            return None
        refusal = self.readers.outsider(delivery.workspace, heard.channel, heard.user, heard.team)
        if refusal is not None:
            self.replies.answer(heard, refusal.why)
            return None
        if found is None or (running and found.stage is Stage.WRITTEN and word in STEERS):
            self.replies.answer(heard, "written_already", number=found.number if found is not None else written)
            return None
        if not mine and not cancelled and len(going) > 1:
            self.replies.send(heard, self.listing.several(going))
            return None
        return found

    def _standing(self, delivery: Delivery, heard: inbound.Command) -> Brief | None:
        """The postmortem that a command means, running or written; None when the person was told why."""
        brief = self._found(delivery, heard, running=False)
        if brief is not None and brief.stage is Stage.CANCELLED:
            self.replies.why_not(heard, "already_cancelled")
            return None
        return brief

    def _steer(self, delivery: Delivery, heard: inbound.Command, event: ev.Event, code: str, **fields: object) -> None:
        brief = self._found(delivery, heard, cancelled=isinstance(event, ev.Restored))
        if brief is None:
            return
        if self._applied(delivery, heard, brief.id, event):
            self.replies.answer(heard, code, number=brief.number, **fields)

    def _applied(self, delivery: Delivery, heard: inbound.Command, postmortem: int, event: ev.Event) -> bool:
        """Whether the event changed something; the command is heard in the same transaction, so never twice."""
        now = self.clock.now()
        result = self.facilitator.apply(postmortem, event, also=lambda unit, _: unit.inbox.heard(delivery.key, now))
        if isinstance(result, Ignored):
            self.replies.why_not(heard, result.why)
            return False
        self.facilitator.wake(postmortem)
        return True

    def _pause(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        self._steer(delivery, heard, ev.Paused(heard.user, self.clock.now()), "paused")

    def _resume(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        with self.database.reading() as unit:
            briefs = unit.postmortems.of_channel(delivery.workspace, heard.channel)
        if not any(b.stage in RUNNING for b in briefs) and any(b.stage is Stage.CANCELLED for b in briefs):
            self._restore(delivery, heard, "")
            return
        self._steer(delivery, heard, ev.Resumed(heard.user, self.clock.now()), "resumed")

    def _restore(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        found = self._found(delivery, heard, cancelled=True)
        if found is None:
            return
        with self.database.reading() as unit:
            running = unit.postmortems.running_in(delivery.workspace, found.scope)
        if running is not None:
            self.replies.answer(heard, "restorable_not_while_running")
            return
        self._steer(delivery, heard, ev.Restored(heard.user, self.clock.now()), "restored")

    def _hand_over(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        mention = USER.match(rest)
        to = heard.user if rest.lower() in ("", "me") else (mention.group(1) if mention else "")
        if not to:
            self.replies.answer(heard, "who_to_hand_to", given=rest)
            return
        if self._found(delivery, heard) is None:
            return
        refusal = self.readers.outsider(delivery.workspace, heard.channel, to, "")
        if refusal is not None:
            self.replies.answer(heard, "not_a_person", given=rest)
            return
        name = self.showing.name(delivery.workspace, to)
        self._steer(delivery, heard, ev.HandedOver(to, heard.user, self.clock.now()), "handed_over", to=name)

    def _kind(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        brief = self._found(delivery, heard)
        if brief is None:
            return
        kinds, kind = self.starting.scripts.kinds(), rest.lower()
        if kind not in kinds:
            self.replies.answer(heard, "which_kind", number=brief.number, given=rest, kinds=", ".join(kinds))
            return
        source = self.starting.script(heard, kind)
        if source is not None:
            event = ev.KindChanged(kind, source, heard.user, self.clock.now())
            self._steer(delivery, heard, event, "kind_changed", kind=script_of(source).title)

    def _back(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        brief = self._found(delivery, heard)
        if brief is None:
            return
        with self.database.reading() as unit:
            interview, _source = unit.postmortems.load(brief.id)
        current = interview.current
        if current is None:
            self.replies.why_not(heard, "nothing_before")
            return
        event = ev.Pressed("back", current.position, heard.user, self.clock.now())
        if self._applied(delivery, heard, brief.id, event):
            self.replies.answer(heard, "back")

    def _cancel(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        brief = self._found(delivery, heard)
        if brief is None:
            return
        if brief.facilitator != heard.user:
            self.replies.why_not(heard, "facilitator_only")
            return
        self.replies.send(heard, self.showing.cancel_question(brief))

    # looking -----------------------------------------------------------------------------------------------------

    def _status(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        brief = self._found(delivery, heard, running=False)
        if brief is not None:
            self.replies.send(heard, self.listing.status(brief.id))

    def _timeline(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        """Opens the timeline; where a command opens nothing, such as in a thread, a button does."""
        brief = self._standing(delivery, heard)
        if brief is None:
            return
        if not self._opened(heard, lambda: self.showing.timeline(brief.id, self.clock.now())):
            self.replies.send(heard, self.showing.edit_timeline(brief))

    def _figures(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        """Opens the form of fields; where a command opens nothing, a button does."""
        brief = self._standing(delivery, heard)
        if brief is None:
            return
        if not self.showing.pages(brief.id):
            self.replies.answer(heard, "no_form")
            return
        if not self._opened(heard, lambda: self.showing.fields(brief.id)):
            self.replies.send(heard, self.showing.enter_fields(brief))

    def _checklist(self, delivery: Delivery, heard: inbound.Command, _: str) -> None:
        """Opens the checklist; where a command opens nothing, it is told as a message that only this person sees."""
        brief = self._standing(delivery, heard)
        if brief is None:
            return
        if not self._opened(heard, lambda: self.showing.checklist(brief.id)):
            self.replies.send(heard, self.showing.checklist_told(brief.id))

    def _opened(self, heard: inbound.Command, view: Callable[[], Mapping[str, Any]]) -> bool:
        """Whether a modal could be opened: in a thread a command comes without what Slack wants for it."""
        try:
            if heard.trigger_id:
                self.room.open_view(heard.trigger_id, view())
                return True
        except SlackRefused as err:
            log.info("modal.not_opened", error=err.error)
        return False

    def _actions(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        """Lists what is open in this channel, or what the caller owns anywhere."""
        if rest.lower() in OWN:
            self.replies.send(heard, self.listing.own_actions(delivery.workspace, heard.user))
            return
        if rest:
            self.replies.answer(heard, "which_actions", given=rest)
            return
        brief = self._found(delivery, heard, running=False)
        if brief is not None:
            self.replies.send(heard, self.listing.actions(delivery.workspace, heard.channel))

    def _export(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        """Sends the document in the kind and the formats that were named, to who asked."""
        what = self.exporting.understood(heard, rest)
        if what is None:
            return
        brief = self._found(delivery, heard, running=False)
        if brief is not None:
            self.exporting.asked(heard, brief.id, brief.number, what)

    def _search(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        asked = flatten({"text": rest}, None).strip()
        if not asked:
            self.replies.answer(heard, "what_to_search")
            return
        self.replies.send(heard, self.looking_back.search(delivery.workspace, heard.user, asked))

    def _luck(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        asked = flatten({"text": rest}, None).strip()
        self.replies.send(heard, self.looking_back.luck(delivery.workspace, heard.user, asked))

    def _ai(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        self.claude.hear(delivery, heard, rest)

    def _versions(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        """Lists, reads or compares what was published."""
        brief = self._found(delivery, heard, running=False)
        if brief is not None:
            self.published.hear(heard, brief, rest)

    def _edit(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        """Opens a section of the document, or the list of them; where a command opens nothing, a button does."""
        brief = self._standing(delivery, heard)
        if brief is None:
            return
        headings = self.showing.headings(brief.id)
        section = section_named(rest, headings)
        if section is None:
            self.replies.answer(
                heard, "which_section", number=brief.number, given=rest, names=", ".join(headings.values())
            )
        elif not self._opened(heard, lambda: self.showing.edit(brief.id, section)):
            self.replies.send(heard, self.showing.edit_document(brief))

    def _help(self, _delivery: Delivery, heard: inbound.Command, _: str) -> None:
        self.replies.answer(heard, "help")
