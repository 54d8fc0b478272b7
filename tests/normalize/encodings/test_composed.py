"""Pages of figures are told to need no decoding without a look at each: what hides among them is found."""

import pytest

from normalize.encodings.runs import are_composed


@pytest.mark.parametrize("hidden", ["7 ho^` so+", "1 ®Êt", "9 da^'t"])
def test_a_text_in_another_encoding_is_found_among_figures(hidden):
    figures = [f"{n:,}" for n in range(0, 9_000_000, 7919)]
    assert are_composed(figures)
    assert are_composed([*figures, "3 hồ sơ", "Xã Hòa"])
    assert not are_composed([*figures, hidden])
    assert not are_composed([*figures, "Xã Hòa", hidden])
