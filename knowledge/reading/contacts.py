"""Whom to reach about a case when somebody is named for it: "kontakt er Per 22334455", "Ola Berg kan teste" (G 7.3)."""

from __future__ import annotations

import re

from knowledge.reading.names import find_names

_NAME = r"(?P<who>[A-ZÆØÅÉ][\w'-]+(?:\s[A-ZÆØÅÉ][\w'-]+){0,3})"
_PHONE = r"(?P<phone>(?:\+47\s?)?\d(?:[ ]?\d){7})(?!\d)"
_IS_CONTACT = re.compile(
    r"(?i:\b(?:kontakt(?:person(?:en)?)?|contact(?:\s+person)?)\b)"
    r"(?i:\s+(?:på\s+stedet|hos\s+(?:oss|dere)|her|for\s+\w+|on\s+site))?"
    rf"(?i:\s*(?::|\b(?:er|blir|is|=)\b)?)\s*{_NAME}(?:[\s,(]*(?i:(?:på|tlf\.?|telefon|mobil|mob\.?|nr\.?|phone)[\s:]*)*{_PHONE})?"
)
_CAN_TEST = re.compile(
    rf"{_NAME}(?:[\s,(]*{_PHONE}\)?,?)?"
    r"\s+(?i:kan|can)\s+(?i:teste|verifisere|svare\s+på\s+spørsmål|kontaktes|kontaktast|nås|ringes|ringast|treffes|test|"
    r"be\s+(?:contacted|reached|called))\b"
    r"(?:\s*,?\s*(?i:(?:på|tlf\.?|telefon|mobil|mob\.?|nr\.?|phone)[\s:]*)+(?P<after>(?:\+47\s?)?\d(?: ?\d){7})(?!\d))?"
)

_CALL = re.compile(
    rf"(?i:\b(?:ring|kontakt|snakk\s+med|spør|call|contact|ask)\s+){_NAME}(?:[\s,(]*(?i:(?:på|at|on|tlf\.?|mobil)[\s:]*)*{_PHONE})?"
    r"(?i:\)?,?\s+(?:hvis|når|dersom|om|for\s+å|if|when|to)\s+(?:\w+\s+){0,4}test)"
)

_THAT_ONE = r"(?:henne|ham|han|ho|hun|dem|dei|her|him|them)"
# "Kontakt hanne 99887766": with the number beside it, a name may be written small.
_CALL_AT = re.compile(
    rf"\b(?:kontakt|ring|spør|snakk\s+med|call|contact|ask)\s+(?!(?:meg|oss|me|us|{_THAT_ONE}|på|til|at|on|tlf|telefon|mobil|nummer|nr|heller)\b)"
    rf"(?P<who>[^\W\d_]{{2,}}(?:\s[^\W\d_]{{2,}})??),?\s+(?:(?:på|at|on|tlf\.?|mobil)[\s:]*)?{_PHONE}",
    re.IGNORECASE,
)

_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# "Bjørn Dahl er kontakt".
_IS_THE_CONTACT = re.compile(
    rf"{_NAME}(?:[\s,(]*{_PHONE}\)?,?)?\s+(?i:(?:er|is)\s+(?:vår\s+|our\s+)?(?:kontakt(?:en|person(?:en)?)?|contact))\b"
)
# "Kontakt henne på 95551122" is about the one who was named last.
_CALL_THAT_ONE = re.compile(
    rf"\b(?:kontakt|ring|spør|call|contact|ask)\s+{_THAT_ONE},?\s+(?:(?:på|at|on|tlf\.?|mobil)[\s:]*)?{_PHONE}",
    re.IGNORECASE,
)
# "Kari Bø tester", "jan.berg@… tester": said of a person by the whole name or the address, and of nothing done before.
_TESTS = re.compile(
    rf"(?P<who>{_ADDRESS}|[A-ZÆØÅÉ][\w'-]+(?:\s[A-ZÆØÅÉ][\w'-]+){{1,3}})(?:[\s,(]*{_PHONE}\)?,?)?"
    rf"\s+(?:(?:tester|testar|verifiserer|tests)(?:\s+(?:gjerne|etterpå|for\s+oss))?(?=\s*(?:$|[,.;!\n]))|(?:kan|can)\s+(?:teste|test)\b)"
)


def read_contact(text: str) -> str | None:
    """The name, and the number where one stands beside it, in the person's words; None when nobody is named."""
    that_one = _CALL_THAT_ONE.search(text)
    if that_one is not None:
        before = find_names(text[: that_one.start()])
        return f"{before[-1].text}, {that_one['phone']}" if before else None
    for pattern in (_IS_CONTACT, _IS_THE_CONTACT, _CAN_TEST, _CALL, _CALL_AT, _TESTS):
        found = pattern.search(text)
        if found is not None:
            phone = found["phone"] or found.groupdict().get("after")
            return ", ".join(part for part in (found["who"], phone) if part)
    return None
