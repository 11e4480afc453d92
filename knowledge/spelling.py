"""One spelling for what people type on any keyboard."""

# What a pattern without regard to capitals takes for one letter and `casefold` does not: the Turkish i's.
_ONE_I = str.maketrans("\u0130\u0131", "ii")


def caseless(text: str) -> str:
    """For telling quickly whether a text can hold a name, whatever its capitals: then its caseless form holds the
    name's."""
    return text.translate(_ONE_I).casefold()


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
