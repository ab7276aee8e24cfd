"""Formulae about logs: noisy losses line by line, their means, and what they say about the rate."""

from functools import lru_cache

import numpy as np

DIRECTIONS, KICKED_START, KICKED_STEPS = 8, 3.0, 400


def kicked_loss(rate: float, kick: float, step: float, seed: float) -> float:
    """The loss at a step of x ← (1 − α)x + kick·ξ from 3, the mean of ½x² over eight directions."""
    return _kicked_losses(rate, kick, round(seed))[round(step)]


def mean_noisy_loss(rate: float, start: float, step: float) -> float:
    """The mean loss at a step of noisy descent on ½x²: (ρᵗ·x₀² + α²(1 − ρᵗ)/(1 − ρ))/2 with ρ = (1 − α)²."""
    kept = (1.0 - rate) ** 2
    share = kept**step
    return float((share * start**2 + rate**2 * (1.0 - share) / (1.0 - kept)) / 2.0)


def lower_at(first: float, second: float, start: float, step: float) -> str:
    """Which of two rates has the lower mean loss at a step of noisy descent on ½x²: `first` or `second`."""
    return "first" if mean_noisy_loss(first, start, step) < mean_noisy_loss(second, start, step) else "second"


def heading(rate: float, curvature: float) -> str:
    """Where plain descent is heading beneath all noise: `down` below the limit 2/λ, `up` above it."""
    return "down" if rate * curvature < 2.0 else "up"


@lru_cache(maxsize=512)
def _kicked_losses(rate: float, kick: float, seed: int) -> tuple[float, ...]:
    kicks = kick * np.random.default_rng(seed).standard_normal((KICKED_STEPS, DIRECTIONS))
    x, losses = np.full(DIRECTIONS, KICKED_START), np.empty(KICKED_STEPS + 1)
    for step, each in enumerate(kicks):
        losses[step] = 0.5 * np.mean(x * x)
        x = (1.0 - rate) * x + each
    losses[-1] = 0.5 * np.mean(x * x)
    return tuple(losses.tolist())
