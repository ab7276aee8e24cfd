"""Is it an answer? Asked before "is it right?", so that a slip of the keyboard never costs an attempt."""

import math
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

LONGEST_ANSWER = 60


@dataclass(frozen=True)
class Refusal:
    """Why a text is no answer, and what to type instead. A refusal costs no attempt."""

    sentence: str


_NUMBER = r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?"
_POWER = re.compile(r"(?:[·×*x]10\^?|(?<![0-9.,])10\^)\(?([+-]?[0-9]+)\)?$")
_ONE_OR_A_THOUSAND = re.compile(r"([+-]?[1-9][0-9]{0,2}),([0-9]{3})(?:e.*)?")
_GROUPED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+){2,}")
_BETWEEN = re.compile(r"(?:\s*[;|&]\s*|,?\s+)(?:(?:and|or|to)\s+)?")
_AND = re.compile(r"\s+(?:(?:and|to|–|-)\s+)?")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_MARKS = str.maketrans("−–⋅∙٫\u00a0\u2009\u202f", "--··.   ")

_EMPTY = Refusal("Nothing was typed. Give a number such as 0.05.")
_LONG = Refusal(f"That is more than {LONGEST_ANSWER} characters. One number is enough, such as 0.05.")
_WORDS = Refusal("That is not a number I can read. Write it in digits, such as 0.05, 0,05 or 5e-2.")
_SEVERAL = Refusal("That is more than one number. Decide on one.")
_NOT_FINITE = Refusal("That is not a finite number. Give one that a computer can hold, such as 0.05.")
_HUGE = Refusal("That number is too large for a computer to hold. Check the exponent.")
_TINY = Refusal("That number is so small that a computer takes it for zero. Check the exponent.")
_BY_ZERO = Refusal("That divides by zero. Check the number below the line.")
_GROUPS = Refusal(
    "I cannot tell which mark is the decimal point. Write the number without separators: 1234.5."
)
_PERCENT = Refusal("Write the number without the per cent sign: 5 % is 0.05.")


def read(text: str) -> float | Refusal:
    """Read one number the way people write them, or say why it is not one.

    The decimal mark may be a point or a comma; `5e-2`, `5·10^-2`, `5×10⁻²`, `10^-2` and `1/20` are numbers too.
    `1,000` is refused, because half the world means one by it and the other half a thousand; `0,125` is clear.

    >>> read(" 0,05 ")
    0.05
    >>> read("fast").sentence
    'That is not a number I can read. Write it in digits, such as 0.05, 0,05 or 5e-2.'
    """
    if len(text) > LONGEST_ANSWER:
        return _LONG
    text = _RAISED.sub(lambda match: f"^{match[0].translate(_LOWERED)}", text)
    text = text.translate(_MARKS).strip().lower()
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    if not text:
        return _EMPTY
    if re.fullmatch(r"[+-]?\s*(?:nan|inf|infinity|∞)", text):
        return _NOT_FINITE
    if text.endswith("%"):
        return _PERCENT if re.fullmatch(rf"{_NUMBER}\s*%", text) else _WORDS
    compact = re.sub(r"\s*([·×*x/^])\s*", r"\1", text)
    if "/" in compact:
        return _fraction(compact)
    return _decimal(compact)


def write(number: float) -> str:
    """The canonical text of a number, which `read` takes back exactly."""
    return repr(float(number))


def read_rate(text: str) -> float | Refusal:
    """Read a learning rate, which is a number above zero."""
    rate = read(text)
    if isinstance(rate, float) and rate <= 0.0:
        return Refusal("A learning rate is above zero; the minus sign is in the rule already.")
    return rate


