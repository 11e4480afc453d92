"""Everything the bot knows, read from its files and indexed once at start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.catalogue.importing import read_catalogue
from knowledge.catalogue_words import CatalogueWords, load_catalogue_words
from knowledge.checklists import Checklist, load_checklists
from knowledge.glossary import Glossary, load_glossary
from knowledge.guide import Guide, load_guide
from knowledge.matching import Matcher, Shelf, Wording, load_wording
from knowledge.organisation import Organisation, load_organisation
from knowledge.reading import Reader
from knowledge.selfhelp import SelfHelp, load_selfhelp
from knowledge.spelling import fold
from knowledge.systems import SystemRegister
from knowledge.systems_file import load_systems

DATA = Path(__file__).parent / "data"

_SMALL = re.compile(r"\b[a-zæøå][^\W\d_]*")


@dataclass(frozen=True, slots=True)
class Library:
    """What the engine may ask. Immutable; a new catalogue makes a new library."""

    catalogue: Catalogue
    matcher: Matcher
    reader: Reader
    systems: SystemRegister
    checklists: Mapping[str, Checklist]
    glossary: Glossary
    guide: Guide
    organisation: Organisation
    selfhelp: SelfHelp
    catalogue_words: CatalogueWords


def load_matcher(
    catalogue: Catalogue,
    systems: SystemRegister,
    data: Path = DATA,
    *,
    approved: Path | None = None,
    shelf: Shelf | None = None,
) -> Matcher:
    """The matcher for this catalogue, with the wording the product ships for the forms it knows.

    approved: the folder of examples that an installation has approved (docs/kunnskap.md), here and below. shelf: where
    what was learnt of the same catalogue, wording and systems is kept between two starts, here and below.
    """
    return matcher_of(catalogue, systems, load_wording(data / "wording", approved), shelf)


def matcher_of(catalogue: Catalogue, systems: SystemRegister, wording: Wording, shelf: Shelf | None = None) -> Matcher:
    """The matcher for this catalogue with this wording."""
    named = [(system.name, system.aliases) for system in systems]
    return Matcher.build(catalogue, wording=wording, systems=named, shelf=shelf)


def load_register(catalogue: Catalogue, systems_file: Path | None = None, data: Path = DATA) -> SystemRegister:
    """The register of systems, another one than the shipped if so told.

    A word the catalogue writes in small letters is a word of the language, and does not alone name the system whose
    name it begins: real registers have names such as "Feil melding bydel".
    """
    texts = (text for form in catalogue for text in (form.title, form.description))
    everyday = {fold(word) for text in texts for word in _SMALL.findall(text)}
    return load_systems(systems_file or data / "systems.json", everyday)


def load_catalogue_matcher(
    catalogue_file: Path | None = None,
    systems_file: Path | None = None,
    data: Path = DATA,
    *,
    approved: Path | None = None,
) -> Matcher:
    """Only what `which-form` needs."""
    catalogue = read_catalogue(catalogue_file or data / "forms.json")
    return load_matcher(catalogue, load_register(catalogue, systems_file, data), data, approved=approved)


def load_explainers(
    catalogue_file: Path | None = None,
    systems_file: Path | None = None,
    data: Path = DATA,
    *,
    approved: Path | None = None,
) -> tuple[Matcher, Reader]:
    """Only what `explain` needs."""
    catalogue = read_catalogue(catalogue_file or data / "forms.json")
    systems = load_register(catalogue, systems_file, data)
    matcher = load_matcher(catalogue, systems, data, approved=approved)
    return matcher, _reader(systems, load_organisation(data / "organisation.yaml"))


def load_library(
    *,
    catalogue_file: Path | None = None,
    organisation_file: Path | None = None,
    systems_file: Path | None = None,
    approved: Path | None = None,
    shelf: Shelf | None = None,
    data: Path = DATA,
) -> Library:
    """Read and index everything; raises BrokenCatalogue or BrokenKnowledge with the file and the place."""
    catalogue = read_catalogue(catalogue_file or data / "forms.json")
    systems = load_register(catalogue, systems_file, data)
    organisation = load_organisation(organisation_file or data / "organisation.yaml")
    return Library(
        catalogue=catalogue,
        matcher=load_matcher(catalogue, systems, data, approved=approved, shelf=shelf),
        reader=_reader(systems, organisation),
        systems=systems,
        checklists=load_checklists(data / "checklists"),
        glossary=load_glossary(data / "glossary.yaml"),
        guide=load_guide(data / "guide"),
        organisation=organisation,
        selfhelp=load_selfhelp(data / "selfhelp.json", data / "selfhelp_translations"),
        catalogue_words=load_catalogue_words(data / "catalogue_words"),
    )


def with_catalogue(
    library: Library,
    catalogue_file: Path,
    systems_file: Path | None,
    data: Path = DATA,
    *,
    approved: Path | None = None,
    shelf: Shelf | None = None,
) -> Library:
    """The library with another catalogue, and all that is indexed from it; takes about a second.

    systems_file: the register of systems in use, None for the one shipped. Raises BrokenCatalogue or BrokenKnowledge.
    """
    exchanged = replace(library, catalogue=read_catalogue(catalogue_file))
    return with_systems(exchanged, systems_file, data, approved=approved, shelf=shelf)


def with_systems(
    library: Library,
    systems_file: Path | None,
    data: Path = DATA,
    *,
    approved: Path | None = None,
    shelf: Shelf | None = None,
) -> Library:
    """The library with another register of systems, and all that is indexed from it; takes about a second."""
    systems = load_register(library.catalogue, systems_file, data)
    return replace(
        library,
        systems=systems,
        matcher=load_matcher(library.catalogue, systems, data, approved=approved, shelf=shelf),
        reader=_reader(systems, library.organisation),
    )


def _reader(systems: SystemRegister, organisation: Organisation) -> Reader:
    return Reader(systems, {code: one.name for code, one in organisation.virksomheter.items()})
