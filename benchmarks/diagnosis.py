"""How often the diagnosis names what we caused: seeded runs of every symptom, and the confusion table.

    python benchmarks/diagnosis.py [runs per specimen, 100 by default]

Closed-form runs are written here, not taken from the engine that is judged beside them; the last rows are real
trainings. Runs that lie between two symptoms are left out by the ranges below, which say what counts as clear.
"""

import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from lrlab.diagnosis import Symptom, diagnose

Run = tuple[np.ndarray, np.ndarray | None]
Specimen = Callable[[np.random.Generator], Run]


def log_uniform(rng, low, high):
    """A number whose logarithm is uniform."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def any_scale(rng, losses):
    """The same curve in other units."""
    return losses * log_uniform(rng, 1e-3, 1e3)


def quadratic(rng, rates, curvatures, start, steps, noise=0.0, momentum=0.0):
    """Losses of ½Σλx² under x ← x − αv, v ← βv + λx + noise; rates are times 1/λmax."""
    x, v, losses = np.array(start, dtype=float), np.zeros(len(start)), np.empty(steps + 1)
    rates = np.broadcast_to(rates, steps)
    for t in range(steps):
        losses[t] = 0.5 * np.sum(curvatures * x * x)
        v = momentum * v + curvatures * x + noise * rng.normal(size=len(x))
        x = x - rates[t] * v
    losses[steps] = 0.5 * np.sum(curvatures * x * x)
    return losses


def bowl(rng, fewest=1, most=8, condition=3.0):
    """Curvatures up to 1 and a start some way off."""
    curvatures = np.exp(rng.uniform(-math.log(condition), 0.0, size=int(rng.integers(fewest, most))))
    curvatures[0] = 1.0
    return curvatures, rng.choice([-1.0, 1.0], size=len(curvatures)) * rng.uniform(
        2.5, 7.5, size=len(curvatures)
    )


def noise_for(level, rate, curvatures):
    """The gradient noise that makes the stationary loss `level`: Var = ασ²/(λ(2 − αλ)) in each direction."""
    return math.sqrt(2.0 * level / np.sum(rate / (2.0 - rate * curvatures)))


def creeping_bowl(rng) -> Run:
    """A rate so small that 3 to 45 % of the loss goes in the whole run; sometimes noise, sometimes a floor."""
    curvatures, start = bowl(rng, condition=10.0)
    steps = int(log_uniform(rng, 30, 400))
    losses = quadratic(rng, rng.uniform(0.015, 0.3) / steps, curvatures, start, steps)
    losses += losses[0] * rng.choice([0.0, rng.uniform(0.0, 0.5)])
    fall = losses[0] - losses[-1]
    return any_scale(
        rng, losses + rng.normal(size=steps + 1) * fall * rng.choice([0.0, rng.uniform(0, 0.1)])
    ), None


def creeping_epochs(rng) -> Run:
    """Twelve to sixty epochs as a log prints them, each a little better."""
    epochs, pace = int(rng.integers(12, 60)), log_uniform(rng, 2e-4, 6e-3)
    t = np.arange(epochs)
    losses = rng.uniform(0.3, 3.0) * (1.0 - pace * t + 0.3 * (pace * t) ** 2)
    fall = losses[0] - losses[-1]
    return np.round(losses + rng.normal(size=epochs) * fall * rng.uniform(0.0, 0.06), 5), None


def healthy_bowl(rng) -> Run:
    """A good rate, run until at least nine tenths of the loss are gone."""
    curvatures, start = bowl(rng, condition=6.0)
    rate = log_uniform(rng, 0.04, 0.95)
    steps = int(max(8.0, log_uniform(rng, 1.5, 6.0) / (rate * curvatures.min())))
    losses = quadratic(rng, rate, curvatures, start, steps)
    return any_scale(rng, losses + losses[0] * rng.choice([0.0, rng.uniform(0.0, 0.12)])), None


def healthy_power_law(rng) -> Run:
    """The slow tail of a real training, still falling, with noise in proportion to the level."""
    steps = int(log_uniform(rng, 40, 3000))
    losses = (1.0 + np.arange(steps) * log_uniform(rng, 15, 60) / steps) ** -rng.uniform(0.6, 1.2)
    return any_scale(
        rng, losses * np.exp(rng.normal(size=steps) * rng.choice([0.0, rng.uniform(0.0, 0.1)]))
    ), None


def healthy_epochs(rng) -> Run:
    """Eight to forty epochs towards a level that cannot be beaten."""
    epochs = int(rng.integers(8, 40))
    losses = rng.uniform(0.1, 0.25) + rng.uniform(1.5, 2.3) * np.exp(
        -np.arange(epochs) * rng.uniform(3.5, 7) / epochs
    )
    return np.round(losses + rng.normal(size=epochs) * rng.uniform(0.0, 0.008), 4), None


def oscillating_ball(rng) -> Run:
    """Heavy-ball momentum, under-damped."""
    momentum = rng.uniform(0.8, 0.96)
    curvatures, start = bowl(rng, most=3, condition=1.5)
    rate = log_uniform(rng, max(0.08, 3.0 * (1.0 - math.sqrt(momentum)) ** 2), 1.8)
    steps = int(rng.uniform(2.0, 5.0) / (1.0 - momentum)) + 10
    losses = quadratic(rng, rate, curvatures, start, steps, momentum=momentum)
    losses += losses[0] * (
        rng.choice([0.0, 0.08]) + np.abs(rng.normal(size=steps + 1)) * rng.choice([0.0, 0.006])
    )
    return any_scale(rng, losses), None


def oscillating_log(rng) -> Run:
    """Up, down, up, down, each time by less."""
    steps = int(rng.integers(14, 80))
    t = np.arange(steps)
    swing = 1.0 + rng.uniform(0.25, 0.6) * np.cos(np.pi * t * rng.uniform(0.9, 1.0))
    losses = rng.uniform(0.05, 0.2) + np.exp(-t * rng.uniform(2.5, 5.0) / steps) * swing
    return any_scale(rng, losses + rng.normal(size=steps) * 0.004), None


def bouncing_bowl(rng) -> Run:
    """αλ just below 2 with noise: the stationary loss is at or above the starting loss."""
    curvatures, start = bowl(rng, most=3, condition=1.2)
    rate, steps = rng.uniform(1.9, 1.97), int(rng.integers(80, 400))
    level = 0.5 * np.sum(curvatures * start**2) * rng.uniform(1.2, 2.5)
    return any_scale(
        rng, quadratic(rng, rate, curvatures, start, steps, noise_for(level, rate, curvatures))
    ), None


def bouncing_well(rng) -> Run:
    """A valley whose sides have a bounded slope, jumped across at every step."""
    steps, rate, x = int(rng.integers(40, 300)), rng.uniform(2.4, 6.0), rng.uniform(-2.0, 2.0)
    losses = np.empty(steps)
    for t in range(steps):
        losses[t] = math.sqrt(1.0 + x * x) - 0.95
        x -= rate * x / math.sqrt(1.0 + x * x) * (1.0 + 0.2 * rng.normal())
    return any_scale(rng, losses), None


def bouncing_log(rng) -> Run:
    """A log of eight to sixty points, high, low, high, low."""
    points, level = int(rng.integers(8, 60)), rng.uniform(0.3, 1.0)
    swing = rng.uniform(0.35, 0.7) * np.cos(np.pi * np.arange(points)) * rng.uniform(0.5, 1.0, size=points)
    return np.round(level * (1.0 + swing + 0.03 * rng.normal(size=points)), 4), None


def diverging_bowl(rng) -> Run:
    """αλ from 2.02 to 3, run until the loss has grown six times or more."""
    curvatures, start = bowl(rng, condition=1.2)
    rate = rng.uniform(2.02, 3.0)
    steps = min(int(math.log(log_uniform(rng, 6.0, 1e12)) / (2.0 * math.log(rate - 1.0))) + 2, 600)
    losses = quadratic(rng, rate, curvatures, start, max(steps, 4), noise=rng.choice([0.0, 0.3]))
    return (any_scale(rng, losses), None) if losses[-1] > 6.0 * losses[0] else diverging_bowl(rng)


def diverging_turn(rng) -> Run:
    """It falls along one direction while another, nearly at rest, grows from next to nothing."""
    curvatures, rate = np.array([1.0, rng.uniform(0.1, 0.4)]), rng.uniform(2.05, 2.6)
    start = np.array([log_uniform(rng, 1e-4, 0.05), 5.0])
    grown = log_uniform(rng, 10.0, 1e5) * curvatures[1] * 25.0 / start[0] ** 2
    return any_scale(
        rng, quadratic(rng, rate, curvatures, start, int(math.log(grown) / (2 * math.log(rate - 1))))
    ), None


def floor_bowl(rng) -> Run:
    """Gradient noise that keeps the loss at 2 to 10 % of its start."""
    curvatures, start = bowl(rng, fewest=2, most=12)
    rate = log_uniform(rng, 0.06, 1.2)
    steps = int(log_uniform(rng, 8.0, 40.0) / (rate * curvatures.min())) + 60
    level = log_uniform(rng, 0.02, 0.1) * 0.5 * np.sum(curvatures * start**2)
    losses = quadratic(rng, rate, curvatures, start, steps, noise_for(level, rate, curvatures))
    return any_scale(rng, losses + losses[0] * rng.choice([0.0, rng.uniform(0.0, 0.08)])), None


def floor_training(rng) -> Run:
    """Down to a level that mini-batches make noisy."""
    steps, level = int(log_uniform(rng, 40, 2000)), rng.uniform(0.08, 0.25)
    losses = level + (1.0 - level) * np.exp(-np.arange(steps) * log_uniform(rng, 8, 40) / steps)
    return any_scale(rng, np.abs(losses + rng.normal(size=steps) * level * rng.uniform(0.15, 0.35))), None


def plateau_start(rng) -> Run:
    """A start on the flat shoulder of 4(1 − exp(−x²/2)), crossed at last."""
    x, rate, losses = rng.uniform(2.6, 3.1), log_uniform(rng, 0.02, 0.4), []
    after = rng.uniform(0.05, 0.6)
    while len(losses) < 20_000:
        losses.append(4.0 * (1.0 - math.exp(-x * x / 2.0)))
        x -= rate * x * math.exp(-x * x / 2.0)
        if losses[-1] < 0.05 and rng.random() < rate / (5.0 * after):
            break
    y = np.array(losses)
    return any_scale(
        rng, np.abs(y + rng.normal(size=len(y)) * rng.choice([0.0, rng.uniform(0.0, 0.05)])) + 0.01
    ), None


def plateau_between(rng) -> Run:
    """It falls, is flat for a third of the run or more, and falls again."""
    steps = int(log_uniform(rng, 60, 800))
    t, share = np.arange(steps) / steps, rng.uniform(0.4, 0.6)
    first = (1.0 - share) * np.exp(-t / rng.uniform(0.03, 0.07))
    second = share / (1.0 + np.exp((t - rng.uniform(0.55, 0.8)) / rng.uniform(0.02, 0.06)))
    return any_scale(
        rng, first + second + rng.uniform(0.05, 0.1) + rng.normal(size=steps) * rng.uniform(0, 0.015)
    ), None


def rate_raised(rng) -> Run:
    """A small rate jumps to αλ of 1.6 to 1.95 in mid-run."""
    curvatures, start = bowl(rng, fewest=3, most=12, condition=2.0)
    steps, rate = int(rng.integers(120, 500)), rng.uniform(0.05, 0.15)
    rates = np.where(np.arange(steps) < int(steps * rng.uniform(0.3, 0.75)), rate, rng.uniform(1.6, 1.95))
    level = log_uniform(rng, 0.003, 0.02) * 0.5 * np.sum(curvatures * start**2)
    losses = quadratic(rng, rates, curvatures, start, steps, noise_for(level, rate, curvatures))
    return any_scale(rng, losses), rates if rng.random() < 0.5 else None


def rate_cut(rng) -> Run:
    """A rate at its noise floor is cut to a sixth or less, and the schedule is known."""
    curvatures, start = bowl(rng, fewest=6, most=20, condition=1.5)
    steps, rate = int(rng.integers(150, 500)), rng.uniform(0.6, 1.2)
    rates = np.where(
        np.arange(steps) < int(steps * rng.uniform(0.35, 0.75)), rate, rate / log_uniform(rng, 6, 20)
    )
    level = log_uniform(rng, 0.02, 0.1) * 0.5 * np.sum(curvatures * start**2)
    return any_scale(
        rng, quadratic(rng, rates, curvatures, start, steps, noise_for(level, rate, curvatures))
    ), rates


def data_fault(rng) -> Run:
    """A healthy run whose level jumps at some step, as when the labels of a file are wrong."""
    losses, _ = (healthy_power_law if rng.random() < 0.5 else floor_training)(rng)
    at = int(len(losses) * rng.uniform(0.3, 0.8))
    level = np.median(losses[at - max(4, len(losses) // 20) : at])
    losses[at:] += max(level * rng.uniform(1.5, 4.0), (losses[0] - level) * rng.uniform(0.15, 0.4))
    return losses, None


def died(rng) -> Run:
    """Any of the others, until the loss is no number."""
    losses, _ = (healthy_bowl, floor_bowl, oscillating_ball, diverging_bowl, bouncing_bowl)[rng.integers(5)](
        rng
    )
    losses[int(len(losses) * rng.uniform(0.2, 0.95)) :] = rng.choice([math.nan, math.inf])
    return losses, None


SPECIMENS: Mapping[Symptom, tuple[Specimen, ...]] = {
    Symptom.CREEPING: (creeping_bowl, creeping_epochs),
    Symptom.HEALTHY: (healthy_bowl, healthy_power_law, healthy_epochs),
    Symptom.OSCILLATING: (oscillating_ball, oscillating_log),
    Symptom.BOUNCING: (bouncing_bowl, bouncing_well, bouncing_log),
    Symptom.DIVERGING: (diverging_bowl, diverging_turn),
    Symptom.NOISE_FLOOR: (floor_bowl, floor_training),
    Symptom.PLATEAU: (plateau_start, plateau_between),
    Symptom.SUDDEN_CHANGE: (rate_raised, rate_cut, data_fault),
    Symptom.DIED: (died,),
}
"""By symptom: the runs that show it clearly."""


def trainings(seeds):
    """Real trainings and what their rate should make of them: (symptom, title, runs)."""
    from lrlab.training import fit, hidden, linear, load

    cases = [
        (Symptom.CREEPING, "digits, net, full batch, 0.001", "digits", hidden(32), "sgd", 0.003, 2000, 150),
        (Symptom.CREEPING, "wine, net, batch 64, 0.0005", "wine", hidden(16), "sgd", 0.0005, 64, 300),
        (Symptom.HEALTHY, "digits, net, full batch, 0.5", "digits", hidden(32), "sgd", 0.5, 2000, 300),
        (
            Symptom.HEALTHY,
            "digits, net, Adam, full batch, 0.01",
            "digits",
            hidden(32),
            "adam",
            0.01,
            2000,
            300,
        ),
        (
            Symptom.NOISE_FLOOR,
            "breast cancer, linear, batch 64, 0.5",
            "breast_cancer",
            linear(),
            "sgd",
            0.5,
            64,
            600,
        ),
        (Symptom.BOUNCING, "digits, net, batch 16, 20", "digits", hidden(32), "sgd", 20.0, 16, 300),
        (Symptom.BOUNCING, "digits, net, Adam, batch 16, 1", "digits", hidden(32), "adam", 1.0, 16, 300),
        (Symptom.DIVERGING, "diabetes, linear, batch 64, 2", "diabetes", linear(), "sgd", 2.0, 64, 60),
    ]
    for symptom, title, data, model, optimizer, rate, batch_size, steps in cases:
        runs = [
            fit(
                load(data), model, optimizer, rate, batch_size, steps=steps, seed=seed, measure="never"
            ).losses[0]
            for seed in range(seeds)
        ]
        yield symptom, title, runs


def verdicts(specimen: Specimen, runs: int, first_seed: int = 0) -> Counter[Symptom]:
    """How often each symptom is named on fresh seeded runs of one specimen."""
    seeds = range(first_seed, first_seed + runs)
    return Counter(diagnose(*specimen(np.random.default_rng(seed))).symptom for seed in seeds)


def row(symptom, title, counts):
    """One line of the table: right, not sure, wrong, and what it was taken for."""
    total, right, unsure = sum(counts.values()), counts[symptom], counts[Symptom.NOT_SURE]
    wrong = {other.value: n for other, n in counts.most_common() if other not in (symptom, Symptom.NOT_SURE)}
    print(f"{symptom.value:14s}{title:38s}{right:5d} right{unsure:4d} not sure", end="")
    print(f"{total - right - unsure:4d} wrong  {wrong or ''}")


def main():
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for symptom, specimens in SPECIMENS.items():
        for specimen in specimens:
            row(symptom, specimen.__name__.replace("_", " "), verdicts(specimen, runs))
    print(f"\nreal trainings, {max(2, runs // 10)} seeds each")
    for symptom, title, curves in trainings(max(2, runs // 10)):
        row(symptom, title, Counter(diagnose(curve).symptom for curve in curves))


if __name__ == "__main__":
    main()
