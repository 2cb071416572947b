"""What did people commit themselves to in the channel, in their own words, while the incident ran?

For the record only: a find is shown as something that was said, never as an item that somebody has agreed to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.due import locate_due
from bot.actions.parse import parse_items
from bot.actions.values import Draft
from bot.patterns import pattern, plain
from bot.wording.sentences import sentences


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of the channel; `said_at` is aware, `speaker` None for a bot or somebody unknown."""

    text: str
    said_at: datetime
    speaker: str | None = None


_PREFIX = pattern(
    r"\W*(?:<@[^<>]+>[:,]? )?\W*(?:ais?|ap|to-?dos?|action(?: items?| points?)?s?"
    r"|follow[- ]?ups?|next steps?)\W{0,3}(?: ?#?\d{1,3})? ?(?::|–|—| -) *\S.*\s.*\S"
)
#: "AI @ann write the runbook", "TODO(ann) write the runbook": marked without a colon.
_MARKED = pattern(
    r"\W*(?:ai|ap|todo|action(?: items?)?)(?: (?P<at><@[^<>]+>|@[\w.-]+):?"
    r"| ?\((?P<name>[\p{L}][\p{L}\p{N}._-]*)\):?) (?P<what>\S.*\s.*\S)"
)
#: "filed OPS-7 to raise the pool size"; a case with somebody else's support is none.
_FILED = pattern(
    r"\b(?:filed|opened|created|raised|logged|cut|made|i (?:will |now )?(?:file|open|create|raise)) (?:an? "
    r"|the )?(?:(?:follow[- ]?up|jira|github|gitlab"
    r"|tracking|new|backlog) )*"
    r"(?:tickets?|issues?|tasks?|card|story|bug|<https?://[^<>]+>|https?://\S+|[a-z][a-z0-9]+-\d+"
    r"|#\d+)\b?[^.;\n]{0,40}?"
    r"(?: to | for |: ?| so that )[\p{L}]"
)
_OF_OTHERS = pattern(
    r"\b(?:support|vendor|provider|carrier|aws|azure|gcp|google|their) (?:\w+ )?(?:ticket|case|issue)|\bcase id\b"
    r"|\bwith (?:the |our )?(?:vendor|provider|carrier|aws|azure|gcp|support)\b"
)
#: A line that opens a list of items, and the lines of one.
_HEADING = pattern(
    r"\W*(?:action items?|actions?|action points?|next steps?|follow[- ]?ups?|to-?dos?|ais?|remediations?"
    r"|tasks)(?: \([^()]*\))?\W*"
)
_POINT = pattern(r"[ \t]*(?:[-*•‣◦–—·]|\(?\d{1,3}[.)]|\[[ xX]?\]|:[a-z_]+:|&gt;)[ \t]*\S")
#: A sentence that only says of the one before it whose it is, by when or how urgent.
_DETAIL = pattern(
    r"\W*(?:owners?|assignees?|assigned to|due|deadline|by|prio(?:rity)?|p[0-3])\b ?[:=]?[^.!?]{0,60}[.]?"
)
#: What is built so that it does not happen again.
_PRECAUTION = (
    r"\b(?:add|write|build|create|put|set up|make) (?:an?|the) (?:[\w-]+ ){0,3}(?:alerts?|alarms?|checks?|tests?"
    r"|monitors?"
    r"|monitoring|guards?|runbooks?|dashboards?|limits?|reminders?|probes?|lint\w*|validation)\b"
)
_MINE = pattern(
    r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i can|i plan to|i shall|let me) [\p{L}]"
    r"|^\W*will (?:also )?(?:add|write|put|create|fix|make|set up|open|file|document|send) \S"
    r"|(?:^|\band )\W*i (?:talk|speak|write|prepare|send|add|make|fix|ask|order|document|update) \S"
)
#: "@tina can you please send it to all by tomorrow?" asks one person for a thing.
_ASKS_ONE = pattern(
    r"^\W*(?:<@[^<>]+>|@[\w.-]+)[:,]? (?:can|could|would) you (?:please |pls )?[\p{L}]|^\W*(?:can"
    r"|could) you (?:<@[^<>]+>|@[\w.-]+)"
)
_OURS = pattern(
    r"\b(?:we|someone|somebody|they|you|<@[^<>]+>|@[\w.-]+|[\w-]+ team|<!subteam[^<>]*>) (?:all |really "
    r"|probably |also |definitely |still )*(?:should|need to|needs to|must|have to|has to|ought to|want to|will"
    r"|'ll)(?: (?:also|really|probably|definitely|then))* [\p{L}]|(?:^|[,;] )\W*need to [\p{L}]|\b(?:we'll|let's"
    r"|can you|could you|please|pls"
    r"|needs? to be|should be|must be) [\p{L}]"
)
_LATER = pattern(
    r"\b(?:later|afterwards|after (?:this|that|the (?:incident|outage|rollback|fix|dust|weekend|holidays?)|we're"
    r"|it's|we are|things)|next (?:week|sprint|quarter|month|time|release|iteration)|tomorrow|monday"
    r"|going forward|from now on|in (?:the )?future|long(?:er)?[- ]term|permanent(?:ly)?"
    r"|follow[- ]?up|tickets?|backlog|jira|issue for|post-?mortem|retro(?:spective)?|so (?:that )?(?:this|that|it"
    r"|we) (?:\w+ )?(?:never|doesn't|does not|won't|can't|cannot|don't)|never (?:again|happens|ships)|ever again"
    r"|happens? again|again\b.{0,12}$|prevent|once (?:this|it|we|everything|the dust)|eventually|at some point"
    r"|when (?:this|it) is over|in q[1-4]|this (?:quarter|week|sprint)|before (?:the next|version|v?\d+\.\d))\b"
    rf"|{_PRECAUTION}"
)
#: "write a check that …": a thing, and nothing that is done now.
_A_THING = pattern(r"\b(?:an?|the) (?:\w+ )?check\b")
_NOW = pattern(
    r"\b(?:restart(?:ing)?|roll(?:ing)? ?(?:it )?back|rollback|revert(?:ing)?|check(?:ing)?(?: (?:if|the|whether"
    r"|with|on|it|that|this|now))|look(?:ing)? (?:at|into|now)|take a look|right now|now|immediately|first\b"
    r"|page (?:the|<@|@|someone|them|him|her)|escalate|kill(?:ing)? (?:the|it|that|this)|drain|fail(?:ing)? ?over"
    r"|bounce|flush|try(?:ing)?|wait|call|ping|join|asap|quickly|in a (?:sec|minute|moment|bit)"
    r"|a (?:sec|minute|moment)|in \d+ ?(?:m|min|mins|minutes)|scale (?:up|it|out)|be (?:fine|ok|okay|back|good|up"
    r"|able|recovered|done|there|safe|enough)|see (?:if|it|what|recovery)|recover|keep an eye|update you"
    r"|let you know|be right|post (?:an )?update)\b"
)
_NOT_MEANT = pattern(
    r"\?\W*$|\b(?:should|could|would|must|might)(?:n't| not)? have\b|\b(?:should|could|would)(?:'ve|a)\b"
    r"|\bif (?:we|it|this|that)\b|\bmaybe we\b|\bnot sure\b|\bdon't (?:need|have) to\b|\bwon't\b|\bshouldn't\b"
    r"|\bdo we\b|\bshould we\b"
)


