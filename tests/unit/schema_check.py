"""Does a value have the form that a JSON Schema describes? The few keywords that ours uses, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None),
}  # fmt: skip
_KNOWN = {
    "$schema", "$id", "$ref", "$defs", "title", "type", "required", "properties", "additionalProperties", "items",
    "enum", "const", "pattern", "anyOf", "minItems", "maxItems",
}  # fmt: skip


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = "$") -> list[str]:
    """Where the value has another form; empty when it has that of the schema."""
    unknown = set(schema) - _KNOWN
    assert not unknown, f"the check does not know {unknown}"
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix("#/$defs/")
        return faults(value, root["$defs"][name], root, at)
    if "anyOf" in schema:
        each = [faults(value, one, root, at) for one in schema["anyOf"]]
        return [] if [] in each else min(each, key=len)
    return list(_faults(value, schema, root, at))


def _faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{at} is {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} is {value!r}"
    kind = schema.get("type")
    if kind is None:
        return
    if not isinstance(value, _TYPES[kind]) or (kind == "integer" and isinstance(value, bool)):
        yield f"{at} is no {kind}"
        return
    if "pattern" in schema and not re.search(schema["pattern"], str(value)):
        yield f"{at} is {value!r}"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at} has {len(value)}"
        for number, each in enumerate(value):
            yield from faults(each, schema.get("items", {}), root, f"{at}[{number}]")
    if isinstance(value, dict):
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        yield from (f"{at} lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, each in value.items():
            if name in properties:
                yield from faults(each, properties[name], root, f"{at}.{name}")
            elif more is False:
                yield f"{at} has {name}"
            elif isinstance(more, dict):
                yield from faults(each, more, root, f"{at}.{name}")
