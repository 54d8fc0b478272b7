"""Office files: Word, Excel, RTF, OpenDocument, and what LibreOffice brings to them."""
