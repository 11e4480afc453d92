"""A case becomes a draft with everything carried over, as `case_text` made it one: when 1.linje passes it on (G 3.2.1),
and when it is registered again on another form (G 4.1).

The case holds values; how an answer reads, and the reporter's own words, stand in its description, which is taken
apart again here. What was said between 1.linje and the reporter goes along in the text (G 5.1: all of it in the case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.criticality import is_suspected_of
from dialogs.dates import show_moment
from dialogs.items import DraftItem, find_item, items_of
from dialogs.state import LATER_VALUE, UNKNOWN_VALUE, Answer, Draft
from dialogs.texts import LANGUAGES
from knowledge.catalogue import FieldType

# Stands for a value in a line whose beginning is looked for.
_VALUE = "\0"


def draft_of(talk: Conversation, case: Case, draft_id: str) -> Draft:
    """The draft that passes the case on. Of a form that has left the catalogue the answers stay in the description."""
    now = talk.situation.now.isoformat()
    critical: bool | None = case.critical or None
    if critical is None and is_suspected_of(talk.reading(own_words(talk, case))):
        critical = False  # it was suspected, asked about and denied
    draft = Draft(
        id=draft_id,
        kind=case.kind,
        stage="fill",
        text=_with_dialog(talk, case),
        created_at=now,
        updated_at=now,
        form_id=case.form_id if case.form_id is not None and case.form_id in talk.knowledge.catalogue else None,
        attachments=case.attachments,
        critical=critical,
        passes_on=case.ref,
        fellesfeil=case.fellesfeil or "",
    )
    items = items_of(talk, draft)
    for key, value in _values(case, critical).items():
        item = find_item(items, key)
        if value == UNKNOWN_VALUE and item is not None and item.required:
            continue  # 1.linje may well know what the reporter did not, so it is asked for again
        draft = draft.with_answer(key, Answer(value, _shown(talk, case, item, key, value)))
    return replace(draft, corrected=_corrected(talk, case, items))


def _corrected(talk: Conversation, case: Case, items: tuple[DraftItem, ...]) -> tuple[str, ...]:
    """The lines of which the description says that they were corrected: they still are, where the case goes on."""
    heads = (
        (item.key, talk.case_text("case.corrected_line", label=item.label_nb.rstrip("?"), was="", now=_VALUE))
        for item in items
    )
    return tuple(key for key, line in heads if "\n" + line.partition(_VALUE)[0] in case.description)


def own_words(talk: Conversation, case: Case) -> str:
    """What the reporter wrote, without the answers and lines that `case_text` put below it."""
    role_line = talk.case_text("case.role_line", role="\0", virksomhet="").partition("\0")[0]
    corrected = talk.case_text("case.corrected_line", label="\0", was="", now="").partition("\0")[0]
    again = talk.case_text("again.line", ref="\0").partition("\0")[0]
    heads = [
        role_line,
        corrected,
        again,
        *(f"{label}: " for labels in _labels(talk, case).values() for label in labels),
    ]
    ends = [case.description.rfind(f"\n\n{head}") for head in heads]
    end = max(ends)
    return case.description[:end] if end > 0 else case.description


def _with_dialog(talk: Conversation, case: Case) -> str:
    lines = [f"{one['by']}: {one['text']}" for one in case.comments]
    if not lines:
        return own_words(talk, case)
    return "\n".join((own_words(talk, case), talk.case_text("case.dialog_line", ref=case.ref), *lines))


def _values(case: Case, critical: bool | None) -> Mapping[str, Any]:
    """Every answer by item key, those too that have a place of their own in the case."""
    own_place = {
        "on_behalf_of": case.on_behalf_of or case.reporter.name,
        "contacts": ", ".join(case.contacts),
        "followers": ", ".join(case.followers),
        "critical": critical,
    }
    return {
        **case.answers,
        **(case.billing or {}),
        **{key: value for key, value in own_place.items() if value not in (None, "")},
    }


def _shown(talk: Conversation, case: Case, item: DraftItem | None, key: str, value: Any) -> str:
    if value == UNKNOWN_VALUE:
        return talk.text("value.unknown")
    if value == LATER_VALUE:
        return talk.text("value.sent_later")
    if isinstance(value, bool):
        return talk.text("value.yes" if value else "value.no")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    if item is not None and item.type is FieldType.CHOICE:
        return dict(item.options).get(str(value), str(value))
    if item is not None and item.type in (FieldType.DATE, FieldType.DATETIME):
        return _as_described(talk, case, key) or _moment(talk, str(value))
    return str(value)


def _as_described(talk: Conversation, case: Case, key: str) -> str:
    """How the answer reads in the description: an estimated time must not become an exact one on its way."""
    for label in _labels(talk, case).get(key, ()):
        found = re.search(rf"^{re.escape(label)}: (.+)$", case.description, re.MULTILINE)
        if found:
            return found.group(1)
    return ""


def _moment(talk: Conversation, value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return show_moment(moment, talk.state.language, talk.situation.now, with_time=len(value) > len("2026-11-23"))


def _labels(talk: Conversation, case: Case) -> Mapping[str, tuple[str, ...]]:
    """Item key -> what its line in a description may be called, in any language."""
    return {key: tuple(dict.fromkeys(labels)) for key, labels in _labels_of(talk, case)}


def _labels_of(talk: Conversation, case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ("general", case.kind):
        for item in talk.knowledge.checklists[name]:
            yield item.key, tuple(item.label[language].rstrip("?") for language in LANGUAGES)
    if case.form_id is not None and case.form_id in talk.knowledge.catalogue:
        for field in talk.knowledge.catalogue.get(case.form_id).fields:
            yield field.key, (field.label.rstrip("?"),)
