"""How wide is a text in the picture, and what of it fits? Estimated, so that it holds for the fonts of most readers."""

from __future__ import annotations

import unicodedata

from bot.redaction.deceptive import visible

#: The size of the words in the list.
TEXT = 21.0
#: What is longer is no word that stands whole on the next line.
LONGEST_WORD = 30
#: The widths of letters by their height, in the shipped font and a little more.
_NARROW = {**dict.fromkeys("'ijl|IJ.,:;!", 0.31), **dict.fromkeys('/\\- ()[]ft"r', 0.38)}
_WIDE = {**dict.fromkeys("mwMWOQ@%&", 0.86), **dict.fromkeys("+<=>^~#", 0.77)}
_USUAL, _CAPITAL, _FULL = 0.535, 0.665, 1.05
_BOLD = 1.13
#: What the shipped font has: the scripts of Europe, Hebrew and Arabic, and signs that people type.
_LETTERS = (
    (0x20, 0x24F), (0x2BB, 0x2DD), (0x300, 0x3FF), (0x400, 0x45F), (0x48A, 0x4FF), (0x5B0, 0x5EA), (0x60C, 0x60C),
    (0x61B, 0x6D5), (0x6F0, 0x6F9), (0x1EA0, 0x1EF9), (0x2010, 0x2027), (0x202F, 0x203A), (0x2070, 0x208E),
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2199), (0x2212, 0x2212), (0x2248, 0x2248),
    (0x2260, 0x2265), (0x25CF, 0x25CF), (0x2713, 0x2717),
)  # fmt: skip


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, rather too much than too little."""
    return sum(map(_width, text)) * size * (_BOLD if bold else 1.0)


def cut_to(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text on one line, as much of it as fits, ended by … where something is left out."""
    line = on_one_line(text)
    if width_of(line, size, bold=bold) <= width:
        return line
    kept = _fitting(line, width - width_of("…", size, bold=bold), size, bold=bold)
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > len(kept) * 0.6 else kept).rstrip(" .,;:-–/") + "…"


def on_two_lines(text: str, first: float, second: float, size: float) -> tuple[str, str]:
    """The text on a line that has room for `first` and one for `second`, which is empty where all fits on one.

    Divided between words where it has any, and ended by … where something is left out.
    """
    line = on_one_line(text)
    if width_of(line, size) <= first:
        return line, ""
    kept = _fitting(line, first, size)
    if not line[len(kept)].isspace():
        kept = kept.rpartition(" ")[0] or ("" if " " in line[: len(kept) + LONGEST_WORD] else kept)
    return kept.rstrip(), cut_to(line[len(kept) :], second, size)


def on_one_line(text: str) -> str:
    """The text without what breaks a line or is no sign of writing."""
    # Nobody writes letters so narrow that more of them would fit.
    line = " ".join(visible(text[:2000]).split())
    return "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cn", "Co", "Cs"))


def _fitting(line: str, width: float, size: float, *, bold: bool = False) -> str:
    used = 0.0
    for place, letter in enumerate(line):
        used += width_of(letter, size, bold=bold)
        if used > width:
            return line[:place]
    return line


def with_letters(text: str) -> str:
    """The text with … where the shipped font has no letters."""
    kept: list[str] = []
    for letter in text:
        if any(first <= ord(letter) <= last for first, last in _LETTERS):
            kept.append(letter)
        elif kept[-1:] != ["…"]:
            kept.append("…")
    return "".join(kept)


def _width(letter: str) -> float:
    known = _NARROW.get(letter) or _WIDE.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return _FULL
    return _CAPITAL if letter.isupper() else _USUAL
