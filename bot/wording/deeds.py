"""What was done to end it, in words that somebody outside the trade follows: "rolled back 4312" is a change undone."""

from __future__ import annotations

from bot.patterns import NOT_JOINED, pattern, plain

#: What is looked for, in this order, and how it is told: what undoes or replaces comes before what only helps.
_DEEDS = tuple(
    (pattern(words), told)
    for words, told in (
        (
            r"\b(?:roll(?:ed|ing)?[ -]?back|rollback|revert(?:ed|ing)?|back(?:ed|ing) out)\b"
            r"|\bput(?:ting)? (?:the |our )?(?:old|previous|last|former|earlier)\b.{0,30}\bback\b"
            r"|\b(?:switch(?:ed|ing)|went|going|moved|moving|changed|changing) back to (?:the |our )?"
            r"(?:old|previous|last|former|earlier|v?\d|[\pL-]+ v?\d)",
            "a change was undone",
        ),
        (
            r"\b(?:fail(?:ed|ing)?[ -]?over|failover|rerout(?:ed|ing)|drain(?:ed|ing)"
            r"|(?:mov(?:ed|ing)|shift(?:ed|ing)|switch(?:ed|ing)) (?:all |the )?traffic)\b",
            "the work was moved to another place",
        ),
        (
            r"\b(?:(?:disabl|turn|switch|flagg|flipp)(?:ed|ing)\b.{0,40}\b(?:flag|off|feature)|disabled|turned off"
            r"|switched off)\b",
            "a part was switched off",
        ),
        (r"\b(?:restart(?:ed|ing)?|reboot(?:ed|ing)?|bounc(?:ed|ing))\b", "a part was restarted"),
        (
            r"\b(?:scal(?:ed|ing) (?:up|out)|(?:add|rais|increas|doubl)(?:ed|ing)\b.{0,40}\b(?:capacity|replicas|nodes"
            r"|instances|pods|workers|limits?|quotas?|connections|memory|disk|pool))\b",
            "room was added",
        ),
        (r"\b(?:renew(?:ed|ing)?|rotat(?:ed|ing))\b", "what had run out was renewed"),
        (r"\b(?:block(?:ed|ing)|throttl(?:ed|ing)|rate[ -]limit(?:ed|ing))\b", "some of the load was held back"),
        (
            r"\b(?:hot[ -]?fix(?:ed)?|patch(?:ed|ing)|fix (?:is |was |has been )?(?:deployed|live|out|merged|released"
            r"|shipped)|(?:deployed|released|shipped) (?:a|the) fix)\b",
            "a fix was put in place",
        ),
    )
)
_NOT_DONE = pattern(
    r"\b(?:not|never|should|could|would|will|going to|let's|can we|todo|before we|cannot|can't|unable)\b"
    rf"|{NOT_JOINED}\b"
)


def deed(text: str) -> str:
    """What `text` says was done, as a short clause; empty where no rule knows it, or it was not done."""
    flat = plain(text)
    if flat.rstrip().endswith("?") or _NOT_DONE.search(flat) is not None:
        return ""
    return next((told for words, told in _DEEDS if words.search(flat) is not None), "")
