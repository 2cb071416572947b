"""Where does a text stay so vague that nobody could begin, check or picture it?

The rule reads one sentence of an answer at a time and wants the whole of it; `bot/actions/gate.py` asks more of items.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.patterns import pattern, plain
from bot.wording.rule import Place

GENERIC = (
    r"(?:monitoring|alerting|alerts|logging|logs|observability|metrics|testing|tests|test coverage|coverage"
    r"|documentation|docs|process(?:es)?|procedures?"
    r"|communications?|training|trainings|knowledge(?: sharing)?|(?:code |peer )?reviews?|(?:code )?quality"
    r"|reliability|resilience|resiliency|robustness|stability"
    r"|visibility|awareness|collaboration|coordination|tooling|tools|onboarding|performance|security|runbooks"
    r"|playbooks|response|responses|handovers?"
    r"|planning|practices|best practices|things|it|this|that|everything|systems?|the system|infrastructure|infra"
    r"|architecture|automation|attention|care|discipline"
    r"|transparency|culture|mindset|deployments?|deploys|releases?|on-?call|incident (?:response|management"
    r"|handling)|change management|safety|checks|safeguards"
    r"|error handling|scalability|capacity|response times?)"
)
_FILLER = (
    r"(?: (?:our|the|some|a|more|better|overall|general|in|on|any|all|team's|current|existing|internal|up"
    r"|further|stronger|proper|good|lot of|bit of))*"
)
_LATER = (
    r"(?: (?:for (?:the |our |all |every )?(?:teams?|everyone|everybody|people|engineers|developers|staff"
    r"|newcomers|juniors|on-?call)|in general|overall|next time|in (?:the )?future|going forward|from now on|soon"
    r"|a bit|a lot|here"
    r"|there|everywhere|further|somehow|more|better"
    r"|in the team|as a team|across (?:the )?(?:teams?|board|company|org)|around (?:this|it|that|here)"
    r"|for (?:this|it|that|next time)|if possible|at some point"
    r"|in this area|of things|generally|please))*"
)
LEAD = (
    r"(?:(?:ai|todo|action(?: item)?|follow-?up|idea)s? ?[:-] *)?(?:(?:[-*•–] |\d{1,2}[.)] |\[ ?\] )\s*)*"
    r"(?:(?:we|i|you|they|let's|lets|everyone|people|the team|team|maybe|perhaps|please|just|also|and|then"
    r"|so)(?:'ll| will)? )*"
    r"(?:(?:need|needs|have|has|want|plan|try|ought) to |(?:should|must|could|will|can|shall|would)(?: all)? "
    r"|there (?:should|must|needs to) be )?"
    r"(?:(?:probably|definitely|really|also|just|maybe|try to|be sure to|make sure to) )*"
)
_VAGUE = pattern(
    rf"{LEAD}(?:(?:improv(?:e|ed|ing|ements? (?:of|to|in))|enhanc(?:e|ing)|strengthen(?:ing)?|increas(?:e|ing)"
    rf"|rais(?:e|ing)|optimi[sz](?:e|ing)|tighten(?:ing)?"
    r"|harden(?:ing)?|streamlin(?:e|ing)|invest(?:ing)? in|work(?:ing)? on|focus(?:ing)? on|better|more|good"
    r"|proper|stronger|clearer|do(?:ing)? (?:better|more)|add more|add better|add|have (?:better|more)"
    r"|need (?:better|more)|write (?:better|more)|get better at|expand|revisit|rethink|reconsider|clean up|fix"
    r"|polish|upgrade|review|look at|think about|consider|ensure|guarantee|provide|promote|encourage)"
    rf"{_FILLER} {GENERIC}(?:(?:,| and| or| &| /){_FILLER} {GENERIC})*{_LATER}"
    rf"|(?:be|being)(?: \w+)? (?:more )?(?:careful|cautious|diligent|proactive|vigilant|mindful|aware|attentive"
    rf"|responsible|disciplined|transparent|thorough)\b.*"
    r"|pay(?:ing)?(?: \w+)? attention\b.*|rais(?:e|ing) awareness\b.*|try(?:ing)? harder\b.*|tak(?:e"
    r"|ing) (?:more |better )?care\b.*"
    r"|communicat(?:e|ing)(?: \w+)? (?:better|more|earlier|clearly)\b.*|(?:test|document|monitor|review|plan"
    r"|check|log|alert|automate)(?:ing)?(?: (?:things|it|this|everything|changes|code))?(?: (?:much|way"
    r"|a lot))? (?:more|better|harder|thoroughly|properly|carefully|everything)"
    + _LATER
    + r"|(?:follow(?:ing)?|stick(?:ing)? to|adher(?:e|ing) to|respect(?:ing)?) (?:the "
    r"|our )?(?:\w+ )?(?:process(?:es)?|procedures?|rules?|guidelines?|best practices|policy|policies|runbooks?)"
    + _LATER
    + r"|(?:look(?:ing)? into|investigat(?:e|ing)|think(?:ing)? about|look(?:ing)? at|dig(?:ging)? into"
    r"|explor(?:e|ing)|discuss(?:ing)?|follow up(?: on)?|examin(?:e|ing)|analy[sz](?:e|ing)|understand(?:ing)?)"
    r"(?: (?:it|this|that|the (?:issue|problem|matter|topic|cause|root cause|options?|situation|incident)|options"
    r"|things|why|what happened))?"
    + _LATER
    + r"|mak(?:e|ing) (?:sure )?(?:the |our |this |that |it |things |everything )?(?:\w+ )?(?:is |are )?(?:more "
    r"|less |better|much better)(?:robust|reliable|resilient|stable|scalable|secure|visible|efficient|safe"
    r"|fragile|brittle|flaky)?"
    + _LATER
    + r"|(?:make sure|ensure)(?: that)? (?:this|it|that)(?: \w+)? (?:doesn't|does not|won't|never|cannot"
    r"|can't) (?:ever )?happens?\b.*"
    r"|(?:fix|solve|handle|address|resolve|improve|prevent) (?:it|this|that|things|the (?:issue|problem|bug"
    r"|root cause))"
    + _LATER
    + r"|do(?:ing)? (?:better|more)(?: \w+){0,2}|learn from (?:this|it).*|double[- ]check(?: (?:things|everything"
    r"|before))?.*|be better.*"
    r"|(?:remember|don't forget) to .*"
    r"|(?:about |roughly |around )?(?:quite (?:a (?:lot|few|bit|while)|some|many)|a lot|lots|many|some|several"
    r"|a (?:few|while|bit|bunch|number|handful)|loads|tons|plenty|most|not (?:that |too |so )?(?:many|much|long)"
    r"|long|too long|a long time|for a while)"
    r"(?: of)?(?: (?:them|it|people|customers|users|requests|orders|errors|time|minutes|hours|traffic"
    r"|tickets))?)[\s.!…]*"
)
_HEDGE = (
    r"(?:(?:clearly|really|just|also|all|definitely|probably|certainly|generally|a bit|quite|very|so|too|far|way|not"
    r"|rather|somewhat|always|still|kind of|sort of|pretty|partly) )*"
)
_SOME = (
    r"(?:(?:there|we) (?:was|were|is|are|have|had) )?(?:some|various|several|a few|a couple of|multiple|different"
    r"|lots of"
    r"|a lot of|many|the usual|certain|a number of|minor|plenty of|all sorts of|all kinds of|quite a few|general)"
)
_ABOUT = (
    r"(?:,? (?:with|in|on|around|between|about|of|at|from|to|within|across|regarding) (?:the |our |some |all )?[\w-]+)"
)
_STATED = pattern(
    rf"(?:(?:and|but|so|also|well|overall|generally|basically|in general),? )*(?:"
    rf"(?:the |our |all )?(?:[\w-]+ )?{GENERIC} (?:was|were|is|are|could be|could have been|must be|should be|has to be"
    rf"|have to be|needs? to be|can be|might be) {_HEDGE}(?:great|ideal|good|better|optimal|perfect|improved|smoother"
    rf"|best|enough|sufficient|lacking|suboptimal|inadequate|poor|incomplete|deficient|limited|weak|insufficient|clear"
    rf"|proper|strengthened|enhanced|tightened|smooth"
    rf"|okay|ok|up to scratch|followed|done|respected|revisited|reviewed){_HEDGE}(?: ?\b(?:properly|correctly|fully"
    rf"|well|better|enough|as needed|across the board|everywhere|in future|between \w+))*"
    r"(?:,? (?:needs|and needs) (?:improvement|work|attention))?"
    rf"|(?:the |our |all )?(?:[\w-]+ )?{GENERIC} (?:needs?|lacks?|requires?|leaves?|wants?|broke down|went wrong"
    rf"|failed|suffered)"
    r"(?: (?:some|more|a lot of|better|much|further|to be|to))*(?: (?:work|improvement|improvements|attention|love"
    r"|improve"
    r"|improved|be desired|desired|structure|clarity|better|investment))*"
    r"|(?:things|it|this|that|we|all|everything) could (?:have )?(?:go|gone|been|be|done|do|handled|went|work"
    r"|worked)(?: \w+)? (?:better|smoother|faster|quicker|earlier|more smoothly)"
    rf"|(?:the |our )?(?:[\w-]+ )?{GENERIC} (?:needs|has|have|need) to (?:get|become|be) (?:much |a lot )?(?:better"
    rf"|improved"
    r"|clearer|smoother|stronger)|(?:it|this|that|the \w+) (?:was|is) (?:a bit of |kind of |quite |all "
    r"|just )?(?:a )?(?:mess"
    r"|chaos|chaotic|nightmare)"
    rf"|(?:better|more|improved|stronger|clearer|proper|additional|further) (?:[\w-]+ )?(?:{GENERIC}) (?:is|are|was"
    rf"|were"
    r"|would be|will be) (?:needed|required|necessary|useful|helpful|desirable|good|nice)"
    rf"|{_SOME} (?:[\w-]+ )?(?:things|issues|problems|difficulties|challenges|gaps|errors|hiccups|glitches|stuff"
    rf"|customers|users|teams|people|systems|services|factors|reasons|mistakes|misunderstandings"
    rf"|delays)(?: (?:went wrong"
    r"|happened|occurred|arose|(?:was|were) (?:affected|unhappy|impacted|involved|slow|broken|down|lost|annoyed)"
    rf"|complained|broke|failed|here and there|in one way or another|somehow|for a while|for some time)|{_ABOUT})*"
    r"|(?:things|stuff|everything|all|it|systems|this|that) (?:was|were|went|got|took|broke|is|became|ran|felt|kind of)"
    rf" {_HEDGE}(?:ideal|great|slow|long|wrong|bad|badly|broke|broken|messy|complicated|hectic|confusing|chaotic|good"
    rf"|well"
    r"|smooth|smoothly|unclear|difficult|hard|rough|tricky|late|suboptimal|better|okay|ok|fine)?"
    r"(?: (?:for (?:a while|some time|a bit|long|quite some time|everyone)|somehow|again|at times|at first"
    r"|in general))*"
    r"(?:,? (?:and |then )?(?:we|they) (?:fixed|solved|restored|handled|managed) (?:it|things))?"
    rf"|there (?:is|was|were|are) {_HEDGE}(?:room for improvement|a lot to improve|much to (?:improve|learn)"
    rf"|things to improve)(?:{_ABOUT})*"
    rf"|there (?:was|were|is|are) (?:some |a few |several |many |certain )?(?:[\w-]+ )?(?:problems|issues|gaps"
    rf"|difficulties|misunderstandings|confusion|challenges)(?:{_ABOUT})*(?: (?:the|our) \w+)?"
    r"|(?:we|i|everybody|everyone|people|the team) (?:will|need to|have to|must|should|want to|can|could|shall|try to"
    rf"|ought to) (?:all )?(?:try to )?(?:do|be|get|improve|communicate|test|learn|work|perform) {_HEDGE}(?:better|more"
    r"|a lot|things|harder|faster|quicker|earlier|from this|smarter|together)(?: (?:next time|in (?:the )?future|here"
    r"|from now on|together))*"
    r"|more (?:attention|care|caution|focus|discipline|diligence|ownership|awareness)(?: (?:to|on|for|about|of) \w+)?"
    r"(?: (?:next time|in (?:the )?future|from now on|is needed|needed|please))?"
    rf"|(?:some |the |our |general )?(?:[\w-]+ )?{GENERIC} (?:gaps?|issues?|problems?|failures?|difficulties|weaknesses"
    r"|shortcomings|breakdowns?)"
    r"|(?:we|i|people|everyone) (?:will |need to |have to |must |should )+take \w+ (?:more )?seriously"
    r")[\s.!…]*"
)
_SPECIFIC = pattern(r"[0-9]|\x60|https?://|<#|<http|so that|/[a-z]+/")
_LINE = pattern(r"[^\n]+")
_CLAUSES = pattern(r"[.;!?\n]+(?:\s|$)|\n")
#: A vague line is short; the rules are about what it leaves out.
_LONGEST_LINE, _LONGEST = 400, 120


def vague_places(text: str) -> Iterator[Place]:
    """The sentences of `text` that are vague as a whole."""
    for line in _LINE.finditer(text):
        start, end = line.start(), line.end()
        if end - start > _LONGEST_LINE:
            continue
        for first, last in _sentences(text, start, end):
            words = text[first:last].strip()
            if not 3 < len(words) <= _LONGEST or _SPECIFIC.search(words):
                continue
            if _VAGUE.fullmatch(words):
                yield Place(first, last, "a vague wish")
            elif _STATED.fullmatch(words):
                yield Place(first, last, "a vague statement")


def is_vaguely_said(text: str) -> bool:
    """Whether a sentence of `text` is vague as a whole."""
    return next(vague_places(plain(text)), None) is not None


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for each in _CLAUSES.finditer(text[start:end]):
        yield at, start + each.start()
        at = start + each.end()
    if at < end:
        yield at, end
