"""The plots, as SVG. Importing this loads matplotlib, so only what runs in a process of its own does.

Without a colour of its own everything is black on white, which `inline` turns into the colours of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

_WIDTH, _HEIGHT = 8.0, 3.4  # inches
_LONGEST_LABEL = 48
# Told apart by pattern too, for whoever does not see the colours.
_STYLES = (("#1f4e79", ""), ("#f2a900", "//"), ("#8c8c8c", ".."))


def stacked(weeks: Sequence[str], parts: Sequence[tuple[str, Sequence[int]]], what: str) -> bytes:
    """A column a week, of parts with their names; at most three parts. `what` is what is counted."""
    figure, bottom = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained"), [0] * len(weeks)
    axes = figure.subplots()
    for (name, counts), (colour, hatch) in zip(parts, _STYLES, strict=False):
        axes.bar(weeks, counts, bottom=bottom, label=name, color=colour, hatch=hatch, edgecolor="white")
        bottom = [below + count for below, count in zip(bottom, counts, strict=True)]
    axes.set_ylabel(what)
    _slant(axes)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside upper center", ncols=len(parts))
    return _svg(figure)


def shares(weeks: Sequence[str], values: Sequence[float | None]) -> bytes:
    """A line of shares (0..1) as per cent; a week without a value is a gap."""
    figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    axes = figure.subplots()
    points = [float("nan") if value is None else value * 100 for value in values]
    axes.plot(weeks, points, marker="o", color=_STYLES[0][0])
    axes.set_ylabel("prosent")
    axes.set_ylim(0, max([10.0, *(point * 1.15 for point in points if point == point)]))
    _slant(axes)
    axes.grid(visible=True, axis="y", alpha=0.4)
    return _svg(figure)


def ranked(labels: Sequence[str], counts: Sequence[int], what: str) -> bytes:
    """Horizontal bars, the first on top; `what` is what is counted. A label may have two lines."""
    lines = sum(1 + label.count("\n") for label in labels)
    height = max(1.6, 0.3 * lines + 0.8)
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.subplots()
    places = range(len(labels))
    axes.barh(places, counts, color=_STYLES[0][0])
    axes.set_yticks(places, [_label(label) for label in labels])
    axes.invert_yaxis()
    axes.set_xlabel(what)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return _svg(figure)


def timeline(rows: Sequence[tuple[str, datetime, datetime]]) -> bytes:
    """A bar for each, from its beginning to its end; the first on top."""
    figure = Figure(figsize=(_WIDTH, max(1.6, 0.3 * len(rows) + 1.0)), layout="constrained")
    axes = figure.subplots()
    # Shorter than this nothing would be seen of it.
    span = max(end for _, _, end in rows) - min(start for _, start, _ in rows)
    for place, (_, start, end) in enumerate(rows):
        axes.barh(place, max(end - start, span / 200), left=start, color=_STYLES[0][0])  # type: ignore[arg-type]  # dates are taken
    axes.set_yticks(range(len(rows)), [_label(name) for name, _, _ in rows])
    axes.invert_yaxis()
    as_dates = DateFormatter("%d.%m.%y", tz=rows[0][1].tzinfo)  # type: ignore[no-untyped-call]  # matplotlib's own
    axes.xaxis.set_major_formatter(as_dates)
    _slant(axes)
    axes.grid(visible=True, axis="x", alpha=0.4)
    return _svg(figure)


def points(rows: Sequence[tuple[str, int]], middle: float, what: str) -> bytes:
    """A point for each, in this order, and a broken line at the middle; `what` is what is measured."""
    figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    axes = figure.subplots()
    axes.plot([name for name, _ in rows], [value for _, value in rows], "o", color=_STYLES[0][0])
    axes.axhline(middle, linestyle="--", color=_STYLES[1][0], label=f"median {middle:.0f}")
    axes.set_ylabel(what)
    axes.set_ylim(bottom=0)
    _slant(axes)
    axes.grid(visible=True, axis="y", alpha=0.4)
    figure.legend(loc="outside upper center")
    return _svg(figure)


def _slant(axes: Axes) -> None:
    """Long names under their places, readable and not over each other."""
    axes.tick_params(axis="x", rotation=45)
    for name in axes.get_xticklabels():
        name.set(ha="right", rotation_mode="anchor")


def _label(text: str) -> str:
    # A dollar sign would begin a formula.
    lines = (one if len(one) <= _LONGEST_LABEL else one[: _LONGEST_LABEL - 1] + "…" for one in text.split("\n"))
    return "\n".join(lines).replace("$", r"\$")


def _svg(figure: Figure) -> bytes:
    """The same numbers give the same bytes: no date, and no random names inside."""
    out = BytesIO()
    # Text stays text: it is smaller, and whoever reads the page hears or copies it.
    with mpl.rc_context({"svg.hashsalt": "losen", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
