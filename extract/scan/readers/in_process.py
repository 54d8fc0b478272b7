"""Tesseract in this process, by tesserocr: no files, data loaded once."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from extract.scan.prepare.ink import Picture
from extract.scan.readers.engine import (
    FIGURES,
    SEGMENTATION,
    TESSERACT_WEAK,
    Language,
    Layout,
    OcrWord,
    words_of_tsv,
)
from extract.scan.readers.tessdata import data_folder

VARIABLES = {
    "invert_threshold": "0.0",  # white on black is not printed in reports; looking for it costs a tenth
    "textord_tabfind_find_tables": "0",
    "user_defined_dpi": "300",
}


class InProcessEngine:
    """Tesseract by tesserocr, which is loaded when it is first asked: most pages need it for nothing. One
    instance a process; not for several threads at once."""

    name = "tesseract"
    weak = TESSERACT_WEAK

    def __init__(self) -> None:
        self._loaded: dict[Language, Any] = {}

    def read(self, picture: Picture, layout: Layout, language: Language = "vie") -> list[OcrWord]:
        """See `Engine.read`."""
        api = self._loaded.get(language)
        if api is None:
            import tesserocr

            # The wheel's Tesseract reads OMP_THREAD_LIMIT when its first loop starts: one thread is
            # three to six times faster than many on a shared machine.
            os.environ.setdefault("OMP_THREAD_LIMIT", "1")
            own = {"tessedit_char_whitelist": FIGURES} if language == "eng" else {}
            api = tesserocr.PyTessBaseAPI(
                path=data_folder(language), lang=language, oem=1, variables={**VARIABLES, **own}
            )
            self._loaded[language] = api
        whole = np.ascontiguousarray(picture)
        api.SetPageSegMode(SEGMENTATION[layout])
        api.SetImageBytes(whole.tobytes(), whole.shape[1], whole.shape[0], 1, whole.shape[1])
        try:
            api.Recognize()
            return words_of_tsv(api.GetTSVText(0))
        finally:
            api.Clear()
