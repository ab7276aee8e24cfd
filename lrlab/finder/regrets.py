"""What it costs to follow each rule: real trainings at every suggestion, held against the best of a whole sweep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent.optimizers import Optimizer
from lrlab.finder.range_test import check_sgd_only, checked_seeds
from lrlab.finder.suggest import Suggestion
from lrlab.finder.usable import kept_losses, part_of
from lrlab.finder.verify import CLOSE
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, whole
from lrlab.training.sklearn_sgd import fit_estimator

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Regret:
    """What following one rule came to.

    `loss` is the mean final validation loss at the rule's rate, inf where a training was lost, None where the rule
    had no rate. `regret` is how far that lies above the best loss, as a share of it; `times` is the rule's rate over
    the best one.
    """

    rule: str
    title: str
    rate: float | None
    loss: float | None
    regret: float | None
    times: float | None
    sentence: str


@dataclass(frozen=True, eq=False)
class Regrets:
    """Final validation losses over a sweep of R rates and S seeds, and the regret of every rule against the best.

    `rates` (R,) ascend; `losses` (S, R) are inf where a training ended worse than it began; `means` (R,) are their
    means. `best_rate` and `best_loss` are the lowest mean over the sweep and the rules' own rates.
    """

    rates: Array
    losses: Array
    means: Array
    seeds: tuple[int, ...]
    best_rate: float
    best_loss: float
    rules: tuple[Regret, ...]


def regrets(
    data: Data,
    model: str | Model | Any,
    suggestions: Sequence[Suggestion],
    rates: ArrayLike,
    optimizer: str | Optimizer = "sgd",
    *,
    batch_size: int = 64,
    steps: int = 200,
    seeds: Sequence[int] = (0, 1, 2),
    progress: Progress | None = None,
    **coefficients: float,
) -> Regrets:
    """Train at every suggested rate and over a sweep, and return how much worse than the best each rule is.

    regret = (L̄(rule's rate) − min L̄)/min L̄, L̄ the mean final validation loss; a difference where the minimum is 0.

    Args:
        data: what to learn from.
        model: as for `range_test`.
        suggestions: what the rules said.
        rates: the sweep, at least one rate, rising, each above 0.
        optimizer: as for `range_test`.
        batch_size: rows of one update, at least 1.
        steps: updates of each training, at least 1; a scikit-learn estimator sees as many rows, one update for each.
        seeds: at least one, each at least 0; seeds that the range test has not seen make it a fair test.
        progress: called now and then with the work done and to do.
        **coefficients: of the optimizer, by PyTorch's names.

    Returns:
        Regrets, the rules in the order of the suggestions.

    Raises:
        ValueError: for an argument outside its range.

    Source: measured.

    >>> from lrlab.finder import range_test
    >>> from lrlab.finder.suggest import suggestions
    >>> from lrlab.training import load
    >>> said = suggestions(range_test(load("wine"), "linear", batch_size=16))
    >>> found = regrets(load("wine"), "linear", said, [0.01, 0.1, 1.0], batch_size=16, steps=50)
    >>> min(rule.regret for rule in found.rules) >= 0.0
    True
    """
    sweep = np.asarray(rates, dtype=np.float64)
    if sweep.ndim != 1 or not len(sweep) or not ((sweep > 0).all() and (np.diff(sweep) > 0).all()):
        raise ValueError(f"rates is {rates!r}; it must be at least one rate, rising from above 0.")
    steps, batch_size = whole("steps", steps, at_least=1), whole("batch_size", batch_size, at_least=1)
    seeds = checked_seeds(seeds)
    asked = [suggestion.rate for suggestion in suggestions if suggestion.rate is not None]
    tried = np.array([*sweep, *asked])
    finals = []
    for number, seed in enumerate(seeds):
        part = None if progress is None else part_of(progress, number, len(seeds))
        if isinstance(model, str | Model):
            settings: dict[str, Any] = {"steps": steps, "seed": seed, "measure": "ends", **coefficients}
            finals.append(
                kept_losses(fit(data, model, optimizer, tried, batch_size, progress=part, **settings))
            )
        else:
            check_sgd_only(optimizer, coefficients)
            # One long chunk is the same training as many, and cheaper.
            finals.append(
                kept_losses(
                    fit_estimator(data, model, tried, steps * batch_size, steps=1, seed=seed, progress=part)
                )
            )
    losses = np.array(finals)
    means = losses.mean(axis=0)
    best = int(means.argmin())
    by_rate = dict(zip(asked, means[len(sweep) :].tolist(), strict=True))
    for array in (sweep, losses):
        array.flags.writeable = False
    return Regrets(
        rates=sweep,
        losses=losses[:, : len(sweep)],
        means=means[: len(sweep)],
        seeds=seeds,
        best_rate=float(tried[best]),
        best_loss=float(means[best]),
        rules=tuple(
            _regret(suggestion, by_rate, float(tried[best]), float(means[best])) for suggestion in suggestions
        ),
    )


def _regret(
    suggestion: Suggestion, by_rate: dict[float, float], best_rate: float, best_loss: float
) -> Regret:
    rule, title, rate = suggestion.rule, suggestion.title, suggestion.rate
    if rate is None:
        return Regret(rule, title, None, None, None, None, "It gave no rate.")
    loss, times = by_rate[rate], rate / best_rate
    if not np.isfinite(best_loss):
        return Regret(rule, title, rate, loss, np.inf, times, "Nothing learned anything, at no rate.")
    regret = (loss - best_loss) / (best_loss or 1.0)
    if not np.isfinite(loss):
        sentence = "At least one training ended worse than it began."
    elif regret == 0.0:
        sentence = "The best of all that was tried."
    else:
        verdict = "As good as the best" if regret <= CLOSE else "Too low" if times < 1.0 else "Too high"
        sentence = f"{verdict}: its loss is {_above(regret)} the best, its rate {times:.2g} times the best."
    return Regret(rule, title, rate, loss, regret, times, sentence)


def _above(regret: float) -> str:
    if regret < 10.0:
        return f"{100.0 * regret:.{0 if regret >= 0.1 else 1}f} % above"
    return f"{1.0 + regret:.3g} times"
