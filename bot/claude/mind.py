"""How is one thought thought? Select what is shown, write the call down, ask, check what comes back, settle.

It never raises for anything that can be foreseen, takes no longer than it is given, and keeps nothing of anybody's
words: what it knows besides the ledger is which lines of a large channel were picked, by their ids.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import cast
from zoneinfo import ZoneInfo

import structlog

from bot.claude.calling import calling_of
from bot.claude.client import Answer, Block, Client, Failure, Request, body
from bot.claude.envelope import Reply, Selection, said
from bot.claude.evidence import MOST, conclude
from bot.claude.outgoing import (
    Outgoing,
    element,
    inputs_of,
    ordered,
    outgoing,
    sent_line,
    tokens_in,
    with_ids,
)
from bot.claude.prices import Prices, Used
from bot.claude.prompts import FRAME, SELECT, Effort, Prompt, Prompts, Role
from bot.claude.selection import PART, PARTS, WHOLE, by_rules, parts, reduced
from bot.clock import Clock
from bot.errors import DatabaseFault
from bot.interview.state import Workspace
from bot.interview.thoughts import Conclusion, Line, Material, Purpose, Unavailable
from storage.calls import Begun, Call, Caps, Refused, Settled
from storage.database import Database

log = structlog.get_logger()

#: How long a call may be under way before it counts as lost: its deadline, and this many seconds for what is around it.
GRACE = 30.0
#: The share of a thought's time in which the parts of a large channel are looked through.
SHARE = 0.6
#: How many lines may be picked from one part.
PICKED_FROM_PART = 80
#: How many large channels are remembered by what was picked from them.
REMEMBERED = 32
#: Below so many tokens a cache keeps nothing; marking it would only cost.
WORTH_CACHING = 1024


@dataclass(frozen=True, slots=True)
class Choices:
    """What the settings say: models by role, one effort for all, if any, how people are called, what may be spent."""

    models: dict[Role, str]
    effort: Effort | None
    by_name: bool
    caps: Caps
    zone: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which messages are shown (None: all), and the parts that must be looked through first to know."""

    keep: frozenset[str] | None
    parts: tuple[tuple[str, ...], ...] = ()


#: What a preview of a large channel cannot know yet.
DEPENDS = "--- Which messages the last call shows depends on what the calls before it pick; here the rules chose. ---"


