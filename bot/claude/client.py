"""How is one call made, and how can it end? The only place that knows the SDK, which is loaded when a key is there.

Nothing is retried by the SDK: it would obey any Retry-After, however long. Everything here ends at a deadline; a
refusal, a cut answer and an outage are ordinary ends with a word of their own.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from pydantic import BaseModel, SecretStr, ValidationError

from bot.claude.breaker import Breaker
from bot.claude.envelope import SHAPES
from bot.claude.prices import Used
from bot.claude.prompts import Schema

if TYPE_CHECKING:
    import anthropic
    import httpx2

#: Attempts of one call, the first included.
ATTEMPTS = 3
#: Seconds before the second attempt; doubled for the third, each cut by up to a quarter.
FIRST_PAUSE = 0.5
#: Seconds in which a connection must open.
CONNECT = 5.0
#: Less time than this is not worth an attempt, in seconds.
TOO_LATE = 0.05
#: More tokens than this are no count of one call.
MOST_TOLD = 100_000_000
ADDRESS = "https://api.anthropic.com"
_MAY_PASS = frozenset({408, 409, 429})


@dataclass(frozen=True, slots=True)
class Block:
    """A text of the request; up to a `cached` one, what stands in front is kept by the provider for minutes."""

    text: str
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """All that a call sends."""

    model: str
    effort: str
    max_tokens: int
    system: str
    blocks: tuple[Block, ...]
    schema: Schema


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back in the right shape, and what it took: tokens for each attempt that told of them."""

    reply: BaseModel
    spent: tuple[Used, ...]
    request_id: str
    attempts: int
    #: Attempts that may be billed without an answer that tells.
    untold: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing came, in a word of `thoughts.Unavailable`; `detail` says more for the log."""

    reason: str
    retryable: bool
    detail: str = ""
    spent: tuple[Used, ...] = ()
    request_id: str = ""
    attempts: int = 0
    #: Attempts that may be billed without an answer that tells.
    untold: int = 0


def body(request: Request) -> dict[str, Any]:
    """The request as it goes over the wire."""
    return {
        "model": request.model,
        "max_tokens": request.max_tokens,
        "system": [{"type": "text", "text": request.system}],
        "messages": [{"role": "user", "content": [_block(each) for each in request.blocks]}],
        "output_config": {
            "effort": request.effort,
            "format": {"type": "json_schema", "schema": schema_of(request.schema)},
        },
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "text", "text": block.text}
    return {**told, "cache_control": {"type": "ephemeral"}} if block.cached else told


@cache
def schema_of(schema: Schema) -> dict[str, Any]:
    """The shape of an answer as the API takes it."""
    import anthropic

    return anthropic.transform_schema(SHAPES[schema])


class Client:
    """Calls with one key; for all threads of a process. `transport` stands in for the network in tests."""

    def __init__(
        self,
        key: SecretStr,
        base_url: str = ADDRESS,
        *,
        transport: httpx2.BaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._sdk = _sdk(key, base_url, transport, monotonic)
        #: The clock of every deadline, in seconds.
        self.monotonic = monotonic
        self._sleep = sleep
        self._chance = chance
        #: One for each model: that one has too much to do says little of the others.
        self._breakers: dict[str, Breaker] = {}
        self._lock = threading.Lock()

    def ask(self, request: Request, end: float, again: Callable[[], str | None] = lambda: None) -> Answer | Failure:
        """One call, by `end` on the monotonic clock. `again` is asked before an attempt that follows one which may be
        paid: it says why there may be no other, or None."""
        with self._lock:
            breaker = self._breakers.setdefault(request.model, Breaker(self.monotonic))
        if not breaker.lets_through():
            return Failure("circuit_open", True)
        sent = body(request)
        spent: tuple[Used, ...] = ()
        untold = 0
        last = Failure("timeout", True, "no time was left")
        for attempt in range(1, ATTEMPTS + 1):
            left = end - self.monotonic()
            if left < TOO_LATE:
                break
            outcome, wait = self._once(sent, request.schema, left)
            spent += outcome.spent
            untold += outcome.untold
            if isinstance(outcome, Answer):
                breaker.succeeded()
                return replace(outcome, spent=spent, attempts=attempt, untold=untold)
            last = replace(outcome, spent=spent, attempts=attempt, untold=untold)
            # A shape that does not fit is asked for once more, everything that may pass by itself twice.
            if not outcome.retryable or attempt == (2 if outcome.reason == "schema" else ATTEMPTS):
                break
            pause = FIRST_PAUSE * 2 ** (attempt - 1) * (1 - 0.25 * self._chance()) if wait is None else wait
            if self.monotonic() + pause + TOO_LATE > end:
                break
            paid = outcome.untold > 0 or any(each.total for each in outcome.spent)
            if paid and (refused := again()) is not None:
                _tell(breaker, last)
                return replace(last, reason=refused, retryable=False)
            self._sleep(pause)
        _tell(breaker, last)
        return last

    def _once(self, sent: dict[str, Any], schema: Schema, left: float) -> tuple[Answer | Failure, float | None]:
        """One attempt, and how long the other side asked to wait."""
        import anthropic
        import httpx2

        try:
            # Without streaming nothing comes before all is written: the wait for it is the whole time that is left.
            timeout = httpx2.Timeout(left, connect=min(CONNECT, left))
            message = self._sdk.messages.create(**sent, timeout=timeout)
        except anthropic.APITimeoutError as err:
            sent_none = isinstance(err.__cause__, httpx2.ConnectTimeout | httpx2.PoolTimeout)
            return Failure("timeout", True, type(err.__cause__).__name__, untold=0 if sent_none else 1), None
        except anthropic.APIConnectionError as err:
            sent_none = isinstance(err.__cause__, httpx2.ConnectError | httpx2.ProxyError)
            return Failure("connection", True, type(err.__cause__).__name__, untold=0 if sent_none else 1), None
        except anthropic.APIStatusError as err:
            return _status(err), _retry_after(err)
        except anthropic.APIResponseValidationError:
            return Failure("connection", True, "no JSON", untold=1), None
        except (anthropic.AnthropicError, ValueError, httpx2.HTTPError) as err:
            # A body that is no JSON, or cut within.
            return Failure("connection", True, type(err).__name__, untold=1), None
        return _read(message, schema), None

    def models(self, name: str) -> Any:
        """What the API tells of a model; raises what the SDK raises."""
        return self._sdk.models.retrieve(name, timeout=CONNECT * 2)

    def close(self) -> None:
        self._sdk.close()


def _tell(breaker: Breaker, last: Failure) -> None:
    """Tells the breaker how the last attempt ended; one that was never made says nothing of the other side."""
    if not last.attempts:
        breaker.untried()
    elif last.reason in ("overloaded", "connection", "timeout"):
        breaker.failed()
    else:
        breaker.succeeded()


def _sdk(
    key: SecretStr, base_url: str, transport: httpx2.BaseTransport | None, monotonic: Callable[[], float]
) -> anthropic.Anthropic:
    import anthropic
    import httpx2

    from bot.claude.transport import Timed

    # ANTHROPIC_LOG would write whole requests to the log.
    for name in ("anthropic", "httpx2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    inner = transport or httpx2.HTTPTransport(proxy=_proxy(base_url))
    connections = anthropic.DefaultHttpxClient(transport=Timed(inner, monotonic))
    return anthropic.Anthropic(
        api_key=key.get_secret_value(),
        base_url=base_url,
        max_retries=0,
        open_telemetry=False,
        http_client=connections,
        webhook_key="",
    )


def _proxy(base_url: str) -> str | None:
    """The proxy of this computer for that address, which the library asks for only when it makes its own transport."""
    parts = urlsplit(base_url)
    if proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get(parts.scheme)


def _status(err: anthropic.APIStatusError) -> Failure:
    code, id = err.error_code or "", err.request_id or ""
    detail = f"{err.status_code} {err.type or ''} {code}".strip()
    if "spend_limit" in code or err.status_code == 402:
        return Failure("spend_limit", False, detail, request_id=id)
    if err.type == "overloaded_error" or err.status_code in _MAY_PASS or err.status_code >= 500:
        # What failed within may have been worked on; what was sent away at the door was not.
        return Failure("overloaded", True, detail, request_id=id, untold=int(err.status_code in (408, 500, 502, 504)))
    return Failure("rejected", False, detail, request_id=id)


def _retry_after(err: anthropic.APIStatusError) -> float | None:
    """Seconds that the other side asked to wait; None where it did not say, or not in numbers."""
    headers = err.response.headers
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * scale
        except ValueError:
            continue
        if 0 <= seconds < 1e9:
            return seconds
    return None


def _read(message: Any, schema: Schema) -> Answer | Failure:
    """The answer of a call that the API took, or why it is none. Every field may be missing: the SDK checks nothing."""
    if isinstance(message, str) or not hasattr(message, "stop_reason"):
        return Failure("connection", True, "no message", untold=1)
    id = str(getattr(message, "_request_id", "") or "")
    used = _used(getattr(message, "usage", None))
    # What was answered without a word of what it took is billed all the same.
    spent, untold = ((used,), 0) if used.total else ((), 1)

    def failure(reason: str, retryable: bool, detail: object) -> Failure:
        return Failure(reason, retryable, str(detail or ""), spent, id, untold=untold)

    match message.stop_reason:
        case "end_turn":
            pass
        case "refusal":
            return failure("refused", False, getattr(getattr(message, "stop_details", None), "category", None))
        case None:
            return failure("connection", True, "no stop reason")
        case other:
            return failure("truncated", False, other)
    content = getattr(message, "content", None) or []
    text = "".join(str(getattr(each, "text", "")) for each in content if getattr(each, "type", "") == "text")
    try:
        return Answer(SHAPES[schema].model_validate_json(text), spent, id, 1, untold)
    except ValidationError as err:
        return failure("schema", True, f"{err.error_count()} faults")


def _used(usage: Any) -> Used:
    def count(name: str) -> int:
        value = getattr(usage, name, 0)
        return min(value, MOST_TOLD) if isinstance(value, int) and value > 0 else 0

    return Used(
        count("input_tokens"),
        count("cache_creation_input_tokens"),
        count("cache_read_input_tokens"),
        count("output_tokens"),
    )
