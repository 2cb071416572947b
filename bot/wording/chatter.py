"""Is a message only talk beside the matter, kept but never printed?"""

from __future__ import annotations

from bot.patterns import pattern, plain

_TO = (
    r"(?:,? (?:<@[^<>]+>|@?[\w.-]+|(?:so|very) much|a lot|for (?:that|this|the \w+)|you all|both|all|everyone"
    r"|guys|folks|team))?"
)
_PHRASE = (
    r"(?:(?:many )?(?:thanks|thank you|thx|thnx|ty|tysm|cheers|ta|danke|merci|gracias|kudos|props)"
    + _TO
    + r"|(?:hi|hello|hey|hiya|morning|good (?:morning|afternoon|evening)|bye|goodbye|cya|see (?:you"
    r"|ya)(?: later)?|welcome)" + _TO + r"|you(?:'re| are) welcome|no problem|np|nw|no worries|my pleasure|anytime"
    r"|brb|bbl|bbs|afk|back|(?:i'?m |am )?(?:back|here|in|around|joining|joined|away|out|off)(?: (?:now|again"
    r"|in a (?:sec|bit|minute)|too))?"
    r"|(?:joining|on my way|omw|be right (?:there|back)|coming|(?:i'll |will )?(?:be there"
    r"|join)(?: (?:in a (?:sec|bit|minute)|soon|shortly|now))?)"
    r"|(?:just )?(?:one|a|1|give me (?:one|a|1)|gimme (?:one|a)|in a|wait a|hold on a) (?:sec(?:ond)?|mo(?:ment)?"
    r"|min(?:ute)?|bit|tick|while)s?(?: please| pls)?"
    r"|hang on|hold on|wait|let me (?:check|look|see|think|have a look)|(?:i'?m )?(?:checking|looking|typing"
    r"|thinking|reading)(?: (?:now|it up))?|on it"
    r"|lo+l|rofl|lmao|(?:ha){2,}h?|he(?:he)+|hm+|mm+|ah+|oh+|uh+|um+|er+|wow|whoa|oops|ouch|ugh|argh|omg|yikes"
    r"|phew|meh|yay|woo+t?|yup yup"
    r"|ok(?:ay)?|k|kk|okey|alright|all right|sure|sure thing|cool|great|nice|perfect|awesome|amazing|excellent"
    r"|brilliant|lovely|super|sweet|neat|good|fine"
    r"|agreed|agree|i agree|same|same here|me too|this|exactly|indeed|true|right|fair|fair (?:enough|point)"
    r"|makes sense|sounds good|lgtm|sgtm|got it|gotcha"
    r"|ack|acked|acknowledged|understood|noted|roger|copy(?: that)?|will do|wilco|interesting|good (?:question"
    r"|point|one|idea|job|work|catch|stuff)"
    r"|(?:nice|great|well) (?:one|work|job|done|catch|find)|well done|sorry|sry|my bad|apologies"
    r"|sorry for the (?:delay|noise)|never ?mind|nvm|ignore (?:that|this|me)"
    r"|wrong (?:channel|thread)|bump|ping|test|testing|still here|anyone(?: here| there)?|are you there|(?:in"
    r"|at) (?:a )?(?:meeting|lunch)|coffee first|fingers crossed|let's go"
    r"|(?:(?:i|i'll|i'd|we|we'll|let's|can we|please) )?(?:pass|skip)(?: (?:on )?(?:it|this|that)(?: one)?)?"
    r"|\+1|\+\+|-1|:[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?|<@[^<>]+>|[xo]{2,}|[:;=]-?[)(dpo/|*]|<3|&lt;3|\^\^?|[!?.…]+"
    r"|[\p{So}\p{Sk}\x{fe0f}\x{200d}\x{20e3}\x{2190}-\x{21ff}\x{2600}-\x{27bf}\x{e0020}-\x{e007f}]+)"
)
_CHATTER = pattern(
    rf"[\s,.!…~-]*{_PHRASE}(?:[\s,.!?…~()&;-]+{_PHRASE}|[\p{{So}}\p{{Sk}}\x{{fe0f}}\x{{200d}}]+"
    rf"|[\s,.!?…~)]+)*"
)
_FOOD = (
    r"(?:pizzas?|coffees?|tea|lunch|dinner|breakfast|beers?|drinks?|snacks?|cakes?|cookies|dough?nuts?|sandwich(?:es)?"
    r"|sushi|burgers?|kebabs?|ice ?cream|food|crisps|croissants?|chocolate|biscuits?|fruit)"
)
#: "Anyone want the last pizza", "going for coffee", "lunch anyone?": what people who sit together say beside it all.
_ASKS_WHO = (
    r"(?:(?:does|do|would|has|did|is) )?(?:any(?:one|body)|who|some(?:one|body)|you(?: guys| all)?)(?: else| here)?"
    r"(?: still| also)? (?:wants?|fanc(?:y|ies)|up for|in for|needs?|likes?|would like|hungry for|having|getting"
    r"|ordering|took|takes?|ate|brought|brings?|got|grabs?)"
)
_GOES = r"(?:(?:i'm|i am|we're|we are) )?(?:going|off|out|heading|back)(?: out)? (?:for|to|from|to get|to grab)"
_EATS = (
    r"(?:i'll|i will|let me|let's|i'm|i need|we need|we should)(?: go(?: and)?| just| all)?"
    r"(?: (?:grab|get|have|order|eat|take|getting|having|ordering|eating))?"
)
_AT_THE_TABLE = pattern(
    r"\W*(?:(?:hey|ok|and|so|btw|oh)\W+)?(?:"
    rf"{_ASKS_WHO}\b[^.!?\n]{{0,40}}\b{_FOOD}"
    r"(?: (?:too|left|or|with|now|today|from|before|for|at|in)\b[^.!?\n]{0,30})?"
    rf"|(?:the |my |our )?{_FOOD} (?:is|are|has|have) (?:here|there|ready|cold|arrived|gone|on (?:me|the way)"
    r"|in the kitchen)\b[^.!?\n]{0,30}"
    rf"|{_GOES} (?:a |some |my )?{_FOOD}\b[^.!?\n]{{0,30}}"
    rf"|{_EATS} (?:a |some |my )?{_FOOD}(?:[ ,][^.!?\n]{{0,20}})?"
    rf"|{_FOOD}(?:,? (?:any(?:one|body)|break|time|first|now))?"
    r"|(?:i'm |we're )?(?:so )?(?:hungry|starving))[\s.!?…~)]*"
)
#: Longer texts say something, whatever they are made of.
_LONGEST = 200


def is_chatter(text: str) -> bool:
    """Whether `text` holds thanks, greetings, reactions, "one sec" or talk at the table and nothing else.

    A short answer ("no", "none", "20%", "yes, 14:02") is never chatter, nor is an empty text.
    """
    if len(text) > _LONGEST:
        return False
    said = plain(text).strip()
    if not said or said in ("?", ".", "-"):
        return False
    return _CHATTER.fullmatch(said) is not None or _AT_THE_TABLE.fullmatch(said) is not None
