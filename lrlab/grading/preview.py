"""An exercise before it is in the course: from the bytes of a file to everything a teacher wants to see of it."""

from dataclasses import dataclass

from lrlab.grading.drawing import variant
from lrlab.grading.evidence import ResponseCurve
from lrlab.grading.judging import write
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.load import Unreadable, read_exercise
from lrlab.grading.proof import Proof, prove
from lrlab.grading.track import Exercise, Fault
from lrlab.grading.variants import Variant

SLUG = "preview/exercise"


@dataclass(frozen=True)
class Sample:
    """One variant, with the response to every rate and the door on it, and an answer that passes as a text.

    `response` is None for kinds that ask for no rate, and `solution` where no answer passes.
    """

    variant: Variant
    response: ResponseCurve | None
    solution: str | None


@dataclass(frozen=True)
class Preview:
    """What came of a file: the exercise, or the faults for which it cannot be read; and how its proof went.

    `faults` are those of the reading and of the proof together; where there are none, the file can be handed in.
    """

    exercise: Exercise | None
    faults: tuple[Fault, ...]
    proof: Proof | None
    samples: tuple[Sample, ...]


def preview(raw: bytes, slug: str = SLUG, variants: int = 20, samples: int = 3) -> Preview:
    """Read a file, prove it on some variants and draw a few; nothing in the file can make this raise.

    Nothing is written, and nothing in the file is ever run: it names kinds and formulae from closed lists.
    """
    try:
        exercise = read_exercise(raw, slug)
    except Unreadable as error:
        faults = tuple(Fault(f"{slug}.toml", field, reason) for field, reason in error.complaints)
        return Preview(None, faults, None, ())
    proof = prove(exercise, variants)
    drawn = tuple(sample for seed in range(samples) if (sample := _sample(exercise, seed)) is not None)
    return Preview(exercise, proof.faults, proof, drawn)


def _sample(exercise: Exercise, seed: int) -> Sample | None:
    kind = KINDS[exercise.kind]
    try:
        drawn = variant(exercise, seed)
        solution = kind.solve(drawn.task, drawn)
        written = None if solution is None else write(drawn, solution)
        return Sample(drawn, kind.response(drawn.task, drawn), written)
    except ValueError:
        return None  # the proof says why
