"""What the sample documents say: wording of our own, made-up figures, real names of units.

Figures are drawn with a fixed seed and agree with each other, but for the faults that each document names;
the program is to find those and no others.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

LAM_BINH = (
    "Thị trấn Lăng Can",
    "Xã Thượng Lâm",
    "Xã Khuôn Hà",
    "Xã Phúc Yên",
    "Xã Xuân Lập",
    "Xã Phúc Sơn",
    "Xã Minh Quang",
    "Xã Thổ Bình",
    "Xã Hồng Quang",
    "Xã Bình An",
)
NAM_PO = (
    "Xã Nà Hỳ",
    "Xã Nà Bủng",
    "Xã Nà Khoa",
    "Xã Na Cô Sa",
    "Xã Vàng Đán",
    "Xã Chà Cang",
    "Xã Chà Nưa",
    "Xã Chà Tở",
    "Xã Nậm Khăn",
    "Xã Nậm Tin",
    "Xã Nậm Nhừ",
    "Xã Nậm Chua",
    "Xã Pa Tần",
    "Xã Phìn Hồ",
    "Xã Si Pa Phìn",
)
VUNG_LIEM = (
    "Thị trấn Vũng Liêm",
    "Xã Tân Quới Trung",
    "Xã Quới Thiện",
    "Xã Quới An",
    "Xã Tân An Luông",
    "Xã Thanh Bình",
    "Xã Trung Chánh",
    "Xã Trung Thành Tây",
    "Xã Trung Hiệp",
    "Xã Hiếu Phụng",
    "Xã Trung Thành Đông",
    "Xã Trung Thành",
    "Xã Trung Hiếu",
    "Xã Trung Ngãi",
    "Xã Hiếu Thuận",
    "Xã Trung Nghĩa",
    "Xã Trung An",
    "Xã Hiếu Nhơn",
    "Xã Hiếu Thành",
    "Xã Hiếu Nghĩa",
)


@dataclass(frozen=True)
class Head:
    """A header cell: text, first row and column, rows and columns it covers."""

    text: str
    row: int
    col: int
    rows: int = 1
    cols: int = 1


@dataclass(frozen=True)
class Annex:
    """A table as printed. `widths` are shares of the page's width; the last row is the total."""

    title: str
    head: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Letter:
    """A document's first page, after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

    parent: str
    issuer: str
    number: str
    place_date: str
    kind: str
    subject: str
    body: tuple[str, ...]
    signer_title: str
    signer: str


def figure(amount: float, decimals: int = 0) -> str:
    """A number as Vietnamese documents print it: dots between thousands, a decimal comma."""
    return f"{amount:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def dossiers(names: tuple[str, ...], seed: int) -> list[list[int]]:
    """For each unit: received, online, direct, settled early, on time, late."""
    draw = random.Random(seed)
    rows = []
    for _ in names:
        online = draw.randint(90, 480)
        direct = draw.randint(20, 160)
        late = draw.choice((0, 0, 0, 1, 2, 4))
        early = draw.randint(40, online)
        rows.append([online + direct, online, direct, early, online + direct - early - late, late])
    return rows


def with_total(rows: list[list[int]]) -> list[list[int]]:
    """`rows` and below them their sums."""
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def printed(names: tuple[str, ...], rows: list[list[int]]) -> list[list[str]]:
    """Rows as text with ordinal, name and, at the end, the percentage settled in time."""
    out = []
    for index, row in enumerate(rows):
        label = [str(index + 1), names[index]] if index < len(names) else ["", "Tổng cộng"]
        share = figure(100 * (row[3] + row[4]) / row[0], 2)
        out.append([*label, *(figure(v) for v in row), share])
    return out


def lam_binh() -> tuple[Letter, Annex]:
    """A report with a ruled annex. Faults: the total of online dossiers is 20 too high; Xã Phúc Sơn's
    received dossiers are 3 more than their parts."""
    rows = with_total(dossiers(LAM_BINH, 71))
    total = rows[-1]
    text = printed(LAM_BINH, rows)
    text[-1][3] = figure(total[1] + 20)
    text[5][2] = figure(rows[5][0] + 3)
    head = (
        Head("STT", 0, 0, 2),
        Head("Đơn vị", 0, 1, 2),
        Head("Số hồ sơ tiếp nhận", 0, 2, 1, 3),
        Head("Đã giải quyết", 0, 5, 1, 3),
        Head("Tỷ lệ đúng hạn (%)", 0, 8, 2),
        Head("Tổng số", 1, 2),
        Head("Trực tuyến", 1, 3),
        Head("Trực tiếp", 1, 4),
        Head("Trước hạn", 1, 5),
        Head("Đúng hạn", 1, 6),
        Head("Quá hạn", 1, 7),
    )
    in_time = figure(100 * (total[3] + total[4]) / total[0], 2)
    letter = Letter(
        "TỈNH TUYÊN QUANG",
        "ỦY BAN NHÂN DÂN\nHUYỆN LÂM BÌNH",
        "Số: 218/BC-UBND",
        "Lâm Bình, ngày 05 tháng 7 năm 2024",
        "BÁO CÁO",
        "Kết quả tiếp nhận, giải quyết thủ tục hành chính quý II năm 2024",
        (
            "Ủy ban nhân dân huyện báo cáo kết quả tiếp nhận và trả kết quả thủ tục hành chính trên địa "
            "bàn trong quý II năm 2024 như sau:",
            f"1. Tổng số hồ sơ tiếp nhận là {figure(total[0])} hồ sơ, trong đó: nộp trực tuyến "
            f"{figure(total[1])} hồ sơ, nộp trực tiếp {figure(total[2])} hồ sơ.",
            f"2. Số hồ sơ đã giải quyết trước hạn {figure(total[3])} hồ sơ, đúng hạn {figure(total[4])} hồ "
            f"sơ, quá hạn {figure(total[5])} hồ sơ; tỷ lệ giải quyết trước và đúng hạn đạt {in_time}%.",
            "3. Số liệu của từng xã, thị trấn nêu tại Phụ lục kèm theo báo cáo này.",
        ),
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "Ma Văn Thuần",
    )
    widths = (0.06, 0.22, 0.11, 0.12, 0.1, 0.1, 0.1, 0.09, 0.1)
    title = "PHỤ LỤC. TỔNG HỢP KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH QUÝ II NĂM 2024"
    return letter, Annex(title, head, tuple(map(tuple, text)), widths)


def nam_po() -> tuple[Letter, Annex]:
    """A faxed letter with a small annex. Fault: the total of late dossiers is 1 too low."""
    rows = with_total([[r[0], r[3] + r[4], r[5]] for r in dossiers(NAM_PO, 103)])
    rows[-1][2] -= 1
    text = []
    for index, row in enumerate(rows):
        label = [str(index + 1), NAM_PO[index]] if index < len(NAM_PO) else ["", "Tổng cộng"]
        text.append([*label, *(figure(v) for v in row), figure(100 * row[1] / row[0], 1)])
    head = (
        Head("STT", 0, 0),
        Head("Tên xã", 0, 1),
        Head("Tổng số hồ sơ", 0, 2),
        Head("Trước và đúng hạn", 0, 3),
        Head("Quá hạn", 0, 4),
        Head("Tỷ lệ (%)", 0, 5),
    )
    letter = Letter(
        "TỈNH ĐIỆN BIÊN",
        "ỦY BAN NHÂN DÂN\nHUYỆN NẬM PỒ",
        "Số: 64/UBND-VP",
        "Nậm Pồ, ngày 02 tháng 4 năm 2024",
        "",
        "V/v thông báo kết quả giải quyết hồ sơ của các xã tháng 3 năm 2024",
        (
            "Kính gửi: Ủy ban nhân dân các xã.",
            "Ủy ban nhân dân huyện thông báo kết quả giải quyết hồ sơ thủ tục hành chính của các xã trong "
            f"tháng 3 năm 2024: toàn huyện tiếp nhận {figure(rows[-1][0])} hồ sơ. Đề nghị các xã có hồ sơ "
            "quá hạn làm rõ nguyên nhân trước ngày 15/4/2024.",
        ),
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "Lò Thị Hiên",
    )
    title = "KẾT QUẢ GIẢI QUYẾT HỒ SƠ THÁNG 3 NĂM 2024"
    return letter, Annex(title, head, tuple(map(tuple, text)), (0.08, 0.28, 0.17, 0.2, 0.12, 0.15))


def vung_liem() -> tuple[Letter, Annex]:
    """A born-digital letter whose annex runs over a page. Fault: two communes share rank 7."""
    draw = random.Random(859)
    scores = sorted((round(draw.uniform(61, 97), 2) for _ in VUNG_LIEM), reverse=True)
    order = draw.sample(range(len(VUNG_LIEM)), len(VUNG_LIEM))
    by_unit = {VUNG_LIEM[unit]: (scores[rank], rank + 1) for rank, unit in enumerate(order)}
    text = []
    for index, name in enumerate(VUNG_LIEM):
        score, rank = by_unit[name]
        before = round(min(99.0, score + draw.uniform(-4, 4)), 2)
        change = round(score - before, 2)
        text.append(
            [
                str(index + 1),
                name,
                figure(before, 2),
                figure(score, 2),
                ("+" if change > 0 else "") + figure(change, 2),
                str(7 if rank == 8 else rank),
            ]
        )
    head = (
        Head("STT", 0, 0),
        Head("Đơn vị", 0, 1),
        Head("Điểm quý III", 0, 2),
        Head("Điểm quý IV", 0, 3),
        Head("Tăng, giảm", 0, 4),
        Head("Xếp hạng", 0, 5),
    )
    letter = Letter(
        "TỈNH VĨNH LONG",
        "ỦY BAN NHÂN DÂN\nHUYỆN VŨNG LIÊM",
        "Số: 1507/UBND-NC",
        "Vũng Liêm, ngày 28 tháng 12 năm 2023",
        "",
        "V/v kết quả chấm điểm phục vụ người dân và doanh nghiệp quý IV năm 2023",
        (
            "Kính gửi: Ủy ban nhân dân các xã, thị trấn.",
            "Căn cứ kết quả tự chấm điểm và kết quả thẩm định, Ủy ban nhân dân huyện công bố điểm số, xếp "
            "hạng quý IV năm 2023 của các xã, thị trấn tại bảng dưới đây. Thang điểm là 100 điểm.",
            "Các đơn vị có điểm giảm so với quý III gửi giải trình về Phòng Nội vụ trước ngày 10/01/2024.",
        ),
        "CHỦ TỊCH",
        "Trần Minh Khởi",
    )
    title = "BẢNG ĐIỂM CÁC XÃ, THỊ TRẤN QUÝ IV NĂM 2023"
    return letter, Annex(title, head, tuple(map(tuple, text)), (0.08, 0.3, 0.16, 0.16, 0.15, 0.15))


TAB_DUMP = """\
**ỦY BAN NHÂN DÂN
HUYỆN LÂM BÌNH**

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc**

