"""What was learnt, kept between two starts under a key of all it was learnt from.

The shelf is the caller's; here it is decided what goes on it and whether what lies there still holds. Other forms,
sentences, synonyms, systems or code give another key, so that what is old is never found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import rapidfuzz

from knowledge.catalogue.form import Catalogue
from knowledge.matching.asides import Asides
from knowledge.matching.learnt import Learnt
from knowledge.matching.norwegian import Lexicon, stem
from knowledge.matching.numbering import strings_from_array, strings_to_array
from knowledge.matching.profiles import Arrays
from knowledge.matching.wording import Wording

# Another version of the stemmer shows itself in the words it has been changed for.
_STEMMED = "skriverne brukernes bestillingene tilganger oppgraderes feilmeldingen utlopte sikkerhetslogg".split()


class Shelf(Protocol):
    """Keeps arrays by key; may lose them at any time."""

    def take(self, key: str) -> Arrays | None:
        """What was put under this key, or None."""
        ...

    def put(self, key: str, arrays: Arrays) -> None:
        """Keep these, in place of whatever was kept before."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What takes time to learn: every word, what is said beside the matter, and what the sentences teach."""

    lexicon: Lexicon
    asides: Asides
    learnt: Learnt

    def put(self, shelf: Shelf, key: str) -> None:
        """On the shelf."""
        words, stems = strings_to_array(sorted(self.lexicon.words)), strings_to_array(sorted(self.lexicon.stems))
        slips, meant = strings_to_array(self.lexicon.slips), strings_to_array(self.lexicon.slips.values())
        of_words = {"words": words, "stems": stems, "slips": slips, "meant": meant}
        shelf.put(key, {**of_words, **self.asides.arrays(), **self.learnt.arrays()})

    @classmethod
    def take(cls, shelf: Shelf, key: str) -> Kept | None:
        """From the shelf; None when it does not lie there whole."""
        arrays = shelf.take(key)
        if arrays is None:
            return None
        try:
            slips = zip(strings_from_array(arrays["slips"]), strings_from_array(arrays["meant"]), strict=True)
            lexicon = Lexicon(strings_from_array(arrays["words"]), strings_from_array(arrays["stems"]), dict(slips))
            return cls(lexicon, Asides.from_arrays(lexicon, arrays), Learnt.from_arrays(arrays))
        except (KeyError, ValueError, TypeError):
            return None


def key_of(catalogue: Catalogue, wording: Wording, systems: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A digest of everything that is learnt from, the code that learns and the libraries it reads words with."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    learnt_from = (
        (np.__version__, rapidfuzz.__version__, [stem(word) for word in _STEMMED]),
        [(one.id, one.title, one.description, one.service, one.category, one.kind) for one in catalogue],
        [(number, one.examples, one.words) for number, one in wording.forms.items()],
        dict(wording.synonyms),
        wording.out_of_scope,
        wording.asides,
        [(name, *aliases) for name, aliases in systems],
    )
    digest.update(json.dumps(learnt_from, ensure_ascii=False).encode(errors="surrogatepass"))
    return digest.hexdigest()
