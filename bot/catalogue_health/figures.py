"""The plots of the page, as SVG. Importing this loads matplotlib, so only the command that needs it does."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

_WIDTH, _HEIGHT = 8.0, 3.4  # inches
_LONGEST_LABEL = 48
# Told apart by pattern too, for whoever does not see the colours.
_STYLES = (("#1f4e79", ""), ("#f2a900", "//"), ("#8c8c8c", ".."))


def stacked(weeks: Sequence[str], parts: Sequence[tuple[str, Sequence[int]]]) -> bytes:
    """A column a week, of parts with their names; at most three parts."""
    figure, bottom = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained"), [0] * len(weeks)
    axes = figure.subplots()
    for (name, counts), (colour, hatch) in zip(parts, _STYLES, strict=False):
        axes.bar(weeks, counts, bottom=bottom, label=name, color=colour, hatch=hatch, edgecolor="white")
        bottom = [below + count for below, count in zip(bottom, counts, strict=True)]
    axes.set_ylabel("meldinger")
    axes.tick_params(axis="x", rotation=45)
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
    axes.tick_params(axis="x", rotation=45)
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


def _label(text: str) -> str:
    # A dollar sign would begin a formula.
    lines = (one if len(one) <= _LONGEST_LABEL else one[: _LONGEST_LABEL - 1] + "…" for one in text.split("\n"))
    return "\n".join(lines).replace("$", r"\$")


def _svg(figure: Figure) -> bytes:
    """The same numbers give the same bytes: no date, and no random names inside."""
    out = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "losen"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
