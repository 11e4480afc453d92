"""`knowledge review`, `approve`, `reject` and `report`: what the service desk learns from what people chose.

Nothing changes by itself: an example is used only after a person has approved it, at the latest from the next start.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from bot.commands.installation import local_settings, with_store
from knowledge.errors import LosenError

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.catalogue import Catalogue
    from knowledge.matching import Matcher, Wording
    from knowledge.matching.review import Noted, Review, Verdict

T = TypeVar("T")

_SHOWN = 20  # of each list for people; --json has all


def add_commands(commands: Any) -> None:
    """Add them to the front door's commands."""
    actions = commands.add_parser("knowledge", help="what to mend in the matching").add_subparsers(
        required=True, metavar="ACTION"
    )
    what = "words with no hit, forms never reached, forms taken for each other, refused messages, proposed examples"
    review = actions.add_parser("review", help=what, description=what)
    review.add_argument("--json", action="store_true", help="answer in JSON, with all of each list")
    review.add_argument("--days", type=_days, default=30, help="how far back; default 30")
    review.set_defaults(run=_review)
    what = "take proposed examples into use from the next start"
    approve = actions.add_parser("approve", help=what, description=what)
    approve.add_argument("ids", type=int, nargs="+", metavar="ID", help="as `review` shows it")
    approve.add_argument("--force", action="store_true", help="also when it takes another form's messages")
    approve.set_defaults(run=_approve)
    what = "never propose these examples again"
    reject = actions.add_parser("reject", help=what, description=what)
    reject.add_argument("ids", type=int, nargs="+", metavar="ID", help="as `review` shows it")
    reject.set_defaults(run=_reject)
    what = "write a page with plots about the catalogue's health; it holds no messages and names nobody"
    report = actions.add_parser("report", help=what, description=what)
    report.add_argument("--out", type=Path, required=True, metavar="FILE.html", help="where to write it")
    report.add_argument("--days", type=_days, default=84, help="how far back; default 84")
    report.set_defaults(run=_report)


def review_json(found: Review, catalogue: Catalogue) -> dict[str, Any]:
    """Everything, with stable keys: what `review --json` prints."""
    titles = _titles(catalogue)
    return {
        "messages": len(found.settled),
        "unknown_words": [{"word": word, "count": count} for word, count in found.unknown_words],
        "never_reached": [
            {"id": form.id, "title": form.title, "category": form.category} for form in found.never_reached
        ],
        "confused": [
            {
                "proposed": {"id": proposed, "title": titles.get(proposed, "")},
                "chosen": {"id": chosen, "title": titles.get(chosen, "")},
                "count": count,
            }
            for (proposed, chosen), count in found.confused
        ],
        "refused": [{"day": one.day.isoformat(), "text": one.text} for one in found.refused],
        "proposed_examples": [
            {
                "id": one.id,
                "text": one.text,
                "form": one.chosen,
                "title": titles.get(one.chosen or 0, ""),
                "proposed": one.proposed,
                "decision": one.decision,
            }
            for one in found.proposals
        ],
    }


def review_lines(found: Review, catalogue: Catalogue) -> list[str]:
    """The same for people, the first of each list."""
    titles = _titles(catalogue)
    sections: list[tuple[str, list[str]]] = [
        ("Ord uten treff", [f"{count:>4}  {word}" for word, count in found.unknown_words]),
        (
            "Skjemaer som tar hverandres meldinger (foreslått -> valgt)",
            [
                f"{count:>4}  {titles.get(proposed, proposed)} -> {titles.get(chosen, chosen)}"
                for (proposed, chosen), count in found.confused
            ],
        ),
        ("Meldinger uten noe skjema", [one.text for one in found.refused]),
        (
            "Foreslåtte eksempler (godkjenn med `knowledge approve ID`)",
            [f"{one.id:>6}  «{one.text}» -> {titles.get(one.chosen or 0, one.chosen)}" for one in found.proposals],
        ),
        ("Skjemaer ingen har nådd", [f"{form.id} {form.title}" for form in found.never_reached]),
    ]
    lines = [f"{len(found.settled)} meldinger"]
    for title, entries in sections:
        lines += ["", f"{title}: {len(entries)}", *(f"  {' '.join(one.split(chr(10)))}" for one in entries[:_SHOWN])]
        if len(entries) > _SHOWN:
            lines.append(f"  … og {len(entries) - _SHOWN} til (--json har alle)")
    return lines


