"""Could somebody begin with this action item tomorrow, and know when it is done?

A vague verb ("improve", "look into", "be more careful") is enough where nothing beside it says what exactly, by what,
or up to which number.
"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.vagueness import GENERIC, LEAD, is_vaguely_said

#: What makes even a vague verb an item to begin with: a number, a name in code, a purpose, a way, a second deed.
_SPECIFIC = pattern(
    r"[0-9]|\x60|https?://|<#|<http|#[a-z]|\bso that\b|/[a-z]+/|\w_\w|\.(?:md|py|ya?ml|json|toml|tf|sh|go|js|sql)\b"
    r"|\bby (?:\w+ )?[a-z]+ing\b|\bfrom \S+(?: \S+)? to \S+"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|hundred) "
    r"|(?:,| and) (?:then )?(?:write|record|list|post|decide|document|note|put|add|report|publish|cap|page|alert|fail"
    r"|delete"
    r"|remove|replace|drop|set|close|link|fix|bring|show|send|agree on|measure|enforce|block|notes?|result|findings?) "
    r"|\b(?:done|success|target|goal|measured?|accepted)\b ?(?:when|if|by|:|=|is)|\bwhether (?:\S+ ){3,}"
    r"|\b(?:why|how) (?:\S+ ){4,}\S+|\bevery (?:\w+ )?(?:week|month|quarter|day|night|morning|monday|friday|sprint"
    r"|year)\b"
    r"|\bcan only\b|\bonly (?:be|from|by|with|after|when)\b|\bweekly\b|\bmonthly\b|\bquarterly\b|\bdaily\b|\bnightly\b"
    r"|\bhourly\b|\bto (?:name|say|show|include|reject|list"
    r"|return|require|refuse|stop|fail|page|cover|contain|match) "
)
#: With one of these an item says nothing to do, whatever follows.
_MIND = (
    r"(?:(?:be|stay|become|remain|get) (?:(?:more|less|much|very|extra|better|always|a bit|even|quite) )*(?:careful"
    r"|cautious"
    r"|aware|proactive|vigilant|mindful|attentive|diligent|disciplined|transparent|thorough|responsive|prepared|alert"
    r"|conscious|open|strict|stricter|quicker|faster|better|clearer|smarter|ready|consistent|precise|rigorous|patient"
    r"|responsible|at|on top of|critical|honest)\b"
    r"|(?:pay|paying|give|put) (?:\w+ )?(?:attention|focus|emphasis|thought)\b|(?:take|use|exercise) (?:\w+ )?(?:care"
    r"|caution"
    r"|ownership|responsibility)\b|(?:rais|increas|creat|build|improv)(?:e|ing) (?:\w+ )?awareness\b|raise the bar\b"
    r"|(?:try|work) (?:harder|better|smarter)\b|keep (?:in mind|an eye|monitoring|watching|up)\b|bear in mind\b"
    r"|(?:remember|don't forget|do not forget|try|aim|attempt|continue|keep) (?:to|on)\b|double[- ]check\b"
    r"|strive\b|do something\b|(?:come up with|develop|devise|create|define|make|find) (?:an? |the "
    r"|some )?(?:\w+ )?(?:plan"
    r"|strategy|approach|solution|vision|concept)\b|spend (?:more )?time\b|put in place\b|get (?:everyone|everybody"
    r"|people"
    r"|the team|teams|all)\b|put (?:\w+ )?(?:measures|processes|safeguards|controls|procedures) in place\b"
    r"|remind (?:\w+ ){1,3}?(?:to|of|about|that)\b|learn (?:from|more|how)\b|(?:make|ensure"
    r"|making) (?:sure )?(?:that )?"
    r"(?:everyone|everybody|people|all|the team|engineers|developers|teams|we|this|it|such)\b"
    r"|(?:avoid|prevent|stop|eliminate|minimi[sz]e)(?:ing)? (?:(?:all|any|such|similar|these|this|future|further"
    r"|human|more|repeat|kinds? of|type of) )*(?:things|issues?|problems?|outages?|incidents?|mistakes?|errors?"
    r"|failures?"
    r"|recurrences?|downtime|regressions?)\b"
    r"|(?:communicate|collaborate|cooperate|coordinate|align|sync|liaise|engage|connect|interact|partner)\b"
    r"|(?:have|hold|start|organi[sz]e) (?:a |an |some |more )?(?:discussions?|conversations?|chat|talks?|think"
    r"|debate)\b"
    r"|(?:talk|speak|reach out|chat) (?:to|with)\b|work (?:closely |more closely |together |better )?(?:with"
    r"|together)\b"
    r"|follow[- ]?up\b|circle back\b|(?:build|foster|create|establish|promote|cultivate|encourage|support|champion)"
    r" (?:an? |the |our |more |better |engineers |people |developers |teams )*(?:culture|mindset|collaboration"
    r"|ownership"
    r"|transparency|spirit|to|trust|quality|awareness|discipline|best practices)\b)"
)
#: Finding out, without saying what is to be known at the end.
_STUDY = (
    r"(?:(?:have|take) (?:a |another )?(?:closer |deeper |better )?look|look(?:ing)?(?: \w+)? (?:into|at|for)"
    r"|investigat(?:e|ing|ion)(?: of| into)?|explor(?:e|ing)|examin(?:e|ing)"
    r"|analy[sz](?:e|ing)"
    r"|assess(?:ing)?|evaluat(?:e|ing)|research(?:ing)?|review(?:ing)?|revisit(?:ing)?|reconsider(?:ing)?"
    r"|rethink(?:ing)?"
    r"|consider(?:ing)?|think(?:ing)? (?:about|of|through)|discuss(?:ing)?|dig(?:ging)? into|understand(?:ing)?"
    r"|stud(?:y|ying)"
    r"|see (?:if|whether|how|what)|check (?:if|whether|out|on)|find (?:a way|ways|out|a better way)|figure out"
    r"|brainstorm"
    r"|inspect|monitor(?:ing)?|observe|watch|track|spike on|deep[- ]dive into|get a better|gain)"
)
#: Making better, without saying what will be different.
_BETTER = (
    r"(?:improv(?:e|ing|ements? (?:of|to|in|for))|enhanc(?:e|ing)|strengthen(?:ing)?|optimi[sz](?:e|ing)|streamlin(?:e"
    r"|ing)"
    r"|harden(?:ing)?|tighten(?:ing)?(?: up)?|refactor(?:ing)?|clean(?:ing)?[- ]up|tidy(?:ing)? up|moderni[sz](?:e|ing)"
    r"|stabili[sz](?:e|ing)|boost(?:ing)?|simplify(?:ing)?|refin(?:e|ing)|rework|revamp|overhaul|polish|better|mature"
    r"|rationali[sz]e|professionali[sz]e|formali[sz]e|reinforce|bolster|beef up|step up|invest (?:more )?(?:in|into)"
    r"|work on|focus (?:more )?on|prioriti[sz]e|address|tackle|deal with|take care of|get better (?:at|with)"
    r"|do better (?:at"
    r"|with)|speed up|accelerate|maintain (?:better|good|proper)|provide (?:better|more|clearer|proper)|ensure"
    r"|guarantee"
    r"|facilitate|drive|educate|upskill|sensiti[sz]e|(?:train|teach|coach) (?:people|teams?|the team|everyone"
    r"|everybody|staff"
    r"|engineers|developers|devs|operators|on-?call|juniors|newcomers|us))"
)
_MORE = (
    r"(?:increase|increasing|reduce|reducing|decrease|lower|raise|minimi[sz]e|maximi[sz]e|expand|extend|grow|cut|limit"
    r"|add"
    r"|do|have|get|write|need|create|introduce|implement|build|define|establish|set up|use|provide|update|check|fix"
    r"|review"
    r"|handle|manage|document|test)"
)
#: What is never one thing to change.
_DIFFUSE = (
    rf"(?:{GENERIC}|(?:technical |tech )?debt|(?:the |on-?call |system |server )?load|risks?|complexity|toil"
    rf"|manual (?:work"
    r"|steps|effort|processes)|noise|alert (?:noise|fatigue)|quality|robustness|maintainability|efficiency|flaky tests"
    r"|bugs"
    r"|errors?|failures?|legacy (?:code|systems?)|dependencies|silos|knowledge(?: sharing| transfer)?|evals?"
    r"|evaluations?"
    r"|guardrails?|prompts?|data quality|drift|hallucinations?|model (?:quality|monitoring|performance)|dashboards?"
    r"|records?|ownership|roles(?: and responsibilities)?|responsibilities|workflows?|standards?|governance|controls"
    r"|measures|incident handling|time to (?:detect|recover|resolve|respond)|recovery|detection|mttr|mttd|uptime"
    r"|availability|redundancy|user experience|customer (?:experience|communication)|expectations)"
)
_PRAISED = (
    r"(?:better|more|proper|improved|stricter|clearer|stronger|good|enough|sufficient|adequate|additional|extra"
    r"|further|fewer"
    r"|less|faster|quicker|tighter|regular|frequent|thorough|appropriate|robust|reliable|comprehensive|effective"
    r"|rigorous)"
)
_COMPARED = (
    r"(?:(?:more|less|better|much) \w+|more|less|better|safer|quicker|faster|easier|clearer|simpler|stronger|smoother"
    r"|cleaner"
    r"|tighter|leaner|stricter|nicer|healthier|louder|smarter|robust|reliable|resilient|stable|scalable|secure|visible"
    r"|actionable|maintainable|efficient|usable|consistent|up to date|clear|easy|safe|aware|properly \w+|well \w+)"
)
_TAIL = (
    r"(?: (?:properly|better|more often|more closely|more carefully|more regularly|earlier|as needed|in general"
    r"|gracefully))"
)

_VAGUE = pattern(
    rf"{LEAD}(?:{_MIND}.*|(?:{_STUDY}|{_BETTER})(?: .*)?"
    rf"|(?:look (?:into|at) |work on )?mak(?:e|ing) (?:sure (?:that )?)?(?:[\w-]+ ){{1,5}}?(?:is |are |be )?{_COMPARED}"
    r"(?: (?:for|in|to|when|during|across|on|with|of) .*)?"
    rf"|{_MORE} (?:(?:the|our|some|more|better|any|all|of|up|a|existing|internal|proper|good|additional|new|in|on|for"
    rf"|current|clear|clearer|number|amount|level) )*{_DIFFUSE}(?: (?:of|in|for|on|around|across|to|at|from|with|about)"
    r" (?:(?:the|our|all|new|other|future) )?[\w-]+(?: [\w-]+)?)?"
    rf"|{_PRAISED}(?: [\w-]+){{1,6}}|(?:have|need|want|get|provide|ensure|maintain|introduce|add|create|do|write"
    rf"|set up|define"
    rf"|establish|implement|use) (?:an? |some )?{_PRAISED}(?: [\w-]+){{1,6}}"
    rf"|(?:[\w-]+ ){{1,6}}?(?:handle|test|check|document|monitor|manage|plan|communicate|review|log|fix|do|understand)"
    rf"(?: [\w-]+){{1,5}}?{_TAIL}|(?:handle|test|check|document|manage|plan|review|log|fix|do|tune|configure|use|share"
    rf"|update)"
    rf"(?: [\w-]+){{1,5}}?{_TAIL})[\s.!…]*"
)
#: More than this is rarely a wish alone.
_LONGEST = 120


def is_vague(text: str) -> bool:
    """Whether the item leaves open what to do; a number, a name in code or a second deed makes it clear enough."""
    if is_vaguely_said(text):
        return True
    words = plain(text).strip()
    return 3 < len(words) <= _LONGEST and _VAGUE.fullmatch(words) is not None and _SPECIFIC.search(words) is None
