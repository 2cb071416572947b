"""How are secrets masked in Slack's JSON, wherever a text stands in it?"""

from __future__ import annotations

from collections.abc import Mapping

from bot.redaction.masking import Span, mask, secrets_in, without_spans
from bot.redaction.storable import storable, storable_bytes

#: Fields of Slack's payloads that are Slack's own: identifiers, moments and addresses.
_OWN = frozenset({
    "id", "ts", "type", "subtype", "user", "channel", "team", "response_url", "permalink", "permalink_public",
    "url_private", "url_private_download", "url_static", "latest_reply", "last_read", "command", "api_app_id",
    "enterprise", "event_time", "hash", "mimetype", "filetype", "created", "timestamp",
})  # fmt: skip
_OWN_ENDS = ("_id", "_ts", "_ids")
#: Fields whose value is a secret whatever it looks like.
_SECRET_FIELDS = frozenset({"token", "password", "secret", "authorization", "access_token", "client_secret", "api_key"})
_DEEPEST = 60


def mask_payload(payload: object) -> object:
    """A copy of Slack's JSON in which every text is masked, wherever it stands: blocks, attachments, names of files.

    Identifiers, timestamps and Slack's own addresses are left as they are, by the name of their field. Runs of text
    beside each other in one rich text section are masked together, since formatting cuts "password is `…`" in two.
    """
    return _masked(payload, "", 0)


def _masked(value: object, key: str, depth: int) -> object:
    if depth > _DEEPEST:
        return None
    match value:
        case str() if key in _OWN or key.endswith(_OWN_ENDS) or not value:
            return storable(value)
        case str() if key in _SECRET_FIELDS:
            return value if value.startswith("[secret: ") else "[secret: key]"
        case str():
            return mask(value).text
        case Mapping():
            return {str(name): _masked(each, str(name), depth + 1) for name, each in value.items()}
        case list() | tuple():
            listed = list(value)
            if key == "elements":
                listed = _masked_together(listed)
            return [
                _masked(each, "" if isinstance(each, (Mapping, list, tuple)) else key, depth + 1) for each in listed
            ]
        case _:
            return value


def _masked_together(elements: list[object]) -> list[object]:
    texts = [
        storable_bytes(each["text"]) if isinstance(each, Mapping) and isinstance(each.get("text"), str) else None
        for each in elements
    ]
    if sum(text is not None for text in texts) < 2:
        return elements
    # A space for what has no text of its own (people, emoji), so that no secret reaches across it unseen.
    joined = b"".join(b" " if text is None else text for text in texts)
    spans = list(secrets_in(joined))
    if not spans:
        return elements
    done: list[object] = []
    at = 0
    for each, text in zip(elements, texts, strict=True):
        if text is None or not isinstance(each, Mapping):
            done.append(each)
            at += 1
            continue
        end = at + len(text)
        inside = [
            Span(max(span.start, at) - at, min(span.end, end) - at, span.kind)
            for span in spans
            if span.start < end and span.end > at
        ]
        done.append({**each, "text": without_spans(text, inside).decode("utf-8", "ignore")} if inside else each)
        at = end
    return done
