"""How long one answer takes to judge, of every kind: the first in a process, a new task, and one seen before.

python benchmarks/judging.py

For every exercise of the course, the best answer and a poor one are judged. Descent kinds have 50 ms for an answer and
training kinds 500 ms, whoever asks first. Processor time is counted, so that other work on the machine is not.
"""

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lrlab.grading import Refusal, judge, load_track, read, trainings, variant, write  # noqa: E402
from lrlab.grading.kinds.registry import KINDS  # noqa: E402
from lrlab.grading.templates import fill  # noqa: E402

TRAINED = ("finder", "batch", "budget")
LIMITS = {kind: 500.0 if kind in TRAINED else 50.0 for kind in KINDS}
SEEDS = range(6)


def judged(exercise, seed):
    """Milliseconds for a wrong answer and for the best one on a task nobody has seen, and for the best once more."""
    drawn = variant(exercise, seed)
    kind = KINDS[exercise.kind]
    wrong = exercise.sheet.self_test.wrong[seed % len(exercise.sheet.self_test.wrong)]
    poor = kind.under_letters(drawn.task, drawn, fill(wrong.answer, drawn.numbers))
    best = write(drawn, kind.solve(drawn.task, drawn))
    # Another version of the same file has the same tasks, and nothing is remembered of them.
    unseen = [variant(replace(exercise, version=name), seed) for name in ("first", "second")]
    return _time(unseen[0], poor, cold=True), _time(unseen[1], best, cold=True), _time(unseen[1], best)


def _time(drawn, text, *, cold=False):
    if cold:
        for remembered in (trainings.sweep, trainings.loss, trainings.ramp):
            remembered.cache_clear()
    began = time.process_time()
    if not isinstance(read(drawn, text), Refusal):
        judge(drawn, text)
    return 1000 * (time.process_time() - began)


def main():
    """Print a table; end with 1 where a kind is too slow."""
    slowest = {}
    for exercise in load_track(ROOT / "exercises").exercises.values():
        times = [judged(exercise, seed) for seed in SEEDS]
        first, best, again = zip(*times, strict=True)
        row = (max(first), max(best), statistics.median(again), exercise.slug)
        slowest[exercise.kind] = max(slowest.get(exercise.kind, (0.0, 0.0, 0.0, "")), row)
    print(f"{'kind':10} {'wrong, new task':>16} {'best':>8} {'again':>8} {'limit':>7}  slowest exercise")
    for kind, (first, best, again, slug) in slowest.items():
        limit = LIMITS[kind]
        mark = "" if max(first, best) <= limit else "  TOO SLOW"
        print(f"{kind:10} {first:13.1f} ms {best:5.1f} ms {again:5.1f} ms {limit:4.0f} ms  {slug}{mark}")
    return int(any(max(row[:2]) > LIMITS[kind] for kind, row in slowest.items()))


if __name__ == "__main__":
    sys.exit(main())
