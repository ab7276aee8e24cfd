"""Where nothing lasts, the teacher is told; elsewhere not."""

from pathlib import Path

import pytest

from lrlab.ui.teacher import disk


@pytest.mark.parametrize(
    ("code", "address", "wiped"),
    [
        ("/mount/src/lrlab/lrlab/ui/teacher/disk.py", "https://lab.school.example/teacher", True),
        ("/srv/lrlab/disk.py", "https://lrlab.streamlit.app/teacher", True),
        ("/srv/lrlab/disk.py", "https://lrlab.streamlit.app.evil.example/", False),
        ("/srv/lrlab/disk.py", "http://localhost:8501/teacher", False),
        ("/mount/src2/disk.py", "", False),
    ],
)
def test_community_cloud_is_known_by_its_folder_or_its_address(code, address, wiped):
    assert disk.is_wiped(Path(code), address) is wiped


def test_the_desk_shows_the_two_lines_that_mend_it(open_desk, ada, room, monkeypatch):
    assert not open_desk(ada).warning
    monkeypatch.setattr(disk, "is_wiped", lambda code, address: True)
    at = open_desk(ada)
    assert "will be lost" in at.warning[0].value
    assert at.code[0].value.splitlines()[0] == "[connections.lrlab]"
    assert len(at.code[0].value.splitlines()) == 2
