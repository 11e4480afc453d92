"""What a message says of the facts of a notice, wherever in it they stand and whatever is being asked (G 5.1.2.2).

    "omvei: bruk webmail, neste oppdatering kl 16"      by a label and a colon, in any order and language
    "konsekvensen er nå at ingen får skrevet ut"        by the words people begin such a sentence with
    "det gjelder nå også bydel Alna"                    added to those it hits already
    "siden kl 9", "kontakt vakta på 22 33 44 55"

What is said of no fact is the rest: the news, or the answer to what was asked. Nothing of a message is lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from dialogs import closed_group
from dialogs.answer_lists import label_starts
from dialogs.items import DraftItem, find_item, item_called
from dialogs.nothing_said import is_nothing, is_when_done
from knowledge.reading.time.finding import find_moments

_NOW = r"(?:(?:nå|no|na|now)\s+)?"
_IS = r"(?:(?:er|blir|vert|is)\s+)?"
_ALSO = r"(?:også|ogsa|og\s+så|òg|also)"
_NEWS = r"(?:op+dat\w*|op+datring\w*|melding\w*|info\w*|status\w*|beskjed\w*|varsel|update|notice)"
# After one of these a fact may begin without a colon; within a sentence the same words are just words.
_BOUNDARY = re.compile(r"(?:^|[.;,:!?\n–-]\s*|(?<!\w)(?:og|and|men|samt)\s+(?:at\s+)?)$", re.IGNORECASE)
_AND = re.compile(r"(?:^|\s)(?:og|and|samt)\s*$", re.IGNORECASE)
_ENDS_WORDS = re.compile(r"[.!;](?=\s|$)|\n")
_ENDS_CLAUSE = re.compile(r"[.!;,](?=\s|$)|\n|\s(?:og|men)\s")
_NO_CONTACT = re.compile(r"\b(?:er|har|ble|blir|hvis|om|ved|dersom|når|for|som|med)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:(?<=^)|(?<=[\s.;!]))\S(?:[^.;!\n]|[.;!](?=\S))*")
_CLAUSE = re.compile(r"(?:(?<=^)|(?<=[\s.;!,]))\S(?:[^.;!,\n]|[.;!,](?=\S))*")
_MOST_WORDS_OF_A_CONTACT = 8
_CLOSED, _NO_TEXT = "closed_text", "nei"
_ENDS_CLOSED = ("next_update_at", _CLOSED)
_TELLING = 8
"""letters of a word in a group's name that nothing else is called by"""
_AND_NOT_THEN = re.compile(r"\s*,?\s*(?:og\s+|and\s+)?(?:ikke|ikkje|not)\s+(?:kl\.?\s*)?\d[\d.:]*", re.IGNORECASE)
_BEFORE_A_TIME = 24
"""signs between "neste oppdatering" and the time itself: "kommer senest"."""

_BEGINNINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (
            "next_update_at",
            rf"(?:neste|nest|ny|nytt|nye|next|new)\s+{_NEWS}|"
            r"(?:vi\s+|me\s+)?op+dater(?:er|ar)?\s+(?:igjen|på\s+nytt|att)",
        ),
        (
            "consequence",
            rf"(?:kon?s\w*kv?[ea]?n?s\w*|følgen|følgja|the\s+consequence|impact)(?:\s*:\s*|\s+){_NOW}{_IS}{_NOW}(?:at\s+|that\s+)?"
            rf"|det\s+(?:betyr|tyder|innebærer|inneber)\s+{_NOW}at\s+",
        ),
        (
            "workaround",
            rf"(?:som\s+)?(?:omve[gi]\w*|omvæ[gi]\w*|workaround)(?:\s*:|\s+{_NOW}(?:er|blir|vert|is|kan\s+være))\s+{_NOW}"
            r"(?:å\s+)?",
        ),
        (
            "affected",
            rf"{_NOW}(?:(?:det|dette|feilen|feila|den|it)\s+)?"
            r"(?:gjelder|gjeld|rammer|rammar|råkar|treffer|berører|affects)\s+"
            rf"(?:det\s+)?{_NOW}(?:{_ALSO}\s+)?{_NOW}",
        ),
        (
            "since",
            r"(?:(?:feilen|feila|det)\s+)?(?:siden|sidan|sia|fra|frå|since|begynte|byrja|starta|startet|oppsto\w*)\s+"
            r"(?:(?:egentlig|eigentleg|allerede|alt)\s+)?",
        ),
        ("contact", rf"(?:kontakt(?:person\w*|en|info\w*)?|contact)\s+{_NOW}{_IS}{_NOW}"),
        ("closed_text", closed_group.LABEL),
        (
            "groups",
            rf"send(?:es|e)?\s+(?:(?:det|dette|den|denne|meldingen|meldinga)\s+)?{_NOW}(?:{_ALSO}\s+)?"
            r"til\s+(?=.*(?:\bgrupp|SAM|kontakt))",
        ),
    )
)
# Whole sentences that say by themselves what to do meanwhile, or that there is nothing to do.
_MEANWHILE = re.compile(
    r"(?:i\s+mellomtid(?:en|a)|imens|inntil\s+da)\b.+|"
    r"(?:bruk|nytt|skriv|ring|logg|gå|kjør|ta|print|lagre|vent|prøv)\b[^.;\n]*?\b(?:imens|så\s+lenge|i\s+mellomtid(?:en|a)|meanwhile)\b.*|"
    r"(?:det\s+(?:er|finnes|finst)\s+|vi\s+har\s+|me\s+har\s+|foreløpig\s+|førebels\s+)?(?:ingen|inga|ikke\s+noen|ikkje\s+nokon|no|uten|utan)\s+"
    r"(?:kjent\s+|kjend\s+|god\s+)?(?:omve[gi]\w*|workaround)\b.{0,30}|"
    r"ingenting\s+å\s+gj[øe]re|"
    r"omve[gi]\w*\s+(?:finnes|finst|fins|har|er|kjenner|virker|verkar|fungerer|fungerar)\s+(?:vi\s+|me\s+|det\s+)?(?:ikke|ikkje|ingen)\b.{0,30}",
    re.IGNORECASE | re.DOTALL,
)
_TOO = re.compile(
    rf"(?:(?:nå|no)\s+(?:er|har)\s+)?(?:{_ALSO}\s+)?(?P<who>[A-ZÆØÅa-zæøå][^.;,\n]{{1,80}}?)\s+(?:(?:er|har)\s+)?{_NOW}{_ALSO}?\s*"
    r"(?:rammet|ramma|råka|berørt|affected)(?:\s+(?:nå|no))?",
    re.IGNORECASE,
)
_NOW_HIT = re.compile(
    r"(?:nå|no|na|now)\s+(?:er|blir|vert|is|are)\s+(?P<who>[^.;,\n]{2,80}?)\s+(?:rammet|ramma|råka|berørt|affected)",
    re.IGNORECASE,
)
_SMALL = frozenset("både og eller samt også i på via med the both and bare berre kun".split())
_NO_ONE = _SMALL | frozenset(
    "nett nettet nettleser nettlesar nettversjonen web weben webversjonen klient klienten klientar app appen mobil "
    "mobilen pc pcen nettbrett wifi citrix browser client".split()
)
_NO_NEWS = re.compile(r"(?:ingen|inga|no)\s+(?:ny|nye|neste|new|next)\s+(?:oppdatering\w*|updates?)", re.IGNORECASE)
_SAYS_ALSO = re.compile(rf"\b{_ALSO}\b", re.IGNORECASE)
_NO_LONGER = re.compile(
    r"^(?:ikke|ikkje|not)\s+(?:lenger|lengre|lenger?\s+for|any\s+more)\s+(?:for\s+)?", re.IGNORECASE
)

_TO = re.compile(r"^(?:(?:bare|berre|kun|only)\s+)?(?:(?:til|for|to|i)\s+)?", re.IGNORECASE)
_ALL_GROUPS = re.compile(r"(?:begge|alle|all|both)\s+(?:(?:to|tre|de|dei|the)\s+)*(?:grupp\w*|groups)", re.IGNORECASE)

How = Literal["replaces", "adds", "removes"]


@dataclass(frozen=True, slots=True)
class FactsSaid:
    """`said`: the words of each fact by the key of its item. rest: what is said of none. how: where not all is said."""

    said: Mapping[str, str]
    rest: str
    how: Mapping[str, How] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """A fact's beginning: where its label starts and where its words do. colon: the label ends with one.

    whole_until: where it ends, when a whole sentence is the fact, which has no label.
    """

    key: str
    start: int
    words_at: int
    colon: bool = False
    whole_until: int = 0


