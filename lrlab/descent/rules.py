"""Update rules as (init, update) pairs that know nothing of surfaces or models.

    state = init(parameters, **coefficients)
    stride, state = update(gradient, state, rate, step, parameters, **coefficients)
    parameters = parameters - stride

`parameters` and `gradient` share one shape, whatever it is; `rate` is a number or an array that broadcasts
against it, so one call serves R rates at once: points (2, R) with rates (R,), or weights (R, …) with rates
(R, 1, …). `step` counts from 0. `coefficients` are complete, as `Optimizer.complete` returns them.

The arrays in `state` belong to the run: `update` writes into them, and `stride` is one of them, valid until
the next call. `gradient` and `parameters` are only read. A step free of allocations costs little more than
its calls into NumPy.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Rate = float | Array
State = tuple[Any, ...]


def zeros(count: int) -> Callable[..., State]:
    """Make an init whose state is `count` arrays of zeros, each like the parameters."""
    return lambda parameters, **_: tuple(np.zeros_like(parameters) for _ in range(count))


def _decayed(gradient: Array, parameters: Array, weight_decay: float) -> Array:
    """Add the gradient of ½·weight_decay·‖parameters‖² (the L2 penalty, as opposed to AdamW's decay)."""
    return gradient + weight_decay * parameters if weight_decay else gradient


def _average(mean: Array, value: Array, decay: float, scratch: Array) -> Array:
    """Move a running mean towards `value`, in place: mean ← decay·mean + (1 − decay)·value."""
    np.subtract(value, mean, out=scratch)
    np.multiply(scratch, 1.0 - decay, out=scratch)
    return np.add(mean, scratch, out=mean)


def _average_of_squares(mean: Array, value: Array, decay: float, scratch: Array) -> Array:
    """Move a running mean towards `value²`, in place: mean ← decay·mean + (1 − decay)·value²."""
    np.multiply(mean, decay, out=mean)
    np.multiply(value, value, out=scratch)
    np.multiply(scratch, 1.0 - decay, out=scratch)
    return np.add(mean, scratch, out=mean)


def sgd(
    gradient: Array, state: State, rate: Rate, step: int, parameters: Array, *, weight_decay: float
) -> tuple[Array, State]:
    """Gradient descent: stride = α·g. Source: torch.optim.SGD."""
    (stride,) = state
    gradient = _decayed(gradient, parameters, weight_decay)
    return np.multiply(gradient, rate, out=stride), state


def momentum(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    momentum: float,
    dampening: float,
    weight_decay: float,
) -> tuple[Array, State]:
    """Heavy ball: v ← β·v + (1 − dampening)·g, stride = α·v. Source: torch.optim.SGD, Polyak 1964."""
    velocity, stride = state
    gradient = _decayed(gradient, parameters, weight_decay)
    np.multiply(velocity, momentum, out=velocity)
    if dampening and step:  # PyTorch takes the first gradient whole
        gradient = (1.0 - dampening) * gradient
    np.add(velocity, gradient, out=velocity)
    return np.multiply(velocity, rate, out=stride), state


def nesterov(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    momentum: float,
    weight_decay: float,
) -> tuple[Array, State]:
    """Nesterov: v ← β·v + g, stride = α·(g + β·v). Source: torch.optim.SGD, Sutskever et al. 2013."""
    velocity, stride = state
    gradient = _decayed(gradient, parameters, weight_decay)
    np.multiply(velocity, momentum, out=velocity)
    np.add(velocity, gradient, out=velocity)
    np.multiply(velocity, momentum, out=stride)
    np.add(stride, gradient, out=stride)
    return np.multiply(stride, rate, out=stride), state


def rmsprop(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    alpha: float,
    eps: float,
    weight_decay: float,
    momentum: float,
    centered: float,
) -> tuple[Array, State]:
    """RMSprop: s ← ρ·s + (1 − ρ)·g², stride = α·g/(√s + ε). Source: torch.optim.RMSprop."""
    square, mean, velocity, stride = state
    gradient = _decayed(gradient, parameters, weight_decay)
    _average_of_squares(square, gradient, alpha, stride)
    if centered:
        _average(mean, gradient, alpha, stride)
        # Rounding can leave a variance of −1e-17, of which PyTorch takes the root: NaN. Zero is meant.
        np.sqrt(np.maximum(square - mean * mean, 0.0), out=stride)
    else:
        np.sqrt(square, out=stride)
    np.add(stride, eps, out=stride)
    np.divide(gradient, stride, out=stride)
    if momentum:
        np.multiply(velocity, momentum, out=velocity)
        np.add(velocity, stride, out=velocity)
        return np.multiply(velocity, rate, out=stride), state
    return np.multiply(stride, rate, out=stride), state


def adagrad_init(parameters: Array, *, initial_accumulator_value: float, **_: float) -> State:
    """Start the sum of squares where the coefficient says; PyTorch says 0."""
    return np.full_like(parameters, initial_accumulator_value), np.zeros_like(parameters)


def adagrad(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    lr_decay: float,
    eps: float,
    weight_decay: float,
    initial_accumulator_value: float,
) -> tuple[Array, State]:
    """Adagrad: s ← s + g², stride = α·g/(√s + ε). Source: torch.optim.Adagrad, Duchi et al. 2011."""
    total, stride = state
    gradient = _decayed(gradient, parameters, weight_decay)
    np.multiply(gradient, gradient, out=stride)
    np.add(total, stride, out=total)
    np.sqrt(total, out=stride)
    np.add(stride, eps, out=stride)
    np.divide(gradient, stride, out=stride)
    if lr_decay:
        rate = rate / (1.0 + step * lr_decay)
    return np.multiply(stride, rate, out=stride), state


def adadelta(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    rho: float,
    eps: float,
    weight_decay: float,
) -> tuple[Array, State]:
    """Adadelta: d = g·√((u + ε)/(s + ε)), u ← average of d², stride = α·d. Source: torch.optim.Adadelta."""
    square, square_of_strides, unscaled, stride = state
    gradient = _decayed(gradient, parameters, weight_decay)
    _average_of_squares(square, gradient, rho, stride)
    np.add(square_of_strides, eps, out=unscaled)
    np.add(square, eps, out=stride)
    np.divide(unscaled, stride, out=unscaled)
    np.sqrt(unscaled, out=unscaled)
    np.multiply(unscaled, gradient, out=unscaled)
    _average_of_squares(square_of_strides, unscaled, rho, stride)
    return np.multiply(unscaled, rate, out=stride), state


def adam(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
    amsgrad: float,
) -> tuple[Array, State]:
    """Adam: stride = α·m̂/(√v̂ + ε), both averages corrected for starting at 0. Source: torch.optim.Adam."""
    mean, square, peak, stride = state
    gradient = _decayed(gradient, parameters, weight_decay)
    _average(mean, gradient, beta1, stride)
    _average_of_squares(square, gradient, beta2, stride)
    if amsgrad:
        square = np.maximum(peak, square, out=peak)
    # rate·m̂/(√v̂ + eps), both fractions of the bias correction carried in two numbers
    correction1 = 1.0 - beta1 ** (step + 1)
    correction2 = 1.0 - beta2 ** (step + 1)
    np.sqrt(square, out=stride)
    np.multiply(stride, correction1 / math.sqrt(correction2), out=stride)
    np.add(stride, eps * correction1, out=stride)
    np.divide(mean, stride, out=stride)
    return np.multiply(stride, rate, out=stride), state


def adamw(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
    amsgrad: float,
) -> tuple[Array, State]:
    """AdamW: stride = Adam's + α·weight_decay·θ, apart from the gradient. Source: torch.optim.AdamW."""
    stride, state = adam(
        gradient, state, rate, step, parameters,
        beta1=beta1, beta2=beta2, eps=eps, weight_decay=0.0, amsgrad=amsgrad,
    )  # fmt: skip
    if weight_decay:
        np.add(stride, rate * (weight_decay * parameters), out=stride)
    return stride, state


def nadam_init(parameters: Array, **_: float) -> State:
    """Start both averages at zero and the product of the β₁ used so far at 1."""
    return np.zeros_like(parameters), np.zeros_like(parameters), np.zeros_like(parameters), 1.0


def nadam(
    gradient: Array,
    state: State,
    rate: Rate,
    step: int,
    parameters: Array,
    *,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
    momentum_decay: float,
) -> tuple[Array, State]:
    """NAdam: Adam whose numerator looks a step ahead, with a β₁ that warms up. Source: torch.optim.NAdam."""
    mean, square, stride, product = state
    gradient = _decayed(gradient, parameters, weight_decay)
    _average(mean, gradient, beta1, stride)
    _average_of_squares(square, gradient, beta2, stride)
    now = beta1 * (1.0 - 0.5 * 0.96 ** ((step + 1) * momentum_decay))
    following = beta1 * (1.0 - 0.5 * 0.96 ** ((step + 2) * momentum_decay))
    product *= now
    numerator = (1.0 - now) / (1.0 - product) * gradient + following / (1.0 - product * following) * mean
    np.multiply(square, 1.0 / (1.0 - beta2 ** (step + 1)), out=stride)
    np.sqrt(stride, out=stride)
    np.add(stride, eps, out=stride)
    np.divide(numerator, stride, out=stride)
    return np.multiply(stride, rate, out=stride), (mean, square, stride, product)
