"""What does it mean when a call to Slack fails? The errors of Slack, its SDK and the network in the bot's own words."""

from __future__ import annotations

import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError
from websockets.exceptions import WebSocketException

from bot.errors import SlackRefused, SlackUnavailable

#: What Slack answers when the fault is its own and the same call may work later.
_PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
#: Seconds to wait when Slack limits a call and does not say for how long.
_UNSAID = 30.0


@contextmanager
def translated(method: str) -> Iterator[None]:
    """Raises SlackRefused when Slack says no to `method`, SlackUnavailable when it says nothing or "later"."""
    try:
        yield
    except SlackApiError as err:
        raise _of_answer(err.response, method) from err
    except urllib.error.HTTPError as err:
        raise _of_status(err.code, err.headers.get("Retry-After"), f"http_{err.code}", method) from err
    except OSError as err:
        raise SlackUnavailable(f"{method} failed ({str(err).partition(chr(10))[0]})") from err
    except (SlackClientError, WebSocketException, HTTPException, ValueError) as err:
        # What these say may hold the address of a socket, which lets its bearer in.
        raise SlackUnavailable(f"{method} failed ({type(err).__name__})") from err


def header(response: Any, name: str) -> str:
    """A header of an answer by its lower-case name; empty when there is none."""
    for each, value in (getattr(response, "headers", None) or {}).items():
        if str(each).lower() == name:
            # The SDK hands out a header as a list when it is sent more than once.
            return ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return ""


def _of_answer(response: Any, method: str) -> SlackRefused | SlackUnavailable:
    # An answer that is no JSON comes as a plain dictionary, or as bytes.
    error = str(response.get("error") or "") if hasattr(response, "get") else ""
    return _of_status(getattr(response, "status_code", 200), header(response, "retry-after"), error, method)


def _of_status(status: int, retry_after: str | None, error: str, method: str) -> SlackRefused | SlackUnavailable:
    if status == 429 or error in ("ratelimited", "rate_limited"):
        return SlackUnavailable(f"{method} is limited", _seconds(retry_after))
    if status >= 500 or error in _PASSING:
        return SlackUnavailable(f"{method} answered {error or f'http_{status}'}")
    return SlackRefused(error or f"http_{status}", method)


def _seconds(value: str | None) -> float:
    try:
        return max(1.0, float(value or ""))
    except ValueError:
        return _UNSAID
