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
from bot.actions.parse import parse_items
from bot.actions.promised import is_done_now, is_mine, only_takes_on, says_i_do, tells_of_oneself, without_lead
from bot.actions.stands_for import points, what_it_stands_for
from bot.actions.values import Draft, Due, Person
from bot.patterns import pattern, plain
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
    r"\b(?:filed|opened|created|raised|logged|cut|made|i (?:will |now )?(?:file|open|create|raise)) (?:an? |the )?"
    r"(?:(?:follow[- ]?up|jira|github|gitlab|tracking|new|backlog) )*"
    r"(?:tickets?|issues?|tasks?|card|story|bug|<https?://[^<>]+>|https?://\S+|[a-z][a-z0-9]+-\d+|#\d+)\b?"
    r"[^.;\n]{0,40}?"
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
_ONE_MORE = pattern(
    r"(?:(?:[,;] ?| )(?:and|then|also) (?:then |also )?|[,;.!] )((?:i(?:'|’)ll|i will|i(?:'|’)m going to|will) [\p{L}])"
)
#: What is asked behind words of one's own, and leaves them said: ", ok?".
_TAG = pattern(
    r"[\s,;–—-]+(?:ok(?:ay)?|right|al(?:l )?right|yes|yeah|fine|agreed|deal|good|sounds good|no objections?"
    r"|any objections?|(?:is )?(?:that|this) (?:ok(?:ay)?|fine|alright)|(?:ok(?:ay)?|fine|good) (?:for|with"
    r"|by) [\w@<> ]{1,30})"
    r" ?\?+\W*$"
)
#: What somebody offers to do: nothing is promised before somebody else says yes.
_OFFERED = pattern(
    r"^\W*(?:\w+[,:] )?(?:(?:should|shall|can|could) i|(?:do you |you )?want me to|i could|how about i|what if i) "
    r"([\p{L}][^?]*)\?+\W*$"
)
_GO_AHEAD = pattern(
    r"\W*(?:(?:yes|yep|yeah|sure|ok(?:ay)?)\W+)?(?:(?:yes )?please(?: do)?|go ahead|go for it|do (?:it|that)"
    r"|(?:that )?would be (?:great|good|nice|helpful)|great|perfect|\+1|:\+1:|:thumbsup:|:white_check_mark:)"
    r"(?:\W+(?:thanks?(?: you)?|thx|please|yes))?\W*"
)
_REFUSED = pattern(r"\W*(?:no|nope|nah|nein|(?:please |pls |better )?(?:don't|do not|not)|rather not|wait|hold on)\b")
#: An answer is what somebody else says next, within this time.
_ANSWERED_WITHIN = timedelta(hours=1)
#: So many messages back somebody is looked for who spoke before.
_LOOKED_BACK = 10
#: "I'll grab lunch", "I'll be back tomorrow", "I'll look": what people say of themselves, and no work.
_OWN_WAYS = pattern(
    r"(?:\b(?:i|we|you|they)(?:'ll| will| can| should| could| must| shall| need to| have to| am going to"
    r"|'m going to|'m gonna|'re going to)|^\W*will|\blet's|\blet me) (?:not |never |also |just |then |all "
    r"|probably |really |maybe )*(?:know|(?:order|buy|bring|get) (?:\w+ ){0,2}(?:food|pizzas?|lunch|dinner|beers?"
    r"|coffee|cake|snacks|drinks)"
    r"|be (?:back|there|here|off|out|away|in|at|around|late|gone|ooo|afk|on(?:line| call| pto| holiday| leave)?|offline"
    r"|available|free|travelling|traveling|driving|sleeping|home|on my way)|look|see|think|sleep|eat|grab|celebrate"
    r"|head (?:home|out|off|to|over)|hop|jump|join|drop (?:off|out|by)|leave (?:at|in|soon|early|now|for)"
    r"|come (?:back|in|over|by|online)|go (?:home|offline|to|for|on|get|grab|eat|afk|out|over)"
    r"|have (?:a |some |my )?(?:lunch|dinner|breakfast|coffee|tea|beers?|break|drinks?|nap|rest|look|day off)"
    r"|take (?:a |my |the )?(?:lunch|break|nap|rest|walk|look|day off|train|bus|afternoon|morning|day)"
    r"|get (?:some |a |my )?(?:coffee|lunch|dinner|breakfast|sleep|rest|food|tea|air)|(?:log|sign|clock) off"
    r"|miss|watch|wait|stay|catch up|check in|talk (?:to you |later|tomorrow|soon))\b"
)
#: What outlasts the incident: who puts something there does not end it by that.
_KEPT = (
    r"\b(?:add|put|include|write|move|copy|turn|file|collect|get|record|document|note) [^.;?!\n]{1,160}? (?:in"
    r"|into|to|on|onto) "
    r"(?:an?|the|our|their) (?:[\w-]+ ){0,2}(?:eval(?:uation)?s?(?: (?:sets?|suites?))?|(?:test|golden|regression)"
    r" (?:sets?|suites?|cases?|plans?|tests)|test(?:s|ing) (?:sets?|suites?|plans?)|runbooks?|playbooks?|backlog"
    r"|checklists?"
    r"|wiki|faq|docs|documentation|onboarding|roadmap|sprint|handbook|retro|release (?:notes|checklist))\b"
)
#: "@tina can you please send it to all by tomorrow?" asks one person for a thing.
_ASKS_ONE = pattern(
    r"^\W*(?:<@[^<>]+>|@[\w.-]+)[:,]? (?:can|could|would) you (?:please |pls )?[\p{L}]|^\W*(?:can"
    r"|could) you (?:<@[^<>]+>|@[\w.-]+)"
)
_OURS = pattern(
    r"\b(?:we|someone|somebody|they|you|<@[^<>]+>|@[\w.-]+|[\w-]+ team|<!subteam[^<>]*>)"
    r" (?:all |really |probably |also |definitely |still )*"
    r"(?:should|ought to|need to|needs to|must|have to|has to|want to|will|'ll)"
    r"(?: (?:also|really|probably|definitely|then))* [\p{L}]"
    r"|(?:^|[,;] )\W*need to [\p{L}]"
    r"|\bwe (?:really |also |still )*need (?:an?|the|some|auto\w*|permanent|better|more|another|one) [\p{L}]"
    r"|\b(?:we'll|let's|can you|could you|please|pls|needs? to be|should be|must be) [\p{L}]"
)
#: "please sleep well", "can you pass the salt": asks, and names nothing that outlasts the day.
_POLITE = pattern(r"\b(?:please|pls|can you|could you|let's)\b")
_LATER = pattern(
    r"\b(?:later|afterwards|after (?:this|that|the (?:incident|outage|rollback|fix|dust|weekend|holidays?)|we're"
    r"|it's|we are|things)|next (?:week|sprint|quarter|month|time|release|iteration)|tomorrow|monday"
    r"|going forward|from now on|in (?:the )?future|long(?:er)?[- ]term|permanent(?:ly)?"
    r"|follow[- ]?up|tickets?|backlog|jira|issue for|post-?mortem|retro(?:spective)?|so (?:that )?(?:this|that|it"
    r"|we) (?:\w+ )?(?:never|doesn't|does not|won't|can't|cannot|don't)|never (?:again|happens|ships)|ever again"
    r"|happens? again|again\b.{0,12}$|prevent|once (?:this|it|we|everything|the dust)|eventually|at some point"
    r"|when (?:this|it) is over|in q[1-4]|this (?:quarter|week|sprint)|before (?:the next|version|v?\d+\.\d))\b"
    rf"|{_PRECAUTION}|{_KEPT}"
)
#: "write a check that …", "add the restart order to the runbook": things, and nothing that is done now.
_A_THING = pattern(rf"\b(?:an?|the) (?:\w+ )?check\b|{_KEPT}")
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


