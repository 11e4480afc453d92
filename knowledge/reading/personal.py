"""Personal data that does not belong in a case: found by its check digits or its words, and masked.

Fødselsnummer and D-nummer, account and card numbers count only when date and check digits agree, so phone numbers, case
numbers and serial numbers raise no alarm. Passwords are found by the words before them. Health details about a named
person are found as far as rules go, see `health_details`; so is who a patient is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.reading.health_details import health_details
from knowledge.reading.persons_spoken_of import patients

Kind = Literal["fodselsnummer", "d_nummer", "password", "account_number", "card_number", "health", "patient"]

MASKS: dict[str, str] = {
    "fodselsnummer": "[fødselsnummer fjernet]",
    "d_nummer": "[D-nummer fjernet]",
    "password": "[passord fjernet]",
    "account_number": "[kontonummer fjernet]",
    "card_number": "[kortnummer fjernet]",
    "health": "[helseopplysning fjernet]",
    "patient": "[personopplysning fjernet]",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """text[start:end] is personal data of this kind; `masked` is what to put there instead."""

    kind: Kind
    start: int
    end: int
    masked: str


# Looked for at every place, so that a number that begins inside another candidate is not missed.
_ELEVEN = re.compile(
    r"(?<!\d)(?=(\d{6}[ \u00a0.-]{0,2}\d{5}(?!\d)|\d{6} ?\d{3} ?\d{2}(?!\d)|\d{2}[. ]?\d{2}[. ]?\d{2}[ -]?\d{5}(?!\d)))"
)
_ACCOUNT = re.compile(r"(?<!\d)(?=(\d{4}[ \u00a0.]?\d{2}[ \u00a0.]?\d{5}(?!\d)))")
_CARD = re.compile(r"(?<!\d)(?=(\d(?:[ \u00a0-]?\d){12,18})(?!\d))")
# An account number has one control digit only, so every eleventh number of another kind would pass: these words tell.
_OTHER_NUMBER = re.compile(
    r"(?i)(?:sak|saks?nr|saksnummer|case|ticket|incident|ref|referanse|serie\w*|s/n|sn|imei|ordre\w*|order|kid|"
    r"faktura\w*|ressurs\w*|"
    r"kostnadssted|tlf|telefon\w*|mobil\w*|phone|id|versjon|build|batch|kunde\w*|orgnr|"
    r"organisasjonsnummer)\W{0,3}(?:nr|nummer|er|no)?\W{0,3}$"
)

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ACCOUNT_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _modulus_11(digits: str, weights: tuple[int, ...]) -> int:
    """The control digit; 10 when there is none and the number cannot exist."""
    return -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def identity_kind(digits: str) -> Literal["fodselsnummer", "d_nummer"] | None:
    """What eleven digits are when date and both control digits agree.

    Day + 40 is a D-nummer; month + 40, 65 or 80 is a synthetic number of a test population.
    """
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return None
    if str(_modulus_11(digits, _FIRST)) != digits[9] or str(_modulus_11(digits, _SECOND)) != digits[10]:
        return None
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    foreign = day > 40
    for offset in (80, 65, 40):
        if month > offset:
            month -= offset
            break
    try:
        date(2000 + year if year % 4 == 0 else 1900 + year, month, day - 40 if foreign else day)
    except ValueError:
        return None
    return "d_nummer" if foreign else "fodselsnummer"


def is_account_number(digits: str) -> bool:
    """Eleven digits with the modulus 11 control digit of a Norwegian account; seven trailing zeros are none."""
    if len(digits) != 11 or digits[4:6] == "00" or len(set(digits)) == 1:
        return False
    return str(_modulus_11(digits, _ACCOUNT_WEIGHTS)) == digits[10]


# Visa, Mastercard, American Express, Diners, JCB, Discover/UnionPay, Maestro: first digits and length.
_CARD_SCHEMES = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[0-2])\d{13}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|"
    r"35\d{14}|"
    r"6(?:011|5\d\d|2\d\d|4[4-9]\d)\d{12,15}|(?:50|5[6-8])\d{11,17}"
)


def is_card_number(digits: str) -> bool:
    """Digits that have the beginning and the length of a payment card and pass Luhn (an IMEI passes only Luhn)."""
    if not _CARD_SCHEMES.fullmatch(digits) or len(set(digits)) == 1:
        return False
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


_SAID_TO_BE = re.compile(
    r"(?i)\b(?:fødsels|foedsels|fodsels|person|d-)(?:nummer|nr)\w*\W{0,3}(?:er|hennes|hans)?\W{0,3}$|\bfnr\W{0,3}$"
)

# A password already masked, or another number masked where one would stand, is none.
_MASK_WORDS = tuple(mask.split()[0] for mask in MASKS.values())
_PASSWORD = re.compile(
    r"""(?ix) (?<![^\W\d_])(?:passord|passordet|passordene|pasord|pasordet|password|passwd|passwort|pwd|pw|pass|
        pinkode|pin-kode|
        pinkoden|pin-koden|pin|engangskode|engangskoden|løsenord|løsenordet)\b
    (?:\s+(?:mitt|min|hans|hennes|hennar|vårt|ditt|sitt|deira|deres|til\s+\w+|for\s+\w+|my|nye|nytt|gamle|på\s+\w+|to\s+\w+|
        er\s+(?:oppgitt|oppgjeve|gitt)))*
    (?:\s*(?:[:=]|(?<![\w])er\b\s*:?|\bis\b\s*:?|\bvar\b\s*:?|\bwas\b\s*:?|satt\s+til|sett\s+til|set\s+to)\s*)
    (?P<secret> "[^"\n]{1,80}" | «[^»\n]{1,80}» | '[^'\n]{1,80}' | [^\s]{3,80})""",
)
_PASSWORD_LOOSE = re.compile(
    r"(?i)(?<![^\W\d_])(?:pw|pwd|pass?ord(?:et)?|password|løsenord(?:et)?)"
    r"(?:\s+(?:mitt|min|hans|hennes|hennar|vårt|ditt|sitt|deira|deres|my|nye|gamle))*\s+"
    r"[(\[«\"']?(?P<secret>(?=[^\s)\]»\"']*\d)(?=[^\s)\]»\"']*[^\W\d_])[^\s)\]»\"']{6,80})"
)
# What follows "passordet er" when no password is told.
_NO_SECRET = frozenset(
    "utgåt utgatt utgaatt utlopt utloept laast "
    "utløpt utløpet utgått gått feil glemt gløymt låst sperret sperra ikke ikkje ikke. endret endra byttet bytta "
    "nullstilt "
    "ugyldig riktig rett korrekt gyldig for i jo nok borte vekk det den et en at bare berre så også også, helt heilt "
    "blitt satt tilbakestilt resatt avvist kort langt gammelt gammel nytt ny stengt deaktivert aktivert aktiv samme "
    "same det "
    "expired wrong forgotten locked not incorrect invalid reset correct the too being about to already fortsatt "
    "framleis "
    "alltid aldri akseptert godtatt godkjent kjent ukjent sendt lagret slettet på med av fra og eller men nå blir "
    "ble like "
    "lik viktig umulig vanskelig hemmelig nødvendig påkrevd obligatorisk ok mitt min hos noe noko usikkert trygt "
    "sterkt svakt oppgitt oppgitt: oppgitt? oppgjeve gitt gitt: ja nei yes no given entered".split()
)


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """All findings, in order of place, none overlapping: the longest wins."""
    found: list[Finding] = []
    taken = bytearray(len(text))
    candidates = (*_numbers(text), *_passwords(text), *_health(text))
    for finding in sorted(candidates, key=lambda finding: finding.start - finding.end):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
            found.append(finding)
    return tuple(sorted(found, key=lambda finding: finding.start))


