"""From text to records: JSON, JSON lines, tables with a header, bare columns of numbers, and lines of words."""

import csv
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lrlab.diagnosis.log_names import EPOCHS, LOSSES, RATES, STEPS, Role, role

NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+\.\d*|\d+(?:[.,]\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)"
VALUE = re.compile(rf"\s*['\"]?({NUMBER})['\"]?\s*", re.IGNORECASE | re.ASCII)
PAIR = re.compile(
    r"(?<![\w])([A-Za-z][\w./'-]{0,40}?(?:[ ][A-Za-z][\w./'-]{0,40}?){0,2})['\"]?"
    rf"[ \t]{{0,4}}[:=]?[ \t]{{0,4}}['\"(]?({NUMBER})(?![\w.])",
    re.IGNORECASE | re.ASCII,
)
HAS_NUMBER = re.compile(r"\d|nan|inf", re.IGNORECASE | re.ASCII)
WIDEST = 20_000
"""Letters of the header of a table."""
KNOWN = re.compile("|".join(sorted(LOSSES | RATES | STEPS | EPOCHS)), re.IGNORECASE)
COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
HELD_BACK = re.compile(r"\b(?:test|val|valid|validation|eval|dev)\b", re.IGNORECASE)
COUNTER = re.compile(r"\s*\[(\d+)\]\s")
MISSING = {"", "none", "null", "na", "n/a", "-", "--"}
SHOWN = 80
LONGEST = 4000
"""Letters of a line of words: no training prints longer ones, and reading them would keep everybody else waiting."""


@dataclass(frozen=True)
class Record:
    """The numbers of one line, by the names the log gives them."""

    line: int
    values: dict[str, float]


@dataclass(frozen=True)
class Misread:
    """A line that was not understood, the beginning of its text, and why."""

    line: int
    text: str
    why: str


