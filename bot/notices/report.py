"""How far a notice has got: each line of its history, at each target and with the people who want to hear of it.

Every failure stands there with its reason, and so does what may have arrived and nobody can look up (G 5.1.2.2).
"""

from __future__ import annotations

from typing import Any

from bot.store.messages import MessageState
from bot.store.port import Session
from bot.store.records import POSTING, OutboxRecord, RowState
from dialogs.case import Notice

_POST_STATE = {
    RowState.QUEUED: "queued",
    RowState.LEASED: "queued",
    RowState.DONE: "sent",
    RowState.FAILED: "failed",
    RowState.CANCELLED: "failed",
}


def delivery_report(session: Session, notice: Notice, most: int | None = None) -> dict[str, Any]:
    """As JSON: "ref", "what", and a list "lines" of {"line", "kind", "at", "before", "posts", "people", "undelivered"}.

    before: what the facts that the line changed were, by name. posts: {"target", "state", "reason"}; people: how many
    by state; undelivered: {"person", "name", "state", "reason"}, at most `most` of each notice. States are queued,
    sent, failed and uncertain, of a post also confirmed: a person (the reason) has said that it is there. Posts that
    were made some days ago are forgotten (KEEP_PROCESSED_DAYS), failures are not.
    """
    posts: dict[int, list[dict[str, str]]] = {}
    for row in session.outbox.of_ref(notice.ref, POSTING):
        version = Notice.from_json(row.payload["notice"])
        posts.setdefault(len(version.history) - 1, []).append(_post(row))
    counts = session.messages.counts(notice.ref)
    undelivered: dict[int, list[dict[str, str]]] = {}
    for one in session.messages.undelivered(notice.ref, most):
        profile = session.people.profile(one.person_id)
        entry = {"person": one.person_id, "name": profile.name if profile else "", "state": one.state.value}
        undelivered.setdefault(one.line, []).append({**entry, "reason": one.reason})
    return {
        "ref": notice.ref,
        "what": notice.what,
        "lines": [
            {
                "line": number,
                "kind": line.kind,
                "at": line.at.isoformat(),
                "before": dict(line.before),
                "posts": posts.get(number, []),
                "people": _people(counts.get(number, {})),
                "undelivered": undelivered.get(number, []),
            }
            for number, line in enumerate(notice.history)
        ],
    }


def report_lines(report: dict[str, Any]) -> list[str]:
    """For people."""
    told = [f"{report['ref']}  {report['what']}"]
    for line in report["lines"]:
        told.append(f"{line['at'][:16]}  {line['kind']}")
        told += [f"  {name} was: {value}" for name, value in line["before"].items()]
        told += [f"  {post['state']:<9} {post['target']:<28} {post['reason'] or '-'}" for post in line["posts"]]
        people = ", ".join(f"{count} {state}" for state, count in line["people"].items() if count)
        told.append(f"  people: {people or 'none'}")
        told += [
            f"  {one['state']:<9} {one['name'] or one['person']:<28} {one['reason']}" for one in line["undelivered"]
        ]
    return told


def _post(row: OutboxRecord) -> dict[str, str]:
    state = "uncertain" if row.state is RowState.FAILED and row.uncertain else _POST_STATE[row.state]
    if row.state is RowState.DONE and row.uncertain and row.last_error:
        state = "confirmed"
    return {"target": str(row.payload["target"]), "state": state, "reason": row.last_error}


def _people(counts: Any) -> dict[str, int]:
    waiting = counts.get(MessageState.QUEUED, 0) + counts.get(MessageState.SENDING, 0)
    final = {one.value: counts.get(one, 0) for one in (MessageState.SENT, MessageState.FAILED, MessageState.UNCERTAIN)}
    return {"queued": waiting, **final}
