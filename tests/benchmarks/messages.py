"""How many messages a person needs from first word to opened case, beside a plain form.

Run with `python -m tests.benchmarks.messages`.
`--unread` lists what was said in a complete report and not read out of it, the most frequent item first.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import mean, median

from tests.benchmarks.reports import (
    FRESH,
    REPORTS,
    UNSEEN,
    Length,
    Played,
    Style,
    Unread,
    load_reports,
    plain_form_messages,
    play,
    unread,
)

TARGETS = {Length.COMPLETE: 2.0, Length.HALF: 3.5}


def table(played: Sequence[Played]) -> str:
    """Mean, median and maximum by length and style, the shares, and the plain form as the baseline."""
    lines = [
        f"{'':34}{'mean':>7}{'median':>8}{'max':>6}{'target':>8}{'opened':>8}{'right form':>12}{'form at once':>14}"
    ]
    for length in Length:
        for style in Style:
            some = [one for one in played if one.length is length and one.style is style]
            counts = [one.messages for one in some]
            lines.append(
                f"{f'{length}, {style}':34}{mean(counts):7.2f}{median(counts):8.1f}{max(counts):6}"
                f"{TARGETS[length]:8.1f}{_share(one.opened for one in some):>8}{_share(one.right for one in some):>12}"
                f"{_share(one.first_form == one.report.form for one in some):>14}"
            )
    plain = [plain_form_messages(one) for one in played if one.length is Length.COMPLETE and one.items]
    lines.append(f"{'plain form, one question at a time':34}{mean(plain):7.2f}{median(plain):8.1f}{max(plain):6}")
    return "\n".join(lines)


def unread_table(played: Sequence[Played]) -> str:
    """What was not read, or wrongly, by item: how often, then each sentence."""
    found = [one for each in played if each.style is Style.ONE_AT_A_TIME for one in unread(each)]
    groups = defaultdict(list)
    for one in found:
        groups[(one.key, one.type)].append(one)
    lines = [f"{len(found)} facts of {len({one.report for one in found})} complete reports are not read or not rightly"]
    for (key, kind), some in sorted(groups.items(), key=lambda pair: (-_required(pair[1]), -len(pair[1]), pair[0])):
        lines.append(f"\n{key} ({kind.value}): {len(some)}, required {_required(some)}")
        lines += [
            f"  {one.report}{'' if one.required else ' (optional)'}: wants {one.fact!r}, "
            f"{f'READ {one.read!r}' if one.read else 'nothing read'}\n      {one.text}"
            for one in some
        ]
    return "\n".join(lines)


def questions_table(played: Sequence[Played]) -> str:
    """What was asked beyond the confirmation, the most frequent first."""
    counts = Counter(key for one in played for key in one.asked if key != "<confirm>")
    return "\n".join(f"{count:5}  {key}" for key, count in counts.most_common())


def _required(found: Sequence[Unread]) -> int:
    return sum(one.required for one in found)


def _share(flags: object) -> str:
    values = list(flags)  # type: ignore[call-overload]
    return f"{sum(values)}/{len(values)}"


def main(arguments: Sequence[str]) -> int:
    """Print the tables; `--unread` tells of the sixty, `--unread unseen` of the others."""
    seen, unseen, fresh = (
        [play(report, length, style) for length in Length for style in Style for report in load_reports(name)]
        for name in (REPORTS, UNSEEN, FRESH)
    )
    played = unseen if "unseen" in arguments else seen
    out = ["sixty reports", table(seen), "", f"{len(load_reports(UNSEEN))} reports nobody tuned to", table(unseen)]
    out += ["", f"{len(load_reports(FRESH))} reports written when the rules were finished", table(fresh)]
    if "--unread" in arguments:
        complete = [one for one in played if one.length is Length.COMPLETE]
        out += ["", unread_table(complete)]
        for length in Length:
            some = [one for one in played if one.length is length and one.style is Style.ONE_AT_A_TIME]
            out += ["", f"asked, {length}:", questions_table(some)]
        out += ["", "forms not found at once:"]
        out += [
            f"  {one.report.id} {one.length}: wants {one.report.form}, took {one.first_form}; {one.asked}\n      "
            f"{one.report.text(one.length)}"
            for one in played
            if one.style is Style.ONE_AT_A_TIME and one.first_form != one.report.form
        ]
        out += ["", "asked twice, never opened, or without a fact:"]
        out += [
            f"  {one.report.id} {one.length} {one.style}: twice {one.asked_twice}, opened {one.opened}, "
            f"no fact for {one.lacking}"
            for one in played
            if one.asked_twice or not one.opened or one.lacking
        ]
    sys.stdout.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
