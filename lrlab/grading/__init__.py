"""Is this answer right? Exercise files, a learner's own numbers, judges and proofs: pure, seeded, without a clock.

An exercise is a file (`spec`), read with every fault named (`load`). A `variant` is that exercise with one learner's
numbers. What was typed is first `read` (a `Refusal` costs nothing) and then judged to a `Verdict`.
"""

from lrlab.grading.answers import Refusal
from lrlab.grading.judges.verdict import Verdict
from lrlab.grading.judging import judge, read, replay
from lrlab.grading.load import load_track
from lrlab.grading.track import Chapter, Exercise, Fault, Track
from lrlab.grading.variants import Offer, Variant, variant

__all__ = [
    "Chapter", "Exercise", "Fault", "Offer", "Refusal", "Track", "Variant", "Verdict",
    "judge", "load_track", "read", "replay", "variant",
]  # fmt: skip
