"""Is this answer right? Exercise files, a learner's own numbers, judges and proofs: pure, seeded, without a clock."""

from lrlab.grading.load import load_track
from lrlab.grading.track import Chapter, Exercise, Fault, Track
from lrlab.grading.variants import Variant, variant

__all__ = ["Chapter", "Exercise", "Fault", "Track", "Variant", "load_track", "variant"]
