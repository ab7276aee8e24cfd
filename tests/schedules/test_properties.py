"""What every schedule promises, whatever its parameters."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab import schedules as s

RATE = st.floats(1e-9, 1e3)
END = st.one_of(st.just(0.0), RATE)
LENGTH = st.integers(1, 500)
PART = st.floats(0.01, 1.0)


def ordered(make):
    return st.tuples(END, RATE).map(lambda two: make(min(two), max(two)))


SHAPES = {
    "constant": st.builds(s.constant, RATE),
    "step_decay": st.builds(s.step_decay, RATE, LENGTH, PART),
    "milestones": st.builds(
        s.milestones, RATE, st.sets(LENGTH, min_size=1, max_size=5).map(lambda at: tuple(sorted(at))), PART
    ),
    "exponential": st.builds(s.exponential, RATE, PART),
    "polynomial": st.builds(s.polynomial, RATE, LENGTH, st.floats(0.1, 5.0), END),
    "inverse_sqrt": st.builds(s.inverse_sqrt, RATE, LENGTH),
    "inverse_time": st.builds(s.inverse_time, RATE, st.floats(1e-6, 1e3)),
    "cosine": st.builds(s.cosine, END, END, LENGTH),
    "linear": st.builds(s.linear, END, END, LENGTH),
    "cosine_restarts": st.builds(
        lambda two, first, growth: s.cosine_restarts(max(two), min(two), first, growth),
        st.tuples(RATE, END),
        LENGTH,
        st.integers(1, 4),
    ),
    "triangular": st.builds(
        lambda two, half: s.triangular(min(two), max(two), half), st.tuples(RATE, END), LENGTH
    ),
    "one_cycle": st.builds(
        s.one_cycle,
        RATE,
        st.integers(10, 500),
        st.floats(0.11, 0.49),
        st.floats(1, 100),
        st.floats(1, 1e5),
        st.sampled_from(["cosine", "linear"]),
        st.sampled_from([2, 3]),
    ),
    "warmup_stable_decay": st.builds(s.warmup_stable_decay, RATE, LENGTH, LENGTH, LENGTH, END),
}
SHAPES["warmup"] = st.builds(s.warmup, LENGTH, st.one_of(*SHAPES.values()), st.one_of(st.none(), END))
SHAPES["join"] = st.builds(
    lambda parts, gaps: s.join(parts, np.cumsum(gaps[: len(parts) - 1]).tolist()),
    st.lists(st.one_of(*SHAPES.values()), min_size=1, max_size=4),
    st.lists(st.floats(0.5, 300), min_size=3, max_size=3),
)
STEPS = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).map(np.array)

few = settings(max_examples=30, deadline=None)
each_schedule = pytest.mark.parametrize("name", SHAPES)


def test_the_table_covers_every_constructor():
    assert set(SHAPES) == set(s.__all__) - {"Schedule"}


@each_schedule
@few
@given(data=st.data())
def test_an_array_gives_what_each_step_gives(name, data):
    schedule, steps = data.draw(SHAPES[name]), data.draw(STEPS)
    rates = schedule(steps)
    assert rates.shape == steps.shape
    assert rates.dtype == np.float64
    assert rates.tolist() == [float(schedule(int(t))) for t in steps]


@each_schedule
@few
@given(data=st.data())
def test_never_negative_never_more_than_its_largest_parameter(name, data):
    schedule, steps = data.draw(SHAPES[name]), data.draw(STEPS)
    rates = schedule(steps)
    assert (rates >= 0.0).all()
    assert (rates <= largest_rate(schedule) * (1 + 1e-12)).all()


def largest_rate(schedule):
    """The largest rate named in the parameters, of the parts too."""
    rates = ("rate", "start", "end", "peak", "high", "first" if schedule.name == "warmup" else "peak")
    own = [schedule.parameters[key] for key in rates if key in schedule.parameters]
    return max([*own, *(largest_rate(part) for part in schedule.parts)])


@each_schedule
@few
@given(data=st.data(), later=st.integers(0, 10**9))
def test_held_past_its_end(name, data, later):
    schedule = data.draw(SHAPES[name])
    if math.isfinite(schedule.holds_from):
        end = math.ceil(schedule.holds_from)
        assert schedule(end + later) == schedule(end)


@pytest.mark.parametrize("name", ["step_decay", "exponential", "milestones", "inverse_time", "constant"])
@few
@given(data=st.data())
def test_a_decay_never_rises(name, data):
    rates = data.draw(SHAPES[name])(np.arange(300))
    assert (np.diff(rates) <= 1e-12 * rates[:-1]).all()


@each_schedule
@few
@given(data=st.data())
def test_no_update_is_wasted_at_rate_zero_unless_asked(name, data):
    schedule = data.draw(SHAPES[name])
    asked = {0.0} & {schedule.parameters.get(key) for key in ("start", "low", "first")}
    inner = any(part(0) == 0.0 for part in schedule.parts) or any(
        value(0) == 0.0 for value in schedule.parameters.values() if isinstance(value, s.Schedule)
    )
    assert schedule(0) > 0.0 or asked or inner


@pytest.mark.parametrize(
    "step", [-1, 1.0, 1.5, np.nan, "3", None, True, [0, -1], [0.5], [[0], [1, 2]], 2**70]
)
def test_a_step_is_a_whole_number_from_zero(step):
    with pytest.raises(ValueError, match=r"step|inhomogeneous"):
        s.constant(0.1)(step)


def test_shapes_of_steps_are_kept():
    schedule = s.cosine(0.1, 0.0, 10)
    assert schedule(3).shape == ()
    assert isinstance(schedule(3), np.float64)
    assert schedule(np.zeros(0, dtype=int)).shape == (0,)
    assert schedule(np.zeros((2, 3), dtype=np.int8)).shape == (2, 3)


BAD = [
    (s.constant, (0.0,), "rate"),
    (s.constant, (math.nan,), "rate"),
    (s.constant, (math.inf,), "rate"),
    (s.constant, ("0.1",), "rate"),
    (s.constant, (True,), "rate"),
    (s.constant, (10**400,), "rate"),
    (s.step_decay, (0.1, 0, 0.1), "every"),
    (s.step_decay, (0.1, 2.5, 0.1), "every"),
    (s.step_decay, (0.1, 30, 1.5), "factor"),
    (s.step_decay, (0.1, 30, 0.0), "factor"),
    (s.milestones, (0.1, (), 0.1), "at"),
    (s.milestones, (0.1, (30, 30), 0.1), "at"),
    (s.milestones, (0.1, (0, 30), 0.1), "at"),
    (s.exponential, (0.1, 1.01), "decay"),
    (s.exponential, (-0.1, 0.9), "rate"),
    (s.polynomial, (0.1, 100, 0.0), "power"),
    (s.polynomial, (0.1, 100, 1.0, -1e-9), "end"),
    (s.inverse_sqrt, (0.1, 0), "warmup"),
    (s.inverse_time, (0.1, 0.0), "decay"),
    (s.cosine, (-0.1, 0.0, 10), "start"),
    (s.cosine, (0.1, 0.0, 0), "steps"),
    (s.linear, (0.1, math.nan, 10), "end"),
    (s.cosine_restarts, (0.1, 0.2, 10), "end"),
    (s.cosine_restarts, (0.1, 0.0, 10, 1.5), "growth"),
    (s.triangular, (0.2, 0.1, 10), "low"),
    (s.triangular, (0.1, 0.2, 0), "half_cycle"),
    (s.join, ((), ()), "parts"),
    (s.join, ((0.1,), ()), "parts"),
    (s.join, ((s.constant(0.1), s.constant(0.2)), ()), "at"),
    (s.join, ((s.constant(0.1),) * 3, (20, 10)), "at"),
    (s.join, ((s.constant(0.1),) * 2, (0,)), "at"),
    (s.warmup, (0, s.constant(0.1)), "steps"),
    (s.warmup, (5, 0.1), "after"),
    (s.warmup, (5, s.constant(0.1), -0.1), "first"),
    (s.one_cycle, (1.0, 2), "steps"),
    (s.one_cycle, (1.0, 100, 0.01), "warm_fraction"),
    (s.one_cycle, (1.0, 100, 1.0), "warm_fraction"),
    (s.one_cycle, (1.0, 100, 0.6, 25.0, 1e4, "linear", 3), "warm_fraction"),
    (s.one_cycle, (1.0, 100, 0.3, 0.5), "start_divisor"),
    (s.one_cycle, (1.0, 100, 0.3, 25.0, 0.0), "end_divisor"),
    (s.one_cycle, (1.0, 100, 0.3, 25.0, 1e4, "round"), "shape"),
    (s.one_cycle, (1.0, 100, 0.3, 25.0, 1e4, "linear", 4), "phases"),
    (s.warmup_stable_decay, (0.1, 10, 0, 10), "stable"),
]


@pytest.mark.parametrize(("make", "arguments", "name"), BAD)
def test_a_parameter_outside_its_range_is_named_with_its_value(make, arguments, name):
    with pytest.raises(ValueError, match=rf"^{name} is .+; (it must|for \d parts)"):
        make(*arguments)


def test_a_schedule_remembers_its_name_and_numbers():
    schedule = s.warmup(5, s.cosine(0.01, 0.0001, 95))
    assert schedule.name == "warmup"
    assert schedule.parameters["after"].name == "cosine"
    assert schedule.parameters["first"] == pytest.approx(0.002)
    assert schedule.holds_from == 100
    assert schedule == s.warmup(5, s.cosine(0.01, 0.0001, 95))
    assert schedule != s.warmup(5, s.cosine(0.01, 0.0001, 94))
    assert len({schedule, s.warmup(5, s.cosine(0.01, 0.0001, 95))}) == 1
