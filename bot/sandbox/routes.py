"""Which address answers what: /api, /link, /respond, files, /_sim and the page."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.sandbox import human_reads as reads
from bot.sandbox import interactions
from bot.sandbox.api.call import Refused
from bot.sandbox.controls import Controls
from bot.sandbox.faults import Calls
from bot.sandbox.files import content_of
from bot.sandbox.human import Human
from bot.sandbox.page_feed import PageFeed
from bot.sandbox.socket_mode import Gateway
from bot.sandbox.web_api import Dropped, WebApi
from bot.sandbox.workspace import Json, Workspace

Handler = Callable[[Request], Awaitable[Response]]
_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
#: Behind what stands in the page's banner, a note is added.
_SAID = "<span>Nothing leaves this computer.</span>"
_SLOW_KINDS = frozenset({"delay"})


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that the routes lead to."""

    workspace: Workspace
    manifest: Mapping[str, Any]
    web_api: WebApi
    human: Human
    controls: Controls
    gateway: Gateway
    feed: PageFeed
    calls: Calls
    page: Path | None
    url: str
    #: What else is to be said at the top of the page.
    note: str = ""


def routes(site: Site) -> list[BaseRoute]:
    """All routes."""
    doing: dict[str, Callable[[Json], Any]] = {
        name: getattr(site.human, name)
        for name in ("post", "edit", "delete", "react", "pin", "slash", "click", "submit", "close", "shortcut", "home",
                     "invite", "join", "kick", "archive", "rename", "channel", "export")
    }  # fmt: skip
    doing |= {
        name: getattr(site.controls, name)
        for name in ("clock", "faults", "socket", "redeliver", "limits", "profile", "uninstall", "install")
    }
    ws = site.workspace
    reading: dict[str, Callable[[Mapping[str, str]], Json]] = {
        "state": lambda q: reads.state(ws, site.manifest, q.get("as", "")),
        "messages": lambda q: reads.messages(ws, site.url, q["as"], q["channel"]),
        "thread": lambda q: reads.thread(ws, site.url, q["as"], q["channel"], q["ts"]),
        "view": lambda q: reads.view(ws, q["as"]),
        "canvases": lambda q: reads.canvases(ws, q["as"]),
        "clock": lambda q: site.controls.clock({}),
        "calls": lambda q: site.controls.calls(int(q.get("since", "0"))),
        "deliveries": lambda q: site.controls.deliveries(int(q.get("since", "0"))),
    }
    found: list[BaseRoute] = [
        Route("/api/{method}", _api(site), methods=["GET", "POST"]),
        WebSocketRoute("/link/", site.gateway.serve),
        Route("/respond/{team}/{key}", _respond(site), methods=["POST"]),
        Route("/upload/v1/{file}", _upload(site), methods=["POST"]),
        Route("/files-pri/{file}/{name:path}", _download(site), methods=["GET"]),
        Route("/_sim/events", _events(site), methods=["GET"]),
        Route("/_sim/files/{file}", _page_file(site), methods=["GET"]),
        Route("/_sim/faults", _doing(site, site.controls.clear_faults), methods=["DELETE"]),
    ]
    found += [Route(f"/_sim/{name}", _doing(site, action), methods=["POST"]) for name, action in doing.items()]
    found += [Route(f"/_sim/{name}", _reading(site, action), methods=["GET"]) for name, action in reading.items()]
    if site.page is not None:
        found += [
            Route("/", _index(site.page, site.note)), Route("/archives/{rest:path}", _index(site.page, site.note)),
            Route("/static/{name:path}", _static(site.page)),
        ]  # fmt: skip
    return found


def _api(site: Site) -> Handler:
    async def answer(request: Request) -> Response:
        name = request.path_params["method"]
        args, token = await _arguments(request)
        line = site.calls.begin(name, args, token, site.workspace.clock.now())
        fault = site.calls.next_fault(name)
        if fault is not None and fault.kind in _SLOW_KINDS:
            await asyncio.sleep(fault.seconds)
            fault = None
        try:
            result = await run_in_threadpool(site.web_api.answer, name, args, token, fault, line)
        except Dropped:
            line["status"] = "dropped"
            return await _drop(request)
        except Exception as err:
            line |= {"status": 500, "response": {"fault_of_the_local_slack": repr(err)}}
            return _json({"ok": False, "error": "fatal_error"}, 500)
        line |= {"status": result.status, "response": result.body}
        return _json(result.body, result.status, dict(result.headers))

    return answer


async def _arguments(request: Request) -> tuple[Json, str]:
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0]
    if kind == "application/json":
        try:
            body = json.loads(await request.body() or b"{}")
        except (json.JSONDecodeError, UnicodeDecodeError):
            body = {}
        args |= body if isinstance(body, dict) else {}
    elif kind == "application/x-www-form-urlencoded":
        args |= dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
    header = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    token = str(args.pop("token", "") or "")
    return args, header or token


async def _drop(request: Request) -> Response:
    request.scope["state"]["transport"].abort()
    await asyncio.sleep(0)
    return Response()


