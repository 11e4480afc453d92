"""Examples that, left out of their own form, another form takes with confidence; the list may only shrink.

`python -m tests.knowledge.matching.known_failures` takes off the list what no longer fails and prints what is new.
New failures are mended in the wording, not added here; only after wording was rewritten on purpose, `--anew` writes
the list anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge.matching import Decision, Matcher, Wording
from tests.knowledge.matching.shipped import matcher, wording

LIST = Path(__file__).with_suffix(".txt")

Failure = tuple[int, str]
"""The form an example belongs to, and the example."""


def failures(built: Matcher, said: Wording) -> dict[Failure, int]:
    """Every example that another form takes with confidence, and which form does."""
    taken: dict[Failure, int] = {}
    for form in built.catalogue:
        for example in said.forms[form.id].examples if form.id in said.forms else ():
            match = built.left_out(form.id, example, limit=1)
            if match.decision is Decision.ANSWER and match.candidates[0].form.id != form.id:
                taken[(form.id, example)] = match.candidates[0].form.id
    return taken


def known() -> set[Failure]:
    """The list: one line a failure, form and example with a tab between."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {(int(form), example) for form, example in (line.split("\t", 1) for line in lines)}


def main(anew: bool) -> int:
    """Shrink the list, or write it anew."""
    found = failures(matcher(), wording())
    kept = set(found) if anew else set(found) & known()
    LIST.write_text("".join(f"{form}\t{example}\n" for form, example in sorted(kept)), encoding="utf-8")
    new = sorted(set(found) - kept)
    for form, example in new:
        sys.stdout.write(f"{form} is taken by {found[form, example]}: {example}\n")
    sys.stdout.write(f"{len(kept)} known, {len(new)} new\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main("--anew" in sys.argv[1:]))
