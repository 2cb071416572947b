"""What a person does: the POST half of /_sim, each route as Slack's own client would do it."""

from __future__ import annotations

import base64
import copy
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox import interactions, membership
from bot.sandbox.api.call import Refused
from bot.sandbox.api.chat import whisper
from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.files import add_file
from bot.sandbox.from_export import load_from_page
from bot.sandbox.human_reads import channel_for, person
from bot.sandbox.interactions import NotPossible
from bot.sandbox.messages import SYSTEM, delete, edit, pin, post, post_as, react
from bot.sandbox.socket_mode import NotDelivered
from bot.sandbox.typed_text import as_stored
from bot.sandbox.workspace import Json, Workspace

#: Sends (kind, payload) to the app and returns what its acknowledgement holds; raises NotDelivered.
Ask = Callable[[str, Json], Awaitable[Any]]


class Human:
    """The actions of people; every method takes the JSON of the request and returns the JSON of the answer."""

    def __init__(self, ws: Workspace, manifest: Mapping[str, Any], ask: Ask) -> None:
        self.ws, self.manifest, self._ask = ws, manifest, ask
        self.site = ""

    # -- talking ------------------------------------------------------------------------------------------------

    def post(self, body: Json) -> Json:
        """Says something, as typed; with `raw` the text is taken as stored already."""
        ws, channel = self.ws, self._member_channel(body)
        root = body.get("thread_ts")
        if root:
            first = channel["messages"].get(root)
            if first is None or first.get("thread_ts", root) != root or first.get("subtype") in SYSTEM:
                raise NotPossible("There is no thread on that message.")
        text = str(body.get("text", ""))
        stored = text if body.get("raw") else as_stored(ws, text)
        extra = {k: copy.deepcopy(body[k]) for k in ("blocks", "attachments", "client_msg_id") if body.get(k)}
        for one in body.get("files", []):
            raw = base64.b64decode(one["base64"]) if "base64" in one else str(one["content"]).encode()
            kind = one.get("mimetype", "")
            made = add_file(ws, name=one["name"], content=raw, user=body["as"], mimetype=kind)
            extra.setdefault("files", []).append(made)
        if not stored.strip() and not extra:
            raise NotPossible("There is nothing to send.")
        said = post_as(
            ws, channel, body["as"], stored, thread_ts=root, broadcast=bool(root and body.get("broadcast")), **extra
        )
        channel["read"][body["as"]] = said["ts"]
        return {"ts": said["ts"]}

    def edit(self, body: Json) -> Json:
        """Changes one's own message."""
        channel, message = self._own(body)
        text = body["text"] if body.get("raw") else as_stored(self.ws, str(body["text"]))
        edit(self.ws, channel, message["ts"], {"text": text}, body["as"])
        return {}

    def delete(self, body: Json) -> Json:
        """Deletes one's own message (an admin: anybody's); one's own view of an ephemeral message just goes."""
        channel = channel_for(self.ws, body["as"], body["channel"])
        for one in channel["ephemerals"]:
            if one["user"] == body["as"] and one["message"]["ts"] == body["ts"]:
                channel["ephemerals"].remove(one)
                return {}
        admin = self.ws.users[body["as"]]["is_admin"]
        channel, message = self._own(body, anybody=admin)
        delete(self.ws, channel, message["ts"])
        return {}

    def react(self, body: Json) -> Json:
        """Adds or removes a reaction."""
        channel = self._member_channel(body)
        self._message(channel, body)
        name = str(body["name"]).strip(":")
        return {"changed": react(self.ws, channel, body["ts"], body["as"], name, remove=bool(body.get("remove")))}

    def pin(self, body: Json) -> Json:
        """Pins or unpins a message."""
        channel = self._member_channel(body)
        self._message(channel, body)
        return {"changed": pin(self.ws, channel, body["ts"], body["as"], remove=bool(body.get("remove")))}

    # -- using the app ----------------------------------------------------------------------------------------------

    async def slash(self, body: Json) -> Json:
        """Types a slash command in a channel; in a thread Slack's client refuses it."""
        user = body["as"]
        with self.ws.lock:
            channel = channel_for(self.ws, user, body["channel"])
            if body.get("thread_ts"):
                text = f"{body['command']} is not supported in threads. Sorry!"
                self._notice(user, text)
                raise NotPossible(text)
            payload = interactions.slash(
                self.ws, self.manifest, self.site, user=user, channel=channel, command=body["command"],
                text=str(body.get("text", "")),
            )  # fmt: skip
        answer = await self._deliver(user, body["command"], "slash_commands", payload)
        if answer:
            with self.ws.lock:
                said = {"text": answer} if isinstance(answer, str) else dict(answer)
                content = {k: said[k] for k in ("text", "blocks", "attachments") if said.get(k)}
                if said.get("blocks"):
                    check_message_blocks(said["blocks"])
                if said.get("response_type") == "in_channel":
                    post(self.ws, channel, interactions.as_bot_of(self.ws) | {"text": "", **content})
                else:
                    whisper(self.ws, channel, user, interactions.as_bot_of(self.ws) | content)
        return {"ack": answer or None}

    async def click(self, body: Json) -> Json:
        """Uses a button, menu or picker in a message or a view."""
        user, ws = body["as"], self.ws
        what = {"action_id": body["action_id"], "block_id": body.get("block_id"), "value": body.get("value")}
        with ws.lock:
            person(ws, user)
            payload: Json | None
            if body.get("view_id"):
                payload = interactions.click_in_view(ws, user=user, view_id=body["view_id"], **what)
            else:
                channel = channel_for(ws, user, body["channel"])
                payload = interactions.click(ws, self.site, user=user, channel=channel, ts=body["ts"], **what)
        if payload is not None:
            await self._deliver(user, "The app", "interactive", payload)
        return {}

    async def submit(self, body: Json) -> Json:
        """Submits a modal with these values; Slack's own complaints come before the app is asked."""
        user = body["as"]
        with self.ws.lock:
            person(self.ws, user)
            payload, errors = interactions.submit(
                self.ws, user=user, view_id=body["view_id"], values=body.get("values", {})
            )
        if payload is None:
            return {"response_action": "errors", "errors": errors}
        answer = await self._deliver(user, "The app", "interactive", payload)
        with self.ws.lock:
            try:
                return interactions.after_submit(self.ws, user=user, view_id=body["view_id"], answer=answer)
            except Refused as refused:
                raise NotPossible(f"The app's answer was not valid: {refused.error} {refused.extra}") from refused

    async def close(self, body: Json) -> Json:
        """Closes a modal."""
        with self.ws.lock:
            person(self.ws, body["as"])
            payload = interactions.close(self.ws, user=body["as"], view_id=body["view_id"])
        if payload is not None:
            await self._deliver(body["as"], "The app", "interactive", payload)
        return {}

    async def shortcut(self, body: Json) -> Json:
        """Uses a global or a message shortcut."""
        user = body["as"]
        with self.ws.lock:
            person(self.ws, user)
            channel = channel_for(self.ws, user, body["channel"]) if body.get("channel") else None
            payload = interactions.shortcut(
                self.ws, self.manifest, self.site, user=user, callback_id=body["callback_id"], channel=channel,
                ts=str(body.get("ts", "")),
            )  # fmt: skip
        await self._deliver(user, "The app", "interactive", payload)
        return {}

    def home(self, body: Json) -> Json:
        """Opens the app's Home or Messages tab."""
        ws, user = self.ws, body["as"]
        person(ws, user)
        channel = ws.im_with(user)
        tab = body.get("tab", "home")
        current = ws.data["homes"].get(user)
        view = ws.data["views"][current]["view"] if current else None
        opened = {"type": "app_home_opened", "user": user, "channel": channel["id"], "tab": tab}
        if tab == "home" and view is not None:
            opened["view"] = copy.deepcopy(view)
        ws.announce("app_home_opened", opened)
        return {"view": view, "channel": channel["id"]}

    # -- the workspace itself -------------------------------------------------------------------------------------

    def invite(self, body: Json) -> Json:
        """Puts a person or the bot into a channel."""
        channel = self._member_channel(body)
        if body["user"] not in self.ws.users:
            raise NotPossible("There is nobody of that name.")
        return {"changed": membership.join(self.ws, channel, body["user"], inviter=body["as"])}

    def join(self, body: Json) -> Json:
        """Joins a public channel oneself."""
        channel = channel_for(self.ws, body["as"], body["channel"])
        return {"changed": membership.join(self.ws, channel, body["as"])}

    def kick(self, body: Json) -> Json:
        """Takes a person or the bot out of a channel."""
        channel = self._member_channel(body)
        return {"changed": membership.leave(self.ws, channel, body["user"])}

    def archive(self, body: Json) -> Json:
        """Archives a channel or brings it back."""
        membership.archive(self.ws, self._channel(body), bool(body.get("archived", True)), self._somebody(body))
        return {}

    def rename(self, body: Json) -> Json:
        """Renames a channel."""
        membership.rename(self.ws, self._channel(body), str(body["name"]), self._somebody(body))
        return {}

    def export(self, body: Json) -> Json:
        """Loads a channel from a Slack export: `base64` is its zip file, `channel` the name."""
        person(self.ws, body["as"])
        return load_from_page(self.ws, body)

    def channel(self, body: Json) -> Json:
        """Makes a channel."""
        if self.ws.channel_named(body["name"]) is not None:
            raise NotPossible("A channel of that name is there already.")
        members = [m for m in body.get("members", []) if m in self.ws.users]
        made = self.ws.add_channel(
            self.ws.new_id("C"), body["name"], members, is_private=bool(body.get("is_private")),
            topic=str(body.get("topic", "")),
        )  # fmt: skip
        self.ws.announce("channels", {})
        self.ws.announce("channel_created", {"channel": made["id"], "name": made["name"]})
        return {"channel": made["id"]}

    # -- parts -----------------------------------------------------------------------------------------------------

    async def _deliver(self, user: str, what: str, kind: str, payload: Json) -> Any:
        try:
            return await self._ask(kind, payload)
        except NotDelivered as err:
            with self.ws.lock:
                text = f"{what} failed because the app did not respond: {err}"
                self._notice(user, text)
            raise NotPossible(text) from err

    def _notice(self, user: str, text: str) -> None:
        self.ws.announce("notice", {"user": user, "text": text})

    def _channel(self, body: Json) -> Json:
        found = self.ws.channels.get(body["channel"]) or self.ws.channel_named(body["channel"])
        if found is None:
            raise NotPossible("There is no such channel.")
        return found

    def _somebody(self, body: Json) -> str:
        return str(body.get("as") or next(u for u in self.ws.users if not self.ws.users[u]["is_bot"]))

    def _member_channel(self, body: Json) -> Json:
        channel = channel_for(self.ws, body["as"], body["channel"])
        if body["as"] not in channel["members"]:
            raise NotPossible("Join the channel first.")
        if channel["is_archived"]:
            raise NotPossible("The channel is archived.")
        return channel

    def _message(self, channel: Json, body: Json) -> Json:
        message = channel["messages"].get(body["ts"])
        if message is None or message.get("subtype") == "tombstone":
            raise NotPossible("That message is not there any more.")
        return message  # type: ignore[no-any-return]

    def _own(self, body: Json, *, anybody: bool = False) -> tuple[Json, Json]:
        channel = self._member_channel(body)
        message = self._message(channel, body)
        if not anybody and (message.get("user") != body["as"] or "bot_id" in message):
            raise NotPossible("That is somebody else's message.")
        return channel, message
