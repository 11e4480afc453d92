"""One turn in the making: what the flows write on.

A flow is a function that takes the `Conversation`, changes its state, says something and may ask for effects. It lives
only inside `engine.decide`, so the engine as a whole stays a function from (state, event, situation, knowledge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dialogs.case import Case, Role
from dialogs.effects import Effect
from dialogs.events import Attachment
from dialogs.replies import Choice, Link, Reply, Text
from dialogs.state import Draft, Pending, State
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from dialogs.turn import Situation, Turn
from knowledge.library import Library
from knowledge.matching import Decision, Match
from knowledge.mentioned_addresses import without_mentions
from knowledge.reading import Reading, without_masks
from knowledge.systems import SystemHit

if TYPE_CHECKING:
    from dialogs.items import KeptItems


@dataclass(slots=True)
class Conversation:
    """The turn so far. `said` is the incoming text after cleaning and the privacy guard, empty for a pressed button."""

    state: State
    situation: Situation
    knowledge: Library
    all_texts: Mapping[str, Texts]
    items: KeptItems
    said: str = ""
    wrote: str = ""
    """who wrote the mail that was pasted in this turn: a line that stands last in `said`"""
    finished: bool = False
    """whether a draft was sent, dropped or sent elsewhere in this turn: then what waits is taken up"""
    form_in_doubt: bool = False
    """whether something was put right on which the choice of the form rests: then it is looked for again"""
    files_at_hand: bool = False
    """whether the files that are kept have come in this turn, or the open question is about them"""
    decided: Decision | None = None
    """what the matcher made of a new need; counted, not shown"""
    replies: list[Reply] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    _readings: dict[str, Reading] = field(default_factory=dict)
    _matches: dict[str, Match] = field(default_factory=dict)
    _systems: dict[str, tuple[SystemHit, ...]] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        """The texts in the conversation's language."""
        return self.all_texts[self.state.language]

    def text(self, key: str, /, **values: object) -> str:
        """A text in the conversation's language; the organisation's names are always at hand."""
        return self.texts.filled(key, self.knowledge.organisation.facts, values)

    def case_text(self, key: str, /, **values: object) -> str:
        """A text for the case itself, which solvers read: always bokmål (G 5.1.1)."""
        return self.all_texts["nb"].filled(key, self.knowledge.organisation.facts, values)

    def catalogue_word(self, word: str) -> str:
        """A word of the catalogue as a person of this language reads it; the case has it as the catalogue does."""
        return self.knowledge.catalogue_words(word, self.state.language)

    def speaks_of(self, words: str) -> bool:
        """Whether these words of the catalogue or the wording can be said in the person's language."""
        return self.state.language == DEFAULT_LANGUAGE or self.knowledge.catalogue_words.knows(words)

    def say(self, key: str, /, *, links: Sequence[Link] = (), choices: Sequence[Choice] = (), **values: object) -> None:
        """Say a text."""
        # An empty value at the end leaves an empty line.
        self.replies.append(Text(self.text(key, **values).rstrip(), tuple(links), tuple(choices)))

    def reply_text(self, text: str, chapter: str, links: Sequence[Link] = ()) -> None:
        """Say a text that knowledge has, with the guide's chapter it stands on."""
        self.replies.append(Text(f"{text}\n{self.text('guide.chapter', chapter=chapter)}", tuple(links)))

    def reply(self, reply: Reply) -> None:
        """Say something structured."""
        self.replies.append(reply)

    def ask(self, pending: Pending) -> None:
        """Leave this question open: the next message is read as its answer first."""
        self.state = replace(self.state, pending=pending)

    def ask_choice(self, kind: str, key: str, choices: Sequence[Choice]) -> None:
        """Leave a question open whose answer is one of these choices, by number, label or press."""
        self.ask(Pending(kind, key, tuple(choice.id for choice in choices), tuple(choice.label for choice in choices)))

    def offer(self, kind: str, key: str, choices: Sequence[Choice]) -> None:
        """As `ask_choice`, unless a case is being written: then the buttons are there, and its question stays open."""
        if self.state.draft is None:
            self.ask_choice(kind, key, choices)

    def close_question(self) -> None:
        """No question is open any more."""
        self.state = replace(self.state, pending=None)

    def new_draft_id(self) -> str:
        """The id of a draft that is begun now."""
        self.state = replace(self.state, draft_count=self.state.draft_count + 1)
        return str(self.state.draft_count)

    def put(self, draft: Draft) -> Draft:
        """Make this version of the draft the current one, stamped with the time of the turn."""
        draft = replace(draft, updated_at=self.situation.now.isoformat())
        self.state = self.state.with_draft(draft)
        return draft

    def finish_draft(self, draft: Draft) -> None:
        """The draft is sent, dropped or not ours: it is gone, and so is the open question."""
        self.state = self.state.without_draft(draft.id)
        self.finished = True

    def reading(self, text: str) -> Reading:
        """What is read out of a text at the time of the turn; each text is read once a turn."""
        if text not in self._readings:
            self._readings[text] = self.knowledge.reader.read(text, self.situation.now)
        return self._readings[text]

    def match(self, text: str) -> Match:
        """The forms for a text; each text is looked up once a turn."""
        if text not in self._matches:
            self._matches[text] = self.knowledge.matcher.match(without_mentions(without_masks(text)))
        return self._matches[text]

    def systems_in(self, text: str) -> tuple[SystemHit, ...]:
        """The systems a text names; each text is searched once a turn, and not when it has been read."""
        if text in self._readings:
            return self._readings[text].systems
        if text not in self._systems:
            self._systems[text] = self.knowledge.systems.find(without_masks(text))
        return self._systems[text]

    def take_files(self) -> tuple[Attachment, ...]:
        """The files that are kept, for what is done now: they are kept no longer."""
        files = self.state.files
        self.state = replace(self.state, files=())
        return files

    def drop_old_files(self) -> None:
        """Files nobody has spoken of since are not meant when something is said in a case now: they could be wrong."""
        if not self.files_at_hand:
            self.state = replace(self.state, files=())

    def effect(self, effect: Effect) -> None:
        """Want something done."""
        self.effects.append(effect)

    def case(self, ref: str) -> Case | None:
        """One of the person's cases by our reference or the case system's number."""
        for case in self.situation.cases:
            if case.ref == ref or (case.kompass is not None and case.kompass.id == ref):
                return case
        return None

    def inbox_case(self, ref: str | None) -> Case | None:
        """One of the open cases in the person's inbox, by our reference."""
        return next((case for case in self.situation.inbox if case.ref == ref), None)

    def reported(self, case: Case) -> bool:
        """Whether the person reported it, rather than follows it."""
        return case.reporter.id == self.situation.person.id

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the person has been granted."""
        return self.situation.person.roles

    @property
    def role(self) -> str:
        """The role to state in a case: what was granted, else what was said, else employee (G 5.1)."""
        for role in (Role.USS, Role.FORVALTER, Role.FORSTELINJE, Role.SUPERBRUKER, Role.IKT_HOVEDKONTAKT):
            if role in self.roles:
                return role.value
        return self.state.said_role or Role.ANSATT.value

    @property
    def virksomhet(self) -> str:
        """The person's virksomhet, known or said."""
        return self.situation.person.virksomhet or self.state.said_virksomhet

    def finish(self) -> Turn:
        """The turn as decided."""
        return Turn(self.state, tuple(self.replies), tuple(self.effects), self.decided)
