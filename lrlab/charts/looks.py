"""Hue, dash and shape of several runs on one picture; they change together, so that no one of them is needed."""

from collections.abc import Sequence

import altair as alt

from lrlab.charts import colours


def looks(
    field: str, names: Sequence[str], title: str, *, columns: int = 3
) -> tuple[alt.Color, alt.StrokeDash, alt.Shape]:
    """Encodings of a field by its names, in order, at most six of them; one legend below the picture for all."""
    count = len(names)
    legend = alt.Legend(orient="bottom", columns=columns, labelLimit=0, symbolOpacity=1, symbolStrokeWidth=0)
    colour = alt.Color(f"{field}:N").scale(domain=list(names), range=list(colours.SERIES[:count]))
    dash = alt.StrokeDash(f"{field}:N").scale(domain=list(names), range=list(colours.DASHES[:count]))
    shape = alt.Shape(f"{field}:N").scale(domain=list(names), range=list(colours.SHAPES[:count]))
    return colour.title(title).legend(legend), dash.legend(None), shape.title(title).legend(legend)
