"""Training by exact mini-batch gradients, all rates at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import optimizers
from lrlab.descent.optimizers import Optimizer
from lrlab.training import batches, models
from lrlab.training.arguments import Progress, rate_paths, steps_of, whole
from lrlab.training.batches import SAMPLINGS, Place, Sampling
from lrlab.training.blas import one_thread
from lrlab.training.data import Data
from lrlab.training.losses import targets_for
from lrlab.training.models import Model
from lrlab.training.network import Network, bind, evaluate, loss_and_gradient, starting_weights, with_ones
from lrlab.training.record import Look, Training, chosen, extended

Array = NDArray[np.float64]
Measure = Literal["epochs", "ends", "never"]

REPORTS = 100


def fit(
    data: Data,
    model: str | Model,
    optimizer: str | Optimizer,
    rates: ArrayLike,
    batch_size: int,
    *,
    epochs: int | None = None,
    steps: int | None = None,
    seed: int = 0,
    sampling: Sampling = "shuffled",
    measure: Measure = "epochs",
    progress: Progress | None = None,
    **coefficients: float,
) -> Training:
    """Train one model at R rates at once, each on the same mini-batches from the same starting weights.

    θ ← θ − stride(∇ mean loss of the batch, rate). An epoch is ⌊N/B⌋ batches of exactly B rows, shuffled anew; the
    rows left over change with every epoch. A batch size of N or more is full-batch descent.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        optimizer: a name in `OPTIMIZERS`, or a record.
        rates: one rate, R rates (R,), or a rate for every update (R, steps) or (1, steps); finite, at least 0.
        batch_size: rows of one update, at least 1.
        epochs: passes over the data, at least 1; give this or `steps`.
        steps: updates, at least 1.
        seed: decides starting weights and batches; at least 0.
        sampling: "shuffled", or "independent" to draw the rows of every batch anew, with replacement.
        measure: when to measure all rows: before the first update and after each epoch and the last update
            ("epochs"), only before the first and after the last ("ends"), or "never".
        progress: called now and then with the updates made and the updates to make; an exception it raises ends
            the training.
        coefficients: of the optimizer, by PyTorch's names.

    Returns:
        Training.

    Raises:
        ValueError: for an argument outside its range.

    Source: Goyal et al. 2017, section 2 (mini-batch SGD); the update rules are those of `lrlab.descent`.

    >>> from lrlab.training.data import load
    >>> training = fit(load("iris"), "linear", "sgd", [0.01, 0.1], 16, epochs=5)
    >>> training.losses.shape, training.validation_losses.shape
    ((2, 35), (2, 6))
    """
    rule = optimizers.named(optimizer)
    network = bind(models.named(model), data)
    seed = whole("seed", seed, at_least=0)
    if sampling not in SAMPLINGS:
        raise ValueError(f"sampling is {sampling!r}; it must be one of {', '.join(SAMPLINGS)}.")
    batch_size = min(whole("batch_size", batch_size, at_least=1), len(data.x_train))
    steps = steps_of(len(data.x_train), batch_size, Place(), epochs, steps)
    start = starting_weights(network, batches.generator(seed, 0))
    paths = rate_paths(rates, steps)
    weights = np.tile(start, (len(paths), 1))
    complete = rule.complete(coefficients)
    nothing = Training(
        model=network.model,
        optimizer=rule,
        coefficients=complete,
        batch_size=batch_size,
        seed=seed,
        sampling=sampling,
        rates=paths[:, :0],
        losses=paths[:, :0],
        measured_at=np.zeros(0, dtype=np.int64),
        train_losses=paths[:, :0],
        validation_losses=paths[:, :0],
        validation_scores=paths[:, :0],
        lengths=np.zeros(len(paths), dtype=np.int64),
        weights=weights,
        state=rule.init(weights, **complete),
        place=Place(),
    )
    return _continue(nothing, data, network, paths, measure, progress)


def resume(
    data: Data,
    training: Training,
    *,
    epochs: int | None = None,
    steps: int | None = None,
    rows: Sequence[int] | None = None,
    rates: ArrayLike | None = None,
    batch_size: int | None = None,
    measure: Measure = "epochs",
    progress: Progress | None = None,
) -> Training:
    """Go on where a training stopped, with all its rates or some, as if it had never stopped.

    Args:
        data: the same data.
        training: what `fit` or `resume` returned; it is left as it was.
        epochs: further passes, at least 1 (the first only finishes an epoch under way); give this or `steps`.
        steps: further updates, at least 1.
        rows: which of its R trainings go on; all of them by default.
        rates: for the rows that go on, as for `fit`; by default each keeps its last rate.
        batch_size: a new one starts with a fresh epoch; by default it stays.
        measure: as for `fit`.
        progress: as for `fit`.

    Returns:
        Training, from its first step to its new last.

    Raises:
        ValueError: for an argument outside its range.

    Source: Jamieson and Talwalkar 2016 (successive halving), which is what continuing some rows is for.

    >>> from lrlab.training.data import load
    >>> short = fit(load("iris"), "linear", "adam", [0.01, 0.1, 1.0], 16, steps=10)
    >>> resume(load("iris"), short, steps=20, rows=[1, 2]).losses.shape
    (2, 30)
    """
    network = bind(training.model, data)
    if network.parameters != training.weights.shape[1]:
        raise ValueError(
            f"{data.title} needs {network.parameters} weights; this training has {training.weights.shape[1]}."
        )
    kept = chosen(
        training, np.arange(len(training.rates)) if rows is None else np.asarray(rows, dtype=np.int64)
    )
    size = kept.batch_size
    if batch_size is not None:
        size = min(whole("batch_size", batch_size, at_least=1), len(data.x_train))
    if size != kept.batch_size:
        kept = replace(kept, batch_size=size, place=Place(kept.place.epoch + (kept.place.batch > 0)))
    steps = steps_of(len(data.x_train), size, kept.place, epochs, steps)
    paths = rate_paths(kept.rates[:, -1] if rates is None else rates, steps)
    if len(paths) not in (1, len(kept.weights)):
        raise ValueError(f"rates has {len(paths)} rows; {len(kept.weights)} trainings go on.")
    paths = np.broadcast_to(paths, (len(kept.weights), steps))
    return _continue(kept, data, network, paths, measure, progress)


def _continue(
    before: Training, data: Data, network: Network, rates: Array, measure: Measure, progress: Progress | None
) -> Training:
    """Append `rates.shape[1]` updates to a training, working in the weights and state of `before`."""
    if measure not in ("epochs", "ends", "never"):
        raise ValueError(f"measure is {measure!r}; it must be epochs, ends or never.")
    made, steps = before.losses.shape[1], rates.shape[1]
    x, targets = with_ones(data.x_train), targets_for(data.y_train, network.loss, network.classes)
    weights, state, place = before.weights, before.state, before.place
    gradient = np.empty_like(weights)
    layers, gradients = network.views(weights), network.views(gradient)
    losses = np.empty((steps, len(weights)))
    columns = np.ascontiguousarray(rates.T)[:, :, None]
    update, coefficients = before.optimizer.update, before.coefficients
    every = max(steps // REPORTS, 1)
    look = _looker(data, network, weights, x, targets)
    # Divergence is an outcome, and its infinities are part of it.
    with one_thread(), np.errstate(all="ignore"):
        looks = [] if measure == "never" or made in before.measured_at else [look(made)]
        supply = batches.stream(x, targets, before.batch_size, before.seed, place, before.sampling)
        for t, (rows, wanted, place) in enumerate(islice(supply, steps), start=1):
            losses[t - 1] = loss_and_gradient(network, layers, rows, wanted, gradients)
            stride, state = update(gradient, state, columns[t - 1], made + t - 1, weights, **coefficients)
            np.subtract(weights, stride, out=weights)
            if (measure == "epochs" and place.batch == 0) or (measure != "never" and t == steps):
                looks.append(look(made + t))
            if progress is not None and (t % every == 0 or t == steps):
                progress(t, steps)
    return extended(before, rates, losses.T, looks, weights, state, place)


def _looker(data: Data, network: Network, weights: Array, x: Array, targets: Array) -> Callable[[int], Look]:
    """A function that measures all rows with the weights as they are then."""
    x_validation = with_ones(data.x_validation)
    targets_validation = targets_for(data.y_validation, network.loss, network.classes)

    def look(step: int) -> Look:
        train_losses, _ = evaluate(network, weights, x, targets)
        return Look(step, train_losses, *evaluate(network, weights, x_validation, targets_validation))

    return look
