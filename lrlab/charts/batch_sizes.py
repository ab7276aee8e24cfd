"""Best rate against batch size, the losses behind it, and what became of the rules."""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import looks
from lrlab.descent import OPTIMIZERS
from lrlab.finder.batch_sizes import BatchSweep, growth
from lrlab.finder.scaling import RULES, RulesTried

_GUIDES: Mapping[str, tuple[float, list[int]]] = {
    "slope ½, square root": (0.5, [2, 3]),
    "slope 1, linear": (1.0, [9, 4]),
}


def best_rates_chart(sweeps: Sequence[BatchSweep]) -> Chart:
    """Best rate against batch size on log axes, a line an optimizer, with slopes ½ and 1 from its smallest batch.

    With several seeds a bar spans what single seeds would have called best.
    """
    names = [called(sweep.optimizer) for sweep in sweeps]
    rows = pd.concat([_best_rows(sweep, name) for sweep, name in zip(sweeps, names, strict=True)])
    guides = pd.concat([_guide_rows(sweep, name) for sweep, name in zip(sweeps, names, strict=True)])
    x = _batch_axis("batch", sorted({size for sweep in sweeps for size in sweep.batch_sizes}))
    y = (
        alt.Y("rate:Q")
        .title("best rate (log scale)")
        .scale(type="log", domain=[rows["low"].min() / 1.6, rows["high"].max() * 1.6], nice=False)
        .axis(format="~g", grid=False)
    )
    colour, _, shape = looks("optimizer", names, "optimizer")
    rule = (
        alt.StrokeDash("guide:N")
        .scale(domain=list(_GUIDES), range=[dashes for _, dashes in _GUIDES.values()])
        .title("what a rule would say")
        .legend(
            orient="bottom",
            columns=1,
            symbolType="stroke",
            symbolSize=400,
            symbolStrokeWidth=2,
            symbolStrokeColor=colours.QUIET,
        )
    )
    tooltip = ["optimizer:N", "batch:Q", alt.Tooltip("rate:Q", format=".3g"), "updates:Q"]
    base = alt.Chart(rows).encode(x=x, color=colour)
    layers = [
        alt.Chart(guides)
        .mark_line(color=colours.QUIET, strokeWidth=1.5, clip=True)
        .encode(x=x, y=y, strokeDash=rule, detail="optimizer:N"),
        base.mark_line(strokeWidth=2.2).encode(y=y, detail="optimizer:N"),
        base.mark_point(filled=True, size=110, opacity=1).encode(y=y, shape=shape, tooltip=tooltip),
    ]
    if max(len(sweep.seeds) for sweep in sweeps) > 1:
        spans = base.mark_rule(strokeWidth=1.5, opacity=0.7)
        layers.insert(1, spans.encode(y=alt.Y("low:Q").title("best rate (log scale)"), y2="high:Q"))
    return alt.layer(*layers).properties(height=420, description=_best_text(sweeps, names))


def losses_by_rate_chart(sweep: BatchSweep) -> Chart:
    """Final training loss against the rate, both on log axes: a line a batch size, its number at its lowest point."""
    means = sweep.losses.mean(axis=0)
    rows = pd.DataFrame(
        [
            {"batch": size, "rate": rate, "loss": loss}
            for size, row in zip(sweep.batch_sizes, means, strict=True)
            for rate, loss in zip(sweep.rates, row, strict=True)
            if np.isfinite(loss) and loss > 0.0
        ]
    )
    lowest = rows.loc[rows.groupby("batch")["loss"].idxmin()]
    x = rate_axis("rate", float(sweep.rates[0]), float(sweep.rates[-1]))
    y = (
        alt.Y("loss:Q")
        .title("training loss at the end (log)")
        .scale(type="log", nice=False, padding=14)
        .axis(format="~g", grid=False, tickCount=5)
    )
    tooltip = [
        alt.Tooltip("batch:Q", title="batch size"),
        alt.Tooltip("rate:Q", format=".3g"),
        alt.Tooltip("loss:Q", format=".3g"),
    ]
    base = alt.Chart(rows).encode(x=x, y=y, detail="batch:N", tooltip=tooltip)
    ends = alt.Chart(lowest).encode(x=x, y=y)
    told = "; ".join(
        f"batch {size} is lowest at {best:.3g}"
        for size, best in zip(sweep.batch_sizes, sweep.best, strict=True)
    )
    return alt.layer(
        base.mark_line(color=colours.QUIET, strokeWidth=1.5, opacity=0.8),
        ends.mark_point(filled=True, color=colours.SERIES[0], size=80, opacity=1).encode(tooltip=tooltip),
        ends.mark_text(dy=13, fontSize=12, color=colours.SERIES[0]).encode(text="batch:Q"),
    ).properties(
        height=340,
        description=f"Training loss at the end against the rate, {called(sweep.optimizer)}: {told}.",
    )


