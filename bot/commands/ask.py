"""`which-form` and `explain`: ask what the bot knows without chatting, one text or a file of them.

Answers are JSON with stable keys, or Norwegian lines for people. In a batch every input line gives one output line in
the same order; a line that cannot be read gives an error line, and the exit status is 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.language import detect_language
from knowledge.catalogue import Kind
from knowledge.matching import Candidate, Match, Matcher
from knowledge.reading import Moment, Reader, Reading, find_personal_data

RANKING_LENGTH = 10
_KIND_WORDS = {Kind.SUPPORT: "feilmelding", Kind.SERVICE: "bestilling"}
_DECISION_WORDS = {
    "answer": "Dette skjemaet passer:",
    "ask": "Ikke sikkert. Disse ligger nærmest:",
    "none": "Ingen av skjemaene ser ut til å passe. De nærmeste er:",
}


def which_form(matcher: Matcher, text: str) -> dict[str, Any]:
    """The forms for a text, best first, with reasons: what `which-form --json` prints."""
    match = matcher.match(text, limit=RANKING_LENGTH)
    return {"text": text, **_match_json(match)}


def which_form_lines(matcher: Matcher, text: str) -> str:
    """The same for people."""
    match = matcher.match(text, limit=3)
    lines = [_DECISION_WORDS[match.decision.value]]
    for number, candidate in enumerate(match.candidates, 1):
        form = candidate.form
        kind = f" ({_KIND_WORDS[form.kind]})" if form.kind else ""
        lines.append(f"{number}. {form.id} {form.title}{kind}, {candidate.score:.0%}")
        hits = [reason.value for reason in candidate.reasons if reason.kind != "intent"][:4]
        if hits:
            lines.append("   Treff: " + ", ".join(f"«{hit}»" for hit in hits))
        if form.url:
            lines.append(f"   {form.url}")
    return "\n".join(lines)


def which_form_batch(matcher: Matcher, file: Path) -> Iterator[dict[str, Any]]:
    """{"id","text"} per line in; {"id","ranking","scores","decision"} per line out."""

    def answer(entry: Mapping[str, Any]) -> dict[str, Any]:
        match = matcher.match(entry["text"], limit=RANKING_LENGTH)
        return {
            "ranking": [candidate.form.id for candidate in match.candidates],
            "scores": [round(candidate.score, 4) for candidate in match.candidates],
            "decision": match.decision.value,
        }

    return _batch(file, answer)


def explain(matcher: Matcher, reader: Reader, text: str, now: datetime) -> dict[str, Any]:
    """Everything the bot reads out of a sentence: what `explain --json` prints. Times are ISO 8601 with offset."""
    reading = reader.read(text, now)
    match = matcher.match(text, limit=RANKING_LENGTH)
    found = _match_json(match)
    return {
        "text": text,
        "now": now.isoformat(),
        "language": detect_language(text) or "nb",
        "kind": found["kind"] or _kind_hint(reading),
        "decision": found["decision"],
        "forms": found["forms"],
        "needs": found["needs"],
        **_reading_json(reading),
    }


def explain_batch(matcher: Matcher, reader: Reader, file: Path, now: datetime) -> Iterator[dict[str, Any]]:
    """{"id","text"[,"now"]} per line in; {"id", ...explain} per line out."""

    def answer(entry: Mapping[str, Any]) -> dict[str, Any]:
        own_now = parse_now(entry["now"], now.tzinfo) if "now" in entry else now
        return explain(matcher, reader, entry["text"], own_now)

    return _batch(file, answer)


def explain_lines(explained: Mapping[str, Any]) -> str:
    """An explanation for people: one line a fact, only what was found."""
    lines = [f"{form['id']} {form['title']}: {form['score']:.0%}" for form in explained["forms"][:3]]
    for key, value in explained.items():
        if key not in ("forms", "text", "now", "started", "wanted", "systems") and value not in (None, [], {}, ""):
            shown = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            lines.append(f"{key}: {shown}")
    return "\n".join(lines)


def parse_now(text: str, zone: Any = None) -> datetime:
    """An ISO time; without an offset it is taken as local time. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone or ZoneInfo("Europe/Oslo"))


def _match_json(match: Match) -> dict[str, Any]:
    return {
        "decision": match.decision.value,
        "kind": match.kind.value if match.kind else None,
        "forms": [_candidate_json(candidate) for candidate in match.candidates],
        "question": match.question.key if match.question else None,
        "needs": list(match.needs),
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    form = candidate.form
    return {
        "id": form.id,
        "title": form.title,
        "kind": form.kind.value if form.kind else None,
        "score": round(candidate.score, 4),
        "reasons": [{"kind": reason.kind, "value": reason.value} for reason in candidate.reasons],
        "url": form.url,
    }


def _kind_hint(reading: Reading) -> str | None:
    return reading.kind_hint if reading.kind_hint in ("support", "service") else None


def _reading_json(reading: Reading) -> dict[str, Any]:
    return {
        "system": reading.systems[0].system.name if reading.systems else None,
        "systems": [{"id": hit.system.id, "name": hit.system.name, "words": hit.words} for hit in reading.systems],
        "started_at": reading.started_at.at.isoformat() if reading.started_at else None,
        "started": _moment_json(reading.started_at),
        "wanted_at": reading.wanted_at.at.isoformat() if reading.wanted_at else None,
        "wanted": _moment_json(reading.wanted_at),
        "extent": reading.extent.value if reading.extent else None,
        "outage": reading.outage.value if reading.outage else None,
        "tried": reading.tried,
        "critical": reading.critical,
        "critical_words": list(reading.critical_words),
        "on_behalf_of": reading.on_behalf_of,
        "role": reading.role,
        "phone": reading.phone,
        "error_text": reading.error_text,
        "device": reading.device,
        "place": reading.place,
        "environments": list(reading.environments),
        "billing": dict(reading.billing),
        "attachments_mentioned": reading.attachments_mentioned,
        "personal_data": [
            {"kind": one.kind, "start": one.start, "end": one.end} for one in find_personal_data(reading.text)
        ],
    }


def _moment_json(moment: Moment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    return {
        "at": moment.at.isoformat(),
        "end": moment.end.isoformat() if moment.end else None,
        "precision": moment.precision,
        "estimate": moment.estimate,
        "text": moment.text,
    }


def _batch(file: Path, answer: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        entry_id: Any = None
        try:
            entry = json.loads(line)
            if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
                yield {"id": None, "line": number, "error": 'an object with "id" and a text in "text" is expected'}
                continue
            entry_id = entry.get("id")
            yield {"id": entry_id, **answer(entry)}
        except ValueError as error:
            yield {"id": entry_id, "line": number, "error": str(error)}


def _lines(file: Path) -> Iterable[str]:
    # Undecodable bytes become a visible sign instead of ending the batch.
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        yield from lines
