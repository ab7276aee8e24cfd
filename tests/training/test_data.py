"""The data sets: what is in them, how they are split and scaled, and that nobody can spoil them for the others."""

from pathlib import Path

import numpy as np
import pytest
from sklearn import datasets

from lrlab.training import DATA_SETS, load, prepare

SIZES = {
    "digits": (1797, 64, 10),
    "breast_cancer": (569, 30, 2),
    "wine": (178, 13, 3),
    "iris": (150, 4, 3),
    "moons": (600, 2, 2),
    "diabetes": (442, 10, 0),
}


def test_the_six_sets_are_there() -> None:
    assert set(DATA_SETS) == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_sizes_names_and_task(name: str) -> None:
    rows, features, classes = SIZES[name]
    data = load(name)
    assert len(data.x_train) + len(data.x_validation) == rows
    assert len(data.x_validation) == pytest.approx(rows / 4, abs=1)
    assert data.x_train.shape[1] == data.x_validation.shape[1] == len(data.features) == features
    assert len(data.classes) == classes
    assert data.task == ("classes" if classes else "target")
    assert data.title != name


@pytest.mark.parametrize("name", SIZES)
def test_the_training_rows_alone_set_the_scale(name: str) -> None:
    data, raw = load(name), load(name, standardise=False)
    spread = raw.x_train.std(axis=0)
    varies = np.ptp(raw.x_train, axis=0) > 0
    np.testing.assert_allclose(data.x_train.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(data.x_train.std(axis=0), np.where(varies, 1.0, 0.0), atol=1e-12)
    np.testing.assert_allclose(
        data.x_validation[:, varies],
        ((raw.x_validation - raw.x_train.mean(axis=0))[:, varies] / spread[varies]),
    )
    np.testing.assert_allclose(data.x_train * data.spread + data.centre, raw.x_train, atol=1e-9)
    np.testing.assert_array_equal(raw.centre, 0.0)
    np.testing.assert_array_equal(raw.spread, 1.0)


def test_constant_pixels_of_digits_become_zero_and_not_nan() -> None:
    data, raw = load("digits"), load("digits", standardise=False)
    constant = np.ptp(raw.x_train, axis=0) == 0
    assert constant[[0, 32, 39]].all()  # these three never light up in any image
    np.testing.assert_array_equal(data.x_train[:, constant], 0.0)
    assert np.isfinite(data.x_validation).all()


@pytest.mark.parametrize("name", [name for name, (_, _, classes) in SIZES.items() if classes])
def test_the_split_keeps_the_shares_of_the_classes(name: str) -> None:
    data = load(name)
    kept, held_back = np.bincount(data.y_train), np.bincount(data.y_validation)
    np.testing.assert_allclose(held_back, (kept + held_back) / 4, atol=1.0)


def test_the_target_is_standardised_with_the_features() -> None:
    data, raw = load("diabetes"), load("diabetes", standardise=False)
    assert data.y_train.mean() == pytest.approx(0.0, abs=1e-12)
    assert data.y_train.std() == pytest.approx(1.0)
    assert raw.y_train.min() == 25.0
    assert np.ptp(raw.x_train[:, 0]) > 50  # age in years, not scikit-learn's scaled column


def test_the_rows_are_those_of_scikit_learn() -> None:
    raw = load("iris", standardise=False)
    x, y = datasets.load_iris(return_X_y=True)
    here = np.vstack([np.c_[raw.x_train, raw.y_train], np.c_[raw.x_validation, raw.y_validation]])
    np.testing.assert_array_equal(np.sort(here, axis=0), np.sort(np.c_[x, y], axis=0))


def test_loading_twice_gives_one_object_that_nobody_can_write_to() -> None:
    data = load("wine")
    assert load("wine", standardise=True) is data
    for array in (data.x_train, data.y_train, data.x_validation, data.y_validation, data.centre, data.spread):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'mnist'.*digits, breast_cancer"):
        load("mnist")


def test_a_table_of_ones_own_does_not_share_memory_with_the_data() -> None:
    x, y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2
    data = prepare("mine", x, y, classes=("no", "yes"), standardise=False)
    x[:] = -1.0
    assert data.x_train.min() >= 0.0
    assert data.features == ("feature 1", "feature 2")


@pytest.mark.parametrize(
    ("x", "y", "classes", "complaint"),
    [
        ([[1.0], [2.0]], [0.0, 1.0], (), r"\(2, 1\).*at least 4 rows"),
        ([[1.0]] * 5, [0.0] * 4, (), r"\(5, 1\) and y \(4,\)"),
        ([[1.0], [2.0], [np.nan], [4.0]], [0.0] * 4, (), "not finite"),
        ([[1.0]] * 8, [0] * 8, ("only",), r"\[8\] rows per class for 1 classes"),
        ([[1.0]] * 8, [0] * 7 + [1], ("a", "b"), r"\[7, 1\] rows per class"),
        ([[1.0]] * 8, [0, 1, 2, 3] * 2, ("a", "b"), r"\[2, 2, 2, 2\] rows per class for 2 classes"),
        ([[1.0]] * 8, [-1, 1] * 4, ("a", "b"), "number them from 0"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_name(
    x: object, y: object, classes: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        prepare("mine", x, y, classes=classes)  # type: ignore[arg-type]


def test_feature_names_must_match_the_columns() -> None:
    with pytest.raises(ValueError, match="features names 1; x has 2 columns"):
        prepare("mine", np.eye(4)[:, :2], np.zeros(4), features=("one",))


def test_nothing_is_downloaded() -> None:
    source = Path(__file__).parents[2] / "lrlab" / "training" / "data.py"
    assert "fetch_" not in source.read_text(encoding="utf-8")
