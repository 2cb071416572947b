"""How one call of the Web API is answered: the order of checks, faults, limits, scopes, then the method itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.api import canvases, chat, conversations, files, history, people, reactions, views
from bot.sandbox.api.call import Call, Method, Refused, invalid_arguments, table
from bot.sandbox.faults import Calls, Fault
from bot.sandbox.limits import TIER_3, Limits
from bot.sandbox.workspace import Json, Workspace


class Dropped(Exception):
    """The connection is cut without an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, a body and headers."""

    body: Json
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class WebApi:
    """All methods of the local Slack, and every other name as unknown_method."""

    def __init__(
        self, ws: Workspace, manifest: Mapping[str, Any], limits: Limits, calls: Calls, open_socket: Callable[[], str]
    ) -> None:
        self.ws, self.limits, self.calls = ws, limits, calls
        self.scopes = frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
        self.site = ""
        connect = Method("apps.connections.open", lambda call: {"url": open_socket()}, per_minute=TIER_3, for_app=True)
        self.methods = table(
            canvases.METHODS, chat.METHODS, conversations.METHODS, files.METHODS, history.METHODS, people.METHODS,
            reactions.METHODS, views.METHODS, (connect,),
        )  # fmt: skip

    def answer(self, name: str, args: Json, token: str, fault: Fault | None, line: Json) -> Answer:
        """The answer to one call; Dropped when a planned fault cuts the connection."""
        if fault is not None and fault.kind != "drop_after":
            self._strike(fault)
            if fault.kind == "ratelimited":
                return _ratelimited(fault.retry_after)
            if fault.kind == "http_500":
                return Answer({"ok": False, "error": "internal_error"}, 500)
            if fault.kind == "error":
                return Answer({"ok": False, "error": fault.error}, headers=self._scopes())
        self._hooks("before", name, args, line["n"])
        try:
            with self.ws.lock:
                answer = self._checked(name, args, token)
        except Refused as refused:
            answer = Answer({"ok": False, "error": refused.error, **refused.extra}, headers=self._scopes())
        self._hooks("after", name, args, line["n"])
        if fault is not None and fault.kind == "drop_after":
            raise Dropped(name)
        return answer

    def _hooks(self, phase: Literal["before", "after"], name: str, args: Json, number: int) -> None:
        try:
            self.calls.around(phase, name, args, number)
        except Exception as err:
            raise Dropped(name) from err

    def _strike(self, fault: Fault) -> None:
        if fault.kind == "drop_before":
            raise Dropped(fault.method)

    def _checked(self, name: str, args: Json, token: str) -> Answer:
        method = self.methods.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        if not token:
            raise Refused("not_authed")
        for_app = {self.ws.bot["bot_token"]: False, self.ws.bot["app_token"]: True}.get(token)
        if for_app is None:
            raise Refused("invalid_auth")
        if self.ws.data["revoked"]:
            raise Refused("token_revoked")
        if for_app != method.for_app:
            raise Refused("not_allowed_token_type")
        wait = self.limits.wait(token, name, method.per_minute, args)
        if wait:
            return _ratelimited(wait)
        if method.scopes and not self.scopes & set(method.scopes):
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=",".join(method.scopes), provided=provided)
        missing = [name for name in method.needs if args.get(name) in (None, "")]
        if missing:
            raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
        call = Call(self.ws, name, args, self.scopes, self.site, self.limits)
        return Answer({"ok": True, **method.answer(call)}, headers=self._scopes(method))

    def _scopes(self, method: Method | None = None) -> Mapping[str, str]:
        accepted = {"x-accepted-oauth-scopes": ",".join(method.scopes)} if method and method.scopes else {}
        return {"x-oauth-scopes": ",".join(sorted(self.scopes)), **accepted}


def _ratelimited(seconds: int) -> Answer:
    return Answer({"ok": False, "error": "ratelimited"}, 429, {"retry-after": str(seconds)})
