"""What the program says in English, in Vietnamese: sentences as they stand in the code, with `{}` where a
value stands, and what a Vietnamese archivist reads instead, with the values by number.

Errors are raised in English wherever they arise, and documents.csv keeps them so, whoever runs the program.
The command line translates them when it prints them (`pipeline.run.said.in_language`). A test collects every
sentence of the code and holds it against this table.
"""

from __future__ import annotations

from pipeline.run.vietnamese_errors import ERRORS

VIETNAMESE: dict[str, str] = {
    # The command line itself.
    "Name a place, or a file with --file.": "Hãy cho một địa danh, hoặc một tệp bằng --file.",
    "--file needs --column and --out.": "--file phải đi cùng --column và --out.",
    "{} is no range of pages; write 1-3,7 or 5-": "{0} không phải là dãy trang; hãy viết 1-3,7 hoặc 5-",
    "{} is no format; known are {}": "không có định dạng {0}; có thể dùng {1}",
    "No such option: {}": "không có tùy chọn {0}",
    "No such option: {} Did you mean {}?": "không có tùy chọn {0}; có phải ý là {1}?",
    "No such option: {} (Possible options: {})": "không có tùy chọn {0} (có thể là: {1})",
    "No such option {}.": "không có tùy chọn {0}.",
    "No such option {}. Did you mean {}?": "không có tùy chọn {0}; có phải ý là {1}?",
    "No such option {}. (Possible options: {})": "không có tùy chọn {0} (có thể là: {1})",
    "No such command {}. Did you mean {}?": "không có lệnh {0}; có phải ý là {1}?",
    "No such command {}.": "không có lệnh {0}.",
    "Missing command.": "thiếu tên lệnh.",
    "Missing argument {}.": "thiếu {0}.",
    "Missing option {}.": "thiếu tùy chọn {0}.",
    "Invalid value for {}: {}": "giá trị của {0} không dùng được: {1}",
    "Invalid value: {}": "giá trị không dùng được: {0}",
    "Option {} requires an argument.": "tùy chọn {0} phải có giá trị.",
    "Option {} does not take a value.": "tùy chọn {0} không nhận giá trị.",
    "Got unexpected extra argument ({})": "thừa {0}",
    "Got unexpected extra arguments ({})": "thừa {0}",
    "Path {} does not exist.": "không có đường dẫn {0}.",
    "Directory {} does not exist.": "không có thư mục {0}.",
    "File {} does not exist.": "không có tệp {0}.",
    "Directory {} is a file.": "{0} là tệp, không phải thư mục.",
    "File {} is a directory.": "{0} là thư mục, không phải tệp.",
    "{} is not one of {}.": "{0} không nằm trong số {1}.",
    "{} is not a valid integer.": "{0} không phải là số nguyên.",
    "{} is not a valid float.": "{0} không phải là số.",
    "{} is not in the range {}.": "{0} nằm ngoài khoảng {1}.",
    "{} is not a valid integer range.": "{0} không phải là số nguyên.",
    "{} is not a valid float range.": "{0} không phải là số.",
    # Places looked up.
    "code": "mã",
    "unit": "đơn vị",
    "within": "thuộc",
    "valid": "hiệu lực",
    "score": "độ khớp",
    "today": "nay là",
    "day": "ngày",
    "change": "thay đổi",
    "acts": "văn bản",
    "exact": "đúng tên",
    "former": "tên cũ",
    "repaired": "đã sửa tên",
    "ambiguous": "chưa rõ là đơn vị nào",
    "unknown": "không có trong danh mục",
    "agency": "cơ quan",
    "none": "không phải địa danh",
    "kept": "giữ nguyên",
    "merged": "sáp nhập",
    "split": "tách ra",
    "recoded": "đổi mã",
    "renamed": "đổi tên",
    "retyped": "đổi loại",
    "moved": "chuyển đơn vị cấp trên",
    "dissolved": "giải thể",
    "stands": "vẫn còn",
    # How far a run is.
    "{} inputs, {} to read": "{0} tệp, còn {1} tệp phải đọc",
    "{}: {}, {} pages, {} s": "{0}: {1}, {2} trang, {3} giây",
    "{} pages, {}/s, {} failed": "{0} trang, {1} trang/giây, {2} tệp không đọc được",
    "{} pages, {}/s": "{0} trang, {1} trang/giây",
    "reading": "đang đọc",
    "writing": "đang ghi",
    "ok": "xong",
    "partial": "đọc được một phần",
    "failed": "không đọc được",
    "skipped": "bỏ qua",
    "running": "đang chạy",
    "ended {}": "xong lúc {0}",
    "stopped before its end": "đã dừng giữa chừng",
    "{}: {} (started {})": "{0}: {1} (bắt đầu lúc {2})",
    "{} inputs: {} read, {} failed, {} skipped, {} waiting; {} pages": (
        "{0} tệp: đã đọc {1}, không đọc được {2}, bỏ qua {3}, đang chờ {4}; {5} trang"
    ),
    "  failed: {}: {}": "  không đọc được: {0}: {1}",
    # Audits.
    "{} {} carry no flag": "có {0} {1} không bị đánh dấu cần xem",
    "figures": "số liệu",
    "proved": "số liệu đã chứng minh",
    "places": "địa danh",
    "{}: {}": "{0}: {1}",
    "{} of {} wrong: at most {} % at 95 %": "sai {0} trên {1}: nhiều nhất {2} % với độ tin cậy 95 %",
    "{} of {} wrong: at most {} % at 95 %; {} could not be read": (
        "sai {0} trên {1}: nhiều nhất {2} % với độ tin cậy 95 %; {3} ô không đọc được"
    ),
    # What the doctor finds.
    "what": "mục",
    "how to mend it": "cách khắc phục",
    "MISSING": "THIẾU",
    "absent": "không có",
    "not found": "không tìm thấy",
    "tesseract data {}": "dữ liệu tesseract {0}",
    "reads {}": "đọc {0}",
    "line reader": "bộ đọc dòng",
    "letter reader": "bộ đọc chữ",
    "lines of print, worn ones too": "các dòng chữ in, kể cả bản mờ, bản sao chụp",
    "{}, through {}": "{0}, nhờ {1}",
    "archives and mails, with the files they hold": "tệp nén và thư điện tử, cùng các tệp trong đó",
    "Tesseract's network over many lines at once": "mạng của Tesseract, nhiều dòng một lần",
    "Tesseract's network over many lines at once; its data has no {}": (
        "mạng của Tesseract, nhiều dòng một lần; dữ liệu thiếu {0}"
    ),
    "apt-get install tesseract-ocr-vie (other data is read by Tesseract itself, more slowly)": (
        "apt-get install tesseract-ocr-vie (dữ liệu khác thì Tesseract tự đọc, chậm hơn)"
    ),
    "only to make the samples again": "chỉ cần khi làm lại tệp mẫu",
    # Why a file is not read.
    "left out by --exclude": "bị --exclude loại",
    "left out by --include": "không thuộc --include",
    "a hidden file; name it as an input to have it read": "tệp ẩn; muốn đọc thì ghi tên nó vào lệnh",
    "not a kind of file that is read": "chương trình không đọc loại tệp này",
    "there is no such file or folder; check the name": "không có tệp hay thư mục này; hãy xem lại tên",
    "a link out of the input folder is not followed": (
        "liên kết dẫn ra ngoài thư mục; chương trình không theo"
    ),
    "a link to a folder is not followed; name the folder itself as an input": (
        "liên kết đến thư mục; hãy cho chính thư mục đó"
    ),
    "a link to nothing; copy the file itself": "liên kết không dẫn đến đâu; hãy chép chính tệp đó",
    "a lock file of Office, no document": "tệp khóa của Office, không phải văn bản",
    "an archive at an address is not opened; copy it to a folder": (
        "không mở tệp nén ở địa chỉ mạng; hãy chép về một thư mục"
    ),
    "not a plain file (a device, pipe or socket)": "không phải tệp thường (thiết bị, ống dẫn hoặc socket)",
    "cannot be opened ({})": "không mở được ({0})",
    "locked with a password in its archive; unpack it first": "có mật khẩu trong tệp nén; hãy giải nén trước",
    "unpacks to more than is read; unpack it first": "giải nén ra quá lớn; hãy giải nén trước",
    "archives lie too deep in each other; unpack them first": "tệp nén lồng nhau quá sâu; hãy giải nén trước",
    "the archive holds no files": "tệp nén không có tệp nào",
    "cannot be unpacked ({})": "không giải nén được ({0})",
    "not a whole archive ({})": "tệp nén không trọn vẹn ({0})",
    "not a mail that can be read ({})": "không đọc được thư điện tử này ({0})",
    "a web archive that cannot be read ({})": "không đọc được trang web đã lưu này ({0})",
    "Install LibreOffice (apt-get install libreoffice-writer-nogui), or save the file as .docx.": (
        "Hãy cài LibreOffice (apt-get install libreoffice-writer-nogui), hoặc lưu tệp dạng .docx."
    ),
    # Kinds of files, and what libraries are for.
    "picture": "ảnh",
    "text dump": "văn bản thô",
    "web page": "trang web",
    "a web page": "trang web",
    "a TIFF picture": "ảnh TIFF",
    "a PNG picture": "ảnh PNG",
    "a JPEG picture": "ảnh JPEG",
    "a BMP picture": "ảnh BMP",
    "a WebP picture": "ảnh WebP",
    "a zip package (docx, xlsx, zip)": "tệp nén (docx, xlsx, zip)",
    "an Office 97-2003 file": "tệp Office 97-2003",
    "an RTF text": "văn bản RTF",
    "OpenDocument text": "văn bản OpenDocument",
    "OpenDocument spreadsheet": "bảng tính OpenDocument",
    "the text layer of PDFs": "lớp chữ của PDF",
    "rendering of PDF pages": "dựng trang PDF",
    "pictures of pages": "ảnh trang",
    "office files": "tệp văn phòng",
    "workbooks of Excel 97-2003": "sổ tính Excel 97-2003",
    "names against the gazetteer": "so tên với danh mục hành chính",
    "Tesseract as a program": "gọi Tesseract như một chương trình",
    "Tesseract in the same process, several times faster a call": (
        "Tesseract trong cùng tiến trình, mỗi lần gọi nhanh hơn vài lần"
    ),
    "the readers of numbers and of lines": "bộ đọc số và bộ đọc dòng",
    "the review page": "trang xem lại",
} | ERRORS
