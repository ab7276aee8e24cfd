"""A whole class on one picture: its rates on the response curve, its votes, its answers as a histogram."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, isfinite, log10
from types import MappingProxyType

import altair as alt
import pandas as pd

from lrlab.charts import Chart, colours
from lrlab.charts.axes import rate_axis
from lrlab.charts.looks import side_by_side
from lrlab.grading.evidence import ResponseCurve

SIDES = MappingProxyType(
    {
        "too small": (colours.TOO_SMALL, "triangle-right"),
        "passes": (colours.JUST_RIGHT, "circle"),
        "too large": (colours.TOO_LARGE, "cross"),
    }
)
"""Where a rate lies to the door: a word, its colour and its shape."""

RIGHT, WRONG = "right", "not right"
_VERDICTS = {RIGHT: colours.JUST_RIGHT, WRONG: colours.TOO_LARGE}
_DOTS_A_DECADE = 25
_LONGEST_LABEL = 260


@dataclass(frozen=True)
class Dot:
    """Somebody's rate on the curve: where it lies, the steps it needs there (or infinite), and its word of `SIDES`."""

    rate: float
    steps: float
    side: str


@dataclass(frozen=True)
class Bar:
    """So many students gave this answer in this vote; `right` says whether it passes."""

    answer: str
    vote: str
    students: int
    right: bool


def class_response_chart(curve: ResponseCurve, dots: Sequence[Dot], *, height: int = 380) -> Chart:
    """Everyone's rates as dots on the response curve, its door shaded; dots that nearly coincide are one, counted."""
    low, high = curve.rates[0], curve.rates[-1]
    longest = max([curve.bar, *(steps for steps in curve.values if isfinite(steps))])
    never = longest * 1.35
    x = rate_axis("rate", low, high)
    y = (
        alt.Y("steps:Q")
        .title(f"steps until settled (budget {curve.bar:g})")
        .scale(type="log", domain=[0.5, never * 1.9], nice=False)
        .axis(format="~g", grid=False)
    )
    line = pd.DataFrame({"rate": curve.rates, "steps": curve.values})
    settled = line["steps"] < inf
    line["stretch"] = (settled != settled.shift()).cumsum()
    heaps = _heaps(curve, dots, never)
    layers = [
        *_door(curve, low, high),
        alt.Chart(line[settled])
        .mark_line(color=colours.QUIET, strokeWidth=2)
        .encode(x=x, y=y, detail="stretch:N"),
        alt.Chart(pd.DataFrame({"word": ["top row: never settles"]}))
        .mark_text(align="left", dx=6, baseline="top", color=colours.QUIET)
        .encode(x=alt.value(0), y=alt.value(height * 0.17), text="word:N"),
    ]
    # A layer without a mark in it is an image without a text to a screen reader.
    if not heaps.empty:
        layers += _marks(heaps, x, y)
    return alt.layer(*layers).properties(height=height, description=_spread(curve, dots))


