"""The tab “Exercises”: what each exercise tells about the class, and every answer to it on one axis."""

from collections.abc import Sequence

import streamlit as st

from lrlab.charts import Chart
from lrlab.charts.classes import Dot, histogram_chart, votes_chart
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.insight import beliefs
from lrlab.classroom.insight.items import Item, items
from lrlab.classroom.insight.statistics import FEWEST, histogram
from lrlab.grading.class_curve import class_curve
from lrlab.grading.evidence import ResponseCurve
from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.ui import asked, pictures, remembered
from lrlab.ui.account.store import now
from lrlab.ui.asked import Given
from lrlab.ui.teacher import dotting, spread


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """One row an exercise that was tried, and the answers to one of them."""
    titles = asked.listed()
    found = [item for item in items(store, who, classroom.id, list(titles), now()) if item.students]
    if not found:
        st.markdown("Nobody has answered anything yet. Figures appear here with the first answers.")
        return
    st.dataframe([row(item) for item in found], hide_index=True, key="items.table")
    st.caption(
        "Facility: mean score of first attempts. Discrimination: how well the first score here goes along with the "
        "mean first score at the other exercises, with the interval that holds the true value 95 times in 100; below "
        f"{FEWEST} students it would say nothing, so it is not shown. Attempts and minutes are medians of those who "
        "passed."
    )
    slugs = [item.exercise for item in found]
    slug = st.selectbox(
        "Answers to", slugs, format_func=titles.__getitem__, key=f"items.exercise.{classroom.id}"
    )
    _answers(store, who, classroom, slug)


def row(item: Item) -> dict[str, str | int]:
    """An exercise as a line of the table."""
    belief = MISCONCEPTIONS.get(item.misconception or "", item.misconception or "")
    return {
        "exercise": asked.title(item.exercise),
        "students": item.students,
        "passed": item.passed,
        "facility": _percent(item.facility),
        "discrimination": discrimination(item),
        "attempts": "–" if item.attempts_to_pass is None else f"{item.attempts_to_pass:g}",
        "minutes": "–" if item.minutes_to_pass is None else f"{item.minutes_to_pass:.1f}",
        "used hints": _percent(item.hint_use),
        "top misconception": f"{belief} ({item.misconception_students})" if belief else "–",
    }


def discrimination(item: Item) -> str:
    """The correlation with its interval, or why there is none."""
    found = item.discrimination
    if found is None:
        return f"below {FEWEST} students" if item.students < FEWEST else "no spread"
    return f"{found.value:+.2f} ({found.low:+.2f} to {found.high:+.2f})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _answers(store: Store, who: Teacher, classroom: Classroom, slug: str) -> None:
    picks = beliefs.picks(store, who, classroom.id, slug, now())
    kind = remembered.track().exercises[slug].kind
    if kind == "rate":
        pictures.show(
            "items.chart", rates_picture, class_curve(dotting.reference(slug)), dotting.moved(slug, picks)
        )
        return
    given = dotting.given(picks)
    if kind == "number":
        pictures.show("items.chart", numbers_picture, given)
    else:
        pictures.show("items.chart", _list, given)


def rates_picture(
    curve: ResponseCurve, dots: Sequence[Dot], across: str = "learning rate α, by its factor to the door"
) -> Chart:
    """Rates as a histogram, with the door of the curve they lie on."""
    limits = spread.edges(curve.rates[0], curve.rates[-1])
    band = (curve.openings[0][0], curve.openings[-1][1]) if curve.openings else None
    counts = histogram([dot.rate for dot in dots], limits)
    return histogram_chart(limits, counts, across=across, band=band, inside="the door")


def numbers_picture(given: Sequence[Given]) -> Chart:
    """Numbers as multiples of the right one."""
    values = spread.ratios(given)
    limits = spread.ratio_edges(values)
    counts = histogram(values, limits)
    across = "answer ÷ the right number"
    return histogram_chart(limits, counts, across=across, band=_around_one(limits), inside="about right")


def _list(given: Sequence[Given]) -> Chart:
    return votes_chart(spread.bars({"all attempts": given}))


def _around_one(limits: Sequence[float]) -> tuple[float, float]:
    """The bin that holds 1."""
    place = next(place for place, edge in enumerate(limits) if edge > 1.0)
    return limits[place - 1], limits[place]
