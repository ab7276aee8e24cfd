"""Momentum in its conventions: how much each of them can stand, and what it makes of a rate that falls."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.looks import looks
from lrlab.descent.boundary import RULES, Limit
from lrlab.descent.run import Descent

HIGHEST = 100.0


def stability_chart(limits: Sequence[Limit], *, momentum: float | None = None) -> Chart:
    """Largest stable αλ against β on a log axis: the formula as a line, what was walked as marks.

    `momentum` draws a rule at one β.
    """
    rows = pd.DataFrame(
        [
            {
                "rule": RULES[limit.rule].title,
                "beta": limit.momentum,
                "formula": limit.formula,
                "walked": limit.walked,
            }
            for limit in limits
        ]
    )
    colour, dash, shape = looks("rule", [rule.title for rule in RULES.values()], "convention")
    x = alt.X("beta:Q").title("momentum β").scale(domain=[0, 1], nice=False)
    title = "largest stable αλ (log scale)"
    scale = alt.Scale(type="log", domain=[1, HIGHEST], nice=False, clamp=True)
    ticks = alt.Axis(values=[1, 2, 4, 10, 20, 40, 100], format="~g")
    base = alt.Chart(rows).encode(x=x, color=colour)
    tooltip = [
        alt.Tooltip("rule:N"),
        alt.Tooltip("beta:Q", format=".2g"),
        alt.Tooltip("formula:Q", format=".4g"),
        alt.Tooltip("walked:Q", format=".4g"),
    ]
    layers = [
        base.mark_line(strokeWidth=2.2).encode(
            y=alt.Y("formula:Q").title(title).scale(scale).axis(ticks), strokeDash=dash
        ),
        base.mark_point(filled=True, size=90, opacity=1).encode(
            y=alt.Y("walked:Q").title(title).scale(scale).axis(ticks), shape=shape, tooltip=tooltip
        ),
    ]
    if momentum is not None:
        here = alt.Chart(pd.DataFrame({"beta": [momentum]})).encode(x=x)
        layers.append(here.mark_rule(color=colours.QUIET, strokeDash=[4, 3]))
    return alt.layer(*layers).properties(height=430, description=_limits_text(limits))


def _limits_text(limits: Sequence[Limit]) -> str:
    told = []
    for name, rule in RULES.items():
        mine = [limit for limit in limits if limit.rule == name]
        first, last = mine[0], mine[-1]
        told.append(
            f"{rule.title} {first.walked:.3g} at β = {first.momentum:g} and {last.walked:.3g} at {last.momentum:g}"
        )
    gap = max(abs(limit.walked / limit.formula - 1.0) for limit in limits)
    return (
        f"Largest stable αλ against the momentum β, log axis, as walked: {'; '.join(told)}. "
        f"No walk is further than {gap:.1%} from its formula."
    )


def pace_chart(outside: Descent, inside: Descent, *, changed_at: int) -> Chart:
    """x against the step for the two ways to keep a velocity, with the step at which the rate changed."""
    walks = {"rate outside (PyTorch, optax)": outside, "rate inside (Keras, scikit-learn)": inside}
    steps = outside.rates.shape[1]
    rows = pd.concat(
        [
            pd.DataFrame({"form": name, "step": np.arange(steps + 1), "x": walk.points[0, :, 0]})
            for name, walk in walks.items()
        ]
    )
    colour, dash, shape = looks("form", list(walks), "velocity")
    x = alt.X("step:Q").title("step").scale(domain=[0, steps], nice=False)
    y = alt.Y("x:Q").title("x")
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    change = alt.Chart(pd.DataFrame({"step": [changed_at], "word": ["the rate falls"]})).encode(x=x)
    layers = [
        change.mark_rule(color=colours.QUIET, strokeDash=[4, 3]),
        change.mark_text(align="left", dx=5, color=colours.QUIET).encode(y=alt.value(10), text="word:N"),
        base.mark_line(strokeWidth=2.2).encode(strokeDash=dash),
        base.mark_point(filled=True, size=55, opacity=1).encode(
            shape=shape, tooltip=["form:N", "step:Q", alt.Tooltip("x:Q", format=".4g")]
        ),
    ]
    after = changed_at + 1
    told = "; ".join(
        f"{name} {walk.points[0, after, 0]:.3g} at step {after} and {walk.points[0, -1, 0]:.3g} at step {steps}"
        for name, walk in walks.items()
    )
    return alt.layer(*layers).properties(
        height=350,
        description=(
            f"Heavy ball on ½x² from {outside.points[0, 0, 0]:g}; the rate falls at step {changed_at}. x: {told}."
        ),
    )