def _respond(site: Site) -> Handler:
    async def answer(request: Request) -> Response:
        line = site.calls.begin("response_url", {}, "", site.workspace.clock.now())
        fault = site.calls.next_fault("response_url")
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        line["args"] = body if isinstance(body, dict) else {}
        if fault is not None and fault.kind == "drop_before":
            return await _drop(request)
        try:
            with site.workspace.lock:
                error = interactions.respond(site.workspace, request.path_params["key"], body)
        except Refused as refused:
            error = refused.error
        line |= {"status": 404 if error else 200, "response": {"error": error} if error else {"ok": True}}
        if fault is not None and fault.kind == "drop_after":
            return await _drop(request)
        return JSONResponse({"ok": False, "error": error}, 404) if error else PlainTextResponse("ok")

    return answer


def _upload(site: Site) -> Handler:
    async def answer(request: Request) -> Response:
        kept = site.workspace.data["files"].get(request.path_params["file"])
        if kept is None or not kept.get("pending"):
            return PlainTextResponse("no such upload", 404)
        raw = await request.body()
        if len(raw) != kept["length"]:
            return PlainTextResponse("length mismatch", 400)
        kept["content"] = base64.b64encode(raw).decode()
        return PlainTextResponse(f"OK - {len(raw)}")

    return answer


def _download(site: Site) -> Handler:
    async def answer(request: Request) -> Response:
        kept = site.workspace.data["files"].get(request.path_params["file"], {})
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token != site.workspace.bot["bot_token"] or "files:read" not in site.web_api.scopes:
            return Response(status_code=302, headers={"location": f"{site.url}/"})
        if "file" not in kept:
            return PlainTextResponse("not found", 404)
        return _file(site, kept["file"])

    return answer


def _page_file(site: Site) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            file = reads.file(site.workspace, request.query_params.get("as", ""), request.path_params["file"])
        except reads.NotShown as err:
            return _json({"ok": False, "error": str(err)}, 400)
        return _file(site, file)

    return answer


def _file(site: Site, file: Json) -> Response:
    kind = file["mimetype"] if file["mimetype"] in _INLINE else "application/octet-stream"
    where = "inline" if kind in _INLINE else "attachment"
    headers = {"content-security-policy": "sandbox; default-src 'none'",
               "content-disposition": f"{where}; filename*=UTF-8''{quote(file['name'], safe='')}"}  # fmt: skip
    return Response(content_of(site.workspace, file["id"]), media_type=kind, headers=headers)


def _doing(site: Site, action: Callable[[Json], Any]) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            if request.method == "POST":
                if request.headers.get("content-type", "").split(";")[0] != "application/json":
                    return _json({"ok": False, "error": "Send JSON, with its content type."}, 415)
                body = json.loads(await request.body() or b"{}")
            else:
                body = {}
            if asyncio.iscoroutinefunction(action):
                result = await action(body)
            else:
                with site.workspace.lock:
                    result = action(body)
        except (interactions.NotPossible, reads.NotShown) as err:
            return _json({"ok": False, "error": str(err)}, 400)
        except Refused as refused:
            return _json({"ok": False, "error": f"{refused.error} {refused.extra or ''}".strip()}, 400)
        except KeyError as err:
            return _json({"ok": False, "error": f"{err} is missing or unknown."}, 400)
        except (TypeError, ValueError, AttributeError) as err:
            return _json({"ok": False, "error": f"That request cannot be understood: {err}"}, 400)
        return _json({"ok": True, **result})

    return answer


def _reading(site: Site, action: Callable[[Mapping[str, str]], Json]) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            with site.workspace.lock:
                result = _json({"ok": True, **action(request.query_params)})
        except reads.NotShown as err:
            return _json({"ok": False, "error": str(err)}, 400)
        except KeyError as err:
            return _json({"ok": False, "error": f"{err} is missing or unknown."}, 400)
        except ValueError as err:
            return _json({"ok": False, "error": f"That request cannot be understood: {err}"}, 400)
        return result

    return answer


def _json(body: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(raw, status, headers, "application/json; charset=utf-8")


def _events(site: Site) -> Handler:
    async def answer(request: Request) -> Response:
        user = request.query_params.get("as", "")
        try:
            reads.person(site.workspace, user)
        except reads.NotShown as err:
            return _json({"ok": False, "error": str(err)}, 400)
        return StreamingResponse(site.feed.stream(user), media_type="text/event-stream")

    return answer


def _index(page: Path, note: str) -> Handler:
    async def answer(request: Request) -> Response:
        if not note:
            return FileResponse(page / "index.html")
        text = (page / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(text.replace(_SAID, f"{_SAID} <span>{escape(note)}</span>", 1))

    return answer


def _static(page: Path) -> Handler:
    async def answer(request: Request) -> Response:
        wanted = (page / request.path_params["name"]).resolve()
        if not wanted.is_relative_to(page.resolve()) or not wanted.is_file():
            return PlainTextResponse("not found", 404)
        return FileResponse(wanted)

    return answer