#: What its writer does not promise after all.
_NOT_MEANT_BY_ME = pattern(
    r"\?\W*$|\b(?:should|could|would)(?:n't| not)? have\b|\bdon't (?:need|have) to\b|\bnot sure\b|\bmaybe\b"
    r"|\bif (?:you|anyone|nobody|it|this|that) (?:want|like|need|happen|fail|come|break|still|isn't|doesn't|gets)\w*"
    r"|\bunless\b|\bi(?:'ll| will|'m going to| am going to) not\b"
)
#: "we need the db team later": who is needed, and no thing.
_NEEDS_PEOPLE = pattern(
    r"\bwe (?:really |also |still )*need (?:the |some |more |another |an? )?(?:[\w-]+ )?(?:team|people|person|hands"
    r"|eyes|dba|vendor|help|him|her|them)(?: (?:later|now|here|too|again|tomorrow|today|tonight|on \w+"
    r"|for (?:this|that|it)))*\W*$"
)
#: What names a day and no work: a farewell, a treat, a report of what was.
_NO_WORK = pattern(
    r"\b(?:see (?:you|ya|u)|good ?night|good ?bye|bye|have a (?:good|nice|great)|thanks (?:all|everyone|everybody)"
    r"|happy (?:weekend|holidays)|pizzas?|lunch|dinner|beers?|cakes?|drinks|(?:i|we) feel|(?:i'm|im|i am|feeling)"
    r" (?:ill|sick)|ill be|(?:ran|worked|went|was|were|happened|came|looked) (?:ok|okay|fine|well|good|great|up|down)"
    r"|(?:the )?same (?:here|for me))\b"
)
_ANOTHER_DAY = pattern(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tmrw|tonight|this (?:week|afternoon|evening)|next \w+)\b"
)
#: Where people write without capitals, a sentence ends here all the same; "approx. two" is one.
_ENDS = pattern(r"[\p{L}\p{N})]{3,}[.!] +[\p{Ll}]")
_NO_END = pattern(r"\b(?:approx|incl|excl|etc|resp|dept|prof|asst|mins?|secs?|hrs?|vers|nos?|tel|ext)[.]")


