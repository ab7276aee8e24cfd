"""From the bytes of a file to numbered lines of cells, or to what is wrong and in which line."""

import csv
import io
from dataclasses import dataclass

LARGEST_FILE = 5_000_000
MOST_ROWS = 10_000
_DELIMITERS = ",;\t"
_MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """What is wrong, or worth knowing, about a line; line 0 is the whole file."""

    line: int
    sentence: str

    def __str__(self) -> str:
        """The fault as it is listed."""
        return f"Line {self.line}: {self.sentence}" if self.line else self.sentence


@dataclass(frozen=True)
class Unreadable:
    """A file from which nothing was taken, and why."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Sheet:
    """The cells of a file: a header, rows with the number of the line each begins on, and what was skipped."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[Fault, ...]


def unreadable(*faults: Fault) -> Unreadable:
    """The first of many faults, and how many more there are."""
    more = len(faults) - _MOST_FAULTS
    if more <= 0:
        return Unreadable(faults)
    return Unreadable((*faults[:_MOST_FAULTS], Fault(0, f"There are {more} more faults of this kind.")))


def read_sheet(data: bytes) -> Sheet | Unreadable:
    """Read a CSV file as spreadsheets and learning platforms write them: commas, semicolons or tabs; UTF-8 or 16."""
    text = decode(data)
    if isinstance(text, Unreadable):
        return text
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, tuple[str, ...]]] = []
    notes: list[Fault] = []
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((begin, tuple(cells)))
            elif lines:
                notes.append(Fault(begin, "The line is empty and was skipped."))
            begin = reader.line_num + 1
    except csv.Error as error:
        return unreadable(Fault(begin, f"The quotation marks do not match up ({error})."))
    if len(lines) < 2:
        return unreadable(
            Fault(0, "The file has no students in it: it needs a header and at least one line.")
        )
    (_, header), *rows = lines
    if len(rows) > MOST_ROWS:
        return unreadable(Fault(0, f"The file has {len(rows)} lines and may have {MOST_ROWS}."))
    ragged = [
        Fault(line, f"There are {len(cells)} cells where the header has {len(header)}.")
        for line, cells in rows
        if len(cells) != len(header)
    ]
    if ragged:
        return unreadable(*ragged)
    return Sheet(tuple(name.strip() for name in header), tuple(rows), tuple(notes))


def decode(data: bytes) -> str | Unreadable:
    """The text of a file, by its byte order mark or else as UTF-8; never guessed, for a guess garbles names."""
    if len(data) > LARGEST_FILE:
        return unreadable(Fault(0, f"The file has {len(data):,} bytes and may have {LARGEST_FILE:,}."))
    if data[:4] == b"PK\x03\x04":
        return unreadable(Fault(0, "This is a workbook or an archive. Save the list as “CSV UTF-8” first."))
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start) if encoding == "utf-8-sig" else 0
        return unreadable(
            Fault(line, "A letter here is not in UTF-8. Save the list as “CSV UTF-8” and try again.")
        )
    if "\x00" in text:
        line = 1 + text.count("\n", 0, text.index("\x00"))
        return unreadable(
            Fault(line, "There are zero bytes here, so this is not a list. Save it as “CSV UTF-8”.")
        )
    return text
