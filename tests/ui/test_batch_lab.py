"""The batch-size lab: settings from widgets, slopes in words, both rules tried, and scikit-learn caught live."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lrlab.finder.batch_sizes import best_rates
from lrlab.training import load
from lrlab.ui import batch_lab, noise_lab


def lab():
    from lrlab.ui import batch_lab

    settings = batch_lab.choose("page")
    batch_lab.run("page", settings)
    batch_lab.observe("page", settings)


def rules():
    from lrlab.ui import batch_lab

    change = batch_lab.choose_change("page")
    batch_lab.try_both("page", change)
    batch_lab.code(change)


def noise():
    from lrlab.ui import noise_lab

    noise_lab.floor("page")
    noise_lab.growth("page")
    noise_lab.one_line()


def opened(page, **query):
    at = AppTest.from_function(page, default_timeout=60)
    for key, value in query.items():
        at.query_params[f"page.{key}"] = value
    at.run()
    assert not at.exception, at.exception
    return at


@pytest.mark.parametrize(
    ("name", "sizes"),
    [("digits", (8, 16, 32, 64, 128, 256, 512)), ("breast_cancer", (8, 16, 32, 64, 128, 256))],
)
def test_batch_sizes_leave_room_for_more_than_one_batch(name, sizes) -> None:
    assert batch_lab.sizes_for(name) == sizes


def test_the_lab_says_slopes_for_both_optimizers_and_checks_the_eye() -> None:
    at = opened(lab, data="Two moons", budget="50 updates each")
    said = " ".join(text.value for text in at.markdown)
    assert "**SGD**: slope" in said
    assert "**Adam**: slope" in said
    assert "SGD on two moons, 50 updates each: what does the line of best rates do?" in said
    at.button_group[0].set_value("straight").run()
    assert not at.exception
    assert len(at.success) + len(at.warning) == 1


def test_more_seeds_take_the_warning_about_one_seed_away() -> None:
    assert any("One seed" in caption.value for caption in opened(lab, data="Two moons").caption)
    assert not any(
        "One seed" in caption.value for caption in opened(lab, data="Two moons", seeds="3").caption
    )


@pytest.mark.parametrize(
    ("best", "shape"),
    [
        ([0.1, 0.8, 0.8], "bends"),
        ([0.1, 0.4, 1.6], "straight"),
        ([0.1, 0.1, 0.8], "steepens"),
    ],
)
def test_the_shape_of_the_line(best, shape) -> None:
    sweep = best_rates(load("wine"), "linear", "sgd", [16, 64, 128], [0.01, 0.1, 1.0], steps=2)
    sized = replace(sweep, batch_sizes=(8, 64, 512), best=np.array(best))
    assert batch_lab.shape(sized) == shape


def test_the_students_own_numbers_go_through_both_rules() -> None:
    at = opened(rules, **{"from": "16", "to": "64", "rate_sgd": "0.1"})
    assert any("SGD 0.1, batch 16 to 64: which rule ends lowest?" in text.value for text in at.markdown)
    said = " ".join(text.value for text in at.markdown)
    assert "square-root rule (0.2)" in said
    assert "linear rule (0.4)" in said
    code = " ".join(block.value for block in at.code)
    assert 'scaled("square_root", 0.1, 16, 64)' in code
    assert "rate * (new / old) ** 0.5" in code


def test_the_lab_s_own_code_runs_and_says_the_same(capsys) -> None:
    change = batch_lab.Change("sgd", 0.1, 16, 64)
    exec(batch_lab._LAB.format(change=change, epochs=batch_lab.EPOCHS), {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == ["0.2", "0.4"]
    assert printed[2] == batch_lab.tried(change).sentence


def test_noise_has_its_floor_its_map_and_two_ways_out_of_it() -> None:
    at = opened(noise, floor_rate="0.04", floor_batch="16")
    said = " ".join(text.value for text in at.markdown)
    assert "α/B = 0.0025." in said
    assert "On the same line: 0.0025 with batch 1" in said
    assert "in 1,008 updates with a falling rate" in said
    assert "in 440 with a growing batch" in said
    at.button_group[0].set_value("plane").run()
    assert not at.exception


def test_fact_26_a_chunk_of_32_rows_is_32_updates_to_scikit_learn() -> None:
    assert noise_lab.difference() < 1e-15
    at = opened(noise)
    assert any("at_once.coef_ - one_by_one.coef_" in block.value for block in at.code)


def test_the_table_of_stages_has_rate_batch_and_noise() -> None:
    rows = noise_lab.stages(noise_lab.grown())
    assert [row["epochs"] for row in rows] == ["1 to 4", "5 to 8", "9 to 12"]
    assert rows[2]["the rate falls"] == "rate 0.0125, batch 16"
    assert rows[2]["the batch grows"] == "rate 0.2, batch 256"