def find_items(messages: Iterable[Spoken], *, zone: str, people: Mapping[str, str] | None = None) -> tuple[Draft, ...]:
    """What was committed to in `messages`, in order, as items; `zone` is that of the channel.

    A line marked AI, TODO or follow-up counts; "I'll …" and "we should …" count with a cue that it is for later
    ("tomorrow", "a ticket", "so this never …", a day) and without one that it is for now ("restart", "check").
    """
    return tuple(draft for message in messages for draft in find_in(message, zone=zone, people=people))


def find_in(message: Spoken, *, zone: str, people: Mapping[str, str] | None = None) -> tuple[Draft, ...]:
    """What was committed to in one message."""
    found: list[Draft] = []
    for words in _committed(message, zone):
        found += parse_items(words, said_at=message.said_at, zone=zone, speaker=message.speaker, people=people)
    return tuple(found)


def _committed(message: Spoken, zone: str) -> Iterator[str]:
    """The words of each item: the points under a heading, and what a sentence commits to with its details."""
    listed, loose = _under_headings(message.text)
    kept: list[str] = []
    for sentence in sentences(loose):
        if kept and _DETAIL.fullmatch(plain(sentence)) is not None and len(sentence) <= 90:
            kept[-1] = f"{kept[-1].rstrip(' .')}, {sentence.strip()}" if kept[-1] else ""
        elif (marked := _MARKED.match(plain(sentence))) is not None:
            who = marked.group("at") or f"owner: {marked.group('name')}"
            kept.append(f"{marked.group('what')} ({who})")
        else:
            kept.append(sentence if _commits(plain(sentence), message.said_at, zone) else "")
    yield from filter(None, kept)
    yield from listed


def _under_headings(text: str) -> tuple[list[str], str]:
    """The points of the lists that a heading such as "Action items:" opens, and the rest of the text."""
    listed: list[str] = []
    rest: list[str] = []
    open_list = False
    for row in text.replace("\r", "\n").split("\n"):
        if len(row) <= 60 and _HEADING.fullmatch(plain(row)) is not None and any(map(str.isalpha, row)):
            open_list = True
        elif open_list and _POINT.match(row) is not None:
            listed.append(row.strip())
        elif row.strip():
            open_list = False
            rest.append(row)
    return listed, "\n".join(rest)


def _commits(sentence: str, said_at: datetime, zone: str) -> bool:
    if len(sentence) > 1_000:
        return False
    if _PREFIX.match(sentence) is not None:
        return True
    if _FILED.search(sentence) is not None and _OF_OTHERS.search(sentence) is None:
        return True
    asked = _ASKS_ONE.search(sentence) is not None
    if _NOW.search(_A_THING.sub(" ", sentence)) is not None or (not asked and _NOT_MEANT.search(sentence) is not None):
        return False
    if asked:
        return locate_due(sentence, said_at=said_at, zone=zone) is not None
    if _MINE.search(sentence) is None and _OURS.search(sentence) is None:
        return False
    return _LATER.search(sentence) is not None or locate_due(sentence, said_at=said_at, zone=zone) is not None
