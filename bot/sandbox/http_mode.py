"""How payloads reach an app in HTTP mode: signed POSTs to its request URL, with Slack's headers and three seconds."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.workspace import Json


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one POST: `reason` is empty when the app answered 2xx, else one of Slack's retry reasons."""

    reason: str
    answer: Any = None
    no_retry: bool = False


@dataclass(frozen=True, slots=True)
class RequestUrl:
    """One address for events, commands and interactions, and the secret that signs what is sent there."""

    url: str
    signing_secret: str
    seconds: float = 3.0

    def verify(self) -> bool:
        """Slack's url_verification: whether the app gives the challenge back."""
        challenge = hashlib.sha256(str(time.time()).encode()).hexdigest()
        body = {"type": "url_verification", "token": "verification-token-of-the-local-slack", "challenge": challenge}
        posted = self._post(json.dumps(body), "application/json", {})
        said = posted.answer.get("challenge") if isinstance(posted.answer, dict) else posted.answer
        return not posted.reason and said == challenge

    def event(self, payload: Json, attempt: int, reason: str) -> Posted:
        """Delivers an event; from the second attempt on with X-Slack-Retry-Num and -Reason."""
        again = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason} if attempt else {}
        return self._post(json.dumps(payload), "application/json", again)

    def ask(self, kind: str, payload: Json) -> Posted:
        """Delivers a command (its fields as a form) or an interaction (JSON in the form's `payload`)."""
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return self._post(urlencode(form), "application/x-www-form-urlencoded", {})

    def _post(self, body: str, kind: str, more: Mapping[str, str]) -> Posted:
        # The signature's age is checked against the app's own clock, so it is made from real time.
        stamp = str(int(time.time()))
        digest = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        signed = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}
        headers = {"content-type": kind, **signed, **more}
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=self.seconds)
        try:
            connection.request("POST", address.path or "/", body.encode(), headers)
            response = connection.getresponse()
            content = response.read().decode("utf-8", "replace")
        except TimeoutError:
            return Posted("http_timeout")
        except (OSError, http.client.HTTPException, socket.gaierror):
            return Posted("connection_failed")
        finally:
            connection.close()
        no_retry = response.getheader("x-slack-no-retry") == "1"
        if not 200 <= response.status < 300:
            return Posted("http_error", no_retry=no_retry)
        is_json = response.getheader("content-type", "").startswith("application/json")
        return Posted("", json.loads(content) if is_json and content else content)
