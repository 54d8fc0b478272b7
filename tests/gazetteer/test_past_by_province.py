"""Former units by the province they lay in, told once for all that ended in one place on one day."""

from __future__ import annotations

from gazetteer import Gazetteer


def test_states_lie_in_the_province_of_their_own_path(gazetteer: Gazetteer) -> None:
    past = gazetteer._past
    for unit, _, province in past._states()[::7]:
        assert province == past._province(unit)
