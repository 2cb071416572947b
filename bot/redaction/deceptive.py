"""Which characters deceive the eye? Those that turn the direction, hide between letters or pile up."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import re2  # type: ignore[import-untyped]

from bot.redaction.storable import storable

#: Marks, embeddings, overrides and isolates of direction; zero-width spaces and joiners of words; tags; controls.
_UNSEEN = re2.compile(
    r"[\x{200b}\x{200e}\x{200f}\x{061c}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{206f}\x{feff}\x{fff9}-\x{fffb}"
    r"\x{e0000}-\x{e007f}\x{00ad}\x{180e}\x{115f}\x{1160}\x{3164}\x{ffa0}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}]+"
)
_PILES = re2.compile(r"([\p{Mn}\p{Me}]{6})[\p{Mn}\p{Me}]+")
_JOINERS = ("\u200d", "\u200c")


def visible(text: str) -> str:
    """`text` as it may be shown: nothing in it turns the direction, hides between letters or piles up marks.

    Joiners stay between characters that are not ASCII, where scripts and emoji need them. What is stored keeps all.
    """
    text = storable(text)
    if text.isascii() and text.isprintable():
        return text
    shown = cast(str, _UNSEEN.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")))
    for joiner in _JOINERS:
        if joiner in shown:
            shown = _joined(shown, joiner)
    return cast(str, _PILES.sub(r"\1", shown)) if not shown.isascii() else shown


def _joined(text: str, joiner: str) -> str:
    pieces = [piece for index, piece in enumerate(text.split(joiner)) if piece or index == 0]
    kept = [pieces[0]]
    for before, piece in pairwise(pieces):
        if before and not before[-1].isascii() and not piece[0].isascii():
            kept.append(joiner)
        kept.append(piece)
    return "".join(kept)
