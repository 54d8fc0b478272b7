"""Bodies of the state as letterheads name them: which lines name one, and its name in its usual case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.unicode import fold, squeeze

_BODY_HEAD_LIST = """
uy ban nhan dan; ubnd; hoi dong nhan dan; hdnd; so; phong; van phong; ban; bo; chi cuc; cuc;
tong cuc; trung tam; cong an; truong; thanh tra; bao hiem; bao hiem xa hoi; thi uy; thi doan;
dang uy; chi nhanh; toa an; vien; uy ban;
kho bac; ngan hang; dai hoc; benh vien; cong ty; huyen uy; tinh uy; thanh uy; mat tran; hoi; to;
doan; buu dien; chinh phu; thu tuong chinh phu; bo tu lenh; bo chi huy; ban chi dao; ban quan ly; dang bo;
chi bo; ban chap hanh; ban thuong vu; lien doan; lien minh; hop tac xa; xi nghiep; nha may; tap doan; tong
cong ty; hoc vien; tram; hat; vien kiem sat; toa an nhan dan; tong cuc; vu; quoc hoi; van phong quoc hoi;
quy; nha truong; cong doan; tinh doan; huyen doan; thanh doan; quan uy; quan khu; nong truong; lam truong;
benh xa; chu tich nuoc """
_BODY_HEADS = [head.strip() for head in _BODY_HEAD_LIST.split(";")]
_UNIT_TYPES = (
    "tinh",
    "thanh pho",
    "tp",
    "quan",
    "huyen",
    "thi xa",
    "tx",
    "phuong",
    "xa",
    "thi tran",
    "tt",
    "dac khu",
)
_SHORT = ("UBND", "HĐND")
_CAPITALIZED_AFTER = {"va", "-", "–", ","}
# Capitals that open a title or say who enacts, and go on with no body's name: they stand under letterheads,
# most of all in workbooks, which set no type of document apart.
_NO_BODY = re.compile(
    r"^(?:bieu|bang|danh sach|danh muc|tong hop|ket qua|phu luc|phu bieu|thong ke|tinh hinh|cong bo|gia"
    r"|don gia|du toan|quyet toan|mau|khoa|ky hop|quy|thang|nam|chu tich|pho chu tich|giam doc|bo truong"
    r"|thu tuong|cong khai|thuyet minh|so lieu|so sanh|chi tieu|thuc hien|ke hoach|bao cao|thong bao)\b"
)
# Offices that are bodies of their own and issue under their name alone.
_OFFICE_AS_BODY = frozenset({"thu tuong chinh phu", "chu tich nuoc"})
_OF_OFFICE = re.compile(r"^(?:pho\s+)?(?:chu tich|giam doc|chanh van phong|bo truong|truong phong)\s+")
# Bodies of the Party and of unions, whose names go on with a place's.
_OVER_A_PLACE = frozenset(
    (
        "huyen uy",
        "tinh uy",
        "thanh uy",
        "thi uy",
        "quan uy",
        "huyen doan",
        "tinh doan",
        "thanh doan",
        "thi doan",
    )
)
_HAS_NO_PLACE = ("so", "phong", "van phong", "ban", "chi cuc", "thanh tra", "trung tam")


def issuing_bodies(lines: Sequence[str]) -> tuple[str, str]:
    """(parent, issuer) from the lines of the left column; the last body named issues the document."""
    bodies: list[str] = []
    for line in lines:
        key = fold(line)
        opens = any(key.startswith(head + " ") for head in _BODY_HEADS)
        opens = opens or (
            key in _BODY_HEADS and (" " in key or not bodies)
        )  # `... HUYỆN TUY / PHONG` goes on
        unit = any(key.startswith(kind + " ") for kind in _UNIT_TYPES)
        unit = unit and not any(
            " " in head and key.startswith(head + " ") for head in _BODY_HEADS
        )  # `Huyện ủy`
        no_body = bool(_NO_BODY.match(key)) and key not in _OFFICE_AS_BODY
        if no_body or (not opens and any(c.isdigit() for c in key)):
            if bodies:
                break
            continue
        if opens and not unit:
            bodies.append(line)
        elif bodies:
            bodies[-1] = f"{bodies[-1]} {line}"
    named = list(dict.fromkeys(canonical_body(body) for body in bodies))
    if not named:
        return "", ""
    return (named[-2] if len(named) > 1 else ""), named[-1]


def canonical_body(text: str) -> str:
    """A body's name in its usual case: `Ủy ban nhân dân huyện Định Hóa`, `Sở Tài chính`. `UBND` and `HĐND`
    stay as short as they are printed."""
    text = re.sub(r"\bTP\b\.?", "thành phố", squeeze(text).strip(" .,;:()*-"))
    words = text.split()
    if sum(w.isupper() for w in words) <= len(words) // 2 and not text.isupper():
        return text[:1].upper() + text[1:]
    return _recased([w.lower() if w.isupper() and w not in _SHORT else w for w in words])


def _recased(words: list[str]) -> str:
    """Lower-case words with the capitals a body's name has: its first word, the field it is named for,
    and every word of a place after its type."""
    keys = [fold(w) for w in words]
    out = list(words)
    place_from = next(
        (i + len(kind.split()) for i in range(1, len(words)) for kind in _unit_type_at(keys, i)), len(words)
    )
    head = next(
        (
            len(h.split())
            for h in sorted(_BODY_HEADS, key=len, reverse=True)
            if keys[: len(h.split())] == h.split()
        ),
        1,
    )
    if " ".join(keys[:2]) in _OVER_A_PLACE:
        place_from = min(place_from, 2)
    place_from = min(
        place_from, next((i for i in range(len(keys)) if keys[i : i + 2] == ["viet", "nam"]), place_from)
    )
    out[0] = out[0] if out[0] in _SHORT else out[0].capitalize()
    for i in range(1, len(words)):
        if words[i] in _SHORT:
            continue
        if i >= place_from or i == head or (i > head and keys[i - 1].strip(",") in _CAPITALIZED_AFTER):
            out[i] = out[i].capitalize()
        if i > head and keys[i - 1].endswith(","):
            out[i] = out[i].capitalize()
    for i in range(1, len(words)):
        for kind in _unit_type_at(keys, i):
            for k in range(len(kind.split())):
                out[i + k] = words[i + k].lower()
        if keys[i : i + 2] == ["chinh", "phu"]:
            out[i] = words[i].capitalize()
        if keys[i] == "va" or keys[i : i + 3] == ["uy", "ban", "nhan"]:
            out[i] = words[i].lower() if keys[i] == "va" else words[i].capitalize()
    return " ".join(out)


def _unit_type_at(keys: Sequence[str], i: int) -> list[str]:
    """The type of unit that stands at word `i`, with a name after it."""
    for kind in sorted(_UNIT_TYPES, key=len, reverse=True):
        size = len(kind.split())
        if keys[i] == "xa" and list(keys[i + 1 : i + 2]) == ["hoi"]:
            continue  # `Bảo hiểm xã hội`
        if list(keys[i : i + size]) == kind.split() and i + size < len(keys):
            return [kind]
    return []


def is_body(text: str) -> bool:
    """Whether a text begins as bodies' names do (`UBND`, `Sở`, `Trung tâm`)."""
    key = fold(text)
    return any(key == head or key.startswith(head + " ") for head in _BODY_HEADS)


def body_of_office(text: str) -> str:
    """The body whose head a text names (`Chủ tịch UBND tỉnh` → `UBND tỉnh`); the text itself otherwise."""
    squeezed = squeeze(text)
    match = _OF_OFFICE.match(fold(squeezed))
    return squeezed[match.end() :] if match and len(fold(squeezed)) == len(squeezed) else squeezed


def with_place_of(issuer: str, parent: str) -> str:
    """An office without a place of its own with the place of the body over it: `Sở Tài chính` under `UBND
    tỉnh Mẫu` is `Sở Tài chính tỉnh Mẫu`."""
    words, above = issuer.split(), parent.split()
    keys, keys_above = [fold(w) for w in words], [fold(w) for w in above]
    own = any(_unit_type_at(keys, i) for i in range(1, len(keys)))
    head = any(fold(issuer).startswith(h + " ") for h in _HAS_NO_PLACE)
    at = next((i for i in range(len(above)) if _unit_type_at(keys_above, i)), None)
    if own or not head or at is None:
        return issuer
    return f"{issuer} {' '.join(above[at:])}"
