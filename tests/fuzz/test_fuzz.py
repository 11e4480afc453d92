"""Five thousand inputs in ten portions; `make fuzz` sends many more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.sending import Bot, fuzz, running


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(tmp_path_factory.mktemp("fuzz")) as started:
        yield started


@pytest.mark.parametrize("number", range(10))
def test_nothing_that_is_sent_makes_the_bot_fail(bot: Bot, number: int) -> None:
    fuzz(bot, number, 500)
