"""From a validation error to (field, reason) pairs that a teacher can act on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from lrlab.grading.templates import unknown

_LONGEST_SHOWN = 60
_REASONS = {
    "missing": "is missing",
    "float_type": "must be a number",
    "string_type": "must be a text in quotes",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "finite_number": "must be a finite number",
    "union_tag_not_found": "says no kind",
}


def complaints(error: ValidationError, data: Any, model: type[BaseModel]) -> list[tuple[str, str]]:
    """Every field that was refused, once, with the reasons in words."""
    schema = model.model_json_schema()
    found: dict[str, dict[str, None]] = {}
    for detail in error.errors(include_url=False):
        path = _path(detail["loc"], data, detail["type"])
        field, reason = _reason(detail, path, data, schema)
        found.setdefault(field, {})[reason] = None
    return [(field, "; or ".join(reasons)) for field, reasons in found.items()]


def _path(location: Sequence[int | str], data: Any, kind: str) -> list[int | str]:
    """The location without the parts that name a type or a variant of one, which are not in the file."""
    path: list[int | str] = []
    for place, part in enumerate(location):
        in_list = isinstance(data, tuple) and isinstance(part, int)
        if in_list or (isinstance(data, dict) and part in data):
            data = data[part]
        elif kind != "missing" or place < len(location) - 1:
            continue
        path.append(part)
    return path


def _reason(detail: Any, path: list[int | str], data: Any, schema: Any) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = sorted(_fields(schema, path[:-1], data))
        return _dotted(path), unknown("field", str(path[-1]), known)
    if kind == "union_tag_invalid":
        known = [name.strip("' ") for name in detail["ctx"]["expected_tags"].split(",")]
        return _dotted([*path, "kind"]), unknown("kind", detail["ctx"]["tag"], known)
    if kind == "union_tag_not_found":
        return _dotted([*path, "kind"]), "is missing"
    if kind == "missing":
        return _dotted(path), "is missing"
    if kind == "value_error":
        return _dotted(path), str(detail["ctx"]["error"])
    if kind in _REASONS:
        return _dotted(path), f"is {_shown(detail['input'])}; it {_REASONS[kind]}"
    message = detail["msg"].replace("Input should", "it should").replace("String should", "it should")
    message = message.replace("should", "must").replace("Tuple must have", "it must have")
    return _dotted(path), f"is {_shown(detail['input'])}; {message}"


def _fields(schema: Any, path: Iterable[int | str], data: Any) -> set[str]:
    """The fields that the schema knows at a place in the file."""
    here = [schema]
    for part in path:
        here = [inner for outer in here for inner in _step(_opened(outer, schema, data), part)]
        data = data[part]
    return {
        name
        for outer in here
        for opened in _opened(outer, schema, data)
        for name in opened.get("properties", ())
    }


def _step(schemas: Iterable[Any], part: int | str) -> Iterator[Any]:
    for schema in schemas:
        if part in schema.get("properties", ()):
            yield schema["properties"][part]
        elif isinstance(part, int) and "items" in schema:
            yield schema["items"]
        elif isinstance(schema.get("additionalProperties"), dict):
            yield schema["additionalProperties"]


def _opened(schema: Any, root: Any, data: Any) -> list[Any]:
    """The alternatives of a schema that the data can mean: of several kinds, the one it says."""
    if "$ref" in schema:
        return _opened(root["$defs"][schema["$ref"].rpartition("/")[2]], root, data)
    alternatives = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if alternatives:
        return [opened for one in alternatives for opened in _opened(one, root, data)]
    kind = schema.get("properties", {}).get("kind", {}).get("const")
    if kind is not None and isinstance(data, dict) and data.get("kind") != kind:
        return []
    return [schema]


def _dotted(path: Iterable[int | str]) -> str:
    return ".".join(str(part) for part in path) or "-"


def _shown(value: Any) -> str:
    text = "a table" if isinstance(value, dict) else "a list" if isinstance(value, tuple) else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
