"""From one batch size to another: what the rules make of a rate, and which of them training agrees with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.finder.range_test import checked_seeds
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, part_of, whole
from lrlab.training.batches import per_epoch

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rule:
    """A rule for the rate at another batch size: multiply by (new batch/old batch) to the `exponent`."""

    name: str
    title: str
    exponent: float
    formula: str
    source: str


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("unchanged", "Same rate", 0.0, r"\alpha' = \alpha", "no rule at all"),
            Rule(
                "square_root",
                "Square-root rule",
                0.5,
                r"\alpha' = \alpha\,\sqrt{B'/B}",
                "Krizhevsky 2014; Malladi et al. 2022 for Adam, with its β and ε changed as well",
            ),
            Rule("linear", "Linear rule", 1.0, r"\alpha' = \alpha\,B'/B", "Goyal et al. 2017, for SGD"),
        )
    }
)
"""The rules by name, gentlest first."""

CLOSE = 0.1


@dataclass(frozen=True, eq=False)
class RulesTried:
    """K rules for one change of batch size, each trained with S seeds, beside the training they start from.

    `rates` (K,) are what the rules make of `rate`. `epochs` (M,) counts passes over the data; `before` (S, M) are the
    training losses at the old batch size, `after` (S, K, M) those at the new one, NaN where a training was lost.
    `scores` (S, K) are final validation accuracies (or R²). `ahead` names the rule with the lowest final mean, None
    where another is within 10 % of it or all were lost.
    """

    rate: float
    batch_size: int
    new_batch_size: int
    rules: tuple[str, ...]
    rates: Array
    seeds: tuple[int, ...]
    updates: tuple[int, int]
    epochs: NDArray[np.int64]
    before: Array
    after: Array
    scores: Array
    ahead: str | None
    sentence: str


def scaled(rule: str, rate: float, batch_size: float, new_batch_size: float) -> float:
    """Return the rate that a rule proposes for another batch size.

    α′ = α·(B′/B)ˢ with s = 0, ½ or 1.

    Args:
        rule: a name in `RULES`.
        rate: α, above 0.
        batch_size: B, at least 1.
        new_batch_size: B′, at least 1.

    Returns:
        α′, a float.

    Raises:
        ValueError: for an unknown rule, or a number outside its range.

    Source: `RULES` names each rule's own.

    >>> scaled("square_root", 0.1, 32, 128), scaled("linear", 0.1, 32, 128)
    (0.2, 0.4)
    """
    if rule not in RULES:
        raise ValueError(f"rule is {rule!r}; it must be one of {', '.join(RULES)}.")
    if not 0.0 < rate < np.inf:
        raise ValueError(f"rate is {rate}; it must lie in (0, inf).")
    if not (1 <= batch_size < np.inf and 1 <= new_batch_size < np.inf):
        raise ValueError(f"the batch sizes are {batch_size} and {new_batch_size}; each must be at least 1.")
    return float(rate * (new_batch_size / batch_size) ** RULES[rule].exponent)


def try_rules(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer,
    rate: float,
    batch_size: int,
    new_batch_size: int,
    *,
    epochs: int = 5,
    seeds: Sequence[int] = (0, 1, 2),
    progress: Progress | None = None,
    **coefficients: float,
) -> RulesTried:
    """Change the batch size, follow each rule, train for as many epochs as before, and say which came out ahead.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        optimizer: a name in `OPTIMIZERS`, or a record.
        rate: the rate at the old batch size, above 0.
        batch_size: the old one, at least 1 and at most the rows there are.
        new_batch_size: the new one, likewise.
        epochs: passes over the data, at least 1.
        seeds: at least one, each at least 0.
        progress: called now and then with the updates made and to make.
        coefficients: of the optimizer, by PyTorch's names.

    Returns:
        RulesTried.

    Raises:
        ValueError: for an argument outside its range.

    Source: Goyal et al. 2017, section 2.1, compares in the same way: equal epochs.

    >>> from lrlab.training import load
    >>> tried = try_rules(load("iris"), "linear", "sgd", 0.02, 4, 16, seeds=(0,))
    >>> tried.ahead, tried.rates
    ('linear', array([0.02, 0.04, 0.08]))
    """
    rows = len(data.x_train)
    sizes = whole("batch_size", batch_size, at_least=1), whole("new_batch_size", new_batch_size, at_least=1)
    if max(sizes) > rows:
        raise ValueError(f"the batch sizes are {sizes[0]} and {sizes[1]}; {data.title} has {rows} rows.")
    epochs, seeds = whole("epochs", epochs, at_least=1), checked_seeds(seeds)
    rates = np.array([scaled(rule, rate, *sizes) for rule in RULES])
    updates = epochs * per_epoch(rows, sizes[0]), epochs * per_epoch(rows, sizes[1])
    in_all = len(seeds) * sum(updates)
    before, after, scores = [], [], []
    for s, seed in enumerate(seeds):
        made = s * sum(updates)
        settings: dict[str, Any] = {"epochs": epochs, "seed": seed, **coefficients}
        old = fit(
            data, model, optimizer, rate, sizes[0], progress=part_of(progress, made, in_all), **settings
        )
        made += updates[0]
        new = fit(
            data, model, optimizer, rates, sizes[1], progress=part_of(progress, made, in_all), **settings
        )
        before.append(old.train_losses[0])
        after.append(new.train_losses)
        scores.append(new.validation_scores[:, -1])
    return _judged(rate, sizes, rates, seeds, updates, np.stack(before), np.stack(after), np.stack(scores))


def _judged(
    rate: float,
    sizes: tuple[int, int],
    rates: Array,
    seeds: tuple[int, ...],
    updates: tuple[int, int],
    before: Array,
    after: Array,
    scores: Array,
) -> RulesTried:
    ends = after[..., -1]
    means = np.where(ends <= after[..., 0], ends, np.inf).mean(axis=0)
    order = np.argsort(means, kind="stable")
    best, second = means[order[0]], means[order[1]]
    names = tuple(RULES)
    clear = np.isfinite(best) and second > (1.0 + CLOSE) * best
    parts = [
        f"{RULES[name].title.lower()} ({value:.3g}) {f'ends at {mean:.3g}' if np.isfinite(mean) else 'is lost'}"
        for name, value, mean in zip(names, rates, means, strict=True)
    ]
    old = before[:, -1]
    start = f"{old.mean():.3g}" if np.isfinite(old).all() else "lost"
    verdict = f"Ahead: {RULES[names[order[0]]].title.lower()}." if clear else "No rule is clearly ahead."
    return RulesTried(
        rate=rate,
        batch_size=sizes[0],
        new_batch_size=sizes[1],
        rules=names,
        rates=rates,
        seeds=seeds,
        updates=updates,
        epochs=np.arange(after.shape[-1]),
        before=before,
        after=after,
        scores=scores,
        ahead=names[order[0]] if clear else None,
        sentence=(
            f"Training loss at batch {sizes[0]} with {rate:.3g}: {start} after {updates[0]} updates. "
            f"At batch {sizes[1]}, {updates[1]} updates: {', '.join(parts)}. {verdict}"
        ),
    )
