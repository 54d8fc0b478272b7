"""An RTF file as a text body: one pass over its tokens, a stack of states, no recursion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.office.content import Block, Paragraph, Run, TextBody
from extract.office.rtf.fonts import RtfFont, decoded
from extract.office.rtf.passed import Passed
from extract.office.rtf.tables import Row, RowForm, built
from extract.office.rtf.tokens import Token, tokens
from extract.office.unread import told
from extract.office.word.superscript import raised
from model.errors import DamagedFileError, TooCostlyError

_LARGEST = 512 << 20
_DEEPEST_TABLE = 20
_SIGNS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "chftn": "",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_ASIDE = frozenset(
    ("info", "stylesheet", "colortbl", "pict", "fldinst", "objdata", "shprslt", "pntxta", "pntxtb",
     "listtable", "listoverridetable", "rsidtbl", "themedata", "xe", "tc", "nonshppict", "revtbl", "filetbl",
     "datafield", "sp", "private", "xmlnstbl", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn")
)  # fmt: skip
_PARTS = {
    "footnote": "notes", "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer", "shptxt": "boxes",
    "annotation": "aside",
}  # fmt: skip
_CELL_SIDES = ("clbrdrt", "clbrdrb", "clbrdrl", "clbrdrr")
_LINES = ("brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair", "brdrtriple", "brdrdashsm",
          "brdrdashd", "brdrdashdd")  # fmt: skip
_KNOWN_STARRED = frozenset({"shpinst", "shptxt", "nesttableprops", "shppict", "footnote"})
_MEGABYTE_BITS = 20
_HEAD_BYTES = 5
_UTF16_UNIT = 0xFFFF
_LOW_SURROGATES = 0xDC00
_AFTER_SURROGATES = 0xE000
_SUPPLEMENTARY = 0x10000
_HIGH_SURROGATES = 0xD800
_SURROGATE_BITS = 10


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: where its text goes, the look of its characters and paragraphs."""

    target: str = "body"
    font: int = -1
    bold: bool = False
    hidden: bool = False
    up: bool = False
    skip: int = 1
    centred: bool = False
    level: int = 0


@dataclass(slots=True)
class _Level:
    """A table being read: what the open cell holds, the cells of the open row, the rows."""

    blocks: list[Block] = field(default_factory=list)
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    form: RowForm = field(default_factory=RowForm)


@dataclass(slots=True)
class _Part:
    """One stream of text (the body, a footnote, a header): its runs and its tables, level by level."""

    runs: list[Run] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=lambda: [_Level()])

    def reach(self, level: int) -> None:
        """Open tables down to `level`, close deeper ones into the cell they stand in."""
        while len(self.levels) > level + 1:
            done = self.levels.pop()
            if done.cells or done.blocks:
                done.rows.append(Row(done.form, (*done.cells, tuple(done.blocks))))
            if done.rows:
                self.levels[-1].blocks.append(built(done.rows))
        while len(self.levels) <= min(level, _DEEPEST_TABLE):
            self.levels.append(_Level())

    def end_paragraph(self, centred: bool, level: int, always: bool = True) -> None:
        """The runs so far are a paragraph of the table level."""
        self.reach(level)
        if self.runs or always:
            self.levels[-1].blocks.append(Paragraph(tuple(self.runs), centred))
        self.runs = []

    def end_cell(self, centred: bool, level: int) -> None:
        self.end_paragraph(centred, max(level, 1), always=False)
        here = self.levels[-1]
        here.cells.append(tuple(here.blocks))
        here.blocks = []

    def end_row(self, level: int) -> None:
        self.reach(max(level, 1))
        here = self.levels[-1]
        if here.cells:
            here.rows.append(Row(here.form, tuple(here.cells)))
        here.cells = []
        here.form = replace(here.form, cells=list(here.form.cells))

    def finished(self, centred: bool) -> tuple[Block, ...]:
        if self.runs:
            self.end_paragraph(centred, len(self.levels) - 1)
        self.reach(0)
        return tuple(self.levels[0].blocks)


def read_rtf(path: Path) -> TextBody:
    """The text of an RTF file. Raises DamagedFileError, TooCostlyError."""
    if path.stat().st_size > _LARGEST:
        raise TooCostlyError(f"{path.name}: an RTF file of over {_LARGEST >> _MEGABYTE_BITS} MB")
    data = path.read_bytes()
    if not data.lstrip()[:_HEAD_BYTES].startswith(b"{\\rt"):
        raise DamagedFileError(f"{path.name}: not an RTF file")
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    return reader.body()


