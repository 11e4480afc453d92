"""The knowledge files as shipped, each read once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import knowledge
from knowledge.catalogue import Catalogue
from knowledge.catalogue.importing import read_catalogue
from knowledge.checklists import Checklist, load_checklists
from knowledge.glossary import Glossary, load_glossary
from knowledge.guide import Guide, load_guide
from knowledge.organisation import Organisation, load_organisation
from knowledge.selfhelp import SelfHelp, load_selfhelp

DATA = Path(knowledge.__file__).parent / "data"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(DATA / "forms.json")


@cache
def checklists() -> Mapping[str, Checklist]:
    return load_checklists(DATA / "checklists")


@cache
def glossary() -> Glossary:
    return load_glossary(DATA / "glossary.yaml")


@cache
def guide() -> Guide:
    return load_guide(DATA / "guide")


@cache
def organisation() -> Organisation:
    return load_organisation(DATA / "organisation.yaml")


@cache
def selfhelp() -> SelfHelp:
    return load_selfhelp(DATA / "selfhelp.json", DATA / "selfhelp_translations")
