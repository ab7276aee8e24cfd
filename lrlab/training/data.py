"""Six small data sets, split once and standardised: what a model here can learn from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn import datasets
from sklearn.model_selection import train_test_split

Task = Literal["classes", "target"]
Array = NDArray[np.float64]

VALIDATION_SHARE = 0.25
SPLIT_SEED = 0


@dataclass(frozen=True, eq=False)
class Data:
    """Rows to learn from and rows to check on, N and V of them, with D features each; all arrays read-only.

    `x_train` (N, D) and `x_validation` (V, D) are float64. `y_train` (N,) and `y_validation` (V,) are class numbers
    (int64, 0 to the number of classes − 1) when `task` is "classes", and float64 values when it is "target".
    `centre` and `spread` (D,) are what was subtracted and divided by: 0 and 1 where nothing was.
    """

    name: str
    title: str
    x_train: Array
    y_train: NDArray[Any]
    x_validation: Array
    y_validation: NDArray[Any]
    task: Task
    classes: tuple[str, ...]
    features: tuple[str, ...]
    centre: Array
    spread: Array


def prepare(
    name: str,
    x: ArrayLike,
    y: ArrayLike,
    *,
    title: str = "",
    classes: Sequence[str] = (),
    features: Sequence[str] = (),
    standardise: bool = True,
) -> Data:
    """Split a table into training and validation rows and bring its features to one scale.

    Each feature becomes (x − mean) / sd, both taken over the training rows only. A feature that is constant there
    has no scale: it is centred and left at that. A target is standardised in the same way; classes are not. A
    quarter of the rows, stratified by class, is kept for validation, and the split is the same every time.

    Args:
        name: what to call the data.
        x: features, shape (rows, D), finite.
        y: class numbers 0, 1, … (rows,) when `classes` is given, else finite target values (rows,).
        title: for people; the name where it is empty.
        classes: the name of each class, at least two; empty for a target.
        features: the name of each feature; numbered where empty.
        standardise: False keeps the units as they are.

    Returns:
        Data, with read-only arrays of its own.

    Raises:
        ValueError: for shapes that do not agree, values that are not finite, or a class with fewer than two rows.

    >>> data = prepare("line", [[0.0], [2.0], [4.0], [6.0]], [0.0, 1.0, 2.0, 3.0])
    >>> data.x_train.shape, data.x_validation.shape, round(float(data.spread[0]), 3)
    ((3, 1), (1, 1), 2.494)
    """
    x = np.array(x, dtype=np.float64)
    y = np.array(y, dtype=np.int64 if classes else np.float64)
    _check(x, y, classes, features)
    train, validation = split_rows(y, stratified=bool(classes))
    x_train, x_validation, y_train, y_validation = x[train], x[validation], y[train], y[validation]
    centre, spread = np.zeros(x.shape[1]), np.ones(x.shape[1])
    if standardise:
        centre, spread = _scale(x_train)
        x_train, x_validation = (x_train - centre) / spread, (x_validation - centre) / spread
        if not classes:
            middle, scale = _scale(y_train[:, None])
            y_train, y_validation = (y_train - middle) / scale, (y_validation - middle) / scale
    return Data(
        name=name,
        title=title or name,
        x_train=_frozen(x_train),
        y_train=_frozen(y_train),
        x_validation=_frozen(x_validation),
        y_validation=_frozen(y_validation),
        task="classes" if classes else "target",
        classes=tuple(classes),
        features=tuple(features) or tuple(f"feature {i + 1}" for i in range(x.shape[1])),
        centre=_frozen(centre),
        spread=_frozen(spread),
    )


def split_rows(y: NDArray[Any], stratified: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which rows are trained on and which are kept for validation, a quarter, the same every time.

    Args:
        y: class numbers or target values (rows,).
        stratified: whether every class keeps its share in both parts.

    Returns:
        Row numbers of either part.

    >>> [rows.tolist() for rows in split_rows(np.array([0, 1, 0, 1, 0, 1, 0, 1]), stratified=True)]
    [[6, 1, 5, 4, 2, 3], [7, 0]]
    """
    train, validation = train_test_split(
        np.arange(len(y)),
        test_size=VALIDATION_SHARE,
        random_state=SPLIT_SEED,
        stratify=y if stratified else None,
    )
    return train, validation