def _review(options: argparse.Namespace) -> int:
    from bot.approved import approved_dir
    from knowledge.matching.review import review

    settings = local_settings()
    noted = _noted(settings, options.days)
    matcher, _ = _matcher(settings, approved_dir(settings.data_dir))
    found = review(noted, matcher)
    if options.json:
        print(json.dumps(review_json(found, matcher.catalogue), ensure_ascii=False, indent=2))
    else:
        print("\n".join(review_lines(found, matcher.catalogue)))
    return 0


def _approve(options: argparse.Namespace) -> int:
    from bot.approved import add_example, approved_dir
    from knowledge.matching.review import Verdict, as_example, taken_by
    from knowledge.matching.wording import with_example

    settings = local_settings()
    chosen = [_proposal(settings, one) for one in dict.fromkeys(options.ids)]
    matcher, build = _matcher(settings, approved_dir(settings.data_dir))
    wording = matcher.wording
    refused = 0
    for one, form_id in chosen:
        form, example = matcher.catalogue.get(form_id), as_example(one.text)
        added = with_example(wording, form_id, example)
        after = build(added)
        taken = taken_by(matcher, after, form_id, example)
        for neighbour, taken_example in taken:
            title = matcher.catalogue.get(neighbour).title
            print(f"{one.id}: «{form.title}» ville tatt «{taken_example}» fra «{title}»", file=sys.stderr)
        if taken and not options.force:
            print(f"{one.id}: ikke tatt i bruk; --force gjør det likevel", file=sys.stderr)
            refused += 1
            continue
        file = add_example(settings.data_dir, form_id, example)
        _judge(settings, one.id, Verdict.APPROVED)
        matcher, wording = after, added
        print(f"{one.id}: «{example}» -> «{form.title}» står i {file} og brukes fra neste start")
    return 1 if refused else 0


def _reject(options: argparse.Namespace) -> int:
    from knowledge.matching.review import Verdict

    settings = local_settings()
    for choice_id in options.ids:
        if not _judge(settings, choice_id, Verdict.REJECTED):
            raise LosenError(f"no choice has the id {choice_id}")
        print(f"{choice_id}: foreslås ikke igjen")
    return 0


def _report(options: argparse.Namespace) -> int:
    from bot.approved import approved_dir
    from bot.catalogue_health.numbers import health_of
    from bot.catalogue_health.page import page_of
    from knowledge.matching.review import review

    settings = local_settings()
    noted = _noted(settings, options.days)
    matcher, _ = _matcher(settings, approved_dir(settings.data_dir))
    found = review(noted, matcher)
    health = health_of(found, matcher, _first_day(options.days), _today())
    options.out.write_text(page_of(health), encoding="utf-8")
    print(f"{options.out}: {len(found.settled)} meldinger")
    return 0


def _proposal(settings: Settings, choice_id: int) -> tuple[Noted, int]:
    from knowledge.matching.review import Verdict

    one = with_store(settings, lambda store: store.read(lambda session: session.choices.get(choice_id)))
    if one is None or one.chosen is None or not one.confirmed:
        raise LosenError(f"{choice_id} is no proposed example; `knowledge review` shows those there are")
    if one.verdict is Verdict.APPROVED:
        raise LosenError(f"{choice_id} is approved already")
    return one, one.chosen


def _judge(settings: Settings, choice_id: int, verdict: Verdict) -> bool:
    return with_store(settings, lambda store: store.write(lambda session: session.choices.judge(choice_id, verdict)))


def _noted(settings: Settings, days: int) -> tuple[Noted, ...]:
    since = _first_day(days)
    return with_store(settings, lambda store: store.read(lambda session: session.choices.since(since)))


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Oslo")).date()


def _first_day(days: int) -> date:
    return _today() - timedelta(days=days)


def _matcher(settings: Settings, approved: Path) -> tuple[Matcher, Callable[[Wording], Matcher]]:
    """The matcher as the next start builds it, and how to build it with other wording."""
    from bot.commands.catalogue import current_catalogue_file
    from bot.systemoversikten.snapshot import systems_in_use
    from knowledge.catalogue.importing import read_catalogue
    from knowledge.library import DATA, load_register, matcher_of
    from knowledge.matching import load_wording

    catalogue = read_catalogue(current_catalogue_file(settings.data_dir, settings.catalogue_file))
    systems = load_register(catalogue, systems_in_use(settings.data_dir, datetime.now(ZoneInfo("Europe/Oslo"))))

    def build(wording: Wording) -> Matcher:
        return matcher_of(catalogue, systems, wording)

    return build(load_wording(DATA / "wording", approved)), build


def _titles(catalogue: Catalogue) -> dict[int, str]:
    return {form.id: form.title for form in catalogue}


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 730):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to 730")
    return int(text)
