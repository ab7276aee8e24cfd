"""A result in, an Altair chart out.

Every `<what>_chart` is pure, has titled axes with units, and carries in its `description` the text that stands for the
picture, made from the same numbers. Colours come from `colours` and are never the only carrier of a meaning.
"""

from typing import TypeAlias

import altair as alt

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart

__all__ = ["Chart"]
