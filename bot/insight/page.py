"""The page as HTML, in bokmål: plain, without scripts, every plot with its words and its table.

Importing this loads matplotlib, so it is done in a process of its own (`bot.insight.drawing`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from statistics import median
from string import Template

from bot.insight.tables import Cell, Numbers, Table, shown
from bot.plots.figures import points, ranked, shares, stacked, timeline
from bot.plots.inline import inline
from bot.store.insight import ENOUGH

_TEMPLATE = Path(__file__).parent / "page.html"


def page_of(numbers: Numbers) -> str:
    """The page; tables without rows say that there is nothing yet."""
    parts = [_section(table, numbers) for table in numbers.tables]
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        made=f"{numbers.now:%d.%m.%Y kl. %H.%M}", enough=ENOUGH, content="\n".join(parts)
    )


def _section(table: Table, numbers: Numbers) -> str:
    heading = f'<section aria-labelledby="{table.key}">\n<h2 id="{table.key}">{escape(table.title)}</h2>\n'
    if not table.rows:
        return f"{heading}<p>Ingenting å vise ennå.</p>\n</section>"
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.columns)
    body = "".join(f"<tr>{''.join(_cell(*one) for one in enumerate(row))}</tr>\n" for row in table.rows)
    plot = inline(_DRAW[table.key](table, numbers), table.key)
    return (
        f"{heading}<p>{escape(table.about)}</p>\n"
        f'<div role="img" aria-label="{escape(table.summed)} Tallene står i tabellen under.">{plot}</div>\n'
        f"<details><summary>Tabell: {escape(table.title)}</summary>\n"
        f'<div class="wide" role="region" tabindex="0" aria-label="Tabell: {escape(table.title)}">'
        f"<table>\n<caption>{escape(table.title)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div></details>\n"
        f'<p><a href="/innsikt/{table.key}.csv" download>Last ned «{escape(table.title)}» som CSV</a></p>\n</section>'
    )


def _cell(place: int, value: Cell) -> str:
    if place == 0:
        return f'<th scope="row">{escape(shown(value))}</th>'
    return f'<td class="n">{escape(shown(value))}</td>'


def _counts(table: Table, column: int) -> list[int]:
    """A column of counts; what is too few to be shown is drawn as nothing."""
    return [value if isinstance(value := row[column], int) else 0 for row in table.rows]


def _names(table: Table) -> list[str]:
    return [str(row[0]) for row in table.rows]


def _draw_cases(table: Table, _: Numbers) -> bytes:
    parts = [(name, _counts(table, place)) for place, name in enumerate(table.columns[1:], 1)]
    return stacked(_names(table), parts, "saker")


def _draw_ranked(table: Table, _: Numbers) -> bytes:
    return ranked(_names(table), _counts(table, 1), "saker")


def _draw_timeline(_: Table, numbers: Numbers) -> bytes:
    return timeline([(one.ref, one.began, one.resolved or numbers.now) for one in reversed(numbers.fellesfeil)])


def _draw_time_to_notice(table: Table, _: Numbers) -> bytes:
    minutes = _counts(table, 1)
    return points(list(zip(_names(table), minutes, strict=True)), median(minutes), "minutter")


def _draw_updates(table: Table, _: Numbers) -> bytes:
    return shares(_names(table), [share / 100 for share in _counts(table, 3)])


def _draw_forms(table: Table, _: Numbers) -> bytes:
    values = [
        row[1] / row[2] if isinstance(row[1], int) and isinstance(row[2], int) and row[2] else None
        for row in table.rows
    ]
    return shares(_names(table), values)


_DRAW: Mapping[str, Callable[[Table, Numbers], bytes]] = {
    "saker": _draw_cases,
    "systemer": _draw_ranked,
    "virksomheter": _draw_ranked,
    "fellesfeil": _draw_timeline,
    "varsling": _draw_time_to_notice,
    "oppdateringer": _draw_updates,
    "skjema": _draw_forms,
}
