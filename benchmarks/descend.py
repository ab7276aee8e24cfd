"""200 rates × 500 steps of Rosenbrock: the lab's one pass against a loop as one writes it, in the same run.

    python benchmarks/descend.py [--repeats 30]

Prints the best and the median of the repeats, how many times faster the one pass is, and whether both end at the
same points. The targets are for two cores with nothing else to do.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script from anywhere

from lrlab.descent import descend

RATES = np.geomspace(1e-5, 1e-3, 200)
STEPS = 500
START = np.array([-1.2, 1.0])
TARGETS_MS = {"sgd": 5.0, "adam": 10.0}


def gradient(point: np.ndarray) -> np.ndarray:
    """Rosenbrock's gradient, as in a textbook."""
    x, y = point
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


def loop_sgd(rate: float) -> np.ndarray:
    """One run of gradient descent, step by step."""
    point = START
    for _ in range(STEPS):
        point = point - rate * gradient(point)
    return point


def loop_adam(rate: float) -> np.ndarray:
    """One run of Adam, step by step."""
    point, mean, square = START, np.zeros(2), np.zeros(2)
    for step in range(1, STEPS + 1):
        g = gradient(point)
        mean = 0.9 * mean + 0.1 * g
        square = 0.999 * square + 0.001 * g**2
        point = point - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return point


LOOPS: dict[str, Callable[[float], np.ndarray]] = {"sgd": loop_sgd, "adam": loop_adam}


def milliseconds(task: Callable[[], object], repeats: int) -> list[float]:
    """The times of a task, one a repeat."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(1e3 * (time.perf_counter() - start))
    return times


def main() -> None:
    """Time both ways for both optimizers and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--repeats", type=int, default=30)
    repeats = max(1, parser.parse_args().repeats)
    for optimizer, target in TARGETS_MS.items():
        run = descend("rosenbrock", optimizer, RATES, steps=STEPS)
        times = milliseconds(lambda name=optimizer: descend("rosenbrock", name, RATES, steps=STEPS), repeats)
        ends: list[np.ndarray] = []
        (loop,) = milliseconds(
            lambda name=optimizer, ends=ends: ends.extend(LOOPS[name](rate) for rate in RATES), 1
        )
        apart = float(np.abs(run.points[:, -1] - np.array(ends)).max())
        best = min(times)
        print(
            f"{optimizer:5} best {best:5.2f} ms, median {statistics.median(times):5.2f} ms "
            f"(target {target:g} ms: {'met' if best < target else 'missed'}); "
            f"loop {loop:7.1f} ms, {loop / best:4.0f} times as long; ends differ by {apart:.0e}"
        )


if __name__ == "__main__":
    main()
