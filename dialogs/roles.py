"""What the roles of the service desk mean: incident manager and request manager are both of the desk (G 2.2).

IM coordinates faults, so the notices to everyone are his; RM coordinates orders. From half past three one person has
all of the desk (G 4.3), and whoever that is must be able to tell everyone, so RM then stands in for IM. Outside opening
hours too: nobody else is there. Who was granted "uss" holds both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dialogs.case import Role
from knowledge.opening_hours import Staffing

DESK_GRANTS = frozenset({Role.USS.value, Role.IM.value, Role.RM.value})
"""Any of these grants makes a person one of the desk."""


def roles_held(granted: Iterable[str], staffing: Staffing) -> frozenset[Role]:
    """The roles of a person at this moment, from what was granted; a grant that is no role any more is passed over."""
    names = set(granted)
    roles = {Role.ANSATT, *(role for role in Role if role.value in names)}
    if Role.USS in roles or (Role.RM in roles and staffing is not Staffing.OPEN):
        roles.add(Role.IM)
    if roles & {Role.IM, Role.RM}:
        roles.add(Role.USS)
    return frozenset(roles)


def may_publish_notices(roles: Collection[str]) -> bool:
    """Whether the roles held at this moment let a person write to everyone."""
    return Role.USS in roles and (Role.IM in roles or Role.RM not in roles)
