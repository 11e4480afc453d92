"""A form that was refused is not offered again for the same case, unless the person names it (G 4.1)."""

from __future__ import annotations

import orjson
import pytest

from dialogs.state import state_from_json, state_to_text
from tests.transcript import Transcript, person

LEFT = "Min kollega Anne Dahl har sluttet og jeg trenger å få lest e-posten hennes"
VPN = "VPN virker ikke for Kari Moe siden i går, prøvd omstart"
AUTOSVAR, ONEDRIVE = 900156, 900251


def said(role: str, *messages: str) -> Transcript:
    talk = Transcript(person(role, virksomhet="HEL"))
    for message in messages:
        talk.says(message)
    return talk


def offered(talk: Transcript) -> list[str]:
    return [label for action, label in talk.choices() if action.startswith("form:") and action != "form:none"]


@pytest.mark.parametrize(
    "no", ["nei, jeg vil ikke ha autosvar. feil skjema", "nei, ikke autosvar", "Jeg vil ikke ha autosvar"]
)
def test_what_is_said_no_to_by_name_is_off_the_list(no: str) -> None:
    """Autosvar was the first of the list again."""
    talk = said("superbruker", LEFT, no)
    assert offered(talk)
    assert not any("Autosvar" in label for label in offered(talk))
    assert talk.state.draft is not None
    assert talk.state.draft.refused == (AUTOSVAR,)


def test_feil_skjema_says_no_to_the_whole_list_and_ends_with_a_person() -> None:
    talk = said("superbruker", LEFT)
    seen: set[str] = set()
    for _ in range(8):
        now = set(offered(talk))
        if not now:
            break
        assert not now & seen
        seen |= now
        talk.says("feil skjema")
    talk.bot_says("ikke flere skjemaer", "Snakk med et menneske")
    talk.says("1")
    talk.bot_does_not_say("forstår ikke")


def test_more_told_after_the_last_form_was_refused_loses_nothing() -> None:
    talk = said("superbruker", LEFT, *["feil skjema"] * 6, "hun sluttet 1. november", "send", "status")
    assert talk.state.draft is not None
    assert "hun sluttet 1. november" in talk.state.draft.text


@pytest.mark.parametrize("by", ["feil skjema", "[Annet skjema]"])
def test_the_form_that_was_taken_does_not_come_back_with_more_words(by: str) -> None:
    talk = said("1linje", VPN)
    assert talk.state.draft is not None
    taken = talk.state.draft.form_id
    assert taken is not None
    if by == "feil skjema":
        talk.says(by)
    else:
        talk.press_action(f"wrong_form:{talk.state.draft.id}")
    talk.says("VPN virker fortsatt ikke for henne hjemmefra")
    assert talk.state.draft.form_id != taken or talk.state.draft.stage == "choose"
    assert f"form:{taken}" not in {action for action, _ in talk.choices()}
    assert f"other:{talk.state.draft.id}:{taken}" not in {action for action, _ in talk.choices()}


def test_who_names_it_by_its_title_gets_it_all_the_same() -> None:
    talk = said("1linje", LEFT, "nei, ikke autosvar", "jo, det er Autosvar på annen ansatts postkasse")
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == AUTOSVAR
    assert AUTOSVAR not in talk.state.draft.refused


def test_a_no_to_another_form_refuses_none() -> None:
    talk = said("superbruker", LEFT, "ikke noe hastverk")
    assert talk.state.draft is not None
    assert talk.state.draft.refused == ()


def test_a_state_from_before_has_refused_nothing() -> None:
    talk = said("superbruker", LEFT, "feil skjema")
    kept = orjson.loads(state_to_text(talk.state))
    del kept["drafts"][0]["refused"]
    assert state_from_json(kept).drafts[0].refused == ()
