"""Errors and what to do about them, in Vietnamese; see `pipeline.run.vietnamese`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "The file has no bytes; copy it again from its source.": "Tệp rỗng; hãy chép lại từ nguồn.",
    "Remove the password (qpdf --decrypt) and run again.": "Hãy bỏ mật khẩu (qpdf --decrypt) rồi chạy lại.",
    "The file is truncated or damaged; copy it again, or repair it (qpdf, mutool clean).": (
        "Tệp bị cắt ngang hoặc hỏng; hãy chép lại, hoặc sửa tệp (qpdf, mutool clean)."
    ),
    "Scan the page at 200 to 600 dpi; A3 at 600 dpi is the largest page that is read.": (
        "Hãy quét trang ở 200 đến 600 dpi; lớn nhất đọc được là khổ A3 ở 600 dpi."
    ),
    "The text is in no encoding the program knows; save it as UTF-8.": (
        "Văn bản dùng bảng mã chương trình không biết; hãy lưu lại dạng UTF-8."
    ),
    "Copy the file again from its source, or scan the pages again.": (
        "Hãy chép lại tệp từ nguồn, hoặc quét lại các trang."
    ),
    "Raise --timeout, or split the document.": "Hãy tăng --timeout, hoặc tách văn bản.",
    "The reader crashed on this file, also when tried alone; please report it.": (
        "Bộ đọc bị lỗi ở tệp này, cả khi đọc riêng; xin báo cho người làm chương trình."
    ),
    "The file may be damaged; please report it.": "Tệp có thể bị hỏng; xin báo cho người làm chương trình.",
    "Name a folder or file with .pdf, image or text reports in it.": (
        "Hãy cho thư mục hoặc tệp có báo cáo dạng .pdf, ảnh hoặc văn bản."
    ),
    "Choose an output folder that can be written, with --out.": "Hãy chọn thư mục ghi được bằng --out.",
    "Nothing was changed. docs/editing.md says which columns may be edited.": (
        "Chưa thay đổi gì. docs/editing.md nói cột nào được sửa."
    ),
    "Run `extract doctor` to see what is missing and how to install it.": (
        "Hãy chạy `extract doctor` để biết thiếu gì và cách cài đặt."
    ),
    "{}: cannot be written ({})": "{0}: không ghi được ({1})",
    "{}: is no folder of this program": "{0}: không phải thư mục của chương trình này",
    "{}: is a link or no file; nothing is written through it": (
        "{0}: là liên kết hoặc không phải tệp; chương trình không ghi qua đó"
    ),
    "{}: holds a folder `tables` that another program made": (
        "{0}: có thư mục `tables` do chương trình khác tạo ra"
    ),
    "{}: column {} {}": "{0}: cột {1} {2}",
    "is missing": "bị thiếu",
    "stands there twice": "có hai lần",
    "{}, row {}: more cells than the header has columns": "{0}, dòng {1}: nhiều ô hơn số cột ở dòng đầu",
    "{}: the file is not in UTF-8 (byte {})": "{0}: tệp không phải UTF-8 (byte {1})",
    "Save it as CSV UTF-8 in the spreadsheet; nothing was changed.": (
        "Hãy lưu dạng CSV UTF-8 trong bảng tính; chưa thay đổi gì."
    ),
    "Parquet needs pyarrow, which is not installed": "Parquet cần pyarrow, máy này chưa cài",
    "XLSX needs XlsxWriter, which is not installed": "XLSX cần XlsxWriter, máy này chưa cài",
    'pip install "extract-vn[formats]"': 'Cài đặt: pip install "extract-vn[formats]"',
    'pip install "extract-vn[cluster]"': 'Cài đặt: pip install "extract-vn[cluster]"',
    "pip install onnxruntime": "Cài đặt: pip install onnxruntime",
    "no one indicator is called {}": "không có đúng một chỉ tiêu tên {0}",
    "There are: {}.": "Có: {0}.",
    "{}: no CSV set here ({} is missing)": "{0}: ở đây không có bộ CSV (thiếu {1})",
    "documents.csv: a document stands there twice": "documents.csv: có một văn bản đứng hai lần",
    "row {}, column {}: {} is no whole number": "dòng {0}, cột {1}: {2} không phải số nguyên",
    "{}: the set can't be understood ({})": "{0}: không hiểu được bộ dữ liệu ({1})",
    "cells.csv, row {}: {} {}, row {}, column {} stands in row {} too": (
        "cells.csv, dòng {0}: {1} {2}, dòng {3}, cột {4} còn đứng ở dòng {5}"
    ),
    "cells.csv: {} cells of {} {} are missing, the first is row {}, column {}": (
        "cells.csv: thiếu {0} ô của {1} {2}, ô đầu tiên ở dòng {3}, cột {4}"
    ),
    "cells.csv, row {}: {} {} has no such row or column": (
        "cells.csv, dòng {0}: {1} {2} không có dòng hoặc cột này"
    ),
    "{}: no document {} in documents.csv": "{0}: documents.csv không có văn bản {1}",
    "{}: what was written of {} is damaged": "{0}: phần đã ghi của {1} bị hỏng",
    "Remove that file from .extract; the set itself is then compared.": (
        "Hãy xóa tệp đó khỏi .extract; khi đó chương trình so với chính bộ dữ liệu."
    ),
    "the HTML cannot be read to its end ({})": "không đọc được HTML đến hết ({0})",
    "the HTML cannot be read ({})": "không đọc được HTML ({0})",
    "the file holds no text": "tệp không có chữ nào",
    "line {} has {} characters: no line of a report": "dòng {0} có {1} ký tự: không phải dòng của báo cáo",
    "{}: not a kind of file that is read": "{0}: chương trình không đọc loại tệp này",
    "{}: the file is empty": "{0}: tệp rỗng",
    "{}: cannot be read ({})": "{0}: không đọc được ({1})",
    "The file holds nothing but blanks and line breaks; export the text again from its source.": (
        "Tệp chỉ có dấu cách và xuống dòng; hãy xuất lại văn bản từ nguồn."
    ),
    "{}: the PDF has no pages": "{0}: tệp PDF không có trang nào",
    "{}: LibreOffice cannot read the file": "{0}: LibreOffice không đọc được tệp",
    "{}: LibreOffice took over {} s": "{0}: LibreOffice chạy quá {1} giây",
    "{}: locked with a password": "{0}: có mật khẩu",
    "Open the file with its password, save it without one, and run again.": (
        "Hãy mở tệp bằng mật khẩu, lưu lại không mật khẩu rồi chạy lại."
    ),
    "{}: no content in the file": "{0}: tệp không có nội dung",
    "{}: no spreadsheet in the file": "{0}: tệp không có bảng tính",
    "more than {} filled cells": "hơn {0} ô có dữ liệu",
    "{}: no text in the file": "{0}: tệp không có văn bản",
    "a table of more than {} cells": "bảng hơn {0} ô",
    "{}: XML that declares a document type is not read": "{0}: không đọc XML có khai báo kiểu tài liệu",
    "{}: {} parts in one file": "{0}: {1} phần trong một tệp",
    "{}: {} unpacks to {} MB": "{0}: {1} giải nén ra {2} MB",
    "{}: not a whole package ({})": "{0}: gói tệp không trọn vẹn ({1})",
    "{}: broken XML ({})": "{0}: XML hỏng ({1})",
    "{}: {} cannot be unpacked ({})": "{0}: không giải nén được {1} ({2})",
    "{}: an RTF file of over {} MB": "{0}: tệp RTF hơn {1} MB",
    "{}: not an RTF file": "{0}: không phải tệp RTF",
    "{}: too many cells": "{0}: quá nhiều ô",
    "{}: not a workbook that can be read ({})": "{0}: không đọc được sổ tính này ({1})",
    "{}: a damaged workbook ({})": "{0}: sổ tính hỏng ({1})",
    "{}: no workbook in the file": "{0}: tệp không có sổ tính",
    "a cell outside of any sheet": "có ô nằm ngoài mọi trang tính",
    "{}: no text part in the file": "{0}: tệp không có phần văn bản",
    "page {} is a strip too narrow to hold a line of print": (
        "trang {0} hẹp đến mức không chứa nổi một dòng in"
    ),
    "page {} is {} x {} points, not the size of a page": (
        "trang {0} cỡ {1} x {2} point, không phải cỡ một trang"
    ),
    "Print the page to a PDF of a usual paper size and run again.": (
        "Hãy in trang đó ra PDF khổ giấy thông thường rồi chạy lại."
    ),
    "{}: not a readable PDF ({})": "{0}: không đọc được tệp PDF ({1})",
    "page {} cannot be rendered ({})": "không dựng được trang {0} ({1})",
    "{}: the file is password-protected": "{0}: tệp có mật khẩu",
    "{}: no PDF, but {}": "{0}: không phải PDF mà là {1}",
    "Give it the ending of what it is.": "Hãy đặt lại đuôi tệp cho đúng loại.",
    "the picture has {} x {} pixels, more than {}": "ảnh có {0} x {1} điểm ảnh, hơn {2}",
    "the picture has {} x {} pixels, too few to hold a line of print": (
        "ảnh có {0} x {1} điểm ảnh, không đủ chứa một dòng in"
    ),
    "the picture's pages cannot be counted ({})": "không đếm được số trang của ảnh ({0})",
    "page {} of the picture cannot be decoded ({})": "không giải mã được trang {0} của ảnh ({1})",
    "{}: the picture has far too many pixels": "{0}: ảnh có quá nhiều điểm ảnh",
    "{}: not a readable picture": "{0}: không đọc được ảnh",
    "a reader's weights are missing: {}": "thiếu dữ liệu của bộ đọc: {0}",
    "a reader's weights are damaged: {}": "dữ liệu của bộ đọc bị hỏng: {0}",
    "Install the package again; docs/lines.md and docs/numbers.md say how the weights are made.": (
        "Hãy cài lại chương trình; docs/lines.md và docs/numbers.md nói dữ liệu đó được làm thế nào."
    ),
    "onnxruntime is missing: {}": "thiếu onnxruntime: {0}",
    "Tesseract is not installed": "chưa cài Tesseract",
    "Install it: apt-get install tesseract-ocr tesseract-ocr-vie": (
        "Cài đặt: apt-get install tesseract-ocr tesseract-ocr-vie"
    ),
    "Tesseract cannot read: {}": "Tesseract không đọc được: {0}",
    "Tesseract's data for '{}' is not installed": "chưa cài dữ liệu Tesseract cho '{0}'",
    "Install it: apt-get install tesseract-ocr tesseract-ocr-{}": (
        "Cài đặt: apt-get install tesseract-ocr tesseract-ocr-{0}"
    ),
    "{} of the gazetteer is damaged": "{0} của danh mục hành chính bị hỏng",
    "Install the program again.": "Hãy cài lại chương trình.",
    "the gazetteer's data have another version": "dữ liệu danh mục hành chính thuộc phiên bản khác",
    "the gazetteer's data are missing": "thiếu dữ liệu danh mục hành chính",
    "the file holds binary data, not text": "tệp chứa dữ liệu nhị phân, không phải văn bản",
    "the file's bytes are in no encoding the program knows": "tệp dùng bảng mã chương trình không biết",
    "{}; it was not run": "{0}; chương trình không chạy nó",
    "Look at the cluster's machines; what was read is kept.": (
        "Hãy xem các máy của cụm; những gì đã đọc được giữ lại."
    ),
    "a worker of the cluster cannot begin ({})": "một máy của cụm không bắt đầu được ({0})",
    "Look at its log; what was read is kept.": "Hãy xem nhật ký của nó; những gì đã đọc được giữ lại.",
    "{} has another version of this program": "{0} có phiên bản khác của chương trình này",
    "Install the same version everywhere and start the Dask workers again.": (
        "Hãy cài cùng một phiên bản ở mọi máy rồi khởi động lại các máy Dask."
    ),
    "the cluster at {} has had no workers for {} minutes": (
        "cụm máy tại {0} đã không có máy làm việc nào trong {1} phút"
    ),
    "Start some and run again: what was read is kept.": (
        "Hãy khởi động máy rồi chạy lại: những gì đã đọc được giữ lại."
    ),
    "no worker at {} has this version of the program": (
        "không máy nào ở {0} có phiên bản này của chương trình"
    ),
    "a worker of the cluster answers what this program does not understand": (
        "một máy của cụm trả lời điều chương trình không hiểu"
    ),
    "Look at its log.": "Hãy xem nhật ký của nó.",
    "no Dask scheduler answers at {}": "không có bộ điều phối Dask nào trả lời ở {0}",
    "Start one with `dask scheduler --host 127.0.0.1`.": (
        "Hãy khởi động bằng `dask scheduler --host 127.0.0.1`."
    ),
    "several machines of the cluster died while reading it": "nhiều máy của cụm ngừng chạy khi đọc tệp này",
    "--cluster needs dask.distributed, which is not installed": (
        "--cluster cần dask.distributed, máy này chưa cài"
    ),
    "none of the pages {} is there; it has {}": "không có trang nào trong {0}; văn bản có {1} trang",
    "{} has no column {}": "{0} không có cột {1}",
    "It has: {}.": "Các cột: {0}.",
    "no page could be read (page 1: {})": "không đọc được trang nào (trang 1: {0})",
    "cannot be read ({})": "không đọc được ({0})",
    "Check the file and its permissions.": "Hãy kiểm tra tệp và quyền đọc tệp.",
    "{}: a library for this kind of address is not installed ({})": (
        "{0}: chưa cài thư viện cho loại địa chỉ này ({1})"
    ),
    'pip install "extract-vn[cluster]", and what the message names.': (
        'Cài đặt: pip install "extract-vn[cluster]", và những gì thông báo nêu tên.'
    ),
    "{}: only {} MB are free": "{0}: chỉ còn trống {1} MB",
    "Make room on the disk.": "Hãy dọn chỗ trên đĩa.",
    "{} of {} inputs have no result; please report this": (
        "{0} trên {1} tệp không có kết quả; xin báo cho người làm chương trình"
    ),
    "the file was changed while it was read": "tệp bị thay đổi trong khi đọc",
    "Run again.": "Hãy chạy lại.",
    "{}: no run here": "{0}: ở đây chưa có lần đọc nào",
    "Name the folder given to --out.": "Hãy cho thư mục đã dùng với --out.",
    "{}, column text: it is empty now; write - where nothing is printed": (
        "{0}, cột text: nay để trống; hãy ghi - ở ô không in gì"
    ),
    "{}, column text: {} is no number, and {} was one": "{0}, cột text: {1} không phải số, còn {2} là số",
    "{}, column value: it is empty now; write - as the text of a cell without one": (
        "{0}, cột value: nay để trống; hãy ghi - vào text của ô không có số"
    ),
    "{}, column value: {} is no plain number such as 3744 or 97.88": (
        "{0}, cột value: {1} không phải số viết thường như 3744 hay 97.88"
    ),
    "{}: this cell spans {} too, where another text stands": "{0}: ô này trải cả sang {1}, nơi đang ghi khác",
    "{}, row {}{}: only `text` and `value` of cells.csv may be edited": (
        "{0}, dòng {1}{2}: chỉ được sửa `text` và `value` của cells.csv"
    ),
    "cells.csv, row {}, column doc_id: there is no document {}": (
        "cells.csv, dòng {0}, cột doc_id: không có văn bản {1}"
    ),
    "cells.csv: {} rows of {} are missing, the first is {}, row {}, column {}": (
        "cells.csv: thiếu {0} dòng của {1}, đầu tiên là {2}, dòng {3}, cột {4}"
    ),
    "cells.csv, row {}: {} has no cell {}, row {}, column {}": (
        "cells.csv, dòng {0}: {1} không có ô {2}, dòng {3}, cột {4}"
    ),
    "cells.csv, row {}: this cell stands in row {} too": "cells.csv, dòng {0}: ô này còn đứng ở dòng {1}",
    "{}: {} rows are missing": "{0}: thiếu {1} dòng",
    "cells.csv, row {}, column {}: {} stands where {} was; only `text` and `value` may be edited": (
        "cells.csv, dòng {0}, cột {1}: đang ghi {2} thay cho {3}; chỉ được sửa `text` và `value`"
    ),
    "Choose another --log.": "Hãy chọn tệp --log khác.",
    "{}: the ledger cannot be written ({})": "{0}: không ghi được sổ theo dõi ({1})",
    "{}: a database that this program did not make": "{0}: cơ sở dữ liệu không do chương trình này tạo ra",
    "Choose another --out.": "Hãy chọn --out khác.",
    "{}: the ledger of a newer version of this program": "{0}: sổ theo dõi của phiên bản mới hơn",
    "Use that version, or choose another --out.": "Hãy dùng phiên bản đó, hoặc chọn --out khác.",
    "{}: another run is writing here": "{0}: một lần chạy khác đang ghi ở đây",
    "Wait for it, or choose another --out.": "Hãy đợi nó xong, hoặc chọn --out khác.",
    "{}: the ledger is damaged ({})": "{0}: sổ theo dõi bị hỏng ({1})",
    "Run again: what is sound of it is kept, the rest is read anew.": (
        "Hãy chạy lại: phần còn tốt được giữ, phần kia được đọc lại."
    ),
    "{}: what was read of it is damaged in the ledger": (
        "{0}: phần đã đọc của tệp này bị hỏng trong sổ theo dõi"
    ),
    "needs more than {} MB of memory": "cần hơn {0} MB bộ nhớ",
    "Raise the limit, or split the document.": "Hãy nâng giới hạn, hoặc tách văn bản.",
    "no worker can start: {}": "không khởi động được tiến trình đọc nào: {0}",
    "no worker can start ({}): {}": "không khởi động được tiến trình đọc nào ({0}): {1}",
    "a page took longer than {} seconds": "một trang mất hơn {0} giây",
    "took longer than {} seconds": "mất hơn {0} giây",
    "the reader was ended by {}": "tiến trình đọc bị {0} chấm dứt",
    "the record of decisions was changed from outside, from row {} on": (
        "sổ quyết định bị sửa từ bên ngoài, kể từ dòng {0}"
    ),
    "Nothing was written. Compare review.sqlite with a copy of it that you trust.": (
        "Chưa ghi gì. Hãy so review.sqlite với một bản sao đáng tin."
    ),
    "the record of decisions lacks row {}, which was applied before": (
        "sổ quyết định thiếu dòng {0}, dòng này đã được áp dụng trước đây"
    ),
    "{}: the record of decisions can't be used ({})": "{0}: không dùng được sổ quyết định ({1})",
    "Put a sound copy of it in its place, or move it away to begin a new record.": (
        "Hãy đặt một bản sao tốt vào chỗ đó, hoặc chuyển nó đi để bắt đầu sổ mới."
    ),
    "{}: no finished run here ({} is missing)": "{0}: ở đây không có lần đọc nào đã xong (thiếu {1})",
    "{}: the set was edited by hand": "{0}: bộ dữ liệu đã được sửa tay",
    "Run `extract check` first, then open the review page.": (
        "Hãy chạy `extract check` trước, rồi mở trang xem lại."
    ),
}
