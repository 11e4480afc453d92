"""What one person is told of a notice that hits him: one line of its history, with the way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from dialogs.case import Notice
from dialogs.dates import show_duration, show_moment
from dialogs.problem_task import is_for_now
from dialogs.replies import Choice, Text
from dialogs.texts import Texts


def message_of(notice: Notice, number: int, texts: Texts, facts: Mapping[str, str], zone: tzinfo) -> Text:
    """The line of this number, in the language of `texts`. notice: its open version. facts: the organisation's."""
    line = notice.history[number]
    lasted = show_duration(line.at - notice.since, texts.language) if line.at > notice.since else ""
    key = f"notice_message.{line.kind}"
    if line.kind == "resolved" and (notice.type != "fellesfeil" or not lasted):
        key = "notice_message.over"
    elif line.kind == "resolved" and is_for_now(line.text):
        key = "notice_message.for_now"
    values = {"ref": notice.ref, "what": as_sentence(notice.what), "text": as_sentence(line.text), "lasted": lasted}
    told = [texts(key, **{**facts, **values})]
    promised = notice.next_update_at
    if promised is not None and number == len(notice.history) - 1 and line.kind == "updated":
        shown = show_moment(promised.astimezone(zone), texts.language, line.at.astimezone(zone))
        told.append(texts("notice_message.next", when=shown))
    over = line.kind in ("resolved", "withdrawn")
    choices = () if over else (Choice(f"quiet:{notice.ref}", texts("known.do_not_tell")),)
    return Text(" ".join(told), (), choices)


def as_sentence(text: str) -> str:
    """With a full stop where the writer left it out, so that the next sentence does not run into it."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."
