"""Who may speak to the local Slack at all: requests to this computer's own name, never another site's page."""

from __future__ import annotations

from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """Refuses foreign Host and Origin headers (DNS rebinding, cross-site requests) and adds the security headers."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        # The SDK's own Socket Mode client leaves the port out of its Host header.
        self.hosts = {f"{name}{tail}" for name in ("127.0.0.1", "localhost") for tail in ("", f":{port}")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", [])}
        origin = headers.get("origin")
        foreign = origin is not None and origin not in {f"http://{host}" for host in self.hosts}
        if headers.get("host", "") not in self.hosts or foreign:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                answer = JSONResponse({"ok": False, "error": "Only this computer may ask."}, 403)
                await answer(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                for name, value in _HEADERS:
                    if name not in present:
                        message["headers"].append((name, value))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


_HEADERS: Final = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)
