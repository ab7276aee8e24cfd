"""The table of contents: every page, its section and its place in the course."""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PAGES_FOLDER = Path(__file__).parents[2] / "pages"
FAVICON = Path(__file__).with_name("favicon.svg")


@dataclass(frozen=True)
class Entry:
    """One page: `name` is its file in pages/ and its address, `title` its name in the menu, `heading` on the page."""

    name: str
    title: str
    section: str
    icon: str
    teaser: str
    heading: str = ""

    @property
    def is_topic(self) -> bool:
        """Whether the page is a step of the course, not a desk beside it."""
        return self.section not in ("", "You")


CONTENTS = (
    Entry(
        "home",
        "Home",
        "",
        "home",
        "The course map, and where you are on it.",
        heading="The learning-rate lab",
    ),
    Entry(
        "first_step",
        "What is a learning rate?",
        "The three regimes",
        "footprint",
        "One number decides how far every step goes. Take the first one by hand.",
    ),
    Entry(
        "too_small",
        "Too small: the eternal descent",
        "The three regimes",
        "hourglass_bottom",
        "The loss falls, and falls, and is never there.",
    ),
    Entry(
        "just_right",
        "Just right: the smooth descent",
        "The three regimes",
        "trending_down",
        "Find the range of rates that arrive, and see how wide it is.",
    ),
    Entry(
        "too_large",
        "Too large: the explosion",
        "The three regimes",
        "open_in_full",
        "Overshoot is not yet divergence. Find the rate where it becomes one.",
    ),
    Entry(
        "terrain",
        "The terrain decides",
        "The three regimes",
        "landscape",
        "One rate on ten surfaces, two wells, and what a change of units does to real data.",
    ),
    Entry(
        "lr_finder",
        "The learning-rate finder",
        "Finding a rate",
        "search",
        "One short run through all rates, on real data, and what it does not tell you.",
    ),
    Entry(
        "optimizers",
        "Rates by optimizer",
        "Finding a rate",
        "compare_arrows",
        "What a rate means to each optimizer, which rates they can use, and whether Adam is needed.",
    ),
    Entry(
        "batch_size",
        "The batch-size connection",
        "Finding a rate",
        "stacked_bar_chart",
        "Twice the batch: how much more rate? Two rules, measured, and the noise behind both.",
    ),
    Entry(
        "schedules",
        "Learning-rate schedules",
        "Changing the rate",
        "show_chart",
        "A rate that moves: what decay buys, when it only costs, and what each library means by it.",
    ),
    Entry(
        "diagnose",
        "The diagnostic mindset",
        "In practice",
        "stethoscope",
        "What is this curve telling you? A clinic of real runs, and your own training log.",
    ),
    Entry(
        "step_size_methods",
        "Methods that choose their own step",
        "In practice",
        "hiking",
        "Newton, line searches and their relatives: who arrives first, and at what price.",
    ),
    Entry(
        "search",
        "Searching for hyperparameters",
        "In practice",
        "travel_explore",
        "Grid, random draws, successive halving: twelve trials well spent.",
    ),
    Entry(
        "sandbox",
        "Sandbox: build your intuition",
        "In practice",
        "science",
        "Every surface, every optimizer, one slider.",
    ),
    Entry("progress", "My progress", "You", "flag", "What you have solved, and what comes next."),
    Entry("teacher", "Teacher's desk", "You", "school", "Classes, live views and grades, for teachers."),
)
_BY_NAME = {entry.name: entry for entry in CONTENTS}
TOPICS = tuple(entry for entry in CONTENTS if entry.is_topic)

_declared = False


def entry(name: str) -> Entry:
    """The row of the table of contents for the page `name`."""
    return _BY_NAME[name]


def page(name: str) -> StreamlitPage:
    """The page `name` as Streamlit's own record, for links to it; each run marks its own copy as the one to run."""
    return copy(_on_disk(name))


@lru_cache
def _on_disk(name: str) -> StreamlitPage:
    """A page whose file was found: Streamlit would look up every folder above each of them in each run."""
    row = _BY_NAME[name]
    return st.Page(
        PAGES_FOLDER / f"{row.name}.py",
        title=row.title,
        icon=f":material/{row.icon}:",
        url_path=row.name,
        default=row.name == "home",
        help=row.teaser,
    )


def declare() -> StreamlitPage:
    """Declare all pages to Streamlit and return the one that the visitor asked for."""
    global _declared
    # Without an icon of our own the browser fetches the page's icon for its tab from a host of Google's.
    st.set_page_config(page_icon=FAVICON)
    sections: dict[str, list[StreamlitPage]] = {}
    for row in CONTENTS:
        sections.setdefault(row.section, []).append(page(row.name))
    current = st.navigation(sections, expanded=True)
    _declared = True
    return current


def was_declared() -> bool:
    """Whether any run in this process has declared the pages.

    Until one has, a deep link makes the server run that page alone, without the router.
    """
    return _declared


def neighbours(name: str) -> tuple[Entry | None, Entry | None]:
    """The topics before and after the page `name`; None at either end and for pages outside the course."""
    if not _BY_NAME[name].is_topic:
        return None, None
    place = TOPICS.index(_BY_NAME[name])
    before = TOPICS[place - 1] if place > 0 else None
    after = TOPICS[place + 1] if place + 1 < len(TOPICS) else None
    return before, after
