"""The units lab: one feature of a real data set in another unit, and what becomes of the largest rate."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
import streamlit as st

from lrlab.charts.units import unit_chart, unit_losses_chart
from lrlab.training import Data, Training, fit, load
from lrlab.training.curvature import condition_number, largest_stable_rate
from lrlab.training.units import one_against_rest, rescaled
from lrlab.ui import pictures
from lrlab.ui.controls import bound

DATA_SETS = ("breast_cancer", "wine", "iris")
ASKED = 1
"""The class that is told from the rest."""
FACTORS = tuple(float(f"{10.0 ** (third / 3):.1g}") for third in range(-9, 10))
RATES = tuple(float(f"{digit}e{power}") for power in range(-8, 1) for digit in (1, 2, 5))
STEPS = 300
LOSS = "logistic"
RAW, STANDARDISED = "raw", "standardised"


@dataclass(frozen=True)
class Settings:
    """A data set, its units, and the rate it is trained at, as names and numbers."""

    data: str
    units: str = STANDARDISED
    feature: int = 0
    factor: float = 1.0
    rate: float = 0.5


@dataclass(frozen=True)
class Trained:
    """What the units make of the loss, and a training in them."""

    condition: float
    limit: float
    training: Training

    @property
    def losses(self) -> np.ndarray:
        """The loss on the training rows before every step (steps,)."""
        losses: np.ndarray = self.training.losses[0]
        return losses


def told_in(settings: Settings) -> Data:
    """The data in these units, as one question with two answers."""
    data = load(settings.data, standardise=settings.units == STANDARDISED)
    return rescaled(one_against_rest(data, ASKED), settings.feature, settings.factor)


@st.cache_resource(max_entries=256, show_spinner=False)
def trained(settings: Settings) -> Trained:
    """Train by the whole batch at the fixed rate, and measure the loss that the units have made."""
    data = told_in(settings)
    return Trained(
        condition_number(data.x_train),
        largest_stable_rate(data.x_train, LOSS),
        fit(data, "linear", "sgd", settings.rate, len(data.x_train), steps=STEPS, measure="ends"),
    )


@st.cache_data(max_entries=256, show_spinner=False)
def limits(data: str, units: str, feature: int) -> tuple[float, ...]:
    """2/L for every factor of the slider."""
    return tuple(
        largest_stable_rate(told_in(Settings(data, units, feature, factor)).x_train, LOSS)
        for factor in FACTORS
    )


def choose(page: str) -> Settings:
    """The controls: data, its units, one feature and its factor, and the rate."""
    one, two, three = st.columns([3, 4, 3], vertical_alignment="bottom")
    titles = {name: load(name).title for name in DATA_SETS}
    name = bound(one.selectbox, "Data", DATA_SETS, format_func=titles.__getitem__, key=f"{page}.data")
    features = load(name).features
    feature = bound(two.selectbox, "Feature", features, key=f"{page}.feature.{name}")
    units = bound(
        three.segmented_control,
        "Start from",
        (STANDARDISED, RAW),
        default=STANDARDISED,
        required=True,
        format_func={STANDARDISED: "one scale", RAW: "raw units"}.__getitem__,
        key=f"{page}.units",
    )
    left, right = st.columns(2)
    factor = bound(
        left.select_slider,
        "Multiply this feature by",
        FACTORS,
        value=1.0,
        format_func=lambda factor: f"{factor:g}",
        key=f"{page}.factor",
    )
    rate = bound(
        right.select_slider,
        "Rate α, fixed",
        RATES,
        value=0.5,
        format_func=lambda rate: f"{rate:g}",
        key=f"{page}.step_rate",
    )
    st.button(
        "Standardise",
        icon=":material/straighten:",
        help="Bring every feature to mean 0 and standard deviation 1, whatever its unit is now.",
        on_click=_standardise,
        args=(page,),
        disabled=units == STANDARDISED and factor == 1.0,
    )
    return Settings(name, str(units), features.index(feature), float(factor), float(rate))


def _standardise(page: str) -> None:
    # Dividing by the standard deviation divides the factor out again, so what is left is one scale and no factor.
    st.session_state[f"{page}.units"], st.session_state[f"{page}.factor"] = STANDARDISED, 1.0


def show(page: str, settings: Settings) -> None:
    """The curvature that the units make, and the training that has to live with it."""
    now = trained(settings)
    as_is = settings.units == STANDARDISED and settings.factor == 1.0
    reference = now if as_is else trained(Settings(settings.data, rate=settings.rate))
    one, two, three = st.columns(3)
    one.metric("Condition number κ", _short(now.condition))
    two.metric("Largest stable rate 2/L", _short(now.limit))
    three.metric("Your rate is", f"{_short(settings.rate / now.limit)} × that")
    title = load(settings.data).features[settings.feature]
    st.markdown(f"**The largest stable rate against the unit of “{title}”**")
    pictures.show(
        f"{page}.limit",
        unit_chart,
        FACTORS,
        limits(settings.data, settings.units, settings.feature),
        settings.factor,
        settings.rate,
    )
    st.markdown(f"**{STEPS} steps at α = {settings.rate:g}, the whole batch each time**")
    curves = {"one scale": reference.losses.tolist()}
    if not as_is:
        curves = {"your units": now.losses.tolist(), **curves}
    pictures.show(f"{page}.losses", unit_losses_chart, curves)
    told = sentence(reference)
    st.markdown(told if as_is else f"**Your units.** {sentence(now)}\n\n**One scale.** {told}")


def table(page: str) -> None:
    """What one scale gains, for each data set."""
    st.dataframe(
        [
            {
                "data": load(name).title,
                "2/L in raw units": f"{raw:.2g}",
                "2/L on one scale": f"{scaled:.3g}",
                "gain": f"× {float(f'{scaled / raw:.3g}'):,.0f}",
            }
            for name, (raw, scaled) in gains().items()
        ],
        hide_index=True,
        width="stretch",
        key=f"{page}.gains",
    )
    st.caption(
        "Measured here on the training rows: logistic loss, one class against the rest. For this loss 2/L is a promise "
        "and no cliff. Below it the loss falls at every step; above it a run may still arrive, after a climb "
        "(Böhning 1992 for the bound)."
    )


@st.cache_data(max_entries=1, show_spinner=False)
def gains() -> dict[str, tuple[float, float]]:
    """2/L in raw units and on one scale."""
    return {
        name: (
            largest_stable_rate(load(name, standardise=False).x_train, LOSS),
            largest_stable_rate(load(name).x_train, LOSS),
        )
        for name in (*DATA_SETS, "digits")
    }


def sentence(trained: Trained) -> str:
    """What a training did, in numbers."""
    losses = trained.losses
    first, last, most = float(losses[0]), float(losses[-1]), float(losses.max())
    rises = int((np.diff(losses) > 0.0).sum())
    climbs = f"{rises} of {len(losses) - 1} steps"
    share = (
        f"{100.0 * trained.training.validation_scores[0, -1]:.0f} % of the validation rows are told right."
    )
    if not rises and last > 0.95 * first:
        return f"Hardly a move: the loss goes from {first:.3g} to {last:.3g}. {share}"
    if not rises:
        return f"The loss falls at every step, from {first:.3g} to {last:.3g}. {share}"
    if last < first:
        return f"The loss rises in {climbs}, as high as {most:.3g}, and ends at {last:.3g}. {share}"
    return (
        f"The loss is thrown about: it rises in {climbs}, as high as {most:.3g}, and ends at {last:.3g}, above the "
        f"{first:.3g} it began with. {share}"
    )


def _short(number: float) -> str:
    if not isfinite(number):
        return "∞"
    if 100.0 <= number < 1e6:
        return f"{float(f'{number:.3g}'):,.0f}"
    return f"{number:.3g}".replace("e+", "e").replace("e-0", "e-").replace("e0", "e")


def code(settings: Settings) -> None:
    """The lines that did it, with the student's numbers."""
    with st.expander("The code that did this", icon=":material/code:"):
        st.code(code_for(settings))


def code_for(settings: Settings) -> str:
    """The experiment in NumPy and scikit-learn, as runnable text."""
    scale = "x = (x - x.mean(axis=0)) / x.std(axis=0)\n" if settings.units == STANDARDISED else ""
    return _CODE.format(settings=settings, scale=scale, asked=ASKED, steps=STEPS)


_CODE = """\
import numpy as np
from scipy.special import expit
from sklearn.datasets import load_{settings.data}

x, y = load_{settings.data}(return_X_y=True)
y = (y == {asked}).astype(float)
{scale}x[:, {settings.feature}] *= {settings.factor:g}                    # another unit
a = np.column_stack([x, np.ones(len(x))])     # the last column is for the bias

largest = np.linalg.svd(a, compute_uv=False)[0] ** 2 / len(a)
limit = 2 / (0.25 * largest)                  # 2/L of the logistic loss
print("largest stable rate", limit)

weights = np.zeros(a.shape[1])
for step in range({steps}):
    z = a @ weights
    loss = np.mean(np.logaddexp(0, z) - y * z)
    weights -= {settings.rate:g} * a.T @ (expit(z) - y) / len(a)
print("loss before the last step", loss)
"""
