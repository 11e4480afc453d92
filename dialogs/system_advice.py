"""Whose the fault is: technical to the operator, functional to the system's forvalter (G 5.1.2.3-4).

Technical faults in applications that the agency or its supplier operates go to the agency. Functional faults (what the
system computes, shows or offers) go to the forvalter in Systemoversikten. At a critical fault in a common or sector
system the desk contacts the forvalter. Work on faults of the application itself may be invoiced the forvalter, which
is said beforehand.
"""

from __future__ import annotations

import re

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.state import Draft
from dialogs.system_names import system_called
from knowledge.systems import System

# Who operates for the agency; for any other operator, the agency's people cannot mend the fault.
_OURS = frozenset({"UKE", "2S", "DIG", "OKF"})
_SHARED_TYPES = frozenset({"fellessystem", "sektorsystem"})

# Words of a system that runs but does the wrong thing. A system that is down or slow is never functional.
_FUNCTIONAL = re.compile(
    r"\bfunksjonell\w*"
    r"|\b(?:regner|beregner|summerer|reknar|calculates?)\b.{0,30}\b(?:feil|galt|wrong)"
    r"|\b(?:feil|gale?|wrong)\s+(?:beløp|sum(?:men)?|tall|beregning|saldo|sats(?:er)?|formel|amount|total)\b"
    r"|\b(?:mangler|manglar|missing)\s+(?:et\s+|eit\s+|en\s+|a\s+)?(?:valg|felt|kode|kategori|knapp|funksjon|menyvalg|field|option)\b"
    r"|\b(?:rapport\w*|skjermbilde\w*|oversikt\w*|report)\b.{0,25}\b(?:viser|syner|shows?)\b.{0,15}\b(?:feil|galt|wrong)",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"\b(?:nede|ned|treg\w*|heng\w*|kræsj\w*|krasj\w*|feilmelding\w*|starter ikke|får ikke (?:logget|startet)"
    r"|down|slow|crash\w*)\b",
    re.IGNORECASE,
)


def system_of(talk: Conversation, draft: Draft) -> System | None:
    """The system the draft is about, when it stands in the register."""
    answer = draft.answers.get("system")
    return None if answer is None else system_called(talk.knowledge.systems, str(answer.value))


def is_functional(text: str) -> bool:
    """Whether the words are those of a system that runs but does the wrong thing."""
    return bool(_FUNCTIONAL.search(text)) and not _TECHNICAL.search(text)


def belongs_to_forvalter(talk: Conversation, draft: Draft, system: System | None) -> bool:
    """Whether to say that the fault is the forvalter's, and ask. The forvalter himself knows."""
    return (
        system is not None
        and bool(forvalter_address(talk, system))
        and draft.kind == "support"
        and Role.FORVALTER not in talk.roles
        and "fault_type" not in draft.skipped
        and is_functional(draft.text)
    )


def notes(talk: Conversation, draft: Draft) -> tuple[str, ...]:
    """What the summary says about the system and its forvalter."""
    system = system_of(talk, draft)
    if system is None or draft.kind != "support":
        return ()
    forvalter = forvalter_of(talk, system)
    lines = []
    if system.operated_by in _OURS:
        lines.append(talk.text("forvalter.may_be_invoiced", system=system.name))
    elif forvalter:
        lines.append(talk.text("forvalter.operated_by_others", system=system.name, contact=forvalter))
    if draft.critical and system.type in _SHARED_TYPES and forvalter:
        lines.append(talk.text("forvalter.desk_tells_forvalter", system=system.name, contact=forvalter))
    return tuple(lines)


def forvalter_of(talk: Conversation, system: System) -> str:
    """The forvalter's group and address as people read it, or empty."""
    return ", ".join(part for part in (system.forvalter_group, forvalter_address(talk, system)) if part)


def forvalter_address(talk: Conversation, system: System) -> str:
    """Where to write: the forvalter at the person's own virksomhet where there is one, else the system's."""
    local = next(
        (one.emails for one in system.local_forvaltere if one.virksomhet == talk.virksomhet and one.emails), ()
    )
    return next(iter(local), system.forvalter_email or "")
