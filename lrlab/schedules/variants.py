"""Same name, different function: what five libraries mean by one-cycle, cosine, warm-up and a step.

Each function is a library's own definition, kept as it is, so that the pictures can be laid over each other. What this
lab itself computes is in the other files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lrlab.schedules.plateau import follow, reduce_on_plateau

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Variant:
    """One library's definition: rates as a function of an int array of steps, and where it differs.

    NaN stands where the library refuses to go on.
    """

    library: str
    rates: Callable[[NDArray[np.int64]], Array]
    remark: str
    source: str


@dataclass(frozen=True)
class Difference:
    """One name with several meanings: the sentence that tells them apart, and how many steps show it.

    `unit` says what is counted, `stepped` whether the rate stands still between two of them.
    """

    name: str
    title: str
    sentence: str
    steps: int
    variants: tuple[Variant, ...]
    unit: str = "step t"
    stepped: bool = False


def parting(difference: Difference) -> tuple[int, int]:
    """Return the first step at which two of the variants differ, and the step at which they are furthest apart.

    Args:
        difference: one name with several meanings.

    Returns:
        Two steps. Less than a ten-thousandth of the highest rate is no difference; a library that refuses to go on
        differs from one that does.

    Raises:
        ValueError: for variants that never part.

    Source: the definitions in this file.

    >>> parting(DIFFERENCES["boundary"]), parting(DIFFERENCES["cosine"])
    ((30, 30), (101, 199))
    """
    rates = np.array([variant.rates(np.arange(difference.steps)) for variant in difference.variants])
    refused = np.isnan(rates)
    filled = np.where(refused, 0.0, rates)
    spread = np.where(refused.any(axis=0), 0.0, filled.max(axis=0) - filled.min(axis=0))
    apart = (spread > 1e-4 * filled.max()) | (refused.any(axis=0) & ~refused.all(axis=0))
    if not apart.any():
        raise ValueError(f"{difference.name} names variants that never part; they must differ.")
    return int(apart.argmax()), int(spread.argmax())


def _cosine(start: float, end: float, way: NDArray[np.floating]) -> Array:
    rates: Array = end + (start - end) * (1.0 + np.cos(np.pi * way)) / 2.0
    return rates


def one_cycle_pytorch(
    t: NDArray[np.int64], shape: str = "cosine", peak: float = 1.0, steps: int = 100
) -> Array:
    """PyTorch's one-cycle: the peak at 0.3·steps − 1, and at `steps` itself a value past the curve's end."""
    corner, last = 0.3 * steps - 1.0, steps - 1.0
    up, down = t / corner, (t - corner) / (last - corner)
    if shape == "cosine":
        rates = np.where(t <= corner, _cosine(peak / 25.0, peak, up), _cosine(peak, peak / 25e4, down))
    else:
        rise, fall = peak / 25.0 + (peak - peak / 25.0) * up, peak + (peak / 25e4 - peak) * down
        rates = np.where(t <= corner, rise, fall)
    return np.where(t <= steps, rates, np.nan)


def one_cycle_optax(
    t: NDArray[np.int64], shape: str = "cosine", peak: float = 1.0, steps: int = 100
) -> Array:
    """optax's one-cycle: the cosine one peaks at ⌊0.3·steps⌋; the straight one has three corners."""
    if shape == "cosine":
        corner = int(0.3 * steps)
        up, down = np.minimum(t / corner, 1.0), np.clip((t - corner) / (steps - corner), 0.0, 1.0)
        return np.where(t < corner, _cosine(peak / 25.0, peak, up), _cosine(peak, peak / 25e4, down))
    corners = (0, int(0.3 * steps), int(0.85 * steps), steps)
    return np.interp(t, corners, (peak / 25.0, peak, peak / 25.0, peak / 25e4))


