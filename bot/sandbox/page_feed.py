"""What the open pages are told as it happens: one stream of server-sent events per person."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from bot.sandbox.messages import shown
from bot.sandbox.workspace import Json, Workspace

_TO_ONE = {"ephemeral", "ephemeral_changed", "ephemeral_deleted", "view", "home", "notice"}


class PageFeed:
    """The streams that are open now."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.closing = False
        self._streams: list[tuple[str, asyncio.AbstractEventLoop, asyncio.Queue[str | None]]] = []
        ws.listen(self._hear)
        ws.clock.on_turn(lambda: self._hear("clock", {"now": ws.clock.now(), "offset": ws.clock.offset}))

    async def stream(self, user: str) -> AsyncIterator[str]:
        """The lines of one stream, with a comment every 15 seconds so that a dead page is noticed."""
        mine: asyncio.Queue[str | None] = asyncio.Queue()
        entry = (user, asyncio.get_running_loop(), mine)
        self._streams.append(entry)
        try:
            yield ": open\n\n"
            while not self.closing:
                try:
                    line = await asyncio.wait_for(mine.get(), 15)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if line is None:
                    return
                yield line
        finally:
            self._streams.remove(entry)

    def close(self) -> None:
        """Ends every stream."""
        self.closing = True
        for _, loop, queue in self._streams:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    def _hear(self, kind: str, facts: Json) -> None:
        if not self._streams:
            return
        for user, loop, queue in list(self._streams):
            for told in self._for(user, kind, facts):
                line = f"data: {json.dumps(told, ensure_ascii=False)}\n\n"
                if not loop.is_closed():
                    loop.call_soon_threadsafe(queue.put_nowait, line)

    def _for(self, user: str, kind: str, facts: Json) -> list[Json]:
        if kind in _TO_ONE:
            if facts.get("user") != user:
                return []
            return [{"type": kind} | {k: v for k, v in facts.items() if k != "user"}]
        channel = self.ws.channels.get(str(facts.get("channel", "")))
        if channel is not None and not self.ws.can_see(user, channel):
            return []
        match kind:
            case "message" | "message_changed" if channel is not None:
                said = facts["message"]
                told = [{"type": kind, "channel": channel["id"], "message": shown(channel, said)}]
                root = channel["messages"].get(said.get("thread_ts", ""))
                if kind == "message" and root is not None and root["ts"] != said["ts"]:
                    # The page shows "N replies" on the root.
                    told.append({"type": "message_changed", "channel": channel["id"], "message": shown(channel, root)})
                return told
            case "message_deleted" if channel is not None:
                gone = {"type": kind, "channel": channel["id"], "ts": facts["ts"], "thread_ts": facts["thread_ts"]}
                told = [gone]
                root = channel["messages"].get(facts["thread_ts"] or "")
                if root is not None:
                    told.append({"type": "message_changed", "channel": channel["id"], "message": shown(channel, root)})
                return told
            case "reaction_added" | "reaction_removed" | "pin_added" | "pin_removed" if channel is not None:
                said = channel["messages"][facts["ts"]]
                return [{"type": "message_changed", "channel": channel["id"], "message": shown(channel, said)}]
            case "canvas":
                return [{"type": "canvas", "canvas": canvas_for_page(facts["canvas"])}]
            case "channels" | "clock" | "status":
                return [{"type": kind, **facts}]
        return []


def canvas_for_page(canvas: Json) -> Json:
    """A canvas as the page shows it."""
    text = "\n\n".join(section["markdown"] for section in canvas["sections"])
    about = {k: canvas[k] for k in ("id", "title", "updated", "channel_ids")}
    return about | {"markdown": text, "deleted": bool(canvas.get("deleted"))}
