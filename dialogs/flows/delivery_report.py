"""How far a notice has got, for the desk: asked for in the chat, told as soon as it is read."""

from __future__ import annotations

import json
from typing import Any

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.effects import ReportDelivery
from dialogs.events import Happened
from dialogs.flows import post_settling
from dialogs.flows.notice_rights import may_publish
from dialogs.places import place_name
from dialogs.replies import Row, Summary

_STATES = ("sent", "queued", "failed", "uncertain")
MOST_NAMED = 10
"""People who did not get it that are named here; the command names all."""


def ask(talk: Conversation, ref: str) -> None:
    """ "Leveringsrapport D-2026-0001"; without a reference, of the newest notice that stands."""
    if Role.USS not in talk.roles:
        talk.say("notice.not_allowed")
        return
    ref = ref.upper() or next((notice.ref for notice in talk.situation.notices), "")
    if not ref:
        talk.say("notice.none_active")
        return
    talk.effect(ReportDelivery(ref))
    talk.say("delivery.asked", ref=ref)


def tell(talk: Conversation, event: Happened) -> None:
    """The report itself; `event.detail["text"]` is what `bot/notices/report.py` makes, as JSON."""
    report: dict[str, Any] = json.loads(event.detail["text"])
    rows: list[Row] = []
    for line in report["lines"]:
        kind = talk.text(f"delivery.{line['kind']}")
        told = [f"{place_name(talk, post['target'])}: {_state(talk, post)}" for post in line["posts"]]
        people = [
            f"{line['people'][state]} {talk.text(f'delivery.{state}')}" for state in _STATES if line["people"][state]
        ]
        if people:
            told.append(talk.text("delivery.people", counts=", ".join(people)))
        told += [f"{one['name'] or one['person']}: {_state(talk, one)}" for one in line["undelivered"]]
        rows.append(
            Row(f"{kind} {line['at'][11:16].replace(':', '.')}", "\n".join(told) or talk.text("delivery.nothing"))
        )
    choices = post_settling.choices_of_all(talk, report["ref"]) if may_publish(talk) else ()
    title = talk.text("delivery.title", ref=report["ref"], what=report["what"])
    question = talk.text("posting.look") if choices else ""
    talk.reply(Summary(title=title, rows=tuple(rows), choices=choices, question=question))


def _state(talk: Conversation, one: dict[str, str]) -> str:
    state = talk.text(f"delivery.{one['state']}")
    return f"{state} ({one['reason']})" if one["reason"] and one["state"] != "sent" else state
