import csv
import io
import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.classroom.gradebook import attempt_log, cells, grid, spreadsheet
from lrlab.classroom.gradebook.cells import decimal, safe
from lrlab.classroom.gradebook.grid import Choice, Column
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.roster.enrolment import enrol
from lrlab.classroom.roster.reading import from_file

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def rows(data):
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-x",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "|cmd",
        "%x",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "｜x",
        "％x",
        " =1",
    ],
)
def test_what_a_spreadsheet_would_reckon_gets_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Ada", "0.5", "-0.05", "+3", "5e-2", "-1E-3", "'=1", "a=b", "田中", "½"]
)
def test_numbers_stay_numbers_and_words_stay_words(text):
    assert safe(text) == text


@given(st.text())
def test_no_text_begins_a_formula(text):
    start = safe(text)[:1]
    assert start not in set("=@|%\t\r＝＋－＠｜％")
    if start and start in "+-":
        float(safe(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(3), "3"),
        (Fraction(100), "100"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(1, 2), "0.5"),
        (Fraction(5, 1000), "0.01"),
        (Fraction(4999, 1_000_000), "0"),
        (Fraction(3.0000000000000004), "3"),
        (Fraction(9995, 1000), "10"),
        (Fraction(20), "20"),
    ],
)
def test_decimals_are_exact(value, text):
    assert decimal(value) == text


@pytest.fixture
def three(school):
    """Ada failed, passed and failed again; Ben failed; Cleo did nothing."""
    ada, ben = school.student("Ada").learner, school.student("=Ben").learner
    school.student("Cleo")
    for minute, (answer, passed) in enumerate([("0.1", False), ("0.5", True), ("9", False)]):
        school.answer(ada, answer, passed, NINE + timedelta(minutes=minute), exercise="a/1")
    school.answer(ada, "-0.5", True, exercise="a/2")
    school.answer(ben, "=HYPERLINK(0)", False, exercise="a/1")
    return school


COLUMNS = [Column("One", {"a/1": 10}), Column("Chapter a", {"a/1": 1, "a/2": 2})]


@pytest.mark.parametrize(
    ("choice", "earned"),
    [
        (Choice.BEST, [(0, 0), (10_000, 3000), (None, None)]),
        (Choice.FIRST, [(0, 0), (0, 2000), (None, None)]),
        (Choice.LATEST, [(0, 0), (0, 2000), (None, None)]),
    ],
)
def test_best_first_or_latest_attempt_counts(three, choice, earned):
    found = grid.grid(three.store, three.teacher, three.room.id, COLUMNS, choice, NINE)
    assert [line.handle for line in found.lines] == ["=Ben", "Ada", "Cleo"]
    assert [line.earned for line in found.lines] == earned


@pytest.mark.parametrize("columns", [[], [Column("Nothing", {})], [Column("Free", {"a/1": 0})]])
def test_a_column_is_worth_something(three, columns):
    with pytest.raises(Refusal, match="at least a point"):
        grid.grid(three.store, three.teacher, three.room.id, columns, Choice.BEST, NINE)


def test_the_spreadsheet_has_a_line_a_student_and_a_sum(three):
    file = spreadsheet.export(three.store, three.teacher, three.room.id, COLUMNS, Choice.BEST, NINE)
    assert file.name == "optimisation-monday-grades-2026-03-02.csv"
    assert rows(file.data) == [
        ["Name", "One (of 10)", "Chapter a (of 3)", "Total (of 13)"],
        ["'=Ben", "0", "0", "0"],
        ["Ada", "10", "3", "13"],
        ["Cleo", "", "", "0"],
    ]


def test_the_spreadsheet_brings_the_rosters_columns_along_but_no_formulas(school):
    enrol(school.store, school.teacher, school.room.id, from_file(b"Student,ID,Section\nAda,=1+1,-x\n"), NINE)
    file = spreadsheet.export(
        school.store, school.teacher, school.room.id, [Column("=X", {"a/1": 1})], Choice.BEST, NINE
    )
    assert rows(file.data) == [
        ["Name", "Student", "ID", "Section", "'=X (of 1)", "Total (of 1)"],
        ["Ada", "Ada", "'=1+1", "'-x", "", "0"],
    ]


def test_the_attempt_log_has_every_attempt_column_by_column(three):
    table = rows(attempt_log.as_csv(three.store, three.teacher, three.room.id, NINE).data)
    assert table[0] == list(attempt_log.FIELDS)
    assert len(table) == 1 + 5
    ben = dict(zip(*table[:2], strict=True))
    receipt = ben.pop("receipt")
    assert len(receipt) == 4
    assert ben == {
        "student": "'=Ben",
        "exercise": "a/1",
        "variant": "1",
        "number": "1",
        "answer": "'=HYPERLINK(0)",
        "passed": "0",
        "score_thousandths": "0",
        "outcome": "too small",
        "message": "This was too small.",
        "misconception": "",
        "hints": "0",
        "started": "2026-03-02T08:59:00+00:00",
        "ended": "2026-03-02T09:00:00+00:00",
        "regraded": "0",
        "version": "digest-1",
        "engine": "0.1.0",
        "seed": "7",
        "parameters": '{"curvature": 0.625, "steps": 40}',
    }
    assert [line[table[0].index("answer")] for line in table[2:]] == ["0.1", "-0.5", "0.5", "9"]


def test_json_lines_say_the_same_untouched(three):
    file = attempt_log.as_json_lines(three.store, three.teacher, three.room.id, NINE)
    records = [json.loads(line) for line in file.data.decode().splitlines()]
    assert len(records) == 5
    assert list(records[0]) == list(attempt_log.FIELDS)
    assert (records[0]["student"], records[0]["answer"], records[0]["passed"]) == (
        "=Ben",
        "=HYPERLINK(0)",
        False,
    )
    assert records[0]["parameters"] == {"curvature": 0.625, "steps": 40}


@pytest.mark.parametrize(
    ("title", "name"),
    [("Müller & Co: 9/10", "m-ller-co-9-10"), ("田中", "class"), ("../../etc", "etc"), ("x" * 99, "x" * 40)],
)
def test_a_file_name_is_plain(title, name):
    assert cells.file_name(title, "grades", NINE, "csv") == f"{name}-grades-2026-03-02.csv"


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=2
        )
    )
)
def test_what_is_written_is_what_is_read(table):
    assert rows(cells.table([["a", "b"], *table], for_excel=True)) == [["a", "b"], *table]
