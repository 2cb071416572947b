"""What does a text say of single fields of a report: the field's name, and the words of the text that are its own?

Only words that stand in the text are given back, a clause at a time. A label before a colon decides by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.patterns import pattern, plain
from bot.wording import person_as_cause
from bot.wording.amounts import AMOUNT
from bot.wording.field_rules.every import PAIR_WORDS, PROCESS, PROCESS_PAIR, RULES, TECHNICAL_PAIR, VERSION_PAIR
from bot.wording.field_rules.rule import MONEY, PEOPLE, PERCENT, REQUESTS, FieldRule
from bot.wording.rule import places
from bot.wording.sentences import lines, parts, sentences, without_bullet
from bot.wording.whether import without_yes

#: What is looked at of one text, and how many values of one field it can give.
LONGEST = 8_000
SENTENCES = 80
EACH = 3
#: A part of a list between commas has at most so many words.
LISTED = 3
_BREAK = pattern(
    r",[ \t]+(?:(?:and|but|so|which|while) )?|[ \t]+[–—][ \t]+|[ \t]+-[ \t]+|:[ \t]+|[ \t]+and[ \t]+|[ \t]+but[ \t]+"
)
#: Where the same is told once more in another measure: "12,000 EUR (4% of the day)", "1,200 users, or 12%".
_MEASURED = pattern(
    r"[ \t]*[(\[]|[)\]][ \t]*|,?[ \t]+(?:or|which (?:is|was|were|are|makes?|made)|that(?: i|')s|i\.e\.|meaning)[ \t]+"
    r"|[ \t]+[=/][ \t]+"
)
#: What is left of "…, which is about 4%".
_WHICH_IS = pattern(r"(?:is|was|are|were|makes?|made) ((?:about |around |roughly )?[\d€$£~].*)")
#: What is told in different measures when it is told twice.
_MEASURES = tuple(pattern(each) for each in (MONEY, PERCENT, rf"{AMOUNT} (?:[\pL-]+ ){{0,2}}(?:{PEOPLE}|{REQUESTS})\b"))
_DIGIT = pattern(r"\d")
_AND = pattern(r"[ \t]+and[ \t]+")
_COUNTS = pattern(rf"(?:about |around |roughly |some |another )?(?:{AMOUNT}|[€$£] ?\d|no |none|nobody)")
_LABEL = pattern(r"(?:\*|_)?([\pL][\pL /-]{1,40}?)(?:\*|_)? ?:(?:\*|_)?[ \t]+(\S.*)")
_FROM_TO = pattern(r"\bfrom (.{1,120}?) to (.{1,200})$")
_ARROW = pattern(r"^(?:.*?: ?)?(.{1,120}?) ?(?:->|-&gt;|=>|=&gt;|→) ?(.{1,200})$")
#: "prompt v6 became v7": what was one version and is the next.
_BECAME = pattern(
    r"^(?:.*?: ?)?([^,;]{0,110}\d[^,;]{0,9}?) (?:became|turned into|was replaced (?:by|with)) ([^,;]{0,40}\d[^,;]*)"
)
#: "prompt v13 to v14, and model mini-1 to mini-2": both are versions, and no range of numbers.
_VERSION_TO = pattern(
    r"\b((?:(?:prompt|model|version|release|build|image|template) )?(?:v\d[\w.-]*|\d+\.\d+\.\d+[\w.-]*)"
    r"|(?:prompt|model|version|release|build|image|template) [\w.-]*\d[\w.-]*) to"
    r" ((?:(?:prompt|model|version|release|build|image|template) )?[\w.-]*\d[\w-]*(?:\.\d[\w-]*)*)\b"
)
#: What comes after a comma is who does it, and by when.
_INSTEAD = pattern(r"^(.{1,200}?),? instead of ([^,;]{1,120})(?:[,;].*)?$")
_EVIDENCE_WORDS = (
    r"\b(?:confirm\w*|verified|reproduc\w+|bisect\w*|prove[sd]?|proof|(?:graphs?|logs?|traces?|metrics|dashboards?|plan)"
    r" (?:\pL+ ){0,2}(?:shows?|showed|says?|said|match\w*)|heap dump|stack ?trace)\b"
)
_EVIDENCE = pattern(_EVIDENCE_WORDS)
#: Looser than evidence: enough that a sentence with a person in it is kept.
_SHOWS = pattern(
    _EVIDENCE_WORDS + r"|\b(?:show(?:s|ed|n)?|went away|fell (?:when|once|after|as)"
    r"|(?:in|from|by) the (?:[\pL-]+ ){0,2}(?:logs?|graphs?|traces?|metrics|dashboards?|diff|history)"
    r"|(?:after|when|once|until) .{0,60}(?:revert\w*|roll(?:ed|ing)? back|put back|undone))\b"
)
_SHAPES = {rule.name: rule.shape for rule in RULES if rule.shape is not None}
#: What begins an answer and no list: "not yet, about a third of the users".
_NO_LIST = pattern(r"^\W*(?:no|nope|not|yes|yep|yeah|well|so|ok|okay|sure|sorry|honestly|maybe|probably|i think)\b")
_BY_LABEL = {label: rule.name for rule in reversed(RULES) for label in rule.words} | PAIR_WORDS


def is_evidence(text: str) -> bool:
    """Whether a statement of the cause says how it is known: a graph that shows it, a test that confirmed it."""
    return _EVIDENCE.search(plain(text[:LONGEST])) is not None


def shown(text: str) -> str:
    """`text` without the sentences that name a person as the cause and nothing that shows it; empty if none is left."""
    told = [s for line in lines(text) for s in sentences(line)]
    kept = [s for s in told if _SHOWS.search(plain(s)) or not any(places(person_as_cause.RULES, plain(s)))]
    return text if len(kept) == len(told) else " ".join(kept)


def fields(text: str, names: frozenset[str] | None = None) -> tuple[tuple[str, str], ...]:
    """The fields of which `text` speaks, in its order; with `names`, only these are looked for."""
    found: list[tuple[str, str]] = []
    for name, words in _fields(without_yes(text[:LONGEST]), names):
        if name in _SHAPES and _SHAPES[name].search(plain(words)) is None:
            continue
        if (name, words) not in found and sum(each == name for each, _ in found) < EACH:
            found.append((name, words))
    return tuple(found)


def _fields(text: str, names: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    count = 0
    for line in lines(text):
        labelled = _labelled(without_bullet(line), names)
        if labelled is not None:
            yield labelled
            continue
        for sentence in sentences(line):
            count += 1
            if count > SENTENCES:
                return
            for part in parts(without_bullet(sentence)):
                yield from _of_sentence(part, names)


def _labelled(line: str, names: frozenset[str] | None) -> tuple[str, str] | None:
    """A line such as "SLO target: 99.9 %": somebody said which field it is."""
    found = _LABEL.fullmatch(line)
    if found is None:
        return None
    label = (found.group(1) or "").strip().lower()
    wanted = [_BY_LABEL[label]] if label in _BY_LABEL else []
    if names is not None:
        # One label may name several fields ("updates"): the one that is asked about.
        wanted = [rule.name for rule in RULES if label in rule.words and rule.name in names] or wanted
        wanted = [name for name in wanted if name in names]
    words = (found.group(2) or "").strip()
    return (wanted[0], words) if wanted and words else None


def _of_sentence(sentence: str, names: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    flat = plain(sentence)
    near = {
        rule.name: (rule.near is None or rule.near.search(flat) is not None)
        and (rule.far is None or rule.far.search(flat) is None)
        for rule in RULES
    }
    ends = {rule.name: _until(rule, flat) for rule in RULES}
    begun: int | None = None
    for start, end in clauses(sentence):
        own = flat[start:end]
        found_here = {
            rule.name: found.start() if rule.from_here else 0
            for rule in RULES
            if near[rule.name]
            and (names is None or rule.name in names)
            and (found := rule.here.search(flat[start : min(end, ends[rule.name])])) is not None
            and (rule.but is None or rule.but.search(own) is None)
        }
        # "Payments, SRE and the database team" is one list, although only its end says that these are teams.
        first = start if begun is None else begun
        for name, at in found_here.items():
            # What a rule points at begins there; all else begins with its clause, or its list.
            yield name, _cut(sentence[start + at if at else first : min(end, ends[name])])
        listed = len(own.split()) <= LISTED and _NO_LIST.search(own) is None
        begun = first if not found_here and listed and "," in sentence[end : end + 1] else None
    yield from _pairs(sentence, flat, names)


def _until(rule: FieldRule, flat: str) -> int:
    """Where what a rule looks at ends in a sentence."""
    found = rule.until.search(flat) if rule.until is not None else None
    return found.start() if found is not None else len(flat)


def _pairs(sentence: str, flat: str, names: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    became = _BECAME.search(flat)
    if became is not None:
        for name, half in zip(VERSION_PAIR, (1, 2), strict=True):
            if names is None or name in names:
                yield name, _cut(sentence[became.start(half) : became.end(half)])
        return
    found = _FROM_TO.search(flat) or _ARROW.search(flat)
    for each in _VERSION_TO.finditer(flat) if found is None else ():
        for name, half in zip(VERSION_PAIR, (1, 2), strict=True):
            if names is None or name in names:
                yield name, _cut(sentence[each.start(half) : each.end(half)])
    turned = None if found is not None else _INSTEAD.search(flat)
    found = found or turned
    if found is None:
        return
    old, new = (2, 1) if turned is not None else (1, 2)
    pairs = (PROCESS_PAIR if PROCESS.search(flat) is not None else TECHNICAL_PAIR, VERSION_PAIR)
    for pair in pairs:
        if pair is VERSION_PAIR and _DIGIT.search(found.group() or "") is None:
            continue
        for name, half in zip(pair, (old, new), strict=True):
            if names is None or name in names:
                yield name, _cut(sentence[found.start(half) : found.end(half)])


def clauses(sentence: str) -> tuple[tuple[int, int], ...]:
    """Where the clauses of a sentence stand. "And" divides only before an amount: "20 tickets and 3 complaints"."""
    found, start = [], 0
    for joint in _BREAK.finditer(sentence):
        following = sentence[joint.end() :]
        if _AND.fullmatch(joint.group() or "") and _COUNTS.match(plain(following)) is None:
            continue
        found.append((start, joint.start()))
        start = joint.end()
    found.append((start, len(sentence)))
    parted = (part for start, end in found for part in _measured(sentence, start, end))
    return tuple((start, end) for start, end in parted if _cut(sentence[start:end]))


def _measured(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A clause, or its parts where each tells the same in a measure of its own, such as money and a share."""
    parts, at = [], start
    for joint in _MEASURED.finditer(sentence[start:end]):
        parts.append((at, start + joint.start()))
        at = start + joint.end()
    parts.append((at, end))
    told = [frozenset(n for n, each in enumerate(_MEASURES) if each.search(plain(sentence[a:b]))) for a, b in parts]
    apart = [each for each in told if each]
    if len(apart) < 2 or len(frozenset().union(*apart)) < sum(map(len, apart)):
        yield start, end
        return
    for part, measures in zip(parts, told, strict=True):
        if measures:
            yield part


def _cut(words: str) -> str:
    if ")" in words.partition("(")[0]:
        words = words.partition(")")[0]  # The end of a bracket that another clause has opened.
    words = words.strip().rstrip(".,;!").strip()
    which = _WHICH_IS.fullmatch(words)
    return (which.group(1) or "") if which is not None else words
