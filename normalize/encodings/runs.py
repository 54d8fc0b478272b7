"""Text in legacy encodings → Unicode, per run of text, the evidence pooled over all lines given."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.copies import quick
from normalize.encodings import capitals
from normalize.encodings.evidence import Encoding, choose_states, decode_word, sure_states, suspicious
from normalize.encodings.fonts import font_encoding
from normalize.encodings.syllables import is_syllable
from normalize.encodings.tables import from_viqr
from normalize.unicode import has_cased

# A blank that does not break separates words, unless it is the second byte of misread UTF-8.
_BLANKS = re.compile("((?:[ \t\n\r\f\v]|(?<![\u00c3\u00c6\u00ba\u00bb])\u00a0)+)")
_LOST_U = re.compile("(?<![0-9])[-\u2212\u2010\u2011\u00ad](?![0-9])")
_SPLIT_GLYPHS = {"−": "ư", "∙": "ã", "\u00ad": "ư"}
_UNICODE: Encoding = "unicode"
_END_MARK = re.compile(r"(?<=[a-zA-Z])([.?])$")
_LETTERS = re.compile(r"[^\W\d_]+")


@quick
@dataclass(frozen=True, slots=True)
class Decoded:
    """A run of text in Unicode (NFC). `encoding` is the one most of its words came in; `losses` names what
    that encoding could not carry: `capitals` (TCVN3 and VPS print them with small letters' codes)."""

    text: str
    encoding: Encoding = "unicode"
    changed: bool = False
    losses: tuple[str, ...] = ()


def decode_as(text: str, encoding: Encoding) -> str:
    """`text` read strictly in one encoding, whatever the evidence says; NFC."""
    parts = _BLANKS.split(unicodedata.normalize("NFC", text))
    return "".join(decode_word(part, encoding) for part in parts)


def decode_text(text: str, font: str = "") -> Decoded:
    """One run of text; `font` is the name of the font it is set in, when known.

    A font that is made for an encoding decides, unless the text holds letters that encoding does not have.
    """
    hint = font_encoding(font)
    lines = text.split("\n")
    found = decode_lines(lines, [hint] * len(lines))
    joined = "\n".join(d.text for d in found)
    if capitals.is_capital_font(font_name(font)):
        joined = joined.upper()
    counts = Counter(d.encoding for d in found if d.encoding != "unicode")
    encoding: Encoding = counts.most_common(1)[0][0] if counts else "unicode"
    losses = tuple(sorted({loss for d in found for loss in d.losses}))
    return Decoded(joined, encoding, joined != text, losses)


def font_name(font: str) -> str:
    """A PDF font's name without its subset prefix (`ABCDEF+`)."""
    return font.split("+", 1)[-1]


def are_composed(texts: Iterable[str]) -> bool:
    """Whether all texts are composed Unicode already, so that nothing of them is to be decoded."""
    worded: list[str] = []
    figures: list[str] = []
    for text in texts:
        (figures if text[:1].isdecimal() and text.isascii() else worded).append(text)
    joined, of_figures = "\n".join(worded), "\n".join(figures)
    if suspicious(joined) or not unicodedata.is_normalized("NFC", joined):
        return False
    return not has_cased(of_figures) or not suspicious(of_figures)  # signs without letters are in no encoding


def decode_lines(lines: Sequence[str], hints: Sequence[Encoding | None] | None = None) -> list[Decoded]:
    """The lines of a document (or of a page, or cells in order) in Unicode.

    Lines that are composed Unicode already come back as they are. `hints` names, per line, the encoding
    that its font stands for.
    """
    hinted = hints is not None and any(hints)
    if not hinted and not any(map(suspicious, lines)):
        return [_composed(line) for line in lines]
    composed = [unicodedata.normalize("NFC", line) for line in lines]
    split = [_BLANKS.split(line) for line in composed]
    words = [[w for w in parts[::2] if w] for parts in split]
    states = sure_states(words, choose_states(words, hints))
    if all(state == "unicode" for path in states for state in path):
        return [Decoded(line) for line in composed]
    escaped = any("\\" in line for line in composed)
    decoded = [
        _decode_line(line, parts, path, escaped)
        for line, parts, path in zip(lines, split, states, strict=True)
    ]
    return _with_capitals(decoded)


def _composed(line: str) -> Decoded:
    if line.isascii():
        return Decoded(line)
    text = unicodedata.normalize("NFC", line)
    return Decoded(text, changed=text != line)


def _decode_line(line: str, parts: list[str], path: list[Encoding], escaped: bool) -> Decoded:
    counts = Counter(path)
    if set(path) <= {"unicode"}:
        text = "".join(parts)
        return Decoded(text, changed=text != line)
    states = iter(path)
    named = [(part, next(states) if i % 2 == 0 and part else None) for i, part in enumerate(parts)]
    out: list[str] = []
    for i, (part, state) in enumerate(named):
        if state is None or state == "unicode":
            out.append(part)
        elif state == "viqr":
            follower = next((p for p, s in named[i + 1 :] if s), "")
            out.append(from_viqr(part) if escaped else _loose_viqr(part, follower))
        elif state == "tcvn3":
            out.append(_tcvn3_word(part))
        else:
            out.append(decode_word(part, state))
    text = _join_split_glyphs("".join(out), set(path))
    legacy = counts.most_common()
    encoding: Encoding = next((e for e, _ in legacy if e != "unicode"), "unicode")
    losses = ("capitals",) if encoding in ("tcvn3", "vps") and text != line else ()
    return Decoded(text, encoding if text != line else _UNICODE, text != line, losses)


def _tcvn3_word(word: str) -> str:
    """A TCVN3 word, where `ư` may have come out as a hyphen or a minus (`n-íc`)."""
    plain = decode_word(word, "tcvn3")
    for match in _LOST_U.finditer(word):
        start, end = match.span()
        candidate = decode_word(word[:start], "tcvn3") + "ư" + decode_word(word[end:], "tcvn3")
        before = _LETTERS.findall(decode_word(word[:start], "tcvn3"))
        whole = _LETTERS.findall(candidate)
        alone = not before or not is_syllable(before[-1]) or word[end:] == ""
        joined = whole[len(before) - 1] if before and len(whole) >= len(before) else whole[0] if whole else ""
        if end == len(word) and not plain[:start].strip('(“"').isalpha():
            continue  # a hyphen at a line's end, behind more than the start of a syllable
        if alone and is_syllable(joined) and len(joined) > 1 and (before or _starts_with_u(candidate)):
            return candidate
    return plain


def _starts_with_u(candidate: str) -> bool:
    return candidate.startswith("ư") and is_syllable(_LETTERS.findall(candidate)[0]) and len(candidate) > 1


def _loose_viqr(word: str, follower: str) -> str:
    """A VIQR word whose writer escaped nothing: a closing `.` or `?` may be punctuation."""
    strict = from_viqr(word)
    match = _END_MARK.search(word)
    body = from_viqr(word[: match.start()]) + match.group() if match else strict
    tail = _LETTERS.findall(body)
    if not match or strict == body or not tail or not is_syllable(tail[-1]):
        return strict
    last = _LETTERS.findall(strict)
    ends_sentence = not follower or (follower[:1].isupper() and not strict[:2].isupper())
    return body if ends_sentence or not last or not is_syllable(last[-1]) else strict


def _join_split_glyphs(text: str, states: set[Encoding]) -> str:
    """`n − ớc` → `nước`: glyphs that a PDF reader set apart from their words."""
    if "tcvn3" in states:
        for glyph, letter in _SPLIT_GLYPHS.items():
            if glyph in text or f" {letter} " in text:
                text = _join_glyph(text, glyph, letter)
    if "mojibake" in states:
        text = re.sub(r"\b([^\W\d_]*à) ([^\W\d_]+)", _join_mojibake, text)
    return text


def _join_mojibake(match: re.Match[str]) -> str:
    left, right = match.groups()
    whole = left + right
    return whole if is_syllable(whole) and not is_syllable(right) else match.group()


def _join_glyph(text: str, glyph: str, letter: str) -> str:
    parts = re.split(f" *(?:{re.escape(glyph)}|(?<= ){letter}(?= )) *", text)
    if len(parts) == 1:
        return text
    out = parts[0]
    for right in parts[1:]:
        left_word = _LETTERS.findall(out)[-1:] if out and out[-1].isalpha() else []
        right_word = _LETTERS.findall(right)[:1] if right and right[0].isalpha() else []
        left, after = "".join(left_word), "".join(right_word)
        if is_syllable(left + letter + after) and after:
            out += letter + right
        elif left and is_syllable(left + letter):
            out += letter + (" " if after else "") + right
        elif after and is_syllable(letter + after):
            out += " " + letter + right
        else:
            out += f" {glyph} {right}" if out or right else glyph
    return out


def _with_capitals(decoded: list[Decoded]) -> list[Decoded]:
    """Capitals by pattern, in the lines that lost them."""
    if not any(d.losses for d in decoded):
        return decoded
    restored = capitals.restore_lines([d.text for d in decoded])
    return [
        Decoded(text, d.encoding, d.changed, d.losses) if d.losses else d
        for d, text in zip(decoded, restored, strict=True)
    ]
