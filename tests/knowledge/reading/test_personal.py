"""Personal data: found by check digits and by words, masked whole, and no false alarms."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading import find_personal_data, mask_personal_data, without_masks
from knowledge.reading.personal import MASKS, identity_kind, is_account_number, is_card_number

FIRST, SECOND, ACCOUNT = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def with_control(digits: str, *rows: tuple[int, ...]) -> str | None:
    """The digits with a modulus 11 digit for each row of weights; None when one would be 10. Reckoned anew here."""
    for weights in rows:
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        control = 0 if rest == 0 else 11 - rest
        if control == 10:
            return None
        digits += str(control)
    return digits


def identity_number(day: int, month: int, year: int, individual: int) -> str | None:
    return with_control(f"{day:02}{month:02}{year % 100:02}{individual:03}", FIRST, SECOND)


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find_personal_data(text)]


IDENTITIES = (
    st.builds(identity_number, st.integers(1, 28), st.integers(1, 12), st.integers(1940, 2020), st.integers(0, 999))
    .filter(bool)
    .map(str)
)


@settings(deadline=None)
@given(IDENTITIES, st.sampled_from(["{}", "{} ", "fnr:{}.", "({})", "født {},", "x{}y"]))
def test_a_valid_identity_number_is_found_anywhere(number: str, frame: str) -> None:
    assert kinds(frame.format(number)) == ["fodselsnummer"]
    assert number not in mask_personal_data(frame.format(number))
    parted = frame.format(f"{number[:6]} {number[6:]}")
    assert kinds(parted) == ["fodselsnummer"]
    assert number[6:] not in mask_personal_data(parted)


@settings(deadline=None)
@given(IDENTITIES, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_no_identity_number(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert identity_kind(wrong) is None


@pytest.mark.parametrize(
    ("day", "month", "kind"),
    [(41, 1, "d_nummer"), (1, 41, "fodselsnummer"), (1, 81, "fodselsnummer"), (41, 81, "d_nummer")],
)
def test_d_numbers_and_synthetic_numbers(day: int, month: int, kind: str) -> None:
    numbers = [identity_number(day, month, 1990, individual) for individual in range(100, 120)]
    valid = [number for number in numbers if number is not None]
    assert valid
    assert {identity_kind(number) for number in valid} == {kind}


@pytest.mark.parametrize("digits", ["", "1234567890", "123456789012", "abcdefghijk", "٠١٢٣٤٥٦٧٨٩٠"])
def test_what_is_not_eleven_digits_is_no_identity_number(digits: str) -> None:
    assert identity_kind(digits) is None


def test_a_date_that_does_not_exist_is_no_identity_number_even_with_right_control_digits() -> None:
    numbers = [identity_number(31, 2, 1990, individual) for individual in range(100, 140)]
    assert [number for number in numbers if number is not None]
    assert {identity_kind(number) for number in numbers if number is not None} == {None}


@settings(deadline=None)
@given(st.from_regex(r"[1-9][0-9]{3}[1-9][0-9]{5}", fullmatch=True))
def test_account_numbers_in_their_usual_writing(digits: str) -> None:
    number = with_control(digits, ACCOUNT)
    if number is None or identity_kind(number) is not None or len(set(number)) == 1:
        return
    for written in (number, f"{number[:4]}.{number[4:6]}.{number[6:]}", f"{number[:4]} {number[4:6]} {number[6:]}"):
        assert kinds(f"kontonummer {written}") == ["account_number"], written


def test_plain_eleven_digits_called_something_else_are_no_account_number() -> None:
    assert is_account_number("86011117947")
    assert kinds("betal til 86011117947") == ["account_number"]
    for other in (
        "saksnr 86011117947",
        "ref: 86011117947",
        "serienummer 86011117947",
        "IMEI 86011117947",
        "tlf 86011117947",
    ):
        assert kinds(other) == [], other


@pytest.mark.parametrize("digits", ["11111111111", "86010017947", "8601111794", "86011117948"])
def test_no_account_numbers(digits: str) -> None:
    assert not is_account_number(digits)


@pytest.mark.parametrize(
    "written", ["4111 1111 1111 1111", "4111111111111111", "5500-0055-5555-5559", "378282246310005"]
)
def test_card_numbers(written: str) -> None:
    assert kinds(f"kortet {written} er sperret") == ["card_number"]


@pytest.mark.parametrize("digits", ["4111111111111112", "1111111111111111", "9111111111111111", "411111111111"])
def test_no_card_numbers(digits: str) -> None:
    assert not is_card_number(digits)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("passordet mitt er Sommer2026!", "Sommer2026!"),
        ("Passord: hunter2", "hunter2"),
        ("pw: Hemmelig123", "Hemmelig123"),
        ("my password is Winter#99", "Winter#99"),
        ("jeg skrev inn passordet mitt Sommer2026! nå får jeg rare meldinger", "Sommer2026!"),
        ("passordet (Katt2025) er på avveie", "Katt2025"),
        ("I typed my password Summer2026! into a page", "Summer2026!"),
        ("pin-koden er 4711.", "4711"),
        ("passord = «blå hest i fjøset»", "«blå hest i fjøset»"),
        ("passordet til Kari er Gulost77", "Gulost77"),
        ("passordet er oppgitt: Hemmelig12", "Hemmelig12"),
        ("pwd Abc12345 virker ikke", "Abc12345"),
    ],
)
def test_told_passwords(text: str, secret: str) -> None:
    (finding,) = find_personal_data(text)
    assert finding.kind == "password"
    assert text[finding.start : finding.end] == secret
    assert mask_personal_data(text) == text.replace(secret, MASKS["password"])


@pytest.mark.parametrize(
    "text",
    [
        "passordet er utløpt",
        "Passord er oppgitt: nei",
        "Passord er oppgitt? Ja",
        "Passordet mitt er feil",
        "passordet er ikke riktig",
        "har glemt passord",
        "my password is expired",
        "passordet var låst i går",
        "Passord: [passord fjernet]",
        "nytt passord til en kollega",
        "passordet er et problem",
    ],
)
def test_speaking_of_passwords_is_no_finding(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ring 915 12 345 eller +47 22 33 44 55",
        "sak 17549 og L-2026-000123",
        "23.11.2026 kl 08:15, pc PC-123456",
        "ressursnummer 123456, fakturaref 4711-2026-0001",
        "feilkode 0x80070035 på 10.20.30.40",
        "org.nr 958 935 420",
        "IMEI 356938035643809 på telefonen",
        "",
    ],
)
def test_ordinary_numbers_raise_no_alarm(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Gjelder beboer Ola som har epilepsi", "epilepsi"),
        ("Eleven Nora Berg har ADHD og må ha egen konto", "ADHD"),
        ("Ida fikk insulin i natt, men det er ikke ført", "insulin"),
    ],
)
def test_health_details_of_named_persons(text: str, detail: str) -> None:
    (finding,) = find_personal_data(text)
    assert finding.kind == "health"
    assert text[finding.start : finding.end] == detail


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "pasient Olav Nordmann f. 12.03.1941 har fått feil medisin i Gerica",
            "pasient [personopplysning fjernet] har fått feil medisin i Gerica",
        ),
        (
            "Pasient Kari Nordmann med demens får ikke medisin, Kari Nordmann står tom",
            "Pasient [personopplysning fjernet] med [helseopplysning fjernet] får ikke medisin, "
            "[personopplysning fjernet] står tom",
        ),
        ("Patient John Smith is missing", "Patient [personopplysning fjernet] is missing"),
        ("pasienten Olav (født 12.03.1941) er borte", "pasienten [personopplysning fjernet] er borte"),
        ("Pasient Gerica viser ikke listen", "Pasient Gerica viser ikke listen"),
        ("Patient Portal er nede", "Patient Portal er nede"),
        ("Pasienter på Lindeberg får ikke svar", "Pasienter på Lindeberg får ikke svar"),
    ],
)
def test_who_a_patient_is_is_taken_out(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Vi har demensavdeling og trenger to nye PC-er",
        "Gerica viser feil dose insulin for alle",
        "Jeg er sykmeldt og trenger tilgang hjemmefra",
        "Kari Nordmann trenger ny mus. Avdelingen for diabetes flytter.",
        "Bydelen har fått nytt system for kreftomsorg",
        "Medisinlisten til Kari Nordmann vises ikke",
    ],
)
def test_health_words_without_a_named_person_are_no_finding(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Ansatt Nils Berg (f. 12.03.1975), som har kreft og er innlagt på OUS, får ikke logget på VPN",
            "Ansatt Nils Berg (f. 12.03.1975), som har # og er #, får ikke logget på VPN",
        ),
        (
            "Nils Berg er innlagt på psykiatrisk og får ikke logget på VPN",
            "Nils Berg er # og får ikke logget på VPN",
        ),
        ("Kari fikk slag og kommer ikke inn i AKS hjemmefra", "Kari fikk # og kommer ikke inn i AKS hjemmefra"),
        ("Kari fekk slag og er innlagd på sjukehus", "Kari fekk # og er #"),
        ("Nils Berg (innlagt, kreft) får ikke logget på", "Nils Berg (#, #) får ikke logget på"),
        ("Nils Berg får ikke logget på. Han ligger på sykehus", "Nils Berg får ikke logget på. Han ligger #"),
        ("kollegaen min er sykemeldt med depresjon", "kollegaen min er # med #"),
        ("Lederen vår brakk armen i går", "Lederen vår # i går"),
        ("Beboer på rom 4 er innlagt på Lovisenberg sykehus i dag", "Beboer på rom 4 er # i dag"),
        ("Vikar for Kari Moe, som er syk, trenger tilgang", "Vikar for Kari Moe, som er #, trenger tilgang"),
        ("han går til psykolog og trenger fri", "han går til # og trenger fri"),
    ],
)
def test_what_is_told_of_a_person_is_masked_whatever_stands_between(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked.replace("#", MASKS["health"])


THINGS = [
    "skjermen", "PC-en", "programmet", "skriveren", "Gerica", "AKS", "nettet", "maskinen i 3. etasje", "serveren",
]  # fmt: skip
SAID_OF_THINGS = [
    "fikk slag", "fikk anfall", "er innlåst", "er sykt treg", "er syk treg", "er innlagt på serveren", "er død",
    "har diagnosemodus på", "brakk i to", "er ute av drift",
]  # fmt: skip
OWNERS = ["", " til Kari Moe", " hos Nils Berg", " vår", " til kollegaen min", ", sier Kari Moe,"]


@given(st.sampled_from(THINGS), st.sampled_from(OWNERS), st.sampled_from(SAID_OF_THINGS), st.booleans())
def test_the_fault_itself_is_never_taken_out(thing: str, owner: str, said: str, others_follow: bool) -> None:
    sentence = f"{thing}{owner} {said}" + (" og Kari Moe får ikke jobbet" if others_follow else "")
    assert kinds(sentence) == [], sentence


@given(
    st.sampled_from(
        ["Nils Berg", "Kari", "Ansatt Nils Berg", "beboer Ola", "han", "Hun", "kollegaen min", "min leder"]
    ),
    st.sampled_from([" ", " (f. 12.03.1975) ", ", som nå ", " dessverre ", " (tlf. 91512345), som "]),
    st.sampled_from(["er innlagt på psykiatrisk", "fikk slag", "har kreft", "er sykmeldt", "ligger på sykehus"]),
    st.sampled_from(["", " og får ikke logget på VPN", ". PC-en er treg."]),
)
def test_what_is_said_of_somebody_is_always_taken_out(person: str, way: str, said: str, end: str) -> None:
    assert "health" in kinds(f"{person}{way}{said}{end}")


@pytest.mark.parametrize(
    "text",
    [
        "Kari Moe får ikke registrert diagnose i Gerica",
        "Kari Moe er lagt inn i AD som bruker",
        "Kari Moe er innlagt i Gerica som bruker",
        'Kari Moe får feilmelding "installation aborted"',
        "Kari Moe får ikke logget på Kreftregisteret",
        "Kari Moe er psykiatrisk sykepleier og får ikke logget på",
        "Kari Moe har MS Office 2016",
        "Han får ikke slått på PC-en",
    ],
)
def test_the_words_of_the_work_are_no_details_of_a_person(text: str) -> None:
    assert kinds(text) == []


def test_a_text_without_its_marks_keeps_its_places() -> None:
    text = "Nils Berg er [helseopplysning fjernet] og får ikke logget på AKS [D-nummer fjernet]"
    told = without_masks(text)
    assert len(told) == len(text)
    assert "fjernet" not in told
    assert told.index("AKS") == text.index("AKS")


PIECES = st.one_of(
    st.text(max_size=20),
    IDENTITIES,
    st.from_regex(r"[0-9 .-]{1,30}", fullmatch=True),
    st.sampled_from(
        ["passord: ", "passordet er ", "pw ", "Kari Nordmann", " har demens ", "4111 1111 1111 1111", "konto "]
    ),
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_masked_text_holds_nothing_more_to_find(text: str) -> None:
    found = find_personal_data(text)
    for finding in found:
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.masked == MASKS[finding.kind]
    assert all(first.end <= second.start for first, second in pairwise(found))
    masked = mask_personal_data(text)
    assert find_personal_data(masked) == ()
    assert mask_personal_data(masked) == masked


def test_what_stands_in_a_masks_place_is_no_password_because_a_figure_follows_it() -> None:
    masked = mask_personal_data("PW 00000A]0")
    assert masked == "PW [passord fjernet]]0"
    assert find_personal_data(masked) == ()
