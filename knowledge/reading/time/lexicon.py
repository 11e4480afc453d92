"""The words of time: bokmål, nynorsk, everyday spelling and English, each with a category and a value.

Spellings are folded: lower case, aa/oe/ae and ö/ä as å/ø/æ. A word not found is sought without its Norwegian letters
("lordag"), as a compound ("mandagskveld") and last with one slip of the fingers ("tirsadg").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge import spelling
from knowledge.reading.time import feasts
from knowledge.reading.time.meaning import Number, Part
from knowledge.reading.time.series import Grain

Entry = tuple[str, object]

WEEKDAYS = (
    "mandag mandagen måndag måndagen monday",
    "tirsdag tirsdagen tysdag tysdagen tuesday",
    "onsdag onsdagen wednesday",
    "torsdag torsdagen thursday",
    "fredag fredagen friday",
    "lørdag lørdagen laurdag laurdagen saturday",
    "søndag søndagen sundag sundagen sunday",
)
WEEKDAYS_SHORT = (
    "man mån mon",
    "tir tirs tys tue tues",
    "ons wed",
    "tor tors thu thur thurs",
    "fre fri",
    "lør lau sat",
    "søn sun",
)
MONTHS = (
    "januar january",
    "februar february",
    "mars march",
    "april",
    "mai",
    "juni june",
    "juli july",
    "august",
    "september",
    "oktober october",
    "november",
    "desember december",
)
MONTHS_SHORT = ("jan", "feb febr", "mar", "apr", "may", "jun", "jul", "aug", "sep sept", "okt oct", "nov", "des dec")

UNITS: Mapping[Grain, str] = {
    Grain.SECOND: "sekund sekunder sekunda sekundene sek second seconds sec secs",
    Grain.MINUTE: "minutt minutter minuttar minutta minuttene min mins minute minutes",
    Grain.HOUR: "time timer timar timen timene timane tima times hour hours hr hrs t h",
    Grain.DAY: "dag dager dagar dagen dagene dagane dagers dagars dags døgn døgnet day days",
    Grain.WEEK: "uke uker uka uken ukene ukers veke veker vekene vekane veka vekers week weeks",
    Grain.MONTH: "måned måneder måneden månedene måneders månad månader månaden månadene månadar mnd mnder month "
    "months",
    Grain.QUARTER: "kvartal kvartaler kvartalet kvartala kvartalene quarter quarters",
    Grain.YEAR: "år året åra årene års ar year years",
}

_ONES = ("null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = {20: ("tjue", "tyve"), 30: ("tretti", "tredve"), 40: ("førti", "førr"), 50: ("femti",), 60: ("seksti",)}
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_ORDINALS = (
    "første fyrste first",
    "andre annen annet second",
    "tredje third",
    "fjerde fourth",
    "femte fifth",
    "sjette sixth",
    "sjuende syvende sjuande seventh",
    "åttende åttande eighth",
    "niende niande ninth",
    "tiende tiande tenth",
    "ellevte eleventh",
    "tolvte twelfth",
    "trettende trettande",
    "fjortende fjortande",
    "femtende femtande",
    "sekstende sekstande",
    "syttende syttande",
    "attende attande",
    "nittende nittande",
    "tjuende tyvende tjuande",
)

PARTS: Mapping[str, Part] = {
    "natt natta natten nattens night": Part(0, 360, at_night=True),
    "morgen morgenen morgon morgonen morges morning": Part(300, 720),
    "formiddag formiddagen føremiddag føremiddagen formiddan": Part(540, 720),
    "lunsj lunsjen lunsjtid lunsjtida lunsjtiden lunsjtider lunch lunchtime lunsjpause lunsjpausen": Part(690, 780),
    "ettermiddag ettermiddagen ettermidda afternoon": Part(720, 1080),
    "kveld kvelden kvelds evening tonight": Part(1080, 1440),
    "dagtid": Part(480, 960),
}
EARLY, LATE = "tidlig tidleg early", "sent seint sein late"
# The one in "i morges": the morning that was, early; people also say it of the hour before work.
MORNING = Part(300, 600)

# One word as people write it -> the words the grammar knows.
_EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "idag": ("i", "dag"),
    "igår": ("i", "går"),
    "igårkveld": ("i", "går", "kveld"),
    "imorgen": ("i", "morgen"),
    "imorgon": ("i", "morgon"),
    "imorra": ("i", "morgen"),
    "imorn": ("i", "morgen"),
    "imårra": ("i", "morgen"),
    "overimorra": ("overmorgen",),
    "overmorra": ("overmorgen",),
    "seneste": ("siste",),
    "innafor": ("innen",),
    "innenfor": ("innen",),
    "imårgen": ("i", "morgen"),
    "imorges": ("i", "morges"),
    "imorgest": ("i", "morges"),
    "imorres": ("i", "morges"),
    "imårres": ("i", "morges"),
    "ikveld": ("i", "kveld"),
    "inatt": ("i", "natt"),
    "iettermiddag": ("i", "ettermiddag"),
    "iformiddag": ("i", "formiddag"),
    "iforgårs": ("i", "forgårs"),
    "iforigårs": ("i", "forgårs"),
    "forigårs": ("i", "forgårs"),
    "ifjor": ("i", "fjor"),
    "ioverimorgen": ("i", "overmorgen"),
    "overimorgen": ("i", "overmorgen"),
    "iår": ("i", "år"),
    "ihelga": ("i", "helga"),
    "ihelgen": ("i", "helgen"),
    "isommer": ("i", "sommer"),
    "ivår": ("i", "vår"),
    "ihøst": ("i", "høst"),
    "ivinter": ("i", "vinter"),
    "istad": ("i", "stad"),
    "isted": ("i", "stad"),
    "førstkomande": ("førstkommende",),
    "morra": ("morgen",),
    "morran": ("morgenen",),
    "mårra": ("morgen",),
    "morn": ("morgen",),
    "morgo": ("morgen",),
    "morres": ("morges",),
    "mårres": ("morges",),
    "gårkveld": ("går", "kveld"),
    "klokken": ("kl",),
    "klokka": ("kl",),
    "klokkå": ("kl",),
    "klokko": ("kl",),
    "klokke": ("kl",),
    "klk": ("kl",),
    "sia": ("siden",),
    "sida": ("siden",),
    "sidan": ("siden",),
    "sidn": ("siden",),
    "sea": ("siden",),
    "frå": ("fra",),
    "mellem": ("mellom",),
    "noko": ("noe",),
    "nokre": ("noen",),
    "nokon": ("noen",),
    "ein": ("en",),
    "eit": ("et",),
    "éin": ("en",),
}

_DEFINITE_SEASONS = frozenset("våren sommeren sommaren summer høsten hausten autumn vinteren winter".split())
_SEASONS = {  # the first month of each
    3: "vår våren spring",
    6: "sommer sommeren sommar sommaren summer",
    9: "høst høsten haust hausten autumn",
    12: "vinter vinteren winter",
}


_MORE_ACCENTS = str.maketrans("èêóòô", "eeooo")


def fold(word: str) -> str:
    """The one spelling of knowledge.spelling, and every accent dropped."""
    return spelling.fold(word).translate(_MORE_ACCENTS)


def bare(word: str) -> str:
    """Without Norwegian letters at all, as on a foreign keyboard."""
    return word.replace("å", "a").replace("ø", "o").replace("æ", "e")


WORDS_EVERYDAY: Mapping[str, tuple[str, ...]] = {
    fold(word): tuple(fold(part) for part in parts) for word, parts in _EVERYDAY.items()
}


def _numbers() -> dict[str, int]:
    names = {name: value for value, name in enumerate(_ONES)}
    names |= {"syv": 7, "tvo": 2, "åtta": 8} | {name: 10 + value for value, name in enumerate(_TEENS)}
    names |= {name: value for value, name in enumerate(_ENGLISH)}
    for ten, spellings in _TENS.items():
        for tens in spellings:
            names[tens] = ten
            for one in range(1, 10):
                names[tens + _ONES[one]] = ten + one
            names[tens + "syv"] = ten + 7
    return names


def _entries() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}

    def put(words: str, category: str, value: object) -> None:
        for word in words.split():
            found.setdefault(fold(word), []).append((category, value))

    for index, words in enumerate(WEEKDAYS):
        put(words, "weekday", index)
    for index, words in enumerate(WEEKDAYS_SHORT):
        put(words, "weekdayshort", index)
    for index, words in enumerate(MONTHS):
        put(words, "monthname", index + 1)
    for index, words in enumerate(MONTHS_SHORT):
        put(words, "monthshort", index + 1)
    for grain, words in UNITS.items():
        put(words, "unit", grain)
    put(
        "virkedag virkedager virkedagar virkedagen arbeidsdag arbeidsdager arbeidsdagar arbeidsdagen yrkedag yrkedager",
        "workunit",
        1,
    )
    put("kvarter kvarteret kvarters", "fixedlength", 15)
    put("halvtime halvtimen halvtimes halvtimer", "fixedlength", 30)
    put("halvannentime", "fixedlength", 90)
    put("halvår halvåret", "halfyear", 6)
    put("helg helga helgen helgi weekend weekenden", "weekendname", True)
    for month, words in _SEASONS.items():
        for word in words.split():
            put(word, "seasondefinite" if word in _DEFINITE_SEASONS else "seasonname", month)
    for words, part in PARTS.items():
        put(words, "part", part)
    for name, number in _numbers().items():
        found.setdefault(fold(name), []).append(("num", Number(number, article=name == "en")))
    put("et ett ei a an", "num", Number(1, article=True))
    put("par couple", "num", Number(2, estimate=True))
    put("noen nokre some few", "num", Number(3, estimate=True))
    put("flere fleire several mange many", "num", Number(4, estimate=True))
    put("halvannen halvanna halvtanna halvannan", "num", Number(1.5))
    for index, words in enumerate(_ORDINALS):
        put(words, "ord", index + 1)
    for one, words in enumerate(_ORDINALS[:9]):
        for word in words.split():
            put(f"tjue{word} tyve{word}", "ord", 21 + one)
            if one == 0:
                put(f"tretti{word} tredve{word}", "ord", 31)
    put("trettiende tredevte trettiande", "ord", 30)
    put("presis sharp nøyaktig akkurat", "exactly", True)
    put(
        "rundt cirka ca circa omtrent omkring kring ved nesten about around approximately roughly sånn sirka tilnærmet",
        "about",
        True,
    )
    put("tid tida tiden tidi", "tid", True)
    return found


LEXICON: Mapping[str, list[Entry]] = _entries()
# Words with Norwegian letters that only the grammar's rules and the feasts know.
_KEYWORDS = (
    "går", "forgårs", "førgårs", "årsskiftet", "månedsskiftet",
    *(fold(name) for name in feasts.feasts() if " " not in name),
)  # fmt: skip
_BARE: Mapping[str, str] = {
    bare(word): word for word in (*LEXICON, *_KEYWORDS) if bare(word) != word and len(word) >= 3
}
# Ordinary words one slip away from a word of time, or the same without its Norwegian letters.
NOT_TIME = frozenset(
    "mandager måndager måndagar tirsdager tysdagar onsdagar torsdager torsdagar fredager fredagar lørdager laurdagar "
    "søndager "
    "var vare tar star are fore gard tider paske "
    "mandat mandatet varen norgen borgen sorgen sorger morgan morten marsj timet timen norsk kunne kvele kveles avril "
    "augustin handag somme sommen jula juling dager vintre fare taler maler tomme rager hager lager sager dagene vagen "
    "forste forsta uker ukes anden anne nettet natt nattog noter mailen mails marsjert aften rundt rundet fysjo juri "
    "kvalt kveldet mate foran morder norden svinter inter center sinter pinter vanter hosten kosten posten kvartalt "
    "sekunder oktav minus minuset minst minste monat moned manet planet magen maten marken markedet merke merket "
    "seksuell annet andres timing morgens middag middagen onsdager fridag fridager fridagen bursdag".split()
)
_FUZZY: tuple[str, ...] = tuple(
    fold(word)
    for words in (
        *WEEKDAYS,
        *MONTHS,
        "ettermiddag formiddag føremiddag morgen kveld minutter måned måneder førstkommende kommende",
    )
    for word in words.split()
    if len(word) >= 5
)
_PART_WORDS = (
    "morgenen|morgen|morgon|formiddagen|formiddag|føremiddag|ettermiddagen|ettermiddag|kvelden|kveld|natten|natta|natt"
)
_COMPOUND = re.compile(rf"^([a-zæøå]+?)s?({_PART_WORDS})$")
_TIDEN = re.compile(r"^([a-zæøå]+?)(tida|tiden|tid|ti)$")
_MONTH_LONG = re.compile(r"^([a-zæøå]+?)(måneden|måned|månad|månaden)$")


@lru_cache(maxsize=4096)
def spelt(word: str) -> tuple[str, ...]:
    """The words of the grammar that a folded word stands for: itself, its parts, or the one it was meant as."""
    if word in WORDS_EVERYDAY:
        return WORDS_EVERYDAY[word]
    if word in LEXICON or len(word) < 3 or word in NOT_TIME or len(word) > 30:
        return (word,)
    compound = _COMPOUND.match(word)
    if compound is not None:
        day = _meant(compound[1])
        if day is not None and _is(day, "weekday"):
            return (day, compound[2])
    for pattern, kinds in ((_TIDEN, ("num",)), (_MONTH_LONG, ("monthname",))):
        hit = pattern.match(word)
        if hit is not None and _is(hit[1], *kinds):
            return (hit[1], "tida") if kinds == ("num",) else (hit[1],)
    return (_meant(word) or word,)


def _meant(word: str) -> str | None:
    if word in LEXICON:
        return word
    if word in NOT_TIME:
        return None
    if word in _BARE:
        return _BARE[word]
    if len(word) >= 5:
        for known in _FUZZY:
            if (
                abs(len(known) - len(word)) <= 1
                and known[0] == word[0]
                and OSA.distance(known, word, score_cutoff=1) <= 1
            ):
                return known
    return None


def _is(word: str, *categories: str) -> bool:
    return any(category in categories for category, _ in LEXICON.get(word, ()))
