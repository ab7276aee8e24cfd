"""Hue, dash and shape of several runs on one picture; they change together, so that no one of them is needed."""

from collections.abc import Sequence

import altair as alt

from lrlab.charts import colours

_ROOM, _SIGN, _LETTER = 300.0, 30.0, 6.8
"""Pixels: of a legend below a picture on a phone, of a sign with its gaps, and of a letter."""


def looks(field: str, names: Sequence[str], title: str) -> tuple[alt.Color, alt.StrokeDash, alt.Shape]:
    """Encodings of a field by its names, in order, at most six of them; one legend below the picture for all."""
    count = len(names)
    legend = alt.Legend(
        orient="bottom", columns=side_by_side(names), labelLimit=0, symbolOpacity=1, symbolStrokeWidth=0
    )
    colour = alt.Color(f"{field}:N").scale(domain=list(names), range=list(colours.SERIES[:count]))
    dash = alt.StrokeDash(f"{field}:N").scale(domain=list(names), range=list(colours.DASHES[:count]))
    shape = alt.Shape(f"{field}:N").scale(domain=list(names), range=list(colours.SHAPES[:count]))
    return colour.title(title).legend(legend), dash.legend(None), shape.title(title).legend(legend)


def strokes(field: str, names: Sequence[str], title: str | None) -> tuple[alt.Color, alt.StrokeDash]:
    """Encodings of lines that carry no signs: hue and dash, told together by short strokes in one legend."""
    legend = alt.Legend(
        orient="bottom",
        columns=side_by_side(names),
        labelLimit=0,
        symbolType="stroke",
        symbolOpacity=1,
        symbolStrokeWidth=2.5,
    )
    colour = alt.Color(f"{field}:N").scale(domain=list(names), range=list(colours.SERIES[: len(names)]))
    dash = alt.StrokeDash(f"{field}:N").scale(domain=list(names), range=list(colours.DASHES[: len(names)]))
    return colour.title(title).legend(legend), dash.title(title).legend(legend)


def side_by_side(names: Sequence[str]) -> int:
    """How many entries of a legend stand in one row, so that none is cut off on a phone."""
    for columns in range(min(len(names), 4), 1, -1):
        widest = (max(map(len, names[column::columns])) for column in range(columns))
        if sum(_SIGN + _LETTER * letters for letters in widest) <= _ROOM:
            return columns
    return 1
