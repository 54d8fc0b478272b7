"""Archives and mails: every member accounted for, none of their names a path, bombs refused."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from model.document import Source
from pipeline.ingest import find_inputs
from pipeline.members import BrokenContainerError, members, opened_member, split_address
from pipeline.remote import fetched, opened, release


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def mail(**attachments: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Báo cáo"
    message.set_content("Gửi kèm báo cáo.\n")
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{name}.txt")
    return message.as_bytes()


def test_members_are_documents_with_their_path_inside(tmp_path: Path) -> None:
    inner = packed(("x.txt", b"in"), ("y.exe", b"MZ"))
    data = packed(("thư mục/a.txt", b"a"), ("thư mục/b.zip", inner), ("m.eml", mail(dinh_kem=b"kem")))
    (tmp_path / "all.zip").write_bytes(data)
    found = find_inputs([tmp_path])
    paths = {s.path: s for s in found.sources}
    assert set(paths) == {
        "all.zip/thư mục/a.txt",
        "all.zip/thư mục/b.zip/x.txt",
        "all.zip/m.eml/body.txt",
        "all.zip/m.eml/dinh_kem.txt",
    }
    assert [o.source.path for o in found.outcomes] == ["all.zip/thư mục/b.zip/y.exe"]
    with opened(paths["all.zip/thư mục/b.zip/x.txt"].file) as member:
        assert member.read() == b"in"
    with opened(paths["all.zip/m.eml/dinh_kem.txt"].file) as member:
        assert member.read() == b"kem"


def test_a_copy_is_made_to_read_and_removed_after(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(("x.txt", b"in")))
    (source,) = find_inputs([tmp_path / "a.zip"]).sources
    copy = fetched(source, tmp_path / "scratch")
    assert Path(copy.file).read_bytes() == b"in" and Path(copy.file).suffix == ".txt"
    release(copy, tmp_path / "scratch")
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\x\\a.txt", "..\\..\\a.txt", "a/../b.txt"]
)
def test_names_that_point_elsewhere_are_only_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(packed((name, b"in")))
    (source,) = find_inputs([tmp_path]).sources
    assert source.doc_id.startswith("a.zip/") and ".." not in source.doc_id.split("/")
    with opened(source.file) as member:
        assert member.read() == b"in"


def test_two_members_of_one_name_are_two(tmp_path: Path) -> None:
    with pytest.warns(UserWarning):
        data = packed(("a.txt", b"1"), ("a.txt", b"2"))
    (tmp_path / "a.zip").write_bytes(data)
    sources = find_inputs([tmp_path]).sources
    assert len({s.doc_id for s in sources}) == len({s.path for s in sources}) == 2
    read = []
    for source in sources:
        with opened(source.file) as member:
            read.append(member.read())
    assert sorted(read) == [b"1", b"2"]


def test_a_bomb_a_broken_archive_and_an_empty_one_say_so(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(packed(("a.txt", b"0" * (32 << 20)), ("b.txt", b"fine")))
    (tmp_path / "broken.zip").write_bytes(packed(("a.txt", b"x" * 1000))[:-30])
    (tmp_path / "empty.zip").write_bytes(packed())
    nested = packed(("a.txt", b"deep"))
    for _ in range(5):
        nested = packed(("n.zip", nested))
    (tmp_path / "nested.zip").write_bytes(nested)
    found = find_inputs([tmp_path])
    assert [s.path for s in found.sources] == ["bomb.zip/b.txt"]
    said = {o.source.path: (o.status, o.error) for o in found.outcomes}
    assert said["bomb.zip/a.txt"][0] == "failed" and "unpack" in said["bomb.zip/a.txt"][1]
    assert said["broken.zip"][0] == "failed"
    assert said["empty.zip"][0] == "skipped"
    assert any("too deep" in error for path, (_, error) in said.items() if path.startswith("nested.zip"))


def test_what_lies_about_its_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    data = packed(("a.txt", b"12345678"))
    (tmp_path / "a.zip").write_bytes(data.replace((8).to_bytes(4, "little"), (4).to_bytes(4, "little")))
    (source,) = find_inputs([tmp_path]).sources
    try:
        with opened_member(source.file) as member:
            assert len(member.read()) <= 8
    except OSError:
        pass


def test_archives_that_are_not_opened_are_named(tmp_path: Path) -> None:
    for name in ("a.rar", "b.7z", "c.msg", "~$d.docx"):
        (tmp_path / name).write_bytes(b"x")
    said = {o.source.path: (o.status, o.error) for o in find_inputs([tmp_path]).outcomes}
    assert all(status == "skipped" for status, _ in said.values()) and len(said) == 4
    assert "RAR" in said["a.rar"][1] and "7-Zip" in said["b.7z"][1] and "lock" in said["~$d.docx"][1]


def test_a_forwarded_mail_is_a_mail_in_a_mail(tmp_path: Path) -> None:
    import email

    outer = EmailMessage()
    outer.set_content("xem thư dưới")
    outer.add_attachment(email.message_from_bytes(mail(a=b"kem"), policy=email.policy.default))
    (tmp_path / "a.eml").write_bytes(outer.as_bytes())
    assert {s.path for s in find_inputs([tmp_path]).sources} == {
        "a.eml/body.txt",
        "a.eml/forwarded.eml/body.txt",
        "a.eml/forwarded.eml/a.txt",
    }


@pytest.mark.parametrize(
    ("subtype", "subject", "read"),
    [
        ("plain", "Báo cáo: 3.456 hồ sơ < 4.000", "Báo cáo: 3.456 hồ sơ < 4.000\n\nthân\n"),
        ("html", "Báo cáo: 3.456 hồ sơ < 4.000", "<p>Báo cáo: 3.456 hồ sơ &lt; 4.000</p>\n\nthân\n"),
        ("plain", "", "thân\n"),
    ],
)
def test_a_mail_is_read_from_its_subject_on(tmp_path: Path, subtype: str, subject: str, read: str) -> None:
    """A figure that only the subject says was lost."""
    message = EmailMessage()
    if subject:
        message["Subject"] = subject
    message.set_content("thân\n", subtype=subtype)
    message.add_attachment("ghi chú\n", filename="a.txt")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    body, attached = sorted(find_inputs([tmp_path]).sources, key=lambda s: s.path, reverse=True)
    with opened(body.file) as member:
        assert member.read().decode() == read
    with opened(attached.file) as member:
        assert member.read().decode() == "ghi chú\n"


@pytest.mark.parametrize("file", ["/a/b.zip", "/a//b/c.zip", "s3://bucket/a.zip", "a.zip//x"])
def test_plain_files_are_no_addresses(file: str) -> None:
    assert split_address(file) is None


def test_an_address_names_container_and_places() -> None:
    assert split_address("/in/a.zip//3//0") == ("/in/a.zip", (3, 0))


def test_noise_is_no_container(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(BrokenContainerError):
        list(members(str(tmp_path / "a.zip")))
    with pytest.raises(OSError), opened_member(Source("", "", f"{tmp_path}/a.zip//0").file):
        pass
