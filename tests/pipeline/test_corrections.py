from emit import write_set
from emit.csvset import WORK
from model.document import Outcome, Source
from pipeline.run.corrections import keep_corrections, note_writing, note_written


def a_set(folder, *names):
    write_set([Outcome(Source(n, f"{n}.gif", ""), "skipped", error="another kind") for n in names], folder)


def test_a_run_killed_between_two_renames_leaves_nobodys_corrections(tmp_path):
    out, new = tmp_path / "out", tmp_path / "new"
    a_set(out, "a")
    (out / WORK).mkdir(exist_ok=True)
    note_written(out)
    a_set(new, "a", "b")
    note_writing(out, new)
    (new / "documents.csv").replace(out / "documents.csv")  # and then the power went
    assert keep_corrections(out) is None


def test_a_change_is_kept_and_a_second_look_keeps_it_once(tmp_path):
    out = tmp_path / "out"
    a_set(out, "a")
    (out / WORK).mkdir(exist_ok=True)
    note_written(out)
    (out / "flags.csv").write_text("doc_id\nmine\n", "utf-8")
    kept = keep_corrections(out)
    assert (kept / "flags.csv").read_text("utf-8") == "doc_id\nmine\n"
    assert keep_corrections(out) == kept


def test_a_set_of_before_the_notes_is_left_alone(tmp_path):
    a_set(tmp_path / "out", "a")
    assert keep_corrections(tmp_path / "out") is None
