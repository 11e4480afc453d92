from __future__ import annotations

from knowledge.catalogue.form import Catalogue, Form
from knowledge.matching.links import clauses, links_of, own_text, titles_of

FORMS = Catalogue(
    [
        Form(
            id=1,
            title="Ny postkasse",
            description="Postkasse for flere. Skal listen bare sende, bruk «Ny liste»; se hjelp.",
        ),
        Form(id=2, title="Ny liste", description="Se også «Ny  POSTKASSE» og «Noe som ikke finnes»."),
        Form(id=3, title="Rolle", description="Rollen «admin» gis her."),
        Form(id=4, title="Selv", description="Bruk «Selv» igjen."),
    ]
)


def test_mentions_of_other_forms_are_links_whatever_the_case() -> None:
    links = links_of(FORMS)
    assert [(link.target, link.clause) for link in links[1]] == [(2, "Skal listen bare sende, bruk «Ny liste»;")]
    assert [link.target for link in links[2]] == [1]
    assert 3 not in links
    assert 4 not in links


def test_what_points_elsewhere_is_not_the_forms_own_text() -> None:
    titles = titles_of(FORMS)
    assert own_text(FORMS.get(1), titles) == (
        "Postkasse for flere. se hjelp.",
        "Skal listen bare sende, bruk «Ny liste»;",
    )
    assert own_text(FORMS.get(3), titles) == ("Rollen «admin» gis her.", "")


def test_a_full_stop_inside_a_mention_divides_nothing() -> None:
    assert clauses("Bruk «Filer. Og mapper» her. Slutt.") == ["Bruk «Filer. Og mapper» her.", "Slutt."]
