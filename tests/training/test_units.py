"""Data in other units: the same question, other numbers."""

import numpy as np
import pytest

from lrlab.training import fit, load
from lrlab.training.curvature import largest_stable_rate
from lrlab.training.units import one_against_rest, rescaled


def test_a_unit_changes_one_column_and_nothing_else():
    raw = load("wine", standardise=False)
    told = rescaled(raw, 4, 1000.0)
    factors = np.ones(13)
    factors[4] = 1000.0
    np.testing.assert_array_equal(told.x_train, raw.x_train * factors)
    np.testing.assert_array_equal(told.x_validation, raw.x_validation * factors)
    assert told.y_train is raw.y_train
    assert not told.x_train.flags.writeable


def test_what_was_subtracted_and_divided_by_still_leads_back_to_the_measurements():
    raw, told = load("iris", standardise=False), rescaled(load("iris"), 2, 10.0)
    np.testing.assert_allclose(told.x_train * told.spread + told.centre, raw.x_train, rtol=1e-12)


def test_standardising_divides_any_unit_out_again():
    raw = load("breast_cancer", standardise=False)
    told = rescaled(raw, 3, 1e3).x_train
    again = (told - told.mean(axis=0)) / told.std(axis=0)
    np.testing.assert_allclose(again, load("breast_cancer").x_train, atol=1e-9)


def test_the_sharpness_of_one_feature_goes_with_the_square_of_its_unit():
    """Once it dominates, a factor of ten costs a factor of a hundred."""
    data = load("wine")
    hundred, thousand = (
        largest_stable_rate(rescaled(data, 0, unit).x_train, "squares") for unit in (1e2, 1e3)
    )
    assert hundred / thousand == pytest.approx(100.0, rel=1e-3)
    assert thousand == pytest.approx(2e-6, rel=1e-3)  # the feature's mean square is 1


def test_one_class_against_the_rest_is_a_question_with_two_answers():
    wine, asked = load("wine"), one_against_rest(load("wine"), 1)
    assert asked.classes == ("other", "class_1")
    np.testing.assert_array_equal(asked.y_train == 1, wine.y_train == 1)
    assert set(asked.y_validation.tolist()) == {0, 1}
    training = fit(asked, "linear", "sgd", 0.5, 10**6, steps=50, measure="ends")
    assert training.losses[0, 0] == pytest.approx(np.log(2.0))
    assert training.validation_scores[0, -1] > 0.9


@pytest.mark.parametrize("factor", [0.0, -1.0, np.inf, np.nan])
def test_a_unit_must_be_a_finite_number_above_0(factor):
    with pytest.raises(ValueError, match=rf"factor is {factor}"):
        rescaled(load("iris"), 0, factor)


@pytest.mark.parametrize("feature", [-1, 4, 1.0])
def test_a_column_that_is_not_there_is_refused(feature):
    with pytest.raises(ValueError, match=f"feature is {feature}"):
        rescaled(load("iris"), feature, 10.0)


@pytest.mark.parametrize(("name", "label"), [("wine", 3), ("wine", -1), ("diabetes", 0)])
def test_a_class_that_is_not_there_is_refused(name, label):
    with pytest.raises(ValueError, match=f"label is {label}"):
        one_against_rest(load(name), label)
