"""What a model cannot see: whether the parts of one exercise file fit each other."""

import inspect
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from lrlab.descent import OPTIMIZERS
from lrlab.descent.surfaces import CONSTRUCTORS
from lrlab.grading import templates, walks
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.spec import (
    MOST_STEPS,
    OBSERVATIONS,
    ChoiceTask,
    NumberTask,
    PredictTask,
    RateTask,
    Sheet,
)
from lrlab.grading.templates import unknown
from lrlab.grading.track import Exercise
from lrlab.grading.variants import variant
from lrlab.grading.words import Choices, Log, Range, Reference, Template, Walk

Complaint = tuple[str, str]
"""A field and what is wrong with it."""

_CONDITIONS = {
    "rate": ("value", "above", "below", "outcome"),
    "number": ("value", "above", "below"),
    "choice": ("option", "truth"),
    "predict": ("option", "truth"),
}


def complaints(sheet: Sheet) -> Iterator[Complaint]:
    """Everything in a file that does not fit the rest of it."""
    yield from _names(sheet)
    yield from _texts_and_references(sheet)
    yield from _formulas(sheet)
    yield from _walks(sheet)
    yield from _budgets(sheet)
    yield from _options(sheet)
    yield from _mistakes(sheet)
    yield from _self_test(sheet)


def trials(exercise: Exercise) -> Iterator[Complaint]:
    """Make a few variants, those at the ends of all ranges among them, and say what does not work."""
    task = exercise.sheet.task
    for seed, given in enumerate([{}, *_corners(exercise.sheet)]):
        try:
            numbers = variant(exercise, seed, given).numbers
            if isinstance(task, RateTask | PredictTask):
                rate, steps = (0.0, task.budget) if isinstance(task, RateTask) else (task.rate, task.steps)
                walks.whole(steps, numbers)
                walks.run(task.walk, numbers, walks.number(rate, numbers), 1)
        except ValueError as reason:
            yield "parameters", f"a learner's numbers do not work out: {reason}"
            return


def _corners(sheet: Sheet) -> tuple[dict[str, float | str], dict[str, float | str]]:
    """The smallest and the largest of everything that is drawn."""
    low: dict[str, float | str] = {}
    high: dict[str, float | str] = {}
    for name, given in sheet.parameters.items():
        if isinstance(given, Range):
            low[name], high[name] = given.low, given.high
        elif isinstance(given, Choices):
            low[name], high[name] = given.choices[0], given.choices[-1]
    return low, high


def _words(sheet: Sheet) -> set[str]:
    drawn = {
        name
        for name, given in sheet.parameters.items()
        if isinstance(given, str) or (isinstance(given, Choices) and isinstance(given.choices[0], str))
    }
    return drawn | {name for name, value in sheet.values.items() if FORMULAS[value.formula].gives_word}