class _Reader:
    """Takes tokens one by one."""

    def __init__(self) -> None:
        self._state = _State()
        self._stack: list[_State] = []
        self._parts: dict[str, _Part] = {"body": _Part()}
        self._fonts: dict[int, RtfFont] = {}
        self._font_open = RtfFont("")
        self._font_number = -1
        self._default_font = -1
        self._code_page = "cp1252"
        self._starred = False
        self._to_skip = 0
        self._passed = Passed()
        self._notes = 0
        self._seen: set[str] = set()

    def take(self, token: Token) -> None:
        """One token."""
        if token.kind == "open":
            self._stack.append(self._state)
            self._to_skip = 0
        elif token.kind == "close":
            self._close()
        elif token.kind == "bytes":
            self._bytes(token.data)
        elif token.kind == "symbol":
            self._symbol(token.name)
        else:
            self._word(token.name, token.parameter)
        if token.kind != "symbol" or token.name != "*":
            self._starred = False

    def body(self) -> TextBody:
        """What was read."""
        found = {name: part.finished(False) for name, part in self._parts.items()}
        return TextBody(
            (*found["body"], *found.get("boxes", ())),
            _texts(found.get("header", ())), _texts(found.get("footer", ())), _texts(found.get("notes", ())),
            *told(self._passed.seen),
        )  # fmt: skip

    def _close(self) -> None:
        before = self._state
        if self._stack:
            self._state = self._stack.pop()
        if before.target != self._state.target:
            if before.target == "fonttbl" and self._font_number >= 0:
                self._keep_font()
            if before.target in ("notes", "header", "footer", "boxes"):
                part = self._part(before.target)
                part.end_paragraph(before.centred, 0, always=False)
        self._to_skip = 0

    def _part(self, name: str) -> _Part:
        return self._parts.setdefault(name, _Part())

    @property
    def _here(self) -> _Part:
        return self._part(self._state.target)

    def _bytes(self, data: bytes) -> None:
        if self._to_skip:
            cut = min(self._to_skip, len(data))
            self._to_skip, data = self._to_skip - cut, data[cut:]
        if not data:
            return
        if self._state.target == "fonttbl":
            self._font_name(decoded(data, "cp1252"))
            return
        font = self._fonts.get(self._font_in_use())
        self._text(decoded(data, font.code_page(self._code_page) if font else self._code_page))

    def _font_in_use(self) -> int:
        return self._state.font if self._state.font >= 0 else self._default_font

    def _text(self, text: str) -> None:
        state = self._state
        if state.target in ("aside", "fonttbl") or state.hidden or not text:
            return
        font = self._fonts.get(self._font_in_use())
        if state.up and (high := raised(text)):
            self._here.runs.append(Run(high, "", state.bold))
            return
        self._here.runs.append(Run(text, font.name if font else "", state.bold))

    def _font_name(self, text: str) -> None:
        name, end, _ = text.partition(";")
        self._font_open = replace(self._font_open, name=self._font_open.name + name)
        if end:
            self._keep_font()

    def _keep_font(self) -> None:
        self._fonts[self._font_number] = replace(self._font_open, name=self._font_open.name.strip())
        self._font_open, self._font_number = RtfFont(""), -1

    def _symbol(self, name: str) -> None:
        if name == "*":
            self._starred = True
        elif self._to_skip:
            self._to_skip -= 1
        elif name in ("\n", "\r"):
            self._paragraph()
        elif name in _SYMBOLS:
            self._text(_SYMBOLS[name])

    def _word(self, name: str, parameter: int | None) -> None:
        if name == "u" and parameter is not None:
            self._unicode(parameter)
            return
        if name in _ASIDE or (self._starred and name not in _KNOWN_STARRED):
            if self._state.target != "aside":
                self._passed.begins(name)
            self._state = replace(self._state, target="aside")
            return
        if self._state.target == "aside":
            self._passed.holds(name, parameter or 0)
            return
        if self._state.target == "fonttbl" or name == "fonttbl":
            self._font_word(name, parameter)
        elif name in _PARTS:
            self._begin_part(name)
        elif name in _SIGNS:
            self._text(_SIGNS[name])
        else:
            action = _ACTIONS.get(name)
            if action is not None:
                action(self, 1 if parameter is None else parameter)

    def _unicode(self, code: int) -> None:
        code &= _UTF16_UNIT
        if _LOW_SURROGATES <= code < _AFTER_SURROGATES and self._high:
            self._text(
                chr(
                    _SUPPLEMENTARY
                    + ((self._high - _HIGH_SURROGATES) << _SURROGATE_BITS)
                    + code
                    - _LOW_SURROGATES
                )
            )
            self._high = 0
        elif _HIGH_SURROGATES <= code < _LOW_SURROGATES:
            self._high = code
        else:
            self._text(chr(code))
        self._to_skip = self._state.skip

    _high = 0

    def _font_word(self, name: str, parameter: int | None) -> None:
        if name == "fonttbl":
            self._state = replace(self._state, target="fonttbl")
        elif name == "f" and parameter is not None:
            self._font_number = parameter
            self._font_open = RtfFont("")
        elif name == "fcharset" and parameter is not None:
            self._font_open = replace(self._font_open, charset=parameter)

    def _begin_part(self, name: str) -> None:
        target = _PARTS[name]
        if target == "notes":
            self._notes += 1
            mark = raised(str(self._notes))
            self._here.runs.append(Run(mark))
            self._part("notes").runs.append(Run(mark + " "))
        self._state = _State(target=target, font=self._state.font, skip=self._state.skip)

    def _paragraph(self) -> None:
        if self._state.target not in ("aside", "fonttbl"):
            self._here.end_paragraph(self._state.centred, self._state.level)

    def _set(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _form(self) -> RowForm:
        part = self._here
        part.reach(max(self._state.level, len(part.levels) - 1, 1))
        return part.levels[-1].form

    def _new_form(self, _: int) -> None:
        self._form()
        self._here.levels[-1].form = RowForm()

    def _cell_merge(self, **how: str) -> None:
        form = self._form()
        form.pending = replace(form.pending, **how)  # type: ignore[arg-type]

    def _border_begins(self, _: int) -> None:
        self._form().border_of_cell = True

    def _border_drawn(self, _: int) -> None:
        part = self._here
        form = part.levels[-1].form
        if len(part.levels) > 1 and form.border_of_cell:
            form.pending = replace(form.pending, ruled=True)


def _texts(blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs of notes or of a header, each text once."""
    found: dict[str, Paragraph] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            if text := block.text.strip():
                found.setdefault(text, block)
        else:
            for cell in block.cells:
                found.update({p.text.strip(): p for p in _texts(cell.blocks)})
    return tuple(found.values())


def _default_code_page(reader: _Reader, number: int) -> None:
    reader._code_page = f"cp{number}"


def _default_font(reader: _Reader, number: int) -> None:
    reader._default_font = number


def _plain(reader: _Reader, _: int) -> None:
    reader._set(font=-1, bold=False, hidden=False, up=False)


_ACTIONS: dict[str, Callable[[_Reader, int], None]] = {
    "par": lambda r, _: r._paragraph(),
    "sect": lambda r, _: r._paragraph(),
    "cell": lambda r, _: r._here.end_cell(r._state.centred, 1),
    "nestcell": lambda r, _: r._here.end_cell(r._state.centred, max(r._state.level, 2)),
    "row": lambda r, _: r._here.end_row(1),
    "nestrow": lambda r, _: r._here.end_row(max(r._state.level, 2)),
    "trowd": _Reader._new_form,
    "trleft": lambda r, n: setattr(r._form(), "left", n),
    "trhdr": lambda r, _: setattr(r._form(), "header", True),
    "cellx": lambda r, n: r._form().close_cell(n),
    "clvmgf": lambda r, _: r._cell_merge(down="first"),
    "clvmrg": lambda r, _: r._cell_merge(down="goes on"),
    "clmgf": lambda r, _: r._cell_merge(across="first"),
    "clmrg": lambda r, _: r._cell_merge(across="goes on"),
    "pard": lambda r, _: r._set(centred=False, level=0),
    "plain": _plain,
    "qc": lambda r, _: r._set(centred=True),
    "ql": lambda r, _: r._set(centred=False),
    "qj": lambda r, _: r._set(centred=False),
    "qr": lambda r, _: r._set(centred=False),
    "intbl": lambda r, _: r._set(level=max(r._state.level, 1)),
    "itap": lambda r, n: r._set(level=max(0, min(n, _DEEPEST_TABLE))),
    "f": lambda r, n: r._set(font=n),
    "b": lambda r, n: r._set(bold=n != 0),
    "v": lambda r, n: r._set(hidden=n != 0),
    "deleted": lambda r, n: r._set(hidden=n != 0),
    "super": lambda r, n: r._set(up=n != 0),
    "nosupersub": lambda r, _: r._set(up=False),
    "uc": lambda r, n: r._set(skip=max(0, n)),
    "ansicpg": _default_code_page,
    "mac": lambda r, _: setattr(r, "_code_page", "mac_roman"),
    "pc": lambda r, _: setattr(r, "_code_page", "cp437"),
    "pca": lambda r, _: setattr(r, "_code_page", "cp850"),
    "deff": _default_font,
    **dict.fromkeys(_CELL_SIDES, _Reader._border_begins),
    **dict.fromkeys(_LINES, _Reader._border_drawn),
}  # fmt: skip
