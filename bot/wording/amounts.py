"""How do people write an amount: in digits, in words, with a sign of about or more before it?"""

from __future__ import annotations

WORD_NUMBER = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|a hundred|hundreds?|a thousand|thousands?|a million|millions?|a dozen"
    r"|dozens?|a couple(?: of)?|half)"
)
NUMERAL = r"(?:[~≈<>≤≥+]|&[lg]t;)? ?\d+(?:[.,' ]\d{3})*(?:[.,]\d+)?(?: ?[kKmM]\b)?\+?"
AMOUNT = rf"(?:{NUMERAL}|\b{WORD_NUMBER}\b)"
