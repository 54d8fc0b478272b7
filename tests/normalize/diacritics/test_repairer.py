"""The repairer on damaged, stripped and proper text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.diacritics import Repairer
from normalize.diacritics.spelling import bare


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return Repairer.load()


OCR = [
    (
        "Két qua thurc hién céng tac cai cach tht tuc hanh chinh",
        "Kết quả thực hiện công tác cải cách thủ tục hành chính",
    ),
    (
        "trong do giai quyét ding han 1.204 hd so, chiém 97,5%",
        "trong đó giải quyết đúng hạn 1.204 hồ sơ, chiếm 97,5%",
    ),
    (
        "Uy ban nhan dan cac xa, phwong, thi tran trong huyén",
        "Ủy ban nhân dân các xã, phường, thị trấn trong huyện",
    ),
    (
        "theo dung quy dinh cua phap luat; tiép tuc ra soat",
        "theo đúng quy định của pháp luật; tiếp tục rà soát",
    ),
    ("thyc hién co ché mot ctra, mot cua lién thong", "thực hiện cơ chế một cửa, một cửa liên thông"),
]


@pytest.mark.parametrize(("damaged", "true"), OCR)
def test_ocr_without_vietnamese_is_repaired(repairer: Repairer, damaged: str, true: str) -> None:
    assert repairer.repair_lines([damaged])[0].text == true


READ_AS_FRENCH = [
    (
        "Kêt quâ thuc hiên công tâc câi câch thü tuc hành chinh",
        "Kết quả thực hiện công tác cải cách thủ tục hành chính",
    ),
    (
        "Uÿ ban nhân dân xä dä giâi quyêt dung han cäc hô so",
        "Ủy ban nhân dân xã đã giải quyết đúng hạn các hồ sơ",
    ),
    (
        "Bâo câo tinh hinh phat triên kinh tê - xâ hôi näm 2024",
        "Báo cáo tình hình phát triển kinh tế - xã hội năm 2024",
    ),
]


@pytest.mark.parametrize(("damaged", "true"), READ_AS_FRENCH)
def test_text_read_as_another_western_language_is_repaired(
    repairer: Repairer, damaged: str, true: str
) -> None:
    """A reader of English writes no `ä`: its table knew no letter that is read so."""
    assert repairer.repair_lines([damaged])[0].text == true


@pytest.mark.parametrize(
    ("damaged", "true"),
    [
        (  # German
            "Thäy hi&u phö nhäc giäo vien khöng &p hoc them dwöi moi hinh thürc.",
            "Thầy hiệu phó nhắc giáo viên không ép học thêm dưới mọi hình thức.",
        ),
        (  # Spanish
            "Truóng hoc thánh noi tránh trú, bá con nám san sát trén chiéu cói.",
            "Trường học thành nơi tránh trú, bà con nằm san sát trên chiếu cói.",
        ),
    ],
)
def test_each_language_has_its_own_table_of_what_letters_are_read_as(
    repairer: Repairer, damaged: str, true: str
) -> None:
    """All western readers shared one: `ép` was `áp`, and `san sát` `sân sát`."""
    assert repairer.repair_lines([damaged])[0].text == true


def test_short_lines_of_a_text_that_a_western_reader_read_are_repaired(repairer: Repairer) -> None:
    """The ends of paragraphs were held for proper, by letters that stand in Vietnamese and in French."""
    damaged = [
        "Huyên dâ chi dao câc xâ tâp trung phông chông dich bênh cho dàn lon, bào vê",
        "dàn gà.",
        "Kêt quâ thuc hiên công tâc câi câch hành chinh nâm qua dat yêu câu dê ra",
    ]
    assert repairer.repair_lines(damaged)[1].text == "đàn gà."


def test_a_sign_of_rights_is_a_letter_that_was_read_so(repairer: Repairer) -> None:
    damaged = "Nguòi dân sông © câc thôn, bân vùng cao dä duoc hô tro gao, nuôc sach"
    assert " sống ở các thôn" in repairer.repair_lines([damaged])[0].text


def test_marks_that_no_pair_showed_are_other_marks(repairer: Repairer) -> None:
    damaged = "Uy ban nhån dån tînh båo cåo kët quå thu ngån såch nhå nuoc"
    assert (
        repairer.repair_lines([damaged])[0].text
        == "Ủy ban nhân dân tỉnh báo cáo kết quả thu ngân sách nhà nước"
    )


def test_a_word_that_no_readings_explain_is_one_a_letter_away(repairer: Repairer) -> None:
    repaired = repairer.repair_lines(["gia nguyén vnt liéu xay dung tang cao"])[0]
    assert repaired.text.startswith("giá nguyên vật liệu xây dựng ")


STRIPPED = [
    "Tổng số hồ sơ tiếp nhận trong kỳ báo cáo là 1.024 hồ sơ, đã giải quyết 998 hồ sơ.",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch kiểm soát thủ tục hành chính năm 2024",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
]


@pytest.mark.parametrize("true", STRIPPED)
def test_text_without_any_marks_is_repaired(repairer: Repairer, true: str) -> None:
    assert repairer.repair_lines([bare(true)])[0].text == true


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số hồ sơ tiếp nhận là 1.024 hồ sơ theo Quyết định số 1187/QĐ-UBND",
        "Hoà Bình, thuỷ lợi, hoá đơn, quý khách",
        "Nguyễn Văn A, Chủ tịch UBND xã; TTHC, CNTT, DVC",
        "",
        "   ",
        "12 | 34 | 5,6%",
        "http://dichvucong.gov.vn",
    ],
)
def test_proper_text_and_figures_stay(repairer: Repairer, text: str) -> None:
    repaired = repairer.repair_lines([text])[0]
    assert repaired.text == text
    assert not repaired.changes


@pytest.mark.parametrize(
    "kept",
    [
        "1.204", "97,5%", "15/9/2022", "30/2020/TT-BTC", "http://tinh.gov.vn/thu-tuc", "van.phong@tinh.gov.vn",
        "TTHC", "UBND", "b/c", "T10", "QL1A", "30h", "100m2", "07/9", "1187/KH-UBND", "bao_cao.pdf", "1.784/1.784",
    ],
)  # fmt: skip
def test_codes_figures_and_addresses_are_left_alone(repairer: Repairer, kept: str) -> None:
    line = f"thuc hién theo quy dinh {kept} cua phap luat vé tha tuc hanh chinh"
    assert kept in repairer.repair_lines([line])[0].text.split()


@pytest.mark.parametrize(
    ("code", "true"),
    [("1187/QD-UBND", "1187/QĐ-UBND"), ("61/2018/ND-CP", "61/2018/NĐ-CP"), ("820/Qb-TTg", "820/QĐ-TTg")],
)
def test_codes_get_their_d_back(repairer: Repairer, code: str, true: str) -> None:
    line = f"thuc hién Quyét dinh s6 {code} cua Chu tich vé quy dinh phap luat"
    assert true in repairer.repair_lines([line])[0].text.split()


def test_context_runs_on_over_line_ends(repairer: Repairer) -> None:
    lines = ["Két qua thuc hién cong tac kiém soat tha tuc", "hanh chinh va co ché mot"]
    lines.append("cira, mot cira lién thong trén dia ban")
    text = " ".join(r.text for r in repairer.repair_lines(lines))
    assert "thủ tục hành chính" in text
    assert "một cửa, một cửa liên thông trên địa bàn" in text


def test_places_are_known_by_name(repairer: Repairer) -> None:
    line = "don vi cap huyén gom: huyén Nam Sach, Gia Loc, Ninh Giang, Binh Giang thudc tinh Hai Duong"
    assert repairer.repair_lines([line])[0].text == (
        "đơn vị cấp huyện gồm: huyện Nam Sách, Gia Lộc, Ninh Giang, Bình Giang thuộc tỉnh Hải Dương"
    )


def test_capitals_follow_the_print(repairer: Repairer) -> None:
    lines = [
        "KET QUA THUC HIEN CAC NHIEM VU TRONG TAM",
        "HO so da tiép nhan va giai quyét dung han tai So Tu phap",
    ]
    repaired = [r.text for r in repairer.repair_lines(lines)]
    assert repaired[0] == "KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ TRỌNG TÂM"
    assert repaired[1].startswith("Hồ sơ đã tiếp nhận và giải quyết đúng hạn")


def test_points_of_a_list_are_read_in_order(repairer: Repairer) -> None:
    lines = [
        "c) Ra soat quy dinh phap luat",
        "d) Vé tiép nhan hé so",
        "d) Két qua giai quyét",
        "e) Kiém tra thuc hién",
    ]
    assert [r.text.split(")")[0] for r in repairer.repair_lines(lines)] == ["c", "d", "đ", "e"]


@pytest.mark.parametrize(
    "line",
    [
        "Bao cao s6 59/BC-VP ngay09 thang 11 nam 2023 cua Van phong",
        "tiép nhan 120ho so, giai quyét 110ho so",
        "cong tac 1.604 | 1553 | 1547 52 s2 0 cua don vi",
    ],
)
def test_no_figure_is_ever_lost(repairer: Repairer, line: str) -> None:
    figures = re.findall(r"\d{2,}", line)
    assert re.findall(r"\d{2,}", repairer.repair_lines([line])[0].text) == figures


def test_scraps_between_figures_are_no_words(repairer: Repairer) -> None:
    line = "So Giao duc va Dao tao 1.604 st 1553 1547 52 s2 0"
    assert repairer.repair_lines([line])[0].text.endswith("1.604 st 1553 1547 52 s2 0")


def test_raised_footnote_figures(repairer: Repairer) -> None:
    line = "bao dam dung quy dinh!2; cac co quan thuc hién nghiém tuc!, bao cao két qua"
    text = repairer.repair_lines([line])[0].text
    assert "quy định¹²;" in text
    assert "nghiêm túc¹," in text


def test_each_change_says_how_sure_it_is(repairer: Repairer) -> None:
    line = "Két qua thuc hién cong tac cai cach hanh chinh"
    repaired = repairer.repair_lines([line])[0]
    assert repaired.changes
    for change in repaired.changes:
        assert line[change.start : change.end] == change.old
        assert 0.0 <= change.score <= 1.0
        assert change.new != change.old


def test_undoing_the_changes_gives_the_print_back(repairer: Repairer) -> None:
    line = "Két qua thuc hién cong tac cai cach hanh chinh, giai quyét hd so"
    repaired = repairer.repair_lines([line])[0]
    text, shift = repaired.text, 0
    for change in repaired.changes:
        if change.applied:
            at = change.start + shift
            assert text[at : at + len(change.new)] == change.new
            text = text[:at] + change.old + text[at + len(change.new) :]
    assert text == line


def test_mixed_documents_are_repaired_where_they_are_damaged(repairer: Repairer) -> None:
    proper = ["Kết quả giải quyết thủ tục hành chính trên địa bàn huyện được nâng cao"] * 8
    damaged = ["Két qua giai quyét tha tuc hanh chinh trén dia ban huyén duoc nang cao"] * 8
    repaired = [r.text for r in repairer.repair_lines([*proper, *damaged])]
    assert repaired[:8] == proper
    assert repaired[-1] == proper[0]


def test_a_column_of_names_without_marks_in_a_proper_document_stays(repairer: Repairer) -> None:
    prose = ["Kết quả giải quyết thủ tục hành chính trên địa bàn huyện được nâng cao"] * 8
    names = ["Minh Quang", "Tam Thanh", "Trung An", "Kim Long", "Xuân Mai", "Hai Son", "Nam Tan"]
    assert [r.text for r in repairer.repair_lines([*prose, *names, *prose])] == [*prose, *names, *prose]
    assert repairer.damage([*prose, *names]) == 0.0


def test_tables_of_foreign_words_are_left_alone(repairer: Repairer) -> None:
    lines = ["Benzyl chloride 100-44-7", "Methyl isocyanate", "Phosphorus trichloride", "Sodium dichromate"]
    assert [r.text for r in repairer.repair_lines(lines)] == lines


def test_damage_is_a_share() -> None:
    repairer = Repairer.load()
    assert repairer.damage(["Kết quả giải quyết thủ tục hành chính"]) == 0.0
    assert repairer.damage(["Ket qua giai quyet thu tuc hanh chinh"]) == 1.0
    assert repairer.damage([]) == 0.0


_NOISE = st.text(alphabet="abcdeghiklmnopqrstuvxy éó¢€6140.,;:()|\t'’-ABDPQ", max_size=50)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(_NOISE, max_size=6))
def test_lines_and_white_space_stay_where_they_are(lines: list[str]) -> None:
    repaired = _shared().repair_lines(lines)
    assert len(repaired) == len(lines)
    for line, found in zip(lines, repaired, strict=True):
        changed = [c for c in found.changes if c.applied and c.old.count(" ") != c.new.count(" ")]
        if not changed:  # blanks that were lost or put in are changes
            assert re.findall(r"\s+", found.text) == re.findall(r"\s+", line)
        digits = [w for w in line.split() if w.isdigit()]
        assert [w for w in found.text.split() if w.isdigit()] == digits


_LOADED: list[Repairer] = []


def _shared() -> Repairer:
    if not _LOADED:
        _LOADED.append(Repairer.load())
    return _LOADED[0]


def test_the_names_of_the_document_are_known_best(repairer: Repairer) -> None:
    """Alone `Tu Ky` is read as other words; where the document's tables name Tứ Kỳ, it is that."""
    line = ["Cong tac kiem tra tai Gia Loc, Tu Ky va thi xa Kinh Mon"]
    knowing = repairer.knowing(["Tứ Kỳ", "Gia Lộc"])
    assert "Gia Lộc, Tứ Kỳ và thị xã Kinh Môn" in knowing.repair_lines(line)[0].text
    assert knowing.repair_lines(["Ket qua thuc hien"])[0].text == "Kết quả thực hiện"


JOINED = [
    ("Uy ban nhan dan xa da capcho céc hd ngheo gidéng cay trong", "capcho", "cấp cho"),
    ("ban quan ly thyc hién theokế hoach da duoc phé duyét".replace("ế", "é"), "theoké", "theo kế"),
]


@pytest.mark.parametrize(("line", "old", "new"), JOINED)
def test_words_that_were_read_as_one_are_two(repairer: Repairer, line: str, old: str, new: str) -> None:
    """No word was a candidate: the line kept what was read."""
    repaired = repairer.repair_lines([line])[0]
    change = next(change for change in repaired.changes if change.old == old)
    assert (change.new, line[change.start : change.end]) == (new, old)
    assert f" {new} " in repaired.text


@pytest.mark.parametrize("word", ["laptop", "robot", "uranium"])
def test_foreign_words_are_not_taken_apart(repairer: Repairer, word: str) -> None:
    """Two syllables that look like one word (`lập tóp`), of which one never stands behind the other."""
    line = f"Két qua kiém tra cho thay {word} duoc str dung dung quy dinh cua phap luat"
    assert f" {word} " in repairer.repair_lines([line])[0].text
