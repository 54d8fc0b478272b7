"""What `--help` says of commands and options, in Vietnamese: the English as it stands in `cli.py`, and what
an archivist reads instead; see `pipeline.run.help`."""

from __future__ import annotations

HELP: dict[str, str] = {
    # The commands.
    "Turn Vietnamese administrative reports (scans, PDFs, text) into CSV with flags.": (
        "Chuyển báo cáo hành chính (bản quét, PDF, văn bản) thành bộ CSV, đánh dấu mọi chỗ còn ngờ."
    ),
    "Read every report under INPUTS and write the CSV set.": (
        "Đọc mọi báo cáo trong các tệp và thư mục đã cho, rồi ghi thành bộ CSV."
    ),
    "Take up what was corrected by hand in cells.csv (text, value) and run the checks again.": (
        "Nhận những chỗ sửa tay trong cells.csv (cột text, value) rồi kiểm tra lại."
    ),
    "Say how far the run in FOLDER is.": "Cho biết lần đọc trong thư mục đã đến đâu.",
    "Open the review page over a finished run.": "Mở trang xem lại kết quả của một lần đọc đã xong.",
    "Read a random sample of what carries no flag, and say how much of the set is wrong at most.": (
        "Đọc một mẫu ngẫu nhiên trong những gì không bị đánh dấu, cho biết sai nhiều nhất bao nhiêu."
    ),
    "Repair the diacritics of TEXT, or of standard input, line by line.": (
        "Sửa dấu tiếng Việt cho đoạn chữ đã cho, hoặc cho từng dòng nhận từ chương trình khác."
    ),
    "Resolve one place name, or a whole column of them. Exits 1 where nothing bears the name.": (
        "Tra một địa danh, hoặc cả một cột địa danh. Trả mã 1 khi không có đơn vị nào mang tên đó."
    ),
    "Say what is installed, what is missing, and how to mend it.": (
        "Cho biết máy đã cài gì, còn thiếu gì và cách khắc phục."
    ),
    # Of every command.
    "Show the version and exit.": "Cho biết phiên bản.",
    "Show this message and exit.": "Cho xem hướng dẫn này.",
    "Language of messages (default: the locale's).": "Ngôn ngữ của thông báo (mặc định: theo máy).",
    "Exit 10 when such flags stand.": "Trả mã 10 khi còn điểm cần xem ở mức này.",
    "Print the address, open no browser.": "Chỉ in địa chỉ, không mở trình duyệt.",
    # run
    "Folder for the CSV set.": "Thư mục để ghi bộ CSV.",
    "Documents read at a time (default: the cores).": (
        "Số văn bản đọc cùng lúc (mặc định: bằng số nhân của máy)."
    ),
    "Keep what an earlier run read (default), or read all again.": (
        "Giữ những gì lần trước đã đọc (mặc định), hoặc đọc lại từ đầu."
    ),
    "Day for place names (default: the document's own date).": (
        "Tra địa danh theo ngày này (mặc định: ngày của chính văn bản)."
    ),
    "Province of the documents, a hint for places.": "Tỉnh của các văn bản, để tra địa danh cho đúng.",
    "csv, parquet, xlsx, joined by commas.": "csv, parquet, xlsx, cách nhau bằng dấu phẩy.",
    "A Dask scheduler, tcp://HOST:PORT.": "Bộ điều phối Dask, tcp://MÁY:CỔNG.",
    "Seconds a document may take.": "Mỗi văn bản được đọc nhiều nhất bấy nhiêu giây.",
    "Which program reads cells: auto takes the fastest that is installed.": (
        "Chương trình đọc chữ trong ô: auto chọn chương trình nhanh nhất đã cài."
    ),
    "Change no figure, only flag.": "Không sửa số nào, chỉ đánh dấu cần xem.",
    "CSV without a byte order mark.": "Ghi CSV không có dấu BOM ở đầu tệp.",
    "Keep the picture of each preprocessing step here.": "Giữ ảnh của từng bước xử lý trang ở đây.",
    "Compare every figure of text layers with its ink.": (
        "Với PDF có lớp chữ: so mọi số liệu với chữ in trên trang."
    ),
    "Write report.html beside the CSV.": "Ghi thêm báo cáo report.html cạnh bộ CSV.",
    "Events as JSON lines.": "Ghi nhật ký, mỗi sự kiện một dòng JSON.",
    "Read only such files (*.pdf, 2024/*).": "Chỉ đọc những tệp có tên như thế (*.pdf, 2024/*).",
    "Leave such files out.": "Bỏ qua những tệp có tên như thế.",
    "Read only these pages of each document: 1-3,7.": "Mỗi văn bản chỉ đọc các trang này: 1-3,7.",
    "Say what would be read, and why each other file is not.": (
        "Chỉ cho biết sẽ đọc những tệp nào, và vì sao không đọc các tệp khác."
    ),
    "Say more.": "Thông báo nhiều hơn.",
    "Say nothing but errors.": "Chỉ báo lỗi.",
    # review, audit
    "Port on 127.0.0.1 (default: a free one).": "Cổng trên 127.0.0.1 (mặc định: một cổng còn trống).",
    "Name written beside decisions (default: the login name).": (
        "Tên ghi cạnh mỗi quyết định (mặc định: tên đăng nhập)."
    ),
    "Percent of decided cells that a second person reads without seeing the first reading.": (
        "Phần trăm số ô đã xử lý được người thứ hai đọc lại mà không thấy kết quả lần đầu."
    ),
    "Read all of such flags twice (total, ...).": "Đọc hai lần mọi điểm cần xem thuộc loại này (total, ...).",
    "What is drawn: figures, proved figures or places without a flag.": (
        "Lấy mẫu trong gì, không bị đánh dấu: số liệu (figures), đã chứng minh (proved), địa danh (places)."
    ),
    "How many are read.": "Đọc bao nhiêu ô.",
    "Another seed draws others.": "Đổi số này thì lấy mẫu khác.",
    "Name written beside answers (default: the login name).": (
        "Tên ghi cạnh mỗi câu trả lời (mặc định: tên đăng nhập)."
    ),
    "Ask here, lay each place's picture in a file.": "Hỏi ngay tại đây; ảnh của từng ô nằm trong một tệp.",
    # place
    "The unit it lies in.": "Thuộc đơn vị nào.",
    "Day the name is looked up for (default: the newest known).": (
        "Tra theo ngày này (mặc định: ngày mới nhất có trong danh mục)."
    ),
    "Say what the unit was made of.": "Đơn vị này hình thành từ những đơn vị nào.",
    "Say what became of the unit.": "Đơn vị này nay thành đơn vị nào.",
    "As JSON.": "In dạng JSON.",
    "A CSV file with a column of names, resolved as a whole.": (
        "Tệp CSV có một cột địa danh, tra cả cột một lần."
    ),
    "The column of --file that holds the names.": "Cột địa danh trong tệp của --file.",
    "Another column of --file, with each row's district or province.": (
        "Một cột khác của --file, ghi huyện hoặc tỉnh của từng dòng."
    ),
    "Where it is written with codes.": "Ghi kết quả kèm mã đơn vị vào đâu.",
    "xã, phường, thị trấn, huyện ...": "xã, phường, thị trấn, huyện ...",
}

METAVARS: dict[str, str] = {
    "INTEGER RANGE": "SỐ",
    "FLOAT RANGE": "SỐ",
    "INTEGER": "SỐ",
    "FLOAT": "SỐ",
    "DATE": "NGÀY",
    "DIRECTORY": "THƯ_MỤC",
    "FILE": "TỆP",
    "ADDRESS": "ĐỊA_CHỈ",
    "GLOB": "MẪU_TÊN",
    "RANGE": "DÃY_TRANG",
    "KIND": "LOẠI",
    "OPTIONS": "TÙY_CHỌN",
    "COMMAND": "LỆNH",
    "ARGS": "...",
    "INPUTS": "TỆP_HOẶC_THƯ_MỤC",
    "FOLDER": "THƯ_MỤC",
    "NAME": "TÊN",
    "TEXT": "CHỮ",
    "default": "mặc định",
    "required": "bắt buộc",
}
"""What stands for a value in a usage line or beside an option."""