def _leaves(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every text, name and number in a file with its field."""
    if isinstance(part, BaseModel):
        fields = {
            **{name: getattr(part, name) for name in type(part).model_fields},
            **(part.model_extra or {}),
        }
    elif isinstance(part, dict):
        fields = part
    elif isinstance(part, tuple):
        fields = {str(place): value for place, value in enumerate(part)}
    else:
        yield path, part
        return
    for name, value in fields.items():
        yield from _leaves(value, f"{path}.{name}" if path else str(name))


def _names(sheet: Sheet) -> Iterator[Complaint]:
    for name in sheet.values:
        if name in sheet.parameters:
            yield f"values.{name}", "is also the name of a parameter; names must differ"
    for field, names in (("parameters", sheet.parameters), ("values", sheet.values)):
        if "answer" in names:
            yield f"{field}.answer", "stands for the student's answer in messages; choose another name"
    earlier = set(sheet.parameters)
    for name, value in sheet.values.items():
        for argument, quantity in (value.model_extra or {}).items():
            if isinstance(quantity, Reference) and quantity in sheet.values and quantity not in earlier:
                yield f"values.{name}.{argument}", f"{quantity!r} is defined further down; put it above"
        earlier.add(name)


def _texts_and_references(sheet: Sheet) -> Iterator[Complaint]:
    known, words = {*sheet.parameters, *sheet.values}, _words(sheet)
    used: set[str] = set()
    for path, leaf in _leaves(sheet):
        if isinstance(leaf, Template):
            allowed = {*known, "answer"} if path.startswith("mistakes.") else known
            used.update(templates.names(leaf))
            for complaint in templates.complaints(leaf, allowed, words):
                yield path, complaint
        elif isinstance(leaf, Reference):
            used.add(leaf)
            if leaf not in known:
                yield path, unknown("name", leaf, known)
            elif leaf in words:
                yield path, f"{leaf!r} is a word; a number is needed"
    if isinstance(sheet.task, ChoiceTask):
        used.add(sheet.task.correct)
    for name in sorted(known - used):
        yield ("parameters" if name in sheet.parameters else "values") + f".{name}", "is used nowhere"


def _formulas(sheet: Sheet) -> Iterator[Complaint]:
    for name, value in sheet.values.items():
        asked, given = FORMULAS[value.formula].arguments, value.model_extra or {}
        for argument in given:
            if argument not in asked:
                yield f"values.{name}.{argument}", unknown(f"argument of {value.formula}", argument, asked)
        for argument in asked:
            if argument not in given:
                yield f"values.{name}.{argument}", f"is missing; {value.formula} needs {', '.join(asked)}"


def _all_walks(sheet: Sheet) -> Iterator[tuple[str, Walk]]:
    if isinstance(sheet.task, RateTask | PredictTask):
        yield "task.walk", sheet.task.walk
    if isinstance(sheet.exhibit, Log):
        yield "exhibit.walk", sheet.exhibit.walk


def _walks(sheet: Sheet) -> Iterator[Complaint]:
    for path, walk in _all_walks(sheet):
        shapes = inspect.signature(CONSTRUCTORS[walk.surface]).parameters
        for name in walk.shape:
            if name not in shapes:
                yield f"{path}.shape.{name}", unknown(f"parameter of {walk.surface}", name, shapes)
        coefficients = OPTIMIZERS[walk.optimizer].defaults
        for name in walk.coefficients:
            if name not in coefficients:
                yield (
                    f"{path}.coefficients.{name}",
                    unknown(f"coefficient of {walk.optimizer}", name, coefficients),
                )


def _budgets(sheet: Sheet) -> Iterator[Complaint]:
    task = sheet.task
    asked: list[tuple[str, float | str, int]] = []
    if isinstance(task, RateTask):
        asked.append(("task.budget", task.budget, task.hold))
    if isinstance(task, PredictTask):
        asked.append(("task.steps", task.steps, 0))
    if isinstance(sheet.exhibit, Log):
        asked.append(("exhibit.steps", sheet.exhibit.steps, 0))
        if sheet.exhibit.first > (_bounds(sheet, sheet.exhibit.steps) or (MOST_STEPS,))[0]:
            yield "exhibit.first", "can lie beyond the last step; nothing would be printed"
    for path, quantity, more in asked:
        bounds = _bounds(sheet, quantity)
        if bounds is None:
            yield path, "must be a number or a parameter, so that its largest value is known beforehand"
        elif bounds[0] < 1:
            yield path, f"can be {bounds[0]:g}; at least 1 step is needed"
        elif bounds[1] + more > MOST_STEPS:
            held = f" and {more} held" if more else ""
            yield path, f"can be {bounds[1]:g} steps{held}; at most {MOST_STEPS} are allowed"


def _bounds(sheet: Sheet, quantity: float | str) -> tuple[float, float] | None:
    """The smallest and the largest number that a quantity can be; None where that is not written in the file."""
    given = sheet.parameters.get(quantity) if isinstance(quantity, Reference) else quantity
    if isinstance(given, Range):
        return given.low, given.high
    if isinstance(given, Choices):
        numbers = [choice for choice in given.choices if not isinstance(choice, str)]
        return (min(numbers), max(numbers)) if numbers else None
    return (given, given) if isinstance(given, float | int) else None


def _options(sheet: Sheet) -> Iterator[Complaint]:
    task = sheet.task
    if not isinstance(task, ChoiceTask | PredictTask):
        return
    names = [option.name for option in task.options]
    for name, count in Counter(names).items():
        if count > 1:
            yield "task.options", f"{name!r} is the name of {count} options; names must differ"
    if isinstance(task, ChoiceTask):
        if task.correct not in names and task.correct not in _words(sheet):
            yield "task.correct", unknown("option", task.correct, [*names, *_words(sheet)])
        return
    meanings = Counter(word for option in task.options for word in option.when)
    for place, option in enumerate(task.options):
        for word in option.when:
            if word not in OBSERVATIONS[task.observe]:
                yield f"task.options.{place}.when", unknown(task.observe, word, OBSERVATIONS[task.observe])
            elif meanings[word] > 1:
                yield f"task.options.{place}.when", f"{word!r} stands under {meanings[word]} options"


def _mistakes(sheet: Sheet) -> Iterator[Complaint]:
    task = sheet.task
    names = Counter(mistake.name for mistake in sheet.mistakes)
    options = [] if isinstance(task, RateTask | NumberTask) else [option.name for option in task.options]
    for place, mistake in enumerate(sheet.mistakes):
        path = f"mistakes.{place}"
        if names[mistake.name] > 1:
            yield (
                f"{path}.name",
                f"{mistake.name!r} is the name of {names[mistake.name]} mistakes; names must differ",
            )
        for condition in ("value", "above", "below", "outcome", "option", "truth"):
            said = getattr(mistake, condition)
            if said is None:
                continue
            if condition not in _CONDITIONS[task.kind]:
                allowed = ", ".join(_CONDITIONS[task.kind])
                yield f"{path}.{condition}", f"means nothing in a {task.kind} exercise; it knows {allowed}"
            elif condition in ("option", "truth") and said not in options:
                yield f"{path}.{condition}", unknown("option", said, options)


def _self_test(sheet: Sheet) -> Iterator[Complaint]:
    mistakes = [mistake.name for mistake in sheet.mistakes]
    for place, wrong in enumerate(sheet.self_test.wrong):
        path = f"self_test.wrong.{place}"
        if wrong.mistake not in mistakes:
            yield f"{path}.mistake", unknown("mistake", wrong.mistake, mistakes)
        for name, value in wrong.given.items():
            if name not in sheet.parameters:
                yield f"{path}.given.{name}", unknown("parameter", name, sheet.parameters)
            elif not _can_be(sheet, name, value):
                yield f"{path}.given.{name}", f"is {value!r}, which is never drawn"


def _can_be(sheet: Sheet, name: str, value: float | str) -> bool:
    parameter = sheet.parameters[name]
    if isinstance(parameter, Choices):
        return value in parameter.choices
    if isinstance(parameter, Range):
        return not isinstance(value, str) and parameter.low <= value <= parameter.high
    return value == parameter
