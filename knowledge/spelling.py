"""One spelling for what people type on any keyboard."""

# What a pattern without regard to capitals takes for one letter and `casefold` does not: the Turkish i's.
_CAPITAL_WITH_DOT, _SMALL_WITHOUT = "\u0130", "\u0131"


def caseless(text: str) -> str:
    """For telling quickly whether a text can hold a name, whatever its capitals: then its caseless form holds the
    name's."""
    return text.replace(_CAPITAL_WITH_DOT, "i").replace(_SMALL_WITHOUT, "i").casefold()


def fold(word: str) -> str:
    """Lower case with aa/oe/ae and ö/ä as Norwegian letters, so that any keyboard's spelling meets."""
    word = word.lower()
    return (
        word.replace("aa", "å")
        .replace("oe", "ø")
        .replace("ae", "æ")
        .replace("ö", "ø")
        .replace("ä", "æ")
        .replace("é", "e")
    )
