"""Cells that arrive as they were meant: numbers exact, texts never taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

# What spreadsheets take for the beginning of a formula, and the full-width twins that some of them take for the same.
_STARTS_A_FORMULA = frozenset("=+-@|%\t\r\n＝＋－＠｜％")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class File:
    """A file to download, and who is not in it."""

    name: str
    data: bytes
    left_out: tuple[str, ...] = ()


def safe(text: str) -> str:
    """A text for a spreadsheet: with an apostrophe before it where it would otherwise be reckoned."""
    if _NUMBER.fullmatch(text) or text.lstrip(" \u3000\ufeff")[:1] not in _STARTS_A_FORMULA:
        return text
    return f"'{text}"


def decimal(value: Fraction, digits: int = 2) -> str:
    """A number of at most so many decimals, halves rounded up, without needless zeros.

    >>> decimal(Fraction(2, 3))
    '0.67'
    """
    scaled = (value * 10**digits + Fraction(1, 2)).__floor__()
    whole, part = divmod(scaled, 10**digits)
    return f"{whole}.{part:0{digits}d}".rstrip("0").rstrip(".")


def table(rows: Iterable[Sequence[str]], *, for_excel: bool) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8; `for_excel` puts the mark in front without which Excel garbles names."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return ((_BYTE_ORDER_MARK if for_excel else "") + text.getvalue()).encode()


def file_name(title: str, what: str, at: datetime, ending: str) -> str:
    """A file name from a class's name that every system takes."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "class"
    return f"{plain[:40].strip('-')}-{what}-{at:%Y-%m-%d}.{ending}"
