"""The units lab: real data, one feature in another unit, and the largest rate that is left."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lrlab.training import load
from lrlab.ui import units_lab
from lrlab.ui.units_lab import FACTORS, RAW, STANDARDISED, Settings, trained

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "training_facts.json").read_text(encoding="utf-8")
)
LIMITS = GOLDEN["largest_stable_rate_logistic"]


def test_fact_11_the_page_shows_what_one_scale_gains():
    """Golden numbers are for all rows; the page measures on the training rows, which are within three per cent."""
    gains = units_lab.gains()
    assert set(gains) == set(LIMITS)
    for name, (raw, scaled) in gains.items():
        assert raw == pytest.approx(LIMITS[name]["raw"], rel=0.03)
        assert scaled == pytest.approx(LIMITS[name]["standardised"], rel=0.03)


@pytest.mark.parametrize("name", units_lab.DATA_SETS)
@pytest.mark.parametrize(("units", "golden"), [(RAW, "raw"), (STANDARDISED, "standardised")])
def test_fact_11_the_lab_starts_from_either_units(name, units, golden):
    assert trained(Settings(name, units)).limit == pytest.approx(LIMITS[name][golden], rel=0.03)


def test_a_thousand_times_one_feature_costs_nearly_a_million():
    now, before = trained(Settings("wine", factor=1000.0)), trained(Settings("wine"))
    assert before.limit / now.limit == pytest.approx(2e5, rel=0.1)
    assert now.condition > 1e5 * before.condition
    # 2/L = 8/(1000² · 1): the mean square of a feature on one scale is 1
    assert now.limit == pytest.approx(8e-6, rel=0.01)


def test_the_limits_of_the_slider_fall_as_the_unit_gets_smaller():
    limits = units_lab.limits("breast_cancer", STANDARDISED, 0)
    assert len(limits) == len(FACTORS)
    assert list(limits) == sorted(limits, reverse=True)
    assert limits[FACTORS.index(1.0)] == pytest.approx(LIMITS["breast_cancer"]["standardised"], rel=0.03)


def test_the_same_rate_trains_on_one_scale_and_is_thrown_about_in_raw_units():
    scaled, raw = (trained(Settings("breast_cancer", units, rate=0.5)) for units in (STANDARDISED, RAW))
    assert units_lab.sentence(scaled).startswith("The loss falls at every step, from 0.693 to 0.05")
    assert units_lab.sentence(raw).startswith("The loss is thrown about: it rises in ")
    assert raw.losses.max() > 1e4


def test_a_rate_made_for_raw_units_gets_nowhere_on_one_scale():
    told = units_lab.sentence(trained(Settings("iris", rate=1e-5)))
    assert told.startswith("Hardly a move: the loss goes from 0.693 to ")


def test_above_the_promise_a_run_may_still_arrive_after_a_climb():
    trained_above = trained(Settings("wine", factor=10.0, rate=0.5))
    assert trained_above.limit < 0.1
    assert "rises in 1 of 299 steps, as high as 1.2" in units_lab.sentence(trained_above)
    assert trained_above.losses[-1] < 0.1 * trained_above.losses[0]


def page():
    import streamlit as st

    from lrlab.ui import units_lab

    settings = units_lab.choose("units")
    units_lab.show("units", settings)
    units_lab.code(settings)
    units_lab.table("units")
    st.text(repr(settings))


def metrics(at):
    assert not at.exception, at.exception
    return {metric.label: metric.value for metric in at.metric}


def test_the_slider_collapses_the_rate_and_the_button_brings_it_back():
    at = AppTest.from_function(page, default_timeout=60).run()
    assert metrics(at)["Largest stable rate 2/L"] == "0.6"
    button = at.button[0]
    assert button.disabled
    at.select_slider(key="units.factor").set_value(100.0).run()
    assert metrics(at)["Largest stable rate 2/L"] == "0.000799"
    assert metrics(at)["Your rate is"] == "626 × that"
    at.button[0].click().run()
    assert metrics(at)["Largest stable rate 2/L"] == "0.6"
    assert at.select_slider(key="units.factor").value == 1.0


def test_raw_units_are_a_start_and_standardising_leads_out_of_them():
    at = AppTest.from_function(page, default_timeout=60).run()
    at.segmented_control(key="units.units").set_value(RAW).run()
    assert metrics(at)["Largest stable rate 2/L"] == "4.76e-6"
    assert metrics(at)["Your rate is"] == "105,000 × that"
    at.button[0].click().run()
    assert metrics(at)["Largest stable rate 2/L"] == "0.6"
    assert STANDARDISED in at.text[-1].value


def test_every_data_set_offers_its_own_features():
    at = AppTest.from_function(page, default_timeout=60).run()
    for name in ("wine", "iris"):
        at.selectbox(key="units.data").set_value(name).run()
        features = load(name).features
        box = at.selectbox(key=f"units.feature.{name}")
        assert tuple(box.options) == features
        box.set_value(features[-1]).run()
        assert f"feature={len(features) - 1}" in at.text[-1].value


@pytest.mark.parametrize(
    "settings", [Settings("breast_cancer", RAW, 3, 10.0, 1e-8), Settings("iris", STANDARDISED, 1, 0.1, 0.2)]
)
def test_the_code_to_take_away_runs_and_comes_to_the_same_numbers(settings):
    done = subprocess.run(
        [sys.executable, "-c", units_lab.code_for(settings)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    limit, loss = (float(line.rsplit(" ", 1)[1]) for line in done.stdout.strip().splitlines())
    mine = trained(settings)
    # The lab trains on three quarters of the rows, the code on all of them.
    assert limit == pytest.approx(mine.limit, rel=0.05)
    assert loss == pytest.approx(mine.losses[-1], rel=0.1)
    assert np.isfinite(loss)
