"""A table as a CSV file that a spreadsheet opens as it is: semicolons, UTF-8 with its mark."""

from __future__ import annotations

import csv
import io

from bot.insight.tables import Cell, Table

# A cell that begins so is run as a formula by spreadsheets, and names of systems are written by people.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(table: Table) -> str:
    """The file. What is too few to be shown is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(one) for one in row] for row in table.rows)
    return "\ufeff" + out.getvalue()


def _cell(value: Cell) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
