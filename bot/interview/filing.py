"""Which question does a reply answer, and what has been answered so far? Derived from the values alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from bot.interview.bounds import stamp
from bot.interview.kept import kept, kept_by
from bot.interview.replacing import replace
from bot.interview.script import TELLABLE_MOMENTS, VERSIONS
from bot.interview.state import Asked, Closed, Interview, Post, Put, Quote, Said

#: So many states of interviews are remembered with their replies in order.
REMEMBERED = 512
_Begun = tuple[tuple[tuple[int, int], Asked], ...]


def after(ts: str, other: str) -> bool:
    """Whether Slack's `ts` is later than `other`; compared as numbers in two parts, never as floats."""
    return _parts(ts) > _parts(other)


@lru_cache(maxsize=8192)
def _parts(ts: str) -> tuple[int, int]:
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction.ljust(6, "0") or 0)


def position_of(interview: Interview, said: Said) -> int:
    """The question that a reply belongs to: where a person moved it, else the last one put before it; 0 is none.

    What somebody says after they were asked alone belongs to that question, unless they passed it; what others say
    then to the newest such question that is still open.
    """
    return _position(said, _newest_first(interview.asked, interview.posts))


def _position(said: Said, newest_first: _Begun) -> int:
    if said.put_to is not None:
        return said.put_to
    mine, theirs = 0, 0
    at = _parts(said.ts)
    for begun, asked in newest_first:
        if at <= begun:
            continue
        if asked.why is None:
            return mine or theirs or asked.position
        if asked.to == said.user and asked.closed not in (Closed.SKIPPED, Closed.UNKNOWN):
            mine = mine or asked.position
        elif asked.closed_at is None or at[0] < asked.closed_at.timestamp():
            theirs = theirs or asked.position
    return mine or theirs


def filed(interview: Interview, position: int) -> tuple[Said, ...]:
    """The replies under one question, oldest first, without those that were deleted or taken back by `//`."""
    return filing(interview).get(position, ())


def filing(interview: Interview) -> dict[int, tuple[Said, ...]]:
    """The same for all questions that have any; not to be changed."""
    return _in_order(interview.asked, interview.said, interview.posts)


@kept(REMEMBERED)
def _in_order(asked: tuple[Asked, ...], said: tuple[Said, ...], posts: tuple[Post, ...]) -> dict[int, tuple[Said, ...]]:
    """The replies under each question that has any."""
    newest_first = _newest_first(asked, posts)
    told = [(_parts(s.ts), s) for s in said if not s.deleted and s.text.strip()]
    found: dict[int, list[Said]] = {}
    for _, each in sorted(told, key=itemgetter(0)):
        found.setdefault(_position(each, newest_first), []).append(each)
    return {position: tuple(replies) for position, replies in found.items()}


@kept(REMEMBERED)
def _newest_first(asked: tuple[Asked, ...], posts: tuple[Post, ...]) -> _Begun:
    """The questions that were put, the newest first, each with the moment after which a reply may belong to it."""
    begins = _begins(posts)
    return tuple((begins[each.key], each) for each in reversed(asked) if each.key in begins)


@kept(REMEMBERED)
def _begins(posts: tuple[Post, ...]) -> dict[str, tuple[int, int]]:
    """After which moment a reply belongs to each card: that of its message, or when it took over another's message."""
    found: dict[str, tuple[int, int]] = {}
    seen: set[str] = set()
    for post in posts:
        found[post.key] = _parts(stamp(post.posted_at) if post.ts in seen else post.ts)
        seen.add(post.ts)
    return found


def taken_over(interview: Interview) -> frozenset[str]:
    """The cards whose message shows another one since: what Back left before anybody answered."""
    newest = {post.ts: post.key for post in interview.posts}
    return frozenset(post.key for post in interview.posts if newest[post.ts] != post.key)


def puts(interview: Interview, question: str) -> tuple[Asked, ...]:
    """Every time that a question was put: the question itself, its probes, and once more after Back."""
    return tuple(a for a in interview.asked if a.question == question)


