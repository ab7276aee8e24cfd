"""What the names in a file can stand for: which are words, and between which bounds the numbers lie."""

from typing import Any

from lrlab.grading.formulas import FORMULAS
from lrlab.grading.spec import Sheet
from lrlab.grading.words import Choices, Range, Reference


def words(sheet: Sheet[Any]) -> set[str]:
    """The parameters and values that are words and not numbers."""
    drawn = {
        name
        for name, given in sheet.parameters.items()
        if isinstance(given, str) or (isinstance(given, Choices) and isinstance(given.choices[0], str))
    }
    return drawn | {name for name, value in sheet.values.items() if FORMULAS[value.formula].gives_word}


def bounds(sheet: Sheet[Any], quantity: float | str) -> tuple[float, float] | None:
    """The smallest and the largest number that a quantity can be; None where that is not written in the file."""
    given = sheet.parameters.get(quantity) if isinstance(quantity, Reference) else quantity
    if isinstance(given, Range):
        return given.low, given.high
    if isinstance(given, Choices):
        numbers = [choice for choice in given.choices if not isinstance(choice, str)]
        return (min(numbers), max(numbers)) if numbers else None
    return (given, given) if isinstance(given, float | int) else None


def corners(sheet: Sheet[Any]) -> tuple[dict[str, float | str], dict[str, float | str]]:
    """The smallest and the largest of everything that is drawn."""
    low: dict[str, float | str] = {}
    high: dict[str, float | str] = {}
    for name, given in sheet.parameters.items():
        if isinstance(given, Range):
            low[name], high[name] = given.low, given.high
        elif isinstance(given, Choices):
            low[name], high[name] = given.choices[0], given.choices[-1]
    return low, high


def can_be(sheet: Sheet[Any], name: str, value: float | str) -> bool:
    """Whether a parameter is ever drawn so."""
    parameter = sheet.parameters[name]
    if isinstance(parameter, Choices):
        return value in parameter.choices
    if isinstance(parameter, Range):
        return not isinstance(value, str) and parameter.low <= value <= parameter.high
    return value == parameter
