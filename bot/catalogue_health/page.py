"""The page itself: one file that asks nobody for anything, every plot with an alternative text and a table."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from bot.catalogue_health.numbers import ENOUGH, Health, Week
from bot.plots.figures import ranked, shares, stacked

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; }
figure { margin: 0 0 1rem; } img { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin-bottom: 2rem; } caption { text-align: left; font-weight: bold; }
th, td { border: 1px solid #767676; padding: .25rem .6rem; text-align: left; } td.n { text-align: right; }
"""
_HEAD = """<!DOCTYPE html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
"""

Cell = str | int


def page_of(health: Health) -> str:
    """The page as HTML, in bokmål."""
    span = f"{health.first:%d.%m.%Y}–{health.last:%d.%m.%Y}"
    total = sum(week.answered + week.asked + week.refused for week in health.weeks)
    parts = [
        _HEAD,
        f"<title>Katalogens helse {span}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n",
        f"<h1>Katalogens helse</h1>\n<p>{span}: {total} meldinger. Siden har bare tall, titler på skjemaer og "
        "enkeltord; ingen meldinger og ingen navn på dem som skrev.</p>\n",
        _messages(health.weeks),
        _corrected(health.weeks),
        _confused(health.confused),
        _never_reached(health.never_reached),
        _unknown_words(health.unknown_words),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _messages(weeks: Sequence[Week]) -> str:
    counts = [("ett skjema", [week.answered for week in weeks]), ("spurte", [week.asked for week in weeks]),
              ("ingen skjemaer", [week.refused for week in weeks])]  # fmt: skip
    if not any(any(of_part) for _, of_part in counts):
        return _nothing("Meldinger i uken")
    sums = ", ".join(f"{sum(of_part)} {name}" for name, of_part in counts)
    return _section(
        "Meldinger i uken",
        "Hva Losen gjorde: foreslo ett skjema, spurte hvilket, eller hadde ingen.",
        stacked([week.name for week in weeks], counts, "meldinger"),
        f"Stolper for hver uke, delt etter hva Losen gjorde. I alt: {sums}.",
        ("Uke", "Ett skjema", "Spurte", "Ingen skjemaer"),
        [(week.name, week.answered, week.asked, week.refused) for week in weeks],
    )


def _corrected(weeks: Sequence[Week]) -> str:
    known = [week.share_corrected for week in weeks if week.share_corrected is not None]
    if not known:
        return _nothing("Andel rettet")
    return _section(
        "Andel rettet",
        "Hvor ofte folk valgte et annet skjema enn det Losen hadde først, eller ingen av dem.",
        shares([week.name for week in weeks], [week.share_corrected for week in weeks]),
        f"Linje over ukene. Lavest {_percent(min(known))}, høyest {_percent(max(known))}, sist {_percent(known[-1])}.",
        ("Uke", "Rettet", "Av", "Andel"),
        [(week.name, week.corrected, week.answered + week.asked, _percent(week.share_corrected)) for week in weeks],
    )


def _confused(pairs: Sequence[tuple[str, str, int]]) -> str:
    if not pairs:
        return _nothing("Skjemaer som blir tatt for hverandre")
    proposed, chosen, count = pairs[0]
    return _section(
        "Skjemaer som blir tatt for hverandre",
        "Losen hadde det ene først, og folk valgte det andre. Skriv hva som skiller dem, eller flere eksempler.",
        ranked([f"{one}\n→ {other}" for one, other, _ in pairs], [often for _, _, often in pairs], "ganger"),
        f"Liggende stolper for {len(pairs)} par. Oftest: «{proposed}» ble rettet til «{chosen}», {count} ganger.",
        ("Foreslått", "Valgt", "Ganger"),
        pairs,
    )


def _never_reached(categories: Sequence[tuple[str, int, int]]) -> str:
    if not categories:
        return _nothing("Skjemaer ingen har nådd")
    name, count, size = categories[0]
    return _section(
        "Skjemaer ingen har nådd",
        "Skjemaer som verken ble foreslått eller valgt. Noen trengs sjelden; andre finner ingen fram til.",
        ranked([one for one, _, _ in categories], [never for _, never, _ in categories], "skjemaer"),
        f"Liggende stolper for {len(categories)} kategorier. Flest i «{name}»: {count} av {size} skjemaer.",
        ("Kategori", "Ikke nådd", "Skjemaer i alt"),
        categories,
    )


def _unknown_words(words: Sequence[tuple[str, int]]) -> str:
    if not words:
        return _nothing("Ord uten treff")
    word, count = words[0]
    return _section(
        "Ord uten treff",
        f"Ord Losen ikke kjenner, i minst {ENOUGH} meldinger. Ord som bare er skrevet med stor forbokstav, er utelatt, "
        "for de er oftest navn.",
        ranked([one for one, _ in words], [often for _, often in words], "meldinger"),
        f"Liggende stolper for {len(words)} ord. Oftest: «{word}», i {count} meldinger.",
        ("Ord", "Meldinger"),
        words,
    )


def _section(
    title: str, about: str, plot: bytes, alternative: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in columns)
    body = "".join(f"<tr>{''.join(_cell(one) for one in row)}</tr>\n" for row in rows)
    return (
        f"<section>\n<h2>{escape(title)}</h2>\n<p>{escape(about)}</p>\n<figure>"
        f'<img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{b64encode(plot).decode()}"></figure>\n'
        f"<table>\n<caption>{escape(title)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n"
        "</table>\n</section>\n"
    )


def _nothing(title: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n<p>Ingenting i denne tiden.</p>\n</section>\n"


def _cell(value: Cell) -> str:
    return f'<td class="n">{value}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"
