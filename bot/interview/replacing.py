"""How does a value become the next one? Like `dataclasses.replace`, which takes long where a value has many fields."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Checked as the function that it stands for.
    from dataclasses import replace as replace
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """What `dataclasses.replace` gives back: a value without slots is copied as a whole instead of field by field.

        An interview has sixty fields, and every event replaces it several times. Raises TypeError for a field that
        there is not.
        """
        kind = value.__class__
        names = _names(kind)
        if names is None:
            return dataclasses.replace(value, **changes)
        if not changes.keys() <= names:
            raise TypeError(f"{kind.__name__} has no {', '.join(sorted(changes.keys() - names))}")
        new = object.__new__(kind)
        new.__dict__.update(value.__dict__, **changes)
        return new


@cache
def _names(kind: type) -> frozenset[str] | None:
    """The fields of a plain value; None where making one does more than to set them."""
    if hasattr(kind, "__slots__") or hasattr(kind, "__post_init__"):
        return None
    every = dataclasses.fields(kind)
    return frozenset(f.name for f in every) if all(f.init for f in every) else None
