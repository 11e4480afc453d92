"""Whether a fault may be critical, by what is known of it so far (G 5.1.2.2).

The words of danger are one sign, the reach another: all of a service is down in several places, or for a department
whose system the register calls critical. Looked at again whenever more is known, since the first message seldom says
it all; what was answered about it settles it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.read_answers import denies_critical
from dialogs.state import Draft
from dialogs.system_names import system_called
from knowledge.reading import Extent, Outage, Reading
from knowledge.reading.signals import read_critical
from knowledge.systems import System

# The highest of the grades the register gives, and the systems that care and child welfare stand on.
_VITAL, _SECTOR_SYSTEM = "Kritisk", "sektorsystem"
# Where people are cared for day and night, nobody can wait for what the whole place works with.
_CARE = re.compile(
    r"\b(?:sykehjem|sjukeheim|hjemmetjeneste|heimeteneste|hjemmesykepleie|heimesjukepleie|legevakt|helsehus|"
    r"omsorgssent|omsorgsbolig|bofellesskap|barnevernvakt|nursing home|home care)",
    re.IGNORECASE,
)


def with_suspicion(talk: Conversation, draft: Draft) -> Draft:
    """The draft in which it is to be asked whether it is critical, when what is known by now suggests it."""
    settled = draft.critical is not None or "critical" in draft.answers
    if draft.kind != "support" or settled or denies_critical(draft.text):
        return draft
    said = draft.text if talk.said in draft.text else f"{draft.text}\n{talk.said}"
    by_words = read_critical(said, support=talk.reading(draft.text).kind_hint != "service")
    extent, outage, name = (draft.answers.get(key) for key in ("extent", "outage", "system"))
    suspected = bool(by_words) or _reaches_far(
        extent is not None and extent.value,
        outage is not None and outage.value,
        system_called(talk.knowledge.systems, str(name.value)) if name is not None else None,
        said,
    )
    return replace(draft, critical=True) if suspected else draft


def is_suspected_of(reading: Reading) -> bool:
    """Whether a report suggests it by its words or its reach, before there is a form."""
    system = reading.systems[0].system if reading.systems else None
    return reading.critical or _reaches_far(reading.extent, reading.outage, system, reading.text)


def _reaches_far(extent: object, outage: object, system: System | None, text: str) -> bool:
    """extent, outage: the reader's or the case's own words for them, which are the same."""
    if outage != Outage.FULL:
        return False
    if extent == Extent.SEVERAL_LOCATIONS:
        return True
    is_vital = system is not None and system.criticality == _VITAL
    of_care = _CARE.search(text) is not None or (system is not None and system.type == _SECTOR_SYSTEM)
    return extent == Extent.DEPARTMENT and is_vital and of_care
