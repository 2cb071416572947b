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
    r"|\bby (?:\w+ )?[a-z]+ing\b|\bfrom \S+(?: \S+)? to \S+|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|fifteen|twenty|thirty|sixty|hundred) |(?:,| and) (?:then )?(?:write|record|list|post|decide|document|note|put"
    r"|add|report|publish|cap|page|alert|fail|delete|remove|replace|drop|set|close|link|fix|bring|show|send|agree on"
    r"|measure|enforce|block|notes?|result|findings?) |\b(?:done|success|target|goal|measured?|accepted)\b ?(?:when|if"
    r"|by|:|=|is)|\bwhether (?:\S+ ){3,}|\b(?:why|how) (?:\S+ ){4,}\S+|\bevery (?:\w+ )?(?:week|month|quarter|day"
    r"|night|morning|monday|friday|sprint|year)\b|\bcan only\b|\bonly (?:be|from|by|with|after|when)\b|\bweekly\b"
    r"|\bmonthly\b|\bquarterly\b|\bdaily\b|\bnightly\b|\bhourly\b|\bto (?:name|say|show|include|reject|list|return"
    r"|require|refuse|stop|fail|page|cover|contain|match) "
)
#: With one of these an item says nothing to do, whatever follows.
_MIND = (
    r"(?:(?:be|stay|become|remain|get) (?:(?:more|less|much|very|extra|better|always|a bit|even|quite) )*(?:careful"
    r"|cautious|aware|proactive|vigilant|mindful|attentive|diligent|disciplined|transparent|thorough|responsive"
    r"|prepared|alert|conscious|open|strict|stricter|quicker|faster|better|clearer|smarter|ready|consistent|precise"
    r"|rigorous|patient|responsible|at|on top of|critical|honest)\b|(?:pay|paying|give|put) (?:\w+ )?(?:attention"
    r"|focus|emphasis|thought)\b|(?:take|use|exercise) (?:\w+ )?(?:care|caution|ownership|responsibility)\b|(?:rais"
    r"|increas|creat|build|improv)(?:e|ing) (?:\w+ )?awareness\b|raise the bar\b|(?:try|work) (?:harder|better"
    r"|smarter)\b|keep (?:in mind|an eye|monitoring|watching|up)\b|bear in mind\b|(?:remember|don't forget"
    r"|do not forget|try|aim|attempt|continue|keep) (?:to|on)\b|double[- ]check\b|strive\b|do something\b"
    r"|(?:come up with|develop|devise|create|define|make|find) (?:an? |the |some )?(?:\w+ )?(?:plan|strategy|approach"
    r"|solution|vision|concept)\b|spend (?:more )?time\b|put in place\b|get (?:everyone|everybody|people|the team"
    r"|teams|all)\b|put (?:\w+ )?(?:measures|processes|safeguards|controls|procedures) in place\b"
    r"|remind (?:\w+ ){1,3}?(?:to|of|about|that)\b|learn (?:from|more|how)\b|(?:make|ensure"
    r"|making) (?:sure )?(?:that )?(?:everyone|everybody|people|all|the team|engineers|developers|teams|we|this|it"
    r"|such)\b|(?:avoid|prevent|stop|eliminate|minimi[sz]e)(?:ing)? (?:(?:all|any|such|similar|these|this|future"
    r"|further|human|more|repeat|kinds? of|type of) )*(?:things|issues?|problems?|outages?|incidents?|mistakes?"
    r"|errors?|failures?|recurrences?|downtime|regressions?)\b|(?:communicate|collaborate|cooperate|coordinate|align"
    r"|sync|liaise|engage|connect|interact|partner)\b|(?:have|hold|start|organi[sz]e) (?:a |an |some "
    r"|more )?(?:discussions?|conversations?|chat|talks?|think|debate)\b|(?:talk|speak|reach out|chat) (?:to|with)\b"
    r"|work (?:closely |more closely |together |better )?(?:with|together)\b|follow[- ]?up\b|circle back\b|(?:build"
    r"|foster|create|establish|promote|cultivate|encourage|support|champion) (?:an? |the |our |more |better "
    r"|engineers |people |developers |teams )*(?:culture|mindset|collaboration|ownership|transparency|spirit|to|trust"
    r"|quality|awareness|discipline|best practices)\b)"
)
#: Finding out, without saying what is to be known at the end.
_STUDY = (
    r"(?:(?:have|take) (?:a |another )?(?:closer |deeper |better )?look|look(?:ing)?(?: \w+)? (?:into|at|for)"
    r"|investigat(?:e|ing|ion)(?: of| into)?|explor(?:e|ing)|examin(?:e|ing)|analy[sz](?:e|ing)|assess(?:ing)?"
    r"|evaluat(?:e|ing)|research(?:ing)?|review(?:ing)?|revisit(?:ing)?|reconsider(?:ing)?|rethink(?:ing)?"
    r"|consider(?:ing)?|think(?:ing)? (?:about|of|through)|discuss(?:ing)?|dig(?:ging)? into|understand(?:ing)?"
    r"|stud(?:y|ying)|see (?:if|whether|how|what)|check (?:if|whether|out|on)|find (?:a way|ways|out|a better way)"
    r"|figure out|brainstorm|inspect|monitor(?:ing)?|observe|watch|track|spike on|deep[- ]dive into|get a better|gain)"
)
#: Making better, without saying what will be different.
_BETTER = (
    r"(?:improv(?:e|ing|ements? (?:of|to|in|for))|enhanc(?:e|ing)|strengthen(?:ing)?|optimi[sz](?:e|ing)|streamlin(?:e"
    r"|ing)|harden(?:ing)?|tighten(?:ing)?(?: up)?|refactor(?:ing)?|clean(?:ing)?[- ]up|tidy(?:ing)? up"
    r"|moderni[sz](?:e|ing)|stabili[sz](?:e|ing)|boost(?:ing)?|simplify(?:ing)?|refin(?:e|ing)|rework|revamp|overhaul"
    r"|polish|better|mature|rationali[sz]e|professionali[sz]e|formali[sz]e|reinforce|bolster|beef up|step up"
    r"|invest (?:more )?(?:in|into)|work on|focus (?:more )?on|prioriti[sz]e|address|tackle|deal with|take care of"
    r"|get better (?:at|with)|do better (?:at|with)|speed up|accelerate|maintain (?:better|good|proper)"
    r"|provide (?:better|more|clearer|proper)|ensure|guarantee|facilitate|drive|educate|upskill|sensiti[sz]e|(?:train"
    r"|teach|coach) (?:people|teams?|the team|everyone|everybody|staff|engineers|developers|devs|operators|on-?call"
    r"|juniors|newcomers|us))"
)
_MORE = (
    r"(?:increase|increasing|reduce|reducing|decrease|lower|raise|minimi[sz]e|maximi[sz]e|expand|extend|grow|cut|limit"
    r"|add|do|have|get|write|need|create|introduce|implement|build|define|establish|set up|use|provide|update|check"
    r"|fix|review|handle|manage|document|test|clarify)"
)
#: What is never one thing to change.
_DIFFUSE = (
    rf"(?:{GENERIC}|(?:technical |tech )?debt|(?:the |on-?call |system |server )?load|risks?|complexity|toil"
    rf"|manual (?:work"
    r"|steps|effort|processes)|noise|alert (?:noise|fatigue)|quality|robustness|maintainability|efficiency|flaky tests"
    r"|bugs|errors?|failures?|legacy (?:code|systems?)|dependencies|silos|knowledge(?: sharing| transfer)?|evals?"
    r"|evaluations?|guardrails?|prompts?|data quality|drift|hallucinations?|model (?:quality|monitoring|performance)"
    r"|dashboards?|records?|ownership|roles(?: and responsibilities)?|responsibilities|workflows?|standards?"
    r"|governance|controls|measures|incident handling|time to (?:detect|recover|resolve|respond)|recovery|detection"
    r"|mttr|mttd|uptime|availability|redundancy|user experience|customer (?:experience|communication)|expectations)"
)
_PRAISED = (
    r"(?:better|more|proper|improved|stricter|clearer|stronger|good|enough|sufficient|adequate|additional|extra"
    r"|further|fewer|less|faster|quicker|tighter|regular|frequent|thorough|appropriate|robust|reliable|comprehensive"
    r"|effective|rigorous)"
)
_COMPARED = (
    r"(?:(?:more|less|better|much) \w+|more|less|better|safer|quicker|faster|easier|clearer|simpler|stronger|smoother"
    r"|cleaner|tighter|leaner|stricter|nicer|healthier|louder|smarter|robust|reliable|resilient|stable|scalable|secure"
    r"|visible|actionable|maintainable|efficient|usable|consistent|up to date|clear|easy|safe|aware|properly \w+"
    r"|well \w+)"
)
_TAIL = (
    r"(?: (?:properly|better|more often|more closely|more carefully|more regularly|earlier|as needed|in general"
    r"|gracefully))"
)