def called(optimizer: str) -> str:
    """What to call an optimizer where gradients come from mini-batches: plain descent is SGD there."""
    return "SGD" if optimizer == "sgd" else OPTIMIZERS[optimizer].title


def rules_chart(tried: RulesTried) -> Chart:
    """Training loss over the epochs: before the change of batch size, and after it by each rule."""
    before = f"batch {tried.batch_size}, rate {tried.rate:.3g}: before"
    names = [
        before,
        *(
            f"batch {tried.new_batch_size}, rate {rate:.3g}: {RULES[rule].title.lower()}"
            for rule, rate in zip(tried.rules, tried.rates, strict=True)
        ),
    ]
    paths = [tried.before, *tried.after.swapaxes(0, 1)]
    with np.errstate(all="ignore"):
        rows = pd.DataFrame(
            [
                {"run": name, "epoch": int(epoch), "loss": loss}
                for name, path in zip(names, paths, strict=True)
                for epoch, loss in zip(tried.epochs, path.mean(axis=0), strict=True)
                if np.isfinite(loss) and loss > 0.0
            ]
        )
    start = float(tried.after[:, 0, 0].mean())
    top = 1.5 * start
    colour, dash, shape = looks("run", names, "run")
    base = alt.Chart(rows).encode(
        x=alt.X("epoch:Q").title("epochs (passes over the data)").axis(tickMinStep=1),
        y=alt.Y("loss:Q")
        .title("training loss (log scale)")
        .scale(type="log", domain=[min(float(rows["loss"].min()), start) / 1.3, top], nice=False, clamp=True)
        .axis(format="~g", grid=False, tickCount=5),
        color=colour,
        tooltip=["run:N", "epoch:Q", alt.Tooltip("loss:Q", format=".3g")],
    )
    return alt.layer(
        base.mark_line(strokeWidth=2.2).encode(strokeDash=dash),
        base.mark_point(filled=True, size=70, opacity=1).encode(shape=shape),
    ).properties(
        height=430,
        description=f"Training loss over {tried.epochs[-1]} epochs, mean of {_seeds(tried.seeds)}. {tried.sentence}",
    )


def _best_rows(sweep: BatchSweep, name: str) -> pd.DataFrame:
    several = len(sweep.seeds) > 1
    return pd.DataFrame(
        {
            "optimizer": name,
            "batch": sweep.batch_sizes,
            "rate": sweep.best,
            "low": np.minimum(sweep.lowest, sweep.best) if several else sweep.best,
            "high": np.maximum(sweep.highest, sweep.best) if several else sweep.best,
            "updates": sweep.updates,
        }
    ).dropna()


def _batch_axis(field: str, sizes: Sequence[int]) -> alt.X:
    """Batch sizes on a log axis, each with its own tick."""
    axis: alt.X = (
        alt.X(f"{field}:Q")
        .title("batch size B (log scale)")
        .scale(type="log", base=2, domain=[sizes[0] / 1.3, sizes[-1] * 1.3], nice=False)
        .axis(values=list(sizes), format="d", grid=False)
    )
    return axis


def _guide_rows(sweep: BatchSweep, name: str) -> pd.DataFrame:
    sizes = np.array(sweep.batch_sizes)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "optimizer": name,
                    "guide": guide,
                    "batch": sizes,
                    "rate": sweep.best[0] * (sizes / sizes[0]) ** slope,
                }
            )
            for guide, (slope, _) in _GUIDES.items()
        ]
    ).dropna()


def _best_text(sweeps: Sequence[BatchSweep], names: Sequence[str]) -> str:
    lines = []
    for sweep, name in zip(sweeps, names, strict=True):
        pairs = ", ".join(
            f"{size}: {rate:.3g}" for size, rate in zip(sweep.batch_sizes, sweep.best, strict=True)
        )
        slope = growth(sweep, sweep.batch_sizes[0], sweep.batch_sizes[-1])
        lines.append(f"{name} {pairs}; slope over all {slope:.2f}")
    return (
        f"Best rate for each batch size, mean of {_seeds(sweeps[0].seeds)}, on log axes. {'. '.join(lines)}. "
        "Lines of slope ½ and 1 are drawn from the smallest batch of each."
    )


def _seeds(seeds: Sequence[int]) -> str:
    return "one seed" if len(seeds) == 1 else f"{len(seeds)} seeds"
