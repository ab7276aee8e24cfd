"""What a model cannot see: whether the parts of one exercise file fit each other."""

import inspect
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from lrlab.descent import OPTIMIZERS
from lrlab.descent.surfaces import CONSTRUCTORS
from lrlab.grading import quantities, templates
from lrlab.grading.drawing import variant
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.kinds.kind import Complaint, Cost
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.spec import MOST_STEPS, Sheet
from lrlab.grading.templates import unknown
from lrlab.grading.track import Exercise
from lrlab.grading.words import Log, Pointer, Reference, Template, Walk

_CONDITIONS = ("value", "above", "below", "outcome", "option", "truth")


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Everything in a file that does not fit the rest of it."""
    yield from _to_do(sheet)
    yield from _names(sheet)
    yield from _texts_and_references(sheet)
    yield from _formulas(sheet)
    yield from _walks(sheet)
    yield from _budgets(sheet)
    yield from KINDS[sheet.task.kind].complaints(sheet)
    yield from _mistakes(sheet)
    yield from _self_test(sheet)


def trials(exercise: Exercise) -> Iterator[Complaint]:
    """Make a few variants, those at the ends of all ranges among them, and say what does not work."""
    for seed, given in enumerate([{}, *quantities.corners(exercise.sheet)]):
        try:
            drawn = variant(exercise, seed, given)
            KINDS[exercise.kind].trial(drawn.task, drawn)
        except ValueError as reason:
            yield "parameters", f"a learner's numbers do not work out: {reason}"
            return


def _leaves(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every text, name and number in a file with its field; a walk comes as a whole before its parts."""
    if isinstance(part, Walk):
        yield path, part
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


def _to_do(sheet: Sheet[Any]) -> Iterator[Complaint]:
    for path, leaf in _leaves(sheet):
        if isinstance(leaf, str) and "TODO" in leaf:
            yield path, "still says TODO; put your own words there"


def _names(sheet: Sheet[Any]) -> Iterator[Complaint]:
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


def _texts_and_references(sheet: Sheet[Any]) -> Iterator[Complaint]:
    known, words = {*sheet.parameters, *sheet.values}, quantities.words(sheet)
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
        elif isinstance(leaf, Pointer):
            used.add(leaf)
    for name in sorted(known - used):
        yield ("parameters" if name in sheet.parameters else "values") + f".{name}", "is used nowhere"


def _formulas(sheet: Sheet[Any]) -> Iterator[Complaint]:
    for name, value in sheet.values.items():
        asked, given = FORMULAS[value.formula].arguments, value.model_extra or {}
        for argument in given:
            if argument not in asked:
                yield f"values.{name}.{argument}", unknown(f"argument of {value.formula}", argument, asked)
        for argument in asked:
            if argument not in given:
                yield f"values.{name}.{argument}", f"is missing; {value.formula} needs {', '.join(asked)}"


def _walks(sheet: Sheet[Any]) -> Iterator[Complaint]:
    for path, walk in _leaves(sheet):
        if not isinstance(walk, Walk):
            continue
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


def _budgets(sheet: Sheet[Any]) -> Iterator[Complaint]:
    asked = list(KINDS[sheet.task.kind].steps(sheet.task))
    if isinstance(sheet.exhibit, Log):
        asked.append(Cost("exhibit.steps", sheet.exhibit.steps))
        if sheet.exhibit.first > (quantities.bounds(sheet, sheet.exhibit.steps) or (MOST_STEPS,))[0]:
            yield "exhibit.first", "can lie beyond the last step; nothing would be printed"
    for path, quantity, more, times in asked:
        bounds = quantities.bounds(sheet, quantity)
        if bounds is None:
            yield path, "must be a number or a parameter, so that its largest value is known beforehand"
        elif bounds[0] < 1:
            yield path, f"can be {bounds[0]:g}; at least 1 step is needed"
        elif times * (bounds[1] + more) > MOST_STEPS:
            held = f" and {more} held" if more else ""
            runs = f" in each of {times} runs" if times > 1 else ""
            yield path, f"can be {bounds[1]:g} steps{held}{runs}; at most {MOST_STEPS} are allowed"


def _mistakes(sheet: Sheet[Any]) -> Iterator[Complaint]:
    kind = KINDS[sheet.task.kind]
    names = Counter(mistake.name for mistake in sheet.mistakes)
    for place, mistake in enumerate(sheet.mistakes):
        path, count = f"mistakes.{place}", names[mistake.name]
        if count > 1:
            yield f"{path}.name", f"{mistake.name!r} is the name of {count} mistakes; names must differ"
        for condition in _CONDITIONS:
            if getattr(mistake, condition) is not None and condition not in kind.conditions:
                allowed = ", ".join(kind.conditions)
                yield f"{path}.{condition}", f"means nothing in a {kind.name} exercise; it knows {allowed}"
        if mistake.outcome and "outcome" in kind.conditions and mistake.outcome not in kind.outcomes:
            yield f"{path}.outcome", unknown("outcome", mistake.outcome, kind.outcomes)


def _self_test(sheet: Sheet[Any]) -> Iterator[Complaint]:
    mistakes = [mistake.name for mistake in sheet.mistakes]
    for place, wrong in enumerate(sheet.self_test.wrong):
        path = f"self_test.wrong.{place}"
        if wrong.mistake not in mistakes:
            yield f"{path}.mistake", unknown("mistake", wrong.mistake, mistakes)
        for name, value in wrong.given.items():
            if name not in sheet.parameters:
                yield f"{path}.given.{name}", unknown("parameter", name, sheet.parameters)
            elif not quantities.can_be(sheet, name, value):
                yield f"{path}.given.{name}", f"is {value!r}, which is never drawn"
