"""A rule turned off in a copy of the tree is off there, and nowhere else."""

import subprocess
import sys

import pytest

from benchmarks.ablation import ROOT, _last_line_first, copy_of_tree, names, turn_off


def ask(tree, program):
    return subprocess.run(
        [sys.executable, "-c", program], cwd=tree, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def tree(tmp_path):
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout: the files of the tree are not known")
    return copy_of_tree(tmp_path)


def test_a_line_of_a_word_list(tree):
    program = "from normalize.totals import is_total_label; print(is_total_label('Cả nước'))"
    assert ask(tree, program) == "True"
    lines = (tree / "normalize/lexicon/data/totals.tsv").read_text("utf-8").splitlines()
    number = 1 + next(n for n, line in enumerate(lines) if "ca nuoc" in line)
    assert turn_off(tree, f"lexicon:totals:{number}").startswith("scope")
    assert ask(tree, program) == "False"


@pytest.mark.parametrize(
    ("rule", "program"),
    [
        ("family:answers", "from checks.registry import TABLE_RELATIONS as all; print('answers' in all)"),
        ("repair:headings", "from extract.scan.repairs.order import PAGE_REPAIRS as all;"
         " print('headings' in [r.name for r in all])"),
    ],
)  # fmt: skip
def test_a_named_rule(tree, rule, program):
    assert ask(tree, program) == "True"
    turn_off(tree, rule)
    assert ask(tree, program) == "False"


def test_a_name_that_is_none(tmp_path):
    with pytest.raises(ValueError, match="names no rule"):
        turn_off(tmp_path, "family:nobody")


def test_every_kind_is_listed():
    assert {name.partition(":")[0] for name in names()} == {"lexicon", "repair", "family"}


def test_lines_go_from_the_end():
    rules = ["lexicon:totals:3", "family:answers", "lexicon:totals:12"]
    assert sorted(rules, key=_last_line_first)[1:] == ["lexicon:totals:12", "lexicon:totals:3"]
