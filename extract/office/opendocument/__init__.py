"""OpenDocument (ISO/IEC 26300): texts and spreadsheets."""