def read_rates(text: str, most: int) -> tuple[float, ...] | Refusal:
    """Read several rates with semicolons, blanks or "and" between them; each as `read_rate` would.

    >>> read_rates("0,05 ; 1/2", most=2)
    (0.05, 0.5)
    """
    if len(text) > most * LONGEST_ANSWER:
        return Refusal(f"That is too long. At most {most} rates are asked for.")
    parts = [part.strip() for part in text.split(";")] if ";" in text else _AND.split(text.strip())
    rates = []
    for place, part in enumerate(parts, start=1):
        rate = read_rate(part)
        if isinstance(rate, Refusal):
            where = f"Number {place} of {len(parts)}: " if len(parts) > 1 else ""
            return Refusal(f"{where}{rate.sentence}")
        rates.append(rate)
    if len(rates) > most:
        return Refusal(f"That is {len(rates)} rates. At most {most} are asked for.")
    return tuple(rates)


def read_pairs(text: str, names: Collection[str], what: str) -> dict[str, str] | Refusal:
    """Read `name=value` for every one of the names, in any order, with blanks, commas or semicolons between.

    >>> read_pairs("a = plain, B=adam", ("a", "b"), "run")
    {'a': 'plain', 'b': 'adam'}
    """
    if len(text) > (len(names) + 1) * LONGEST_ANSWER:
        return Refusal("That is too long for an answer.")
    found: dict[str, str] = {}
    for part in re.sub(r"\s*=\s*", "=", text.strip()).replace(",", " ").replace(";", " ").split():
        name, equals, value = part.lower().partition("=")
        if not equals or name not in names:
            return Refusal(f"I cannot read {part[:40]!r}. Say which for each {what}: {_example(names)}.")
        if name in found:
            return Refusal(f"There are two answers for {what} {name!r}. Decide on one.")
        found[name] = value
    missing = [name for name in names if not found.get(name)]
    if missing:
        return Refusal(f"Nothing is chosen for {what} {', '.join(missing)}. An answer says which for each.")
    return {name: found[name] for name in names}


def _example(names: Collection[str]) -> str:
    return " ".join(f"{name}=…" for name in names)


def read_option(text: str, options: Collection[str]) -> str | Refusal:
    """Read the name of one of the options, or say which there are.

    >>> read_option(" Crawling", ("converged", "crawling"))
    'crawling'
    """
    name = text.strip().lower() if len(text) <= LONGEST_ANSWER else ""
    if name in options:
        return name
    said = "Nothing was chosen." if not text.strip() else "That is none of the answers on offer."
    return Refusal(f"{said} Choose one of: {', '.join(options)}.")


def _fraction(text: str) -> float | Refusal:
    parts = text.split("/")
    if len(parts) != 2:
        return _SEVERAL if all(re.fullmatch(_NUMBER, part) for part in parts) else _WORDS
    above, below = (_decimal(part) for part in parts)
    if isinstance(above, Refusal):
        return above
    if isinstance(below, Refusal):
        return below
    if below == 0.0:
        return _BY_ZERO
    return _finite(above / below, is_zero=above == 0.0)


def _decimal(text: str) -> float | Refusal:
    match = _POWER.search(text)
    if match:
        text = f"{text[: match.start()] or '1'}e{match[1]}"
    if _GROUPED.fullmatch(text):
        return _GROUPS
    match = _ONE_OR_A_THOUSAND.fullmatch(text)
    if match:
        whole, rest = match.groups()
        return Refusal(f"{text} could mean {whole}.{rest} or {whole}{rest}. Write the one you mean.")
    if not re.fullmatch(_NUMBER, text):
        parts = [part for part in _BETWEEN.split(text) if part]
        return _SEVERAL if len(parts) > 1 and all(re.fullmatch(_NUMBER, part) for part in parts) else _WORDS
    mantissa = text.partition("e")[0]
    return _finite(float(text.replace(",", ".")), is_zero=not re.search("[1-9]", mantissa))


def _finite(number: float, *, is_zero: bool) -> float | Refusal:
    if math.isinf(number):
        return _HUGE
    if number == 0.0:
        return 0.0 if is_zero else _TINY
    return number
