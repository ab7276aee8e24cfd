"""A point walking down a surface: surfaces, update rules, runs, and how they end.

Conventions. Optimizers and their coefficients are PyTorch's, by PyTorch's names. Step t counts from 0, and
`rates[t]` takes `points[t]` to `points[t + 1]`. Divergence is an outcome, not an error: a run is kept as
computed up to its first non-finite state, and is NaN after it.
"""

from lrlab.descent.optimizers import OPTIMIZERS
from lrlab.descent.run import Descent, descend
from lrlab.descent.surfaces import SURFACES

__all__ = ["OPTIMIZERS", "SURFACES", "Descent", "descend"]
