"""The closed list of misconceptions: a tag for files and records, a plain sentence for people."""

from collections.abc import Mapping
from types import MappingProxyType

MISCONCEPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "smaller-is-safer": "A smaller rate is always the careful choice.",
        "overshoot-is-divergence": "A run that jumps over the minimum is lost.",
        "one-rate-fits-all": "A rate that worked once works everywhere.",
        "adam-needs-no-tuning": "An adaptive optimizer makes the rate unimportant.",
        "lower-loss-means-better-rate": "The rate with the lowest loss at one moment is the best rate.",
        "loss-must-fall-every-step": "A loss that rises for a step means that training is broken.",
        "momentum-always-allows-more": "Momentum, of whatever kind, lets you take a larger rate.",
        "nan-is-a-bug": "A NaN in the loss must come from an error in the code.",
        "finder-minimum-is-the-answer": "The lowest point of a range test is the rate to train with.",
        "plateau-is-converged": "A loss that no longer moves has arrived.",
        "bigger-batch-is-just-faster": "A larger batch changes the speed and nothing else.",
        "decay-always-helps": "Lowering the rate over time is always an improvement.",
        "limit-is-one-over-l": "One over the curvature is the largest rate that still works.",
    }
)
