"""What a total row is called, and what merely begins so."""

import pytest

from normalize.totals import begins_with_sum, is_total_label


@pytest.mark.parametrize(
    "label",
    ["TỔNG SỐ", "Tổng cộng:", "Cộng", "Toàn huyện", "TONG CONG", "Tổng số (I+II)", "Cộng toàn tỉnh", "# Tổng",
     "TỒNG CỘNG", "Tỏng cộng:", "Iổng cộng", "Téng cong",
     "Tổng điểm", "Cộng mục II", "Cả nước", "Tổng cộng các khoản", "T0NG S6",
     "Tổng 6 tháng", "Cộng quý II", "Tổng cả năm", "Cộng 5 điểm"],
)  # fmt: skip
def test_total(label):
    assert is_total_label(label)
    assert begins_with_sum(label)


@pytest.mark.parametrize(
    "label",
    ["Tổng số hồ sơ tiếp nhận", "Tổng số ca mắc", "Tổng số nhóm trẻ",
     "Công an tỉnh", "Cộng đồng", "Tổng Công ty",
     "UBND xã Tổng Cọt", "Đông Hợp", "DONG HOP", "Tăng số", "I+II", "", "#", "Tổng 6 con"],
)  # fmt: skip
def test_not_total(label):
    assert not is_total_label(label)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng số hồ sơ", True),
        ("Téng s6 don", True),
        ("# Téng", True),
        ("Tổng các khoản thu", True),
        ("Công an huyện", False),
    ],
)
def test_begins_with_sum(text, expected):
    assert begins_with_sum(text) is expected


def test_a_long_text_that_opens_like_a_total_is_still_held_against_its_words() -> None:
    assert is_total_label(
        "*** Tổng cộng toàn huyện (không tính các đơn vị trực thuộc) ***"
    ) == is_total_label("Tổng cộng toàn huyện (không tính các đơn vị trực thuộc)")
    assert not is_total_label("hồ sơ giải quyết đúng hạn cấp huyện công khai")
