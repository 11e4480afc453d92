"""How much more the reports of the last hours on one subject look like a fellesfeil than like nothing (G 5.1.2.2).

The likelihood ratio of two stories. Nothing: reports come one by one, as many as is normal, each saying what is usually
said; or one virksomhet alone has a fault, or a handful comes together by chance. A fellesfeil: some time ago something
broke, and since then more come than are normal, many at first and ever fewer; several virksomheter are hit, more of the
reports say that others are hit too, and often they say the same thing. What is not known of it (when, how big, how
fast, what is said, who is hit) is averaged over, so that a pattern one has to search for counts for less.

A report is worth what it tells: one in a quiet hour, on a rare subject, that says what is rarely said and that all are
hit, is worth more than ten on a Monday morning.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

import numpy as np

from bot.radar.scene import Array, Scene

FELLESFEIL_A_WEEK = 2.0
_LOCAL_A_WEEK = 4.0
_HANDFULS_A_WEEK = 2.7
"""how often, at a large desk, there is a fellesfeil, a fault in one virksomhet alone, a handful by chance; the last two
the more often the more is reported"""
_FADES = np.array([15.0, 70.0])
"""minutes after which a third as many come of a fellesfeil"""
_SIZES, _SIZES_SHARE = np.array([5.0, 15.0, 50.0]), np.array([0.4, 0.4, 0.2])
"""how many are to come of it"""
_SAY_SAME = 0.6
"""how often there is something that many of its reports say"""
_SAYING, _SAYING_EITHER = 0.6, 0.8
"""how many of them then say one thing, or one of two"""
_ONE_THING = 0.6
"""how often it is one thing"""
_WIDER = 0.5
"""of those who else would say nothing of others, so many then say that others are hit"""
_FEW, _FEW_SHARE, _PLACES = 6.0, 0.35, 40.0
"""so many virksomheter, in so many cases, are hit where it is not any of about so many"""
_DAYS, _DAYS_SHARE = np.array([0.9, 1.2, 1.7, 3.0]), np.array([0.55, 0.33, 0.1, 0.02])
"""on some days a subject has so many times its reports"""
_DEVIATES, _DEVIATES_SHARE = np.array([-1.0, 0.2, 1.0, 2.1]), np.array([0.3, 0.35, 0.27, 0.08])
_WELL_KNOWN = 12.0
"""from so many reports on, a rate is as good as known"""
_LOCAL_FADES = 35.0
_LOCAL_SIZES, _LOCAL_SIZES_SHARE = np.array([4.0, 10.0, 25.0]), np.array([0.4, 0.45, 0.15])
_HANDFUL_FADES, _HANDFUL_SIZE = 6.0, 2.5
_UPTO = 600.0
"""the greatest exponent"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """odds: of a fellesfeil to none. began: minutes ago, most likely. belongs (n): how surely each report is of it.

    alone (places): the odds of a fault in that virksomhet alone.
    """

    odds: float
    began: float
    belongs: Array
    alone: Array


def weigh(scene: Scene) -> Weighed:
    """See the module's beginning."""
    rates, shares = _rates(scene.known)
    nothing = shares * rates ** np.count_nonzero(scene.named) * np.exp(-(rates - 1.0) * scene.expected)
    lift, sayings = _lifts(scene)
    more, came, prior = _courses(scene)
    # By course (when it began, how fast it fades, how big it is), by what is said, by report: how many times likelier.
    each = more[:, None, :] * lift[None, :, :]
    prior = prior[:, None] * sayings
    fellesfeil, best, began, belongs = 0.0, -1.0, 0.0, np.zeros(len(scene.ages))
    for today, share in zip(rates, nothing, strict=True):
        rate = np.where(scene.named, today, 1.0)
        anywhere = _exp(np.log1p(each / rate).sum(-1) - came[:, None])
        ratio = ((1.0 - _FEW_SHARE) * anywhere + _FEW_SHARE * _in_few(scene, each / rate, came)) * prior * share
        fellesfeil += float(ratio.sum())
        course, saying = np.unravel_index(int(ratio.argmax()), ratio.shape)
        if ratio[course, saying] > best:
            best, began = float(ratio[course, saying]), float(scene.began[course // (len(_FADES) * len(_SIZES))])
            belongs = each[course, saying] / (rate + each[course, saying])
    busy = np.where(scene.named, float((nothing * rates).sum() / nothing.sum()), 1.0)
    as_today = replace(scene, rates=scene.rates * busy)
    local = _LOCAL_A_WEEK * scene.traffic * _local(as_today, lift, sayings)
    handful = _HANDFULS_A_WEEK * scene.traffic * _handful(as_today)
    odds = FELLESFEIL_A_WEEK * fellesfeil / (float(nothing.sum()) * (1.0 + float(local.sum()) + handful))
    return Weighed(odds, began, belongs, local / (1.0 + handful))


def _exp(logs: Array) -> Array:
    return np.exp(np.minimum(logs, _UPTO))


def _rates(known: float) -> tuple[Array, Array]:
    """What the normal rate may be today, as a multiple of the known one, and how likely each is."""
    if known >= _WELL_KNOWN:
        return _DAYS, _DAYS_SHARE
    # What a rate may be that is known from so few reports (Wilson and Hilferty): it may well be five times as high.
    spread = 1.0 / known / 9.0
    return np.maximum(1.0 - spread + _DEVIATES * np.sqrt(spread), 0.3) ** 3, _DEVIATES_SHARE


def _lifts(scene: Scene) -> tuple[Array, Array]:
    """How much likelier a fellesfeil makes what each report says, by what its reports have in common, and the prior.

    First nothing in common, then each of the telling things, then one or the other of two.
    """
    more_say = scene.wide_share + _WIDER * (1.0 - scene.wide_share)
    wide = np.where(scene.wide > 0, more_say / scene.wide_share, 1.0 - _WIDER)
    singles = list(zip(scene.said, scene.said_share, strict=True))
    pairs = [(np.maximum(a, b), p + q * (1.0 - p)) for (a, p), (b, q) in combinations(singles, 2)]
    lifts = [wide]
    for (said, usual), share in chain(product(singles, (_SAYING,)), product(pairs, (_SAYING_EITHER,))):
        lifts.append(wide * np.where(said > 0, share / usual, (1.0 - share) / (1.0 - usual)))
    # Of all that might be common the telling ones were chosen, so each is only one of as many.
    one, two = _SAY_SAME * _ONE_THING / scene.sayings, _SAY_SAME * (1.0 - _ONE_THING) / 2.0 / scene.sayings
    prior = np.concatenate([[0.0], np.full(len(singles), one), np.full(len(pairs), two)])
    prior[0] = 1.0 - prior.sum()
    return np.array(lifts), prior


def _courses(scene: Scene) -> tuple[Array, Array, Array]:
    """Of each course how many times the normal rate it has at each report, how many came until now, and its prior."""
    since = scene.began[:, None] - scene.ages
    faded = np.exp(-np.maximum(since, 0.0)[:, None, :] / _FADES[:, None]) / _FADES[:, None]
    more = np.where(since[:, None, :] > 0, faded, 0.0)[:, :, None, :] * _SIZES[:, None]
    came = (1.0 - np.exp(-scene.began[:, None] / _FADES))[:, :, None] * _SIZES
    prior = np.broadcast_to(scene.begins[:, None, None] / len(_FADES) * _SIZES_SHARE, came.shape)
    return more.reshape(-1, len(scene.ages)) / scene.rates, came.reshape(-1), prior.reshape(-1)


def _in_few(scene: Scene, each: Array, came: Array) -> Array:
    """The likelihood ratio where a few virksomheter are hit alike: each of them is one of those, or is not.

    each (courses, sayings, n): see `weigh`. came (courses): how many came until now, in all. A virksomhet that is hit
    and from which nothing comes tells against it, as one that is hit beyond the few does. That none or one alone is hit
    is left out.
    """
    placed, known = 1.0 - scene.unplaced, scene.place >= 0
    hit, came_each = _FEW / _PLACES, (placed * came / _FEW)[:, None]
    nobody_knows = -scene.unplaced * came[:, None]
    silent = max(_PLACES - len(scene.place_share), 0.0)
    among = silent * np.log(hit * np.exp(-came_each) + 1.0 - hit)
    alone = 1.0 + silent * hit / (1.0 - hit) * np.exp(-came_each)
    if known.any():
        order = np.flatnonzero(known)[np.argsort(scene.place[known], kind="stable")]
        firsts = np.flatnonzero(np.diff(scene.place[order], prepend=-1))
        more = each[..., order] * placed / (_FEW * scene.place_share[scene.place[order]])
        here = hit * _exp(np.add.reduceat(np.log1p(more), firsts, axis=-1) - came_each[..., None])
        among = among + np.log(here + 1.0 - hit).sum(-1)
        alone = alone + here.sum(-1) / (1.0 - hit)
    none_hit = (silent + len(scene.place_share)) * math.log(1.0 - hit)
    few = _exp(among + nobody_knows + np.log1p(each[..., ~known]).sum(-1))
    return np.maximum(few - _exp(np.log(alone) + none_hit + nobody_knows), 0.0)


def _local(scene: Scene, lift: Array, sayings: Array) -> Array:
    """The likelihood ratio of a fault in each virksomhet alone: a school's own network is no fellesfeil."""
    since = scene.began[:, None] - scene.ages
    more = np.where(since > 0, np.exp(-np.maximum(since, 0.0) / _LOCAL_FADES), 0.0) / _LOCAL_FADES
    more = more[:, None, :] * _LOCAL_SIZES[:, None]
    came = (1.0 - np.exp(-scene.began / _LOCAL_FADES))[:, None] * _LOCAL_SIZES
    prior = scene.begins[:, None] * _LOCAL_SIZES_SHARE
    ratios = np.zeros(len(scene.place_share))
    for place, share in enumerate(scene.place_share):
        here = np.flatnonzero(scene.place == place)
        if len(here) > 1:
            each = (more / scene.rates / share)[:, :, None, here] * lift[None, None, :, here]
            ratio = _exp(np.log1p(each).sum(-1) - came[:, :, None])
            ratios[place] = share * float((ratio * prior[:, :, None] * sayings).sum())
    return ratios


def _handful(scene: Scene) -> float:
    """The likelihood ratio of a few reports at about the same time that have nothing to do with each other."""
    since = scene.began[:, None] - scene.ages
    more = np.where(since > 0, np.exp(-np.maximum(since, 0.0) / _HANDFUL_FADES), 0.0) * _HANDFUL_SIZE / _HANDFUL_FADES
    came = _HANDFUL_SIZE * (1.0 - np.exp(-scene.began / _HANDFUL_FADES))
    return float((_exp(np.log1p(more / scene.rates).sum(-1) - came) * scene.begins).sum())
