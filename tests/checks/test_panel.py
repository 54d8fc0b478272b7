"""The panel of a folder, and documents that contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from checks import check_folder, observe
from checks.panel import as_of, indicator_name
from model.document import Document, Metadata, Source
from model.place import AdminUnit, PlaceMention
from model.table import Column, Table

Build = Callable[..., Table]
Make = Callable[..., Document]


@pytest.mark.parametrize(
    ("path", "name", "day"),
    [
        (("Số lượng hồ sơ quá hạn ngày 30/10/2024",), "số hồ sơ quá hạn", "2024-10-30"),
        (("Số lượng hồ sơ quá hạn ngày 31/9/2024",), "số hồ sơ quá hạn", "2024-09-30"),
        (("Tỷ lệ nộp HS trực tuyến (%)",), "tỷ lệ nộp hồ sơ trực tuyến", "2024-05"),
        (("Tỉ lệ nộp hồ sơ online",), "tỷ lệ nộp hồ sơ trực tuyến", "2024-05"),
        (
            ("Số hồ sơ quá hạn", "Tăng (+)/Giảm (-) so với ngày 31/9/2024"),
            "số hồ sơ quá hạn / tăng, giảm",
            "2024-05",
        ),
        (("Hồ sơ tiếp nhận", "Tổng số"), "hồ sơ tiếp nhận / tổng số", "2024-05"),
        (("Kết quả giải quyết tháng 02/2024",), "kết quả giải quyết", "2024-02"),
        (("Số HS trễ hạn quý II năm 2022",), "số hồ sơ quá hạn", "2022-Q2"),
    ],
)
def test_names_and_days(path: tuple[str, ...], name: str, day: str) -> None:
    column = Column(2, path)
    assert indicator_name(column, "") == name
    assert as_of(column, "", "2024-05") == day


def located(table: Build, document: Make, doc_id: str, figure: str) -> Document:
    grid = [
        ["TT", "Đơn vị", "Số hồ sơ quá hạn ngày 30/9/2024"],
        ["1", "Xã An Mẫu", figure],
        ["2", "Xã Bình Mẫu", "9"],
    ]
    made = document([table("t01", grid, 1)])
    unit = AdminUnit("09999", "An Mẫu", "xã", 3)
    mention = PlaceMention(1, 1, "Xã An Mẫu", "exact", date(2024, 9, 30), unit, 1.0)
    made = replace(
        made,
        source=Source(doc_id, f"{doc_id}.txt", ""),
        metadata=Metadata(period="2024-09"),
        places=(("t01", (mention,)),),
    )
    return replace(made, observations=observe(made))


def test_one_observation_a_figure_of_a_known_place(table: Build, document: Make) -> None:
    (only,) = located(table, document, "a", "12").observations
    assert (only.place_code, only.indicator, only.as_of, only.value.plain()) == (
        "09999",
        "số hồ sơ quá hạn",
        "2024-09-30",
        "12",
    )


def test_documents_that_contradict_each_other_are_flagged_in_both(table: Build, document: Make) -> None:
    a, b = located(table, document, "a", "12"), located(table, document, "b", "15")
    found = check_folder([a, b])
    assert [d for d, _ in found] == ["a", "b"]
    assert {f.kind for _, f in found} == {"cross_document"}
    assert "12" in found[0][1].message
    assert "15" in found[0][1].message
    assert check_folder([a, located(table, document, "c", "12")]) == []


def test_observations_alone_are_enough(table: Build, document: Make) -> None:
    a, b = located(table, document, "a", "12"), located(table, document, "b", "15")
    assert check_folder([("a", a.observations), ("b", b.observations)]) == check_folder([a, b])
