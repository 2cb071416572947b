"""How does the bot act in Slack? The only caller of the Web API; one method is at most one call, and none sleeps."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SlackRefused
from bot.interview.state import Workspace
from bot.slack.client import CALL_TIMEOUT, LastingClient
from bot.slack.elements import Message
from bot.slack.translation import translated

#: The type of the metadata that every card carries; its payload names the postmortem and the card.
CARD = "postmortem_card"
#: What is read in one page: Slack's largest, so that a channel costs the fewest calls.
HISTORY_PAGE = 999
#: What Slack gives in one page to an app that it throttles.
THROTTLED_PAGE = 15
#: How Slack refuses a modal that comes too late, or takes the place of one that was changed or closed meanwhile.
TOO_LATE = frozenset(
    {
        "expired_trigger_id",
        "exchanged_trigger_id",
        "invalid_trigger_id",
        "trigger_expired",
        "hash_conflict",
        "not_found",
    }
)
#: Slack's rate limits in calls a minute, per method and workspace (its tiers 2 to 4).
PER_MINUTE: Mapping[str, int] = {
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.members": 100,
    "conversations.open": 50,
    "reactions.get": 50,
    "users.info": 100,
    "usergroups.list": 20,
    "chat.update": 50,
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    "canvases.create": 20,
    "canvases.edit": 50,
    "canvases.access.set": 50,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
    "files.info": 100,
    "files.delete": 50,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace; `url` ends with a slash."""

    workspace: Workspace
    user: str
    bot_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Channel:
    """What Slack says of a channel; `visible` is False when the bot may not even see that it exists."""

    id: str
    name: str = ""
    private: bool = False
    member: bool = False
    archived: bool = False
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person; `zone` is an IANA name, "UTC" when Slack does not say."""

    user: str
    name: str
    zone: str = "UTC"
    bot: bool = False
    guest: bool = False
    deleted: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a channel's or a thread's messages, as Slack sent them; no cursor means the last page."""

    messages: tuple[Mapping[str, Any], ...]
    cursor: str = ""
    #: Slack gave far less than was asked for, though there is more: so it treats apps that are sold outside its market.
    throttled: bool = False


