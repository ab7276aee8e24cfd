"""What the proofs of several kinds share: numbers that should make a mistake, bounds on luck, mistakes never heard."""

from collections.abc import Collection, Iterator

from lrlab.grading.kinds.kind import Complaint
from lrlab.grading.spec import Door, Mistake
from lrlab.grading.track import Exercise
from lrlab.grading.variants import Variant
from lrlab.grading.walks import number

MOST_GUESSED = 0.35
MOST_GUESSED_HARD = 0.15


def examples(mistake: Mistake, drawn: Variant) -> Iterator[float]:
    """Numbers that a mistake should know: its value, or some beside each bound and between the two."""
    if mistake.value is not None:
        yield number(mistake.value, drawn.numbers)
    bounds = [number(bound, drawn.numbers) for bound in (mistake.above, mistake.below) if bound is not None]
    for bound in bounds:
        yield from (bound * part for part in (0.5, 0.9, 1.1, 2.0))
    if bounds:
        yield sum(bounds) / len(bounds)


def claimed(claim: Door, decades: float) -> Iterator[Complaint]:
    """Complain where a door is not as wide as its file says."""
    if not claim.least <= decades <= claim.most:
        side = "narrower" if decades < claim.least else "wider"
        yield "task.door", f"the door is {side} than the {claim.least:g} to {claim.most:g} decades claimed"


def guessed(drawn: Variant, probability: float, field: str) -> Iterator[Complaint]:
    """Complain where luck is too likely to pass."""
    most = MOST_GUESSED_HARD if drawn.exercise.sheet.hard else MOST_GUESSED
    if probability > most:
        yield field, f"blind guessing passes with a probability above {most:g}"


def unheard(exercise: Exercise, heard: Collection[str]) -> Iterator[Complaint]:
    """Every known mistake whose message no answer brought up."""
    for place, mistake in enumerate(exercise.sheet.mistakes):
        if mistake.name not in heard:
            yield f"mistakes.{place}", f"no answer brings the message of {mistake.name!r}"
