"""When the desk is open on a day that somebody asks about (G 4.3): "er dere åpne julaften?".

The guide's own answer gives the rule; whoever names a day wants to know about that day.
"""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.conversation import Conversation
from dialogs.dates import show_date
from knowledge.reading import Moment, read_moment
from knowledge.reading.time import begins_with_time
from knowledge.working_days import is_working_day

# The guide's answers about when the desk is staffed.
_ABOUT_HOURS = frozenset({"opening_hours", "out_of_hours"})
# "I romjula" is answered day by day; a month is not.
_MOST_DAYS = 7


def answer(talk: Conversation, text: str) -> bool:
    """Answer for the days named; False when the text names none, or asks something else."""
    if not talk.knowledge.guide.may_ask_for(_ABOUT_HOURS, text, begins_with_time):
        return False  # most messages: no time need be read in them
    moment = read_moment(text, talk.situation.now, "future")
    if moment is None or moment.precision in ("month", "year"):
        return False
    asked = talk.knowledge.guide.answer(" ".join(text.replace(moment.text, " ").split()))
    days = _days(moment)
    if asked is None or asked.id not in _ABOUT_HOURS or not 0 < len(days) <= _MOST_DAYS:
        return False
    open_days = [day for day in days if is_working_day(day)]
    lines = [_line(talk, day, day in open_days) for day in days]
    if open_days:
        lines.append(talk.text("opening.one_on_duty"))
    if len(open_days) < len(days):
        lines.append(talk.text("opening.while_closed"))
    talk.reply_text("\n".join(lines), asked.chapter)
    return True


def _line(talk: Conversation, day: date, is_open: bool) -> str:
    shown = show_date(day, talk.state.language, talk.situation.now.date())
    return talk.text("opening.open" if is_open else "opening.closed", day=shown[:1].upper() + shown[1:])


def _days(moment: Moment) -> list[date]:
    first = moment.at.date()
    last = first if moment.end is None else max(first, (moment.end - timedelta(microseconds=1)).date())
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
