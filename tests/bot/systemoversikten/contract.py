"""What every register of systems must do, wherever it came from: the file shipped, or a fetched snapshot."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.spelling import fold
from knowledge.systems import Match, SystemRegister


class SystemRegisterContract:
    """Needs a fixture `register`."""

    def test_every_system_has_an_id_of_its_own_and_is_got_by_it(self, register: SystemRegister) -> None:
        assert len(register) > 5
        assert max(Counter(one.id for one in register).values()) == 1
        assert all(register.get(one.id) == one for one in register)
        assert register.get("no such id") is None

    def test_every_system_is_found_by_its_name_in_a_sentence(self, register: SystemRegister) -> None:
        for system in register:
            hits = register.find(f"Jeg kommer ikke inn i {system.name} i dag")
            assert system.id in {hit.system.id for hit in hits if hit.match is Match.NAME}, system.name

    def test_every_system_is_found_by_each_alias(self, register: SystemRegister) -> None:
        for system in register:
            for alias in system.aliases:
                if len(re.findall(r"[^\W_]+", alias)) <= 6:
                    hits = register.find(f"Har ikke {alias}")
                    assert system.id in {hit.system.id for hit in hits if hit.match <= Match.ALIAS}, alias

    def test_every_system_is_found_by_a_pasted_address(self, register: SystemRegister) -> None:
        for system in register:
            for host in system.hosts:
                assert register.find(f"kommer ikke inn på https://{host}/side")[0].system == system

    def test_systems_of_one_name_are_all_given_and_their_choice_texts_differ(self, register: SystemRegister) -> None:
        by_name: dict[str, list[str]] = {}
        for system in register:
            by_name.setdefault(fold(system.name), []).append(system.choice_name or system.name)
        for name, choices in by_name.items():
            assert len(set(choices)) == len(choices)
            assert {fold(hit.system.name) for hit in register.find(name)[: len(choices)]} == {name}

    def test_a_hit_tells_the_words_that_named_it(self, register: SystemRegister) -> None:
        for system in register:
            text = f"Nå er {system.name} nede"
            for hit in register.find(text):
                assert text[hit.start : hit.end] == hit.words != ""

    def test_a_text_about_something_else_names_no_system(self, register: SystemRegister) -> None:
        for text in (
            "",
            "hei",
            "Det virker ikke, hva gjør jeg?",
            "Skriveren er tom for papir",
            "system for arkiv x 42",
        ):
            assert register.find(text) == ()

    def test_whom_to_ask_is_an_address_and_the_best_comes_first(self, register: SystemRegister) -> None:
        assert any(system.forvalter_email for system in register)
        for system in register:
            for address in (*system.contact_emails, *([system.forvalter_email] if system.forvalter_email else [])):
                assert re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address)
            if system.contact_emails:
                assert system.forvalter_email == system.contact_emails[0]

    def test_what_is_unknown_is_missing_and_never_an_empty_text(self, register: SystemRegister) -> None:
        for system in register:
            assert "" not in (system.operated_by, system.criticality, system.type, system.owner_org, system.vendor)
            assert system.operated_by in (None, "UKE", "2S", "leverandør", "virksomhet")
            assert system.criticality in (None, "Kritisk", "Høy", "Middels", "Lav")