def votes_chart(bars: Sequence[Bar]) -> Chart:
    """How many students gave each answer, right ones marked; two votes stand under each other, answer by answer."""
    answers = list(dict.fromkeys(bar.answer for bar in bars))
    votes = list(dict.fromkeys(bar.vote for bar in bars))
    rows = pd.DataFrame(
        {
            "answer": [bar.answer for bar in bars],
            "vote": [bar.vote for bar in bars],
            "students": [bar.students for bar in bars],
            "verdict": [RIGHT if bar.right else WRONG for bar in bars],
            "said": [_said(bar, several=len(votes) > 1) for bar in bars],
        }
    )
    most = max((bar.students for bar in bars), default=1)
    y = (
        alt.Y("answer:N")
        .title(None)
        .sort(answers)
        .axis(labelLimit=_LONGEST_LABEL, labelFontSize=13, ticks=False, domain=False)
    )
    x = (
        alt.X("students:Q")
        .title("students")
        .scale(domain=[0, most * 1.3], nice=False)
        .axis(tickMinStep=1, format="d")
    )
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=["answer:N", "vote:N", "students:Q", "verdict:N"])
    if len(votes) > 1:
        base = base.encode(yOffset=alt.YOffset("vote:N").sort(votes).scale(paddingInner=0.1))
    bar = base.mark_bar(cornerRadiusEnd=3).encode(
        color=alt.Color("verdict:N")
        .scale(domain=list(_VERDICTS), range=list(_VERDICTS.values()))
        .title(None)
        .legend(orient="bottom", columns=side_by_side(list(_VERDICTS))),
        opacity=alt.Opacity("vote:N").scale(domain=votes, range=[0.55, 1.0][-len(votes) :]).legend(None)
        if votes
        else alt.value(1.0),
    )
    words = base.mark_text(align="left", dx=5, color=colours.QUIET, fontSize=12).encode(text="said:N")
    height = max(90, len(answers) * (26 * max(1, len(votes)) + 14))
    told = "; ".join(
        f"{bar.answer} ({RIGHT if bar.right else WRONG}), {bar.vote}: {_students(bar.students)}"
        for bar in bars
    )
    return alt.layer(bar, words).properties(
        height=height, description=f"Answers of the class: {told or 'none yet'}."
    )


def histogram_chart(
    edges: Sequence[float],
    counts: Sequence[int],
    *,
    across: str,
    band: tuple[float, float] | None,
    inside: str,
) -> Chart:
    """How many answers lie between each pair of edges on a log axis; `band` shades what is right, called `inside`.

    `counts` has one more entry than `edges`: what lies below the first and from the last on is heaped at the ends.
    """
    if len(counts) != len(edges) + 1:
        raise ValueError(f"{len(edges)} edges bound {len(edges) + 1} counts, not {len(counts)}")
    lows = [edges[0] ** 2 / edges[1], *edges]
    highs = [*edges, edges[-1] ** 2 / edges[-2]]
    rows = pd.DataFrame({"low": lows, "high": highs, "answers": counts})
    axis = rate_axis("low", lows[0], highs[-1]).title(f"{across} (log scale)")
    y = (
        alt.Y("answers:Q")
        .title("answers")
        .scale(domain=[0, max([4, *counts]) * 1.25], nice=False)
        .axis(tickMinStep=1, format="d", grid=False)
    )
    layers = []
    if band is not None:
        shade = pd.DataFrame(
            {"low": [max(band[0], lows[0])], "high": [min(band[1], highs[-1])], "word": [inside]}
        )
        base = alt.Chart(shade)
        layers.append(base.mark_rect(color=colours.JUST_RIGHT, opacity=0.18).encode(x=axis, x2="high:Q"))
        layers.append(
            base.mark_text(baseline="top", align="left", dx=4, dy=4, color=colours.QUIET).encode(
                x=axis, y=alt.value(0), text="word:N"
            )
        )
    tooltip = [
        alt.Tooltip("low:Q", title="from", format=".3g"),
        alt.Tooltip("high:Q", title="to", format=".3g"),
        "answers:Q",
    ]
    bars = (
        alt.Chart(rows)
        .mark_bar(color=colours.SERIES[0], stroke="white", strokeWidth=0.5)
        .encode(x=axis, x2="high:Q", y=y, y2=alt.datum(0), tooltip=tooltip)
    )
    layers.append(bars)
    told = "; ".join(
        f"{count} from {low:.3g} to {high:.3g}"
        for low, high, count in zip(lows, highs, counts, strict=True)
        if count
    )
    where = f" {inside[:1].upper()}{inside[1:]} is {band[0]:.3g} to {band[1]:.3g}." if band else ""
    return alt.layer(*layers).properties(
        height=240, description=f"Answers by {across}: {told or 'none yet'}.{where}"
    )


