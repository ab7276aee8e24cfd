import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.classroom.roster.reading import Assignment, Fields, Kind, Roster, from_file, from_lines, headers
from lrlab.classroom.roster.sheet import Fault, Unreadable, read_sheet

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Too small (123),Quiz (124),Current Score,Final Grade
,,,,,,Manual Posting,,,
    Points Possible,,,,,,10,20,(read only),(read only)
"Weber, Ada",4001,S-1,ada,"Monday, A",,8.5,,85,
"Öztürk, Ayşe",4002,S-2,=ayse,Monday B,likes tea,,20,100,
"Student, Test",4099,,,Monday,,,,,
"""
MOODLE = """\
"First name","Last name","ID number",Institution,Department,"Email address","Course total (Real)"
Ada,Weber,1001,,,ada@school.example,-
Ayşe,Öztürk,1002,,,Ayse@school.example,88.5
"""


def sentences(found):
    assert isinstance(found, Unreadable), found
    return [str(fault) for fault in found.faults]


def test_a_canvas_export_is_recognised_and_its_identity_cells_kept_to_the_letter():
    roster = from_file(CANVAS.encode())
    assert roster.kind is Kind.CANVAS
    assert roster.header == ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    assert roster.key == "ID"
    assert [entry.handle for entry in roster.entries] == ["Weber, Ada", "Öztürk, Ayşe"]
    assert roster.entries[1].cells == ("Öztürk, Ayşe", "4002", "S-2", "=ayse", "Monday B")
    assert roster.assignments == (Assignment("Too small (123)", "10"), Assignment("Quiz (124)", "20"))
    assert [str(note) for note in roster.notes] == ["Line 6: The test student was skipped."]


@pytest.mark.parametrize(
    ("header", "cells", "kept"),
    [
        ("Student,ID,Section", "Ada,1,M", 3),
        ("Student,ID,SIS Login ID,Section", "Ada,1,ada,M", 4),
        ("Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section", "Ada,1,S,ada,I,r,M", 7),
        ("Student,ID,Section,Homework (7)", "Ada,1,M,3", 3),
    ],
)
def test_every_form_of_canvas_header_is_known(header, cells, kept):
    roster = from_file(f"{header}\n{cells}\n".encode())
    assert roster.kind is Kind.CANVAS
    assert len(roster.header) == len(roster.entries[0].cells) == kept


def test_canvas_with_split_names_is_known():
    roster = from_file(b"LastName,FirstName,ID,SIS Login ID,Section\nWeber,Ada,1,ada,M\nStudent,Test,9,,M\n")
    assert [entry.handle for entry in roster.entries] == ["Ada Weber"]
    assert roster.entries[0].cells == ("Weber", "Ada", "1", "ada", "M")


def test_a_moodle_export_is_recognised_and_keeps_names_and_one_key():
    roster = from_file(MOODLE.encode())
    assert (roster.kind, roster.key) == (Kind.MOODLE, "ID number")
    assert roster.header == ("First name", "Last name", "ID number")
    assert [entry.handle for entry in roster.entries] == ["Ada Weber", "Ayşe Öztürk"]


def test_moodle_takes_the_first_key_that_everyone_has():
    roster = from_file(MOODLE.replace("1002", "").encode())
    assert roster.key == "Email address"
    assert roster.entries[1].cells == ("Ayşe", "Öztürk", "Ayse@school.example")
    only = from_file(b"First name,ID number\nAda,\nBen,7\n")
    assert only.key == "ID number"
    assert [str(note) for note in only.notes] == [
        "Line 2: There is no ID number here; this student's grades cannot be sent back by it."
    ]


def test_any_csv_can_be_mapped():
    data = b"Nachname;Vorname;Nr\nWeber;Ada;7\nOkafor;Ben;8\n"
    assert headers(data) == ("Nachname", "Vorname", "Nr")
    assert "Say which columns" in sentences(from_file(data))[0]
    fields = Fields(Kind.MOODLE, ("Vorname", "Nachname"), ("Nr",), "Nr")
    roster = from_file(data, fields)
    assert [(entry.handle, entry.cells) for entry in roster.entries] == [
        ("Ada Weber", ("7",)),
        ("Ben Okafor", ("8",)),
    ]


def test_names_need_not_be_kept():
    fields = Fields(Kind.CSV, (), ("Nr",), "Nr")
    roster = from_file(b"Name,Nr\nAda,7\nAda,8\n", fields)
    assert [(entry.handle, entry.cells) for entry in roster.entries] == [("", ("7",)), ("", ("8",))]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (Fields(Kind.CSV, ("Name",), (), ""), "no column called Name"),
        (Fields(Kind.CSV, ("A",), ("B", "C"), "C"), "no column called C, C"),
        (Fields(Kind.CSV, ("A",), (), "B"), "must be among those that are kept"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(fields, words):
    assert words in sentences(from_file(b"A,B\nx,1\n", fields))[0]


PLAIN = Fields(Kind.CSV, ("Name",), ("Nr",), "Nr")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Name,Nr\nAda,1\nBen,2\nADA,3\n", ["Line 4: The name is the same as in line 2."]),
        ("Name,Nr\nAda,1\nBen,1\n", ["Line 3: The Nr is the same as in line 2."]),
        ("Name,Nr\nAda,1\n,2\n", ["Line 3: The name is empty. Type at least one letter."]),
        ("Name,Nr\nAda,1,x\nBen\n", ["Line 2: There are 3 cells where the header has 2.",
                                     "Line 3: There are 1 cells where the header has 2."]),
        ("Name,Nr\n", ["The file has no students in it: it needs a header and at least one line."]),
        ("", ["The file has no students in it: it needs a header and at least one line."]),
        ("Name,Nr\n\"Ada,1\n", ["Line 2: The quotation marks do not match up (unexpected end of data)."]),
        ("Nr,Nr,Name\n1,2,Ada\n", ["Line 1: There is more than one column called Nr."]),
    ],
)  # fmt: skip
def test_every_fault_names_its_line(data, said):
    assert sentences(from_file(data.encode(), PLAIN)) == said


def test_lines_are_counted_through_quoted_line_breaks_and_empty_lines_are_skipped():
    data = b'Name,Nr\n"Ada\nWeber",1\n\n,\nBen,2\nben,3\n'
    assert sentences(from_file(data, PLAIN)) == ["Line 7: The name is the same as in line 6."]
    roster = from_file(data.replace(b"ben,3\n", b""), PLAIN)
    assert [entry.handle for entry in roster.entries] == ["Ada Weber", "Ben"]
    assert [note.line for note in roster.notes] == [4, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(encoding, delimiter, end):
    rows = [["Name", "Nr"], ["Ayşe Öztürk", "1"], ["田中", "2"]]
    data = end.join(delimiter.join(row) for row in rows).encode(encoding)
    roster = from_file(data, PLAIN)
    assert isinstance(roster, Roster)
    assert [entry.handle for entry in roster.entries] == ["Ayşe Öztürk", "田中"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Name,Nr\nAda,1\nAyşe,2\n".encode("cp1254"), "Line 3: A letter here is not in UTF-8."),
        ("Name,Nr\nZoë,1\n".encode("latin-1"), "Line 2: A letter here is not in UTF-8."),
        (b"PK\x03\x04 and so on", "This is a workbook"),
        (b"Name,Nr\nA\x00da,1\n", "Line 2: There are zero bytes here"),
        (b"\xff\xfeN", "A letter here is not in UTF-8."),
        (b"x" * 5_000_001, "The file has 5,000,001 bytes and may have 5,000,000."),
    ],
)  # fmt: skip
def test_what_is_not_readable_is_never_guessed(data, said):
    assert sentences(from_file(data, PLAIN))[0].startswith(said)


def test_ten_thousand_rows_are_read_and_one_more_is_not():
    rows = [f"Student {number},{number}" for number in range(10_000)]
    roster = from_file("\n".join(["Name,Nr", *rows]).encode(), PLAIN)
    assert len(roster.entries) == 10_000
    assert (
        "10001 lines and may have 10000"
        in sentences(from_file("\n".join(["Name,Nr", *rows, "x,y"]).encode(), PLAIN))[0]
    )


def test_many_faults_are_cut_short():
    said = sentences(from_file(("Name,Nr\n" + "a,b,c\n" * 60).encode(), PLAIN))
    assert len(said) == 51
    assert said[-1] == "There are 10 more faults of this kind."


def test_pasted_names_are_a_roster():
    roster = from_lines("Ada\n\n  Ben  Okafor \r\nZoë\n")
    assert roster.kind is Kind.PASTED
    assert [(entry.line, entry.handle) for entry in roster.entries] == [
        (1, "Ada"),
        (3, "Ben Okafor"),
        (4, "Zoë"),
    ]
    assert sentences(from_lines("Ada\nada\n")) == ["Line 2: The name is the same as in line 1."]
    assert sentences(from_lines(" \n")) == ["There is no name in the list. Write one name a line."]
    assert sentences(from_lines("x\n" * 10_001)) == ["The list has 10001 names and may have 10000."]


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(data):
    found = read_sheet(data)
    assert isinstance(found, Unreadable) or found.header
    assert isinstance(from_file(data), Roster | Unreadable)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_otherwise(text):
    assert isinstance(from_lines(text), Roster | Unreadable)
    assert isinstance(Fault(0, text).line, int)
