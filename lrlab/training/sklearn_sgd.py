"""scikit-learn's SGDClassifier and SGDRegressor, driven chunk by chunk with a rate of our choosing.

A step here is one `partial_fit`, and `partial_fit` on k rows makes k updates of one row each: the chunk is no
mini-batch, and a larger one is no less noisy. Nothing about batch sizes can be learned from it.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import SGDClassifier, SGDRegressor

from lrlab.training import batches
from lrlab.training.arguments import Progress, rate_paths, whole
from lrlab.training.blas import one_thread
from lrlab.training.data import Data
from lrlab.training.losses import LOSSES, score

Array = NDArray[np.float64]
Estimator = SGDClassifier | SGDRegressor


@dataclass(frozen=True, eq=False)
class EstimatorTraining:
    """R trainings of one estimator; the fields it shares with `Training` mean the same.

    `losses` (R, steps) is the mean loss of a chunk just before it is learned: half the squared error, or the log
    loss summed over the one-against-the-rest problems that scikit-learn solves (K·ln 2 before the first step, for
    K > 2 classes). `measured_at` is (0, steps). `updates_per_step` counts the single-row updates of a step.
    `estimators` are the fitted copies.
    """

    rates: Array
    losses: Array
    measured_at: NDArray[np.int64]
    train_losses: Array
    validation_losses: Array
    validation_scores: Array
    lengths: NDArray[np.int64]
    updates_per_step: int
    estimators: tuple[Any, ...]


def estimator_for(data: Data) -> Any:
    """Return a fresh SGDClassifier with log loss, or an SGDRegressor with squared loss, at a constant rate.

    >>> from lrlab.training.data import load
    >>> estimator_for(load("diabetes")).learning_rate
    'constant'
    """
    if data.task == "target":
        return SGDRegressor(loss="squared_error", learning_rate="constant", eta0=0.01, random_state=0)
    return SGDClassifier(loss="log_loss", learning_rate="constant", eta0=0.01, random_state=0)


def fit_estimator(
    data: Data,
    estimator: Any,
    rates: ArrayLike,
    batch_size: int,
    *,
    steps: int,
    seed: int = 0,
    progress: Progress | None = None,
) -> EstimatorTraining:
    """Train copies of a scikit-learn estimator by `partial_fit`, with `eta0` set before every step.

    w ← max(0, 1 − α·penalty)·w − α·∇ loss of one row, once for each row of the chunk.

    The estimator itself is left as it is, with its weights and its random state. The copies get a constant rate
    (the default "optimal" ignores `eta0`), no shuffling inside a chunk, because the chunks are shuffled rows
    already, and a random state of their own, so that no global one is drawn from. Log loss does not become infinite
    when the weights explode: divergence shows as a loss far above its start. Squared loss can overflow; such a row
    is NaN from there on.

    Args:
        data: what to learn from.
        estimator: an SGDClassifier with loss "log_loss" for classes, an SGDRegressor with "squared_error" for a
            target; fresh or fitted.
        rates: as for `fit`, but above 0.
        batch_size: rows of a chunk, at least 1. Chunks follow each other through one shuffled epoch after another,
            so that a chunk may be longer than the data.
        steps: chunks, at least 1.
        seed: decides the chunks; at least 0.
        progress: as for `fit`.

    Returns:
        EstimatorTraining.

    Raises:
        ValueError: for an estimator that does not suit the data, or an argument outside its range.

    Source: sklearn.linear_model._stochastic_gradient, scikit-learn 1.9.

    >>> from lrlab.training.data import load
    >>> iris = load("iris")
    >>> fit_estimator(iris, estimator_for(iris), 0.01, 16, steps=3).losses[0, 0].round(4)  # 3 ln 2
    np.float64(2.0794)
    """
    _check(data, estimator)
    seed = whole("seed", seed, at_least=0)
    batch_size, steps = whole("batch_size", batch_size, at_least=1), whole("steps", steps, at_least=1)
    paths = rate_paths(rates, steps)
    if not (paths > 0).all():
        raise ValueError(f"rates holds {paths.min()}; scikit-learn takes only rates above 0.")
    chunks = _chunks(len(data.x_train), batch_size, seed, steps)
    copies = tuple(_copy(estimator, seed) for _ in paths)
    losses = np.full((len(paths), steps), np.nan)
    ends = np.full((3, len(paths), 2), np.nan)
    with one_thread(), np.errstate(all="ignore"):
        for r, copy in enumerate(copies):
            ends[:, r, 0] = _measure(copy, data)
            for t in range(steps):
                x, y = data.x_train[chunks[t]], data.y_train[chunks[t]]
                losses[r, t] = _loss(copy, data, x, y)[0]
                if not (np.isfinite(losses[r, t]) and _learn(copy, data, x, y, paths[r, t])):
                    break
                if progress is not None:
                    progress(r * steps + t + 1, steps * len(paths))
            else:
                ends[:, r, 1] = _measure(copy, data)
    finite = np.isfinite(losses)
    return EstimatorTraining(
        rates=paths,
        losses=losses,
        measured_at=np.array([0, steps]),
        train_losses=ends[0],
        validation_losses=ends[1],
        validation_scores=ends[2],
        lengths=np.where(finite.all(axis=1), steps, finite.argmin(axis=1)),
        updates_per_step=batch_size,
        estimators=copies,
    )


def _check(data: Data, estimator: Any) -> None:
    kind, loss = (SGDRegressor, "squared_error") if data.task == "target" else (SGDClassifier, "log_loss")
    if not isinstance(estimator, kind) or estimator.loss != loss:
        given = f"{type(estimator).__name__}(loss={getattr(estimator, 'loss', None)!r})"
        raise ValueError(f"estimator is {given}; {data.title} needs {kind.__name__}(loss={loss!r}).")


def _copy(estimator: Any, seed: int) -> Any:
    copy = deepcopy(estimator)
    copy.set_params(learning_rate="constant", shuffle=False, random_state=seed, average=False)
    return copy


def _chunks(rows: int, batch_size: int, seed: int, steps: int) -> NDArray[np.int64]:
    """The rows of every step, (steps, batch_size): shuffled epochs one after another, cut into chunks."""
    epochs = -(-steps * batch_size // rows)
    orders = [batches.row_numbers(rows, rows, seed, epoch)[0] for epoch in range(epochs)]
    return np.concatenate(orders)[: steps * batch_size].reshape(steps, batch_size)


def _learn(copy: Any, data: Data, x: Array, y: NDArray[Any], rate: float) -> bool:
    """Learn one chunk; False where scikit-learn refuses weights that have overflowed."""
    copy.eta0 = rate  # takes effect at the next call; set_params would cost a thousand times as much
    try:
        if data.task == "target":
            copy.partial_fit(x, y)
        else:
            copy.partial_fit(x, y, classes=np.arange(len(data.classes)))
    except ValueError as error:
        if "overflow" not in str(error):
            raise
        return False
    return True


def _loss(copy: Any, data: Data, x: Array, y: NDArray[Any]) -> tuple[float, float]:
    """Mean loss and score of these rows with the weights as they are; an unfitted estimator has zeros."""
    if len(data.classes) > 2:
        targets = np.asarray(np.arange(len(data.classes))[:, None] == y, dtype=np.float64)
    else:
        targets = np.asarray(y[None], dtype=np.float64)
    outputs = np.zeros((1, *targets.shape))
    if hasattr(copy, "coef_"):
        outputs[0] = (x @ np.atleast_2d(copy.coef_).T + copy.intercept_).T
    scores = score(outputs, targets, len(data.classes))
    name = "squares" if data.task == "target" else "logistic"
    return float(LOSSES[name].value_and_slope(outputs, targets)[0]), float(scores[0])


def _measure(copy: Any, data: Data) -> tuple[float, float, float]:
    train_loss, _ = _loss(copy, data, data.x_train, data.y_train)
    return train_loss, *_loss(copy, data, data.x_validation, data.y_validation)
