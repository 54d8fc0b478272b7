"""Lines of made-up letters: as typed, as read from a scan, and as they stand on a page."""

from __future__ import annotations

from model.geometry import Box
from model.page import TextLine


def lines(text: str) -> list[TextLine]:
    return [TextLine(t.strip(), 1, n) for n, t in enumerate(text.splitlines(), 1) if t.strip()]


LETTER = """ỦY BAN NHÂN DÂN
HUYỆN THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:      /UBND - VP
Thử Nghiệm, ngày      tháng 4 năm 2021
V/v kết quả giải quyết
thủ tục hành chính
trong tháng 3 năm 2021
Kính gửi:
- Các cơ quan, đơn vị thuộc huyện.
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND tỉnh.
Nơi nhận:
- Như trên;
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Nguyễn Văn Mẫu
PHỤ LỤC I
"""


def scanned(*texts: tuple[str, float]) -> list[TextLine]:
    return [TextLine(text, 1, n, confidence=sure) for n, (text, sure) in enumerate(texts, 1)]


def placed(*texts: tuple[str, float, float]) -> list[TextLine]:
    """Lines with their left edge and width in points, one under the other."""
    return [
        TextLine(text, 1, n, Box(left, 40 + 20.0 * n, left + width, 54 + 20.0 * n))
        for n, (text, left, width) in enumerate(texts, 1)
    ]
