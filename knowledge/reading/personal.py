"""Personal data that does not belong in a case: found by its check digits or its words, and masked.

Fødselsnummer and D-nummer, account and card numbers count only when date and check digits agree, so phone numbers, case
numbers and serial numbers raise no alarm. Passwords are found by the words before them. Health details about a named
third person are found as far as rules go: a name, or "beboer/pasient/elev" with initials, near a diagnosis or medicine.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["fodselsnummer", "d_nummer", "password", "account_number", "card_number", "health"]

MASKS: dict[str, str] = {
    "fodselsnummer": "[fødselsnummer fjernet]",
    "d_nummer": "[D-nummer fjernet]",
    "password": "[passord fjernet]",
    "account_number": "[kontonummer fjernet]",
    "card_number": "[kortnummer fjernet]",
    "health": "[helseopplysning fjernet]",
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

_NAME = r"[A-ZÆØÅ][a-zæøå]+(?:[ -][A-ZÆØÅ][a-zæøå]+){0,3}"
_PERSON = re.compile(
    rf"(?P<role>\b(?:[Pp]asient(?:en)?|[Bb]ruker(?:en)?|[Bb]eboer(?:en)?|[Ee]lev(?:en)?|[Bb]arn(?:et)?|"
    rf"[Kk]lient(?:en)?|[Kk]ollega(?:en)?|"
    rf"[Aa]nsatt(?:e)?|[Tt]jenestemottaker(?:en)?|[Bb]ebuar(?:en)?|[Pp]atient|[Ff]ru|[Hh]err|[Hh]r\.?)\s+)?"
    rf"(?P<name>{_NAME}|(?<=\s)[A-ZÆØÅ]\.\s?[A-ZÆØÅ]\.)"
)
_HEALTH = re.compile(
    r"""(?ix)\b(?:
    diagnose\w*|kreft\w*|svulst|leukemi|demens|dement|alzheimers?|parkinsons?|schizofren\w*|psykos\w*|psykotisk|bipolar|depresjon|
    deprimert|depressiv|angst|angstlid\w*|adhd|autis\w*|asperger|epilep\w*|diabet\w*|hiv|aids|hepatitt|tuberkulose|
    covid|korona\w*|lungebetennelse|hjerneslag|hjerteinfarkt|infarkt|kols|astma|migrene|ms-pasient|multippel\ sklerose|
    rusavheng\w*|alkoholi\w*|rusmisbruk\w*|overdose|selvmord\w*|sjølvmord\w*|selvskad\w*|spiseforstyrr\w*|anoreksi|bulimi|
    gravid|abort\w*|spontanabort|sykmeldt|sjukmeldt|sykemeldt|sykdom\w*|sjukdom\w*|uføre?|utbrent|
    insulin|marevan|morfin|metadon|subutex|litium|ritalin|sobril|valium|stesolid|cipralex|zyprexa|seroquel|paracet|oxynorm|
    oxycontin|prednisolon|antidepressiv\w*|antibiotika|cellegift|kjemoterapi|
    cancer|dementia|depression|anxiety|epilepsy|pregnant|stroke|overdose|insulin|schizophrenia
    )\b"""
)
# Capitalised words at the head of a sentence or names of systems and places are no persons.
_NO_PERSON = frozenset(
    "Vi Jeg Det Den De Når Hva Hvor Hvordan Kan Har Er Får Får Ikke Ingen Noen Alle Hele Etter Før Fra Hei Oslo "
    "Norge Nav NAV "
    "Gerica Citrix Kompass Teams Outlook Microsoft Windows Word Excel Visma Feide Fasit Familia Modulus Websak "
    "Digital Felles "
    "Helseetaten Bydel Sykehjemmet Sykehjem Skolen Legevakten Legevakta Helsestasjon Avdeling Avdelingen Pasienten "
    "Pasienter "
    "Brukeren Brukere Beboer Beboeren Eleven Elever Medisin Medisiner Medisinlisten Diagnose Diagnosen Insulin "
    "Intune Marvin "
    "Workplace Office Entra Active Directory Person Mandag Tirsdag Onsdag Torsdag Fredag Lørdag Søndag Januar "
    "Februar Mars April "
    "Mai Juni Juli August September Oktober November Desember I På Til Om Og Men Så Nå Da En Et Ei Som Vår Våre Min "
    "Mitt Hun Han "
    "Ho Dei Eg Me Dette Denne Disse Saken Takk Mvh Systemet Journalen Lege Legen Sykepleier Kan Skal Må Vil Siden "
    "Prøvd Dagens "
    "Patient The We It When Our Please Covid Korona Parkinson Alzheimer Angst Demens Diabetes Kreft Marevan Morfin "
    "Metadon".split()
)
_GIVEN_NAMES = frozenset(
    "Anne Inger Kari Marit Ingrid Liv Eva Anna Maria Ida Hilde Berit Nina Marianne Elisabeth Kristin Bjørg Randi "
    "Solveig Astrid "
    "Bente Heidi Silje Hanne Linda Tone Gerd Elin Ellen Tove Anita Wenche Camilla Ragnhild Karin Gunn Grete Mona "
    "Julie Emma Nora "
    "Sara Sofie Thea Ingeborg Synnøve Else Aud Unni Turid Jorunn Sigrid Åse Fatima Aisha Amina Jan Per Bjørn Ole "
    "Lars Kjell Knut "
    "Svein Arne Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas John Anders Rune Trond Tore Daniel Jon "
    "Kristian Magnus "
    "Harald Olav Rolf Gunnar Marius Fredrik Øyvind Espen Stian Sverre Einar Kristoffer Jonas Henrik Pål Petter Helge "
    "Egil Leif "
    "Roar Alf Nils Mohammed Muhammad Ahmed Ali Omar Jakob Emil Oliver Noah William Lucas Filip Oskar Aksel Sander "
    "Mathias".split()
)
_NEAR = 80


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
    persons = [hit for hit in _PERSON.finditer(text) if _is_person(hit)]
    if not persons:
        return
    starts = [person.start() for person in persons]
    for hit in _HEALTH.finditer(text):
        # Only persons that begin near the word can be near it; a name is at most some 60 characters long.
        near = slice(bisect_left(starts, hit.start() - _NEAR - 60), bisect_left(starts, hit.end() + _NEAR + 1))
        for person in persons[near]:
            gap = text[min(hit.end(), person.end()) : max(hit.start(), person.start())]
            if len(gap) <= _NEAR and not re.search(r"[.!?]\s|\n\n", gap):
                yield _finding("health", hit.start(), hit.end())
                break


def _is_person(hit: re.Match[str]) -> bool:
    """Two names, initials, one name after a role ("pasient Kari"), or one common given name on its own."""
    words = hit["name"].split()
    if any(word in _NO_PERSON for word in words):
        words = [word for word in words if word not in _NO_PERSON]
        return len(words) >= 2 or (len(words) == 1 and words[0] in _GIVEN_NAMES)
    return len(words) >= 2 or bool(hit["role"]) or "." in hit["name"] or words[0] in _GIVEN_NAMES
