"""The knobs that no Slack has: the clock, planned faults, logs, sockets, limits and profiles of the workspace."""

from __future__ import annotations

from bot.sandbox.faults import KINDS, Calls, Fault
from bot.sandbox.interactions import NotPossible
from bot.sandbox.limits import Limits
from bot.sandbox.socket_mode import Gateway
from bot.sandbox.workspace import Json, Workspace


class Controls:
    """Every method takes the JSON of the request and returns the JSON of the answer."""

    def __init__(self, ws: Workspace, gateway: Gateway, calls: Calls, limits: Limits) -> None:
        self.ws, self.gateway, self.calls_made, self.limits_kept = ws, gateway, calls, limits

    def clock(self, body: Json) -> Json:
        """Reads the clock, advances it by seconds or sets it."""
        clock = self.ws.clock
        try:
            if "advance" in body:
                clock.advance(float(body["advance"]))
            elif "set" in body:
                clock.set(float(body["set"]))
        except ValueError as err:
            raise NotPossible(str(err)) from err
        return {"now": clock.now(), "offset": clock.offset, "running": clock.running}

    def faults(self, body: Json) -> Json:
        """Plans a fault."""
        fault = Fault(**body)
        if fault.kind not in KINDS:
            raise NotPossible(f"A fault is one of {', '.join(sorted(KINDS))}.")
        self.calls_made.plan.append(fault)
        return {"planned": len(self.calls_made.plan)}

    def clear_faults(self, body: Json) -> Json:
        """Forgets every planned fault."""
        self.calls_made.plan.clear()
        return {}

    def calls(self, since: int) -> Json:
        """The calls after number `since`."""
        return {"calls": [line for line in list(self.calls_made.log) if line["n"] > since]}

    def deliveries(self, since: int) -> Json:
        """The events after number `since`, without their payloads."""
        found = [d for d in self.ws.data["deliveries"] if d["n"] > since]
        shown = [{k: v for k, v in d.items() if k not in ("payload", "due")} for d in found]
        return {"deliveries": shown, "sockets": self.gateway.open_sockets}

    async def socket(self, body: Json) -> Json:
        """disconnect, drop, refuse or accept."""
        if body.get("do") not in ("disconnect", "drop", "refuse", "accept"):
            raise NotPossible("do is one of disconnect, drop, refuse, accept.")
        await self.gateway.control(body["do"], body.get("reason") or "refresh_requested")
        return {"sockets": self.gateway.open_sockets}

    def redeliver(self, body: Json) -> Json:
        """Sends an event once more."""
        try:
            self.gateway.redeliver(body["event_id"])
        except KeyError as err:
            raise NotPossible("There is no such event.") from err
        return {}

    def limits(self, body: Json) -> Json:
        """Turns rate limits, or the profile of a throttled app, on or off."""
        self.limits_kept.enabled = bool(body.get("enabled", self.limits_kept.enabled))
        self.limits_kept.throttled_app = bool(body.get("throttled_app", self.limits_kept.throttled_app))
        self.limits_kept.reset()
        return {"enabled": self.limits_kept.enabled, "throttled_app": self.limits_kept.throttled_app}

    def profile(self, body: Json) -> Json:
        """Changes what the workspace is: free_plan, canvases_off, unfurls, text_limit, home_tab, slow_files (s)."""
        allowed = {"free_plan", "canvases_off", "unfurls", "text_limit", "home_tab", "slow_files"}
        if not set(body) <= allowed:
            raise NotPossible(f"A profile has only {', '.join(sorted(allowed))}.")
        with self.ws.lock:
            self.ws.data.update(body)
            self.ws.touch()
        return {key: self.ws.data.get(key) for key in sorted(allowed)}

    def uninstall(self, body: Json) -> Json:
        """Takes the app out of the workspace: two last events, then every call is token_revoked."""
        self.ws.announce("tokens_revoked", {"tokens": {"bot": [self.ws.bot["user_id"]]}})
        self.ws.announce("app_uninstalled", {})
        self.ws.data["revoked"] = True
        return {}

    def install(self, body: Json) -> Json:
        """Puts the app back with the same tokens."""
        self.ws.data["revoked"] = False
        self.ws.touch()
        return {}
