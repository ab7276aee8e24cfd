"""What others say about learning rates, put to the test here: every claim with its source and its criterion.

A claim is confirmed where it holds with at least four seeds in five. A verdict is about these small problems and no
others; it is shown as it comes out.
"""

from lrlab.finder.claims import batch_size, finder, optimizers, schedules, search
from lrlab.finder.claims.claim import Claim, Verdict, checked, judged

CLAIMS: tuple[Claim, ...] = (
    *finder.CLAIMS,
    *optimizers.CLAIMS,
    *batch_size.CLAIMS,
    *schedules.CLAIMS,
    *search.CLAIMS,
)
"""All claims, in the order of the pages."""

__all__ = ["CLAIMS", "Claim", "Verdict", "checked", "judged"]
