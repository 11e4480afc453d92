"""`notices`: the notices that are stored, as everybody may read them or with what only the closed groups get."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from bot.commands.installation import local_settings, with_store

if TYPE_CHECKING:
    from bot.store.port import Store
    from knowledge.notice_reach import NoticeReach


def add_commands(commands: Any) -> None:
    """Add them to the front door's commands."""
    what = "the notices that are stored"
    notices = commands.add_parser("notices", help=what, description=what)
    notices.add_argument("--json", action="store_true", help="as a JSON list")
    notices.add_argument("--closed", action="store_true", help="with what only the closed groups may read")
    notices.set_defaults(run=_list)


async def list_notices(store: Store, reach: NoticeReach, closed: bool = False) -> list[dict[str, Any]]:
    """Every notice everybody may read, oldest first; with `closed`, what only the closed groups get too."""
    notices = await store.read(lambda session: session.notices.all())
    if closed:
        return [notice.to_json() for notice in notices]
    return [notice.open_version().to_json() for notice in notices if reach.shows_on_portal(notice.groups)]


def notice_lines(notices: list[dict[str, Any]]) -> list[str]:
    """Notices for people, a line each."""
    return [f"{notice['ref']}  {notice['status']:<10} {notice['type']:<12} {notice['what']}" for notice in notices] or [
        "(none)"
    ]


def _list(options: argparse.Namespace) -> int:
    from knowledge.library import DATA
    from knowledge.notice_reach import reach_of
    from knowledge.organisation import load_organisation

    settings = local_settings()
    reach = reach_of(load_organisation(settings.organisation_file or DATA / "organisation.yaml"))
    entries = with_store(settings, lambda store: list_notices(store, reach, options.closed))
    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        print("\n".join(notice_lines(entries)))
    return 0
