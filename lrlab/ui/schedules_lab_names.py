"""Same name, different function: what libraries mean by one word, laid over each other."""

import streamlit as st

from lrlab.charts.schedules import difference_chart
from lrlab.schedules.variants import DIFFERENCES, Difference, parting
from lrlab.ui import pictures
from lrlab.ui.controls import bound


def same_name(page: str) -> None:
    """Choose a name; its meanings over each other, the place where they part, and where each is defined."""
    name = bound(
        st.selectbox,
        "One name",
        tuple(DIFFERENCES),
        format_func=lambda each: DIFFERENCES[each].title,
        key=f"{page}.name",
    )
    difference = DIFFERENCES[name]
    pictures.show(f"{page}.difference", difference_chart, difference)
    st.markdown(told(difference))
    st.dataframe(sources(difference), hide_index=True, width="stretch")


def told(difference: Difference) -> str:
    """The sentence that tells the meanings apart, and where they part."""
    first, widest = parting(difference)
    unit = difference.unit.split()[0]
    where = f"They part at **{unit} {first}**"
    return f"{difference.sentence} {where}{f' and are furthest apart at {unit} {widest}' if widest != first else ''}."


def sources(difference: Difference) -> list[dict[str, str]]:
    """One row for each library: what is special about it, and its own name for the schedule."""
    return [
        {"library": variant.library, "what to know": variant.remark, "where": variant.source}
        for variant in difference.variants
    ]