_VAGUE = pattern(
    rf"{LEAD}(?:{_MIND}.*|(?:{_STUDY}|{_BETTER})(?: .*)?|(?:look (?:into|at) |work on )?mak(?:e"
    rf"|ing) (?:sure (?:that )?)?(?:[\w-]+ ){{1,5}}?(?:is |are |be )?{_COMPARED}"
    r"(?: (?:for|in|to|when|during|across|on|with|of) .*)?"
    rf"|{_MORE} (?:(?:the|our|some|more|better|any|all|of|up|a|existing|internal|proper|good|additional|new|in|on|for"
    rf"|current|clear|clearer|number|amount|level) )*{_DIFFUSE}(?: (?:of|in|for|on|around|across|to|at|from|with"
    rf"|about)"
    r" (?:(?:the|our|all|new|other|future) )?[\w-]+(?: [\w-]+)?)?"
    rf"|{_PRAISED}(?: [\w-]+){{1,6}}|(?:have|need|want|get|provide|ensure|maintain|introduce|add|create|do|write"
    rf"|set up|define|establish|implement|use) (?:an? |some )?{_PRAISED}(?: [\w-]+){{1,6}}"
    rf"|(?:[\w-]+ ){{1,6}}?(?:handle|test|check|document|monitor|manage|plan|communicate|review|log|fix|do"
    rf"|understand)(?: [\w-]+){{1,5}}?{_TAIL}|(?:handle|test|check|document|manage|plan|review|log|fix|do|tune"
    rf"|configure|use|share|update)(?: [\w-]+){{1,5}}?{_TAIL})[\s.!…]*"
)
#: More than this is rarely a wish alone.
_LONGEST = 120


def is_vague(text: str) -> bool:
    """Whether the item leaves open what to do; a number, a name in code or a second deed makes it clear enough."""
    if is_vaguely_said(text):
        return True
    words = plain(text).strip()
    return 3 < len(words) <= _LONGEST and _VAGUE.fullmatch(words) is not None and _SPECIFIC.search(words) is None
