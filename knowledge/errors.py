"""The one exception tree of Losen, named by meaning.

It lives in `knowledge` because imports go one way (bot -> dialogs -> knowledge) and every room raises from it.

    LosenError
    |-- KnowledgeError             something the bot should know is missing or wrong
    |   |-- UnknownForm            no form has this id
    |   |-- BrokenCatalogue        a catalogue file was refused; carries every problem found
    |   `-- BrokenKnowledge        a shipped or edited knowledge file does not have the shape its reader states
    |-- DialogError                the dialog was asked for something it cannot do
    |   |-- UnreadableState        a stored state has a version or shape this program does not know
    |   |-- MissingText            a user text has no entry in any language
    |   `-- CaseIsFull             a person's own words are more than one case takes
    |-- NotAllowed                 the person lacks the role the effect demands (checked where the effect happens)
    `-- OperationError             the outside world
        |-- BadSettings            a setting is missing or wrong; found at start
        |-- BadActivity            an incoming activity is malformed; becomes HTTP 400
        |-- StoreError             the database refused or is of a newer version
        `-- PortError              a port to the world failed
            |-- TemporaryFailure   try again later; nothing happened, or repeating is safe
            |   `-- UnknownPerson  nobody, or several, are found by a person's address: it waits until that is put right
            |-- UncertainOutcome   it may or may not have happened: look it up before repeating
            `-- PermanentFailure   never retry; a person must look
                |-- Gone           what was to be changed or written to is not there (any more)
                `-- OutcomeUnknown it may have happened and nobody can find out: doing it again could do it twice
"""

from __future__ import annotations

from collections.abc import Sequence


class LosenError(Exception):
    """Root of everything this program raises on purpose."""


class KnowledgeError(LosenError):
    """Something the bot should know is missing or wrong."""


class UnknownForm(KnowledgeError):
    """No form in the catalogue has this id."""

    def __init__(self, form_id: int) -> None:
        super().__init__(f"no form with id {form_id} in the catalogue")
        self.form_id = form_id


class BrokenCatalogue(KnowledgeError):
    """A catalogue was refused, all of it; `problems` says what is wrong, one line each."""

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        super().__init__(f"{source}: {len(problems)} problem(s): " + "; ".join(problems[:5]))
        self.source = source
        self.problems = tuple(problems)


class BrokenKnowledge(KnowledgeError):
    """A knowledge file (checklist, wording, texts, organisation ...) is not of the stated shape."""


class DialogError(LosenError):
    """The dialog was asked for something it cannot do."""


class UnreadableState(DialogError):
    """A stored conversation state has a version or a shape this program does not know."""


class MissingText(DialogError):
    """A text key is missing in every language."""


class CaseIsFull(DialogError):
    """What was told of one case is more than it takes, in characters; what was told last is in none."""


class NotAllowed(LosenError):
    """The person lacks the role that the effect demands."""


class OperationError(LosenError):
    """The outside world failed or sent something unusable."""


class BadSettings(OperationError):
    """One or more settings are missing or wrong; the message lists all of them."""


class BadActivity(OperationError):
    """An incoming activity is malformed."""


class StoreError(OperationError):
    """The database refused, or was written by a newer program."""


class PortError(OperationError):
    """A port to the world failed."""


class TemporaryFailure(PortError):
    """Nothing happened, or repeating is safe. `retry_after` is in seconds when the other side said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class UnknownPerson(TemporaryFailure):
    """Nobody, or several, are found by a person's address; waits until somebody has put that right.

    why: "nobody", "several", "no_address" or "robot". whom: "reporter", "receiver" (the one a case is for), or another.
    """

    def __init__(self, message: str, retry_after: float | None = None, *, why: str = "nobody", whom: str = "") -> None:
        super().__init__(message, retry_after)
        self.why = why
        self.whom = whom


class UncertainOutcome(PortError):
    """It may or may not have happened: look it up before repeating."""


class PermanentFailure(PortError):
    """Retrying cannot help; a person must look."""


class Gone(PermanentFailure):
    """What was to be changed or written to is not there (any more)."""


class OutcomeUnknown(PermanentFailure):
    """It may have happened and cannot be looked up; a person must look, since doing it again could do it twice."""