class Mind:
    """A second mind for the facilitator; for all threads of a process."""

    def __init__(
        self,
        client: Client,
        prompts: Prompts,
        prices: Prices,
        database: Database,
        clock: Clock,
        choices: Choices,
        nonce: Callable[[str], str],
        ask_about: Callable[[str], str],
    ) -> None:
        self._client = client
        self._prompts = prompts
        self._prices = prices
        self._database = database
        self._clock = clock
        self._choices = choices
        self._nonce = nonce
        self._ask_about = ask_about
        # One clock for both, or what is left of a thought's time could not be told.
        self._monotonic = client.monotonic
        self._picked: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._looking: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def think(
        self, material: Material, *, workspace: Workspace, postmortem: int, key: str, deadline: float
    ) -> Conclusion | Unavailable:
        """What can be said for the purpose of `material`, checked; or in one word why nothing can.

        Blocks for at most `deadline` seconds. `key` names the thought: while it is thought once it is not thought
        again, and when its process dies it may be thought once more.
        """
        end = self._monotonic() + deadline
        try:
            keep = self._choose(material, workspace, postmortem, key, end)
            sent = outgoing(material, by_name=self._choices.by_name, nonce=self._nonce, keep=keep)
            prompt = self._prompts.of(material.purpose)
            request = self._request(prompt, material, sent)
            outcome = self._call(prompt, request, workspace, postmortem, key, end)
            if isinstance(outcome, Unavailable):
                return outcome
            concluded = conclude(material, sent, said(cast(Reply, outcome.reply)), self._ask_about)
        except DatabaseFault as err:
            log.warning("claude.not_written_down", purpose=material.purpose.value, why=str(err))
            return Unavailable("no_database", True)
        log.info(
            "claude.thought",
            purpose=material.purpose.value,
            kept=len(concluded.sentences) + len(concluded.questions) + len(concluded.items),
            dropped=concluded.dropped,
        )
        nothing = not (concluded.sentences or concluded.questions or concluded.items or concluded.enough)
        return Unavailable("nothing_left") if nothing and concluded.dropped else concluded

    def preview(self, material: Material) -> str:
        """Exactly what would be sent for `material`, every text of it as it stands in the request."""
        shown = self._shown(material)
        remembered = self._remembered(material)
        requests = []
        if shown.parts and remembered is None:
            requests = [self._part_request(material, part) for part in shown.parts]
        keep = remembered if remembered is not None else shown.keep
        sent = outgoing(material, by_name=self._choices.by_name, nonce=self._nonce, keep=keep)
        requests.append(self._request(self._prompts.of(material.purpose), material, sent))
        told = [_readable(each, number, len(requests)) for number, each in enumerate(requests, 1)]
        return "\n\n".join([*told, *([DEPENDS] if len(requests) > 1 else [])])

    # --- what is shown ---

    def _shown(self, material: Material) -> _Shown:
        lines = with_ids(ordered(material.lines))
        keep = by_rules(lines, WHOLE, material.about)
        if keep is None:
            return _Shown(None)
        candidates = by_rules(lines, PART * PARTS, material.about)
        every = frozenset(local for local, line in lines if line.kind == "message")
        looked = parts(lines, candidates if candidates is not None else every)
        return _Shown(keep, () if material.purpose is Purpose.REWORDING else looked)

    def _choose(
        self, material: Material, workspace: Workspace, postmortem: int, key: str, end: float
    ) -> frozenset[str] | None:
        """The messages to show. When parts cannot be looked through, what the rules choose is shown instead."""
        shown = self._shown(material)
        if not shown.parts:
            return shown.keep
        until = self._monotonic() + (end - self._monotonic()) * SHARE
        # Several thoughts about one channel come at once: the first looks through it, the others wait for that.
        with self._lock:
            looking = self._looking.setdefault(_digest(material.lines), threading.Lock())
        if not looking.acquire(timeout=max(until - self._monotonic(), 0.0)):
            return shown.keep
        try:
            known = self._remembered(material)
            return known if known is not None else self._look(material, shown, workspace, postmortem, key, until)
        finally:
            looking.release()

    def _look(
        self, material: Material, shown: _Shown, workspace: Workspace, postmortem: int, key: str, until: float
    ) -> frozenset[str] | None:
        prompt = self._prompts.of(SELECT)

        def look(numbered: tuple[int, tuple[str, ...]]) -> Answer | Unavailable:
            number, part = numbered
            request = self._part_request(material, part)
            return self._call(prompt, request, workspace, postmortem, f"{key}/part-{number}", until)

        with ThreadPoolExecutor(len(shown.parts), thread_name_prefix="parts") as pool:
            outcomes = list(pool.map(look, enumerate(shown.parts, 1)))
        picked: set[str] = set()
        for outcome, part in zip(outcomes, shown.parts, strict=True):
            if isinstance(outcome, Unavailable):
                return shown.keep
            # Only what was sent can be picked, and no part may crowd out the others.
            ids = cast(Selection, outcome.reply).ids
            picked |= set([id for id in ids if id in part][:PICKED_FROM_PART])
        lines = with_ids(ordered(material.lines))
        # The same for every purpose, so that they share what is cached; what a purpose is about is added for it alone.
        chosen = reduced(lines, picked, ())
        with self._lock:
            self._picked[_digest(material.lines)] = chosen
            while len(self._picked) > REMEMBERED:
                forgotten, _ = self._picked.popitem(last=False)
                self._looking.pop(forgotten, None)
        return self._with_about(chosen, material)

    def _remembered(self, material: Material) -> frozenset[str] | None:
        with self._lock:
            chosen = self._picked.get(_digest(material.lines))
        return None if chosen is None else self._with_about(chosen, material)

    @staticmethod
    def _with_about(chosen: frozenset[str], material: Material) -> frozenset[str]:
        about = frozenset(local for local, line in with_ids(ordered(material.lines)) if line.id in material.about)
        return chosen | about

    # --- what is sent ---

    def _request(self, prompt: Prompt, material: Material, sent: Outgoing) -> Request:
        most = max(MOST[material.purpose])
        tail = prompt.render(inputs_of(material, sent, most, self._nonce))
        blocks = [Block(text) for text in sent.record]
        if blocks and sum(tokens_in(each.text) for each in blocks) >= WORTH_CACHING:
            blocks[-1] = replace(blocks[-1], cached=True)
        notes = [Block(sent.notes)] if sent.notes else []
        return self._of(prompt, (*blocks, *notes, Block(tail)))

    def _part_request(self, material: Material, part: Sequence[str]) -> Request:
        lines = ordered(material.lines)
        calling = calling_of(material, lines, by_name=self._choices.by_name)
        wanted = frozenset(part)
        told = [sent_line(local, line, calling).json() for local, line in with_ids(lines) if local in wanted]
        empty = Outgoing({}, calling, (), "", 0)
        prompt = self._prompts.of(SELECT)
        tail = prompt.render(inputs_of(material, empty, PICKED_FROM_PART, self._nonce))
        return self._of(prompt, (Block(element("record", "\n".join(told), self._nonce)), Block(tail)))

    def _of(self, prompt: Prompt, blocks: tuple[Block, ...]) -> Request:
        effort = self._choices.effort or prompt.effort
        frame = self._prompts.of(FRAME).render({})
        return Request(self._choices.models[prompt.role], effort.value, prompt.max_tokens, frame, blocks, prompt.schema)

    # --- the call and its line in the ledger ---

    def _call(
        self, prompt: Prompt, request: Request, workspace: Workspace, postmortem: int, key: str, end: float
    ) -> Answer | Unavailable:
        tokens = tokens_in(request.system) + sum(tokens_in(each.text) for each in request.blocks)
        cost = self._prices.estimate(request.model, tokens, request.max_tokens)
        day = self._clock.now().astimezone(ZoneInfo(self._choices.zone)).date()
        call = Call(
            postmortem, key, prompt.purpose, prompt.id, prompt.version, prompt.fingerprint, request.model, day,
            tokens + request.max_tokens, cost,
        )  # fmt: skip
        caps = self._choices.caps
        start = self._monotonic()
        lease = max(end - start, 0.0) + GRACE
        with self._database.writing() as unit:
            begun = unit.calls.begin(workspace, call, caps, lease)
        if isinstance(begun, Refused):
            return Unavailable(begun.reason, begun.reason == "under_way")

        def again() -> str | None:
            with self._database.writing() as unit:
                refused = unit.calls.again(workspace, begun.id, call, caps, lease)
            return None if refused is None else refused.reason

        outcome: Answer | Failure = Failure("connection", True, "not asked", untold=1)
        try:
            outcome = self._client.ask(request, end, again)
        finally:
            self._settle(workspace, begun, call, outcome, start)
        if isinstance(outcome, Failure):
            log.info(
                "claude.unavailable", prompt=prompt.id, reason=outcome.reason, detail=outcome.detail,
                request_id=outcome.request_id, attempts=outcome.attempts,
            )  # fmt: skip
            return Unavailable(outcome.reason, outcome.retryable)
        return outcome

    def _settle(self, workspace: Workspace, begun: Begun, call: Call, outcome: Answer | Failure, start: float) -> None:
        # Each attempt by itself, since its length decides the price; one without an answer may be billed all the same
        # and counts as what it could have taken.
        cost = sum(self._prices.cost(call.model, each) for each in outcome.spent) + outcome.untold * call.estimate_cost
        used = sum(outcome.spent, Used())
        settled = Settled(
            outcome.reason if isinstance(outcome, Failure) else "ok",
            used.fresh + outcome.untold * call.estimate_tokens, used.written, used.reread, used.out, cost,
            int(1000 * (self._monotonic() - start)), outcome.request_id, outcome.untold > 0,
        )  # fmt: skip
        try:
            with self._database.writing() as unit:
                unit.calls.settle(workspace, begun.id, settled)
        except DatabaseFault as err:
            # The row stays under way, and counts as paid once its lease is over; what was answered is used.
            log.warning("claude.not_settled", call=begun.id, why=str(err))


def _digest(lines: Sequence[Line]) -> str:
    found = hashlib.sha256()
    for line in ordered(lines):
        if line.kind == "message":
            found.update(repr((line.id, line.text)).encode("utf-8", "backslashreplace"))
    return found.hexdigest()


def _readable(request: Request, number: int, of: int) -> str:
    told = body(request)
    head = (
        f"--- Call {number} of {of}: {told['model']}, effort {request.effort}, {request.max_tokens} tokens at most ---"
    )
    shape = f"The answer must have the shape “{request.schema}”:\n{told['output_config']['format']['schema']}"
    return "\n\n".join([head, request.system, *(each.text for each in request.blocks), shape])
