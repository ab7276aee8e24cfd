"""Runs the code that the export writes, in the library it is written for, and keeps what came out.

    python -m tests.schedules.emitted

writes tests/golden/emitted.json anew. It needs the packages of requirements-frameworks.txt; the tests compare the
text that the export writes today with the text that was run then, and the rates with the curve on the screen.
"""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

from lrlab import schedules as s
from lrlab.schedules.export import code

STEPS = [*range(42), *range(45, 215, 6)]
GOLDEN = Path(__file__).parents[1] / "golden" / "emitted.json"

CASES = {
    "constant": s.constant(0.1),
    "step decay": s.step_decay(0.1, every=30, factor=0.1),
    "milestones": s.milestones(0.1, at=(10, 30, 80), factor=0.2),
    "exponential": s.exponential(0.1, 0.95),
    "polynomial": s.polynomial(0.1, 100, power=2.0),
    "polynomial to an end": s.polynomial(0.1, 100, power=0.5, end=0.001),
    "linear down": s.linear(0.1, 0.0, 100),
    "linear up": s.linear(0.001, 0.1, 20),
    "linear from zero": s.linear(0.0, 0.1, 20),
    "cosine": s.cosine(0.1, 0.001, 100),
    "cosine to zero": s.cosine(0.1, 0.0, 100),
    "cosine up": s.cosine(0.0, 0.1, 30),
    "inverse sqrt": s.inverse_sqrt(0.1, warmup=10),
    "inverse time": s.inverse_time(0.1, 0.05),
    "triangular": s.triangular(0.01, 0.1, half_cycle=20),
    "equal restarts": s.cosine_restarts(0.1, 0.001, first=10),
    "doubling restarts": s.cosine_restarts(0.1, 0.001, first=10, growth=2),
    "tripling restarts": s.cosine_restarts(0.1, 0.0, first=5, growth=3),
    "one-cycle": s.one_cycle(0.1, 100),
    "one-cycle with its peak between two steps": s.one_cycle(0.1, 25),
    "one-cycle in three straight lines": s.one_cycle(0.1, 100, shape="linear", phases=3),
    "warm-up and cosine": s.warmup(5, s.cosine(0.01, 0.0001, 95)),
    "warm-up and milestones": s.warmup(8, s.milestones(0.1, at=(30, 80), factor=0.1)),
    "warm-up and restarts": s.warmup(6, s.cosine_restarts(0.1, 0.001, first=10, growth=2)),
    "warm-up, stable, decay": s.warmup_stable_decay(0.1, warmup=10, stable=70, decay=20, end=0.001),
    "a join in a join": s.join(
        (s.warmup(4, s.constant(0.05)), s.triangular(0.01, 0.02, half_cycle=3), s.exponential(0.01, 0.9)),
        at=(12, 40),
    ),
}


def run(text):
    """Run a program and return the names it leaves."""
    names = {}
    exec(compile(text, "<exported>", "exec"), names)
    return names


def python(text):
    """The rate at each of the steps, as plain Python says."""
    rate = run(text)["rate"]
    return [float(rate(t)) for t in STEPS]


def pytorch(text):
    """The rate that the optimizer holds before each of the steps; None where the scheduler refuses to go on."""
    import warnings

    names = run(text)
    optimizer, scheduler = names["optimizer"], names["scheduler"]
    rates = []
    for _ in range(STEPS[-1] + 1):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                scheduler.step()
        except ValueError:
            break
    return [float(rates[t]) if t < len(rates) else None for t in STEPS]


def keras(text):
    """The rate at each of the steps, as Keras's optimizer would ask for it."""
    schedule = run(text)["schedule"]
    return [float(schedule if isinstance(schedule, float | int) else schedule(t)) for t in STEPS]


def optax(text):
    """The rate at each of the steps, as optax's optimizer would ask for it."""
    import jax.numpy as jnp

    schedule = run(text)["schedule"]
    return [float(schedule(jnp.asarray(t))) for t in STEPS]


RUNNERS = {"python": python, "pytorch": pytorch, "keras": keras, "optax": optax}


def main():
    """Write the golden file anew."""
    import importlib.metadata as installed

    kept = {
        "source": {name: installed.version(name) for name in ("torch", "keras", "optax", "jax")},
        "made by": "python -m tests.schedules.emitted",
        "steps": STEPS,
    }
    kept["cases"] = {
        name: {
            target: {"code": code(schedule, target), "rates": RUNNERS[target](code(schedule, target))}
            for target in ("pytorch", "keras", "optax")
        }
        for name, schedule in CASES.items()
    }
    GOLDEN.write_text(
        json.dumps(kept, indent=None, separators=(",", ":")).replace('"code"', '\n"code"') + "\n"
    )


if __name__ == "__main__":
    main()
