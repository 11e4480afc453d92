"""Persons a text speaks of: by name, or pointed out ("han", "kollegaen min", "beboeren på rom 4")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = r"[A-ZÆØÅ][a-zæøå]+(?:[ -][A-ZÆØÅ][a-zæøå]+){0,3}"
_PERSON = re.compile(
    rf"(?P<role>\b(?:[Pp]asient(?:en)?|[Bb]ruker(?:en)?|[Bb]eboer(?:en)?|[Ee]lev(?:en)?|[Bb]arn(?:et)?|"
    rf"[Kk]lient(?:en)?|[Kk]ollega(?:en)?|"
    rf"[Aa]nsatt(?:e)?|[Tt]jenestemottaker(?:en)?|[Bb]ebuar(?:en)?|[Pp]atient|[Ff]ru|[Hh]err|[Hh]r\.?)\s+)?"
    rf"(?P<name>{_NAME}|(?<=\s)[A-ZÆØÅ]\.\s?[A-ZÆØÅ]\.)"
)
# Whom a text means without a name: nobody else can be meant at that workplace.
_POINTED = re.compile(
    r"\b(?:[Hh]an|[Hh]un|[Hh]o|[Hh]en|[Vv]edkommende|[Vv]edkomande|[Hh]e|[Ss]he)\b|"
    r"\b(?i:kollega|sjef|leder|leiar|medarbeider|medarbeidar|vikar|assistent|ansatt|tilsett|nabo|makker)\w*\s+"
    r"(?:min|mi|mitt|vår|vårt|hans|hennes|hennar)\b|"
    r"\b(?:[Mm]in|[Mm]i|[Vv]år|[Mm]y|[Oo]ur)\s+(?:nærmeste\s+)?(?:kollega|sjef|leder|leiar|medarbeider|medarbeidar|vikar|"
    r"assistent|colleague|boss|manager)\b|"
    r"\b(?i:beboer|bebuar|pasient|bruker|brukar|elev)\w*\s+(?:på|i)\s+(?:rom|seng|leilighet|leilegheit|klasse)\s+\w+"
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


# Who a patient is, with the date of birth beside the name: "pasient Olav Nordmann f. 12.03.1941".
_BORN = r"(?:[\s,(]+(?:(?i:f\.?|født|fødd|born)\s*)?\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b\)?)?"
_PATIENT = re.compile(rf"\b(?i:(?:pasient|patient)(?:en|navn)?)\s*:?\s+(?P<who>(?P<name>{_NAME}){_BORN})")


def patients(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the name and the birth of each patient that is named, wherever the name stands again too."""
    for hit in _PATIENT.finditer(text):
        words = hit["name"].split()
        if words[0] in _NO_PERSON or (len(words) == 1 and words[0] not in _GIVEN_NAMES):
            continue
        yield hit.span("who")
        yield from (again.span() for again in re.compile(rf"\b{re.escape(hit['name'])}\b").finditer(text, hit.end()))


def named_persons(text: str) -> Iterator[re.Match[str]]:
    """Two names, initials, one name after a role ("pasient Kari"), or one common given name on its own."""
    return (hit for hit in _PERSON.finditer(text) if _is_person(hit))


def pointed_out(text: str) -> Iterator[re.Match[str]]:
    """Persons without a name whom everybody there knows."""
    return _POINTED.finditer(text)


def _is_person(hit: re.Match[str]) -> bool:
    words = hit["name"].split()
    if any(word in _NO_PERSON for word in words):
        words = [word for word in words if word not in _NO_PERSON]
        return len(words) >= 2 or (len(words) == 1 and words[0] in _GIVEN_NAMES)
    return len(words) >= 2 or bool(hit["role"]) or "." in hit["name"] or words[0] in _GIVEN_NAMES
