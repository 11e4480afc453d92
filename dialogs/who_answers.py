"""The desk's phone: how to call it, and who answers at this hour (G 4.3)."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.replies import Link
from knowledge.opening_hours import Staffing, next_opening, staffing


def staffing_text(talk: Conversation) -> str:
    """Who answers the phone now (G 4.3)."""
    organisation, now = talk.knowledge.organisation, talk.situation.now
    match staffing(organisation, now):
        case Staffing.OPEN:
            return talk.text("hours.open")
        case Staffing.ONE_ON_DUTY:
            return talk.text("hours.one_on_duty")
        case Staffing.CLOSED:
            opens = show_moment(next_opening(organisation, now), talk.state.language, now)
            return talk.text("hours.closed", opens=opens)


def call(talk: Conversation) -> Link:
    """The link that phones the desk."""
    return Link(talk.text("critical.call"), "tel:" + "".join(talk.knowledge.organisation.phone.split()))