def facts_in(text: str, items: tuple[DraftItem, ...], now: datetime, *, kept: Collection[str] = ()) -> FactsSaid:
    """What a message says of these items, and the rest of it. kept: the items whose words stay in the rest as well."""
    places = _places(text, items)
    said: dict[str, str] = {}
    how: dict[str, How] = {}
    taken: list[tuple[int, int]] = []
    limits = [*(place.start for place in places[1:]), len(text)]
    for place, limit in zip(places, limits[len(limits) - len(places) :], strict=True):
        if taken and place.start < taken[-1][1]:
            continue
        found = _words(text, place, limit, now)
        again = place.key in said
        if found is None or (again and place.key != _CLOSED):
            continue
        words, end = found
        how_said, words = _how(place, text[place.start : place.words_at], words)
        words = _group(words, _groups(items)) or words if place.key == "groups" else words
        if not words:
            continue
        # What is said a second time to the closed group alone is no more for the others than the first.
        said[place.key] = f"{said[place.key]}. {words}" if again else words
        if how_said != "replaces":
            how[place.key] = how_said
        if place.key not in kept and not _opens_a_sentence(text, place, end):
            taken.append((place.start, end))
    rest = _rest(text, taken) if taken else text.strip()
    return FactsSaid(said, rest, how)


def _opens_a_sentence(text: str, place: _Place, end: int) -> bool:
    """ "Fra mandag bestilles utstyr på nytt skjema": the sentence goes on, and would not stand without."""
    if place.key != "since" or place.colon:
        return False
    before, after = text[: place.start].rstrip(), text[end:].lstrip(" ")
    return (not before or before[-1] in ".:!\n") and bool(after) and (after[0].isalnum() or after[0] == "«")


def _places(text: str, items: tuple[DraftItem, ...]) -> list[_Place]:
    places: dict[int, _Place] = {}
    for start in label_starts(text, items):
        colon = text.index(":", start)
        item = item_called(items, text[start:colon].strip())
        if item is not None:
            places[start] = _Place(item.key, start, colon + 1, colon=True)
    keys = {item.key for item in items}
    for key, pattern in _BEGINNINGS:
        if key not in keys:
            continue
        for hit in pattern.finditer(text):
            after = text[hit.end() - 1 : hit.end()]
            whole_word = not after.isalnum() or not text[hit.end() : hit.end() + 1].isalnum()
            within = [one for one in places.values() if hit.start() <= one.start < hit.end()]
            begins = bool(_BOUNDARY.search(text[: hit.start()]))
            if begins and [one.key for one in within] == [_CLOSED] == [key]:
                # "Til lukket gruppe: …": the words before the label are no end of what stands before them.
                places[hit.start()] = replace(places.pop(within[0].start), start=hit.start())
            elif whole_word and begins and not within:
                places[hit.start()] = _Place(key, hit.start(), hit.end())
    for place in _whole_sentences(text, _groups(items)):
        places.setdefault(place.start, place)
    found: list[_Place] = []
    for start in sorted(places):
        # After "lukket gruppe:" only a label with a colon, or the next update, is for everybody again. All of "node 3
        # er borte, kontakt vakta på 99" is for that group.
        own_text = found and found[-1].key == _CLOSED and not found[-1].whole_until
        if own_text and not (places[start].colon or places[start].key in _ENDS_CLOSED):
            continue
        # "Ring 1.linje, bruk papir imens" after "omvei:" goes on with it.
        if not (places[start].whole_until and found and found[-1].key == places[start].key):
            found.append(places[start])
    return found