Số: 251/UBND-NV

Lâm Bình, ngày 08 tháng 8 năm 2024

V/v điểm số phục vụ người dân tháng 7 năm 2024

Kính gửi: Các phòng, ban chuyên môn thuộc huyện.

Điểm tổng hợp của huyện tháng 7 đạt 85,1/100 điểm, tăng 1,6 điểm so với tháng 6 năm 2024.

PHỤ LỤC I. ĐIỂM SỐ CÁC NHÓM CHỈ SỐ

STT\tNhóm chỉ số\tĐiểm tối đa\tTháng 6\tTháng 7\tTăng, giảm
1\tCông khai, minh bạch\t18\t13,2\t14,0\t0,8
2\tTiến độ giải quyết\t20\t18,9\t18,4\t-0,5
3\tDịch vụ trực tuyến\t12\t7,6\t8,3\t0,7
4\tThanh toán trực tuyến\t10\t9,1\t9,6\t0,5
5\tMức độ hài lòng\t18\t17,5\t17,5\t-
6\tSố hóa hồ sơ\t22\t17,2\t17,3\t0,3
\tTổng điểm\t100\t83,5\t85,1\t1,6

PHỤ LỤC II. HỒ SƠ THEO LĨNH VỰC

STT\tLĩnh vực\tTiếp nhận\tĐã giải quyết\tĐang giải quyết\tTỷ lệ giải quyết (%)
1\tHộ tịch\t1.246\t1.240\t6\t99,52
2\tChứng thực\t2.085\t2.085\t0\t100
3\tĐất đai\t418\t371\t47\t88,76
4\tBảo trợ xã hội\t307\t298\t9\t97,07
\tTổng cộng\t4.056\t3.994\t62\t98,47
"""

STRIPPED_DUMP = """\
UY BAN NHAN DAN                CONG HOA XA HOI CHU NGHIA VIET NAM
HUYEN VUNG LIEM                   Doc lap - Tu do - Hanh phuc
So: 96/BC-UBND                 Vung Liem, ngay 11 thang 10 nam 2023

BAO CAO
Tinh hinh tiep nhan ho so thu tuc hanh chinh thang 9 nam 2023

1. Trong thang 9 nam 2023, cac xa, thi tran tiep nhan 1.530 ho so, trong do
truc tuyen 1.118 ho so, truc tiep 412 ho so.
2. So ho so da giai quyet dung han la 1.507 ho so, qua han 23 ho so.

BIEU TONG HOP HO SO CUA MOT SO XA THANG 9 NAM 2023

STT   Ten don vi             Tong so   Truc tuyen   Truc tiep   Dung han   Qua han
1     Thi tran Vung Liem         412          318          94        405         7
2     Xa Quoi An                 203          151          52        203         0
3     Xa Trung Hieu              187          132          55        183         4
4     Xa Hieu Phung              266          194          72        260         6
5     Xa Trung Nghia             149          101          48        149         0
6     Xa Hieu Nhon               313          222          91        307         6
      Tong cong                1.530        1.118         412      1.507        23
"""
