"""Legacy Vietnamese encodings (TCVN3, VNI, VIQR, VPS, VISCII, Telex, mojibake, decomposed Unicode) → NFC."""

from normalize.encodings.encode import Encoded, encode_text
from normalize.encodings.evidence import Encoding
from normalize.encodings.files import decode_bytes, decode_shown, ends_in_a_letter
from normalize.encodings.font_runs import FontRun, decode_runs
from normalize.encodings.fonts import font_encoding
from normalize.encodings.layout import decode_page, decode_words
from normalize.encodings.runs import Decoded, decode_as, decode_lines, decode_text

__all__ = [
    "Decoded",
    "Encoded",
    "Encoding",
    "FontRun",
    "decode_as",
    "decode_bytes",
    "decode_lines",
    "decode_page",
    "decode_runs",
    "decode_shown",
    "decode_text",
    "decode_words",
    "encode_text",
    "ends_in_a_letter",
    "font_encoding",
]
