"""What the review page says, in Vietnamese and English."""

from __future__ import annotations

from typing import Literal, get_args

from model.flag import KINDS
from review.words_tables import TABLE_WORDS

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Kiểm tra kết quả đọc", "Review what was read"),
    "documents": ("Văn bản", "Documents"),
    "flags": ("Điểm cần xem", "Flags"),
    "open": ("Chưa xử lý", "Open"),
    "done": ("Đã xử lý", "Decided"),
    "all": ("Tất cả", "All"),
    "kind": ("Loại", "Kind"),
    "severity": ("Mức", "Severity"),
    "state": ("Trạng thái", "State"),
    "document": ("Văn bản", "Document"),
    "search": ("Tìm (không cần dấu)", "Search (marks not needed)"),
    "progress": ("Tiến độ", "Progress"),
    "message": ("Nội dung", "What is wrong"),
    "place_in": ("Vị trí", "Where"),
    "found": ("Đọc được", "As read"),
    "expected": ("Đề nghị", "Proposal"),
    "raw": ("Khi chưa sửa", "Before any repair"),
    "alternatives": ("Cách đọc khác", "Other readings"),
    "repairs": ("Đã sửa", "Repairs"),
    "relation": ("Quan hệ", "Relation"),
    "page": ("Trang", "Page"),
    "table": ("Bảng", "Table"),
    "row": ("Dòng", "Row"),
    "column": ("Cột", "Column"),
    "lines": ("Dòng văn bản", "Lines of the text"),
    "structure": ("Sửa bảng", "Table changed"),
    "place": ("Địa danh", "Place"),
    "metadata": ("Đầu văn bản", "Letterhead"),
    "statement": ("Số liệu trong lời văn", "Figure of the prose"),
    "later": ("Để sau", "Later"),
    "accept": ("Ghi", "Write"),
    "value": ("Nhập giá trị", "Type a value"),
    "read_right": ("Đã đọc đúng", "Read rightly"),
    "keep": ("Giữ nguyên: bản gốc in sai", "Keep as printed: the document is wrong"),
    "dismiss": ("Bỏ qua", "Dismiss"),
    "note": ("Ghi chú", "Note"),
    "undo": ("Hoàn tác", "Undo"),
    "next": ("Tiếp", "Next"),
    "previous": ("Trước", "Previous"),
    "back": ("Về danh sách", "Back to the list"),
    "reason": ("Lý do", "Reason"),
    "save": ("Lưu", "Save"),
    "alike": ("Làm như vậy với mọi chỗ giống thế", "Apply to all alike"),
    "history": ("Lịch sử", "History"),
    "apply": ("Áp dụng, ghi vào reviewed/", "Apply: write reviewed/"),
    "applied": ("Đã ghi thư mục reviewed/.", "The folder reviewed/ is written."),
    "changes": ("Thay đổi", "Changes"),
    "unfit": ("Quyết định không còn khớp", "Decisions that no longer fit"),
    "nothing": ("Không có điểm nào cần xem.", "No flags here."),
    "conflict": (
        "Người khác vừa quyết định điểm này. Xem lại rồi quyết định.",
        "Somebody else has just decided on this flag. Look again, then decide.",
    ),
    "closes": ("Các quan hệ đều khớp.", "All relations close."),
    "no_relation": (
        "Không có quan hệ nào ở đây kiểm tra được giá trị này; chỉ bản gốc cho biết.",
        "No relation holds here that could test this value; only the page can tell.",
    ),
    "no_relation_told": ("Không có quan hệ nào giữa các số ở đây.", "No relation holds here."),
    "repair": ("Sửa", "Repair"),
    "repair.diacritics": ("Dấu", "Diacritics"),
    "repair.place": ("Địa danh", "Place name"),
    "repair.digits": ("Chữ số", "Digits"),
    "repair.decimal": ("Dấu thập phân", "Decimal mark"),
    "repair.structure": ("Cấu trúc", "Structure"),
    "repair.encoding": ("Bảng mã", "Encoding"),
    "repair.review": ("Người sửa", "By a reviewer"),
    "still_open": ("Vẫn còn sai lệch:", "Still not closing:"),
    "not_a_number": ("Không phải là số.", "Not a number."),
    "no_picture": ("Không có ảnh trang cho mục này.", "There is no page picture for this item."),
    "source_gone": (
        "Không thấy tệp gốc; ảnh trang không hiện được.",
        "The source file is not there any more; its page can't be shown.",
    ),
    "keys": ("Phím tắt", "Keys"),
    "keys_help": (
        "a ghi đề nghị · 1-9 cách đọc khác · r đã đọc đúng · "
        "v nhập giá trị · k giữ nguyên · d bỏ qua · n ghi chú · u hoàn tác · "
        "j tiếp · i trước · l danh sách · / tìm · ? trợ giúp",
        "a write the proposal · 1-9 another reading · r read rightly · "
        "v type a value · k keep as printed · d dismiss · n note · u undo · "
        "j next · i previous · l list · / search · ? help",
    ),
    "audit": ("Kiểm tra ngẫu nhiên", "Audit"),
    "audit.figures": ("Số liệu không có cờ", "Figures without a flag"),
    "audit.proved": ("Số liệu đã chứng minh", "Proved figures"),
    "audit.places": ("Tên địa danh không có cờ", "Place names without a flag"),
    "audit_read": ("Trong ô được đánh dấu in gì?", "What is printed in the marked cell?"),
    "audit_cannot": ("Không đọc được", "It can't be read"),
    "audit_differs": (
        "Hai cách đọc khác nhau. Nhìn lại bản gốc: ai đúng?",
        "The two readings differ. Look at the page again: who is right?",
    ),
    "audit_yours": ("Bạn đọc", "You read"),
    "audit_program": ("Chương trình đọc", "The program read"),
    "audit_mine_right": ("Tôi đúng", "I am right"),
    "audit_program_right": ("Chương trình đúng", "The program is right"),
    "audit_result": (
        "Sai {wrong} trên {read}: nhiều nhất {upper} % với độ tin cậy 95 %.",
        "{wrong} of {read} wrong: at most {upper} % at 95 %.",
    ),
    "audit_unread": ("{n} ô không đọc được, không tính.", "{n} could not be read and are not counted."),
    "audit_kept": (
        "Các câu trả lời nằm trong audit.csv, kết quả trong quality.json.",
        "The answers are kept in audit.csv, what they say in quality.json.",
    ),
    "proved": ("Đã chứng minh", "Proved"),
    "read": ("Đã đọc", "Read"),
    "doubtful": ("Nghi ngờ", "Doubtful"),
    "repaired": ("Đã sửa", "Repaired"),
    "error": ("lỗi", "error"),
    "warning": ("cảnh báo", "warning"),
    "info": ("thông tin", "info"),
    "by": ("bởi", "by"),
    "failed": ("Không đọc được", "Not read"),
    "language": ("English", "Tiếng Việt"),
    **TABLE_WORDS,
    **{f"kind.{name}": (kind.vi, kind.en) for name, kind in KINDS.items()},
}


def words(language: Language) -> dict[str, str]:
    """Every phrase in one language."""
    at = LANGUAGES.index(language)
    return {key: phrases[at] for key, phrases in WORDS.items()}
