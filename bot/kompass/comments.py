"""Comments: only public ones are read, and each of ours is added once.

Adding is not idempotent and takes no key, so a comment ends in a short mark of its own. It tells people which of our
cases it belongs to, and us, after an uncertain outcome, whether the comment is there.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from bot.kompass.answers import read_comment_added, read_comments
from bot.kompass.client import KompassClient
from bot.kompass.exactly_once import Prepared
from bot.kompass.html import paragraphs, to_text

_MARK = "Losen"
# The last line of a comment of ours.
_OURS = re.compile(rf"\({_MARK} [A-ZÆØÅ]+-\d+-\d+ [0-9a-f]{{10}}\)\Z")


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A comment users may see, as plain text. by: the id of its writer in Kompass, "" when it is not told.

    asks: whether an answer is waited for.
    """

    id: str
    text: str
    by: str
    ours: bool
    asks: bool = False


async def read_public(client: KompassClient, case_id: str) -> tuple[PublicComment, ...]:
    """The public comments of a case, in the order Kompass gives them."""
    found = read_comments(await client.call(client.requests.public_comments(case_id)))
    comments = []
    for one in found:
        submitter = one.get("Submitter")
        by = submitter.get("UserId", "") if isinstance(submitter, dict) else ""
        text = to_text(str(one.get("Body", "")))
        asks = one.get("FunctionalPurpose") == "RequestMoreInformation" or "?" in text
        comments.append(PublicComment(str(one.get("Id", "")), text, str(by), bool(_OURS.search(text)), asks))
    return tuple(comments)


@dataclass(frozen=True, slots=True)
class OneComment:
    """One comment on its way: how it is looked for and how it is added."""

    client: KompassClient
    case_id: str
    mark: str

    async def look(self) -> str | None:
        """Its id, or None when it is not there."""
        for comment in await read_public(self.client, self.case_id):
            if self.mark in comment.text:
                return comment.id
        return None

    def prepared(self, text: str, submitter: str) -> Prepared:
        """Ready to be added in this person's name."""
        body = paragraphs(text) + f"<p>({self.mark})</p>"
        call = self.client.requests.add_comment(self.case_id, body, submitter)

        async def send() -> str:
            return read_comment_added(await self.client.call(call))

        return Prepared(send)


def mark_of(ref: str, key: str) -> str:
    """The mark of a comment: our case and a few signs of its key."""
    return f"{_MARK} {ref} {hashlib.sha256(key.encode()).hexdigest()[:10]}"
