"""What kind of thing a message tells, by its words alone.

The words of each sign were collected from how responders, alerting tools and status pages write. A sign is a hint,
not a verdict: `milestones` and `entries` weigh it against the others, the negations and the place in the incident.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.patterns import Pattern, pattern
from bot.timeline.rules import Rules
from bot.timeline.sign_words import SIGNS
from bot.timeline.values import RecordMessage
from bot.timeline.wordings import WORDINGS, with_wordings

#: Subtypes that say something about the channel, not about the incident.
SERVICE_SUBTYPES = frozenset(
    [
        "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive",
        "channel_unarchive", "channel_posting_permissions", "channel_convert_to_private", "group_join",
        "group_leave", "group_topic", "group_purpose", "group_name", "pinned_item", "unpinned_item",
        "reminder_add", "bot_add", "bot_remove", "bot_enable", "bot_disable", "tombstone", "sh_room_created",
        "ekm_access_denied", "app_conversation_join",
    ]
)  # fmt: skip

_RULES = Rules(with_wordings(SIGNS))

_ALERT_BOTS = pattern(
    r"pager ?duty|grafana|alert ?manager|prometheus|data ?dog|ops ?genie|sentry|nagios|pingdom|cloud ?watch"
    r"|new ?relic"
    r"|status ?cake|uptime|zabbix|better ?stack|honeycomb|icinga|sensu|victorops|splunk|dynatrace|stack ?driver|alert"
    r"|monitor|squadcast|zenduty|checkly|rollbar|bugsnag|elastic|kibana|signalfx|lightstep|thousandeyes"
    r"|incident\.io|health"
)
_ALERT_HEAD = pattern(
    r"^[^\pL\pN\[]*(?:\[(?:firing|resolved|alert|ok|critical|warning|alerting|no data|triggered|recovered|down"
    r"|up|p\d|sev)"
    r"|triggered\b|re-?triggered\b|resolved by\b|acknowledged by\b|firing\b|alerts?\b|alarm\b|problem\b"
    r"|recovery\b|critical\b|warning\b"
    r"|incident #?\d|monitor\b|(?:service|host|site|check)s? [^.\n]{0,60}\bis (?:down|up)\b)"
)
_LINK = pattern(r"https?://[^\s<>|)\]\"'`]+")
_SENTENCE_END = pattern(r"[.!;]\s+\S|\n")
_SENTENCES = pattern(r"[.!?;]\s+|\n")
_EMOJI_ONLY = pattern(r"^(?:\s|:[a-z0-9_+-]+:|[^\pL\pN])*$")


@dataclass(frozen=True, slots=True)
class Read:
    """A message and the signs it carries."""

    message: RecordMessage
    signs: frozenset[str]
    links: tuple[str, ...]

    def any(self, *names: str) -> bool:
        return not self.signs.isdisjoint(names)

    @property
    def is_service(self) -> bool:
        return self.message.subtype in SERVICE_SUBTYPES

    @property
    def is_huddle(self) -> bool:
        return self.message.subtype == "huddle_thread"

    @property
    def is_alert(self) -> bool:
        """Whether a tool raised or cleared an alarm here."""
        return "alert" in self.signs

    @property
    def is_question(self) -> bool:
        return "question" in self.signs

    @property
    def is_chatter(self) -> bool:
        """Whether it only keeps people company; "hi, I have a look" does more."""
        return "chatter" in self.signs and not self.any(
            "acknowledged", "relapse", "restored", "mitigated", "resolved", "rolled_back", "declared"
        )

    @property
    def is_hypothesis(self) -> bool:
        """A guess at the cause: an idea, not yet a finding."""
        if "mitigated" in self.signs or "resolved" in self.signs:
            return False
        if self.is_alert or "no_cause" in self.signs:
            return False
        return "guess" in self.signs or ("hedge" in self.signs and self.any("cause", "named_cause", "fault"))

    @property
    def is_symptom(self) -> bool:
        """Whether somebody or something says that it is broken."""
        if self.is_chatter or self.any("negated"):
            return False
        return self.any("symptom") or self.any("report", "noticed", "began_label")


def read_signs(message: RecordMessage) -> Read:
    """The signs of one message; those of a deleted or channel-service message are none."""
    if message.deleted or message.subtype in SERVICE_SUBTYPES:
        return Read(message, frozenset(), ())
    text = message.text
    signs = set(signs_of(text))
    if "question" in signs and (
        _CALLS_IN.search(text) or not _STATES_FIRST.isdisjoint(signs_of(_before_the_question(text)))
    ):
        signs.discard("question")
    if "relapse" in signs and _only_in(_NO_RELAPSE, text, "relapse"):
        signs.discard("relapse")
    if "symptom" in signs and _only_in(_NO_HARM, text, "symptom"):
        signs.discard("symptom")
    if "fault" in signs and not _AS_IF.search(text) and _only_in(_SHOULD_IT, text, "fault"):
        signs.discard("fault")
    if "restored" in signs and _only_in(_ELSEWHERE, text, "restored"):
        signs.discard("restored")
    if "named_cause" in signs and _FOUND_SOMETHING.match(text):
        signs.discard("named_cause")
    if "unfinished" in signs and not signs.isdisjoint(_ENDS) and _one_sentence_ends_it(text):
        signs.discard("unfinished")
    if message.bot is not None and is_alarm(message.bot, text):
        signs.add("alert")
    return Read(message, frozenset(signs), links_in(text))


def is_alarm(tool: str, text: str) -> bool:
    """Whether this tool raised or cleared an alarm with these words; what it tells of anything else is none.

    The only place that says so: what the receipt counts, and what the picture draws among the alerts.
    """
    return _ALERT_BOTS.search(tool) is not None or _ALERT_HEAD.match(text) is not None


#: "Paging the database team, can you look?", "@erik, can you join?": calls somebody in while it asks.
_CALLS_IN = pattern(r"\bpaging (?:<|@|the )|@[\w.-]+>?[^.\n]{0,60}\bcan you (?:join|jump in|hop on|come)\b")
#: "Opening an incident, sev 2. Tom, can you lead?" declares, though it ends with a question.
_STATES_FIRST = frozenset({"declared", "mitigated", "resolved", "restored", "rolled_back", "named_cause", "report"})


#: What says that something ended.
_ENDS = frozenset({"resolved", "mitigated", "restored", "rolled_back"})
#: What says that it did not, whatever else is said beside it.
_NOT_YET = pattern(
    r"\bnot (?:yet |been |fully |completely )*(?:fixed|resolved|back|recovered|mitigated|restored|working|repaired)\b"
    r"|\bstill\b|\b(?:isn|didn|doesn)(?:'|’)?t\b|\bno (?:luck|improvement|change|effect)\b|\bonly (?:for|partly|some)\b"
)


#: "has not resulted in a recurrence"
_NO_RELAPSE = pattern(
    r"\b(?:no|not|without|never|(?:has|had|did|does)n(?:'|’)?t)\b[^.;\n]{0,40}\b(?:recurr\w*|regress\w*"
    r"|re-?open\w*|(?:come|came) back)\b"
)
#: "no errors", "error rate same as before"
_NO_HARM = pattern(
    r"(?:\b(?:no|zero|without(?: any)?)|(?:^|\s)0) (?:more |new |further |real |other )?(?:errors?|failures?|alerts?"
    r"|timeouts?|issues?"
    r"|problems?|crashes|complaints?|downtime|slowness)\b"
    r"|\b(?:error|failure|crash) (?:rate|count)s? (?:is |are |looks? |stays? )?(?:the )?(?:same|normal|flat|unchanged"
    r"|fine|ok)\b"
)
#: "the backup is there if it goes wrong", "in case it breaks", "should it fail": nothing is wrong yet.
_SHOULD_IT = pattern(
    r"\b(?:if|in case|unless)\b[^.,;:!?\n]*|\bshould (?:it|that|this|they|anything|something|one|the \w+) [^.,;:!?\n]*"
)
_AS_IF = pattern(r"\bas if\b")
#: "other countries look normal" tells where it is not broken, "error rate back up" that it is again.
_ELSEWHERE = pattern(
    r"\b(?:others?|the rest|everything else|elsewhere)\b[^.;,\n]{0,30}\b(?:normal|fine|ok(?:ay)?|healthy|good"
    r"|unaffected)\b"
    r"|" + WORDINGS["rises again"][1]
)
#: "found it, thanks" thanks for an answer.
_FOUND_SOMETHING = pattern(r"^\W*(?:ah,? |ok,? |oh,? )?found it\W{1,3}(?:thanks?|thx|ty|cheers|sorry|never ?mind)\b")


def _only_in(said: Pattern, text: str, sign: str) -> bool:
    """Whether `text` carries the sign only where `said` matches, which takes it back."""
    return said.search(text) is not None and sign not in signs_of(said.sub(" ", text))


def _one_sentence_ends_it(text: str) -> bool:
    """Whether one sentence says so without a doubt, and the others only what is to come: "paid back until Friday"."""
    if _NOT_YET.search(text):
        return False
    parts = _SENTENCES.split(text)
    return len(parts) > 1 and any(
        not each.isdisjoint(_ENDS) and each.isdisjoint(("unfinished", "hedge", "other_resolved", "question"))
        for each in map(signs_of, parts)
    )


def _before_the_question(text: str) -> str:
    """What is said before the last sentence; nothing where there is but one."""
    ends = [found.start() for found in _SENTENCE_END.finditer(text.rstrip())]
    return text[: ends[-1]] if ends else ""


def signs_of(text: str) -> frozenset[str]:
    """The signs that the words of `text` carry."""
    signs = _RULES.found(text) if text else frozenset()
    if _EMOJI_ONLY.match(text):
        signs |= {"chatter"}
    return signs


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses in `text`, each once, in order."""
    if "://" not in text:
        return ()
    found = (each.group() or "" for each in _LINK.finditer(text))
    return tuple(dict.fromkeys(address.rstrip(".,;:!?") for address in found))
