"""A short name for what a result holds: the same content has the same name in any run, other content another."""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from functools import partial
from hashlib import blake2b
from types import CodeType, EllipsisType, FunctionType
from typing import Any, Protocol

import numpy as np
import pandas as pd


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def fingerprint(*parts: Any) -> str:
    """The name of some values: numbers, texts, arrays, tables, functions, and records, sequences or mappings of them.

    A function counts by its code and by what it was made with, not by which object it is.

    >>> fingerprint(1, "a") == fingerprint(1, "a"), fingerprint(1, "a") == fingerprint("1", "a")
    (True, False)

    Raises: TypeError for anything else, rather than give two different things one name.
    """
    written = blake2b(digest_size=16)
    _write(written, parts)
    return written.hexdigest()


def _write(to: _Hash, part: Any) -> None:
    match part:
        case (
            None
            | EllipsisType()
            | bool()
            | int()
            | float()
            | complex()
            | str()
            | bytes()
            | Enum()
            | range()
            | np.generic()
        ):
            _text(to, part)
        case np.ndarray() if part.dtype != object:
            _text(to, (part.shape, part.dtype.str))
            to.update(np.ascontiguousarray(part).tobytes())
        case pd.DataFrame():
            _text(to, ([*part.columns], [*part.dtypes]))
            to.update(pd.util.hash_pandas_object(part).to_numpy().tobytes())
        case tuple() | list():
            _all(to, part)
        case Mapping():
            _text(to, Mapping)
            _all(to, [*part, *part.values()])
        case set() | frozenset():
            _all(to, sorted(part, key=repr))
        case partial():
            _all(to, (part.func, part.args, part.keywords))
        case FunctionType():
            made_with = [cell.cell_contents for cell in part.__closure__ or ()]
            _all(to, (part.__module__, part.__qualname__, part.__code__, part.__defaults__, made_with))
        case CodeType():
            _all(to, (part.co_code, part.co_names, part.co_consts))
        case _ if dataclasses.is_dataclass(part) and not isinstance(part, type):
            _text(to, type(part))
            _all(to, [getattr(part, field.name) for field in dataclasses.fields(part)])
        case _:
            raise TypeError(f"{type(part).__name__} has no fingerprint")


def _text(to: _Hash, part: Any) -> None:
    # The length goes first, so that neighbours cannot flow into one another.
    said = f"{type(part).__qualname__} {part!r}".encode()
    to.update(b"%d " % len(said) + said)


def _all(to: _Hash, parts: Any) -> None:
    _text(to, (type(parts).__name__, len(parts)))
    for each in parts:
        _write(to, each)
