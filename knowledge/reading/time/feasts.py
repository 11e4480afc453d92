"""Norwegian feasts, days off and holidays by name, and working days.

The names people use, eves and school holidays among them, hang on Easter, on a fixed date or on an ordinal weekday, and
are listed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

from knowledge.reading.time.series import (
    FINISH,
    Grain,
    Series,
    Span,
    clamp,
    shifted,
    start_of,
    wall,
    yearly,
)
from knowledge.working_days import is_working_day

DAY = timedelta(days=1)


def working_days() -> Series:
    """Every working day."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        day = start_of(clamp(lo), Grain.DAY)
        while day < hi and day < FINISH:
            if is_working_day(day.date()):
                yield Span(day, day + DAY)
            day = shifted(day, DAY)

    return Series(Grain.DAY, spans)


def working_day_from(start: datetime, count: int) -> datetime:
    """The start of the day `count` working days after (or, negative, before) the one that holds `start`."""
    day, left = start_of(start, Grain.DAY), min(abs(count), 2000)
    step = DAY if count > 0 else -DAY
    while left and day < FINISH:
        day = shifted(day, step)
        left -= is_working_day(day.date())
    return day


SpanIn = Callable[[int], Span]


def _fixed(month: int, day: int, length: int = 1) -> SpanIn:
    def span_in(year: int) -> Span:
        start = wall(year, month, day)
        return Span(start, start + length * DAY)

    return span_in


def _easter(offset: int, length: int = 1) -> SpanIn:
    def span_in(year: int) -> Span:
        sunday = easter(year)
        start = wall(year, sunday.month, sunday.day) + offset * DAY
        return Span(start, start + length * DAY)

    return span_in


def _weekday(month: int, weekday: int, position: int) -> SpanIn:
    """The weekday at `position` in the month; 1 is the first."""

    def span_in(year: int) -> Span:
        first = wall(year, month, 1)
        start = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (position - 1))
        return Span(start, start + DAY)

    return span_in


def _advent(sunday: int) -> SpanIn:
    """The advent Sundays are the four before 25 December."""

    def span_in(year: int) -> Span:
        eve = wall(year, 12, 24)
        fourth = eve - timedelta(days=(eve.weekday() - 6) % 7)
        start = fourth - timedelta(days=7 * (4 - sunday))
        return Span(start, start + DAY)

    return span_in


def _iso_week(number: int) -> SpanIn:
    def span_in(year: int) -> Span:
        start = datetime.fromisocalendar(year, number, 1)
        return Span(start, start + 7 * DAY)

    return span_in


def _black_friday(year: int) -> Span:
    """The Friday after the fourth Thursday of November, which is the first from the 23rd on."""
    first = wall(year, 11, 23)
    start = first + timedelta(days=(4 - first.weekday()) % 7)
    return Span(start, start + DAY)


def _fellesferie(year: int) -> Span:
    """The last three whole weeks of July, as the building trade has it."""
    last = wall(year, 7, 31)
    end = last - timedelta(days=(last.weekday() - 6) % 7) + DAY
    return Span(end - 21 * DAY, end)


