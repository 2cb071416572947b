"""How is one thought thought? Select what is shown, write the call down, ask, check what comes back, settle.

It never raises for anything that can be foreseen, takes no longer than it is given, and keeps nothing of anybody's
words: what it knows besides the ledger is which lines of a large channel were picked, by their ids.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, cast
from zoneinfo import ZoneInfo

import structlog

from bot.claude.client import Answer, Block, Client, Failure, Request, body
from bot.claude.envelope import Reply, Selection, said
from bot.claude.evidence import MOST, conclude
from bot.claude.outgoing import (
    Arranged,
    Outgoing,
    arranged,
    element,
    inputs_of,
    outgoing,
    sent_line,
    tokens_in,
)
from bot.claude.prices import Prices, Used
from bot.claude.prompts import FRAME, SELECT, Effort, Prompt, Prompts, Role
from bot.claude.selection import PARTS, WHOLE, best_of, by_rules, fits, parts, reduced, weighed
from bot.clock import Clock
from bot.errors import DatabaseFault
from bot.interview.state import Workspace
from bot.interview.thoughts import Conclusion, Line, Material, Purpose, Unavailable
from storage.calls import Begun, Call, Caps, Refused, Settled
from storage.database import Database

log = structlog.get_logger()

_Kept = TypeVar("_Kept")

#: How long a call may be under way before it counts as lost: its deadline, and this many seconds for what is around it.
GRACE = 30.0
#: The share of a thought's time in which the parts of a large channel are looked through.
SHARE = 0.6
#: How many lines may be picked from one part.
PICKED_FROM_PART = 80
#: How many channels are remembered by which of their lines are shown.
REMEMBERED = 32
#: How many channels can be looked through at once.
LOCKS = 16
#: Why a part is not looked through a second time: it would end the same way, and cost as much.
FOR_GOOD = frozenset({"refused", "truncated", "schema", "lost"})
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
class _Plan:
    """Which messages are shown by the rules (None: all), and the parts that are looked through first to know better.

    Ids only: a plan is remembered, what people wrote is not.
    """

    keep: frozenset[str] | None
    parts: tuple[tuple[str, ...], ...] = ()
    #: What the rules would pick from each part.
    picks: tuple[frozenset[str], ...] = ()


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
        self._plans: _Recent[_Plan] = _Recent(REMEMBERED)
        self._picked: _Recent[frozenset[str]] = _Recent(REMEMBERED * PARTS)
        # Several thoughts about one channel come at once: the first looks through it, the others wait for that.
        self._looking = tuple(threading.Lock() for _ in range(LOCKS))

    def think(
        self, material: Material, *, workspace: Workspace, postmortem: int, key: str, deadline: float
    ) -> Conclusion | Unavailable:
        """What can be said for the purpose of `material`, checked; or in one word why nothing can.

        Blocks for at most `deadline` seconds. `key` names the thought: while it is thought once it is not thought
        again, and when its process dies it may be thought once more.
        """
        end = self._monotonic() + deadline
        try:
            material = _narrowed(material)
            order = arranged(material, by_name=self._choices.by_name)
            keep = self._choose(material, order, workspace, postmortem, key, end)
            sent = outgoing(material, by_name=self._choices.by_name, nonce=self._nonce, keep=keep, order=order)
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
        material = _narrowed(material)
        order = arranged(material, by_name=self._choices.by_name)
        digest = _digest(order.lines)
        plan = self._plan(order, digest)
        requests = []
        texts = dict(order.lines)
        picks = [self._picked.get(_digest((local, texts[local]) for local in part)) for part in plan.parts]
        keep = plan.keep
        if plan.parts and None not in picks:
            keep = self._reduced(order, [each for each in picks if each is not None])
        elif plan.parts:
            requests = [self._part_request(material, order, part) for part in plan.parts]
        sent = outgoing(material, by_name=self._choices.by_name, nonce=self._nonce, keep=keep, order=order)
        requests.append(self._request(self._prompts.of(material.purpose), material, sent))
        told = [_readable(each, number, len(requests)) for number, each in enumerate(requests, 1)]
        return "\n\n".join([*told, *([DEPENDS] if len(requests) > 1 else [])])

    def close(self) -> None:
        """Closes the connections; nothing is asked after that."""
        self._client.close()

    # --- what is shown ---

    def _plan(self, order: Arranged, digest: str) -> _Plan:
        """The same for every purpose, so that they share what is cached."""
        if (known := self._plans.get(digest)) is not None:
            return known
        found = weighed(order.lines)
        keep = by_rules(found, WHOLE)
        plan = _Plan(keep)
        if keep is not None and not fits(found, WHOLE):
            divided = parts(found)
            plan = _Plan(keep, divided, tuple(best_of(found, part, PICKED_FROM_PART) for part in divided))
        self._plans.put(digest, plan)
        return plan

    def _choose(
        self, material: Material, order: Arranged, workspace: Workspace, postmortem: int, key: str, end: float
    ) -> frozenset[str] | None:
        """The messages to show. Where a part cannot be looked through, what the rules would pick there is shown."""
        digest = _digest(order.lines)
        plan = self._plan(order, digest)
        if not plan.parts:
            return plan.keep
        until = self._monotonic() + (end - self._monotonic()) * SHARE
        looking = self._looking[int(digest[:8], 16) % LOCKS]
        if not looking.acquire(timeout=max(until - self._monotonic(), 0.0)):
            return plan.keep
        try:
            picks = self._look(material, order, plan, workspace, postmortem, key, until)
        finally:
            looking.release()
        return plan.keep if picks is None else self._reduced(order, picks)

    def _look(
        self, material: Material, order: Arranged, plan: _Plan, workspace: Workspace, postmortem: int, key: str,
        until: float,
    ) -> Sequence[frozenset[str]] | None:  # fmt: skip
        """The ids of the lines that are picked from each part; None where no part could be looked through."""
        prompt = self._prompts.of(SELECT)
        lines = dict(order.lines)

        def look(number: int) -> tuple[frozenset[str], bool]:
            part = plan.parts[number]
            name = _digest((local, lines[local]) for local in part)
            if (known := self._picked.get(name)) is not None:
                return known, True
            by_the_rules = frozenset(lines[local].id for local in plan.picks[number])
            request = self._part_request(material, order, part)
            outcome = self._call(prompt, request, workspace, postmortem, f"{key}/part-{number + 1}", until)
            if isinstance(outcome, Unavailable):
                if outcome.reason in FOR_GOOD:
                    self._picked.put(name, by_the_rules)
                return by_the_rules, False
            # Only what was sent can be picked, and no part may crowd out the others.
            there = frozenset(part)
            ids = [id for id in dict.fromkeys(cast(Selection, outcome.reply).ids) if id in there][:PICKED_FROM_PART]
            picked = frozenset(lines[local].id for local in ids)
            self._picked.put(name, picked)
            return picked, True

        with ThreadPoolExecutor(len(plan.parts), thread_name_prefix="parts") as pool:
            looked = list(pool.map(look, range(len(plan.parts))))
        return [picked for picked, _ in looked] if any(done for _, done in looked) else None

    @staticmethod
    def _reduced(order: Arranged, picks: Sequence[frozenset[str]]) -> frozenset[str]:
        ids = frozenset[str]().union(*picks)
        return reduced(order.lines, {local for local, line in order.lines if line.id in ids})

    # --- what is sent ---

    def _request(self, prompt: Prompt, material: Material, sent: Outgoing) -> Request:
        most = max(MOST[material.purpose])
        tail = prompt.render(inputs_of(material, sent, most, self._nonce))
        blocks = [Block(text) for text in sent.record]
        if blocks and sum(tokens_in(each.text) for each in blocks) >= WORTH_CACHING:
            blocks[-1] = replace(blocks[-1], cached=True)
        notes = [Block(sent.notes)] if sent.notes else []
        return self._of(prompt, (*blocks, *notes, Block(tail)))

    def _part_request(self, material: Material, order: Arranged, part: Sequence[str]) -> Request:
        wanted = frozenset(part)
        told = [sent_line(local, line, order.calling).json() for local, line in order.lines if local in wanted]
        empty = Outgoing({}, order.calling, (), "", 0)
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


def _narrowed(material: Material) -> Material:
    """A rewording is made from one line, and no other is sent."""
    if material.purpose is not Purpose.REWORDING:
        return material
    return replace(material, lines=tuple(line for line in material.lines if line.id in material.about))


def _digest(lines: Iterable[tuple[str, Line]]) -> str:
    """Of messages under their local ids, and of nothing else."""
    found = hashlib.sha256()
    for local, line in lines:
        if line.kind == "message":
            found.update(repr((local, line.id, line.text)).encode("utf-8", "backslashreplace"))
    return found.hexdigest()


class _Recent(Generic[_Kept]):
    """What was kept last, up to so many; for all threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str) -> _Kept | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: str, value: _Kept) -> None:
        with self._lock:
            self._kept[name] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _readable(request: Request, number: int, of: int) -> str:
    told = body(request)
    head = (
        f"--- Call {number} of {of}: {told['model']}, effort {request.effort}, {request.max_tokens} tokens at most ---"
    )
    shape = f"The answer must have the shape “{request.schema}”:\n{told['output_config']['format']['schema']}"
    return "\n\n".join([head, request.system, *(each.text for each in request.blocks), shape])
