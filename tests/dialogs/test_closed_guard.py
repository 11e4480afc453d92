"""What is meant for the closed group alone never lands where everybody reads it, and a control word is no text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialogs.talking import publish
from tests.dialogs.test_notice_closed_text import at_preview, published
from tests.dialogs.test_notice_read_by_what_it_says import asked, draft, uss, value
from tests.dialogs.test_suspicions import REF, desk, suspicion
from tests.transcript import Transcript

SECRET = "leverandøren mistenker utløpt sertifikat"
_OPEN = ("what", "affected", "consequence", "workaround", "contact")
_DOUBT = "ikke sikker på hvilke ord som bare er for den"


def read_by_all(talk: Transcript) -> str:
    held = draft(talk).answers
    if "groups" in held and held["groups"].value == "sam_ikt_hovedkontakter":
        return ""
    return "\n".join(held[key].shown for key in _OPEN if key in held)


class TestFixedBugTheClosedGroupsTextLandedInTheOpenField:
    def test_beside_a_correction_where_the_closed_group_is_asked_about(self) -> None:
        talk = asked("closed_text")
        talk.says(
            "nei, hvem det gjelder er alle brukere av Websak i hele kommunen. "
            "Til lukket gruppe: leverandøren mistenker utløpt sertifikat, ikke del"
        )
        assert value(talk, "affected") == "alle brukere av Websak i hele kommunen"
        assert value(talk, "closed_text") == "leverandøren mistenker utløpt sertifikat, ikke del"

    @pytest.mark.parametrize(
        "label", ["Til lukket gruppe:", "til den lukkede:", "bare til IKT-hovedkontakter:",
                  "Berre til den lukka gruppa:", "Lukket gruppe:", "only to the closed group:", "kun hovedkontaktene:"],
    )  # fmt: skip
    @pytest.mark.parametrize("key", ["affected", "consequence", "closed_text"])
    def test_its_label_in_many_words(self, label: str, key: str) -> None:
        talk = asked(key)
        talk.says(f"ingen får logget på. {label} {SECRET}")
        assert value(talk, "closed_text") == SECRET
        assert SECRET not in read_by_all(talk)

    def test_a_no_before_it_did_not_drop_it(self) -> None:
        talk = asked("closed_text")
        talk.says(f"nei. til den lukkede: {SECRET}")
        assert value(talk, "closed_text") == SECRET

    @pytest.mark.parametrize(
        "said",
        [
            f"alle i bydelen til lukket gruppe {SECRET}",
            f"alle i bydelen, og si bare til hovedkontaktene at {SECRET}",
            f"alle i bydelen. {SECRET} (bare for den lukkede gruppen)",
            f"hva: {SECRET}, dette er bare til den lukkede gruppen",
        ],
    )
    def test_in_doubt_it_is_asked_and_nothing_is_taken(self, said: str) -> None:
        talk = asked("affected")
        before = draft(talk).answers
        talk.says(said)
        talk.bot_says(_DOUBT, "Hvem merker det?")
        assert draft(talk).answers == before

    @pytest.mark.parametrize(
        "said",
        [
            f"oppdater D-2026-0001: {SECRET}. bare til IKT-hovedkontakter. ny oppdatering kl 14",
            f"rettet D-2026-0001: sertifikatet er byttet. si bare til hovedkontaktene at {SECRET}",
        ],
    )
    def test_nor_in_a_line_of_a_notice_that_is_out(self, said: str) -> None:
        talk = published()
        talk.says(said)
        talk.bot_says(_DOUBT)
        assert talk.state.line is None
        assert not talk.effects

    def test_in_doubt_nothing_is_published(self) -> None:
        talk = at_preview(groups="SAM/IT")
        talk.says(f"omvei: bruk papir og si bare til hovedkontaktene at {SECRET}, publiser")
        talk.bot_says(_DOUBT)
        assert not talk.effects
        assert SECRET not in read_by_all(talk)

    @settings(max_examples=60, deadline=None)
    @given(
        st.sampled_from(["what", "affected", "consequence", "workaround", "next_update_at", "groups", "closed_text"]),
        st.sampled_from(["", "ingen får logget på. ", "nei, ", "konsekvens: ingen får søkt, ", "hvem: alle og "]),
        st.sampled_from(
            ["til lukket gruppe", "bare til IKT-hovedkontakter", "kun den lukkede gruppen", "Til den lukkede",
             "bare for hovedkontaktene", "lukka gruppe"]
        ),
        st.sampled_from([": ", " at ", " - ", ", "]),
        st.sampled_from(["", ". neste oppdatering kl 16", ". send", " siden kl 9"]),
    )  # fmt: skip
    def test_wherever_it_stands_no_secret_is_read_by_all(
        self, key: str, before: str, who: str, sign: str, after: str
    ) -> None:
        talk = asked(key) if key != "what" else uss()
        if key == "what":
            talk.says("lag driftsmelding")
        talk.says(f"{before}{who}{sign}{SECRET}{after}")
        if talk.state.draft is not None:
            assert SECRET not in read_by_all(talk)


class TestFixedBugTheGroupsNameBecameTheText:
    def test_only_to_the_main_contacts_is_where_it_goes(self) -> None:
        talk = uss()
        talk.says(
            "fellesfeil på felles print, ingen får skrevet ut, siden 10.30, flere bydeler. Omvei: send på mail til seg "
            "selv og skriv ut på lokal usb-skriver. Neste oppdatering 11.30. Bare til IKT-hovedkontakter"
        )
        assert value(talk, "groups") == "sam_ikt_hovedkontakter"
        assert "hovedkontakt" not in value(talk, "what")

    def test_also_after_a_label(self) -> None:
        talk = uss()
        talk.says("fellesfeil på felles print, siden kl 8. neste oppdatering 11.30. ingen omvei")
        talk.says(
            "hva: Felles print er nede. hvem: flere bydeler. konsekvens: ingen får skrevet ut. kun ikt-hovedkontakter"
        )
        assert value(talk, "consequence") == "ingen får skrevet ut"
        assert value(talk, "groups") == "sam_ikt_hovedkontakter"
        talk.bot_says("Skal jeg publisere meldingen?")

    @pytest.mark.parametrize("said", ["Ingenting ekstra til den lukkede gruppen", "ikke noe mer til den lukkede"])
    def test_nothing_more_for_it_is_a_no(self, said: str) -> None:
        talk = asked("consequence")
        talk.says(f"Gerica kan ikke brukes i perioden, verken på PC eller mobil. {said}")
        assert value(talk, "consequence") == "Gerica kan ikke brukes i perioden, verken på PC eller mobil"
        assert draft(talk).answers["closed_text"].shown == "Nei, samme tekst"

    @pytest.mark.parametrize(
        "said", ["ta kontakt med din IKT-hovedkontakt", "meld fra til IKT-hovedkontakten i bydelen"]
    )
    def test_whom_to_turn_to_is_told_to_everybody(self, said: str) -> None:
        talk = asked("workaround")
        talk.says(said)
        assert value(talk, "workaround") == said


class TestFixedBugTheControlWordWasPublished:
    @pytest.mark.parametrize(
        ("said", "key", "text"),
        [
            ("Hva som skjer: Websak er utilgjengelig. publiser", "what", "Websak er utilgjengelig"),
            ("hva: Websak er utilgjengelig, publiser", "what", "Websak er utilgjengelig"),
            ("omvei: bruk papir. send den ut", "workaround", "bruk papir"),
            ("omvei: bruk papir, send", "workaround", "bruk papir"),
        ],
    )
    def test_it_is_done_and_no_text(self, said: str, key: str, text: str) -> None:
        """ "…, send" at a notice's preview could not be answered at all before."""
        talk = at_preview(closed="nei")
        talk.says(said)
        assert value(talk, key) == text
        talk.bot_says("12 090 personer", "Er det riktig?")
        publish(talk)
        assert getattr(talk.notices[0], key) == text

    def test_with_something_missing_it_is_not_done(self) -> None:
        talk = asked("consequence")
        talk.says("ingen får logget på. publiser")
        assert value(talk, "consequence") == "ingen får logget på"
        talk.bot_says("Hva kan brukerne gjøre")
        assert not talk.effects

    @pytest.mark.parametrize(
        "said",
        [
            "leverandøren ser på det, ny oppdatering kl 14. send",
            "leverandøren ser på det, ny oppdatering kl 14. publiser nå",
        ],
    )
    def test_nor_is_it_the_text_of_a_line(self, said: str) -> None:
        talk = published()
        talk.says(f"oppdater D-2026-0001: {said}")
        assert talk.state.line is not None
        assert talk.state.line.text == "Leverandøren ser på det, ny oppdatering kl 14"
        assert not talk.effects

    def test_not_to_publish_is_no_command(self) -> None:
        talk = at_preview(closed="nei")
        talk.says("ikke publiser")
        assert not talk.effects
        assert not talk.notices


def test_fixed_bug_what_was_said_beside_bekreft_was_lost() -> None:
    talk = desk(suspicion(about="PRK"))
    talk.happens("suspicion_raised", REF, text="PRK", id="4")
    talk.says(
        "bekreft, hva: PRK er nede, konsekvens: ingen får opprettet eller endret brukere, omvei: vent med nye brukere, "
        "neste oppdatering 10.45, kun hovedkontaktene"
    )
    assert value(talk, "what") == "PRK er nede"
    assert value(talk, "consequence") == "ingen får opprettet eller endret brukere"
    assert value(talk, "groups") == "sam_ikt_hovedkontakter"
    talk.bot_says("Her er driftsmeldingen for M-2026-0001", "Skal jeg publisere meldingen?")
