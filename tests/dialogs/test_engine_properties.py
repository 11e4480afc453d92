"""Any event in any reachable state gives a legal state and an answer.

Hypothesis plays a whole conversation: sensible messages, nonsense, real buttons of the last answer, old and forged
buttons, card values of wrong types, outcomes of effects. The transcript helper checks after every turn that there is
an answer and that state and replies survive JSON.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.case import KompassLink, NoticeUpdate, Status
from dialogs.events import Attachment, Deleted, Edited, Event, Happened, Joined, Pressed, Said
from dialogs.proposed_line import ProposedLine
from dialogs.replies import Questions
from dialogs.unsettled_post import UnsettledPost
from tests.bot.samples import MONDAY, a_case, a_notice
from tests.transcript import Transcript, person

SENSIBLE = st.sampled_from(
    [
        "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart",
        "trenger ny fellespostkasse til avdelingen",
        "skriveren virker ikke og jeg trenger en ny skjerm",
        "hvilket skjema for brannmur?",
        "status", "avbryt", "tilbake", "hopp over", "send", "angre", "hjelp", "endre omfang", "det var forresten i går",
        "ja", "nei", "1", "2", "7", "vet ikke", "kritisk, liv og helse", "hva er en hovedsak?", "driftsmeldinger",
        "publiser fellesfeil: Gerica er nede", "kommentar: hei", "ny sak: pc-en er treg", "in english please",
        "snakke med et menneske", "utkast", "trekk saken", "BGO", "bydel gamle oslo", "i går kl 14", "12345",
        "feil skjema", "oppsummering", "endre beskrivelsen", "ingen av disse", "takk", "Eg får ikkje logga på",
        "innboksen", "spør tilbake", "svar og løs", "send videre", "virker ikke", "svar",
        "hovedsak", "problemsaker", "ta av L-2026-000001", "kan dere øke prioriteten?",
        "midlertidig løst", "det virker nå",
        "legg ved", "her er bildet dere ba om", "legg til kari@oslo.example som følger", "fjern kari fra L-2026-000002",
        "godta", "avvis: den henger fortsatt", "nei, den henger fortsatt når jeg skriver ut", "godkjent", "klage",
        "det haster mer nå", "ikke varsle meg", "varsle meg igjen", "slutt å følge L-2026-000002", "UKE",
        "oppdater D-2026-0001: disken er byttet, ny oppdatering kl 14", "rettet D-2026-0001: fikset",
        "lukket gruppe: x",
        "midlertidig løst D-2026-0001: omstart", "D-2026-0001 SAM/IT er sendt", "send D-2026-0001 på nytt",
        "publiser fellesfeil: Hva: AKS er nede. Hvem: alle. Grupper: alle", "driftsmeldinger", "til godkjenning",
    ]
)  # fmt: skip
TEXTS = (
    SENSIBLE
    | st.text(max_size=80)
    | st.sampled_from(["", "   ", "\x00\x07", "🤖" * 5, "<b>x</b>", "[a](http://b)", "x" * 20_001])
)
VALUES = st.dictionaries(
    st.sampled_from(["tried", "extent", "outage", "started_at", "system", "gjelder_bruker", "antall", "nonsense"]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.integers(), max_size=2),
    max_size=4,
)
FORGED = st.sampled_from(
    ["send:1", "send:99", "form:900884", "form:0", "form:x", "facet:", "set:1:extent:user", "set:1", "change:1:tried",
     "cancel:1", "undo:L-2026-000001", "withdraw:L-2026-000001:yes", "notice:D-2026-0001:resolved", "cmd:nope", "",
     ":::", "help:yes", "right:pass", "switch:new", "submit:1", "skip:1:tried", "wrong_form:1", "resume:1", "edit:1",
     "inbox:L-2026-000001", "inbox:L-2026-000001:ask", "inbox:L-2026-000001:solve", "inbox:L-2026-000001:pass_on",
     "inbox:", "reopen:L-2026-000001", "comment:L-2026-000001", "cmd:inbox", "right:other",
     "hovedsak:D-2026-0001", "hovedsak:D-2026-0001:set:L-2026-000001", "hovedsak:D-2026-0001:attach:all", "hovedsak:",
     "attach:L-2026-000002", "attach:new", "to:L-2026-000002:UKE", "to:", "follow:L-2026-000002:x", "unfollow:",
     "solution:L-2026-000002:yes", "solution:L-2026-000002:no", "solution:", "more:L-2026-000002", "more:",
     "mute:L-2026-000002", "unmute:", "escalate:L-2026-000002", "escalate:", "reopen:L-2026-000002",
     "works:L-2026-000001:yes", "works:L-2026-000001:no", "works:", "problem:D-2026-0001:made", "cmd:problems",
     "line:send:0123456789ab", "line:text", "line:next", "line:closed", "line:same", "line:drop", "line:no_promise",
     "line:", "approval:D-2026-0001", "approval:D-2026-0001:approve:1", "approval:D-2026-0001:back",
     "approval:D-2026-0001:mend", "post:D-2026-0001:sam_it/page:again", "post:", "notice:D-2026-0001:for_now"]
)  # fmt: skip
OUTCOMES = st.sampled_from(
    [
        "case_registered",
        "case_refused",
        "case_delayed",
        "notice_published",
        "not_allowed",
        "something_new",
        "case_question",
        "case_solved",
        "case_passed_on",
        "case_now_solution_proposed",
        "case_now_solved",
        "case_estimate",
        "case_attached_partly",
        "follow_failed",
        "inbox_new",
        "inbox_comment",
        "fellesfeil_resolved",
        "fellesfeil_reminder",
        "fellesfeil_not_solved",
        "fellesfeil_for_now",
        "line_waiting",
        "line_sent_back",
        "notice_uncertain",
        "notice_update_due",
    ]
)
ROLES = st.sampled_from(["ansatt", "superbruker", "1linje", "forvalter", "ikt-hovedkontakt", "uss"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), ROLES, st.sampled_from(["BGO", ""]))
def test_any_event_in_any_state_gives_a_legal_state_and_an_answer(data: st.DataObject, role: str, where: str) -> None:
    waiting = replace(a_case(), route="1.linje BGO")
    own = replace(
        a_case("L-2026-000002", person(role)),
        kompass=KompassLink("17549", "https://kompass.invalid/17549"),
        status=data.draw(st.sampled_from(Status)),
        solution="Start på nytt",
        estimate=data.draw(st.sampled_from([None, "", "12"])),
        followers=("kari@oslo.example",),
    )
    talk = Transcript(person(role, virksomhet=where), cases=[waiting, own], notices=[a_notice()])
    said = NoticeUpdate(MONDAY, "Remi", "updated", "En disk er full.")
    talk.proposed += data.draw(st.sampled_from([[], [ProposedLine("D-2026-0001", said, None, "p-remi")]]))
    talk.unsettled.append(UnsettledPost("D-2026-0001", "sam_it/page", True, "no answer"))
    for _ in range(data.draw(st.integers(1, 14))):
        event = data.draw(_events(talk))
        talk.turn(event)
        assert len(talk.state.drafts) <= 5
        assert talk.last.strip()
    assert talk.cases[0].is_open or "BGO" in talk.person.first_line_of
    for case in talk.cases[1:]:
        assert case.form_id is not None
        assert case.reporter.id == talk.person.id
        case.to_json()


def _events(talk: Transcript) -> st.SearchStrategy[Event]:
    buttons = [choice[0] for choice in talk.choices()]
    real = st.sampled_from(buttons) if buttons else FORGED
    submits = [reply.submit.id for reply in talk.replies if isinstance(reply, Questions)]
    return st.one_of(
        TEXTS.map(Said),
        TEXTS.map(Said),
        TEXTS.map(lambda text: Said(text, (Attachment("skjerm.png", 2048, "0" * 64, "image/png"),))),
        real.map(Pressed),
        st.builds(Pressed, st.sampled_from(submits), VALUES) if submits else real.map(Pressed),
        st.builds(Pressed, FORGED | st.text(max_size=20), VALUES),
        TEXTS.map(Edited),
        st.just(Deleted()),
        st.builds(Happened, OUTCOMES, st.sampled_from(["L-2026-000001", "L-2026-000002"])),
        st.just(Joined()),
    )