def _marks(heaps: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The dots in their hues and shapes, and over each that stands for several how many."""
    sides, hues, shapes = (
        list(SIDES),
        [hue for hue, _ in SIDES.values()],
        [sign for _, sign in SIDES.values()],
    )
    tooltip = [
        alt.Tooltip("rate:Q", title="about", format=".3g"),
        alt.Tooltip("side:N", title="side"),
        alt.Tooltip("students:Q", title="answers"),
    ]
    marks = alt.Chart(heaps).encode(x=x, y=y, tooltip=tooltip)
    return [
        marks.mark_point(filled=True, opacity=0.85, stroke="white", strokeWidth=1).encode(
            size=alt.Size("students:Q")
            .scale(type="linear", domain=[1, max([10, *heaps["students"]])], range=[110, 700])
            .legend(None),
            color=alt.Color("side:N")
            .scale(domain=sides, range=hues)
            .title("the class")
            .legend(orient="bottom", columns=side_by_side(sides), symbolSize=140, symbolOpacity=1),
            shape=alt.Shape("side:N")
            .scale(domain=sides, range=shapes)
            .title("the class")
            .legend(orient="bottom", columns=side_by_side(sides), symbolSize=140, symbolOpacity=1),
        ),
        marks.transform_filter("datum.students > 1")
        .mark_text(dy=-17, fontSize=13, fontWeight="bold", color=colours.QUIET)
        .encode(text="students:Q"),
    ]


def _heaps(curve: ResponseCurve, dots: Sequence[Dot], never: float) -> pd.DataFrame:
    """Dots of one side that lie within a twenty-fifth of a decade, as one dot in their middle."""
    low, high = curve.rates[0], curve.rates[-1]
    heaps: dict[tuple[str, int], list[Dot]] = {}
    for dot in dots:
        rate = min(max(dot.rate, low), high)
        heaps.setdefault((dot.side, floor(log10(rate) * _DOTS_A_DECADE)), []).append(dot)
    rows = []
    for (side, _), heap in heaps.items():
        middle = 10 ** (sum(log10(min(max(dot.rate, low), high)) for dot in heap) / len(heap))
        steps = sorted(dot.steps for dot in heap)[len(heap) // 2]
        rows.append((middle, max(steps, 1) if isfinite(steps) else never, side, len(heap)))
    return pd.DataFrame(rows, columns=["rate", "steps", "side", "students"])


def _door(curve: ResponseCurve, low: float, high: float) -> list[alt.Chart]:
    bands = pd.DataFrame(curve.openings, columns=["from", "to"])
    if bands.empty:
        return []
    bands["middle"] = (bands["from"] * bands["to"]) ** 0.5
    bands["word"] = "the door"
    base = alt.Chart(bands)
    area = base.mark_rect(color=colours.JUST_RIGHT, opacity=0.18).encode(
        x=rate_axis("from", low, high), x2="to:Q"
    )
    word = base.mark_text(baseline="bottom", dy=-4, fontSize=12, color=colours.QUIET).encode(
        x=rate_axis("middle", low, high), y=alt.value("height"), text="word:N"
    )
    return [area, word]


def _spread(curve: ResponseCurve, dots: Sequence[Dot]) -> str:
    doors = " and ".join(f"{low:.3g} to {high:.3g}" for low, high in curve.openings) or "nowhere"
    sides = Counter(dot.side for dot in dots)
    told = ", ".join(f"{sides[side]} {side}" for side in SIDES if sides[side]) or "no answers yet"
    return (
        f"Response curve of the class, from {curve.rates[0]:.3g} to {curve.rates[-1]:.3g}. The door, where runs settle "
        f"within {curve.bar:g} steps, is {doors}. The class: {told}."
    )


def _said(bar: Bar, *, several: bool) -> str:
    mark = "✓" if bar.right else "✕"
    return f"{mark} {bar.students}" + (f", {bar.vote}" if several else "")


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"
