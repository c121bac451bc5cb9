from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from nbformat import v4

from toolkit.corrections import write_corrections
from toolkit.errors import FileError, InputError
from toolkit.export import write_frame, write_icalendar, write_timelinejs
from toolkit.files import check_folder, check_writable, locked, new_folder, replacing, replacing_files, write_text
from toolkit.frames import DECLARED
from toolkit.records import Round
from toolkit.render import normalise, write_notebook

if TYPE_CHECKING:
    from collections.abc import Callable

OLD, NEW = "what was there", "what is new " * 500
CALLS = ("open", "close", "fsync", "replace", "mkdir", "rename", "unlink")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class Faults:
    """The calls of the system that writing makes; the k-th of them fails."""

    def __init__(self, patch: pytest.MonkeyPatch, k: int) -> None:
        self.made = 0
        for name in CALLS:
            patch.setattr(os, name, self._failing(getattr(os, name), k))

    def _failing(self, call: Callable[..., Any], k: int) -> Callable[..., Any]:
        def act(*words: Any, **options: Any) -> Any:
            self.made += 1
            if self.made == k:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*words, **options)

        return act


def write_both(path: Path, words: str) -> None:
    with replacing_files(path.parent) as made:
        for name in (path.name, "other"):
            (made / name).write_text(words)


def write_table(path: Path, words: str) -> None:
    write_frame(pd.DataFrame({"words": [words], "n": [1]}), path)


def rounds(words: str) -> pd.DataFrame:
    return DECLARED["rounds"].of([Round("r1", words, "first", first=dt.date(2031, 2, 17))])


WRITERS: dict[str, Callable[[Path, str], object]] = {
    "a.txt": write_text,
    "b.txt": write_both,
    "a.csv": write_table,
    "a.jsonl": write_table,
    "a.parquet": write_table,
    "a.ics": lambda path, words: write_icalendar(rounds(words), path),
    "a.json": lambda path, words: write_timelinejs(rounds(words), path),
    "a.ipynb": lambda path, words: write_notebook(
        normalise(v4.new_notebook(cells=[v4.new_markdown_cell(words)])), path
    ),
    "c.csv": lambda path, words: write_corrections([{"actor": "Ada", "role": words}], path),
}


def both_versions(folder: Path, name: str) -> tuple[bytes, bytes]:
    """Return what a file holds before and after it is written anew, and leave it as before."""
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    WRITERS[name](folder / name, NEW)
    new = (folder / name).read_bytes()
    WRITERS[name](folder / name, OLD)
    return (folder / name).read_bytes(), new