@dataclass
class Reading:
    """What a format made of a text: its title, the records, and what it could not read."""

    title: str
    records: list[Record] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)

    def refuse(self, line: int, text: str, why: str) -> None:
        """Note a line that was not understood."""
        shown = "".join(letter if letter.isprintable() else " " for letter in text.strip()[: SHOWN + 1])
        self.misread.append(Misread(line, shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…", why))


def records(text: str) -> Reading:
    """Return what the first fitting format makes of a text."""
    text = COLOURS.sub("", text)
    if text.lstrip()[:1] in ("{", "["):
        whole = _json(text)
        if whole is not None:
            return whole
    lines = re.split(r"\r\n|\n|\r", text)
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    if first.lstrip().startswith("{") and '"' in first:
        return _json_lines(lines)
    divider = _divider(first) if len(first) <= WIDEST else None
    if divider:
        return _table(lines, divider)
    if _row_of_numbers(first):
        return _columns(lines)
    return _words(lines)


def number(text: str, whole: bool = False) -> float | None:
    """Return a number in a log's spelling ("0,42" too, or "1,234" where it counts steps), or None."""
    match = VALUE.fullmatch(text)
    if match is None:
        return None
    thousands = whole or "." in match[1]
    return float(match[1].replace(",", "" if thousands else "."))


def _json(text: str) -> Reading | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict) and isinstance(data.get("log_history"), list):
        return _objects(Reading("trainer_state.json"), enumerate(data["log_history"], 1))
    if isinstance(data, list):
        return _objects(Reading("a list of JSON records"), enumerate(data, 1))
    if isinstance(data, dict) and any(isinstance(column, list) for column in data.values()):
        columns = {name: column for name, column in data.items() if isinstance(column, list)}
        length = max(len(column) for column in columns.values())
        rows = (
            {name: column[i] for name, column in columns.items() if i < len(column)} for i in range(length)
        )
        return _objects(Reading("a history of JSON lists"), enumerate(rows, 1))
    return _objects(Reading("one JSON record"), [(1, data)])


def _json_lines(lines: Sequence[str]) -> Reading:
    reading = Reading("JSON lines")
    for at, line in enumerate(lines, 1):
        if line.strip():
            try:
                _objects(reading, [(at, json.loads(line))])
            except (ValueError, RecursionError):
                reading.refuse(at, line, "it is not a JSON object")
    return reading


def _objects(reading: Reading, objects: Iterable[tuple[int, object]]) -> Reading:
    for at, item in objects:
        if not isinstance(item, dict):
            reading.refuse(at, str(item)[: 2 * SHOWN], "it is not an object with named numbers")
            continue
        values = {}
        for name, value in _flat(item):
            read = _of_json(value)
            if read is not None:
                values[name] = read
            elif role(name) is not None and value is not None:
                reading.refuse(at, str(value)[: 2 * SHOWN], f"{name} is not a number")
        reading.records.append(Record(at, values))
    return reading


def _flat(item: dict[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in item.items():
        if isinstance(value, dict):
            yield from (
                (f"{name}/{inner}", deeper) for inner, deeper in value.items() if not isinstance(deeper, dict)
            )
        else:
            yield name, value


def _of_json(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:
            return math.inf
    return number(value) if isinstance(value, str) else None


def _divider(header: str) -> str | None:
    """Return what divides the names of a header, or None for a line that is no header."""
    if PAIR.search(header):
        return None
    for divider in (",", "\t", ";"):
        names = header.split(divider)
        if len(names) > 1 and _names(names):
            return divider
    names = header.split()
    if len(names) > 1 and _names(names) and all(re.fullmatch(r"[A-Za-z][\w./-]*", name) for name in names):
        return " "
    return "," if _names([header]) and re.fullmatch(r"\s*['\"]?[A-Za-z][\w./-]*['\"]?\s*", header) else None


def _names(names: Sequence[str]) -> bool:
    roles = {role(name.strip().strip("'\"")) for name in names}
    return bool(roles & {Role.LOSS, Role.VALIDATION}) or _tensorboard(names)


def _tensorboard(names: Sequence[str]) -> bool:
    return {"step", "value"} <= {name.strip().strip("'\"").lower() for name in names}


def _table(lines: Sequence[str], divider: str) -> Reading:
    title = {
        ",": "a table with commas",
        "\t": "a table with tabs",
        ";": "a table with semicolons",
        " ": "a table",
    }
    reading = Reading(title[divider])
    header: list[str] = []
    for at, fields, line in _rows(lines, divider, reading):
        fields = [field.strip() for field in fields]
        if not header:
            header = ["loss" if _tensorboard(fields) and name.lower() == "value" else name for name in fields]
            continue
        if len(fields) != len(header):
            reading.refuse(at, line, f"it has {len(fields)} fields where the header has {len(header)}")
            continue
        if fields != header:
            _add_row(reading, at, header, fields)
    return reading


def _add_row(reading: Reading, at: int, header: Sequence[str], fields: Sequence[str]) -> None:
    values = {}
    for name, text in zip(header, fields, strict=True):
        read = None if text.lower() in MISSING else number(text)
        if read is not None:
            values[name] = read
        elif role(name) is not None and text.lower() not in MISSING:
            reading.refuse(at, text, f"{name} is not a number")
    reading.records.append(Record(at, values))


def _rows(lines: Sequence[str], divider: str, reading: Reading) -> Iterator[tuple[int, list[str], str]]:
    """Yield (line number, fields, text) of every row that is neither blank nor a comment."""
    for at, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if divider == " ":
            yield at, line.split(), line
            continue
        try:
            yield at, next(csv.reader([line], delimiter=divider)), line
        except (csv.Error, StopIteration):
            reading.refuse(at, line, "it is not a row of a table")


def _row_of_numbers(line: str) -> list[float] | None:
    fields = re.split(r"[;\t ]+|,(?=\s)|,(?=[^,]*\.)", line.strip())
    read = [number(field) for field in fields if field]
    return [value for value in read if value is not None] if read and None not in read else None


def _columns(lines: Sequence[str]) -> Reading:
    """Read bare numbers: a loss, or a step and a loss, or a step, a loss and a validation loss."""
    reading = Reading("columns of numbers")
    rows = [(at, line, _row_of_numbers(line)) for at, line in enumerate(lines, 1) if line.strip()]
    counted = [row for _, _, row in rows if row is not None and len(row) > 1]
    climbs = all(late[0] > early[0] for early, late in pairwise(counted))
    stepped = bool(counted) and climbs and all(row[0].is_integer() for row in counted)
    names = ["step", "loss", "val_loss"] if stepped else ["loss", "val_loss"]
    for at, line, row in rows:
        if row is None:
            reading.refuse(at, line, "it is not a row of numbers")
        else:
            used = ["loss"] if len(row) == 1 else names
            reading.records.append(Record(at, dict(zip(used, row, strict=False))))
    return reading


def _words(lines: Sequence[str]) -> Reading:
    """Read lines such as `Epoch 3/10 - loss: 0.42 - val_loss: 0.5`; an epoch or step stands until the next one."""
    reading = Reading("lines of text")
    standing: dict[str, float] = {}
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > LONGEST:
            reading.refuse(at, line, f"it is longer than {LONGEST:,} letters")
            continue
        values = _pairs(line) if HAS_NUMBER.search(line) and KNOWN.search(line) else {}
        places = {name: value for name, value in values.items() if role(name) in (Role.STEP, Role.EPOCH)}
        if len(values) > len(places):
            known = {role(name) for name in places}
            carried = {name: value for name, value in standing.items() if role(name) not in known}
            reading.records.append(Record(at, {**carried, **values}))
        if places:
            standing = places
        elif not values:
            reading.refuse(at, line, "no loss, rate, step or epoch with a number was found in it")
    return reading


def _pairs(line: str) -> dict[str, float]:
    """Return the named numbers of a line; a loss that follows the word "test" or "val" is one of validation."""
    counter = COUNTER.match(line)
    values = {"iteration": float(counter[1])} if counter else {}
    held_back = HELD_BACK.search(line)
    for match in PAIR.finditer(line):
        name = match[1]
        meaning = role(name) or role(name.split()[-1])
        read = number(match[2], whole=meaning in (Role.STEP, Role.EPOCH))
        after = held_back is not None and held_back.end() <= match.start()
        if meaning is Role.LOSS and after and "train" not in name.lower():
            name = f"test {name}"
        if meaning is not None and read is not None:
            values.setdefault(name, read)
    return values
