"""Systems that share a name are told apart by the person (G 5.1.2.3)."""

from __future__ import annotations

from dialogs.system_names import choice_name, rivals, system_called
from knowledge.systems import System, SystemRegister

PROVE_DIG = System("1", "Prøvetid", choice_name="Prøvetid (DIG)")
PROVE_OKF = System("2", "Prøvetid", choice_name="Prøvetid (OKF)")
ALONE = System("3", "Gerica")
REGISTER = SystemRegister([PROVE_DIG, PROVE_OKF, ALONE])


def test_equal_names_are_rivals() -> None:
    assert {system.id for system in rivals(REGISTER.find("Prøvetid"))} == {"1", "2"}
    assert rivals(REGISTER.find("Gerica")) == ()
    assert rivals(()) == ()


def test_a_system_is_called_by_its_choice_name_or_a_name_of_its_own() -> None:
    assert system_called(REGISTER, "Prøvetid (OKF)") is PROVE_OKF
    assert system_called(REGISTER, "Prøvetid") is None
    assert system_called(REGISTER, "Gerica") is ALONE
    assert choice_name(ALONE) == "Gerica"
