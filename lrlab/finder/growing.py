"""Don't decay the rate, grow the batch: two ways to quieten a training, side by side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.training import Data, Model, Training, fit, resume
from lrlab.training.arguments import Progress, part_of, steps_of, whole
from lrlab.training.batches import Place
from lrlab.training.noise_scale import gradient_noise

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Growth:
    """The same start continued twice: `decayed` divides the rate in every stage, `grown` multiplies the batch.

    `rates` and `batch_sizes` belong to the stages; `decayed` went through the first at a constant batch, `grown`
    through the second at a constant rate. `epochs` (M,) are whole passes, and `noise_scales` the gradient noise scale
    of `grown` at the start of each stage and at the end.
    """

    every: int
    rates: tuple[float, ...]
    batch_sizes: tuple[int, ...]
    decayed: Training
    grown: Training
    epochs: NDArray[np.int64]
    noise_scales: tuple[float, ...]

    @property
    def updates(self) -> tuple[int, int]:
        """How many updates each of the two made: decayed, grown."""
        return self.decayed.losses.shape[1], self.grown.losses.shape[1]


def decay_or_grow(
    data: Data,
    model: str | Model,
    rate: float,
    batch_size: int,
    *,
    factor: int = 4,
    every: int = 4,
    stages: int = 3,
    seed: int = 0,
    progress: Progress | None = None,
) -> Growth:
    """Train with SGD in stages, once dividing the rate from stage to stage and once multiplying the batch.

    The noise of a training goes with α/B, so that α/4 and 4B quieten it alike. The second way makes fewer updates.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        rate: of the first stage, above 0.
        batch_size: of the first stage, at least 1; that of the last stage must not exceed the rows there are.
        factor: between one stage and the next, at least 2.
        every: epochs of one stage, at least 1.
        stages: at least 2.
        seed: starting weights and batches, at least 0.
        progress: called now and then with the updates made and to make.

    Returns:
        Growth.

    Raises:
        ValueError: for an argument outside its range.

    Source: Smith, Kindermans, Ying and Le 2018, Don't decay the learning rate, increase the batch size.

    >>> from lrlab.training import load
    >>> growth = decay_or_grow(load("iris"), "linear", 0.1, 4, factor=2, every=2)
    >>> growth.updates, growth.batch_sizes
    ((168, 98), (4, 8, 16))
    """
    if not 0.0 < rate < np.inf:
        raise ValueError(f"rate is {rate}; it must lie in (0, inf).")
    factor, every = whole("factor", factor, at_least=2), whole("every", every, at_least=1)
    stages, rows = whole("stages", stages, at_least=2), len(data.x_train)
    sizes = tuple(whole("batch_size", batch_size, at_least=1) * factor**k for k in range(stages))
    if sizes[-1] > rows:
        raise ValueError(f"batch_size grows to {sizes[-1]}; {data.title} has {rows} rows.")
    rates = tuple(rate / factor**k for k in range(stages))
    lengths = [steps_of(rows, size, Place(), every, None) for size in (*[sizes[0]] * stages, *sizes)]
    parts = [part_of(progress, sum(lengths[:k]), sum(lengths)) for k in range(2 * stages)]
    first = fit(data, model, "sgd", rate, sizes[0], epochs=every, seed=seed, progress=parts[0])
    start = fit(data, model, "sgd", 0.0, rows, steps=1, seed=seed, measure="never")
    scales = [float(gradient_noise(data, point).scale[0]) for point in (start, first)]
    decayed = grown = first
    for k in range(1, stages):
        decayed = resume(data, decayed, epochs=every, rates=rates[k], progress=parts[k])
        grown = resume(data, grown, epochs=every, batch_size=sizes[k], progress=parts[stages + k])
        scales.append(float(gradient_noise(data, grown).scale[0]))
    return Growth(
        every=every,
        rates=rates,
        batch_sizes=sizes,
        decayed=decayed,
        grown=grown,
        epochs=np.arange(stages * every + 1),
        noise_scales=tuple(scales),
    )
