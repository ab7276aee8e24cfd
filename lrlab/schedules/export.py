"""The same schedule as code to take away: plain Python, PyTorch, Keras and optax.

Where a library has the very same function, its own name for it is used; where its function differs or is missing, the
formula is written out, so that the numbers are those of the curve on the screen, past the end too.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lrlab.schedules import natives
from lrlab.schedules.formulas import JAX, KERAS, PYTHON, functions, parameter, written
from lrlab.schedules.plateau import Plateau
from lrlab.schedules.schedule import Schedule


def code(schedule: Schedule, target: str) -> str:
    """Return a schedule as code that runs as it stands.

    Args:
        schedule: any schedule, joined ones too.
        target: "python" (defines `rate(t)`), "pytorch" (defines `optimizer` and `scheduler`; the rate of an update is
            the optimizer's, and `scheduler.step()` comes after it), "keras" or "optax" (each defines `schedule`, a
            function of the step; a constant is a plain number in Keras).

    Returns:
        The text of a program, ending in a newline.

    Raises:
        ValueError: for another target.

    Source: PyTorch 2.13, Keras 3.15, optax 0.2.8; the tests run what comes out in each.

    >>> from lrlab.schedules import exponential
    >>> print(code(exponential(0.1, 0.95), "python"), end="")
    def rate(t):
        return 0.1 * 0.95 ** t
    """
    if target not in TARGETS:
        raise ValueError(f"target is {target!r}; it must be one of {', '.join(TARGETS)}.")
    return TARGETS[target](schedule)


def plateau_code(plateau: Plateau) -> str:
    """Return reduce-on-plateau as code for the library whose convention it follows; the other's is another function.

    Args:
        plateau: as `reduce_on_plateau` made it.

    Returns:
        The text of a program, ending in a newline: it defines `scheduler` for PyTorch, `callback` for Keras.

    Raises:
        Nothing.

    Source: as `reduce_on_plateau`.

    >>> from lrlab.schedules.plateau import reduce_on_plateau
    >>> "patience=3" in plateau_code(reduce_on_plateau(0.1, patience=3))
    True
    """
    rate, factor, threshold, lowest = map(
        written, (plateau.rate, plateau.factor, plateau.threshold, plateau.lowest)
    )
    waits = f"factor={factor}, patience={plateau.patience}, cooldown={plateau.cooldown}"
    if plateau.convention == "keras":
        return (
            "import keras\n\n"
            f"optimizer = keras.optimizers.SGD(learning_rate={rate})\n"
            "callback = keras.callbacks.ReduceLROnPlateau(\n"
            f'    monitor="loss", {waits}, min_delta={threshold}, min_lr={lowest}\n)\n'
            "# model.fit(..., callbacks=[callback])\n"
        )
    return (
        "import torch\n\n"
        "model = torch.nn.Linear(1, 1)  # your model\n"
        f"optimizer = torch.optim.SGD(model.parameters(), lr={rate})\n"
        "scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(\n"
        f"    optimizer, {waits}, threshold={threshold}, min_lr={lowest}\n)\n"
        "# after every epoch: scheduler.step(loss)\n"
    )


def _python(schedule: Schedule) -> str:
    text = functions(schedule, PYTHON)
    return f"{_imports(text)}\n\n{text}" if "math." in text else text


def _pytorch(schedule: Schedule) -> str:
    native = natives.PYTORCH.get(schedule.name, _nothing)(schedule)
    text = "" if native else functions(schedule, PYTHON)
    base, scheduler = native or ("1.0", "LambdaLR(optimizer, rate)")
    definitions = f"\n\n{text}\n\n" if text else "\n"
    return (
        f"{_imports(text, 'import torch')}{definitions}"
        "model = torch.nn.Linear(1, 1)  # your model\n"
        f"optimizer = torch.optim.SGD(model.parameters(), lr={base})\n"
        f"scheduler = torch.optim.lr_scheduler.{scheduler}\n"
        "# at every step: optimizer.step(), then scheduler.step()\n"
    )


def _keras(schedule: Schedule) -> str:
    use = "optimizer = keras.optimizers.SGD(learning_rate=schedule)\n"
    if schedule.name == "constant":
        return f"import keras\n\nschedule = {parameter(schedule, 'rate')}\n{use}"
    native = natives.KERAS.get(schedule.name, _nothing)(schedule)
    if native:
        return f"import keras\n\nschedule = keras.optimizers.schedules.{native}\n{use}"
    text = functions(schedule, KERAS)
    return (
        f"{_imports(text, 'import keras', 'from keras import ops')}\n\n{text}\n\n"
        "class Schedule(keras.optimizers.schedules.LearningRateSchedule):\n"
        "    def __call__(self, step):\n"
        '        return rate(ops.cast(step, "float32"))\n\n'
        "    def get_config(self):\n"
        "        return {}\n\n\n"
        f"schedule = Schedule()\n{use}"
    )


def _optax(schedule: Schedule) -> str:
    texts: list[str] = []
    expression = _optax_expression(schedule, "rate", texts)
    needed = ["import jax.numpy as jnp"] if any("jnp." in text for text in texts) else []
    head = _imports("".join(texts), *needed, "import optax")
    definitions = "".join(f"\n\n{text}" for text in texts) + "\n" * (1 + bool(texts))
    return f"{head}{definitions}schedule = {expression}\noptimizer = optax.sgd(learning_rate=schedule)\n"


def _optax_expression(schedule: Schedule, name: str, texts: list[str]) -> str:
    """Return what a schedule is called in optax; what it has no word for is defined in `texts`."""
    native = natives.OPTAX.get(schedule.name, _nothing)(schedule)
    if native:
        return f"optax.{native}"
    if schedule.parts and all(at.is_integer() for at in schedule.at):
        own = [_optax_expression(part, f"{name}_{k + 1}", texts) for k, part in enumerate(schedule.parts)]
        lines = "".join(f"        {line},\n" for line in own)
        boundaries = ", ".join(written(at) for at in schedule.at)
        return f"optax.join_schedules(\n    [\n{lines}    ],\n    boundaries=[{boundaries}],\n)"
    texts.append(functions(schedule, JAX, name))
    return name


def _nothing(schedule: Schedule) -> None:
    return None


def _imports(text: str, *libraries: str) -> str:
    """Return the lines at the top of a program: the standard library's, a blank line, the others."""
    standard = ["import math"] if "math." in text else []
    return "\n".join([*standard, *([""] if standard and libraries else []), *libraries]) + "\n"


TARGETS: Mapping[str, Callable[[Schedule], str]] = MappingProxyType(
    {"python": _python, "pytorch": _pytorch, "keras": _keras, "optax": _optax}
)
"""What code can be had for, by name."""
