"""Where does a text stay so vague that nobody could begin, check or picture it?

The rule reads one sentence of an answer at a time and wants the whole of it; `bot/actions/gate.py` asks more of items.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.patterns import pattern, plain
from bot.wording.rule import Place

GENERIC = (
    r"(?:monitoring|alerting|alerts|logging|logs|observability|metrics|testing|tests|test coverage|coverage"
    r"|documentation|docs|process(?:es)?|procedures?|communications?|training|trainings|knowledge(?: sharing)?"
    r"|(?:code |peer )?reviews?|(?:code )?quality|reliability|resilience|resiliency|robustness|stability|visibility"
    r"|awareness|collaboration|coordination|tooling|tools|onboarding|performance|security|runbooks|playbooks|response"
    r"|responses|handovers?|planning|practices|best practices|things|it|this|that|everything|systems?|the system"
    r"|infrastructure|infra|architecture|automation|attention|care|discipline|transparency|culture|mindset"
    r"|deployments?|deploys|releases?|on-?call|incident (?:response|management|handling)|change management|safety"
    r"|checks|safeguards|error handling|scalability|capacity|response times?)"
)
_FILLER = (
    r"(?: (?:our|the|some|a|more|better|overall|general|in|on|any|all|team's|current|existing|internal|up|further"
    r"|stronger|proper|good|lot of|bit of))*"
)
_LATER = (
    r"(?: (?:for (?:the |our |all |every )?(?:teams?|everyone|everybody|people|engineers|developers|staff|newcomers"
    r"|juniors|on-?call)|in general|overall|next time|in (?:the )?future|going forward|from now on|soon|a bit|a lot"
    r"|here|there|everywhere|further|somehow|more|better|in the team|as a team|across (?:the )?(?:teams?|board|company"
    r"|org)|around (?:this|it|that|here)|for (?:this|it|that|next time)|if possible|at some point|in this area"
    r"|of things|generally|please))*"
)
LEAD = (
    r"(?:(?:ai|todo|action(?: item)?|follow-?up|idea)s? ?[:-] *)?(?:(?:[-*•–] |\d{1,2}[.)] |\[ ?\] )\s*)*(?:(?:we|i"
    r"|you|they|let's|lets|everyone|people|the team|team|maybe|perhaps|please|just|also|and|then|so)(?:'ll"
    r"| will)? )*(?:(?:need|needs|have|has|want|plan|try|ought) to |(?:should|must|could|will|can|shall"
    r"|would)(?: all)? |there (?:should|must|needs to) be )?(?:(?:probably|definitely|really|also|just|maybe|try to"
    r"|be sure to|make sure to) )*"
)
_VAGUE = pattern(
    rf"{LEAD}(?:(?:improv(?:e|ed|ing|ements? (?:of|to|in))|enhanc(?:e|ing)|strengthen(?:ing)?|increas(?:e|ing)"
    rf"|rais(?:e|ing)|optimi[sz](?:e|ing)|tighten(?:ing)?"
    r"|harden(?:ing)?|streamlin(?:e|ing)|invest(?:ing)? in|work(?:ing)? on|focus(?:ing)? on|better|more|good|proper"
    r"|stronger|clearer|do(?:ing)? (?:better|more)|add more|add better|add|have (?:better|more)|need (?:better|more)"
    r"|write (?:better|more)|get better at|expand|revisit|rethink|reconsider|clean up|fix|polish|upgrade|review"
    r"|look at|think about|consider|ensure|guarantee|provide|promote|encourage)"
    rf"{_FILLER} {GENERIC}(?:(?:,| and| or| &| /){_FILLER} {GENERIC})*{_LATER}|(?:be"
    rf"|being)(?: \w+)? (?:more )?(?:careful|cautious|diligent|proactive|vigilant|mindful|aware|attentive|responsible"
    rf"|disciplined|transparent|thorough)\b.*"
    r"|pay(?:ing)?(?: \w+)? attention\b.*|rais(?:e|ing) awareness\b.*|try(?:ing)? harder\b.*|tak(?:e|ing) (?:more "
    r"|better )?care\b.*|communicat(?:e|ing)(?: \w+)? (?:better|more|earlier|clearly)\b.*|(?:test|document|monitor"
    r"|review|plan|check|log|alert|automate)(?:ing)?(?: (?:things|it|this|everything|changes|code))?(?: (?:much|way"
    r"|a lot))? (?:more|better|harder|thoroughly|properly|carefully|everything)"
    + _LATER
    + r"|(?:follow(?:ing)?|stick(?:ing)? to|adher(?:e|ing) to|respect(?:ing)?) (?:the "
    r"|our )?(?:\w+ )?(?:process(?:es)?|procedures?|rules?|guidelines?|best practices|policy|policies|runbooks?)"
    + _LATER
    + r"|(?:look(?:ing)? into|investigat(?:e|ing)|think(?:ing)? about|look(?:ing)? at|dig(?:ging)? into"
    r"|explor(?:e|ing)|discuss(?:ing)?|follow up(?: on)?|examin(?:e|ing)|analy[sz](?:e|ing)"
    r"|understand(?:ing)?)(?: (?:it|this|that|the (?:issue|problem|matter|topic|cause|root cause|options?|situation"
    r"|incident)|options|things|why|what happened))?"
    + _LATER
    + r"|mak(?:e|ing) (?:sure )?(?:the |our |this |that |it |things |everything )?(?:\w+ )?(?:is |are )?(?:more "
    r"|less |better|much better)(?:robust|reliable|resilient|stable|scalable|secure|visible|efficient|safe|fragile"
    r"|brittle|flaky)?"
    + _LATER
    + r"|(?:make sure|ensure)(?: that)? (?:this|it|that)(?: \w+)? (?:doesn't|does not|won't|never|cannot"
    r"|can't) (?:ever )?happens?\b.*|(?:fix|solve|handle|address|resolve|improve|prevent) (?:it|this|that|things"
    r"|the (?:issue|problem|bug|root cause))"
    + _LATER
    + r"|do(?:ing)? (?:better|more)(?: \w+){0,2}|learn from (?:this|it).*|double[- ]check(?: (?:things|everything"
    r"|before))?.*|be better.*|(?:remember|don't forget) to .*|(?:about |roughly |around )?(?:quite (?:a (?:lot|few"
    r"|bit|while)|some|many)|a lot|lots|many|some|several|a (?:few|while|bit|bunch|number|handful)|loads|tons|plenty"
    r"|most|not (?:that |too |so )?(?:many|much|long)|long|too long|a long time|for a while)(?: of)?(?: (?:them|it"
    r"|people|customers|users|requests|orders|errors|time|minutes|hours|traffic|tickets))?)[\s.!…]*"
)
_HEDGE = (
    r"(?:(?:clearly|really|just|also|all|definitely|probably|certainly|generally|a bit|quite|very|so|too|far|way|not"
    r"|rather|somewhat|always|still|kind of|sort of|pretty|partly) )*"
)
_SOME = (
    r"(?:(?:there|we) (?:was|were|is|are|have|had) )?(?:some|various|several|a few|a couple of|multiple|different"
    r"|lots of|a lot of|many|the usual|certain|a number of|minor|plenty of|all sorts of|all kinds of|quite a few"
    r"|general)"
)
_ABOUT = (
    r"(?:,? (?:with|in|on|around|between|about|of|at|from|to|within|across|regarding) (?:the |our |some |all )?[\w-]+)"
)
_STATED = pattern(
    rf"(?:(?:and|but|so|also|well|overall|generally|basically|in general),? )*(?:(?:the |our "
    rf"|all )?(?:[\w-]+ )?{GENERIC} (?:was|were|is|are|could be|could have been|must be|should be|has to be|have to be"
    rf"|needs? to be|can be|might be) {_HEDGE}(?:great|ideal|good|better|optimal|perfect|improved|smoother|best|enough"
    rf"|sufficient|lacking|suboptimal|inadequate|poor|incomplete|deficient|limited|weak|insufficient|clear|proper"
    rf"|strengthened|enhanced|tightened|smooth|okay|ok|up to scratch|followed|done|respected|revisited"
    rf"|reviewed){_HEDGE}(?: ?\b(?:properly|correctly|fully|well|better|enough|as needed|across the board|everywhere"
    rf"|in future|between \w+))*"
    r"(?:,? (?:needs|and needs) (?:improvement|work|attention))?"
    rf"|(?:the |our |all )?(?:[\w-]+ )?{GENERIC} (?:needs?|lacks?|requires?|leaves?|wants?|broke down|went wrong"
    rf"|failed|suffered)"
    r"(?: (?:some|more|a lot of|better|much|further|to be|to))*(?: (?:work|improvement|improvements|attention|love"
    r"|improve|improved|be desired|desired|structure|clarity|better|investment))*|(?:things|it|this|that|we|all"
    r"|everything) could (?:have )?(?:go|gone|been|be|done|do|handled|went|work|worked)(?: \w+)? (?:better|smoother"
    r"|faster|quicker|earlier|more smoothly)"
    rf"|(?:the |our )?(?:[\w-]+ )?{GENERIC} (?:needs|has|have|need) to (?:get|become|be) (?:much |a lot )?(?:better"
    rf"|improved"
    r"|clearer|smoother|stronger)|(?:it|this|that|the \w+) (?:was|is) (?:a bit of |kind of |quite |all "
    r"|just )?(?:a )?(?:mess|chaos|chaotic|nightmare)"
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
    r"|smooth|smoothly|unclear|difficult|hard|rough|tricky|late|suboptimal|better|okay|ok|fine|a long time|forever"
    r"|ages|a while)?(?: (?:for (?:a while|some time|a bit|long|quite some time|everyone)|somehow|again|at times"
    r"|at first|in general))*(?:,? (?:and |then )?(?:we|they) (?:fixed|solved|restored|handled|managed) (?:it"
    r"|things))?"
    rf"|there (?:is|was|were|are) {_HEDGE}(?:room for improvement|a lot to improve|much to (?:improve|learn)"
    rf"|things to improve)(?:{_ABOUT})*|there (?:was|were|is|are) (?:some |a few |several |many "
    rf"|certain )?(?:[\w-]+ )?(?:problems|issues|gaps|difficulties|misunderstandings|confusion"
    rf"|challenges)(?:{_ABOUT})*(?: (?:the|our) \w+)?"
    r"|(?:we|i|everybody|everyone|people|the team) (?:will|need to|have to|must|should|want to|can|could|shall|try to"
    rf"|ought to) (?:all )?(?:try to )?(?:do|be|get|improve|communicate|test|learn|work|perform) {_HEDGE}(?:better|more"
    r"|a lot|things|harder|faster|quicker|earlier|from this|smarter|together)(?: (?:next time|in (?:the )?future|here"
    r"|from now on|together))*|more (?:attention|care|caution|focus|discipline|diligence|ownership|awareness)(?: (?:to"
    r"|on|for|about|of) \w+)?(?: (?:next time|in (?:the )?future|from now on|is needed|needed|please))?"
    rf"|(?:some |the |our |general )?(?:[\w-]+ )?{GENERIC} (?:gaps?|issues?|problems?|failures?|difficulties|weaknesses"
    r"|shortcomings|breakdowns?)|(?:we|i|people|everyone) (?:will |need to |have to |must "
    r"|should )+take \w+ (?:more )?seriously)[\s.!…]*"
)
_SPECIFIC = pattern(r"[0-9]|\x60|https?://|<#|<http|so that|/[a-z]+/")
_LINE = pattern(r"[^\n]+")
_CLAUSES = pattern(r"[.;!?\n]+(?:\s|$)|\n")
#: A vague line is short; the rules are about what it leaves out.
_LONGEST_LINE, _LONGEST, _SHORTEST = 400, 120, 3


def vague_places(text: str) -> Iterator[Place]:
    """The sentences of `text` that are vague as a whole."""
    for line in _LINE.finditer(text):
        start, end = line.start(), line.end()
        if end - start > _LONGEST_LINE:
            continue
        for first, last in _sentences(text, start, end):
            words = text[first:last].strip()
            if not _SHORTEST < len(words) <= _LONGEST or _SPECIFIC.search(words):
                continue
            if _VAGUE.fullmatch(words):
                yield Place(first, last, "a vague wish")
            elif _STATED.fullmatch(words):
                yield Place(first, last, "a vague statement")


def is_vaguely_said(text: str) -> bool:
    """Whether a sentence of `text` is vague as a whole."""
    return len(text) > _SHORTEST and next(vague_places(plain(text)), None) is not None


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for each in _CLAUSES.finditer(text[start:end]):
        yield at, start + each.start()
        at = start + each.end()
    if at < end:
        yield at, end
