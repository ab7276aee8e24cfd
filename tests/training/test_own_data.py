"""A table of one's own made ready to learn from, held against pandas and scikit-learn on the same rows."""

import io
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from lrlab.training import fit, load
from lrlab.training.own_data import OwnData, own_data, task_of
from lrlab.training.table import Table, TableError, read_table

ROWS = 60


def written(frame: pd.DataFrame, **options: object) -> Table:
    text = io.StringIO()
    frame.to_csv(text, index=False, **options)
    return read_table(text.getvalue().encode())


def houses(rows: int = ROWS) -> pd.DataFrame:
    random = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "size": random.normal(80, 20, rows).round(1),
            "garden": random.choice(["yes", "no"], rows),
            "town": random.choice(["Ulm", "Bern", "Linz"], rows),
            "price": random.normal(300, 50, rows).round(2),
        }
    )
    frame.loc[[3, 11, 40], "size"] = np.nan
    frame.loc[[5, 6], "town"] = None
    return frame


def test_encoding_is_what_scikit_learn_does_on_the_same_rows() -> None:
    """Mean of the training rows for numbers, a value of its own for a missing category, one scale for all."""
    frame = houses()
    own = own_data(written(frame), "price")
    frame["town"] = frame["town"].fillna("~missing")
    train, validation = train_test_split(frame, test_size=0.25, random_state=0)
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    categories = make_pipeline(OneHotEncoder(sparse_output=False), StandardScaler())
    both = ColumnTransformer([("n", numbers, ["size"]), ("c", categories, ["garden", "town"])])
    np.testing.assert_allclose(own.data.x_train, both.fit_transform(train), atol=1e-12)
    np.testing.assert_allclose(own.data.x_validation, both.transform(validation), atol=1e-12)
    target = StandardScaler().fit(train[["price"]])
    np.testing.assert_allclose(own.data.y_train, target.transform(train[["price"]])[:, 0])
    assert own.data.features == (
        "size",
        "garden = no",
        "garden = yes",
        "town = Bern",
        "town = Linz",
        "town = Ulm",
        "town = (missing)",
    )


def test_the_page_is_told_what_every_column_became() -> None:
    own = own_data(written(houses()), "price")
    told = {column.name: column.sentence for column in own.columns}
    mean = houses()["size"].iloc[train_test_split(np.arange(ROWS), test_size=0.25, random_state=0)[0]].mean()
    assert told == {
        "size": f"A number; 3 missing, filled with the mean {mean:.4g}.",
        "garden": "A category with 2 values.",
        "town": "A category with 3 values. 2 missing, a value of their own.",
    }


@pytest.mark.parametrize("name", ["iris", "diabetes"])
def test_a_set_of_the_lab_written_as_a_file_is_the_same_set(name: str) -> None:
    """Iris and diabetes by way of CSV train to the same losses as the ones that ship with the lab."""
    from sklearn import datasets

    bunch = getattr(datasets, f"load_{name}")(**({"scaled": False} if name == "diabetes" else {}))
    frame = pd.DataFrame(bunch.data, columns=bunch.feature_names)
    frame["y"] = bunch.target if name == "diabetes" else bunch.target_names[bunch.target]
    own = own_data(written(frame), "y", "target" if name == "diabetes" else "classes").data
    data = load(name)
    kept = [data.features.index(feature) for feature in own.features if feature in data.features]
    if name == "iris":
        assert own.classes == data.classes
        np.testing.assert_array_equal(own.y_train, data.y_train)
        np.testing.assert_allclose(own.x_train, data.x_train[:, kept])
        losses = [fit(each, "linear", "sgd", 0.1, 16, epochs=3).losses for each in (own, data)]
        np.testing.assert_allclose(*losses)
    np.testing.assert_allclose(own.y_train, data.y_train)


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        (["yes", "no"] * 12, "classes"),
        (["1", "2", "3"] * 8, "classes"),
        (["1.5", "2", "3"] * 8, "target"),
        ([str(k) for k in range(24)], "target"),
        (["", "1", "0"] * 8, "classes"),
        (["12 kg", "13 kg", "x"] * 8, "classes"),
    ],
)
def test_what_a_target_looks_like(cells: list[str], task: str) -> None:
    table = Table(("x", "y"), (tuple(str(k / 7) for k in range(24)), tuple(cells)), False, ())
    assert task_of(table, "y") == task


def column(cells: list[str], target: list[str] | None = None) -> OwnData:
    """A table of this column, a number beside it, and a target."""
    size = tuple(f"{(7 * k) % 24}.5" for k in range(24))
    return own_data(
        Table(("c", "size", "y"), (tuple(cells), size, tuple(target or ["a", "b"] * 12)), False, ()), "y"
    )


