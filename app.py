"""Losen's front door: reads the settings, builds everything once, and starts what the command asks for.

    python app.py serve                     the bot: Teams, and the page in development mode
    python app.py chat --as 1linje          talk in the terminal
    python app.py which-form "TEXT"         which form is it?
    python app.py explain "TEXT"            everything read out of a sentence
    python app.py cases | notices           what is stored
    python app.py catalogue check|import    check a catalogue file, or take it into use
    python app.py roles list|grant|revoke   who may do what

Heavy imports stand in the command that needs them, so that `which-form` on 500 texts starts in well under a second.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.errors import BrokenCatalogue, LosenError

OSLO = ZoneInfo("Europe/Oslo")
ROLE_NAMES = ("ansatt", "superbruker", "1linje", "forvalter", "ikt-hovedkontakt", "uss")


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
    except (LosenError, OSError) as error:
        print(f"losen: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _which_form(options: argparse.Namespace) -> int:
    from bot.commands import ask
    from knowledge.library import load_catalogue_matcher

    matcher = load_catalogue_matcher(options.catalogue)
    if options.batch is not None:
        return _print_lines(ask.which_form_batch(matcher, options.batch))
    if options.json:
        _print_json(ask.which_form(matcher, _text(options)))
    else:
        print(ask.which_form_lines(matcher, _text(options)))
    return 0


def _explain(options: argparse.Namespace) -> int:
    from bot.commands import ask
    from knowledge.library import load_explainers

    matcher, reader = load_explainers(options.catalogue)
    now = options.now or datetime.now(OSLO)
    if options.batch is not None:
        return _print_lines(ask.explain_batch(matcher, reader, options.batch, now))
    explained = ask.explain(matcher, reader, _text(options), now)
    if options.json:
        _print_json(explained)
    else:
        print(ask.explain_lines(explained))
    return 0


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

    form = _command(commands, "which-form", _which_form, "which form is it?")
    _asking(form)
    explain = _command(commands, "explain", _explain, "everything the bot reads out of a sentence")
    _asking(explain)
    explain.add_argument("--now", type=_now, help="the time it is, ISO 8601; default is the clock")
    return parser


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="what somebody wrote")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help='one {"id","text"} per line; answers in JSON lines'
    )
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="another catalogue: .json, .jsonl or .csv")


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
