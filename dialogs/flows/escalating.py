"""A case that needs more attention than it gets, or is not handled well (G 5.2).

It is said in the case first, so that it is documented there; the desk gets it as a hand-over too, and the person the
ways to reach them: by e-mail, and by phone while somebody answers it.
"""

from __future__ import annotations

from urllib.parse import quote

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.effects import CommentCase, HandOver
from dialogs.flows import which_case
from dialogs.flows.commenting import may_say
from dialogs.replies import Link
from dialogs.state import Pending
from dialogs.who_answers import call, staffing_text
from knowledge.opening_hours import Staffing, staffing


def start(talk: Conversation, ref: str, why: str = "") -> None:
    """ "Klage", "eskaler", "det haster mer nå": the case named, talked about or chosen; the reason is asked for."""
    if ref:
        case = may_say(talk, ref)
    else:
        open_cases = [one for one in talk.situation.cases if one.is_open]
        case = which_case.find(talk, open_cases, lambda one: f"escalate:{one.ref}")
    if case is None:
        return
    if why:
        take(talk, case.ref, why)
    else:
        talk.say("escalate.why", ref=case.ref, title=case.title)
        talk.ask(Pending("escalate", case.ref))


def take(talk: Conversation, ref: str, why: str) -> None:
    """The reason came: into the case, and to those who can do something about it."""
    talk.close_question()
    case = may_say(talk, ref)
    if case is None:
        return
    to_desk = not case.first_line
    name = talk.knowledge.organisation.desk_short if to_desk else talk.case_text("escalate.first_line_name")
    text = talk.case_text("comment.greeting", name=name, text=talk.case_text("escalate.comment", why=why))
    talk.effect(CommentCase(case.ref, text))
    talk.effect(HandOver("desk" if to_desk else "1linje", _summary(talk, case, why)))
    if to_desk:
        _say_ways(talk, case)
    else:
        talk.say("escalate.done_first_line", ref=case.ref)


def _summary(talk: Conversation, case: Case, why: str) -> str:
    """What the desk reads: in bokmål, with the reason in the person's own words."""
    return talk.case_text(
        "escalate.summary",
        ref=case.ref,
        number=case.kompass.id if case.kompass else "–",
        title=case.title,
        route=case.route,
        name=talk.situation.person.name,
        why=why,
    )


def _say_ways(talk: Conversation, case: Case) -> None:
    organisation = talk.knowledge.organisation
    subject = quote(talk.case_text("escalate.subject", ref=case.ref, title=case.title), safe="")
    links = (Link(organisation.email, f"mailto:{organisation.email}?subject={subject}"),)
    talk.say("escalate.done", ref=case.ref, links=links)
    if staffing(organisation, talk.situation.now) is Staffing.CLOSED:
        talk.say("escalate.closed", hours=staffing_text(talk))
        return
    talk.say("escalate.phone", hours=staffing_text(talk), links=(call(talk),))
