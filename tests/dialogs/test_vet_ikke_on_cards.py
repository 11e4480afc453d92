""" "Vet ikke" pressed on a card is the same as written: the case holds the same answers."""

from __future__ import annotations

from dialogs.replies import Questions, Summary
from tests.transcript import Transcript, person

AKS_DOWN = "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart"


def test_a_card_with_vet_ikke_is_the_same_as_the_words() -> None:
    pressed, written = Transcript(person("1linje")), Transcript(person("1linje"))
    for talk in (pressed, written):
        talk.says(AKS_DOWN)
        if talk.state.pending is not None and talk.state.pending.key == "phone":
            talk.says("41000000")
    while not pressed.cases:
        (card,) = [reply for reply in pressed.replies if isinstance(reply, Questions | Summary)]
        if not card.inputs:
            pressed.says("send")
            break
        offered = {one.key: dict(one.options) for one in card.inputs if one.required and one.options and not one.value}
        assert offered
        assert all(options["ukjent"] == "Vet ikke" for options in offered.values())
        pressed.submits(**{key: "nei" if key == "critical" else "ukjent" for key in offered})
    while (asked := written.state.pending) is not None and asked.kind == "item":
        written.says("nei" if asked.key == "critical" else "vet ikke")
    written.says("send")
    assert pressed.case["answers"] == written.case["answers"]
    assert pressed.case["answers"]["fra"] == "ukjent"
