"""The feeds of an installation: what its targets need is checked at start, and `doctor` asks each of them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands.examining_feeds import examine_feeds
from bot.feeds.mail import EmailFeed
from bot.feeds.wiring import check_feeds, feeds_from, page_address
from bot.settings import Settings, load_settings
from bot.store import SqliteStore
from dialogs.notice_post import post_of
from dialogs.texts import load_texts
from knowledge.errors import BadSettings, TemporaryFailure
from knowledge.feed_targets import FeedKind, FeedTarget, page_of
from knowledge.organisation import Organisation
from tests.bot.feeds.fake_teams import CHANNEL, FakeTeams
from tests.bot.feeds.fake_workplace import FakeWorkplace
from tests.bot.feeds.faults import Fault
from tests.bot.samples import Clock, a_notice
from tests.free_port import free_port
from tests.knowledge.test_feed_targets import load

TARGETS: Mapping[str, Mapping[str, str]] = {
    "kanal": {"kind": "teams", "channel": CHANNEL},
    "engage": {"kind": "engage", "community": "11"},
    "workplace": {"kind": "workplace", "group": "33"},
    "epost": {"kind": "email", "to": "sam-it@example.org", "instead_of": "kanal"},
}


def settings(**environ: str) -> Settings:
    return load_settings({"LOSEN_MODE": "development", **environ})


def organisation(tmp_path: Path, *names: str) -> Organisation:
    return load(tmp_path, {name: TARGETS[name] for name in names})


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")
    yield store
    await store.close()


def test_everything_the_targets_lack_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        check_feeds(settings(), organisation(tmp_path, *TARGETS))
    told = str(caught.value)
    for name in ("APP_ID", "APP_TENANTID", "ENGAGE_REFRESH_TOKEN", "WORKPLACE_TOKEN", "SMTP_HOST"):
        assert re.search(rf"^  {name}: must be set", told, re.MULTILINE)


def test_what_no_target_needs_is_not_asked_for(tmp_path: Path) -> None:
    check_feeds(settings(), load(tmp_path, None))
    check_feeds(settings(SMTP_HOST="localhost"), load(tmp_path, {"epost": {"kind": "email", "to": "a@example.org"}}))
    check_feeds(settings(TEAMS_SERVICE_URL="http://127.0.0.1:1"), organisation(tmp_path, "kanal"))


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"SMTP_USER": "losen"}, "SMTP_PASSWORD: is set together with SMTP_USER"),
        ({"SMTP_HOST": "mail.example.org", "SMTP_ENCRYPTION": "never"}, "SMTP_ENCRYPTION: must not be never"),
        ({"SMTP_FROM": "Desk <a@example.org>"}, "SMTP_FROM: must be one e-mail address"),
        ({"WORKPLACE_URL": "http://graph.example.org"}, "WORKPLACE_URL: must begin with https://"),
        ({"ENGAGE_REFRESH_TOKEN": "a b"}, "ENGAGE_REFRESH_TOKEN: must be plain signs"),
    ],
)
def test_a_setting_of_a_feed_that_cannot_be_right_is_refused(environ: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told) as caught:
        settings(**environ)
    assert "a b" not in str(caught.value)


async def test_the_feeds_that_are_needed_are_made_and_no_others(tmp_path: Path, store: SqliteStore) -> None:
    ours = organisation(tmp_path, "kanal", "epost")
    feeds = feeds_from(settings(SMTP_HOST="localhost"), ours, store, load_texts()["nb"], Clock(), lambda: 0.0)
    assert set(feeds.feed.feeds) == {FeedKind.PAGE, FeedKind.EMAIL}
    mail = feeds.feed.feeds[FeedKind.EMAIL]
    assert isinstance(mail, EmailFeed)
    assert (mail.sender.addr_spec, mail.sender.display_name) == (ours.email, ours.desk_name)
    assert mail.server.tls is not None
    await feeds.feed.publish(a_notice(), page_of("sam_it"), "key-1")
    with pytest.raises(TemporaryFailure, match="nothing in this process posts to teams"):
        await feeds.feed.publish(a_notice(), FeedTarget("sam_it", "kanal", FeedKind.TEAMS, CHANNEL), "key-2")
    await feeds.close()


async def test_a_doctor_asks_every_target_and_posts_nothing(tmp_path: Path, store: SqliteStore) -> None:
    teams, workplace = FakeTeams(token=""), FakeWorkplace()
    organisation(tmp_path, "kanal", "workplace", "epost")
    async with teams.server, workplace.server:
        ours = replace(
            settings(
                TEAMS_SERVICE_URL=teams.url,
                WORKPLACE_URL=workplace.url,
                WORKPLACE_TOKEN="wp-secret",
                SMTP_HOST="127.0.0.1",
                SMTP_PORT=str(free_port()),
                SMTP_ENCRYPTION="never",
            ),
            organisation_file=tmp_path / "organisation.yaml",
        )
        workplace.faults.next = [Fault(403, code=10)]
        findings = await examine_feeds(ours, store, Clock())
    assert findings.fine == ["sam_it/kanal: teams can be posted to"]
    assert findings.problems[0] == "sam_it/workplace: Workplace answered 403 10"
    assert findings.problems[1].startswith("sam_it/epost: the mail server cannot be used")
    assert (teams.posts, workplace.posts) == ({}, {})


async def test_a_doctor_names_the_settings_that_are_missing(tmp_path: Path, store: SqliteStore) -> None:
    organisation(tmp_path, "workplace")
    ours: Any = replace(settings(), organisation_file=tmp_path / "organisation.yaml")
    findings = await examine_feeds(ours, store, Clock())
    assert findings.problems == ["WORKPLACE_TOKEN: must be set, since a group has a target of the kind workplace"]


def test_a_post_points_to_the_notices_own_page_where_everybody_may_read_it(tmp_path: Path) -> None:
    ours = load(tmp_path, None)
    page = page_address(settings(PUBLIC_URL="https://losen.example.org"), ours)
    assert page(a_notice()) == "https://losen.example.org/driftsmeldinger/D-2026-0001"
    assert page(a_notice(groups=("sam_ikt_hovedkontakter",))) == ""
    assert page_address(settings(), ours)(a_notice()) == ""
    post = post_of(a_notice(), load_texts()["nb"], Clock()(), page(a_notice()))
    assert post.as_text().endswith("Følg med på siden: https://losen.example.org/driftsmeldinger/D-2026-0001")
    assert [link.url for link in post.as_summary().links] == [page(a_notice())]
