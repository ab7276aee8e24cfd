"""The rules for another batch size, by hand, and what training says about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.finder.scaling import RULES, scaled, try_rules
from lrlab.training import fit, hidden, load


@pytest.mark.parametrize(
    ("rule", "rate", "old", "new", "expected"),
    [
        ("square_root", 0.1, 32, 64, 0.1 * 1.41421356),
        ("square_root", 0.1, 32, 128, 0.2),
        ("linear", 0.1, 32, 64, 0.2),
        ("linear", 0.1, 32, 128, 0.4),
        ("linear", 0.4, 256, 64, 0.1),
        ("unchanged", 0.1, 32, 4096, 0.1),
    ],
)
def test_rules_by_hand(rule, rate, old, new, expected) -> None:
    assert scaled(rule, rate, old, new) == pytest.approx(expected)


@given(
    rule=st.sampled_from(sorted(RULES)),
    rate=st.floats(1e-6, 10.0),
    sizes=st.tuples(*[st.integers(1, 10**6)] * 3),
)
def test_a_rule_does_not_care_for_the_way_it_is_applied(rule, rate, sizes) -> None:
    first, second, third = sizes
    by_way = scaled(rule, scaled(rule, rate, first, second), second, third)
    assert by_way == pytest.approx(scaled(rule, rate, first, third))
    assert scaled(rule, rate, first, first) == rate


def test_what_is_trained_is_what_the_rules_say() -> None:
    data, model = load("digits"), hidden(16)
    tried = try_rules(data, model, "sgd", 0.1, 32, 128, epochs=2, seeds=(4,))
    np.testing.assert_allclose(tried.rates, [0.1, 0.2, 0.4])
    assert tried.updates == (2 * (1347 // 32), 2 * (1347 // 128))
    old = fit(data, model, "sgd", 0.1, 32, epochs=2, seed=4)
    new = fit(data, model, "sgd", [0.1, 0.2, 0.4], 128, epochs=2, seed=4)
    np.testing.assert_array_equal(tried.before[0], old.train_losses[0])
    np.testing.assert_allclose(tried.after[0], new.train_losses)
    np.testing.assert_allclose(tried.scores[0], new.validation_scores[:, -1])
    np.testing.assert_array_equal(tried.epochs, [0, 1, 2])


def test_from_32_to_128_the_linear_rule_keeps_pace_with_the_old_batch() -> None:
    """As many epochs, four times the rate: the loss arrives where it did before, and the other two lag behind."""
    tried = try_rules(load("digits"), hidden(32, "relu"), "sgd", 0.1, 32, 128)
    ends = tried.after[:, :, -1].mean(axis=0)
    assert tried.ahead == "linear"
    assert ends[2] == pytest.approx(tried.before[:, -1].mean(), rel=0.15)
    assert ends[1] > 1.5 * ends[2]
    assert ends[0] > 1.5 * ends[1]
    assert "Ahead: linear rule." in tried.sentence


def test_the_linear_rule_fails_past_the_critical_batch_size() -> None:
    tried = try_rules(load("digits"), hidden(32, "relu"), "sgd", 0.4, 32, 512)
    assert tried.rates[2] == pytest.approx(6.4)
    assert tried.ahead == "square_root"
    assert tried.after[:, 2, -1].mean() > 1.5 * tried.after[:, 1, -1].mean()


def test_no_rule_is_ahead_where_all_end_alike() -> None:
    tried = try_rules(load("iris"), "linear", "sgd", 1e-5, 16, 32, epochs=1)
    assert tried.ahead is None
    assert tried.sentence.endswith("No rule is clearly ahead.")


def test_everything_lost_is_said() -> None:
    tried = try_rules(load("diabetes"), "linear", "sgd", 1e5, 4, 16)
    assert tried.ahead is None
    assert "with 1e+05: lost" in tried.sentence
    assert "linear rule (4e+05) is lost" in tried.sentence


def test_progress_ends_at_the_end() -> None:
    told: list[tuple[int, int]] = []
    try_rules(load("wine"), "linear", "sgd", 0.1, 16, 32, progress=lambda made, of: told.append((made, of)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == 3 * 5 * (133 // 16 + 133 // 32)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"rate": 0.0}, "rate is 0.0"),
        ({"rate": np.inf}, "rate is inf"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"new_batch_size": 4096}, "the batch sizes are 16 and 4096; Wine has 133 rows"),
        ({"epochs": 0}, "epochs is 0"),
        ({"seeds": ()}, "seeds is empty"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes, complaint) -> None:
    arguments = {"rate": 0.1, "batch_size": 16, "new_batch_size": 32} | changes
    with pytest.raises(ValueError, match=complaint):
        try_rules(load("wine"), "linear", "sgd", **arguments)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("cube_root", 0.1, 32, 64), "rule is 'cube_root'; it must be one of unchanged, square_root, linear"),
        (("linear", -0.1, 32, 64), "rate is -0.1"),
        (("linear", 0.1, 0, 64), "the batch sizes are 0 and 64"),
    ],
)
def test_a_rule_refuses_nonsense(arguments, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        scaled(*arguments)
