"""How likely it is that chance alone brings this many reports, from this many virksomheter, in this short a time.

Counts follow a negative binomial: a Poisson count whose rate is known only from what has been heard so far, and which
differs from one day to the next. One person counts once, and no virksomhet makes up more than about half of what is
counted: a fellesfeil hits several users in several virksomheter (G 5.1.2.2), a school's own network does not.

Given how many came, what they say is evidence of its own: that most of them tell of the same thing, where usually a
tenth do, or that others are hit too. Such probabilities are multiplied, by the rule for products (Fisher's).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

_VARIES = 0.25
"""the variance of a subject's rate from day to day, as a share of its square"""
_TERMS = 400


def evidence(virksomheter: Iterable[str]) -> int:
    """How many reports count, by whose they are: of the virksomhet with most no more than one above all others."""
    by_virksomhet: dict[str, int] = {}
    for one in virksomheter:
        by_virksomhet[one] = by_virksomhet.get(one, 0) + 1
    most = max(by_virksomhet.values(), default=0)
    others = sum(by_virksomhet.values()) - most
    return others + min(most, others + 1)


def so_many(count: int, expected: float, known: float) -> float:
    """The probability of this many or more where so many are expected; `known`: from how many heard ones that is."""
    if count <= 0:
        return 1.0
    size = 1.0 / (1.0 / known + _VARIES)
    share = expected / (expected + size)
    log_term = (
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        + size * math.log1p(-share)
        + count * math.log(share)
    )
    # The sum of the tail itself, so that small probabilities keep their digits.
    term, tail, number = math.exp(log_term), 0.0, count
    while term > tail * 1e-6 and number < count + _TERMS:
        tail += term
        term *= share * (number + size) / (number + 1)
        number += 1
    return min(1.0, tail)


def so_many_of(count: int, among: int, share: float) -> float:
    """The probability that this many or more of so many say what usually this share of them do."""
    if count <= 0 or share >= 1.0:
        return 1.0
    return min(
        1.0,
        sum(math.comb(among, one) * share**one * (1.0 - share) ** (among - one) for one in range(count, among + 1)),
    )


def together(*chances: float) -> float:
    """The probability that independent ones are all together as small as these are."""
    product = math.prod(chances)
    if product <= 0.0:
        return 0.0
    log, total, term = -math.log(product), 0.0, 1.0
    for place in range(len(chances)):
        total += term
        term *= log / (place + 1)
    return min(1.0, product * total)
