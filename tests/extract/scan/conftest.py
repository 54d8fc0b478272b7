"""Pages drawn for the tests, and engines that read nothing, break, or repeat what they are told."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.readers.engine import OcrWord
from tests.fonts import serif

HEAD = ("STT", "Đơn vị", "Tiếp nhận", "Tỷ lệ")
ROWS = (
    ("1", "Xã Vĩnh Lộc", "1.250", "97,5"),
    ("2", "Xã Hòa An", "384", "100"),
    ("3", "Phường Bắc", "2.071", "88,9"),
)
PROSE = (
    "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh, các đơn vị báo cáo kết quả",
    "giải quyết thủ tục hành chính trong tháng như bảng dưới đây. Đề nghị các",
    "phòng, ban tiếp tục rà soát hồ sơ đã quá hạn và trả kết quả đúng quy định.",
)


@dataclass
class NoEngine:
    """Reads nothing, whatever it is shown; counts how often it was asked."""

    name: str = "none"
    weak: float = 0.82
    asked: int = 0

    def read(self, picture, layout, language="vie"):
        self.asked += 1
        return []


@dataclass
class FaultyEngine:
    """Breaks when it is asked."""

    name: str = "faulty"
    weak: float = 0.82

    def read(self, picture, layout, language="vie"):
        raise RuntimeError("the engine broke")


@dataclass
class LineEngine:
    """Gives one word for every band of ink rows, with the bands' bounds; `texts` are handed out in turn."""

    texts: list[str]
    confidence: float = 0.96
    name: str = "tesseract"
    weak: float = 0.82
    shown: list[np.ndarray] = field(default_factory=list)

    def read(self, picture, layout, language="vie"):
        self.shown.append(picture)
        rows = np.flatnonzero((picture < 128).any(axis=1))
        bands = np.split(rows, np.flatnonzero(np.diff(rows) > 8) + 1) if rows.size else []
        words = []
        for n, band in enumerate(bands):
            columns = np.flatnonzero((picture[band[0] : band[-1] + 1] < 128).any(axis=0))
            text = self.texts[n % len(self.texts)]
            words.append(
                OcrWord(text, columns[0], band[0], columns[-1] + 1, band[-1] + 1, self.confidence, (1, 1, n))
            )
        return words


@pytest.fixture(scope="session")
def font():
    """A Times-like font with all Vietnamese letters, 11 pt at 300 dpi."""
    return serif("ĂÂĐÊÔƠƯỊỘỮẶẽỹợ", 46)


@pytest.fixture(scope="session")
def table_page(font):
    """A4 at 300 dpi in grey: three lines of prose, then a ruled table of 4 x 4 (edges in `EDGES`)."""
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)
    for n, line in enumerate(PROSE):
        draw.text((320, 300 + 64 * n), line, font=font, fill=0)
    for x in EDGES[0]:
        draw.line((x, EDGES[1][0], x, EDGES[1][-1]), fill=0, width=3)
    for y in EDGES[1]:
        draw.line((EDGES[0][0], y, EDGES[0][-1], y), fill=0, width=3)
    for r, row in enumerate((HEAD, *ROWS)):
        for c, text in enumerate(row):
            draw.text((EDGES[0][c] + 16, EDGES[1][r] + 12), text, font=font, fill=0)
    return np.asarray(page, dtype=np.uint8).copy()


EDGES = ((320, 480, 1120, 1500, 1900), (700, 780, 860, 940, 1020))


@pytest.fixture(scope="session")
def edges():
    """The x and y pixels of the table's rules on `table_page`."""
    return EDGES


@pytest.fixture(scope="session")
def table_texts():
    """The rows of `table_page`'s table."""
    return (HEAD, *ROWS)


@pytest.fixture
def no_engine():
    return NoEngine()


@pytest.fixture
def faulty_engine():
    return FaultyEngine()


@pytest.fixture(scope="session")
def leaning():
    """A function that turns a picture by some degrees, falling to the right when positive."""

    def turn(picture, degrees):
        height, width = picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
        return cv2.warpAffine(picture, matrix, (width, height), borderValue=(255, 255, 255))

    return turn


@pytest.fixture(scope="session")
def line_engine_class():
    """The engine that gives one word a band of ink."""
    return LineEngine
