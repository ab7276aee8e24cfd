"""What numbers about answers say: how hard, how telling, how spread. Pure, and honest about small classes."""

import itertools
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 10
_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Correlation:
    """A correlation of so many pairs, with the interval that holds the true one 95 times in 100."""

    value: float
    low: float
    high: float
    pairs: int


def correlation(x: Sequence[float], y: Sequence[float]) -> Correlation | None:
    """Pearson's correlation with Fisher's interval; None below ten pairs or where one side does not vary.

    The interval is tanh(artanh r ± 1.96/√(n−3)). Source: R. A. Fisher, Statistical Methods for Research Workers (1925).

    >>> result = correlation([0, 1] * 5, [0, 1] * 5)
    >>> (result.value, result.pairs)
    (1.0, 10)
    """
    n = len(x)
    if n != len(y):
        raise ValueError(f"pairs have two sides: {n} numbers on one, {len(y)} on the other")
    if n < FEWEST:
        return None
    mean_x, mean_y = math.fsum(x) / n, math.fsum(y) / n
    spread_x = math.fsum((a - mean_x) ** 2 for a in x)
    spread_y = math.fsum((b - mean_y) ** 2 for b in y)
    if math.isclose(spread_x, 0.0, abs_tol=1e-12) or math.isclose(spread_y, 0.0, abs_tol=1e-12):
        return None
    together = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    r = max(-1.0, min(1.0, together / math.sqrt(spread_x * spread_y)))
    if math.isclose(abs(r), 1.0, rel_tol=1e-12):
        return Correlation(math.copysign(1.0, r), r, r, n)
    centre, reach = math.atanh(r), _NORMAL_95 / math.sqrt(n - 3)
    return Correlation(r, math.tanh(centre - reach), math.tanh(centre + reach), n)


def histogram(values: Sequence[float], edges: Sequence[float]) -> tuple[int, ...]:
    """How many values lie below the first edge, from each edge to the next, and from the last edge on.

    Returns len(edges) + 1 counts; a value on an edge belongs above it. Raises ValueError for edges that do not rise.

    >>> histogram([0.05, 0.1, 0.5, 20.0], [0.1, 1.0, 10.0])
    (1, 2, 0, 1)
    """
    if any(a >= b for a, b in itertools.pairwise(edges)):
        raise ValueError(f"edges must rise, and these do not: {list(edges)}")
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_right(edges, value)] += 1
    return tuple(counts)
