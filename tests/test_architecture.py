"""The house's rules that no linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("model", "normalize", "extract", "gazetteer", "checks", "emit", "pipeline", "review")
SOURCES = sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))


def imports(path):
    """The modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_nobody_imports_the_command_line():
    assert not [p for p in SOURCES if "cli" in imports(p)]


def test_records_need_the_standard_library_only():
    allowed = sys.stdlib_module_names | {"model"}
    found = {(p.name, m) for p in (ROOT / "model").glob("*.py") for m in imports(p)}
    assert not {(name, m) for name, m in found if m.split(".")[0] not in allowed}


def test_no_drawer_for_odds_and_ends():
    names = {"utils", "helpers", "common", "misc", "util"}
    assert not [p for p in SOURCES if p.stem in names]


def test_only_the_command_line_and_scripts_print():
    printing = []
    for path in SOURCES:
        if "train" in path.parts or path.name == "build.py":
            continue  # programs of their own, run by hand
        tree = ast.parse(path.read_text("utf-8"))
        calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name))
        printing += [path.name for call in calls if call.func.id == "print"]
    assert not printing


@pytest.mark.parametrize("name", ["work", "root", "farm", "home", "Users"])
def test_no_path_of_a_machine(name):
    word = f"/{name}/"
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [
        ROOT / name for name in listed.splitlines() if Path(name).suffix in {".py", ".md", ".toml", ".sh"}
    ]
    found = [str(p) for p in files if p.is_file() and word in p.read_text("utf-8")]
    assert not [f for f in found if not f.endswith("test_architecture.py")]


HOMES = {
    "what a total row is called": (
        r"tong so\b.*\btong\b|toan (?:huyen|\(\?:huyen)|def is_total_label\b",
        "normalize/totals.py",
    ),
    "what heads the row numbers": (
        r"""["']s(?:tt|o tt|o thu tu)["']|def is_ordinal_head\b""",
        "normalize/ordinals.py",
    ),
    "what numbers a row": (
        r"""def (?:read_ordinal|is_ordinal|ordinal_path)\b|IX\|IV|["']I["']: 1, ["']V["']: 5""",
        "normalize/ordinals.py",
    ),
    "which row number follows which": (
        r"def (?:succession_cost|runs_on|begins_anew)\b",
        "normalize/ordinals.py",
    ),
    "what looks like a number": (r"def (?:looks_numeric|parse_number)\b", "normalize/numbers.py"),
    "what numbers the columns": (r"^def is_numbering\b|def read_formula\b", "normalize/numbering.py"),
    "which letters are read for figures": (
        r"""def from_lookalikes\b|maketrans\(["'][^"']*[Oo][^"']*["'], ["']\d|["']0["']: ["']O""",
        "normalize/lookalikes.py",
    ),
    "what is a page's number": (r"trang\\s\*|_PAGE_NUMBER\b", "normalize/captions.py"),
    "how far rounding moves a figure": (
        r"def (?:sum_tolerance|half_unit|last_unit)\b|scaleb\(-(?:\w+\.)*decimals\)",
        "normalize/sums.py",
    ),
}


def answers(pattern, text):
    """Whether a line of a module answers a question of HOMES."""
    return any(map(re.compile(pattern).search, text.split("\n")))


@pytest.mark.parametrize("question", HOMES)
def test_a_question_has_one_home(question):
    """Words that answer it stand in its module or its word list and nowhere else."""
    pattern, home = HOMES[question]
    found = [str(p.relative_to(ROOT)) for p in SOURCES if answers(pattern, p.read_text("utf-8"))]
    assert found == [home]


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("what a total row is called", 'TOTALS = ("tong so", "tong", "cong")'),
        ("what heads the row numbers", "if fold(text) in ('tt', 'stt'):"),
        ("what numbers a row", '_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")'),
        ("what numbers a row", '_COUNTS = {"I": 1, "V": 5}'),
        ("which row number follows which", "def succession_cost(a: str, b: str) -> float:"),
        ("what looks like a number", "def looks_numeric(text: str) -> bool:"),
        ("what numbers the columns", "def is_numbering(cells: Sequence[str]) -> bool:"),
        ("which letters are read for figures", '_AS_DIGITS = str.maketrans("OoQ", "000")'),
        ("what is a page's number", r'_PAGE = re.compile(r"^trang\s*\d+")'),
        ("how far rounding moves a figure", "return Decimal(1).scaleb(-o.value.decimals) / 2"),
    ],
)
def test_a_second_answer_is_found(question, second):
    assert answers(HOMES[question][0], second)


def test_thresholds_have_names():
    """Numbers in the bodies of functions that read documents, 0, 1, 2 and 100 apart, are few (144 when this
    was written): what a threshold measures is told by its name."""
    plain = {0, 1, 2, 100}
    bare = [
        node
        for path in SOURCES
        if path.is_relative_to(ROOT / "extract")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for line in function.body
        for node in ast.walk(line)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in plain
    ]
    assert len(bare) < 300


def routes():
    """What the guide for newcomers names: each file or folder, and each name in capitals beside one."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    quoted = re.findall(r"`([^`\s]+)`", text)
    paths = [q for q in quoted if "/" in q and not re.search(r"[A-Z]{3,}|[*]|^\.\./", q)]
    named = re.findall(r"`([A-Za-z_]+)`(?: and `[A-Z_]+`)? (?:in|of) `([\w/]+\.py)`", text)
    return sorted({*paths}), sorted({*named})


def test_the_routes_of_a_newcomer_lead_somewhere():
    paths, named = routes()
    assert len(paths) > 12 and len(named) > 5
    assert not [p for p in paths if not (ROOT / p).exists()]
    assert not [(n, p) for n, p in named if not re.search(rf"\b{n}\b", (ROOT / p).read_text("utf-8"))]
