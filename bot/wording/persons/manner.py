"""Which words make an ordinary deed read as a fault: done blindly, or what is rarely done on purpose?"""

from __future__ import annotations

from bot.wording.persons.verbs import DID

#: By which any deed reads as a fault.
BLINDLY = (
    r"(?:accidentally|by accident|by mistake|mistakenly|carelessly|inadvertently|blindly|recklessly|without (?:any "
    r"|even |first |proper |prior |properly |actually |the |a |an )*(?:(?:check|test|ask|tell|inform|coordinat"
    r"|validat|verify|mak|tak|follow|consult|notify|warn|announc|gett|read|look|think|understand|know|runn|review"
    r"|wait|consider|document|confirm|measur|evaluat|sync|involv|updat|escalat|drain|talk|speak|read|back|let|giv"
    r"|communicat|discuss|approv|plan|stag|agree|double-check|authori[sz]|clear)\w*ing\b|(?:permission|approval"
    r"|authori[sz]ation|notice|warning|review|canary|rate limits?|a glance|a second (?:look|thought|pair of eyes)"
    r"|a word|backup|consent|supervision|testing|tests|announcement|a word|agreement|coordination|consultation)\b)"
    r"|before (?:taking|making|checking|testing|asking|reading|verifying|telling|backing|confirming|getting|waiting"
    r"|the backup|the tests|approval)|(?:and|but|then) (?:told|informed|asked|warned) (?:nobody|no one|none)"
    r"|in (?:a (?:hurry|rush)|haste)\b|hastily|while (?:the )?\w+ (?:was|were) still|despite (?:being told|(?:the"
    r"|our|all|several|repeated) (?:\w+ )?(?:warnings?|freeze|alerts?|policy|rules?|advice|objections?)))"
)
ANY_DEED = rf"(?P<deed>[a-z]+ed|{DID}|went|took|made|began|built|brought|threw|gave|broke|did)(?: [^\s.;!?]+){{0,9}}?"
#: What people do to code and settings, and what a program of an ordinary name is not said to have done.
PEOPLES_DEED = (
    r"(?:changed|did|edited|merged|pushed|deployed|deleted|disabled|shipped|released|approved|ran|rewrote|removed|modified"
    r"|renamed|enabled|applied|copied|pasted|committed|touched|altered|dropped|(?:turned|switched) (?:off|on)|pressed"
    r"|clicked|typed|signed off|updated|upgraded|installed)"
)
#: By which such a deed reads as a fault, whoever is its subject.
UNAWARE = (
    r"without (?:any |even |first |proper |really |actually )*(?:know|understand|check|test|ask|tell|read|look|think"
    r"|realis|realiz|verify|review|inform|consult|double-check)\w*ing\b"
)
#: Which only people can leave undone: no program is said to have asked nobody.
UNASKED = (
    r"without (?:any |even |first |proper |really |actually )*(?:ask|tell|inform|consult|warn)ing (?:any(?:body| ?one)"
    r"|us|me|them|the (?:[\w-]+ )?team|the others|people|the rest|a soul)\b"
)
#: When and what for somebody decided long ago what others live with today; in a response one decides to do something.
DECIDED = (
    r"(?:decided|chose|wanted|picked|insisted on|pushed for) (?:that|this|it|so|against it)(?: (?:[\w-]+ ){0,3}?)?"
    r"(?:(?:in|since) (?:19|20)\d\d\b|(?:back )?(?:in|since) (?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b|back then\b|(?:years?|months?|ages) ago\b|last (?:year|spring|summer"
    r"|autumn|fall|winter)\b|to (?:save|spare|cut) (?:\w+ )?(?:money|costs?|time|effort|work|budget)\b"
    r"|because (?:it|that) (?:was|is) (?:cheap|easi|fast|quick)er|(?:on|by) (?:his|her|their) own\b)"
)
#: Deeds that harm, or hide something, as they stand; `plainly_harmful` lets off what belongs to a response.
HARMFUL = (
    r"(?:hard-?coded|copied|pasted|disabled|locked|unplugged|cut|overwrote|deleted|dropped|wiped|purged|erased"
    r"|swapped|altered|committed|commented out|reused|silenced|muted|bypassed|exposed|truncated|raised|marked|kept"
    r"|kicked|tripped|flooded|overloaded|blocked|(?:turned|switched) off|retrained|shipped|sent home|powered (?:off"
    r"|down)|formatted|nuked) (?:the|a|an|all|our|his|her|their|it|in|to|on)\b"
)
#: What is rarely done on purpose; `_not_as_planned` lets off what was.
DESTROYED = (
    r"(?:unplugged (?:the |our |a )?(?:wrong |entire |whole )?(?:rack|server|switch|router|cable|patch)|cut (?:the"
    r"|our|a) (?:[\w-]+ ){0,2}?(?:fib(?:re|er)|cable|line|power|cord|trunk)|(?:deleted|dropped|wiped|unplugged"
    r"|terminated|truncated|overwrote|purged|exposed|leaked|broke|disabled|(?:turned|switched) off|removed|erased"
    r"|formatted) (?:the|our|all|every|half) (?:[\w-]+ ){0,2}?(?:bucket|database|tables?|index|gateway|cluster"
    r"|server|volume|alarms?|alerts?|alerting|monitoring|backups?|data|production|prod|instances?|partition|records"
    r"|replica|nodes?|disk|logs|placeholders|api|build|limit|queue|namespace|schema|configs?|configuration"
    r"|health ?checks|checks|validation|retries|queues|safety \w+|guard ?rails?|file|keys?)\b)"
)
