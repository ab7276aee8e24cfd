"""Round rates for the slider, and controls that return names and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lrlab.ui.controls import rates_between


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (1.0, 10.0, 10, (1, 1.6, 2, 3, 5, 8, 10)),
        (1.0, 10.0, 11, (1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 6.3, 8, 10)),
        (0.04, 0.05, 40, (0.04, 0.045, 0.05)),
    ],
)
def test_the_densest_row_of_round_rates_that_fits(low, high, most, expected):
    assert rates_between(low, high, most) == expected


@pytest.mark.parametrize("rate", [0.001, 0.05, 0.3, 0.5])
def test_the_rates_the_sandbox_speaks_of_are_on_its_slider(rate):
    assert rate in rates_between(1e-3, 3.0, 40)


@given(low=st.floats(1e-6, 1.0), decades=st.floats(0.4, 6.0), most=st.integers(40, 200))
def test_rates_rise_stay_inside_and_are_never_too_many(low, decades, most):
    high = low * 10**decades
    rates = rates_between(low, high, most)
    assert 1 <= len(rates) <= most
    assert list(rates) == sorted(set(rates))
    assert low * (1 - 1e-8) <= rates[0] <= rates[-1] <= high * (1 + 1e-8)


def test_a_range_too_wide_for_the_room_is_refused_with_its_numbers():
    with pytest.raises(ValueError, match="most=5"):
        rates_between(1e-6, 10.0, 5)


def page():
    import streamlit as st

    from lrlab.ui import controls

    settings = controls.descent(
        "sandbox",
        surfaces=("bowl", "ravine"),
        optimizers=("sgd", "adam"),
        low=1e-3,
        high=1.0,
        steps=(100, 30),
    )
    st.text(repr(settings))


def test_only_what_offers_a_choice_has_a_widget_and_the_address_sets_it():
    at = AppTest.from_function(page).run()
    assert [box.label for box in at.selectbox] == ["Surface", "Optimizer", "Steps"]
    assert "surface='bowl', optimizer='sgd'" in at.text[0].value
    at.selectbox(key="sandbox.surface").select("ravine").run()
    assert "surface='ravine'" in at.text[0].value
    assert not at.exception


@pytest.mark.parametrize("nonsense", ["mountain", "<script>", "1e400", ""])
def test_nonsense_in_the_address_leaves_the_default(nonsense):
    at = AppTest.from_function(page)
    at.query_params["sandbox.surface"] = nonsense
    at.run()
    assert not at.exception
    assert "surface='bowl'" in at.text[0].value
