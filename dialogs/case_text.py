"""A draft becomes a case: title, description, answers. The case text stays as the person wrote it (G 5.1.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.case import FIRST_LINE_ROUTE, Case, Reporter, Status
from dialogs.case_title import MAX_TITLE, title_of
from dialogs.conversation import Conversation
from dialogs.forms import is_for_employees, may_use
from dialogs.items import items_of
from dialogs.read_answers import fill_from_reading
from dialogs.shown_answers import answer_in, case_lines, show_said_time
from dialogs.state import UNKNOWN_VALUE, Draft
from dialogs.texts import DEFAULT_LANGUAGE
from knowledge.catalogue import BILLING_FIELDS, FieldType, Form

# Answers in the person's own words say more than the first message did; they do not correct it.
_IN_OWN_WORDS = frozenset({FieldType.LONGTEXT, FieldType.ATTACHMENT})
_LISTED = re.compile(r"\s*(?:,|;|\n|\bog\b|\band\b)\s*")


def corrections_of(talk: Conversation, draft: Draft, language: str) -> tuple[tuple[str, str, str], ...]:
    """(label, what the person's words say, what was answered since) in this language, where the two differ.

    The words stay as they were written (G 5.1.1), so the case says itself what no longer holds of them. Only what the
    person changed is a correction: words may also be read as something that was never answered.
    """
    if not draft.corrected:
        return ()
    items = items_of(talk, draft, language)
    # Read as when they were written: "for en time siden" is another time by now, and nobody has corrected it.
    text = draft.text
    if draft.passes_on:
        # What was said between 1.linje and the reporter afterwards names others.
        text = text.partition(f"\n{talk.case_text('case.dialog_line', ref=draft.passes_on)}")[0]
    written = talk.knowledge.reader.read(text, datetime.fromisoformat(draft.created_at))
    told, _ = fill_from_reading(talk, replace(draft, answers={}, critical=None), items, written)
    found = []
    for item in items:
        was, now = told.answers.get(item.key), draft.answers.get(item.key)
        if item.key not in draft.corrected or item.type in _IN_OWN_WORDS:
            continue
        if was is None or now is None or was.source != "read":
            continue
        if was.value != now.value and now.value != UNKNOWN_VALUE:
            said, meant = (answer_in(talk, one, item, language) for one in (told, draft))
            found.append((item.label.rstrip("?"), said, meant))
    return tuple(found)


def corrected_title(title: str, corrections: tuple[tuple[str, str, str], ...]) -> str:
    """The title with the numbers and names that were corrected since: "6 nye PC-er", not "3"."""
    for _, was, now in corrections:
        # Within an address ("post.byk@…") it is no word of its own.
        found = list(re.finditer(rf"(?<![\w@./-]){re.escape(was)}(?![\w@/-]|\.\w)", title))
        if len(found) == 1:
            title = title[: found[0].start()] + now + title[found[0].end() :]
    return title[:MAX_TITLE]


def _with_right_start(talk: Conversation, draft: Draft, title: str) -> str:
    """The title with the time that was corrected since: a critical fault is read aloud by it (G 5.1.2.2)."""
    said = talk.knowledge.reader.read(draft.text, datetime.fromisoformat(draft.created_at)).started_at
    now = draft.answers.get("started_at")
    if said is None or now is None or now.time is None or now.value == said.at.isoformat():
        return title
    if title.count(said.text) != 1:
        return title
    since = re.match(r"(?:siden|sidan|fra|frå|since|from)\s+", said.text, re.IGNORECASE)
    right = show_said_time(talk, str(now.value), now.time, DEFAULT_LANGUAGE)
    return title.replace(said.text, f"{since[0] if since is not None else ''}{right}")


def build_case(talk: Conversation, draft: Draft) -> Case:
    """The case as it will be stored. All times are the turn's."""
    form = talk.knowledge.catalogue.get(draft.form_id or 0)
    answers = {key: answer.value for key, answer in draft.answers.items() if key not in _OWN_PLACE}
    billing = {key: str(draft.answers[key].value) for key in BILLING_FIELDS if key in draft.answers}
    person = talk.situation.person
    now = talk.situation.now
    passed_on = talk.inbox_case(draft.passes_on)
    corrections = corrections_of(talk, draft, DEFAULT_LANGUAGE)
    # Who reported to 1.linje goes on seeing what becomes of it.
    reporters = (passed_on.reporter.id,) if passed_on else ()
    return Case(
        ref=talk.situation.next_case_ref,
        kind=draft.kind,
        form_id=form.id,
        form_title=form.title,
        title=corrected_title(_with_right_start(talk, draft, title_of(talk, draft)), corrections),
        description=_description_of(talk, draft, corrections),
        answers=answers,
        reporter=Reporter(person.id, person.name, talk.role, talk.virksomhet),
        route=route_of(talk, form),
        created_at=now,
        updated_at=now,
        status=Status.RECEIVED,
        on_behalf_of=_on_behalf_of(talk, draft),
        contacts=_listed(draft, "contacts"),
        followers=tuple(dict.fromkeys((*_listed(draft, "followers"), *reporters))),
        attachments=draft.attachments,
        billing=billing or None,
        critical=bool(draft.critical),
        fellesfeil=draft.fellesfeil or None,
        moved_from=draft.passes_on,
    )


def _description_of(talk: Conversation, draft: Draft, corrections: tuple[tuple[str, str, str], ...]) -> str:
    """What the solver reads: the person's words, then every answer by its label. Plain text; a port escapes it."""
    lines = [draft.text.strip(), ""]
    for label, was, now in corrections:
        lines.append(talk.case_text("case.corrected_line", label=label, was=was, now=now))
    if draft.replaces:
        lines.append(talk.case_text("again.line", ref=draft.replaces))
    lines += [f"{label}: {answer}" for key, label, answer in case_lines(talk, draft) if key not in BILLING_FIELDS]
    lines.append(
        talk.case_text("case.role_line", role=talk.case_text(f"role.{talk.role}"), virksomhet=talk.virksomhet or "–")
    )
    passed_on = talk.inbox_case(draft.passes_on)
    if passed_on is not None:
        reporter = passed_on.reporter
        role = talk.case_text(f"role.{reporter.role}")
        lines.append(talk.case_text("case.passed_on_line", ref=passed_on.ref, name=reporter.name, role=role))
    if "contacts" not in draft.answers and draft.kind == "support":
        # G 5.1.2: if nobody is named for testing, the reporter is the one to ask; of what is passed on, the first one.
        tester = passed_on.reporter.name if passed_on else talk.situation.person.name
        lines.append(talk.case_text("case.tester_line", name=tester))
    return "\n".join(lines).strip()


def route_of(talk: Conversation, form: Form) -> str:
    """Who gets the case: the form's group, or the own 1.linje for those who may not order from UKE (G 3.2.1)."""
    if goes_to_first_line(talk, form):
        return f"{FIRST_LINE_ROUTE}{talk.virksomhet}".strip()
    return form.route or talk.knowledge.organisation.desk_short


def goes_to_first_line(talk: Conversation, form: Form) -> bool:
    """Whether a case on this form goes to the person's own 1.linje."""
    return is_for_employees(form) or not may_use(talk, form)


_OWN_PLACE = frozenset({"contacts", "followers", "on_behalf_of", "critical", *BILLING_FIELDS})


def _on_behalf_of(talk: Conversation, draft: Draft) -> str | None:
    for key in ("on_behalf_of", "gjelder_bruker"):
        answer = draft.answers.get(key)
        nobody = (UNKNOWN_VALUE, talk.situation.person.name, talk.case_text("value.several_users"))
        if answer is not None and answer.value not in nobody:
            return str(answer.value)
    return None


def _listed(draft: Draft, key: str) -> tuple[str, ...]:
    answer: Any = draft.answers.get(key)
    if answer is None or answer.value == UNKNOWN_VALUE:
        return ()
    return tuple(part for part in _LISTED.split(str(answer.value)) if part)