def load(name: str, standardise: bool = True) -> Data:
    """Return one of the six data sets, split and standardised; the same object every time.

    The sets come with scikit-learn (two moons is drawn by it); nothing is downloaded. See `prepare` for the split.

    Args:
        name: one of `DATA_SETS`.
        standardise: False keeps the units of the measurements.

    Returns:
        Data. Its arrays are shared by all callers and therefore read-only.

    Raises:
        ValueError: for a name that is not in `DATA_SETS`.

    Source: sklearn.datasets, scikit-learn 1.9.

    >>> load("iris").x_train.shape, load("iris").classes
    ((112, 4), ('setosa', 'versicolor', 'virginica'))
    """
    if name not in DATA_SETS:
        raise ValueError(f"name is {name!r}; it must be one of {', '.join(DATA_SETS)}.")
    return _loaded(name, bool(standardise))


@cache
def _loaded(name: str, standardise: bool) -> Data:
    return DATA_SETS[name](standardise)


def _check(x: Array, y: NDArray[Any], classes: Sequence[str], features: Sequence[str]) -> None:
    if x.ndim != 2 or y.shape != x.shape[:1] or x.shape[0] < 4 or x.shape[1] < 1:
        raise ValueError(
            f"x has shape {x.shape} and y {y.shape}; they must be (rows, D) and (rows,) with at least 4 rows."
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("x or y holds a value that is not finite; fill or drop such rows first.")
    if features and len(features) != x.shape[1]:
        raise ValueError(f"features names {len(features)}; x has {x.shape[1]} columns.")
    if classes:
        counts = np.bincount(y, minlength=len(classes)) if y.min() >= 0 else np.zeros(0)
        if len(classes) < 2 or len(counts) != len(classes) or counts.min() < 2:
            raise ValueError(
                f"y counts {counts.tolist()} rows per class for {len(classes)} classes; it must number them from 0, "
                "with at least two classes and two rows of each."
            )


def _scale(columns: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of each column, the latter 1 where the column is constant."""
    spread = columns.std(axis=0)
    constant = np.ptp(columns, axis=0) == 0  # the sd of equal numbers can round to 1e-17 instead of 0
    return columns.mean(axis=0), np.where(constant, 1.0, spread)


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array = np.ascontiguousarray(array)
    array.flags.writeable = False
    return array


def _bundled(name: str, title: str) -> Callable[[bool], Data]:
    """A set that ships with scikit-learn, as a function of `standardise`."""

    def read(standardise: bool) -> Data:
        bunch = getattr(datasets, f"load_{name}")()
        return prepare(
            name,
            bunch.data,
            bunch.target,
            title=title,
            classes=[str(label) for label in bunch.target_names],
            features=[str(feature) for feature in bunch.feature_names],
            standardise=standardise,
        )

    return read


def _moons(standardise: bool) -> Data:
    x, y = datasets.make_moons(n_samples=600, noise=0.2, random_state=0)
    return prepare(
        "moons",
        x,
        y,
        title="Two moons",
        classes=("upper", "lower"),
        features=("across", "up"),
        standardise=standardise,
    )


def _diabetes(standardise: bool) -> Data:
    # scikit-learn hands out scaled features unless told not to; the units are what one of the labs is about.
    bunch = datasets.load_diabetes(scaled=False)
    return prepare(
        "diabetes",
        bunch.data,
        bunch.target,
        title="Diabetes progression",
        features=bunch.feature_names,
        standardise=standardise,
    )


DATA_SETS: Mapping[str, Callable[[bool], Data]] = MappingProxyType(
    {
        "digits": _bundled("digits", "Handwritten digits"),
        "breast_cancer": _bundled("breast_cancer", "Breast cancer"),
        "wine": _bundled("wine", "Wine"),
        "iris": _bundled("iris", "Iris"),
        "moons": _moons,
        "diabetes": _diabetes,
    }
)
"""How each data set is made, by name: a function of `standardise`."""
