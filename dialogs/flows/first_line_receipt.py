"""What an employee is told when the report is with the own 1.linje, and how to report it by their chosen way too.

Each virksomhet chooses how its employees reach 1.linje (G 3.2.1). Every case lies in the inbox here, so that nothing
is lost; where 1.linje works elsewhere, or nobody reads the inbox, the way there comes with a text ready to send. What
the bot has not done itself, it does not say is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.replies import Choice, Link
from dialogs.state import UNKNOWN_VALUE
from dialogs.texts import DEFAULT_LANGUAGE
from knowledge.checklists import AskedWhen
from knowledge.organisation import FirstLine, FirstLineWay

# Mail programs and browsers cut longer links.
MAX_LINK = 1500
MAX_TEXT = 1500


def say(talk: Conversation, case: Case, choices: Sequence[Choice]) -> None:
    """The receipt, and the way when there is one to go."""
    virksomhet = talk.knowledge.organisation.virksomheter.get(case.first_line)
    reads = talk.situation.first_line_reads
    if virksomhet is None:
        talk.say("receipt.first_line_unknown", ref=case.ref, virksomhet=case.first_line, choices=choices)
        return
    talk.say("receipt.first_line" if reads else "receipt.first_line_unread", ref=case.ref, choices=choices)
    way = virksomhet.first_line
    if way.way is FirstLineWay.LOKAL_SERVICEDESK and reads:
        return
    if way.way is FirstLineWay.EMAIL:
        link = Link(talk.text("forvalter.write_to"), mail_link(talk, way.target, case))
        talk.say("receipt.way_email", label=way.label, address=way.target, links=(link,))
    else:
        key = "receipt.way_teams" if way.way is FirstLineWay.TEAMS else "receipt.way_link"
        talk.say(key, label=way.label, text=ready_text(talk, case), links=(_link(way),))


def ready_text(talk: Conversation, case: Case) -> str:
    """The report as a text to paste, at most `MAX_TEXT` characters. Who pays stands first, where no cut takes it."""
    lines = [talk.case_text("receipt.ready_ref", ref=case.ref), *_billing_lines(talk, case), case.description]
    return _cut("\n".join(lines), MAX_TEXT)


def mail_link(talk: Conversation, address: str, case: Case) -> str:
    """A mailto link with subject and body, percent-encoded, at most `MAX_LINK` characters in all."""
    head = f"mailto:{address}?subject={quote(case.title, safe='')}&body="
    text = ready_text(talk, case)
    room = MAX_LINK - len(head)
    length = len(text)
    # A character takes one to twelve in the link, so the longest beginning that fits is looked for.
    while length > 0 and len(quote(_cut(text, length), safe="")) > room:
        length -= max(1, (len(quote(_cut(text, length), safe="")) - room) // 12)
    return head + quote(_cut(text, length), safe="")


def _billing_lines(talk: Conversation, case: Case) -> tuple[str, ...]:
    """Who pays, a "label: value" each (G 5.1.3): they stand beside the description in a case, so no text has them."""
    told, asked = case.billing or {}, talk.knowledge.checklists["service"]
    paying = [item for item in asked if item.asked_when is AskedWhen.BILLING and item.key in told]
    unknown = talk.case_text("value.unknown")
    return tuple(
        f"{item.label[DEFAULT_LANGUAGE]}: {unknown if told[item.key] == UNKNOWN_VALUE else told[item.key]}"
        for item in paying
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: max(0, length - 1)].rstrip() + "…"


def _link(way: FirstLine) -> Link:
    return Link(way.label, way.target)
