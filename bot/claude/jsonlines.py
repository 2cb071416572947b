"""How is a value written so that nothing in it can end an element, open a tag, or begin a line of its own?"""

from __future__ import annotations

import json


def as_data(value: object) -> str:
    """A value as JSON on one line, without `<`, `>` and `&`."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
