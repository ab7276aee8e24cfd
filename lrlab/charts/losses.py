"""A loss curve, as a training log would draw it."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours


def losses_chart(steps: Sequence[float], losses: Sequence[float], *, across: str = "step") -> Chart:
    """Loss against step (or whatever `across` counts), with the place where it stopped being a number marked."""
    rows = pd.DataFrame({"step": np.asarray(steps, dtype=float), "loss": np.asarray(losses, dtype=float)})
    finite = rows[np.isfinite(rows["loss"])]
    log = bool(len(finite)) and finite["loss"].min() > 0 and finite["loss"].max() > 100 * finite["loss"].min()
    x = alt.X("step:Q").title(across)
    y = alt.Y("loss:Q").title("loss (log scale)" if log else "loss").scale(type="log" if log else "linear")
    base = alt.Chart(finite).encode(x=x, y=y)
    layers = [
        base.mark_line(color=colours.SERIES[0], strokeWidth=2),
        base.mark_point(color=colours.SERIES[0], filled=True, size=22, opacity=1).encode(
            tooltip=["step:Q", alt.Tooltip("loss:Q", format=".4g")]
        ),
    ]
    lost = rows[~np.isfinite(rows["loss"])].head(1).assign(word="not a number from here")
    if len(lost):
        end = alt.Chart(lost).encode(x=x)
        layers.append(end.mark_rule(color=colours.TOO_LARGE, strokeDash=[4, 3]))
        layers.append(
            end.mark_text(align="left", dx=4, color=colours.TOO_LARGE).encode(y=alt.value(12), text="word:N")
        )
    return alt.layer(*layers).properties(height=260, description=_text(finite, lost, across))


def _text(finite: pd.DataFrame, lost: pd.DataFrame, across: str) -> str:
    if finite.empty:
        return "A loss curve with no finite value."
    least, most = finite.iloc[int(finite["loss"].argmin())], finite.iloc[int(finite["loss"].argmax())]
    end = f" It stops being a number at {across} {lost['step'].iloc[0]:.4g}." if len(lost) else ""
    return (
        f"Loss over {across}: {finite['loss'].iloc[0]:.3g} at the start, lowest {least['loss']:.3g} at "
        f"{least['step']:.4g}, highest {most['loss']:.3g} at {most['step']:.4g}, "
        f"{finite['loss'].iloc[-1]:.3g} at the end.{end}"
    )
