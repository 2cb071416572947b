"""What did people commit themselves to in the channel, in their own words, while the incident ran?

For the record only: a find is shown as something that was said, never as an item that somebody has agreed to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.actions.asked_of import asked_of, first_names, parts_by_name
from bot.actions.due import locate_due
from bot.actions.find_words import (
    A_THING,
    ANOTHER_DAY,
    ASKS_ONE,
    DETAIL,
    ENDS,
    FILED,
    GO_AHEAD,
    HEADING,
    ITS_OWNER,
    LATER,
    MARKED,
    NEEDS_PEOPLE,
    NO_END,
    NO_WORK,
    NOT_MEANT,
    NOT_MEANT_BY_ME,
    NOW,
    OF_OTHERS,
    OFFERED,
    ONE_MORE,
    OURS,
    OWN_WAYS,
    POINT,
    POLITE,
    PREFIX,
    REFUSED,
    TAG,
)
from bot.actions.parse import parse_items
from bot.actions.promised import is_done_now, is_mine, only_takes_on, says_i_do, tells_of_oneself, without_lead
from bot.actions.stands_for import points, what_it_stands_for
from bot.actions.values import Draft, Due, Person
from bot.patterns import plain
from bot.wording.sentences import sentences
from bot.wording.whether import ONLY_YES, says_whether

#: A longer sentence is prose that somebody pasted.
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of the channel; `said_at` is aware, `speaker` None for a bot or somebody unknown."""

    text: str
    said_at: datetime
    speaker: str | None = None
    #: Whether by what is said around it, it likely names what is to be done later.
    planned: bool = False
    #: What names the message, where it is kept.
    ts: str = ""


#: An answer is what somebody else says next, within this time.
_ANSWERED_WITHIN = timedelta(hours=1)
#: So many messages back somebody is looked for who spoke before.
_LOOKED_BACK = 10
#: A message of more characters than this, or of fewer words, is no item of its own.
_SHORT, _FEW = 240, 4


def find_items(messages: Iterable[Spoken], *, zone: str, people: Mapping[str, str] | None = None) -> tuple[Draft, ...]:
    """What was committed to in `messages`, in order, as items; `zone` is that of the channel."""
    return tuple(draft for each in find_in_each(tuple(messages), zone=zone, people=people) for draft in each)


def find_in_each(
    messages: Sequence[Spoken], *, zone: str, people: Mapping[str, str] | None = None
) -> tuple[tuple[Draft, ...], ...]:
    """What was committed to in each message, oldest first.

    A line marked AI, TODO or follow-up counts; "I'll …" and "we should …" count with a cue that it is for later
    ("tomorrow", "a ticket", "so this never …", a day, or what is said around it) and without one that it is for now
    ("restart", "check"). What somebody asks ("should I …?") counts once somebody else says yes, and "I'll …, ok?"
    until somebody says no.
    """
    names = first_names({name.lower(): user for name, user in (people or {}).items()})
    return tuple(_find_in(messages, n, zone, people, names) for n in range(len(messages)))


def _answer(messages: Sequence[Spoken], place: int) -> str:
    """What somebody else said next."""
    asked = messages[place]
    if "?" not in asked.text:
        return ""
    later = (each for each in messages[place + 1 :] if each.speaker != asked.speaker)
    following = next(later, None)
    soon = following is not None and following.said_at - asked.said_at <= _ANSWERED_WITHIN
    return following.text if following is not None and soon else ""


def _find_in(
    messages: Sequence[Spoken], place: int, zone: str, people: Mapping[str, str] | None, names: Mapping[str, str]
) -> tuple[Draft, ...]:
    message = messages[place]
    found: list[Draft] = []
    for words, owner in _committed(messages, place, zone, names):
        drafts = parse_items(words, said_at=message.said_at, zone=zone, speaker=message.speaker, people=people)
        stands_for, repeats = _stands_for(words, messages, place) if len(drafts) == 1 else (None, "")
        if stands_for is None and only_takes_on(plain(words)):
            continue
        if stands_for is not None:
            drafts = (replace(drafts[0], text=f"{drafts[0].text}: “{stands_for}”", repeats=repeats),)
        found += [
            draft if draft.owner is not None or owner is None else replace(draft, owner=Person(owner))
            for draft in drafts
        ]
    return tuple(found)


