"""What the words of time mean before a direction picks one moment: `When`, `Length` and the numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from knowledge.reading.time import feasts
from knowledge.reading.time.moment import OSLO, Bound
from knowledge.reading.time.series import (
    BEGIN,
    FINISH,
    Grain,
    Series,
    Span,
    add,
    add_months,
    clamp,
    daily,
    fixed,
    inside,
    merged,
    shifted,
    start_of,
    wall,
)


@dataclass(frozen=True, slots=True)
class Context:
    """`now` is naive Oslo wall time with its fold."""

    now: datetime

    @property
    def today(self) -> datetime:
        """The start of today."""
        return start_of(self.now, Grain.DAY)

    def day(self, offset: int) -> datetime:
        """The start of the day `offset` days from today."""
        return shifted(self.today, timedelta(days=offset))


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal or decimal; `estimate` for "et par", "noen"; `article` for "en/et/ei", which often only is one;
    `worded` when it was written in letters."""

    value: float
    estimate: bool = False
    article: bool = False
    worded: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time by units: years and months apart from days and from what a clock measures."""

    months: int = 0
    days: int = 0
    minutes: float = 0.0
    grain: Grain = Grain.DAY
    estimate: bool = False
    working: bool = False

    def plus(self, other: Length) -> Length:
        """Both, one after the other; as fine as the finer."""
        return Length(
            self.months + other.months,
            self.days + other.days,
            self.minutes + other.minutes,
            min(self.grain, other.grain),
            self.estimate or other.estimate,
        )

    def from_point(self, point: datetime, sign: int) -> datetime:
        """The point moved; hours and minutes run in real time, so a clock change in between does not bend them."""
        if self.working:
            return feasts.working_day_from(point, sign * self.days)
        moved = add_months(point, sign * max(min(self.months, 3000), -3000))
        moved = add(moved, Grain.DAY, sign * self.days)
        if not self.minutes:
            return moved
        try:
            absolute = moved.replace(tzinfo=OSLO).astimezone(UTC) + timedelta(minutes=sign * self.minutes)
            return clamp(absolute.astimezone(OSLO).replace(tzinfo=None))
        except (OverflowError, ValueError):
            return moved


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said. `vague` hours may be either half of the day ("halv ni"); with `open_half` the number is
    taken as it stands unless a part of the day moves it ("kl 8" is 08:00, "kl 8 i kveld" is 20:00). `figure`: in
    figures, so that without any direction it is read by the 24-hour clock."""

    hour: int
    minute: int = 0
    grain: Grain = Grain.MINUTE
    second: int = 0
    vague: bool = False
    open_half: bool = False
    figure: bool = False

    @property
    def total(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute

    def at_half(self, half: int) -> Clock:
        """The same in the first (0) or second (1) half of the day, fixed."""
        return Clock(self.hour % 12 + 12 * half, self.minute, self.grain, self.second)

    def series(self) -> Series:
        """Every day at that time."""
        length = {Grain.HOUR: 3600, Grain.MINUTE: 60}.get(self.grain, 1)
        start = 60 * self.total + self.second
        one = daily(start, length, self.grain)
        return merged(one, daily((start + 43200) % 86400, length, self.grain)) if self.vague else one


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, in minutes from its midnight; `end` above 1440 reaches into the next day."""

    start: int
    end: int
    at_night: bool = False

    def series(self) -> Series:
        """Every day's such part."""
        return daily(60 * self.start, 60 * (self.end - self.start), Grain.PART)

    def covers(self, clock: Clock) -> bool:
        """The clock lies in this part; an hour's slack, since nobody agrees where morning ends."""
        return any(self.start - 60 <= clock.total + day < self.end + 60 for day in (-1440, 0, 1440))

    def holds(self, clock: Clock) -> Clock:
        """The clock in the half of the day that lies in this part, or as it stood when neither does."""
        if not (clock.vague or clock.open_half):
            return clock
        for half in (0, 1):
            total = clock.at_half(half).total
            if self.start <= total < self.end or self.start <= total + 1440 < self.end:
                return clock.at_half(half)
        return clock


@dataclass(frozen=True, slots=True)
class When:
    """A time as said: a series, and what is known of how it was said.

    - `kind`: what sort of thing it is ("weekday", "day+clock" ...); two of a kind are never put together.
    - `coming`: a weekday that is not today's.
    - `ranged`: its spans are ranges with an end that was said.
    - `shown`: overrides the precision where a span is exact but the words are not ("for tre dager siden").
    - `back`: the words themselves point back ("sist", "siden").
    - `otherwise`: to fall back on when the nearest span is years away (a date whose weekday does not fit).
    - `bare`: a number without "kl" ("til 2"), a time only where a time was asked for.
    - `window`: where its span lies when the words fix it themselves ("i går").
    """

    series: Series
    kind: str
    coming: bool = False
    ranged: bool = False
    estimate: bool = False
    bound: Bound = "at"
    clock: Clock | None = None
    part: Part | None = None
    shown: Grain | None = None
    back: bool = False
    otherwise: Series | None = None
    bare: bool = False
    window: Span | None = None

    @property
    def settled(self) -> bool:
        """The words fix it themselves ("i går"), so a direction has no say."""
        return self.window is not None

    @property
    def grain(self) -> Grain:
        """The grain of its series."""
        return self.series.grain

    def about(self) -> When:
        """The same, marked as an estimate."""
        return replace(self, estimate=True)


def of_clock(clock: Clock, estimate: bool = False) -> When:
    """A time of day on any day."""
    return When(clock.series(), "clock", clock=clock, estimate=estimate)


def of_part(part: Part) -> When:
    """A part of any day."""
    return When(part.series(), "part", part=part, ranged=True)


def settled(start: datetime, end: datetime, grain: Grain, kind: str, ranged: bool = False) -> When:
    """The one span the words fix."""
    return When(fixed(start, end, grain), kind, ranged=ranged, window=Span(start, end))


def unit_now(context: Context, grain: Grain, offset: int = 0) -> When:
    """The day, week, month, quarter or year `offset` from the one that is."""
    kind = {Grain.DAY: "day", Grain.WEEK: "week", Grain.MONTH: "month", Grain.QUARTER: "quarter"}.get(grain, "year")
    start = add(start_of(context.now, grain), grain, offset)
    return settled(start, add(start, grain, 1), grain, kind)


def share_a_kind(first: When, second: When) -> bool:
    """Whether something is said twice, such as the day: then the two are not one time."""
    return not set(first.kind.split("+")).isdisjoint(second.kind.split("+"))


def both(first: When, second: When) -> When | None:
    """The two together: the finer inside the coarser; None when they can never meet."""
    if share_a_kind(first, second):
        return None
    if first.bound != "at" or second.bound != "at":
        return None
    coarse, fine = _coarse_and_fine(first, second)
    if coarse.grain <= Grain.HOUR or (coarse.settled and fine.settled and coarse.grain == fine.grain):
        return None
    clock, series = fine.clock, fine.series
    if clock is not None and fine.kind == "clock":
        clock = _in_coarse(clock, coarse)
        if clock is None:
            return None
        series = clock.series()
    joined = inside(series, coarse.series)
    window = coarse.window or fine.window
    if window is not None and next(joined.spans(window.start, window.end), None) is None:
        return None
    return When(
        joined,
        f"{coarse.kind}+{fine.kind}",
        window=window,
        otherwise=None if coarse.otherwise is None else inside(series, coarse.otherwise),
        coming=coarse.coming,
        ranged=fine.ranged,
        estimate=coarse.estimate or fine.estimate,
        clock=clock,
        part=fine.part or coarse.part,
        back=coarse.back or fine.back,
        # "I formiddag ca. 11": beside a part of a day that is named, a number is its hour.
        bare=(coarse.bare or fine.bare) and coarse.grain < Grain.DAY and not coarse.settled,
    )


def _coarse_and_fine(first: When, second: When) -> tuple[When, When]:
    if first.grain == second.grain:
        # "fredag 13.", "mandag i påska": what is rarer holds the other.
        return (second, first) if first.kind == "weekday" else (first, second)
    return (first, second) if first.grain > second.grain else (second, first)


def _in_coarse(clock: Clock, coarse: When) -> Clock | None:
    """The clock as it is meant inside the coarser time; None when it lies in another part of the day."""
    if coarse.part is not None:
        moved = coarse.part.holds(clock)
        return moved if coarse.part.covers(moved) or coarse.estimate else None
    if clock.vague and coarse.grain >= Grain.DAY:
        # A day was named: "halv ni i går" is in the morning, "halv tre i går" in the afternoon; people work 6-18.
        return clock.at_half(0 if clock.at_half(0).total >= 6 * 60 else 1)
    return clock


def known_span(when: When) -> Span | None:
    """The first span of a settled time; None when it has none."""
    window = when.window or Span(BEGIN, FINISH)
    return next(when.series.spans(window.start, window.end), None)


def in_year(when: When, year: int) -> When | None:
    """The when in that year only; None when it has none there."""
    whole = fixed(wall(year, 1, 1), wall(year + 1, 1, 1), Grain.YEAR)
    span = next(inside(when.series, whole).spans(wall(year, 1, 1), wall(year + 1, 1, 1)), None)
    return None if span is None else settled(span.start, span.end, when.grain, when.kind, when.ranged)
