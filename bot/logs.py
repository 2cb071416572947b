"""How log lines are written: one line each, on standard error, without secrets and without anybody's words.

What people write in Slack belongs in the database and in the document. A log line names things (`ts`, ids, counts);
fields that would carry words are emptied here, whoever logs them, and of an exception only the first line is kept:
drivers and validators put the offending values after it.
"""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.redaction.masking import mask
from bot.settings import LogFormat, LogLevel

#: Fields that hold what people wrote, in our own events and in Slack's payloads.
WORDS = frozenset({
    "answer", "attachments", "blocks", "body", "content", "message", "payload", "quote", "request", "response",
    "text", "title", "view", "words",
})  # fmt: skip
NOT_LOGGED = "(not logged)"
#: Libraries whose lower levels print whole payloads.
TALKATIVE = ("slack_bolt", "slack_sdk", "anthropic", "httpx", "httpcore", "urllib3", "websockets", "sqlalchemy")
#: Characters of one value that a line holds.
LONGEST = 500
# Without letters and digits that are mistaken for one another when read aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def configure(level: LogLevel, log_format: LogFormat, stream: TextIO | None = None) -> None:
    """Sends our own lines and every library's through the same processors to `stream` (standard error)."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        leave_out_words,
        shorten_exception,
        mask_secrets,
    ]
    renderer: Processor
    match log_format:
        case LogFormat.JSON:
            renderer = structlog.processors.JSONRenderer()
        case LogFormat.TEXT:
            renderer = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, sort_keys=False)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def reference() -> str:
    """A short name for one failure: told to the person it happened to, and written into the log line about it."""
    return "R-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))


def leave_out_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Empties the fields that hold what people wrote; the line still says that they were there."""
    return {key: NOT_LOGGED if key in WORDS else value for key, value in event.items()}


def shorten_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turns `exc_info` into the places it passed through, its class, and the first line of what it says."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True or error == 1:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        said = str(error).partition("\n")[0]
        event["error"] = f"{type(error).__name__}: {said}"
        event["through"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return event


def mask_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Masks every value, however deep; what is neither text, number nor a collection is written as its text."""
    return {key: value if key.startswith("_") else _masked(value) for key, value in event.items()}


def _masked(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): NOT_LOGGED if key in WORDS else _masked(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(each) for each in cast("list[object]", list(value))]
    whole = mask(str(value)).text
    return whole if len(whole) <= LONGEST else whole[:LONGEST] + "…"