# Names as people write them; "|" parts spellings. Holidays of several days have their length.
_FEASTS: Mapping[str, SpanIn] = {
    "nyttårsdag|nyttårsdagen|første nyttårsdag|1. nyttårsdag|nyttår|new year|new year's day|new years day": _fixed(
        1, 1
    ),
    "nyttårsaften|nyttårsaftenen|nyttårsaftan|nyttårskvelden|new year's eve|new years eve": _fixed(12, 31),
    "hellig tre konger|hellige tre konger|hellig tre kongers dag|hellige tre kongers dag|helligtrekongersdag|"
    "trettendedag jul|13. dag jul|epiphany": _fixed(1, 6),
    "tjuendedag jul|20. dag jul": _fixed(1, 13),
    "samefolkets dag|samenes nasjonaldag|samisk nasjonaldag": _fixed(2, 6),
    "valentinsdag|valentinsdagen|valentines|valentines day|valentine's day|alle hjerters dag": _fixed(2, 14),
    "kvinnedagen|kvinnedag|den internasjonale kvinnedagen|internasjonale kvinnedag|women's day": _fixed(3, 8),
    "arbeidernes dag|arbeidarane sin dag|arbeidernes internasjonale kampdag|første mai|fyrste mai": _fixed(5, 1),
    "frigjøringsdagen": _fixed(5, 8),
    "grunnlovsdag|grunnlovsdagen|nasjonaldag|nasjonaldagen|syttende mai|norges nasjonaldag|constitution day": _fixed(
        5, 17
    ),
    "unionsoppløsningen": _fixed(6, 7),
    "sankthans|sankthansaften|st. hans|st hans|st. hansaften|st hansaften|st. hans aften|sankt hans|sankt hans aften|"
    "jonsok|jonsokaften|jonsokkvelden": _fixed(6, 23),
    "olsok": _fixed(7, 29),
    "fn-dagen|fn dagen": _fixed(10, 24),
    "halloween|allehelgensaften": _fixed(10, 31),
    "mortensdag|mortensaften": _fixed(11, 11),
    "lucia|luciadagen|lucia-dagen|luciadag|santa lucia": _fixed(12, 13),
    "lille julaften|lillejulaften|litle julaftan|veslejulaften": _fixed(12, 23),
    "julaften|julaftenen|julaftan|jolaftan|julekvelden|julekveld|christmas eve|xmas eve": _fixed(12, 24),
    "første juledag|fyrste juledag|1. juledag|1 juledag|juledag|juledagen|christmas day|jul|julen|jula|jol|jola|"
    "christmas|xmas|x-mas": _fixed(12, 25),
    "andre juledag|annen juledag|2. juledag|2 juledag|boxing day": _fixed(12, 26),
    "tredje juledag|3. juledag|3 juledag": _fixed(12, 27),
    "fjerde juledag|4. juledag|4 juledag": _fixed(12, 28),
    "romjul|romjula|romjulen|romjola": _fixed(12, 27, 4),
    "juleferie|juleferien|jolaferien|juleferia": _fixed(12, 22, 12),
    "julehelg|julehelga|julehelgen|juledagene|juledagane": _fixed(12, 24, 3),
    "fastelavn|fastelavnssøndag|fastelavenssøndag|fastelavnssøndagen": _easter(-49),
    "blåmandag|fastelavnsmandag": _easter(-48),
    "feitetirsdag|fetetirsdag|hvitetirsdag|shrove tuesday": _easter(-47),
    "askeonsdag|askeonsdagen|ash wednesday": _easter(-46),
    "palmesøndag|palmesøndagen|palmesundag|palm sunday": _easter(-7),
    "skjærtorsdag|skjærtorsdagen|skjertorsdag|maundy thursday": _easter(-3),
    "langfredag|langfredagen|good friday": _easter(-2),
    "påskeaften|påskeaftenen|påskeaftan|påskelørdag|easter saturday": _easter(-1),
    "første påskedag|fyrste påskedag|1. påskedag|1 påskedag|påskedag|påskedagen|påskesøndag|påske|påsken|påska|"
    "påskesundag|easter|easter sunday": _easter(0),
    "andre påskedag|annen påskedag|2. påskedag|2 påskedag|påskemandag|easter monday": _easter(1),
    "påskeferie|påskeferien|påskeferia|påskeuka|påskeuken|påskeveka|påskeuke|den stille uke|den stille uka|"
    "den stille uken": _easter(-8, 10),
    "påskehelg|påskehelga|påskehelgen|påskedagene|påskedagane": _easter(-3, 5),
    "kristi himmelfart|kristi himmelfartsdag|kristi himmelfarts dag|kristi himmelferdsdag|ascension day": _easter(39),
    "pinseaften|pinseaftan": _easter(48),
    "første pinsedag|fyrste pinsedag|1. pinsedag|1 pinsedag|pinsedag|pinse|pinsen|pinsa|pinsedagen|pinsesøndag|"
    "pentecost|whit sunday": _easter(49),
    "andre pinsedag|annen pinsedag|2. pinsedag|2 pinsedag|pinsemandag|whit monday": _easter(50),
    "pinsehelg|pinsehelga|pinsehelgen": _easter(48, 3),
    "treenighetssøndag|trinity sunday": _easter(56),
    "morsdag|morsdagen|mother's day|mothers day": _weekday(2, 6, 2),
    "farsdag|farsdagen|father's day|fathers day": _weekday(11, 6, 2),
    "allehelgensdag|alle helgens dag|allehelgensdagen|all saints day|all saints' day": _weekday(11, 6, 1),
    "black friday": _black_friday,
    "første søndag i advent|1. søndag i advent|første advent|1. advent|første adventssøndag|1. adventssøndag": _advent(
        1
    ),
    "andre søndag i advent|2. søndag i advent|andre advent|2. advent|andre adventssøndag|annen søndag i advent|"
    "2. adventssøndag": _advent(2),
    "tredje søndag i advent|3. søndag i advent|tredje advent|3. advent|tredje adventssøndag|3. adventssøndag": _advent(
        3
    ),
    "fjerde søndag i advent|4. søndag i advent|fjerde advent|4. advent|fjerde adventssøndag|4. adventssøndag": _advent(
        4
    ),
    # School holidays as Oslo has them: the weeks are fixed by number.
    "sommerferie|sommerferien|sommarferie|sommarferien|sommerferia": _fixed(6, 21, 57),
    "vinterferie|vinterferien|vinterferia": _iso_week(8),
    "høstferie|høstferien|haustferien|haustferie|høstferia": _iso_week(40),
    "fellesferie|fellesferien|fellesferia": _fellesferie,
}


def feasts() -> dict[str, Series]:
    """Every spelling with its series of days (grain day; a holiday of several days is one span)."""
    found: dict[str, Series] = {}
    for names, span_in in _FEASTS.items():
        series = yearly(span_in, Grain.DAY)
        for name in names.split("|"):
            found[name] = series
    return found
