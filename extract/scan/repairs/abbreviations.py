"""The usual abbreviations of administrative reports (TTHC, DVCQG): words of the context for marks."""

from __future__ import annotations

from collections.abc import Mapping

SPOKEN: Mapping[str, str] = {
    "ATGT": "an toàn giao thông", "ATTP": "an toàn thực phẩm", "BHTN": "bảo hiểm thất nghiệp",
    "BHXH": "bảo hiểm xã hội", "BHYT": "bảo hiểm y tế", "BVMT": "bảo vệ môi trường",
    "CBCC": "cán bộ công chức", "CBCCVC": "cán bộ công chức viên chức", "CCHC": "cải cách hành chính",
    "CCVC": "công chức viên chức", "CNTT": "công nghệ thông tin", "CSDL": "cơ sở dữ liệu",
    "DTTS": "dân tộc thiểu số", "DVC": "dịch vụ công", "DVCQG": "dịch vụ công quốc gia",
    "DVCTT": "dịch vụ công trực tuyến", "GDĐT": "giáo dục đào tạo", "GPMB": "giải phóng mặt bằng",
    "GTVT": "giao thông vận tải", "HĐND": "hội đồng nhân dân", "KCB": "khám chữa bệnh",
    "KHCN": "khoa học công nghệ", "KSTT": "kiểm soát thủ tục", "KSTTHC": "kiểm soát thủ tục hành chính",
    "KTXH": "kinh tế xã hội", "LĐTBXH": "lao động thương binh xã hội", "MTQG": "mục tiêu quốc gia",
    "MTTQ": "mặt trận tổ quốc", "NSNN": "ngân sách nhà nước", "NTM": "nông thôn mới",
    "PCCC": "phòng cháy chữa cháy", "PCTN": "phòng chống tham nhũng", "QLNN": "quản lý nhà nước",
    "QPPL": "quy phạm pháp luật", "QSDĐ": "quyền sử dụng đất", "STT": "số thứ tự",
    "TNMT": "tài nguyên môi trường", "TTHC": "thủ tục hành chính", "UBND": "ủy ban nhân dân",
    "VBQPPL": "văn bản quy phạm pháp luật", "VPHC": "vi phạm hành chính", "XDCB": "xây dựng cơ bản",
}  # fmt: skip
"""What the usual abbreviations stand for."""
