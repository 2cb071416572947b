"""How do people's words get into a Slack message without doing anything there? Escaped, unpinged, and within limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.patterns import exact_pattern, pattern
from bot.redaction.deceptive import visible

_PERSON = pattern(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = pattern(r"<!subteam\^[A-Z0-9]+(?:\|@?([^>]*))?>")
_BEGUN = exact_pattern(r"(?:<(?:[!@#]|https?:)[^<>]*|&(?:a|am|amp|l|lt|g|gt)?)$")
#: The most characters that a section's text may have, and what all blocks of one message may have together.
SECTION = 3000
MESSAGE = 9000


def inert(text: str, names: Mapping[str, str]) -> str:
    """Plain words as Slack text: people by name, nothing pings, nothing is markup.

    Slack reads only `<…>` as mentions and links, so escaping the angle brackets is enough.
    """
    named = _named(visible(text), names)
    if "<!" in named:
        named = _GROUP.sub(lambda found: "@" + (found.group(1) or "a group"), named)
    return named.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, names: Mapping[str, str]) -> str:
    """Plain words for Slack's plain_text, which reads no markup at all."""
    return " ".join(_named(visible(text), names).split())


def _named(text: str, names: Mapping[str, str]) -> str:
    # Most texts mention nobody, and a search costs more than this look: it lets other threads go first.
    return _PERSON.sub(lambda found: "@" + names.get(found.group(1) or "", "someone"), text) if "<@" in text else text


def plain_lines(text: str, names: Mapping[str, str]) -> str:
    """The same, line by line: where each is an action of its own."""
    return "\n".join(plain(line, names) for line in text.splitlines())


def near(text: str, length: int) -> str:
    """As much of a very long text as can matter to its first `length` characters, so that the rest costs nothing."""
    enough = length * 20
    return text if len(text) <= enough else text[:enough] + "…"


def cut(text: str, length: int) -> str:
    """The text, or as much of it as fits, ended by an ellipsis; never in the middle of an entity or a token."""
    if len(text) <= length:
        return text
    kept = _finished(text[: length - 1])
    shorter = _finished(kept.rsplit(" ", 1)[0])
    return (shorter if len(shorter) > length // 2 else kept).rstrip() + "…"


def _finished(text: str) -> str:
    """The text without an entity or a token that it only begins."""
    begun = _BEGUN.search(text)
    return text[: begun.start()] if begun is not None else text


def pieces(text: str, length: int) -> Iterator[str]:
    """The whole text in pieces of at most `length` characters, none of them blank.

    Divided at line ends, else at blanks, else anywhere, but never in the middle of an entity or a token.
    """
    rest = text
    while len(rest) > length:
        at = rest.rfind("\n", 0, length + 1)
        if at <= length // 4:
            whole = _finished(rest[:length]) or rest[:length]
            at = len(whole)
            blank = len(_finished(whole.rpartition(" ")[0]))
            at = blank if blank > length // 2 else at
        if rest[:at].strip():
            yield rest[:at]
        rest = rest[at + 1 :] if rest[at] == "\n" else rest[at:]
    if rest.strip():
        yield rest
