"""IM's whole outage, as one conversation after the other: found, approved, told, kept true, over, and accounted for.

The real engine, knowledge, store, outbox worker, promise watch and sender; between two messages the house is torn down
and built again, as a restart does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.notices import list_notices, report_of
from bot.notices.promise_watch import PromiseWatch
from bot.notices.sender import MessageSender, Pace
from bot.server import ServerParts, create_app
from bot.web.portal import Portal
from dialogs.case import Person
from knowledge.notice_reach import reach_of
from tests.bot.channels.doubles import serving
from tests.bot.samples import OSLO
from tests.bot.whole_house import WholeHouse
from tests.dialogs.talking import second_uss
from tests.transcript import library, person

REF = "D-2026-0001"
SECRET = "Domenekontroller 7 er kompromittert"
ULLA, REMI = person("uss", virksomhet="UKE"), second_uss()
LARS, ADA = person("1linje"), person("ansatt")
SIRI = replace(person("superbruker"), virksomhet="BGO")
KARI = replace(person("ansatt"), id="p-kari", name="Kari Ansatt")

ANSWERS = {
    "type": "fellesfeil",
    "what": "AKS-pålogging feiler.",
    "affected": "Alle som bruker AKS",
    "since": "i dag kl 08.15",
    "consequence": "Ingen får logget på AKS.",
    "workaround": "Bruk telefonen.",
    "next_update_at": "i dag kl 11",
    "groups": "alle gruppene",
    "closed_text": SECRET,
}


class Outage(WholeHouse):
    """A house that also tells people of notices, and minds what was promised."""

    async def later(self, minutes: float) -> list[str]:
        """So much later: what is told unasked meanwhile, a line for each message."""
        self.clock.advance(minutes * 60)
        await self._round()
        told, self.told = self.told, []
        return told

    async def _round(self) -> None:
        async def no_sleep(seconds: float) -> None:
            return

        await PromiseWatch(self.store, self.clock, no_sleep, self.new_id, lambda: None).look()
        organisation = library().organisation
        sender = MessageSender(
            store=self.store, deliverer=self, channels={"web"}, texts=self.texts, facts=organisation.facts,
            reach=reach_of(organisation), clock=self.clock, sleep=no_sleep, jitter=lambda: 0.5, new_id=self.new_id,
            told=lambda: None, pace=Pace(between=0),
        )  # fmt: skip
        await sender.take_back()
        while await sender.work_once() + await self.worker.work_once():
            pass

    async def portal(self, path: str = "") -> str:
        systems = library().systems
        pages = Portal(self.store, library().organisation, self.texts["nb"], OSLO, self.clock, "", lambda: systems)
        async with serving(create_app(ServerParts(routes=[pages]))) as client:
            return await (await client.get(f"/driftsmeldinger{path}")).text()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Outage]:
    house = Outage(tmp_path / "losen.db")
    for who in (ULLA, REMI, LARS, SIRI):
        await house.grant(who)
    for who in (ULLA, REMI):
        await house.says(who, "hei")
    yield house
    await house.store.close()


async def _write(house: Outage, who: Person, said: str) -> str:
    for _ in range(15):
        if "Skal jeg publisere" in said:
            return said
        said = await house.says(who, ANSWERS[await house.pending(who)])
    raise AssertionError(f"the notice is not complete: {said}")


async def test_an_outage_from_the_first_word_to_the_account_of_it(house: Outage) -> None:
    # IM writes it: each group's text by itself, the number said, a second person asked.
    preview = await _write(house, ULLA, await house.says(ULLA, "lag driftsmelding"))
    assert "SLIK SAM/IKT-HOVEDKONTAKTER SER DEN" in preview
    assert "12 090" in await house.says(ULLA, "publiser")
    assert "venter på godkjenning" in await house.says(ULLA, "ja")
    (asked,) = await house.later(0)
    assert "Ulla Uss ber deg godkjenne" in asked

    # The other one sends it back; it is mended, and then approved.
    await house.says(REMI, "Se meldingen")
    await house.says(REMI, "Send tilbake")
    await house.says(REMI, "Skriv hvem det gjelder i bydelene")
    (back,) = await house.later(0)
    assert "Skriv hvem det gjelder i bydelene" in back
    await house.says(ULLA, press=f"mend:{REF}")
    await house.says(ULLA, "endre hvem det gjelder til Alle bydeler og etater som bruker AKS")
    await house.says(ULLA, "publiser")
    await house.says(ULLA, "ja")
    await house.later(0)
    await house.says(REMI, "til godkjenning")
    assert "er godkjent" in await house.says(REMI, "Godkjenn og publiser")
    assert any("har godkjent driftsmelding" in one for one in await house.later(1))

    # It is in both groups and on the portal, and what the closed one alone is told stays there.
    posts = {post.group: str(post.notice.to_json()) for post in await house.feed.posts()}
    assert SECRET in posts["sam_ikt_hovedkontakter"]
    assert SECRET not in posts["sam_it"]
    assert "Alle bydeler og etater" in await house.portal()
    assert SECRET not in await house.portal() + await house.portal(f"/{REF}") + await house.portal("/feed.json")

    # People who report it are shown it before any question: one press each; one wants a case as well.
    for who in (ADA, KARI, LARS):
        shown = await house.says(who, "AKS fryser for alle på kontoret i dag")
        assert f"Kjent feil ({REF})" in shown
        assert SECRET not in shown
        assert "talt med" in await house.says(who, "Gjelder meg også")
    await house.says(KARI, "Ikke varsle meg")
    await house.says_until(LARS, "Skal jeg sende saken?", await house.says(LARS, "Ja, lag en sak"))
    await house.says(LARS, "send")
    (case,) = await house.cases()
    assert case.fellesfeil == REF
    # Something else is reported as if nothing had been shown.
    await house.says(SIRI, "AKS fryser for alle på kontoret i dag")
    assert "Nei" not in await house.says(SIRI, "Nei, noe annet")
    await house.later(1)
    assert "Har meldt at det gjelder dem: 3" in await house.says(ULLA, "driftsmeldinger")

    # The promise is reminded of, and kept; everybody who wants to hears, and only they.
    assert any("Du har lovet en oppdatering" in one for one in await house.later(50))
    shown = await house.says(ULLA, f"oppdater {REF}: leverandøren bytter et sertifikat, ny oppdatering kl 12")
    assert "12 090" in shown
    await house.says(ULLA, "send")
    told = await house.later(0)
    assert sum(f"Nytt om {REF}" in one for one in told) == 1  # Ada; Kari wanted none
    assert sum("bytter et sertifikat" in one for one in told) == 3  # and Lars, in his case, and the others at the desk
    assert any(f"Alle som vil ha beskjed om {REF}, har fått den (1)" in one for one in told)

    # What people can do meanwhile is another thing by now: the posts say so, each in its place, and so does the portal.
    shown = await house.says(ULLA, f"oppdater {REF}: omvei: bruk webmail. lukket gruppe: node 3 er byttet. info kl 12")
    shown = await house.says(ULLA, "kl 12")
    assert shown.count("Hva du kan gjøre nå (endret): Bruk webmail") == 2
    await house.says(ULLA, "send")
    told = await house.later(0)
    assert sum("Dette kan du gjøre nå: Bruk webmail" in one for one in told) == 3
    posts = {post.group: str(post.notice.to_json()) for post in await house.feed.posts()}
    assert len(posts) == 2
    for told_there in (*posts.values(), await house.portal(), await house.portal(f"/{REF}")):
        assert "Bruk webmail" in told_there
    assert "Bruk telefonen" not in posts["sam_it"] + await house.portal() + await house.portal("/feed.json")
    assert "node 3" in posts["sam_ikt_hovedkontakter"]
    assert "node 3" not in posts["sam_it"] + await house.portal() + await house.portal("/feed.json")

    # The next one is forgotten: all of the desk hear of it.
    late = await house.later(70)
    assert sum("skulle vært oppdatert kl. 12.00" in one for one in late) == 2

    # It is over: why, and for how long.
    await house.says(ULLA, f"rettet {REF}: et sertifikat var gått ut på dato")
    assert "er avsluttet. Den varte i" in await house.says(ULLA, "send")
    told = await house.later(0)
    assert sum("Feilen er rettet" in one and "sertifikat var gått ut" in one for one in told) >= 1
    assert "Varte i" in await house.portal(f"/{REF}")
    again = await house.says(ADA, "AKS fryser for alle på kontoret i dag")
    assert "Kjent feil" not in again

    # The account of it.
    report = await report_of(house.store, REF)
    assert [line["kind"] for line in report["lines"]] == ["published", "updated", "updated", "resolved"]
    assert report["lines"][2]["before"] == {"workaround": "Bruk telefonen."}
    assert all(post["state"] == "sent" for line in report["lines"] for post in line["posts"])
    assert [line["people"]["sent"] for line in report["lines"]] == [0, 1, 1, 1]
    (listed,) = await list_notices(house.store, reach_of(library().organisation), house.clock())
    assert listed["promised_updates"] == {"kept": 1, "late": 1, "open": 0}
    assert listed["affected_people"] == 3
    assert SECRET not in str(listed)
