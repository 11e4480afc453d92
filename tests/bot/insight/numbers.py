"""A database with half a year of made-up cases, fellesfeil and promises, small counts and nasty names among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.store import Session, SqliteStore
from bot.store.promises import Promise
from bot.store.records import RoleGrant
from dialogs.case import Case, NoticeStatus, NoticeUpdate, Person
from dialogs.effects import NoteChoice
from tests.bot.samples import MONDAY, a_case, a_notice

NASTY = "<script>alert(1)</script>"
FORMULA = "=SUM(A1:A9)"
RARE = "Kari Nordmanns lille database"

# How many cases of which system, of which virksomhet, how many days ago.
_CASES = (
    ("AKS", "BGO", 1, 12),
    ("AKS", "BFR", 8, 9),
    (NASTY, "BGO", 8, 6),
    (FORMULA, "BGO", 15, 5),
    ("", "BGO", 15, 4),
    (RARE, "OBF", 22, 2),
)


def fill(session: Session) -> None:
    """Everything in one transaction."""
    number = 0
    session.people.grant(RoleGrant("ulla", "uss", "admin", MONDAY))
    for system, virksomhet, days, count in _CASES:
        for _ in range(count):
            number += 1
            session.cases.add(_case(number, system, virksomhet, days), "c1")
            form = 2 if number % 5 == 0 else 1
            note = NoteChoice(f"Skriveren til Kari {number}", 1, "answer", form, confirmed=True)
            session.choices.note(note, (MONDAY - timedelta(days=days)).date())
    for number, (before, lasted) in enumerate(((20, 95), (45, 600)), 1):
        told = MONDAY - timedelta(days=10 * number)
        notice = a_notice(f"D-2026-{number:04d}", at=told, what="Hemmelig tittel")
        over = NoticeUpdate(told + timedelta(minutes=lasted - before), "ulla", "resolved", "Rettet av Kari")
        session.notices.add(
            replace(
                notice,
                since=told - timedelta(minutes=before),
                status=NoticeStatus.RESOLVED,
                history=(*notice.history, over),
            )
        )
        session.promises.make(Promise(notice.ref, told + timedelta(hours=1), "ulla", told))
        # The first after 45 minutes, in time; the second after 75, too late.
        session.promises.settle(notice.ref, told + timedelta(minutes=30 * number + 15))
    for case in session.cases.all()[:6]:
        session.cases.update(replace(case, fellesfeil="D-2026-0001"))


async def filled(store: SqliteStore) -> SqliteStore:
    await store.write(fill)
    return store


def _case(number: int, system: str, virksomhet: str, days: int) -> Case:
    who = Person("kari", "Kari Nordmann", virksomhet)
    case = a_case(f"L-2026-{number:06d}", who, MONDAY - timedelta(days=days))
    return replace(case, kind="service" if number % 3 == 0 else "support", answers={"system": system} if system else {})
