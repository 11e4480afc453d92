"""What a clause says still works: "webmail virker", "på mobilen går det fint", "Utgående går", "vi får sendt"."""

from __future__ import annotations

import re

from knowledge.reading.signals import any_of

# "My work e-mail", "at work": the job, and no working.
_WORK = (
    r"(?<!\bat )(?<!\bto )(?<!\bfrom )(?<!\bmy )(?<!\bour )(?<!\bthe )work"
    r"(?=\s*(?:$|[.,;!]|(?:fine|ok|okay|well|as|again|just|normally|perfectly|on|in|for|and|but)\b))"
)
_WORKS = rf"(?:virker|virkar|verkar|funker|funkar|fungerer|fungerar|works|{_WORK})"
# "Virker som om den er død", "virker treg": it seems so, and that is no working.
_SEEMS = (
    r"(?!\s+(?:(?:litt|helt|heilt|veldig|ganske|bare|nesten|berre)\s+)?(?:å|til å|at|treg\w*|rar\w*|merkelig\w*|"
    r"ustabil\w*|dø[dt]\w*|umulig|feil|ødelagt\w*|ødelagd|låst|frossen|dårlig|dårleg|som (?!normalt|vanlig|vanleg|før|"
    r"de[tni]? skal|dei skal))\b)"
)
_FINE = r"(?:fint|bra|greitt?|godt|ok|utmerket|utmerka|normalt|som (?:normalt|vanlig|vanleg|før|de[tn]? skal|dei skal))"
_WORKING = any_of(
    rf"\b{_WORKS}\b{_SEEMS}",
    rf"(?<!\bi )(?<!\bdet )\bgår\s+(?:(?:det|den|dei|de|heilt|helt|alt)\s+)?{_FINE}\b",
    r"(?<!\bi )(?<!\bdet )(?<!\bsom )\bgår[\s.,!]*$",
    # "Kamera ok"; "reboot ok" says that it was done.
    r"^(?:(?:og|men|and|but)\s+)?(?!reboot|restart|omstart|test|sjekk|alt\b)\w{3,}\s+(?:ok|okay|okei)[\s.,!]*$",
    r"(?<!\bdet )(?<!\bdette )\b(?:er|is|are|ellers|elles|otherwise)\s+"
    r"(?:(?:helt|heilt|alt|alle|fortsatt|framleis)\s+)?"
    r"(?:ok|okay|greie?|greitt?|fin[et]?|bra|riktig|rett|i orden|oppe|upåvirket|upåverka|fine|up)[\s.,!]*$",
    r"\b(?:ellers|elles)\s+går\b(?!\s+(?:det\s+)?(?:tregt|treigt|seint|dårlig|dårleg|ned))",
    rf"\b\w{{3,}}[ea]r\s+(?:(?:ut|inn|opp|av|på)\s+)?{_FINE}\b",
    r"\bfår\s+(?:man|vi|me|jeg|eg|en|ein)\s+(?:det\s+)?til\b",
    r"^(?:(?:men|og|så|but|and)\s+)?(?:vi|me|jeg|eg|han|hun|ho|brukeren|brukaren)\s+får\s+"
    r"(?:(?:fint|fortsatt|fremdeles|framleis)\s+)?(?:sendt|ringt|lest|åpn\w+|opna|logg\w+|sett|brukt|skrevet|svart|"
    r"jobb\w+|hentet|henta|lagret|lagra)\b",
    r"\b(?:ser|finn) (?:jeg|eg|vi|me) alt\b",
    rf"\b(?:oppe|ute|inne|hjemme|heime|der|andre steder|andre stader|elles|ellers) (?:går|{_WORKS}) det\b"
    r"(?! (?:treg|seint|ikke|ikkje|dårlig|dårleg))",
)
_NO = re.compile(
    r"\b(?:ikke|ikkje|ikkj|ikk|ike|itj|aldri|ingen|inga|ingenting|verken|hverken|not|nothing|nobody|never)\b|n't\b"
)
# "På jobb er det ingen problemer".
_NO_PROBLEM = re.compile(r"^(?:men\s+)?(?:på|i|via|med|fra|frå)\s+\w+.*\b(?:ingen|ikke noe|ikkje noko)\s+problem")
# It is hoped for, asked or wanted, not told.
_IF = re.compile(
    r"\b(?:om|hvis|viss|hvorfor|kvifor|hvordan|korleis|før|inntil|håper|håpar|(?:slik|sånn|så|for|sjekke?|trenger|treng|"
    r"ønsker|ønskjer)\s+(?:\w+\s+)?at|if|why|how|until|should|must|needs? to|skal|må|bør|vil)\s(?:\w+\s){0,4}$"
)
_CLAUSES = re.compile(r"[.!;\n]|,\s|(?<=\?)\s|\s(?=(?:men|mens|but|while)\s)")
# That others are spared says whom it hits, not that a part works.
_OTHERS = re.compile(
    r"\b(?:kolleg\w+|naboen|nabokontoret|alle andre|others|everyone else|colleagues?)\b|"
    r"\bandre\s+(?:på|her|får|fær|kommer|kjem|jobber|jobbar|brukere|brukarar|ansatte|tilsette|elever|elevar|lærere|"
    r"lærarar|i (?:avd|kont|team|etat|byd))|"
    r"\b(?:for|hos|med)\s+(?:alle\s+)?(?:de|dei|noen|nokon|nokre)?\s*andre\b(?!\s+\w+(?:er|ar|ene|ane)\b)"
)
# Letters of every way to say it: most texts have none of these, and are not looked through.
_TELLING = re.compile(
    "virk|verk|funk|fung|work|går|ok|grei| fin|bra|godt|normal|riktig|rett|"
    "orden|oppe|upåv|utmerk|vanl| up|får | alt|problem|skal|som før|kommer|kjem"
)
_ONE_NOT_THE_OTHER = re.compile(rf"\b(?:kommer|kjem|går|{_WORKS})\s*,\s*(?:men\s+)?\w+\s+(?:ikke|ikkje)\b")


def says_it_works(clause: str) -> bool:
    """Whether one clause, in lower case, tells that something works."""
    if not _may_tell(clause):
        return False
    if _NO_PROBLEM.search(clause):
        return True
    hit = _WORKING.search(clause)
    return hit is not None and not _NO.search(clause) and not _IF.search(clause[: hit.start()])


def something_works(low: str) -> bool:
    """Whether a text in lower case tells of a thing that works, beside what does not."""
    if not _may_tell(low):
        return False
    return bool(_ONE_NOT_THE_OTHER.search(low)) or any(
        says_it_works(clause) and not _OTHERS.search(clause) and not clause.endswith("?")
        for clause in map(str.strip, _CLAUSES.split(low))
    )


def _may_tell(low: str) -> bool:
    return _TELLING.search(low) is not None
