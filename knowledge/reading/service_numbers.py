"""The number of a service that people phone: what the case is about, and nobody's to be called back on.

"Svartjenesten 21802180 er nede" names the number that is dead; whoever took it for the reporter's would ring in vain.
"""

from __future__ import annotations

import re

_NUMBER = r"(?:\+47\s?)?(?:\d{8}|\d{2}\s\d{2}\s\d{2}\s\d{2}|\d{3}\s\d{2}\s\d{3})(?![\d.-])"
_SERVICE = (
    r"(?:svarteneste|svartjeneste|svargruppe|sentralbord|hovednummer|hovudnummer|servicetelefon|publikumstelefon|"
    r"innbyggertelefon|vakttelefon|switchboard)\w*"
)
_IS_DEAD = (
    r"\s*\)?\s+(?:(?:er|e|is)\s+(?:\w+\s+)?(?:nede|død|dødt|daud|ute\s+av\s+drift|utilgjengelig|opptatt|stengt|down|dead)\b|"
    r"(?:virker|verkar|fungerer|fungerar|svarer|svarar|ringer|ringjer)\s+ikk(?:e|je)\b)"
)
SERVICE_NUMBER = re.compile(
    rf"\b{_SERVICE}(?:\s+(?:vår\w*|til\s+\w+|på|med|nr\.?|nummer|tlf\.?))*\s*[:(]?\s*({_NUMBER})|(?<![\d.-])({_NUMBER}){_IS_DEAD}"
    # "Pasienter kommer ikke gjennom på 23 49 00 00", "ingen når fram til legekontoret på …".
    rf"|\b(?:gjennom|igjennom|fram|frem|through)\s+(?:\w+\s+){{0,3}}(?:på|til|on)\s+({_NUMBER})",
    re.IGNORECASE,
)


def without_service_numbers(text: str) -> str:
    """The text with blanks for them, of the same length."""
    return SERVICE_NUMBER.sub(lambda hit: " " * len(hit[0]), text)