#: A message of more characters than this, or of fewer words, is no item of its own.
_SHORT, _FEW = 240, 4
_ITS_OWNER = pattern(r"(?:[.,;:–—(-] ?|\bowner )(?:me|mine|on me)\W*(?:$|[.,;])")


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
        if kept and _DETAIL.fullmatch(plain(sentence)) is not None and len(sentence) <= 90:
            words, owner = kept[-1]
            kept[-1] = (f"{words.rstrip(' .')}, {sentence.strip()}" if words else "", owner)
        elif (marked := _MARKED.match(plain(sentence))) is not None:
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
    if locate_due(text, said_at=message.said_at, zone=zone) is not None or _ITS_OWNER.search(plain(text)) is not None:
        yield " ".join(text.split())


def _is_no_work(text: str) -> bool:
    return tells_of_oneself(text) or any(rule.search(text) for rule in (_OWN_WAYS, _NO_WORK, _NEEDS_PEOPLE))


def _informal(text: str) -> Iterator[str]:
    """The sentences of a text in which they begin with small letters."""
    begin = 0
    if len(text) <= LONGEST:
        for found in _ENDS.finditer(text):
            if _NO_END.search(text[max(0, found.start() - 1) : found.end()]) is None:
                yield text[begin : found.end() - 1].strip()
                begin = found.end() - 1
    yield text[begin:]


def _is_a_promise(sentence: str) -> bool:
    return is_mine(sentence) or _OURS.search(sentence) is not None


def _promises_in(sentence: str) -> Iterator[str]:
    """The sentence, parted where its speaker promises one more: "I'll move the mails and I'll fix the renewal"."""
    begin = 0
    if len(sentence) <= LONGEST:
        for found in _ONE_MORE.finditer(sentence):
            only_points = sentence[found.start()] in ",;" and points(sentence[found.start() : found.start() + 60])
            if not only_points and _is_a_promise(plain(sentence[begin : found.start()])):
                yield sentence[begin : found.start()]
                begin = found.start(1)
    yield sentence[begin:]


def _settled(sentence: str, answer: str) -> str:
    """A sentence as it stands after what was answered: without ", ok?", and "I'll …" where an offer was taken up."""
    if not sentence.rstrip().endswith("?") or len(sentence) > LONGEST or _REFUSED.match(plain(answer)) is not None:
        return sentence
    told = plain(sentence)
    tag = _TAG.search(told)
    if tag is not None and is_mine(told):
        return sentence[: tag.start()]
    agreed = ONLY_YES in says_whether(answer) or _GO_AHEAD.fullmatch(plain(answer)) is not None
    offered = _OFFERED.match(told) if agreed else None
    return f"I'll {sentence[offered.start(1) : offered.end(1)]}" if offered is not None else sentence


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


def _commits(sentence: str, said_at: datetime, zone: str, *, planned: bool = False) -> bool:
    if len(sentence) > LONGEST:
        return False
    if _PREFIX.match(sentence) is not None:
        return True
    asks = sentence.rstrip().endswith("?")
    if not asks and _FILED.search(sentence) is not None and _OF_OTHERS.search(sentence) is None:
        return True
    asked = _ASKS_ONE.search(sentence) is not None
    if is_mine(sentence):
        if _OWN_WAYS.search(sentence) is not None or _NOT_MEANT_BY_ME.search(sentence) is not None:
            return False
        if says_i_do(sentence):
            return planned or locate_due(sentence, said_at=said_at, zone=zone) is not None
        if is_done_now(sentence):
            return _is_due_later(sentence, said_at, zone)
        return planned or _is_later(sentence, said_at, zone)
    if not asked and (_NOT_MEANT.search(sentence) is not None or _NEEDS_PEOPLE.search(sentence) is not None):
        return False
    if _NOW.search(_A_THING.sub(" ", sentence)) is not None:
        return False
    if asked:
        return locate_due(sentence, said_at=said_at, zone=zone) is not None
    if _OWN_WAYS.search(sentence) is not None or _OURS.search(sentence) is None:
        return False
    return _is_later(sentence, said_at, zone) or (planned and _POLITE.search(sentence) is None)


def _is_later(sentence: str, said_at: datetime, zone: str) -> bool:
    return _LATER.search(sentence) is not None or locate_due(sentence, said_at=said_at, zone=zone) is not None


def _is_due_later(sentence: str, said_at: datetime, zone: str) -> bool:
    """Whether a day after the one on which it was said is named."""
    located = locate_due(sentence, said_at=said_at, zone=zone)
    if located is None:
        return _ANOTHER_DAY.search(sentence) is not None
    return not isinstance(located.said, Due) or located.said.date > said_at.astimezone(ZoneInfo(zone)).date()
