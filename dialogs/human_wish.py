"""A wish to talk with a person instead of the bot, said in any words: "finnes det noen jeg kan ringe?" (DESIGN 3).

It counts only when it is what the message is about and the writer's own: "brukeren vil snakke med en konsulent", and
"kan noen ringe meg på 41 22 33 44" beside a fault, stand in reports, and go with the case.
"""

from __future__ import annotations

import re

from knowledge.reading.outage import says_it_fails
from knowledge.reading.signals import any_of

# Longer is a story, with the wish in it.
_LONGEST = 200
_MOST_OTHER_WORDS = 12

_ARTICLE = (
    r"(?:(?:et|eit|en|ein|ei|a|an|noen|nokon|some|ekte|levende|levande|ordentlig|ordentleg|skikkelig|real|actual)\s+)*"
)
_PERSON = (
    r"(?:menneske\w*|person|folk|human(?:\s+being)?|saksbehandler|sakshandsamar|medarbeider|konsulent|rådgiver|"
    r"operatør|agent)"
)
_SOMEBODY = rf"(?:{_ARTICLE}{_PERSON}|noen|nokon|somebody|someone|anybody|anyone|dere|dykk)"
_I = r"(?:jeg|eg|vi|me|i|we)"
_I_WOULD = (
    rf"(?:{_I}\s+(?:vil|ville|kan|kunne|får|må|ønsker|ønskjer|trenger|treng|want|would|need|prefer)|i'd|"
    rf"(?:vil|kan|kunne|får|må|can|could|may)\s+{_I})"
)
_TALK = r"(?:snakke?|prate?|preike?|chatte?|talk|speak|chat|komme\s+i\s+kontakt|få\s+tak\s+i|get\s+hold\s+of)"
_TALK_TO = rf"{_TALK}\s+(?:(?:med|til|to|with)\s+)?"
_CALL = rf"(?:ringe|ringje|call|phone|kontakte|contact|spørre|spørje|ask|{_TALK}(?:\s+(?:med|til|to|with))?)"
# Talking in a meeting or over a program is what one does with it; "i stedet" is no program.
_NOT_THROUGH = r"(?!\s+(?:i|på|via|gjennom|over|in|on)\s+(?!sted|staden)\w)"
_ENDS = r"\s*(?:[.,!?]|$)"
_WISH = any_of(
    rf"\b{_I_WOULD}\s+(?:(?!ikke|ikkje|not)[\w']+\s+){{0,4}}?{_TALK_TO}{_SOMEBODY}\b{_NOT_THROUGH}",
    rf"(?:^|[,.;!?]\s+|\b(?:og|heller|bare|berre|please|få|må)\s+){_TALK}\s+(?:med|til|to|with)\s+{_SOMEBODY}\b"
    rf"{_NOT_THROUGH}",
    rf"\b(?:finnes|finst|fins|er|is)\s+(?:det|there)\s+(?:\w+\s+){{0,2}}?(?:{_SOMEBODY}|nummer|number)\s+"
    rf"(?:som\s+|that\s+)?{_I}\s+(?:kan|can|could|kunne)\s+{_CALL}\b",
    rf"\b(?:hvem|kven|hvor|kor|who|where|hvilket nummer|kva nummer|which number)\s+(?:kan|can)\s+{_I}\s+{_CALL}"
    rf"(?:\s+(?:for hjelp|om dette|om det|for help|about this))?{_ENDS}",
    rf"\b(?:kan|can|may|får)\s+{_I}\s+(?:få\s+)?(?:ringe|ringje|call)\s+(?:til\s+)?{_SOMEBODY}\b",
    # A number to be called back on stands in a report; without one it is the call that is wanted.
    r"\b(?:kan|kunne|can|could)\s+(?:noen|nokon|dere|de|someone|somebody|anyone|you)\s+(?:ringe|ringje|call|phone)\s+"
    r"(?:meg|me|oss|us)\b(?!.*\d{2}\s?\d)",
    r"\b(?:gi|gje|give|skaff|get|sett|koble|kople|connect|transfer)\s+(?:meg|me|oss|us)\s+"
    rf"(?:(?:over|til|to|with|i|kontakt|med)\s+)*{_ARTICLE}{_PERSON}"
    rf"(?:{_ENDS}|\s+(?:i\s?sted(?:et)?|i\s?staden|heller|please|takk|instead|å|to)\b)",
    # "Kan dere be noen ringe meg?"; what the call is about, told with a fault, goes with the case.
    r"\b(?:kan|kunne|vil|må|can|could|please)\s+(?:(?:dere|du|de|noen|nokon|someone|somebody|you)\s+)?"
    r"(?:(?:be|få|have|get|ask)\s+(?:noen|nokon|someone|somebody)\s+(?:til\s+å\s+|å\s+|to\s+)?)?"
    r"(?:ringe|ringje|call)\s+(?:meg|oss|me|us)\b"
    r"(?!\s+(?:på|at|on|når|hvis|viss|om|angående|when|if|about)\b)",
    rf"\b(?:telefon|phone\s+)?(?:nummer(?:et)?|nr|number)\s+(?:til|to|of)\s+{_ARTICLE}{_PERSON}{_ENDS}",
    rf"(?:^|\b{_I}\s+)(?:vil|want|trenger|treng|need)\s+(?:heller\s+|bare\s+|gjerne\s+)?(?:ha\s+)?{_ARTICLE}"
    r"(?:menneske|human)\b",
)
# "Får ikke løst det i chat" is why, and no fault.
_NOT_IN_CHAT = re.compile(
    r"\b(?:(?:jeg|eg|vi|me|i|we)\s+)?(?:får|fær|klarer|klarar|can|could)\s*(?:ikke|ikkje|not|n't)\s+(?:å\s+)?"
    r"(?:løs\w*|løys\w*|forklar\w*|solve|explain)\s+(?:det|dette|it|this)\b(?:\s+(?:i|på|her|in|over|via)\s+(?:chat\w*|denne)|\s+her)?"
)
_WHEN = re.compile(r"\b(?:når|hvis|viss|dersom|while|when|if)\s+(?:\w+\s+){0,3}$")


def wants_a_human(text: str) -> bool:
    """Whether the message is a wish for a person, and little else."""
    low = text.strip().lower()
    if len(low) > _LONGEST:
        return False
    wish = _WISH.search(low)
    if wish is None or _WHEN.search(low[: wish.start()]):
        return False
    beside = _NOT_IN_CHAT.sub(" ", f"{low[: wish.start()]} {low[wish.end() :]}")
    return len(beside.split()) <= _MOST_OTHER_WORDS and not says_it_fails(beside)
