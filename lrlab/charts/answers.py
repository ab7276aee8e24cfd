"""What an answer led to: the curves it drew, or the trainings it was judged by."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.grading.evidence import Curve, Curves, Response

MOST_POINTS = 400
"""Places of one line that are drawn; more cannot be told apart on a page."""
_MARKS = 9
"""Signs on a line, by which it is known without its colour."""
_YOURS, _BEST = "your answer", "the best on the grid"


def curves_chart(shown: Curves, *, height: int = 320) -> Chart:
    """The lines of an answer on one pair of axes, each known by hue, dash and sign; their rates are another picture."""
    names = [curve.name for curve in shown.curves]
    rows = _finite(pd.concat([_thinned(curve) for curve in shown.curves], ignore_index=True))
    marked = _finite(pd.concat([_thinned(curve, _MARKS) for curve in shown.curves], ignore_index=True))
    colour, dash, shape = looks("line", names, "")
    base = alt.Chart(rows).encode(
        x=alt.X("place:Q").title(shown.across).scale(nice=False).axis(grid=False),
        y=_upward(shown.curves, shown.upward, log=shown.log and _is_log(shown.curves)),
        color=colour if len(names) > 1 else colour.legend(None),
        tooltip=["line:N", alt.Tooltip("place:Q", title=shown.across), alt.Tooltip("value:Q", format=".4g")],
    )
    layers = [base.mark_line(strokeWidth=2, clip=True).encode(strokeDash=dash)]
    if len(names) > 1:
        signs = base.properties(data=marked).encode(shape=shape)
        layers.append(signs.mark_point(filled=True, size=60, opacity=1, clip=True))
    return alt.layer(*layers).properties(height=height, description=_told(shown))


def run_chart(curve: Curve, among: Sequence[Curve], *, upward: str) -> Chart:
    """One of several runs on a picture of its own; all of them have the same axes, so that they can be compared."""
    log = upward != "rate" and _is_log(among)  # the shape of a schedule is read on a plain axis
    chart: alt.Chart = (
        alt.Chart(_finite(_thinned(curve, MOST_POINTS // 2)))
        .mark_line(color=colours.SERIES[0], strokeWidth=2, clip=True)
        .encode(
            x=alt.X("place:Q").title("step").scale(nice=False).axis(grid=False),
            y=_upward(among, upward, log=log),
            tooltip=[alt.Tooltip("place:Q", title="step"), alt.Tooltip("value:Q", format=".4g")],
        )
        .properties(height=170, description=f"Run {_course_of(curve)}.")
    )
    return chart


def tries_chart(tried: Sequence[tuple[float, float]], low: float, high: float, *, measure: str) -> Chart:
    """The trials that were spent so far, as dots, between the rates that may be tried."""
    rows = pd.DataFrame(tried, columns=["rate", "loss"]).assign(trial=range(1, len(tried) + 1))
    told = "; ".join(
        f"{rate:.3g} led to {f'{loss:.4g}' if np.isfinite(loss) else 'a breakdown'}" for rate, loss in tried
    )
    base = alt.Chart(_finite(rows)).encode(
        x=rate_axis("rate", low, high),
        y=alt.Y("loss:Q")
        .title(f"{measure} (log scale)")
        .scale(type="log", nice=False, padding=12)
        .axis(grid=False, tickCount=6),
        tooltip=["trial:O", alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("loss:Q", format=".4g")],
    )
    layers = [
        base.mark_point(color=colours.SERIES[0], filled=True, size=110, opacity=1),
        base.mark_text(dy=-12, color=colours.QUIET).encode(text="trial:O"),
    ]
    return alt.layer(*layers).properties(
        height=220, description=f"{_capital(measure)} of the trials so far: {told}."
    )


def response_points_chart(rates: Sequence[float], losses: Sequence[float]) -> Chart:
    """What trainings with different rates reached, to be read without any mark."""
    rows = _finite(pd.DataFrame({"rate": rates, "loss": losses}))
    best = rows.iloc[int(rows["loss"].argmin())]
    curve = alt.Chart(rows).mark_line(color=colours.SERIES[0], point={"size": 30})
    chart: alt.Chart = curve.encode(
        x=rate_axis("rate", min(rates), max(rates)),
        y=alt.Y("loss:Q")
        .title("loss (log scale)")
        .scale(type="log", nice=False)
        .axis(grid=False, tickCount=6),
        tooltip=[alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("loss:Q", format=".4g")],
    ).properties(
        height=260,
        description=(
            f"Loss reached against the learning rate, {len(rates)} trainings from {min(rates):.3g} to "
            f"{max(rates):.3g}: the lowest is {best['loss']:.4g} at {best['rate']:.3g}."
        ),
    )
    return chart


def trained_chart(shown: Response, *, revealed: bool = True) -> Chart:
    """What the student's own rates reached in training, and the bar; `revealed` adds the grid and the best on it."""
    marks = [(rate, loss, _YOURS) for rate, loss in shown.chosen]
    if revealed:
        marks.append((*shown.best, _BEST))
    marked = _finite(pd.DataFrame(marks, columns=["rate", "loss", "what"]))
    rates = [*shown.rates, *(rate for rate, _ in shown.chosen)]
    x = rate_axis("rate", min(rates), max(rates))
    y = (
        alt.Y("loss:Q")
        .title(f"{shown.measure} (log scale)")
        .scale(type="log", nice=False, zero=False, padding=8)
    )
    y = y.axis(grid=False, tickCount=6)
    tooltip = [alt.Tooltip("rate:Q", format=".3g"), alt.Tooltip("loss:Q", format=".4g")]
    colour, _, shape = looks("what", [_YOURS, _BEST] if revealed else [_YOURS], "")
    bar = alt.Chart(pd.DataFrame({"loss": [shown.bar], "word": ["still passes"]})).encode(y=y)
    layers = [
        bar.mark_rule(color=colours.QUIET, strokeDash=[4, 3]),
        bar.mark_text(align="right", dx=-2, dy=-6, color=colours.QUIET).encode(
            x=alt.value("width"), text="word:N"
        ),
        alt.Chart(marked)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=["what:N", *tooltip]),
    ]
    if revealed:
        grid = _finite(pd.DataFrame({"rate": shown.rates, "loss": shown.losses}))
        curve = alt.Chart(grid).encode(x=x, y=y, tooltip=tooltip)
        layers[:0] = [
            curve.mark_line(color=colours.QUIET, strokeWidth=1.5),
            curve.mark_point(color=colours.QUIET, filled=True, size=30, opacity=1),
        ]
    return alt.layer(*layers).properties(height=300, description=_compared(shown, revealed=revealed))