def _words(text: str, place: _Place, limit: int, now: datetime) -> tuple[str, int] | None:
    """The words of the fact and where they end; None when what follows is none."""
    if place.whole_until:
        end = min(place.whole_until, limit)
        return _NO_TEXT if place.key == _CLOSED else text[place.start : end].strip(" .,;!–-"), end
    if place.key == "affected" and not place.colon and _is_of_things(text[place.words_at : limit]):
        return None
    if place.key in ("since", "next_update_at"):
        return _time(text, place, limit, now)
    if place.key == "contact" and not place.colon:
        end = _end(_ENDS_CLAUSE, text, place.words_at, limit)
        words = text[place.words_at : end].strip(" .,;:–-")
        short = 0 < len(words.split()) <= _MOST_WORDS_OF_A_CONTACT
        return (words, end) if short and not _NO_CONTACT.search(words) else None
    runs_on = place.colon or place.key == _CLOSED
    end = limit if runs_on else _end(_ENDS_WORDS, text, place.words_at, limit)
    if runs_on and (gap := text.find("\n\n", place.words_at, limit)) >= 0:
        end = gap
    words = _AND.sub("", text[place.words_at : end].strip(" ,;:–-\n")).strip(" ,;:–-\n")
    return words.removesuffix(".").strip() if runs_on and words.count(".") == 1 else words.strip(), end


def _is_of_things(words: str) -> bool:
    """ "Gjelder både nett og klient" says how a system is reached, and not who is hit."""
    said = re.findall(r"[^\W\d_]+", re.split(r"[.;\n]", words)[0].lower())
    return bool(said) and set(said) <= _NO_ONE and not set(said) <= _SMALL


def _time(text: str, place: _Place, limit: int, now: datetime) -> tuple[str, int] | None:
    region = text[place.words_at : limit]
    direction: Literal["past", "future"] = "future" if place.key == "next_update_at" else "past"
    found = find_moments(region, now, direction)
    if found and found[0].start <= _BEFORE_A_TIME and not _ENDS_WORDS.search(region[: found[0].start]):
        end = found[0].end
        denied = _AND_NOT_THEN.match(region, end)
        return region[:end].strip(" ,:;–-"), place.words_at + (denied.end() if denied is not None else end)
    end = _end(_ENDS_CLAUSE, text, place.words_at, limit)
    words = text[place.words_at : end].strip(" .,;:–-")
    when_done = place.key == "next_update_at" and is_when_done(words)
    said = when_done or (bool(words) and is_nothing(re.sub(r"^(?:er|kommer|kjem|is)\s+", "", words)))
    return (words, end) if said else None


def _how(place: _Place, label: str, words: str) -> tuple[How, str]:
    if place.key != "affected":
        return "replaces", words
    if place.whole_until:
        if (hit := _NOW_HIT.fullmatch(words)) is not None and not _SAYS_ALSO.search(words):
            return "replaces", hit["who"].strip()
        found = _TOO.fullmatch(words)
        return "adds", _SAYS_ALSO.sub("", found["who"]).strip() if found is not None else words
    gone = _NO_LONGER.match(words)
    if gone is not None:
        return "removes", words[gone.end() :].strip()
    also = _SAYS_ALSO.match(words)
    if also is not None:
        return "adds", words[also.end() :].strip()
    return ("adds" if _SAYS_ALSO.search(label) else "replaces"), words


def _whole_sentences(text: str, groups: Mapping[str, str]) -> Iterator[_Place]:
    """Sentences, or parts of one between commas, that say by themselves what they are about."""
    for span in (*_SENTENCE.finditer(text), *_CLAUSE.finditer(text)):
        bare = span[0].strip(" .,;!–-")
        key = (
            "workaround" if _MEANWHILE.fullmatch(bare)
            else "affected" if (_SAYS_ALSO.search(bare) and _TOO.fullmatch(bare)) or _NOW_HIT.fullmatch(bare)
            else "next_update_at" if _NO_NEWS.fullmatch(bare)
            else "groups" if bare and (_group(bare, groups) or closed_group.names_the_group(bare))
            else _CLOSED if closed_group.has_nothing_for_it(bare)
            else ""
        )  # fmt: skip
        if key:
            yield _Place(key, span.start(), span.start(), whole_until=span.end())


def _groups(items: tuple[DraftItem, ...]) -> Mapping[str, str]:
    """What the groups are called, and the option that chooses them."""
    item = find_item(items, "groups")
    return {label.partition(" (")[0].lower(): label for _, label in item.options} if item is not None else {}


