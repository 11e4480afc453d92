"""What the page shows, as tables: each is a plot, a table under it and a CSV file, all with the same numbers.

Counts only. What is too few to be shown is None here and a dash for people (`bot.store.insight`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bot.plots.weeks import monday_of, week_name
from bot.store.insight import FellesfeilTimes, Insight, Share

WEEKS = 26
SHOWN = 12
_FELLESFEIL = 30
_MONTHS = 12

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """key: its name in addresses. about: what it says, in a sentence. rows: by column. summed: the plot in words."""

    key: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summed: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the page shows; `fellesfeil` are those of the table, for the plot along time."""

    now: datetime
    tables: tuple[Table, ...]
    fellesfeil: tuple[FellesfeilTimes, ...]


def numbers_of(insight: Insight, now: datetime) -> Numbers:
    """The numbers as they are now, on the organisation's clock."""
    shown = insight.fellesfeil()[-_FELLESFEIL:]
    tables = (
        _cases(insight, now.date()),
        _shares("systemer", "System", "Saker etter system", insight.systems()),
        _shares("virksomheter", "Virksomhet", "Saker etter virksomhet", insight.virksomheter()),
        _fellesfeil(shown, now),
        _time_to_notice(shown),
        _updates(insight),
        _forms(insight, now.date()),
    )
    return Numbers(now, tables, shown)


def shown(value: Cell) -> str:
    """A cell as people read it."""
    return "–" if value is None else str(value)


def _cases(insight: Insight, today: date) -> Table:
    by_week = {week.monday: week for week in insight.weeks()}
    rows = [
        (week_name(monday), *((found.faults, found.orders) if (found := by_week.get(monday)) else (0, 0)))
        for monday in _mondays(today)
    ]
    faults, orders = _sum(row[1] for row in rows), _sum(row[2] for row in rows)
    return Table(
        "saker",
        "Saker i uken",
        f"Feilmeldinger og bestillinger de siste {WEEKS} ukene.",
        ("Uke", "Feilmeldinger", "Bestillinger"),
        tuple(rows),
        f"Stolper for {WEEKS} uker: {faults} feilmeldinger og {orders} bestillinger i alt.",
    )


def _shares(key: str, column: str, title: str, found: Sequence[Share]) -> Table:
    """Of the last year that has any; January would else have next to nothing."""
    year = max((one.year for one in found), default=0)
    of_year = [(one.name, one.cases) for one in found if one.year == year][:SHOWN]
    if not of_year:
        return Table(key, title, "", (column, "Saker"), (), "")
    name, most = of_year[0]
    return Table(
        key,
        f"{title} i {year}",
        f"De {len(of_year)} som har flest. De med få saker er samlet som «andre».",
        (column, "Saker"),
        tuple(of_year),
        f"Liggende stolper, flest for {name}: {shown(most)} saker.",
    )


def _fellesfeil(found: Sequence[FellesfeilTimes], now: datetime) -> Table:
    rows = tuple(
        (one.ref, _moment(one.began, now), _moment(one.resolved, now), one.minutes_lasted, one.cases)
        for one in reversed(found)
    )
    return Table(
        "fellesfeil",
        "Fellesfeil",
        f"De siste {_FELLESFEIL}, den nyeste først. Saker vises når det er minst fem.",
        ("Melding", "Begynte", "Rettet", "Varte (minutter)", "Saker"),
        rows,
        f"Tidslinje med {len(rows)} fellesfeil.",
    )


def _time_to_notice(found: Sequence[FellesfeilTimes]) -> Table:
    rows = tuple((one.ref, one.minutes_to_notice, one.minutes_from_first_case) for one in found)
    middle = f"Median {median(one.minutes_to_notice for one in found):.0f} minutter." if found else ""
    return Table(
        "varsling",
        "Tid til varsel",
        "Minutter fra feilen begynte, og fra den første saken, til driftsmeldingen var ute. Mindre enn null: meldingen "
        "kom først.",
        ("Melding", "Fra feilen begynte", "Fra første sak"),
        rows,
        f"Et punkt for hver fellesfeil. {middle}",
    )


def _updates(insight: Insight) -> Table:
    months = insight.updates()[-_MONTHS:]
    rows = tuple(
        (f"{one.first:%m.%Y}", one.in_time, one.late, round(100 * one.in_time / (one.in_time + one.late)))
        for one in months
    )
    kept, late = sum(one.in_time for one in months), sum(one.late for one in months)
    share = f"{100 * kept / (kept + late):.0f} prosent" if months else ""
    return Table(
        "oppdateringer",
        "Oppdateringer i tide",
        "Hvor ofte den lovede oppdateringen av en driftsmelding kom i tide.",
        ("Måned", "I tide", "For sent", "Andel (prosent)"),
        rows,
        f"Linje over månedene. I alt kom {share} i tide.",
    )


def _forms(insight: Insight, today: date) -> Table:
    by_week = {week.monday: week for week in insight.forms()}
    rows = tuple(
        (week_name(monday), *((found.other_form, found.cases) if (found := by_week.get(monday)) else (None, None)))
        for monday in _mondays(today)
    )
    wrong, cases = _sum(row[1] for row in rows), _sum(row[2] for row in rows)
    share = f"{100 * wrong / cases:.0f} prosent" if cases else "ingen"
    return Table(
        "skjema",
        "Endte på et annet skjema",
        f"Saker som ble sendt på et annet skjema enn det Losen hadde først, de siste {WEEKS} ukene.",
        ("Uke", "Annet skjema", "Av saker"),
        rows if cases else (),
        f"Linje over ukene. I alt: {share}.",
    )


def _mondays(today: date) -> list[date]:
    this = monday_of(today)
    return [this - timedelta(days=7 * back) for back in range(WEEKS - 1, -1, -1)]


def _moment(at: datetime | None, now: datetime) -> str | None:
    return None if at is None else f"{at.astimezone(now.tzinfo):%d.%m.%Y kl. %H.%M}"


def _sum(values: Iterable[Cell]) -> int:
    return sum(value for value in values if isinstance(value, int))
