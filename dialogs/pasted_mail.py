"""What is told by an e-mail that is pasted or forwarded into the chat: its matter, and who wrote it (DESIGN 3).

The words stay those of the mail. Who wrote it follows in a line of its own, as anybody would say it, so that it is read
like everything else: for whom the case is, and whom to call. It is left out where the person himself wrote it.
"""

from __future__ import annotations

from dialogs.conversation import Conversation
from knowledge.reading.pasted_mail import Mail, read_mail


def matter_of(talk: Conversation, text: str) -> str:
    """The message without headers, greeting and signature of the mail in it; as it is when it holds none.

    The line on who wrote it is kept in `talk.wrote` too: it says nothing of the form.
    """
    mail = read_mail(text)
    if mail is None or not (mail.matter or mail.around):
        return text
    talk.wrote = _who_wrote(talk, mail)
    return "\n".join(one for one in (mail.matter, mail.around, talk.wrote) if one)


def _who_wrote(talk: Conversation, mail: Mail) -> str:
    if not mail.sender or mail.sender == talk.situation.person.name:
        return ""
    reached = ", ".join(one for one in (mail.sender, mail.phone.removeprefix("+47")) if one)
    place = talk.case_text("pasted_mail.place", place=mail.place) if mail.place else ""
    return " ".join(filter(None, (talk.case_text("pasted_mail.sender", name=mail.sender, reached=reached), place)))
