"""A post whose outcome nobody can look up is settled by a person: it is there, or it is posted again (G 5.1.2.2).

By the buttons where it is told, or in words: "D-2026-0003 SAM/IT er sendt", "send D-2026-0003 på nytt til SAM/IT".
"""

from __future__ import annotations

import re

from dialogs.choosing import pick
from dialogs.conversation import Conversation
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.places import place_name
from dialogs.replies import Choice
from dialogs.unsettled_post import SettlePost, UnsettledPost

KIND = "unsettled_post"
SENT, AGAIN = "sent", "again"

_REF = r"(?P<ref>D-\d{4}-\d{1,9})"
_THERE = re.compile(
    rf"^{_REF}\b[\s,:–-]*(?P<where>.*?)\s*\b(?:(?:er|ble|blei|vart|is|was)\s+(?:sendt|publisert|sent|posted|there|der)|"
    r"kom\s+fr[ae]m|finnes|finst)\W*$",
    re.IGNORECASE,
)
_ONCE_MORE = r"(?:på\s+ny(?:tt)?|igjen|att|again)"
_ANEW = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{_REF}\b[\s,:–-]*(?P<where>.*?)[\s,:–-]*\b(?:send(?:es|ast)?\s+{_ONCE_MORE}|resend)\W*$",
        rf"^send\s+{_REF}\s+{_ONCE_MORE}(?:\s+(?:til|i|to|in))?\s*(?P<where>.*?)\W*$",
        rf"^send\s+{_REF}(?:\s+(?:til|i|to|in))?\s+(?P<where>.*?)\s+{_ONCE_MORE}\W*$",
        rf"^resend\s+{_REF}(?:\s+(?:til|i|to|in))?\s*(?P<where>.*?)\W*$",
    )
)


def understands(talk: Conversation, text: str) -> bool:
    """A sentence that settles a post; False when it is something else."""
    text = text.strip()
    there = _THERE.match(text)
    said = there or next((found for one in _ANEW if (found := one.match(text))), None)
    if said is None:
        return False
    _settle(talk, said["ref"].upper(), said["where"], AGAIN if there is None else SENT)
    return True


def press(talk: Conversation, rest: str) -> None:
    """A button: "D-ref:target:sent" or "D-ref:target:again"."""
    ref, _, what = rest.partition(":")
    target, _, how = what.rpartition(":")
    if not may_publish(talk):
        say_not_allowed(talk)
        return
    post = next((one for one in _of(talk, ref) if one.target == target), None)
    if post is None or how not in (SENT, AGAIN):
        talk.say("posting.nothing", ref=ref)
        return
    if talk.state.pending is not None and talk.state.pending.kind == KIND:
        talk.close_question()
    _do(talk, post, how)


def choices(talk: Conversation, ref: str, target: str) -> tuple[Choice, ...]:
    """The buttons beside what is told of one post."""
    return (
        Choice(f"post:{ref}:{target}:{SENT}", talk.text("posting.is_sent")),
        Choice(f"post:{ref}:{target}:{AGAIN}", talk.text("posting.send_again")),
    )


def choices_of_all(talk: Conversation, ref: str) -> tuple[Choice, ...]:
    """The buttons of every post of a notice that is not settled, each with its place."""
    return tuple(
        Choice(one.id, f"{place_name(talk, post.target)}: {one.label}")
        for post in _of(talk, ref)
        for one in choices(talk, ref, post.target)
    )


def remind(talk: Conversation) -> None:
    """What is not settled, where the desk looks at its notices anyway."""
    for post in talk.situation.unsettled[:5] if may_publish(talk) else ():
        key = "posting.uncertain" if post.uncertain else "posting.failed"
        place = place_name(talk, post.target)
        talk.say(key, ref=post.ref, name=place, choices=choices(talk, post.ref, post.target))


def _of(talk: Conversation, ref: str) -> tuple[UnsettledPost, ...]:
    return tuple(post for post in talk.situation.unsettled if post.ref == ref)


def _settle(talk: Conversation, ref: str, where: str, how: str) -> None:
    if not may_publish(talk):
        say_not_allowed(talk)
        return
    posts = _of(talk, ref)
    named = pick(where, [place_name(talk, post.target) for post in posts]) if where else None
    if not posts:
        talk.say("posting.nothing", ref=ref)
    elif len(posts) == 1 and (named is not None or not where):
        _do(talk, posts[0], how)
    elif named is not None:
        _do(talk, posts[named], how)
    else:
        asked = tuple(Choice(f"post:{ref}:{post.target}:{how}", place_name(talk, post.target)) for post in posts)
        talk.say("posting.which", ref=ref, choices=asked)
        talk.offer(KIND, ref, asked)


def _do(talk: Conversation, post: UnsettledPost, how: str) -> None:
    place = place_name(talk, post.target)
    sent = how == SENT or post.outdone
    talk.effect(SettlePost(post.ref, post.target, sent))
    if how == AGAIN and post.outdone:
        talk.say("posting.outdone", ref=post.ref, name=place)
    elif sent:
        known = post.known or post.outdone
        talk.say("posting.settled" if known else "posting.settled_unknown", ref=post.ref, name=place)
    else:
        talk.say("posting.again", ref=post.ref, name=place)
