from decimal import Decimal

import pandas as pd
import pytest

from emit import write_set
from emit.frames import indicator_table, read_frames
from model.document import Document, Observation, Outcome, Source
from model.errors import NothingReadError
from model.value import Value
from tests.emit.sample_documents import document


def panel_document(doc_id, day, figures):
    observations = tuple(
        Observation(code, name, "Số hồ sơ", day, Value(Decimal(figure)), "count", "t01", 1, 1)
        for code, name, figure in figures
    )
    source = Source(doc_id, f"{doc_id}.txt", "", doc_id * 8)
    return Outcome(source, "ok", Document(source, "text", 1, observations=observations), pages=1)


def test_types_and_texts_come_back(tmp_path):
    made = document()
    write_set([Outcome(made.source, "ok", made, pages=2)], tmp_path)
    cells = read_frames(tmp_path)["cells"]
    assert cells["is_header"].dtype == "boolean"
    assert cells["page"].dtype == "Int64"
    assert "=Tổng cộng" in set(cells["text"])  # without the escape that spreadsheets need
    assert cells["place_code"].dtype == "string"


def test_an_empty_set_has_typed_columns(tmp_path):
    write_set([], tmp_path)
    frames = read_frames(tmp_path)
    assert len(frames["flags"]) == 0
    assert frames["flags"]["page"].dtype == "Int64"


def test_codes_keep_their_leading_zero(tmp_path):
    write_set([panel_document("a", "2024-09", [("01234", "Xã Mẫu", 7)])], tmp_path)
    assert read_frames(tmp_path)["observations"]["place_code"].tolist() == ["01234"]


def test_an_indicator_over_months(tmp_path):
    months = [
        panel_document("a", "2024-08", [("00001", "Xã Một", 5), ("00002", "Xã Hai", 6)]),
        panel_document("b", "2024-09", [("00001", "Xã Một", 8)]),
    ]
    write_set(months, tmp_path)
    found = indicator_table(tmp_path, "Số hồ sơ")
    assert list(found.columns) == ["2024-08", "2024-09"]
    assert found.loc[("00001", "Xã Một")].tolist() == [5, 8]
    assert pd.isna(found.loc[("00002", "Xã Hai"), "2024-09"])


def test_a_folder_without_a_set(tmp_path):
    with pytest.raises(NothingReadError):
        read_frames(tmp_path)
