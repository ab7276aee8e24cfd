"""From the bytes of a CSV file to named columns of text, or to a sentence about what is wrong with it."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 5_000_000
MOST_CELLS = 200_000
DELIMITERS = (",", ";", "\t", "|")
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "--", "."})
RAGGED = 0.1
"""The share of rows with too few or too many cells from which on a file is refused."""
LARGEST = 1e100
"""A number beyond this counts as missing: its square would overflow."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_OTHER_FILES = {
    b"PK\x03\x04": "a workbook or an archive (Excel, LibreOffice, ZIP)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
}


class TableError(ValueError):
    """A file, or a choice about it, that cannot be used; the text is a sentence for the person whose file it is."""


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of text cells, all equally long, and in sentences what was done to get them.

    `comma` says whether numbers may have a decimal comma: where commas do not divide the cells.
    """

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    comma: bool
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows there are below the header."""
        return len(self.columns[0])

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of a column."""
        if name not in self.names:
            raise TableError(f"There is no column called “{name}” in this file.")
        return self.columns[self.names.index(name)]


def read_table(data: bytes) -> Table:
    """Read a table as spreadsheets and programs write it: UTF-8, UTF-16 or Windows text; , ; tab or | between cells.

    Args:
        data: the file, at most 5 MB and 200,000 cells.

    Returns:
        Table, its cells without spaces around them.

    Raises:
        TableError: with a sentence, for a file that is too large, no text, or no table.

    Source: RFC 4180 for the quoting.

    >>> table = read_table(b"size;price\\n1,5;10\\n2,5;20\\n")
    >>> table.names, table.column("size"), table.comma
    (('size', 'price'), ('1,5', '2,5'), True)
    """
    text, notes = _decoded(data)
    delimiter = _delimiter(text)
    lines = _cells(text, delimiter)
    comma = delimiter != ","
    if len(lines) < 2:
        raise TableError(
            "There are no rows below the header. The first line names the columns, each other is a row."
        )
    first = lines[0][1]
    if all(number(cell, comma) is not None for cell in first):
        header = tuple(f"column {k}" for k in range(1, len(first) + 1))
        notes.append("The first line holds only numbers, so it was read as a row; the columns are numbered.")
    else:
        header, lines = _names(first), lines[1:]
    if len(header) < 2:
        raise TableError(
            "Only one column was found. A target and at least one more column are needed, with a comma, a semicolon "
            "or a tab between them."
        )
    whole = _regular(lines, len(header), notes)
    return Table(header, tuple(zip(*whole, strict=True)), comma, tuple(notes))


def is_missing(cell: str) -> bool:
    """Whether a cell says that nothing is known: empty, NA, n/a, NaN, null, None, ?, a dash or a dot."""
    return cell.lower() in MISSING


def number(cell: str, comma: bool = False) -> float | None:
    """Return the number in a cell, or None; with `comma`, 1,5 is one and a half.

    >>> number("1,5", comma=True), number("1e-3"), number("inf"), number("12 kg")
    (1.5, 0.001, None, None)
    """
    if comma:
        cell = cell.replace(",", ".", 1)
    if len(cell) > 40 or _NUMBER.fullmatch(cell) is None:
        return None
    value = float(cell)
    return value if abs(value) <= LARGEST else None


def _decoded(data: bytes) -> tuple[str, list[str]]:
    if not data.strip():
        raise TableError("The file is empty.")
    if len(data) > MOST_BYTES:
        raise TableError(
            f"The file has {len(data) / 1e6:.1f} MB; up to {MOST_BYTES / 1e6:.0f} MB can be read. Keep fewer rows or "
            "columns."
        )
    for start, what in _OTHER_FILES.items():
        if data.startswith(start):
            raise TableError(f"This is {what} and no CSV file. Open it where it was made and save it as CSV.")
    notes: list[str] = []
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        notes.append("The file is not in UTF-8; it was read as Windows text. Look at letters with accents.")
    if "\x00" in text:
        raise TableError(
            "This is no text: it holds bytes that no letter stands for. Save the table as CSV (UTF-8)."
        )
    return text, notes


def _delimiter(text: str) -> str:
    """What divides the cells: whatever cuts the first lines into the most columns, all lines alike."""
    sample = "\n".join([line for line in text.splitlines() if line.strip()][:20])

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row
            ]
        except csv.Error:
            return 0.0, 0
        width = widths[0] if widths else 0
        return (sum(each == width for each in widths) / len(widths) if width > 1 else 0.0), width

    return max(DELIMITERS, key=evenness)


def _cells(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every row that holds anything, with the number of the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, count = [], 0
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                count += len(cells)
                rows.append((reader.line_num, cells))
            if count > MOST_CELLS:
                raise TableError(
                    f"The table has more than {MOST_CELLS:,} cells (rows × columns). Keep fewer rows or columns."
                )
    except csv.Error as error:
        raise TableError(
            f"Line {reader.line_num} cannot be read as a row ({error}). Perhaps a quotation mark was never closed."
        ) from error
    return rows


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """A name for every column: its own, a number where it has none, and a second one like it marked as such."""
    names: list[str] = []
    for k, cell in enumerate(cells, 1):
        name, again = cell or f"column {k}", 2
        while name in names:
            name, again = f"{cell or f'column {k}'} ({again})", again + 1
        names.append(name)
    return tuple(names)


def _regular(
    lines: Sequence[tuple[int, tuple[str, ...]]], width: int, notes: list[str]
) -> list[tuple[str, ...]]:
    """The rows that have a cell for every column; cells that are empty beyond the last column do not count."""
    whole, odd = [], []
    for line, cells in lines:
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if len(cells) == width:
            whole.append(cells)
        else:
            odd.append((line, len(cells)))
    if odd:
        line, has = odd[0]
        told = f"line {line} has {has} cells where the header has {width}"
        if len(odd) > RAGGED * len(lines):
            raise TableError(
                f"{len(odd)} of {len(lines)} rows have too few or too many cells; {told}. Mend the file first."
            )
        notes.append(f"{len(odd)} of {len(lines)} rows left out, too few or too many cells: {told}.")
    return whole