@pytest.mark.parametrize("name", WRITERS)
def test_whichever_call_fails_a_file_is_the_old_or_the_new_one(tmp_path: Path, name: str) -> None:
    old, new = both_versions(tmp_path, name)
    told: list[str] = []
    for k in range(1, 100):
        (tmp_path / name).write_bytes(old)
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, k)
            try:
                WRITERS[name](tmp_path / name, NEW)
            except FileError as fault:
                told.append(str(fault))
            else:
                assert (tmp_path / name).read_bytes() == new
        assert (tmp_path / name).read_bytes() in (old, new)
        if faults.made < k:
            break
    assert faults.made < k, "more calls than were made to fail"
    assert len(told) >= 3
    assert all(line.startswith(str(tmp_path)) and "No space left on device" in line for line in told)


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_outgrows_the_disk_is_told_and_the_old_one_kept(tmp_path: Path, name: str) -> None:
    resource = pytest.importorskip("resource")
    old, new = both_versions(tmp_path, name)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(new) // 2, limits[1]))
    try:
        with pytest.raises(FileError, match=r"not written \(.*too large.*\); what was there is kept; .*another place"):
            WRITERS[name](tmp_path / name, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (tmp_path / name).read_bytes() == old
    assert left_in(tmp_path) == [name, *(["other"] if name == "b.txt" else [])]


@pytest.mark.parametrize("fault", [ValueError("no"), KeyboardInterrupt(), MemoryError()])
def test_a_fault_while_filling_leaves_nothing_behind(tmp_path: Path, fault: BaseException) -> None:
    (tmp_path / "a.txt").write_text(OLD)

    def half(make: Any, name: str) -> None:
        with make as made:
            (made / name if made.is_dir() else made).write_text("hal")
            raise fault

    for make in (replacing(tmp_path / "a.txt"), replacing_files(tmp_path), new_folder(tmp_path / "part")):
        with pytest.raises(type(fault)):
            half(make, "a.txt")
    assert left_in(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == OLD


def test_a_new_file_has_usual_permissions_and_a_replaced_one_keeps_its_own(tmp_path: Path) -> None:
    plain, kept = tmp_path / "plain", tmp_path / "kept"
    plain.touch()
    kept.touch()
    kept.chmod(0o640)
    write_text(kept, NEW)
    write_text(tmp_path / "new", NEW)
    assert kept.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    there = tmp_path / "elsewhere" / "real.txt"
    link = tmp_path / "link.txt"
    link.symlink_to(there)
    for text in (OLD, NEW):
        write_text(link, text)
        assert link.is_symlink()
        assert there.read_text() == text
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match=r"loop: .*choose another"):
        write_text(tmp_path / "loop", NEW)


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    write_text("/dev/null", NEW)
    assert Path("/dev/null").is_char_device()
    with pytest.raises(FileError, match="/dev/full: not written"):
        write_text("/dev/full", NEW)
    read, write = os.pipe()
    write_text(f"/dev/fd/{write}", "a line\n")
    os.close(write)
    with os.fdopen(read) as stream:
        assert stream.read() == "a line\n"
    assert left_in(tmp_path) == []


def test_missing_folders_are_made_when_writing_and_not_when_asking(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "a.txt"
    assert check_writable(path) is False
    assert left_in(tmp_path) == []
    write_text(path, NEW)
    assert check_writable(path) is True


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("folder", "folder: this is a folder; give a file, such as"),
        ("file/a.txt", "file: this is a file; give a folder"),
        ("x" * 300, "no file can have this name"),
        ("a\0b", "no file can have this name"),
    ],
)
def test_a_target_that_cannot_be_is_told_before_the_work(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for act in (check_writable, lambda path: write_text(path, NEW)):
        with pytest.raises(InputError, match=message):
            act(tmp_path / path)
    with pytest.raises(InputError, match="file: this is a file"):
        check_folder(tmp_path / "file")


def test_what_is_read_only_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    # Root may write anything: the answer of the system is stood in for.
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path / "a.txt")
    with pytest.raises(InputError, match=r"a\.txt: this file is read-only; make it writable"):
        write_text(tmp_path / "a.txt", NEW)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="nothing can be written in this folder"):
        check_writable(tmp_path / "sub" / "b.txt")


def test_half_a_pair_is_told_and_the_old_file_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    with pytest.raises(InputError, match=r"a\.txt: not written: the text holds '\\ud800', half of a surrogate pair"):
        write_text(tmp_path / "a.txt", "x\ud800")
    assert (tmp_path / "a.txt").read_text() == OLD


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with new_folder(tmp_path / "store" / "part") as made:
        (made / "inner").mkdir()
        (made / "inner" / "a.txt").write_text(NEW)
        assert left_in(tmp_path / "store") == [made.name]
    assert (tmp_path / "store" / "part" / "inner" / "a.txt").read_text() == NEW
    with pytest.raises(InputError, match="something in this place already"), new_folder(tmp_path / "store" / "part"):
        pass


KILLED = """
import sys
from toolkit.files import write_text
path, texts = sys.argv[1], ["a" * 300_000, "b" * 300_000]
write_text(path, texts[0])
print("begun", flush=True)
for number in range(10**9):
    write_text(path, texts[number % 2])
"""


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for pause in (0.0, 0.003, 0.011, 0.02):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(pause)
            writer.kill()
        text = path.read_text()
        assert len(text) == 300_000
        assert len(set(text)) == 1


COUNTING = """
import sys
from pathlib import Path
from toolkit.files import locked, write_text
path = Path(sys.argv[1])
for _ in range(25):
    with locked(path):
        write_text(path, str(int(path.read_text()) + 1))
"""


def test_under_the_lock_no_change_of_another_process_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "count.txt"
    path.write_text("0")
    writers = [subprocess.Popen([sys.executable, "-c", COUNTING, str(path)]) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert path.read_text() == "75"
    assert left_in(tmp_path) == ["count.txt"]


def test_a_lock_that_is_held_is_told(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "a.csv"),
        pytest.raises(FileError, match=r"a\.csv: another program is writing it; try again"),
        locked(tmp_path / "a.csv", patience=0.0),
    ):
        pass
    assert left_in(tmp_path) == []
