"""Where a library has the very same schedule: its own words for it, or None where its function is another one."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lrlab.schedules.formulas import parameter, written
from lrlab.schedules.schedule import Schedule

Native = Callable[[Schedule], str | None]


def _given(schedule: Schedule, *keys: str) -> tuple[str, ...]:
    return tuple(parameter(schedule, key) for key in keys)


def _falls_over_whole_steps(schedule: Schedule) -> bool:
    given = schedule.parameters
    return 0.0 < given["start"] >= given["end"] and float(given["steps"]).is_integer()


def _share(schedule: Schedule) -> str:
    return written(schedule.parameters["end"] / schedule.parameters["start"])


# PyTorch multiplies the optimizer's rate, so each row begins with that rate: (rate, scheduler).


def _torch_constant(s: Schedule) -> tuple[str, str] | None:
    return _given(s, "rate")[0], "ConstantLR(optimizer, factor=1.0)"


def _torch_step_decay(s: Schedule) -> tuple[str, str] | None:
    rate, every, factor = _given(s, "rate", "every", "factor")
    return rate, f"StepLR(optimizer, step_size={every}, gamma={factor})"


def _torch_milestones(s: Schedule) -> tuple[str, str] | None:
    rate, factor = _given(s, "rate", "factor")
    return rate, f"MultiStepLR(optimizer, milestones={list(s.parameters['at'])}, gamma={factor})"


def _torch_exponential(s: Schedule) -> tuple[str, str] | None:
    rate, decay = _given(s, "rate", "decay")
    return rate, f"ExponentialLR(optimizer, gamma={decay})"


def _torch_polynomial(s: Schedule) -> tuple[str, str] | None:
    rate, steps, power = _given(s, "rate", "steps", "power")
    if s.parameters["end"] > 0.0:
        return None
    return rate, f"PolynomialLR(optimizer, total_iters={steps}, power={power})"


def _torch_linear(s: Schedule) -> tuple[str, str] | None:
    start, end, steps = (s.parameters[key] for key in ("start", "end", "steps"))
    top = max(start, end)
    if start == 0.0 or not float(steps).is_integer():
        return None
    factors = f"start_factor={written(start / top)}, end_factor={written(end / top)}"
    return repr(float(top)), f"LinearLR(optimizer, {factors}, total_iters={written(steps)})"


def _torch_cosine_restarts(s: Schedule) -> tuple[str, str] | None:
    start, end, first, growth = _given(s, "start", "end", "first", "growth")
    return start, f"CosineAnnealingWarmRestarts(optimizer, T_0={first}, T_mult={growth}, eta_min={end})"


def _torch_triangular(s: Schedule) -> tuple[str, str] | None:
    low, high, half = _given(s, "low", "high", "half_cycle")
    cycle = f"base_lr={low}, max_lr={high}, step_size_up={half}, cycle_momentum=False"
    return high, f"CyclicLR(\n    optimizer, {cycle}\n)"


def _torch_one_cycle(s: Schedule) -> tuple[str, str] | None:
    peak, steps, warm, first, last = _given(
        s, "peak", "steps", "warm_fraction", "start_divisor", "end_divisor"
    )
    shape = "cos" if s.parameters["shape"] == "cosine" else "linear"
    arguments = (
        f"max_lr={peak}",
        f"total_steps={steps}",
        f"pct_start={warm}",
        f'anneal_strategy="{shape}"',
        f"div_factor={first}",
        f"final_div_factor={last}",
        f"three_phase={s.parameters['phases'] == 3}",
        "cycle_momentum=False",
    )
    return peak, "OneCycleLR(\n    optimizer,\n" + "".join(
        f"    {argument},\n" for argument in arguments
    ) + ")"


PYTORCH: Mapping[str, Callable[[Schedule], tuple[str, str] | None]] = MappingProxyType(
    {
        "constant": _torch_constant,
        "step_decay": _torch_step_decay,
        "milestones": _torch_milestones,
        "exponential": _torch_exponential,
        "polynomial": _torch_polynomial,
        "linear": _torch_linear,
        "cosine_restarts": _torch_cosine_restarts,
        "triangular": _torch_triangular,
        "one_cycle": _torch_one_cycle,
    }
)
"""PyTorch's schedulers. CosineAnnealingLR is not among them: it rises again after its end."""


