"""Losen's front door: reads the settings, builds everything once, and starts what the command asks for.

    python app.py serve                      the bot: Teams, and the page in development mode
    python app.py chat --as 1linje           talk in the terminal
    python app.py which-form "TEXT"          which form is it?
    python app.py explain "TEXT"             everything read out of a sentence
    python app.py cases | notices            what is stored
    python app.py insight --out FOLDER       the service desk's numbers, with plots
    python app.py catalogue check|import F   check a catalogue file, or take it into use
    python app.py roles list|grant|revoke|import
    python app.py systems fetch|list|find TEXT
    python app.py outbox list|retry|drop     what waits for the world, what it refused, and why
    python app.py knowledge review|approve|reject|report
    python app.py index | teams-app | backup | restore
    python app.py doctor                     are Kompass and the groups' targets as they are set up?

Heavy imports stand in the command that needs them, so that `which-form` starts in well under a second.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands import insight, kompass, learning, notices, operating
from bot.commands.installation import local_settings, organisation_of, with_store
from knowledge.errors import BrokenCatalogue, LosenError

OSLO = ZoneInfo("Europe/Oslo")
ROLE_NAMES = ("ansatt", "superbruker", "1linje", "forvalter", "ikt-hovedkontakt", "uss", "im", "rm")


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit status is 0, 1 when something in the input was wrong, 2 when it could not be done."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except BrokenCatalogue as error:
        print(f"{error.source}: the catalogue was refused, nothing was taken from it:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`| head`): no error of ours, and nothing more to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (LosenError, OSError) as error:
        print(f"losen: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _serve(options: argparse.Namespace) -> int:
    # Nothing that is read at the start is garbage, and looking for some takes a tenth of it. Where the server begins to
    # listen, so does the collecting (`run_server`).
    gc.disable()
    from bot.logging_setup import set_up_logging
    from bot.settings import load_settings

    settings = load_settings(os.environ)
    set_up_logging(settings.log_level)
    from bot.program import serve

    asyncio.run(serve(settings, say=lambda line: print(line, flush=True)))
    return 0


def _chat(options: argparse.Namespace) -> int:
    from bot.logging_setup import set_up_logging
    from bot.program import chat

    if os.environ.get("LOSEN_MODE", "").strip().lower() == "production":
        raise LosenError("chat has made-up identities and is for development only; unset LOSEN_MODE=production")
    settings = local_settings()
    set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level)
    asyncio.run(chat(settings, options.who))
    return 0


def _which_form(options: argparse.Namespace) -> int:
    from bot.approved import approved_dir
    from bot.commands import ask
    from knowledge.library import load_catalogue_matcher

    matcher = load_catalogue_matcher(*_in_use(options), approved=approved_dir(_data_dir()))
    if options.batch is not None:
        return _print_lines(ask.which_form_batch(matcher, options.batch))
    if options.json:
        _print_json(ask.which_form(matcher, _text(options)))
    else:
        print(ask.which_form_lines(matcher, _text(options)))
    return 0


def _explain(options: argparse.Namespace) -> int:
    from bot.approved import approved_dir
    from bot.commands import ask
    from knowledge.library import load_explainers

    matcher, reader = load_explainers(*_in_use(options), approved=approved_dir(_data_dir()))
    now = options.now or datetime.now(OSLO)
    if options.batch is not None:
        return _print_lines(ask.explain_batch(matcher, reader, options.batch, now))
    explained = ask.explain(matcher, reader, _text(options), now)
    if options.json:
        _print_json(explained)
    else:
        print(ask.explain_lines(explained))
    return 0


def _stored(options: argparse.Namespace) -> int:
    from bot.commands import stored

    readers = {"cases": stored.list_cases, "roles": stored.list_roles}
    entries = with_store(local_settings(), readers[options.what])
    if options.json:
        _print_json(entries)
    else:
        print("\n".join(stored.SHOW[options.what](entries)))
    return 0


def _grant(options: argparse.Namespace) -> int:
    from bot.commands import stored

    place = options.virksomhet.upper()
    if place and place not in _virksomheter():
        print(f"no virksomhet is abbreviated {place}", file=sys.stderr)
        return 1
    now = datetime.now(OSLO)
    with_store(
        local_settings(), lambda store: stored.grant_role(store, options.person, options.role, now, virksomhet=place)
    )
    print(f"{options.person} has the role {options.role}" + (f" in {place}" if place else ""))
    if options.role == "1linje" and not place:
        print("without --virksomhet a 1.linje has no inbox", file=sys.stderr)
    return 0


def _revoke(options: argparse.Namespace) -> int:
    from bot.commands import stored

    if not with_store(local_settings(), lambda store: stored.revoke_role(store, options.person, options.role)):
        print(f"{options.person} does not have the role {options.role}", file=sys.stderr)
        return 1
    print(f"{options.person} no longer has the role {options.role}")
    return 0


def _import_roles(options: argparse.Namespace) -> int:
    from bot.commands import stored

    now, virksomheter = datetime.now(OSLO), _virksomheter()
    count = with_store(local_settings(), lambda store: stored.import_roles(store, options.file, now, virksomheter))
    print(f"{count} role(s) granted")
    return 0


def _catalogue(options: argparse.Namespace) -> int:
    from bot.commands import catalogue

    settings = local_settings()
    current = catalogue.current_catalogue_file(settings.data_dir, settings.catalogue_file)
    file = options.file
    if options.take and (file is None) != options.from_kompass:
        raise LosenError("catalogue import: a file is needed, or --from-kompass")
    if options.take and options.from_kompass:
        file = kompass.catalogue_from_kompass(settings, current)
    new, report = catalogue.check(file, current)
    print("\n".join(catalogue.report_lines(report)))
    if options.take:
        target = catalogue.take_into_use(new, report, settings.data_dir, force=options.force)
        print(f"{len(new)} forms are in {target}; they are used from the next start")
    return 0


def _systems(options: argparse.Namespace) -> int:
    from bot.commands import systems

    settings = local_settings()
    if options.action == "fetch":
        print(asyncio.run(systems.fetch(settings, any_size=options.force)))
        return 0
    register = systems.register_in_use(settings, datetime.now(OSLO))
    rows = systems.all_systems(register) if options.action == "list" else systems.find(register, options.text)
    if options.json:
        _print_json(rows)
    else:
        print("\n".join(systems.lines(rows)))
    return 0


def _virksomheter() -> frozenset[str]:
    return frozenset(organisation_of(local_settings()).virksomheter)


def _in_use(options: argparse.Namespace) -> tuple[Path, Path | None]:
    """The catalogue to ask, and the register of systems."""
    from bot.commands.catalogue import current_catalogue_file
    from bot.systemoversikten.snapshot import systems_in_use

    configured = os.environ.get("CATALOGUE_FILE", "").strip()
    catalogue = options.catalogue or current_catalogue_file(_data_dir(), Path(configured) if configured else None)
    return catalogue, systems_in_use(_data_dir(), datetime.now(OSLO))


def _data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR", "").strip() or "./var")


def _now(text: str) -> datetime:
    from bot.commands.ask import parse_now

    try:
        return parse_now(text, OSLO)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2026-11-23T10:00") from None


def _text(options: argparse.Namespace) -> str:
    if options.text is None:
        raise LosenError("a text is needed, or --batch FILE.jsonl")
    return str(options.text)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_lines(entries: Iterable[Mapping[str, Any]]) -> int:
    failed = 0
    for entry in entries:
        failed |= "error" in entry
        print(json.dumps(entry, ensure_ascii=False))
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.py", description="Losen, the chat bot of an IT service desk.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "serve", _serve, "start the bot; the settings come from the environment")
    chat = _command(commands, "chat", _chat, "talk in the terminal (development mode)")
    chat.add_argument(
        "--as", dest="who", default="ansatt", metavar="WHO", help="ansatt, superbruker, 1linje, forvalter, uss, uss2"
    )
    _asking(_command(commands, "which-form", _which_form, "which form is it?"))
    explain = _command(commands, "explain", _explain, "everything the bot reads out of a sentence")
    _asking(explain)
    explain.add_argument("--now", type=_now, help="the time it is, ISO 8601; default is the clock")
    listing = _command(commands, "cases", _stored, "the cases that are stored")
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    listing.set_defaults(what="cases")
    notices.add_commands(commands)
    insight.add_commands(commands)
    _catalogue_commands(commands)
    _role_commands(commands)
    _system_commands(commands)
    kompass.add_commands(commands)
    learning.add_commands(commands)
    operating.add_commands(commands)
    return parser


def _catalogue_commands(commands: Any) -> None:
    actions = commands.add_parser("catalogue", help="the service catalogue").add_subparsers(
        required=True, metavar="ACTION"
    )
    for name, take, what in (
        ("check", False, "say what a catalogue file would change, and what is wrong with it"),
        ("import", True, "take a catalogue file into use, all or nothing"),
    ):
        action = _command(actions, name, _catalogue, what)
        action.add_argument("file", type=Path, nargs="?" if take else None, help=".json, .jsonl or .csv")
        if take:
            action.add_argument("--from-kompass", action="store_true", help="the offerings Kompass has, no file")
        action.add_argument("--force", action="store_true", help="also when many forms disappear")
        action.set_defaults(take=take)


def _role_commands(commands: Any) -> None:
    actions = commands.add_parser("roles", help="who may do what").add_subparsers(required=True, metavar="ACTION")
    listing = _command(actions, "list", _stored, "every granted role")
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    listing.set_defaults(what="roles")
    for name, run, what in (("grant", _grant, "give a role"), ("revoke", _revoke, "take a role back")):
        action = _command(actions, name, run, what)
        action.add_argument("person", help="the person's id: in Teams the Entra object id")
        action.add_argument("role", choices=ROLE_NAMES)
        if name == "grant":
            action.add_argument("--virksomhet", default="", help="where; a 1.linje sees the inbox of this one")
    _command(actions, "import", _import_roles, "grant the roles of a CSV file").add_argument(
        "file", type=Path, help="columns person and role, and virksomhet where it matters"
    )


def _system_commands(commands: Any) -> None:
    actions = commands.add_parser("systems", help="the register of systems").add_subparsers(
        required=True, metavar="ACTION"
    )
    for name, what in (
        ("fetch", "fetch it from Systemoversikten"),
        ("list", "every system"),
        ("find", "the systems a text names"),
    ):
        action = _command(actions, name, _systems, what)
        action.set_defaults(action=name)
        if name == "fetch":
            action.add_argument("--force", action="store_true", help="also when many rows have disappeared")
            continue
        action.add_argument("--json", action="store_true", help="as a JSON list")
        if name == "find":
            action.add_argument("text", help="what somebody wrote")


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="what somebody wrote")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help='one {"id","text"} a line; answers in JSON lines'
    )
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="another catalogue: .json, .jsonl or .csv")


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
