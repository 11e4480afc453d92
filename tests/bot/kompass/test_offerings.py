"""The catalogue as Kompass has it: what it owns is taken, what only we know is kept."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import app
from bot.kompass.offerings import PAGE, entries, fetch_entries
from bot.kompass.options import OptionField
from knowledge.catalogue import Billing, Catalogue, Field, FieldType, Form, Kind
from knowledge.catalogue.importing import read_catalogue
from knowledge.errors import TemporaryFailure
from knowledge.library import DATA
from tests.bot.kompass.conftest import End
from tests.fake_kompass.server import PASSWORD, TENANT, USER, FakeKompass, running

ADDRESS = "https://kompass.example/{id}"
FORM = Form(
    id=7,
    title="Gammel tittel",
    description="Gammel tekst",
    kind=Kind.SERVICE,
    audience=("forvalter",),
    route="USS",
    billing=Billing(("ressursnummer",), "100 kr"),
    fields=(
        Field("hvem", "Hvem gjelder det?", FieldType.PERSON, required=True, help="Fullt navn"),
        Field("valg", "Handling", FieldType.CHOICE, required=True, choices=("A", "B")),
        Field("borte", "Finnes ikke mer", FieldType.TEXT, required=False),
    ),
)


def offering(number: int = 7, **more: Any) -> dict[str, Any]:
    return {"Id": str(number), "DisplayLabel": "Ny  tittel", "Status": "Active", **more}


def made(*offerings: dict[str, Any], fields: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return entries(offerings, fields or {}, Catalogue([FORM]), ADDRESS)


def test_kompass_owns_the_words_and_we_what_only_we_know() -> None:
    told = offering(Description="<p>Ny &amp; bedre</p>", OfferingType="SupportOffering")
    (entry,) = made({**told, "Service.DisplayLabel": "Gerica"})
    assert (entry["title"], entry["description"], entry["kind"], entry["service"]) == (
        "Ny tittel",
        "Ny & bedre",
        "support",
        "Gerica",
    )
    assert (entry["audience"], entry["route"], entry["billing"]["price"]) == (["forvalter"], "USS", "100 kr")
    assert [one["key"] for one in entry["fields"]] == ["hvem", "valg", "borte"]


def test_what_is_not_said_stays_as_it_was() -> None:
    (entry,) = made(offering(DisplayLabel=None, OfferingType="Ukjent_c"))
    assert (entry["title"], entry["description"], entry["kind"]) == ("Gammel tittel", "Gammel tekst", "service")


def test_inactive_ones_disappear_and_new_ones_have_an_address() -> None:
    (entry,) = made(offering(Status="Inactive"), offering(9), {**offering(10), "Status": None})
    assert entry == {"id": 9, "url": "https://kompass.example/9", "title": "Ny tittel", "description": "Ny tittel"}


def test_fields_keep_their_keys_and_what_we_know_better() -> None:
    described = (
        OptionField("Hvem_c", "Hvem?", "TEXT", required=True),
        OptionField("OptionSetX_c", "Handling", "ENUM", (("x", "Legge til"), ("y", "Fjerne"))),
        OptionField("Dato_c", "Ønsket dato", "DATE"),
        OptionField("Notat_c", "Notat", "TEXT", length=4000),
        OptionField("Notat2_c", "Notat", "BOOLEAN"),
        OptionField("_c", "", "NUMBER"),
    )
    (entry,) = made(offering(), fields={"7": described})
    assert [(one["key"], one["type"], one["required"]) for one in entry["fields"]] == [
        ("hvem", "person", True),
        ("valg", "choice", False),
        ("ønsket_dato", "date", False),
        ("notat", "longtext", False),
        ("notat_2", "boolean", False),
        ("felt", "number", False),
    ]
    assert entry["fields"][1]["choices"] == ["Legge til", "Fjerne"]
    assert entry["fields"][0]["help"] == "Fullt navn"


async def test_the_shipped_catalogue_comes_back_whole_and_readable(end: End, tmp_path: Path) -> None:
    end.fake.world.entities["Offering"] |= {
        str(number): {"Id": str(number), "DisplayLabel": f"Skjema {number}", "Status": "Active"}
        for number in range(1000000, 1000000 + PAGE)
    }
    found = await fetch_entries(end.kompass.client, end.library.catalogue, ADDRESS)
    assert len(found) == len(end.library.catalogue) + PAGE
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(found))
    read = read_catalogue(file)
    assert all(read.get(form.id).audience == form.audience for form in end.library.catalogue)


async def test_a_server_with_shorter_pages_than_asked_for_still_gives_all(end: End) -> None:
    """A short page was taken for the last one, and the other forms for gone."""
    end.fake.longest_page = 100
    found = await fetch_entries(end.kompass.client, end.library.catalogue, ADDRESS)
    assert len(found) == len(end.library.catalogue)


async def test_fewer_offerings_than_kompass_says_there_are_is_no_list(end: End) -> None:
    offerings = end.fake.world.entities["Offering"]
    offerings["nothing"] = {**next(iter(offerings.values())), "Id": "without an id"}
    with pytest.raises(TemporaryFailure, match="gave fewer"):
        await fetch_entries(end.kompass.client, end.library.catalogue, ADDRESS)


@pytest.fixture
def kompass_beside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeKompass]:
    """A fake in a thread, as the command makes its own event loop."""
    fake, loop, stop = FakeKompass(), asyncio.new_event_loop(), asyncio.Event()
    listening: list[str] = []
    ready = threading.Event()

    async def serve() -> None:
        async with running(fake) as url:
            listening.append(url)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait(10)
    for name, value in (
        ("URL", listening[0]),
        ("TENANT", TENANT),
        ("USER", USER),
        ("PASSWORD", PASSWORD),
    ):
        monkeypatch.setenv(f"KOMPASS_{name}", value)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    yield fake
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


def test_it_is_taken_into_use_by_the_command_unless_it_has_shrunk(
    kompass_beside: FakeKompass, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["catalogue", "import", "--from-kompass"]) == 0
    shipped = read_catalogue(DATA / "forms.json")
    assert len(read_catalogue(tmp_path / "catalogue.json")) == len(shipped)
    offerings = kompass_beside.world.entities["Offering"]
    for number in list(offerings)[: len(offerings) // 2]:
        del offerings[number]
    assert app.main(["catalogue", "import", "--from-kompass"]) == 2
    assert "would disappear" in capsys.readouterr().err
    assert len(read_catalogue(tmp_path / "catalogue.json")) == len(shipped)
    assert app.main(["catalogue", "import"]) == 2
    assert app.main(["catalogue", "import", "x.json", "--from-kompass"]) == 2


def test_without_kompass_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert app.main(["catalogue", "import", "--from-kompass"]) == 2
    assert "KOMPASS_URL is not set" in capsys.readouterr().err
