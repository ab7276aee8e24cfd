"""The search lab: a grid, random draws and successive halving, by real trainings on one bill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from lrlab.charts.response_map import key, surface_chart
from lrlab.charts.search import bill_chart
from lrlab.finder.response import ResponseSurface, response_surface
from lrlab.finder.search import Search, halve, retrained, train_all
from lrlab.finder.spaces import SPACES, Spacing, draw, grid
from lrlab.training import hidden, load
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound
from lrlab.ui.long_work import Progress, done
from lrlab.ui.throw_lab import SCALES

MODEL = hidden(32, "relu")
DATA_SETS = ("digits", "breast_cancer", "moons")
STEPS, FIRST, KEEP, MORE = 108, 12, 3, 3
"""Updates of a full training, of the first round of halving, and how halving keeps one trial in three of three times
as many: then both spend the same."""
NEW_SEEDS = (101, 102, 103)
CLOSE = 1.1


@dataclass(frozen=True)
class Ground:
    """What is trained, and which setting is searched beside the rate."""

    data: str
    second: str


@dataclass(frozen=True)
class Settings:
    """What is searched and how, as names and numbers."""

    data: str
    second: str
    trials: int
    spacing: Spacing
    seed: int

    @property
    def ground(self) -> Ground:
        """Where the searches walk."""
        return Ground(self.data, self.second)


@dataclass(frozen=True, eq=False)
class Race:
    """Three searches on one bill, and what their choices are worth with new seeds, (searches, seeds)."""

    searches: Mapping[str, Search]
    again: np.ndarray


def choose_ground(page: str, one: Any, two: Any) -> Ground:
    """The data and the second setting, each asked for in a place of its own."""
    titles = {name: load(name).title for name in DATA_SETS}
    return Ground(
        data=bound(one.selectbox, "Data", DATA_SETS, format_func=titles.__getitem__, key=f"{page}.data"),
        second=bound(
            two.selectbox,
            "Searched beside the rate",
            tuple(SPACES),
            format_func=lambda name: SPACES[name].title,
            key=f"{page}.second",
        ),
    )


def choose(page: str) -> Settings:
    """The controls of a race between searches."""
    one, two, three = st.columns([3, 3, 3])
    four, five = st.columns([4, 2])
    ground = choose_ground(page, one, two)
    return Settings(
        ground.data,
        ground.second,
        trials=bound(three.selectbox, "Full trainings to spend", (9, 16, 25), key=f"{page}.trials"),
        spacing=bound(
            four.selectbox,
            "Rates are chosen",
            tuple(SCALES),
            format_func=SCALES.__getitem__,
            key=f"{page}.race_scale",
        ),
        seed=int(bound(five.number_input, "Draw", min_value=1, max_value=200, value=1, key=f"{page}.draw")),
    )


def surface(ground: Ground) -> ResponseSurface:
    """The map below the trials: every pair of a fine grid, trained."""
    rows = 7 if ground.second == "momentum" else 6
    return done(
        "response surface",
        ground,
        f"Drawing the map: 13 rates at {rows} values of {SPACES[ground.second].title}",
        lambda progress: response_surface(
            load(ground.data), MODEL, SPACES[ground.second], rows=rows, steps=STEPS, progress=progress
        ),
    )


def race(settings: Settings) -> Race:
    """Grid, random draws and successive halving, each for as many updates; then each choice once more."""
    return done(
        "search race",
        settings,
        f"Searching three ways for {settings.trials * STEPS:,} updates each, then training each choice again",
        lambda progress: _raced(settings, progress),
    )


def _raced(settings: Settings, progress: Progress) -> Race:
    data, space, count = load(settings.data), SPACES[settings.second], settings.trials
    side = round(count**0.5)
    drawn = draw(space, MORE * count, settings.spacing, settings.seed)
    few = draw(space, count, settings.spacing, settings.seed)

    def part(place: int) -> Progress:
        return lambda made, of: progress(round(100 * (place + made / of)), 400)

    searches = {
        "Grid": train_all(data, MODEL, space, grid(space, side, settings.spacing), STEPS, progress=part(0)),
        "Random": train_all(data, MODEL, space, few, STEPS, progress=part(1)),
        "Halving": halve(data, MODEL, space, drawn, FIRST, keep=KEEP, progress=part(2)),
    }
    again = retrained(data, MODEL, tuple(searches.values()), STEPS, NEW_SEEDS, progress=part(3))
    return Race(searches, again)


def run(page: str, settings: Settings) -> None:
    """Draw the map with the trials, the best against the bill, and the bill itself."""
    ground, found = surface(settings.ground), race(settings)
    names = tuple(found.searches)
    shown = bound(
        st.pills, "Show the trials of", names, default=names, selection_mode="multi", key=f"{page}.shown"
    )
    pictures.show(
        f"{page}.map", surface_chart, ground, {name: found.searches[name] for name in names if name in shown}
    )
    st.caption(key(name for name in names if name in shown))
    pictures.show(f"{page}.bill", bill_chart, found.searches)
    st.dataframe(bill(settings, found), hide_index=True, width="stretch")


def bill(settings: Settings, found: Race) -> list[dict[str, str]]:
    """One row a search: what was spent, on how many, what it chose, and what that is worth with new seeds."""
    second = SPACES[settings.second].title
    rows = []
    for (name, search), again in zip(found.searches.items(), found.again, strict=True):
        rate, value, loss = search.choice
        rows.append(
            {
                "search": name,
                "trainings": f"{len(search.losses)}",
                "updates spent": f"{search.spent:,} of {settings.trials * STEPS:,}",
                "different rates": f"{len(np.unique(search.trials.rates))}",
                "chosen rate": f"{rate:.3g}",
                second: f"{value:.3g}",
                "its loss": _told(loss),
                "with new seeds": _told(float(again.mean())),
            }
        )
    return rows


def _told(loss: float) -> str:
    return f"{loss:.3g}" if np.isfinite(loss) else "lost"


_BEST = {
    "Grid": "The grid's.",
    "Random": "The random draws'.",
    "Halving": "Successive halving's.",
    "none": "No choice is clearly the best.",
}


def winner(found: Race) -> str:
    """Whose choice has the lowest mean loss with new seeds; none where another is within 10 %."""
    means = found.again.mean(axis=1)
    first, second = np.argsort(means, kind="stable")[:2]
    clear = np.isfinite(means[first]) and means[second] > CLOSE * means[first]
    return tuple(found.searches)[first] if clear else "none"


def observe(page: str, settings: Settings) -> None:
    """Ask whose choice is worth most with new seeds, and check the eye against the bill."""
    found = race(settings)
    means = ", ".join(
        f"{name} {_told(float(again.mean()))}"
        for name, again in zip(found.searches, found.again, strict=True)
    )
    reflections.observe(
        page,
        _BEST,
        winner(found),
        f"Mean of {len(NEW_SEEDS)} new seeds, {STEPS} updates each: {means}.",
        run=f"{load(settings.data).title}, rate and {SPACES[settings.second].title}, draw {settings.seed}",
        asking="whose choice is the best with new seeds?",
    )
    with st.expander("What the numbers say", icon=":material/troubleshoot:"):
        st.markdown(explained(settings, found))


def explained(settings: Settings, found: Race) -> str:
    """What each search did with its updates, in sentences that carry the numbers."""
    rounds = ", ".join(f"{count} trained to {end} updates" for count, end in found.searches["Halving"].rounds)
    lost = {name: int((~np.isfinite(search.losses)).sum()) for name, search in found.searches.items()}
    lost_words = ", ".join(
        f"{count} of {len(found.searches[name].losses)} ({name})" for name, count in lost.items()
    )
    return (
        f"The bill is {settings.trials} full trainings of {STEPS} updates. The grid spends it on "
        f"{len(np.unique(found.searches['Grid'].trials.rates))} different rates, random draws on {settings.trials}. "
        f"Halving begins with {MORE * settings.trials}: {rounds}. Trainings lost: {lost_words}. The loss that won a "
        "search is partly luck, because it is the lowest of many; the last column of the table trains the choice again."
    )


def code(settings: Settings) -> None:
    """The lines that did it, and a search in PyTorch, with the student's numbers."""
    with st.expander("The code that did this", icon=":material/code:"):
        mine, torch = st.tabs(["This lab", "PyTorch"])
        mine.code(lab_code(settings), language="python")
        torch.code(torch_code(settings), language="python")


