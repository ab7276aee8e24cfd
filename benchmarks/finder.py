"""A 100-step range test on digits, batch 64: the lab's softmax against scikit-learn's SGDClassifier, in one run.

    python -m benchmarks.finder [--repeats 30]

Prints the best and the median of the repeats, the ratio of the two routes, and what a verification costs.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from lrlab.finder import range_test, verify
from lrlab.training import load
from lrlab.training.sklearn_sgd import estimator_for

TARGET_MS = 5.0


def milliseconds(task: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Best and median time of a task, after one run to warm up."""
    task()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(1e3 * (time.perf_counter() - start))
    return min(times), statistics.median(times)


def main() -> None:
    """Time each route on the same data and print one line for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--repeats", type=int, default=30)
    repeats = parser.parse_args().repeats
    digits = load("digits")
    estimator = estimator_for(digits)
    tasks: dict[str, Callable[[], object]] = {
        "softmax": lambda: range_test(digits, "linear"),
        "softmax, adam": lambda: range_test(digits, "linear", "adam"),
        "hidden layer of 32": lambda: range_test(digits, "hidden"),
        "SGDClassifier": lambda: range_test(digits, estimator),
        "verification, hidden layer, 5 rates x 3 seeds x 200 steps": lambda: verify(digits, "hidden", 0.5),
    }
    best = {}
    for name, task in tasks.items():
        best[name], median = milliseconds(task, max(repeats // 10, 1) if best else repeats)
        print(f"{name:60s} best {best[name]:8.2f} ms   median {median:8.2f} ms")
    ratio = best["SGDClassifier"] / best["softmax"]
    verdict = "met" if best["softmax"] < TARGET_MS else "missed"
    print(f"softmax is {ratio:.0f} times as fast as SGDClassifier; target of {TARGET_MS:g} ms {verdict}")


if __name__ == "__main__":
    main()
