"""A clock said alone speaks of a day that is known already: "siden i går kl. 08.15", then "det var 07.15".

Which day a bare clock means is only a guess, and a line that has a day needs none. At a notice that promises the next
update, a clock and nothing else is that promise (G 4.3): what began does not begin again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from dialogs.conversation import Conversation
from dialogs.shown_answers import show_said_time
from dialogs.state import UNKNOWN_VALUE, Answer, Draft

_BEGAN = re.compile(
    r"\b(?:var|begynte|byrja|starta|startet|skjedde|siden|sidan|fra|frå|was|since|began|started|from)\b", re.IGNORECASE
)


def on_known_day(talk: Conversation, known: Answer | None, said: Answer) -> Answer:
    """What was said as the new value of a line, on the day that the line has; a day that was said is left alone."""
    if known is None or known.time is None or said.time is None or not said.time.clock_alone:
        return said
    if known.time.words and not known.time.with_time:
        return said  # "forrige uke" is no day
    day, clock = datetime.fromisoformat(str(known.value)), datetime.fromisoformat(str(said.value))
    if day.tzinfo is None or clock.tzinfo is None:
        return said  # a line that holds a day only has no clock to put right
    now = talk.situation.now
    at = clock.replace(year=day.year, month=day.month, day=day.day)
    if (at > now) != (day > now):
        return said  # what lies behind does not come to lie ahead
    value = at.isoformat()
    return replace(said, value=value, shown=show_said_time(talk, value, said.time, talk.state.language))


def is_promise(draft: Draft, said: Answer, text: str) -> bool:
    """Whether a time read as the beginning of a notice is rather when the next update comes."""
    promised = draft.answers.get("next_update_at")
    return (
        draft.kind == "notice"
        and promised is not None
        and promised.value != UNKNOWN_VALUE
        and said.time is not None
        and said.time.clock_alone
        and not _BEGAN.search(text)
    )