def one_cycle_fastai(t: NDArray[np.int64], peak: float = 1.0, steps: int = 100) -> Array:
    """fastai's fit_one_cycle: a quarter of the way up, and down to a hundred-thousandth of the peak."""
    way = np.minimum(t / steps, 1.0)
    up, down = np.minimum(way / 0.25, 1.0), np.clip((way - 0.25) / 0.75, 0.0, 1.0)
    return np.where(way < 0.25, _cosine(peak / 25.0, peak, up), _cosine(peak, peak / 1e5, down))


def cosine_pytorch(t: NDArray[np.int64], rate: float = 0.1, steps: int = 100) -> Array:
    """PyTorch's CosineAnnealingLR: the cosine goes on after T_max, and the rate rises again."""
    return _cosine(rate, 0.0, t / steps)


def cosine_held(t: NDArray[np.int64], rate: float = 0.1, steps: int = 100) -> Array:
    """Keras's CosineDecay and optax's cosine_decay_schedule: held at the end."""
    return _cosine(rate, 0.0, np.minimum(t / steps, 1.0))


def warmup_pytorch(t: NDArray[np.int64], rate: float = 0.1, ramp: int = 10, steps: int = 100) -> Array:
    """PyTorch, as its users write it: LinearLR from a tenth, then cosine over what is left of `steps`."""
    up = rate * (0.1 + 0.9 * np.minimum(t / ramp, 1.0))
    return np.where(t < ramp, up, _cosine(rate, 0.0, (t - ramp) / (steps - ramp)))


def warmup_keras(t: NDArray[np.int64], rate: float = 0.1, ramp: int = 10, steps: int = 100) -> Array:
    """Keras's CosineDecay with warm-up: decay_steps begin after the warm-up, so the whole lasts ramp + steps."""
    return np.where(t < ramp, rate * t / ramp, _cosine(rate, 0.0, np.minimum((t - ramp) / steps, 1.0)))


def warmup_optax(t: NDArray[np.int64], rate: float = 0.1, ramp: int = 10, steps: int = 100) -> Array:
    """optax's warmup_cosine_decay_schedule: decay_steps include the warm-up, so the whole lasts `steps`."""
    way = np.clip((t - ramp) / (steps - ramp), 0.0, 1.0)
    return np.where(t < ramp, rate * t / ramp, _cosine(rate, 0.0, way))


def warmup_timm(t: NDArray[np.int64], rate: float = 0.1, ramp: int = 10, steps: int = 100) -> Array:
    """timm's CosineLRScheduler by default: the cosine falls behind the warm-up, and the peak is never met."""
    up = 1e-4 + (rate - 1e-4) * t / ramp
    return np.where(t < ramp, up, np.where(t < steps, _cosine(rate, 0.0, t / steps), 0.0))


def step_at_the_boundary(t: NDArray[np.int64], rate: float = 0.1, at: int = 30) -> Array:
    """PyTorch's MultiStepLR and optax's piecewise_constant_schedule: the boundary step has the new rate."""
    return np.where(t >= at, 0.1 * rate, rate)


def step_after_the_boundary(t: NDArray[np.int64], rate: float = 0.1, at: int = 30) -> Array:
    """Keras's PiecewiseConstantDecay: the boundary step still has the old rate."""
    return np.where(t > at, 0.1 * rate, rate)


def plateau_on_constant_loss(t: NDArray[np.int64], convention: str) -> Array:
    """Reduce-on-plateau by one convention when the loss never changes: factor ½, patience 3, cooldown 2."""
    state = reduce_on_plateau(0.1, factor=0.5, patience=3, cooldown=2, convention=convention)
    return follow(state, np.ones(int(t.max(initial=0))))[t]


def _differences(*differences: Difference) -> Mapping[str, Difference]:
    return MappingProxyType({difference.name: difference for difference in differences})


