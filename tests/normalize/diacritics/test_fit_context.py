"""What the network of surroundings learns from: damaged forms of words, texts as numbers; and that it learns."""

import random

import numpy as np
import pytest

from normalize.diacritics.channel import load_tables
from normalize.diacritics.context import CAPITAL, CAPITALS, SMALL, ContextNetwork, bare_forms, pieces
from normalize.diacritics.spelling import BREAK, CODE, NUMBER, SPECIALS, UNKNOWN, bare
from normalize.diacritics.train.context_texts import read_text, strange_words
from normalize.diacritics.train.damage_words import Damager, forms_of

VOCABULARY = [*SPECIALS, "bán", "bạn", "bản", "lúa", "lùa", "học", "trâu", "ở"]
NUMBERS = {word: n for n, word in enumerate(VOCABULARY)}
TABLES = {
    "units": {"ú": {"u": 3, "ti": 1}, "L": {"L": 1, "I": 1}, "l": {"l": 1}},
    "words": {"trâu": {"trau": 90, "tréu": 10}},
}


def test_a_text_is_its_words_numbers_and_capitals() -> None:
    text = read_text(["Bạn bán 12 TRÂU, theo 5/QĐ-UB; Khrêl", "ở bản"], NUMBERS)
    words = [NUMBERS[w] for w in ("bạn", "bán")] + [NUMBER, NUMBERS["trâu"], UNKNOWN, CODE, BREAK, UNKNOWN]
    assert text.words.tolist() == [*words, NUMBERS["ở"], NUMBERS["bản"], BREAK]
    shown = [CAPITAL, SMALL, SMALL, CAPITALS, SMALL, SMALL, SMALL, CAPITAL]
    assert text.capitals.tolist() == [*shown, SMALL, SMALL, SMALL]


def test_words_often_met_that_the_vocabulary_lacks_are_seen() -> None:
    lines = {"law": ["Khrêl bán lúa."] * 4, "made": ["Đung bán lúa."] * 3}
    assert strange_words(lines, VOCABULARY) == ["khrêl"]


def test_damage_is_drawn_as_the_tables_say() -> None:
    damager, chance = Damager(TABLES), random.Random(1)
    read = [damager.read("lúa", chance, False) for _ in range(400)]
    assert {"lua", "ltia"} == {*read}
    assert 200 < read.count("lua") < 400
    assert {damager.read("lúa", chance, True)[0] for _ in range(100)} == {"L", "I"}
    whole = [damager.read("trâu", chance, False) for _ in range(400)]
    assert whole.count("tréu") > 5, "what whole syllables were read as counts too"


def test_forms_begin_with_the_bare_and_the_proper_word() -> None:
    forms = forms_of(VOCABULARY, ["khrêl"], [Damager(load_tables([]))], 2, 1)
    rows, at = bare_forms(VOCABULARY), NUMBERS["trâu"]
    assert forms.grams.shape[:2] == (len(VOCABULARY) + 1, 5)
    assert [n for n in forms.grams[at, 0].tolist() if n] == pieces("trau")
    assert [n for n in forms.grams[at, 1].tolist() if n] == pieces("trâu")
    assert forms.whole[at, 0] == rows["trau"]
    assert not forms.whole[at, 1]
    assert forms.whole[NUMBER].tolist() == [rows["<num>"]] * 5
    assert not forms.grams[NUMBER].any()
    assert not forms.whole[-1].any(), "a strange word is no form of the vocabulary"


def test_forms_are_damaged_by_each_reader_in_turn() -> None:
    units = [{"units": {"t": {mark: 1}}, "words": {}} for mark in ("7", "+")]
    forms = forms_of(VOCABULARY, [], [Damager(tables) for tables in units], 4, 0)
    seen = [[n for n in row if n] for row in forms.grams[NUMBERS["trâu"], 2:].tolist()]
    assert [any(pieces(f"{mark}r")[1] in row for mark in "7+") for row in seen] == [True] * 4
    assert seen[0][0] == pieces("7")[0]
    assert seen[1][0] == pieces("+")[0]


def test_a_network_goes_on_with_another_vocabulary_by_its_words() -> None:
    torch = pytest.importorskip("torch")
    from normalize.diacritics.train import fit_context as fitting

    first = fitting.Network(1 + len(bare_forms(VOCABULARY)), len(VOCABULARY), 0.0, (1, 2))
    kept = ContextNetwork(VOCABULARY, fitting.weights_of(first), (1, 2))
    grown = [*VOCABULARY[:-1], "mới", VOCABULARY[-1]]
    network = fitting.Network(1 + len(bare_forms(grown)), len(grown), 0.0, (1, 2))
    fresh = network.word[grown.index("mới")].detach().clone()
    fitting.go_on_from(kept, network, grown)
    for word in VOCABULARY:
        of, to = VOCABULARY.index(word), grown.index(word)
        assert torch.equal(network.word[to], first.word[of]), word
    assert torch.equal(network.word[grown.index("mới")], fresh), "a word it lacked begins as it is"
    assert torch.equal(network.enter, first.enter)


def test_it_learns_what_stands_around_and_the_shipped_code_sees_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    torch = pytest.importorskip("torch")
    from normalize.diacritics.train import fit_context as fitting

    monkeypatch.setattr(fitting, "_WARM", 1)
    text = read_text(["Bán lúa. Bạn học. Ở bản lùa trâu."] * 300, NUMBERS)
    forms = forms_of(VOCABULARY, [], [Damager(load_tables([]))], 2, 1)
    batches = fitting.Batches.of({"law": text}, forms, len(VOCABULARY), torch.device("cpu"))
    network = fitting.Network(1 + len(bare_forms(VOCABULARY)), len(VOCABULARY), 0.1, (1, 2))
    batch = batches.draw({"law": 2}, 0.1)
    before = fitting.loss_of(network, batch)[0].item()
    fitting.fit(network, batches, fitting.Plan({"law": 2}, 2e-3, 0.3, 0.1, 0.1), 4.0)
    assert fitting.loss_of(network, batch)[0].item() < before
    network.eval()
    told = read_text(["Bán lúa. Bạn học. Ở bản lùa trâu."], NUMBERS)
    own = ContextNetwork(VOCABULARY, fitting.weights_of(network), (1, 2))
    read = [SPECIALS[n] if n < len(SPECIALS) else bare(VOCABULARY[n]) for n in told.words.tolist()]
    seen = own.look(read, told.capitals.astype(np.int64))
    at = torch.from_numpy(told.words.astype(np.int64))[None]
    grams, whole = (torch.from_numpy(t)[at, 0].long() for t in (forms.grams, forms.whole))
    shown = torch.from_numpy(told.capitals.astype(np.int64))[None]
    with torch.no_grad():
        theirs = network(grams, whole, shown, torch.zeros_like(at, dtype=torch.bool))[0].numpy()
    np.testing.assert_allclose(seen, theirs, atol=1e-4)
