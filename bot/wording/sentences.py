"""Where do the lines, sentences and factors of a text begin and end?"""

from __future__ import annotations

from bot.patterns import pattern

#: What stands before a point of a list: a bullet, a number, a checkbox.
_BULLET = pattern(
    r"[ \t]*(?:&gt; ?)?(?:(?:[-*•‣◦▪●–—·]|:[a-z_]+:|\(?\d{1,3}[.)]"
    r"|\(?[a-z][)])[ \t]+(?:\[[ xX]?\][ \t]*)?|\[[ xX]?\][ \t]*|•[ \t]*)"
)
_END = pattern(r"[.!?…]+[)\"'”’]*(?:[ \t]+|$)")
_NO_END = pattern(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|ca|no|nr|dr|mr|mrs|ms|st|incl|resp|min|max|sec|fig|cf|a\.m"
    r"|p\.m)|\b[a-z]|^\s*\(?\d{1,3})$"
)
#: Before a mark that separates factors on one line; an entity such as `&amp;` ends in a semicolon that is none.
_PARTS = pattern(
    r"&[a-z0-9#]{1,8};|\x60[^\x60\n]*\x60|<[^<>\n]*>|;(?:[ \t]+|$)|[ \t]+/(?:[ \t]+/)*[ \t]+|[ \t]+[•‣●][ \t]*"
)
#: Words that begin a sentence, and follow no abbreviation.
_BEGINS = frozenset({"i", "ill", "im", "we", "it", "they", "he", "she", "there", "then", "so", "but", "nobody"})
_NUMBERED = pattern(r"(?:^|[ \t,;])\(?(\d{1,2})[.)][ \t]+")


def lines(text: str) -> tuple[str, ...]:
    """The lines of `text` that hold something, without blanks around them."""
    return tuple(line for each in text.replace("\r", "\n").split("\n") if (line := each.strip()))


def without_bullet(line: str) -> str:
    """A line without the mark of a list in front of it; twice for "- [ ]" and the like."""
    found = _BULLET.match(line)
    return line[found.end() :].strip() if found is not None else line.strip()


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`; a line ends one too. Abbreviations, versions and clock times do not."""
    found = []
    for line in lines(text):
        start = 0
        for end in _END.finditer(line):
            before = line[start : end.start()]
            if line[end.start()] == "." and _NO_END.search(before[-12:]) is not None:
                continue
            following = line[end.end() : end.end() + 1]
            # Before a small letter two dots and more stand for a comma.
            ends_small = _in_small_letters(before, line[end.end() :]) and not line.startswith("..", end.start())
            if line[end.start()] == "." and following.islower() and not ends_small:
                continue
            found.append(line[start : end.end()].strip())
            start = end.end()
        if line[start:].strip():
            found.append(line[start:].strip())
    return tuple(found)


def _in_small_letters(before: str, after: str) -> bool:
    """Whether a sentence ends between the two though the next begins small: who writes so begins each of them so.

    Both have to be several words, of which the next begin as sentences do: "conn. pool" and "config. value" go on.
    """
    ended, begun = before.split(), after.split()
    begins_small = before.lstrip(" \t(\"'")[:1].islower()
    if not begins_small or len(ended) < 3 or len(begun) < 3:
        return False
    return begun[0].partition("'")[0].partition("’")[0] in _BEGINS


def parts(line: str) -> tuple[str, ...]:
    """The parts of one line that " / ", "; ", bullets or running numbers keep apart, else the whole line."""
    numbers = [found for found in _NUMBERED.finditer(line)]
    if len(numbers) > 1 and [found.group(1) for found in numbers] == [str(n + 1) for n in range(len(numbers))]:
        starts = [found.start() for found in numbers]
        cut = [line[: starts[0]], *(line[a:b] for a, b in zip(starts, [*starts[1:], len(line)], strict=True))]
    else:
        cut, start = [], 0
        for found in _PARTS.finditer(line):
            if (found.group() or "")[0] in "&`<":
                continue
            if line[found.start() - 1 : found.start()].isdigit() and line[found.end() : found.end() + 1].isdigit():
                continue
            cut.append(line[start : found.start()])
            start = found.end()
        cut.append(line[start:])
    return tuple(part for each in cut if (part := without_bullet(each.strip(" \t,"))))


#: A longer answer is no list that somebody typed; a Slack message has at most 40,000 characters.
LONGEST = 40_000


def factors(text: str) -> tuple[str, ...]:
    """The separate factors of an answer about causes: one for each line or part of a list, else the answer whole.

    A line that only leads into a list ("two things:") is none; an indented line belongs to the point above it.
    """
    if len(text) > LONGEST:
        return (text.strip(),)
    found: list[str] = []
    rows = [row for row in text.replace("\r", "\n").split("\n") if row.strip()]
    bulleted = any(_BULLET.match(row) for row in rows)
    for index, row in enumerate(rows):
        if row.rstrip().endswith(":") and index + 1 < len(rows):
            continue
        if bulleted and found and row[:1] in " \t" and _BULLET.match(row) is None:
            found[-1] += " " + row.strip()
            continue
        found += parts(row)
    return tuple(found)
