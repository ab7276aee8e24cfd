"""A table of one's own as something to learn from: which column is what, what is missing, and how it is encoded."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrlab.training.data import Data, Task, prepare, split_rows
from lrlab.training.table import Table, TableError, is_missing, number

Array = NDArray[np.float64]
Role = Literal["number", "category", "left out"]

FEWEST_ROWS = 20
FEWEST_OF_A_CLASS = 4
MOST_CLASSES = 30
MOST_FEATURES = 300
MOST_CATEGORIES = 20
CLASSES_AT_MOST = 10
"""A target of whole numbers with more different values than this is learned as a number."""
NUMERIC_SHARE = 0.9
"""A column is one of numbers where at least this share of what is not missing can be read as one."""
ROW_NAMES = frozenset({"id", "index", "row", "no", "no.", "nr", "number", "#", "unnamed: 0", "column 1"})
"""A column of this name that counts the rows one by one says nothing about them."""
OTHER, MISSING = "(other)", "(missing)"


@dataclass(frozen=True)
class Column:
    """What a column of the table became: its role, its missing cells, its features, and why in a sentence."""

    name: str
    role: Role
    missing: int
    features: int
    sentence: str


@dataclass(frozen=True, eq=False)
class OwnData:
    """A table made ready to learn from: the data, what every column became, and what was done on the way."""

    data: Data
    columns: tuple[Column, ...]
    notes: tuple[str, ...]


def task_of(table: Table, target: str) -> Task:
    """Return what a target looks like: a number, or classes where it is words or a few whole numbers.

    >>> from lrlab.training.table import read_table
    >>> task_of(read_table(b"a,b\\n1,yes\\n2,no\\n"), "b")
    'classes'
    """
    cells = [cell for cell in table.column(target) if not is_missing(cell)]
    values = [number(cell, table.comma) for cell in cells]
    known = {value for value in values if value is not None}
    if not _numeric(values) or (len(known) <= CLASSES_AT_MOST and all(value.is_integer() for value in known)):
        return "classes"
    return "target"


def own_data(table: Table, target: str, task: Task | None = None, *, title: str = "Your file") -> OwnData:
    """Turn a table into training and validation rows with numbers only.

    A row without a target is left out. A missing number becomes the mean of the training rows, so that it says
    nothing; a missing category is a category of its own. A category becomes one column of 0 and 1 for each of its
    values; of more than 20, the 19 most frequent and one for all others. Everything is then standardised over the
    training rows, as in `prepare`.

    Args:
        table: what `read_table` returned.
        target: the name of the column to learn.
        task: "classes" or "target" (a number); as the column looks where it is None.
        title: what to call the data.

    Returns:
        OwnData.

    Raises:
        TableError: with a sentence, where the table or the choice cannot be learned from.

    Source: Hastie, Tibshirani and Friedman 2009, sections 9.6 (missing values) and 2.2 (categories as 0 and 1).

    >>> from lrlab.training.table import read_table
    >>> rows = "".join(f"{k},{'ab'[k % 2]},{2 * k}.5\\n" for k in range(24))
    >>> own = own_data(read_table(f"size,kind,price\\n{rows}".encode()), "price")
    >>> own.data.features, own.data.task, own.data.x_train.shape
    (('size', 'kind = a', 'kind = b'), 'target', (18, 3))
    """
    task = task or task_of(table, target)
    notes: list[str] = []
    kept, y, classes = _target(table, target, task, notes)
    train, _ = split_rows(y, stratified=task == "classes")
    columns, features = [], []
    for name in table.names:
        if name == target:
            continue
        cells = [table.column(name)[row] for row in kept]
        column, made = _encoded(name, cells, train, table.comma)
        columns.append(column)
        features += made
    if not features:
        raise TableError("No column is left to learn from: all of them are constant, empty or names of rows.")
    if len(features) > MOST_FEATURES:
        raise TableError(
            f"The columns would become {len(features)} features; up to {MOST_FEATURES} can be trained here. Leave out "
            "categories with many values."
        )
    data = prepare(
        "own",
        np.column_stack([values for _, values in features]),
        y,
        title=title,
        classes=classes,
        features=[name for name, _ in features],
    )
    return OwnData(data, tuple(columns), (*table.notes, *notes))


def _target(
    table: Table, target: str, task: Task, notes: list[str]
) -> tuple[list[int], NDArray[np.int64] | Array, tuple[str, ...]]:
    """The rows with a usable target, its values, and the names of its classes."""
    cells = table.column(target)
    known = [row for row, cell in enumerate(cells) if not is_missing(cell)]
    if task == "classes":
        return _classes(table, target, known, notes)
    values = {row: number(cells[row], table.comma) for row in known}
    if not _numeric(list(values.values())):
        raise TableError(
            f"“{target}” is no column of numbers. Learn it as classes, or choose another column."
        )
    kept = [row for row, value in values.items() if value is not None]
    _tell_left_out(len(cells) - len(kept), target, notes)
    _enough(len(kept))
    y = np.array([values[row] for row in kept], dtype=np.float64)
    if np.ptp(y) == 0.0:
        raise TableError(f"“{target}” is the same in every row: there is nothing to learn about it.")
    return kept, y, ()


def _classes(
    table: Table, target: str, known: list[int], notes: list[str]
) -> tuple[list[int], NDArray[np.int64], tuple[str, ...]]:
    _enough(len(known))
    cells = table.column(target)
    counts = Counter(cells[row] for row in known)
    large = {name for name, count in counts.items() if count >= FEWEST_OF_A_CLASS}
    if len(large) > MOST_CLASSES:
        raise TableError(f"“{target}” has {len(large)} classes; up to {MOST_CLASSES} can be told apart here.")
    if len(large) < 2:
        raise TableError(
            f"“{target}” has no two classes with at least {FEWEST_OF_A_CLASS} rows each. Choose another "
            "column, or learn it as a number."
        )
    _tell_left_out(len(cells) - len(known), target, notes)
    rare = len(counts) - len(large)
    if rare:
        lost = sum(count for name, count in counts.items() if name not in large)
        which = "a class" if rare == 1 else f"{rare} classes"
        notes.append(f"{_rows(lost)} left out: {which} with fewer than {FEWEST_OF_A_CLASS} rows.")
    kept = [row for row in known if cells[row] in large]
    _enough(len(kept))
    names = sorted(large, key=lambda name: (number(name, table.comma) or 0.0, name))
    return kept, np.array([names.index(cells[row]) for row in kept], dtype=np.int64), tuple(names)


def _encoded(
    name: str, cells: Sequence[str], train: NDArray[np.int64], comma: bool
) -> tuple[Column, list[tuple[str, Array]]]:
    """A column as features, and what it became."""
    known = [cell for cell in cells if not is_missing(cell)]
    missing, distinct = len(cells) - len(known), len(set(known))
    if distinct == 0 or (distinct == 1 and missing == 0):
        what = "it is empty" if distinct == 0 else "it is the same in every row"
        return Column(name, "left out", missing, 0, f"Left out: {what}."), []
    values = [None if is_missing(cell) else number(cell, comma) for cell in cells]
    if _numeric([value for value, cell in zip(values, cells, strict=True) if not is_missing(cell)]):
        return _numbers(name, values, missing, train)
    if distinct > MOST_CATEGORIES and distinct > len(known) / 2:
        return Column(
            name, "left out", missing, 0, f"Left out: {distinct} different texts, a name or a date."
        ), []
    return _categories(name, cells, missing)


def _numbers(
    name: str, values: Sequence[float | None], missing: int, train: NDArray[np.int64]
) -> tuple[Column, list[tuple[str, Array]]]:
    column = np.array([np.nan if value is None else value for value in values])
    gaps = np.isnan(column)
    if name.lower() in ROW_NAMES and not gaps.any() and (np.diff(column) == 1.0).all():
        return Column(name, "left out", 0, 0, "Left out: it only counts the rows."), []
    if gaps[train].all():
        return Column(name, "left out", missing, 0, "Left out: no training row has a number here."), []
    mean = float(column[train][~gaps[train]].mean())
    sentence = "A number."
    if gaps.any():
        unread = int(gaps.sum()) - missing
        odd = f", {unread} of them no number" if unread else ""
        sentence = f"A number; {gaps.sum()} missing{odd}, filled with the mean {mean:.4g}."
    return Column(name, "number", missing, 1, sentence), [(name, np.where(gaps, mean, column))]


def _categories(name: str, cells: Sequence[str], missing: int) -> tuple[Column, list[tuple[str, Array]]]:
    told = [MISSING if is_missing(cell) else cell for cell in cells]
    counts = Counter(cell for cell in told if cell != MISSING)
    kept = [cell for cell, _ in counts.most_common()]
    sentence = f"A category with {len(kept)} values."
    if len(kept) > MOST_CATEGORIES:
        kept = kept[: MOST_CATEGORIES - 1]
        sentence = f"A category with {len(counts)} values; all but the {len(kept)} most frequent became one."
        told = [cell if cell in kept or cell == MISSING else OTHER for cell in told]
    names = [*sorted(kept), *(extra for extra in (OTHER, MISSING) if extra in told)]
    if missing:
        sentence += f" {missing} missing, a value of their own."
    features = [
        (f"{name} = {each}", np.array([cell == each for cell in told], dtype=np.float64)) for each in names
    ]
    return Column(name, "category", missing, len(features), sentence), features


def _numeric(values: Sequence[float | None]) -> bool:
    readable = sum(value is not None for value in values)
    return readable > 0 and readable >= NUMERIC_SHARE * len(values)


def _tell_left_out(count: int, target: str, notes: list[str]) -> None:
    if count:
        notes.append(f"{_rows(count)} left out: no usable value for “{target}”.")


def _enough(count: int) -> None:
    if count < FEWEST_ROWS:
        raise TableError(
            f"{_rows(count)} can be used; at least {FEWEST_ROWS} are needed, for training and for checking."
        )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
