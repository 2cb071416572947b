"""What goes over the wire? Which requests the API would take, and what its answers, streams and errors look like.

Requests are held against the SDK's own types; what those let through and the API does not is listed here as well.
Source: anthropic 2.11 (types, 2026-10-21) and the documentation of that version of the API.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from anthropic.types.message_create_params import MessageCreateParamsNonStreaming, MessageCreateParamsStreaming
from pydantic import TypeAdapter, ValidationError

VERSION = "2026-10-21"
#: An answer has at most so many tokens.
LONGEST_ANSWER = 128_000
#: Below so many tokens nothing is kept in the cache, without a word.
SHORTEST_CACHED = 512
_PARAMS: dict[bool, TypeAdapter[Any]] = {
    False: TypeAdapter(MessageCreateParamsNonStreaming),
    True: TypeAdapter(MessageCreateParamsStreaming),
}
#: What a schema may hold; the rest the server does not know.
_IN_SCHEMA = frozenset({
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "allOf", "$ref",
    "$defs", "description", "title", "format", "minItems",
})  # fmt: skip


def faults(headers: Mapping[str, str], body: Any) -> list[str]:
    """Why the API would not take a request; empty when it would. The names of headers are in small letters."""
    found = []
    if headers.get("anthropic-version") != VERSION:
        found.append(f"anthropic-version is not {VERSION}")
    if not headers.get("authorization", "").startswith("Bearer ") or "x-api-key" in headers:
        found.append("the key belongs in authorization, as a Bearer token, and nowhere else")
    if not isinstance(body, dict):
        return [*found, "the body is no object"]
    params = _PARAMS[bool(body.get("stream"))]
    try:
        # Iterables are looked through when they are read; what the types do not know is dropped without a word.
        read = json.loads(params.dump_json(params.validate_python(body)))
    except (ValidationError, ValueError) as err:
        return [*found, f"it does not have the types of the SDK: {err}"]
    if read != body:
        found.append(f"the SDK's types do not know {sorted(set(body) - set(read)) or 'something within'}")
    return [*found, *_not_taken(body)]


def _not_taken(body: Mapping[str, Any]) -> Iterator[str]:
    for name in ("temperature", "top_p", "top_k"):
        if name in body:
            yield f"{name} is not taken any more"
    if body["messages"] and body["messages"][-1]["role"] == "assistant":
        yield "the last message is the assistant's"
    if body.get("tool_choice", {}).get("type") in ("any", "tool"):
        yield "a tool cannot be forced"
    if not 1 <= body["max_tokens"] <= LONGEST_ANSWER:
        yield f"max_tokens is not from 1 to {LONGEST_ANSWER}"
    blocks = [block for message in body["messages"] for block in _blocks(message["content"])]
    if any("citations" in block for block in blocks):
        yield "citations and a format for the answer exclude each other"
    if sum("cache_control" in block for block in (*_blocks(body.get("system", "")), *blocks)) > 4:
        yield "more than four blocks are marked for the cache"
    told = (body.get("output_config") or {}).get("format") or {}
    if told:
        yield from _unknown(told["schema"])


def _blocks(content: Any) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content)


def _unknown(schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    for name in sorted(set(schema) - _IN_SCHEMA):
        yield f"the schema has {name}, which the server does not enforce"
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        yield "an object of the schema lets anything in"
    for group in ("properties", "$defs"):
        for each in schema.get(group, {}).values():
            yield from _unknown(each)
    for each in (schema.get("items"), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _unknown(each)


def message(text: str, *, model: str = "claude-sonnet-5-5", stop_reason: str | None = "end_turn", **more: Any) -> Any:
    """What the API answers with these words; `more` takes the place of any field."""
    return {
        "id": "msg_local", "type": "message", "role": "assistant", "model": model,
        "content": [{"type": "text", "text": text}] if text else [], "stop_reason": stop_reason, "stop_sequence": None,
        "usage": {"input_tokens": 100, "output_tokens": 50, "cache_creation_input_tokens": 0,
                  "cache_read_input_tokens": 0},
        **more,
    }  # fmt: skip


def refusal(category: str | None = "cyber", text: str = "") -> Any:
    """A refusal, which is an ordinary answer, mostly without any content."""
    return message(text, stop_reason="refusal", stop_details={"type": "refusal", "category": category})


def error(kind: str, code: str | None = None, says: str = "no") -> Any:
    """What the API answers when it does not; `code` names the cause where there is one."""
    details = {"details": {"error_code": code}} if code else {}
    return {"type": "error", "error": {"type": kind, "message": says, **details}, "request_id": "req_local"}


def events(told: Mapping[str, Any]) -> Iterator[bytes]:
    """The same message as server-sent events, as it comes when a stream was asked for."""
    if told["type"] == "error":
        yield _event("error", told)
        return
    yield _event("message_start", {"message": {**told, "content": [], "stop_reason": None}})
    for index, block in enumerate(told["content"]):
        yield _event("content_block_start", {"index": index, "content_block": {**block, "text": ""}})
        text = block.get("text", "")
        for at in range(0, len(text), 40):
            delta = {"type": "text_delta", "text": text[at : at + 40]}
            yield _event("content_block_delta", {"index": index, "delta": delta})
        yield _event("content_block_stop", {"index": index})
    ended = {"stop_reason": told["stop_reason"], "stop_sequence": None}
    yield _event("message_delta", {"delta": ended, "usage": {"output_tokens": told["usage"]["output_tokens"]}})
    yield _event("message_stop", {})


def _event(name: str, data: Mapping[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()


class Cache:
    """What of requests is kept between them: everything up to a marked block, byte for byte, for each model."""

    def __init__(self) -> None:
        self._kept: set[str] = set()

    def usage(self, body: Mapping[str, Any], out: str) -> dict[str, int]:
        """How the tokens of a request are told, by an estimate of three characters for one; and keeps what is marked.

        The shape of the answer is part of what must be the same.
        """
        blocks = [
            block for content in (body.get("system", ""), *(m["content"] for m in body["messages"]))
            for block in _blocks(content)
        ]  # fmt: skip
        front = json.dumps([body["model"], body.get("output_config", {}).get("format")], sort_keys=True)
        total = reread = written = 0
        for block in blocks:
            front += block["text"]
            total += len(block["text"]) // 3
            if "cache_control" not in block or total < SHORTEST_CACHED:
                continue
            if front in self._kept:
                reread, written = total, 0
            else:
                self._kept.add(front)
                written = total - reread
        return {
            "input_tokens": total - reread - written, "output_tokens": len(out) // 3 + 1,
            "cache_creation_input_tokens": written, "cache_read_input_tokens": reread,
        }  # fmt: skip