@pytest.mark.parametrize(
    ("cells", "role", "told"),
    [
        ([f"{k}" for k in range(23)] + ["much"], "number", "1 missing, 1 of them no number"),
        (["1"] * 12 + ["x"] * 12, "category", "A category with 2 values."),
        (["x"] * 24, "left out", "the same in every row"),
        ([""] * 24, "left out", "it is empty"),
        (["x"] * 23 + ["NA"], "category", "1 missing, a value of their own"),
        ([f"2026-01-{k + 1:02d}" for k in range(24)], "left out", "24 different texts"),
    ],
)
def test_what_a_column_becomes(cells: list[str], role: str, told: str) -> None:
    became = column(cells).columns[0]
    assert became.role == role
    assert told in became.sentence


def test_a_column_that_counts_the_rows_is_left_out_by_name() -> None:
    cells = tuple(str(k) for k in range(24))
    other = tuple(f"{(7 * k) % 24}.5" for k in range(24))
    own = own_data(Table(("id", "age", "y"), (cells, cells, other), False, ()), "y")
    assert [made.role for made in own.columns] == ["left out", "number"]


def test_rare_categories_become_one() -> None:
    cells = [f"v{k % 25}" for k in range(100)]
    table = Table(("c", "y"), (tuple(cells), tuple(["a", "b"] * 50)), False, ())
    own = own_data(table, "y")
    assert own.columns[0].features == 20
    assert own.data.features[-1] == "c = (other)"
    assert "all but the 19 most frequent became one" in own.columns[0].sentence


def test_rows_without_a_target_and_rare_classes_are_left_out_and_told() -> None:
    target = ["a", "b"] * 10 + ["", "NA", "rare", "rare"]
    own = column([f"{k % 5}" for k in range(24)], target)
    assert own.data.classes == ("a", "b")
    assert len(own.data.y_train) + len(own.data.y_validation) == 20
    assert own.notes == (
        "2 rows left out: no usable value for “y”.",
        "2 rows left out: a class with fewer than 4 rows.",
    )


def test_classes_that_are_numbers_are_in_their_order() -> None:
    own = column([f"{k % 5}" for k in range(24)], ["2", "10", "1"] * 8)
    assert own.data.classes == ("1", "2", "10")


def test_numbers_with_a_decimal_comma() -> None:
    rows = "".join(f"{k},5;{k % 7},25\n" for k in range(24))
    own = own_data(read_table(f"a;b\n{rows}".encode()), "b")
    assert own.data.task == "target"
    restored = (
        np.concatenate([own.data.x_train, own.data.x_validation])[:, 0] * own.data.spread + own.data.centre
    )
    np.testing.assert_allclose(np.sort(restored), np.arange(24) + 0.5)


@pytest.mark.parametrize(
    ("table", "target", "task", "told"),
    [
        ({"a": ["1", "2"] * 5, "y": ["p", "q"] * 5}, "y", None, "10 rows can be used; at least 20"),
        ({"a": ["1", "2"] * 12, "y": ["p"] * 24}, "y", None, "no two classes with at least 4 rows"),
        (
            {"a": ["1", "2"] * 12, "y": ["p", "q"] * 12},
            "y",
            "target",
            "no column of numbers. Learn it as classes",
        ),
        ({"a": ["1", "2"] * 12, "y": ["7"] * 24}, "y", "target", "the same in every row"),
        ({"a": ["1"] * 24, "y": ["p", "q"] * 12}, "y", None, "No column is left to learn from"),
        ({"a": ["1", "2"] * 12, "y": ["p", "q"] * 12}, "z", None, "no column called “z”"),
        (
            {"a": ["1", "2"] * 80, "y": [f"c{k // 4}" for k in range(160)]},
            "y",
            "classes",
            "40 classes; up to 30",
        ),
        (
            {**{f"c{j}": [f"{k % 20}x" for k in range(40)] for j in range(16)}, "y": ["p", "q"] * 20},
            "y",
            None,
            "320 features; up to 300",
        ),
        ({"a": ["1", "2"] * 12, "y": [""] * 24}, "y", None, "0 rows can be used"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_a_sentence(
    table: dict, target: str, task: str, told: str
) -> None:
    made = Table(tuple(table), tuple(tuple(cells) for cells in table.values()), False, ())
    with pytest.raises(TableError, match=told):
        own_data(made, target, task)  # type: ignore[arg-type]


CELLS = st.sampled_from(["", "NA", "1", "2.5", "-1e99", "1e308", "x", "y", "z", "inf", "4e-320"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=20, max_size=60),
    st.sampled_from([None, "classes", "target"]),
)
def test_no_table_makes_the_encoding_fail_in_another_way(rows: list, task: str | None) -> None:
    table = Table(("a", "b", "y"), tuple(zip(*rows, strict=True)), False, ())
    with suppress(TableError):  # that it is a sentence is asked above
        own = own_data(table, "y", task)  # type: ignore[arg-type]
        assert np.isfinite(own.data.x_train).all()
        assert np.isfinite(own.data.y_train).all()
        assert len(own.data.y_train) + len(own.data.y_validation) >= 20