def lab_code(settings: Settings) -> str:
    """The three searches as a script."""
    side, more = round(settings.trials**0.5), MORE * settings.trials
    return _LAB.format(s=settings, side=side, more=more, steps=STEPS, first=FIRST)


def torch_code(settings: Settings) -> str:
    """A random search with the same settings in PyTorch."""
    rate = _DRAWN[settings.spacing].format(space=SPACES[settings.second])
    second, arguments = _SECOND[settings.second]
    return _TORCH.format(s=settings, rate=rate, second=second, arguments=arguments)


_LAB = """\
from lrlab.finder.search import halve, train_all
from lrlab.finder.spaces import SPACES, draw, grid
from lrlab.training import hidden, load

data, model, space = load("{s.data}"), hidden(32, "relu"), SPACES["{s.second}"]
by_grid = train_all(data, model, space, grid(space, {side}, "{s.spacing}"), {steps})
by_chance = train_all(data, model, space, draw(space, {s.trials}, "{s.spacing}", {s.seed}), {steps})
by_halving = halve(data, model, space, draw(space, {more}, "{s.spacing}", {s.seed}), {first}, keep=3)
for search in (by_grid, by_chance, by_halving):
    print(search.choice, search.spent)
"""
_DRAWN = {
    "log": "10 ** random.uniform(math.log10({space.low:g}), math.log10({space.high:g}))",
    "uniform": "random.uniform({space.low:g}, {space.high:g})   # nearly always in the top decade",
}
_SECOND = {
    "momentum": (
        "momentum = 1 - 0.01 ** random.random()          # even in log(1 - momentum), 0 to 0.99",
        ("lr=rate, momentum=momentum", "train_and_validate(model, optimizer)", "momentum"),
    ),
    "batch_size": (
        "batch_size = 2 ** random.randint(2, 7)          # 4 to 128",
        ("lr=rate", "train_and_validate(model, optimizer, batch_size)", "batch_size"),
    ),
}
_TORCH = """\
# build_model and train_and_validate are yours; the latter returns the validation loss.
import math
import random
import torch

random.seed({s.seed})
best = math.inf, None
for trial in range({s.trials}):
    rate = {rate}
    {second}
    model = build_model()
    optimizer = torch.optim.SGD(model.parameters(), {arguments[0]})
    loss = {arguments[1]}
    if loss < best[0]:                               # a NaN is never smaller
        best = loss, (rate, {arguments[2]})
print(best)
"""
