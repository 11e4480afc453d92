"""An e-mail that is pasted or forwarded: its matter is the subject and the body (DESIGN 3).

Whom it went to and when it was sent tell nothing of the case, nor do the lines under the name of who wrote it: they
give his name, his phone and his place, and a warning that was put under or over it gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.reading.details import read_phone, read_place
from knowledge.reading.names import find_names

_LABEL = (
    r"(?:fra|frå|from|til|to|kopi|cc|blindkopi|bcc|sendt|sent|dato|date|emne|subject|vedlegg|attachments?|viktighet|"
    r"importance)"
)
_FROM, _SUBJECT = ("fra", "frå", "from"), ("emne", "subject")
_HEADER = re.compile(rf"^[\s>*]*(?P<label>{_LABEL})\s*:\*?[ \t]*(?P<value>.*)$", re.IGNORECASE)
_IN_A_ROW = re.compile(rf"(?<=\S)\s+(?={_LABEL}\s*:\s)", re.IGNORECASE)
_DIVIDER = re.compile(
    r"^[\s>]*(?:[-_=]{3,}.*|(?:-+\s*)?(?:opprinnelig melding|opphavleg melding|videresendt melding|vidaresend melding|"
    r"original message|forwarded message|begin forwarded message|start på videresendt melding)\W*)$",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:(?:vs|sv|re|fw|fwd|vidar\w*|videresendt)\s*:\s*)+", re.IGNORECASE)
_GREETS = re.compile(
    r"^[\s>]*(?:hei|hallo|hello|hi|dear|god\s+(?:dag|morgen|kveld)|heisann)\b(?:[ \t]+[\w.-]+){0,4}[ \t]*"
    r"(?:[,!.:–-]|$)\s*",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"^[\s>]*(?:mvh|m\.v\.h|vh|(?:med\s+)?vennl?ig\s+hils(?:en|ing)|(?:med\s+)?venleg\s+helsing|(?:beste\s+)?hilsen|helsing|"
    r"(?:best|kind)\s+regards|regards|sincerely|sendt\s+fra\s+min|sent\s+from\s+my)\b[ \t,.:]*(?P<name>.*)$",
    re.IGNORECASE,
)
# "Kan du melde dette for oss?", "Videresender denne.": said of the mail, and nothing of its matter.
_PASSES_ON = re.compile(
    r"^(?:(?:kan|kunne|can|could)\s+(?:du|dere|you)\s+(?:please\s+)?"
    r"(?:melde|sende|ordne|fikse|ta|videreformidle|se\s+på|report|forward)\s+(?:inn\s+)?"
    r"(?:dette|denne|det|den|this)(?:\s+(?:for\s+\w+|videre|inn|under|for\s+us))*\s*[?.!]+|"
    r"(?:videresender|vidaresender|forwarding|se\s+(?:under|nedenfor|mail\w*\s+under)|sjå\s+under|fyi|til\s+info)\b[^.!?\n]{0,30}"
    r"(?:[.!?]+|$))\s*",
    re.IGNORECASE,
)
# "Vi får ikke opp lønnslista. Mvh Heidi Lunde 90112233" on one line.
_SIGNS_OFF_INSIDE = re.compile(
    r"(?<=[.!?])\s+(?=(?:mvh|(?:med\s+)?vennlig\s+hilsen|hilsen|(?:best|kind)\s+regards)\b)", re.IGNORECASE
)
_WARNING = re.compile(
    r"^[\s>*]*(?:denne\s+e-?posten\b|denne\s+meldingen\s+(?:er|kan|og)|this\s+e-?mail|this\s+message|caution\b|advarsel\b|"
    r"ekstern\s+e-?post|external\s+e-?mail|e-?posten\s+kommer\s+fra|tenk\s+på\s+miljøet|please\s+consider|konfidensiel|"
    r"confidential)",
    re.IGNORECASE,
)
# Where headers stand in a row, nothing but the greeting shows where the subject ends.
_BODY_BEGINS = re.compile(r"\s+((?:Hei|Hallo|Hello|Hi|Dear|God\s+(?:dag|morgen))\b)")
_QUOTE = re.compile(r"^[ \t]*>+[ \t]?", re.MULTILINE)
_ADDRESS = re.compile(r"[<(\[]?\s*(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[>)\]]?")
_LAST_FIRST = re.compile(r"^(?P<last>[^,<]{2,40}),\s*(?P<first>[^,<]{2,40})$")
_FEWEST_LABELS = 2


@dataclass(frozen=True, slots=True)
class Mail:
    """`matter`: the subject and the bodies, in their own words. `around`: what was written in the chat before it.

    `sender`, `phone` (+47…), `place` are those of who wrote the oldest of the mails, empty when they are not told.
    """

    matter: str
    around: str
    sender: str
    phone: str
    place: str


@dataclass(slots=True)
class _Part:
    """One mail of a thread, or what stands before the first: its headers, its body, and the lines under the name."""

    headers: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)

    def header(self, names: tuple[str, ...]) -> str:
        """The value of the first of these headers, or empty."""
        return next((self.headers[name] for name in names if name in self.headers), "")

    def words(self) -> str:
        """The body without the greeting it begins with, and what only passes it on."""
        words = _GREETS.sub("", "\n".join(self.body).strip(), count=1).strip()
        return _PASSES_ON.sub("", words, count=1).strip()


def read_mail(text: str) -> Mail | None:
    """The mail, or the thread of them, that a text holds; None when it holds none."""
    before, *mails = _parts(_lines(_QUOTE.sub("", text)))
    if not mails:
        return None
    oldest = mails[-1]
    subject = next((one for mail in reversed(mails) if (one := _PREFIX.sub("", mail.header(_SUBJECT)).strip())), "")
    bodies = "\n".join(dict.fromkeys(filter(None, (mail.words() for mail in reversed(mails)))))
    signed = "\n".join(oldest.signature)
    return Mail(
        # The subject is no need beside that of the body, so no line end parts them.
        matter=f"{subject}: {bodies}" if subject and bodies else subject or bodies,
        around=before.words(),
        sender=_sender(oldest),
        phone=read_phone(signed) or "",
        place=read_place(signed) or "",
    )


def _lines(text: str) -> list[str]:
    """The lines; headers that stand in a row, as some programs paste them, each on its own."""
    lines: list[str] = []
    for line in text.split("\n"):
        row = _IN_A_ROW.split(line)
        if len(row) <= _FEWEST_LABELS or not any(_label(one) in _SUBJECT for one in row):
            lines.append(line)
            continue
        *headers, last = row
        subject, greeting, body = _BODY_BEGINS.split(last, maxsplit=1) if _BODY_BEGINS.search(last) else (last, "", "")
        lines += [*headers, subject, f"{greeting}{body}"]
    return lines


def _parts(lines: list[str]) -> list[_Part]:
    """What stands before the first headers, and each mail after it."""
    parts = [_Part()]
    signed = warned = False
    at = 0
    while at < len(lines):
        headers = _headers_at(lines, at)
        line, at = lines[at], at + max(1, len(headers))
        if len(parts) > 1 and (sign := _SIGNS_OFF_INSIDE.search(line)) is not None:
            lines[at:at] = [line[sign.start() :].strip()]
            line = line[: sign.start()]
        if headers or _DIVIDER.match(line):
            parts += [_Part(headers)] if headers else []
            signed = warned = False
            continue
        warned = bool(line.strip()) and (warned or _WARNING.match(line) is not None)
        sign_off = _SIGNS_OFF.match(line)
        if warned:
            continue
        if signed or (sign_off is not None and (len(parts) > 1 or at < len(lines))):
            signed = True
            parts[-1].signature.append(sign_off["name"] if sign_off is not None else line)
        else:
            parts[-1].body.append(line)
    return parts


def _headers_at(lines: list[str], at: int) -> dict[str, str]:
    """The headers that begin at this line; empty when it is no mail: "fra: 1. desember, til: 5. desember" is none."""
    headers: dict[str, str] = {}
    for line in lines[at:]:
        found = _HEADER.match(line)
        if found is None:
            break
        headers[found["label"].lower()] = found["value"].strip(" *")
    of_a_mail = any(one in headers for one in _SUBJECT) or any(_ADDRESS.search(headers.get(one, "")) for one in _FROM)
    return headers if len(headers) >= _FEWEST_LABELS and of_a_mail else {}


def _label(line: str) -> str:
    found = _HEADER.match(line)
    return found["label"].lower() if found is not None else ""


def _sender(mail: _Part) -> str:
    """The name of who wrote it: as he signed, or by the header."""
    signed = find_names("\n".join(mail.signature[:2]))
    if signed:
        return signed[0].text
    name = _ADDRESS.sub("", mail.header(_FROM)).strip(" \"'")
    turned = _LAST_FIRST.match(name)
    name = f"{turned['first'].strip()} {turned['last'].strip()}" if turned is not None else name
    found = find_names(name)
    return found[0].text if found else ""
