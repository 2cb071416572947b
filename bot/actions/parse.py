"""Which items does a text name? One per line, bullet or part between slashes, with owner, day, priority and measure.

What was recognised is taken out of the item's text, everything else stays in it: no word of its author is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.actions.due import locate_due
from bot.actions.no_item import is_no_item
from bot.actions.promised import says_i_do
from bot.actions.sharing import begins_with, each_owned, needs_somebody, shared_out
from bot.actions.values import Ambiguous, Draft, Due, Group, Owner, Person, Priority, Words
from bot.patterns import Found, Pattern, exact_pattern, pattern, plain
from bot.wording.chatter import is_chatter
from bot.wording.mentions import mentions
from bot.wording.people import NAME, is_name
from bot.wording.sentences import parts, without_bullet

_PREFIX = pattern(
    r"\s*(?:\[ ?[xX]?\] *)?(?:\*|_)*(?:ais?|ap|to-?dos?|to do|action(?: items?| points?)?s?|follow[- ]?ups?|next steps?"
    r"|task)(?:\*|_)*(?: ?#?\d{1,3})? ?(?::(?:\*|_)*|–|—| -) *"
)
_PERSON = r"<@(?P<user>[A-Z0-9]+)(?:\|[^<>]*)?>"
_GROUP = r"<!subteam\^(?P<group>[A-Z0-9]+)(?:\|[^<>]*)?>"
_AT = r"@(?P<at>[\p{L}\p{N}][\p{L}\p{N}._-]*)"
_TEAM = (
    r"(?:the )?(?:[\p{L}\p{N}/&-]+ ){1,2}(?:team|guild|squad|crew|group|on-?call)|on-?call|(?:sre|dba|devops"
    r"|ops|qa|security|platform|infra|support|legal|data|frontend|backend|mobile)(?:s| team)?"
)
_MYSELF = (
    r"(?:me|myself|mine|i|i will|i'll do it|i can|i(?:'ll| will) take (?:it|this|that)(?: up| on)?|on me|i do(?: it)?)"
)
_NAME = r"[\p{L}][\p{L}.'-]*(?: [\p{L}][\p{L}.'-]*){0,2}"
#: What is said to be the owner may be two: "R&D", "platform & infra".
_WORD = r"[\p{L}](?:[\p{L}.'&/-]|&amp;)*"
_NAMED = rf"{_WORD}(?: (?:(?:&|&amp;|\+) )?{_WORD}){{0,2}}"
_MARKED = r"(?:owners?|assignees?|assigned(?: to)?|owned by|dri|responsible|who|poc|contact|driver)"

#: A whole part between commas, dashes or brackets that says who.
_SEGMENT = pattern(
    rf"(?:{_MARKED} ?[:=]? ?|by |-> ?|→ ?|with )?(?:(?:{_PERSON}|{_GROUP}|{_AT}|(?P<me>{_MYSELF})"
    rf"|(?P<team>{_TEAM})|(?P<name>{_NAME}))(?P<unsure> ?\?)?)"
)
_OWNED = pattern(
    rf"(?:\b{_MARKED} ?[:=] ?|\b(?:assigned to|owned by) )(?:{_PERSON}|{_GROUP}|{_AT}|(?P<me>me|myself)\b"
    rf"|(?P<name>{_NAMED}))(?P<unsure> ?\?)?"
)
_FIRST = pattern(
    rf"\s*(?:{_PERSON}|{_GROUP}|{_AT})(?:(?: ?[:,–—] ?| - | -&gt; | -> | → )(?:to |will |please |can you )?|'ll "
    rf"| (?:can|could|would) you (?:please |pls )?| will | to | shall | should | must | needs to | can | is going to "
    rf"| please | pls )\s*"
)
_FIRST_NAME = pattern(rf"\s*(?P<name>{_NAME}?)(?: ?: ?|'ll | will | to | shall | is going to )")
_FIRST_TEAM = pattern(rf"\s*(?P<team>{_TEAM})(?: ?: ?| will | to | shall | should | is going to | are going to )")
_FIRST_ME = pattern(
    r"\s*(?:(?:i'll|i will|i'm going to|i am going to|i'm gonna|ill|i shall|i can|i'd like to|i want to|i plan to"
    r"|let me|will)(?: (?:also|then|try to|go and))? |me ?: ?|me to )"
)
#: "I post in #eng": what somebody will do.
_FIRST_I = pattern(r"\s*i ")
_FIRST_MARK = pattern(rf"\s*(?:{_PERSON}|{_GROUP})\s+")
_LONE = pattern(rf"{_PERSON}|{_GROUP}")
_ARROW = r"(?:->|→|=>|-&gt;|=&gt;)"
_MENTION = r"(?:<@[A-Z0-9]+(?:\|[^<>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^<>]*)?>|@[\p{L}\p{N}][\p{L}\p{N}._-]*)"
_ONE = rf"(?:{_MENTION}|[\p{{L}}][\p{{L}}'-]*)"
_JOIN = r"(?: ?(?:&amp;|&|\+|/) ?| and )"
_LEAD = rf"(?P<lead>^\s*|[(\[,;]\s*|\s[-–—|]\s+|{_ARROW}\s*|\b{_MARKED} ?[:=] ?)"
#: "@rohan & @tomasz", "Rohan + me": an item has one owner, so that two stay the words they are.
_SEVERAL = pattern(rf"{_LEAD}(?P<all>{_ONE}(?:{_JOIN}{_ONE})+)(?P<after>\s*(?:$|[)\],;]|\s[-–—|]\s|:\s|\sto\s))")
_SEVERAL_AT_THE_END = pattern(rf"(?P<lead>\s)(?P<all>{_MENTION}(?:{_JOIN}(?:me|{_MENTION}))+)(?P<after>)[\s.]*$")
#: "@rohan" just before a day that was taken out.
_HANDLE_AT_THE_END = pattern(rf"(?:^|\s){_AT}\s+$")
#: "cert expiry alert: zoe" at the end of an item.
_AFTER_A_COLON = pattern(rf":\s*(?:{_PERSON}|{_GROUP}|{_AT}|(?P<me>me|myself)|(?P<name>{_NAME}))[\s,.;]*$")
#: "dee" just before a day that was taken out.
_NAME_AT_THE_END = pattern(r"\s(?P<name>[\p{L}][\p{L}.'-]*)\s{3,}$")
#: What somebody does: "sends", "writes".
_DOES = pattern(r"[\p{L}]{2,}[a-rt-z]s")
_JOINED = pattern(_JOIN)
#: The group of the owner's words in the rules with a lead.
_SAID = 2
_HANDLE = pattern(r"@")
#: "bethan? no, rohan": who it is not, then who it is.
_CORRECTED = pattern(
    rf"{_LEAD}(?P<said>@?[\p{{L}}][\p{{L}}.' -]{{0,40}}\? ?(?:no|nope|nah|sorry)\b[,:.]? ?(?:rather )?"
    rf"(?:{_PERSON}|{_GROUP}|{_AT}|(?P<me>me|myself)\b|(?P<name>{_NAME})))\s*(?:$|[)\],;])"
)

_PRIORITY = pattern(
    r"(?P<open>[\[(] ?)?\b(?:(?:prio(?:rity)?|sev(?:erity)?)? ?[:=]? ?(?P<level>p[0-3])"
    r"|prio(?:rity)? ?[:=]? ?(?P<number>[0-3])|(?P<word>critical|blocker|highest|high|medium|normal|low"
    r"|lowest)[ -]?prio(?:rity)?"
    r"|prio(?:rity)? ?[:=]? ?(?P<after>critical|blocker|highest|high|medium|normal|low|lowest))\b(?P<close> ?[\])])?"
)
_LEVELS = {
    "critical": "P0",
    "blocker": "P0",
    "highest": "P0",
    "high": "P1",
    "medium": "P2",
    "normal": "P2",
    "low": "P3",
    "lowest": "P3",
}
_URGENT = pattern(r"\b(?:urgent(?:ly)?|asap|a\.s\.a\.p\.|top priority|immediately|right away)\b")
_NOT_OF_IT = pattern(
    r"\b(?:for|on|of|in|a|an|the|every|all|any|each|as|is|are|new|our|non|than|to|at|from|with|and|or) ?$"
)
_MEASURE_MARK = (
    r"(?:how (?:we(?:'ll| will)?|to) know(?: (?:it|that it) work(?:s|ed))?|(?:we(?:'ll| will| shall)?|you(?:'ll| will))"
    r" (?:know|see|can tell) (?:(?:that )?(?:it|this) (?:work(?:s|ed)|is done|holds|helped)|it's done)|measured? by"
    r"|measure|success(?: metric| criteri(?:a|on))?|done when|verif(?:ied|y)(?: by| when| with| in| that)?|proof|kpi"
    r"|(?:it )?worked (?:if|when)|works (?:if|when)|acceptance(?: criteri(?:a|on))?|definition of done|dod"
    r"|(?:checked|confirmed|proved|proven|demonstrated)(?: by| with| in| through| when)|(?:to be )?tested (?:in|by"
    r"|with)"
    r"|(?:and )?(?:prove|check|confirm|verify) (?:it|this) (?:by|with|in)"
    r"|we (?:will |shall )?know that [^.;]{1,60}? (?:holds|works|worked|helped|is fixed))"
)
_MEASURE = pattern(
    rf"(?:^|[,;.(–—-]|\s)\s*(?:{_MEASURE_MARK}\b ?(?:[:=]|if|when|because|once|by|is)?"
    r"|(?:done|target|goal|expected) ?[:=]) *(?P<measure>[^\s].*)$"
)
#: A number to reach, told without a mark: ", target precision of 0.9", "so that it stays under 40 GB".
_NUMBER_TO_REACH = pattern(r"(?:[,;(–—]\s*target (?:of |is )?|\bso that )(?P<measure>[^;\n]*[0-9].*)$")
_LAST_DASH = pattern(r"(?:\s+-)+\s*$")
_DANGLING = pattern(rf"\s*{_ARROW}\s*(?P<after>$|[,;.)\]])")
_SEPARATORS = pattern(r",(?:\s|$)|\s[-–—|]\s|\s(?:->|→|=>|-&gt;|=&gt;)\s?|[()\[\]]|;|\s\|\s")
_EMPTY = pattern(r"\(\s*(?:[,;]\s*)*\)|\[\s*(?:[,;]\s*)*\]")
_TAIL = pattern(r"[.,;](?:\s*[.,;]\s*)+$")
#: What stays of ", asap!!".
_SHOUTED = pattern(r"\s*,\s*!+\s*$")
_BEFORE_BRACKET = pattern(r"\s*,\s*\)")
_DOUBLE = pattern(r"(?:\s*[,;|–—]\s*){2,}|\s*[,;]\s*-\s")
_ENTITY = pattern(r"&(?:amp|lt|gt);")
#: Stands for the semicolon of an entity meanwhile; no message holds a NUL.
_KEPT = "\0"
_SPACES = pattern(r"[ \t]{2,}")
_BEFORE_MARK = pattern(r"[ \t]+([,;.:!?)])")


_NAME_ALONE = exact_pattern(rf"@?{NAME}")
#: What is made, in one word: no name, where an item may as well be meant.
_MADE = pattern(
    r"(?:run|play)books?|canar(?:y|ies)|alarms?|docs?|retros?|reviews?|drills?|checks?|guards?|limits?|tickets?"
    r"|dashboards|graphs"
)


#: Items that one text is taken apart into; the rest of a longer text becomes one item, so that nothing is lost.
MOST_ITEMS = 1_000
#: A line of more characters is prose that somebody pasted, and stays whole.
LONGEST = 10_000


@dataclass(slots=True)
class _Cut:
    """A part whose recognised places are blanked out, so that all the others keep theirs."""

    text: str

    def take(self, start: int, end: int) -> str:
        words = self.text[start:end]
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]
        return words


def parse_items(
    text: str,
    *,
    said_at: datetime,
    zone: str,
    speaker: str | None,
    people: Mapping[str, str] | None = None,
) -> tuple[Draft, ...]:
    """The items that `text` names, in order; lines that say "nothing" or "thanks" name none.

    `said_at` is aware, `zone` the speaker's (UTC where there is no such zone), `people` maps lower-case names to user
    ids. "me" and "I'll" are `speaker`. Slack's own markup stays in the text where it is not the owner.
    """
    known = {name.lower(): user for name, user in (people or {}).items()}
    zone = _known_zone(zone)
    found: list[Draft] = []
    rows = [row for row in text.replace("\r", "\n").split("\n") if row.strip()]
    for index, row in enumerate(rows):
        if row.rstrip(" *_").endswith(":") and index + 1 < len(rows):
            continue
        if len(found) >= MOST_ITEMS:
            found.append(Draft("\n".join(rows[index:]).strip()))
            break
        cut = _parts(row, known, said_at, zone)
        for number, part in enumerate(cut):
            alone = _MEASURE.match(part) if number and found and len(part) <= LONGEST else None
            if alone is not None and found[-1].measure is None:
                found[-1] = replace(found[-1], measure=(alone.group("measure") or "").strip().rstrip(").;,"))
                continue
            told = _said_of_it(part, found[-1], said_at, zone, speaker, known) if found else None
            if told is not None:
                found[-1] = told
                continue
            following = cut[number + 1] if number and number + 1 < len(cut) else ""
            if following and _is_unknown_name(part, found[-1] if found else None):
                named = replace(found[-1], owner=Words(part))
                if _said_of_it(following, named, said_at, zone, speaker, known) is not None:
                    found[-1] = named
                    continue
            draft = _item(part, said_at, zone, speaker, known)
            if draft is not None:
                found.append(draft)
    return tuple(found)


def _parts(row: str, known: Mapping[str, str], said_at: datetime, zone: str) -> tuple[str, ...]:
    """The parts of a line that may be items, or say more of the one before."""
    if len(row) > LONGEST:
        return (row.strip(),)

    def without_day(text: str) -> str:
        located = locate_due(text, said_at=said_at, zone=zone)
        ends = located is not None and not text[located.end :].strip(" \t.,;!")
        return text[: located.start].rstrip(" \t,;:–—-") if located is not None and ends else text

    found: list[str] = []
    for part in parts(row):
        shared = shared_out(part, known)
        found += shared if len(shared) > 1 else each_owned(part, known, without_day)
    return tuple(found)


def _said_of_it(
    row: str, item: Draft, said_at: datetime, zone: str, speaker: str | None, known: Mapping[str, str]
) -> Draft | None:
    """The item before, with what a line or part says that holds no more than whose it is, by when and how urgent.

    "mine", "@tom 15/12", "P1, by friday"; None where the line says more, or what the item above says already.
    """
    if len(row) > LONGEST:
        return None
    cut = _Cut(plain(without_bullet(row)))
    priority, priority_words = _take_priority(cut)
    due, due_words = _take_due(cut, said_at, zone)
    rest = cut.text.strip(" \t,;:.()–—|-")
    segment = _SEGMENT.fullmatch(rest) if rest else None
    owner = _who(_SEGMENT, segment, speaker, known) if segment is not None else None
    dated = due or due_words or priority
    if (rest and owner is None) or not (owner or dated):
        return None
    if isinstance(owner, Words) and not (dated or owner.text.startswith("@")):
        # "security" alone may be an item of its own.
        return None
    if (owner and item.owner) or ((due or due_words) and (item.due or item.due_words)) or (priority and item.priority):
        return None
    return replace(
        item,
        owner=owner or item.owner,
        due=due or item.due,
        due_words=due_words or item.due_words,
        priority=priority or item.priority,
        priority_words=priority_words or item.priority_words,
    )


def _is_unknown_name(part: str, item: Draft | None) -> bool:
    """Whether a part can be whose the item before it is, by a name that nobody here has.

    What stands between an item and its day ("fix the alert / zoe / friday"), and is none of what is made.
    """
    if item is None or item.owner or item.due or item.due_words or len(item.text.split()) < 2:
        return False
    found = _NAME_ALONE.fullmatch(part[:40].title()) if len(part) <= 40 else None
    return found is not None and is_name(found) and _MADE.fullmatch(part) is None


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return zone


def _item(part: str, said_at: datetime, zone: str, speaker: str | None, known: Mapping[str, str]) -> Draft | None:
    part = without_bullet(part)
    prefix = _PREFIX.match(part)
    if prefix is not None and part[prefix.end() :].strip():
        part = part[prefix.end() :].strip()
    if len(part) > LONGEST:
        return Draft(part)
    if not any(sign.isalnum() for sign in part) or is_chatter(part) or "nothing" in mentions(part) or is_no_item(part):
        return None
    cut = _Cut(plain(part))
    priority, priority_words = _take_priority(cut)
    due, due_words = _take_due(cut, said_at, zone)
    owner = _take_owner(cut, speaker, known, dated=bool(due or due_words))
    measure = _take_measure(cut)
    kept = _tidy(_kept(part, cut))
    if not any(sign.isalnum() for sign in kept):
        kept = part
    return Draft(kept, owner, due, due_words, priority, measure, priority_words)


def _kept(part: str, cut: _Cut) -> str:
    """The part in its own characters, without the places that were taken out."""
    return "".join(
        own if left != " " or own.isspace() else "\0" for own, left in zip(part, cut.text, strict=True)
    ).replace("\0", "")


def _take_measure(cut: _Cut) -> str | None:
    found = _MEASURE.search(cut.text) or _NUMBER_TO_REACH.search(cut.text)
    if found is None or not cut.text[: found.start()].strip():
        return None
    words = (found.group("measure") or "").strip().rstrip(").;,")
    cut.take(found.start(), found.end())
    return words or None


def _take_priority(cut: _Cut) -> tuple[Priority | None, str | None]:
    for found in _PRIORITY.finditer(cut.text):
        before, after = cut.text[: found.start()], cut.text[found.end() :].lstrip()
        bracketed = bool(found.group("open")) and bool(found.group("close"))
        at_start = not before.strip(" *_") and (bracketed or after[:1] in (":", "-", "–", ",", ")"))
        at_end = (not after or after[0] in ",;.)]|@<") and _NOT_OF_IT.search(before) is None
        if not (bracketed or at_start or at_end or (found.group("word") or found.group("after"))):
            continue
        level = found.group("level") or ""
        number = found.group("number")
        word = (found.group("word") or found.group("after") or "").lower()
        name = level.upper() or (f"P{number}" if number else _LEVELS[word])
        words = cut.take(found.start(), found.end()).strip(" []()")
        return Priority(name), words
    urgent = _URGENT.search(cut.text)
    return None, urgent.group() if urgent is not None else None


def _take_due(cut: _Cut, said_at: datetime, zone: str) -> tuple[Due | None, str | None]:
    located = locate_due(cut.text, said_at=said_at, zone=zone)
    if located is None:
        return None, None
    match located.said:
        case Due() as due:
            cut.take(located.start, located.end)
            return due, None
        case Ambiguous(words, why):
            if why == "is past" and cut.text[: located.start].strip() and words[:3].lower() not in ("by ", "due"):
                return None, None
            cut.take(located.start, located.end)
            return None, words


def _take_owner(cut: _Cut, speaker: str | None, known: Mapping[str, str], *, dated: bool) -> Owner | None:
    owner = _corrected(cut, speaker, known) or _several(cut, known)
    if owner is not None:
        return owner
    for rule in (_OWNED, _FIRST, _FIRST_MARK, _FIRST_TEAM, _FIRST_NAME, _FIRST_ME):
        found = rule.search(cut.text) if rule is _OWNED else rule.match(cut.text)
        if found is None or (rule is not _OWNED and not cut.text[found.end() :].strip()):
            continue
        owner = _who(rule, found, speaker, known)
        if owner is not None:
            cut.take(found.start(), found.end())
            return owner
    return (
        _in_a_segment(cut, speaker, known)
        or _at_the_end(cut)
        or _handle_at_the_end(cut, known)
        or _after_a_colon(cut, speaker, known)
        or _name_before_the_day(cut, known)
        or _first_i(cut, speaker)
        or _name_first(cut, speaker, known, dated)
    )


def _corrected(cut: _Cut, speaker: str | None, known: Mapping[str, str]) -> Owner | None:
    """Whom "bethan? no, rohan" means. The words stay in the text where the owner is somebody known."""
    found = _CORRECTED.search(cut.text)
    if found is None:
        return None
    owner = _who(_CORRECTED, found, speaker, known)
    if owner is not None and not isinstance(owner, Words):
        return owner
    words = (found.group("said") or "").strip()
    cut.take(found.start(_SAID), found.end(_SAID))
    return Words(words)


def _several(cut: _Cut, known: Mapping[str, str]) -> Owner | None:
    """Two owners or more: a mention that comes first is the owner, with all in the text; else all, as words."""
    for rule in (_SEVERAL, _SEVERAL_AT_THE_END):
        for found in rule.finditer(cut.text):
            words = (found.group("all") or "").strip()
            names = [each.strip() for each in _JOINED.split(words)]
            if not any(name[0] in "@<" or name.lower() in ("me", "myself") or name.lower() in known for name in names):
                continue
            if rule is _SEVERAL_AT_THE_END and needs_somebody(cut.text[: found.start()]):
                continue
            first = _LONE.match(names[0])
            if first is not None:
                return _who(_LONE, first, None, {})
            if "<" in words:
                continue
            marked = (found.group("lead") or "")[:1].isalpha()
            leads_in = (found.group("after") or "").strip() in (":", "to")
            cut.take(found.start() if marked else found.start(_SAID), found.end() if leads_in else found.end(_SAID))
            return Words(unescape(_HANDLE.sub("", words)))
    return None


def _in_a_segment(cut: _Cut, speaker: str | None, known: Mapping[str, str]) -> Owner | None:
    """An owner that stands alone between commas, dashes or brackets; the last one counts."""
    edges = [
        0,
        *(edge for each in _SEPARATORS.finditer(cut.text) for edge in (each.start(), each.end())),
        len(cut.text),
    ]
    for start, end in reversed(list(zip(edges[::2], edges[1::2], strict=True))):
        words = cut.text[start:end].strip()
        if not words or len(words) > 60 or words == cut.text.strip():
            continue
        found = _SEGMENT.fullmatch(words)
        owner = _who(_SEGMENT, found, speaker, known) if found is not None else None
        if owner is not None:
            cut.take(start, end)
            return owner
    return None


def _at_the_end(cut: _Cut) -> Owner | None:
    """A mention that ends the item, unless the sentence needs it ("ask @maria")."""
    last: Found | None = None
    for found in _LONE.finditer(cut.text):
        last = found
    if last is None or cut.text[last.end() :].strip(" .,;)") or not cut.text[: last.start()].strip():
        return None
    if needs_somebody(cut.text[: last.start()]):
        return None
    owner = _who(_LONE, last, None, {})
    cut.take(last.start(), last.end())
    return owner


def _handle_at_the_end(cut: _Cut, known: Mapping[str, str]) -> Owner | None:
    found = _HANDLE_AT_THE_END.search(cut.text)
    if found is None or needs_somebody(cut.text[: found.start()]):
        return None
    owner = _who(_HANDLE_AT_THE_END, found, None, known)
    cut.take(found.start(), found.end())
    return owner


def _after_a_colon(cut: _Cut, speaker: str | None, known: Mapping[str, str]) -> Owner | None:
    """Somebody known behind a colon at the end, where what stands before it says what is done."""
    found = _AFTER_A_COLON.search(cut.text)
    if found is None or len(cut.text[: found.start()].split()) < 2:
        return None
    owner = _who(_AFTER_A_COLON, found, speaker, known)
    if owner is None or isinstance(owner, Words):
        return None
    cut.take(found.start(), found.end())
    return owner


def _first_i(cut: _Cut, speaker: str | None) -> Owner | None:
    found = _FIRST_I.match(cut.text)
    if found is None or not says_i_do(cut.text.lstrip()):
        return None
    cut.take(found.start(), found.end())
    return Person(speaker) if speaker else Words("me")


def _name_before_the_day(cut: _Cut, known: Mapping[str, str]) -> Owner | None:
    """Somebody known, just before a day that was taken out at the end: "macro for label customers dee tomorrow"."""
    found = _NAME_AT_THE_END.search(cut.text)
    name = (found.group("name") or "").lower() if found is not None else ""
    if found is None or name not in known or len(cut.text[: found.start()].split()) < 2:
        return None
    if needs_somebody(cut.text[: found.start()]):
        return None
    cut.take(found.start(1), found.end(1))
    return Person(known[name])


def _name_first(cut: _Cut, speaker: str | None, known: Mapping[str, str], dated: bool) -> Owner | None:
    """Somebody known as the subject: "dee sends it", or with a day "dee approver rule 10 dec", "me disks friday"."""
    found = begins_with(cut.text, known)
    if found is None or not (dated or _DOES.fullmatch(found.group("next") or "")):
        return None
    start = len(cut.text) - len(cut.text.lstrip())
    name = cut.take(start, start + found.end(1)).strip().lower().removeprefix("@")
    if name in known:
        return Person(known[name])
    return Person(speaker) if speaker else Words("me")


def _who(rule: Pattern, found: Found, speaker: str | None, known: Mapping[str, str]) -> Owner | None:
    groups = found.groupdict()
    unsure = bool(groups.get("unsure"))
    if user := groups.get("user"):
        return Person(user)
    if group := groups.get("group"):
        return Group(group)
    if at := groups.get("at"):
        return Person(known[at.lower()]) if at.lower() in known else Words(f"@{at}")
    if groups.get("me") or rule is _FIRST_ME:
        return Person(speaker) if speaker and not unsure else Words("me?" if unsure else "me")
    if team := groups.get("team"):
        return Words(team.strip().removeprefix("the ") + ("?" if unsure else ""))
    name = (groups.get("name") or "").strip()
    if name.lower() in known:
        return Words(f"{name}?") if unsure else Person(known[name.lower()])
    if (
        name
        and (unsure or rule is _OWNED)
        and len(name.split()) <= 3
        and name.lower() not in _NOBODY
    ):
        return Words(unescape(name) + ("?" if unsure else ""))
    return None


#: What stands where a name would, and asks for one.
_NOBODY = frozenset(
    {"tbd", "tbc", "none", "nobody", "unknown", "anyone", "anybody", "someone", "somebody", "who", "volunteer"}
    | {"volunteers", "no one", "no idea"}
)


def _tidy(text: str) -> str:
    for _ in range(3):
        text = _EMPTY.sub("", text)
    text = _DANGLING.sub(lambda found: found.group("after") or "", text)
    # The semicolon that ends an entity such as `&gt;` belongs to it, and is no mark between items.
    text = _ENTITY.sub(lambda found: (found.group() or "")[:-1] + _KEPT, text)
    text = _DOUBLE.sub(", ", text)
    text = _BEFORE_BRACKET.sub(")", _TAIL.sub(".", text))
    text = _SHOUTED.sub("", _SPACES.sub(" ", text))
    text = _BEFORE_MARK.sub(r"\1", text).strip()
    kept = text.strip(" \t,;:–—|").replace(_KEPT, ";")
    return _LAST_DASH.sub("", kept).removeprefix("- ").strip()
