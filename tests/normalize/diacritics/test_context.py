"""The network that looks at what stands around a word: what it says, and how it is kept."""

from pathlib import Path

import numpy as np
import pytest

from normalize.diacritics.beam import Lattice
from normalize.diacritics.context import (
    MOST_PIECES,
    PIECES,
    ContextNetwork,
    bare_forms,
    load_network,
    own_network,
    pack_network,
    pieces,
)
from normalize.diacritics.spelling import SPECIALS, UNKNOWN, bare
from normalize.diacritics.surroundings import Surroundings
from normalize.diacritics.tokens import scan

VOCABULARY = [*SPECIALS, "bán", "bạn", "bản", "lúa", "lùa", "học", "trâu", "ở"]
READ = ["ban", "lua", "<num>", "hoc", "tr4u", "<brk>", "o"]


def small(reaches: tuple[int, ...] = (1, 2)) -> ContextNetwork:
    chance = np.random.default_rng(3)

    def drawn(*shape: int) -> np.ndarray:
        return (chance.standard_normal(shape) * 0.3).astype(np.float32)

    weights = {
        "grams": drawn(PIECES, 4),
        "whole": drawn(1 + len(bare_forms(VOCABULARY)), 4),
        "enter": drawn(4, 6),
        "enter_bias": drawn(6),
        "far": drawn(8, 6),
        "capitals": drawn(3, 6),
        "leave": drawn(6, 5),
        "leave_bias": drawn(5),
        "word": drawn(len(VOCABULARY), 5),
        "word_bias": drawn(len(VOCABULARY)),
    }
    for n in range(len(reaches)):
        weights |= {f"a{n}": drawn(18, 7), f"a{n}_bias": drawn(7), f"b{n}": drawn(7, 6)}
    return ContextNetwork(VOCABULARY, weights, reaches)


@pytest.mark.parametrize(
    ("read", "like"),
    [("du¢c", "dugc"), ("Được", "được"), ("tr4u", "trau")],
)
def test_words_that_look_alike_share_pieces(read: str, like: str) -> None:
    assert set(pieces(read)) & set(pieces(like))
    assert not set(pieces(read)) & set(pieces("khe")), "nothing of another word"


def test_a_words_pieces_are_few_and_numbered_from_one() -> None:
    assert len(pieces("n" * 60)) == MOST_PIECES
    assert all(1 <= piece < PIECES for piece in pieces("nghiêng¢€"))


def test_words_with_the_same_letters_have_one_row() -> None:
    rows = bare_forms(VOCABULARY)
    assert {*rows} == {*SPECIALS, "ban", "lua", "hoc", "trau", "o"}
    assert sorted(rows.values()) == list(range(1, len(rows) + 1))


def test_shares_of_a_places_candidates_sum_to_one() -> None:
    candidates, owner = np.array([4, 5, 6, 7, 8, 11]), np.array([0, 0, 0, 1, 1, 6])
    shares = np.exp(small().log_shares(READ, np.zeros(7, dtype=np.int64), owner, candidates))
    assert shares[:3].sum() == pytest.approx(1, abs=1e-5)
    assert shares[3:5].sum() == pytest.approx(1, abs=1e-5)
    assert shares[5] == pytest.approx(1, abs=1e-5)


def test_nothing_to_choose_from_is_no_error() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert not len(small().log_shares(READ, np.zeros(7, dtype=np.int64), none, none))


def test_a_long_text_is_looked_at_in_parts_that_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    network, chance = small((1, 5)), np.random.default_rng(2)
    size = 150
    read = [READ[n] for n in chance.integers(0, len(READ), size)]
    owner = np.repeat(np.arange(size), 2)
    candidates = chance.integers(4, len(VOCABULARY), 2 * size)
    capitals = chance.integers(0, 3, size)
    whole = network.log_shares(read, capitals, owner, candidates)
    monkeypatch.setattr("normalize.diacritics.context._TOGETHER", 40)
    parts = network.log_shares(read, capitals, owner, candidates)
    np.testing.assert_allclose(parts, whole, atol=1e-4)


def test_what_is_kept_in_8_bits_says_the_same(tmp_path: Path) -> None:
    network = small()
    pack_network(network, tmp_path / "context.npz")
    again = load_network(tmp_path / "context.npz")
    assert again.vocabulary == VOCABULARY
    assert again.reaches == network.reaches
    for name, values in network.weights.items():
        # half a step of a row's own scale
        np.testing.assert_allclose(again.weights[name], values, atol=np.abs(values).max(initial=0) / 127)


def likeliest(read: str, at: int, *rivals: str) -> str:
    network = own_network()
    words = read.split()
    candidates = np.array([network.number[r] for r in rivals])
    capitals = np.zeros(len(words), dtype=np.int64)
    shares = network.log_shares(words, capitals, np.full(len(rivals), at), candidates)
    return rivals[int(shares.argmax())]


@pytest.mark.parametrize(
    ("text", "at", "rivals"),
    [
        ("bà con ra đồng gặt lúa về phơi", 5, ("lúa", "lùa", "lừa")),
        ("trẻ con lùa trâu về chuồng", 2, ("lúa", "lùa", "lừa")),
    ],
)
def test_words_that_are_like_known_ones_are_known_by_their_surroundings(
    text: str, at: int, rivals: tuple[str, ...]
) -> None:
    """`lúa` after what is done with grain, `lùa` before what is driven."""
    assert likeliest(bare(text), at, *rivals) == text.split()[at]


def test_letters_that_were_misread_say_which_word_it_was() -> None:
    assert likeliest("cac h6 du¢c cap dat san xuat", 2, "được", "đục", "dục", "nhà") == "được"


def test_a_word_that_the_network_lacks_counts_as_much_as_the_best() -> None:
    lattice = Lattice(
        np.array([0, 3]),
        np.array([UNKNOWN, 4, 5], dtype=np.uint64),
        np.zeros(3, dtype=np.float32),
        np.zeros(1, dtype=np.uint8),
    )
    surroundings = Surroundings(small(), VOCABULARY)
    weighed = surroundings.weigh(lattice, surroundings.look(1, scan(["ban"]), [0]), "none")
    assert weighed.log_p[0] == max(weighed.log_p[1:])
    assert weighed.log_p[1] != weighed.log_p[2]
