"""What a figure counts, named behind it: `ban hành 58 văn bản chỉ đạo`."""

from __future__ import annotations

import re
from functools import cache

from normalize.lexicon import entries
from normalize.prose.figures import Figure, plain_key

_COUNTED_LETTERS, _COUNTED_WORDS = 70, 6  # how far what a figure counts is followed


_DOES = re.compile(
    r"(?:da\s+)?(?:phat hien|bat|thu giu|xu ly|xu phat|cap|kiem tra|to chuc|ban hanh|tiep nhan"
    r"|giai quyet|xay dung|xay ra"
    r"|trong moi|thuc hien|hoan thanh|tuyen truyen|tap huan|ho tro|nao vet|tu sua|sua chua|kham|tiem"
    r"|thu gom|van dong)\b"
)
_SCALE = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for word, _ in entries(name))


def with_counted(own: str, text: str, figure: Figure) -> str:
    """The subject with what the figure counts behind it, where that is a thing of its own that the words
    before it don't name. A measure alone (`3.215 con`) names nothing, unless a verb stands before the
    figure."""
    start = figure.start if figure.unit in ("", "count") else figure.end
    tail = re.split(r"[,;:.()“”](?!\d)|\s[–-]\s", text[start : start + _COUNTED_LETTERS], maxsplit=1)[0]
    words = _SCALE.sub("", re.sub(r"^[\d.,/%+−\s-]+", "", tail)).split()
    stops = _words("after_counted")
    end = next((i for i, word in enumerate(words) if word.lower() in stops or not word.isalpha()), len(words))
    counted = words[: min(end, _COUNTED_WORDS)]
    if not counted or " ".join(map(plain_key, counted[:2])) in plain_key(own):
        return own
    if _is_measure(counted) and not begins_with_deed(own):
        return own
    return f"{own} {' '.join(counted)}"


def begins_with_deed(words: str) -> bool:
    """Whether words say what was done (`thu giữ`), not to what."""
    return bool(_DOES.match(plain_key(words)))


def _is_measure(words: list[str]) -> bool:
    """Whether words are a measure or a counter and nothing more."""
    measures = _words("measures")
    return " ".join(words).lower() in measures or (len(words) == 1 and words[0].lower() in measures)
