"""Reading a CSV of one's own: the spellings of the world, and a sentence for every file that is no table."""

import io
import math
from contextlib import suppress

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.training.table import MOST_BYTES, Table, TableError, is_missing, number, read_table

PLAIN = "size,colour,price\n1.5,red,10\n2.5,blue,20\n"


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (PLAIN.encode(), {"size": ("1.5", "2.5"), "colour": ("red", "blue"), "price": ("10", "20")}),
        (PLAIN.replace("\n", "\r\n").encode("utf-8-sig"), {"size": ("1.5", "2.5")}),
        (PLAIN.encode("utf-16"), {"colour": ("red", "blue")}),
        (b"size;price\n1,5;10\n2,5;20\n", {"size": ("1,5", "2,5")}),
        (b"size\tprice\n1.5\t10\n", {"price": ("10",)}),
        (b"size|price\n1.5|10\n", {"price": ("10",)}),
        (b'name,words\n"a, b","say ""hi"""\n', {"name": ("a, b",), "words": ('say "hi"',)}),
        (b'name,words\na,"two\nlines"\n\n\nb,x\n', {"name": ("a", "b"), "words": ("two\nlines", "x")}),
        (b" a , b \n 1 , 2 \n", {"a": ("1",), "b": ("2",)}),
        (b"a,a,,a\n1,2,3,4\n", {"a": ("1",), "a (2)": ("2",), "column 3": ("3",), "a (3)": ("4",)}),
        (b"a,b\n1,2,,\n", {"a": ("1",), "b": ("2",)}),
        (b"a;b\nx, y;1\nx, y, z;2\n", {"a": ("x, y", "x, y, z"), "b": ("1", "2")}),
    ],
)
def test_tables_are_read_as_people_and_programs_write_them(data: bytes, columns: dict) -> None:
    table = read_table(data)
    assert {name: table.column(name) for name in columns} == columns
    assert not table.notes


def test_only_where_commas_do_not_divide_may_a_number_have_one() -> None:
    assert not read_table(PLAIN.encode()).comma
    assert read_table(b"size;price\n1,5;10\n").comma


def test_a_file_without_a_header_numbers_its_columns_and_says_so() -> None:
    table = read_table(b"1,2\n3,4\n")
    assert table.names == ("column 1", "column 2")
    assert table.rows == 2
    assert "only numbers" in table.notes[0]


def test_old_windows_text_is_read_and_told() -> None:
    table = read_table("größe,b\n1,2\n".encode("cp1252"))
    assert table.names[0] == "größe"
    assert "Windows text" in table.notes[0]


def test_a_few_ragged_rows_are_left_out_and_told_by_line() -> None:
    rows = [f"{k},{k}" for k in range(30)]
    rows[7] = "7"
    table = read_table("\n".join(["a,b", *rows]).encode())
    assert table.rows == 29
    assert table.notes == (
        "1 of 30 rows left out, too few or too many cells: line 9 has 1 cells where the header has 2.",
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b" \n\n ", "The file is empty."),
        (b"a,b\n" + b"1,2\n" * (MOST_BYTES // 4), "up to 5 MB"),
        (b"a,b\n" + b"1,2\n" * 100_001, "more than 200,000 cells"),
        (b"a,b\n", "no rows below the header"),
        (b"only\n1\n2\n", "Only one column was found"),
        (b"a,b\n1\n2,3\n4\n", "2 of 3 rows have too few or too many cells; line 2 has 1 cells"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"a,b\n1,\x00\n", "no text"),
        (b'a,b\n1,"' + b"x" * 140_000, "Perhaps a quotation mark was never closed"),
        (b"\xff\xfe" + b"a\x00,", "no text"),
    ],
)
def test_every_bad_file_gets_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(TableError, match=told) as refusal:
        read_table(data)
    assert str(refusal.value).endswith((".", "?"))


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail_in_another_way(data: bytes) -> None:
    with suppress(TableError):
        table = read_table(data)
        assert {len(column) for column in table.columns} == {table.rows}
        assert len(set(table.names)) == len(table.names) == len(table.columns)


CELL = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="\x85\u2028\u2029"), max_size=8
).map(str.strip)


@given(st.lists(st.tuples(CELL.filter(bool), CELL, CELL), min_size=1, max_size=8))
def test_what_pandas_writes_is_read_back(rows: list[tuple[str, ...]]) -> None:
    written = io.StringIO()
    pd.DataFrame(rows, columns=["first", "second", "third"]).to_csv(written, index=False)
    table = read_table(written.getvalue().encode())
    assert table.names == ("first", "second", "third")
    assert list(zip(*table.columns, strict=True)) == rows


@pytest.mark.parametrize(
    ("cell", "comma", "value"),
    [
        ("1", False, 1.0),
        ("-.5", False, -0.5),
        ("+1.e3", False, 1000.0),
        ("1,5", True, 1.5),
        ("1,5", False, None),
        ("1,234.5", True, None),
        ("inf", False, None),
        ("nan", False, None),
        ("1e999", False, None),
        ("1e101", False, None),
        ("1_000", False, None),
        ("١", False, None),
        ("", False, None),
        ("0x10", False, None),
        ("9" * 41, False, None),
    ],
)
def test_what_is_a_number(cell: str, comma: bool, value: float | None) -> None:
    assert number(cell, comma) == value


@given(st.floats(-1e99, 1e99))
def test_every_number_that_python_writes_is_read(value: float) -> None:
    read = number(repr(value))
    assert read is not None
    assert math.isclose(read, value, rel_tol=0.0, abs_tol=0.0)


def test_missing_has_many_spellings() -> None:
    assert all(map(is_missing, ["", "NA", "n/a", "NaN", "null", "None", "?", "-", "."]))
    assert not any(map(is_missing, ["0", "no", "nano", "x"]))


def test_a_column_that_is_not_there_is_named() -> None:
    table = Table(("a", "b"), (("1",), ("2",)), False, ())
    with pytest.raises(TableError, match="no column called “c”"):
        table.column("c")
