"""Which moments do people tell in their answers, and which do they put right? Read again as the answers change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.interview.filing import after, answer_at, is_telling
from bot.interview.replacing import replace
from bot.interview.script import TELLABLE_MOMENTS, WINDOW
from bot.interview.state import AS_READ, CONTRADICTION, Asked, Fact, Interview, Put, Quote, Said
from bot.patterns import pattern, plain
from bot.timeline.denied_times import without_denied
from bot.timeline.moments import Moment, moments_in, windows_in
from bot.timeline.statements import Statement, statements_in
from bot.timeline.values import Kind, Precision, shortened
from bot.timeline.zones import assumed
from bot.understanding.answered_days import as_if_written, in_order, is_moment, of_record, on_its_day
from bot.understanding.answered_windows import was_well, window_of, words_around, words_of
from bot.understanding.known_facts import MOMENTS

#: What a question can ask for that an answer tells by its times alone.
_TELLING = TELLABLE_MOMENTS | {WINDOW}
#: The moments that an answer tells by its verb alone, whatever was asked.
BY_VERB = ("began", "detected", "mitigated", "resolved")
_ENDS = ("mitigated", "resolved")
#: What may stand before the one time of an answer: "I think it began at about", never "Tom joined the call at".
_ONLY_SO_MUCH = pattern(
    r"(?:\b(?:i|we|it|that|this|think|guess|believe|say|would|i'd|was|were|must|have|been|had|probably|maybe|perhaps"
    r"|well|yes|about|around|roughly|approximately|circa|ca|at|from|since|by|on|as|near|first|the|already|really|but"
    r"|more|like|rather|should|be|is|did|it's|that's|right|correct|real|time|all|over|fine|end|ended|start|beginning"
    r"|(?:impact |problem |it )?(?:began|begun|started|noticed|detected|seen|saw|reported|paged))\b|[\s~≈,.:;(-])*"
)
#: What a beginning may be told by, where that was asked: "since the deploy, 7:38", "first bad message at 7:41".
_BY_WHAT = pattern(
    r"^(?:(?:i|we|it|that|this|think|guess|believe|say|would|probably|maybe|perhaps|right|well|about|around|began|started"
    r"|start)[\s,]+){0,6}(?:(?:since|from|with|after|at|on|by)\s+)?(?:(?:the|our|that|this|a|an)\s+)?"
    r"(?:first\s+(?:[\pL\d_/-]+\s+){1,4}(?:(?:was|were|is|are|came|come|appeared|shows?|showed)\s+)?(?:up\s+)?"
    r"(?:(?:in|on)\s+(?:(?:the|our)\s+)?(?:[\pL\d_/-]+\s+){1,3})?"
    r"|(?:[\pL\d_./-]+\s+){0,3}(?:deploy(?:ment|s)?|releases?|roll-?outs?|changes?|merges?|migrations?|switch(?:over)?"
    r"|upgrades?|restarts?|imports?|failovers?|push(?:es)?|config(?:uration)?|flags?|jobs?|runs?|builds?|expiry)[\s,]+)"
    r"(?:(?:went|was|is|came)\s+)?(?:live|out|done|in)?[\s,~(:-]*(?:(?:at|around|about|from)\s+)?[\s~(]*$"
    r"|\b(?:graphs?|logs?|traces?|dashboards?|panels?|charts?|metrics?|monitor(?:ing)?|curves?|queries|query)\s+"
    r"(?:shows?|showed|has|have|had|says?|puts?)\s+(?:it|this|that|them|the (?:start|beginning|rise|drop|jump))?\s*"
    r"(?:(?:at|from|since|around|about|begin(?:ning)?|start(?:ing)?)\s+)*[\s~(]*$"
)
#: After the time: it is that of something else than the beginning.
_NO_BEGINNING = pattern(
    r"^[\s,(–—-]*(?:utc\b|gmt\b)?[\s,(–—-]*(?:(?:as|for|is|was|being) (?:(?:the|our|its|a|an) )?(?:\pL+ )?"
    r"(?:end(?:ing)?|last|latest|final|recovery|recovered|fix(?:ed)?|resolved|resolution|mitigat\w+|over|back|normal"
    r"|peak|worst|finish|all[- ]clear)|(?:the )?last (?:known )?(?:good|ok(?:ay)?|healthy|clean|successful|working"
    r"|normal))\b"
)
#: Another sentence that offers another time for the same.
_OR = pattern(r"^\W*(?:or|maybe|perhaps|no|not|actually|could be|might be|rather|possibly)\b")
_ENDS_SENTENCE = pattern(r"[.!?;](?:\s|$)|\n")
#: How an answer begins that puts something right: "no, 17:40", "wrong, it was resolved 18:20".
_NO = r"(?:no+|nope|nah|wrong|incorrect|correction|not (?:quite|really|right|true|correct)|that(?:'s| is| was) wrong)"
_PUTS_RIGHT = pattern(rf"^\W*{_NO}\b\W+")
_ACTUALLY = pattern(r"\b(?:actually|in fact|in reality|in truth)\b")
#: "Wed morning, 09:30, not tuesday": another day was taken for it.
_NOT_THAT_DAY = pattern(
    r"\bnot (?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|yesterday|today|the day before)\b"
)
#: Something else than the incident, or another part of it, that has a beginning and an end of its own.
_ANOTHER = pattern(
    r"\b(?:second|third|another|next|again|previous|(?:earlier|other|last) (?:one|incident|outage|alert|time|week|month"
    r"|year)|if|whether)\b"
)
_ASKS = pattern(r"^[^.!\n]*\?")


#: Two accounts of one moment agree so nearly; the second where one of them says "about".
_APART, _ABOUT_APART = timedelta(minutes=2), timedelta(minutes=15)
_WORDS = 90


@dataclass(frozen=True, slots=True)
class _Told:
    """A moment as one answer tells it."""

    fact: Fact
    #: The answer denies what was taken for it.
    puts_right: bool
    #: The question asked for it.
    asked: bool
    #: Its verb says which moment it is, or it is all that was asked for; not so an end of a stretch.
    plainly: bool = True


def told(interview: Interview) -> tuple[tuple[str, Said, str], ...]:
    """The replies that may tell a moment, with the fact that their question asked for; empty where it asked for none.

    Last in each stands which message the question shows. One to a question that asked for another thing counts where
    it speaks of a time. A probe counts where it asks for a moment once more.
    """
    return tuple(
        (
            asked.about if asked.about in _TELLING else "",
            said,
            (asked.quote.ts if asked.quote is not None else None) or "",
        )
        for asked in interview.asked
        if asked.put is not Put.PROBE or asked.about in TELLABLE_MOMENTS
        for said in _replies(interview, asked)
    )


def _replies(interview: Interview, asked: Asked) -> tuple[Said, ...]:
    """What is printed may depend on what is known; which replies tell something must not."""
    found = answer_at(interview, asked.position)
    if asked.about in TELLABLE_MOMENTS:
        return tuple(s for s in found.all if s in found.printed or (s in found.empty and "time" in s.findings.mentions))
    return tuple(s for s in found.all if is_telling(s) and "time" in s.findings.mentions)


def with_answers(interview: Interview, zone_of: Callable[[str], str]) -> tuple[Fact, ...]:
    """The facts of the interview with what its answers tell; a moment of the record, or set by a person, stays.

    What can be read in two ways, or contradicts the order of the other moments, is left unknown.
    """
    heard = {said.ts for said in interview.said}
    mine = {f.name for f in interview.facts if is_moment(f) and f.quote is not None and f.quote.ts in heard}
    known = tuple(f for f in interview.facts if f.name not in mine)
    added: list[Fact] = [Fact(name, "") for name in mine if name.startswith(AS_READ)]
    for each in sorted(_all_told(interview, zone_of), key=lambda told: not told.asked):
        name = each.fact.name
        if any(f.name == name for f in (*known, *added)) or not in_order(each.fact, known):
            continue
        aside = AS_READ + name
        if any(f.name == aside and f.text for f in (*known, *added)):
            continue
        added = [f for f in added if f.name != aside]
        added.append(replace(each.fact, name=aside) if aside in mine else each.fact)
    return (*known, *added)


def put_right(interview: Interview, zone_of: Callable[[str], str]) -> Mapping[str, Fact]:
    """The moments that people put right in their answers, by name: the newest answer that does counts.

    Who denies what was taken for it ("it began 17:40, not 12:10", "no, 17:40") needs not fit in with the order of the
    others. Who only says when it was outranks the record where the order allows it.
    """
    every = _all_told(interview, zone_of)
    denying = _newest(each.fact for each in every if each.puts_right)
    record = of_record(interview)
    stated = _newest(each.fact for each in every if each.plainly and _outranks(each, every, record))
    return {**stated, **denying}


def _newest(facts: Iterable[Fact]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for fact in facts:
        before = found.get(fact.name)
        if before is None or after(_ts(fact), _ts(before)):
            found[fact.name] = fact
    return found


def _outranks(each: _Told, every: Sequence[_Told], record: Mapping[str, Fact]) -> bool:
    """Whether what an answer says of a moment takes the place of what the record has.

    A detection only where it was earlier, was asked for, or is told together with the beginning: people also say when
    they noticed it themselves.
    """
    fact, before = each.fact, record.get(each.fact.name)
    if before is None or before.at is None or fact.at is None or not _at_odds(before, fact):
        return False
    beside = {other.fact.name: other.fact for other in every if _ts(other.fact) == _ts(fact) and other.plainly}
    if fact.name == "detected" and not (each.asked or fact.at < before.at or "began" in beside):
        return False
    return in_order(fact, [f for name, f in {**record, **beside}.items() if name != fact.name])


def with_other_accounts(interview: Interview, zone_of: Callable[[str], str]) -> tuple[Fact, ...]:
    """The facts, with the answers that tell another time for a moment than the one that stands, each with both sides.

    So too the record, where an answer outranks it. Nothing once somebody has denied what was taken for the moment, in
    an answer or on the timeline.
    """
    names = {CONTRADICTION + name for name in BY_VERB}
    facts = tuple(f for f in interview.facts if f.name.removeprefix(AS_READ) not in names)
    every = _all_told(interview, zone_of)
    denied = {each.fact.name for each in every if each.puts_right}
    found: dict[str, Fact] = {}
    for each in every:
        stands, other = interview.fact(each.fact.name), each.fact
        name, record = CONTRADICTION + other.name, interview.fact(AS_READ + other.name)
        if record is not None:
            # Where this answer stands, it is the record that tells another time.
            stands = record if stands == other and other.name not in denied else None
        if name in found or stands is None or not (each.asked or record is not None):
            continue
        if text := _at_odds(stands, other):
            # The words of a message of the record leave with it; those of a reply are told anew when it changes.
            of_record = stands.quote is not None and all(stands.quote.ts != said.ts for said in interview.said)
            found[name] = Fact(name, text, quote=stands.quote if of_record else other.quote, about=other.name)
    return (*facts, *found.values()) if found or facts != interview.facts else interview.facts


def _at_odds(one: Fact, other: Fact) -> str:
    """Two accounts of one moment that do not agree, with the day where they are not of the same; else nothing."""
    if one.at is None or other.at is None or one.quote == other.quote:
        return ""
    about = Precision.ABOUT.value in (one.precision, other.precision)
    if abs(one.at - other.at) <= (_ABOUT_APART if about else _APART):
        return ""
    form = "%H:%M UTC" if one.at.date() == other.at.date() else "%d %b %Y %H:%M UTC"
    words = [shortened(each.quote.text if each.quote is not None else each.text, _WORDS) for each in (one, other)]
    return f"“{words[0]}” ({one.at:{form}}), but “{words[1]}” ({other.at:{form}}) in an answer."


def _user(fact: Fact) -> str | None:
    return fact.quote.user if fact.quote is not None else None


def _ts(fact: Fact) -> str:
    return (fact.quote.ts if fact.quote is not None else None) or "0"


def _all_told(interview: Interview, zone_of: Callable[[str], str]) -> tuple[_Told, ...]:
    """What all replies tell, without what the same person later told otherwise."""
    every = [
        each
        for about, said, shown in told(interview)
        for each in _moments(interview, about, said, shown, zone_of(said.user))
    ]
    record = of_record(interview)
    return tuple(each for each in every if not any(_supersedes(other, each, record) for other in every))


def _supersedes(later: _Told, earlier: _Told, record: Mapping[str, Fact]) -> bool:
    """Whether somebody tells a moment anew that they told before; who noticed it later than first says nothing new."""
    one, other = earlier.fact, later.fact
    if one.name != other.name or _user(one) != _user(other) or not later.plainly or not after(_ts(other), _ts(one)):
        return False
    if earlier.puts_right and not later.puts_right:
        return False
    if one.name == "detected" and one.at is not None and other.at is not None and other.at > one.at:
        return False
    return in_order(other, [f for name, f in record.items() if name != other.name])


def _moments(interview: Interview, about: str, said: Said, shown: str, zone: str) -> Iterator[_Told]:
    """The moments that one reply tells, each without doubt; its question shows the words of the message `shown`."""
    text, puts_right = _without_its_beginning(said.text)
    written = as_if_written(interview, text, datetime.fromtimestamp(int(said.ts.partition(".")[0]), UTC), zone)
    moments = moments_in(text, written, zone)
    plainly, left = without_denied(text, moments)
    gone = [each for each in moments if each not in left]
    puts_right = puts_right or bool(gone) or (bool(left) and _NOT_THAT_DAY.search(plain(text)) is not None)
    loose = {each.at for each in moments if not (each.dated or each.counted)}
    statements = [s for s in statements_in(text, said.ts, written, zone) if not _of_another(s, text, left)]
    well = {at for each in windows_in(text, left) if was_well(said.text, each) for at in (each.start.at, each.end.at)}
    statements = [s for s in statements if s.stated.at not in well]
    quote = Quote(said.text, said.ts, said.user)

    def fact(name: str, at: datetime, precision: Precision, words: str, bare: bool) -> Fact:
        at = on_its_day(interview, name, at) if at in loose else at
        return Fact(name, words, at, precision.value, quote, zone=assumed(zone, at) if bare else "")

    found: set[str] = set()
    denies = _denied(interview, gone)
    for name in dict.fromkeys((about, *BY_VERB) if about in TELLABLE_MOMENTS else BY_VERB):
        asked = name == about
        stated = {s.stated.at: s.stated for s in statements if s.kind is MOMENTS[name] and (asked or s.strength > 1)}
        if len(stated) != 1:
            found |= {name} if stated else set()
            continue
        at, words = next(iter(stated.items()))
        found.add(name)
        if at <= written:
            # "It ended 15:20, not 14:50": what was denied says which of the two ends is meant.
            name = denies if {name, denies} == set(_ENDS) else name
            found.add(name)
            yield _Told(fact(name, at, words.precision, words.words, words.bare), puts_right, asked)
    if about in ("began", WINDOW) and found.isdisjoint(("began", "mitigated")):
        window = window_of(plainly, left, about, _noticed(interview))
        if window is not None and window.end.at <= written and window.end.at not in well:
            sentence = words_of(text, window)
            for name, end in (("began", window.start), ("mitigated", window.end)):
                asked = about == name
                yield _Told(fact(name, end.at, end.precision, sentence, end.bare), puts_right, asked, plainly=asked)
            return
    # "No, 11:40" is of the moment whose words the question shows.
    name = denies or about or (_shown(interview, shown) if puts_right else "")
    open_yet = name in MOMENTS and name not in found
    only = _asked_for(plainly, left, name == "began" and not puts_right) if open_yet else None
    if only is None or only.at > written or only.precision is Precision.UNKNOWN:
        return
    # "Since the deploy, 7:38" tells a change, and that it began with it.
    same = {MOMENTS[name], Kind.CHANGE} if name == "began" and not puts_right else {MOMENTS[name]}
    if any(s.stated.at == only.at and s.kind not in same for s in statements):
        return
    sentence = words_around(text, only.start, only.end) or only.words
    yield _Told(fact(name, only.at, only.precision, sentence, only.bare), puts_right, asked=True)


def _shown(interview: Interview, ts: str) -> str:
    """The moment that the record has from this message, where there is but one."""
    facts = {name: interview.fact(AS_READ + name) or interview.fact(name) for name in BY_VERB}
    same = [name for name, f in facts.items() if ts and f is not None and f.quote is not None and f.quote.ts == ts]
    return same[0] if len(same) == 1 else ""


def _noticed(interview: Interview) -> list[datetime]:
    """When the record says that it was noticed: by then it had begun, and was not over."""
    facts = (interview.fact(AS_READ + name) or interview.fact(name) for name in ("detected", "declared"))
    return [fact.at for fact in facts if fact is not None and fact.at is not None]


def _asked_for(text: str, moments: Sequence[Moment], by_what: bool) -> Moment | None:
    """The time that answers the question for a moment: the only one of the first sentence that names any.

    What stands before it says no more than that it was then or, where `by_what`, what it began with. Times of later
    sentences are told besides ("what would show it"), unless they are offered instead.
    """
    if not moments:
        return None
    only, end = moments[0], _sentence_end(text, moments[0].end)
    later = [each for each in moments[1:] if each.start < end]
    if later or (len(moments) > 1 and _OR.search(text[end + 1 :])):
        return None
    before = plain(text[: only.start])
    told = _ONLY_SO_MUCH.fullmatch(before) or (by_what and _BY_WHAT.search(before))
    if by_what and _NO_BEGINNING.search(plain(text[only.end : end])) is not None:
        return None
    return only if told else None


def _sentence_end(text: str, start: int) -> int:
    stop = _ENDS_SENTENCE.search(text[start:])
    return start + stop.start() if stop else len(text)


def _without_its_beginning(text: str) -> tuple[str, bool]:
    """An answer with blanks for what only says that it puts something right, and whether it says so."""
    found = [each for rule in (_PUTS_RIGHT, _ACTUALLY) for each in rule.finditer(plain(text))]
    for each in found:
        text = text[: each.start()] + " " * (each.end() - each.start()) + text[each.end() :]
    return text, bool(found)


def _of_another(statement: Statement, text: str, moments: Sequence[Moment]) -> bool:
    """Whether what is stated is of something else than the incident, or no more than asked."""
    end = next((each.end for each in moments if each.at == statement.stated.at), len(text))
    return _ANOTHER.search(plain(statement.stated.words)) is not None or _ASKS.match(text[end:]) is not None


def _denied(interview: Interview, gone: Sequence[Moment]) -> str:
    """The moment that an answer denies by naming its time, where there is but one at that minute."""
    facts = {name: interview.fact(AS_READ + name) or interview.fact(name) for name in BY_VERB}
    same = [n for n, f in facts.items() if f and f.at and any(_same_minute(f.at, each) for each in gone)]
    return same[0] if len(same) == 1 else ""


def _same_minute(at: datetime, moment: Moment) -> bool:
    """Whether a moment names this minute, of whatever day where it names none."""
    at, named = (one.replace(second=0, microsecond=0) for one in (at, moment.at))
    return at == named or (not moment.dated and at.time() == named.time())
