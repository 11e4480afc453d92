"""Weeks as plots and their tables name them."""

from __future__ import annotations

from datetime import date, timedelta


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def week_name(monday: date) -> str:
    """As people say it, with the year: "uke 48/26"."""
    calendar = monday.isocalendar()
    return f"uke {calendar.week}/{calendar.year % 100:02}"
