"""The same data in other units: what that does to nothing but numbers, and to the curvature of the loss."""

from dataclasses import replace

import numpy as np

from lrlab.training.arguments import whole
from lrlab.training.data import Data


def rescaled(data: Data, feature: int, factor: float) -> Data:
    """Return the data with one feature told in another unit.

    x_d ← factor · x_d, in training and validation rows alike. A linear model loses nothing by it: a weight of
    w/factor gives the same outputs.

    Args:
        data: any.
        feature: which column d, 0 to D − 1.
        factor: of the unit, finite and above 0; 1000 turns metres into millimetres.

    Returns:
        Data with arrays of its own, read-only.

    Raises:
        ValueError: for a column that is not there, or a factor that is not finite and above 0.

    Source: LeCun et al. 1998, "Efficient BackProp", section 4.3, on why inputs should share a scale.

    >>> from lrlab.training.data import load
    >>> iris = load("iris", standardise=False)
    >>> float(rescaled(iris, 2, 10.0).x_train[0, 2] / iris.x_train[0, 2])
    10.0
    """
    feature = whole("feature", feature, at_least=0)
    if feature >= len(data.features):
        raise ValueError(f"feature is {feature}; {data.title} has columns 0 to {len(data.features) - 1}.")
    if not 0.0 < factor < np.inf:
        raise ValueError(f"factor is {factor!r}; it must be finite and above 0.")
    factors = np.ones(len(data.features))
    factors[feature] = factor
    told = replace(
        data,
        x_train=data.x_train * factors,
        x_validation=data.x_validation * factors,
        spread=data.spread / factors,
    )
    for array in (told.x_train, told.x_validation, told.spread):
        array.flags.writeable = False
    return told


def one_against_rest(data: Data, label: int) -> Data:
    """Return the data with one question left: is it this class, or any other?

    y ← 1 where y = label, else 0

    Args:
        data: any with classes.
        label: the number of the class, 0 to the number of classes − 1.

    Returns:
        Data of two classes, "other" and the one asked for, with labels of its own, read-only.

    Raises:
        ValueError: for data without classes, or a class that is not there.

    Source: Bishop 2006, section 4.1.2.

    >>> from lrlab.training.data import load
    >>> one_against_rest(load("wine"), 1).classes
    ('other', 'class_1')
    """
    if not 0 <= label < len(data.classes):
        raise ValueError(
            f"label is {label!r}; {data.title} has {len(data.classes)} classes, numbered from 0."
        )
    asked = replace(
        data,
        y_train=(data.y_train == label).astype(np.int64),
        y_validation=(data.y_validation == label).astype(np.int64),
        classes=("other", data.classes[label]),
    )
    for array in (asked.y_train, asked.y_validation):
        array.flags.writeable = False
    return asked
