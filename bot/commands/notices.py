"""`notices`: the notices that are stored, as everybody may read them or with what only the closed groups get.

`notices report REF`: how far one has got.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.commands.installation import local_settings, organisation_of, with_store
from bot.store.promises import Punctuality
from knowledge.errors import LosenError

if TYPE_CHECKING:
    from bot.store.port import Session, Store
    from knowledge.notice_reach import NoticeReach


def add_commands(commands: Any) -> None:
    """Add them to the front door's commands."""
    what = "the notices that are stored"
    notices = commands.add_parser("notices", help=what, description=what)
    notices.add_argument("--json", action="store_true", help="as a JSON list")
    notices.add_argument("--closed", action="store_true", help="with what only the closed groups may read")
    notices.set_defaults(run=_list)
    actions = notices.add_subparsers(metavar="ACTION")
    what = "how far a notice has got: every target and every person, failures with their reason"
    report = actions.add_parser("report", help=what, description=what)
    report.add_argument("ref", help="such as D-2026-0001")
    report.add_argument("--json", action="store_true", help="as JSON")
    report.set_defaults(run=_report)


async def list_notices(store: Store, reach: NoticeReach, now: datetime, closed: bool = False) -> list[dict[str, Any]]:
    """Every notice everybody may read, oldest first; with `closed`, what only the closed groups get too.

    "promised_updates": how many came in time ("kept"), came late or are late, and are still to come ("open").
    "affected_people": how many have said that it hits them.
    """

    def read(session: Session) -> list[dict[str, Any]]:
        entries = []
        for notice in session.notices.all():
            if closed or reach.shows_on_portal(notice.groups):
                told = notice if closed else notice.open_version()
                promised = asdict(session.promises.punctuality(now, notice.ref))
                affected = session.affected.count(notice.ref)
                entries.append({**told.to_json(), "promised_updates": promised, "affected_people": affected})
        return entries

    return await store.read(read)


def notice_lines(notices: list[dict[str, Any]]) -> list[str]:
    """Notices for people, a line each, and how well promises were kept."""
    lines = [f"{notice['ref']}  {notice['status']:<10} {notice['type']:<12} {notice['what']}" for notice in notices]
    counted = [Punctuality(**notice["promised_updates"]) for notice in notices]
    total = Punctuality(sum(one.kept for one in counted), sum(one.late for one in counted))
    if total.share is not None:
        lines.append(f"promised updates in time: {total.kept} of {total.kept + total.late} ({total.share:.0%})")
    return lines or ["(none)"]


async def report_of(store: Store, ref: str) -> dict[str, Any]:
    """The delivery report of a published notice; raises LosenError when there is none."""
    from bot.notices.report import delivery_report

    def read(session: Session) -> dict[str, Any]:
        notice = session.notices.get(ref)
        if notice is None or not notice.is_published:
            raise LosenError(f"there is no notice {ref}")
        return delivery_report(session, notice)

    return await store.read(read)


def _report(options: argparse.Namespace) -> int:
    from bot.notices.report import report_lines

    report = with_store(local_settings(), lambda store: report_of(store, options.ref.upper()))
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else "\n".join(report_lines(report)))
    return 0


def _list(options: argparse.Namespace) -> int:
    from knowledge.notice_reach import reach_of

    settings = local_settings()
    reach = reach_of(organisation_of(settings))
    now = datetime.now().astimezone()
    entries = with_store(settings, lambda store: list_notices(store, reach, now, options.closed))
    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        print("\n".join(notice_lines(entries)))
    return 0