@dataclass
class Room:
    """One workspace, through one bot token."""

    client: LastingClient
    _identity: Identity | None = field(default=None, init=False)

    def close(self) -> None:
        """Ends the connections that calls have left open."""
        self.client.close()

    # who and where -----------------------------------------------------------------------------------------------

    @property
    def identity(self) -> Identity:
        """Who the bot is; asked once (auth.test), then known."""
        if self._identity is None:
            with translated("auth.test"):
                said = self.client.auth_test()
            self._identity = Identity(
                Workspace(str(said["team_id"]), str(said.get("enterprise_id") or "")),
                str(said["user_id"]),
                str(said.get("bot_id") or ""),
                str(said.get("url") or "").rstrip("/") + "/",
            )
        return self._identity

    def permalink(self, channel: str, ts: str, thread_ts: str | None = None) -> str:
        """The address of a message; made without a call, from the workspace's own address."""
        link = f"{self.identity.url}archives/{channel}/p{ts.replace('.', '')}"
        return f"{link}?thread_ts={thread_ts}&cid={channel}" if thread_ts and thread_ts != ts else link

    def channel(self, channel: str) -> Channel:
        try:
            with translated("conversations.info"):
                found = self.client.conversations_info(channel=channel)["channel"]
        except SlackRefused as err:
            if err.error == "channel_not_found":
                return Channel(channel, visible=False, private=True)
            raise
        return Channel(
            channel,
            name=str(found.get("name") or ""),
            private=bool(found.get("is_private")),
            member=bool(found.get("is_member")),
            archived=bool(found.get("is_archived")),
        )

    def own_channel(self, wanted: str) -> Channel | None:
        """The channel of that name or id, if the bot is in it; one call for a thousand channels."""
        cursor = ""
        while True:
            with translated("users.conversations"):
                said = self.client.users_conversations(
                    types="public_channel,private_channel", limit=999, cursor=cursor or None
                )
            for found in said["channels"]:
                if wanted in (found["id"], found.get("name")):
                    return Channel(
                        str(found["id"]),
                        name=str(found.get("name") or ""),
                        private=bool(found.get("is_private")),
                        member=True,
                        archived=bool(found.get("is_archived")),
                    )
            cursor = str((said.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None

    def user_called(self, wanted: str) -> str | None:
        """The id of somebody by id, handle or name; one call for a thousand people."""
        name, cursor = wanted.removeprefix("@"), ""
        while True:
            with translated("users.list"):
                said = self.client.users_list(limit=999, cursor=cursor or None)
            for found in said["members"]:
                shown = found.get("profile") or {}
                if name in (found["id"], found.get("name"), found.get("real_name"), shown.get("display_name")):
                    return str(found["id"])
            cursor = str((said.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None

    def join(self, channel: str) -> None:
        with translated("conversations.join"):
            self.client.conversations_join(channel=channel)

    def members(self, channel: str, cursor: str = "") -> tuple[frozenset[str], str]:
        """One page of the people in a channel, and the cursor of the next."""
        with translated("conversations.members"):
            said = self.client.conversations_members(channel=channel, limit=1000, cursor=cursor or None)
        return frozenset(said["members"]), str((said.get("response_metadata") or {}).get("next_cursor") or "")

    def profile(self, user: str) -> Profile:
        with translated("users.info"):
            found = self.client.users_info(user=user)["user"]
        shown = found.get("profile") or {}
        name = (
            shown.get("display_name") or found.get("real_name") or shown.get("real_name") or found.get("name") or user
        )
        return Profile(
            user,
            str(name),
            zone=str(found.get("tz") or "UTC"),
            bot=bool(found.get("is_bot")),
            guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
            deleted=bool(found.get("deleted")),
            foreign=bool(found.get("is_stranger")) or found.get("team_id") not in (None, self.identity.workspace.team),
        )

    def usergroups(self) -> dict[str, str]:
        """The handles of the workspace's user groups by their ids."""
        with translated("usergroups.list"):
            said = self.client.usergroups_list()
        return {str(g["id"]): str(g.get("handle") or g.get("name") or g["id"]) for g in said.get("usergroups") or ()}

    # reading -----------------------------------------------------------------------------------------------------

    def history(
        self, channel: str, cursor: str = "", latest: str = "", oldest: str = "", *, limit: int = HISTORY_PAGE
    ) -> Page:
        with translated("conversations.history"):
            said = self.client.conversations_history(
                channel=channel,
                cursor=cursor or None,
                latest=latest or None,
                oldest=oldest or None,
                limit=limit,
                include_all_metadata=True,
            )
        return _page(said, limit)

    def replies(self, channel: str, root: str, cursor: str = "", oldest: str = "") -> Page:
        with translated("conversations.replies"):
            said = self.client.conversations_replies(
                channel=channel,
                ts=root,
                cursor=cursor or None,
                oldest=oldest or None,
                limit=HISTORY_PAGE,
                include_all_metadata=True,
            )
        return _page(said, HISTORY_PAGE)

    def message(self, channel: str, ts: str) -> Mapping[str, Any]:
        """One message of a channel or a thread, with its reactions."""
        with translated("reactions.get"):
            said = self.client.reactions_get(channel=channel, timestamp=ts, full=True)
        found: Mapping[str, Any] = said.get("message") or {}
        return {"ts": ts, **found}

    def is_mine(self, message: Mapping[str, Any]) -> bool:
        return message.get("user") == self.identity.user or (
            bool(message.get("bot_id")) and message.get("bot_id") == self.identity.bot_id
        )

    def card_of(self, message: Mapping[str, Any], number: str) -> str | None:
        """Which card of a postmortem a message is, by its metadata; None when it is none of ours."""
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        if metadata.get("event_type") != CARD or payload.get("postmortem") != number or not self.is_mine(message):
            return None
        return str(payload.get("card", ""))

    # writing -----------------------------------------------------------------------------------------------------

    def post(self, channel: str, message: Message, *, number: str, card: str, thread_ts: str | None = None) -> str:
        with translated("chat.postMessage"):
            said = self.client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_ts,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": CARD, "event_payload": {"postmortem": number, "card": card}},
            )
        return str(said["ts"])

    def update(self, channel: str, ts: str, message: Message, *, number: str, card: str) -> None:
        with translated("chat.update"):
            self.client.chat_update(
                channel=channel,
                ts=ts,
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": CARD, "event_payload": {"postmortem": number, "card": card}},
            )

    def delete(self, channel: str, ts: str) -> None:
        with translated("chat.delete"):
            self.client.chat_delete(channel=channel, ts=ts)

    def whisper(self, channel: str, user: str, message: Message, thread_ts: str | None = None) -> None:
        """A message that only `user` sees; not kept by Slack, so it is never a duty."""
        with translated("chat.postEphemeral"):
            self.client.chat_postEphemeral(
                channel=channel, user=user, text=message.text, blocks=message.blocks or None, thread_ts=thread_ts
            )

    def respond(self, response_url: str, message: Message) -> None:
        """Answers a command or a press, only to the person; Slack allows five answers within half an hour."""
        body = {
            "response_type": "ephemeral",
            "replace_original": False,
            "text": message.text,
            **({"blocks": message.blocks} if message.blocks else {}),
        }
        self._answer(response_url, body)

    def take_back(self, response_url: str) -> None:
        """Removes the ephemeral message that a button stood in."""
        self._answer(response_url, {"delete_original": True})

    def _answer(self, response_url: str, body: Mapping[str, Any]) -> None:
        if urlsplit(response_url).scheme not in ("https", "http"):
            raise SlackRefused("bad_response_url", "response_url")
        request = urllib.request.Request(  # noqa: S310 -- the scheme is checked above
            response_url,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with translated("response_url"), urllib.request.urlopen(request, timeout=CALL_TIMEOUT):  # noqa: S310
            pass

    def direct(self, user: str) -> str:
        """The direct-message channel with a person."""
        with translated("conversations.open"):
            return str(self.client.conversations_open(users=user)["channel"]["id"])

    # views -------------------------------------------------------------------------------------------------------

    def open_view(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        with translated("views.open"):
            self.client.views_open(trigger_id=trigger_id, view=dict(view))

    def push_view(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        """Opens a modal on top of the one that the press came from."""
        with translated("views.push"):
            self.client.views_push(trigger_id=trigger_id, view=dict(view))

    def update_view(self, view_id: str, view: Mapping[str, Any], seen: str = "") -> None:
        """Shows something else in a modal that is open; with `seen`, only while it still is the view of that hash."""
        with translated("views.update"):
            self.client.views_update(view_id=view_id, view=dict(view), hash=seen or None)

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        with translated("views.publish"):
            self.client.views_publish(user_id=user, view=dict(view))

    # the document ------------------------------------------------------------------------------------------------

    def canvas_create(self, title: str) -> str:
        with translated("canvases.create"):
            return str(self.client.canvases_create(title=title)["canvas_id"])

    def canvas_fill(self, canvas: str, markdown: str) -> None:
        with translated("canvases.edit"):
            self.client.canvases_edit(
                canvas_id=canvas,
                changes=[{"operation": "replace", "document_content": {"type": "markdown", "markdown": markdown}}],
            )

    def canvas_share(self, canvas: str, channel: str) -> str:
        """Lets the channel's members read the canvas; its address is returned."""
        with translated("canvases.access.set"):
            self.client.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[channel])
        return f"{self.identity.url}docs/{self.identity.workspace.team}/{canvas}"

    def file_reserve(self, name: str, length: int, in_words: str = "") -> tuple[str, str]:
        """Where to send a file of `length` bytes: its id and the address for its bytes.

        `in_words` is what an image shows, for who does not see it.
        """
        with translated("files.getUploadURLExternal"):
            said = self.client.files_getUploadURLExternal(filename=name, length=length, alt_txt=in_words or None)
        return str(said["file_id"]), str(said["upload_url"])

    def file_upload(self, url: str, content: bytes) -> None:
        request = urllib.request.Request(url, data=content, method="POST")  # noqa: S310 -- Slack's own answer
        with translated("file upload"), urllib.request.urlopen(request, timeout=CALL_TIMEOUT):  # noqa: S310
            pass

    def file_share(self, file: str, title: str, channel: str, thread_ts: str | None, comment: str = "") -> str:
        """Ends an upload in a channel, beside a comment of ours; the address at which people open the file."""
        with translated("files.completeUploadExternal"):
            said = self.client.files_completeUploadExternal(
                files=[{"id": file, "title": title}],
                channel_id=channel,
                thread_ts=thread_ts,
                initial_comment=comment or None,
            )
        files = said.get("files") or [{}]
        return str(files[0].get("permalink") or f"{self.identity.url}files/{self.identity.user}/{file}")

    def file_keep(self, file: str, title: str) -> None:
        """Ends the upload of a file that is shown by messages and shared with nobody."""
        with translated("files.completeUploadExternal"):
            self.client.files_completeUploadExternal(files=[{"id": file, "title": title}])

    def file_ready(self, file: str) -> bool:
        """Whether Slack is done with an uploaded image, so that a message may show it."""
        with translated("files.info"):
            return bool(self.client.files_info(file=file)["file"].get("mimetype"))

    def file_delete(self, file: str) -> None:
        with translated("files.delete"):
            self.client.files_delete(file=file)


def _page(said: Any, limit: int) -> Page:
    cursor = str((said.get("response_metadata") or {}).get("next_cursor") or "")
    messages = tuple(said.get("messages") or ())
    # The first message of a thread stands on each of its pages, beside those that were asked for.
    return Page(messages, cursor, throttled=bool(cursor) and len(messages) <= THROTTLED_PAGE + 1 < limit)
