"""The whole outage from the first report to the last answer: nobody tells of it before the radar has found it.

    reports -> suspicion -> notice, approved -> posts, cases and people -> update, promise, reminder, alarm
    -> mended for now -> problem case -> "virker det hos deg nå?" -> one goes on by itself -> the account of it

Everything is real but the channels and the clock; between two messages the house is torn down and built again.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.notices import list_notices, report_of
from bot.store import Session
from dialogs.case import Person, Status
from knowledge.notice_reach import reach_of
from tests.bot.radar.test_listening import PLACES, fault, reporter
from tests.bot.test_whole_outage import REMI, ULLA, Outage
from tests.transcript import library, person

REF = "D-2026-0001"
SECRET = "Lagringsnode 3 er byttet ut"
REPORTERS = tuple(reporter(place) for place in ("BGO", "BFR", "BSA", "BUN"))
BGO, BFR, BSA, BUN = REPORTERS
KARI = person("ansatt")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Outage]:
    """A house that knows what is normal: two weeks of a few faults a day have been heard."""
    house = Outage(tmp_path / "losen.db")
    for who in (ULLA, REMI, *REPORTERS):
        await house.grant(who)

    def two_weeks(session: Session) -> None:
        for number in range(1, 61):
            case = fault(number, PLACES[number % 6], -14 * 24 * 60 + number * 300, system=("AKS", "GAT")[number % 2])
            session.cases.add(case, "c-old")
        house.radar().learn_from(session)

    await house.store.write(two_weeks)
    for who in (ULLA, REMI):
        await house.says(who, "hei")
    yield house
    await house.store.close()


async def _reports(house: Outage, who: Person) -> list[str]:
    """A report as people write it, until it is sent; what is told unasked in the two minutes after."""
    said = await house.says(who, "Gerica henger for alle på kontoret siden kl 9.30, prøvd omstart")
    await house.says_until(who, "Skal jeg sende saken?", said)
    await house.says(who, "send")
    return await house.later(2)


async def _tells(house: Outage, said: str) -> list[str]:
    """One message and one word of the incident manager; what everybody is told then."""
    shown = await house.says(ULLA, said)
    assert "Skal jeg sende dette til 12 090 personer?" in shown
    await house.says(ULLA, "send")
    return await house.later(0)


async def test_from_the_first_report_to_the_last_answer(house: Outage) -> None:
    # Four virksomheter report the same; at the second both of the desk hear of it, where nobody ever reports it.
    raised = [any("M-2026-0001" in one for one in await _reports(house, who)) for who in REPORTERS]
    assert raised == [False, True, False, False]

    # The suspicion is confirmed: the notice is nearly written, the forvalter's or the first case is to be the hovedsak.
    said = await house.says(ULLA, "Bekreft")
    assert "Brukere av Gerica. Meldt fra BGO, BFR, BSA, BUN." in said
    shown = await house.says(
        ULLA,
        "Konsekvens: Ingen får dokumentert. Omvei: Skriv på papir. Grupper: alle gruppene. Lukket gruppe: " + SECRET,
    )
    closed, _, everybody = shown.partition("SLIK SAM/IT OG KUNDEPORTALEN SER DEN")
    assert SECRET in closed
    assert SECRET not in everybody
    assert "12 090" in await house.says(ULLA, "publiser")
    assert "venter på godkjenning" in await house.says(ULLA, "ja")
    assert await house.feed.posts() == ()
    await house.later(0)
    await house.says(REMI, "Se meldingen")
    assert "er godkjent" in await house.says(REMI, "Godkjenn og publiser")
    told = await house.later(1)

    # Each group has its own text, and the four cases belong to the fellesfeil, each reporter told once.
    posts = {post.group: json.dumps(post.notice.to_json(), ensure_ascii=False) for post in await house.feed.posts()}
    assert set(posts) == {"sam_it", "sam_ikt_hovedkontakter"}
    assert SECRET in posts["sam_ikt_hovedkontakter"]
    assert SECRET not in posts["sam_it"]
    assert SECRET not in await house.portal() + await house.portal(f"/{REF}")
    assert sum(f"hører til fellesfeilen {REF}" in one for one in told) == 4
    (notice,) = await house.notices()
    assert (notice.hovedsak, notice.approved_by) == ("L-2026-000061", "Remi Manager")

    # Somebody who comes later is shown it before any question, and only counted.
    assert f"Kjent feil ({REF})" in await house.says(KARI, "Gerica henger for alle på kontoret")
    await house.says(KARI, "Gjelder meg også")
    await house.says(KARI, "Nei, det holder")

    # An update in one message: every case, every reporter, everybody it hits, and both posts.
    told = await _tells(house, f"oppdater {REF}: leverandøren bytter en disk, ny oppdatering kl 12")
    assert sum("bytter en disk" in one for one in told) == 4 + 1 + 1  # the reporters, Kari, and Remi at the desk
    assert [post.edits for post in await house.feed.posts()] == [1, 1]
    for case in await house.cases():
        if case.fellesfeil == REF:
            assert "bytter en disk" in case.comments[-1]["text"]

    # The next one is promised, reminded of, and forgotten: then all of the desk hear.
    minutes = (12 - house.clock().hour) * 60 - house.clock().minute
    assert any("Du har lovet en oppdatering" in one for one in await house.later(minutes - 9))
    assert sum("skulle vært oppdatert kl. 12.00" in one for one in await house.later(11)) == 2

    # It works again, but for now only: everybody is told so, and the desk is left a task.
    told = await _tells(
        house, f"midlertidig løst {REF}: en disk var full, og vi har flyttet data. Alle kan logge på igjen"
    )
    asked = [one for one in told if "Virker det hos deg nå?" in one]
    assert len(asked) == 4
    assert all("er midlertidig rettet" in one and "Feilen kan komme tilbake" in one for one in asked)
    assert sum("Feilen er midlertidig rettet" in one for one in told) == 1  # Kari
    assert "midlertidig rettet" in await house.portal(f"/{REF}")
    assert "Midlertidig løsning: en disk var full" in await house.says(ULLA, "problemsaker")
    await house.says(ULLA, press=f"problem:{REF}:made")
    await house.says(ULLA, "PM-17")
    assert "Ingen problemsaker venter" in await house.says(ULLA, "problemsaker")

    # Two say that it works, one that it does not, one says nothing and is reminded once.
    await house.says(BGO, "ja")
    await house.says(BFR, "Ja, alt fungerer")
    await house.says(BSA, "nei, siden er fortsatt hvit")
    told = await house.later(1)
    assert sum("går videre som egen sak" in one or "ikke virker" in one for one in told) >= 2
    states = {case.ref: (case.status, case.fellesfeil) for case in await house.cases() if case.ref >= "L-2026-000061"}
    assert states["L-2026-000061"] == (Status.CLOSED, REF)
    assert states["L-2026-000062"] == (Status.CLOSED, REF)
    assert states["L-2026-000063"] == (Status.IN_PROGRESS, None)
    assert states["L-2026-000064"][1] == REF
    reminded = await house.later(24 * 60)
    assert sum("Virker det nå?" in one for one in reminded) == 1
    assert not any("Virker det nå?" in one for one in await house.later(24 * 60))

    # The account of it.
    report = await report_of(house.store, REF)
    assert [line["kind"] for line in report["lines"]] == ["published", "updated", "resolved"]
    assert all(post["state"] == "sent" for line in report["lines"] for post in line["posts"])
    assert [line["people"]["sent"] for line in report["lines"]] == [0, 1, 1]
    (listed,) = await list_notices(house.store, reach_of(library().organisation), house.clock())
    assert listed["promised_updates"] == {"kept": 1, "late": 1, "open": 0}
    (suspicion,) = await house.store.read(lambda session: session.suspicions.all())
    assert (suspicion.status, suspicion.notice) == ("confirmed", REF)
