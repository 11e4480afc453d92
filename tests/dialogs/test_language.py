"""Which language a message is in; few words decide nothing; what a person asks for stays."""

from __future__ import annotations

import pytest

from dialogs.language import asked_language, detect_language
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begun, fill
from tests.transcript import Transcript, person


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg får ikke logget på, hvordan gjør jeg det?", "nb"),
        ("Skriveren i tredje etasje virker ikke", "nb"),
        ("Eg får ikkje logga på datamaskina mi", "nn"),
        ("Kva skjema skal eg bruke?", "nn"),
        ("Skrivaren i tredje høgda verkar ikkje", "nn"),
        ("Brukaren treng tilgang til Gerica", "nn"),
        ("Treng ny fellespostkasse til leiargruppa", "nn"),
        ("I cannot log on to my computer, what should I do?", "en"),
        ("Hello, the printer is not working", "en"),
        ("Hi, I forgot my password", "en"),
        ("My password has expired", "en"),
        ("We need a new shared mailbox", "en"),
        ("Outlook keeps asking for my password since yesterday", "en"),
        ("Which form for a new employee?", "en"),
        ("hello", "en"),
        ("my account doesn't exist, I just started", "en"),
        ("Får ikke logget på, det står «Your account has been locked, please contact your administrator»", "nb"),
    ],
)
def test_a_clear_message(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "", "2", "ok", "OK", "AKS", "SAM/IT", "IT", "pc", "PC", "send", "Send", "yes", "no", "ja", "nei", "avbryt",
        "status", "Citrix Workspace app error", "Microsoft Teams", "OneDrive for Business", "Office 365", "Word, Excel",
        "Gerica", "Visma Flyt Skole", "Power BI Pro", "Adobe Acrobat Pro DC", "Remote Desktop", "Share Point",
        "thanks", "Thanks!", "please", "thank you", "hi", "Kari Nordmann", "23477070", "test og prod", "login error",
        "Exchange Online", "Windows Hello for Business", "just me", "SAM/IT og SAM/IKT-hovedkontakter", "16.1.2",
    ],
)  # fmt: skip
def test_short_replies_and_names_of_programs_tell_no_language(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("English please", "en"),
        ("in English, please", "en"),
        ("english", "en"),
        ("English!", "en"),
        ("Can you speak English?", "en"),
        ("could we do it in English", "en"),
        ("can I write in english?", "en"),
        ("switch to English", "en"),
        ("på engelsk takk", "en"),
        ("kan du skrive på engelsk?", "en"),
        ("I don't speak Norwegian", "en"),
        ("sorry, I do not understand Norwegian", "en"),
        ("på nynorsk takk", "nn"),
        ("På nynorsk, takk.", "nn"),
        ("nynorsk", "nn"),
        ("kan du svare på nynorsk?", "nn"),
        ("eg vil ha det på nynorsk", "nn"),
        ("bokmål", "nb"),
        ("bytt til bokmål", "nb"),
        ("norsk takk", "nb"),
        ("på norsk", "nb"),
        ("svar på norsk", "nb"),
        ("Norwegian please", "nb"),
    ],
)
def test_a_language_that_is_asked_for(text: str, language: str) -> None:
    assert asked_language(text) == language


@pytest.mark.parametrize(
    "text",
    ["norsk", "engelsk", "engelsk tastatur", "kurs i norsk", "Word står på engelsk", "norsk ordbok i Word",
     "English US", "vi trenger malen på nynorsk", "teacher of English", "på", ""],
)  # fmt: skip
def test_a_language_that_is_only_spoken_of(text: str) -> None:
    assert asked_language(text) is None


class TestSwitching:
    @pytest.mark.parametrize(
        ("said", "question"),
        [("english please", "When did it begin?"), ("på nynorsk takk", "Når byrja feilen?")],
    )
    def test_the_open_question_is_asked_again_in_the_new_language(self, said: str, question: str) -> None:
        talk = begun("1linje", "AKS fryser for alle på kontoret", AKS_SLOW_FORM)
        talk.says(said)
        talk.bot_says(question)

    def test_so_is_a_question_without_a_case(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("bestille")
        talk.says("english please")
        talk.bot_says("What do you need, and who is it for?")
        talk.says("bokmål")
        talk.bot_says("Hva trenger du, og hvem er det til?")

    def test_and_the_menu(self) -> None:
        talk = Transcript(person("1linje"))
        talk.joins()
        talk.says("english please")
        talk.bot_says("1. Report a fault")
        talk.says("1")
        talk.bot_says("What does not work?")

    def test_words_for_others_stay_open(self) -> None:
        talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM))
        talk.says("send")
        talk.says("kommentar")
        talk.says("english please")
        talk.bot_says("My question above is still open")
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "comment"

    @pytest.mark.parametrize("said", ["Jeg får ikke skrevet ut på skriveren i tredje etasje", "Skrivaren verkar ikkje"])
    def test_who_asked_for_a_language_keeps_it_whatever_he_writes(self, said: str) -> None:
        """The transcript saves and loads the state between every two turns, so a restart keeps it too."""
        talk = Transcript(person("1linje"))
        talk.says("english please")
        talk.says(said)
        assert talk.state.language == "en"

    def test_who_asked_for_none_is_answered_as_he_writes(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("The printer on the third floor is not working")
        assert talk.state.language == "en"
        talk.says("avbryt")
        talk.says("Jeg får ikke skrevet ut på skriveren i tredje etasje")
        assert talk.state.language == "nb"

    @pytest.mark.parametrize("said", ["thanks", "OK", "SAM/IT", "yes", "send", "pc"])
    def test_a_short_reply_switched_the_language(self, said: str) -> None:
        talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM))
        talk.says(said)
        assert talk.state.language == "nb"
