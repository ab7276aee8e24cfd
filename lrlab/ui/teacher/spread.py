"""What a class answered, made ready for a picture: dots for a curve, bars for answers, bins for an axis."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lrlab.charts.classes import Bar, Dot
from lrlab.classroom.standings import DIRECTIONS
from lrlab.grading import Refusal, Variant, form, read
from lrlab.grading.class_curve import carried, heights
from lrlab.grading.forms import OneOf
from lrlab.grading.kinds.doors import door
from lrlab.grading.walks import number
from lrlab.ui import asked
from lrlab.ui.asked import Given

MOST_BARS = 8
OTHERS = "other answers"
_WIDEST_RATIO = 100.0
_BINS_A_DECADE = 6


def dots(onto: Variant, given: Iterable[Given]) -> tuple[Dot, ...]:
    """Everyone's rates on the curve of one task, each moved there from the numbers its student had."""
    rates, sides = [], []
    for one in given:
        rate = _number(one)
        if isinstance(rate, float):
            rates.append(carried(one.task, onto, rate))
            sides.append(side(one, rate))
    if not rates:
        return ()
    found = zip(rates, heights(onto, rates).tolist(), sides, strict=True)
    return tuple(Dot(rate, steps, lies) for rate, steps, lies in found)


def side(given: Given, rate: float) -> str:
    """Where a rate lies to its door: what passed passes, anything else is on one side of it."""
    if given.passed:
        return "passes"
    openings = door(given.task).openings
    if not openings:
        return DIRECTIONS.get(given.outcome, "too large")
    return "too small" if rate < openings[0][0] else "too large"


def bars(votes: Mapping[str, Sequence[Given]]) -> tuple[Bar, ...]:
    """The most common answers, those of the first vote first; options in their order, chosen or not.

    The words of an answer are those of its own task; rare answers become one bar.
    """
    counted: dict[str, Counter[str]] = {vote: Counter() for vote in votes}
    right: dict[str, bool] = {}
    for vote, given in votes.items():
        for one in given:
            words = asked.label(one.task, one.answer)
            counted[vote][words] += 1
            right[words] = right.get(words, False) or one.passed
    all_of_it = sum(counted.values(), Counter())
    order = [*_offered(votes, all_of_it), *(words for words, _ in all_of_it.most_common())]
    shown = list(dict.fromkeys(order))
    rare = shown[MOST_BARS:] if len(shown) > MOST_BARS + 1 else []
    shown = [words for words in shown if words not in rare]
    made = [
        Bar(words, vote, counted[vote][words], right.get(words, False)) for words in shown for vote in votes
    ]
    if rare:
        made += [
            Bar(OTHERS, vote, sum(counted[vote][words] for words in rare), right=False) for vote in votes
        ]
    return tuple(made)


def ratios(given: Sequence[Given]) -> tuple[float, ...]:
    """Answers to a number exercise as multiples of the right number; what has another sign is left out."""
    found = []
    for one in given:
        value, right = _number(one), number(one.task.task.answer, one.task.numbers)
        if isinstance(value, float) and value * right > 0.0:
            found.append(value / right)
    return tuple(found)


def edges(low: float, high: float) -> tuple[float, ...]:
    """Edges of bins on a log axis, six a decade."""
    first, last = math.floor(math.log10(low) * _BINS_A_DECADE), math.ceil(math.log10(high) * _BINS_A_DECADE)
    return tuple(10 ** (place / _BINS_A_DECADE) for place in range(first, last + 1))


def ratio_edges(values: Sequence[float]) -> tuple[float, ...]:
    """Edges for ratios, with 1 in the middle of a bin, no further than a factor of a hundred."""
    reach = max([3.0, *(max(value, 1.0 / value) for value in values)])
    half = 0.5 / _BINS_A_DECADE
    steps = math.ceil(math.log10(min(reach, _WIDEST_RATIO)) * _BINS_A_DECADE)
    return tuple(10 ** (place / _BINS_A_DECADE + half) for place in range(-steps - 1, steps + 1))


def _number(given: Given) -> float | Refusal | object:
    """The number that an answer is, if it is one; it may be another kind of answer, or none any more."""
    return read(given.task, given.answer)


def _offered(votes: Mapping[str, Sequence[Given]], counted: Mapping[str, int]) -> list[str]:
    """All options of a choice in which everyone had the same ones: what nobody chose is news too."""
    tasks = [one.task for given in votes.values() for one in given]
    shapes = [form(task) for task in tasks[:1]]
    if not shapes or not isinstance(shapes[0], OneOf):
        return []
    offered = [asked.plainly(option.text) for option in shapes[0].options]
    return offered if set(counted) <= set(offered) else []
