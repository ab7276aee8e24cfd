"""The schedules lab: what is on the screen is what was chosen, and the code shown is the code of that schedule."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lrlab.schedules import constant, cosine, join, linear, one_cycle, warmup
from lrlab.schedules.export import code
from lrlab.schedules.typical import put_together
from lrlab.ui import schedules_lab_dials, schedules_lab_names, schedules_lab_runs


def lab():
    from lrlab.ui import schedules_lab

    settings = schedules_lab.choose("page")
    schedules_lab.draw("page", settings)
    schedules_lab.code("page", settings)


def noisy():
    from lrlab.ui import schedules_lab, schedules_lab_runs

    schedules_lab_runs.parabola("page", schedules_lab.choose("page"))


def network():
    from lrlab.ui import schedules_lab, schedules_lab_runs

    schedules_lab_runs.train("page", schedules_lab.choose("page"))


def others():
    from lrlab.ui import schedules_lab_cycle, schedules_lab_names, schedules_lab_wells

    schedules_lab_wells.restarts("page")
    schedules_lab_cycle.one_cycle("page")
    schedules_lab_names.same_name("page")


def opened(page, **query):
    at = AppTest.from_function(page, default_timeout=60)
    for key, value in query.items():
        at.query_params[f"page.{key}"] = value
    at.run()
    assert not at.exception, at.exception
    return at


@pytest.mark.parametrize(
    ("query", "schedule"),
    [
        ({}, cosine(0.1, 0.0, 200)),
        ({"kind": "One-cycle", "peak": "0.5"}, one_cycle(0.5, 200)),
        ({"ramp": "20"}, warmup(20, cosine(0.1, 0.0, 180))),
        (
            {"kind": "Constant", "ending": "a straight fall to 0", "tail": "20 %"},
            join((constant(0.1), linear(0.1, 0.0, 40)), at=(160,)),
        ),
    ],
    ids=["as it opens", "another kind and peak", "a warm-up before", "a fall after"],
)
def test_the_code_shown_is_that_of_the_schedule_on_the_screen(query, schedule) -> None:
    shown = [block.value for block in opened(lab, **query).code]
    assert [text.strip() for text in shown] == [
        code(schedule, target).strip() for target in ("pytorch", "keras", "optax", "python")
    ]


@pytest.mark.parametrize("name", schedules_lab_dials.MADE)
@pytest.mark.parametrize("steps", [100, 500])
def test_every_kind_can_be_made_at_both_ends_of_its_dials_and_joined(name, steps) -> None:
    made = schedules_lab_dials.MADE[name]
    for end in (0, -1):
        said = {dial.name: dial.values[end] for dial in made.dials}
        main = made.schedule(0.3, steps, **said)
        whole = put_together(main, steps, ramp=40, ending="cosine", fall=steps // 2)
        for schedule in (main, whole):
            rates = schedule(np.arange(steps))
            assert np.isfinite(rates).all()
            assert 0.0 <= rates.min() <= rates.max() <= 0.3 * (1 + 1e-12)
    assert all(dial.first in dial.values for dial in made.dials)


@pytest.mark.parametrize(("noise", "truth"), [("true", "mine"), ("false", "constant")])
def test_the_eye_is_checked_with_the_noise_on_and_off(noise, truth) -> None:
    at = opened(noisy, noise=noise)
    at.button_group[0].set_value(truth).run()
    assert not at.exception
    assert [said.value for said in at.success if said.value.startswith("That is what the numbers say")]


def test_the_network_is_trained_with_every_schedule_and_diagnosed() -> None:
    at = opened(network, seeds="1")
    said = " ".join(text.value for text in at.markdown)
    assert "Validation loss at the end" in said
    assert "Yours ends with" in said
    assert "From the batch losses and the rates alone" in said
    assert any("rate 0.5" in block.value for block in at.code)


def test_restarts_one_cycle_and_names_draw_and_say_where_they_come_from() -> None:
    at = opened(others)
    said = " ".join(text.value for text in (*at.markdown, *at.caption))
    assert "one-cycle, β cycled" in said
    assert "They part at **step 1**" in said
    at.button_group[0].set_value("moves").run()
    assert any("2/λ = 0.0391; 0.1 is above that" in one.value for one in at.success)


@pytest.mark.parametrize(
    ("mine", "other", "said"),
    [
        (1.0, 1.05, "alike"),
        (0.5, 1.0, "mine"),
        (1.0, 0.5, "constant"),
        (np.nan, 1.0, "constant"),
        (0.0, 0.0, "alike"),
    ],
)
def test_who_is_ahead(mine, other, said) -> None:
    assert schedules_lab_runs.ahead(mine, other) == said


def test_the_table_of_sources_names_each_library_once() -> None:
    rows = schedules_lab_names.sources(schedules_lab_names.DIFFERENCES["warmup"])
    assert [row["library"] for row in rows] == ["PyTorch", "Keras", "optax", "timm"]
