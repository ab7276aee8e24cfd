"""Is this answer right? Exercise files, a learner's own numbers, judges and proofs: pure, seeded, without a clock.

An exercise is a file (`spec`), read with every fault named (`load`). A `variant` is that exercise with one learner's
numbers. What was typed is first `read` (a `Refusal` costs nothing) and then judged to a `Verdict`. `form` says how a
task is answered and `shown` what replays an answer; both are closed sets of records for a screen to draw.
"""

from lrlab.grading.answers import Refusal
from lrlab.grading.drawing import variant
from lrlab.grading.judging import form, judge, read, shown, write
from lrlab.grading.load import load_track
from lrlab.grading.track import Chapter, Exercise, Fault, Track
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict, stars

__all__ = [
    "Chapter", "Exercise", "Fault", "Offer", "Refusal", "Track", "Variant", "Verdict",
    "form", "judge", "load_track", "read", "shown", "stars", "variant", "write",
]  # fmt: skip
