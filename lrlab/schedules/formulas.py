"""A schedule as a formula in the words of a language: one row a shape, one column of words a language.

What comes out are functions of t, the innermost parts first, named by the place they have in the whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lrlab.schedules.schedule import Schedule


@dataclass(frozen=True)
class Language:
    """How a language writes what a formula needs; `choose(condition, yes, no)` makes a choice between two."""

    cos: str
    floor: str
    minimum: str
    absolute: str
    sqrt: str
    log: str
    choose: Callable[[str, str, str], str]


PYTHON = Language(
    "math.cos",
    "math.floor",
    "min",
    "abs",
    "math.sqrt",
    "math.log",
    lambda condition, yes, no: f"{yes} if {condition} else {no}",
)
KERAS = Language(
    "ops.cos",
    "ops.floor",
    "ops.minimum",
    "ops.abs",
    "ops.sqrt",
    "ops.log",
    lambda condition, yes, no: f"ops.where({condition}, {yes}, {no})",
)
JAX = Language(
    "jnp.cos",
    "jnp.floor",
    "jnp.minimum",
    "jnp.abs",
    "jnp.sqrt",
    "jnp.log",
    lambda condition, yes, no: f"jnp.where({condition}, {yes}, {no})",
)


RATES = {"rate", "start", "end", "peak", "low", "high"}
"""Parameters that are rates: written with a point always, since a library may take its precision from them."""


def written(value: float) -> str:
    """Return a number as code: whole numbers without a point, others so that they are read back the same."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def parameter(schedule: Schedule, key: str) -> str:
    """Return a parameter of a schedule as code."""
    value = schedule.parameters[key]
    return repr(float(value)) if key in RATES else written(value)


def functions(schedule: Schedule, language: Language, name: str = "rate") -> str:
    """Return the definitions of one function of t, and of the functions it calls."""
    if schedule.parts:
        return _joined(schedule, language, name)
    body = FORMULAS[schedule.name](schedule, language)
    return f"def {name}(t):\n" + "".join(f"    {line}\n" for line in body)


def _joined(schedule: Schedule, language: Language, name: str) -> str:
    names = [f"{name}_{k + 1}" for k in range(len(schedule.parts))]
    parts = [functions(part, language, own) for part, own in zip(schedule.parts, names, strict=True)]
    begins = ["t", *(f"t - {written(at)}" for at in schedule.at)]
    calls = [f"{own}({begin})" for own, begin in zip(names, begins, strict=True)]
    if language is PYTHON:
        turns = zip(schedule.at, calls[:-1], strict=True)
        lines = [line for at, call in turns for line in (f"if t < {written(at)}:", f"    return {call}")]
        lines.append(f"return {calls[-1]}")
    else:
        choice = calls[-1]
        for at, call in zip(reversed(schedule.at), reversed(calls[:-1]), strict=True):
            choice = language.choose(f"t < {written(at)}", call, choice)
        lines = [f"return {choice}"]
    return "\n\n".join([*parts, f"def {name}(t):\n" + "".join(f"    {line}\n" for line in lines)])


def _faded(start: float, end: float, weight: str) -> list[str]:
    """Return the lines that end a fade as `shapes.fade` takes it: exact at both ends, however far apart they are."""
    if end == 0.0:
        return [f"return {start!r} * {weight}"]
    if start == 0.0:
        return [f"return {end!r} * (1 - {weight})"]
    return [f"weight = {weight}", f"return {start!r} * weight + {end!r} * (1 - weight)"]


def _constant(s: Schedule, w: Language) -> list[str]:
    return [f"return {parameter(s, 'rate')}" + ("" if w is PYTHON else " + 0 * t")]


def _step_decay(s: Schedule, w: Language) -> list[str]:
    return [
        f"return {parameter(s, 'rate')} * {parameter(s, 'factor')} ** {w.floor}(t / {parameter(s, 'every')})"
    ]


def _milestones(s: Schedule, w: Language) -> list[str]:
    lines = ["falls = 0" if w is PYTHON else "falls = 0 * t"]
    for at in s.parameters["at"]:
        lines.append(f"falls = {w.choose(f't >= {written(at)}', 'falls + 1', 'falls')}")
    return [*lines, f"return {parameter(s, 'rate')} * {parameter(s, 'factor')} ** falls"]


def _exponential(s: Schedule, w: Language) -> list[str]:
    return [f"return {parameter(s, 'rate')} * {parameter(s, 'decay')} ** t"]


def _polynomial(s: Schedule, w: Language) -> list[str]:
    left = f"(1 - {w.minimum}(t / {parameter(s, 'steps')}, 1))"
    weight = left if s.parameters["power"] == 1.0 else f"{left} ** {parameter(s, 'power')}"
    return _faded(s.parameters["rate"], s.parameters["end"], weight)


def _linear(s: Schedule, w: Language) -> list[str]:
    weight = f"(1 - {w.minimum}(t / {parameter(s, 'steps')}, 1))"
    return _faded(s.parameters["start"], s.parameters["end"], weight)


def _cosine(s: Schedule, w: Language) -> list[str]:
    weight = f"(1 + {w.cos}(math.pi * {w.minimum}(t / {parameter(s, 'steps')}, 1))) / 2"
    return _faded(s.parameters["start"], s.parameters["end"], f"({weight})")


def _inverse_sqrt(s: Schedule, w: Language) -> list[str]:
    peak, ramp = parameter(s, "peak"), parameter(s, "warmup")
    return [f"return {peak} * {w.minimum}((t + 1) / {ramp}, {w.sqrt}({ramp} / (t + 1)))"]


def _inverse_time(s: Schedule, w: Language) -> list[str]:
    return [f"return {parameter(s, 'rate')} / (1 + {parameter(s, 'decay')} * t)"]


def _triangular(s: Schedule, w: Language) -> list[str]:
    half = s.parameters["half_cycle"]
    weight = f"{w.absolute}(t % {2 * half} / {half} - 1)"
    return _faded(s.parameters["low"], s.parameters["high"], weight)


def _cosine_restarts(s: Schedule, w: Language) -> list[str]:
    first, growth = s.parameters["first"], s.parameters["growth"]
    if growth == 1:
        lines, way = [], f"t % {first} / {first}"
    else:
        less = "" if growth == 2 else f" * {growth - 1}"
        grown = f"{w.log}((t + 0.5){less} / {first} + 1) / math.log({growth})"
        lines = [f"length = {first} * {growth} ** {w.floor}({grown})"]
        begin = f"(length - {first})" + ("" if growth == 2 else f" / {growth - 1}")
        way = f"(t - {begin}) / length"
    weight = f"((1 + {w.cos}(math.pi * ({way}))) / 2)"
    return [*lines, *_faded(s.parameters["start"], s.parameters["end"], weight)]


FORMULAS: Mapping[str, Callable[[Schedule, Language], list[str]]] = MappingProxyType(
    {
        "constant": _constant,
        "step_decay": _step_decay,
        "milestones": _milestones,
        "exponential": _exponential,
        "polynomial": _polynomial,
        "linear": _linear,
        "cosine": _cosine,
        "inverse_sqrt": _inverse_sqrt,
        "inverse_time": _inverse_time,
        "triangular": _triangular,
        "cosine_restarts": _cosine_restarts,
    }
)
"""The body of a function of t, by the name of the shape; whatever is made of parts needs no row."""
