"""How a test or a benchmark plays a person: thin calls to the human side over HTTP."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from bot.sandbox.workspace import Json


class PersonRefused(Exception):
    """The local Slack did not let the person do that; the text is what they would read."""


def call(slack_url: str, method: str, path: str, body: Json | None = None, **query: str) -> Json:
    """One request to the human side; PersonRefused when the answer is not ok."""
    address = urlsplit(slack_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=15)
    try:
        target = f"/_sim/{path}" + (f"?{urlencode(query)}" if query else "")
        content = None if body is None else json.dumps(body)
        connection.request(method, target, content, {"content-type": "application/json"})
        answer: Json = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    if not answer.get("ok"):
        raise PersonRefused(str(answer.get("error")))
    return answer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the local Slack; a channel is an id or a name."""

    slack_url: str
    user_id: str

    def do(self, action: str, **body: Any) -> Json:
        """Any POST of the human side; arguments that are None are left out."""
        given = {key: value for key, value in body.items() if value is not None}
        return call(self.slack_url, "POST", action, {"as": self.user_id, **given})

    def look(self, what: str, **query: str) -> Json:
        """Any GET of the human side."""
        return call(self.slack_url, "GET", what, None, **{"as": self.user_id}, **query)

    def say(self, channel: str, text: str, thread_ts: str | None = None, **more: Any) -> str:
        """Posts as typed and returns the ts."""
        return str(self.do("post", channel=channel, text=text, thread_ts=thread_ts, **more)["ts"])

    def edit(self, channel: str, ts: str, text: str) -> None:
        """Changes an own message."""
        self.do("edit", channel=channel, ts=ts, text=text)

    def delete(self, channel: str, ts: str) -> None:
        """Deletes an own message."""
        self.do("delete", channel=channel, ts=ts)

    def react(self, channel: str, ts: str, name: str, *, remove: bool = False) -> None:
        """Adds or removes a reaction."""
        self.do("react", channel=channel, ts=ts, name=name, remove=remove)

    def pin(self, channel: str, ts: str, *, remove: bool = False) -> None:
        """Pins or unpins."""
        self.do("pin", channel=channel, ts=ts, remove=remove)

    def slash(self, channel: str, typed: str, thread_ts: str | None = None) -> Any:
        """Types a command such as "/postmortem start" and returns what the acknowledgement held."""
        command, _, text = typed.partition(" ")
        return self.do("slash", channel=channel, command=command, text=text, thread_ts=thread_ts)["ack"]

    def click(self, channel: str, ts: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """Uses an element of a message."""
        self.do("click", channel=channel, ts=ts, action_id=action_id, block_id=block_id, value=value)

    def click_view(self, view_id: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """Uses an element of a modal or of the App Home."""
        self.do("click", view_id=view_id, action_id=action_id, block_id=block_id, value=value)

    def submit(self, view_id: str, values: Json | None = None) -> Json:
        """Submits a modal; the answer may hold response_action and errors."""
        return self.do("submit", view_id=view_id, values=values or {})

    def close(self, view_id: str) -> None:
        """Closes a modal."""
        self.do("close", view_id=view_id)

    def shortcut(self, callback_id: str, channel: str | None = None, ts: str | None = None) -> None:
        """Uses a shortcut."""
        self.do("shortcut", callback_id=callback_id, channel=channel, ts=ts)

    def home(self, tab: str = "home") -> Json:
        """Opens the app: view (what is published so far, or None) and channel (the direct message)."""
        return self.do("home", tab=tab)

    def sees(self, channel: str) -> list[Json]:
        """The channel, oldest first, with what only this person sees."""
        return list(self.look("messages", channel=channel)["messages"])

    def thread(self, channel: str, ts: str) -> list[Json]:
        """A thread, root first."""
        return list(self.look("thread", channel=channel, ts=ts)["messages"])

    def view(self) -> Json | None:
        """The modal on top, or None."""
        found: Json | None = self.look("view")["view"]
        return found

    def canvases(self) -> list[Json]:
        """The canvases that this person may read."""
        return list(self.look("canvases")["canvases"])

    def file(self, file_id: str) -> bytes:
        """A file's content."""
        address = urlsplit(self.slack_url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=15)
        try:
            connection.request("GET", f"/_sim/files/{quote(file_id)}?as={quote(self.user_id)}")
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise PersonRefused(content.decode())
        return content
