"""What of a text can a database store? Everything but NUL and lone surrogates."""

from __future__ import annotations


def storable_bytes(text: str) -> bytes:
    """`text` without NUL and lone surrogates, as UTF-8."""
    return text.encode("utf-8", "ignore").replace(b"\0", b"")


def storable(text: str) -> str:
    """`text` without NUL and lone surrogates, which no database stores."""
    return storable_bytes(text).decode()
