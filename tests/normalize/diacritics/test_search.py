"""The parts below the repairer: language model, beam search, tokens, case, damage."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.diacritics.beam import Judge, Lattice, best_path, weigh
from normalize.diacritics.case import recase
from normalize.diacritics.damage import classify
from normalize.diacritics.lm import BITS, MASK, LanguageModel, load_model, own_model, pack_model
from normalize.diacritics.mixture import Mixture
from normalize.diacritics.names import index_names
from normalize.diacritics.spelling import BREAK, SPECIALS, bare, lm_tokens, one_spelling
from normalize.diacritics.tokens import repair_code, scan
from normalize.diacritics.train.count_ngrams import ngrams, smooth, train
from normalize.diacritics.train.learn_confusions import align, pair_words

LINES = ["hồ sơ đã giải quyết đúng hạn.", "hồ sơ quá hạn.", "số hồ sơ đã tiếp nhận đúng hạn."] * 9


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return train(LINES, order=3)


def test_probabilities_of_a_context_sum_to_one(model: LanguageModel) -> None:
    size = len(model.vocabulary)
    words = np.arange(size, dtype=np.uint64)
    for name in ("hồ", "sơ", "hạn", "đúng"):
        context = np.full(size, model.vocabulary.index(name), dtype=np.uint64)
        assert float(np.exp(model.log_p(context, words)).sum()) == pytest.approx(1.0, abs=0.02)


def test_a_packed_model_says_the_same(model: LanguageModel, tmp_path: Path) -> None:
    pack_model(model, tmp_path / "lm.npz")
    loaded = load_model(tmp_path / "lm.npz")
    words = np.arange(len(model.vocabulary), dtype=np.uint64)
    context = np.full(len(words), model.vocabulary.index("sơ"), dtype=np.uint64)
    assert loaded.vocabulary == model.vocabulary
    assert np.allclose(loaded.log_p(context, words), model.log_p(context, words), atol=0.2)


def test_ngrams_are_counted() -> None:
    keys, counts = ngrams(np.array([1, 2, 1, 2, 3], dtype=np.uint64), 2)
    assert dict(zip(keys.tolist(), counts.tolist(), strict=True)) == {
        (1 << BITS) | 2: 2,
        (2 << BITS) | 1: 1,
        (2 << BITS) | 3: 1,
    }
    assert callable(smooth)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 6))
def test_the_beam_finds_the_best_path_of_small_lattices(seed: int, size: int) -> None:
    tiny = _tiny()
    rng = np.random.default_rng(seed)
    choices = [
        rng.choice(np.arange(4, len(tiny.vocabulary)), size=rng.integers(1, 4), replace=False)
        for _ in range(size)
    ]
    log_p = [rng.normal(-2, 2, len(c)) for c in choices]
    lattice = Lattice(
        np.cumsum([0, *map(len, choices)]),
        np.concatenate(choices).astype(np.uint64),
        np.concatenate(log_p).astype(np.float32),
        np.zeros(size, dtype=np.uint8),
    )
    judge = Judge(Mixture(tiny, tiny, 0.5), index_names([], tiny.vocabulary))
    found = best_path(lattice, judge)
    best = max(
        itertools.product(*(range(len(c)) for c in choices)), key=lambda p: _score(p, choices, log_p, tiny)
    )
    got = tuple(int(i - s) for i, s in zip(found, lattice.starts[:-1], strict=True))
    assert _score(got, choices, log_p, tiny) == pytest.approx(_score(best, choices, log_p, tiny), abs=1e-3)
    weights = weigh(lattice, judge, found, np.arange(size))
    assert len(weights) == len(lattice.ids)


_TINY: list[LanguageModel] = []


def _tiny() -> LanguageModel:
    if not _TINY:
        _TINY.append(train(LINES, order=3))
    return _TINY[0]


def _score(
    path: tuple[int, ...], choices: list[np.ndarray], log_p: list[np.ndarray], model: LanguageModel
) -> float:
    history, total = BREAK, 0.0
    for at, index in enumerate(path):
        word = int(choices[at][index])
        context, words = np.array([history], dtype=np.uint64), np.array([word], dtype=np.uint64)
        asked = Mixture(model, model, 0.5).log_p(context, words, np.zeros(1, dtype=np.bool_))
        total += float(log_p[at][index]) + float(asked[0])
        history = ((history << BITS) | word) & ((1 << (2 * BITS)) - 1)
    return total


def test_long_texts_are_cut_and_put_together(model: LanguageModel) -> None:
    word = model.vocabulary.index("hồ")
    size = 1000
    lattice = Lattice(
        np.arange(size + 1),
        np.full(size, word, dtype=np.uint64),
        np.zeros(size, np.float32),
        np.zeros(size, np.uint8),
    )
    judge = Judge(Mixture(model, model, 0.5), index_names([], model.vocabulary))
    assert best_path(lattice, judge).tolist() == list(range(size))


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("hd so s6 12/QD-UBND", ["word", "word", "word", "code"]),
        ("15/9/2022 97,5% 1.204", ["number", "number", "number"]),
        ("a@b.vn www.x.vn", ["fixed", "fixed"]),
        ("kinh té - xa hoi", ["word", "word", "word", "word"]),
        ("c) Ra soat", ["word", "word"]),
        ("| _ - …", []),
    ],
)
def test_tokens_have_kinds(line: str, kinds: list[str]) -> None:
    assert [t.kind for t in scan([line])] == kinds


def test_tokens_stand_where_they_say() -> None:
    line = "“Két qua”\tthuc hién; mot ctra, lién thong"
    for token in scan([line]):
        assert line[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("raw", "word", "shouting", "expected"),
    [
        ("KET", "kết", True, "KẾT"),
        ("Ket", "kết", False, "Kết"),
        ("ket", "kết", False, "kết"),
        ("HO", "hồ", False, "Hồ"),
        ("UBND", "ubnd", False, "UBND"),
        ("Pao", "đạo", False, "Đạo"),
        ("Gng", "ứng", False, "ứng"),
        ("Iy", "lý", False, "lý"),
        ("6", "ở", False, "ở"),
    ],
)
def test_capitals_are_restored(raw: str, word: str, shouting: bool, expected: str) -> None:
    assert recase(raw, word, shouting) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1187/QD-UBND", "1187/QĐ-UBND"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("12/HDND", "12/HĐND"),
        ("15/KH-UBND", "15/KH-UBND"),
    ],
)
def test_codes_are_repaired_by_their_own_rules(code: str, expected: str) -> None:
    assert repair_code(code) == expected


def test_spellings() -> None:
    assert [one_spelling(w) for w in ("hoà", "thuỷ", "quý", "hoàn", "khoẻ")] == [
        "hòa",
        "thủy",
        "quý",
        "hoàn",
        "khỏe",
    ]
    assert bare("Đường Đặng Hòa") == "Duong Dang Hoa"
    assert list(lm_tokens("a) Số 15/QĐ-UBND có 12 điểm.")) == ["số", "<code>", "có", "<num>", "điểm", "<brk>"]


def test_lines_are_classified_with_their_neighbours() -> None:
    known = {"ho", "so", "da", "giai", "quyet", "dung", "han"}

    def is_bare(word: str) -> bool:
        return bare(word).lower() in known

    assert classify(["ho so da giai quyet"], is_bare) == ["stripped"]
    assert classify(["hd so da giai quyét dung han"], is_bare) == ["ocr"]
    assert classify(["Hồ sơ đã giải quyết", "ho so", "đúng hạn và trước hạn"], is_bare) == ["none"] * 3
    assert classify(["lorem ipsum dolor sit"], is_bare) == ["none"]


def test_letters_are_aligned_with_their_readings() -> None:
    steps = align("ctia", "của", {}, {})
    assert "".join(letter for letter, _ in steps) == "của"
    assert "".join(reading for _, reading in steps) == "ctia"
    assert list(pair_words("c4c so", "các sở")) == [("c4c", "các"), ("so", "sở")]


def test_contexts_say_the_same_in_any_order() -> None:
    """Words are asked for a context at a time; each may as well be asked for alone."""
    model = own_model()
    keys = model.orders[4].keys[::40_000]
    words = np.concatenate([keys & MASK, keys & MASK, np.full(len(keys), 5, dtype=np.uint64)])
    contexts = np.concatenate([keys >> np.uint64(BITS), np.sort(keys)[::-1] >> np.uint64(BITS), keys])
    together = model.mixed_log_p(contexts, words)
    alone = [model.mixed_log_p(contexts[i : i + 1], words[i : i + 1])[0] for i in range(len(words))]
    assert together.tolist() == alone


def test_pairs_of_names_are_known() -> None:
    names = index_names([("An Bình", 3)], [*SPECIALS, "an", "bình"])
    pair = np.uint64((4 << BITS) | 5)
    assert names.knows(np.array([[pair, pair + np.uint64(1)]])).tolist() == [[True, False]]
    assert not index_names([], ["an"]).knows(np.array([pair])).any()
