"""The lab of the methods: controls that fit the surface, a bill that adds up, predictions held against real runs."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.descent import SURFACES, stability
from lrlab.descent.arrivals import Arrival
from lrlab.descent.methods import METHODS
from lrlab.ui import step_size_lab
from lrlab.ui.player import pack, play
from lrlab.ui.player.payload import LIMIT, OPTIONS


def lab():
    import streamlit as st

    from lrlab.ui import step_size_lab

    settings = step_size_lab.choose("p")
    race = step_size_lab.watch("p", settings)
    step_size_lab.bill("p", race)
    method = step_size_lab.observe("p", race)
    step_size_lab.explain(race)
    step_size_lab.code(race, method)
    st.text(repr(settings))


def opened(**query):
    at = AppTest.from_function(lab, default_timeout=60)
    for key, value in query.items():
        at.query_params[key.replace("__", ".")] = value
    return at.run()


def widget(kind, label):
    return next(each for each in kind if each.label.startswith(label))


def test_it_opens_without_a_fault_and_draws_the_bill():
    at = opened()
    assert not at.exception
    table = at.dataframe[0].value.set_index("method")
    assert table.loc["Newton", ["steps", "evaluations", "values", "gradients", "Hessians"]].tolist() == [
        5,
        15,
        0,
        5,
        5,
    ]


def test_evaluations_are_values_gradients_and_two_for_each_hessian():
    for surface in step_size_lab.RACED:
        methods = tuple(name for name in METHODS if METHODS[name].suits(SURFACES[surface]))
        race = step_size_lab.run(step_size_lab.Settings(surface, methods, 30, 0.01))
        for row in step_size_lab.prices(race):
            assert row["evaluations"] == row["values"] + row["gradients"] + 2 * row["Hessians"]


def test_the_exact_line_search_sits_out_where_there_is_no_quadratic():
    at = opened()
    widget(at.multiselect, "Methods").set_value(["exact", "newton"]).run()
    assert not at.exception
    assert "needs a quadratic" in at.info[0].value
    assert at.dataframe[0].value["method"].tolist() == ["Newton"]
    widget(at.selectbox, "Surface").set_value("bowl").run()
    assert not at.info
    assert at.dataframe[0].value["method"].tolist() == ["Exact line search", "Newton"]


def test_with_no_method_left_the_fixed_rate_goes_alone():
    at = opened()
    widget(at.multiselect, "Methods").set_value([]).run()
    assert not at.exception
    assert at.dataframe[0].value["method"].tolist() == ["Fixed rate"]


def test_a_rate_is_asked_for_only_by_those_who_want_one():
    at = opened()
    assert at.select_slider
    widget(at.multiselect, "Methods").set_value(["newton", "bfgs"]).run()
    assert not at.select_slider


@pytest.mark.parametrize("name", step_size_lab.RACED)
def test_the_rate_opens_at_a_round_number_below_one_over_l(name):
    rate = step_size_lab._usual_rate(name)
    surface = SURFACES[name]
    sharpest = max(abs(float(stability.sharpness(surface, surface.minima[0]))), 1e-9)
    assert rate in step_size_lab.RATES
    assert rate <= 1.0 / sharpest


@pytest.mark.parametrize("method", ["exact", "newton_armijo", "lbfgs"])
def test_a_method_shows_its_code(method):
    at = opened()
    widget(at.selectbox, "Surface").set_value("ravine")
    widget(at.multiselect, "Methods").set_value([method]).run()
    assert not at.exception
    source = "\n".join(block.value for block in at.code)
    assert "path" in source
    assert ("np.linalg.solve" in source) == (method == "newton_armijo")


def test_the_eye_is_checked_against_the_run():
    at = opened()
    widget(at.selectbox, "Look closer at").set_value("newton").run()
    at.button_group[-1].set_value("DOWNHILL").run()
    assert "rose on the way" in at.warning[0].value
    at.button_group[-1].set_value("ROSE").run()
    assert "up to 1412" in at.success[0].value


def test_every_arrival_has_words_for_the_student():
    assert set(step_size_lab.SEEN) == {arrival.name for arrival in Arrival}


@pytest.mark.parametrize("name", step_size_lab.RACED)
def test_the_fullest_race_fits_into_the_players_payload(name):
    suited = [method for method in METHODS if METHODS[method].suits(SURFACES[name])]
    for methods in (suited[:6], suited[-6:]):
        scene = step_size_lab._scene(step_size_lab.Settings(name, tuple(methods), 200, 0.01))
        assert len(scene) <= LIMIT - OPTIONS


def test_a_race_of_names_not_in_the_sweep_is_refused():
    race = step_size_lab.run(step_size_lab.Settings("bowl", ("newton", "exact"), 20, 0.1))
    scene = pack(step_size_lab.abreast(race.journeys, 20), labels=["one", "two"])
    with pytest.raises(ValueError, match="compare holds 'three', which is not a label"):
        play(scene, key="k", compare=["one", "three"])


def prediction():
    import streamlit as st

    from lrlab.ui import step_size_lab

    options = {"newton_rose": "Newton, jumping.", "bfgs_fell": "BFGS.", "newton_fell": "Newton, falling."}
    st.session_state["p.prediction"] = "bfgs_fell"
    question = step_size_lab.Settings("rosenbrock", ("newton", "bfgs", "armijo"), steps=200, rate=1e-3)
    step_size_lab.compare("p", options, question)


def test_the_prediction_is_held_against_the_first_to_arrive():
    at = AppTest.from_function(prediction, default_timeout=60).run()
    assert not at.exception
    assert "*Newton, jumping.*" in at.info[0].value
    assert "15 evaluations" in at.info[0].value


def pass_and_ground():
    from lrlab.ui import step_size_lab

    step_size_lab.on_a_pass("p")
    step_size_lab.on_a_quadratic("p")
    step_size_lab.asked()


def test_newton_rests_on_the_pass_and_descent_leaves_it():
    at = AppTest.from_function(pass_and_ground, default_timeout=60).run()
    assert not at.exception
    told = at.markdown[0].value
    assert "Newton: stops after 1 step and 3 evaluations at (0, 0)" in told
    assert "Fixed rate: arrives" in told


def test_every_method_says_what_it_asks_for():
    at = AppTest.from_function(pass_and_ground, default_timeout=60).run()
    table = next(each.value for each in at.markdown if each.value.startswith("| method"))
    for method in METHODS.values():
        assert f"| **{method.title}** | {method.asks} |" in table
    assert [each.value.strip("$\n ") for each in at.latex] == [method.formula for method in METHODS.values()]
