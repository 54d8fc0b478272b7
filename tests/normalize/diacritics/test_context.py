"""The network that looks at what stands around a word: what it says, how it is kept, and that it learns."""

from pathlib import Path

import numpy as np
import pytest

from normalize.diacritics.beam import Lattice
from normalize.diacritics.context import (
    ContextNetwork,
    Words,
    hidden,
    load_network,
    own_network,
    pack_network,
)
from normalize.diacritics.spelling import SPECIALS, UNKNOWN
from normalize.diacritics.surroundings import Surroundings
from normalize.diacritics.tokens import scan
from normalize.diacritics.train.fit_context import (
    State,
    Text,
    descend,
    first_weights,
    gradients,
    read_text,
    refine,
)

VOCABULARY = [*SPECIALS, "bán", "bạn", "bản", "lúa", "lùa", "học", "trâu", "ở"]


def small() -> ContextNetwork:
    words = Words.of(VOCABULARY)
    return ContextNetwork(words, first_weights(words))


def test_words_are_parted_by_their_letters() -> None:
    words = Words.of(VOCABULARY)
    alike = [
        {VOCABULARY[n] for n in words.order[low:high]}
        for low, high in zip(words.starts, words.starts[1:], strict=False)
    ]
    assert {"bán", "bạn", "bản"} in alike
    assert {"lúa", "lùa"} in alike
    assert sum(map(len, alike)) == len(VOCABULARY)


def test_shares_of_words_with_the_same_letters_sum_to_one() -> None:
    network = small()
    letters = network.words.letters[np.array([7, 4, 10])]
    candidates, owner = np.array([7, 8, 4, 5, 6, 10]), np.array([0, 0, 1, 1, 1, 2])
    shares = np.exp(network.log_shares(letters, np.zeros(3, dtype=np.int64), owner, candidates))
    assert shares[:2].sum() == pytest.approx(1, abs=1e-5)
    assert shares[2:5].sum() == pytest.approx(1, abs=1e-5)
    assert shares[5] == pytest.approx(1, abs=1e-5)


def test_a_text_alone_or_beside_others_looks_the_same() -> None:
    network = small()
    letters = np.array([[4, 5, 6, 4, 7], [5, 5, 4, 6, 6]])
    capitals = np.array([[1, 0, 0, 2, 0], [0, 0, 1, 0, 0]])
    both = hidden(network.weights, letters, capitals).out
    alone = hidden(network.weights, letters[1:], capitals[1:]).out
    np.testing.assert_allclose(both[5:], alone, rtol=1e-4, atol=1e-6)


def test_a_long_text_is_looked_at_in_parts_that_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    network, chance = small(), np.random.default_rng(2)
    size = 150
    letters = network.words.letters[chance.integers(4, len(VOCABULARY), size)]
    owner = np.repeat(np.arange(size), 2)
    candidates = chance.integers(4, len(VOCABULARY), 2 * size)
    capitals = chance.integers(0, 3, size)
    whole = network.log_shares(letters, capitals, owner, candidates)
    monkeypatch.setattr("normalize.diacritics.context._TOGETHER", 40)
    parts = network.log_shares(letters, capitals, owner, candidates)
    np.testing.assert_allclose(parts, whole, atol=1e-4)


def test_what_is_kept_in_8_bits_says_the_same(tmp_path: Path) -> None:
    network = small()
    pack_network(network, tmp_path / "context.npz")
    again = load_network(tmp_path / "context.npz")
    assert again.words.vocabulary == VOCABULARY
    for name, values in network.weights.items():
        # half a step of a row's own scale
        np.testing.assert_allclose(again.weights[name], values, atol=np.abs(values).max(initial=0) / 127)


def test_gradients_are_those_of_differences() -> None:
    words = Words.of(VOCABULARY)
    weights = {name: values.astype(np.float64) for name, values in first_weights(words).items()}
    text = read_text(["Bán lúa ở bản. Bạn học lùa trâu."], words)
    batch = Text(text.letters[None], text.capitals[None], text.words[None])
    found, _, _ = gradients(weights, words, batch)  # type: ignore[arg-type]
    chance = np.random.default_rng(1)
    for name in ("near", "capitals", "far", "own", "gain", "in", "out", "word", "word_bias"):
        values = weights[name]
        at = tuple(int(i) for i in np.argwhere(np.abs(found[name]) > 1e-4)[chance.integers(0, 3)])
        kept, step = values[at], 1e-4
        losses = []
        for value in (kept + step, kept - step):
            values[at] = value
            losses.append(gradients(weights, words, batch)[1])  # type: ignore[arg-type]
        values[at] = kept
        assert found[name][at] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=0.05, abs=1e-5)


def test_it_learns_what_stands_around() -> None:
    words = Words.of(VOCABULARY)
    text = read_text(["Bán lúa. Bạn học. Ở bản lùa trâu."] * 20, words)
    batch = Text(text.letters[None], text.capitals[None], text.words[None])
    state = State(first_weights(words))
    for _ in range(60):
        found, _, _ = gradients(state.weights, words, batch)
        descend(state, found, 0.01)
    assert gradients(state.weights, words, batch)[2] == 1.0


def test_words_that_are_like_known_ones_are_known_by_their_surroundings() -> None:
    """`lúa` after what is done with grain, `lùa` before what is driven."""
    network = own_network()
    number = network.number

    def likeliest(text: str, at: int, *rivals: str) -> str:
        words = text.split()
        letters = network.words.letters[np.array([number[w] for w in words])]
        candidates = np.array([number[r] for r in rivals])
        owner = np.full(len(rivals), at)
        shares = network.log_shares(letters, np.zeros(len(words), dtype=np.int64), owner, candidates)
        return rivals[int(shares.argmax())]

    assert likeliest("bà con ra đồng gặt lúa về phơi", 5, "lúa", "lùa", "lừa") == "lúa"
    assert likeliest("trẻ con lùa trâu về chuồng", 2, "lúa", "lùa", "lừa") == "lùa"


def test_a_word_that_the_network_lacks_counts_as_much_as_the_best() -> None:
    lattice = Lattice(
        np.array([0, 3]),
        np.array([UNKNOWN, 4, 5], dtype=np.uint64),
        np.zeros(3, dtype=np.float32),
        np.zeros(1, dtype=np.uint8),
    )
    weighed = Surroundings(small(), VOCABULARY).weigh(lattice, scan(["ban"]), [0], np.array([1]))
    assert weighed.log_p[0] == max(weighed.log_p[1:])
    assert weighed.log_p[1] != weighed.log_p[2]


def test_a_finished_run_learns_what_was_added() -> None:
    words = Words.of(VOCABULARY)
    before = read_text(["Bán lúa. Bạn học."] * 300, words)
    added = read_text(["Ở bản lùa trâu."] * 300, words)
    state = State(first_weights(words))
    refine(state, words, {"law": before, "everyday": added, "packages": before}, 12)
    batch = Text(added.letters[None, :600], added.capitals[None, :600], added.words[None, :600])
    assert gradients(state.weights, words, batch)[2] == 1.0
