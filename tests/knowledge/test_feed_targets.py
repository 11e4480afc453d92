"""The targets of groups in the organisation file: read, and refused with the key when something is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.errors import BrokenKnowledge
from knowledge.feed_targets import FeedKind, FeedRouting, FeedTarget, page_of
from knowledge.organisation import Organisation, load_organisation
from tests.knowledge.shipped import DATA, organisation

CHANNEL = {"kind": "teams", "channel": "19:abc@thread.tacv2"}
EMAIL = {"kind": "email", "to": "sam-it@example.org"}


def load(tmp_path: Path, open_targets: Any, closed_targets: Any = None) -> Organisation:
    data = yaml.safe_load((DATA / "organisation.yaml").read_text(encoding="utf-8"))
    data["groups"]["sam_it"]["targets"] = open_targets
    data["groups"]["sam_ikt_hovedkontakter"]["targets"] = closed_targets
    path = tmp_path / "organisation.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_organisation(path)


def test_a_group_without_targets_has_its_page() -> None:
    assert organisation().open_group.targets == (page_of("sam_it"),)
    assert organisation().routing.of("sam_it") == (page_of("sam_it"),)
    assert FeedRouting().of("any") == (page_of("any"),)


def test_a_group_may_have_several_targets_and_one_that_stands_in(tmp_path: Path) -> None:
    targets = {
        "side": {"kind": "page"},
        "kanal": CHANNEL,
        "engage": {"kind": "engage", "community": "123"},
        "workplace": {"kind": "workplace", "group": "456"},
        "epost": {**EMAIL, "instead_of": "kanal"},
    }
    routing = load(tmp_path, targets).routing
    assert [(one.kind, one.address) for one in routing.of("sam_it")] == [
        (FeedKind.PAGE, ""),
        (FeedKind.TEAMS, "19:abc@thread.tacv2"),
        (FeedKind.ENGAGE, "123"),
        (FeedKind.WORKPLACE, "456"),
        (FeedKind.EMAIL, "sam-it@example.org"),
    ]
    channel = routing.find("sam_it/kanal")
    assert channel is not None
    assert [one.id for one in routing.stand_ins(channel)] == ["sam_it/epost"]
    assert routing.find("sam_it/other") is None
    assert routing.find("") is None


WRONG: list[tuple[Any, str]] = [
    ({}, "targets: there must be at least one"),
    ({"epost": {**EMAIL, "instead_of": "epost"}}, "epost: instead_of must name"),
    ({"kanal": CHANNEL, "epost": {**EMAIL, "instead_of": "kanalen"}}, "epost: instead_of must name"),
    (
        {
            "kanal": CHANNEL,
            "epost": {**EMAIL, "instead_of": "kanal"},
            "side": {"kind": "page", "instead_of": "epost"},
        },
        "side: instead_of must name",
    ),
    ({"Kanal": CHANNEL}, "Kanal: a target's name has small letters"),
    ({"a/b": CHANNEL}, "a/b: a target's name has small letters"),
    ({"kanal": {"kind": "slack"}}, "kind: 'slack' is not one of page, teams, engage, workplace, email"),
    ({"kanal": {"kind": "teams"}}, "kanal: channel: is missing"),
    ({"kanal": {**CHANNEL, "channel": "19:abc@thread.tacv2;messageid=1"}}, "channel: must be the id of a channel"),
    ({"kanal": {**CHANNEL, "to": "a@example.org"}}, "to: is not a key here"),
    ({"engage": {"kind": "engage", "community": 123}}, "community: must be text, not int 123"),
    ({"engage": {"kind": "engage", "community": "12/3"}}, "community: must be the number"),
    ({"epost": {"kind": "email", "to": "Alle <alle@example.org>"}}, "to: must be one e-mail address"),
    ({"epost": {"kind": "email", "to": "a@example.org\nBcc: b@example.org"}}, "to: must be one e-mail address"),
    ({"epost": {"kind": "email", "to": "a@example.org, b@example.org"}}, "to: must be one e-mail address"),
]


@pytest.mark.parametrize(("targets", "told"), WRONG, ids=[told for _, told in WRONG])
def test_a_slip_in_the_targets_is_told_with_its_key(tmp_path: Path, targets: Any, told: str) -> None:
    with pytest.raises(BrokenKnowledge, match=re.escape(told)):
        load(tmp_path, targets)


def test_an_open_and_a_closed_group_never_share_a_place(tmp_path: Path) -> None:
    same = {"kind": "email", "to": "SAM-IT@example.org"}
    with pytest.raises(BrokenKnowledge, match="is a target of an open and of a closed group"):
        load(tmp_path, {"epost": EMAIL}, {"epost": same})
    apart = load(tmp_path, {"side": {"kind": "page"}}, {"side": {"kind": "page"}, "epost": same})
    assert apart.closed_group.targets[1] == FeedTarget("sam_ikt_hovedkontakter", "epost", FeedKind.EMAIL, same["to"])
