"""Names one letter apart are found by their beginnings and ends: exactly those that comparing with all finds."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from gazetteer.neighbours import Neighbours

_NAMES = st.text(alphabet="abn1", max_size=12)


@given(st.lists(_NAMES, unique=True, max_size=40), _NAMES)
def test_names_one_letter_apart_are_those_that_the_distance_says(keys: list[str], name: str) -> None:
    apart = [(OSA.distance(name, key), at) for at, key in enumerate(keys)]
    wanted = [(keys[at], n) for n, at in sorted(apart) if n <= 1]
    assert Neighbours(keys).within_one(name) == wanted


@given(_NAMES, st.integers(0, 11), st.sampled_from("abn1"))
def test_a_letter_more_less_other_or_exchanged_is_one_apart(name: str, place: int, letter: str) -> None:
    at = min(place, len(name))
    slips = {name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :]}
    slips.add(name[:at] + name[at : at + 2][::-1] + name[at + 2 :])
    found = Neighbours(sorted(slips)).within_one(name)
    assert {key for key, _ in found} == slips
