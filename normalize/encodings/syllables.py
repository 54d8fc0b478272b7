"""Which strings can be a Vietnamese syllable at all.

The orthography is closed: an initial, a rime, a tone, and only two tones on rimes that end in a stop
(Đoàn Thiện Thuật, Ngữ âm tiếng Việt). A wrong decoding nearly always leaves it, which is the evidence
that tells encodings apart without a word list.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_INITIALS = ("ngh", "ng", "gh", "gi", "kh", "nh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnpqrstvx")
_RIME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un
ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm
ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
_AFTER_QU_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eng eo et ê êch ên ênh êt
i ich it ô ôc ơ ơi ơn y ych yên yêt yêu ynh yt
"""
_RIMES = frozenset(_RIME_LIST.split())
_AFTER_QU = frozenset(_AFTER_QU_LIST.split())
_AFTER_GI = _RIMES - {"y", "yêm", "yên", "yêng", "yêt", "yêu"}
_STOPS = ("c", "ch", "p", "t")


def split_tone(word: str) -> tuple[str, str]:
    """The lower-case letters of a word without tone (NFC), and its tone marks as combining characters."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)), tones


def _rime_fits(rime: str, allowed: frozenset[str], tone: str) -> bool:
    if rime not in allowed:
        return False
    return not rime.endswith(_STOPS) or tone in ("\u0301", "\u0323")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) is spelled as a Vietnamese syllable, tone rules included."""
    letters, tone = split_tone(word)
    if not letters or len(letters) > 7 or len(tone) > 1:
        return False
    for initial in _INITIALS:
        if not letters.startswith(initial):
            continue
        rest = letters[len(initial) :]
        if initial == "qu":
            return _rime_fits(rest, _AFTER_QU, tone)
        if initial == "gi":
            if _rime_fits(rest, _AFTER_GI, tone):
                return True
            continue
        return _rime_fits(rest, _RIMES, tone)
    return _rime_fits(letters, _RIMES, tone)
