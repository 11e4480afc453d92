"""A post of a notice that failed, or may have been made without anybody knowing, and what a person says became of it.

No program can look into every place. What may be there is never posted again by itself, so it stays unsettled until
somebody at the desk has looked (G 5.1.2.2).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnsettledPost:
    """Of one notice at one target (its id). reason: the last failure, in our own words.

    uncertain: it may be there. known: an earlier version is there and can be edited. outdone: a later version is there.
    """

    ref: str
    target: str
    uncertain: bool
    reason: str
    known: bool = False
    outdone: bool = False


@dataclass(frozen=True, slots=True)
class SettlePost:
    """A person has looked at a target: the notice is there (`sent`), or it is to be posted there again."""

    ref: str
    target: str
    sent: bool
