"""Rows of a place column that are no places: agencies (`Sở Y tế`, `Phòng Tư pháp`), totals, captions.

Words are compared folded. An agency is known by its head word together with what it is in charge of, since
`Phong Phú`, `Ban Phiệt` or `Hội An` are places.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from normalize.totals import begins_with_sum
from normalize.unicode import fold

_DOMAINS = (
    "y te", "tu phap", "noi vu", "tai chinh", "tai chinh ke hoach", "cong thuong", "xay dung",
    "giao duc va dao tao", "giao duc", "gd&dt", "gddt", "khoa hoc va cong nghe", "kh&cn", "khcn",
    "ke hoach va dau tu", "kh&dt", "lao dong thuong binh va xa hoi", "lao dong tb&xh", "ld tb&xh",
    "ldtb&xh", "ldtbxh", "ld-tb&xh", "nong nghiep va phat trien nong thon", "nong nghiep va ptnt",
    "nn&ptnt", "nn va ptnt", "nong nghiep", "nong nghiep va moi truong", "nn&mt", "thong tin va truyen thong",
    "tt&tt", "tttt", "tai nguyen va moi truong", "tai nguyen", "tn&mt", "tnmt", "tn va mt",
    "van hoa the thao va du lich", "van hoa", "vh tt&dl", "vhtt&dl", "vhttdl", "van hoa va the thao",
    "van hoa thong tin", "vhtt", "van hoa xa hoi", "van hoa khoa hoc va thong tin", "du lich",
    "giao thong van tai", "gtvt", "gt vt", "ngoai vu", "quy hoach kien truc", "qhkt", "quan ly do thi",
    "qldt", "kinh te", "kinh te ha tang", "kinh te va ha tang", "kt&ht", "kt-ht", "dan toc",
    "dan toc va ton giao", "thanh tra", "cong chung", "dang ky dat dai", "hanh chinh cong", "to chuc",
    "chinh sach", "lao dong", "tnmt", "tai chinh - ke hoach", "thi dua khen thuong",
    "xuc tien dau tu", "an toan thuc pham",
)  # fmt: skip
_FUZZY_LENGTH, _FUZZY_SCORE = 8, 90.0  # from which a misread domain still counts (`So Cong Thưong`)
_HEADS = ("so", "phong", "ban", "chi cuc", "cuc", "vien", "doi", "to", "bo")
_ALWAYS = re.compile(
    r"^(?:van phong\b|vp\b|bo phan\b|trung tam|tt (?=phuc vu|hanh chinh|y te|van hoa|hcc|pvhcc)|"
    r"chi nhanh|benh vien|truong (?=thpt|thcs|tieu hoc|mam non|dai hoc|cao dang|trung (?:hoc|cap))|"
    r"(?:ban|bql) (?:quan [li1]y|ql|chi huy|giai phong|tiep cong dan|to chuc|tuyen giao|dan van)|bql|"
    r"cong an (?=\w)|cong an$|bao hiem|bhxh|kho bac|thue (?=tinh|huyen|thanh|co so|khu vuc)|"
    r"cuc thue|chi cuc|hai quan\b|ngan hang|dien luc|cong ty|tap doan|vien kiem sat|vksnd|toa an|tand|"
    r"thanh tra (?=tinh|huyen|so|thanh|thi|quan)|thanh tra$|bo chi huy|bch|quan su|hat kiem lam|"
    r"doi (?=quan ly|thi hanh)|don (?=bien phong|cong an)|tram (?=y te|khuyen)|"
    r"mat tran|ubmttq|hoi (?=nong dan|cuu chien|lien hiep|chu thap|lhpn|ccb)|lien doan|"
    r"(?:tinh|huyen) doan(?= thanh|$)|doan thanh nien|(?:huyen|tinh|thanh|dang) uy\b|co quan|don vi\b|"
    r"khoi (?=co quan|mat tran|doan|dang|don vi|hanh chinh)|nha van hoa|"
    r"cac (?=(?:so|phong|ban|co quan|don vi)\b)|doanh nghiep|to (?=chuc|cong tac)|"
    r"hdnd (?!va ubnd|& ?ubnd|- ?ubnd))"
)
_PERSON = re.compile(  # heads of offices listed by name
    r"^(?:nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|lo|dinh|mai|luong|quang|ca|"
    r"lu|giang|ma|trieu|nong|vi|ha|cao|to|ta|trinh|dao|doan|lam|chu|vang|tong) (?:thi|van)(?: [a-z]+){1,2}$"
)
_NO_UNIT = re.compile(
    r"^(?:toan dia ban|binh quan|trung binh(?: (?:chung|toan|cac).*)?$|"
    r"(?:ubnd )?cap (?:xa|huyen|tinh|thanh pho|so)|(?:ubnd )?cac (?:xa|huyen|phuong|thi|dia phuong|quan)|"
    r"(?:khoi|nhom|cum|vung) (?:xa|huyen|phuong|cac|thi|dia|\d|[ivx]+\b)|"
    r"don vi$|ten don vi|noi dung$|ghi chu|dia phuong$|trong do|so voi|ke hoach|thuc hien)"
)


def is_total(text: str) -> bool:
    """Whether a row's text names a total, an average or a group of units rather than one unit."""
    folded = fold(text).strip(" .:;*#-")
    return not folded or begins_with_sum(text) or bool(_NO_UNIT.match(folded))


def is_agency(text: str) -> bool:
    """Whether a row's text names an office (a department, a bureau, an agency), not a unit."""
    folded = re.sub(r"\s*[,.]\s*", " ", fold(text)).strip()
    if _ALWAYS.match(folded) or _PERSON.match(folded) or folded in _DOMAINS:
        return True
    first, _, charge = folded.partition(" ")
    if _is_misread_head(first) and (charge in _DOMAINS or _like_a_domain(charge)):
        return True  # a head word with a letter misread, by what it is in charge of
    for head in _HEADS:
        if not folded.startswith(head + " "):
            continue
        rest = re.split(r"\s*-\s*|\s+(?:tinh|huyen|thanh pho|thi xa|quan)\b", folded[len(head) + 1 :])[0]
        close = rest.replace(" ", "")
        if any(rest.startswith(d + " ") or close == d.replace(" ", "") for d in _DOMAINS):
            return True
        if _like_a_domain(rest):
            return True
    return False


@lru_cache(maxsize=4096)
def _is_misread_head(word: str) -> bool:
    """Whether a word is none that begins the name of an office, but a letter away from one."""
    return word not in _HEADS and any(OSA.distance(word, head, score_cutoff=1) <= 1 for head in _HEADS)


def _like_a_domain(text: str) -> bool:
    """Whether words are what an office is in charge of, a letter or so misread."""
    near = process.extractOne(text, _DOMAINS, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
    return len(text) >= _FUZZY_LENGTH and near is not None
