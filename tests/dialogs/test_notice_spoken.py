"""The one who watches over a notice says that it is over, or what is new, without its number (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import NoticeStatus
from tests.dialogs.test_notice_updates import published
from tests.transcript import Transcript, person

REF = "D-2026-0001"
GERICA = "D-2026-0002"


def with_two(*, both_own: bool = True) -> Transcript:
    talk = published()
    author = talk.notices[0].author_id if both_own else "p-other"
    other = replace(talk.notices[0], ref=GERICA, what="Gerica er nede", affected="Alle i Gerica", author_id=author)
    talk.notices.append(other)
    return talk


class TestItIsOver:
    @pytest.mark.parametrize(
        "said",
        ["rettet", "Rettet!", "retta", "det virker igjen", "det verkar att", "nå er den oppe", "no er det oppe igjen",
         "feilen er løst", "feila er løyst no", "AKS er oppe igjen", "nå virker AKS", "fikset", "alt er i orden igjen",
         "ok, problemet er løst nå", "alle kommer inn igjen", "det fungerer som det skal", "retet"],
    )  # fmt: skip
    def test_fixed_bug_the_owner_s_plain_word_was_not_understood(self, said: str) -> None:
        talk = published()
        talk.says(said)
        assert not talk.effects
        talk.bot_says(REF, "rsak")
        talk.says("et sertifikat var utløpt")
        talk.bot_says("rettet. Varte i", "12 000")
        talk.says("send")
        assert talk.notices[0].status is NoticeStatus.RESOLVED
        assert talk.notices[0].history[-1].text == "Et sertifikat var utløpt"

    @pytest.mark.parametrize(
        ("said", "text"),
        [
            ("feilen er løst, skyldtes et utløpt sertifikat", "Feilen er løst, skyldtes et utløpt sertifikat"),
            ("rettet, en disk var full", "En disk var full"),
            ("løst: en disk var full", "En disk var full"),
            ("det er retta no, det var ein full disk", "Det er retta no, det var ein full disk"),
            ("nå virker AKS igjen etter omstart av serveren", "Nå virker AKS igjen etter omstart av serveren"),
        ],
    )
    def test_with_the_cause_it_is_shown_at_once(self, said: str, text: str) -> None:
        talk = published()
        talk.says(said)
        talk.bot_says("Skal jeg sende dette til 12 000 personer?" if talk.state.language == "nb" else "12 000", text)
        talk.says("ja")
        assert talk.notices[0].history[-1].text == text

    @pytest.mark.parametrize("said", ["vet ikke", "hopp over", "nei"])
    def test_a_cause_that_is_not_known_is_told_as_that(self, said: str) -> None:
        talk = published()
        talk.says("rettet")
        talk.says(said)
        talk.says("send")
        assert talk.notices[0].history[-1].text == "Vi vet ikke årsaken ennå."

    def test_for_the_time_being(self) -> None:
        talk = published()
        talk.says("midlertidig løst, vi har ryddet plass på en disk")
        talk.bot_says("midlertidig rettet", "Feilen kan komme tilbake")
        talk.says("send")
        assert len(talk.problems) == 1

    @pytest.mark.parametrize(
        "said",
        ["feilen er ikke rettet", "det virker ikke igjen", "er AKS oppe igjen?", "AKS er nede igjen", "takk",
         "det er snart rettet", "AKS er delvis oppe igjen"],
    )  # fmt: skip
    def test_what_says_something_else(self, said: str) -> None:
        talk = published()
        talk.says(said)
        talk.bot_does_not_say("årsaken til", "Skal jeg sende dette")

    @pytest.mark.parametrize("role", ["ansatt", "1linje", "forvalter"])
    def test_nobody_else_s_word_ends_it(self, role: str) -> None:
        talk = Transcript(person(role), notices=published().notices)
        talk.says("det virker igjen")
        talk.bot_does_not_say("årsaken til")
        assert talk.state.line is None

    def test_in_the_middle_of_a_case_it_is_about_the_case(self) -> None:
        talk = published()
        talk.says("ny sak: skriveren lager striper")
        talk.says("det virker igjen")
        talk.bot_does_not_say("årsaken til D-")

    def test_without_a_notice_it_is_thanks(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("det virker nå")
        talk.bot_says("Bare hyggelig")


class TestWhichOfSeveral:
    def test_it_is_asked_and_the_words_are_kept(self) -> None:
        talk = with_two()
        talk.says("feilen er løst, skyldtes et utløpt sertifikat")
        talk.bot_says("Hvilken driftsmelding gjelder det?", REF, GERICA)
        talk.says("2")
        talk.bot_says("Gerica er nede", "utløpt sertifikat", "Skal jeg sende dette")
        talk.says("send")
        assert [one.status for one in talk.notices] == [NoticeStatus.ACTIVE, NoticeStatus.RESOLVED]

    @pytest.mark.parametrize("said", [GERICA, "den om Gerica", "Gerica er nede"])
    def test_in_words(self, said: str) -> None:
        talk = with_two()
        talk.says("rettet")
        talk.says(said)
        talk.bot_says(f"Hva var årsaken til {GERICA}")

    @pytest.mark.parametrize("said", ["Gerica er oppe igjen", "nå virker Gerica igjen"])
    def test_the_system_that_is_named_tells(self, said: str) -> None:
        talk = with_two()
        talk.says(said)
        talk.bot_says(f"Hva var årsaken til {GERICA}")

    def test_one_s_own_is_meant(self) -> None:
        talk = with_two(both_own=False)
        talk.says("rettet")
        talk.bot_says(f"Hva var årsaken til {REF}")

    def test_an_old_button_chooses_nothing(self) -> None:
        talk = with_two()
        talk.press_action(f"line:for:{REF}")
        talk.bot_says("ikke lenger i bruk")


class TestSomethingIsNew:
    @pytest.mark.parametrize(
        ("said", "text"),
        [
            ("omvei: bruk webmail", "Dette kan du gjøre nå: Bruk webmail."),
            ("det gjelder nå også bydel Alna", "Dette gjelder nå: Alle som bruker AKS. Også bydel Alna."),
            ("konsekvensen er nå at ingen får søkt", "Konsekvensen er nå: Ingen får søkt."),
            ("nytt: leverandøren bytter en disk", "Leverandøren bytter en disk"),
            ("oppdater driftsmeldingen: leverandøren bytter en disk", "Leverandøren bytter en disk"),
        ],
    )
    def test_it_is_a_line_of_the_open_one(self, said: str, text: str) -> None:
        talk = published()
        talk.says(said)
        talk.says("kl 15")
        talk.says("send")
        assert talk.notices[0].history[-1].text == text

    @pytest.mark.parametrize(
        ("said", "told"), [("ingenting", "Vi har ikke noe nytt å fortelle ennå."), ("nei", "Vi har ikke noe nytt")]
    )
    def test_nothing_new_is_told_in_words(self, said: str, told: str) -> None:
        talk = published()
        talk.says("driftsmeldinger")
        talk.presses("Oppdater")
        talk.says(said)
        talk.says("kl 15")
        talk.bot_says(told)

    def test_why_it_is_withdrawn_must_be_said(self) -> None:
        talk = published()
        talk.says(f"trekk {REF}")
        talk.says("nei")
        talk.bot_says("trenger å vite hvorfor", "Hvorfor trekkes")

    def test_called_off_it_is_gone(self) -> None:
        talk = published()
        talk.says("nytt: leverandøren bytter en disk")
        talk.says("avbryt")
        talk.bot_says("blir ikke sendt")
        assert (talk.state.line, talk.state.pending) == (None, None)

    @pytest.mark.parametrize(
        ("said", "name", "value"),
        [
            ("legg til at bydel Alna også er berørt", "affected", "Alle som bruker AKS. Også bydel Alna"),
            ("nå er alle bydeler rammet", "affected", "Alle bydeler"),
            ("endre omvei til bruk papir", "workaround", "Bruk papir"),
            ("ny omvei: ring 1.linje", "workaround", "Ring 1.linje"),
            ("ingen omvei lenger", "workaround", "Det er ingen omvei ennå. Vi sier fra når vi har en."),
            ("kontakt er nå Kari på 22 33 44 55", "contact", "Kari på 22 33 44 55"),
            ("send også til hovedkontaktene", "groups", "sam_it,sam_ikt_hovedkontakter"),
        ],
    )
    def test_in_the_words_that_people_ask_with(self, said: str, name: str, value: str) -> None:
        talk = published()
        talk.says(said)
        assert talk.state.line is not None, talk.last
        assert dict(talk.state.line.changes) == {name: value}

    @pytest.mark.parametrize("said", ["utsett neste oppdatering til kl 15", "flytt neste oppdatering til 15.00"])
    def test_the_next_update_is_put_off(self, said: str) -> None:
        talk = published()
        talk.says(said)
        talk.bot_says("kl. 15.00", "Skal jeg sende dette")

    @pytest.mark.parametrize("said", ["som før", "2", "samme tid"])
    def test_or_comes_when_it_was_promised(self, said: str) -> None:
        talk = published()
        talk.notices[0] = replace(talk.notices[0], next_update_at=talk.now.replace(hour=14))
        talk.says("omvei: bruk webmail")
        talk.bot_says("Som før, i dag, mandag 23. november kl. 14.00")
        talk.says(said)
        talk.says("send")
        assert f"{talk.notices[0].next_update_at:%H.%M}" == "14.00"

    @pytest.mark.parametrize(
        ("said", "asked"),
        [
            ("avslutt meldingen", "Hva var årsaken"),
            ("friskmelding", "Hva var årsaken"),
            ("trekk den", "Hvorfor trekkes"),
            ("sendt til feil gruppe", "Driftsmelding D-2026-0001 er trukket"),
            ("feilen er lokalisert", "Når kommer neste oppdatering"),
        ],
    )
    def test_its_end_and_how_it_goes_in_few_words(self, said: str, asked: str) -> None:
        talk = published()
        talk.says(said)
        assert not talk.effects
        talk.bot_says(asked)