def mask_personal_data(text: str, keep: frozenset[Kind] = frozenset()) -> str:
    """The text with every finding replaced by words that tell what stood there, but for the kinds to `keep`."""
    pieces: list[str] = []
    at = 0
    for finding in find_personal_data(text):
        if finding.kind in keep:
            continue
        pieces += [text[at : finding.start], finding.masked]
        at = finding.end
    return "".join((*pieces, text[at:]))


_A_MASK = re.compile("|".join(map(re.escape, MASKS.values())))


def without_masks(text: str) -> str:
    """The text with blanks of the same length where something was taken out: the bot's own words tell nothing."""
    return _A_MASK.sub(lambda hit: " " * len(hit[0]), text) if "[" in text else text


def _finding(kind: Kind, start: int, end: int) -> Finding:
    return Finding(kind, start, end, MASKS[kind])


def _only_digits(written: str) -> str:
    return re.sub(r"\D", "", written)


def _numbers(text: str) -> Iterator[Finding]:
    for hit in _ELEVEN.finditer(text):
        kind = identity_kind(_only_digits(hit[1]))
        if kind is None and _SAID_TO_BE.search(text[max(0, hit.start(1) - 40) : hit.start(1)]):
            # A mistyped number is as personal as a right one when the words before it say what it is.
            kind = "fodselsnummer"
        if kind is not None:
            yield _finding(kind, *hit.span(1))
    for hit in _CARD.finditer(text):
        if is_card_number(_only_digits(hit[1])):
            yield _finding("card_number", *hit.span(1))
    for hit in _ACCOUNT.finditer(text):
        written = hit[1]
        if is_account_number(_only_digits(written)) and (
            not written.isdigit() or not _OTHER_NUMBER.search(text[max(0, hit.start(1) - 30) : hit.start(1)])
        ):
            yield _finding("account_number", *hit.span(1))


def _passwords(text: str) -> Iterator[Finding]:
    for pattern in (_PASSWORD, _PASSWORD_LOOSE):
        for hit in pattern.finditer(text):
            written = hit["secret"]
            start, end = hit.span("secret")
            bare = written.strip("\"'«»").rstrip(".,;!?)")
            if written[0] not in "\"'«":
                end = start + len(written.rstrip(".,;")) if len(written.rstrip(".,;")) >= 3 else end
            if bare.lower() in _NO_SECRET or any(mask in written for mask in _MASK_WORDS):
                continue
            if bare.isalpha() and bare.islower() and "=" not in hit[0] and ":" not in hit[0] and len(bare) < 5:
                continue
            yield _finding("password", start, end)


def _health(text: str) -> Iterator[Finding]:
    for start, end in health_details(text):
        yield _finding("health", start, end)
    for start, end in patients(text):
        yield _finding("patient", start, end)
