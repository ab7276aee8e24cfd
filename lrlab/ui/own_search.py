"""A search by hand: twelve trainings to spend, one at a time, on a map that stays hidden until they are spent."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from lrlab.charts.response_map import key as key_to
from lrlab.charts.response_map import surface_chart, trials_chart
from lrlab.finder.search import Search, train_all
from lrlab.finder.spaces import SPACES, Space, Trials, draw
from lrlab.training import load
from lrlab.ui import pictures
from lrlab.ui.controls import bound, rates_between
from lrlab.ui.long_work import done
from lrlab.ui.search_lab import MODEL, STEPS, Ground, choose_ground, surface

BUDGET, DRAW = 12, 1
RATES = rates_between(1e-4, 100.0, 60)
SECONDS = {
    "momentum": (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99),
    "batch_size": (4.0, 8.0, 16.0, 32.0, 64.0, 128.0),
}
FIRST = {"momentum": 0.0, "batch_size": 16.0}
ME, CHANCE = "Yours", "Random"
Pair = tuple[float, float]


@dataclass(frozen=True)
class Spent:
    """The trials that a student has made, in order, and on what."""

    ground: Ground
    trials: tuple[Pair, ...]

    @property
    def left(self) -> int:
        """How many trainings are left of the budget."""
        return BUDGET - len(self.trials)


def play(page: str) -> None:
    """Choose, train, look at the counter, and choose again; the map comes when the budget is spent."""
    ground = choose_ground(f"{page}.mine", *st.columns(2))
    space = SPACES[ground.second]
    key = f"{page}.spent.{ground.data}.{ground.second}"
    spent = Spent(ground, st.session_state.get(key, ()))
    one, two = st.columns(2)
    bound(
        one.select_slider,
        "Rate α",
        RATES,
        value=0.01,
        format_func=lambda rate: f"{rate:g}",
        key=f"{page}.my_rate",
    )
    bound(
        two.select_slider,
        space.title[0].upper() + space.title[1:],
        SECONDS[space.name],
        value=FIRST[space.name],
        format_func=lambda value: f"{value:g}",
        key=f"{page}.my_{space.name}",
    )
    train, again = st.columns(2)
    train.button(
        f"Train once: {STEPS} updates",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        key=f"{page}.train",
        disabled=spent.left == 0,
        on_click=_spend,
        args=(key, f"{page}.my_rate", f"{page}.my_{space.name}"),
    )
    again.button(
        "Begin again",
        icon=":material/restart_alt:",
        width="stretch",
        key=f"{page}.again",
        disabled=not spent.trials,
        on_click=st.session_state.pop,
        args=(key, None),
    )
    _counter(spent)
    if not spent.trials:
        return
    mine = searched(spent)
    if spent.left:
        pictures.show(f"{page}.mine", trials_chart, space, {ME: mine})
        st.markdown(so_far(mine, space))
        return
    pictures.show(f"{page}.mine", surface_chart, surface(ground), {ME: mine, CHANCE: by_chance(ground)})
    st.caption(key_to((ME, CHANCE)))
    st.markdown(f"{so_far(mine, space)} {compared(ground, mine)}")


def _spend(key: str, rate: str, second: str) -> None:
    """Add a trial with what both sliders say now; a click that arrives after the last one adds nothing."""
    trials = st.session_state.get(key, ())
    if len(trials) < BUDGET:
        st.session_state[key] = (*trials, (float(st.session_state[rate]), float(st.session_state[second])))


def _counter(spent: Spent) -> None:
    """What is left of the budget, in trainings and in updates."""
    made = len(spent.trials)
    one, two, three = st.columns(3)
    one.metric("Trainings left", f"{spent.left} of {BUDGET}")
    two.metric("Updates spent", f"{made * STEPS:,}")
    three.metric("Updates left", f"{spent.left * STEPS:,}")


def searched(spent: Spent) -> Search:
    """All trials so far, trained."""
    rates, seconds = (np.array(values) for values in zip(*spent.trials, strict=True))
    return done(
        "own search",
        spent,
        f"Training {STEPS} updates",
        lambda progress: train_all(
            load(spent.ground.data),
            MODEL,
            SPACES[spent.ground.second],
            Trials(rates, seconds),
            STEPS,
            progress=progress,
        ),
    )


def by_chance(ground: Ground) -> Search:
    """As many random draws on a log scale, for comparison."""
    space = SPACES[ground.second]
    return done(
        "random search of the same bill",
        ground,
        f"Training {BUDGET} random draws",
        lambda progress: train_all(
            load(ground.data), MODEL, space, draw(space, BUDGET, seed=DRAW), STEPS, progress=progress
        ),
    )


def so_far(mine: Search, space: Space) -> str:
    """The best trial until now, and how wide the search was."""
    rate, second, loss = mine.choice
    tried = mine.trials.rates
    if not np.isfinite(loss):
        return "No training has ended better than it began. Go far down with the rate."
    wide = np.log10(tried.max() / tried.min())
    return (
        f"Your best: **{loss:.3g}** at α = {rate:g} with {space.title} = {second:g}. Different rates so far: "
        f"{len(np.unique(tried))}, over {wide:.1f} decades."
    )


def compared(ground: Ground, mine: Search) -> str:
    """A search by hand beside random draws and beside the lowest cell of the map."""
    chance, cells = by_chance(ground).choice[2], surface(ground).losses
    lowest, best = float(cells.min()), mine.choice[2]
    against = "lower than" if best < chance else "higher than" if best > chance else "the same as"
    told = f"{chance:.3g}" if np.isfinite(chance) else "nothing: all of them were lost"
    return (
        f"That is {against} what {BUDGET} random draws found, {told}. The lowest cell of the map, for which "
        f"{cells.size} trainings were paid, has {lowest:.3g}."
    )
