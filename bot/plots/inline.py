"""A plot as part of a page: its text is the page's, and its colours follow light and dark (`--plot-…` in losen.css)."""

from __future__ import annotations

import re

_COLOURS = {
    "#000000": "currentColor",
    "#ffffff": "var(--plot-paper)",
    "#1f4e79": "var(--plot-1)",
    "#f2a900": "var(--plot-2)",
    "#8c8c8c": "var(--plot-3)",
    "#b0b0b0": "var(--plot-line)",
    "#cccccc": "var(--plot-line)",
}
"""What `figures` and matplotlib draw with, and what it is on the page."""

_HEAD = re.compile(r"^.*?(?=<svg )", re.DOTALL)
# What says who made it, and rules that would hold for the whole page.
_UNWANTED = re.compile(r"<metadata>.*?</metadata>|<style .*?</style>", re.DOTALL)
_SIZE = re.compile(r' (?:width|height)="[0-9.]+pt"')
_FONT = re.compile(r"font-family: [^;\"]*;? ?")
_COLOUR = re.compile("|".join(_COLOURS))
_ID = re.compile(r'(\bid="|url\(#|xlink:href="#)')


def inline(svg: bytes, name: str) -> str:
    """The SVG for the middle of a page. `name` is the plot's own there, so that ids of two never meet."""
    text = _HEAD.sub("", svg.decode())
    text = _SIZE.sub("", _UNWANTED.sub("", text), count=2)
    text = _COLOUR.sub(lambda found: _COLOURS[found.group()], _FONT.sub("", text))
    text = _ID.sub(lambda found: f"{found.group()}{name}-", text)
    return text.replace("<svg ", '<svg class="plot" aria-hidden="true" focusable="false" ', 1).replace("\n", " ")
