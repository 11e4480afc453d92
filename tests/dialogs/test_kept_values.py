"""Cases, notices, replies and phrases as they are kept and read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.case import Case, KompassLink, Notice, Status
from dialogs.phrases import load_phrases
from dialogs.replies import Text, reply_from_json, reply_to_json
from knowledge.errors import BrokenKnowledge
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begun, fill, opened
from tests.dialogs.test_notice_updates import published
from tests.transcript import MONDAY

PHRASES = """
commands: {cancel: [avbryt], send: [send]}
answers:
  {"yes": [ja], "no": [nei], yes_words: [ja], no_words: [nei], none_of_these: [nei],
   dont_know: [], later: [], nothing: [], me: []}
lines: {extent: [omfang]}
"""


class TestCase:
    def test_it_is_the_same_when_read_again(self) -> None:
        talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM, "skjerm.png"))
        talk.says("endre kontakt til Kari Nordmann")
        talk.says("send")
        case = replace(talk.cases[0], kompass=KompassLink("17549", "https://example.invalid/17549"))
        assert Case.from_json(case.to_json()) == case
        assert Case.from_json(talk.cases[0].to_json()) == talk.cases[0]

    def test_a_new_status_has_its_own_time(self) -> None:
        case = opened().cases[0]
        later = MONDAY + timedelta(hours=1)
        sent = case.with_status(Status.SENT, later)
        assert (sent.status, sent.updated_at, sent.created_at) == (Status.SENT, later, case.created_at)

    @pytest.mark.parametrize("missing", ["ref", "reporter", "status", "attachments"])
    def test_a_foreign_one_is_refused(self, missing: str) -> None:
        data = opened().case
        with pytest.raises(KeyError):
            Case.from_json({key: value for key, value in data.items() if key != missing})


def test_a_notice_is_the_same_when_read_again() -> None:
    notice = published().notices[0]
    assert Notice.from_json(notice.to_json()) == notice
    without = replace(notice, next_update_at=None)
    assert Notice.from_json(without.to_json()) == without


def test_a_reply_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError, match="poem"):
        reply_from_json({**reply_to_json(Text("hei")), "kind": "poem"})


class TestPhrases:
    def test_a_file_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "phrases.yaml"
        path.write_text(PHRASES, encoding="utf-8")
        loaded = load_phrases(path)
        assert loaded.commands == {"avbryt": "cancel", "send": "send"}
        assert loaded.lines == {"omfang": "extent"}

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("send: [send]", "send: [avbryt]"),  # two commands with the same words
            ("lines:", "rows:"),
            ("{cancel: [avbryt], send: [send]}", "[avbryt]"),
            ("me: []", "mine: []"),
            ("commands: {", "commands: {{"),
        ],
    )
    def test_a_broken_one_is_refused_by_name(self, tmp_path: Path, old: str, new: str) -> None:
        path = tmp_path / "phrases.yaml"
        path.write_text(PHRASES.replace(old, new), encoding="utf-8")
        with pytest.raises(BrokenKnowledge, match=r"phrases\.yaml"):
            load_phrases(path)

    def test_a_missing_one_too(self, tmp_path: Path) -> None:
        with pytest.raises(BrokenKnowledge):
            load_phrases(tmp_path / "phrases.yaml")
