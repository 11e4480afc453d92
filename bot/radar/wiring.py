"""The radar of an installation, out of its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.radar.detector import Detector
from bot.radar.listening import Listening
from bot.settings import Settings
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from knowledge.library import Library
from knowledge.working_days import is_working_day


def radar_from(
    settings: Settings,
    library: Callable[[], Library],
    texts: Mapping[str, Texts],
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> Listening:
    """`library`: what the bot knows at this moment."""
    detector = Detector(settings.radar_false_alarms_per_week, is_working_day)
    return Listening(detector, library, texts[DEFAULT_LANGUAGE], now, new_id)