def _keras_step_decay(s: Schedule) -> str | None:
    rate, every, factor = _given(s, "rate", "every", "factor")
    return f"ExponentialDecay({rate}, decay_steps={every}, decay_rate={factor}, staircase=True)"


def _keras_milestones(s: Schedule) -> str | None:
    rate, at, factor = (s.parameters[key] for key in ("rate", "at", "factor"))
    values = ", ".join(written(float(f"{rate * factor**k:.15g}")) for k in range(len(at) + 1))
    return f"PiecewiseConstantDecay(boundaries={[step - 1 for step in at]}, values=[{values}])"


def _keras_exponential(s: Schedule) -> str | None:
    rate, decay = _given(s, "rate", "decay")
    return f"ExponentialDecay({rate}, decay_steps=1, decay_rate={decay})"


def _keras_polynomial(s: Schedule) -> str | None:
    rate, steps, power, end = _given(s, "rate", "steps", "power", "end")
    return f"PolynomialDecay({rate}, decay_steps={steps}, end_learning_rate={end}, power={power})"


def _keras_linear(s: Schedule) -> str | None:
    start, end, steps = _given(s, "start", "end", "steps")
    if not float(s.parameters["steps"]).is_integer():
        return None
    return f"PolynomialDecay({start}, decay_steps={steps}, end_learning_rate={end})"


def _keras_inverse_time(s: Schedule) -> str | None:
    rate, decay = _given(s, "rate", "decay")
    return f"InverseTimeDecay({rate}, decay_steps=1, decay_rate={decay})"


def _keras_cosine(s: Schedule) -> str | None:
    start, steps = _given(s, "start", "steps")
    return (
        f"CosineDecay({start}, decay_steps={steps}, alpha={_share(s)})"
        if _falls_over_whole_steps(s)
        else None
    )


KERAS: Mapping[str, Native] = MappingProxyType(
    {
        "step_decay": _keras_step_decay,
        "milestones": _keras_milestones,
        "exponential": _keras_exponential,
        "polynomial": _keras_polynomial,
        "linear": _keras_linear,
        "inverse_time": _keras_inverse_time,
        "cosine": _keras_cosine,
    }
)
"""Keras's schedules, all of keras.optimizers.schedules."""


def _optax_constant(s: Schedule) -> str | None:
    return f"constant_schedule({_given(s, 'rate')[0]})"


def _optax_step_decay(s: Schedule) -> str | None:
    rate, every, factor = _given(s, "rate", "every", "factor")
    return f"exponential_decay({rate}, transition_steps={every}, decay_rate={factor}, staircase=True)"


def _optax_milestones(s: Schedule) -> str | None:
    rate, factor = _given(s, "rate", "factor")
    scales = ", ".join(f"{at}: {factor}" for at in s.parameters["at"])
    return f"piecewise_constant_schedule({rate}, boundaries_and_scales={{{scales}}})"


def _optax_exponential(s: Schedule) -> str | None:
    rate, decay = _given(s, "rate", "decay")
    return f"exponential_decay({rate}, transition_steps=1, decay_rate={decay})"


def _optax_polynomial(s: Schedule) -> str | None:
    rate, steps, power, end = _given(s, "rate", "steps", "power", "end")
    return f"polynomial_schedule({rate}, {end}, power={power}, transition_steps={steps})"


def _optax_linear(s: Schedule) -> str | None:
    start, end, steps = _given(s, "start", "end", "steps")
    if not float(s.parameters["steps"]).is_integer():
        return None
    return f"linear_schedule({start}, {end}, transition_steps={steps})"


def _optax_cosine(s: Schedule) -> str | None:
    start, steps = _given(s, "start", "steps")
    if not _falls_over_whole_steps(s):
        return None
    return f"cosine_decay_schedule({start}, decay_steps={steps}, alpha={_share(s)})"


OPTAX: Mapping[str, Native] = MappingProxyType(
    {
        "constant": _optax_constant,
        "step_decay": _optax_step_decay,
        "milestones": _optax_milestones,
        "exponential": _optax_exponential,
        "polynomial": _optax_polynomial,
        "linear": _optax_linear,
        "cosine": _optax_cosine,
    }
)
"""optax's schedules. Its one-cycle is not among them: it peaks one step later."""
