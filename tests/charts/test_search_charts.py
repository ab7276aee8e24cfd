"""Charts of searches: what is drawn is what was trained, and the text says it in numbers."""

from dataclasses import replace

import numpy as np
import pytest

from lrlab.charts.response_map import key, surface_chart, trials_chart
from lrlab.charts.search import bill_chart, decades_chart, throw_chart
from lrlab.finder.response import ResponseCurve, response_surface
from lrlab.finder.search import halve, train_all
from lrlab.finder.spaces import SPACES, draw, grid
from lrlab.training import load

CURVE = ResponseCurve(np.geomspace(1e-4, 100.0, 25), np.geomspace(0.1, 4.0, 25))


def surface(name="momentum"):
    return response_surface(load("wine"), "linear", SPACES[name], columns=5, rows=6, steps=10)


def searches(name="momentum"):
    data, space = load("wine"), SPACES[name]
    return {
        "Grid": train_all(data, "linear", space, grid(space, 2), 9),
        "Halving": halve(data, "linear", space, draw(space, 9), 3, rounds=2),
    }


CHARTS = {
    "throw": lambda: throw_chart(CURVE, {"grid": [0.01, 0.1], "random": [0.02]}, 1e-3, 1.0),
    "decades": lambda: decades_chart({"log": [0.02, 0.3], "plain": [0.5]}, 0.01, 1.0),
    "bill": lambda: bill_chart(searches()),
    "map, momentum": lambda: surface_chart(surface(), searches()),
    "map, batch size": lambda: surface_chart(surface("batch_size"), searches("batch_size")),
    "map alone": lambda: surface_chart(surface(), {}),
    "trials": lambda: trials_chart(SPACES["momentum"], {"Yours": searches()["Grid"]}),
}


def encodings(spec):
    found = [spec["encoding"]] if "encoding" in spec else []
    for part in spec.get("layer", []):
        found += encodings(part)
    return found


def rows_of(spec, *columns):
    return [row for rows in spec["datasets"].values() for row in rows if rows and set(columns) <= set(row)]


@pytest.mark.parametrize("name", CHARTS)
def test_axes_have_one_title_each_and_the_picture_a_text_with_numbers(name) -> None:
    spec = CHARTS[name]().to_dict()
    for channel in "xy":
        titles = {e[channel]["title"] for e in encodings(spec) if "title" in e.get(channel, {})}
        assert len(titles) == 1
    assert any(sign.isdigit() for sign in spec["description"])
    assert len(spec["description"]) > 40
    assert "background" not in spec


def test_a_throw_rings_the_best_of_each_and_shows_the_range_only() -> None:
    spec = CHARTS["throw"]().to_dict()
    line = [row for row in rows_of(spec, "rate", "loss") if "trials" not in row]
    assert all(1e-3 * 0.99 <= row["rate"] <= 1.01 for row in line)
    rings = [rows for rows in spec["datasets"].values() if len(rows) == 2 and "trials" in rows[0]]
    # The loss rises with the rate on this curve, so the smaller rate of the grid is ringed.
    assert {(row["trials"], row["rate"]) for row in rings[0]} == {("grid", 0.01), ("random", 0.02)}
    assert "grid 0.01, 0.1, lowest" in spec["description"]


def test_draws_are_counted_by_decade() -> None:
    spec = decades_chart({"log": [0.02, 0.03, 0.3], "plain": [0.5, 0.9, 0.6]}, 0.01, 1.0).to_dict()
    counts = {(row["drawn"], row["decade"]): row["draws"] for row in rows_of(spec, "drawn", "decade")}
    assert counts == {
        ("log", "0.01 to 0.1"): 2,
        ("log", "0.1 to 1"): 1,
        ("plain", "0.01 to 0.1"): 0,
        ("plain", "0.1 to 1"): 3,
    }


def test_the_map_has_a_cell_for_every_training_and_says_which_were_lost() -> None:
    ground = surface()
    losses = ground.losses.copy()
    losses[0, 0] = np.inf
    spec = surface_chart(replace(ground, losses=losses), {}).to_dict()
    cells = rows_of(spec, "left", "right")
    assert len(cells) == losses.size
    assert sum(row["told"] == "lost" for row in cells) >= 1
    for row in cells:
        assert row["left"] < row["rate"] < row["right"]
        assert row["top"] < 1.0 - row["second"] < row["bottom"]  # in 1 − β, so that high momentum is on top
    lost = int((~np.isfinite(losses)).sum())
    assert f"{lost} of {losses.size} cells lost" in spec["description"]


def test_cells_of_batch_sizes_reach_halfway_to_their_neighbours() -> None:
    cells = rows_of(surface_chart(surface("batch_size"), {}).to_dict(), "left", "right")
    for row in cells:
        assert row["top"] / row["bottom"] == pytest.approx(2.0)
        assert row["bottom"] * np.sqrt(2.0) == pytest.approx(row["second"])


def test_every_trial_stands_on_the_map_and_one_of_each_search_is_large() -> None:
    made = searches()
    marks = rows_of(surface_chart(surface(), made).to_dict(), "search", "role")
    assert len(marks) == sum(len(search.losses) for search in made.values())
    for name, search in made.items():
        chosen = [row for row in marks if row["search"] == name and row["role"] == "chosen"]
        assert [row["rate"] for row in chosen] == [pytest.approx(search.choice[0])]


def test_trials_alone_have_their_losses_beside_them() -> None:
    mine = searches()["Grid"]
    spec = trials_chart(SPACES["momentum"], {"Yours": mine}).to_dict()
    assert [row["told"] for row in rows_of(spec, "search", "told")][: len(mine.losses)] == [
        f"{loss:.3g}" if np.isfinite(loss) else "lost" for loss in mine.losses
    ]
    assert not rows_of(spec, "left", "right")


def test_the_bill_ends_where_each_search_ends() -> None:
    made = searches()
    rows = rows_of(bill_chart(made).to_dict(), "search", "spent")
    for name, search in made.items():
        mine = [row for row in rows if row["search"] == name]
        assert mine[-1]["spent"] == search.spent
        assert mine[-1]["loss"] == pytest.approx(search.choice[2])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (
            ("Grid", "Halving"),
            "Squares: the grid, triangles: halving; a large one is what its search chose. Grey: the training was lost.",
        ),
        (
            ("Yours", "Random"),
            "Diamonds: yours, circles: random draws; a large one is what its search chose. "
            "Grey: the training was lost.",
        ),
        ((), "Grey: the training was lost."),
    ],
)
def test_the_key_says_which_mark_is_whose(names, told) -> None:
    assert key(names) == told