def _group(sentence: str, groups: Mapping[str, str]) -> str:
    """The option that a sentence of nothing but groups names: "til alle gruppene", "både A og B"; or empty."""
    named = _TO.sub("", sentence.lower()).strip()
    if named in groups:
        return groups[named]
    parts = [part.strip() for part in re.split(r"\s*(?:,|\bog\b|\band\b|\+|&)\s*", named.removeprefix("både ")) if part]
    for name, label in groups.items():
        # "Hovedkontaktene" is the one that has that word in its name.
        ends_of_name = [name[hit.end() :] for hit in re.finditer(r"^|[\s/-]+", name)]
        whole = [end for end in ends_of_name if len(end) >= _TELLING]
        if any(named.startswith(end[:-2]) and len(named.split()) == 1 for end in whole):
            return label
    *each, everybody = [*groups.values(), ""] if not groups else groups.values()
    all_named = len(parts) == len(each) > 1 and all(part in groups for part in parts)
    return everybody if all_named or _ALL_GROUPS.fullmatch(named) else ""


def _end(pattern: re.Pattern[str], text: str, start: int, limit: int) -> int:
    found = pattern.search(text, start, limit)
    return found.start() if found is not None else limit


def _rest(text: str, taken: list[tuple[int, int]]) -> str:
    rest, at = "", 0
    for start, end in [*sorted(taken), (len(text), len(text))]:
        raw = text[at:start]
        at = end
        piece = _AND.sub("", raw.strip(" ,;:–-\n")).strip(" ,;:–-\n").removeprefix(".").strip()
        if piece.strip(" ."):
            between = "\n" if "\n" in raw[: len(raw) - len(raw.lstrip())] else ". "
            rest = f"{rest.removesuffix('.')}{between}{piece}" if rest else piece
    return _tidy(rest.removesuffix("."))


def _tidy(text: str) -> str:
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r"(?:\s*[.,;]){2,}", ".", text).strip(" ,;:–-\n").removeprefix(".").strip()


def merged(before: str, words: str, how: How) -> str:
    """Whom it affects after more were named, or some who no longer are: "Alle i bydel Frogner. Også bydel Alna"."""
    known = before.strip().removesuffix(".")
    if how == "removes":
        named = re.escape(words)
        # The first of several leaves the others behind its "Også"; the only one takes it along.
        alone = rf"(?:\s*,|\s+og|\.\s*Også)?\s*{named}(?!\w)"
        first = re.search(rf"{named}\s*,\s*", known, re.IGNORECASE) or re.search(alone, known, re.IGNORECASE)
        without = f"{known[: first.start()]}{known[first.end() :]}".strip(" ,.") if first else ""
        return without or f"{known}. Ikke lenger {words}"
    if not known or re.search(rf"(?<!\w){re.escape(words)}(?!\w)", known, re.IGNORECASE):
        return known or words
    return f"{known}, {words}" if re.search(r"(?:^|\. )Også [^.]*$", known) else f"{known}. Også {words}"


_KEPT_FROM = re.compile(
    r"\b(?:får|fær|kan|klarer|klarar|greier|can|are\s+able)\b(?:\s+\w+){0,3}\s+(?:ikke|ikkje|not)\b|"
    r"\b(?:ingen|inga|nobody)\s+(?:\w+\s+){0,2}(?:får|fær|kan|klarer|klarar|kommer|kjem|merker|merkar|can)\b|"
    r"\b(?:mister|mistar|lose)\b",
    re.IGNORECASE,
)
_DO = re.compile(
    r"^(?:bruk|nytt|benytt|skriv|ring|logg|gå|kjør|print|lagre|vent|prøv|use|write|call|wait)\b", re.IGNORECASE
)
_WHO = re.compile(
    r"^(?:alle|hele|heile|bydel\w*|ansatte|tilsette|brukere|brukarar|samtlige|everyone)\b[^.:;\n]{0,80}$", re.IGNORECASE
)
_HAPPENS = re.compile(r"\b(?:er|har|får|fær|kan|må|blir|vert|is|are|can)\b", re.IGNORECASE)


def reads_as(text: str) -> str:
    """The item that a sentence without a label answers by its form: "bruk papir", "alle bydeler"; or empty."""
    bare = text.strip(" .!")
    if _DO.match(bare):
        return "workaround"
    if _KEPT_FROM.search(bare):
        return "consequence"
    return "affected" if _WHO.match(bare) and not _HAPPENS.search(bare) else ""