@dataclass(frozen=True, slots=True)
class Answer:
    """What people answered to one question; `printed` is what the document shows of it."""

    question: str
    all: tuple[Said, ...]
    printed: tuple[Said, ...]
    #: Passed as "don't know".
    unknown: bool
    skipped: bool
    #: What only tells a moment that stands on the timeline, and is not printed for that.
    moments: tuple[Said, ...] = ()
    #: What says that there is nothing, or only that it was said before: an answer, and no words to print.
    empty: tuple[Said, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether people said that there is nothing, and no more."""
        return not self.printed and any("nothing" in s.findings.mentions for s in self.empty)


def answer(interview: Interview, question: str) -> Answer:
    """The answer to a question: all replies are kept, chatter and what a probe replaced are not printed."""
    return _answer(interview, question, puts(interview, question))


def _told_by(interview: Interview, position: int) -> tuple[object, ...]:
    return interview.asked, interview.said, interview.posts, interview.facts, position


@kept_by(REMEMBERED, _told_by)
def answer_at(interview: Interview, position: int) -> Answer:
    """The answer to one question of a chain of hows: the one put at `position`, with its probes."""
    asked = interview.asked[position - 1]
    own = [asked]
    for later in interview.asked[position:]:
        if later.question != asked.question or later.put is not Put.PROBE:
            break
        own.append(later)
    return _answer(interview, asked.question, tuple(own))


def _answer(interview: Interview, question: str, rounds: tuple[Asked, ...]) -> Answer:
    everything: list[Said] = []
    printed: list[Said] = []
    moments: list[Said] = []
    empty: list[Said] = []
    for asked in rounds:
        here = filed(interview, asked.position)
        everything += here
        whether = WHETHER if confirms(interview, asked) or asked.about == VERSIONS else frozenset()
        telling = [s for s in here if is_telling(s) and whether.isdisjoint(s.findings.mentions)]
        empty += (s for s in telling if is_empty(s))
        telling = [s for s in telling if not is_empty(s)]
        if asked.about not in TELLABLE_MOMENTS:
            moments += (s for s in telling if only_a_moment(interview, s))
            telling = [s for s in telling if not only_a_moment(interview, s)]
        # What was moved here was no answer to the probe, nor what it was about.
        if asked.put is Put.PROBE and asked.about is not None and any(s.placed is None for s in telling):
            beside = (s if s.placed is not None else beside_probe(s, asked.about) for s in printed)
            printed = [rest for rest in beside if rest is not None]
        printed += telling
    return Answer(
        question,
        tuple(everything),
        tuple(printed),
        unknown=any(a.closed is Closed.UNKNOWN for a in rounds)
        or bool(everything and not printed and any("unknown" in s.findings.mentions for s in everything)),
        skipped=any(a.closed is Closed.SKIPPED for a in rounds),
        moments=tuple(moments),
        empty=tuple(empty),
    )


def confirms(interview: Interview, asked: Asked) -> bool:
    """Whether the question was no more than whether something is so: then a "no" is enough."""
    if asked.put is Put.RETURN:
        return any(each.put is Put.CONFIRM for each in puts(interview, asked.question))
    return asked.put is Put.CONFIRM


def shows_to_confirm(interview: Interview, asked: Asked) -> bool:
    """Whether a question shows words to be confirmed, for the first time or, after Back, once more."""
    if asked.put is not Put.RETURN or asked.quote is None:
        return asked.put is Put.CONFIRM
    rounds = puts(interview, asked.question)
    return any(each.put is Put.CONFIRM and each.quote == asked.quote and each.level == asked.level for each in rounds)


def only_a_moment(interview: Interview, said: Said) -> bool:
    """Whether a reply only tells a moment that is known by it: that stands on the timeline, whatever was asked."""
    if "only_time" not in said.findings.mentions:
        return False
    return any(f.at is not None and f.quote is not None and f.quote.ts == said.ts for f in interview.facts)


#: What says no more than whether something is so. It is an answer, and nothing to print.
WHETHER = frozenset({"only_yes", "only_no"})


#: What says that there is nothing to say, or that it was said. It is an answer, and no text of a document.
EMPTY = frozenset({"nothing", "said_before"})


def is_empty(said: Said) -> bool:
    """Whether a reply says only that there is nothing, or that it was said before: "n/a", "nope, bye", "see above"."""
    # "Zero" is a number.
    return not EMPTY.isdisjoint(said.findings.mentions) and "count" not in said.findings.mentions


def is_telling(said: Said) -> bool:
    """Whether a reply says something that the document can print."""
    return not said.findings.chatter and "unknown" not in said.findings.mentions


def beside_probe(said: Said, about: str) -> Said | None:
    """What still stands of a reply beside the answer to a probe about it: the factors that gave no reason to probe."""
    if not replaced_by_probe(said, about):
        return said
    gone = concerned(said, about)
    kept = tuple(factor for n, factor in enumerate(said.findings.factors) if n not in gone)
    if not gone or not kept:
        return None
    return replace(said, text="\n".join(kept), findings=replace(said.findings, factors=kept, concerns=()))


def concerned(said: Said, about: str) -> frozenset[int]:
    """Which of several factors of a reply have a concern, counted from 0."""
    return frozenset(n for n in range(len(said.findings.factors)) if f"{about}@{n}" in said.findings.concerns)


def replaced_by_probe(said: Said, about: str) -> bool:
    """Whether a probe about `about` was put because of this reply, so that its answer stands instead."""
    return about in said.findings.concerns or (
        about not in said.findings.concerns and about in _NEEDS and about not in said.findings.mentions
    )


#: What a better wording says again. A link, a version or a first step stands beside the words that lacked it.
_NEEDS = frozenset({"number", "count", "duration", "time", "audience"})


#: What says only this is no condition, and nobody asks how it came to be possible.
ELSEWHERE = frozenset({"only_impact", "only_luck"})


@dataclass(frozen=True, slots=True)
class Factor:
    """One condition in the chain of hows; `parent` is the factor that it explains."""

    key: str
    text: str
    level: int
    parent: str | None
    quote: Quote


@kept(REMEMBERED)
def factors(interview: Interview) -> tuple[Factor, ...]:
    """The chain of hows as a tree, in the order in which it was told."""
    found: list[Factor] = []
    for asked in interview.asked:
        if asked.level == 0 or asked.put is Put.PROBE:
            continue
        found += [
            Factor(f"{asked.position}.{i}", text, asked.level, asked.factor, Quote(text, said.ts, said.user))
            for i, (text, said) in enumerate(_conditions(interview, asked.position), 1)
            if said is not None
        ]
    return tuple(found)


def _conditions(interview: Interview, position: int) -> list[tuple[str, Said | None]]:
    """The conditions that the answer to one how-question names, each with its reply.

    What was moved away keeps its place, without a reply: what others explain is numbered as it was when it was asked.
    """
    here = {s.ts: s for s in answer_at(interview, position).printed if _names_a_condition(s)}
    given = answer_at(as_given(interview), position).printed if _moved(interview) else tuple(here.values())
    away = [" ".join(s.text.split()) for s in given if s.ts in _moved(interview) and s.ts not in here]
    own = [s for s in here.values() if s.placed is None]
    split = next((s for s in interview.splits if s.position == position), None)
    told: list[tuple[str, Said | None]] = []
    if split is not None and own:
        gone = [" ".join(line.split()) for line in split.factors]
        told = [
            (line, None if any(words in each for each in away) else own[0])
            for line, words in zip(split.factors, gone, strict=True)
        ]
        own = []
    else:
        for said in (s for s in given if _names_a_condition(s)):
            still = here.get(said.ts)
            told += [(text, still) for text in _parted(still or said)]
        own = [s for s in own if all(s.ts != each.ts for each in given)]
    brought = [s for s in here.values() if s.placed is not None and all(s.ts != each.ts for each in given)]
    return [*told, *((text, s) for s in (*own, *brought) for text in _parted(s))]


def _names_a_condition(said: Said) -> bool:
    """Not where it only points at other words, only denies or names nothing: nobody asks how that was possible."""
    return said.findings.mentions.isdisjoint({"pointer", "nothing"}) and not _only_denies(said)


def _parted(said: Said) -> tuple[str, ...]:
    return said.findings.factors or (said.text,)


def _moved(interview: Interview) -> frozenset[str]:
    return frozenset(s.ts for s in interview.said if s.placed is not None)


def as_given(interview: Interview) -> Interview:
    """The interview with every answer under the question to which it was given, wherever people moved it since."""
    if all(s.placed is None for s in interview.said):
        return interview
    return replace(interview, said=tuple(replace(s, placed=None) for s in interview.said))


def says_otherwise(interview: Interview, factor: Factor) -> bool:
    """Whether a factor is a reply that says no more than what was hit, or where people were lucky."""
    said = next((s for s in interview.said if s.ts == factor.quote.ts), None)
    return said is not None and not ELSEWHERE.isdisjoint(said.findings.mentions)


def contributing(chain: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """The contributing factors of a chain: those that explain no other one, as what lies below says how they came."""
    keys = {factor.key for factor in chain}
    return tuple(factor for factor in chain if factor.parent not in keys)


def _only_denies(said: Said) -> bool:
    """Whether a reply says no more than that something is not the cause: that is no factor."""
    return {"not_the_cause", "only_denies"} <= said.findings.mentions


def factor_lines(interview: Interview, position: int) -> tuple[str, ...]:
    """The answer to one how-question, one factor a line, as the split modal begins with."""
    split = next((s for s in interview.splits if s.position == position), None)
    if split is not None:
        return split.factors
    return tuple(line for said in answer_at(interview, position).printed for line in _parted(said))
