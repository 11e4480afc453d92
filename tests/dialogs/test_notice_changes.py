"""An update changes the facts of the post that stands, and not only adds a line below them (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.case import Notice, NoticeUpdate
from dialogs.notice_post import post_of
from dialogs.notice_steps import FACTS, fact, with_facts, with_line
from dialogs.proposed_line import ProposedLine
from dialogs.replies import Summary
from tests.bot.samples import MONDAY, a_notice
from tests.dialogs.talking import second_uss
from tests.dialogs.test_notice_closed_text import SECRET
from tests.dialogs.test_notice_closed_text import published as published_to_all
from tests.dialogs.test_notice_updates import published
from tests.transcript import Transcript, engine

REF = "D-2026-0001"


def notice(talk: Transcript) -> Notice:
    return next(one for one in talk.notices if one.ref == REF)


class TestInWords:
    def test_fixed_bug_a_new_workaround_stood_only_in_a_line_below_the_old_one(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: omvei: bruk webmail, neste oppdatering kl 16")
        assert not talk.effects
        talk.bot_says(
            "Hva du kan gjøre nå (endret): Bruk webmail", "Før sto det: Hva brukerne kan gjøre nå: Bruk webversjonen",
            "Neste oppdatering: mandag 23. november 2026 kl. 16.00", "12 000 personer",
        )  # fmt: skip
        talk.presses("Send til 12 000")
        changed = notice(talk)
        assert (changed.workaround, f"{changed.next_update_at:%H.%M}") == ("Bruk webmail", "16.00")
        line = changed.history[-1]
        assert line.text == "Neste oppdatering kl 16. Dette kan du gjøre nå: Bruk webmail."
        assert line.before == {"workaround": "Bruk webversjonen"}
        post = post_of(changed, engine().texts["nb"], talk.now)
        assert "Bruk webmail" in post.as_text()
        assert "Bruk webversjonen" not in post.as_text()
        assert "Dette kan du gjøre nå: Bruk webmail." in post.news

    @pytest.mark.parametrize(
        ("said", "name", "value"),
        [
            ("konsekvensen er nå at ingen får skrevet ut", "consequence", "Ingen får skrevet ut"),
            ("konsekvens: ingen får skrevet ut", "consequence", "Ingen får skrevet ut"),
            ("det gjelder nå også bydel Alna", "affected", "Alle som bruker AKS. Også bydel Alna"),
            ("nå gjeld det òg bydel Alna", "affected", "Alle som bruker AKS. Også bydel Alna"),
            ("nå er også bydel Alna rammet", "affected", "Alle som bruker AKS. Også bydel Alna"),
            ("gjelder nå alle i kommunen", "affected", "Alle i kommunen"),
            ("omvegen er å ringe 1.linje", "workaround", "Ringe 1.linje"),
            ("omvei: ingen ennå", "workaround", "Det er ingen omvei ennå. Vi sier fra når vi har en."),
            ("det finnes ingen omvei lenger", "workaround", "Det er ingen omvei ennå. Vi sier fra når vi har en."),
            ("kontakt vakta på 22 33 44 55", "contact", "Vakta på 22 33 44 55"),
            ("feilen begynte kl 07.30", "since", "2026-11-23T07:30:00+01:00"),
            ("hva skjer: AKS er helt nede", "what", "AKS er helt nede"),
        ],
    )
    @pytest.mark.parametrize(
        "how", ["by its reference", "after the button", "at the preview", "where the time is asked"]
    )
    def test_each_fact_however_it_is_come_to(self, how: str, said: str, name: str, value: str) -> None:
        talk = published()
        if how == "by its reference":
            talk.says(f"oppdater {REF}: {said}. ny oppdatering kl 15")
        elif how == "after the button":
            talk.says("driftsmeldinger")
            talk.presses("Oppdater")
            talk.says(said)
            talk.says("kl 15")
        elif how == "at the preview":
            talk.says(f"oppdater {REF}: leverandøren retter. ny oppdatering kl 15")
            talk.says(said)
            talk.bot_says("Leverandøren retter")
        else:
            talk.says(f"oppdater {REF}: leverandøren retter")
            talk.says(said)
            talk.says("kl 15")
        talk.says("send")
        assert fact(notice(talk), name) == value
        assert f"{notice(talk).next_update_at:%H.%M}" == "15.00"
        assert set(notice(talk).history[-1].before) == {name}

    def test_several_at_once_in_any_words_around_them(self) -> None:
        talk = published()
        talk.says(
            f"oppdater {REF}: leverandøren har funnet feilen. omvei: bruk papir, det gjelder nå også bydel Alna og "
            "konsekvensen er at ingen får søkt. Neste oppdatring er kl 14.30"
        )
        talk.says("send")
        changed = notice(talk)
        assert changed.history[-1].text.startswith("Leverandøren har funnet feilen. Neste oppdatring er kl 14.30. ")
        assert (changed.workaround, changed.consequence) == ("Bruk papir", "Ingen får søkt")
        assert changed.affected.endswith("Også bydel Alna")
        assert f"{changed.next_update_at:%H.%M}" == "14.30"

    def test_more_and_more_are_hit_and_then_fewer(self) -> None:
        talk = published()
        for said in (
            "det gjelder nå også bydel Alna",
            "bydel Nordstrand er også rammet",
            "gjelder ikke lenger bydel Alna",
        ):
            talk.says(f"oppdater {REF}: {said}. ny oppdatering kl 15")
            talk.says("send")
        assert notice(talk).affected == "Alle som bruker AKS. Også bydel Nordstrand"

    @pytest.mark.parametrize("said", ["konsekvens: nei", "gjelder: vet ikke"])
    def test_a_no_is_no_fact_and_the_reason_is_said(self, said: str) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter, ny oppdatering kl 15. {said}")
        talk.bot_says("Meldingen må si", "Leverandøren retter")
        talk.says("send")
        assert notice(talk).history[-1].before == {}

    def test_what_is_as_before_is_no_change(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter. omvei: Bruk webversjonen. ny oppdatering kl 15")
        talk.bot_does_not_say("(endret)")

    def test_endre_changes_the_fact_it_names(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter, ny oppdatering kl 15")
        talk.says("endre omvei til bruk papir")
        talk.bot_says("Hva du kan gjøre nå (endret): Bruk papir", "Leverandøren retter")

    def test_the_button_of_what_was_shown_before_sends_nothing(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter, ny oppdatering kl 15")
        old = talk.choices()[0][0]
        talk.says("omvei: bruk papir")
        talk.press_action(old)
        talk.bot_says("ikke lenger i bruk", "Bruk papir")
        assert not talk.effects

    def test_an_earlier_promise_stands_no_longer_in_the_words(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter, ny oppdatering kl 14")
        talk.says("ny oppdatering kl 16")
        talk.says("send")
        assert notice(talk).history[-1].text == "leverandøren retter".capitalize()

    def test_a_new_time_alone_is_news(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: neste oppdatering kl 14")
        talk.says("ny oppdatering kl 16")
        talk.says("send")
        assert notice(talk).history[-1].text == "Neste oppdatering kommer i dag, mandag 23. november kl. 16.00"

    def test_the_end_changes_no_fact(self) -> None:
        talk = published()
        talk.says(f"rettet {REF}: omveien er fjernet, et sertifikat var utløpt")
        talk.says("send")
        assert (notice(talk).workaround, notice(talk).history[-1].before) == ("Bruk webversjonen", {})


class TestTheClosedGroup:
    @pytest.mark.parametrize("kind", ["oppdater", "rettet", "midlertidig løst", "trekk"])
    @pytest.mark.parametrize(
        "said", ["Lukket gruppe: nøkkel 7 er byttet", "bare til den lukkede gruppa nøkkel 7 er byttet"]
    )
    def test_what_is_for_it_is_in_no_other_text(self, kind: str, said: str) -> None:
        talk = published_to_all()
        talk.says(f"{kind} {REF}: et sertifikat var utløpt. {said}")
        if kind == "oppdater":
            talk.says("kl 15")
        closed, everybody = (reply for reply in talk.replies if isinstance(reply, Summary))
        assert "nøkkel 7" in str(closed.rows) + str(closed.notes)
        assert "nøkkel 7" not in str(everybody.rows) + str(everybody.notes)
        talk.says("send")
        assert "nøkkel 7" in notice(talk).history[-1].closed
        assert "nøkkel 7" not in str(notice(talk).open_version().to_json())

    def test_it_is_left_out_where_that_group_gets_nothing(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter, ny oppdatering kl 15. lukket gruppe: nøkkel 7 er byttet")
        talk.bot_says("Meldingen går ikke til den lukkede gruppen")
        talk.says("send")
        assert "nøkkel 7" not in str(notice(talk).to_json())

    def test_it_alone_is_no_news_to_everybody(self) -> None:
        talk = published_to_all()
        talk.says(f"oppdater {REF}: lukket gruppe: nøkkel 7 er byttet")
        talk.bot_says(f"Hva er nytt i {REF} for alle?")
        talk.says("Leverandøren retter. Ny oppdatering kl 15")
        talk.says("send")
        line = notice(talk).history[-1]
        assert (line.closed, "nøkkel" in line.text) == ("nøkkel 7 er byttet", False)

    def test_the_facts_of_both_versions_change_and_its_own_text_stays_its_own(self) -> None:
        talk = published_to_all()
        talk.says(f"oppdater {REF}: omvei: bruk papir, ny oppdatering kl 15")
        closed, everybody = (reply for reply in talk.replies if isinstance(reply, Summary))
        for shown in (closed, everybody):
            assert "Bruk papir" in str(shown.rows)
        assert SECRET not in str(everybody.rows) + str(everybody.notes)


class TestMoreGroups:
    """To those who had nothing of it, it is a first notice: the number is confirmed, and a second person looks."""

    def test_they_get_it_when_the_number_is_confirmed_and_somebody_else_has_approved(self) -> None:
        talk = published()
        assert notice(talk).approved_by
        talk.says(f"oppdater {REF}: leverandøren retter. send også til alle gruppene. ny oppdatering kl 15")
        talk.bot_says("En annen i USS må se på den før 12 090 personer får dette")
        talk.presses("Be om godkjenning")
        talk.bot_says("Meldingen sendes til 12 090 personer i SAM/IT, SAM/IKT-hovedkontakter. Er det riktig?")
        assert not talk.effects
        talk.says("ja")
        assert notice(talk).groups == ("sam_it",)
        other = Transcript(second_uss(), now=talk.now, notices=talk.notices, proposed=talk.proposed)
        other.says("til godkjenning")
        other.presses("Godkjenn og send til 12 090")
        assert notice(talk).groups == ("sam_it", "sam_ikt_hovedkontakter")
        assert notice(talk).approved_by == "Remi Manager"

    @pytest.mark.parametrize("said", ["nei", "Nei, bare de samme gruppene"])
    def test_or_only_the_same_ones(self, said: str) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: leverandøren retter. grupper: alle gruppene. ny oppdatering kl 15")
        talk.says("send")
        talk.says(said)
        talk.bot_says("Skal jeg sende dette til 12 000 personer?", "Leverandøren retter")
        talk.says("send")
        assert notice(talk).groups == ("sam_it",)

    def test_what_was_written_for_the_closed_group_is_never_opened(self) -> None:
        talk = published()
        talk.notices[0] = replace(talk.notices[0], groups=("sam_ikt_hovedkontakter",))
        talk.says(f"oppdater {REF}: leverandøren retter. send også til alle gruppene. ny oppdatering kl 15")
        talk.bot_says("skrevet bare for den", "skriv")
        talk.says("send")
        assert notice(talk).groups == ("sam_ikt_hovedkontakter",)

    def test_none_is_taken_away(self) -> None:
        talk = published_to_all()
        talk.says(f"oppdater {REF}: leverandøren retter. grupper: SAM/IT. ny oppdatering kl 15")
        talk.says("send")
        assert len(notice(talk).groups) == 2


def test_a_line_that_was_sent_back_is_taken_up_with_the_facts_it_changes() -> None:
    talk = published()
    talk.notices[0] = replace(talk.notices[0], approved_by="")
    talk.now = MONDAY
    talk.says(f"oppdater {REF}: leverandøren retter. omvei: bruk papir. ny oppdatering kl 15")
    talk.says("ja")
    assert notice(talk).workaround == "Bruk webversjonen"
    other = Transcript(second_uss(), now=talk.now, notices=talk.notices, proposed=talk.proposed)
    other.says("til godkjenning")
    other.bot_says("Hva du kan gjøre nå (endret): Bruk papir")
    other.presses("Send tilbake")
    other.says("Skriv hvilken leverandør")
    talk.says("til godkjenning")
    talk.presses("Rett og send på nytt")
    talk.says("Tieto retter")
    talk.says("ja")
    other.says("til godkjenning")
    other.presses("Godkjenn og send til 12 000")
    assert notice(talk).workaround == "Bruk papir"
    assert notice(talk).history[-1].text == "Tieto retter. Dette kan du gjøre nå: Bruk papir."


texts_ = st.text(min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from([one for one in FACTS if one not in ("since", "groups")]), texts_, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_a_fact_was_is_kept_and_survives_json(changes: dict[str, str]) -> None:
    before = a_notice()
    line = NoticeUpdate(MONDAY, "Ulla Uss", "updated", "nytt")
    after = Notice.from_json(with_line(before, line, None, changes).to_json())
    assert {name: fact(after, name) for name in changes} == changes
    assert with_facts(after, after.history[-1].before) == replace(
        after, **{name: getattr(before, name) for name in changes}
    )
    assert not any(value for one in after.open_version().history for value in one.before.values())
    proposed = ProposedLine("D-2026-0001", line, datetime.now(MONDAY.tzinfo), "p-uss", changes=changes, words="nytt")
    assert ProposedLine.from_json(proposed.to_json()).changes == changes
