"""One spelling for what people type on any keyboard."""


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
