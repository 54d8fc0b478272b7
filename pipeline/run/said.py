"""What the command line says, in Vietnamese and English."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args

from model.errors import ExtractError
from pipeline.run.vietnamese import VIETNAMESE

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts (POSIX)

_SAID: dict[str, tuple[str, str]] = {
    "closing": (
        "{inputs} tệp: đã đọc {read} (lần này {now}), không đọc được {failed}, bỏ qua {skipped};"
        " {pages} trang trong {seconds} giây",
        "{inputs} inputs: {read} read ({now} now), {failed} failed, {skipped} skipped;"
        " {pages} pages in {seconds} s",
    ),
    "tables": (
        "{tables} bảng; điểm cần xem: {errors} lỗi, {warnings} cảnh báo, {infos} ghi chú",
        "{tables} tables; flags: {errors} errors, {warnings} warnings, {infos} notes",
    ),
    "figures": (
        "{figures} số liệu, trong đó {proved} đã chứng minh ({share})",
        "{figures} figures, {proved} of them proved ({share})",
    ),
    "written": (
        "đã ghi vào {out}; xem các điểm cần xem bằng: extract review {out}",
        "written to {out}; look at the flags with: extract review {out}",
    ),
    "kept": (
        "bộ dữ liệu ở đây đã được sửa sau lần đọc trước; bản đó được giữ ở {kept}",
        "the set here had been changed since the last run; it is kept in {kept}",
    ),
    "interrupted": (
        "đã dừng; lần chạy sau sẽ làm tiếp từ đây",
        "interrupted; the next run goes on from here",
    ),
    "same_bytes": (
        "{n} tệp trùng hoàn toàn với tệp khác:",
        "{n} files have the same bytes as others:",
    ),
    "same_as": ("  {path} giống {first}", "  {path} is the same as {first}"),
    "would_read": ("đọc      {path} ({kind})", "read     {path} ({kind})"),
    "would_skip": ("bỏ qua   {path}: {reason}", "skip     {path}: {reason}"),
    "would_fail": ("không đọc được  {path}: {reason}", "can't    {path}: {reason}"),
    "dry_end": (
        "sẽ đọc {read} tệp, bỏ qua {skipped}, không đọc được {failed}; chưa đọc và chưa ghi gì",
        "{read} files would be read, {skipped} skipped, {failed} can't be; nothing was read or written",
    ),
    "checked": (
        "{documents} văn bản, {flags} điểm cần xem ({errors} lỗi)",
        "{documents} documents, {flags} flags ({errors} errors)",
    ),
    "edited": (
        "đã sửa {edited} ô; bộ dữ liệu trước khi sửa nằm ở {kept}",
        "{edited} cells were edited; the set as it was lies in {kept}",
    ),
    "unfit": (
        "một quyết định của người xem không còn khớp: {line}",
        "a reviewer's decision no longer fits: {line}",
    ),
    "report": ("báo cáo: {path}", "report: {path}"),
    "no_flag": ("{n} {what} không bị đánh dấu cần xem", "{n} {what} carry no flag"),
    "no_unit": (
        "không có đơn vị hành chính nào tên {name}{near}",
        "no unit is known by the name {name}{near}",
    ),
    "near": ("; dưới đây là các tên gần nhất", "; the nearest are listed"),
    "no_province": (
        "không có tỉnh, thành phố nào tên {name}{near}",
        "no province is called {name}{near}",
    ),
    "near_provinces": ("; gần nhất: {names}", "; the nearest: {names}"),
    "no_date": (
        "{text} không phải là ngày; hãy viết 31/10/2024, 10/2024, 2024-10-31, 2024-10 hoặc 2024",
        "{text} is no date; write 2024-10-31, 2024-10, 2024, 31/10/2024 or 10/2024",
    ),
}


def language(given: str = "", environ: Mapping[str, str] = os.environ) -> Language:
    """The language asked for, else the locale's, else English."""
    if given in LANGUAGES:
        return "vi" if given == "vi" else "en"
    locale = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    return "vi" if locale.lower().startswith("vi") else "en"


def in_language(lang: Language, text: str) -> str:
    """A sentence of the program in a language; what a system says stays as it is."""
    return text if lang == "en" else _in_vietnamese(text)


def told_in(lang: Language, error: ExtractError) -> str:
    """An error and what to do about it."""
    return f"{in_language(lang, str(error))} {in_language(lang, error.advice)}".strip()


@lru_cache(maxsize=1)
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with their values left open, those that say most first. Of one that begins with a file's name
    the rest is one, too: documents.csv leaves the name out."""
    known = dict(VIETNAMESE)
    for english, vietnamese in VIETNAMESE.items():
        if english.startswith("{}: ") and vietnamese.startswith("{0}: "):
            moved = re.sub(r"\{(\d)\}", _one_less, vietnamese[len("{0}: ") :])
            known.setdefault(english[len("{}: ") :], moved)
    order = sorted(known, key=lambda text: (-len(text.replace("{}", "")), text))
    return tuple((_pattern(english), known[english]) for english in order)


def _one_less(value: re.Match[str]) -> str:
    return "{" + str(int(value[1]) - 1) + "}"


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL)


@lru_cache(maxsize=1024)
def _in_vietnamese(text: str) -> str:
    if text in VIETNAMESE and "{" not in text:
        return VIETNAMESE[text]
    first, stop, rest = text.partition(". ")
    while stop:  # an error and its advice, as documents.csv joins them
        if rest in VIETNAMESE:
            return f"{_in_vietnamese(first)}. {VIETNAMESE[rest]}"
        more, stop, rest = rest.partition(". ")
        first = f"{first}. {more}"
    for pattern, vietnamese in _templates():
        match = pattern.fullmatch(text)
        if match is not None and pattern.pattern.replace("(.*?)", ""):
            values = (v if v == text else _in_vietnamese(v) for v in match.groups())
            return vietnamese.format(*values)
    return text


def said(lang: Language, key: str, **values: object) -> str:
    """A sentence in a language, with its values."""
    return _SAID[key][LANGUAGES.index(lang)].format(**values)