def _stands_for(words: str, messages: Sequence[Spoken], place: int) -> tuple[str | None, str]:
    """What the words only point at, and the message of somebody else in which it stands."""
    own = what_it_stands_for(words, messages[place].text, "")
    before = _said_before(messages, place) if own is None else None
    if before is None:
        return own, ""
    return what_it_stands_for(words, "", before.text), before.ts


def _said_before(messages: Sequence[Spoken], place: int) -> Spoken | None:
    """What somebody else said last, not long before."""
    message = messages[place]
    for each in reversed(messages[max(0, place - _LOOKED_BACK) : place]):
        if each.speaker != message.speaker:
            return each if message.said_at - each.said_at <= _ANSWERED_WITHIN else None
    return None


def _owner(sentence: str, message: Spoken) -> str | None:
    return message.speaker if is_mine(sentence) else None


def _committed(
    messages: Sequence[Spoken], place: int, zone: str, names: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """The words of each item, and who takes it on or is told to, where that is said.

    The points under a heading, and what a sentence commits to with its details.
    """
    message = messages[place]
    read = _read_at_once(message.text)
    begin, told = parts_by_name(message.text[:read], names, message.speaker) if message.planned else (0, ())
    if not told:
        yield from _committed_in(message.text, messages, place, zone, names)
        return
    yield from _committed_in(message.text[:begin].rstrip(), messages, place, zone, names, whole=False)
    yield from told
    yield from _committed_in(message.text[read:], messages, place, zone, names, whole=False)


def _read_at_once(text: str) -> int:
    """How much of a text is looked through for people's parts: 1,000 characters, up to where a sentence ends."""
    if len(text) <= LONGEST:
        return len(text)
    return max(text.rfind("\n", 0, LONGEST), text.rfind(". ", 0, LONGEST)) + 1 or LONGEST


def _committed_in(
    text: str, messages: Sequence[Spoken], place: int, zone: str, names: Mapping[str, str], *, whole: bool = True
) -> Iterator[tuple[str, str | None]]:
    """Those in `text`, which is the message or a part of it."""
    message, answer = messages[place], _answer(messages, place)
    listed, loose = _under_headings(text)
    kept: list[tuple[str, str | None]] = []
    told_apart = (one for each in sentences(loose) for one in _informal(each))
    for sentence in (part for each in told_apart for part in _promises_in(each)):
        if kept and DETAIL.fullmatch(plain(sentence)) is not None and len(sentence) <= 90:
            words, owner = kept[-1]
            kept[-1] = (f"{words.rstrip(' .')}, {sentence.strip()}" if words else "", owner)
        elif (marked := MARKED.match(plain(sentence))) is not None:
            who = marked.group("at") or f"owner: {marked.group('name')}"
            kept.append((f"{marked.group('what')} ({who})", None))
        elif len(sentence) <= LONGEST and (asked := asked_of(plain(sentence), names, message.speaker)) is not None:
            what, user = asked
            for_later = message.planned or _is_later(plain(sentence), message.said_at, zone)
            kept.append((what, user) if for_later else ("", None))
        else:
            words = _settled(sentence, answer)
            commits = _commits(plain(words), message.said_at, zone, planned=message.planned)
            owner = _owner(plain(words), message)
            kept.append(((without_lead(words) if owner else words) if commits else "", owner))
    if whole and message.planned and not listed and not any(words for words, _ in kept):
        kept = [(words, None) for words in _dated(message, zone)]
    yield from ((words, owner) for words, owner in kept if words)
    yield from ((words, None) for words in listed)


def _dated(message: Spoken, zone: str) -> Iterator[str]:
    """What a message that likely names something for later names with a day: "loader skips headings, friday, me".

    Of the labelled messages that likely do, and name a day, 423 of 436 do, as read without their own channel.
    """
    text = message.text.strip()
    if len(text) > _SHORT or "?" in text or len(text.split()) < _FEW or _is_no_work(plain(text)):
        return
    if locate_due(text, said_at=message.said_at, zone=zone) is not None or ITS_OWNER.search(plain(text)) is not None:
        yield " ".join(text.split())


def _is_no_work(text: str) -> bool:
    return tells_of_oneself(text) or any(rule.search(text) for rule in (OWN_WAYS, NO_WORK, NEEDS_PEOPLE))


def _informal(text: str) -> Iterator[str]:
    """The sentences of a text in which they begin with small letters."""
    begin = 0
    if len(text) <= LONGEST:
        for found in ENDS.finditer(text):
            if NO_END.search(text[max(0, found.start() - 1) : found.end()]) is None:
                yield text[begin : found.end() - 1].strip()
                begin = found.end() - 1
    yield text[begin:]


def _is_a_promise(sentence: str) -> bool:
    return is_mine(sentence) or OURS.search(sentence) is not None


def _promises_in(sentence: str) -> Iterator[str]:
    """The sentence, parted where its speaker promises one more: "I'll move the mails and I'll fix the renewal"."""
    begin = 0
    if len(sentence) <= LONGEST:
        for found in ONE_MORE.finditer(sentence):
            only_points = sentence[found.start()] in ",;" and points(sentence[found.start() : found.start() + 60])
            if not only_points and _is_a_promise(plain(sentence[begin : found.start()])):
                yield sentence[begin : found.start()]
                begin = found.start(1)
    yield sentence[begin:]


def _settled(sentence: str, answer: str) -> str:
    """A sentence as it stands after what was answered: without ", ok?", and "I'll …" where an offer was taken up."""
    if not sentence.rstrip().endswith("?") or len(sentence) > LONGEST or REFUSED.match(plain(answer)) is not None:
        return sentence
    told = plain(sentence)
    tag = TAG.search(told)
    if tag is not None and is_mine(told):
        return sentence[: tag.start()]
    agreed = ONLY_YES in says_whether(answer) or GO_AHEAD.fullmatch(plain(answer)) is not None
    offered = OFFERED.match(told) if agreed else None
    return f"I'll {sentence[offered.start(1) : offered.end(1)]}" if offered is not None else sentence


def _under_headings(text: str) -> tuple[list[str], str]:
    """The points of the lists that a heading such as "Action items:" opens, and the rest of the text."""
    listed: list[str] = []
    rest: list[str] = []
    open_list = False
    for row in text.replace("\r", "\n").split("\n"):
        if len(row) <= 60 and HEADING.fullmatch(plain(row)) is not None and any(map(str.isalpha, row)):
            open_list = True
        elif open_list and POINT.match(row) is not None:
            listed.append(row.strip())
        elif row.strip():
            open_list = False
            rest.append(row)
    return listed, "\n".join(rest)


def _commits(sentence: str, said_at: datetime, zone: str, *, planned: bool = False) -> bool:
    if len(sentence) > LONGEST:
        return False
    if PREFIX.match(sentence) is not None:
        return True
    asks = sentence.rstrip().endswith("?")
    if not asks and FILED.search(sentence) is not None and OF_OTHERS.search(sentence) is None:
        return True
    asked = ASKS_ONE.search(sentence) is not None
    if is_mine(sentence):
        if OWN_WAYS.search(sentence) is not None or NOT_MEANT_BY_ME.search(sentence) is not None:
            return False
        if says_i_do(sentence):
            return planned or locate_due(sentence, said_at=said_at, zone=zone) is not None
        if is_done_now(sentence):
            return _is_due_later(sentence, said_at, zone)
        return planned or _is_later(sentence, said_at, zone)
    if not asked and (NOT_MEANT.search(sentence) is not None or NEEDS_PEOPLE.search(sentence) is not None):
        return False
    if NOW.search(A_THING.sub(" ", sentence)) is not None:
        return False
    if asked:
        return locate_due(sentence, said_at=said_at, zone=zone) is not None
    if OWN_WAYS.search(sentence) is not None or OURS.search(sentence) is None:
        return False
    return _is_later(sentence, said_at, zone) or (planned and POLITE.search(sentence) is None)


def _is_later(sentence: str, said_at: datetime, zone: str) -> bool:
    return LATER.search(sentence) is not None or locate_due(sentence, said_at=said_at, zone=zone) is not None


def _is_due_later(sentence: str, said_at: datetime, zone: str) -> bool:
    """Whether a day after the one on which it was said is named."""
    located = locate_due(sentence, said_at=said_at, zone=zone)
    if located is None:
        return ANOTHER_DAY.search(sentence) is not None
    return not isinstance(located.said, Due) or located.said.date > said_at.astimezone(ZoneInfo(zone)).date()
