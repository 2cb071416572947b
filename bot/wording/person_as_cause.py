"""Where does a text tell of a person, a team or a supplier as the cause?

What people did in their roles ("the on-call engineer rolled back") is no cause, nor what they could not know.
"""

from __future__ import annotations

from bot.wording.persons import deeds, self_blame, sideways, sources

RULES = (*deeds.RULES, *sources.RULES, *self_blame.RULES, *sideways.RULES)
