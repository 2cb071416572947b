"""Which counts of a text say what was put right, and not what was hit? "4,118 rows repaired" is no impact."""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.amounts import AMOUNT

_REPAIRED = (
    r"(?:repaired|fixed|refunded|reimbursed|credited|compensated|restored|replayed|back-?filled|re-?processed|corrected"
    r"|re-?sent|re-?delivered|re-?run|re-?imported|re-?built|re-?indexed|healed)"
)
_BEEN = r"(?:(?:were|was|are|is|have|has|had|been|being|got|all|now|since|then|already|fully|successfully|by hand) )*"
#: "4,118 rows repaired", "312 of the orders have been refunded", "we restored all 40 files".
REPAIR = (
    rf"(?:(?:{AMOUNT} (?:out )?of )?{AMOUNT} (?:of (?:the |our |all |these |those |them )*)?(?:[\pL-]+ ){{0,2}}?"
    rf"{_BEEN}{_REPAIRED}\b"
    rf"|\b{_REPAIRED} (?:(?:all|the|about|around|some|of|another|a total of) )*{AMOUNT}(?: [\pL-]+)?)"
)
_REPAIR = pattern(REPAIR)
#: What is said beside it, and is part of the same: "0 lost", "nothing left".
_NOTHING_LEFT = pattern(
    r"\b(?:0|zero|no|none|nothing)(?: of (?:them|these|it))?(?: [\pL-]+)?(?: (?:were|was|is|are))?"
    r" (?:lost|missing|left)\b"
)


def without_repairs(text: str) -> str:
    """`text` without its counts of what was put right; `text` itself where it has none."""
    flat = plain(text)
    rest = _REPAIR.sub(" ", flat)
    return text if rest == flat else _NOTHING_LEFT.sub(" ", rest)
