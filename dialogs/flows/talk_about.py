"""Everything beside the cases: greeting, help, guide questions, glossary, language, hand-over to a person."""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.effects import HandOver
from dialogs.flows import known_fault, opening_days, side_questions
from dialogs.flows.returning import draft_name
from dialogs.replies import Choice, Link, Text
from dialogs.roles import may_publish_notices
from dialogs.shown_answers import case_lines
from dialogs.who_answers import staffing_text
from knowledge.reading.sentences import first_sentence_of

# The questions of what it is about, by their kind.
_DESCRIBE = {
    "describe_any": "describe.anything",
    "describe_support": "describe.fault",
    "describe_service": "describe.order",
    "describe_form": "choose.describe_for_form",
}

# The guide's answers that end in a phone call.
_ABOUT_PHONING = frozenset({"contact", "critical_fault", "opening_hours", "out_of_hours"})


def greet(talk: Conversation) -> None:
    """Say who the bot is and what it can do; the first message a person sees."""
    talk.state = replace(talk.state, greeted=True)
    # Teams tells who installs the app by his id alone, so there may be no name to greet with.
    name = talk.situation.person.name.split(" ")[0]
    talk.say("greeting.hello", called=f", {name}" if name else "", choices=_menu(talk))
    if not talk.situation.alone:
        talk.say("greeting.mention")
    _open_menu(talk)


def help_(talk: Conversation) -> None:
    """What can be said here."""
    key = "help.uss" if Role.USS in talk.roles else "help.all"
    if talk.situation.person.first_line_of:
        talk.say("inbox.help")
    talk.say(key, choices=_menu(talk))
    _open_menu(talk)


def thanks(talk: Conversation) -> None:
    """A friendly end."""
    talk.say("greeting.welcome")


def set_language(talk: Conversation, language: str) -> None:
    """Speak this language from now on (G 5.1.1), and put what is asked in it. A draft's own question follows anyway."""
    talk.state = replace(talk.state, language=language, language_chosen=True)
    talk.say("language.switched")
    pending = talk.state.pending
    if pending is None or talk.state.draft is not None:
        return
    if pending.kind == "menu":
        talk.reply(Text(talk.text("describe.anything"), choices=_menu(talk)))
        _open_menu(talk)
    elif pending.kind in _DESCRIBE:
        talk.say(_DESCRIBE[pending.kind])
    elif not known_fault.ask_again(talk):
        talk.say("language.still_open")


def answer_question(talk: Conversation, text: str) -> bool:
    """A question about the guide, a word in it, a system or a delivery; False when the text is no such question."""
    term = talk.knowledge.glossary.explain(text)
    if term is not None:
        talk.reply_text(term.explained(talk.state.language, talk.knowledge.organisation), term.chapter)
        return True
    if opening_days.answer(talk, text) or side_questions.answer(talk, text):
        return True
    answer = talk.knowledge.guide.answer(text)
    if answer is None:
        return False
    organisation = talk.knowledge.organisation
    language = talk.state.language
    links = tuple(Link(organisation.link_label(name, language), organisation.links[name]) for name in answer.links)
    said = answer.answered(language, organisation)
    if answer.id in _ABOUT_PHONING:
        # Whom the phone goes to depends on the hour (G 4.3), and who asks may be about to call.
        said = f"{said} {staffing_text(talk)}"
    talk.reply_text(said, answer.chapter, links)
    return True


def answer_call(talk: Conversation, text: str) -> str:
    """What is left of a message that begins by asking how to reach the desk: that is answered at once, and the fault
    goes on."""
    first = first_sentence_of(text)
    rest = text.strip()[len(first) :].strip()
    answer = talk.knowledge.guide.answer(first) if rest else None
    if answer is None or answer.id not in _ABOUT_PHONING:
        return text
    answer_question(talk, first)
    return rest


def hand_over(talk: Conversation) -> None:
    """Let a person take over: what was said is summed up and sent along, and the ways to reach someone are given."""
    draft = talk.state.draft
    # A number to call back on, said with the wish, is all that whoever takes over has.
    summary = talk.said if talk.reading(talk.said).phone is not None else talk.text("handover.nothing_yet")
    if draft is not None:
        lines = [draft_name(talk, draft), draft.text]
        # Read at the desk, as a case is.
        lines += [f"{label}: {answer}" for _, label, answer in case_lines(talk, draft)]
        summary = "\n".join(line for line in lines if line)
    to_desk = bool(talk.roles - {Role.ANSATT})
    talk.effect(HandOver("desk" if to_desk else "1linje", summary))
    organisation = talk.knowledge.organisation
    if to_desk:
        talk.say(
            "handover.desk",
            hours=staffing_text(talk),
            links=(Link(organisation.email, f"mailto:{organisation.email}"),),
        )
        return
    way = organisation.virksomheter.get(talk.virksomhet)
    if way is None:
        talk.say("handover.first_line_unknown")
        return
    first_line = way.first_line
    url = f"mailto:{first_line.target}" if "@" in first_line.target else first_line.target
    talk.say("handover.first_line", label=first_line.label, links=(Link(first_line.label, url),))


def drafts(talk: Conversation) -> None:
    """The cases begun and not sent."""
    if not talk.state.drafts:
        talk.say("drafts.none")
        return
    lines = "\n".join(f"– {draft_name(talk, draft)}" for draft in talk.state.drafts)
    choices = tuple(Choice(f"resume:{draft.id}", draft_name(talk, draft)) for draft in talk.state.drafts)
    talk.say("drafts.list", lines=lines, choices=choices)
    talk.ask_choice("draft", "", choices)


def _menu(talk: Conversation) -> tuple[Choice, ...]:
    choices = [
        Choice("cmd:report_fault", talk.text("button.report_fault")),
        Choice("cmd:order", talk.text("button.order")),
        Choice("cmd:which_form", talk.text("button.which_form")),
        Choice("cmd:status", talk.text("button.status")),
    ]
    if talk.situation.person.first_line_of:
        choices.append(Choice("cmd:inbox", talk.text("button.inbox")))
    if may_publish_notices(talk.roles):
        choices.append(Choice("cmd:notice", talk.text("button.notice")))
    return tuple(choices)


def _open_menu(talk: Conversation) -> None:
    """The menu's numbers may be typed, when nothing else is open."""
    talk.offer("menu", "", _menu(talk))
