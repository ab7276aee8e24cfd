"""What the columns and words of a training log mean: a step, an epoch, a loss, a validation loss, a rate."""

import re
from enum import Enum


class Role(Enum):
    """What does this name stand for?"""

    STEP = "step"
    EPOCH = "epoch"
    LOSS = "loss"
    VALIDATION = "validation"
    RATE = "rate"


STEPS = {
    "step",
    "steps",
    "global_step",
    "iteration",
    "iterations",
    "iter",
    "it",
    "update",
    "updates",
    "batch",
}
EPOCHS = {"epoch", "epochs", "ep"}
RATES = {"lr", "learning_rate", "rate", "alpha", "eta"}
LOSSES = {
    "loss",
    "losses",
    "cost",
    "objective",
    "nll",
    "mse",
    "rmse",
    "mae",
    "logloss",
    "crossentropy",
    "cross_entropy",
}
HELD_BACK = {"val", "valid", "validation", "eval", "evaluation", "test", "dev", "holdout"}
SOMETHING_ELSE = {
    "scale",
    "weight",
    "weights",
    "ratio",
    "scheduler",
    "decay",
    "type",
    "fn",
    "best",
    "acc",
    "accuracy",
}
PLAIN = (
    "loss",
    "train_loss",
    "training_loss",
    "loss_train",
    "val_loss",
    "valid_loss",
    "validation_loss",
    "eval_loss",
)


def role(name: str) -> Role | None:
    """Return what a name stands for, or None.

    >>> role("val_loss"), role("lr-Adam"), role("accuracy")
    (<Role.VALIDATION: 'validation'>, <Role.RATE: 'rate'>, None)
    """
    plain = normal(name)
    words = set(plain.split("_"))
    if words & SOMETHING_ELSE:
        return None
    if plain in STEPS or plain.endswith("global_step"):
        return Role.STEP
    if plain in EPOCHS or (words & EPOCHS and words <= EPOCHS | {"train", "training", "current"}):
        return Role.EPOCH
    if plain in RATES or "learning_rate" in plain or "lr" in words:
        return Role.RATE
    if plain in LOSSES or words & LOSSES or plain.endswith("loss") or plain.startswith("loss"):
        numbered = any(word.rstrip("0123456789") in HELD_BACK for word in words)
        return Role.VALIDATION if numbered else Role.LOSS
    return None


def normal(name: str) -> str:
    """Return a name in lower case with underscores between its words."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def preference(name: str) -> int:
    """Return how much a name is preferred to others of its role: the plainest is 0."""
    plain = normal(name)
    return PLAIN.index(plain) if plain in PLAIN else len(PLAIN)
