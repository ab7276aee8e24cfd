"""The parameters of a schedule, checked: each refusal shows the value and the range."""

import math

import numpy as np


def number(
    name: str,
    value: object,
    low: float = 0.0,
    high: float = math.inf,
    *,
    low_included: bool = False,
    high_included: bool = False,
) -> float:
    """Return a parameter as a finite float from its range, or say what the range is.

    >>> number("factor", 1.5, high=1.0, high_included=True)
    Traceback (most recent call last):
    ...
    ValueError: factor is 1.5; it must lie in (0, 1].
    """
    try:
        given = math.nan if isinstance(value, bool | str) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        given = math.nan
    above = given >= low if low_included else given > low
    below = given <= high if high_included else given < high
    if not (above and below):
        left, right = "[" if low_included else "(", "]" if high_included else ")"
        raise ValueError(f"{name} is {value!r}; it must lie in {left}{low:g}, {high:g}{right}.")
    return given


def whole(name: str, value: object, low: int = 1) -> int:
    """Return a parameter as an int of at least `low`, or say what the range is.

    >>> whole("steps", 0)
    Traceback (most recent call last):
    ...
    ValueError: steps is 0; it must be a whole number, 1 or more.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer) or value < low:
        raise ValueError(f"{name} is {value!r}; it must be a whole number, {low} or more.")
    return int(value)


def at_most_one(name: str, value: object) -> float:
    """Return what a rate may be multiplied by without growing: a number in (0, 1]."""
    return number(name, value, high=1.0, high_included=True)


def not_negative(name: str, value: object) -> float:
    """Return a rate that may be 0: the end of a fall or the start of a ramp."""
    return number(name, value, low_included=True)


def low_and_high(low_name: str, low: object, high_name: str, high: object) -> tuple[float, float]:
    """Return two rates of which the first may be 0 and is at most the second."""
    top = number(high_name, high)
    return number(low_name, low, high=top, low_included=True, high_included=True), top