def _is_log(curves: Sequence[Curve]) -> bool:
    """Whether a logarithmic axis can show these lines: all of their values are above zero."""
    values = np.concatenate([curve.values for curve in curves])
    return bool((values[np.isfinite(values)] > 0.0).all())


def _upward(curves: Sequence[Curve], title: str, *, log: bool) -> alt.Y:
    """The upward axis of some lines, cut where one that exploded or vanished would press all others flat."""
    values = np.concatenate([curve.values for curve in curves])
    values = values[np.isfinite(values)]
    begun = (
        max((abs(curve.values[0]) for curve in curves if np.isfinite(curve.values[0])), default=1.0) or 1.0
    )
    low, high = (values.min(), values.max()) if values.size else (0.0, 1.0)
    high = min(high, begun * (1e3 if log else 4.0))
    low = max(low, begun * 1e-9) if log else low
    if not log:
        low, high = low - 0.04 * (high - low), high + 0.04 * (high - low)
    if low >= high:
        low, high = (low / 2, low * 2) if low > 0.0 else (low - 1.0, low + 1.0)
    return (
        alt.Y("value:Q")
        .title(f"{title} (log scale)" if log else title)
        .scale(type="log" if log else "linear", domain=[float(low), float(high)], nice=False, zero=False)
        .axis(grid=False, tickCount=6, format="~g")
    )


def _thinned(curve: Curve, most: int = MOST_POINTS) -> pd.DataFrame:
    """The curve at no more than `most` of its places, both ends among them."""
    count = len(curve.values)
    kept = np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))
    return pd.DataFrame(
        {
            "place": np.asarray(curve.across, dtype=float)[kept],
            "value": np.asarray(curve.values, dtype=float)[kept],
            "line": curve.name,
        }
    )


def _finite(rows: pd.DataFrame) -> pd.DataFrame:
    kept: pd.DataFrame = rows.loc[np.isfinite(rows.select_dtypes("number").to_numpy()).all(axis=1)]
    return kept


def _told(shown: Curves) -> str:
    lines = "; ".join(_course_of(curve) for curve in shown.curves)
    return f"{_capital(shown.upward)} over {shown.across}: {lines}."


def _course_of(curve: Curve) -> str:
    values = np.asarray(curve.values, dtype=float)
    finite = np.flatnonzero(np.isfinite(values))
    if not finite.size:
        return f"{curve.name} has no finite value"
    last = finite[-1]
    end = f"to {values[last]:.3g}"
    if last < len(values) - 1:
        end += f", and is no number after {curve.across[last]:.4g}"
    return f"{curve.name} goes from {values[finite[0]]:.3g} {end}, lowest {values[finite].min():.3g}"


def _compared(shown: Response, *, revealed: bool) -> str:
    yours = "; ".join(
        f"{rate:.3g} led to {f'{loss:.4g}' if np.isfinite(loss) else 'a breakdown'}"
        for rate, loss in shown.chosen
    )
    told = f"{_capital(shown.measure)} against the learning rate. Your answer: {yours}. Up to {shown.bar:.4g} passes."
    if not revealed:
        return told
    return (
        f"{told} Of {len(shown.rates)} trainings from {min(shown.rates):.3g} to {max(shown.rates):.3g} the best is "
        f"{shown.best[0]:.3g} with {shown.best[1]:.4g}."
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