DIFFERENCES: Mapping[str, Difference] = _differences(
    Difference(
        "one_cycle",
        "One-cycle over 100 steps",
        "The peak is at step 29 in PyTorch, 30 in optax and 25 in fastai; the end is the peak over 250,000 in the first"
        " two and over 100,000 in the third.",
        105,
        (
            Variant(
                "PyTorch", one_cycle_pytorch, "One step too many bounces back up.", "OneCycleLR, PyTorch 2.13"
            ),
            Variant("optax", one_cycle_optax, "Held after the end.", "cosine_onecycle_schedule, optax 0.2.8"),
            Variant("fastai", one_cycle_fastai, "A shorter rise.", "Learner.fit_one_cycle, fastai 2.8"),
        ),
    ),
    Difference(
        "one_cycle_straight",
        "One-cycle in straight lines",
        "PyTorch goes straight down from the peak, and below zero if you take one step too many; optax is back at its"
        " starting rate at 85 % of the way.",
        105,
        (
            Variant(
                "PyTorch",
                lambda t: one_cycle_pytorch(t, "linear"),
                "Step 100 has a negative rate: −0.0143 of the peak.",
                'OneCycleLR(anneal_strategy="linear"), PyTorch 2.13',
            ),
            Variant(
                "optax",
                lambda t: one_cycle_optax(t, "linear"),
                "Three phases.",
                "linear_onecycle_schedule, optax 0.2.8",
            ),
        ),
    ),
    Difference(
        "cosine",
        "Cosine past its end",
        "After its last step the cosine is held in Keras and optax, and rises again in PyTorch and transformers.",
        200,
        (
            Variant(
                "PyTorch",
                cosine_pytorch,
                "Back at the full rate at step 200.",
                "CosineAnnealingLR, PyTorch 2.13",
            ),
            Variant("Keras", cosine_held, "Held.", "CosineDecay, Keras 3.15"),
            Variant("optax", cosine_held, "Held.", "cosine_decay_schedule, optax 0.2.8"),
        ),
    ),
    Difference(
        "warmup",
        "Warm-up of 10 steps before a cosine of 100",
        "optax counts the warm-up as part of the 100 steps, Keras adds it; both spend their first update at rate 0. In"
        " timm the cosine falls behind the warm-up's back, and there is a jump where they meet.",
        115,
        (
            Variant("PyTorch", warmup_pytorch, "As you put it together.", "SequentialLR, PyTorch 2.13"),
            Variant("Keras", warmup_keras, "Ends at step 110.", "CosineDecay(warmup_steps=10), Keras 3.15"),
            Variant("optax", warmup_optax, "Ends at step 100.", "warmup_cosine_decay_schedule, optax 0.2.8"),
            Variant(
                "timm", warmup_timm, "Never reaches its rate.", "CosineLRScheduler(warmup_t=10), timm 1.0"
            ),
        ),
    ),
    Difference(
        "boundary",
        "A fall at step 30",
        "At the boundary itself PyTorch and optax use the new rate, Keras the old one.",
        60,
        (
            Variant(
                "PyTorch", step_at_the_boundary, "Step 30 has the new rate.", "MultiStepLR, PyTorch 2.13"
            ),
            Variant(
                "Keras",
                step_after_the_boundary,
                "It has the old rate.",
                "PiecewiseConstantDecay, Keras 3.15",
            ),
            Variant(
                "optax",
                step_at_the_boundary,
                "Step 30 has the new rate.",
                "piecewise_constant_schedule, optax 0.2.8",
            ),
        ),
        stepped=True,
    ),
    Difference(
        "plateau",
        "Reduce on plateau with patience 3, on a loss that never moves",
        "PyTorch cuts after four bad epochs and rests fully, Keras after three, and its rest overlaps the next wait.",
        22,
        (
            Variant(
                "PyTorch",
                lambda t: plateau_on_constant_loss(t, "pytorch"),
                "Cuts after epochs 5, 11, 17.",
                "ReduceLROnPlateau, PyTorch 2.13",
            ),
            Variant(
                "Keras",
                lambda t: plateau_on_constant_loss(t, "keras"),
                "Cuts after epochs 4, 8, 12, 16, 20.",
                "ReduceLROnPlateau, Keras 3.15",
            ),
        ),
        unit="epoch",
        stepped=True,
    ),
)
"""Every name with several meanings, by name."""
