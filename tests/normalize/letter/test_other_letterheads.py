"""Letterheads of other kinds: joint, of the Party, copied, broken over lines, dated at the foot."""

from normalize.letter.dates import Dateline, take_date
from normalize.letter.metadata import read_metadata
from tests.normalize.letter.printed import lines

JOINT = """SỞ Y TẾ - SỞ GIÁO DỤC VÀ ĐÀO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA
TẠO
VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1187/KHLN-SYT-SGDĐT
Mẫu Giang, ngày 14 tháng 8 năm
2024
KẾ HOẠCH LIÊN NGÀNH
Phối hợp công tác y tế trường học năm học 2024 - 2025
Căn cứ các quy định về công tác y tế trường học;
I. MỤC ĐÍCH
Bảo vệ, chăm sóc sức khỏe học sinh.
SỞ Y TẾ
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Nguyễn Văn Mẫu
Nơi nhận: Như kính gửi; Lưu: VT."""


def test_a_joint_plan_whose_date_is_broken_and_whose_recipients_stand_last() -> None:
    found = read_metadata(lines(JOINT))
    assert found.date == "2024-08-14"
    assert found.subject == "Phối hợp công tác y tế trường học năm học 2024 - 2025"
    assert (found.signer, found.signer_title) == ("Nguyễn Văn Mẫu", "Phó Giám đốc")


def test_the_party_s_number_beside_the_day() -> None:
    found = read_metadata(
        lines(
            """TỈNH ỦY MẪU        ĐẢNG CỘNG SẢN VIỆT NAM
Số 356-CV/TU        Mẫu Lập, ngày 21 tháng 10 năm 2024
V/v tổ chức đại hội chi bộ nhiệm kỳ 2025 - 2027
Kính gửi: - Các huyện ủy, thành ủy"""
        )
    )
    assert (found.number, found.place, found.date) == ("356-CV/TU", "Mẫu Lập", "2024-10-21")


def test_an_office_that_issues_under_its_own_name() -> None:
    found = read_metadata(
        lines(
            """THỦ TƯỚNG CHÍNH PHỦ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 982/QĐ-TTg        Hà Nội, ngày 03 tháng 9 năm 2024
QUYẾT ĐỊNH
Phê duyệt Đề án phát triển vùng dược liệu
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Tổ chức Chính phủ;"""
        )
    )
    assert found.issuer == "Thủ tướng Chính phủ"
    assert found.subject == "Phê duyệt Đề án phát triển vùng dược liệu"


def test_a_day_over_the_signature() -> None:
    text = """UBND TỈNH MẪU        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NÔNG NGHIỆP        Độc lập - Tự do - Hạnh phúc
Số:         /KH-SNN
KẾ HOẠCH
Phòng bệnh cho đàn lợn năm 2025
Theo Quyết định số 97/QĐ-TTg ngày 07 tháng 7 năm 2020, Sở xây dựng kế hoạch.
Nơi nhận:        Mẫu Lĩnh, ngày      tháng 3 năm 2025
- UBND tỉnh (b/c);        Q. GIÁM ĐỐC
- Lưu: VT.        Dương Văn Mẫu"""
    found = read_metadata(lines(text))
    assert (found.number, found.place, found.date) == ("/KH-SNN", "Mẫu Lĩnh", "2025-03")
    assert (found.signer, found.signer_title) == ("Dương Văn Mẫu", "Giám đốc")
    # a day in a sentence after the recipients is no date of the letter
    other = text.replace(
        "Mẫu Lĩnh, ngày      tháng 3 năm 2025", "xem công văn ngày 2 tháng 3 năm 2025 của Sở"
    )
    assert read_metadata(lines(other)).date == ""


def test_a_telegram_prints_the_hour_before_the_day() -> None:
    found = read_metadata(
        lines(
            """UBND HUYỆN MẪU AN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BAN CHỈ HUY PHÒNG, CHỐNG THIÊN TAI        Độc lập - Tự do - Hạnh phúc
Số: 03/CĐ-PCTT        Mẫu An, hồi 16 giờ 00 ngày 11 tháng 10 năm 2024
CÔNG ĐIỆN
Về việc ứng phó với mưa lớn
BAN CHỈ HUY PHÒNG, CHỐNG THIÊN TAI điện:
- Chủ tịch các xã;"""
        )
    )
    assert (found.place, found.date) == ("Mẫu An", "2024-10-11")
    assert found.subject == "Về việc ứng phó với mưa lớn"


def test_the_day_of_a_meeting_is_no_dateline() -> None:
    line = "Hôm nay, ngày 16 tháng 9 năm 2024, tại trụ sở xã, chúng tôi gồm có:"
    assert take_date(line) == (Dateline(), line)


def test_who_issues_a_decision_is_no_part_of_its_subject() -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH MẪU GIANG\nSố: 1245/1998/QĐ-UB\nMẫu Giang, ngày 20 tháng 10 năm 1998\n"
    about = "Về việc giao chỉ tiêu trồng rừng năm 1999\nỦY BAN NHÂN DÂN TỈNH MẪU GIANG\n- Căn cứ Luật Thử;"
    one = f"{head}QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH MẪU GIANG\n{about}"
    two = f"{head}QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN\nTỈNH MẪU GIANG\n{about}"
    for text in (one, two):
        assert read_metadata(lines(text)).subject == "Về việc giao chỉ tiêu trồng rừng năm 1999"


def test_a_stamp_of_arrival_and_specks_are_no_part_of_a_subject() -> None:
    head = "UBND HUYỆN THỬ\nỦY BAN NHÂN DÂN\nXÃ MẪU LẬP\nSố: 19/CV-UB\nMẫu Lập, ngày 14 tháng 7 năm 2005\n"
    about = "V/v báo cáo thiệt hại do mưa lớn và\nB\nđề nghị hỗ trợ giống lúa\n"
    stamp = "PHÒNG NN&PTNT\nĐẾN số: 302…..\nNgày: 15/7/05\nKính gửi: Ủy ban nhân dân huyện Thử"
    assert (
        read_metadata(lines(head + about + stamp)).subject
        == "V/v báo cáo thiệt hại do mưa lớn và đề nghị hỗ trợ giống lúa"
    )


def test_a_subject_goes_on_in_a_line_that_begins_with_until() -> None:
    text = "XÃ MẪU LẬP\nSố: 19/CV-UB\nV/v thu quỹ từ ngày 01/7\nđến ngày 30/9/2005\nKính gửi: Huyện Thử"
    assert read_metadata(lines(text)).subject == "V/v thu quỹ từ ngày 01/7 đến ngày 30/9/2005"
