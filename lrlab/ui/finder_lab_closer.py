"""A closer look at the finder: what smoothing does, what each rule comes to, and Smith's ramp in equal steps."""

import numpy as np
import streamlit as st

from lrlab.charts.lag import lag_chart
from lrlab.charts.linear_ramp import linear_ramp_chart
from lrlab.charts.regrets import regrets_chart
from lrlab.finder.lag import lag
from lrlab.finder.linear_ramp import LinearRamp, linear_ramp
from lrlab.finder.regrets import Regrets, regrets
from lrlab.ui import pictures
from lrlab.ui.controls import bound
from lrlab.ui.finder_lab import Settings, data_of, model_of, tested
from lrlab.ui.long_work import done

BETAS = tuple(round(0.02 + 0.04 * k, 2) for k in range(25))
"""What the slider offers, 0.02 to 0.98; 0.9 and 0.98 are among them."""
FIRST_BETA = 0.9
SWEEP = tuple(float(rate) for rate in np.geomspace(1e-4, 30.0, 23))
FRESH_SEEDS = (101, 102, 103)
"""Seeds that no range test of the lab has seen."""
ENDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
FIRST_END = {"sgd": 1.0, "momentum": 0.3, "adam": 0.1}


def smoothing(settings: Settings) -> None:
    """The same test smoothed in two ways, with a slider that the browser answers by itself."""
    test, _ = tested(settings)
    late = lag(test, BETAS)
    if late is None:
        st.info(
            "This test ended before there was a curve to smooth. Start with other settings.",
            icon=":material/info:",
        )
        return
    pictures.show(
        "lr_finder.smoothing", lag_chart, late, float(test.rates[0]), float(test.rates[-1]), FIRST_BETA
    )


def regretted(settings: Settings) -> Regrets:
    """Real trainings at every rule's rate and over a sweep."""
    _, rules = tested(settings)
    return done(
        "regrets",
        settings,
        f"Training at every rule's rate and at {len(SWEEP)} others, {len(FRESH_SEEDS)} fresh seeds",
        lambda progress: regrets(
            data_of(settings),
            model_of(settings),
            rules,
            SWEEP,
            settings.optimizer,
            batch_size=settings.batch_size,
            seeds=FRESH_SEEDS,
            progress=progress,
        ),
    )


def regret(settings: Settings) -> None:
    """What it would have cost to follow each rule."""
    found = regretted(settings)
    pictures.show("lr_finder.regrets", regrets_chart, found)
    st.dataframe(regret_rows(found), hide_index=True, width="stretch")


def regret_rows(found: Regrets) -> list[dict[str, str]]:
    """One row a rule: its rate, and what following it came to."""
    return [
        {
            "rule": rule.title,
            "rate": "–" if rule.rate is None else f"{rule.rate:.3g}",
            "final loss": "–"
            if rule.loss is None
            else f"{rule.loss:.3g}"
            if np.isfinite(rule.loss)
            else "lost",
            "what following it came to": rule.sentence,
        }
        for rule in found.rules
    ]


def ramped(settings: Settings, high: float) -> LinearRamp:
    """A training whose rate grows in equal steps, and its accuracy on the way."""
    return done(
        "linear ramp",
        (settings, high),
        f"Training while the rate grows in equal steps to {high:g}",
        lambda progress: linear_ramp(
            data_of(settings),
            settings.model,
            settings.optimizer,
            high,
            batch_size=settings.batch_size,
            seeds=range(settings.ramps),
            progress=progress,
        ),
    )


def equal_steps(page: str, settings: Settings) -> None:
    """Smith's own version of the test, with an end to choose."""
    if settings.model == "sgd_estimator":
        st.info(
            "This part needs a model that is trained here in mini-batches. Choose one of the other two models above.",
            icon=":material/info:",
        )
        return
    high = bound(
        st.select_slider,
        "Ramp up to",
        ENDS,
        value=FIRST_END[settings.optimizer],
        format_func=lambda rate: f"{rate:g}",
        key=f"{page}.ramp_end_{settings.optimizer}",
    )
    ramp = ramped(settings, float(high))
    score = "accuracy" if data_of(settings).task == "classes" else "R²"
    pictures.show("lr_finder.linear_ramp", linear_ramp_chart, ramp, score)
    st.markdown(ramp.sentence)
